// SPDX-License-Identifier: Apache-2.0

#include "store/commitment.h"

#include <span>
#include <string>
#include <string_view>

#include "crypto/sha256.h"
#include "store/byte_codec.h"
#include "store/digest_bytes.h"

namespace suyuan::store {
namespace {

std::string digest_of(const ByteWriter& bytes) {
    const crypto::Digest digest = crypto::sha256(bytes.bytes());
    return std::string(bytes_of(digest));
}

}  // namespace

// Each part with its length: no two different inputs are the same bytes.
std::string person_leaf(std::string_view salt, std::string_view person, std::string_view values) {
    ByteWriter bytes;
    bytes.text(salt);
    bytes.text(person);
    bytes.text(values);
    return digest_of(bytes);
}

std::string record_commitment(
    std::string_view salt, std::string_view payload_hash, std::span<const std::string> leaves
) {
    ByteWriter bytes;
    bytes.text(salt);
    bytes.text(payload_hash);
    for (const std::string& leaf : leaves) {
        bytes.text(leaf);
    }
    return digest_of(bytes);
}

}  // namespace suyuan::store
