// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.3: who held what nobody said they received, and where it came from.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "base/sort_unique.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/depart_index.h"
#include "trace/item_flow.h"
#include "trace/lot_stays.h"
#include "trace/turning_up.h"
#include "trace/view.h"
#include "trace/ways.h"
#include "trace/whereabouts.h"

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
    bool has_count = false;
    bool is_stated = false;  // a fact, or who received from here, says who owns it
    model::MicrosUtc first_ground = model::kEndOfTime;
    model::MicrosUtc first = model::kEndOfTime;  // of grounds and uses
    // The same without what its owner states to have from itself.
    std::optional<model::MicrosUtc> first_from_others;
    std::optional<TimeKey> first_use;
    model::MicrosUtc last_use = model::kBeginningOfTime;
    // How its implied arrival is explained.
    bool is_joined = false;                // by step 1 or 2
    bool is_explained_by_another = false;  // by a position that may be the same
    bool is_from_nowhere = false;          // by nothing

    void add_ground(model::MicrosUtc moment, bool is_from_itself = false) {
        has_ground = true;
        first_ground = std::min(first_ground, moment);
        first = std::min(first, moment);
        if (!is_from_itself) {
            first_from_others = std::min(first_from_others.value_or(moment), moment);
        }
    }

    void add_use(const TimeKey& key) {
        first_use = first_use ? std::min(*first_use, key) : key;
        last_use = std::max(last_use, key.last);
        first = std::min(first, key.first);
        first_from_others = std::min(first_from_others.value_or(key.first), key.first);
    }

    [[nodiscard]] bool is_empty() const noexcept { return !has_ground && !first_use.has_value(); }

    [[nodiscard]] bool implies_arrival() const noexcept {
        return first_use.has_value() && (!has_ground || first_use->last < first_ground);
    }

    // Whether what its owner has there may be what another position of it was found to need.
    [[nodiscard]] bool explains(const Tally& other) const noexcept {
        return first_from_others && *first_from_others <= other.first_use->last;
    }
};

class Implier {
public:
    explicit Implier(Draft& draft) : draft_(draft) {}

    void run();

private:
    void tally();
    Tally& tally_of(const Position& position);
    void list_departures();
    void list_sites();

    [[nodiscard]] Position position_of(const Tally& at) const {
        return {draft_.flow.item, at.spot.owner, at.spot.site};
    }

    void tally_moves();
    void explain(Tally& at);
    [[nodiscard]] bool come_from_departure(const Tally& at);
    [[nodiscard]] bool come_from_same_site(const Tally& at);
    [[nodiscard]] bool come_from_previous(const Tally& at);
    [[nodiscard]] std::span<const Tally> others_of_owner(const Tally& at) const;
    template <typename Visit>
    void visit_those_that_may_be_one(const Tally& at, const Visit& visit) const;
    [[nodiscard]] bool come_from_what_may_be_one(const Tally& at);
    [[nodiscard]] bool is_explained_by_what_it_explains(const Tally& at) const;
    void infer(const Spot& from, const Tally& at, const model::TimeInterval& time);
    [[nodiscard]] std::vector<bool> accounted_for();
    void account_for_stated();
    void trace_strays();

    Draft& draft_;
    std::optional<Ways> ways_;                    // of a thing
    std::vector<Tally> tallies_;                  // by spot
    std::optional<Whereabouts> whereabouts_;      // of a thing
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
        if (entry.move.kind == MoveKind::kStated) {
            spots.push_back(spot_of(entry.move.from));
        } else if (entry.move.kind == MoveKind::kRide) {
            spots.push_back(spot_of(entry.move.from));
            spots.push_back(spot_of(entry.move.to));
        }
    }
    if (spots.size() > draft_.fact_spots.size()) {
        sort_unique(spots);
    }
    tallies_.resize(spots.size());
    for (std::size_t i = 0; i < spots.size(); ++i) {
        tallies_[i].spot = spots[i];
    }
    for (const Draft::Arrival& arrival : draft_.arrivals) {
        const TimedFact& fact = draft_.fact_of(arrival);
        const bool is_from_itself = arrival.is_stated && fact.fact.peer_owner == fact.fact.owner;
        tally_of(fact.position()).add_ground(arrival.first, is_from_itself);
    }
    for (const TimedFact& fact : draft_.flow.facts) {
        const FactKind kind = fact.fact.kind;
        const bool is_made = kind == FactKind::kCreate || kind == FactKind::kOutput;
        if (!is_made && kind != FactKind::kArrive && !is_use(kind)) {
            continue;
        }
        Tally& here = tally_of(fact.position());
        here.is_stated = here.is_stated || fact.fact.owner_is_stated;
        here.has_count = here.has_count || kind == FactKind::kCount;
        if (is_made) {
            here.add_ground(fact.key.first);
        } else if (is_use(kind)) {
            here.add_use(fact.key);
        }
    }
    tally_moves();
}

void Implier::tally_moves() {
    for (const FlowMove& entry : draft_.flow.moves) {
        if (entry.move.kind == MoveKind::kRide) {
            tally_of(entry.move.from)
                .add_use(key_of_ride(entry.move.leave, entry.move.leaving_event));
            tally_of(entry.move.to).add_ground(entry.move.arrive.first);
        } else if (entry.move.kind == MoveKind::kStated) {
            Tally& sender = tally_of(entry.move.from);
            sender.add_use(key_of_stated(entry));
            sender.is_stated = sender.is_stated || sender.spot.owner.value() != 0;
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

void Implier::infer(const Spot& from, const Tally& at, const model::TimeInterval& time) {
    draft_.add(inferred_move(draft_.flow.item, from, at.spot, time, at.first_use->event));
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
        .owner_is_stated = at.is_stated,
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
    set_quantity(move, amount_of(from.fact));
    move.leaving_event = from.event();
    move.arriving_event = at.first_use->event;
    joined.leaving_place = from.key.place;
    joined.leaves_by_depart = true;
    joined.is_return = from.fact.is_return;
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
            infer(other->spot, at, at.first_use->time());
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
    if (!whereabouts_) {
        whereabouts_.emplace(draft_);
    }
    const std::optional<Spot> last = whereabouts_->before_first_use(at.spot, *at.first_use);
    if (!last || *last == at.spot) {
        return false;
    }
    FlowMove move =
        inferred_move(draft_.flow.item, *last, at.spot, at.first_use->time(), at.first_use->event);
    if (!ways_) {
        ways_.emplace(draft_.flow, draft_.view);
    }
    move.is_passing = ways_->lead_past(*at.first_use) && !ways_->was_handled_at(at.spot);
    draft_.add(move);
    return true;
}

// Those of which one is at a site that is not named: all, or the one whose site is not.
std::span<const Tally> Implier::others_of_owner(const Tally& at) const {
    const auto of_owner = std::ranges::equal_range(tallies_, at.spot.owner, {}, [](const Tally& t) {
        return t.spot.owner;
    });
    const std::span<const Tally> all(of_owner.begin(), of_owner.end());
    const std::size_t unnamed = all.front().spot.site.value() == 0 ? 1 : 0;
    return at.spot.site.value() == 0 ? all.subspan(unnamed) : all.first(unnamed);
}

// One owner, site unsaid; and neither owner nor site, which may be anybody's.
template <typename Visit>
void Implier::visit_those_that_may_be_one(const Tally& at, const Visit& visit) const {
    const auto visit_others = [&](std::span<const Tally> others) {
        for (const Tally& other : others) {
            if (other.spot != at.spot) {
                visit(other);
            }
        }
    };
    if (at.spot == Spot()) {
        visit_others(tallies_);
        return;
    }
    if (tallies_.front().spot == Spot()) {
        visit(tallies_.front());
    }
    if (at.spot.owner.value() != 0) {
        visit_others(others_of_owner(at));
    }
}

bool Implier::come_from_what_may_be_one(const Tally& at) {
    if (draft_.view.graph().is_individual(draft_.flow.item)) {
        return false;
    }
    bool is_explained = false;
    visit_those_that_may_be_one(at, [&](const Tally& other) {
        const bool is_in_time = other.first_from_others && *other.first_from_others <= at.last_use;
        if (is_in_time && draft_.work.step()) {
            infer(other.spot, at, {at.first_use->first, at.last_use});
            is_explained = is_explained || other.explains(at);
        }
    });
    return is_explained;
}

// Each by the other, and so both by nobody; told of the one whose site is not named.
bool Implier::is_explained_by_what_it_explains(const Tally& at) const {
    if (at.spot.site.value() != 0 || at.is_joined || !at.is_explained_by_another) {
        return false;
    }
    bool is_explained = false;  // by one that has another explanation
    visit_those_that_may_be_one(at, [&](const Tally& other) {
        const bool only_by_it = other.implies_arrival() && !other.is_joined && at.explains(other);
        is_explained = is_explained || (other.explains(at) && !only_by_it);
    });
    return !is_explained;
}

void Implier::explain(Tally& at) {
    if (!departures_) {
        list_departures();
    }
    at.is_joined = come_from_departure(at) || come_from_same_site(at);
    at.is_explained_by_another = come_from_what_may_be_one(at);
    if (!at.is_joined && !at.is_explained_by_another && !come_from_previous(at)) {
        at.is_from_nowhere = true;
        draft_.flow.unknown_suppliers.push_back({at.spot, at.first_use->event});
    }
}

// By tally: whether somebody recorded that goods came there, or to where they may have come from.
std::vector<bool> Implier::accounted_for() {
    std::vector<std::pair<std::size_t, std::size_t>> inferred;  // places in tallies_
    const auto place_of = [&](const Position& position) {
        return static_cast<std::size_t>(&tally_of(position) - tallies_.data());
    };
    for (const FlowMove& entry : draft_.flow.moves) {
        if (entry.move.kind == MoveKind::kInferred && !entry.leaves_by_depart) {
            inferred.emplace_back(place_of(entry.move.from), place_of(entry.move.to));
        }
    }
    std::ranges::sort(inferred);
    std::vector<bool> found(tallies_.size());
    std::vector<std::size_t> waiting;
    for (std::size_t place = 0; place < tallies_.size(); ++place) {
        found[place] = tallies_[place].has_ground || tallies_[place].has_count;
        if (found[place]) {
            waiting.push_back(place);
        }
    }
    while (!waiting.empty()) {
        const std::size_t from = waiting.back();
        waiting.pop_back();
        for (const auto& [origin, end] : std::ranges::equal_range(
                 inferred, from, {}, &std::pair<std::size_t, std::size_t>::first
             )) {
            if (!found[end]) {
                found[end] = true;
                waiting.push_back(end);
            }
        }
    }
    return found;
}

// What nobody accounts for is not taken off where it is said to have come from.
void Implier::account_for_stated() {
    const auto is_stated = [](const FlowMove& entry) {
        return entry.move.kind == MoveKind::kStated;
    };
    if (std::ranges::none_of(draft_.flow.moves, is_stated)) {
        return;
    }
    const std::vector<bool> accounted = accounted_for();
    for (FlowMove& entry : draft_.flow.moves) {
        if (is_stated(entry)) {
            const Tally& sender = tally_of(entry.move.from);
            entry.counts_at_origin = accounted[static_cast<std::size_t>(&sender - tallies_.data())];
        }
    }
}

// Of a lot, what came from nowhere.
void Implier::trace_strays() {
    if (!draft_.view.graph().is_lot(draft_.flow.item)) {
        return;
    }
    std::vector<Stray> strays;
    for (const Tally& here : tallies_) {
        if (here.is_from_nowhere && !here.has_ground) {
            strays.push_back({here.spot, here.first_use->time(), here.first_use->event});
        }
    }
    add_ways_untold(draft_, std::move(strays));
}

void Implier::run() {
    tally();
    std::vector<Tally*> implied;
    for (Tally& here : tallies_) {
        if (here.implies_arrival()) {
            implied.push_back(&here);
        }
    }
    std::ranges::sort(implied, {}, [](const Tally* here) {
        return std::tuple(*here->first_use, here->spot);
    });
    for (Tally* here : implied) {
        if (!draft_.work.step()) {
            return;
        }
        explain(*here);
    }
    const bool is_individual = draft_.view.graph().is_individual(draft_.flow.item);
    for (const Tally& here : tallies_) {
        if (here.implies_arrival()) {
            const bool is_one = is_individual && here.is_from_nowhere;
            draft_.implied_arrivals.push_back({here.spot, *here.first_use, is_one});
        }
    }
    for (Tally* here : implied) {
        if (is_explained_by_what_it_explains(*here)) {
            here->is_from_nowhere = true;
            draft_.flow.unknown_suppliers.push_back({here->spot, here->first_use->event});
        }
    }
    account_for_stated();
    trace_strays();
}

}  // namespace

void add_implied_arrivals(Draft& draft) {
    Implier(draft).run();
}

}  // namespace suyuan::trace
