// SPDX-License-Identifier: Apache-2.0
//
// All moves that leave or reach a position: the item's own, those of processes, and those between
// codes of one thing and between a lot and its instances (docs/tracing.md sections 3 and 4).

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "trace/item_flow.h"
#include "trace/positions.h"
#include "trace/processes.h"
#include "trace/view.h"

namespace suyuan::trace {

// A code that stands for the same thing.
struct SameThing {
    graph::ItemId item;
    graph::EventIndex event = 0;  // of the first claim that holds

    friend auto operator<=>(const SameThing&, const SameThing&) noexcept = default;
};

// Of one item, beyond its own flow.
struct ItemLinks {
    std::vector<SameThing> same;       // by item
    std::vector<TimedFact> instances;  // the part-of facts that name it as lot, by spot
};

[[nodiscard]] ItemLinks find_links(const View& view, const ItemFlow& flow);

[[nodiscard]] FlowMove same_as_move(const Position& from, const SameThing& to) noexcept;
// From the lot to the instance of a part-of fact.
[[nodiscard]] FlowMove part_of_move(const TimedFact& part) noexcept;

// Lifetime: borrows the positions. Threads: as they.
class Links {
public:
    explicit Links(Positions& positions) : positions_(positions), processes_(positions.flows()) {}

    // Calls visit(const FlowMove&, NodeIndex of the other end) for every move that leaves (reaches)
    // a position, save such as only pass before (after) `label`: those of whole processes are not
    // even made.
    template <typename Visit>
    void visit_leaving(NodeIndex node, model::MicrosUtc label, const Visit& visit);
    template <typename Visit>
    void visit_reaching(NodeIndex node, model::MicrosUtc label, const Visit& visit);

    [[nodiscard]] const ItemLinks& of(NodeIndex node);

    // Whether the process of an output fact has no input at all.
    [[nodiscard]] bool is_of_nothing(const TimedFact& output) {
        return !processes_.of(output.event()).has_inputs();
    }

private:
    [[nodiscard]] std::span<const TimedFact> instances_at(NodeIndex node);

    Positions& positions_;
    Processes processes_;
    std::vector<std::unique_ptr<ItemLinks>> links_;  // by number of the item, made when asked for
};

template <typename Visit>
void Links::visit_leaving(NodeIndex node, model::MicrosUtc label, const Visit& visit) {
    const ItemFlow& flow = positions_.flow_of(node);
    if (const SpotEntry* spot = positions_.spot_of(node); spot != nullptr) {
        for (const FlowMove& move : flow.leaving(*spot)) {
            visit(move, positions_.of_spot(node, move.to_spot));
        }
        for (const std::uint32_t place : flow.facts_at(*spot)) {
            const TimedFact& fact = flow.facts[place];
            if (fact.fact.kind == graph::FactKind::kInput && label <= fact.key.last) {
                processes_.of(fact.event()).visit_from(fact, [&](const FlowMove& made) {
                    visit(made, positions_.of(made.move.to));
                });
            }
        }
    }
    for (const TimedFact& part : instances_at(node)) {
        visit(part_of_move(part), positions_.of(part.position()));
    }
    for (const SameThing& same : of(node).same) {
        const FlowMove made = same_as_move(positions_.at(node), same);
        visit(made, positions_.of(made.move.to));
    }
}

template <typename Visit>
void Links::visit_reaching(NodeIndex node, model::MicrosUtc label, const Visit& visit) {
    const ItemFlow& flow = positions_.flow_of(node);
    if (const SpotEntry* spot = positions_.spot_of(node); spot != nullptr) {
        for (const std::uint32_t place : flow.reaching(*spot)) {
            visit(flow.moves[place], positions_.of_spot(node, flow.moves[place].from_spot));
        }
        for (const std::uint32_t place : flow.facts_at(*spot)) {
            const TimedFact& fact = flow.facts[place];
            if (fact.fact.kind == graph::FactKind::kOutput && fact.key.first <= label) {
                processes_.of(fact.event()).visit_to(fact, [&](const FlowMove& made) {
                    visit(made, positions_.of(made.move.from));
                });
            } else if (fact.fact.kind == graph::FactKind::kPartOf) {
                const FlowMove made = part_of_move(fact);
                visit(made, positions_.of(made.move.from));
            }
        }
    }
    for (const SameThing& same : of(node).same) {
        FlowMove made = same_as_move(positions_.at(node), same);
        std::swap(made.move.from, made.move.to);
        visit(made, positions_.of(made.move.from));
    }
}

}  // namespace suyuan::trace
