// SPDX-License-Identifier: Apache-2.0
//
// From what was reached to the answer: docs/tracing.md section 7.

#pragma once

#include <vector>

#include "graph/event_graph.h"
#include "trace/answer.h"
#include "trace/ledger.h"
#include "trace/positions.h"
#include "trace/search.h"

namespace suyuan::trace {

[[nodiscard]] Part part_of(const Reach& reach, const Positions& positions, Ledger& ledger);

// Fills in what speaks of the whole: touched, total, open ends, violations. `parts`: of the answer;
// `named`: the events that its seed names.
void report_whole(
    const std::vector<const Reach*>& parts,
    const std::vector<graph::EventIndex>& named,
    const Positions& positions,
    Ledger& ledger,
    Answer& answer
);

}  // namespace suyuan::trace
