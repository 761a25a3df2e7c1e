// SPDX-License-Identifier: Apache-2.0
//
// From what was reached to the answer: docs/tracing.md section 7.

#pragma once

#include <vector>

#include "trace/answer.h"
#include "trace/ledger.h"
#include "trace/positions.h"
#include "trace/search.h"

namespace suyuan::trace {

[[nodiscard]] Part part_of(const Reach& reach, const Positions& positions, Ledger& ledger);

// Fills in what speaks of the whole: touched, total, open ends, violations. `parts`: of the answer.
void report_whole(
    const std::vector<const Reach*>& parts,
    const Positions& positions,
    Ledger& ledger,
    Answer& answer
);

}  // namespace suyuan::trace
