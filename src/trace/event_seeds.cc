// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 6: what the events of a paper, vehicle or person speak of.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/flows.h"
#include "trace/id_map.h"
#include "trace/inherited.h"
#include "trace/item_flow.h"
#include "trace/seeds.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;
using graph::ItemId;

class EventSower {
public:
    EventSower(Flows& flows, SeedBed& bed) : flows_(flows), bed_(bed) {}

    // The facts of one event.
    void sow(const std::vector<TimedFact>& facts);

private:
    // Of a repeat what it repeats; none if it is no departure.
    [[nodiscard]] const TimedFact* departure_of(const TimedFact& fact);
    void sow_contents(const TimedFact& fact);
    void sow_ends(const TimedFact& departure);
    void sow_riders(const FlowMove& carrying);
    [[nodiscard]] const FlowMove* ride_of(ItemId child, ItemId container, const FlowMove& carrying);
    // Those with a stay in the container that something that leaves then falls in, each once.
    [[nodiscard]] std::vector<ItemId> children_in(
        ItemId container, const model::TimeInterval& leave, graph::EventIndex event
    );

    // A container with contents that was not looked into yet.
    [[nodiscard]] bool is_to_be_opened(ItemId item) {
        if (flows_.contents_of(item).entries().empty() || !flows_.work().step()) {
            return false;
        }
        const auto place = static_cast<std::uint32_t>(opened_.size());
        return opened_.insert(item.value(), place) == place;
    }

    Flows& flows_;
    SeedBed& bed_;
    IdMap opened_;  // containers looked into for one fact or move
};

std::vector<ItemId> EventSower::children_in(
    ItemId container, const model::TimeInterval& leave, graph::EventIndex event
) {
    std::vector<ItemId> children;
    flows_.contents_of(container).visit_meeting(leave, [&](const Contents::Entry& entry) {
        const Stay stay = {
            .container = container,
            .pack_key = entry.pack,
            .end = entry.end,
            .refilled = {},
            .amount = {}
        };
        if (possibly_falls_in(stay, leave, event)) {
            children.push_back(entry.child);
        }
    });
    sort_unique(children);
    return children;
}

void EventSower::sow_contents(const TimedFact& fact) {
    opened_ = IdMap();
    std::vector<ItemId> containers = {fact.fact.item};
    while (!containers.empty()) {
        const ItemId container = containers.back();
        containers.pop_back();
        if (!is_to_be_opened(container)) {
            continue;
        }
        for (const ItemId child : children_in(container, fact.time(), fact.event())) {
            bed_.plant({child, fact.fact.owner, fact.fact.site}, bed_.start_of(fact.time()));
            containers.push_back(child);
        }
    }
}

const FlowMove* EventSower::ride_of(ItemId child, ItemId container, const FlowMove& carrying) {
    const Move& leg = carrying.move;
    const ItemFlow& flow = flows_.of(child);
    const std::uint32_t from = flow.place_of(spot_of(leg.from));
    if (from == kNone) {
        return nullptr;
    }
    const auto leaving = flow.leaving(flow.spots[from]);
    const auto when = std::pair(leg.leave.first, leg.leave.last);
    const auto then = std::ranges::equal_range(leaving, when, {}, [](const FlowMove& entry) {
        return std::pair(entry.move.leave.first, entry.move.leave.last);
    });
    const auto found = std::ranges::find_if(then, [&](const FlowMove& entry) {
        const Move& ride = entry.move;
        return ride.kind == MoveKind::kRide && ride.carrier == container &&
               spot_of(ride.to) == spot_of(leg.to) && ride.arrive == leg.arrive &&
               ride.leaving_event == leg.leaving_event && ride.arriving_event == leg.arriving_event;
    });
    return found == then.end() ? nullptr : &*found;
}

// What rode a move of a container, inwards.
void EventSower::sow_riders(const FlowMove& carrying) {
    opened_ = IdMap();
    std::vector<FlowMove> legs = {carrying};
    while (!legs.empty()) {
        const FlowMove leg = legs.back();
        legs.pop_back();
        const ItemId container = leg.move.from.item;
        if (!is_to_be_opened(container)) {
            continue;
        }
        for (const ItemId child : children_in(container, leg.move.leave, leg.move.leaving_event)) {
            if (const FlowMove* ride = ride_of(child, container, leg); ride != nullptr) {
                bed_.plant(ride->move.to, bed_.start_of(ride->move.arrive));
                legs.push_back(*ride);
            }
        }
    }
}

void EventSower::sow_ends(const TimedFact& departure) {
    const ItemFlow& flow = flows_.of(departure.fact.item);
    const SpotEntry& spot = flow.spots[flow.place_of(spot_of(departure.position()))];
    const auto leaving = flow.leaving(spot);
    const auto sow_end = [&](const FlowMove& entry) {
        bed_.plant(entry.move.to, bed_.start_of(entry.move.arrive));
        sow_riders(entry);
    };
    const auto when = std::pair(departure.key.first, departure.key.last);
    for (const FlowMove& entry :
         std::ranges::equal_range(leaving, when, {}, [](const FlowMove& move) {
             return std::pair(move.move.leave.first, move.move.leave.last);
         })) {
        if (entry.leaves_by_depart && entry.move.leaving_event == departure.event()) {
            sow_end(entry);
        }
    }
    for (const std::uint32_t place : std::ranges::equal_range(
             flow.moves_within_tolerance,
             departure.event(),
             {},
             [&](std::uint32_t move) { return flow.moves[move].move.leaving_event; }
         )) {
        const FlowMove& entry = flow.moves[place];
        if (entry.move.from == departure.position() && entry.move.leave != departure.time()) {
            sow_end(entry);
        }
    }
}

const TimedFact* EventSower::departure_of(const TimedFact& fact) {
    return fact.fact.kind == FactKind::kDepart ? &flows_.of(fact.fact.item).original_of(fact)
                                               : nullptr;
}

void EventSower::sow(const std::vector<TimedFact>& facts) {
    std::vector<const TimedFact*> departures;
    for (const TimedFact& fact : facts) {
        if (const TimedFact* departure = departure_of(fact); departure != nullptr) {
            departures.push_back(departure);
        }
    }
    if (departures.empty() || !bed_.is_forward()) {
        for (const TimedFact& fact : facts) {
            if (is_at_position(fact.fact.kind) && flows_.work().step()) {
                bed_.plant(fact.position(), bed_.start_of(fact.time()));
                sow_contents(fact);
            }
        }
    }
    for (const TimedFact* departure : departures) {
        if (flows_.work().step()) {
            sow_ends(*departure);
        }
    }
}

}  // namespace

void plant_events(const std::vector<graph::EventIndex>& events, Flows& flows, SeedBed& bed) {
    EventSower sower(flows, bed);
    for (const graph::EventIndex event : events) {
        std::vector<TimedFact> facts = flows.view().facts_of_event(event);
        std::ranges::copy(inherited_by(flows, event, facts), std::back_inserter(facts));
        for (TimedFact& fact : facts) {
            if (fact.fact.kind == FactKind::kOutput) {
                fact = flows.of(fact.fact.item).as_settled(fact);
            }
        }
        sower.sow(facts);
    }
}

}  // namespace suyuan::trace
