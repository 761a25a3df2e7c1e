// SPDX-License-Identifier: Apache-2.0
//
// What the readers of a line's values share.

#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/result.h"

namespace suyuan::service::detail {

// Of "2026-03-02T08:30:00+08:00": the day.
inline constexpr std::size_t kDaySize = 10;

[[nodiscard]] constexpr bool is_digit(char letter) noexcept {
    return letter >= '0' && letter <= '9';
}

// Also of no text at all.
[[nodiscard]] constexpr bool is_all_digits(std::string_view text) noexcept {
    return std::ranges::all_of(text, is_digit);
}

[[nodiscard]] inline Failure refuse(std::string zh, std::string en) {
    return fail(ErrorCode::kInvalidArgument, Sentence{std::move(zh), std::move(en)});
}

}  // namespace suyuan::service::detail
