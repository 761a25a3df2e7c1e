// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/namespaces.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>

#include "codec/json.h"
#include "codec/limits.h"

namespace suyuan::codec {
namespace {

// The addresses under which GS1 publishes its context, by version and place.
constexpr std::array<std::string_view, 3> kGs1Contexts = {
    "https://ref.gs1.org/standards/epcis/",
    "http://ref.gs1.org/standards/epcis/",
    "https://gs1.github.io/EPCIS/",
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kGs1Prefixes = {{
    {"cbv", "https://ref.gs1.org/cbv/"},
    {"cbvmda", "urn:epcglobal:cbv:mda:"},
    {"dcterms", "http://purl.org/dc/terms/"},
    {"epcis", "https://ref.gs1.org/epcis/"},
    {"gs1", "https://gs1.org/voc/"},
    {"owl", "http://www.w3.org/2002/07/owl#"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"xsd", "http://www.w3.org/2001/XMLSchema#"},
}};

}  // namespace

const Namespaces& Namespaces::standard() {
    static const Namespaces kStandard = [] {
        Namespaces spaces;
        for (const auto& [prefix, space] : kGs1Prefixes) {
            spaces.spaces_.emplace_back(prefix, space);
        }
        return spaces;
    }();
    return kStandard;
}

Namespaces::Namespaces(const Namespaces& outer, const Json* context)
    : outer_(&outer), has_unread_context_(outer.has_unread_context_) {
    if (context != nullptr && context->is_array()) {
        for (const Json& part : context->items()) {
            add(part);
        }
    } else if (context != nullptr) {
        add(*context);
    }
}

void Namespaces::add(const Json& context) {
    if (context.is_string()) {
        const bool is_gs1 = std::ranges::any_of(kGs1Contexts, [&](std::string_view address) {
            return context.text().starts_with(address);
        });
        has_unread_context_ = has_unread_context_ || !is_gs1;
        return;
    }
    if (!context.is_object()) {
        return;
    }
    for (const auto& [name, meaning] : context.members()) {
        const std::string_view space =
            meaning.is_string() ? std::string_view(meaning.text()) : meaning.string_or("@id");
        const bool is_prefix =
            !name.starts_with('@') && name.find(':') == std::string::npos && !space.empty();
        if (is_prefix && spaces_.size() < kPrefixesMax) {
            spaces_.emplace_back(name, space);
        }
    }
}

std::optional<std::string_view> Namespaces::find(std::string_view prefix) const {
    for (const Namespaces* level = this; level != nullptr; level = level->outer_) {
        for (const auto& [name, space] : level->spaces_ | std::views::reverse) {
            if (name == prefix) {
                return space;
            }
        }
    }
    return std::nullopt;
}

std::optional<QualifiedName> Namespaces::resolve(std::string_view name) const {
    if (is_full_uri(name)) {
        const std::size_t end = name.find_last_of("/#:") + 1;
        return QualifiedName{name.substr(0, end), name.substr(end)};
    }
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const std::optional<std::string_view> space = find(name.substr(0, colon));
    if (!space) {
        return std::nullopt;
    }
    return QualifiedName{*space, name.substr(colon + 1)};
}

std::string Namespaces::expand(std::string_view text) const {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || is_full_uri(text)) {
        return std::string(text);
    }
    const std::optional<std::string_view> space = find(text.substr(0, colon));
    if (!space) {
        return std::string(text);
    }
    return std::string(*space).append(text.substr(colon + 1));
}

bool Namespaces::is_full_uri(std::string_view text) noexcept {
    return text.starts_with("urn:") || text.find("://") != std::string_view::npos;
}

}  // namespace suyuan::codec
