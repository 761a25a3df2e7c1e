// SPDX-License-Identifier: Apache-2.0

#include "service/report_flow.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/format.h"
#include "codec/pdf_writer.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/wording.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

constexpr std::size_t kBoxesMax = 60;
// What a page has room for above each other, and beside each other.
constexpr std::size_t kInLayerMax = 17;
constexpr std::size_t kLayersMax = 8;
constexpr double kBoxHeight = 34;
constexpr double kBoxWidthMax = 118;
constexpr double kGapBelow = 5;
constexpr double kGapBeside = 26;

using Neighbours = std::vector<std::vector<std::size_t>>;

struct Node {
    trace::Position position;
    const trace::ReachedPosition* reached = nullptr;  // in the answer
    bool is_asked_for = false;
    bool is_warning = false;
    std::size_t layer = 0;
};

struct Edge {
    std::size_t from = 0;  // places in the nodes, or in the boxes
    std::size_t to = 0;
    bool is_certain = false;

    friend bool operator==(const Edge&, const Edge&) = default;
};

struct Graph {
    std::vector<Node> nodes;
    std::vector<Edge> edges;
};

struct Box {
    std::vector<std::size_t> nodes;
    std::size_t layer = 0;
    double rank = 0;  // in its layer
    bool is_rest = false;
};

struct Chart {
    std::vector<Box> boxes;
    std::vector<Edge> edges;
    std::size_t layer_count = 0;
    bool is_by_operator = false;
    bool has_rest = false;
};

bool is_asked_for(const NamedAnswer& named, const trace::ReachedPosition& reached, PartKind kind) {
    if (const auto* items = std::get_if<trace::ItemSeed>(&named.question.seed)) {
        return std::ranges::find(items->items, reached.position.item) != items->items.end();
    }
    // In a full trace the forward half begins at the sources.
    const bool begins_here = kind == PartKind::kBack || named.part(PartKind::kBack) == nullptr;
    return begins_here && reached.is_seed;
}

Graph graph_of(const NamedAnswer& named) {
    Graph graph;
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
            Node& node = graph.nodes[at->second];
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

// Steps from the nodes that nothing leads to; a ring that nothing leads to begins at its earliest.
std::vector<std::size_t> steps_of(const Graph& graph, bool is_backward) {
    const std::size_t count = graph.nodes.size();
    Neighbours next(count);
    std::vector<bool> is_first(count, true);
    for (const Edge& edge : graph.edges) {
        const std::size_t from = is_backward ? edge.to : edge.from;
        const std::size_t to = is_backward ? edge.from : edge.to;
        next[from].push_back(to);
        is_first[to] = false;
    }
    std::vector<std::optional<std::size_t>> steps(count);
    std::vector<std::size_t> queue;
    const auto walk = [&] {
        for (std::size_t at = 0; at < queue.size(); ++at) {
            for (const std::size_t neighbour : next[queue[at]]) {
                if (!steps[neighbour]) {
                    steps[neighbour] = *steps[queue[at]] + 1;
                    queue.push_back(neighbour);
                }
            }
        }
        queue.clear();
    };
    for (std::size_t i = 0; i < count; ++i) {
        if (is_first[i]) {
            steps[i] = 0;
            queue.push_back(i);
        }
    }
    walk();
    // Positions stand in the order of the search.
    for (std::size_t i = 0; i < count; ++i) {
        if (!steps[i]) {
            steps[i] = 0;
            queue.push_back(i);
            walk();
        }
    }
    std::vector<std::size_t> all;
    for (const std::optional<std::size_t>& step : steps) {
        all.push_back(std::min(step.value_or(0), kLayersMax - 1));
    }
    return all;
}

void set_layers(Graph& graph, trace::Direction direction) {
    const bool is_backward = direction == trace::Direction::kBack;
    const std::vector<std::size_t> steps = steps_of(graph, is_backward);
    const std::size_t last = steps.empty() ? 0 : *std::ranges::max_element(steps);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        graph.nodes[i].layer = is_backward ? last - steps[i] : steps[i];
    }
}

std::size_t fullest_layer(const std::vector<Box>& boxes) {
    std::vector<std::size_t> counts(kLayersMax);
    for (const Box& box : boxes) {
        ++counts[box.layer];
    }
    return *std::ranges::max_element(counts);
}

std::vector<Box> boxes_by_operator(const Graph& graph) {
    std::map<std::pair<std::size_t, graph::OperatorId>, Box> groups;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        Box& box = groups[{node.layer, node.position.owner}];
        box.layer = node.layer;
        box.nodes.push_back(i);
    }
    std::vector<Box> boxes;
    for (auto& [key, box] : groups) {
        boxes.push_back(std::move(box));
    }
    return boxes;
}

// Of each layer the `kept` largest boxes, and one for the rest.
std::vector<Box> with_rests(std::vector<Box> boxes, std::size_t kept) {
    std::ranges::stable_sort(boxes, [](const Box& a, const Box& b) {
        return a.layer != b.layer ? a.layer < b.layer : a.nodes.size() > b.nodes.size();
    });
    std::vector<std::size_t> counts(kLayersMax);
    for (const Box& box : boxes) {
        ++counts[box.layer];
    }
    std::vector<std::size_t> taken(kLayersMax);
    std::vector<Box> result;
    for (Box& box : boxes) {
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

Chart chart_of(const Graph& graph) {
    Chart chart;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        chart.layer_count = std::max(chart.layer_count, graph.nodes[i].layer + 1);
        chart.boxes.push_back({.nodes = {i}, .layer = graph.nodes[i].layer});
    }
    if (chart.boxes.size() > kBoxesMax || fullest_layer(chart.boxes) > kInLayerMax) {
        chart.is_by_operator = true;
        chart.boxes = boxes_by_operator(graph);
    }
    if (chart.boxes.size() > kBoxesMax || fullest_layer(chart.boxes) > kInLayerMax) {
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
    for (const Edge& edge : graph.edges) {
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

std::vector<std::vector<std::size_t>> layers_of(const Chart& chart) {
    std::vector<std::vector<std::size_t>> layers(chart.layer_count);
    for (std::size_t i = 0; i < chart.boxes.size(); ++i) {
        layers[chart.boxes[i].layer].push_back(i);
    }
    return layers;
}

// Numbers the boxes of a layer so that 0 is its middle: layers of different sizes compare.
void set_ranks(Chart& chart, const std::vector<std::size_t>& layer) {
    const double middle = (static_cast<double>(layer.size()) - 1) / 2;
    for (std::size_t i = 0; i < layer.size(); ++i) {
        chart.boxes[layer[i]].rank = static_cast<double>(i) - middle;
    }
}

// Each box is moved to the middle of its neighbours, a few times: fewer lines cross.
std::vector<std::vector<std::size_t>> ordered_layers(Chart& chart) {
    constexpr int kRounds = 6;
    std::vector<std::vector<std::size_t>> layers = layers_of(chart);
    Neighbours neighbours(chart.boxes.size());
    for (const Edge& edge : chart.edges) {
        neighbours[edge.from].push_back(edge.to);
        neighbours[edge.to].push_back(edge.from);
    }
    for (const std::vector<std::size_t>& layer : layers) {
        set_ranks(chart, layer);
    }
    for (int round = 0; round < kRounds; ++round) {
        for (std::vector<std::size_t>& layer : layers) {
            std::map<std::size_t, double> wanted;
            for (const std::size_t box : layer) {
                double sum = 0;
                for (const std::size_t neighbour : neighbours[box]) {
                    sum += chart.boxes[neighbour].rank;
                }
                const auto count = static_cast<double>(neighbours[box].size());
                wanted[box] = count == 0 ? chart.boxes[box].rank : sum / count;
            }
            std::ranges::stable_sort(layer, {}, [&](std::size_t box) {
                return std::pair(chart.boxes[box].is_rest, wanted[box]);
            });
            set_ranks(chart, layer);
        }
    }
    return layers;
}

std::string count_text(std::size_t count, const Words& word, Language language) {
    return format("{} {}", count, pick(word, language));
}

std::string lot_text(const store::ItemName& item, Language language) {
    if (item.code.lot.empty()) {
        return item_label(item, language);
    }
    return format("{} {}", pick({"批次", "lot"}, language), item.code.lot);
}

std::string stock_text(const NameBook& names, const Node& node, Language language) {
    std::string text(label(node.reached->stock.status, language));
    const std::string amount = on_hand_label(names, node.reached->stock.balances, language);
    if (node.reached->stock.status == trace::StockStatus::kOnHand && !amount.empty()) {
        text += " " + amount;
    }
    if (node.reached->stock.is_blocked) {
        text += pick({" 封控", " blocked"}, language);
    }
    return text;
}

std::vector<std::string> box_lines(
    const NameBook& names, const Graph& graph, const Box& box, Language language
) {
    const Node& first = graph.nodes[box.nodes.front()];
    const std::string owner = owner_label(names.owner(first.position.owner), language);
    if (box.nodes.size() == 1 && !box.is_rest) {
        const std::string site = site_label(names.site(first.position.site));
        std::string place = site.empty() ? owner : site;
        if (place.empty()) {
            place = place_label(names, first.position, language);
        }
        return {
            place,
            lot_text(names.item(first.position.item), language),
            stock_text(names, first, language)
        };
    }
    std::set<graph::OperatorId> owners;
    std::set<graph::SiteId> sites;
    for (const std::size_t node : box.nodes) {
        owners.insert(graph.nodes[node].position.owner);
        sites.insert(graph.nodes[node].position.site);
    }
    const Words kSites = {"处场所", "sites"};
    const Words kPositions = {"个位置", "positions"};
    const std::string name =
        box.is_rest ? format(
                          "{}{}",
                          pick({"其余 ", "other "}, language),
                          count_text(owners.size(), {"家经营主体", "operators"}, language)
                      )
                    : owner;
    return {
        name.empty() ? place_label(names, first.position, language) : name,
        count_text(sites.size(), kSites, language),
        count_text(box.nodes.size(), kPositions, language)
    };
}

codec::PdfTone tone_of(const Graph& graph, const Box& box) {
    const auto any = [&](auto member) {
        return std::ranges::any_of(box.nodes, [&](std::size_t node) {
            return graph.nodes[node].*member;
        });
    };
    if (any(&Node::is_warning)) {
        return codec::PdfTone::kWarning;
    }
    return any(&Node::is_asked_for) ? codec::PdfTone::kStrong : codec::PdfTone::kQuiet;
}

// From the right of one box to the left of another; back and within a column in a bow.
codec::PdfArrow arrow_between(const codec::PdfBox& from, const codec::PdfBox& to, bool is_certain) {
    const double from_y = from.corner.y + from.height / 2;
    const double to_y = to.corner.y + to.height / 2;
    const double from_right = from.corner.x + from.width;
    const double to_right = to.corner.x + to.width;
    codec::PdfArrow arrow;
    arrow.is_dashed = !is_certain;
    if (to.corner.x > from.corner.x) {
        const double reach = std::min(kGapBeside, to.corner.x - from_right);
        arrow.points = {{
            {from_right, from_y},
            {from_right + reach * 0.6, from_y},
            {to.corner.x - reach * 0.8, to_y},
            {to.corner.x, to_y},
        }};
    } else if (to.corner.x == from.corner.x) {
        const double bow = from_right + kGapBeside * 0.7;
        arrow.points = {
            {{from_right, from_y + 5}, {bow, from_y + 5}, {bow, to_y - 5}, {to_right, to_y - 5}}
        };
    } else {
        const double reach = std::min(kGapBeside, from.corner.x - to_right);
        arrow.points = {{
            {from.corner.x, from_y + 6},
            {from.corner.x - reach * 0.6, from_y + 6},
            {to_right + reach * 0.8, to_y + 6},
            {to_right, to_y + 6},
        }};
    }
    return arrow;
}

codec::PdfPicture picture_of(
    const NameBook& names, const Graph& graph, Chart& chart, Language language
) {
    const std::vector<std::vector<std::size_t>> layers = ordered_layers(chart);
    const auto columns = static_cast<double>(layers.size());
    std::size_t fullest = 0;
    for (const std::vector<std::size_t>& layer : layers) {
        fullest = std::max(fullest, layer.size());
    }
    const double width =
        std::min(kBoxWidthMax, (codec::kPdfTextWidth + kGapBeside) / columns - kGapBeside);
    codec::PdfPicture picture;
    picture.width = columns * (width + kGapBeside) - kGapBeside;
    picture.height = static_cast<double>(fullest) * (kBoxHeight + kGapBelow);
    for (std::size_t i = 0; i < chart.boxes.size(); ++i) {
        const Box& box = chart.boxes[i];
        codec::PdfBox drawn;
        drawn.width = width;
        drawn.height = kBoxHeight;
        drawn.corner.x = static_cast<double>(box.layer) * (width + kGapBeside);
        drawn.corner.y = picture.height / 2 + box.rank * (kBoxHeight + kGapBelow) - kBoxHeight / 2;
        drawn.lines = box_lines(names, graph, box, language);
        drawn.tone = tone_of(graph, box);
        picture.boxes.push_back(std::move(drawn));
    }
    for (const Edge& edge : chart.edges) {
        picture.arrows.push_back(
            arrow_between(picture.boxes[edge.from], picture.boxes[edge.to], edge.is_certain)
        );
    }
    return picture;
}

std::string note_of(const Graph& graph, const Chart& chart, Language language) {
    std::string note(pick(
        {"由左至右为流向。绿框：所查物品；红框：已封控或违规流出；虚线：可能或在途。",
         "Goods flow from left to right. Green: what was asked for; red: blocked, or moved on "
         "although blocked; dashed: possible or in transit."},
        language
    ));
    if (chart.is_by_operator) {
        const std::size_t count = graph.nodes.size();
        note += language == Language::kChinese
                    ? format("共 {} 个位置，图中按经营主体和步数合并。", count)
                    : format(" {} positions, put together by operator and step.", count);
    }
    if (chart.has_rest) {
        note += pick(
            {"同一步中位置较少的经营主体合为一框，逐个列在后面的表中。",
             " The smaller operators of a step share a box; the tables list each of them."},
            language
        );
    }
    return note;
}

}  // namespace

ReportFlow draw_flow(const NamedAnswer& named, Language language) {
    Graph graph = graph_of(named);
    if (graph.nodes.empty()) {
        return {};
    }
    set_layers(graph, named.question.direction);
    Chart chart = chart_of(graph);
    ReportFlow flow;
    flow.picture = picture_of(named.names, graph, chart, language);
    flow.note = note_of(graph, chart, language);
    return flow;
}

}  // namespace suyuan::service
