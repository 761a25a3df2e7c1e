// SPDX-License-Identifier: Apache-2.0
//
// What of a trace an operator may see: its own goods' way, one step up and one step down.

#pragma once

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "service/answer_cut.h"
#include "trace/answer.h"

namespace suyuan::service {

// An operator's own positions, and the events that it recorded. Lifetime: borrows the graph.
class OwnBorder final : public Border {
public:
    OwnBorder(graph::OperatorId owner, const graph::EventGraph& graph)
        : owner_(owner), graph_(graph) {}

    [[nodiscard]] bool holds(const trace::Position& position) const override {
        return position.owner == owner_;
    }

    [[nodiscard]] bool knows(graph::EventIndex event) const override {
        return graph_.event(event).submitter == owner_;
    }

    // Of somebody else: that they had it.
    [[nodiscard]] trace::Position edge_of(const trace::Position& beyond) const override {
        return {beyond.item, beyond.owner, graph::SiteId()};
    }

    // From whom goods must have come, since nobody else had them, is a guess that knows all:
    // whoever says that they used a lot would be told who has it.
    [[nodiscard]] bool tells(const trace::Move& crossing) const override {
        return crossing.kind != trace::MoveKind::kInferred ||
               crossing.from.owner == crossing.to.owner;
    }

private:
    graph::OperatorId owner_;
    const graph::EventGraph& graph_;
};

// The answer as it would be if nothing else were known: the operator's own positions that its seeds
// lead to without leaving it, and where they were handed over, the other's name and time, without
// its places and stock. Of moves those stay that the operator itself recorded. Everything that is
// counted over the whole, and everybody else whom it touches, is gone. Requires a graph that holds
// the answer's events.
[[nodiscard]] CutAnswer own_view(
    const trace::Answer& answer, const Border& border, const graph::EventGraph& graph
);

}  // namespace suyuan::service
