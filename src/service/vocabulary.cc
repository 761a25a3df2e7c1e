// SPDX-License-Identifier: Apache-2.0

#include "service/vocabulary.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "model/code.h"
#include "service/element_id.h"

namespace suyuan::service {
namespace {

using codec::Json;

constexpr std::array<std::string_view, 4> kTypePrefixes = {
    "urn:epcglobal:epcis:vtype:",
    "https://ref.gs1.org/epcis/",
    "https://ns.gs1.org/epcis/",
    "epcis:",
};
// CBV's own spelling, the web vocabularies that CBV 2.0 takes its terms from, and usual prefixes.
constexpr std::array<std::string_view, 9> kStandardPrefixes = {
    "urn:epcglobal:cbv:mda:",
    "urn:epcglobal:cbv:mda#",
    "https://ref.gs1.org/cbv/",
    "https://ns.gs1.org/cbv/",
    "https://gs1.org/voc/",
    "https://www.gs1.org/voc/",
    "cbvmda:",
    "cbv:",
    "gs1:",
};
constexpr std::array<std::string_view, 2> kOwnPrefixes = {
    "https://ns.suyuan.example/epcis/",
    "suyuan:",
};

template <std::size_t kSize>
std::optional<std::string_view> short_name(
    std::string_view term, const std::array<std::string_view, kSize>& prefixes
) {
    const auto prefix = std::ranges::find_if(prefixes, [&](std::string_view candidate) {
        return term.starts_with(candidate);
    });
    if (prefix == prefixes.end()) {
        return std::nullopt;
    }
    return term.substr(prefix->size());
}

// Structured values (sets of sensor ranges, user vocabularies) are nothing that a registry row
// holds.
std::optional<std::string> scalar_text(const Json& value) {
    if (value.is_string() || value.is_number()) {
        return value.text();
    }
    const Json* inner = value.find("@value");
    if (inner != nullptr && (inner->is_string() || inner->is_number())) {
        return inner->text();
    }
    return std::nullopt;
}

Status read_attribute(const Json& attribute, const std::string& pointer, Element& element) {
    SUYUAN_TRY(const std::string id, required_text(attribute, "id", pointer));
    const Json* value = attribute.find("attribute");
    const auto text = value == nullptr ? std::nullopt : scalar_text(*value);
    if (!text || text->empty()) {
        return {};
    }
    if (const auto own = short_name(id, kOwnPrefixes)) {
        if (*own == "alias") {
            element.aliases.push_back(*text);
        } else {
            element.own.emplace(*own, *text);
        }
    } else if (const auto standard = short_name(id, kStandardPrefixes)) {
        element.standard.emplace(*standard, *text);
    }
    return {};
}

}  // namespace

std::string Element::first_of(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
        if (const auto found = standard.find(name); found != standard.end()) {
            return found->second;
        }
    }
    return {};
}

std::string Element::own_value(std::string_view name) const {
    const auto found = own.find(name);
    return found == own.end() ? std::string() : found->second;
}

std::string Element::own_code(std::string_view name) const {
    const std::string text = own_value(name);
    return text.empty() ? text : model::canonical_uri(plain_id(text));
}

std::optional<std::string_view> standard_type(std::string_view type) {
    return short_name(type, kTypePrefixes);
}

std::optional<std::string_view> own_type(std::string_view type) {
    return short_name(type, kOwnPrefixes);
}

Failure malformed(std::string_view pointer, const Sentence& reason) {
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{format("{}: {}", pointer, reason.zh), format("{}: {}", pointer, reason.en)}
    );
}

Result<const Json*> optional_array(
    const Json& object, std::string_view name, std::string_view pointer
) {
    const Json* member = object.find(name);
    if (member != nullptr && !member->is_array()) {
        return malformed(format("{}/{}", pointer, name), {"应为数组", "must be an array"});
    }
    return member;
}

Result<std::string> required_text(
    const Json& object, std::string_view name, std::string_view pointer
) {
    if (!object.is_object()) {
        return malformed(pointer, {"应为对象", "must be an object"});
    }
    const Json* member = object.find(name);
    if (member == nullptr || !member->is_string() || member->text().empty()) {
        return malformed(
            format("{}/{}", pointer, name), {"必须有，且为字符串", "must be there and be a string"}
        );
    }
    return member->text();
}

Result<Element> read_element(const Json& json, const std::string& pointer) {
    Element element;
    element.pointer = pointer;
    SUYUAN_TRY(const std::string id, required_text(json, "id", pointer));
    element.id = plain_id(id);
    SUYUAN_TRY(const Json* const attributes, optional_array(json, "attributes", pointer));
    if (attributes == nullptr) {
        return element;
    }
    for (std::size_t place = 0; place < attributes->items().size(); ++place) {
        const std::string at = format("{}/attributes/{}", pointer, place);
        if (auto read = read_attribute(attributes->items()[place], at, element); !read) {
            return Failure(std::move(read).error());
        }
    }
    return element;
}

}  // namespace suyuan::service
