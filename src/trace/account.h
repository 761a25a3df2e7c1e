// SPDX-License-Identifier: Apache-2.0
//
// What is at a position, what came and went, and when it was proven empty: docs/tracing.md sections
// 5 and 7.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/flows.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {

struct Account {
    Stock stock;                              // but for is_blocked
    std::vector<model::MicrosUtc> emptyings;  // ascending
};

[[nodiscard]] Account account_of(const ItemFlow& flow, const SpotEntry& spot);

// Adds up; stays at the limit instead of running over it.
[[nodiscard]] std::int64_t sum_of(std::int64_t a, std::int64_t b) noexcept;
[[nodiscard]] std::int64_t difference_of(std::int64_t a, std::int64_t b) noexcept;

// Adds amounts of one unit.
void add_balance(Balance& sum, const Balance& amount) noexcept;
// Sets `unexplained` from the rest.
void settle(Balance& balance) noexcept;

// Block and release facts of one item.
class Blocks {
public:
    explicit Blocks(std::vector<TimedFact> facts);

    [[nodiscard]] bool empty() const noexcept { return facts_.empty(); }

    // Whether the last fact that covers a spot is a block.
    [[nodiscard]] bool is_blocked(const Spot& spot) const;

    // The block that was in force before something, said by another event; nullptr if none.
    [[nodiscard]] const TimedFact* in_force_before(const Spot& spot, const TimeKey& key) const;

private:
    [[nodiscard]] const TimedFact* last_covering(
        const Spot& spot, const TimeKey& before, bool of_another_event
    ) const;

    std::vector<TimedFact> facts_;  // by the spot that they name, then by time
};

// Those that cover an item: its own and, of an instance, its lots'.
[[nodiscard]] Blocks blocks_over(Flows& flows, graph::ItemId item);

}  // namespace suyuan::trace
