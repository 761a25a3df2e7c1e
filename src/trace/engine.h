// SPDX-License-Identifier: Apache-2.0
//
// The trace: which positions goods from (to) a seed can have reached (come from), when, and why.
//
// Label setting over positions in the order of earliest arrival (latest departure); an item's moves
// are derived from its facts when the search first touches it. Time O(moves log moves) of what is
// reached, whatever the size of the graph. docs/tracing.md is the definition.

#pragma once

#include <vector>

#include "base/result.h"
#include "graph/event_graph.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::trace {

// Fails with kCancelled or kLimitExceeded. A seed without events yields empty parts.
[[nodiscard]] Result<Answer> ask(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const graph::EventGraph& graph,
    const graph::Snapshot& snapshot,
    const Question& question
);

// What one item has where, as of a record time: what the stock ledger is derived from.
struct ItemStock {
    Position position;
    Stock stock;
};

// By position. Positions that never held a quantity are there too, with status kUnknown.
[[nodiscard]] std::vector<ItemStock> stock_of(
    const graph::EventGraph& graph,
    const graph::Snapshot& snapshot,
    graph::ItemId item,
    model::MicrosUtc as_of
);

}  // namespace suyuan::trace
