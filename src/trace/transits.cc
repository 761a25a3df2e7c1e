// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.1, last paragraph: what was shipped and is joined to nothing.

#include <algorithm>
#include <cstdint>
#include <map>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

// What is in transit to an owner at no site said may be what that owner has at a site that is
// named. `firsts`: the first such departure to each owner.
void explain_named_sites(
    Draft& draft, const std::map<graph::OperatorId, const TimedFact*>& firsts
) {
    std::map<Spot, model::MicrosUtc> last_facts;
    for (const TimedFact& fact : draft.flow.facts) {
        const Spot spot = spot_of(fact.position());
        if (is_at_position(fact.fact.kind) && spot.site.value() != 0 &&
            firsts.contains(spot.owner)) {
            model::MicrosUtc& last = last_facts.emplace(spot, fact.key.last).first->second;
            last = std::max(last, fact.key.last);
        }
    }
    for (const auto& [spot, last] : last_facts) {
        const TimedFact& departure = *firsts.at(spot.owner);
        if (last < departure.key.first || !draft.work.step()) {
            continue;
        }
        const model::TimeInterval time = {departure.key.first, last};
        draft.add(inferred_move(draft.flow.item, {spot.owner, {}}, spot, time, departure.event()));
    }
}

}  // namespace

void add_transits(Draft& draft) {
    const bool is_amount = !draft.view.graph().is_individual(draft.flow.item);
    std::map<graph::OperatorId, const TimedFact*> to_no_site_said;
    for (std::uint32_t place = 0; place < draft.departures.size(); ++place) {
        const Draft::Departure& departure = draft.departures[place];
        const bool is_open = !departure.is_joined && !departure.is_carried && !departure.is_taken;
        if (is_open || (departure.is_carried && !departure.is_carried_to_stay)) {
            draft.flow.departs_under_way.push_back(departure.fact);
        }
        if (!is_open) {
            continue;
        }
        const TimedFact& from = draft.fact_of(departure);
        FlowMove transit;
        Move& move = transit.move;
        move.from = from.position();
        move.to = {draft.flow.item, from.fact.peer_owner, from.fact.peer_site};
        move.kind = MoveKind::kInTransit;
        move.is_certain = false;
        move.is_in_transit = true;
        move.leave = from.time();
        move.arrive = from.time();
        set_quantity(move, amount_of(from.fact));
        move.leaving_event = from.event();
        move.arriving_event = from.event();
        transit.leaving_place = from.key.place;
        transit.leaves_by_depart = true;
        transit.is_return = from.fact.is_return;
        draft.add(transit);
        if (is_amount && move.to.owner.value() != 0 && move.to.site.value() == 0) {
            to_no_site_said.emplace(move.to.owner, &from);
        }
    }
    if (!to_no_site_said.empty()) {
        explain_named_sites(draft, to_no_site_said);
    }
}

}  // namespace suyuan::trace
