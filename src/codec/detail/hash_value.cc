// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/hash_value.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/result.h"
#include "codec/detail/namespaces.h"
#include "codec/detail/vocabulary.h"
#include "codec/json.h"
#include "codec/limits.h"
#include "model/code.h"
#include "model/instant.h"

namespace suyuan::codec {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string_view take_digits(std::string_view& text) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::string_view digits = text.substr(0, end);
    text.remove_prefix(end);
    return digits;
}

// A decimal number as digits and the place of the point among them: 0.0123 is "0123" and 1.
struct DecimalParts {
    bool is_negative = false;
    std::string digits;
    std::ptrdiff_t point = 0;
};

std::optional<DecimalParts> take_apart(std::string_view text) {
    DecimalParts parts;
    if (text.starts_with('-') || text.starts_with('+')) {
        parts.is_negative = text.front() == '-';
        text.remove_prefix(1);
    }
    parts.digits = take_digits(text);
    parts.point = static_cast<std::ptrdiff_t>(parts.digits.size());
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        parts.digits += take_digits(text);
    }
    if (parts.digits.empty()) {
        return std::nullopt;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(text.substr(1).starts_with('+') ? 2 : 1);
        int exponent = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
        if (error != std::errc()) {
            return std::nullopt;
        }
        parts.point += exponent;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    }
    return text.empty() ? std::optional(std::move(parts)) : std::nullopt;
}

}  // namespace

std::string hash_number(std::string_view text) {
    std::optional<DecimalParts> parts = take_apart(text);
    constexpr auto kDigitsMax = static_cast<std::ptrdiff_t>(kPlainDigitsMax);
    if (!parts || parts->digits.size() > kPlainDigitsMax || parts->point > kDigitsMax ||
        parts->point < -kDigitsMax) {
        return std::string(text);
    }
    std::string& digits = parts->digits;
    if (parts->point <= 0) {
        digits.insert(0, static_cast<std::size_t>(1 - parts->point), '0');
        parts->point = 1;
    }
    const auto point = static_cast<std::size_t>(parts->point);
    digits.resize(std::max(digits.size(), point), '0');
    std::string whole = digits.substr(0, point);
    std::string fraction = digits.substr(point);
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    fraction.erase(fraction.find_last_not_of('0') + 1);
    const bool is_zero = whole == "0" && fraction.empty();
    std::string result = parts->is_negative && !is_zero ? "-" : "";
    result += whole;
    if (!fraction.empty()) {
        result += '.';
        result += fraction;
    }
    return result;
}

std::string hash_time(std::string_view text) {
    const Result<model::ZonedInstant> instant = model::parse_instant(text);
    return instant ? model::format_instant_millis(instant->moment) : std::string(text);
}

std::string hash_identifier(std::string_view text, const Namespaces& names) {
    const std::string uri = names.expand(trimmed(text));
    if (uri.starts_with("urn:epcglobal:cbv:")) {
        return web_form_of_urn(uri);
    }
    const bool may_be_key =
        uri.starts_with("urn:epc:") || uri.starts_with("http://") || uri.starts_with("https://");
    return may_be_key ? model::canonical_uri(uri) : uri;
}

std::string hash_extension_value(const Json& value, const Namespaces& names) {
    if (value.is_bool()) {
        return value.as_bool() ? "true" : "false";
    }
    if (value.is_number()) {
        return hash_number(value.text());
    }
    if (value.is_string()) {
        return hash_number(hash_identifier(value.text(), names));
    }
    return {};
}

}  // namespace suyuan::codec
