// SPDX-License-Identifier: Apache-2.0

#include "trace/ways.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "trace/answer.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {

Ways::Ways(const ItemFlow& flow, const View& view) {
    const auto note = [&](const graph::Fact& fact) {
        if (is_handling(fact.kind)) {
            handled_.push_back({fact.owner, fact.site});
        }
    };
    for (const TimedFact& fact : flow.facts) {
        note(fact.fact);
    }
    view.visit_facts(
        graph::Chain::kOther,
        flow.item.value(),
        [&](const graph::FactRow& row, graph::FactIndex) { note(row.fact); }
    );
    sort_unique(handled_);
    for (const FlowMove& entry : flow.moves) {
        if (entry.move.kind == MoveKind::kShipment && entry.arriving_fact != kNone) {
            ways_.emplace_back(
                flow.facts[entry.leaving_fact].key, flow.facts[entry.arriving_fact].key
            );
        }
    }
    std::ranges::sort(ways_);
    for (std::size_t next = 1; next < ways_.size(); ++next) {
        ways_[next].second = std::max(ways_[next].second, ways_[next - 1].second);
    }
}

bool Ways::was_handled_at(const Spot& spot) const {
    return std::ranges::binary_search(handled_, spot);
}

bool Ways::lead_past(const TimeKey& seen) const {
    const auto later = std::ranges::lower_bound(ways_, seen, {}, &Way::first);
    return later != ways_.begin() && seen < std::prev(later)->second;
}

}  // namespace suyuan::trace
