// SPDX-License-Identifier: Apache-2.0
//
// One happening told in steps: docs/tracing.md section 3.0.

#pragma once

#include <utility>
#include <vector>

#include "trace/view.h"

namespace suyuan::trace {

// Makes sights of the repeats among the facts of one item, completes what they repeat, and puts
// what was made before it was reported where it was made. Returns the repeats and those outputs,
// ascending. Requires the facts in the order by time.
[[nodiscard]] std::pair<std::vector<Retelling>, std::vector<MadeEarlier>> mark_repeats(
    const View& view, std::vector<TimedFact>& facts
);

}  // namespace suyuan::trace
