// SPDX-License-Identifier: Apache-2.0
//
// One happening told in steps: docs/tracing.md section 3.0.

#pragma once

#include <vector>

#include "trace/view.h"

namespace suyuan::trace {

// Makes sights of the repeats among the facts of one item. Requires them in the order by time.
void mark_repeats(const View& view, std::vector<TimedFact>& facts);

}  // namespace suyuan::trace
