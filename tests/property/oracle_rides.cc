// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.2: a container on one side's records, its goods on the other's.

#include <algorithm>
#include <iterator>
#include <tuple>
#include <vector>

#include "graph/fact.h"
#include "tests/property/oracle_item.h"
#include "tests/property/oracle_log.h"
#include "trace/answer.h"

namespace suyuan::property {
namespace {

using graph::FactKind;
using trace::Position;

auto leaving_of(const OwnMove& own) {
    return std::tuple(own.move.leave.first, own.move.leave.last, own.move.leaving_event);
}

// Its destination is what the container's departure says, or where somebody unloaded it.
bool may_be_what_came(const OwnMove& ride, const Told& arrival) {
    const graph::Fact& fact = *arrival.fact;
    const Position& to = ride.move.to;
    const bool is_there = ride.unloaded_by.empty() ? agree_where_known(to.owner, fact.owner) &&
                                                         agree_where_known(to.site, fact.site)
                                                   : to == arrival.position();
    return is_there && ride.move.from != arrival.position() &&
           agree_where_known(fact.peer_owner, ride.move.from.owner) &&
           agree_where_known(fact.peer_site, ride.move.from.site) &&
           possibly_in_order(ride.move.leave, arrival.time());
}

bool may_be_what_left(const OwnMove& ride, const Told& departure) {
    const graph::Fact& fact = *departure.fact;
    return ride.move.from == departure.position() &&
           agree_where_known(fact.peer_owner, ride.move.to.owner) &&
           agree_where_known(fact.peer_site, ride.move.to.site) &&
           possibly_in_order(departure.time(), ride.move.leave);
}

}  // namespace

void Stories::unload(ItemStory& story) {
    std::vector<const Told*> arrivals;
    for (const Told* arrival : of_kind(story.facts, FactKind::kArrive)) {
        const bool came_by_ride = std::ranges::any_of(story.moves, [&](const OwnMove& own) {
            return story.came_with(*arrival, own);
        });
        if (!story.has_shipment(*arrival) && !came_by_ride) {
            arrivals.push_back(arrival);
        }
    }
    std::vector<OwnMove*> open;
    for (OwnMove& own : story.moves) {
        const bool is_met = std::ranges::any_of(story.facts, [&](const Told* told) {
            return told->fact->kind == FactKind::kArrive && story.came_with(*told, own);
        });
        if (own.is_ride() && own.move.is_in_transit && !is_met) {
            open.push_back(&own);
        }
    }
    for (const Told* arrival : arrivals) {
        std::vector<OwnMove*> fitting;
        std::ranges::copy_if(open, std::back_inserter(fitting), [&](const OwnMove* own) {
            return may_be_what_came(*own, *arrival);
        });
        const auto last = std::ranges::max_element(fitting, {}, [](const OwnMove* own) {
            return leaving_of(*own);
        });
        if (last == fitting.end()) {
            continue;
        }
        const auto leaving = leaving_of(**last);
        for (OwnMove* own : fitting) {
            if (leaving_of(*own) != leaving) {
                continue;
            }
            if (own->unloaded_by.empty()) {
                own->move.to = arrival->position();
                own->move.arrive = arrival->time();
                own->move.arriving_event = arrival->index;
                own->move.is_in_transit = false;
            }
            own->unloaded_by.insert(arrival);
        }
    }
}

void Stories::carry_departures(ItemStory& story) {
    std::vector<OwnMove*> open;
    for (OwnMove& own : story.moves) {
        const bool is_told = std::ranges::any_of(story.facts, [&](const Told* told) {
            return told->fact->kind == FactKind::kDepart &&
                   std::ranges::count(story.rides_of_carried(*told), &own) > 0;
        });
        if (own.is_by_statement && !is_told) {
            open.push_back(&own);
        }
    }
    for (const Told* departure : of_kind(story.facts, FactKind::kDepart)) {
        if (story.is_shipped(*departure) || !story.rides_of_carried(*departure).empty()) {
            continue;
        }
        std::vector<OwnMove*> fitting;
        std::ranges::copy_if(open, std::back_inserter(fitting), [&](const OwnMove* own) {
            return may_be_what_left(*own, *departure);
        });
        const auto first = std::ranges::min_element(fitting, {}, [](const OwnMove* own) {
            return leaving_of(*own);
        });
        if (first == fitting.end()) {
            continue;
        }
        const auto leaving = leaving_of(**first);
        for (OwnMove* own : fitting) {
            if (leaving_of(*own) == leaving) {
                own->carries.insert(departure);
            }
        }
    }
}

}  // namespace suyuan::property
