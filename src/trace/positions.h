// SPDX-License-Identifier: Apache-2.0
//
// The positions that a question touches, numbered, so that a search works on arrays.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "graph/fact.h"
#include "trace/answer.h"
#include "trace/flows.h"
#include "trace/id_map.h"
#include "trace/item_flow.h"

namespace suyuan::trace {

// A position's number.
using NodeIndex = std::uint32_t;

// Threads, lifetime: as Flows, which it borrows.
class Positions {
public:
    explicit Positions(Flows& flows) : flows_(flows) {}

    // The same for equal positions; derives the item's flow.
    [[nodiscard]] NodeIndex of(const Position& position);

    // The other end of a move of the item's own flow.
    [[nodiscard]] NodeIndex of_spot(NodeIndex same_item, std::uint32_t spot) const noexcept {
        return items_[nodes_[same_item].item].first_node + spot;
    }

    [[nodiscard]] const Position& at(NodeIndex node) const noexcept {
        return nodes_[node].position;
    }

    [[nodiscard]] const ItemFlow& flow_of(NodeIndex node) const noexcept {
        return *items_[nodes_[node].item].flow;
    }

    // What the flow has there; nullptr for a position that the item's own flow does not know.
    [[nodiscard]] const SpotEntry* spot_of(NodeIndex node) const noexcept {
        const std::uint32_t spot = nodes_[node].spot;
        return spot == kNone ? nullptr : &flow_of(node).spots[spot];
    }

    // Number of the position's item among those touched.
    [[nodiscard]] std::uint32_t item_of(NodeIndex node) const noexcept { return nodes_[node].item; }

    [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }

    [[nodiscard]] std::size_t item_count() const noexcept { return items_.size(); }

    [[nodiscard]] Flows& flows() const noexcept { return flows_; }

private:
    struct Item {
        const ItemFlow* flow = nullptr;
        NodeIndex first_node = 0;  // of its flow's spots, which are numbered in a row
    };

    struct Node {
        Position position;
        std::uint32_t item = 0;
        std::uint32_t spot = kNone;
    };

    [[nodiscard]] std::uint32_t touch(graph::ItemId item);

    Flows& flows_;
    std::vector<Item> items_;
    IdMap place_of_item_;
    std::vector<Node> nodes_;
    std::map<Position, NodeIndex> elsewhere_;  // positions without a spot: few
};

}  // namespace suyuan::trace
