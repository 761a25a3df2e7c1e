// SPDX-License-Identifier: Apache-2.0
//
// What was typed, as it was meant.

#pragma once

#include <string>
#include <string_view>

namespace suyuan::model::detail {

// Full-width characters and dashes as Chinese input methods make them become ASCII; blanks at
// either end and characters without width go. Other text stays.
[[nodiscard]] std::string as_meant(std::string_view typed);

// Without each of the ASCII characters in `unwanted`.
[[nodiscard]] std::string without(std::string_view text, std::string_view unwanted);

}  // namespace suyuan::model::detail
