// SPDX-License-Identifier: Apache-2.0

#include "service/line_reader.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "codec/epcis_json.h"
#include "codec/table_row.h"
#include "model/event.h"
#include "service/line_sheet.h"

namespace suyuan::service {
namespace {

using Cells = std::vector<std::string>;

constexpr std::string_view kOperator = "https://ns.suyuan.example/uscc/91410100MA45X2TP0T";
constexpr std::string_view kSupplier = "https://ns.suyuan.example/uscc/91350100M000100Y43";

LineReader reader_of(
    Cells titles,
    SheetKind kind,
    LineDefaults defaults = {.operator_code = std::string(kOperator), .site = {}}
) {
    auto map = map_columns(titles, kind, {});
    EXPECT_TRUE(map) << map.error().message();
    return LineReader(*map, std::move(titles), std::move(defaults));
}

Line read(LineReader& reader, Cells cells, std::uint64_t number = 2) {
    return reader.read({.number = number, .cells = std::move(cells), .faults = {}});
}

// The event as the codec reads it. Requires that it does.
codec::EpcisEvent event_of(const Line& line) {
    EXPECT_TRUE(line.faults.empty()) << line.faults.front().reason.en;
    const std::string document = line_document({line.event});
    auto read = codec::read_epcis(document, {});
    EXPECT_TRUE(read) << read.error().message();
    EXPECT_TRUE(read->problems.empty())
        << read->problems.front().pointer << read->problems.front().reason;
    return read->events.at(0);
}

TEST(LineReaderTest, AnInboundLineIsAReceipt) {
    LineReader reader = reader_of(
        {"单据号",
         "行号",
         "进货时间",
         "商品条码",
         "批号",
         "数量",
         "单位",
         "供货者",
         "场所",
         "车牌号",
         "经手人"},
        SheetKind::kInbound
    );
    const Line line = read(
        reader,
        {"DN-1",
         "1",
         "2026-03-02 08:30",
         "6901234567892",
         "L7",
         "1,300",
         "公斤",
         "91350100M000100Y43",
         "库房 1",
         "豫A·12345",
         "王某某"}
    );
    const codec::EpcisEvent event = event_of(line);
    EXPECT_EQ(event.event.kind, model::EventKind::kObject);
    EXPECT_EQ(event.event.biz_step, "receiving");
    EXPECT_EQ(event.event.owner, kOperator);
    EXPECT_EQ(
        event.event.biz_location, "https://ns.suyuan.example/site/91410100MA45X2TP0T/库房%201"
    );
    ASSERT_EQ(event.event.items.size(), 1U);
    EXPECT_EQ(event.event.items[0].code, "https://id.gs1.org/01/06901234567892/10/L7");
    EXPECT_EQ(event.event.items[0].quantity->unit, "KGM");
    ASSERT_EQ(event.event.sources.size(), 1U);
    EXPECT_EQ(event.event.sources[0].id, kSupplier);
    EXPECT_EQ(event.event.vehicles, std::vector<std::string>{"豫A12345"});
    // The name of a person is a value apart, and its id does not tell it.
    ASSERT_EQ(event.people.size(), 1U);
    EXPECT_NE(event.people[0].values.find("王某某"), std::string::npos);
    EXPECT_EQ(event.people[0].person.find("王"), std::string::npos);
    EXPECT_EQ(event.payload.find("王某某"), std::string::npos);
}

TEST(LineReaderTest, ReceiptAndShipmentOfOnePaperAndLotMeet) {
    LineReader inbound = reader_of(
        {"单据号", "行号", "进货时间", "品名", "批号", "数量", "单位", "供货者"},
        SheetKind::kInbound
    );
    LineReader outbound = reader_of(
        {"单据号", "行号", "出货时间", "品名", "批号", "数量", "单位", "购货者"},
        SheetKind::kOutbound,
        {.operator_code = std::string(kSupplier), .site = {}}
    );
    const auto received = event_of(
        read(inbound, {"DN-1", "1", "2026-03-02", "黄瓜", "L7", "5", "kg", "91350100M000100Y43"})
    );
    const auto sent = event_of(
        read(outbound, {"DN-1", "9", "2026-03-01", "黄瓜", "L7", "5", "kg", "91410100MA45X2TP0T"})
    );
    EXPECT_EQ(received.event.items[0].code, sent.event.items[0].code);
    EXPECT_EQ(received.event.papers[0].id, sent.event.papers[0].id);
    EXPECT_EQ(sent.event.biz_step, "shipping");
    EXPECT_EQ(sent.event.destinations[0].id, kOperator);
    EXPECT_NE(received.event.event_id, sent.event.event_id);
}

TEST(LineReaderTest, ALineToNobodyIsASaleOverTheCounter) {
    LineReader reader =
        reader_of({"出货时间", "品名", "批号", "数量", "单位", "购货者名称"}, SheetKind::kOutbound);
    EXPECT_EQ(
        event_of(read(reader, {"2026-03-02", "黄瓜", "L7", "5", "kg", ""})).event.biz_step,
        "retail_selling"
    );
    const Line shipped = read(reader, {"2026-03-02", "黄瓜", "L7", "5", "kg", "育才小学食堂"});
    EXPECT_EQ(event_of(shipped).event.biz_step, "shipping");
    ASSERT_EQ(shipped.mentions.operators.size(), 1U);
    EXPECT_EQ(shipped.mentions.operators[0].name, "育才小学食堂");
}

TEST(LineReaderTest, LinesOfOneProcessShareIt) {
    LineReader reader = reader_of(
        {"加工单号", "投入产出", "加工时间", "品名", "批号", "生产者", "数量", "单位"},
        SheetKind::kProcessing
    );
    const auto input = event_of(
        read(reader, {"P-1", "投入", "2026-03-02", "牛肉", "B1", "91350100M000100Y43", "10", "kg"})
    );
    const auto output =
        event_of(read(reader, {"P-1", "产出", "2026-03-02", "肉馅", "M1", "", "9.5", "kg"}));
    EXPECT_EQ(input.event.kind, model::EventKind::kTransformation);
    EXPECT_FALSE(input.event.transformation_id.empty());
    EXPECT_EQ(input.event.transformation_id, output.event.transformation_id);
    EXPECT_EQ(input.event.items[0].role, model::ItemRole::kInput);
    EXPECT_EQ(output.event.items[0].role, model::ItemRole::kOutput);
}

TEST(LineReaderTest, ACountMayBeZero) {
    LineReader reader =
        reader_of({"盘点时间", "追溯码", "实盘数量", "单位"}, SheetKind::kStockCount);
    const auto event =
        event_of(read(reader, {"2026-03-02", "(01)06901234567892(10)L7", "0", "kg"}));
    EXPECT_EQ(event.event.biz_step, "stock_taking");
    EXPECT_EQ(event.event.items[0].code, "https://id.gs1.org/01/06901234567892/10/L7");
}

TEST(LineReaderTest, ACodeOfOneThingHasNoAmount) {
    LineReader reader = reader_of({"进货时间", "追溯码", "数量", "单位"}, SheetKind::kInbound);
    const auto event =
        event_of(read(reader, {"2026-03-02", "urn:epc:id:sscc:6909999.0000000017", "", ""}));
    EXPECT_FALSE(event.event.items[0].is_class);
    EXPECT_EQ(
        read(reader, {"2026-03-02", "urn:epc:id:sscc:6909999.0000000017", "2", "件"}).faults.size(),
        1U
    );
}

TEST(LineReaderTest, AnotherSchemesNumberIsKeptAsACode) {
    LineReader reader = reader_of({"进货时间", "追溯码", "数量", "单位"}, SheetKind::kInbound);
    const auto event = event_of(read(reader, {"2026-03-02", "豫冷链 123/4", "2", "件"}));
    EXPECT_EQ(event.event.items[0].code, "https://ns.suyuan.example/code/豫冷链%20123%2F4");
}

TEST(LineReaderTest, ALineIsRecognisedByItsPaperOrByItself) {
    const Cells titles = {"单据号", "行号", "出货时间", "品名", "批号", "数量", "单位"};
    LineReader reader = reader_of(titles, SheetKind::kOutbound);
    const auto id = [&](LineReader& from, Cells cells) {
        return event_of(read(from, std::move(cells))).event.event_id;
    };
    const std::string first = id(reader, {"S-1", "1", "2026-03-02", "黄瓜", "L7", "5", "kg"});
    // The same line of the same paper, whatever it says now.
    EXPECT_EQ(id(reader, {"S-1", "1", "2026-03-02", "黄瓜", "L7", "6", "kg"}), first);
    EXPECT_NE(id(reader, {"S-1", "2", "2026-03-02", "黄瓜", "L7", "5", "kg"}), first);
    EXPECT_NE(id(reader, {"S-2", "1", "2026-03-02", "黄瓜", "L7", "5", "kg"}), first);
    // Without a number: equal rows are as many lines as there are.
    const Cells plain = {"", "", "2026-03-02", "黄瓜", "L7", "5", "kg"};
    const std::string one = id(reader, plain);
    const std::string two = id(reader, plain);
    EXPECT_NE(one, two);
    // Again from the start, in other columns and other spellings of blanks and widths.
    LineReader again =
        reader_of({"批号", "品名", "数量", "单位", "出货时间"}, SheetKind::kOutbound);
    EXPECT_EQ(id(again, {"Ｌ7", " 黄瓜", "5", "kg", "2026-03-02"}), one);
    EXPECT_EQ(id(again, {"L7", "黄瓜", "5", "kg", "2026-03-02"}), two);
}

TEST(LineReaderTest, EveryFaultOfARowIsTold) {
    LineReader reader = reader_of(
        {"进货时间", "品名", "批号", "数量", "单位", "供货者", "车牌号"}, SheetKind::kInbound, {}
    );
    const Line line = read(reader, {"昨天", "", "L7", "-1", "若干", "老王", "豫A1"});
    EXPECT_TRUE(line.event.empty());
    std::vector<std::string> columns;
    for (const LineFault& fault : line.faults) {
        columns.push_back(fault.column);
        EXPECT_FALSE(fault.reason.zh.empty());
        EXPECT_FALSE(fault.reason.en.empty());
    }
    std::ranges::sort(columns);
    EXPECT_EQ(
        columns,
        (std::vector<std::string>{
            "供货者", "单位", "品名", "数量", "经营主体", "车牌号", "进货时间"
        })
    );
    EXPECT_EQ(line.faults.back().value, "豫A1");
}

TEST(LineReaderTest, RowsOfTheRegister) {
    LineReader operators =
        reader_of({"统一社会信用代码", "主体名称", "行政区划代码"}, SheetKind::kOperators);
    const Line business = read(operators, {"91350100M000100Y43", "福州某某食品有限公司", "350100"});
    ASSERT_TRUE(business.faults.empty()) << business.faults.front().reason.en;
    EXPECT_EQ(business.rows.operators.at(0).code, kSupplier);
    EXPECT_EQ(business.rows.operators.at(0).region, "350100");
    EXPECT_EQ(read(operators, {"91350100M000100Y44", "某某", ""}).faults.size(), 1U);
    LineReader sites = reader_of({"场所编码", "场所名称", "所属主体", "纬度"}, SheetKind::kSites);
    const Line site = read(sites, {"库房 1", "一号库房", "91350100M000100Y43", "34.7"});
    ASSERT_TRUE(site.faults.empty()) << site.faults.front().reason.en;
    EXPECT_EQ(
        site.rows.sites.at(0).code, "https://ns.suyuan.example/site/91350100M000100Y43/库房%201"
    );
    EXPECT_EQ(read(sites, {"库房 1", "一号库房", "91350100M000100Y43", "134.7"}).faults.size(), 1U);
    LineReader products = reader_of({"商品条码", "产品名称"}, SheetKind::kProducts);
    EXPECT_EQ(read(products, {"6901234567892", "黄瓜"}).rows.products.at(0).gtin, "06901234567892");
    EXPECT_EQ(read(products, {"6901234567893", "黄瓜"}).faults.size(), 1U);
}

TEST(LineReaderTest, DatedRowsOfTheRegister) {
    LineReader licences =
        reader_of({"许可证编号", "持证主体", "有效期起", "有效期止"}, SheetKind::kLicences);
    const Line licence =
        read(licences, {"SC10132050200018", "91350100M000100Y43", "2024-01-01", "2029-1-1"});
    ASSERT_TRUE(licence.faults.empty()) << licence.faults.front().reason.en;
    EXPECT_EQ(licence.rows.licences.at(0).operator_code, kSupplier);
    EXPECT_EQ(licence.rows.licences.at(0).valid_to, "2029-01-01");
    EXPECT_EQ(licence.rows.licences.at(0).kind, model::kFoodProduction);
    LineReader links = reader_of({"关系", "主体", "对方", "起始日期"}, SheetKind::kLinks);
    const Line link = read(links, {"开办", "91350100M000100Y43", "12 号摊", "2026-01-01"});
    ASSERT_TRUE(link.faults.empty()) << link.faults.front().reason.en;
    EXPECT_EQ(link.rows.links.at(0).kind, model::LinkKind::kHosts);
    EXPECT_EQ(read(links, {"朋友", "91350100M000100Y43", "12 号摊", ""}).faults.size(), 1U);
    LineReader papers = reader_of({"单证编号", "签发者", "有效期止"}, SheetKind::kPapers);
    const Line paper = read(papers, {"JY-2026-1", "91350100M000100Y43", "2026-12-31"});
    ASSERT_TRUE(paper.faults.empty()) << paper.faults.front().reason.en;
    EXPECT_EQ(
        paper.rows.papers.at(0).number,
        "https://ns.suyuan.example/paper/91350100M000100Y43/JY-2026-1"
    );
    LineReader vehicles = reader_of({"车牌号"}, SheetKind::kVehicles);
    EXPECT_EQ(read(vehicles, {"豫A·12345"}).rows.vehicles.at(0).plate, "豫A12345");
    EXPECT_EQ(read(vehicles, {"豫A1"}).faults.size(), 1U);
    LineReader people = reader_of({"工号", "姓名"}, SheetKind::kPeople);
    EXPECT_EQ(read(people, {"E1", "某某"}).rows.people.at(0).operator_code, kOperator);
}

TEST(LineReaderTest, DefaultsAreCheckedToo) {
    EXPECT_TRUE(read_line_defaults("", ""));
    EXPECT_EQ(read_line_defaults("91410100MA45X2TP0T", "1 号摊")->operator_code, kOperator);
    for (const auto& [operator_text, site] :
         {std::pair{"91410100MA45X2TP0K", ""}, std::pair{"", "1 号摊"}, std::pair{"老王", ""}}) {
        EXPECT_FALSE(read_line_defaults(operator_text, site)) << operator_text << site;
    }
}

}  // namespace
}  // namespace suyuan::service
