// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 5, read word by word: what is reached from seeds, by fixpoints.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "model/instant.h"
#include "tests/property/oracle_moves.h"
#include "tests/property/oracle_seeds.h"
#include "trace/answer.h"

namespace suyuan::property {

// A reached position in the order in which it settles.
struct Settled {
    trace::Position position;
    std::uint32_t hops = 0;
    std::optional<std::size_t> explained_by;  // place in `taken`
};

struct Reach {
    Seeds seeds;
    std::map<trace::Position, model::MicrosUtc> labels;   // earliest arrival, latest departure
    std::map<trace::Position, model::MicrosUtc> certain;  // of those certainly reached
    std::vector<OrderedMove> taken;                       // in the order of the answer
    std::vector<Settled> settled;
};

[[nodiscard]] Reach reach(const History& history, const Seeds& seeds, Sense sense);

// Section 6: the positions of the groups into which no taken move leads from outside. By position.
[[nodiscard]] std::vector<trace::Position> sources_of(const History& history, const Reach& back);

}  // namespace suyuan::property
