// SPDX-License-Identifier: Apache-2.0
//
// Possible and certain reach: docs/tracing.md section 5.
//
// Both are label settings: positions settle in the order of earliest arrival (latest departure),
// and a move is looked at once, when the position that it leaves (reaches) settles.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "model/instant.h"
#include "trace/item_flow.h"
#include "trace/ledger.h"
#include "trace/links.h"
#include "trace/positions.h"
#include "trace/sense.h"

namespace suyuan::trace {

struct SeedMoment {
    NodeIndex node = 0;
    model::MicrosUtc moment = 0;
};

// A move that possible reach took, between numbered positions.
struct TakenMove {
    FlowMove move;
    NodeIndex from = 0;
    NodeIndex to = 0;
};

struct ReachedNode {
    NodeIndex node = 0;
    model::MicrosUtc label = 0;
    std::optional<model::MicrosUtc> certain;
    bool is_seed = false;
    std::uint32_t hops = 0;
    std::uint32_t explained_by = kNone;  // in Reach::taken
    // Its moves in Reach::taken: those that leave it forward, that reach it backward.
    std::uint32_t first_taken = 0;
    std::uint32_t taken_count = 0;
};

struct Reach {
    Sense sense = Sense::kForward;
    std::vector<ReachedNode> reached;  // in the order in which they settled
    std::vector<TakenMove> taken;
    std::vector<std::uint32_t> place_of_node;  // in `reached`, or kNone; by node, as far as it goes

    [[nodiscard]] std::uint32_t place_of(NodeIndex node) const noexcept {
        return node < place_of_node.size() ? place_of_node[node] : kNone;
    }

    // Where a taken move leads the search.
    [[nodiscard]] NodeIndex far_end(const TakenMove& move) const noexcept {
        return sense == Sense::kForward ? move.to : move.from;
    }
};

// Fails with kCancelled or kLimitExceeded.
[[nodiscard]] Result<Reach> search_possible(
    Sense sense,
    const std::vector<SeedMoment>& seeds,
    Positions& positions,
    Links& links,
    std::size_t positions_max
);

// Fills in ReachedNode::certain. Fails with kCancelled.
[[nodiscard]] Status search_certain(
    const std::vector<SeedMoment>& seeds, Positions& positions, Ledger& ledger, Reach& reach
);

}  // namespace suyuan::trace
