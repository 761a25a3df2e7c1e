// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/detail/gs1_key.h"
#include "model/detail/spellings.h"
#include "model/detail/text.h"

namespace suyuan::model::detail {
namespace {

constexpr char kFnc1 = '\x1d';            // As scanners send it.
constexpr std::size_t kElementsMax = 32;  // A symbol holds a few; bounds work on noise.

struct AiGroup {
    std::string_view first_two;
    std::size_t ai_length = 0;
    std::size_t value_length = 0;  // 0: open, ended by FNC1
};

// GS1 General Specifications, figures 7.8.5-2 (lengths known in advance) and 3.2-1 (length of the
// identifier by its first two digits).
constexpr std::array<AiGroup, 50> kGroups = {{
    {"00", 2, 18}, {"01", 2, 14}, {"02", 2, 14}, {"03", 2, 14}, {"04", 2, 16}, {"10", 2, 0},
    {"11", 2, 6},  {"12", 2, 6},  {"13", 2, 6},  {"14", 2, 6},  {"15", 2, 6},  {"16", 2, 6},
    {"17", 2, 6},  {"18", 2, 6},  {"19", 2, 6},  {"20", 2, 2},  {"21", 2, 0},  {"22", 2, 0},
    {"23", 3, 0},  {"24", 3, 0},  {"25", 3, 0},  {"30", 2, 0},  {"31", 4, 6},  {"32", 4, 6},
    {"33", 4, 6},  {"34", 4, 6},  {"35", 4, 6},  {"36", 4, 6},  {"37", 2, 0},  {"39", 4, 0},
    {"40", 3, 0},  {"41", 3, 13}, {"42", 3, 0},  {"43", 4, 0},  {"70", 4, 0},  {"71", 3, 0},
    {"72", 4, 0},  {"80", 4, 0},  {"81", 4, 0},  {"82", 4, 0},  {"90", 2, 0},  {"91", 2, 0},
    {"92", 2, 0},  {"93", 2, 0},  {"94", 2, 0},  {"95", 2, 0},  {"96", 2, 0},  {"97", 2, 0},
    {"98", 2, 0},  {"99", 2, 0},
}};

// The prefixes by which scanners announce GS1 data: GS1-128, DataBar, DataMatrix, QR code, DotCode.
constexpr std::array<std::string_view, 5> kSymbologies = {"]C1", "]e0", "]d2", "]Q3", "]J1"};

const AiGroup* group_of(std::string_view text) noexcept {
    const std::string_view start = text.substr(0, 2);
    const auto* const found = std::ranges::find(kGroups, start, &AiGroup::first_two);
    return start.size() < 2 || found == kGroups.end() ? nullptr : found;
}

// The key first; nullopt if there is none, or what there is breaks its format.
std::optional<Elements> with_key_first(Elements elements) {
    const auto key = std::ranges::find_if(elements, [](const Element& element) {
        return !primary_key(element.ai).empty();
    });
    if (key == elements.end()) {
        return std::nullopt;
    }
    std::rotate(elements.begin(), key, key + 1);
    return code_from(elements) ? std::optional(std::move(elements)) : std::nullopt;
}

// The identifier at the start of "(01)0950...", or empty: a value may hold brackets too.
std::string_view bracketed_ai(std::string_view text) noexcept {
    constexpr std::size_t kBracketedMax = 6;  // "(8006)"
    const std::size_t close = text.substr(0, kBracketedMax).find(')');
    if (!text.starts_with('(') || close == std::string_view::npos) {
        return {};
    }
    const std::string_view ai = text.substr(1, close - 1);
    const AiGroup* const group = group_of(ai);
    return group != nullptr && ai.size() == group->ai_length && all_digits(ai) ? ai
                                                                               : std::string_view();
}

std::size_t value_end(std::string_view text) noexcept {
    for (std::size_t i = text.find('('); i != std::string_view::npos; i = text.find('(', i + 1)) {
        if (!bracketed_ai(text.substr(i)).empty()) {
            return i;
        }
    }
    return text.size();
}

std::optional<Elements> read_plain(std::string_view text) {
    Elements elements;
    while (!text.empty()) {
        if (text.front() == kFnc1) {
            text.remove_prefix(1);
            continue;
        }
        const AiGroup* const group = group_of(text);
        if (group == nullptr || text.size() <= group->ai_length ||
            !all_digits(text.substr(0, group->ai_length)) || elements.size() == kElementsMax) {
            return std::nullopt;
        }
        const std::string_view ai = text.substr(0, group->ai_length);
        text.remove_prefix(group->ai_length);
        const std::size_t length =
            group->value_length == 0 ? text.find(kFnc1) : group->value_length;
        if (length != std::string_view::npos && length > text.size()) {
            return std::nullopt;
        }
        const std::string_view value = text.substr(0, length);
        elements.push_back({std::string(ai), std::string(value)});
        text.remove_prefix(value.size());
    }
    return with_key_first(std::move(elements));
}

}  // namespace

std::optional<Elements> read_bracketed(std::string_view text) {
    Elements elements;
    while (!text.empty()) {
        const std::string_view ai = bracketed_ai(text);
        if (ai.empty() || elements.size() == kElementsMax) {
            return std::nullopt;
        }
        text.remove_prefix(ai.size() + 2);
        const std::string_view value = text.substr(0, value_end(text));
        elements.push_back({std::string(ai), std::string(trim(value))});
        text.remove_prefix(value.size());
    }
    return with_key_first(std::move(elements));
}

std::optional<Elements> read_scanned(std::string_view text) {
    for (const std::string_view prefix : kSymbologies) {
        if (text.starts_with(prefix)) {
            return read_plain(text.substr(prefix.size()));
        }
    }
    return text.find(kFnc1) == std::string_view::npos ? std::nullopt : read_plain(text);
}

std::optional<Elements> read_unmarked(std::string_view text) {
    return read_plain(text);
}

}  // namespace suyuan::model::detail
