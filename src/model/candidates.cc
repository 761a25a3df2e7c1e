// SPDX-License-Identifier: Apache-2.0
//
// What people type for a code: as printed under the bars, with blanks, through a Chinese input
// method.

#include <algorithm>
#include <array>
#include <cstddef>
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
#include "model/detail/typed.h"

namespace suyuan::model {
namespace {

using detail::Elements;

// Longer text is taken as it is: nobody types that.
constexpr std::size_t kTypedBytesMax = 2'048;

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
    if (const std::string_view code = social_credit_code_of(text); !code.empty()) {
        candidates.add(std::string(code));
        candidates.add(social_credit_uri(code));
    }
    add_bare_digits(candidates, text);
    add_unmarked(candidates, text);
}

// Case tells lots and serial numbers apart, so other cases come after the typed one.
void add_other_cases(Candidates& candidates, const std::string& text) {
    if (detail::to_lower(text).starts_with("urn:")) {
        // Names of schemes are lower case; the code after them keeps its own.
        const std::size_t stem = text.rfind(':') + 1;
        candidates.add(canonical_uri(detail::to_lower(text.substr(0, stem)) + text.substr(stem)));
        return;
    }
    add_spellings(candidates, detail::to_upper(text));
}

}  // namespace

std::vector<std::string> candidate_uris(std::string_view text) {
    Candidates candidates;
    if (text.size() > kTypedBytesMax) {
        candidates.add(std::string(detail::trim(text)));
        return candidates.take();
    }
    const std::string meant = detail::as_meant(text);
    if (meant.empty()) {
        return {};
    }
    const std::string joined = detail::without(meant, " \t");
    const Code code = parse_code(meant);
    add_spellings(candidates, meant);
    if (!code.lot.empty() && !code.serial.empty()) {
        candidates.add(lot_uri(code.gtin, code.lot));  // Where only the lot was recorded.
    }
    add_gtin_and_lot(candidates, meant);
    add_spellings(candidates, joined);
    add_bare_digits(candidates, detail::without(joined, "-"));
    if (!code.uri.starts_with(detail::kCanonicalStem)) {
        add_other_cases(candidates, joined);
    }
    candidates.add(canonical_uri(text));
    return candidates.take();
}

}  // namespace suyuan::model
