// SPDX-License-Identifier: Apache-2.0

#include "service/answer_text.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/format.h"
#include "graph/event_graph.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "service/event_references.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/text_table.h"
#include "service/tracing.h"
#include "service/wording.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

constexpr Language kZh = Language::kChinese;

// "——" where nothing is known, so that no cell looks forgotten.
std::string shown(const std::string& text) {
    return text.empty() ? "——" : text;
}

std::string local_or_unknown(model::MicrosUtc moment) {
    const bool is_open = moment == model::kBeginningOfTime || moment == model::kEndOfTime;
    return is_open ? "未知" : local_time(moment);
}

// The move that explains a position; nullptr for a seed's.
const trace::Move* explaining_move(const trace::Part& part, const trace::ReachedPosition& reached) {
    return reached.explained_by ? &part.moves[*reached.explained_by] : nullptr;
}

void append_section(std::string_view title, const TextTable& table, std::string& out) {
    if (!table.is_empty()) {
        out += format("\n{}\n{}", title, table.text());
    }
}

std::string head_text(const TracePage& page) {
    const NamedAnswer& named = *page.answer;
    std::string out = format(
        "{}：{} {} {}\n",
        label(named.question.direction, kZh),
        label(named.reading.kind, kZh),
        short_code(named.reading.code),
        named.reading.name
    );
    for (const Reading& other : named.others) {
        out += format(
            "  也可指：{} {} {}\n", label(other.kind, kZh), short_code(other.code), other.name
        );
    }
    out += format(
        "数据截至 {}，用时 {} 秒\n",
        moment_label(named.answer.cut_off, kZh),
        model::format_decimal({named.took_us})
    );
    out += format(
        "位置 {}，流向 {}，经营主体 {}，场所 {}，车辆 {}，从业人员 {}，断链 {}，违规流出 {}\n",
        named.distinct_position_count(),
        named.move_count(),
        named.answer.operators.size(),
        named.answer.sites.size(),
        named.answer.vehicles.size(),
        named.answer.people.size(),
        named.answer.open_ends.size(),
        named.answer.violations.size()
    );
    out += format("摘要 {}\n", named.digest);
    return out;
}

TextTable positions_table(const TracePage& page, PartKind kind) {
    const bool is_back = kind == PartKind::kBack;
    const NamedAnswer& named = *page.answer;
    TextTable table({
        is_back ? "最晚离开" : "最早到达",
        "把握",
        "物品",
        "场所",
        "经营主体",
        "状态",
        "在库",
        is_back ? "去往" : "来自",
    });
    for (std::size_t row = page.first; row < page.first + page.count; ++row) {
        const PlaceInAnswer at = named.at(row);
        if (at.part != kind) {
            continue;
        }
        const trace::Part& part = *named.part(kind);
        const trace::ReachedPosition& reached = part.positions[at.place];
        const trace::Move* move = explaining_move(part, reached);
        std::string neighbour = "所查物品";
        if (move != nullptr) {
            neighbour = format(
                "{} {}",
                label(move->kind, kZh),
                place_label(named.names, is_back ? move->to : move->from, kZh)
            );
        }
        std::string status(label(reached.stock.status, kZh));
        status += reached.stock.is_blocked ? "·已封控" : "";
        table.add({
            local_or_unknown(reached.possible),
            reached.certain ? "确定" : "可能",
            item_label(named.names.item(reached.position.item), kZh),
            shown(site_label(named.names.site(reached.position.site))),
            shown(owner_label(named.names.owner(reached.position.owner), kZh)),
            status,
            shown(on_hand_label(named.names, reached.stock.balances, kZh)),
            neighbour,
        });
    }
    return table;
}

TextTable totals_table(const NamedAnswer& named) {
    TextTable table(
        {"合计", "产生", "收货", "在库", "在途", "发出", "售出", "投入", "销毁", "离境", "未说明"}
    );
    for (const trace::Balance& balance : named.answer.total) {
        const auto amount = [](std::int64_t millionths) {
            return model::format_decimal({millionths});
        };
        const std::string& unit = named.names.unit(balance.unit);
        table.add({
            unit.empty() ? "件" : unit,
            amount(balance.created + balance.produced),
            amount(balance.received),
            amount(balance.on_hand),
            amount(balance.in_transit),
            amount(balance.shipped),
            amount(balance.sold),
            amount(balance.used),
            amount(balance.destroyed),
            amount(balance.left),
            amount(balance.unexplained),
        });
    }
    return table;
}

std::string event_label(const TracePage& page, graph::EventIndex event) {
    const auto found = page.events.find(event);
    if (found == page.events.end()) {
        return "";
    }
    const EventReference& reference = found->second;
    std::string text = time_label(reference.time, kZh);
    for (const std::string& paper : reference.papers) {
        text += " " + paper_label(paper);
    }
    return text;
}

TextTable touched_table(const TracePage& page) {
    TextTable table({"涉及", "名称", "编码", "地区", "最早", "最晚"});
    const auto add =
        [&](std::string_view title, store::NameKind kind, const std::vector<trace::Touched>& all) {
            for (const trace::Touched& one : page.rows_of(all)) {
                const store::NamedId& name = page.answer->names.name(kind, one.id);
                table.add({
                    std::string(title),
                    shown(name.name),
                    short_code(name.code),
                    shown(page.answer->names.region_path(name.region)),
                    local_or_unknown(one.first),
                    local_or_unknown(one.last),
                });
            }
        };
    const trace::Answer& answer = page.answer->answer;
    add("经营主体", store::NameKind::kOperator, answer.operators);
    add("场所", store::NameKind::kSite, answer.sites);
    add("车辆", store::NameKind::kVehicle, answer.vehicles);
    add("从业人员", store::NameKind::kPerson, answer.people);
    return table;
}

TextTable open_ends_table(const TracePage& page) {
    const NameBook& names = page.answer->names;
    TextTable table({"断链", "物品", "地点", "记录"});
    for (const trace::OpenEnd& open_end : page.rows_of(page.answer->answer.open_ends)) {
        const bool has_event = open_end.kind != trace::OpenEndKind::kNegativeStock;
        table.add({
            std::string(label(open_end.kind, kZh)),
            item_label(names.item(open_end.position.item), kZh),
            place_label(names, open_end.position, kZh),
            shown(has_event ? event_label(page, open_end.event) : ""),
        });
    }
    return table;
}

TextTable violations_table(const TracePage& page) {
    const NameBook& names = page.answer->names;
    TextTable table({"违规流出", "地点", "流出记录", "封控记录"});
    for (const trace::Violation& violation : page.rows_of(page.answer->answer.violations)) {
        table.add({
            item_label(names.item(violation.position.item), kZh),
            place_label(names, violation.position, kZh),
            shown(event_label(page, violation.event)),
            shown(event_label(page, violation.block_event)) +
                (violation.is_possible ? "（可能）" : ""),
        });
    }
    return table;
}

TextTable sources_table(const TracePage& page) {
    const NameBook& names = page.answer->names;
    TextTable table({"源头", "地点"});
    for (const trace::Position& source : page.rows_of(page.answer->answer.sources)) {
        table.add({item_label(names.item(source.item), kZh), place_label(names, source, kZh)});
    }
    return table;
}

}  // namespace

std::string to_table(const TracePage& page) {
    std::string out;
    const std::string head = head_text(page);
    for (std::size_t begin = 0; begin < head.size();) {
        const std::size_t end = head.find('\n', begin);
        out += printable(std::string_view(head).substr(begin, end - begin));
        out += '\n';
        begin = end + 1;
    }
    append_section("上游（北京时间）", positions_table(page, PartKind::kBack), out);
    append_section("源头", sources_table(page), out);
    append_section("去向（北京时间）", positions_table(page, PartKind::kForward), out);
    append_section("物料平衡（产生＋收货＝其余各项之和）", totals_table(*page.answer), out);
    append_section("违规流出", violations_table(page), out);
    append_section("断链", open_ends_table(page), out);
    append_section("涉及（北京时间）", touched_table(page), out);
    if (!page.next.empty()) {
        out += format("\n还有更多，下一页 --cursor {}\n", page.next);
    }
    return out;
}

std::string to_text(const Explanation& explanation) {
    std::string out =
        printable(explanation.summary_zh) + "\n" + printable(explanation.summary_en) + "\n";
    std::size_t number = 0;
    for (const ExplainedStep& step : explanation.steps) {
        ++number;
        out += format("\n{}. {}\n", number, printable(step.sentence_zh));
        out += format("   {}\n", printable(step.sentence_en));
    }
    return out;
}

}  // namespace suyuan::service
