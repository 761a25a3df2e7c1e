// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "trace/account.h"
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
    [[nodiscard]] const Blocks& blocks_of(NodeIndex node);

private:
    const Positions& positions_;
    std::deque<Account> accounts_;
    std::vector<std::uint32_t> account_of_node_;  // kNone: not made yet
    std::vector<std::optional<Blocks>> blocks_;   // by number of the item
};

}  // namespace suyuan::trace
