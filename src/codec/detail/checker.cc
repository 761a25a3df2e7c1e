// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/checker.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/detail/problems.h"
#include "codec/detail/vocabulary.h"
#include "codec/json.h"
#include "codec/limits.h"
#include "model/instant.h"

namespace suyuan::codec {
namespace {

constexpr bool is_letter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

constexpr bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

constexpr bool is_hex_digit(char character) {
    return is_digit(character) || (character >= 'a' && character <= 'f') ||
           (character >= 'A' && character <= 'F');
}

bool is_scheme(std::string_view text) {
    return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, [](char c) {
        return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
    });
}

// Neither blank, control character, nor one of those that RFC 3986 leaves out.
bool may_stand_in_uri(char character) {
    constexpr std::string_view kLeftOut = "\"<>\\^`{|}\x7f";
    const auto code = static_cast<unsigned char>(character);
    return code > 0x20 && kLeftOut.find(character) == std::string_view::npos;
}

bool has_whole_escapes(std::string_view text) {
    for (std::size_t at = text.find('%'); at != std::string_view::npos;
         at = text.find('%', at + 1)) {
        if (at + 2 >= text.size() || !is_hex_digit(text[at + 1]) || !is_hex_digit(text[at + 2])) {
            return false;
        }
    }
    return true;
}

// Up to kQuotedBytesMax bytes, never half a character.
std::string_view shortened(std::string_view text) {
    if (text.size() <= kQuotedBytesMax) {
        return text;
    }
    std::size_t end = kQuotedBytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

}  // namespace

bool is_uri(std::string_view text) noexcept {
    const std::size_t colon = text.find(':');
    return colon != std::string_view::npos && colon + 1 < text.size() &&
           is_scheme(text.substr(0, colon)) && std::ranges::all_of(text, may_stand_in_uri) &&
           has_whole_escapes(text);
}

std::string quoted(const Json& value) {
    switch (value.type()) {
        case Json::Type::kNull:
            return "null";
        case Json::Type::kBool:
            return value.as_bool() ? "true" : "false";
        case Json::Type::kArray:
            return "an array";
        case Json::Type::kObject:
            return "an object";
        case Json::Type::kNumber:
        case Json::Type::kString:
            break;
    }
    const std::string_view text = shortened(value.text());
    std::string result;
    if (value.is_string()) {
        append_json_string(result, text);
    } else {
        result = text;
    }
    return text.size() < value.text().size() ? result + "..." : result;
}

std::string_view Checker::uri(const Json& value, const Path& place) {
    if (!value.is_string() || !is_uri(value.text())) {
        refuse(
            place,
            in_both(
                "应为 URI，例如 \"urn:epc:id:sgln:0614141.07346.0\" 或 "
                "\"https://id.gs1.org/...\"，而不是 {}。",
                "Write a URI, such as \"urn:epc:id:sgln:0614141.07346.0\" or "
                "\"https://id.gs1.org/...\", instead of {}.",
                quoted(value)
            )
        );
        return {};
    }
    return value.text();
}

std::string_view Checker::text(const Json& value, const Path& place) {
    if (!value.is_string()) {
        refuse(
            place,
            in_both("应为字符串，而不是 {}。", "Write a string instead of {}.", quoted(value))
        );
        return {};
    }
    return value.text();
}

std::vector<std::string> Checker::uris(const Json& value, const Path& place) {
    std::vector<std::string> result;
    if (is_array(value, place)) {
        for (std::size_t i = 0; i < value.items().size(); ++i) {
            result.emplace_back(uri(value.items()[i], place.item(i)));
        }
    }
    return result;
}

std::optional<model::ZonedInstant> Checker::instant(const Json& value, const Path& place) {
    if (value.is_string()) {
        if (const Result<model::ZonedInstant> instant = model::parse_instant(value.text())) {
            return *instant;
        }
    }
    refuse(
        place,
        in_both(
            "应为带时区的日期时间，例如 \"2026-01-05T08:00:00+08:00\"，而不是 {}。",
            "Write a date and time with its zone, such as \"2026-01-05T08:00:00+08:00\", instead "
            "of {}.",
            quoted(value)
        )
    );
    return std::nullopt;
}

std::string Checker::term(Vocabulary vocabulary, const Json& value, const Path& place) {
    if (!value.is_string()) {
        refuse(
            place,
            in_both("应为字符串，而不是 {}。", "Write a string instead of {}.", quoted(value))
        );
        return {};
    }
    const std::string& text = value.text();
    if (text.find(':') != std::string::npos && uri(value, place).empty()) {
        return {};
    }
    if (const auto refusal = refusal_of_term(vocabulary, text)) {
        const std::string told = quoted(value);
        refuse(place, {format("{} {}。", told, refusal->zh), format("{} {}.", told, refusal->en)});
        return {};
    }
    return model_term(vocabulary, text, names_);
}

bool Checker::is_number(const Json& value, const Path& place) {
    if (!value.is_number()) {
        refuse(
            place,
            in_both(
                "应为数字（不加引号），而不是 {}。",
                "Write a number, without quotes, instead of {}.",
                quoted(value)
            )
        );
    }
    return value.is_number();
}

bool Checker::is_boolean(const Json& value, const Path& place) {
    if (!value.is_bool()) {
        refuse(
            place,
            in_both(
                "应为 true 或 false，而不是 {}。",
                "Write true or false instead of {}.",
                quoted(value)
            )
        );
    }
    return value.is_bool();
}

bool Checker::is_hexadecimal(const Json& value, const Path& place) {
    const bool good = value.is_string() && !value.text().empty() &&
                      std::ranges::all_of(value.text(), is_hex_digit);
    if (!good) {
        refuse(
            place,
            in_both(
                "应为十六进制数字，例如 \"f0f0f0\"，而不是 {}。",
                "Write hexadecimal digits, such as \"f0f0f0\", instead of {}.",
                quoted(value)
            )
        );
    }
    return good;
}

bool Checker::is_object(const Json& value, const Path& place) {
    if (!value.is_object()) {
        refuse(
            place, in_both("应为对象，而不是 {}。", "Write an object instead of {}.", quoted(value))
        );
    }
    return value.is_object();
}

bool Checker::is_array(const Json& value, const Path& place) {
    if (!value.is_array()) {
        refuse(
            place, in_both("应为数组，而不是 {}。", "Write an array instead of {}.", quoted(value))
        );
    }
    return value.is_array();
}

void Checker::distinct(const Json& array, const Path& place) {
    std::vector<std::pair<std::string_view, std::size_t>> sorted;
    sorted.reserve(array.items().size());
    for (std::size_t i = 0; i < array.items().size(); ++i) {
        if (array.items()[i].is_string()) {
            sorted.emplace_back(array.items()[i].text(), i);
        }
    }
    std::ranges::sort(sorted);
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (sorted[i].first == sorted[i - 1].first) {
            refuse(
                place.item(sorted[i].second),
                in_both(
                    "请删除 {}：数组里已经有了。",
                    "Remove {}, which the array already holds.",
                    quoted(array.items()[sorted[i].second])
                )
            );
        }
    }
}

const Json* Checker::required(
    const Json& object, std::string_view name, std::string_view example, const Path& place
) {
    const Json* const member = object.find(name);
    if (member == nullptr) {
        refuse(
            place.member(name),
            in_both("请补上 {}，例如 {}。", "Add {}, such as {}.", name, example)
        );
    }
    return member;
}

bool Checker::extension_name(std::string_view name, const Path& place) {
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) {
        refuse(
            place,
            in_both(
                "请删除 \"{}\"：标准在此处没有这个字段；如是扩展字段，请加上 \"@context\" "
                "里声明的前缀。",
                "Remove \"{}\", which is no field of the standard here, or name it as an extension "
                "with a prefix that \"@context\" declares.",
                shortened(name)
            )
        );
        return false;
    }
    if (!is_uri(name)) {
        refuse(
            place,
            Sentence{
                "扩展字段的名称应为前缀、冒号加字母，或 URI。",
                "Name the extension field by a prefix, a colon and letters, or by a URI."
            }
        );
        return false;
    }
    if (!names_.resolve(name) && !names_.has_unread_context()) {
        refuse(
            place,
            in_both(
                "请在 \"@context\" 里声明前缀 \"{}\"。",
                R"(Declare the prefix "{}" in "@context".)",
                shortened(name.substr(0, colon))
            )
        );
        return false;
    }
    return true;
}

void Checker::only_members(
    const Json& object, std::span<const std::string_view> names, const Path& place
) {
    for (const JsonMember& member : object.members()) {
        if (std::ranges::find(names, member.name) == names.end()) {
            refuse(
                place.member(member.name),
                in_both(
                    "请删除 \"{}\"：标准在此处不允许其他字段。",
                    "Remove \"{}\": the standard allows no further fields here.",
                    shortened(member.name)
                )
            );
        }
    }
}

void Checker::only_members_and_extensions(
    const Json& object, std::span<const std::string_view> names, const Path& place
) {
    for (const JsonMember& member : object.members()) {
        if (std::ranges::find(names, member.name) == names.end()) {
            extension_name(member.name, place.member(member.name));
        }
    }
}

}  // namespace suyuan::codec
