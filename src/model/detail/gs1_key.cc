// SPDX-License-Identifier: Apache-2.0

#include "model/detail/gs1_key.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "model/code.h"
#include "model/detail/text.h"

namespace suyuan::model::detail {
namespace {

// Character sets of values (GS1 General Specifications 7.11).
enum class Characters : std::uint8_t {
    kDigits,
    kSet82,
    kSet39,  // component and part identifiers
    // Lots and serial numbers as they are in the field: longer than GS1's 20 characters, and
    // Chinese.
    kAnyText,
};

struct Format {
    std::size_t digit_count = 0;  // leading digits
    std::size_t rest_max = 0;     // bytes after them
    Characters rest = Characters::kDigits;
    bool needs_rest = false;
};

struct Qualifier {
    std::string_view ai;
    std::string_view name;
    Format format;
    // What the code names with this qualifier. Without a value: it does not change what is named.
    std::optional<CodeKind> kind;
};

// Most precise first: only the first that is there stays.
struct PrimaryKey {
    std::string_view ai;
    std::string_view name;
    Format format;
    CodeKind bare = CodeKind::kInstance;         // the key alone
    CodeKind with_serial = CodeKind::kInstance;  // with what follows its digits
    std::span<const Qualifier> qualifiers;
};

constexpr std::size_t kTextBytesMax = 200;  // Far above any printed lot text; keeps keys indexable.
constexpr std::size_t kGtinDigits = 14;

constexpr Format kText = {
    .rest_max = kTextBytesMax, .rest = Characters::kAnyText, .needs_rest = true
};
constexpr Format kText20 = {.rest_max = 20, .rest = Characters::kSet82, .needs_rest = true};
constexpr Format kText28 = {.rest_max = 28, .rest = Characters::kSet82, .needs_rest = true};
constexpr Format kDigits12 = {.rest_max = 12, .rest = Characters::kDigits, .needs_rest = true};
constexpr Format kDigits10 = {.rest_max = 10, .rest = Characters::kDigits, .needs_rest = true};

constexpr std::array<Qualifier, 4> kOfGtin = {{
    {"21", "ser", kText, CodeKind::kInstance},
    {"235", "tpx", kText28, CodeKind::kInstance},
    {"10", "lot", kText, CodeKind::kLot},
    {"22", "cpv", kText20, std::nullopt},
}};
constexpr std::array<Qualifier, 3> kOfItip = {{
    {"21", "ser", kText, CodeKind::kInstance},
    {"10", "lot", kText, CodeKind::kLot},
    {"22", "cpv", kText20, std::nullopt},
}};
constexpr std::array<Qualifier, 1> kOfLocation = {{{"254", "glnx", kText20, CodeKind::kSite}}};
constexpr std::array<Qualifier, 1> kOfPart = {{{"8011", "cpsn", kDigits12, CodeKind::kInstance}}};
constexpr std::array<Qualifier, 1> kOfService = {{{"8019", "srin", kDigits10, std::nullopt}}};

constexpr Format digits(std::size_t count) {
    return {.digit_count = count};
}

// Four digits at the start: the part of a company prefix that every one has.
constexpr Format kPrefixAndText = {
    .digit_count = 4, .rest_max = 26, .rest = Characters::kSet82, .needs_rest = true
};
constexpr Format kPrefixAndPart = {
    .digit_count = 4, .rest_max = 26, .rest = Characters::kSet39, .needs_rest = true
};
constexpr Format kCoupon = {.digit_count = 13, .rest_max = 12, .rest = Characters::kDigits};
constexpr Format kDocumentType = {.digit_count = 13, .rest_max = 17, .rest = Characters::kSet82};
constexpr Format kAsset = {.digit_count = 14, .rest_max = 16, .rest = Characters::kSet82};

constexpr std::array<PrimaryKey, 14> kPrimaryKeys = {{
    {"00", "sscc", digits(18), CodeKind::kContainer, CodeKind::kContainer, {}},
    {"01", "gtin", digits(kGtinDigits), CodeKind::kClass, CodeKind::kClass, kOfGtin},
    {"253", "gdti", kDocumentType, CodeKind::kClass, CodeKind::kDocument, {}},
    {"255", "gcn", kCoupon, CodeKind::kClass, CodeKind::kInstance, {}},
    {"401", "ginc", kPrefixAndText, CodeKind::kInstance, CodeKind::kInstance, {}},
    {"402", "gsin", digits(17), CodeKind::kInstance, CodeKind::kInstance, {}},
    {"414", "gln", digits(13), CodeKind::kSite, CodeKind::kSite, kOfLocation},
    {"417", "party", digits(13), CodeKind::kParty, CodeKind::kParty, {}},
    {"8003", "grai", kAsset, CodeKind::kClass, CodeKind::kContainer, {}},
    {"8004", "giai", kPrefixAndText, CodeKind::kInstance, CodeKind::kInstance, {}},
    {"8006", "itip", digits(18), CodeKind::kClass, CodeKind::kClass, kOfItip},
    {"8010", "cpid", kPrefixAndPart, CodeKind::kClass, CodeKind::kClass, kOfPart},
    {"8017", "gsrnp", digits(18), CodeKind::kInstance, CodeKind::kInstance, kOfService},
    {"8018", "gsrn", digits(18), CodeKind::kInstance, CodeKind::kInstance, kOfService},
}};

bool is_in(Characters set, char c) noexcept {
    switch (set) {
        case Characters::kDigits:
            return is_digit(c);
        case Characters::kSet82:
            return is_alphanumeric(c) ||
                   std::string_view("!\"%&'()*+,-./:;<=>?_").find(c) != std::string_view::npos;
        case Characters::kSet39:
            return is_digit(c) || is_upper(c) || c == '#' || c == '-' || c == '/';
        case Characters::kAnyText:
            return true;
    }
    SUYUAN_UNREACHABLE();
}

bool matches(const Format& format, std::string_view value) noexcept {
    if (value.size() < format.digit_count || value.size() > format.digit_count + format.rest_max ||
        !all_digits(value.substr(0, format.digit_count))) {
        return false;
    }
    const std::string_view rest = value.substr(format.digit_count);
    if (rest.empty()) {
        return !format.needs_rest;
    }
    return std::ranges::all_of(rest, [&](char c) { return is_in(format.rest, c); }) &&
           is_printable_utf8(rest);
}

const PrimaryKey* find_key(std::string_view ai_or_name) noexcept {
    const auto* const found = std::ranges::find_if(kPrimaryKeys, [&](const PrimaryKey& key) {
        return key.ai == ai_or_name || key.name == ai_or_name;
    });
    return found == kPrimaryKeys.end() ? nullptr : found;
}

const Element* find_element(const Elements& elements, std::string_view ai) noexcept {
    const auto found = std::ranges::find(elements, ai, &Element::ai);
    return found == elements.end() ? nullptr : &*found;
}

// GTIN-8, -12 and -13 are GTIN-14 with zeros in front.
std::string padded_gtin(std::string_view value) {
    const bool is_short = value.size() == 8 || value.size() == 12 || value.size() == 13;
    return std::string(is_short ? kGtinDigits - value.size() : 0, '0') + std::string(value);
}

Code bare_code(const PrimaryKey& key, const std::string& value) {
    Code code;
    code.uri = std::string(kCanonicalStem) + std::string(key.ai) + '/' + escape(value);
    const bool has_serial = value.size() > key.format.digit_count && !key.format.needs_rest;
    code.kind = has_serial ? key.with_serial : key.bare;
    if (has_serial) {
        code.serial = value.substr(key.format.digit_count);
    }
    if (key.ai == "01" || key.ai == "8006") {
        code.gtin = value.substr(0, kGtinDigits);
    }
    return code;
}

}  // namespace

std::string_view primary_key(std::string_view ai_or_name) noexcept {
    const PrimaryKey* const key = find_key(ai_or_name);
    return key == nullptr ? std::string_view() : key->ai;
}

std::string_view qualifier_of(std::string_view primary_ai, std::string_view ai_or_name) noexcept {
    const PrimaryKey* const key = find_key(primary_ai);
    SUYUAN_ASSERT(key != nullptr);
    for (const Qualifier& qualifier : key->qualifiers) {
        if (qualifier.ai == ai_or_name || qualifier.name == ai_or_name) {
            return qualifier.ai;
        }
    }
    return {};
}

std::optional<Code> code_from(const Elements& elements) {
    SUYUAN_ASSERT(!elements.empty());
    const PrimaryKey* const key = find_key(elements.front().ai);
    SUYUAN_ASSERT(key != nullptr);
    const std::string value =
        key->ai == "01" ? padded_gtin(elements.front().value) : elements.front().value;
    if (!matches(key->format, value) || (key->ai == "8003" && value.front() != '0')) {
        return std::nullopt;
    }
    Code code = bare_code(*key, value);
    bool is_qualified = false;
    for (const Qualifier& qualifier : key->qualifiers) {
        const Element* const found = find_element(elements, qualifier.ai);
        if (found == nullptr) {
            continue;
        }
        if (!matches(qualifier.format, found->value)) {
            return std::nullopt;
        }
        if (qualifier.ai == "10") {
            code.lot = found->value;
        }
        if (is_qualified || !qualifier.kind) {
            continue;
        }
        is_qualified = true;
        code.kind = *qualifier.kind;
        code.uri += '/' + std::string(qualifier.ai) + '/' + escape(found->value);
        if (qualifier.ai != "10") {
            code.serial = found->value;
        }
    }
    return code;
}

// What RFC 3986 lets stand in a path and GS1 Digital Link does not ask to be escaped: of the
// sub-delimiters only ' ; and =, so that a value never looks like "(01)" or a list.
std::string escape(std::string_view value) {
    constexpr std::string_view kHexadecimal = "0123456789ABCDEF";
    constexpr std::string_view kPlain = "-._~';=";
    std::string escaped;
    escaped.reserve(value.size());
    for (const char c : value) {
        if (is_alphanumeric(c) || kPlain.find(c) != std::string_view::npos) {
            escaped += c;
            continue;
        }
        const auto byte = static_cast<std::uint8_t>(c);
        escaped += '%';
        escaped += kHexadecimal[byte >> 4U];
        escaped += kHexadecimal[byte & 0xfU];
    }
    return escaped;
}

}  // namespace suyuan::model::detail
