// SPDX-License-Identifier: Apache-2.0
//
// What contents inherit from their containers by an event: docs/tracing.md section 3.2.

#pragma once

#include <span>
#include <vector>

#include "graph/event_graph.h"
#include "trace/flows.h"
#include "trace/view.h"

namespace suyuan::trace {

// The inherited facts by an event, whose own are `facts`, that make a position; each once.
[[nodiscard]] std::vector<TimedFact> inherited_by(
    Flows& flows, graph::EventIndex event, std::span<const TimedFact> facts
);

}  // namespace suyuan::trace
