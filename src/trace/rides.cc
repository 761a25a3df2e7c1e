// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.2, second half: where containers take a child.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/event_graph.h"
#include "trace/answer.h"
#include "trace/item_flow.h"

namespace suyuan::trace {
namespace {

class Rider {
public:
    explicit Rider(Draft& draft) : draft_(draft) {}

    void run(std::span<const NamedCarrier> carriers);

private:
    // Something by the event that it happens in.
    struct ByEvent {
        graph::EventIndex event = 0;
        std::uint32_t place = 0;
    };

    void ride(const Stay& stay, std::uint32_t stay_place, const FlowMove& leg);
    // False if the item ships itself by this event; notes what the ride carries.
    [[nodiscard]] bool merge_with_departures(FlowMove& ride);
    void meet_arrivals();

    Draft& draft_;
    std::vector<ByEvent> departures_;  // by event
    std::size_t first_ride_ = 0;
};

bool Rider::merge_with_departures(FlowMove& ride) {
    const auto here =
        std::ranges::equal_range(departures_, ride.move.leaving_event, {}, &ByEvent::event);
    const Spot from = spot_of(ride.move.from);
    const auto is_here = [&](const ByEvent& entry) {
        return spot_of(draft_.fact_of(draft_.departures[entry.place]).position()) == from;
    };
    const bool ships_itself = std::ranges::any_of(here, [&](const ByEvent& entry) {
        return is_here(entry) && draft_.departures[entry.place].is_joined;
    });
    if (ships_itself) {
        return false;
    }
    const bool stays = !ride.move.is_in_transit ||
                       std::ranges::binary_search(draft_.fact_spots, spot_of(ride.move.to));
    for (const ByEvent& entry : here) {
        if (is_here(entry)) {
            Draft::Departure& departure = draft_.departures[entry.place];
            departure.is_carried = true;
            departure.is_carried_to_stay = departure.is_carried_to_stay || stays;
            ride.counts_at_origin = false;
            ride.leaves_by_depart = true;
        }
    }
    return true;
}

void Rider::ride(const Stay& stay, std::uint32_t stay_place, const FlowMove& leg) {
    if (!possibly_falls_in(stay, leg.move.leave, leg.move.leaving_event)) {
        return;
    }
    FlowMove ride;
    ride.move = leg.move;
    Move& move = ride.move;
    move.from.item = draft_.flow.item;
    move.to.item = draft_.flow.item;
    move.kind = MoveKind::kRide;
    move.carrier = stay.container;
    move.is_skewed = false;
    move.is_certain = leg.move.is_certain && certainly_falls_in(stay, leg.move.leave);
    set_quantity(move, draft_.flow.facts[stay.pack].fact);
    ride.leaving_place = stay_place;
    if (merge_with_departures(ride)) {
        draft_.add(ride);
    }
}

// A ride that arrives beside an arrive fact without shipment: they are one arrival.
void Rider::meet_arrivals() {
    std::vector<FlowMove>& moves = draft_.flow.moves;
    std::vector<ByEvent> arriving;
    for (std::size_t place = first_ride_; place < moves.size(); ++place) {
        arriving.push_back({moves[place].move.arriving_event, static_cast<std::uint32_t>(place)});
    }
    std::ranges::sort(arriving, {}, &ByEvent::event);
    for (Draft::Arrival& arrival : draft_.arrivals) {
        if (arrival.is_joined) {
            continue;
        }
        const TimedFact& fact = draft_.fact_of(arrival);
        for (const ByEvent& entry :
             std::ranges::equal_range(arriving, fact.event(), {}, &ByEvent::event)) {
            if (moves[entry.place].move.to == fact.position()) {
                moves[entry.place].counts_at_destination = false;
                arrival.came_with_ride = true;
            }
        }
    }
}

void Rider::run(std::span<const NamedCarrier> carriers) {
    first_ride_ = draft_.flow.moves.size();
    for (std::uint32_t place = 0; place < draft_.departures.size(); ++place) {
        departures_.push_back({draft_.fact_of(draft_.departures[place]).event(), place});
    }
    std::ranges::sort(departures_, {}, &ByEvent::event);
    for (std::uint32_t place = 0; place < draft_.flow.stays.size(); ++place) {
        const Stay stay = draft_.flow.stays[place];
        const auto named =
            std::ranges::lower_bound(carriers, stay.container, {}, &NamedCarrier::container);
        const Carrier& carrier = *named->carrier;
        carrier.leaves.visit_meeting(stay.span(), [&](std::uint32_t leg) {
            if (!draft_.work.is_over()) {
                ride(stay, place, carrier.flow->moves[leg]);
            }
        });
    }
    if (draft_.flow.moves.size() > first_ride_) {
        meet_arrivals();
    }
}

}  // namespace

void add_rides(Draft& draft, std::span<const NamedCarrier> carriers) {
    if (!draft.flow.stays.empty()) {
        Rider(draft).run(carriers);
    }
}

}  // namespace suyuan::trace
