// SPDX-License-Identifier: Apache-2.0
//
// The graph as it was known at a record time: effective facts only, in the order by time.

#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "graph/event_graph.h"
#include "model/instant.h"
#include "trace/answer.h"

namespace suyuan::trace {

// The order by time of docs/tracing.md section 2. `place` is 0 for a ride, from 1 on for facts.
struct TimeKey {
    model::MicrosUtc first = 0;
    model::MicrosUtc last = 0;
    std::uint64_t log_index = 0;
    std::uint32_t place = 0;

    friend auto operator<=>(const TimeKey&, const TimeKey&) noexcept = default;
};

struct TimedFact {
    graph::Fact fact;
    graph::EventIndex event = 0;
    model::TimeInterval time;
    TimeKey key;

    [[nodiscard]] Position position() const noexcept { return {fact.item, fact.owner, fact.site}; }
};

// Blocks, releases and same-as claims make no position; every other fact is at one.
[[nodiscard]] bool is_at_position(graph::FactKind kind) noexcept;

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
    // The same in the order of the log.
    [[nodiscard]] std::vector<TimedFact> facts_by_log(graph::Chain chain, std::uint64_t id) const;
    [[nodiscard]] std::vector<TimedFact> facts_of_event(graph::EventIndex event) const;
    // Effective events of a chain, in the order of the log.
    [[nodiscard]] std::vector<graph::EventIndex> events_of(
        graph::Chain chain, std::uint64_t id
    ) const;

    // The event alone in the order by time, before its facts.
    [[nodiscard]] TimeKey key_of(graph::EventIndex event) const noexcept;
    // A ride's leaving or arrival.
    [[nodiscard]] TimeKey key_of(
        const model::TimeInterval& time, graph::EventIndex event
    ) const noexcept;

    // Greatest record time known.
    [[nodiscard]] model::MicrosUtc cut_off() const noexcept;

private:
    [[nodiscard]] TimedFact timed(graph::FactIndex index) const;

    const graph::EventGraph& graph_;
    graph::Snapshot snapshot_;
    model::MicrosUtc as_of_;
};

}  // namespace suyuan::trace
