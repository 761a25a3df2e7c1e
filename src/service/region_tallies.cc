// SPDX-License-Identifier: Apache-2.0

#include "service/region_tallies.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include "graph/fact.h"
#include "service/named_answer.h"
#include "trace/answer.h"

namespace suyuan::service {

RegionTallies region_tallies(const NamedAnswer& named) {
    std::map<std::string, RegionTally> tallies;
    for (const PartKind kind : {PartKind::kForward, PartKind::kBack}) {
        const trace::Part* const part = named.part(kind);
        if (part == nullptr) {
            continue;
        }
        for (const trace::ReachedPosition& reached : part->positions) {
            RegionTally& tally = tallies[named.names.region_of(reached.position)];
            if (tally.positions.insert(reached.position).second) {
                tally.operators.insert(reached.position.owner);
                tally.sites.insert(reached.position.site);
                tally.blocked += reached.stock.is_blocked ? 1 : 0;
            }
        }
    }
    for (auto& [code, tally] : tallies) {
        tally.operators.erase(graph::OperatorId());
        tally.sites.erase(graph::SiteId());
    }
    RegionTallies sorted(tallies.begin(), tallies.end());
    std::ranges::stable_sort(sorted, std::ranges::greater(), [](const auto& entry) {
        return entry.second.positions.size();
    });
    return sorted;
}

}  // namespace suyuan::service
