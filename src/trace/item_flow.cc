// SPDX-License-Identifier: Apache-2.0

#include "trace/item_flow.h"

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <ranges>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/lot_stays.h"
#include "trace/repeats.h"
#include "trace/view.h"
#include "trace/work.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;

// Places of the moves' ends among the spots.
void place_moves(ItemFlow& flow) {
    for (FlowMove& entry : flow.moves) {
        entry.from_spot = flow.place_of(spot_of(entry.move.from));
        entry.to_spot = flow.place_of(spot_of(entry.move.to));
    }
    std::ranges::sort(flow.moves, [](const FlowMove& a, const FlowMove& b) {
        return a.from_spot != b.from_spot ? a.from_spot < b.from_spot : compare_moves(a, b) < 0;
    });
    flow.moves_by_destination.resize(flow.moves.size());
    std::iota(flow.moves_by_destination.begin(), flow.moves_by_destination.end(), 0U);
    std::ranges::sort(flow.moves_by_destination, {}, [&](std::uint32_t place) {
        return std::pair(flow.moves[place].to_spot, place);
    });
    for (std::uint32_t place = 0; place < flow.moves.size(); ++place) {
        const Move& move = flow.moves[place].move;
        if (move.kind == MoveKind::kShipment && !move.is_certain) {
            flow.moves_within_tolerance.push_back(place);
        }
    }
    std::ranges::sort(flow.moves_within_tolerance, {}, [&](std::uint32_t place) {
        return std::pair(flow.moves[place].move.leaving_event, place);
    });
    for (const FlowMove& entry : flow.moves) {
        ++flow.spots[entry.from_spot].leaving_count;
        ++flow.spots[entry.to_spot].reaching_count;
    }
}

void place_facts(ItemFlow& flow) {
    for (std::uint32_t place = 0; place < flow.facts.size(); ++place) {
        if (is_at_position(flow.facts[place].fact.kind)) {
            flow.facts_by_spot.push_back(place);
        }
    }
    const auto spot_at = [&](std::uint32_t place) { return spot_of(flow.facts[place].position()); };
    std::ranges::sort(flow.facts_by_spot, {}, [&](std::uint32_t place) {
        return std::pair(spot_at(place), place);
    });
    for (auto begin = flow.facts_by_spot.begin(); begin != flow.facts_by_spot.end();) {
        const Spot spot = spot_at(*begin);
        const auto end = std::find_if(begin, flow.facts_by_spot.end(), [&](std::uint32_t place) {
            return spot_at(place) != spot;
        });
        flow.spots[flow.place_of(spot)].fact_count = static_cast<std::uint32_t>(end - begin);
        begin = end;
    }
}

bool ends_all_stays(const graph::Fact& fact) noexcept {
    switch (fact.kind) {
        case FactKind::kUnpackAll:
        case FactKind::kInput:
            return true;
        case FactKind::kSink:
            return fact.sink == graph::SinkKind::kUsed || fact.sink == graph::SinkKind::kDestroyed;
        default:
            return false;
    }
}

void include(SpotEntry& spot, const model::TimeInterval& time) {
    spot.is_present = true;
    spot.first = std::min(spot.first, time.first);
    spot.last = std::max(spot.last, time.last);
}

// What the counts begin at, and when something is there.
void complete_spots(ItemFlow& flow) {
    std::uint32_t facts = 0;
    std::uint32_t leaving = 0;
    std::uint32_t reaching = 0;
    for (SpotEntry& spot : flow.spots) {
        spot.first_fact = std::exchange(facts, facts + spot.fact_count);
        spot.first_leaving = std::exchange(leaving, leaving + spot.leaving_count);
        spot.first_reaching = std::exchange(reaching, reaching + spot.reaching_count);
        for (const std::uint32_t place : flow.facts_at(spot)) {
            include(spot, flow.facts[place].time());
        }
    }
    for (const FlowMove& entry : flow.moves) {
        if (entry.move.kind == MoveKind::kRide) {
            include(flow.spots[entry.from_spot], entry.move.leave);
            include(flow.spots[entry.to_spot], entry.move.arrive);
        } else if (entry.move.kind == MoveKind::kStated) {
            include(flow.spots[entry.from_spot], entry.move.leave);
        }
    }
}

}  // namespace

std::strong_ordering compare_moves(const FlowMove& a, const FlowMove& b) noexcept {
    const auto key = [](const FlowMove& entry) {
        const Move& move = entry.move;
        // Rides of one pack may still tie: those in transit first, then those certain.
        return std::make_tuple(
            move.leave.first,
            move.leave.last,
            move.from,
            move.to,
            move.kind,
            move.arrive.first,
            move.arrive.last,
            move.leaving_event,
            move.arriving_event,
            move.carrier,
            entry.leaving_place,
            entry.arriving_place,
            !move.is_in_transit,
            !move.is_certain
        );
    };
    return key(a) <=> key(b);
}

bool is_handed_on(FactKind kind) noexcept {
    return kind == FactKind::kInput || kind == FactKind::kSink || kind == FactKind::kBlock ||
           kind == FactKind::kRelease;
}

std::uint32_t ItemFlow::place_of(const Spot& spot) const noexcept {
    const auto found = std::ranges::lower_bound(spots, spot, {}, &SpotEntry::spot);
    return found != spots.end() && found->spot == spot
               ? static_cast<std::uint32_t>(found - spots.begin())
               : kNone;
}

std::span<const Stay> ItemFlow::stays_in(graph::ItemId container) const noexcept {
    const auto found = std::ranges::equal_range(stays, container, {}, &Stay::container);
    return {found.begin(), found.end()};
}

const TimedFact& ItemFlow::original_of(const TimedFact& told) const noexcept {
    const auto retelling = std::ranges::lower_bound(
        retellings, Retelling{told.event(), told.key.place, TimeKey{model::kBeginningOfTime}}
    );
    const bool is_retold = retelling != retellings.end() && retelling->event == told.event() &&
                           retelling->place == told.key.place;
    const TimeKey& key = is_retold ? retelling->told : told.key;
    return *std::ranges::lower_bound(facts, key, {}, &TimedFact::key);
}

TimedFact ItemFlow::as_settled(const TimedFact& told) const noexcept {
    TimedFact settled = told;
    const auto made = std::ranges::lower_bound(
        made_earlier, MadeEarlier{told.event(), told.key.place, model::kBeginningOfTime}
    );
    if (made != made_earlier.end() && made->event == told.event() &&
        made->place == told.key.place) {
        settled.key.first = made->first;
    }
    return settled;
}

ItemFlow facts_only(const View& view, graph::ItemId item) {
    ItemFlow flow;
    flow.item = item;
    flow.facts = view.facts_of(graph::Chain::kItem, item.value());
    std::tie(flow.retellings, flow.made_earlier) = mark_repeats(view, flow.facts);
    return flow;
}

namespace {

using Fillings = std::vector<Carrier::Filling>;

// Puts them in the order by time.
void find_next_elsewhere(Fillings& fillings) {
    std::ranges::sort(fillings, {}, &Carrier::Filling::key);
    for (std::size_t next = fillings.size(); next-- > 1;) {
        fillings[next - 1].next_elsewhere = fillings[next].spot == fillings[next - 1].spot
                                                ? fillings[next].next_elsewhere
                                                : static_cast<std::uint32_t>(next);
    }
}

std::optional<TimeKey> first_elsewhere(
    const Fillings& fillings, const TimeKey& after, const Spot& spot
) {
    const auto next = std::ranges::upper_bound(fillings, after, {}, &Carrier::Filling::key);
    if (next == fillings.end()) {
        return std::nullopt;
    }
    if (next->spot != spot) {
        return next->key;
    }
    return next->next_elsewhere == kNone ? std::nullopt
                                         : std::optional(fillings[next->next_elsewhere].key);
}

}  // namespace

Carrier::Carrier(const View& view, const ItemFlow& container, Hands hands) : flow(&container) {
    view.visit_facts(
        graph::Chain::kOther,
        container.item.value(),
        [&](const graph::FactRow& row, graph::FactIndex index) {
            if (row.fact.kind == FactKind::kPack) {
                fillings.push_back({view.timed(row, index).key, {row.fact.owner, row.fact.site}});
                if (!row.fact.is_observed) {
                    refills.push_back(fillings.back());
                }
            }
        }
    );
    find_next_elsewhere(fillings);
    find_next_elsewhere(refills);
    for (const TimedFact& fact : container.facts) {
        if (ends_all_stays(fact.fact)) {
            endings.push_back(fact.key);
        }
        if (hands == Hands::kOn && is_handed_on(fact.fact.kind)) {
            handed_on.push_back(fact);
        }
    }
    std::vector<model::TimeInterval> times;
    times.reserve(container.moves.size());
    for (const FlowMove& entry : container.moves) {
        times.push_back(entry.move.leave);
        sites.push_back(entry.move.from.site);
        sites.push_back(entry.move.to.site);
    }
    sort_unique(endings);
    sort_unique(sites);
    leaves = IntervalIndex(times);
}

std::optional<TimeKey> Carrier::packed_elsewhere(const TimeKey& after, const Spot& spot) const {
    return first_elsewhere(fillings, after, spot);
}

std::optional<TimeKey> Carrier::refilled_elsewhere(const TimeKey& after, const Spot& spot) const {
    return first_elsewhere(refills, after, spot);
}

std::optional<TimeKey> Carrier::refilled(const TimeKey& after) const {
    const auto next = std::ranges::upper_bound(refills, after, {}, &Filling::key);
    return next == refills.end() ? std::nullopt : std::optional(next->key);
}

Draft::Draft(const View& view_of, Work& work_of, ItemFlow facts)
    : view(view_of), work(work_of), flow(std::move(facts)) {
    for (std::uint32_t place = 0; place < flow.facts.size(); ++place) {
        const TimedFact& fact = flow.facts[place];
        const FactKind kind = fact.fact.kind;
        if (is_at_position(kind)) {
            fact_spots.push_back(spot_of(fact.position()));
        }
        if (kind == FactKind::kDepart) {
            departures.push_back({.fact = place});
        } else if (kind == FactKind::kArrive) {
            arrivals.push_back({.fact = place});
        } else if (kind == FactKind::kSameAs || kind == FactKind::kNotSameAs) {
            flow.has_claims = true;
        }
    }
    sort_unique(fact_spots);
}

void Draft::add(const FlowMove& move) {
    if (work.make_moves(1)) {
        flow.moves.push_back(move);
    }
}

void set_quantity(Move& move, const Amount& amount) noexcept {
    move.has_quantity = amount.is_known;
    move.unit = amount.unit;
    move.millionths = amount.millionths;
}

FlowMove inferred_move(
    graph::ItemId item,
    const Spot& from,
    const Spot& to,
    const model::TimeInterval& time,
    graph::EventIndex event
) noexcept {
    FlowMove inferred;
    Move& move = inferred.move;
    move.from = {item, from.owner, from.site};
    move.to = {item, to.owner, to.site};
    move.kind = MoveKind::kInferred;
    move.is_certain = false;
    move.leave = time;
    move.arrive = time;
    move.leaving_event = event;
    move.arriving_event = event;
    inferred.is_found = true;
    return inferred;
}

ItemFlow finish(Draft draft) {
    ItemFlow& flow = draft.flow;
    std::vector<Spot> spots = std::move(draft.fact_spots);
    const std::size_t fact_spots = spots.size();
    for (const FlowMove& entry : flow.moves) {
        for (const Position& end : {entry.move.from, entry.move.to}) {
            const auto known = std::ranges::subrange(
                spots.begin(), spots.begin() + static_cast<std::ptrdiff_t>(fact_spots)
            );
            if (!std::ranges::binary_search(known, spot_of(end))) {
                spots.push_back(spot_of(end));
            }
        }
    }
    if (spots.size() > fact_spots) {
        sort_unique(spots);
    }
    flow.spots.resize(spots.size());
    for (std::size_t i = 0; i < spots.size(); ++i) {
        flow.spots[i].spot = spots[i];
    }
    sort_unique(flow.unknown_suppliers);
    sort_unique(flow.unconfirmed_suppliers);
    place_moves(flow);
    place_facts(flow);
    complete_spots(flow);
    for (const Draft::ImpliedArrival& arrival : draft.implied_arrivals) {
        SpotEntry& spot = flow.spots[flow.place_of(arrival.spot)];
        spot.implied_arrival = arrival.first_use;
        spot.has_one_from_nowhere = arrival.is_one_from_nowhere;
    }
    return std::move(draft.flow);
}

}  // namespace suyuan::trace
