// SPDX-License-Identifier: Apache-2.0

#include "codec/json.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/assert.h"
#include "base/format.h"

namespace suyuan::codec {
namespace {

// Up to this many members the plain search is faster than sorting, and needs no memory.
constexpr std::size_t kFewMembers = 16;

std::vector<const JsonMember*> sorted_by_name(const std::vector<JsonMember>& members) {
    std::vector<const JsonMember*> sorted;
    sorted.reserve(members.size());
    std::ranges::transform(members, std::back_inserter(sorted), [](const JsonMember& member) {
        return &member;
    });
    std::ranges::sort(sorted, {}, &JsonMember::name);
    return sorted;
}

bool equal_members(const std::vector<JsonMember>& a, const std::vector<JsonMember>& b) {
    const std::vector<const JsonMember*> first = sorted_by_name(a);
    const std::vector<const JsonMember*> second = sorted_by_name(b);
    return std::ranges::equal(first, second, [](const JsonMember* x, const JsonMember* y) {
        return x->name == y->name && x->value == y->value;
    });
}

bool names_differ(const std::vector<JsonMember>& members) {
    const std::vector<const JsonMember*> sorted = sorted_by_name(members);
    return std::ranges::adjacent_find(sorted, {}, &JsonMember::name) == sorted.end();
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
        ++at;
    }
    return at;
}

// RFC 8259: -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
bool is_number_text(std::string_view text) {
    const std::size_t whole = text.starts_with('-') ? 1 : 0;
    std::size_t at = skip_digits(text, whole);
    bool good = at > whole && (text[whole] != '0' || at == whole + 1);
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = at + 1;
        at = skip_digits(text, fraction);
        good = good && at > fraction;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        const bool is_signed = at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-');
        const std::size_t exponent = at + (is_signed ? 2 : 1);
        at = skip_digits(text, exponent);
        good = good && at > exponent;
    }
    return good && at == text.size();
}

}  // namespace

Json Json::boolean(bool value) {
    return Json(Value(value));
}

Json Json::integer(std::int64_t value) {
    return Json(Value(Number{format("{}", value)}));
}

Json Json::number(std::string decimal_text) {
    SUYUAN_ASSERT_EXPENSIVE(is_number_text(decimal_text));
    return Json(Value(Number{std::move(decimal_text)}));
}

Json Json::string(std::string_view value) {
    return Json(Value(std::string(value)));
}

Json Json::array(std::vector<Json> items) {
    return Json(Value(std::move(items)));
}

Json Json::object() {
    return Json(Value(std::vector<JsonMember>()));
}

Json Json::object(std::vector<JsonMember> members) {
    SUYUAN_ASSERT_EXPENSIVE(names_differ(members));
    return Json(Value(std::move(members)));
}

bool Json::as_bool() const {
    const bool* const value = std::get_if<bool>(&value_);
    SUYUAN_ASSERT(value != nullptr);
    return *value;
}

const std::string& Json::text() const {
    if (const Number* const number = std::get_if<Number>(&value_); number != nullptr) {
        return number->text;
    }
    const std::string* const value = std::get_if<std::string>(&value_);
    SUYUAN_ASSERT(value != nullptr);
    return *value;
}

const std::vector<Json>& Json::items() const {
    const auto* const value = std::get_if<std::vector<Json>>(&value_);
    SUYUAN_ASSERT(value != nullptr);
    return *value;
}

const std::vector<JsonMember>& Json::members() const {
    const auto* const value = std::get_if<std::vector<JsonMember>>(&value_);
    SUYUAN_ASSERT(value != nullptr);
    return *value;
}

const Json* Json::find(std::string_view name) const noexcept {
    const auto* const members = std::get_if<std::vector<JsonMember>>(&value_);
    if (members == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find(*members, name, &JsonMember::name);
    return found == members->end() ? nullptr : &found->value;
}

Json* Json::find(std::string_view name) noexcept {
    auto* const members = std::get_if<std::vector<JsonMember>>(&value_);
    if (members == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find(*members, name, &JsonMember::name);
    return found == members->end() ? nullptr : &found->value;
}

std::string_view Json::string_or(std::string_view name, std::string_view otherwise) const noexcept {
    const Json* const member = find(name);
    const std::string* const value =
        member == nullptr ? nullptr : std::get_if<std::string>(&member->value_);
    return value == nullptr ? otherwise : std::string_view(*value);
}

void Json::push_back(Json value) {
    auto* const items = std::get_if<std::vector<Json>>(&value_);
    SUYUAN_ASSERT(items != nullptr);
    items->push_back(std::move(value));
}

std::vector<Json> Json::take_items() {
    auto* const items = std::get_if<std::vector<Json>>(&value_);
    SUYUAN_ASSERT(items != nullptr);
    return std::exchange(*items, {});
}

Json& Json::set(std::string_view name, Json value) {
    auto* const members = std::get_if<std::vector<JsonMember>>(&value_);
    SUYUAN_ASSERT(members != nullptr);
    if (Json* const there = find(name); there != nullptr) {
        *there = std::move(value);
    } else {
        members->push_back({std::string(name), std::move(value)});
    }
    return *this;
}

void Json::erase(std::string_view name) {
    auto* const members = std::get_if<std::vector<JsonMember>>(&value_);
    SUYUAN_ASSERT(members != nullptr);
    std::erase_if(*members, [&](const JsonMember& member) { return member.name == name; });
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the value, which the parser bounds.
bool operator==(const Json& a, const Json& b) {
    if (a.type() != b.type()) {
        return false;
    }
    switch (a.type()) {
        case Json::Type::kNull:
            return true;
        case Json::Type::kBool:
            return a.as_bool() == b.as_bool();
        case Json::Type::kNumber:
        case Json::Type::kString:
            return a.text() == b.text();
        case Json::Type::kArray:
            return a.items() == b.items();
        case Json::Type::kObject:
            break;
    }
    if (a.members().size() != b.members().size()) {
        return false;
    }
    if (a.members().size() > kFewMembers) {
        return equal_members(a.members(), b.members());
    }
    return std::ranges::all_of(a.members(), [&](const JsonMember& member) {
        const Json* const other = b.find(member.name);
        return other != nullptr && member.value == *other;
    });
}

}  // namespace suyuan::codec
