// SPDX-License-Identifier: Apache-2.0
//
// Passwords at rest: Argon2id (RFC 9106), written as "$argon2id$v=19$m=19456,t=2,p=1$salt$hash".

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "io/randomness.h"

namespace suyuan::crypto {

// What one attempt costs; one lane.
struct Argon2Cost {
    std::uint32_t memory_kib = 19'456;
    std::uint32_t passes = 2;
};

// OWASP's floor (Password Storage Cheat Sheet): the least that is used.
inline constexpr Argon2Cost kArgon2Floor = {};

// Takes tens to hundreds of milliseconds on purpose. Fails with kUnavailable if there is not as
// much memory. Requires a cost of at least 8 MiB and one pass. Threads: any.
[[nodiscard]] Result<std::string> hash_password(
    std::string_view password, const Argon2Cost& cost, io::Randomness& randomness
);

// Compares in constant time. A text that is no such hash matches nothing. Takes the memory that the
// hash names: hashes come from our own store alone.
[[nodiscard]] bool matches_password(const std::string& hash, std::string_view password);

// Made with another cost than this.
[[nodiscard]] bool needs_new_hash(const std::string& hash, const Argon2Cost& cost);

}  // namespace suyuan::crypto
