// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace suyuan::codec::detail {

// Whether the text is a decimal number: "-1", "+0.5", "1e-7".
[[nodiscard]] bool is_number(std::string_view text) noexcept;

// Whether a cell of a text file needs an apostrophe before it. What has some already needs one
// more, which is why putting and taking away are inverse.
[[nodiscard]] bool needs_guard(std::string_view cell) noexcept;

// The cell without the apostrophe that needs_guard() asked for.
[[nodiscard]] std::string_view without_guard(std::string_view cell) noexcept;

}  // namespace suyuan::codec::detail
