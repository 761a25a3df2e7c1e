// SPDX-License-Identifier: Apache-2.0
//
// The check characters of the codes that food moves under. Pure arithmetic; what a code is allowed
// to look like beside its check character, and how to tell somebody, is in model/identifiers.h.

#pragma once

#include <string_view>

namespace suyuan::model {

// GS1 General Specifications 7.9: modulo 10, weights 3 and 1 from the right, for every GS1 key that
// ends in a check digit. Requires decimal digits, the check digit left out.
[[nodiscard]] char gs1_check_digit(std::string_view digits) noexcept;

// GB 32100-2015: modulo 31, weights 3^i. '\0' if a character is not one of its 31. Requires 17
// characters.
[[nodiscard]] char social_credit_check_character(std::string_view first_17) noexcept;

// GB 11714-1997: modulo 11, ten is 'X'. '\0' if a character is neither a digit nor 'A' to 'Z'.
// Requires 8 characters.
[[nodiscard]] char organisation_check_character(std::string_view first_8) noexcept;

// GB/T 17710-2008, ISO 7064 MOD 11,10 (licences of food businesses). Requires decimal digits.
[[nodiscard]] char mod_11_10_check_digit(std::string_view digits) noexcept;

// GB 11643-1999, ISO 7064 MOD 11-2 (citizen identity numbers). Requires 17 decimal digits.
[[nodiscard]] char identity_check_character(std::string_view first_17) noexcept;

}  // namespace suyuan::model
