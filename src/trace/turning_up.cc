// SPDX-License-Identifier: Apache-2.0

#include "trace/turning_up.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "model/instant.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;

// Where a lot was made, or first seen, and since when.
struct Root {
    Spot spot;
    model::MicrosUtc first = 0;
};

// By spot.
std::vector<Root> places_of_birth(const Draft& draft) {
    std::vector<Root> found;
    for (const TimedFact& fact : draft.flow.facts) {
        if (fact.fact.kind == FactKind::kCreate || fact.fact.kind == FactKind::kOutput) {
            found.push_back({spot_of(fact.position()), fact.key.first});
        }
    }
    std::ranges::sort(found, {}, [](const Root& root) { return std::pair(root.spot, root.first); });
    const auto repeated = std::ranges::unique(found, {}, &Root::spot);
    found.erase(repeated.begin(), repeated.end());
    return found;
}

}  // namespace

void add_ways_untold(Draft& draft, std::vector<Stray> strays) {
    for (const Draft::Arrival& arrival : draft.arrivals) {
        if (!arrival.is_joined && !arrival.came_with_ride && !arrival.is_stated) {
            const TimedFact& fact = draft.fact_of(arrival);
            strays.push_back({spot_of(fact.position()), fact.time(), fact.event()});
        }
    }
    if (strays.empty()) {
        return;
    }
    const auto key = [](const Stray& stray) {
        return std::tuple(stray.spot, stray.time.first, stray.time.last, stray.event);
    };
    std::ranges::sort(strays, {}, key);
    const auto repeated = std::ranges::unique(strays, {}, key);
    strays.erase(repeated.begin(), repeated.end());
    std::vector<Root> roots = places_of_birth(draft);
    if (roots.empty()) {
        const auto first = std::ranges::min_element(strays, {}, [](const Stray& stray) {
            return std::pair(stray.time.first, stray.spot);
        });
        roots.push_back({first->spot, first->time.first});
    }
    for (const Stray& stray : strays) {
        for (const Root& root : roots) {
            if (!draft.work.step()) {
                return;
            }
            if (root.spot != stray.spot && root.first <= stray.time.last) {
                draft.add(
                    inferred_move(draft.flow.item, root.spot, stray.spot, stray.time, stray.event)
                );
            }
        }
    }
}

}  // namespace suyuan::trace
