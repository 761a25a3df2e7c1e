// SPDX-License-Identifier: Apache-2.0

#include "trace/ways.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "base/sort_unique.h"
#include "graph/fact.h"
#include "trace/answer.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {

Ways::Ways(const ItemFlow& flow, const View& view) : flow_(flow), view_(view) {
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

bool Ways::was_handled_at(const Spot& spot) {
    if (!handled_) {
        handled_.emplace();
        visit_handlings(
            view_,
            flow_.item,
            flow_.facts,
            [&](const graph::Fact& fact, const TimeKey&) {
                handled_->push_back({fact.owner, fact.site});
            }
        );
        sort_unique(*handled_);
    }
    return std::ranges::binary_search(*handled_, spot);
}

bool Ways::lead_past(const TimeKey& seen) const {
    const auto later = std::ranges::lower_bound(ways_, seen, {}, &Way::first);
    return later != ways_.begin() && seen < std::prev(later)->second;
}

}  // namespace suyuan::trace
