// SPDX-License-Identifier: Apache-2.0

#include "trace/item_flow.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace suyuan::trace {
namespace {

using graph::FactKind;

void index_moves(ItemFlow& flow) {
    const auto order = [](const FlowMove& a, const FlowMove& b) {
        return std::tie(
                   a.move.from, a.move.leave.first, a.move.leave.last, a.move.to, a.move.kind,
                   a.move.leaving_event, a.move.arriving_event
               ) <
               std::tie(
                   b.move.from, b.move.leave.first, b.move.leave.last, b.move.to, b.move.kind,
                   b.move.leaving_event, b.move.arriving_event
               );
    };
    std::ranges::stable_sort(flow.moves, order);
    flow.moves_by_destination.resize(flow.moves.size());
    std::iota(flow.moves_by_destination.begin(), flow.moves_by_destination.end(), 0U);
    std::ranges::stable_sort(flow.moves_by_destination, {}, [&](std::uint32_t place) {
        return spot_of(flow.moves[place].move.to);
    });
}

void note_spots(ItemFlow& flow) {
    for (const TimedFact& fact : flow.facts) {
        if (is_at_position(fact.fact.kind)) {
            flow.spots[spot_of(fact.position())].include(fact.time);
        }
    }
    for (const FlowMove& ride : flow.moves) {
        if (ride.move.kind == MoveKind::kRide) {
            flow.spots[spot_of(ride.move.from)].include(ride.move.leave);
            flow.spots[spot_of(ride.move.to)].include(ride.move.arrive);
        }
    }
}

}  // namespace

void SpotTimes::include(const model::TimeInterval& time) noexcept {
    first = std::min(first, time.first);
    last = std::max(last, time.last);
}

std::vector<std::uint32_t> ItemFlow::leaving(const Spot& spot) const {
    const auto range = std::ranges::equal_range(moves, spot, {}, [](const FlowMove& entry) {
        return spot_of(entry.move.from);
    });
    std::vector<std::uint32_t> places(range.size());
    std::iota(places.begin(), places.end(), static_cast<std::uint32_t>(range.begin() - moves.begin()));
    return places;
}

std::vector<std::uint32_t> ItemFlow::reaching(const Spot& spot) const {
    const auto range =
        std::ranges::equal_range(moves_by_destination, spot, {}, [&](std::uint32_t place) {
            return spot_of(moves[place].move.to);
        });
    return {range.begin(), range.end()};
}

bool ItemFlow::has_fact_at(const Spot& spot) const {
    return std::ranges::any_of(facts, [&](const TimedFact& fact) {
        return is_at_position(fact.fact.kind) && spot_of(fact.position()) == spot;
    });
}

const ItemFlow& Flows::of(graph::ItemId item) {
    if (const auto known = flows_.find(item.value()); known != flows_.end()) {
        return *known->second;
    }
    auto flow = std::make_unique<ItemFlow>(derive(item).flow);
    return *flows_.emplace(item.value(), std::move(flow)).first->second;
}

Flows::Derived Flows::derive(graph::ItemId item) {
    const std::size_t depth = in_work_.size();
    in_work_.push_back(item);
    Derived derived;
    ItemFlow& flow = derived.flow;
    flow.item = item;
    flow.facts = view_.facts_of(graph::Chain::kItem, item.value());

    ContainerFlow containers;
    std::vector<std::unique_ptr<ItemFlow>> borrowed;
    for (const TimedFact& fact : flow.facts) {
        const graph::ItemId container = fact.fact.other;
        if (fact.fact.kind != FactKind::kPack || containers.contains(container)) {
            continue;
        }
        const auto in_work = std::ranges::find(in_work_, container);
        if (in_work != in_work_.end()) {
            const auto needed = static_cast<std::size_t>(in_work - in_work_.begin());
            derived.needed_depth = std::min(derived.needed_depth, needed);
            containers[container] = nullptr;
        } else if (const auto known = flows_.find(container.value()); known != flows_.end()) {
            containers[container] = known->second.get();
        } else {
            Derived inner = derive(container);
            auto kept = std::make_unique<ItemFlow>(std::move(inner.flow));
            containers[container] = kept.get();
            // Needs nobody above itself: the same whoever asks.
            if (inner.needed_depth > depth) {
                flows_.emplace(container.value(), std::move(kept));
            } else {
                derived.needed_depth = std::min(derived.needed_depth, inner.needed_depth);
                borrowed.push_back(std::move(kept));
            }
        }
    }
    Leftovers leftovers = join_shipments(view_, flow);
    find_stays(view_, containers, flow);
    add_rides(view_, containers, flow, leftovers);
    add_implied_arrivals(view_, flow, leftovers);
    note_spots(flow);
    index_moves(flow);
    in_work_.pop_back();
    if (derived.needed_depth == depth) {
        derived.needed_depth = SIZE_MAX;  // the circle closes here
    }
    return derived;
}

std::vector<graph::ItemId> Flows::children_of(graph::ItemId container) const {
    std::set<graph::ItemId> children;
    for (const TimedFact& fact : view_.facts_by_log(graph::Chain::kOther, container.value())) {
        if (fact.fact.kind == FactKind::kPack) {
            children.insert(fact.fact.item);
        }
    }
    return {children.begin(), children.end()};
}

}  // namespace suyuan::trace
