// SPDX-License-Identifier: Apache-2.0

#include "trace/whereabouts.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <utility>
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
        if (entry.move.kind != MoveKind::kInferred) {
            ways_.emplace_back(spot_of(entry.move.from), spot_of(entry.move.to));
        }
    }
    std::ranges::sort(ride_arrivals_);
    std::ranges::sort(ways_);
}

std::optional<Whereabouts::Stop> Whereabouts::last_fact(
    const TimeKey& moment, const std::function<bool(const Stop&)>& counts
) const {
    const std::vector<TimedFact>& facts = draft_.flow.facts;
    auto fact = std::ranges::lower_bound(facts, moment, {}, &TimedFact::key);
    while (fact != facts.begin()) {
        --fact;
        const Stop stop = {fact->key, spot_of(fact->position())};
        if (is_at_position(fact->fact.kind) && counts(stop)) {
            return stop;
        }
    }
    return std::nullopt;
}

std::optional<Whereabouts::Stop> Whereabouts::last_ride(
    const TimeKey& moment, const std::function<bool(const Stop&)>& counts
) const {
    auto ride = std::ranges::lower_bound(ride_arrivals_, moment, {}, &Stop::key);
    while (ride != ride_arrivals_.begin()) {
        --ride;
        if (counts(*ride)) {
            return *ride;
        }
    }
    return std::nullopt;
}

std::optional<Spot> Whereabouts::before(const TimeKey& moment) const {
    const auto any = [](const Stop&) { return true; };
    const std::optional<Stop> last = std::max(last_fact(moment, any), last_ride(moment, any));
    return last ? std::optional(last->spot) : std::nullopt;
}

std::vector<Spot> Whereabouts::reached_from(const Spot& here) const {
    std::set<Spot> reached = {here};
    std::vector<Spot> waiting = {here};
    while (!waiting.empty()) {
        const Spot from = waiting.back();
        waiting.pop_back();
        for (const auto& way :
             std::ranges::equal_range(ways_, from, {}, &std::pair<Spot, Spot>::first)) {
            if (!draft_.work.step()) {
                return {};
            }
            if (reached.insert(way.second).second) {
                waiting.push_back(way.second);
            }
        }
    }
    reached.erase(here);
    return {reached.begin(), reached.end()};
}

std::optional<Spot> Whereabouts::before_first_use(const Spot& here, const TimeKey& use) const {
    std::optional<std::vector<Spot>> reached;  // once it is asked for
    const auto counts = [&](const Stop& stop) {
        if (stop.key.last <= use.first || !draft_.work.step()) {
            return true;
        }
        if (!reached) {
            reached = reached_from(here);
        }
        return !std::ranges::binary_search(*reached, stop.spot);
    };
    const std::optional<Stop> last = std::max(last_fact(use, counts), last_ride(use, counts));
    return last && !draft_.work.is_over() ? std::optional(last->spot) : std::nullopt;
}

}  // namespace suyuan::trace
