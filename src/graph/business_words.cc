// SPDX-License-Identifier: Apache-2.0

#include "graph/business_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "graph/fact.h"
#include "model/event.h"

namespace suyuan::graph {
namespace {

template <std::size_t kSize>
using Words = std::array<std::string_view, kSize>;

template <std::size_t kSize>
bool is_one_of(std::string_view text, const Words<kSize>& words) noexcept {
    return std::ranges::find(words, text) != words.end();
}

template <typename Value, std::size_t kSize>
using Meanings = std::array<std::pair<std::string_view, Value>, kSize>;

// The value's default if the word is none of them.
template <typename Value, std::size_t kSize>
Value meaning_of(std::string_view word, const Meanings<Value, kSize>& meanings) noexcept {
    const auto found =
        std::ranges::find(meanings, word, &std::pair<std::string_view, Value>::first);
    return found == meanings.end() ? Value() : found->second;
}

constexpr Meanings<Step, 6> kSteps = {{
    {"consigning", Step::kConsigning},
    {"shipping", Step::kShipping},
    {"departing", Step::kDeparting},
    {"arriving", Step::kArriving},
    {"receiving", Step::kReceiving},
    {"accepting", Step::kAccepting},
}};
constexpr Meanings<SinkKind, 4> kSinks = {{
    {"sold", SinkKind::kSold},
    {"used", SinkKind::kUsed},
    {"destroyed", SinkKind::kDestroyed},
    {"left", SinkKind::kLeft},
}};
constexpr Meanings<SinkKind, 4> kEndingSteps = {{
    {"retail_selling", SinkKind::kSold},
    {"dispensing", SinkKind::kSold},
    {"destroying", SinkKind::kDestroyed},
    {"decommissioning", SinkKind::kDestroyed},
}};
constexpr Meanings<SinkKind, 4> kEndingDispositions = {{
    {"retail_sold", SinkKind::kSold},
    {"dispensed", SinkKind::kSold},
    {"destroyed", SinkKind::kDestroyed},
    {"disposed", SinkKind::kDestroyed},
}};
constexpr Words<2> kCounting = {"stock_taking", "cycle_counting"};
constexpr Words<12> kBlocking = {
    "recalled",
    "expired",
    "damaged",
    "no_pedigree_match",
    "non_conformant",
    "unavailable",
    "stolen",
    "non_sellable_other",
    // Of CBV 1.x, which masters of older events still write.
    "non_sellable_expired",
    "non_sellable_damaged",
    "non_sellable_disposition",
    "non_sellable_no_pedigree_match",
};
constexpr Words<4> kReleasing = {
    "sellable_accessible", "sellable_not_accessible", "available", "conformant"
};
constexpr Words<4> kLinking = {"desadv", "recadv", "bol", "rma"};

bool is_releasing(std::string_view disposition) noexcept {
    return is_one_of(disposition, kReleasing);
}

}  // namespace

Step step_of(std::string_view biz_step) noexcept {
    return meaning_of(biz_step, kSteps);
}

Motion motion_of(Step step) noexcept {
    switch (step) {
        case Step::kConsigning:
        case Step::kShipping:
        case Step::kDeparting:
            return Motion::kDeparts;
        case Step::kArriving:
        case Step::kReceiving:
        case Step::kAccepting:
            return Motion::kArrives;
        case Step::kNone:
            break;
    }
    return Motion::kNone;
}

bool is_counting(std::string_view biz_step) noexcept {
    return is_one_of(biz_step, kCounting);
}

SinkKind sink_of_step(const model::Event& event) noexcept {
    return event.sink.empty() ? meaning_of(event.biz_step, kEndingSteps)
                              : meaning_of(event.sink, kSinks);
}

SinkKind sink_of_disposition(std::string_view disposition) noexcept {
    return meaning_of(disposition, kEndingDispositions);
}

bool is_blocking(std::string_view disposition) noexcept {
    return is_one_of(disposition, kBlocking);
}

bool holds(const model::Event& event) noexcept {
    return event.biz_step == "holding" || is_blocking(event.disposition) ||
           std::ranges::any_of(event.set_dispositions, is_blocking);
}

bool releases(const model::Event& event) noexcept {
    return !holds(event) && (is_releasing(event.disposition) ||
                             std::ranges::any_of(event.set_dispositions, is_releasing) ||
                             std::ranges::any_of(event.unset_dispositions, is_blocking));
}

bool claims(const model::Event& event) noexcept {
    return !event.same_as.empty() || !event.not_same_as.empty();
}

bool is_linking(std::string_view paper_type) noexcept {
    return is_one_of(paper_type, kLinking);
}

}  // namespace suyuan::graph
