// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"

namespace suyuan::service {

// What is wrong with the GTIN, SSCC or GLN in a canonical code (model/code.h), and how to mend it;
// nullopt if it is right or there is none. A code with a wrong check digit is a code like any
// other, but of other things than was meant.
[[nodiscard]] std::optional<Sentence> check_digit_fault(std::string_view uri);

}  // namespace suyuan::service
