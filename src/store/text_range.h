// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace suyuan::store {

// Texts that begin with `prefix` are those from `prefix` up to, not including, this: the prefix and
// the last code point that Unicode has, which is no character. So a range stands for LIKE, which
// folds letters on one engine and not on another.
[[nodiscard]] inline std::string end_of_prefix(std::string_view prefix) {
    constexpr std::string_view kLastCodePoint = "\xF4\x8F\xBF\xBF";  // U+10FFFF in UTF-8
    return std::string(prefix) + std::string(kLastCodePoint);
}

}  // namespace suyuan::store
