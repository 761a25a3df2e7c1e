// SPDX-License-Identifier: Apache-2.0
//
// What of a trace an operator may see: its own goods' way, one step up and one step down.

#pragma once

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "trace/answer.h"

namespace suyuan::service {

// The answer as it would be if nothing else were known: the operator's own positions that its seeds
// lead to without leaving it, and where they were handed over, the other's name and time, without
// its places and stock. Of moves those stay that the operator itself recorded. Everything that is
// counted over the whole, and everybody else whom it touches, is gone. Requires a graph that holds
// the answer's events.
[[nodiscard]] trace::Answer own_view(
    const trace::Answer& answer, graph::OperatorId owner, const graph::EventGraph& graph
);

}  // namespace suyuan::service
