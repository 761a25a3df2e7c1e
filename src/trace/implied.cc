// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.3: who held what nobody said they received, and where it came from.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/depart_index.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;

bool is_use(FactKind kind) noexcept {
    switch (kind) {
        case FactKind::kDepart:
        case FactKind::kInput:
        case FactKind::kSink:
        case FactKind::kSight:
        case FactKind::kCount:
        case FactKind::kPack:
        case FactKind::kPartOf:
            return true;
        default:
            return false;
    }
}

// Grounds and uses at one spot.
struct Tally {
    Spot spot;
    bool has_ground = false;
    bool is_stated = false;  // a fact says who owns it
    model::MicrosUtc first_ground = model::kEndOfTime;
    model::MicrosUtc first = model::kEndOfTime;  // of grounds and uses
    std::optional<TimeKey> first_use;

    void add_ground(model::MicrosUtc moment) {
        has_ground = true;
        first_ground = std::min(first_ground, moment);
        first = std::min(first, moment);
    }

    void add_use(const TimeKey& key) {
        first_use = first_use ? std::min(*first_use, key) : key;
        first = std::min(first, key.first);
    }

    [[nodiscard]] bool is_empty() const noexcept { return !has_ground && !first_use.has_value(); }

    [[nodiscard]] bool implies_arrival() const noexcept {
        return first_use.has_value() && (!has_ground || first_use->last < first_ground);
    }
};

class Implier {
public:
    explicit Implier(Draft& draft) : draft_(draft) {}

    void run();

private:
    struct RideArrival {
        TimeKey key;
        Spot spot;

        friend auto operator<=>(const RideArrival&, const RideArrival&) noexcept = default;
    };

    void tally();
    Tally& tally_of(const Position& position);
    void list_departures();
    void list_sites();

    [[nodiscard]] Position position_of(const Tally& at) const {
        return {draft_.flow.item, at.spot.owner, at.spot.site};
    }

    void explain(const Tally& at);
    [[nodiscard]] bool come_from_departure(const Tally& at);
    [[nodiscard]] bool come_from_same_site(const Tally& at);
    [[nodiscard]] bool come_from_previous(const Tally& at);
    void infer(const Spot& from, const Tally& at);

    Draft& draft_;
    std::vector<Tally> tallies_;                  // by spot
    std::vector<RideArrival> ride_arrivals_;      // ascending
    std::vector<std::uint32_t> open_departures_;  // places in draft_.departures, by time
    std::optional<DepartIndex> departures_;
    bool has_sites_ = false;
    std::vector<const Tally*> at_site_;           // with a ground or use, by site, then spot
    std::vector<const Tally*> unstated_at_site_;  // those whose owner is unstated
};

Tally& Implier::tally_of(const Position& position) {
    return *std::ranges::lower_bound(tallies_, spot_of(position), {}, &Tally::spot);
}

void Implier::tally() {
    std::vector<Spot> spots = draft_.fact_spots;
    for (const FlowMove& entry : draft_.flow.moves) {
        if (entry.move.kind == MoveKind::kRide) {
            spots.push_back(spot_of(entry.move.from));
            spots.push_back(spot_of(entry.move.to));
            const TimeKey key = key_of_ride(entry.move.arrive, entry.move.arriving_event);
            ride_arrivals_.push_back({key, spot_of(entry.move.to)});
        }
    }
    if (spots.size() > draft_.fact_spots.size()) {
        std::ranges::sort(spots);
        const auto repeated = std::ranges::unique(spots);
        spots.erase(repeated.begin(), repeated.end());
        std::ranges::sort(ride_arrivals_);
    }
    tallies_.resize(spots.size());
    for (std::size_t i = 0; i < spots.size(); ++i) {
        tallies_[i].spot = spots[i];
    }
    for (const Draft::Arrival& arrival : draft_.arrivals) {
        tally_of(draft_.fact_of(arrival).position()).add_ground(arrival.first);
    }
    for (const TimedFact& fact : draft_.flow.facts) {
        const FactKind kind = fact.fact.kind;
        const bool is_made = kind == FactKind::kCreate || kind == FactKind::kOutput;
        if (!is_made && kind != FactKind::kArrive && !is_use(kind)) {
            continue;
        }
        Tally& here = tally_of(fact.position());
        here.is_stated = here.is_stated || fact.fact.owner_is_stated;
        if (is_made) {
            here.add_ground(fact.key.first);
        } else if (is_use(kind)) {
            here.add_use(fact.key);
        }
    }
    for (const FlowMove& entry : draft_.flow.moves) {
        if (entry.move.kind == MoveKind::kRide) {
            tally_of(entry.move.from)
                .add_use(key_of_ride(entry.move.leave, entry.move.leaving_event));
            tally_of(entry.move.to).add_ground(entry.move.arrive.first);
        }
    }
}

void Implier::list_departures() {
    std::vector<std::uint32_t> facts;
    for (std::uint32_t place = 0; place < draft_.departures.size(); ++place) {
        const Draft::Departure& departure = draft_.departures[place];
        if (!departure.is_joined && !departure.is_carried) {
            open_departures_.push_back(place);
            facts.push_back(departure.fact);
        }
    }
    departures_.emplace(draft_.flow.facts, std::move(facts));
}

void Implier::list_sites() {
    has_sites_ = true;
    for (const Tally& here : tallies_) {
        if (here.spot.site.value() != 0 && !here.is_empty()) {
            at_site_.push_back(&here);
        }
    }
    std::ranges::sort(at_site_, {}, [](const Tally* here) {
        return std::pair(here->spot.site, here->spot.owner);
    });
    std::ranges::copy_if(at_site_, std::back_inserter(unstated_at_site_), [](const Tally* here) {
        return !here->is_stated;
    });
}

void Implier::infer(const Spot& from, const Tally& at) {
    FlowMove inferred;
    Move& move = inferred.move;
    move.from = {draft_.flow.item, from.owner, from.site};
    move.to = position_of(at);
    move.kind = MoveKind::kInferred;
    move.is_certain = false;
    move.leave = at.first_use->time();
    move.arrive = move.leave;
    move.leaving_event = at.first_use->event;
    move.arriving_event = at.first_use->event;
    draft_.add(inferred);
}

// Step 1: the last departure that nobody received and that can have come here.
bool Implier::come_from_departure(const Tally& at) {
    const auto found = departures_->last_fitting({
        .position = position_of(at),
        .peer_owner = {},
        .peer_site = {},
        .event = at.first_use->event,
        .before = at.first_use->last,
        .comes_from_elsewhere = true,
    });
    if (!found) {
        return false;
    }
    departures_->remove(*found);
    Draft::Departure& departure = draft_.departures[open_departures_[*found]];
    departure.is_taken = true;
    const TimedFact& from = draft_.fact_of(departure);
    FlowMove joined;
    Move& move = joined.move;
    move.from = from.position();
    move.to = position_of(at);
    move.kind = MoveKind::kInferred;
    move.is_certain = false;
    move.leave = from.time();
    move.arrive = at.first_use->time();
    set_quantity(move, from.fact);
    move.leaving_event = from.event();
    move.arriving_event = at.first_use->event;
    joined.leaving_place = from.key.place;
    joined.leaves_by_depart = true;
    draft_.add(joined);
    return true;
}

// Step 2: other owners at the same site, where nobody says who owns it.
bool Implier::come_from_same_site(const Tally& at) {
    if (at.spot.site.value() == 0) {
        return false;
    }
    if (!has_sites_) {
        list_sites();
    }
    bool is_found = false;
    const std::vector<const Tally*>& others = at.is_stated ? unstated_at_site_ : at_site_;
    const auto here = std::ranges::equal_range(others, at.spot.site, {}, [](const Tally* other) {
        return other->spot.site;
    });
    for (const Tally* other : here) {
        if (other->spot != at.spot && other->first <= at.first_use->last && draft_.work.step()) {
            infer(other->spot, at);
            is_found = true;
        }
    }
    return is_found;
}

// Step 3: where the thing was last.
bool Implier::come_from_previous(const Tally& at) {
    if (!draft_.view.graph().is_individual(draft_.flow.item)) {
        return false;
    }
    std::optional<RideArrival> last;
    const std::vector<TimedFact>& facts = draft_.flow.facts;
    auto fact = std::ranges::lower_bound(facts, *at.first_use, {}, &TimedFact::key);
    while (fact != facts.begin() && !last) {
        --fact;
        if (is_at_position(fact->fact.kind)) {
            last = RideArrival{fact->key, spot_of(fact->position())};
        }
    }
    const auto ride =
        std::ranges::lower_bound(ride_arrivals_, *at.first_use, {}, &RideArrival::key);
    if (ride != ride_arrivals_.begin()) {
        last = std::max(last, std::optional(*std::prev(ride)));
    }
    if (!last || last->spot == at.spot) {
        return false;
    }
    infer(last->spot, at);
    return true;
}

void Implier::explain(const Tally& at) {
    if (!departures_) {
        list_departures();
    }
    if (!come_from_departure(at) && !come_from_same_site(at) && !come_from_previous(at)) {
        draft_.flow.unknown_suppliers.push_back({at.spot, at.first_use->event});
    }
}

void Implier::run() {
    tally();
    std::vector<const Tally*> implied;
    for (const Tally& here : tallies_) {
        if (here.implies_arrival()) {
            implied.push_back(&here);
            draft_.implied_arrivals.push_back({here.spot, *here.first_use});
        }
    }
    std::ranges::sort(implied, {}, [](const Tally* here) {
        return std::tuple(*here->first_use, here->spot);
    });
    for (const Tally* here : implied) {
        if (!draft_.work.step()) {
            return;
        }
        explain(*here);
    }
}

}  // namespace

void add_implied_arrivals(Draft& draft) {
    Implier(draft).run();
    for (const Draft::Arrival& arrival : draft.arrivals) {
        if (!arrival.is_joined && !arrival.came_with_ride) {
            const TimedFact& fact = draft.fact_of(arrival);
            draft.flow.unknown_suppliers.push_back({spot_of(fact.position()), fact.event()});
        }
    }
    std::ranges::sort(draft.flow.unknown_suppliers);
    const auto repeated = std::ranges::unique(draft.flow.unknown_suppliers);
    draft.flow.unknown_suppliers.erase(repeated.begin(), repeated.end());
}

void add_transits(Draft& draft) {
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
        set_quantity(move, from.fact);
        move.leaving_event = from.event();
        move.arriving_event = from.event();
        transit.leaving_place = from.key.place;
        transit.leaves_by_depart = true;
        draft.add(transit);
    }
}

}  // namespace suyuan::trace
