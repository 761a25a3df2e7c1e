// SPDX-License-Identifier: Apache-2.0

#include "trace/view.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"

namespace suyuan::trace {

bool is_at_position(graph::FactKind kind) noexcept {
    switch (kind) {
        case graph::FactKind::kBlock:
        case graph::FactKind::kRelease:
        case graph::FactKind::kSameAs:
        case graph::FactKind::kNotSameAs:
            return false;
        default:
            return true;
    }
}

TimedFact View::timed(const graph::FactRow& row, graph::FactIndex index) const {
    const model::TimeInterval time = graph_.time_of(row);
    return {.fact = row.fact, .key = {time.first, time.last, row.event, index + 1}};
}

bool is_handling(graph::FactKind kind) noexcept {
    switch (kind) {
        case graph::FactKind::kCreate:
        case graph::FactKind::kInput:
        case graph::FactKind::kOutput:
        case graph::FactKind::kSink:
        case graph::FactKind::kPack:
        case graph::FactKind::kUnpack:
        case graph::FactKind::kUnpackAll:
            return true;
        default:
            return false;
    }
}

std::vector<TimedFact> View::facts_of(graph::Chain chain, std::uint64_t id) const {
    std::vector<TimedFact> facts;
    visit_facts(chain, id, [&](const graph::FactRow& row, graph::FactIndex index) {
        facts.push_back(timed(row, index));
    });
    std::ranges::reverse(facts);
    // Most logs tell things in the order in which they happened.
    if (!std::ranges::is_sorted(facts, {}, &TimedFact::key)) {
        std::ranges::sort(facts, {}, &TimedFact::key);
    }
    return facts;
}

std::vector<TimedFact> View::facts_of_event(graph::EventIndex event) const {
    const graph::EventRow& row = graph_.event(event);
    std::vector<TimedFact> facts;
    facts.reserve(row.fact_count);
    for (std::uint32_t place = 0; place < row.fact_count; ++place) {
        const graph::FactIndex index = row.first_fact + place;
        facts.push_back(timed(graph_.fact(index), index));
    }
    return facts;
}

std::vector<graph::EventIndex> View::events_of(graph::Chain chain, std::uint64_t id) const {
    std::vector<graph::EventIndex> events = graph_.events_of(chain, id, snapshot_);
    std::erase_if(events, [&](graph::EventIndex event) { return !is_effective(event); });
    return events;
}

model::MicrosUtc View::cut_off() const noexcept {
    if (snapshot_.event_count == 0) {
        return 0;
    }
    if (as_of_ >= snapshot_.record_time) {
        return snapshot_.record_time;
    }
    // Record times never go backwards along the log, so the last known record is found by
    // bisection.
    graph::EventIndex low = 0;
    graph::EventIndex high = snapshot_.event_count;
    while (low < high) {
        const graph::EventIndex middle = low + (high - low) / 2;
        if (graph_.event(middle).record_time <= as_of_) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? 0 : graph_.event(low - 1).record_time;
}

bool EventNames::has(graph::EventIndex event, graph::ItemId item) {
    // Below this a walk over the facts is as quick as a search.
    constexpr std::uint32_t kFewFacts = 16;
    const graph::EventRow& row = graph_.event(event);
    if (row.fact_count <= kFewFacts) {
        return graph_.names_item(row, item);
    }
    const auto [known, is_new] = items_.try_emplace(event);
    std::vector<graph::ItemId>& items = known->second;
    if (is_new) {
        for (std::uint32_t place = 0; place < row.fact_count; ++place) {
            const graph::Fact& fact = graph_.fact(row.first_fact + place).fact;
            items.push_back(fact.item);
            items.push_back(fact.other);
        }
        std::ranges::sort(items);
    }
    return std::ranges::binary_search(items, item);
}

}  // namespace suyuan::trace
