// SPDX-License-Identifier: Apache-2.0

#include "store/page_token.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "crypto/sha256.h"
#include "store/byte_codec.h"
#include "store/digest_bytes.h"
#include "store/hex.h"

namespace suyuan::store {
namespace {

constexpr std::size_t kSealBytes = 16;
constexpr std::size_t kFingerprintBytes = 8;

std::string sha256_bytes(std::string_view text) {
    const crypto::Digest digest = crypto::sha256(text);
    return std::string(bytes_of(digest));
}

std::string fingerprint(std::string_view question) {
    return sha256_bytes(question).substr(0, kFingerprintBytes);
}

Failure refuse() {
    return fail(ErrorCode::kInvalidArgument, "the page token is not one of this list");
}

}  // namespace

// The inner digest has a fixed length, so nothing can be appended to what the key was put before.
std::string TokenSealer::digest(std::string_view body) const {
    return sha256_bytes(key_ + sha256_bytes(key_ + std::string(body))).substr(0, kSealBytes);
}

std::string TokenSealer::seal(
    ListKind kind, std::string_view question, std::span<const std::int64_t> numbers
) const {
    ByteWriter body;
    body.byte(static_cast<std::uint8_t>(kind));
    body.text(fingerprint(question));
    for (const std::int64_t number : numbers) {
        body.signed_number(number);
    }
    return to_hex(digest(body.bytes()) + body.bytes());
}

Result<std::vector<std::int64_t>> TokenSealer::open(
    ListKind kind, std::string_view question, std::string_view token, std::size_t count
) const {
    const auto bytes = from_hex(token);
    if (!bytes || bytes->size() < kSealBytes) {
        return refuse();
    }
    const std::string_view body = std::string_view(*bytes).substr(kSealBytes);
    if (digest(body) != bytes->substr(0, kSealBytes)) {
        return refuse();
    }
    ByteReader in(body);
    const bool is_kind = in.byte() == static_cast<std::uint8_t>(kind);
    const bool is_question = in.text() == fingerprint(question);
    std::vector<std::int64_t> numbers(count);
    for (std::int64_t& number : numbers) {
        number = in.signed_number();
    }
    if (!is_kind || !is_question || !in.is_complete()) {
        return refuse();
    }
    return numbers;
}

}  // namespace suyuan::store
