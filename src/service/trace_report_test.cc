// SPDX-License-Identifier: Apache-2.0
//
// Goal: a report says what the answer says, in both languages and both formats, however large or
// odd the answer. Method: answers made by hand; the files are read back.

#include "service/trace_report.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "codec/byte_source.h"
#include "codec/pdf_testing.h"
#include "codec/pdf_writer.h"
#include "codec/table_row.h"
#include "codec/xlsx.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/handmade_answer.h"
#include "service/named_answer.h"
#include "service/report_flow.h"
#include "service/report_tables.h"
#include "service/tracing.h"
#include "service/wording.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

policy::RequestContext asker() {
    return policy::RequestContext(policy::local_principal());
}

using Rows = std::vector<std::vector<std::string>>;

codec::PdfReading pdf(const TracePage& page, Language language = Language::kChinese) {
    return codec::PdfReading(trace_report(asker(), page, ReportFormat::kPdf, language).value());
}

codec::XlsxReader xlsx(const TracePage& page, Language language = Language::kChinese) {
    std::string bytes = trace_report(asker(), page, ReportFormat::kXlsx, language).value();
    return codec::XlsxReader::open(codec::source_of_bytes(std::move(bytes))).value();
}

Rows rows_of(codec::XlsxReader& reader, std::string_view sheet) {
    EXPECT_TRUE(reader.select_sheet(sheet).has_value()) << sheet;
    Rows rows;
    while (const auto row = reader.next().value()) {
        rows.push_back(row->cells);
    }
    return rows;
}

// Shops that all get from one farm, two of each operator.
NamedAnswer wide_answer(std::uint32_t shops) {
    NamedAnswer named = handmade_answer();
    trace::Part& part = *named.answer.forward;
    const trace::ReachedPosition farm = part.positions.front();
    part.positions = {farm};
    part.moves.clear();
    for (std::uint32_t i = 0; i < shops; ++i) {
        const std::uint32_t site = 1'000 + i;
        const std::uint32_t owner = 1'000 + i / 2;
        trace::Move move = handmade_moves({}).front();
        move.to = {farm.position.item, graph::OperatorId(owner), graph::SiteId(site)};
        trace::ReachedPosition reached;
        reached.position = move.to;
        reached.hops = 1;
        reached.possible = kMorning + kHour;
        reached.explained_by = i;
        reached.stock.status = trace::StockStatus::kOnHand;
        reached.stock.balances = {handmade_stock({})};
        part.moves.push_back(move);
        part.positions.push_back(reached);
        const std::string number = std::to_string(i);
        named.names.put(store::NameKind::kSite, {site, "site-" + number, "𠮷祥分店" + number});
        named.names.put(store::NameKind::kOperator, {owner, "o-" + number, "连锁" + number});
    }
    named.forward_index = PartIndex(PartKind::kForward, part);
    return named;
}

std::size_t times(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

TEST(TraceReportTest, ItsNumberIsMadeOfCutOffAndDigest) {
    const NamedAnswer named = handmade_answer();
    EXPECT_EQ(report_number(named), "TR-20260107-" + named.digest.substr(0, 8));
    NamedAnswer late = handmade_answer();
    late.answer.cut_off = kMorning + (16 * kHour);  // midnight in China, 16:00 in Greenwich
    EXPECT_EQ(report_number(late), "TR-20260106-" + named.digest.substr(0, 8));
}

TEST(TraceReportTest, ThePagesSayWhatADutyOfficerNeeds) {
    const TracePage page = handmade_page();
    const std::string text = pdf(page).text();
    for (const std::string& part : {
             std::string("追溯报告"),
             report_number(*page.answer),
             std::string("批次 (01)06901234500012(10)L1 黄瓜"),
             std::string("追去向"),
             std::string("2026-01-07 08:00（北京时间）"),
             std::string("0.0015 秒"),
             page.answer->digest,
             std::string("封控之后仍流出 1 起"),
             std::string("断链 1 处"),
             std::string("仍在库：30 公斤"),
             std::string("物料平衡 (1)"),
             std::string("流向图"),
             std::string("去向 (3)"),
             std::string("发出无人签收"),
             std::string("=黄瓜, \"批发\"公司"),
             std::string("经营主体未登记"),
             std::string("车辆 (0)"),
             std::string("无。"),
         }) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
    EXPECT_EQ(text.find("上游 ("), std::string::npos);  // that half was not asked for
}

TEST(TraceReportTest, EnglishHasNoChineseButNames) {
    const std::string text = pdf(handmade_page(), Language::kEnglish).text();
    for (const std::string_view part :
         {"Trace report",
          "Cut-off",
          "Mass balance (1)",
          "Open ends (1)",
          "Page 1 of ",
          "30 kg",
          "Beijing time",
          "Unexplained",
          "Downstream (3)"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
    for (const std::string_view part : {"追溯", "报告", "公斤", "断链", "封控", "北京时间", "共"}) {
        EXPECT_EQ(text.find(part), std::string::npos) << part;
    }
}

TEST(TraceReportTest, TheWorkbookHasASheetForEachTable) {
    const TracePage page = handmade_page();
    codec::XlsxReader reader = xlsx(page);
    std::vector<std::string> names;
    for (const codec::XlsxSheet& sheet : reader.sheets()) {
        names.push_back(sheet.name);
    }
    EXPECT_EQ(
        names,
        (std::vector<std::string>{
            "追溯报告",
            "物料平衡",
            "违规流出",
            "断链",
            "流向图",
            "去向",
            "地区分布",
            "经营主体",
            "场所",
            "车辆",
            "从业人员"
        })
    );
    const Rows head = rows_of(reader, "追溯报告");
    EXPECT_EQ(head[1], (std::vector<std::string>{"报告编号", report_number(*page.answer)}));
    EXPECT_EQ(head[2], (std::vector<std::string>{"查询内容", "L1"}));
    const Rows balance = rows_of(reader, "物料平衡");
    ASSERT_EQ(balance.size(), 2U);
    EXPECT_EQ(
        balance[1],
        (std::vector<std::string>{"公斤", "0", "40", "30", "10", "0", "0", "0", "0", "0", "0"})
    );
    const Rows positions = rows_of(reader, "去向");
    ASSERT_EQ(positions.size(), 4U);
    EXPECT_EQ(
        positions[2],
        (std::vector<std::string>{
            "2",
            "2026-01-05T10:00:00",
            "确定",
            "黄瓜 批次 L1",
            "https://id.gs1.org/01/06901234500012/10/L1",
            "L1",
            "黄瓜批发行",
            "https://id.gs1.org/414/6901234500022",
            "河南省 金水区",
            "410105",
            "=黄瓜, \"批发\"公司",
            "914403001922038216",
            "1",
            "在库·已封控",
            "30",
            "公斤",
            "发货 · 绿园基地（绿园农业公司）",
            "FH-0",
        })
    );
    EXPECT_EQ(rows_of(reader, "车辆").size(), 1U);
}

TEST(TraceReportTest, WhatLooksLikeAFormulaStaysText) {
    const std::string bytes =
        trace_report(asker(), handmade_page(), ReportFormat::kXlsx, Language::kChinese).value();
    auto reader = codec::XlsxReader::open(codec::source_of_bytes(bytes)).value();
    EXPECT_EQ(rows_of(reader, "经营主体")[2][1], "=黄瓜, \"批发\"公司");
}

TEST(TraceReportTest, TheWorkbookHasTheFlowAsAPicture) {
    for (const Language language : {Language::kChinese, Language::kEnglish}) {
        const TracePage page = handmade_page();
        codec::XlsxReader reader = xlsx(page, language);
        const Rows rows = rows_of(reader, language == Language::kChinese ? "流向图" : "Flow");
        ASSERT_EQ(rows.size(), 1U);
        EXPECT_EQ(rows[0][0], draw_flow(*page.answer, language).note);
    }
    // The picture that stands in it, stored as it is.
    const std::string bytes =
        trace_report(asker(), handmade_page(), ReportFormat::kXlsx, Language::kChinese).value();
    EXPECT_NE(bytes.find("xl/media/image1.png"), std::string::npos);
}

TEST(TraceReportTest, NumbersAreExact) {
    NamedAnswer named = handmade_answer();
    named.answer.total.front().received = 9'007'199'254'740'993'007;  // no double holds it
    named.answer.total.front().on_hand = 1;
    const TracePage page = handmade_page(std::move(named));
    codec::XlsxReader reader = xlsx(page);
    const Rows balance = rows_of(reader, "物料平衡");
    EXPECT_EQ(balance[1][2], "9007199254740.993007");
    EXPECT_EQ(balance[1][3], "0.000001");
    EXPECT_NE(pdf(page).text().find("9007199254740.993007"), std::string::npos);
}

TEST(TraceReportTest, AThousandShopsAreAllListedAndDrawnTogether) {
    constexpr std::uint32_t kShops = 1'000;
    const TracePage page = handmade_page(wide_answer(kShops));
    const codec::PdfReading read = pdf(page);
    const std::string text = read.text();
    EXPECT_GT(read.pages().size(), 20U);
    for (const std::uint32_t shop : {0U, 499U, 999U}) {
        EXPECT_NE(text.find("𠮷祥分店" + std::to_string(shop)), std::string::npos) << shop;
    }
    EXPECT_NE(text.find("共 1001 个位置，图中按经营主体和步数合并"), std::string::npos);
    EXPECT_NE(text.find("其余 484 家经营主体"), std::string::npos);
    codec::XlsxReader reader = xlsx(page);
    EXPECT_EQ(rows_of(reader, "去向").size(), kShops + 2);
    // However many they are, the picture is no larger than a page.
    const auto png = codec::draw_png(draw_flow(*page.answer, Language::kChinese).picture, "zh-CN");
    ASSERT_TRUE(png) << png.error().message();
    EXPECT_LT(png->bytes.size(), 1U << 20U);
}

TEST(TraceReportTest, ASmallFlowHasABoxForEachPosition) {
    const ReportFlow flow = draw_flow(wide_answer(16), Language::kChinese);
    EXPECT_EQ(flow.picture.boxes.size(), 17U);
    EXPECT_EQ(flow.picture.arrows.size(), 16U);
    EXPECT_EQ(flow.note.find("合并"), std::string::npos);
    for (const codec::PdfArrow& arrow : flow.picture.arrows) {
        EXPECT_LT(arrow.points.front().x, arrow.points.back().x);
    }
}

TEST(TraceReportTest, FlowsOfAnySizeFitOnAPage) {
    for (const std::uint32_t shops : {1U, 17U, 18U, 34U, 35U, 60U, 500U}) {
        const ReportFlow flow = draw_flow(wide_answer(shops), Language::kEnglish);
        EXPECT_LE(flow.picture.boxes.size(), 60U) << shops;
        EXPECT_LE(flow.picture.width, codec::kPdfTextWidth + 0.01);
        EXPECT_LE(flow.picture.height, 17 * 39.0);
        for (const codec::PdfBox& box : flow.picture.boxes) {
            EXPECT_GE(box.corner.y, 0) << shops;
            EXPECT_LE(box.corner.y + box.height, flow.picture.height) << shops;
        }
        for (std::size_t i = 0; i < flow.picture.boxes.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const codec::PdfBox& a = flow.picture.boxes[i];
                const codec::PdfBox& b = flow.picture.boxes[j];
                const bool is_beside = std::abs(a.corner.x - b.corner.x) >= a.width;
                EXPECT_TRUE(is_beside || std::abs(a.corner.y - b.corner.y) >= a.height) << shops;
            }
        }
    }
}

// Shops of forty operators in four districts of one city and in another city.
NamedAnswer scattered_answer(std::size_t districts) {
    NamedAnswer named = wide_answer(80);
    named.names.put({"410000", "河南省", "", "", ""});
    named.names.put({"410100", "郑州市", "410000", "", ""});
    named.names.put({"419001", "济源市", "410000", "", ""});
    for (std::uint32_t i = 0; i < 80; ++i) {
        const std::string district = std::to_string(410'101 + i % districts);
        named.names.put({district, "第" + district.substr(3) + "区", "410100", "", ""});
        store::NamedId site = named.names.site(graph::SiteId(1'000 + i));
        site.region = i < 8 ? "419001" : district;
        named.names.put(store::NameKind::kSite, std::move(site));
    }
    return named;
}

std::set<std::string> first_lines(const ReportFlow& flow) {
    std::set<std::string> lines;
    for (const codec::PdfBox& box : flow.picture.boxes) {
        lines.insert(box.lines.front());
    }
    return lines;
}

TEST(TraceReportTest, TooManyOperatorsAreDrawnByRegion) {
    const ReportFlow flow = draw_flow(scattered_answer(4), Language::kChinese);
    EXPECT_EQ(
        first_lines(flow),
        (std::set<std::string>{
            "未登记地区",
            "济源市",
            "郑州市 第101区",
            "郑州市 第102区",
            "郑州市 第103区",
            "郑州市 第104区"
        })
    );
    EXPECT_NE(flow.note.find("按地区和步数合并"), std::string::npos) << flow.note;
    const auto city =
        std::ranges::find(flow.picture.boxes, std::string("济源市"), [](const codec::PdfBox& box) {
            return box.lines.front();
        });
    ASSERT_NE(city, flow.picture.boxes.end());
    EXPECT_EQ(city->lines, (std::vector<std::string>{"济源市", "4 家经营主体", "8 个位置"}));
}

TEST(TraceReportTest, TooManyDistrictsAreDrawnByCity) {
    const ReportFlow flow = draw_flow(scattered_answer(40), Language::kChinese);
    EXPECT_EQ(first_lines(flow), (std::set<std::string>{"未登记地区", "济源市", "郑州市"}));
}

TEST(TraceReportTest, RegionsAreCountedAndNamed) {
    TracePage page = handmade_page();
    auto named = std::make_shared<NamedAnswer>(scattered_answer(4));
    page.answer = named;
    for (const ReportTable& table : report_tables(page, Language::kChinese)) {
        if (table.title == "地区分布") {
            ASSERT_EQ(table.row_count, 6U);
            std::vector<std::string> first;
            for (const ReportCell& cell : table.row(0)) {
                first.push_back(cell.text);
            }
            EXPECT_EQ(
                first,
                (std::vector<std::string>{
                    "1", "河南省 郑州市 第101区", "410101", "18", "18", "18", "0"
                })
            );
            return;
        }
    }
    FAIL() << "no table of regions";
}

TEST(TraceReportTest, ARingOfReturnsIsDrawn) {
    NamedAnswer named = handmade_answer();
    trace::Part& part = *named.answer.forward;
    std::swap(part.moves[1].from, part.moves[1].to);
    part.moves[1].to = part.moves[0].from;  // stall to farm
    part.moves.push_back(handmade_moves({})[1]);
    const ReportFlow flow = draw_flow(named, Language::kChinese);
    EXPECT_EQ(flow.picture.boxes.size(), 3U);
    EXPECT_EQ(flow.picture.arrows.size(), 3U);
}

TEST(TraceReportTest, AnAnswerWithNothingInItIsAReport) {
    NamedAnswer named = handmade_answer();
    named.answer = {};
    named.answer.forward = trace::Part{};
    named.answer.cut_off = kMorning;
    named.forward_index = PartIndex(PartKind::kForward, *named.part(PartKind::kForward));
    const std::string text = pdf(handmade_page(std::move(named))).text();
    EXPECT_EQ(times(text, "无。"), 9U);
    EXPECT_EQ(text.find("流向图"), std::string::npos);
}

TEST(TraceReportTest, TheSameAnswerGivesTheSamePages) {
    const auto make = [] {
        return trace_report(asker(), handmade_page(), ReportFormat::kPdf, Language::kChinese)
            .value();
    };
    EXPECT_EQ(make(), make());
}

}  // namespace
}  // namespace suyuan::service
