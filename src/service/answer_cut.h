// SPDX-License-Identifier: Apache-2.0
//
// A trace cut at the border of what its asker may see: what lies within, in full, and where goods
// cross the border an edge that says who, when and which way.

#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "trace/answer.h"

namespace suyuan::service {

// What lies within.
class Border {
public:
    Border() = default;
    Border(const Border&) = delete;
    Border& operator=(const Border&) = delete;
    virtual ~Border() = default;

    [[nodiscard]] virtual bool holds(const trace::Position& position) const = 0;
    [[nodiscard]] virtual bool knows(graph::EventIndex event) const = 0;

    // How a position that it does not hold is named. Never one that it holds.
    [[nodiscard]] virtual trace::Position edge_of(const trace::Position& beyond) const = 0;

    // Whether a move over the border, of which one event is known, may be told at all.
    [[nodiscard]] virtual bool tells(const trace::Move& crossing) const = 0;
};

struct CutAnswer {
    trace::Answer answer;
    std::set<trace::Position> beyond;  // the edges
};

enum class Way : std::uint8_t { kBack, kForward };

// The positions within that `starts` lead to without leaving it, and the edges. An edge has the time
// of the crossing, and no stock. A move has the known ones of its events; over the border it has
// what the side within says of its quantity, and no container. Requires starts that are held.
struct CutPart {
    trace::Part part;
    std::set<trace::Position> beyond;
};

[[nodiscard]] CutPart cut_part(
    const trace::Part& part,
    Way way,
    const std::set<trace::Position>& starts,
    const Border& border,
    const graph::EventGraph& graph
);

// The seeds of a part that are held.
[[nodiscard]] std::set<trace::Position> held_seeds(const trace::Part& part, const Border& border);

// Everything of `whole` but its parts, as far as it is of what `cut` shows: owners and sites of its
// positions, its open ends and violations. The totals are left to the caller.
void cut_lists(const trace::Answer& whole, const Border& border, CutAnswer& cut);

}  // namespace suyuan::service
