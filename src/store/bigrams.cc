// SPDX-License-Identifier: Apache-2.0

#include "store/bigrams.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace suyuan::store {
namespace {

struct Range {
    char32_t first = 0;
    char32_t last = 0;
};

// Scripts written without blanks between words.
constexpr std::array<Range, 8> kRunScripts = {{
    {0x3005, 0x3007},    // 々 〆 〇
    {0x3040, 0x30FF},    // Hiragana, Katakana
    {0x3400, 0x4DBF},    // CJK ideographs, extension A
    {0x4E00, 0x9FFF},    // CJK ideographs
    {0xAC00, 0xD7AF},    // Hangul
    {0xF900, 0xFAFF},    // compatibility ideographs
    {0x20000, 0x2FA1F},  // extensions B to F, supplement
    {0x30000, 0x323AF},  // extensions G and H
}};

// Letters of other scripts: everything from Latin-1 letters up to the punctuation blocks, which is
// generous on purpose. What is a separator to the index parts words there once more, in names and
// in questions alike.
constexpr std::array<Range, 4> kWordScripts = {{
    {0x00C0, 0x1FFF},
    {0x2C00, 0x2DFF},
    {0xA000, 0xABFF},
    {0x10000, 0x1FFFF},
}};

enum class CharKind : std::uint8_t { kSeparator, kRun, kWord };

struct Char {
    char32_t code = 0;
    CharKind kind = CharKind::kSeparator;
};

template <std::size_t kSize>
bool is_in(char32_t code, const std::array<Range, kSize>& ranges) {
    return std::ranges::any_of(ranges, [code](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

Char classify(char32_t code) {
    constexpr char32_t kFullWidthFirst = 0xFF01;
    constexpr char32_t kFullWidthLast = 0xFF5E;
    if (code >= kFullWidthFirst && code <= kFullWidthLast) {
        code = code - kFullWidthFirst + U'!';
    }
    if (code >= U'A' && code <= U'Z') {
        return {code - U'A' + U'a', CharKind::kWord};
    }
    if ((code >= U'a' && code <= U'z') || (code >= U'0' && code <= U'9')) {
        return {code, CharKind::kWord};
    }
    if (is_in(code, kRunScripts)) {
        return {code, CharKind::kRun};
    }
    return {code, is_in(code, kWordScripts) ? CharKind::kWord : CharKind::kSeparator};
}

// The character at `place`, which moves on behind it; malformed bytes are separators of length one.
char32_t next_code(std::string_view text, std::size_t& place) {
    const auto first = static_cast<unsigned char>(text[place]);
    ++place;
    if (first < 0x80U) {
        return first;
    }
    std::size_t length = 0;
    char32_t code = 0;
    if (first >= 0xC2U && first <= 0xDFU) {
        length = 1;
        code = first & 0x1FU;
    } else if (first >= 0xE0U && first <= 0xEFU) {
        length = 2;
        code = first & 0x0FU;
    } else if (first >= 0xF0U && first <= 0xF4U) {
        length = 3;
        code = first & 0x07U;
    }
    if (length == 0 || place + length > text.size()) {
        return 0;
    }
    for (std::size_t offset = 0; offset < length; ++offset) {
        const auto next = static_cast<unsigned char>(text[place + offset]);
        if ((next & 0xC0U) != 0x80U) {
            return 0;
        }
        code = (code << 6U) | (next & 0x3FU);
    }
    place += length;
    return code;
}

void append_utf8(std::string& out, char32_t code) {
    const auto byte = [&](char32_t value) { out.push_back(static_cast<char>(value)); };
    if (code < 0x80U) {
        byte(code);
    } else if (code < 0x800U) {
        byte(0xC0U | (code >> 6U));
        byte(0x80U | (code & 0x3FU));
    } else if (code < 0x10000U) {
        byte(0xE0U | (code >> 12U));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    } else {
        byte(0xF0U | (code >> 18U));
        byte(0x80U | ((code >> 12U) & 0x3FU));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    }
}

// Neighbours of one kind.
struct Piece {
    CharKind kind = CharKind::kSeparator;
    std::vector<std::string> chars;
};

std::vector<Piece> pieces_of(std::string_view text) {
    std::vector<Piece> pieces;
    CharKind before = CharKind::kSeparator;
    for (std::size_t place = 0; place < text.size();) {
        const Char next = classify(next_code(text, place));
        if (next.kind != CharKind::kSeparator) {
            if (next.kind != before) {
                pieces.push_back({.kind = next.kind, .chars = {}});
            }
            append_utf8(pieces.back().chars.emplace_back(), next.code);
        }
        before = next.kind;
    }
    return pieces;
}

std::vector<std::string> pairs_of(const Piece& run) {
    std::vector<std::string> pairs;
    for (std::size_t place = 1; place < run.chars.size(); ++place) {
        pairs.push_back(run.chars[place - 1] + run.chars[place]);
    }
    return pairs;
}

std::string joined(const Piece& word) {
    std::string text;
    for (const std::string& piece : word.chars) {
        text += piece;
    }
    return text;
}

}  // namespace

std::vector<std::string> index_words(std::string_view name) {
    std::vector<std::string> words;
    for (const Piece& piece : pieces_of(name)) {
        if (piece.kind == CharKind::kWord) {
            words.push_back(joined(piece));
            continue;
        }
        std::ranges::move(pairs_of(piece), std::back_inserter(words));
        words.push_back(piece.chars.back());
    }
    return words;
}

std::vector<Phrase> query_phrases(std::string_view text) {
    std::vector<Phrase> phrases;
    std::vector<Piece> pieces = pieces_of(text);
    if (pieces.size() > kPhrasesMax) {
        pieces.resize(kPhrasesMax);
    }
    for (const Piece& piece : pieces) {
        const bool is_last = &piece == &pieces.back();
        if (piece.kind == CharKind::kWord) {
            // Who is still typing has not finished the last word.
            phrases.push_back({.words = {joined(piece)}, .is_prefix = is_last});
        } else if (piece.chars.size() == 1) {
            phrases.push_back({.words = {piece.chars.front()}, .is_prefix = true});
        } else {
            phrases.push_back({.words = pairs_of(piece), .is_prefix = false});
        }
    }
    return phrases;
}

}  // namespace suyuan::store
