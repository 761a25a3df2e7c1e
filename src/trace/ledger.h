// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "graph/fact.h"
#include "trace/account.h"
#include "trace/id_map.h"
#include "trace/item_flow.h"
#include "trace/positions.h"

namespace suyuan::trace {

// The accounts of the positions that a question reaches, each made once.
//
// Threads, lifetime: as the positions, which it borrows.
class Ledger {
public:
    explicit Ledger(const Positions& positions) : positions_(positions) {}

    [[nodiscard]] const Account& of(NodeIndex node);
    // Lifetime: as long as the ledger.
    [[nodiscard]] const Blocks& blocks_of(graph::ItemId item);

private:
    const Positions& positions_;
    std::deque<Account> accounts_;
    std::vector<std::uint32_t> account_of_node_;  // kNone: not made yet
    std::deque<Blocks> blocks_;
    IdMap blocks_of_item_;  // places in blocks_
};

}  // namespace suyuan::trace
