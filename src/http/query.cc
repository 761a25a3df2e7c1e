// SPDX-License-Identifier: Apache-2.0

#include "http/query.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "http/limits.h"

namespace suyuan::http {
namespace {

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

// Well-formed UTF-8 (Unicode table 3-7): what may follow a first byte. Overlong forms, surrogates
// and what lies above U+10FFFF are in no row.
struct Utf8Form {
    unsigned first_min;
    unsigned first_max;
    unsigned second_min;
    unsigned second_max;
    std::size_t length;
};

constexpr std::array kUtf8Forms = {
    Utf8Form{0x00, 0x7F, 0x00, 0x00, 1},
    Utf8Form{0xC2, 0xDF, 0x80, 0xBF, 2},
    Utf8Form{0xE0, 0xE0, 0xA0, 0xBF, 3},
    Utf8Form{0xE1, 0xEC, 0x80, 0xBF, 3},
    Utf8Form{0xED, 0xED, 0x80, 0x9F, 3},
    Utf8Form{0xEE, 0xEF, 0x80, 0xBF, 3},
    Utf8Form{0xF0, 0xF0, 0x90, 0xBF, 4},
    Utf8Form{0xF1, 0xF3, 0x80, 0xBF, 4},
    Utf8Form{0xF4, 0xF4, 0x80, 0x8F, 4},
};

unsigned byte_at(std::string_view text, std::size_t at) noexcept {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

// The length of the UTF-8 sequence that starts at `at`, or 0 if it is not one.
std::size_t utf8_length(std::string_view text, std::size_t at) noexcept {
    const unsigned first = byte_at(text, at);
    const auto* const form = std::ranges::find_if(kUtf8Forms, [first](const Utf8Form& row) {
        return first >= row.first_min && first <= row.first_max;
    });
    if (form == kUtf8Forms.end()) {
        return 0;
    }
    const unsigned second = byte_at(text, at + 1);
    if (form->length > 1 && (second < form->second_min || second > form->second_max)) {
        return 0;
    }
    for (std::size_t i = 2; i < form->length; ++i) {
        if ((byte_at(text, at + i) & 0xC0U) != 0x80U) {
            return 0;
        }
    }
    return form->length;
}

bool is_utf8_text(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text, at);
        if (length == 0 || text[at] == '\0') {
            return false;
        }
        at += length;
    }
    return true;
}

// The byte that "%XX" at `at` stands for.
std::optional<char> escaped_byte(std::string_view text, std::size_t at) noexcept {
    const int high = at + 1 < text.size() ? hex_digit(text[at + 1]) : -1;
    const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
    if (high < 0 || low < 0) {
        return std::nullopt;
    }
    return static_cast<char>(static_cast<unsigned char>((high * 16) + low));
}

enum class Plus : std::uint8_t { kIsPlus, kIsBlank };

std::optional<std::string> decode(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%') {
            const auto byte = escaped_byte(text, at);
            if (!byte) {
                return std::nullopt;
            }
            out.push_back(*byte);
            at += 2;
        } else {
            out.push_back(text[at] == '+' && plus == Plus::kIsBlank ? ' ' : text[at]);
        }
    }
    return is_utf8_text(out) ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) {
    return decode(text, Plus::kIsPlus);
}

std::optional<std::string> query_decode(std::string_view text) {
    return decode(text, Plus::kIsBlank);
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_letter || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~') {
            out.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.push_back('%');
            out.push_back(kHex[byte >> 4U]);
            out.push_back(kHex[byte & 15U]);
        }
    }
    return out;
}

std::optional<Query> Query::parse(std::string_view text) {
    Query query;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const std::string_view part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (part.empty()) {
            continue;
        }
        const auto mark = std::min(part.find('='), part.size());
        auto name = query_decode(part.substr(0, mark));
        auto value = query_decode(mark == part.size() ? "" : part.substr(mark + 1));
        if (!name || !value || query.rows_.size() == kQueryParametersMax) {
            return std::nullopt;
        }
        query.add(*std::move(name), *std::move(value));
    }
    return query;
}

std::optional<std::string_view> Query::find(std::string_view name) const noexcept {
    for (const Parameter& row : rows_) {
        if (row.name == name) {
            return row.value;
        }
    }
    return std::nullopt;
}

std::string_view Query::value_or(std::string_view name, std::string_view otherwise) const noexcept {
    return find(name).value_or(otherwise);
}

void Query::add(std::string name, std::string value) {
    rows_.push_back({std::move(name), std::move(value)});
}

std::string Query::text() const {
    std::string out;
    for (const Parameter& row : rows_) {
        if (!out.empty()) {
            out.push_back('&');
        }
        out += percent_encode(row.name) + "=" + percent_encode(row.value);
    }
    return out;
}

}  // namespace suyuan::http
