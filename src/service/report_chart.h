// SPDX-License-Identifier: Apache-2.0
//
// What the picture of a flow shows: an answer as boxes in layers, as many as a page has room for
// (report_flow.h).

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "service/name_book.h"
#include "service/named_answer.h"
#include "trace/answer.h"

namespace suyuan::service {

struct FlowNode {
    trace::Position position;
    const trace::ReachedPosition* reached = nullptr;  // in the answer
    bool is_asked_for = false;
    bool is_warning = false;
    std::size_t layer = 0;
};

struct FlowEdge {
    std::size_t from = 0;  // places in the nodes, or in the boxes
    std::size_t to = 0;
    bool is_certain = false;

    friend bool operator==(const FlowEdge&, const FlowEdge&) = default;
};

// Lifetime: borrows the answer.
struct FlowGraph {
    std::vector<FlowNode> nodes;
    std::vector<FlowEdge> edges;
};

struct FlowBox {
    std::vector<std::size_t> nodes;
    std::string region;  // code, where a box is a region; empty: not registered
    std::size_t layer = 0;
    double rank = 0;  // in its layer
    bool is_rest = false;
};

enum class FlowGrouping : std::uint8_t { kNone, kOperator, kRegion };

struct FlowChart {
    std::vector<FlowBox> boxes;
    std::vector<FlowEdge> edges;
    std::size_t layer_count = 0;
    FlowGrouping grouping = FlowGrouping::kNone;
    bool has_rest = false;
};

// Every position of the answer once, with its layer: its steps from where the flow begins.
[[nodiscard]] FlowGraph flow_graph(const NamedAnswer& named);

// At most 60 boxes, and 17 in a layer. Requires nodes.
[[nodiscard]] FlowChart flow_chart(const NameBook& names, const FlowGraph& graph);

}  // namespace suyuan::service
