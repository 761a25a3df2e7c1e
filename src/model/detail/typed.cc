// SPDX-License-Identifier: Apache-2.0

#include "model/detail/typed.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/detail/text.h"

namespace suyuan::model::detail {
namespace {

struct Replacement {
    std::string_view typed;
    std::string_view meant;
};

constexpr std::array<Replacement, 9> kReplacements = {{
    {"\u3000", " "},  // ideographic space
    {"\u00a0", " "},  // no-break space
    {"\u200b", ""},   // zero-width space
    {"\ufeff", ""},   // byte order mark
    {"\u3002", "."},  // ideographic full stop
    {"\u2013", "-"},  // en dash
    {"\u2014", "-"},  // em dash
    {"\u2212", "-"},  // minus sign
    {"\u2010", "-"},  // hyphen
}};

// U+FF01 to U+FF5E are ASCII, 0xFEE0 higher; '\0' for anything else.
char half_width(std::string_view character) noexcept {
    if (character.size() != 3 || character[0] != '\xef') {
        return '\0';
    }
    const auto second = static_cast<std::uint8_t>(character[1]);
    const auto third = static_cast<std::uint8_t>(character[2]);
    if ((second & 0xc0U) != 0x80U || (third & 0xc0U) != 0x80U) {
        return '\0';
    }
    const unsigned code = 0xf000U | (second & 0x3fU) << 6U | (third & 0x3fU);
    return code >= 0xff01U && code <= 0xff5eU ? static_cast<char>(code - 0xfee0U) : '\0';
}

}  // namespace

std::string as_meant(std::string_view typed) {
    std::string meant;
    while (!typed.empty()) {
        const std::string_view character = typed.substr(0, utf8_length(typed.front()));
        typed.remove_prefix(character.size());
        const auto* const found = std::ranges::find(kReplacements, character, &Replacement::typed);
        if (found != kReplacements.end()) {
            meant += found->meant;
        } else if (const char narrow = half_width(character); narrow != '\0') {
            meant += narrow;
        } else {
            meant += character;
        }
    }
    return std::string(trim(meant));
}

std::string without(std::string_view text, std::string_view unwanted) {
    std::string result(text);
    const auto rest = std::ranges::remove_if(result, [&](char c) {
        return unwanted.find(c) != std::string_view::npos;
    });
    result.erase(rest.begin(), rest.end());
    return result;
}

}  // namespace suyuan::model::detail
