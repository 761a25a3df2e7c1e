// SPDX-License-Identifier: Apache-2.0
//
// The graph as it was known at a record time: effective facts only, in the order by time.

#pragma once

#include <compare>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"

namespace suyuan::trace {

// The order by time of docs/tracing.md section 2. Events and facts are numbered in the order of the
// log: `place` is 0 for a ride, the fact's number + 1 for a fact.
struct TimeKey {
    model::MicrosUtc first = 0;
    model::MicrosUtc last = 0;
    graph::EventIndex event = 0;
    std::uint32_t place = 0;

    [[nodiscard]] model::TimeInterval time() const noexcept { return {first, last}; }

    friend auto operator<=>(const TimeKey&, const TimeKey&) noexcept = default;
};

[[nodiscard]] inline TimeKey key_of_ride(
    const model::TimeInterval& time, graph::EventIndex event
) noexcept {
    return {time.first, time.last, event, 0};
}

struct TimedFact {
    graph::Fact fact;
    TimeKey key;
    bool is_inherited = false;       // of a container that the item was in (section 3.2)
    bool is_doubtful = false;        // it may have been in there
    bool is_late_departure = false;  // a sight: a later step of a departure (section 3.0)

    [[nodiscard]] model::TimeInterval time() const noexcept { return key.time(); }

    [[nodiscard]] graph::EventIndex event() const noexcept { return key.event; }

    [[nodiscard]] Position position() const noexcept { return {fact.item, fact.owner, fact.site}; }
};

// A repeat and what it repeats (docs/tracing.md section 3.0).
struct Retelling {
    graph::EventIndex event = 0;
    std::uint32_t place = 0;
    TimeKey told;

    friend auto operator<=>(const Retelling&, const Retelling&) noexcept = default;
};

// An output fact that stands earlier than its event (docs/tracing.md section 3.0).
struct MadeEarlier {
    graph::EventIndex event = 0;
    std::uint32_t place = 0;
    model::MicrosUtc first = 0;

    friend auto operator<=>(const MadeEarlier&, const MadeEarlier&) noexcept = default;
};

// Blocks, releases and same-as claims make no position; every other fact is at one.
[[nodiscard]] bool is_at_position(graph::FactKind kind) noexcept;

// Something is done with the item, or with what is in it: it is made, used, packed, unpacked, ends.
[[nodiscard]] bool is_handling(graph::FactKind kind) noexcept;

// Lifetime: borrows the graph.
class View {
public:
    View(const graph::EventGraph& graph, const graph::Snapshot& snapshot, model::MicrosUtc as_of)
        : graph_(graph), snapshot_(snapshot), as_of_(as_of) {}

    [[nodiscard]] const graph::EventGraph& graph() const noexcept { return graph_; }

    [[nodiscard]] const graph::Snapshot& snapshot() const noexcept { return snapshot_; }

    [[nodiscard]] bool is_effective(graph::EventIndex event) const {
        return graph_.is_effective(event, as_of_, snapshot_);
    }

    // Effective facts of a chain, in the order by time.
    [[nodiscard]] std::vector<TimedFact> facts_of(graph::Chain chain, std::uint64_t id) const;

    // Calls visit(const FactRow&, FactIndex) for the effective facts of a chain, newest record
    // first.
    template <typename Visit>
    void visit_facts(graph::Chain chain, std::uint64_t id, const Visit& visit) const {
        graph_.visit_facts(
            chain,
            id,
            snapshot_,
            [&](graph::FactIndex index, const graph::FactRow& row) {
                if (is_effective(row.event)) {
                    visit(row, index);
                }
            }
        );
    }

    [[nodiscard]] TimedFact timed(const graph::FactRow& row, graph::FactIndex index) const;
    // Of an effective event, in its order.
    [[nodiscard]] std::vector<TimedFact> facts_of_event(graph::EventIndex event) const;
    // Effective events of a chain, in the order of the log.
    [[nodiscard]] std::vector<graph::EventIndex> events_of(graph::Chain chain, std::uint64_t id)
        const;

    // Greatest record time known; 0 if nothing is.
    [[nodiscard]] model::MicrosUtc cut_off() const noexcept;

private:
    const graph::EventGraph& graph_;
    graph::Snapshot snapshot_;
    model::MicrosUtc as_of_;
};

// Calls visit(const Fact&, const TimeKey&) for what is done with an item, of `facts`, its own, and
// with what is in it.
template <typename Visit>
void visit_handlings(
    const View& view, graph::ItemId item, const std::vector<TimedFact>& facts, const Visit& visit
) {
    for (const TimedFact& fact : facts) {
        if (is_handling(fact.fact.kind)) {
            visit(fact.fact, fact.key);
        }
    }
    view.visit_facts(
        graph::Chain::kOther,
        item.value(),
        [&](const graph::FactRow& row, graph::FactIndex index) {
            if (is_handling(row.fact.kind)) {
                visit(row.fact, view.timed(row, index).key);
            }
        }
    );
}

// Whether events name items; remembers the items of large ones, which every one of those asks
// about.
class EventNames {
public:
    explicit EventNames(const graph::EventGraph& graph) : graph_(graph) {}

    [[nodiscard]] bool has(graph::EventIndex event, graph::ItemId item);

private:
    const graph::EventGraph& graph_;
    std::unordered_map<graph::EventIndex, std::vector<graph::ItemId>> items_;  // ascending
};

}  // namespace suyuan::trace
