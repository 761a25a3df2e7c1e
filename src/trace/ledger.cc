// SPDX-License-Identifier: Apache-2.0

#include "trace/ledger.h"

#include <cstdint>

#include "trace/account.h"
#include "trace/item_flow.h"
#include "trace/positions.h"

namespace suyuan::trace {

const Account& Ledger::of(NodeIndex node) {
    if (node >= account_of_node_.size()) {
        account_of_node_.resize(positions_.size(), kNone);
    }
    std::uint32_t& place = account_of_node_[node];
    if (place == kNone) {
        place = static_cast<std::uint32_t>(accounts_.size());
        const SpotEntry* spot = positions_.spot_of(node);
        Account& account = accounts_.emplace_back();
        if (spot != nullptr) {
            account = account_of(positions_.flow_of(node), *spot);
        }
        const Blocks& blocks = blocks_of(positions_.at(node).item);
        account.stock.is_blocked =
            !blocks.empty() && blocks.is_blocked(spot_of(positions_.at(node)));
    }
    return accounts_[place];
}

const Blocks& Ledger::blocks_of(graph::ItemId item) {
    if (const auto known = blocks_of_item_.find(item.value())) {
        return blocks_[*known];
    }
    blocks_of_item_.insert(item.value(), static_cast<std::uint32_t>(blocks_.size()));
    return blocks_.emplace_back(blocks_over(positions_.flows(), item));
}

}  // namespace suyuan::trace
