// SPDX-License-Identifier: Apache-2.0
//
// An EPC URN splits a GS1 key at the company prefix and leaves the check digit out:
//
//   urn:epc:id:sgtin:4012345.011111.9876        prefix . indicator and item . serial number
//                    |       ||
//   https://id.gs1.org/01/0 4012345 11111 8/21/9876      indicator, prefix, item, check digit

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
#include "base/error.h"
#include "base/result.h"
#include "model/check_digits.h"
#include "model/detail/gs1_key.h"
#include "model/detail/spellings.h"
#include "model/detail/text.h"

namespace suyuan::model::detail {
namespace {

constexpr std::size_t kPrefixDigitsMin = 6;
constexpr std::size_t kPrefixDigitsMax = 12;

// How the digits of a key are laid out in the URN.
enum class Layout : std::uint8_t {
    kLeadingDigitMoved,  // GTIN, SSCC: the first digit of the reference goes before the prefix
    kStraight,           // prefix, reference, check digit
    kZeroThenStraight,   // GRAI: a zero before the prefix
    kOpen,               // prefix and any text, no check digit
};

// What stands after the digits.
enum class Tail : std::uint8_t {
    kNone,
    kQualifier,  // a qualifier of its own ("/21/...")
    kAppended,   // part of the key's value
};

struct Scheme {
    std::string_view name;
    std::string_view ai;
    Layout layout = Layout::kStraight;
    std::size_t digit_count = 0;  // prefix and reference together
    Tail tail = Tail::kNone;
    std::string_view qualifier;
    std::size_t tail_max = 0;  // characters (EPC Tag Data Standard 2.0, section 6.3)
};

constexpr std::array<Scheme, 16> kSchemes = {{
    {"sgtin", "01", Layout::kLeadingDigitMoved, 13, Tail::kQualifier, "21", 20},
    {"lgtin", "01", Layout::kLeadingDigitMoved, 13, Tail::kQualifier, "10", 20},
    {"upui", "01", Layout::kLeadingDigitMoved, 13, Tail::kQualifier, "235", 28},
    {"itip", "8006", Layout::kLeadingDigitMoved, 13, Tail::kQualifier, "21", 20},
    {"sscc", "00", Layout::kLeadingDigitMoved, 17, Tail::kNone, "", 0},
    {"sgln", "414", Layout::kStraight, 12, Tail::kQualifier, "254", 20},
    {"pgln", "417", Layout::kStraight, 12, Tail::kNone, "", 0},
    {"grai", "8003", Layout::kZeroThenStraight, 12, Tail::kAppended, "", 16},
    {"gdti", "253", Layout::kStraight, 12, Tail::kAppended, "", 17},
    {"sgcn", "255", Layout::kStraight, 12, Tail::kAppended, "", 12},
    {"gsrn", "8018", Layout::kStraight, 17, Tail::kNone, "", 0},
    {"gsrnp", "8017", Layout::kStraight, 17, Tail::kNone, "", 0},
    {"gsin", "402", Layout::kStraight, 16, Tail::kNone, "", 0},
    {"giai", "8004", Layout::kOpen, 0, Tail::kNone, "", 0},
    {"ginc", "401", Layout::kOpen, 0, Tail::kNone, "", 0},
    {"cpi", "8010", Layout::kOpen, 0, Tail::kQualifier, "8011", 12},
}};

// What a URN may be about: one thing, a class with a value of its own, all of a class.
enum class Aspect : std::uint8_t { kIdentity, kClass, kPattern };

struct Urn {
    Aspect aspect = Aspect::kIdentity;
    std::string_view scheme;
    std::string_view body;
};

std::optional<Urn> split(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, Aspect>, 3> kStems = {{
        {"urn:epc:id:", Aspect::kIdentity},
        {"urn:epc:class:", Aspect::kClass},
        {"urn:epc:idpat:", Aspect::kPattern},
    }};
    for (const auto& [stem, aspect] : kStems) {
        if (!text.starts_with(stem)) {
            continue;
        }
        text.remove_prefix(stem.size());
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos) {
            return std::nullopt;
        }
        return Urn{aspect, text.substr(0, colon), text.substr(colon + 1)};
    }
    return std::nullopt;
}

const Scheme* find_scheme(const Urn& urn) {
    const auto* const found = std::ranges::find(kSchemes, urn.scheme, &Scheme::name);
    if (found == kSchemes.end() || (urn.aspect == Aspect::kClass) != (found->name == "lgtin")) {
        return nullptr;
    }
    // Of a pattern the serial number is open, so there has to be one; a location has no class.
    const bool has_class = found->tail != Tail::kNone && found->name != "sgln";
    return urn.aspect == Aspect::kPattern && !has_class ? nullptr : found;
}

// prefix, reference, the two numbers of an ITIP, the tail.
std::size_t field_count(const Scheme& scheme) noexcept {
    const std::size_t pieces = scheme.name == "itip" ? 2 : 0;
    return 2 + pieces + (scheme.tail == Tail::kNone ? 0 : 1);
}

// At dots; the last field takes the rest, dots included. nullopt if there are fewer.
std::optional<std::vector<std::string_view>> split_fields(
    std::string_view body, std::size_t count
) {
    std::vector<std::string_view> fields;
    while (fields.size() + 1 < count) {
        const std::size_t dot = body.find('.');
        if (dot == std::string_view::npos) {
            return std::nullopt;
        }
        fields.push_back(body.substr(0, dot));
        body.remove_prefix(dot + 1);
    }
    fields.push_back(body);
    return fields;
}

bool is_prefix(std::string_view text) noexcept {
    return text.size() >= kPrefixDigitsMin && text.size() <= kPrefixDigitsMax && all_digits(text);
}

std::string with_check_digit(std::string digits) {
    digits += gs1_check_digit(digits);
    return digits;
}

// The key's digits with the check digit, from prefix and reference.
std::optional<std::string> key_digits(
    const Scheme& scheme, std::string_view prefix, std::string_view reference
) {
    if (prefix.size() + reference.size() != scheme.digit_count || !all_digits(reference)) {
        return std::nullopt;
    }
    switch (scheme.layout) {
        case Layout::kLeadingDigitMoved:
            return with_check_digit(
                std::string(reference.substr(0, 1)) + std::string(prefix) +
                std::string(reference.substr(1))
            );
        case Layout::kStraight:
            return with_check_digit(std::string(prefix) + std::string(reference));
        case Layout::kZeroThenStraight:
            return with_check_digit('0' + std::string(prefix) + std::string(reference));
        case Layout::kOpen:
            break;
    }
    SUYUAN_UNREACHABLE();
}

bool is_plain_in_urn(char c) noexcept {
    return is_alphanumeric(c) ||
           std::string_view("!'()*+,-.:;=_").find(c) != std::string_view::npos;
}

// A serial number or the like: escapes of anything, but nothing bare that a URN must escape.
std::optional<std::string> read_text(std::string_view text) {
    const bool is_spelled_right = !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_plain_in_urn(c) || c == '%';
    });
    return is_spelled_right ? percent_decode(text) : std::nullopt;
}

std::optional<std::string> read_key(
    const Scheme& scheme, const std::vector<std::string_view>& fields
) {
    if (!is_prefix(fields[0])) {
        return std::nullopt;
    }
    if (scheme.layout == Layout::kOpen) {
        const std::optional<std::string> reference = read_text(fields[1]);
        return reference ? std::optional(std::string(fields[0]) + *reference) : std::nullopt;
    }
    std::optional<std::string> key = key_digits(scheme, fields[0], fields[1]);
    if (!key || scheme.name != "itip") {
        return key;
    }
    const std::string pieces = std::string(fields[2]) + std::string(fields[3]);
    const bool are_numbers = fields[2].size() == 2 && fields[3].size() == 2 && all_digits(pieces);
    return are_numbers ? std::optional(*key + pieces) : std::nullopt;
}

const Scheme* scheme_for(const Elements& elements) {
    const std::string_view qualifier =
        elements.size() > 1 ? std::string_view(elements[1].ai) : std::string_view();
    const auto* const found = std::ranges::find_if(kSchemes, [&](const Scheme& scheme) {
        return scheme.ai == elements[0].ai && (qualifier.empty() || scheme.qualifier == qualifier);
    });
    return found == kSchemes.end() ? nullptr : found;
}

Failure fail_to_write(std::string_view why) {
    return fail(ErrorCode::kInvalidArgument, "no EPC URN: " + std::string(why));
}

// What percent escapes are for; other text has no place in a URN at all.
Result<std::string> write_text(std::string_view text) {
    constexpr std::string_view kEscaped = "\"%&/<>?#";
    std::string written;
    for (const char c : text) {
        if (is_plain_in_urn(c)) {
            written += c;
        } else if (kEscaped.find(c) != std::string_view::npos) {
            written += escape(std::string_view(&c, 1));
        } else {
            return fail_to_write("a character is outside the GS1 character set");
        }
    }
    return written;
}

// Prefix, a dot and the reference, from a key's digits without the check digit.
std::string write_digits(const Scheme& scheme, std::string_view digits, std::size_t prefix_length) {
    std::string leading;
    if (scheme.layout != Layout::kStraight) {
        leading = scheme.layout == Layout::kLeadingDigitMoved ? digits.substr(0, 1) : "";
        digits.remove_prefix(1);
    }
    const std::string_view prefix = digits.substr(0, prefix_length);
    return std::string(prefix) + '.' + leading + std::string(digits.substr(prefix_length));
}

// The key's own part, and in `rest` what its value holds beside it.
Result<std::string> write_key(
    const Scheme& scheme, std::string_view value, std::size_t prefix_length, std::string_view& rest
) {
    if (scheme.layout == Layout::kOpen) {
        if (value.size() <= prefix_length || !all_digits(value.substr(0, prefix_length))) {
            return fail_to_write("the code is shorter than the company prefix");
        }
        SUYUAN_TRY(const std::string reference, write_text(value.substr(prefix_length)));
        return std::string(value.substr(0, prefix_length)) + '.' + reference;
    }
    const std::size_t zeros = scheme.layout == Layout::kZeroThenStraight ? 1 : 0;
    const std::size_t length = scheme.digit_count + zeros;
    const std::string_view digits = value.substr(0, length);
    if (gs1_check_digit(digits) != value[length]) {
        return fail_to_write("the check digit is wrong");
    }
    rest = value.substr(length + 1);
    std::string written = write_digits(scheme, digits, prefix_length);
    if (scheme.name == "itip") {
        written += '.' + std::string(rest.substr(0, 2)) + '.' + std::string(rest.substr(2));
        rest = {};
    }
    return written;
}

}  // namespace

std::optional<Elements> read_epc_urn(std::string_view text) {
    const std::optional<Urn> urn = split(text);
    const Scheme* const scheme = urn ? find_scheme(*urn) : nullptr;
    if (scheme == nullptr) {
        return std::nullopt;
    }
    const auto fields = split_fields(urn->body, field_count(*scheme));
    if (!fields) {
        return std::nullopt;
    }
    std::optional<std::string> key = read_key(*scheme, *fields);
    if (!key) {
        return std::nullopt;
    }
    Elements elements = {{std::string(scheme->ai), *std::move(key)}};
    if (scheme->tail == Tail::kNone) {
        return elements;
    }
    if (urn->aspect == Aspect::kPattern) {
        return fields->back() == "*" ? std::optional(std::move(elements)) : std::nullopt;
    }
    std::optional<std::string> tail = read_text(fields->back());
    if (!tail) {
        return std::nullopt;
    }
    if (scheme->tail == Tail::kAppended) {
        elements.front().value += *tail;
    } else if (scheme->name != "sgln" || *tail != "0") {  // Extension 0: the location itself.
        elements.push_back({std::string(scheme->qualifier), *std::move(tail)});
    }
    return elements;
}

Result<std::string> write_epc_urn(const Elements& elements, std::size_t company_prefix_length) {
    SUYUAN_ASSERT(!elements.empty() && elements.size() <= 2);
    const Scheme* const scheme = scheme_for(elements);
    if (scheme == nullptr) {
        return fail_to_write("this key has none");
    }
    if (company_prefix_length < kPrefixDigitsMin || company_prefix_length > kPrefixDigitsMax) {
        return fail_to_write("a company prefix has 6 to 12 digits");
    }
    std::string_view tail;
    SUYUAN_TRY(
        const std::string key, write_key(*scheme, elements[0].value, company_prefix_length, tail)
    );
    if (scheme->tail == Tail::kNone) {
        return "urn:epc:id:" + std::string(scheme->name) + ':' + key;
    }
    if (elements.size() == 2) {
        tail = elements[1].value;
    } else if (scheme->name == "sgln") {
        tail = "0";
    }
    if (tail.empty()) {
        return "urn:epc:idpat:" + std::string(scheme->name) + ':' + key + ".*";
    }
    if (tail.size() > scheme->tail_max) {
        return fail_to_write("what follows the key is too long");
    }
    SUYUAN_TRY(const std::string text, write_text(tail));
    const std::string_view stem = scheme->name == "lgtin" ? "urn:epc:class:" : "urn:epc:id:";
    return std::string(stem) + std::string(scheme->name) + ':' + key + '.' + text;
}

}  // namespace suyuan::model::detail
