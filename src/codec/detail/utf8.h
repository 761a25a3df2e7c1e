// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace suyuan::codec::detail {

// The longest beginning of `text` that is whole UTF-8 characters (RFC 3629: nothing overlong, no
// surrogates, nothing beyond U+10FFFF), in bytes.
[[nodiscard]] std::size_t utf8_prefix(std::string_view text) noexcept;

// The longest beginning of `text` that is ASCII, in bytes.
[[nodiscard]] std::size_t ascii_prefix(std::string_view text) noexcept;

// Whether `text`, at most three bytes, may be the beginning of a longer UTF-8 character.
[[nodiscard]] bool is_cut_utf8(std::string_view text) noexcept;

// Requires a Unicode scalar value.
void append_utf8(std::string& text, std::uint32_t code_point);

}  // namespace suyuan::codec::detail
