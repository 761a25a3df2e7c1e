// SPDX-License-Identifier: Apache-2.0

#include "service/report_chart.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "service/name_book.h"
#include "service/named_answer.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

constexpr std::size_t kBoxesMax = 60;
// What a page has room for above each other, and beside each other.
constexpr std::size_t kInLayerMax = 17;
constexpr std::size_t kLayersMax = 8;

using Neighbours = std::vector<std::vector<std::size_t>>;

bool is_asked_for(const NamedAnswer& named, const trace::ReachedPosition& reached, PartKind kind) {
    if (const auto* items = std::get_if<trace::ItemSeed>(&named.question.seed)) {
        return std::ranges::find(items->items, reached.position.item) != items->items.end();
    }
    // In a full trace the forward half begins at the sources.
    const bool begins_here = kind == PartKind::kBack || named.part(PartKind::kBack) == nullptr;
    return begins_here && reached.is_seed;
}

FlowGraph nodes_and_edges(const NamedAnswer& named) {
    FlowGraph graph;
    std::map<trace::Position, std::size_t> places;
    std::set<trace::Position> violated;
    for (const trace::Violation& violation : named.answer.violations) {
        violated.insert(violation.position);
    }
    for (const PartKind kind : {PartKind::kForward, PartKind::kBack}) {
        const trace::Part* const part = named.part(kind);
        if (part == nullptr) {
            continue;
        }
        for (const trace::ReachedPosition& reached : part->positions) {
            const auto [at, is_new] = places.emplace(reached.position, graph.nodes.size());
            if (is_new) {
                graph.nodes.push_back({reached.position, &reached});
            }
            FlowNode& node = graph.nodes[at->second];
            node.is_asked_for = node.is_asked_for || is_asked_for(named, reached, kind);
            node.is_warning = reached.stock.is_blocked || violated.contains(reached.position);
        }
        for (const trace::Move& move : part->moves) {
            const auto from = places.find(move.from);
            const auto to = places.find(move.to);
            if (from != places.end() && to != places.end() && from != to) {
                graph.edges.push_back({from->second, to->second, move.is_certain});
            }
        }
    }
    return graph;
}

// Counts steps from where it is told to begin. Lifetime: borrows what leads where.
class Walker {
public:
    explicit Walker(const Neighbours& next) : next_(next), steps_(next.size()) {}

    [[nodiscard]] bool was_at(std::size_t node) const { return steps_[node].has_value(); }

    void begin_at(std::size_t node) {
        steps_[node] = 0;
        queue_.push_back(node);
    }

    void walk() {
        for (std::size_t at = 0; at < queue_.size(); ++at) {
            for (const std::size_t neighbour : next_[queue_[at]]) {
                if (!steps_[neighbour]) {
                    steps_[neighbour] = *steps_[queue_[at]] + 1;
                    queue_.push_back(neighbour);
                }
            }
        }
        queue_.clear();
    }

    // As many as a picture has layers for.
    [[nodiscard]] std::vector<std::size_t> steps() const {
        std::vector<std::size_t> all;
        all.reserve(steps_.size());
        for (const std::optional<std::size_t>& step : steps_) {
            all.push_back(std::min(step.value_or(0), kLayersMax - 1));
        }
        return all;
    }

private:
    const Neighbours& next_;
    std::vector<std::optional<std::size_t>> steps_;
    std::vector<std::size_t> queue_;
};

// Steps from the nodes that nothing leads to; a ring that nothing leads to begins at its earliest.
std::vector<std::size_t> steps_of(const FlowGraph& graph, bool is_backward) {
    const std::size_t count = graph.nodes.size();
    Neighbours next(count);
    std::vector<bool> is_first(count, true);
    for (const FlowEdge& edge : graph.edges) {
        const std::size_t from = is_backward ? edge.to : edge.from;
        const std::size_t to = is_backward ? edge.from : edge.to;
        next[from].push_back(to);
        is_first[to] = false;
    }
    Walker walker(next);
    for (std::size_t i = 0; i < count; ++i) {
        if (is_first[i]) {
            walker.begin_at(i);
        }
    }
    walker.walk();
    // Positions stand in the order of the search.
    for (std::size_t i = 0; i < count; ++i) {
        if (!walker.was_at(i)) {
            walker.begin_at(i);
            walker.walk();
        }
    }
    return walker.steps();
}

void set_layers(FlowGraph& graph, trace::Direction direction) {
    const bool is_backward = direction == trace::Direction::kBack;
    const std::vector<std::size_t> steps = steps_of(graph, is_backward);
    const std::size_t last = steps.empty() ? 0 : *std::ranges::max_element(steps);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        graph.nodes[i].layer = is_backward ? last - steps[i] : steps[i];
    }
}

std::size_t fullest_layer(const std::vector<FlowBox>& boxes) {
    std::vector<std::size_t> counts(kLayersMax);
    for (const FlowBox& box : boxes) {
        ++counts[box.layer];
    }
    return *std::ranges::max_element(counts);
}

bool is_too_many(const std::vector<FlowBox>& boxes) {
    return boxes.size() > kBoxesMax || fullest_layer(boxes) > kInLayerMax;
}

// A box for every step and what `key_of` says of a node in it.
template <typename KeyOf>
std::vector<FlowBox> boxes_by(const FlowGraph& graph, const KeyOf& key_of) {
    using Key = std::invoke_result_t<const KeyOf&, std::size_t>;
    std::map<std::pair<std::size_t, Key>, FlowBox> groups;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        FlowBox& box = groups[{graph.nodes[i].layer, key_of(i)}];
        box.layer = graph.nodes[i].layer;
        box.nodes.push_back(i);
    }
    std::vector<FlowBox> boxes;
    for (auto& [key, box] : groups) {
        if constexpr (std::is_same_v<Key, std::string>) {
            box.region = key.second;
        }
        boxes.push_back(std::move(box));
    }
    return boxes;
}

std::vector<FlowBox> boxes_by_operator(const FlowGraph& graph) {
    return boxes_by(graph, [&](std::size_t node) { return graph.nodes[node].position.owner; });
}

// By the region of each place; while those are too many, by what they lie in.
std::vector<FlowBox> boxes_by_region(const NameBook& names, const FlowGraph& graph) {
    constexpr int kWiderMax = 8;  // more levels than a country has
    std::vector<std::string> regions;
    regions.reserve(graph.nodes.size());
    for (const FlowNode& node : graph.nodes) {
        regions.push_back(names.region_of(node.position));
    }
    const auto group = [&] {
        return boxes_by(graph, [&](std::size_t node) { return regions[node]; });
    };
    std::vector<FlowBox> boxes = group();
    for (int wider = 0; wider < kWiderMax && is_too_many(boxes); ++wider) {
        // The deepest first, so that a city and its districts become one.
        std::map<std::string, std::size_t> depths;
        for (const std::string& region : regions) {
            depths.emplace(region, names.region_depth(region));
        }
        const auto deepest =
            std::ranges::max_element(depths, {}, [](const auto& entry) { return entry.second; });
        const std::size_t depth = deepest->second;
        if (depth < 2) {
            break;
        }
        for (std::string& region : regions) {
            if (depths.at(region) == depth) {
                region = names.region(region)->parent;
            }
        }
        boxes = group();
    }
    return boxes;
}

bool has_regions(const NameBook& names, const FlowGraph& graph) {
    return std::ranges::any_of(graph.nodes, [&](const FlowNode& node) {
        return !names.region_of(node.position).empty();
    });
}

// Of each layer the `kept` largest boxes, and one for the rest.
std::vector<FlowBox> with_rests(std::vector<FlowBox> boxes, std::size_t kept) {
    std::ranges::stable_sort(boxes, [](const FlowBox& a, const FlowBox& b) {
        return a.layer != b.layer ? a.layer < b.layer : a.nodes.size() > b.nodes.size();
    });
    std::vector<std::size_t> counts(kLayersMax);
    for (const FlowBox& box : boxes) {
        ++counts[box.layer];
    }
    std::vector<std::size_t> taken(kLayersMax);
    std::vector<FlowBox> result;
    for (FlowBox& box : boxes) {
        const std::size_t place = taken[box.layer]++;
        if (counts[box.layer] <= kept || place + 1 < kept) {
            result.push_back(std::move(box));
        } else if (place + 1 == kept) {
            box.is_rest = true;
            result.push_back(std::move(box));
        } else {
            std::vector<std::size_t>& rest = result.back().nodes;
            rest.insert(rest.end(), box.nodes.begin(), box.nodes.end());
        }
    }
    return result;
}

}  // namespace

FlowGraph flow_graph(const NamedAnswer& named) {
    FlowGraph graph = nodes_and_edges(named);
    set_layers(graph, named.question.direction);
    return graph;
}

FlowChart flow_chart(const NameBook& names, const FlowGraph& graph) {
    FlowChart chart;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        chart.layer_count = std::max(chart.layer_count, graph.nodes[i].layer + 1);
        chart.boxes.push_back({{i}, "", graph.nodes[i].layer});
    }
    if (is_too_many(chart.boxes)) {
        chart.grouping = FlowGrouping::kOperator;
        chart.boxes = boxes_by_operator(graph);
    }
    if (is_too_many(chart.boxes) && has_regions(names, graph)) {
        chart.grouping = FlowGrouping::kRegion;
        chart.boxes = boxes_by_region(names, graph);
    }
    if (is_too_many(chart.boxes)) {
        chart.has_rest = true;
        const std::size_t kept = std::min(kInLayerMax, kBoxesMax / chart.layer_count);
        chart.boxes = with_rests(std::move(chart.boxes), kept);
    }
    std::vector<std::size_t> box_of(graph.nodes.size());
    for (std::size_t i = 0; i < chart.boxes.size(); ++i) {
        for (const std::size_t node : chart.boxes[i].nodes) {
            box_of[node] = i;
        }
    }
    std::map<std::pair<std::size_t, std::size_t>, bool> joined;
    for (const FlowEdge& edge : graph.edges) {
        const std::pair ends = {box_of[edge.from], box_of[edge.to]};
        if (ends.first != ends.second) {
            joined[ends] = joined[ends] || edge.is_certain;
        }
    }
    for (const auto& [ends, is_certain] : joined) {
        chart.edges.push_back({ends.first, ends.second, is_certain});
    }
    return chart;
}

}  // namespace suyuan::service
