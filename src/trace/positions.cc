// SPDX-License-Identifier: Apache-2.0

#include "trace/positions.h"

#include <cstdint>

#include "graph/fact.h"
#include "trace/answer.h"
#include "trace/item_flow.h"

namespace suyuan::trace {

std::uint32_t Positions::touch(graph::ItemId item) {
    const auto place = static_cast<std::uint32_t>(items_.size());
    const std::uint32_t known = place_of_item_.insert(item.value(), place);
    if (known != place) {
        return known;
    }
    const ItemFlow& flow = flows_.of(item);
    items_.push_back({&flow, static_cast<NodeIndex>(nodes_.size())});
    for (std::uint32_t spot = 0; spot < flow.spots.size(); ++spot) {
        const Spot& here = flow.spots[spot].spot;
        nodes_.push_back({{item, here.owner, here.site}, place, spot});
    }
    return place;
}

NodeIndex Positions::of(const Position& position) {
    const std::uint32_t item = touch(position.item);
    const std::uint32_t spot = items_[item].flow->place_of(trace::spot_of(position));
    if (spot != kNone) {
        return items_[item].first_node + spot;
    }
    const auto [known, is_new] =
        elsewhere_.try_emplace(position, static_cast<NodeIndex>(nodes_.size()));
    if (is_new) {
        nodes_.push_back({position, item, kNone});
    }
    return known->second;
}

}  // namespace suyuan::trace
