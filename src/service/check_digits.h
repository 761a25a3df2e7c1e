// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"

namespace suyuan::service {

// What is wrong with the GTIN, SSCC, GLN or USCC in a canonical code (model/code.h), and how to
// mend it; nullopt if it is right or there is none. A code with a wrong check digit is a code like
// any other, but of other things than was meant.
[[nodiscard]] std::optional<Sentence> check_digit_fault(std::string_view uri);

// What is wrong, or improbable, with a number that claims to be one of these; nullopt if nothing is
// or if it claims to be something else: another licence, a foreign plate, a fixed line, an id of an
// operator's own choice. None of the sentences repeats the number.
[[nodiscard]] std::optional<Sentence> licence_fault(std::string_view number);
[[nodiscard]] std::optional<Sentence> plate_fault(std::string_view plate);
[[nodiscard]] std::optional<Sentence> mobile_fault(std::string_view phone);
[[nodiscard]] std::optional<Sentence> identity_fault(std::string_view id);

}  // namespace suyuan::service
