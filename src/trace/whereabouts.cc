// SPDX-License-Identifier: Apache-2.0

#include "trace/whereabouts.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include "trace/answer.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {

Whereabouts::Whereabouts(const Draft& draft) : draft_(draft) {
    for (const FlowMove& entry : draft.flow.moves) {
        if (entry.move.kind == MoveKind::kRide) {
            ride_arrivals_.push_back(
                {key_of_ride(entry.move.arrive, entry.move.arriving_event), spot_of(entry.move.to)}
            );
        }
    }
    std::ranges::sort(ride_arrivals_);
}

std::optional<Spot> Whereabouts::before(const TimeKey& moment) const {
    std::optional<Stop> last;
    const std::vector<TimedFact>& facts = draft_.flow.facts;
    auto fact = std::ranges::lower_bound(facts, moment, {}, &TimedFact::key);
    while (fact != facts.begin() && !last) {
        --fact;
        if (is_at_position(fact->fact.kind)) {
            last = Stop{fact->key, spot_of(fact->position())};
        }
    }
    const auto ride = std::ranges::lower_bound(ride_arrivals_, moment, {}, &Stop::key);
    if (ride != ride_arrivals_.begin()) {
        last = std::max(last, std::optional(*std::prev(ride)));
    }
    return last ? std::optional(last->spot) : std::nullopt;
}

}  // namespace suyuan::trace
