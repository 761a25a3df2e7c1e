// SPDX-License-Identifier: Apache-2.0
//
// What a password must be, by which book.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "crypto/password_hash.h"

namespace suyuan::access {

// Counts are of characters, not bytes.
struct PasswordProfile {
    std::size_t length_min = 12;
    std::size_t length_max = 128;
    std::size_t kinds_min = 0;  // of capital and small letters, digits, everything else
    std::int64_t days_max = 0;  // then it must be changed; 0: never
    // So many attempts in a row may fail without a wait; then it doubles, up to the longest.
    std::int64_t failures_free = 5;
    std::int64_t wait_first_us = 1'000'000;
    std::int64_t wait_max_us = 900'000'000;
    crypto::Argon2Cost cost = crypto::kArgon2Floor;
};

// OWASP ASVS 5.0 chapter V6: long, no rule about kinds of letters, no change for its own sake.
[[nodiscard]] PasswordProfile asvs_profile() noexcept;
// GB/T 22239-2019 8.1.4.1 as it is checked: three kinds of letters, changed every 90 days, half an
// hour after five failures.
[[nodiscard]] PasswordProfile dengbao_profile() noexcept;

// How long after the last of so many failures in a row the next attempt may come.
[[nodiscard]] std::int64_t wait_after(
    std::int64_t failures, const PasswordProfile& profile
) noexcept;

// Fails with kInvalidArgument, saying in both languages what to change: too short or long, too few
// kinds, holds the account's name, or is easy to guess. Easy is what little remains of once words
// that many passwords are made of (the product's own among them), runs of the keyboard, sequences,
// years and repetitions are taken out; so whole families of known passwords are refused, not a list
// of some. Requires UTF-8.
[[nodiscard]] Status check_new_password(
    std::string_view password, std::string_view account_name, const PasswordProfile& profile
);

}  // namespace suyuan::access
