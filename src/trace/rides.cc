// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.2, second half: where containers take a child.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "trace/answer.h"
#include "trace/item_flow.h"
#include "trace/view.h"

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

    // A ride by a paper that links what it arrives by.
    struct ByPaper {
        graph::PaperId paper;
        std::size_t place = 0;
    };

    // A ride that a record of the other side may be about.
    struct OpenRide {
        TimeKey leaves;
        std::uint32_t place = 0;  // in the moves
        Spot to;                  // as the container's departure says
        bool is_unloaded = false;
    };

    void ride(const Stay& stay, std::uint32_t stay_place, const FlowMove& leg);
    // False if the item ships itself by this event; notes what the ride carries.
    [[nodiscard]] bool merge_with_departures(FlowMove& ride);
    void meet_arrivals();
    void meet_earlier_steps(Draft::Arrival& arrival);
    [[nodiscard]] std::vector<ByPaper> rides_by_paper() const;
    [[nodiscard]] bool told_in_another_step(const TimedFact& arrival, const FlowMove& ride) const;
    template <typename IsOpen>
    [[nodiscard]] std::vector<OpenRide> open_rides(const IsOpen& is_open) const;
    [[nodiscard]] bool may_be_what_came(const OpenRide& entry, const TimedFact& arrival) const;
    void end_by(OpenRide& entry, const TimedFact& arrival);
    void unload();
    void carry_departures();

    Draft& draft_;
    std::vector<ByEvent> departures_;  // by event
    std::size_t first_ride_ = 0;
    std::optional<std::vector<ByPaper>> by_paper_;  // rides, once they are asked for
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
    // What is put into a crate where it turns up did not come with it.
    if (leg.is_found && key_of_ride(leg.move.leave, leg.move.leaving_event) < stay.pack_key) {
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
    ride.is_return = leg.is_return;
    ride.is_by_statement = leg.move.kind == MoveKind::kStated || leg.is_by_statement;
    ride.is_passing = leg.is_passing;
    ride.is_found = leg.is_found;
    ride.counts_at_origin = !leg.is_passing;
    ride.counts_at_destination = !leg.is_passing;
    move.is_certain = leg.move.is_certain && certainly_falls_in(stay, leg.move.leave);
    set_quantity(move, stay.amount);
    ride.leaving_place = stay_place;
    if (merge_with_departures(ride)) {
        draft_.add(ride);
    }
}

std::vector<Rider::ByPaper> Rider::rides_by_paper() const {
    const graph::EventGraph& graph = draft_.view.graph();
    std::vector<ByPaper> rides;
    for (std::size_t place = first_ride_; place < draft_.flow.moves.size(); ++place) {
        const graph::EventIndex event = draft_.flow.moves[place].move.arriving_event;
        graph.visit_linking_papers(graph.event(event), [&](graph::PaperId paper) {
            rides.push_back({paper, place});
        });
    }
    std::ranges::sort(rides, {}, [](const ByPaper& entry) {
        return std::pair(entry.paper, entry.place);
    });
    return rides;
}

// Whether what a ride arrives by, under a paper of the arrival, tells of it in an earlier step.
bool Rider::told_in_another_step(const TimedFact& arrival, const FlowMove& ride) const {
    const graph::EventIndex event = ride.move.arriving_event;
    const TimeKey arrives = key_of_ride(ride.move.arrive, event);
    if (event == arrival.event() || arrival.key < arrives) {
        return false;
    }
    bool is_step = false;
    bool is_same_step = false;
    for (const TimedFact& fact : draft_.view.facts_of_event(event)) {
        const bool arrives_then = fact.fact.kind == graph::FactKind::kArrive;
        is_step = is_step || (arrives_then && fact.fact.step != graph::Step::kNone);
        is_same_step = is_same_step || (arrives_then && fact.fact.step == arrival.fact.step);
    }
    return is_step && !is_same_step;
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
        if (fact.fact.step != graph::Step::kNone) {
            meet_earlier_steps(arrival);
        }
    }
}

void Rider::meet_earlier_steps(Draft::Arrival& arrival) {
    if (!by_paper_) {
        by_paper_ = rides_by_paper();
    }
    const std::vector<ByPaper>& by_paper = *by_paper_;
    const TimedFact& fact = draft_.fact_of(arrival);
    const graph::EventGraph& graph = draft_.view.graph();
    graph.visit_linking_papers(graph.event(fact.event()), [&](graph::PaperId paper) {
        for (const ByPaper& entry :
             std::ranges::equal_range(by_paper, paper, {}, &ByPaper::paper)) {
            FlowMove& ride = draft_.flow.moves[entry.place];
            if (ride.move.to == fact.position() && draft_.work.step() &&
                told_in_another_step(fact, ride)) {
                ride.counts_at_destination = false;
                arrival.came_with_ride = true;
            }
        }
    });
}

// By when they leave.
template <typename IsOpen>
std::vector<Rider::OpenRide> Rider::open_rides(const IsOpen& is_open) const {
    std::vector<OpenRide> open;
    for (std::size_t place = first_ride_; place < draft_.flow.moves.size(); ++place) {
        const FlowMove& ride = draft_.flow.moves[place];
        if (is_open(ride)) {
            open.push_back(
                {key_of_ride(ride.move.leave, ride.move.leaving_event),
                 static_cast<std::uint32_t>(place),
                 spot_of(ride.move.to)}
            );
        }
    }
    std::ranges::stable_sort(open, {}, &OpenRide::leaves);
    return open;
}

bool Rider::may_be_what_came(const OpenRide& entry, const TimedFact& arrival) const {
    const Move& move = draft_.flow.moves[entry.place].move;
    const Spot here = spot_of(arrival.position());
    const bool is_there =
        entry.is_unloaded ? spot_of(move.to) == here
                          : agrees(entry.to.owner, here.owner) && agrees(entry.to.site, here.site);
    return is_there && spot_of(move.from) != here &&
           agrees(arrival.fact.peer_owner, move.from.owner) &&
           agrees(arrival.fact.peer_site, move.from.site) &&
           entry.leaves.first <= arrival.key.last && draft_.work.step();
}

// It arrives by this receipt, and what left with it is on its way no more.
void Rider::end_by(OpenRide& entry, const TimedFact& arrival) {
    FlowMove& ride = draft_.flow.moves[entry.place];
    entry.is_unloaded = true;
    ride.counts_at_destination = false;
    ride.move.to = arrival.position();
    ride.move.arrive = arrival.time();
    ride.move.arriving_event = arrival.event();
    ride.move.is_in_transit = false;
    for (const ByEvent& shipped :
         std::ranges::equal_range(departures_, entry.leaves.event, {}, &ByEvent::event)) {
        Draft::Departure& departure = draft_.departures[shipped.place];
        if (draft_.fact_of(departure).position() == ride.move.from) {
            departure.is_carried_to_stay = departure.is_carried;
        }
    }
}

// Who ships tells of the container, and who received of what was in it.
void Rider::unload() {
    std::vector<OpenRide> open = open_rides([](const FlowMove& ride) {
        return ride.move.is_in_transit && ride.counts_at_destination;
    });
    if (open.empty()) {
        return;
    }
    for (Draft::Arrival& arrival : draft_.arrivals) {
        if (arrival.is_joined || arrival.came_with_ride) {
            continue;
        }
        const TimedFact& fact = draft_.fact_of(arrival);
        const auto last = std::ranges::find_if(open.rbegin(), open.rend(), [&](const auto& entry) {
            return may_be_what_came(entry, fact);
        });
        if (last == open.rend()) {
            continue;
        }
        arrival.came_with_ride = true;
        const TimeKey leaves = last->leaves;
        for (OpenRide& entry : std::ranges::equal_range(open, leaves, {}, &OpenRide::leaves)) {
            if (!entry.is_unloaded && may_be_what_came(entry, fact)) {
                end_by(entry, fact);
            }
        }
    }
}

// Who ships tells of the goods, and who received of the container alone.
void Rider::carry_departures() {
    std::vector<FlowMove>& moves = draft_.flow.moves;
    const std::vector<OpenRide> open = open_rides([](const FlowMove& ride) {
        return ride.is_by_statement && ride.counts_at_origin;
    });
    if (open.empty()) {
        return;
    }
    for (Draft::Departure& departure : draft_.departures) {
        if (departure.is_joined || departure.is_carried) {
            continue;
        }
        const TimedFact& from = draft_.fact_of(departure);
        const auto fits = [&](const OpenRide& entry) {
            return moves[entry.place].move.from == from.position() &&
                   agrees(from.fact.peer_owner, entry.to.owner) &&
                   agrees(from.fact.peer_site, entry.to.site) &&
                   from.key.first <= entry.leaves.last && draft_.work.step();
        };
        const auto first = std::ranges::find_if(open, fits);
        if (first == open.end()) {
            continue;
        }
        departure.is_carried = true;
        departure.is_carried_to_stay = true;
        for (const OpenRide& entry :
             std::ranges::equal_range(open, first->leaves, {}, &OpenRide::leaves)) {
            if (fits(entry)) {
                moves[entry.place].counts_at_origin = false;
                moves[entry.place].leaves_by_depart = true;
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
        unload();
        carry_departures();
    }
}

}  // namespace

void add_rides(Draft& draft, std::span<const NamedCarrier> carriers) {
    if (!draft.flow.stays.empty()) {
        Rider(draft).run(carriers);
    }
}

}  // namespace suyuan::trace
