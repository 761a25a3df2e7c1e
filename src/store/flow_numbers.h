// SPDX-License-Identifier: Apache-2.0
//
// From the places that graph::interpret() gives to the numbers of a store.

#pragma once

#include <cstdint>
#include <vector>

#include "graph/fact.h"

namespace suyuan::store {

// The numbers of an event's names, each list in the order of FlowNames.
struct FlowNumbers {
    std::vector<std::uint32_t> items;
    std::vector<std::uint32_t> operators;
    std::vector<std::uint32_t> sites;
    std::vector<std::uint32_t> vehicles;
    std::vector<std::uint32_t> people;
    std::vector<std::uint32_t> papers;
    std::vector<std::uint32_t> units;
    std::vector<std::uint32_t> processes;
};

// Replaces every place in the event by its number; place 0 ("unknown", "none") stays. Requires
// numbers for all places.
void renumber(graph::FlowEvent& event, const FlowNumbers& numbers);

}  // namespace suyuan::store
