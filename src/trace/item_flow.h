// SPDX-License-Identifier: Apache-2.0
//
// How one item moved: docs/tracing.md sections 3.1 to 3.3, for one item at a time.
//
// An item's moves depend on its own facts and on the moves of the containers that carried it; Flows
// (flows.h) derives the containers first.

#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/interval_index.h"
#include "trace/lot_stays.h"
#include "trace/view.h"
#include "trace/work.h"

namespace suyuan::trace {

// Owner and site of a position whose item is known.
struct Spot {
    graph::OperatorId owner;
    graph::SiteId site;

    friend auto operator<=>(const Spot&, const Spot&) noexcept = default;
};

// Whether two sides may mean the same: where one does not say, they do.
template <typename Id>
[[nodiscard]] bool agrees(Id stated, Id actual) noexcept {
    return stated.value() == 0 || actual.value() == 0 || stated == actual;
}

[[nodiscard]] inline Spot spot_of(const Position& position) noexcept {
    return {position.owner, position.site};
}

inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// A move and what tells it from an equal one.
struct FlowMove {
    Move move;
    std::uint32_t from_spot = kNone;  // places in ItemFlow::spots
    std::uint32_t to_spot = kNone;
    std::uint32_t leaving_place = 0;  // of the fact in its event; of a ride, of its stay
    std::uint32_t arriving_place = 0;
    std::uint32_t leaving_fact = kNone;  // of a shipment: places in ItemFlow::facts
    std::uint32_t arriving_fact = kNone;
    // A ride: unless a fact says the same already. A stated move: if who sent it is accounted for.
    bool counts_at_origin = true;
    bool counts_at_destination = true;
    bool leaves_by_depart = false;  // a depart fact of the item is joined to it
    bool is_return = false;         // a shipment, stated move or ride that a block allows
    bool is_by_statement = false;   // a ride of a stated move
    bool is_passing = false;  // seen on the way of a shipment, which counts; or a ride of such
    bool is_found = false;    // of section 3.3, leaving as it arrives; or a ride of such
};

// Where a stated move stands in the order by time: as the arrive fact that tells of it.
[[nodiscard]] inline TimeKey key_of_stated(const FlowMove& stated) noexcept {
    const Move& move = stated.move;
    return {move.leave.first, move.leave.last, move.leaving_event, stated.leaving_place};
}

// The order of the answer's moves (docs/tracing.md section 7).
[[nodiscard]] std::strong_ordering compare_moves(const FlowMove& a, const FlowMove& b) noexcept;

// A child in a container, from a pack (or an unpack that left a rest) to its end.
struct Stay {
    graph::ItemId container;
    std::uint32_t pack = 0;  // place in ItemFlow::facts
    TimeKey pack_key;
    std::optional<TimeKey> end;
    std::optional<TimeKey> refilled;  // the container was packed at another position
    Amount amount;
    bool is_doubtful = false;  // of a rest that there may be

    // From its possible begin to its possible end.
    [[nodiscard]] model::TimeInterval span() const noexcept {
        return {pack_key.first, end ? end->last : model::kEndOfTime};
    }
};

// The two tests of section 3.2: does what leaves at `leave` by `event` (possibly, certainly) fall
// in the stay?
[[nodiscard]] bool possibly_falls_in(
    const Stay& stay, const model::TimeInterval& leave, graph::EventIndex event
) noexcept;
[[nodiscard]] bool certainly_falls_in(const Stay& stay, const model::TimeInterval& leave) noexcept;

// A place and event that an open end points at.
struct FlowMark {
    Spot spot;
    graph::EventIndex event = 0;

    friend auto operator<=>(const FlowMark&, const FlowMark&) noexcept = default;
};

// Everything about one position of the item.
struct SpotEntry {
    Spot spot;
    // A fact, an end of a ride or the begin of a stated move is here; else only an end of another
    // move.
    bool is_present = false;
    model::MicrosUtc first = model::kEndOfTime;  // of its facts, rides and stated moves
    model::MicrosUtc last = model::kBeginningOfTime;
    std::uint32_t first_fact = 0;  // in facts_by_spot
    std::uint32_t fact_count = 0;
    std::uint32_t first_leaving = 0;  // in moves
    std::uint32_t leaving_count = 0;
    std::uint32_t first_reaching = 0;  // in moves_by_destination
    std::uint32_t reaching_count = 0;
    std::optional<TimeKey> implied_arrival;  // at its first use
    bool has_one_from_nowhere = false;       // by it: one thing, and nothing says where from
};

struct ItemFlow {
    graph::ItemId item;
    bool is_circular = false;                      // in a circle of containers
    bool has_claims = false;                       // same-as facts, or such as take them back
    std::vector<TimedFact> facts;                  // in the order by time
    std::vector<MadeEarlier> made_earlier;         // outputs among them, ascending
    std::vector<Retelling> retellings;             // sights among them, ascending
    std::vector<std::uint32_t> departs_under_way;  // places of departs that count as in transit
    std::vector<std::uint32_t> facts_by_spot;      // those at a position, by spot, then time
    std::vector<Stay> stays;                       // by container, then pack
    std::vector<FlowMove> moves;                   // by origin, then in the order of the answer
    std::vector<std::uint32_t> moves_by_destination;
    // Shipments that leave at another time than their departure: skewed, without a paper. Places in
    // moves, by leaving event.
    std::vector<std::uint32_t> moves_within_tolerance;
    std::vector<SpotEntry> spots;             // ascending
    std::vector<FlowMark> unknown_suppliers;  // ascending, as are the others
    std::vector<FlowMark> unconfirmed_suppliers;
    std::vector<FlowMark> two_containers;

    // Place of a spot in `spots`, or kNone.
    [[nodiscard]] std::uint32_t place_of(const Spot& spot) const noexcept;

    [[nodiscard]] std::span<const FlowMove> leaving(const SpotEntry& spot) const noexcept {
        return std::span(moves).subspan(spot.first_leaving, spot.leaving_count);
    }

    [[nodiscard]] std::span<const std::uint32_t> reaching(const SpotEntry& spot) const noexcept {
        return std::span(moves_by_destination).subspan(spot.first_reaching, spot.reaching_count);
    }

    [[nodiscard]] std::span<const std::uint32_t> facts_at(const SpotEntry& spot) const noexcept {
        return std::span(facts_by_spot).subspan(spot.first_fact, spot.fact_count);
    }

    [[nodiscard]] std::span<const Stay> stays_in(graph::ItemId container) const noexcept;

    // What a fact of the item repeats, else itself, as it stands here.
    [[nodiscard]] const TimedFact& original_of(const TimedFact& told) const noexcept;
    // A fact of the item as it stands here.
    [[nodiscard]] TimedFact as_settled(const TimedFact& told) const noexcept;
};

// The flow of an item whose facts are known, and nothing else yet; repeats are sights.
[[nodiscard]] ItemFlow facts_only(const View& view, graph::ItemId item);

// Whether what is in a container inherits its facts of that kind (section 3.2).
[[nodiscard]] bool is_handed_on(graph::FactKind kind) noexcept;

// What a child needs to know of a container. Lifetime: borrows the container's flow.
struct Carrier {
    enum class Hands : std::uint8_t { kOn, kNothing };

    Carrier(const View& view, const ItemFlow& container, Hands hands = Hands::kOn);

    // The first pack into it after a moment that is not at that spot.
    [[nodiscard]] std::optional<TimeKey> packed_elsewhere(const TimeKey& after, const Spot& spot)
        const;

    // The first of the refills after a moment, if it is not at that spot; else the first that is
    // not.
    [[nodiscard]] std::optional<TimeKey> refilled_elsewhere(const TimeKey& after, const Spot& spot)
        const;
    [[nodiscard]] std::optional<TimeKey> refilled(const TimeKey& after) const;

    // Something put into it.
    struct Filling {
        TimeKey key;
        Spot spot;
        std::uint32_t next_elsewhere = kNone;  // place of the first after it at another spot
    };

    const ItemFlow* flow;
    std::vector<Filling> fillings;     // by time
    std::vector<Filling> refills;      // those of which nobody only looked inside
    std::vector<TimeKey> endings;      // of all stays in it, ascending
    std::vector<TimedFact> handed_on;  // to what is in it, by time
    std::vector<graph::SiteId> sites;  // that its moves leave or reach, ascending
    IntervalIndex leaves;              // of its moves' leaving times
};

struct NamedCarrier {
    graph::ItemId container;
    const Carrier* carrier = nullptr;
};

// A flow in the making; the steps below fill it, in this order.
struct Draft {
    Draft(const View& view_of, Work& work_of, ItemFlow facts);

    const View& view;
    Work& work;
    ItemFlow flow;
    std::vector<Spot> fact_spots;  // of the facts at a position, ascending

    struct Departure {
        std::uint32_t fact = 0;  // place in flow.facts
        bool is_joined = false;  // by section 3.1
        bool is_carried = false;
        bool is_carried_to_stay = false;  // by a ride that is not in transit, or to where facts are
        bool is_taken = false;            // by an implied arrival
    };

    struct Arrival {
        std::uint32_t fact = 0;
        bool is_joined = false;
        bool is_linked = false;  // joined by a paper
        bool came_with_ride = false;
        bool is_stated = false;
        model::MicrosUtc first =
            model::kEndOfTime;  // the earliest arrival of its moves, else its own
    };

    struct ImpliedArrival {
        Spot spot;
        TimeKey first_use;
        bool is_one_from_nowhere = false;
    };

    std::vector<Departure> departures;             // by time
    std::vector<Arrival> arrivals;                 // by time
    std::vector<ImpliedArrival> implied_arrivals;  // by spot

    [[nodiscard]] const TimedFact& fact_of(const Departure& departure) const {
        return flow.facts[departure.fact];
    }

    [[nodiscard]] const TimedFact& fact_of(const Arrival& arrival) const {
        return flow.facts[arrival.fact];
    }

    void add(const FlowMove& move);
};

void set_quantity(Move& move, const Amount& amount) noexcept;

// A move that nobody recorded, shown by an event: at some time in `time`, of no quantity.
[[nodiscard]] FlowMove inferred_move(
    graph::ItemId item,
    const Spot& from,
    const Spot& to,
    const model::TimeInterval& time,
    graph::EventIndex event
) noexcept;

void find_stays(  // section 3.2, of a flow of which the facts are known; `carriers` by container
    ItemFlow& flow,
    std::span<const NamedCarrier> carriers,
    const View& view,
    Work& work,
    EventNames& names
);
// What the containers hand on to it; its stays are known.
void inherit(ItemFlow& flow, std::span<const NamedCarrier> carriers, const View& view, Work& work);
void join_shipments(Draft& draft);  // section 3.1
void add_rides(Draft& draft, std::span<const NamedCarrier> carriers);
void add_stated_arrivals(Draft& draft);      // section 3.1, rule 3, and who came from nowhere
void add_implied_arrivals(Draft& draft);     // section 3.3, and who is accounted for
void add_transits(Draft& draft);             // section 3.1, what is joined to nothing
[[nodiscard]] ItemFlow finish(Draft draft);  // indexes it

}  // namespace suyuan::trace
