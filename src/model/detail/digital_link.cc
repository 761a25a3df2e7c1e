// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/detail/gs1_key.h"
#include "model/detail/spellings.h"
#include "model/detail/text.h"

namespace suyuan::model::detail {
namespace {

// A longer path is no label's: bounds the search for the key.
constexpr std::size_t kSegmentsMax = 32;

// The path without its first slash, or nullopt if this is no web address.
std::optional<std::string_view> path_of(std::string_view text) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (to_lower(text.substr(0, scheme.size())) != scheme) {
            continue;
        }
        text.remove_prefix(scheme.size());
        text = text.substr(0, text.find_first_of("?#"));
        const std::size_t slash = text.find('/');
        if (slash == 0 || slash == std::string_view::npos) {
            return std::nullopt;
        }
        return text.substr(slash + 1);
    }
    return std::nullopt;
}

std::vector<std::string_view> segments_of(std::string_view path) {
    if (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    std::vector<std::string_view> segments;
    while (segments.size() <= kSegmentsMax) {
        const std::size_t slash = path.find('/');
        segments.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) {
            break;
        }
        path.remove_prefix(slash + 1);
    }
    return segments;
}

bool has_element(const Elements& elements, std::string_view ai) {
    return std::ranges::find(elements, ai, &Element::ai) != elements.end();
}

// The segments as a primary key, its value, and pairs of its qualifiers: all of them, each once.
std::optional<Elements> elements_of(std::span<const std::string_view> segments) {
    const std::string_view primary = primary_key(segments[0]);
    if (primary.empty() || segments.size() % 2 != 0) {
        return std::nullopt;
    }
    Elements elements;
    for (std::size_t i = 0; i < segments.size(); i += 2) {
        const std::string_view ai = i == 0 ? primary : qualifier_of(primary, segments[i]);
        std::optional<std::string> value = percent_decode(segments[i + 1]);
        if (ai.empty() || !value || has_element(elements, ai)) {
            return std::nullopt;
        }
        elements.push_back({std::string(ai), *std::move(value)});
    }
    return elements;
}

}  // namespace

std::optional<Elements> read_digital_link(std::string_view text) {
    const std::optional<std::string_view> path = path_of(text);
    if (!path) {
        return std::nullopt;
    }
    const std::vector<std::string_view> segments = segments_of(*path);
    if (segments.size() > kSegmentsMax) {
        return std::nullopt;
    }
    // A prefix of the owner's choice may come first, so the key is wherever the rest makes sense.
    for (std::size_t start = 0; start < segments.size(); ++start) {
        std::optional<Elements> elements = elements_of(std::span(segments).subspan(start));
        if (elements && code_from(*elements)) {
            return elements;
        }
    }
    return std::nullopt;
}

}  // namespace suyuan::model::detail
