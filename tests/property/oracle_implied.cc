// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.3, implied arrivals.

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/oracle_item.h"
#include "tests/property/oracle_log.h"
#include "trace/answer.h"

namespace suyuan::property {
namespace {

using graph::Fact;
using graph::FactKind;
using trace::Move;
using trace::MoveKind;
using trace::Position;

struct Use {
    Moment moment;
    graph::EventIndex event = 0;
};

bool is_ground(FactKind kind) {
    return kind == FactKind::kCreate || kind == FactKind::kOutput || kind == FactKind::kArrive;
}

bool is_use(FactKind kind) {
    return kind == FactKind::kDepart || kind == FactKind::kInput || kind == FactKind::kSink ||
           kind == FactKind::kSight || kind == FactKind::kCount || kind == FactKind::kPack ||
           kind == FactKind::kPartOf;
}

std::vector<Use> uses_at(const Log& log, const ItemStory& story, const Position& position) {
    std::vector<Use> uses;
    for (const Told* told : story.facts) {
        if (is_use(told->fact->kind) && told->position() == position) {
            uses.push_back({told->moment(), told->index});
        }
    }
    for (const OwnMove& own : story.moves) {
        if (own.is_stated() && own.move.from == position) {
            uses.push_back({own.arrival->moment(), own.move.leaving_event});
        }
        if (own.is_ride() && own.move.from == position) {
            const graph::EventIndex event = own.move.leaving_event;
            uses.push_back({{own.move.leave, log.event(event).log_index, 0}, event});
        }
    }
    return uses;
}

// The times of the grounds.
std::vector<model::TimeInterval> grounds_at(const ItemStory& story, const Position& position) {
    std::vector<model::TimeInterval> times;
    for (const Told* told : story.facts) {
        if (is_ground(told->fact->kind) && told->position() == position &&
            !story.has_shipment(*told)) {
            times.push_back(told->time());
        }
    }
    for (const OwnMove& own : story.moves) {
        if (own.move.to == position) {  // shipments, stated moves and rides; nothing else yet
            times.push_back(own.move.arrive);
        }
    }
    return times;
}

bool owner_is_unstated(const ItemStory& story, const Position& position) {
    const bool is_named_by_a_receiver = position.owner != graph::OperatorId() &&
                                        std::ranges::any_of(story.moves, [&](const OwnMove& own) {
                                            return own.is_stated() && own.move.from == position;
                                        });
    return !is_named_by_a_receiver && std::ranges::none_of(story.facts, [&](const Told* told) {
        const FactKind kind = told->fact->kind;
        return told->position() == position && (is_ground(kind) || is_use(kind)) &&
               told->fact->owner_is_stated;
    });
}

std::set<Position> positions_with_ground_or_use(const Log& log, const ItemStory& story) {
    std::set<Position> found;
    for (const Position& position : story.positions()) {
        if (!uses_at(log, story, position).empty() || !grounds_at(story, position).empty()) {
            found.insert(position);
        }
    }
    return found;
}

std::vector<ImpliedArrival> implied_arrivals(const Log& log, const ItemStory& story) {
    std::vector<ImpliedArrival> implied;
    for (const Position& position : positions_with_ground_or_use(log, story)) {
        const auto uses = uses_at(log, story, position);
        const auto first = std::ranges::min_element(uses, [](const Use& a, const Use& b) {
            return a.moment < b.moment;
        });
        if (first == uses.end()) {
            continue;
        }
        const auto grounds = grounds_at(story, position);
        const bool comes_before_all =
            std::ranges::all_of(grounds, [&](const model::TimeInterval& ground) {
                return first->moment.time.last < ground.first;
            });
        if (comes_before_all) {
            implied.push_back({position, first->moment, first->event});
        }
    }
    std::ranges::sort(implied, [](const ImpliedArrival& a, const ImpliedArrival& b) {
        return std::tuple(a.first_use.key(), a.position) <
               std::tuple(b.first_use.key(), b.position);
    });
    return implied;
}

OwnMove inferred(const Position& from, const ImpliedArrival& arrival) {
    Move move;
    move.kind = MoveKind::kInferred;
    move.from = from;
    move.to = arrival.position;
    move.leave = arrival.first_use.time;
    move.arrive = arrival.first_use.time;
    move.is_certain = false;
    move.leaving_event = arrival.event;
    move.arriving_event = arrival.event;
    OwnMove own = {move};
    own.is_found = true;
    return own;
}

// Step 1: the last departure that nobody received and that can have come here.
const Told* departure_for(const ItemStory& story, const ImpliedArrival& arrival) {
    const Told* last = nullptr;
    for (const Told* told : story.facts) {
        const Fact& fact = *told->fact;
        if (fact.kind != FactKind::kDepart) {
            continue;
        }
        const bool is_joined = !story.rides_of_carried(*told).empty() ||
                               std::ranges::any_of(story.moves, [&](const OwnMove& own) {
                                   return own.departure == told;
                               });
        const bool is_for_here =
            agree_where_known(fact.peer_owner, arrival.position.owner) ||
            (owner_is_unstated(story, arrival.position) &&
             arrival.position.site != graph::SiteId() && fact.peer_site == arrival.position.site);
        if (!is_joined && told->index != arrival.event && told->position() != arrival.position &&
            is_for_here && agree_where_known(fact.peer_site, arrival.position.site) &&
            possibly_in_order(told->time(), arrival.first_use.time)) {
            last = told;
        }
    }
    return last;
}

OwnMove inferred_shipment(const Told& departure, const ImpliedArrival& arrival) {
    OwnMove own = inferred(departure.position(), arrival);
    own.move.leave = departure.time();
    own.move.leaving_event = departure.index;
    own.move.has_quantity = departure.fact->has_quantity;
    if (departure.fact->has_quantity) {
        own.move.unit = departure.fact->unit;
        own.move.millionths = departure.fact->millionths;
    }
    own.departure = &departure;
    own.is_return = departure.fact->is_return;
    own.is_found = false;
    return own;
}

// Step 2: other owners at the same site, where who owns is said by nobody.
std::vector<Position> same_site(
    const Log& log, const ItemStory& story, const ImpliedArrival& arrival
) {
    std::vector<Position> found;
    const Position& here = arrival.position;
    if (here.site == graph::SiteId()) {
        return found;
    }
    const auto is_early = [&](const model::TimeInterval& time) {
        return time.first <= arrival.first_use.time.last;
    };
    for (const Position& other : positions_with_ground_or_use(log, story)) {
        if (other == here || other.site != here.site ||
            (!owner_is_unstated(story, here) && !owner_is_unstated(story, other))) {
            continue;
        }
        const auto uses = uses_at(log, story, other);
        if (std::ranges::any_of(grounds_at(story, other), is_early) ||
            std::ranges::any_of(uses, [&](const Use& use) { return is_early(use.moment.time); })) {
            found.push_back(other);
        }
    }
    return found;
}

// Section 3.3, "one owner, site unsaid".
bool may_be_one(const Position& a, const Position& b) {
    const auto is_anybodys = [](const Position& position) {
        return position.owner == graph::OperatorId() && position.site == graph::SiteId();
    };
    const bool is_site_unsaid = a.site == graph::SiteId() || b.site == graph::SiteId();
    return is_anybodys(a) || is_anybodys(b) ||
           (a.owner == b.owner && a.owner != graph::OperatorId() && is_site_unsaid);
}

// Another position that may be the same, and when it first had or used something.
struct Other {
    Position position;
    model::MicrosUtc first = 0;
};

// The other positions that may be one with it, with what they had up to a moment.
std::vector<Other> others_that_may_be_one(
    const Log& log, const ItemStory& story, const Position& here, model::MicrosUtc until
) {
    std::vector<Other> found;
    if (log.world().is_individual(here.item)) {
        return found;
    }
    for (const Position& other : story.positions()) {
        if (other == here || !may_be_one(other, here)) {
            continue;
        }
        std::vector<model::MicrosUtc> moments;
        for (const Use& use : uses_at(log, story, other)) {
            moments.push_back(use.moment.time.first);
        }
        for (const Told* told : story.facts) {
            if (told->position() == other && is_ground(told->fact->kind)) {
                const bool is_of_itself = std::ranges::any_of(story.moves, [&](const auto& own) {
                    return own.is_stated() && own.arrival == told &&
                           told->fact->peer_owner == told->fact->owner;
                });
                if (!is_of_itself && !story.has_shipment(*told)) {
                    moments.push_back(told->time().first);
                }
            }
        }
        for (const OwnMove& own : story.moves) {
            if (own.move.to == other && !own.is_stated()) {
                moments.push_back(own.move.arrive.first);
            }
        }
        const auto first = std::ranges::min_element(moments);
        if (first != moments.end() && *first <= until) {
            found.push_back({other, *first});
        }
    }
    return found;
}

// When p is used for the last time, at the latest.
model::MicrosUtc last_use_at(const Log& log, const ItemStory& story, const Position& position) {
    model::MicrosUtc last = model::kBeginningOfTime;
    for (const Use& use : uses_at(log, story, position)) {
        last = std::max(last, use.moment.time.last);
    }
    return last;
}

// Other positions to which it came from one, in steps, by what is recorded.
std::set<Position> came_from(const ItemStory& story, const Position& position) {
    std::set<Position> found = {position};
    std::size_t before = 0;
    while (before != found.size()) {
        before = found.size();
        for (const OwnMove& own : story.moves) {
            if (found.contains(own.move.from)) {
                found.insert(own.move.to);
            }
        }
    }
    found.erase(position);
    return found;
}

}  // namespace

// Step 3: where the thing was last.
std::optional<Position> previous_position(
    const Log& log, const ItemStory& story, const Moment& before, const std::set<Position>& after
) {
    using Candidate = std::tuple<Moment, Position>;
    std::optional<Candidate> last;
    const auto consider = [&](const Moment& moment, const Position& position) {
        const Candidate candidate(moment, position);
        const bool is_certain = moment.time.last <= before.time.first;
        if (!is_certain && after.contains(position)) {
            return;
        }
        if (moment < before && (!last.has_value() || *last < candidate)) {
            last = candidate;
        }
    };
    for (const Told* told : story.facts) {
        consider(told->moment(), told->position());
    }
    for (const OwnMove& own : story.moves) {
        if (own.is_ride()) {
            const auto log_index = log.event(own.move.arriving_event).log_index;
            consider({own.move.arrive, log_index, 0}, own.move.to);
        }
    }
    return last.has_value() ? std::optional(std::get<Position>(*last)) : std::nullopt;
}

namespace {

// Where a lot was made, and since when.
std::map<Position, model::MicrosUtc> places_of_birth(const ItemStory& story) {
    std::map<Position, model::MicrosUtc> made;
    for (const Told* told : story.facts) {
        if (told->fact->kind == FactKind::kCreate || told->fact->kind == FactKind::kOutput) {
            const auto [root, is_new] = made.emplace(told->position(), told->time().first);
            root->second = std::min(root->second, told->time().first);
        }
    }
    return made;
}

// Section 3.3, "a lot that turns up"; `before`: the story without implied arrivals.
void add_turning_up(const ItemStory& before, ItemStory& story) {
    using Stray = std::tuple<Position, model::MicrosUtc, model::MicrosUtc, graph::EventIndex>;
    std::set<Stray> strays;
    for (const auto& [position, event] : story.unknown_suppliers) {
        for (const ImpliedArrival& arrival : story.implied) {
            if (arrival.position == position && arrival.event == event &&
                grounds_at(before, position).empty()) {
                const model::TimeInterval& time = arrival.first_use.time;
                strays.emplace(position, time.first, time.last, event);
            }
        }
        for (const Told* told : story.facts) {
            const bool is_alone = std::ranges::none_of(before.moves, [&](const OwnMove& own) {
                return own.arrival == told || before.came_with(*told, own);
            });
            if (told->fact->kind == FactKind::kArrive && told->position() == position &&
                told->index == event && is_alone) {
                strays.emplace(position, told->time().first, told->time().last, event);
            }
        }
    }
    auto roots = places_of_birth(before);
    if (roots.empty() && !strays.empty()) {
        const auto earliest = std::ranges::min_element(strays, {}, [](const Stray& stray) {
            return std::tuple(std::get<1>(stray), std::get<Position>(stray));
        });
        roots.emplace(std::get<Position>(*earliest), std::get<1>(*earliest));
    }
    for (const auto& [position, first, last, event] : strays) {
        for (const auto& [root, since] : roots) {
            if (root == position || since > last) {
                continue;
            }
            Move move;
            move.kind = MoveKind::kInferred;
            move.from = root;
            move.to = position;
            move.leave = {first, last};
            move.arrive = move.leave;
            move.is_certain = false;
            move.leaving_event = event;
            move.arriving_event = event;
            OwnMove own = {move};
            own.is_turning_up = true;
            story.moves.push_back(own);
        }
    }
}

bool was_handled_at(const Log& log, const ItemStory& story, const Position& position) {
    const auto is_there = [&](const Fact& fact) {
        return is_handling(fact.kind) && fact.owner == position.owner && fact.site == position.site;
    };
    return std::ranges::any_of(
               story.facts, [&](const Told* told) { return is_there(*told->fact); }
           ) ||
           std::ranges::any_of(log.facts(), [&](const Told& told) {
               return told.fact->other == story.item && is_there(*told.fact);
           });
}

bool is_seen_on_its_way(const ItemStory& story, const Moment& seen) {
    return std::ranges::any_of(story.moves, [&](const OwnMove& own) {
        return own.departure != nullptr && own.arrival != nullptr &&
               own.departure->moment() < seen && seen < own.arrival->moment();
    });
}

}  // namespace

void Stories::find_implied_arrivals(ItemStory& story) const {
    // Found on the story without the moves that they bring, then joined in their order.
    const ItemStory before = story;
    story.implied = implied_arrivals(*log_, before);
    std::set<Position> by_steps;                       // what steps 1 and 2 found something for
    std::map<Position, std::set<Position>> by_others;  // who explains whom
    for (ImpliedArrival& arrival : story.implied) {
        const Position& here = arrival.position;
        const model::MicrosUtc last_use = last_use_at(*log_, before, here);
        for (const Other& other : others_that_may_be_one(*log_, before, here, last_use)) {
            OwnMove made = inferred(other.position, arrival);
            made.move.leave.last = last_use;
            made.move.arrive = made.move.leave;
            story.moves.push_back(made);
            if (other.first <= arrival.first_use.time.last) {
                by_others[here].insert(other.position);
            }
        }
        if (const Told* departure = departure_for(story, arrival); departure != nullptr) {
            story.moves.push_back(inferred_shipment(*departure, arrival));
            by_steps.insert(here);
            continue;
        }
        if (const auto others = same_site(*log_, before, arrival); !others.empty()) {
            for (const Position& other : others) {
                story.moves.push_back(inferred(other, arrival));
            }
            by_steps.insert(here);
            continue;
        }
        if (log_->world().is_individual(story.item)) {
            const auto previous =
                previous_position(*log_, before, arrival.first_use, came_from(before, here));
            if (previous.has_value() && *previous != here) {
                OwnMove made = inferred(*previous, arrival);
                made.is_passing = is_seen_on_its_way(before, arrival.first_use) &&
                                  !was_handled_at(*log_, before, here);
                story.moves.push_back(made);
                continue;
            }
        }
        if (by_others[here].empty()) {
            arrival.is_one_from_nowhere = log_->world().is_individual(story.item);
            story.unknown_suppliers.emplace_back(here, arrival.event);
        }
    }
    for (const ImpliedArrival& arrival : story.implied) {
        const Position& here = arrival.position;
        const auto& who = by_others[here];
        const bool explain_each_other = std::ranges::all_of(who, [&](const Position& other) {
            return by_others[other].contains(here) && !by_steps.contains(other);
        });
        if (here.site == graph::SiteId() && !by_steps.contains(here) && !who.empty() &&
            explain_each_other) {
            story.unknown_suppliers.emplace_back(here, arrival.event);
        }
    }
    if (log_->world().is_lot(story.item)) {
        add_turning_up(before, story);
    }
}

}  // namespace suyuan::property
