// SPDX-License-Identifier: Apache-2.0

#include "store/hash_id.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/result.h"
#include "store/hex.h"

namespace suyuan::store {
namespace {

constexpr std::string_view kPrefix = "ni:///sha-256;";
constexpr std::string_view kSuffix = "?ver=CBV2.0";
constexpr std::size_t kDigestBytes = 32;

// The first byte of a key says what follows.
constexpr char kIsDigest = 1;
constexpr char kIsText = 2;

std::optional<std::string> usual_digest(std::string_view hash_id) {
    const std::size_t length = kPrefix.size() + 2 * kDigestBytes + kSuffix.size();
    if (hash_id.size() != length || !hash_id.starts_with(kPrefix) || !hash_id.ends_with(kSuffix)) {
        return std::nullopt;
    }
    return from_hex(hash_id.substr(kPrefix.size(), 2 * kDigestBytes));
}

}  // namespace

std::string pack_hash_id(std::string_view hash_id) {
    if (const auto digest = usual_digest(hash_id)) {
        return kIsDigest + *digest;
    }
    return kIsText + std::string(hash_id);
}

Result<std::string> unpack_hash_id(std::string_view key) {
    if (key.size() == 1 + kDigestBytes && key.front() == kIsDigest) {
        std::string text(kPrefix);
        text += to_hex(key.substr(1));
        text += kSuffix;
        return text;
    }
    if (!key.empty() && key.front() == kIsText) {
        return std::string(key.substr(1));
    }
    return fail(ErrorCode::kCorruption, "the key of a hash id is malformed");
}

}  // namespace suyuan::store
