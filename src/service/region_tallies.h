// SPDX-License-Identifier: Apache-2.0
//
// How much of an answer lies in which region.

#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "service/named_answer.h"
#include "trace/answer.h"

namespace suyuan::service {

// Each position once, though it stands in both halves; operators and sites that are known.
struct RegionTally {
    std::set<trace::Position> positions;
    std::set<graph::OperatorId> operators;
    std::set<graph::SiteId> sites;
    std::size_t blocked = 0;  // positions
};

// By the code of the region, "" for what has none.
using RegionTallies = std::vector<std::pair<std::string, RegionTally>>;

// The one with the most positions first.
[[nodiscard]] RegionTallies region_tallies(const NamedAnswer& named);

}  // namespace suyuan::service
