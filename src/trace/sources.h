// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "trace/links.h"
#include "trace/positions.h"
#include "trace/search.h"

namespace suyuan::trace {

// Where a back part begins (docs/tracing.md section 6, "Full"): the positions where something came
// into being or from nobody knows where, and the groups, mutually reachable by taken moves, of none
// such into which no taken move leads from outside. Ascending by position.
[[nodiscard]] std::vector<NodeIndex> find_sources(
    const Reach& back, const Positions& positions, Links& links
);

}  // namespace suyuan::trace
