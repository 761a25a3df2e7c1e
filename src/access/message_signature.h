// SPDX-License-Identifier: Apache-2.0
//
// Signed requests of docking systems: RFC 9421 (HTTP Message Signatures) in one fixed shape.
//
//     Content-Digest: sha-256=:…:
//     Signature-Input: sig1=("@method" "@target-uri" "content-digest" "content-type");
//                      created=1767571200;nonce="…";keyid="k…";alg="hmac-sha256"
//     Signature: sig1=:…:
//
// One signature. It covers method and target, and digest and type of the content where there is
// content; more or less is refused. `alg` is hmac-sha256 or hmac-sm3 (ours, with the digest "sm3"),
// and must be the key's. Pure: keys, clock and nonces are keys.h's.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/keyed_digest.h"

namespace suyuan::access {

// What of a request is signed. Lifetime: borrows all.
struct SignedRequest {
    std::string_view method;
    std::string_view target_uri;      // whole: "https://host/path?query"
    std::string_view content_type;    // as sent; empty: none
    std::string_view content_digest;  // likewise
    std::string_view content;
    std::string_view signature_input;
    std::string_view signature;
};

struct Signature {
    std::string key_id = {};
    std::string nonce = {};
    std::int64_t created = 0;  // seconds since 1970
    crypto::HashKind hash = crypto::HashKind::kSha256;
    std::string code;  // as sent, of 32 bytes
    std::string base;  // what the code must be over
};

// Reads and checks all that needs no key: shape, coverage, the digest of the content. Fails with
// kInvalidArgument, saying what is wrong. Distrusts everything; each header is read up to 4 KiB.
[[nodiscard]] Result<Signature> read_signature(const SignedRequest& request);

// The code is this secret's over the base; in constant time.
[[nodiscard]] bool is_signed_with(const Signature& signature, std::string_view secret);

}  // namespace suyuan::access
