// SPDX-License-Identifier: Apache-2.0
//
// Small questions about text, byte by byte and without a locale.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace suyuan::model::detail {

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool is_upper(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}

[[nodiscard]] constexpr bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}

[[nodiscard]] constexpr bool is_alphanumeric(char c) noexcept {
    return is_digit(c) || is_upper(c) || is_lower(c);
}

[[nodiscard]] bool all_digits(std::string_view text) noexcept;  // true for ""

// Without blanks, tabs and line ends on either side.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

// ASCII letters only; everything else stays.
[[nodiscard]] std::string to_upper(std::string_view text);
[[nodiscard]] std::string to_lower(std::string_view text);

// Well-formed UTF-8 (RFC 3629: no surrogates, nothing overlong) without control characters.
[[nodiscard]] bool is_printable_utf8(std::string_view text) noexcept;

// RFC 3986 "%2F" -> "/"; nullopt at a percent sign that two hexadecimal digits do not follow.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

// The bytes of one UTF-8 character that starts with `lead`; 1 for what is none.
[[nodiscard]] std::size_t utf8_length(char lead) noexcept;

}  // namespace suyuan::model::detail
