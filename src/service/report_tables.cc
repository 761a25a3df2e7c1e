// SPDX-License-Identifier: Apache-2.0

#include "service/report_tables.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.h"
#include "codec/xlsx_writer.h"
#include "graph/event_graph.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "service/event_references.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/region_tallies.h"
#include "service/text_table.h"
#include "service/tracing.h"
#include "service/wording.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

using Cells = std::vector<ReportCell>;
using Kind = codec::XlsxCell::Kind;

constexpr std::string_view kNothing = "——";
constexpr Words kNumber = {"序号", "No."};
constexpr Words kItem = {"物品", "Item"};
constexpr Words kItemCode = {"物品编码", "Item code"};
constexpr Words kPlace = {"地点", "Place"};
constexpr Words kRegion = {"地区", "Region"};
constexpr Words kRegionCode = {"行政区划代码", "Region code"};
constexpr Words kRecord = {"记录", "Record"};

std::string words(const Words& both, Language language) {
    return std::string(pick(both, language));
}

ReportCell text_cell(std::string_view text) {
    const std::string shown = printable(text);
    return {shown.empty() ? std::string(kNothing) : shown, shown};
}

// The same text at once on a page and, without ornament, in a workbook.
ReportCell number_cell(const std::string& number) {
    return {number, number, Kind::kNumber};
}

ReportCell amount_cell(std::int64_t millionths) {
    return number_cell(model::format_decimal({millionths}));
}

ReportCell warned(ReportCell cell, bool is_warning) {
    cell.is_warning = is_warning;
    return cell;
}

std::string unit_word(std::string_view unit, Language language) {
    const std::string label = quantity_label(0, unit, language);  // "0 公斤"
    return label.substr(label.find(' ') + 1);
}

// Requires an event behind the page.
std::string event_label(const TracePage& page, graph::EventIndex event, Language language) {
    const auto found = page.events.find(event);
    if (found == page.events.end()) {
        return "";
    }
    std::string text = time_label(found->second.time, language);
    for (const std::string& paper : found->second.papers) {
        text += " " + paper_label(paper);
    }
    return text;
}

std::string papers_behind(const TracePage& page, const trace::Move& move) {
    std::set<std::string> papers;
    for (const EventReference& event : references_behind(move, page.events)) {
        for (const std::string& paper : event.papers) {
            papers.insert(paper_label(paper));
        }
    }
    std::string text;
    for (const std::string& paper : papers) {
        text += text.empty() ? paper : "; " + paper;
    }
    return text;
}

// Amount and unit, each by itself where there is one unit.
void add_stock(
    const NameBook& names,
    const std::vector<trace::Balance>& balances,
    Language language,
    Cells& row
) {
    ReportCell amount = text_cell(on_hand_label(names, balances, language));
    std::string unit;
    if (balances.size() == 1) {
        amount.value = model::format_decimal({balances.front().on_hand});
        amount.kind = Kind::kNumber;
        unit = unit_word(names.unit(balances.front().unit), language);
    }
    row.push_back(amount);
    row.push_back(text_cell(unit));
}

std::vector<ReportColumn> position_columns(bool is_back, Language language) {
    const auto column = [&](const Words& heading, double share, double width) {
        return ReportColumn{words(heading, language), share, width};
    };
    std::vector<ReportColumn> columns = {
        column(kNumber, 0.75, 7),
        column(
            is_back ? Words{"最晚离开", "Latest departure"} : Words{"最早到达", "Earliest arrival"},
            1.3,
            19
        ),
        column({"把握", "Sure"}, 0.95, 9),
        column(kItem, 2.0, 32),
        column(kItemCode, 0, 40),
        column({"批号", "Lot"}, 0, 16),
        column({"场所", "Site"}, 1.9, 28),
        column({"场所编码", "Site code"}, 0, 24),
        column(kRegion, 0, 28),
        column(kRegionCode, 0, 14),
        column({"经营主体", "Operator"}, 1.9, 28),
        column({"经营主体编码", "Operator code"}, 0, 24),
        column({"步数", "Hops"}, 0, 7),
        column({"状态", "Status"}, 1.0, 14),
        column({"在库", "On hand"}, 1.1, 12),
        column({"单位", "Unit"}, 0, 8),
        column(is_back ? Words{"去往", "To"} : Words{"来自", "From"}, 2.2, 44),
        column({"单证", "Papers"}, 0, 24),
    };
    columns[0].is_number = true;
    columns[14].is_number = true;
    return columns;
}

Cells position_row(const TracePage& page, PartKind kind, std::size_t place, Language language) {
    const bool is_back = kind == PartKind::kBack;
    const NameBook& names = page.answer->names;
    const trace::Part& part = *page.answer->part(kind);
    const trace::ReachedPosition& reached = part.positions[place];
    const store::ItemName& item = names.item(reached.position.item);
    const store::NamedId& site = names.site(reached.position.site);
    const store::NamedId& owner = names.owner(reached.position.owner);
    const std::string& region = names.region_of(reached.position);
    std::string neighbour = words({"所查物品", "what was asked for"}, language);
    std::string papers;
    if (reached.explained_by) {
        const trace::Move& move = part.moves[*reached.explained_by];
        neighbour = format(
            "{} · {}",
            label(move.kind, language),
            place_label(names, is_back ? move.to : move.from, language)
        );
        papers = papers_behind(page, move);
    }
    std::string status(label(reached.stock.status, language));
    if (reached.stock.is_blocked) {
        status += pick({"·已封控", ", blocked"}, language);
    }
    Cells row = {
        number_cell(std::to_string(place + 1)),
        moment_cell(reached.possible),
        text_cell(
            pick(reached.certain ? Words{"确定", "certain"} : Words{"可能", "possible"}, language)
        ),
        text_cell(item_label(item, language)),
        text_cell(item.code.uri),
        text_cell(item.code.lot),
        text_cell(site_label(site)),
        text_cell(site.code),
        text_cell(names.region_path(region)),
        text_cell(region),
        text_cell(owner_label(owner, language)),
        text_cell(owner.code),
        number_cell(std::to_string(reached.hops)),
        warned(text_cell(status), reached.stock.status == trace::StockStatus::kNegative),
    };
    add_stock(names, reached.stock.balances, language, row);
    row.push_back(text_cell(neighbour));
    row.push_back(text_cell(papers));
    return row;
}

ReportTable positions_table(const TracePage& page, PartKind kind, Language language) {
    const bool is_back = kind == PartKind::kBack;
    ReportTable table;
    table.title =
        words(is_back ? Words{"上游", "Upstream"} : Words{"去向", "Downstream"}, language);
    table.note = words(
        {"“确定”指必经此处，“可能”指按记录的时间可以到达。",
         "\"certain\": it must have been here; \"possible\": the recorded times allow it."},
        language
    );
    table.columns = position_columns(is_back, language);
    table.row_count = page.answer->part(kind)->positions.size();
    table.row = [&page, kind, language](std::size_t row) {
        return position_row(page, kind, row, language);
    };
    return table;
}

ReportTable balance_table(const TracePage& page, Language language) {
    ReportTable table;
    table.title = words({"物料平衡", "Mass balance"}, language);
    table.note = words(
        {"产生＋收货＝在库＋在途＋发出＋售出＋投入＋销毁＋离境＋未说明。",
         "Created + received = on hand + in transit + shipped + sold + used + destroyed + left + "
         "unexplained."},
        language
    );
    for (const Words& heading : {
             Words{"单位", "Unit"},
             Words{"产生", "Created"},
             Words{"收货", "Received"},
             Words{"在库", "On hand"},
             Words{"在途", "In transit"},
             Words{"发出", "Shipped"},
             Words{"售出", "Sold"},
             Words{"投入", "Used"},
             Words{"销毁", "Destroyed"},
             Words{"离境", "Left"},
             Words{"未说明", "Unexplained"},
         }) {
        table.columns.push_back({words(heading, language), 1, 12, !table.columns.empty()});
    }
    table.columns.front().share = 0.7;
    table.columns.back().share = 1.4;  // its heading is the longest word
    table.row_count = page.answer->answer.total.size();
    table.row = [&page, language](std::size_t row) -> Cells {
        const trace::Balance& total = page.answer->answer.total[row];
        return {
            text_cell(unit_word(page.answer->names.unit(total.unit), language)),
            amount_cell(total.created + total.produced),
            amount_cell(total.received),
            amount_cell(total.on_hand),
            amount_cell(total.in_transit),
            amount_cell(total.shipped),
            amount_cell(total.sold),
            amount_cell(total.used),
            amount_cell(total.destroyed),
            amount_cell(total.left),
            warned(amount_cell(total.unexplained), total.unexplained != 0),
        };
    };
    return table;
}

ReportTable violations_table(const TracePage& page, Language language) {
    ReportTable table;
    table.title = words({"违规流出", "Violations"}, language);
    table.note = words(
        {"封控之后仍然发出、投入或售出。", "Moved on, used or sold although blocked."}, language
    );
    table.columns = {
        {words(kNumber, language), 0.6, 7, true},
        {words(kItem, language), 2, 32},
        {words(kItemCode, language), 0, 40},
        {words(kPlace, language), 3, 44},
        {words({"流出记录", "Departure"}, language), 2, 44},
        {words({"封控记录", "Block"}, language), 2, 44},
    };
    table.row_count = page.answer->answer.violations.size();
    table.row = [&page, language](std::size_t row) -> Cells {
        const NameBook& names = page.answer->names;
        const trace::Violation& one = page.answer->answer.violations[row];
        return {
            number_cell(std::to_string(row + 1)),
            text_cell(item_label(names.item(one.position.item), language)),
            text_cell(names.item(one.position.item).code.uri),
            warned(text_cell(place_label(names, one.position, language)), true),
            text_cell(event_label(page, one.event, language)),
            text_cell(
                event_label(page, one.block_event, language) +
                (one.is_possible ? words({"（可能）", " (possibly)"}, language) : "")
            ),
        };
    };
    return table;
}

// What the books of a position show below nothing.
std::string shortage_label(
    const TracePage& page, const trace::Position& position, Language language
) {
    const NamedAnswer& named = *page.answer;
    std::string label;
    for (const auto* const part : {&named.answer.forward, &named.answer.back}) {
        if (!*part || !label.empty()) {
            continue;
        }
        const auto reached =
            std::ranges::find((*part)->positions, position, &trace::ReachedPosition::position);
        if (reached == (*part)->positions.end()) {
            continue;
        }
        for (const trace::Balance& balance : reached->stock.balances) {
            if (balance.on_hand < 0) {
                label += label.empty() ? words({"账面 ", "books: "}, language) : ", ";
                label += quantity_label(balance.on_hand, named.names.unit(balance.unit), language);
            }
        }
    }
    return label;
}

ReportTable open_ends_table(const TracePage& page, Language language) {
    ReportTable table;
    table.title = words({"断链", "Open ends"}, language);
    table.note = words(
        {"记录在此中断或互相矛盾，需到现场核实。",
         "Here records end or contradict each other: to be looked into on the spot."},
        language
    );
    table.columns = {
        {words(kNumber, language), 0.6, 7, true},
        {words({"断链", "Open end"}, language), 1.6, 24},
        {words(kItem, language), 2, 32},
        {words(kItemCode, language), 0, 40},
        {words(kPlace, language), 3, 44},
        {words(kRecord, language), 2.6, 44},
    };
    table.row_count = page.answer->answer.open_ends.size();
    table.row = [&page, language](std::size_t row) -> Cells {
        const NameBook& names = page.answer->names;
        const trace::OpenEnd& end = page.answer->answer.open_ends[row];
        const bool has_event = end.kind != trace::OpenEndKind::kNegativeStock;
        return {
            number_cell(std::to_string(row + 1)),
            warned(text_cell(label(end.kind, language)), true),
            text_cell(item_label(names.item(end.position.item), language)),
            text_cell(names.item(end.position.item).code.uri),
            text_cell(place_label(names, end.position, language)),
            text_cell(
                has_event ? event_label(page, end.event, language)
                          : shortage_label(page, end.position, language)
            ),
        };
    };
    return table;
}

ReportTable sources_table(const TracePage& page, Language language) {
    ReportTable table;
    table.title = words({"源头", "Sources"}, language);
    table.columns = {
        {words(kNumber, language), 0.6, 7, true},
        {words(kItem, language), 3, 32},
        {words(kItemCode, language), 0, 40},
        {words(kPlace, language), 5, 44},
    };
    table.row_count = page.answer->answer.sources.size();
    table.row = [&page, language](std::size_t row) -> Cells {
        const NameBook& names = page.answer->names;
        const trace::Position& source = page.answer->answer.sources[row];
        return {
            number_cell(std::to_string(row + 1)),
            text_cell(item_label(names.item(source.item), language)),
            text_cell(names.item(source.item).code.uri),
            text_cell(place_label(names, source, language)),
        };
    };
    return table;
}

ReportTable regions_table(const TracePage& page, Language language) {
    ReportTable table;
    table.title = words({"地区分布", "Regions"}, language);
    table.columns = {
        {words(kNumber, language), 0.6, 7, true},
        {words(kRegion, language), 3.4, 32},
        {words(kRegionCode, language), 1.4, 14},
        {words({"位置", "Positions"}, language), 1, 10, true},
        {words({"经营主体", "Operators"}, language), 1, 10, true},
        {words({"场所", "Sites"}, language), 1, 10, true},
        {words({"已封控", "Blocked"}, language), 1, 10, true},
    };
    const auto tallies = std::make_shared<const RegionTallies>(region_tallies(*page.answer));
    table.row_count = tallies->size();
    table.row = [&page, tallies, language](std::size_t row) -> Cells {
        const auto& [code, tally] = (*tallies)[row];
        const auto count = [](std::size_t number) { return number_cell(std::to_string(number)); };
        return {
            count(row + 1),
            text_cell(
                code.empty() ? words({"未登记地区", "No region registered"}, language)
                             : page.answer->names.region_path(code)
            ),
            text_cell(code),
            count(tally.positions.size()),
            count(tally.operators.size()),
            count(tally.sites.size()),
            count(tally.blocked),
        };
    };
    return table;
}

// Somebody or something that the answer touches. `all` lives in the page.
ReportTable touched_table(
    const TracePage& page,
    const Words& title,
    store::NameKind kind,
    const std::vector<trace::Touched>& all,
    Language language
) {
    ReportTable table;
    table.title = words(title, language);
    table.columns = {
        {words(kNumber, language), 0.6, 7, true},
        {words({"名称", "Name"}, language), 3.4, 32},
        {words({"编码", "Code"}, language), 2.6, 28},
    };
    const bool is_place = kind == store::NameKind::kOperator || kind == store::NameKind::kSite;
    if (is_place) {
        table.columns.push_back({words(kRegion, language), 2.4, 28});
    }
    table.columns.push_back({words({"最早", "First"}, language), 1.5, 19});
    table.columns.push_back({words({"最晚", "Last"}, language), 1.5, 19});
    table.row_count = all.size();
    table.row = [&page, &all, kind, is_place, language](std::size_t row) -> Cells {
        const store::NamedId& name = page.answer->names.name(kind, all[row].id);
        const std::string shown =
            kind == store::NameKind::kOperator ? owner_label(name, language) : site_label(name);
        ReportCell code = text_cell(short_code(name.code));
        code.value = printable(name.code);
        Cells cells = {number_cell(std::to_string(row + 1)), text_cell(shown), code};
        if (is_place) {
            cells.push_back(text_cell(page.answer->names.region_path(name.region)));
        }
        cells.push_back(moment_cell(all[row].first));
        cells.push_back(moment_cell(all[row].last));
        return cells;
    };
    return table;
}

}  // namespace

ReportCell moment_cell(model::MicrosUtc moment) {
    if (moment == model::kBeginningOfTime || moment == model::kEndOfTime) {
        return {std::string(kNothing), ""};
    }
    // "2026-01-05T08:00:00+08:00"
    constexpr std::size_t kSecondsChars = 19;
    return {
        local_time(moment),
        model::format_instant(moment, kLocalOffsetMinutes).substr(0, kSecondsChars),
        Kind::kDate
    };
}

std::vector<ReportTable> report_tables(const TracePage& page, Language language) {
    const trace::Answer& answer = page.answer->answer;
    std::vector<ReportTable> tables;
    tables.push_back(balance_table(page, language));
    tables.push_back(violations_table(page, language));
    tables.push_back(open_ends_table(page, language));
    if (answer.back) {
        tables.push_back(sources_table(page, language));
        tables.push_back(positions_table(page, PartKind::kBack, language));
    }
    if (answer.forward) {
        tables.push_back(positions_table(page, PartKind::kForward, language));
    }
    tables.push_back(regions_table(page, language));
    using store::NameKind;
    const auto add = [&](const Words& title, NameKind kind, const std::vector<trace::Touched>& all
                     ) { tables.push_back(touched_table(page, title, kind, all, language)); };
    add({"经营主体", "Operators"}, NameKind::kOperator, answer.operators);
    add({"场所", "Sites"}, NameKind::kSite, answer.sites);
    add({"车辆", "Vehicles"}, NameKind::kVehicle, answer.vehicles);
    add({"从业人员", "People"}, NameKind::kPerson, answer.people);
    return tables;
}

}  // namespace suyuan::service
