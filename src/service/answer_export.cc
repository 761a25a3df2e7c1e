// SPDX-License-Identifier: Apache-2.0
//
// Answers for other programs' eyes: CSV and Graphviz (answer_text.h).

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/format.h"
#include "base/sort_unique.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "service/answer_text.h"
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

// Fields of one CSV line. Numbers of ours need no guard: they start with a digit or are negative
// amounts.
class CsvLine {
public:
    CsvLine& text(std::string_view text) { return raw(csv_field(text)); }

    CsvLine& number(std::string_view number) { return raw(number); }

    CsvLine& moment(model::MicrosUtc moment) {
        const bool is_open = moment == model::kBeginningOfTime || moment == model::kEndOfTime;
        return raw(is_open ? "" : model::format_instant(moment, kLocalOffsetMinutes));
    }

    CsvLine& place(const store::NamedId& place) { return text(place.code).text(place.name); }

    void append_to(std::string& out) {
        out += line_;
        out += "\r\n";
    }

private:
    CsvLine& raw(std::string_view field) {
        line_ += is_first_ ? "" : ",";
        line_ += field;
        is_first_ = false;
        return *this;
    }

    std::string line_;
    bool is_first_ = true;
};

std::string joined(const std::vector<std::string>& texts) {
    std::string text;
    for (const std::string& one : texts) {
        text += text.empty() ? "" : "; ";
        text += one;
    }
    return text;
}

// Amount and unit of a position: of its one unit, or of several as text.
void add_amounts(
    const NameBook& names, const std::vector<trace::Balance>& balances, CsvLine& line
) {
    if (balances.size() == 1) {
        line.number(model::format_decimal({balances.front().on_hand}))
            .text(names.unit(balances.front().unit));
        return;
    }
    line.number("").text(on_hand_label(names, balances, Language::kEnglish));
}

void add_explanation(
    const TracePage& page, PartKind kind, const trace::ReachedPosition& reached, CsvLine& line
) {
    const NamedAnswer& named = *page.answer;
    if (!reached.explained_by) {
        line.text("").place({}).place({}).number("").number("").text("");
        return;
    }
    const trace::Move& move = named.part(kind)->moves[*reached.explained_by];
    const trace::Position& other = kind == PartKind::kBack ? move.to : move.from;
    std::vector<std::string> papers;
    for (const EventReference& event : references_behind(move, page.events)) {
        papers.insert(papers.end(), event.papers.begin(), event.papers.end());
    }
    sort_unique(papers);
    line.text(to_string(move.kind))
        .place(named.names.owner(other.owner))
        .place(named.names.site(other.site))
        .moment(move.leave.first)
        .moment(move.arrive.first)
        .text(joined(papers));
}

void append_heading(std::string& out) {
    CsvLine line;
    for (const std::string_view heading : {
             "部分 part",
             "物品编码 item_code",
             "物品名称 item_name",
             "批号 lot",
             "经营主体编码 owner_code",
             "经营主体 owner_name",
             "场所编码 site_code",
             "场所 site_name",
             "行政区划代码 region",
             "地区 region_path",
             "可能时间 possible",
             "确定时间 certain",
             "步数 hops",
             "状态 status",
             "封控 is_blocked",
             "在库数量 on_hand",
             "单位 unit",
             "依据 explained_by",
             "对方经营主体编码 other_owner_code",
             "对方经营主体 other_owner_name",
             "对方场所编码 other_site_code",
             "对方场所 other_site_name",
             "离开 leave",
             "到达 arrive",
             "单证 papers",
         }) {
        line.text(heading);
    }
    line.append_to(out);
}

void append_row(
    const TracePage& page, PartKind kind, const trace::ReachedPosition& reached, std::string& out
) {
    const NameBook& names = page.answer->names;
    const store::ItemName& item = names.item(reached.position.item);
    CsvLine line;
    line.text(to_string(kind))
        .text(item.code.uri)
        .text(item.product_name)
        .text(item.code.lot)
        .place(names.owner(reached.position.owner))
        .place(names.site(reached.position.site))
        .text(names.region_of(reached.position))
        .text(names.region_path(names.region_of(reached.position)))
        .moment(reached.possible)
        .moment(reached.certain.value_or(model::kEndOfTime))
        .number(std::to_string(reached.hops))
        .text(to_string(reached.stock.status))
        .text(reached.stock.is_blocked ? "true" : "false");
    add_amounts(names, reached.stock.balances, line);
    add_explanation(page, kind, reached, line);
    line.append_to(out);
}

std::string dot_escaped(std::string_view text) {
    std::string escaped;
    for (const char c : printable(text)) {
        if (c == '"' || c == '\\') {
            escaped += '\\';
        }
        escaped += c;
    }
    return escaped;
}

// A quoted Graphviz string of several lines.
std::string dot_quoted(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += text.empty() ? "" : "\\n";
        text += dot_escaped(line);
    }
    return format("\"{}\"", text);
}

std::string dot_node(const NameBook& names, const trace::ReachedPosition& reached) {
    constexpr Language kZh = Language::kChinese;
    std::string_view fill = "white";
    if (reached.is_seed) {
        fill = "gold";
    } else if (reached.stock.is_blocked) {
        fill = "mistyrose";
    }
    const std::string stock = format(
        "{} {}", label(reached.stock.status, kZh), on_hand_label(names, reached.stock.balances, kZh)
    );
    return format(
        "  {} [label={}, fillcolor={}, color={}];\n",
        dot_quoted({position_key(reached.position)}),
        dot_quoted(
            {item_label(names.item(reached.position.item), kZh),
             place_label(names, reached.position, kZh),
             stock}
        ),
        fill,
        reached.certain ? "black" : "gray"
    );
}

std::string dot_edge(const NameBook& names, const trace::Move& move) {
    constexpr Language kZh = Language::kChinese;
    std::vector<std::string> lines = {std::string(label(move.kind, kZh))};
    if (!move.is_timeless) {
        lines.push_back(time_label(move.leave, kZh));
    }
    if (move.has_quantity) {
        lines.push_back(quantity_label(move.millionths, names.unit(move.unit), kZh));
    }
    return format(
        "  {} -> {} [label={}, style={}];\n",
        dot_quoted({position_key(move.from)}),
        dot_quoted({position_key(move.to)}),
        dot_quoted(lines),
        move.is_certain ? "solid" : "dashed"
    );
}

}  // namespace

std::string csv_field(std::string_view text) {
    // What Excel, WPS and LibreOffice take for the start of a formula, in both widths.
    constexpr std::string_view kStarts = "=+-@\t\r\n";
    bool is_formula = !text.empty() && kStarts.find(text.front()) != std::string_view::npos;
    for (const std::string_view start : {"＝", "＋", "－", "＠"}) {
        is_formula = is_formula || text.starts_with(start);
    }
    std::string guarded = (is_formula ? "'" : "") + std::string(text);
    if (guarded.find_first_of(",\"\r\n") == std::string::npos) {
        return guarded;
    }
    std::string quoted = "\"";
    for (const char c : guarded) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + '"';
}

std::string to_csv(const TracePage& page) {
    std::string out = "\xEF\xBB\xBF";
    append_heading(out);
    for (std::size_t row = page.first; row < page.first + page.count; ++row) {
        const PlaceInAnswer at = page.answer->at(row);
        append_row(page, at.part, page.answer->part(at.part)->positions[at.place], out);
    }
    return out;
}

std::string to_dot(const TracePage& page) {
    const NamedAnswer& named = *page.answer;
    std::string nodes;
    std::string edges;
    // A position, and a move, may be in both halves; it is drawn once.
    std::set<std::string> drawn;
    const auto draw = [&drawn](const std::string& key, const std::string& line, std::string& out) {
        if (drawn.insert(key).second) {
            out += line;
        }
    };
    for (std::size_t row = page.first; row < page.first + page.count; ++row) {
        const PlaceInAnswer at = named.at(row);
        const trace::Part& part = *named.part(at.part);
        const trace::ReachedPosition& reached = part.positions[at.place];
        draw(position_key(reached.position), dot_node(named.names, reached), nodes);
        for (const std::uint32_t move : named.index(at.part).moves_of(at.place)) {
            const std::string edge = dot_edge(named.names, part.moves[move]);
            draw(edge, edge, edges);
        }
    }
    constexpr std::string_view kFont = "fontname=\"Noto Sans CJK SC\"";
    return format(
        "digraph trace {{\n  rankdir=LR;\n  node [shape=box, style=filled, {}];\n  edge "
        "[{}];\n{}{}}}\n",
        kFont,
        kFont,
        nodes,
        edges
    );
}

}  // namespace suyuan::service
