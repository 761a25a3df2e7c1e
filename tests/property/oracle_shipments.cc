// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.1, rules 1 and 2: which receipt belongs to which shipment.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <vector>

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

bool are_linked(const Told& departure, const Told& arrival) {
    return share_a_linking_paper(*departure.event, *arrival.event);
}

bool is_known_and(graph::SiteId said, graph::SiteId site) {
    return site != graph::SiteId() && said == site;
}

// An owner that is not stated may keep what is another's.
bool fit(const Told& departure, const Told& arrival) {
    const Fact& d = *departure.fact;
    const Fact& a = *arrival.fact;
    const bool names_no_destination =
        d.peer_owner == graph::OperatorId() && d.peer_site == graph::SiteId();
    const bool names_no_origin =
        a.peer_owner == graph::OperatorId() && a.peer_site == graph::SiteId();
    const bool are_tied = are_linked(departure, arrival);
    const bool is_for_receiver =
        agree_where_known(d.peer_owner, a.owner) ||
        (!a.owner_is_stated && (are_tied || is_known_and(d.peer_site, a.site)));
    const bool is_from_sender =
        agree_where_known(a.peer_owner, d.owner) ||
        (!d.owner_is_stated && (are_tied || is_known_and(a.peer_site, d.site)));
    return departure.index != arrival.index && is_for_receiver && is_from_sender &&
           agree_where_known(d.peer_site, a.site) && agree_where_known(a.peer_site, d.site) &&
           !(names_no_destination && names_no_origin && departure.position() == arrival.position());
}

// Section 3.1, rule 2: the tolerance of clocks.
constexpr std::int64_t kTwoHours = std::int64_t{2} * 60 * 60 * 1'000'000;

bool name_each_other(const Told& departure, const Told& arrival) {
    const graph::OperatorId sender = departure.fact->owner;
    const graph::OperatorId receiver = arrival.fact->owner;
    return sender != graph::OperatorId() && receiver != graph::OperatorId() &&
           departure.fact->peer_owner == receiver && arrival.fact->peer_owner == sender;
}

// In [moment, moment + tolerance].
bool is_soon(model::MicrosUtc later, model::MicrosUtc moment) {
    return later >= moment &&
           (moment > model::kEndOfTime - kTwoHours || later <= moment + kTwoHours);
}

bool have_same_quantity(const Told& departure, const Told& arrival) {
    return departure.fact->has_quantity && arrival.fact->has_quantity &&
           departure.fact->unit == arrival.fact->unit &&
           departure.fact->millionths == arrival.fact->millionths;
}

// `choosing`: the arrivals that no paper joins.
bool left_soon_after(
    const Told& departure, const Told& arrival, const std::vector<const Told*>& choosing
) {
    return fit(departure, arrival) && name_each_other(departure, arrival) &&
           departure.time().first > arrival.time().last &&
           is_soon(departure.time().first, arrival.time().last) &&
           std::ranges::none_of(choosing, [&](const Told* other) {
               return other != &arrival && fit(departure, *other) &&
                      name_each_other(departure, *other) &&
                      is_soon(other->time().first, departure.time().first);
           });
}

OwnMove shipment(const Told& departure, const Told& arrival) {
    Move move;
    move.kind = MoveKind::kShipment;
    move.from = departure.position();
    move.to = arrival.position();
    move.leave = departure.time();
    move.is_skewed = are_linked(departure, arrival) && arrival.time().last < departure.time().first;
    move.arrive = move.is_skewed ? departure.time() : arrival.time();
    move.leaving_event = departure.index;
    move.arriving_event = arrival.index;
    set_quantity(move, quantity_of(arrival.fact->has_quantity ? *arrival.fact : *departure.fact));
    OwnMove own = {move, &departure, &arrival};
    own.is_return = departure.fact->is_return;
    return own;
}

OwnMove shipment_by_skewed_clocks(const Told& departure, const Told& arrival) {
    OwnMove own = shipment(departure, arrival);
    own.move.is_skewed = true;
    own.move.is_certain = false;
    own.move.leave = {arrival.time().first, departure.time().last};
    own.move.arrive = own.move.leave;
    return own;
}

// Zero where nothing is known in that unit.
std::int64_t amount(const graph::Fact& fact, graph::UnitId unit) {
    const bool is_known = fact.has_quantity && fact.unit == unit && fact.millionths > 0;
    return is_known ? fact.millionths : 0;
}

}  // namespace

// Section 3.1, rules 1 and 2.
void Stories::join_shipments(ItemStory& story) {
    const auto departures = of_kind(story.facts, FactKind::kDepart);
    const auto arrivals = of_kind(story.facts, FactKind::kArrive);
    const auto is_linked = [](const Told* told, const std::vector<const Told*>& others) {
        return std::ranges::any_of(others, [&](const Told* other) {
            const bool departs = told->fact->kind == FactKind::kDepart;
            const Told& departure = departs ? *told : *other;
            const Told& arrival = departs ? *other : *told;
            return fit(departure, arrival) && are_linked(departure, arrival);
        });
    };
    std::vector<const Told*> choosing;
    std::ranges::copy_if(arrivals, std::back_inserter(choosing), [&](const Told* arrival) {
        return !is_linked(arrival, departures);
    });
    std::set<const Told*> chosen;
    for (const Told* arrival : arrivals) {
        bool has_linked = false;
        for (const Told* departure : departures) {
            if (fit(*departure, *arrival) && are_linked(*departure, *arrival)) {
                story.moves.push_back(shipment(*departure, *arrival));
                has_linked = true;
            }
        }
        if (has_linked) {
            continue;
        }
        std::vector<const Told*> open;  // oldest first
        for (const Told* departure : departures) {
            if (fit(*departure, *arrival) && !is_linked(departure, arrivals) &&
                possibly_in_order(departure->time(), arrival->time())) {
                open.push_back(departure);
            }
        }
        const Told* const last = open.empty() ? nullptr : open.back();
        std::erase_if(open, [&](const Told* departure) { return chosen.contains(departure); });
        if (open.empty()) {
            const auto late = std::ranges::find_if(departures, [&](const Told* departure) {
                return !is_linked(departure, arrivals) && !chosen.contains(departure) &&
                       left_soon_after(*departure, *arrival, choosing) &&
                       (last == nullptr || have_same_quantity(*departure, *arrival));
            });
            if (late != departures.end()) {
                chosen.insert(*late);
                story.moves.push_back(shipment_by_skewed_clocks(**late, *arrival));
                continue;
            }
            if (last == nullptr) {
                continue;
            }
            open.push_back(last);
        }
        std::int64_t missing = amount(*arrival->fact, arrival->fact->unit);
        do {
            const Told* const departure = open.back();
            open.pop_back();
            chosen.insert(departure);
            story.moves.push_back(shipment(*departure, *arrival));
            const std::int64_t brought = amount(*departure->fact, arrival->fact->unit);
            missing = missing > 0 && brought > 0 ? missing - brought : 0;
        } while (!open.empty() && missing > 0 &&
                 amount(*open.back()->fact, arrival->fact->unit) > 0 &&
                 2 * missing >= amount(*open.back()->fact, arrival->fact->unit));
    }
}

}  // namespace suyuan::property
