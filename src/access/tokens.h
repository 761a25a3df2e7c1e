// SPDX-License-Identifier: Apache-2.0
//
// Ids and secrets that are drawn at random, and the digests that are stored for them.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "access/password_rules.h"
#include "io/randomness.h"

namespace suyuan::access {

[[nodiscard]] std::string random_bytes(std::size_t count, io::Randomness& randomness);

// A letter and 16 small letters and digits of 80 random bits: "a4tkz…" . Tells nothing of whom it
// names.
[[nodiscard]] std::string new_id(char kind, io::Randomness& randomness);

// 256 random bits in small letters and digits: of a session, of a bearer key.
[[nodiscard]] std::string new_token(io::Randomness& randomness);

// 95 random bits in letters and digits that are not mistaken for each other: a password that
// somebody copies once. One that the rules refuse to that account, as it holds the account's name,
// is drawn again. Requires a profile that asks for no more than 22 characters of three kinds.
[[nodiscard]] std::string new_initial_password(
    std::string_view account_name, const PasswordProfile& profile, io::Randomness& randomness
);

// Codes of 120 random bits each, in four groups (ASVS 6.5.2: 112 at least).
inline constexpr std::size_t kRecoveryCodes = 10;
[[nodiscard]] std::vector<std::string> new_recovery_codes(io::Randomness& randomness);

// SHA-256, as bytes; for secrets of so many random bits that nobody guesses them.
[[nodiscard]] std::string token_digest(std::string_view token);
// The same whatever the case and the grouping; empty for what is no recovery code.
[[nodiscard]] std::string recovery_digest(std::string_view code);

}  // namespace suyuan::access
