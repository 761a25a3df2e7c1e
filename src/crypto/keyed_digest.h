// SPDX-License-Identifier: Apache-2.0
//
// Digests under a key (HMAC, RFC 2104) and digests of GB/T 32905 (SM3). Keys and messages are
// bytes.
//
// Threads: any. Nothing here fails: a library that cannot hash ends the process.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "crypto/sha256.h"

namespace suyuan::crypto {

// The two that sign messages: 32 bytes each.
enum class HashKind : std::uint8_t { kSha256, kSm3 };

[[nodiscard]] Digest digest(HashKind kind, std::string_view bytes);
[[nodiscard]] Digest hmac(HashKind kind, std::string_view key, std::string_view message);

// For one-time passwords alone (RFC 4226); nothing else here stands on SHA-1.
[[nodiscard]] std::array<std::byte, 20> hmac_sha1(std::string_view key, std::string_view message);

// Takes as long wherever they differ. Of different lengths: false, at once.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

// The bytes of a digest. Lifetime: borrows them.
[[nodiscard]] inline std::string_view bytes_of(const Digest& digest) noexcept {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace suyuan::crypto
