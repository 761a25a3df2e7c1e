// SPDX-License-Identifier: Apache-2.0
//
// How one item moved: docs/tracing.md section 3, for one item at a time.
//
// An item's moves depend on its own facts and on the moves of the containers that carried it, so flows
// are derived recursively, containers first, and kept for the length of one question.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "trace/answer.h"
#include "trace/view.h"

namespace suyuan::trace {

// Owner and site of a position whose item is known.
struct Spot {
    graph::OperatorId owner;
    graph::SiteId site;

    friend auto operator<=>(const Spot&, const Spot&) noexcept = default;
};

[[nodiscard]] inline Spot spot_of(const Position& position) noexcept {
    return {position.owner, position.site};
}

// A move and whether its quantity is summed at its ends (a fact may say the same already).
struct FlowMove {
    Move move;
    bool counts_at_origin = true;
    bool counts_at_destination = true;
};

struct StayEnd {
    model::TimeInterval time;
    TimeKey key;
    graph::EventIndex event = 0;
};

// A child in a container, from a pack to its end.
struct Stay {
    graph::ItemId container;
    TimedFact pack;
    std::optional<StayEnd> end;
};

// Somebody held what nobody said they received.
struct ImpliedArrival {
    Position position;
    TimeKey key;                 // of the first use
    model::TimeInterval time;
    graph::EventIndex event = 0;
};

// A place and event that an open end points at.
struct FlowMark {
    Position position;
    graph::EventIndex event = 0;
};

// First and last moment of the facts and rides at a spot.
struct SpotTimes {
    model::MicrosUtc first = model::kEndOfTime;
    model::MicrosUtc last = model::kBeginningOfTime;

    void include(const model::TimeInterval& time) noexcept;
};

struct ItemFlow {
    graph::ItemId item;
    std::vector<TimedFact> facts;  // in the order by time
    std::vector<Stay> stays;       // by pack
    std::vector<FlowMove> moves;   // by origin
    std::vector<std::uint32_t> moves_by_destination;
    std::vector<ImpliedArrival> implied_arrivals;
    std::vector<FlowMark> unknown_suppliers;
    std::vector<FlowMark> two_containers;
    std::map<Spot, SpotTimes> spots;  // with a fact or a ride

    // Places of the moves that leave (reach) a spot.
    [[nodiscard]] std::vector<std::uint32_t> leaving(const Spot& spot) const;
    [[nodiscard]] std::vector<std::uint32_t> reaching(const Spot& spot) const;
    [[nodiscard]] bool has_fact_at(const Spot& spot) const;
};

// Derives and keeps flows. Threads: one question, one thread. Lifetime: borrows the view; references
// stay valid as long as the object.
class Flows {
public:
    explicit Flows(const View& view) : view_(view) {}

    [[nodiscard]] const View& view() const noexcept { return view_; }

    [[nodiscard]] const ItemFlow& of(graph::ItemId item);

    // The items that were ever packed into a container, ascending.
    [[nodiscard]] std::vector<graph::ItemId> children_of(graph::ItemId container) const;

private:
    // A flow, and the outermost container in work that it would have needed (containment in a circle);
    // such a flow is good for that one purpose only and is not kept.
    struct Derived {
        ItemFlow flow;
        std::size_t needed_depth = SIZE_MAX;
    };

    [[nodiscard]] Derived derive(graph::ItemId item);

    const View& view_;
    std::unordered_map<std::uint32_t, std::unique_ptr<ItemFlow>> flows_;
    std::vector<graph::ItemId> in_work_;
};

// The two tests of section 3.2: does what leaves at `leave` by `event` (possibly, certainly) fall in the
// stay?
[[nodiscard]] bool possibly_falls_in(
    const View& view, const Stay& stay, const model::TimeInterval& leave, graph::EventIndex event
);
[[nodiscard]] bool certainly_falls_in(const Stay& stay, const model::TimeInterval& leave) noexcept;

// Steps of the derivation, in this order; each adds to `flow`.

// Section 3.1. What is left over: departs joined to nothing, arrives without shipment (places in
// flow.facts).
struct Leftovers {
    std::set<std::size_t> departs;
    std::set<std::size_t> arrives;
    std::set<std::size_t> carried;  // departs that a ride took
    std::map<std::size_t, model::MicrosUtc> arrival_first;  // of an arrive fact: its earliest move's
};

[[nodiscard]] Leftovers join_shipments(const View& view, ItemFlow& flow);

// Section 3.2, stays: `container_flows` yields the flow of a container, or nullptr in a circle.
using ContainerFlow = std::map<graph::ItemId, const ItemFlow*>;

void find_stays(const View& view, const ContainerFlow& containers, ItemFlow& flow);
void add_rides(
    const View& view, const ContainerFlow& containers, ItemFlow& flow, Leftovers& leftovers
);

// Section 3.3, and what stays in transit.
void add_implied_arrivals(const View& view, ItemFlow& flow, Leftovers& leftovers);

}  // namespace suyuan::trace
