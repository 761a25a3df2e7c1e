// SPDX-License-Identifier: Apache-2.0

#include "service/report_flow.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.h"
#include "codec/pdf_writer.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/report_chart.h"
#include "service/wording.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

constexpr double kBoxHeight = 34;
constexpr double kBoxWidthMax = 118;
constexpr double kGapBelow = 5;
constexpr double kGapBeside = 26;

using Neighbours = std::vector<std::vector<std::size_t>>;

std::vector<std::vector<std::size_t>> layers_of(const FlowChart& chart) {
    std::vector<std::vector<std::size_t>> layers(chart.layer_count);
    for (std::size_t i = 0; i < chart.boxes.size(); ++i) {
        layers[chart.boxes[i].layer].push_back(i);
    }
    return layers;
}

// Numbers the boxes of a layer so that 0 is its middle: layers of different sizes compare.
void set_ranks(FlowChart& chart, const std::vector<std::size_t>& layer) {
    const double middle = (static_cast<double>(layer.size()) - 1) / 2;
    for (std::size_t i = 0; i < layer.size(); ++i) {
        chart.boxes[layer[i]].rank = static_cast<double>(i) - middle;
    }
}

// Each box is moved to the middle of its neighbours, a few times: fewer lines cross.
std::vector<std::vector<std::size_t>> ordered_layers(FlowChart& chart) {
    constexpr int kRounds = 6;
    std::vector<std::vector<std::size_t>> layers = layers_of(chart);
    Neighbours neighbours(chart.boxes.size());
    for (const FlowEdge& edge : chart.edges) {
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

std::string stock_text(const NameBook& names, const FlowNode& node, Language language) {
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

// Of a box that stands for several: whose, or where, and how much of it.
std::vector<std::string> group_lines(
    const NameBook& names,
    const FlowGraph& graph,
    const FlowBox& box,
    FlowGrouping grouping,
    Language language
) {
    std::set<graph::OperatorId> owners;
    std::set<graph::SiteId> sites;
    for (const std::size_t node : box.nodes) {
        owners.insert(graph.nodes[node].position.owner);
        sites.insert(graph.nodes[node].position.site);
    }
    const std::string positions = count_text(box.nodes.size(), {"个位置", "positions"}, language);
    const std::string operators = count_text(owners.size(), {"家经营主体", "operators"}, language);
    const std::string places = count_text(sites.size(), {"处场所", "sites"}, language);
    if (box.is_rest) {
        return {format("{}{}", pick({"其余 ", "other "}, language), operators), places, positions};
    }
    const FlowNode& first = graph.nodes[box.nodes.front()];
    if (grouping == FlowGrouping::kRegion) {
        const std::string name = box.region.empty()
                                     ? std::string(pick({"未登记地区", "no region"}, language))
                                     : names.region_path_within(box.region);
        return {name, operators, positions};
    }
    const std::string owner = owner_label(names.owner(first.position.owner), language);
    return {
        owner.empty() ? place_label(names, first.position, language) : owner, places, positions
    };
}

std::vector<std::string> box_lines(
    const NameBook& names,
    const FlowGraph& graph,
    const FlowBox& box,
    FlowGrouping grouping,
    Language language
) {
    const FlowNode& first = graph.nodes[box.nodes.front()];
    const bool is_region = grouping == FlowGrouping::kRegion;
    if (box.nodes.size() == 1 && !box.is_rest && !is_region) {
        const std::string site = site_label(names.site(first.position.site));
        std::string place =
            site.empty() ? owner_label(names.owner(first.position.owner), language) : site;
        if (place.empty()) {
            place = place_label(names, first.position, language);
        }
        return {
            place,
            lot_text(names.item(first.position.item), language),
            stock_text(names, first, language)
        };
    }
    return group_lines(names, graph, box, grouping, language);
}

codec::PdfTone tone_of(const FlowGraph& graph, const FlowBox& box) {
    const auto any = [&](auto member) {
        return std::ranges::any_of(box.nodes, [&](std::size_t node) {
            return graph.nodes[node].*member;
        });
    };
    if (any(&FlowNode::is_warning)) {
        return codec::PdfTone::kWarning;
    }
    return any(&FlowNode::is_asked_for) ? codec::PdfTone::kStrong : codec::PdfTone::kQuiet;
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
    const NameBook& names, const FlowGraph& graph, FlowChart& chart, Language language
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
        const FlowBox& box = chart.boxes[i];
        codec::PdfBox drawn;
        drawn.width = width;
        drawn.height = kBoxHeight;
        drawn.corner.x = static_cast<double>(box.layer) * (width + kGapBeside);
        drawn.corner.y = picture.height / 2 + box.rank * (kBoxHeight + kGapBelow) - kBoxHeight / 2;
        drawn.lines = box_lines(names, graph, box, chart.grouping, language);
        drawn.tone = tone_of(graph, box);
        picture.boxes.push_back(std::move(drawn));
    }
    for (const FlowEdge& edge : chart.edges) {
        picture.arrows.push_back(
            arrow_between(picture.boxes[edge.from], picture.boxes[edge.to], edge.is_certain)
        );
    }
    return picture;
}

std::string note_of(const FlowGraph& graph, const FlowChart& chart, Language language) {
    std::string note(pick(
        {"由左至右为流向。绿框：所查物品；红框：已封控或违规流出；虚线：可能或在途。",
         "Goods flow from left to right. Green: what was asked for; red: blocked, or moved on "
         "although blocked; dashed: possible or in transit."},
        language
    ));
    const bool is_by_region = chart.grouping == FlowGrouping::kRegion;
    if (chart.grouping != FlowGrouping::kNone) {
        const std::size_t count = graph.nodes.size();
        note += language == Language::kChinese ? format(
                                                     "共 {} 个位置，图中按{}和步数合并。",
                                                     count,
                                                     is_by_region ? "地区" : "经营主体"
                                                 )
                                               : format(
                                                     " {} positions, put together by {} and step.",
                                                     count,
                                                     is_by_region ? "region" : "operator"
                                                 );
    }
    if (chart.has_rest) {
        note += is_by_region
                    ? pick(
                          {"同一步中位置较少的地区合为一框，逐个列在后面的表中。",
                           " The smaller regions of a step share a box; the tables list each of "
                           "them."},
                          language
                      )
                    : pick(
                          {"同一步中位置较少的经营主体合为一框，逐个列在后面的表中。",
                           " The smaller operators of a step share a box; the tables list each of "
                           "them."},
                          language
                      );
    }
    return note;
}

}  // namespace

ReportFlow draw_flow(const NamedAnswer& named, Language language) {
    const FlowGraph graph = flow_graph(named);
    if (graph.nodes.empty()) {
        return {};
    }
    FlowChart chart = flow_chart(named.names, graph);
    ReportFlow flow;
    flow.picture = picture_of(named.names, graph, chart, language);
    flow.note = note_of(graph, chart, language);
    return flow;
}

}  // namespace suyuan::service
