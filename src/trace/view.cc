// SPDX-License-Identifier: Apache-2.0

#include "trace/view.h"

#include <algorithm>

namespace suyuan::trace {

bool is_at_position(graph::FactKind kind) noexcept {
    switch (kind) {
        case graph::FactKind::kBlock:
        case graph::FactKind::kRelease:
        case graph::FactKind::kSameAs:
        case graph::FactKind::kNotSameAs: return false;
        default: return true;
    }
}

TimedFact View::timed(graph::FactIndex index) const {
    const graph::FactRow& row = graph_.fact(index);
    const graph::EventRow& event = graph_.event(row.event);
    TimedFact fact;
    fact.fact = row.fact;
    fact.event = row.event;
    fact.time = event.time;
    fact.key = {event.time.first, event.time.last, event.log_index, index - event.first_fact + 1};
    return fact;
}

std::vector<TimedFact> View::facts_by_log(graph::Chain chain, std::uint64_t id) const {
    std::vector<TimedFact> facts;
    for (const graph::FactIndex index : graph_.facts_of(chain, id, snapshot_)) {
        if (is_effective(graph_.fact(index).event)) {
            facts.push_back(timed(index));
        }
    }
    return facts;
}

std::vector<TimedFact> View::facts_of(graph::Chain chain, std::uint64_t id) const {
    std::vector<TimedFact> facts = facts_by_log(chain, id);
    std::ranges::sort(facts, {}, &TimedFact::key);
    return facts;
}

std::vector<TimedFact> View::facts_of_event(graph::EventIndex event) const {
    const graph::EventRow& row = graph_.event(event);
    std::vector<TimedFact> facts;
    facts.reserve(row.fact_count);
    for (std::uint32_t place = 0; place < row.fact_count; ++place) {
        facts.push_back(timed(row.first_fact + place));
    }
    return facts;
}

std::vector<graph::EventIndex> View::events_of(graph::Chain chain, std::uint64_t id) const {
    std::vector<graph::EventIndex> events = graph_.events_of(chain, id, snapshot_);
    std::erase_if(events, [&](graph::EventIndex event) { return !is_effective(event); });
    return events;
}

TimeKey View::key_of(graph::EventIndex event) const noexcept {
    const graph::EventRow& row = graph_.event(event);
    return {row.time.first, row.time.last, row.log_index, 0};
}

TimeKey View::key_of(const model::TimeInterval& time, graph::EventIndex event) const noexcept {
    return {time.first, time.last, graph_.event(event).log_index, 0};
}

model::MicrosUtc View::cut_off() const noexcept {
    if (snapshot_.event_count == 0) {
        return 0;
    }
    if (as_of_ >= snapshot_.record_time) {
        return snapshot_.record_time;
    }
    // Record times never go backwards along the log, so the last known record is found by bisection.
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

}  // namespace suyuan::trace
