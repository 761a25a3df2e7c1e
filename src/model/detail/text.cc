// SPDX-License-Identifier: Apache-2.0

#include "model/detail/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace suyuan::model::detail {
namespace {

std::optional<unsigned> hexadecimal_value(char c) noexcept {
    if (is_digit(c)) {
        return static_cast<unsigned>(c - '0');
    }
    if (c >= 'A' && c <= 'F') {
        return static_cast<unsigned>(c - 'A' + 10);
    }
    if (c >= 'a' && c <= 'f') {
        return static_cast<unsigned>(c - 'a' + 10);
    }
    return std::nullopt;
}

bool is_continuation(char c) noexcept {
    return (static_cast<std::uint8_t>(c) & 0xc0U) == 0x80U;
}

// Requires a whole sequence of two to four bytes.
bool is_allowed_sequence(std::string_view bytes) noexcept {
    if (!std::ranges::all_of(bytes.substr(1), is_continuation)) {
        return false;
    }
    const auto lead = static_cast<std::uint8_t>(bytes[0]);
    const auto second = static_cast<std::uint8_t>(bytes[1]);
    switch (lead) {
        case 0xc0:
        case 0xc1:
            return false;  // Overlong.
        case 0xc2:         // Below: control characters U+0080 to U+009F.
        case 0xe0:         // Below: overlong.
            return second >= 0xa0;
        case 0xed:
            return second < 0xa0;  // From there: surrogates.
        case 0xf0:
            return second >= 0x90;
        case 0xf4:
            return second < 0x90;
        default:
            return lead < 0xf5;
    }
}

}  // namespace

bool all_digits(std::string_view text) noexcept {
    return std::ranges::all_of(text, is_digit);
}

std::string_view trim(std::string_view text) noexcept {
    constexpr std::string_view kBlanks = " \t\r\n\v\f";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string to_upper(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return result;
}

std::string to_lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

std::size_t utf8_length(char lead) noexcept {
    const auto byte = static_cast<std::uint8_t>(lead);
    if (byte < 0xc0U) {
        return 1;
    }
    if (byte < 0xe0U) {
        return 2;
    }
    return byte < 0xf0U ? 3 : 4;
}

bool is_printable_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto lead = static_cast<std::uint8_t>(text.front());
        const std::size_t length = utf8_length(text.front());
        const bool is_allowed =
            length == 1 ? lead >= 0x20 && lead < 0x7f
                        : text.size() >= length && is_allowed_sequence(text.substr(0, length));
        if (!is_allowed) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        if (text.size() - i < 3) {
            return std::nullopt;
        }
        const auto high = hexadecimal_value(text[i + 1]);
        const auto low = hexadecimal_value(text[i + 2]);
        if (!high || !low) {
            return std::nullopt;
        }
        decoded += static_cast<char>(*high << 4U | *low);
        i += 2;
    }
    return decoded;
}

}  // namespace suyuan::model::detail
