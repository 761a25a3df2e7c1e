// SPDX-License-Identifier: Apache-2.0
//
// Widths follow Unicode's East Asian Width (UAX 11): W and F take two columns, everything else one,
// combining marks and format characters none. The ranges below are those of Unicode 15, joined
// where only unassigned code points lie between.

#include "service/text_table.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"

namespace suyuan::service {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

constexpr std::array kWide = {
    Range{0x1100, 0x115F},    // Hangul Jamo
    Range{0x2E80, 0x303E},    // CJK radicals, Kangxi, CJK punctuation
    Range{0x3041, 0xA4CF},    // Kana, Bopomofo, CJK ideographs, Yi
    Range{0xA960, 0xA97F},    // Hangul Jamo extended
    Range{0xAC00, 0xD7A3},    // Hangul syllables
    Range{0xF900, 0xFAFF},    // CJK compatibility ideographs
    Range{0xFE10, 0xFE19},    // vertical forms
    Range{0xFE30, 0xFE6F},    // CJK compatibility forms
    Range{0xFF01, 0xFF60},    // full-width forms
    Range{0xFFE0, 0xFFE6},    // full-width signs
    Range{0x1F300, 0x1F64F},  // pictographs
    Range{0x1F680, 0x1F6FF},
    Range{0x1F900, 0x1F9FF},
    Range{0x20000, 0x3FFFD},  // CJK extensions
};

constexpr std::array kZeroWidth = {
    Range{0x0300, 0x036F},  // combining diacritical marks
    Range{0x200B, 0x200F},  // zero-width blanks and joiners, marks of direction
    Range{0x2028, 0x202E},  // separators, overrides of direction
    Range{0x2060, 0x206F},
    Range{0x20D0, 0x20FF},
    Range{0xFE00, 0xFE0F},  // variation selectors
    Range{0xFEFF, 0xFEFF},
    Range{0xE0100, 0xE01EF},
};

template <std::size_t Size>
bool is_in(char32_t c, const std::array<Range, Size>& ranges) noexcept {
    return std::ranges::any_of(ranges, [c](const Range& range) {
        return range.first <= c && c <= range.last;
    });
}

std::size_t width_of(char32_t c) noexcept {
    if (is_in(c, kZeroWidth)) {
        return 0;
    }
    return is_in(c, kWide) ? 2 : 1;
}

struct Decoded {
    char32_t character = 0;
    std::size_t bytes = 1;
};

// The character at the start of `text`; nullopt if no UTF-8 character is there. Requires text.
std::optional<Decoded> decode(std::string_view text) noexcept {
    const auto byte = [&](std::size_t place) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[place]));
    };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) {
        return Decoded{lead, 1};
    }
    std::size_t length = 0;
    std::uint32_t least = 0;
    if ((lead & 0xE0U) == 0xC0) {
        length = 2;
        least = 0x80;
    } else if ((lead & 0xF0U) == 0xE0) {
        length = 3;
        least = 0x800;
    } else if ((lead & 0xF8U) == 0xF0) {
        length = 4;
        least = 0x10000;
    }
    if (length == 0 || text.size() < length) {
        return std::nullopt;
    }
    std::uint32_t value = lead & (0x7FU >> length);
    for (std::size_t place = 1; place < length; ++place) {
        if ((byte(place) & 0xC0U) != 0x80) {
            return std::nullopt;
        }
        value = (value << 6U) | (byte(place) & 0x3FU);
    }
    const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < least || value > 0x10FFFF || is_surrogate) {
        return std::nullopt;
    }
    return Decoded{value, length};
}

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// What a terminal would obey instead of show: C0 and C1 controls, separators of lines,
// overrides of direction.
bool is_command(char32_t c) noexcept {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

// The first characters of `text` that fit into `width` columns.
std::string_view prefix_of_width(std::string_view text, std::size_t width) noexcept {
    std::size_t used = 0;
    std::size_t bytes = 0;
    while (bytes < text.size()) {
        const Decoded next = decode(text.substr(bytes)).value_or(Decoded{});
        const std::size_t columns = width_of(next.character);
        if (used + columns > width) {
            break;
        }
        used += columns;
        bytes += next.bytes;
    }
    return text.substr(0, bytes);
}

std::string cut(std::string_view text, std::size_t width_max) {
    if (display_width(text) <= width_max) {
        return std::string(text);
    }
    return std::string(prefix_of_width(text, width_max - 1)) + "…";
}

}  // namespace

std::size_t display_width(std::string_view text) noexcept {
    std::size_t width = 0;
    while (!text.empty()) {
        // A byte that is no character is shown as one replacement character.
        const Decoded next = decode(text).value_or(Decoded{U'\uFFFD', 1});
        width += width_of(next.character);
        text.remove_prefix(next.bytes);
    }
    return width;
}

std::string printable(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const auto next = decode(text);
        const std::size_t bytes = next ? next->bytes : 1;
        if (next && (next->character == '\n' || next->character == '\t')) {
            shown += ' ';
        } else if (!next || is_command(next->character)) {
            shown += kReplacement;
        } else {
            shown += text.substr(0, bytes);
        }
        text.remove_prefix(bytes);
    }
    return shown;
}

TextTable::TextTable(std::vector<std::string> headings)
    : headings_(std::move(headings)), widths_(headings_.size(), 0) {
    widen(headings_);
}

void TextTable::add(const std::vector<std::string>& cells) {
    SUYUAN_ASSERT(cells.size() == headings_.size());
    std::vector<std::string> row;
    row.reserve(cells.size());
    for (const std::string& cell : cells) {
        row.push_back(cut(printable(cell), kCellWidthMax));
    }
    widen(row);
    rows_.push_back(std::move(row));
}

void TextTable::widen(const std::vector<std::string>& cells) {
    for (std::size_t column = 0; column < cells.size(); ++column) {
        widths_[column] = std::max(widths_[column], display_width(cells[column]));
    }
}

void TextTable::append_line(const std::vector<std::string>& cells, std::string& out) const {
    constexpr std::string_view kGap = "  ";
    std::string line;
    for (std::size_t column = 0; column < cells.size(); ++column) {
        line += cells[column];
        line.append(widths_[column] - display_width(cells[column]), ' ');
        line += kGap;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line;
    out += '\n';
}

std::string TextTable::text() const {
    std::string out;
    append_line(headings_, out);
    std::vector<std::string> rule;
    rule.reserve(widths_.size());
    for (const std::size_t width : widths_) {
        rule.emplace_back(width, '-');
    }
    append_line(rule, out);
    for (const std::vector<std::string>& row : rows_) {
        append_line(row, out);
    }
    return out;
}

}  // namespace suyuan::service
