// SPDX-License-Identifier: Apache-2.0
//
// A lot that turns up where nobody says it went: docs/tracing.md section 3.3.

#pragma once

#include <vector>

#include "graph/event_graph.h"
#include "model/instant.h"
#include "trace/item_flow.h"

namespace suyuan::trace {

// Where something is that came from nowhere, and what shows it.
struct Stray {
    Spot spot;
    model::TimeInterval time;
    graph::EventIndex event = 0;
};

// Adds a move from each root of the lot to each stray and to each receipt without a supplier. The
// roots are where it was made; if nobody says that, the first of those by time.
void add_ways_untold(Draft& draft, std::vector<Stray> strays);

}  // namespace suyuan::trace
