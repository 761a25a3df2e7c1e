// SPDX-License-Identifier: Apache-2.0
//
// What people type for a code: as printed under the bars, with blanks, through a Chinese input
// method.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/check_digits.h"
#include "model/code.h"
#include "model/detail/gs1_key.h"
#include "model/detail/spellings.h"
#include "model/detail/text.h"

namespace suyuan::model {
namespace {

using detail::Elements;

// Longer text is taken as it is: nobody types that.
constexpr std::size_t kTypedBytesMax = 2'048;

// The three-byte characters that an input method makes where ASCII was meant: U+FF01 to U+FF5E are
// ASCII, 0xFEE0 higher; the rest one by one.
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

char half_width(std::string_view character) noexcept {
    if (character.size() != 3 || character[0] != '\xef') {
        return '\0';
    }
    const auto second = static_cast<std::uint8_t>(character[1]);
    const auto third = static_cast<std::uint8_t>(character[2]);
    const unsigned code = 0xf000U | (second & 0x3fU) << 6U | (third & 0x3fU);
    return code >= 0xff01U && code <= 0xff5eU ? static_cast<char>(code - 0xfee0U) : '\0';
}

std::string as_meant(std::string_view text) {
    std::string meant;
    while (!text.empty()) {
        const std::string_view character = text.substr(0, detail::utf8_length(text.front()));
        text.remove_prefix(character.size());
        const auto* const found = std::ranges::find(kReplacements, character, &Replacement::typed);
        if (found != kReplacements.end()) {
            meant += found->meant;
        } else if (const char narrow = half_width(character); narrow != '\0') {
            meant += narrow;
        } else {
            meant += character;
        }
    }
    return std::string(detail::trim(meant));
}

std::string without(std::string_view text, std::string_view unwanted) {
    std::string result;
    std::ranges::copy_if(text, std::back_inserter(result), [&](char c) {
        return unwanted.find(c) == std::string_view::npos;
    });
    return result;
}

bool has_right_check_digit(std::string_view digits) {
    return digits.size() > 1 && detail::all_digits(digits) &&
           gs1_check_digit(digits.substr(0, digits.size() - 1)) == digits.back();
}

bool has_gtin_length(std::string_view text) noexcept {
    return text.size() == 8 || text.size() == 12 || text.size() == 13 || text.size() == 14;
}

// Collects without repeating, in order of likelihood.
class Candidates {
public:
    void add(std::string uri) {
        if (!uri.empty() && std::ranges::find(uris_, uri) == uris_.end()) {
            uris_.push_back(std::move(uri));
        }
    }

    void add(const Elements& elements) {
        if (std::optional<Code> code = detail::code_from(elements)) {
            add(std::move(code->uri));
        }
    }

    [[nodiscard]] std::vector<std::string> take() { return std::move(uris_); }

private:
    std::vector<std::string> uris_;
};

// Digits alone: every key of that length.
void add_bare_digits(Candidates& candidates, const std::string& digits) {
    constexpr std::array<std::pair<std::string_view, std::size_t>, 6> kKeysByLength = {{
        {"414", 13},
        {"417", 13},
        {"402", 17},
        {"00", 18},
        {"8018", 18},
        {"8017", 18},
    }};
    if (!detail::all_digits(digits)) {
        return;
    }
    if (has_gtin_length(digits)) {
        candidates.add({{"01", digits}});
    }
    for (const auto& [ai, length] : kKeysByLength) {
        if (digits.size() == length) {
            candidates.add({{std::string(ai), digits}});
        }
    }
}

// "06901234567892 L2601": the two lines of a label.
void add_gtin_and_lot(Candidates& candidates, std::string_view text) {
    const std::size_t blank = text.find(' ');
    const std::string_view gtin = text.substr(0, blank);
    if (blank == std::string_view::npos || !has_gtin_length(gtin) || !has_right_check_digit(gtin)) {
        return;
    }
    const std::string_view lot = detail::trim(text.substr(blank));
    candidates.add({{"01", std::string(gtin)}, {"10", std::string(lot)}});
}

// Element strings whose FNC1 and prefix the keyboard or a careless scanner dropped. Only where the
// first key's check digit is right: otherwise every number would be read so.
void add_unmarked(Candidates& candidates, std::string_view text) {
    const std::optional<Elements> elements = detail::read_unmarked(text);
    if (elements && has_right_check_digit(elements->front().value)) {
        candidates.add(*elements);
    }
}

void add_spellings(Candidates& candidates, const std::string& text) {
    candidates.add(canonical_uri(text));
    add_bare_digits(candidates, text);
    add_unmarked(candidates, text);
}

}  // namespace

std::vector<std::string> candidate_uris(std::string_view text) {
    Candidates candidates;
    if (text.size() > kTypedBytesMax) {
        candidates.add(std::string(detail::trim(text)));
        return candidates.take();
    }
    const std::string meant = as_meant(text);
    const std::string joined = without(meant, " \t");
    add_spellings(candidates, meant);
    add_gtin_and_lot(candidates, meant);
    add_spellings(candidates, joined);
    add_bare_digits(candidates, without(joined, "-"));
    // Case tells lots apart, so other cases come after the typed one.
    add_spellings(candidates, detail::to_upper(joined));
    if (detail::to_lower(joined).starts_with("urn:epc:")) {
        // Scheme names are lower case; what follows them keeps its own.
        const std::size_t stem = joined.rfind(':') + 1;
        candidates.add(canonical_uri(detail::to_lower(joined.substr(0, stem)) + joined.substr(stem))
        );
    }
    candidates.add(canonical_uri(text));
    return candidates.take();
}

}  // namespace suyuan::model
