// SPDX-License-Identifier: Apache-2.0
//
// What is lost between a shipment and its receipt.

#pragma once

#include <cstdint>
#include <vector>

#include "graph/fact.h"
#include "trace/item_flow.h"

namespace suyuan::trace {

struct Loss {
    graph::UnitId unit;
    std::int64_t millionths = 0;  // negative: more arrived than left
};

// Of each parcel (docs/tracing.md section 7) of the item whose every fact is reached and weighed in
// one unit. `is_reached`: by place in `flow.spots`. O(facts + moves).
[[nodiscard]] std::vector<Loss> losses_of(
    const ItemFlow& flow, const std::vector<bool>& is_reached
);

}  // namespace suyuan::trace
