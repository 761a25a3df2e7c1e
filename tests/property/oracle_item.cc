// SPDX-License-Identifier: Apache-2.0

#include "tests/property/oracle_item.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/oracle_log.h"
#include "trace/answer.h"

namespace suyuan::property {
namespace {

using graph::Fact;
using graph::FactKind;
using trace::Move;
using trace::MoveKind;
using trace::Position;

OwnMove statement(const Told& arrival, const Position& supplier) {
    Move move;
    move.kind = MoveKind::kStated;
    move.from = supplier;
    move.to = arrival.position();
    move.leave = arrival.time();
    move.arrive = arrival.time();
    move.is_certain = false;
    move.leaving_event = arrival.index;
    move.arriving_event = arrival.index;
    set_quantity(move, quantity_of(*arrival.fact));
    OwnMove own = {move, nullptr, &arrival};
    own.is_return = arrival.fact->is_return;
    return own;
}

bool came_later(const Told& end, const graph::FlowEvent& event) {
    const auto key = [](const model::TimeInterval& time, std::uint64_t log_index) {
        return std::tuple(time.first, time.last, log_index);
    };
    return key(end.time(), end.event->log_index) > key(event.time, event.log_index);
}

// Section 3.1, step 3.
bool tells_in_another_step(const Log& log, graph::EventIndex event, const Told& arrival) {
    std::set<graph::Step> steps;
    for (const Told& told : log.facts()) {
        if (told.index == event && told.fact->kind == FactKind::kArrive) {
            steps.insert(told.fact->step);
        }
    }
    steps.erase(graph::Step::kNone);
    return arrival.fact->step != graph::Step::kNone && !steps.empty() &&
           !steps.contains(arrival.fact->step);
}

OwnMove ride(const Stay& stay, const OwnMove& leg) {
    const Move& carrying = leg.move;
    const graph::ItemId child = stay.pack->fact->item;
    Move move = carrying;
    move.kind = MoveKind::kRide;
    move.from.item = child;
    move.to.item = child;
    move.is_skewed = false;
    move.is_certain = carrying.is_certain && certainly_falls_in(stay, carrying.leave);
    move.carrier = stay.container();
    set_quantity(move, stay.quantity);
    OwnMove own = {move, nullptr, nullptr, stay};
    own.is_return = leg.is_return;
    own.is_by_statement = leg.is_stated() || leg.is_by_statement;
    own.is_passing = leg.is_passing;
    own.is_found = leg.is_found;
    return own;
}

}  // namespace

std::vector<const Told*> of_kind(const std::vector<const Told*>& facts, FactKind kind) {
    std::vector<const Told*> found;
    std::ranges::copy_if(facts, std::back_inserter(found), [&](const Told* told) {
        return told->fact->kind == kind;
    });
    return found;
}

Quantity quantity_of(const Fact& fact) {
    return fact.has_quantity ? Quantity{true, fact.unit, fact.millionths} : Quantity();
}

void set_quantity(Move& move, const Quantity& quantity) {
    move.has_quantity = quantity.is_known;
    move.unit = quantity.unit;
    move.millionths = quantity.millionths;
}

bool possibly_falls_in(
    const Stay& stay, const model::TimeInterval& leave, const graph::FlowEvent& event
) {
    if (stay.pack->time().first > leave.last) {
        return false;
    }
    return stay.end == nullptr || stay.end->time().last > leave.first ||
           (stay.end->time().last == leave.first && came_later(*stay.end, event));
}

bool certainly_falls_in(const Stay& stay, const model::TimeInterval& leave) {
    return !stay.is_doubtful && certainly_in_order(stay.pack->time(), leave) &&
           (stay.end == nullptr || certainly_in_order(leave, stay.end->time())) &&
           (stay.refilled == nullptr || certainly_in_order(leave, stay.refilled->time()));
}

bool ItemStory::has_fact_at(const Position& position) const {
    return std::ranges::any_of(facts, [&](const Told* told) {
        return told->position() == position;
    });
}

std::set<Position> ItemStory::positions() const {
    std::set<Position> found;
    for (const Told* told : facts) {
        found.insert(told->position());
    }
    for (const OwnMove& own : moves) {
        found.insert(own.move.from);
        found.insert(own.move.to);
    }
    return found;
}

bool ItemStory::is_shipped(const Told& departure) const {
    return std::ranges::any_of(moves, [&](const OwnMove& own) {
        return own.departure == &departure && own.arrival != nullptr;
    });
}

bool ItemStory::has_shipment(const Told& arrival) const {
    return std::ranges::any_of(moves, [&](const OwnMove& own) {
        return own.arrival == &arrival && !own.is_stated();
    });
}

std::vector<const OwnMove*> ItemStory::rides_of_carried(const Told& departure) const {
    std::vector<const OwnMove*> rides;
    if (is_shipped(departure)) {
        return rides;
    }
    for (const OwnMove& own : moves) {
        const bool leaves_by_it =
            own.move.leaving_event == departure.index && own.move.from == departure.position();
        if (own.is_ride() && (leaves_by_it || own.carries.contains(&departure))) {
            rides.push_back(&own);
        }
    }
    return rides;
}

bool ItemStory::came_by_its_event(const Told& arrival, const OwnMove& ride) const {
    if (!ride.unloaded_by.empty()) {
        return ride.unloaded_by.contains(&arrival);
    }
    return ride.is_ride() && ride.move.arriving_event == arrival.index &&
           ride.move.to == arrival.position() && !has_shipment(arrival);
}

bool ItemStory::came_with(const Told& arrival, const OwnMove& ride) const {
    if (came_by_its_event(arrival, ride)) {
        return true;
    }
    const graph::FlowEvent& arriving = log->event(ride.move.arriving_event);
    const Moment moment = {ride.move.arrive, arriving.log_index, 0};
    return ride.is_ride() && ride.unloaded_by.empty() && ride.move.to == arrival.position() &&
           moment < arrival.moment() && share_a_linking_paper(arriving, *arrival.event) &&
           tells_in_another_step(*log, ride.move.arriving_event, arrival) && !has_shipment(arrival);
}

Stories::Stories(const Log& log) : log_(&log) {
    for (const Told& told : log.facts()) {
        if (told.fact->kind == FactKind::kPack) {
            leads_into_.emplace(told.fact->item, told.fact->other);
        }
    }
    for (std::size_t before = 0; before != leads_into_.size();) {
        before = leads_into_.size();
        const auto steps = leads_into_;
        for (const auto& [child, middle] : steps) {
            for (const auto& [also_middle, container] : steps) {
                if (middle == also_middle) {
                    leads_into_.emplace(child, container);
                }
            }
        }
    }
}

const ItemStory& Stories::of(graph::ItemId item, Circle circle) {
    const auto key = std::pair(item, circle);
    const auto known = told_.find(key);
    if (known != told_.end()) {
        return known->second;
    }
    ItemStory story;
    story.item = item;
    story.log = log_;
    collect_facts(story);
    join_shipments(story);
    find_stays(story, circle);
    inherit(story, circle);
    find_rides(story, circle);
    unload(story);
    carry_departures(story);
    find_suppliers(story);
    find_implied_arrivals(story);
    find_who_is_accounted_for(story);
    find_transits(story);
    find_where_transits_ended(story);
    return told_.emplace(key, std::move(story)).first->second;
}

void Stories::collect_facts(ItemStory& story) const {
    for (const Told& told : log_->facts()) {
        if (told.fact->item == story.item && is_at_a_position(*told.fact)) {
            story.facts.push_back(&told);
        }
    }
}

const ItemStory* Stories::story_of_container(
    graph::ItemId container, graph::ItemId child, Circle circle
) {
    const bool is_on_a_circle = leads_into_.contains({container, child});
    if (container == child || (is_on_a_circle && circle == Circle::kCut)) {
        return nullptr;
    }
    return &of(container, is_on_a_circle ? Circle::kCut : Circle::kClosed);
}

std::vector<OwnMove> Stories::moves_of_container(
    graph::ItemId container, graph::ItemId child, Circle circle
) {
    const ItemStory* story = story_of_container(container, child, circle);
    return story == nullptr ? std::vector<OwnMove>() : story->moves;
}

// Section 3.2, second half.
void Stories::find_rides(ItemStory& story, Circle circle) {
    const auto departures = of_kind(story.facts, FactKind::kDepart);
    std::vector<OwnMove> rides;
    std::size_t pack_order = 0;
    for (const Stay& stay : story.stays) {
        ++pack_order;
        for (const OwnMove& own : moves_of_container(stay.container(), story.item, circle)) {
            const graph::FlowEvent& leaving = log_->event(own.move.leaving_event);
            const Moment leaves = {own.move.leave, leaving.log_index, 0};
            const bool was_put_in_there = own.is_found && leaves < stay.pack->moment();
            if (was_put_in_there || !possibly_falls_in(stay, own.move.leave, leaving)) {
                continue;
            }
            OwnMove made = ride(stay, own);
            made.pack_order = pack_order;
            const bool ships_itself = std::ranges::any_of(departures, [&](const Told* departure) {
                return departure->index == made.move.leaving_event &&
                       departure->position() == made.move.from && story.is_shipped(*departure);
            });
            if (!ships_itself) {
                rides.push_back(made);
            }
        }
    }
    story.moves.insert(story.moves.end(), rides.begin(), rides.end());
}

// Section 3.1, rule 3; what implied arrivals lack is added where they are found.
void Stories::find_suppliers(ItemStory& story) const {
    for (const Told* arrival : of_kind(story.facts, FactKind::kArrive)) {
        const bool came_by_ride = std::ranges::any_of(story.moves, [&](const OwnMove& own) {
            return story.came_with(*arrival, own);
        });
        if (story.has_shipment(*arrival) || came_by_ride) {
            continue;
        }
        const Fact& fact = *arrival->fact;
        const Position supplier = {story.item, fact.peer_owner, fact.peer_site};
        const bool is_named =
            fact.peer_owner != graph::OperatorId() || fact.peer_site != graph::SiteId();
        if (is_named && supplier != arrival->position()) {
            const auto last = log_->world().is_individual(story.item)
                                  ? previous_position(*log_, story, arrival->moment())
                                  : std::nullopt;
            const bool is_there =
                last.has_value() && *last != arrival->position() &&
                ((fact.peer_owner == last->owner && fact.peer_site == graph::SiteId()) ||
                 (fact.peer_site == last->site && fact.peer_owner == graph::OperatorId()));
            story.moves.push_back(statement(*arrival, is_there ? *last : supplier));
            story.unconfirmed_suppliers.emplace_back(arrival->position(), arrival->index);
        } else {
            story.unknown_suppliers.emplace_back(arrival->position(), arrival->index);
        }
    }
}

// Section 3.3, last paragraph.
void Stories::find_who_is_accounted_for(ItemStory& story) {
    for (const Told* told : story.facts) {
        const FactKind kind = told->fact->kind;
        if (kind == FactKind::kCreate || kind == FactKind::kOutput || kind == FactKind::kArrive ||
            kind == FactKind::kCount) {
            story.accounted_for.insert(told->position());
        }
    }
    for (const OwnMove& own : story.moves) {
        if (own.is_ride()) {
            story.accounted_for.insert(own.move.to);
        }
    }
    for (std::size_t before = 0; before != story.accounted_for.size();) {
        before = story.accounted_for.size();
        for (const OwnMove& own : story.moves) {
            if (own.move.kind == MoveKind::kInferred && own.departure == nullptr &&
                !own.is_turning_up && story.accounted_for.contains(own.move.from)) {
                story.accounted_for.insert(own.move.to);
            }
        }
    }
}

// Section 3.1, in transit: departures joined to nothing, not even a ride or an implied arrival.
void Stories::find_transits(ItemStory& story) {
    for (const Told* departure : of_kind(story.facts, FactKind::kDepart)) {
        const bool is_joined = std::ranges::any_of(story.moves, [&](const OwnMove& own) {
            return own.departure == departure;
        });
        if (is_joined || !story.rides_of_carried(*departure).empty()) {
            continue;
        }
        Move move;
        move.kind = MoveKind::kInTransit;
        move.from = departure->position();
        move.to = {story.item, departure->fact->peer_owner, departure->fact->peer_site};
        move.leave = departure->time();
        move.arrive = departure->time();
        move.is_certain = false;
        move.is_in_transit = true;
        move.leaving_event = departure->index;
        move.arriving_event = departure->index;
        set_quantity(move, quantity_of(*departure->fact));
        OwnMove own = {move, departure};
        own.is_return = departure->fact->is_return;
        story.moves.push_back(own);
    }
}

// Section 3.1: whoever is shipped to at no site said may have it at a site that is named.
void Stories::find_where_transits_ended(ItemStory& story) const {
    if (log_->world().is_individual(story.item)) {
        return;
    }
    std::map<graph::OperatorId, const Told*> first_to;
    for (const Told* departure : of_kind(story.facts, FactKind::kDepart)) {
        const graph::OperatorId owner = departure->fact->peer_owner;
        const bool is_in_transit = std::ranges::any_of(story.moves, [&](const OwnMove& own) {
            return own.departure == departure && own.move.kind == MoveKind::kInTransit;
        });
        if (is_in_transit && owner != graph::OperatorId() &&
            departure->fact->peer_site == graph::SiteId()) {
            first_to.emplace(owner, departure);
        }
    }
    std::map<Position, model::MicrosUtc> ends;
    for (const Told* told : story.facts) {
        const auto [end, is_new] = ends.emplace(told->position(), told->time().last);
        end->second = std::max(end->second, told->time().last);
    }
    for (const auto& [position, last] : ends) {
        const auto first = first_to.find(position.owner);
        if (first == first_to.end() || position.site == graph::SiteId() ||
            last < first->second->time().first) {
            continue;
        }
        Move move;
        move.kind = MoveKind::kInferred;
        move.from = {story.item, position.owner, graph::SiteId()};
        move.to = position;
        move.leave = {first->second->time().first, last};
        move.arrive = move.leave;
        move.is_certain = false;
        move.leaving_event = first->second->index;
        move.arriving_event = first->second->index;
        story.moves.push_back({move});
    }
}

}  // namespace suyuan::property
