// SPDX-License-Identifier: Apache-2.0

#include "trace/touched.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/item_flow.h"
#include "trace/positions.h"
#include "trace/search.h"
#include "trace/sense.h"
#include "trace/view.h"

namespace suyuan::trace {

void TouchedBook::List::add(std::uint32_t id, const model::TimeInterval& time) {
    if (id == 0) {
        return;
    }
    const auto place = static_cast<std::uint32_t>(touched_.size());
    const std::uint32_t known = place_of_id_.insert(id, place);
    if (known == place) {
        touched_.push_back({id, time.first, time.last});
        return;
    }
    Touched& entry = touched_[known];
    entry.first = std::min(entry.first, time.first);
    entry.last = std::max(entry.last, time.last);
}

std::vector<Touched> TouchedBook::List::sorted() {
    std::ranges::sort(touched_, {}, &Touched::id);
    return std::move(touched_);
}

// An event says the same of whoever it names, however often the answer comes by it.
void TouchedBook::add_event(graph::EventIndex event) {
    const auto place = static_cast<std::uint32_t>(events_.size());
    if (events_.insert(event, place) != place) {
        return;
    }
    const graph::EventGraph& graph = view_.graph();
    const graph::EventRow& row = graph.event(event);
    operators_.add(row.custodian.value(), row.time);
    graph.visit_vehicles(row, [&](graph::VehicleId id) { vehicles_.add(id.value(), row.time); });
    graph.visit_people(row, [&](graph::PersonId id) { people_.add(id.value(), row.time); });
}

void TouchedBook::add_position(
    const Reach& reach, const ReachedNode& node, const Positions& positions
) {
    const Position& position = positions.at(node.node);
    operators_.add(position.owner.value(), model::exactly(node.label));
    sites_.add(position.site.value(), model::exactly(node.label));
    const SpotEntry* spot = positions.spot_of(node.node);
    if (spot == nullptr) {
        return;
    }
    const ItemFlow& flow = positions.flow_of(node.node);
    for (const std::uint32_t place : flow.facts_at(*spot)) {
        const TimedFact& fact = flow.facts[place];
        const bool is_in_reach = reach.sense == Sense::kForward ? fact.key.last >= node.label
                                                                : fact.key.first <= node.label;
        if (is_in_reach) {
            add_event(fact.event());
        }
    }
}

void TouchedBook::add_move(const Move& move) {
    if (move.kind == MoveKind::kSameAs) {
        return;
    }
    operators_.add(move.from.owner.value(), move.leave);
    operators_.add(move.to.owner.value(), move.arrive);
    sites_.add(move.from.site.value(), move.leave);
    sites_.add(move.to.site.value(), move.arrive);
    add_event(move.leaving_event);
    add_event(move.arriving_event);
}

void TouchedBook::add(const Reach& reach, const Positions& positions) {
    for (const ReachedNode& node : reach.reached) {
        add_position(reach, node, positions);
    }
    for (const TakenMove& taken : reach.taken) {
        add_move(taken.move.move);
    }
}

void TouchedBook::write(Answer& answer) {
    answer.operators = operators_.sorted();
    answer.sites = sites_.sorted();
    answer.vehicles = vehicles_.sorted();
    answer.people = people_.sorted();
}

}  // namespace suyuan::trace
