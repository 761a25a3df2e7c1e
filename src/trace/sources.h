// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "trace/positions.h"
#include "trace/search.h"

namespace suyuan::trace {

// Where a back part ends (docs/tracing.md section 6, "Full"): the positions of the groups, mutually
// reachable by taken moves, into which no taken move leads from outside. Ascending by position.
[[nodiscard]] std::vector<NodeIndex> find_sources(const Reach& back, const Positions& positions);

}  // namespace suyuan::trace
