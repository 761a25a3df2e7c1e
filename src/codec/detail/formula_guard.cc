// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/formula_guard.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace suyuan::codec::detail {
namespace {

constexpr std::array<std::string_view, 10> kFormulaStarts = {
    "=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"
};

std::size_t count_digits(std::string_view text) noexcept {
    return std::min(text.find_first_not_of("0123456789"), text.size());
}

std::string_view without_sign(std::string_view text) noexcept {
    return text.starts_with('+') || text.starts_with('-') ? text.substr(1) : text;
}

std::string_view without_apostrophes(std::string_view cell) noexcept {
    return cell.substr(std::min(cell.find_first_not_of('\''), cell.size()));
}

bool starts_formula(std::string_view cell) noexcept {
    return std::ranges::any_of(kFormulaStarts, [&](std::string_view start) {
        return cell.starts_with(start);
    });
}

}  // namespace

bool is_number(std::string_view text) noexcept {
    text = without_sign(text);
    const std::size_t whole = count_digits(text);
    text.remove_prefix(whole);
    std::size_t fraction = 0;
    if (text.starts_with('.')) {
        fraction = count_digits(text.substr(1));
        text.remove_prefix(1 + fraction);
    }
    if (whole + fraction == 0) {
        return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text = without_sign(text.substr(1));
        return !text.empty() && count_digits(text) == text.size();
    }
    return text.empty();
}

bool needs_guard(std::string_view cell) noexcept {
    return starts_formula(without_apostrophes(cell)) && !is_number(cell);
}

std::string_view without_guard(std::string_view cell) noexcept {
    const bool is_guarded = cell.starts_with('\'') && starts_formula(without_apostrophes(cell));
    return is_guarded ? cell.substr(1) : cell;
}

}  // namespace suyuan::codec::detail
