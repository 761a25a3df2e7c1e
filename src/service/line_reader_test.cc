// SPDX-License-Identifier: Apache-2.0

#include "service/line_reader.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "model/event.h"
#include "model/registry.h"
#include "service/line_sheet.h"
#include "service/line_testing.h"

namespace suyuan::service {
namespace {

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
    EXPECT_EQ(event.event.owner, kLineOperator);
    EXPECT_EQ(
        event.event.biz_location, "https://ns.suyuan.example/site/91410100MA45X2TP0T/库房%201"
    );
    ASSERT_EQ(event.event.items.size(), 1U);
    EXPECT_EQ(event.event.items[0].code, "https://id.gs1.org/01/06901234567892/10/L7");
    EXPECT_EQ(event.event.items[0].quantity->unit, "KGM");
    ASSERT_EQ(event.event.sources.size(), 1U);
    EXPECT_EQ(event.event.sources[0].id, kLineSupplier);
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
        {.operator_code = std::string(kLineSupplier), .site = {}, .declared_at = {}}
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
    EXPECT_EQ(sent.event.destinations[0].id, kLineOperator);
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

TEST(LineReaderTest, ProduceWithoutANumberIsItsSuppliersLotOfTheDay) {
    LineReader reader =
        reader_of({"进货日期", "品名", "数量", "单位", "供货商", "供货者"}, SheetKind::kInbound);
    const Line line = read(reader, {"2026/3/2 5:10", "大白菜", "300", "斤", "城北菜地", ""});
    const auto event = event_of(line);
    EXPECT_EQ(
        event.event.items[0].code,
        "https://ns.suyuan.example/lot/91410100MA45X2TP0T:城北菜地/大白菜/2026-03-02"
    );
    EXPECT_NE(line.events.at(0).find("\"sheet:inferredLot\":true"), std::string::npos);
    const Line known = read(reader, {"2026/3/2", "大白菜", "300", "斤", "", "91350100M000100Y43"});
    EXPECT_EQ(
        event_of(known).event.items[0].code,
        "https://ns.suyuan.example/lot/91350100M000100Y43/大白菜/2026-03-02"
    );
    const Line nobodys = read(reader, {"2026/3/2", "大白菜", "300", "斤", "", ""});
    ASSERT_EQ(nobodys.faults.size(), 1U);
    EXPECT_EQ(nobodys.faults[0].column, "批号");
    // What leaves is not guessed; whoever says day and supplier names that lot.
    LineReader outbound = reader_of(
        {"出货日期", "品名", "批号", "原供货者", "数量", "单位", "客户"}, SheetKind::kOutbound
    );
    const Line unsaid = read(outbound, {"2026/3/2", "大白菜", "", "", "30", "斤", "育才小学"});
    ASSERT_EQ(unsaid.faults.size(), 1U);
    EXPECT_NE(unsaid.faults[0].reason.zh.find("进货日期"), std::string::npos);
    for (const auto& [source, receipt] :
         {std::pair{"城北菜地", &line}, std::pair{"91350100M000100Y43", &known}}) {
        const auto sent = event_of(
            read(outbound, {"2026/3/3", "大白菜", "2026-03-02", source, "30", "斤", "育才小学"})
        );
        EXPECT_EQ(sent.event.items[0].code, event_of(*receipt).event.items[0].code) << source;
    }
}

TEST(LineReaderTest, ACodeWhereTheNameStandsIsTheCode) {
    LineReader reader =
        reader_of({"进货时间", "品名", "批号", "数量", "单位", "供货商"}, SheetKind::kInbound);
    const Line coded =
        read(reader, {"2026-03-02", "苹果", "L1", "1", "公斤", "91350100M000100Y43"});
    ASSERT_TRUE(coded.faults.empty());
    EXPECT_NE(coded.events.at(0).find("uscc/91350100M000100Y43"), std::string::npos);
    EXPECT_TRUE(coded.mentions.operators.empty());
    const Line named = read(reader, {"2026-03-02", "苹果", "L1", "1", "公斤", "果农甲"});
    EXPECT_EQ(named.mentions.operators.size(), 1U);
}

TEST(LineReaderTest, NumbersOfPeopleAreNoIdsOfTheirs) {
    LineReader reader = reader_of(
        {"进货时间", "品名", "批号", "数量", "单位", "供货商", "经手人"}, SheetKind::kInbound
    );
    for (const std::string_view person :
         {"11010519491231002X", "13800138000", "Zhang San", "张三"}) {
        const Line line =
            read(reader, {"2026-03-02", "苹果", "L1", "1", "公斤", "果农甲", std::string(person)});
        ASSERT_TRUE(line.faults.empty()) << person;
        EXPECT_NE(line.events.at(0).find(R"("id":"person-)"), std::string::npos) << person;
    }
    const Line numbered =
        read(reader, {"2026-03-02", "苹果", "L1", "1", "公斤", "果农甲", "staff-17"});
    EXPECT_NE(numbered.events.at(0).find(R"("id":"staff-17")"), std::string::npos);
    LineReader people = reader_of({"工号", "姓名"}, SheetKind::kPeople);
    EXPECT_FALSE(read(people, {"张三", "张三"}).faults.empty());
    EXPECT_TRUE(read(people, {"staff-17", "张三"}).faults.empty());
}

TEST(LineReaderTest, LicencesAreCalledAsTheyAreHeaded) {
    LineReader reader = reader_of({"许可证编号", "许可种类"}, SheetKind::kLicences);
    for (const std::string_view kind : {"食品生产许可证", "食品生产", "food_production", ""}) {
        const Line line = read(reader, {"SC11834020305037", std::string(kind)});
        ASSERT_TRUE(line.faults.empty()) << kind;
        EXPECT_EQ(line.rows.licences.at(0).kind, "food_production");
    }
    const Line wrong = read(reader, {"SC11834020305037", "酒类"});
    ASSERT_EQ(wrong.faults.size(), 1U);
    EXPECT_NE(wrong.faults[0].reason.zh.find("食品生产许可"), std::string::npos);
}

TEST(LineReaderTest, RowsThatSayNothingAreSkipped) {
    LineReader reader = reader_of(
        {"单据号", "行号", "进货时间", "品名", "批号", "数量", "单位", "备注"}, SheetKind::kInbound
    );
    for (const Cells& cells : {
             Cells{"", "2", "", "", "", "", "公斤", ""},
             Cells{" ", "\u3000", "", "\u3000\u3000", "", "", "", ""},
             Cells{"合计", "", "", "", "", "150", "公斤", ""},
             Cells{"", "", "", "小 计：", "", "150", "公斤", ""},
             Cells{"", "", "总计", "", "", "150", "公斤", ""},
             Cells{"本月合计", "", "", "", "", "150", "公斤", ""},
             Cells{"制表人：见附页", "", "", "", "", "", "", ""},
         }) {
        const Line line = read(reader, cells);
        EXPECT_TRUE(line.is_skipped) << cells[0] << cells[2] << cells[3];
        EXPECT_TRUE(line.faults.empty());
        EXPECT_TRUE(line.events.empty());
    }
    EXPECT_FALSE(read(reader, {"", "", "2026-03-02", "合计牌酱油", "L1", "1", "瓶", ""}).is_skipped
    );
    EXPECT_FALSE(read(reader, {"", "", "", "苹果", "", "", "", ""}).is_skipped);
    LineReader operators = reader_of({"统一社会信用代码", "主体名称"}, SheetKind::kOperators);
    EXPECT_TRUE(read(operators, {"", "\u3000"}).is_skipped);
    EXPECT_FALSE(read(operators, {"", "某某"}).is_skipped);
}

TEST(LineReaderTest, AHousesOwnNumberIsNoBarCode) {
    LineReader reader = reader_of(
        {"进货日期", "商品编码", "品名", "批号", "数量", "单位", "供货者"}, SheetKind::kInbound
    );
    const auto code = [&](const char* number, const char* name) {
        return event_of(
                   read(reader, {"2026/3/2", number, name, "L1", "3", "箱", "91350100M000100Y43"})
        )
            .event.items[0]
            .code;
    };
    const std::string stem = "https://ns.suyuan.example/lot/91350100M000100Y43/";
    EXPECT_EQ(code("SP00123", "酱油"), stem + "酱油/L1");
    EXPECT_EQ(code("SP00123", ""), stem + "SP00123/L1");
    EXPECT_EQ(code("6901234567892", "酱油"), "https://id.gs1.org/01/06901234567892/10/L1");
    const Line cut =
        read(reader, {"2026/3/2", "6.90123E+12", "酱油", "L1", "3", "箱", "91350100M000100Y43"});
    ASSERT_EQ(cut.faults.size(), 1U);
    EXPECT_EQ(cut.faults[0].column, "商品编码");
}

TEST(LineReaderTest, ABarCodeInTheColumnOfTraceCodesHasItsLotBesideIt) {
    LineReader reader =
        reader_of({"进货时间", "追溯码", "批号", "数量", "单位"}, SheetKind::kInbound);
    EXPECT_EQ(
        event_of(read(reader, {"2026-03-02", "6901234567892", "L1", "2", "件"}))
            .event.items[0]
            .code,
        "https://id.gs1.org/01/06901234567892/10/L1"
    );
    for (const char* wrong : {"(01)06901234567893(10)7", "javascript:alert(1)"}) {
        const Line line = read(reader, {"2026-03-02", wrong, "", "2", "件"});
        ASSERT_EQ(line.faults.size(), 1U) << wrong;
        EXPECT_EQ(line.faults[0].column, "追溯码");
    }
}

TEST(LineReaderTest, WhatNobodySeesIsNoPartOfAName) {
    LineReader reader =
        reader_of({"进货时间", "品名", "批号", "数量", "单位", "供货者名称"}, SheetKind::kInbound);
    const Line line =
        read(reader, {"2026-03-02", "苹果\u202E", "L1", "1", "公斤", "甲\u200B\n公司"});
    EXPECT_EQ(
        event_of(line).event.items[0].code,
        "https://ns.suyuan.example/lot/91410100MA45X2TP0T:甲%20公司/苹果/L1"
    );
    EXPECT_EQ(line.mentions.operators.at(0).name, "甲 公司");
}

TEST(LineReaderTest, WhatTheLawWantsOnAReceiptHasItsPlace) {
    LineReader reader = reader_of(
        {"单据号",
         "进货时间",
         "品名",
         "批号",
         "数量",
         "单位",
         "供货者",
         "规格",
         "保质期",
         "检验报告号",
         "合格证号",
         "检疫证号",
         "报关单号"},
        SheetKind::kInbound
    );
    const Line line = read(
        reader,
        {"DN-1",
         "2026-03-02",
         "牛肉",
         "L7",
         "5",
         "kg",
         "91350100M000100Y43",
         "5kg/箱",
         "12个月",
         "JC-1",
         "HG-1",
         "JY-1",
         "530420261000000001"}
    );
    const auto event = event_of(line);
    std::vector<std::string> papers;
    for (const model::Paper& paper : event.event.papers) {
        papers.push_back(paper.type + " " + paper.id.substr(paper.id.rfind('/') + 1));
    }
    EXPECT_EQ(
        papers,
        (std::vector<std::string>{
            "desadv DN-1",
            "testres JC-1",
            "cert HG-1",
            "https://ns.suyuan.example/btt/quarantine_certificate JY-1",
            "https://ns.suyuan.example/btt/customs_declaration 530420261000000001"
        })
    );
    EXPECT_NE(event.payload.find("5kg/箱"), std::string::npos);
    EXPECT_NE(event.payload.find("12个月"), std::string::npos);
}

TEST(LineReaderTest, EveryFaultOfARowIsTold) {
    LineReader reader = reader_of(
        {"进货时间", "品名", "批号", "数量", "单位", "供货者", "车牌号"}, SheetKind::kInbound, {}
    );
    const Line line = read(reader, {"昨天", "", "L7", "-1", "若干", "老王", "豫A1"});
    EXPECT_TRUE(line.events.empty());
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
    EXPECT_EQ(business.rows.operators.at(0).code, kLineSupplier);
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

TEST(LineReaderTest, AFaultOfTheRegisterIsToldWhereItIs) {
    LineReader sites = reader_of(
        {"场所编码", "场所名称", "所属主体", "行政区划代码", "纬度", "经度"}, SheetKind::kSites
    );
    const auto fault = [&](const char* region, const char* latitude, const char* longitude) {
        const Line line =
            read(sites, {"库房 1", "一号库房", "91350100M000100Y43", region, latitude, longitude});
        EXPECT_EQ(line.faults.size(), 1U) << region << latitude << longitude;
        return line.faults.empty() ? LineFault() : line.faults.front();
    };
    const LineFault latitude = fault("410100", "113.62", "34.75");
    EXPECT_EQ(latitude.column, "纬度");
    EXPECT_EQ(latitude.value, "113.62");
    EXPECT_EQ(latitude.reason.zh, "应为 -90 到 90 的十进制度数，例如 34.7466。");
    EXPECT_EQ(latitude.reason.en, "It should be decimal degrees from -90 to 90, such as 34.7466.");
    EXPECT_EQ(fault("410100", "34.75", "1e9").column, "经度");
    EXPECT_EQ(fault("999999", "", "").column, "行政区划代码");
    EXPECT_EQ(fault("河南郑州", "", "").column, "行政区划代码");
}

TEST(LineReaderTest, DaysThatTheRegisterDoesNotKeepAreTold) {
    LineReader operators =
        reader_of({"统一社会信用代码", "主体名称", "起始日期"}, SheetKind::kOperators);
    EXPECT_TRUE(read(operators, {"91350100M000100Y43", "某某", ""}).faults.empty());
    const Line dated = read(operators, {"91350100M000100Y43", "某某", "2026-05-01"});
    ASSERT_EQ(dated.faults.size(), 1U);
    EXPECT_EQ(dated.faults[0].column, "起始日期");
    LineReader sites = reader_of({"场所编码", "场所名称", "截止日期"}, SheetKind::kSites);
    const Line site = read(sites, {"库房 1", "一号库房", "2026-05-01"});
    ASSERT_EQ(site.faults.size(), 1U);
    EXPECT_NE(site.faults[0].reason.zh.find("关联"), std::string::npos);
}

TEST(LineReaderTest, ANumberThatLooksMistypedIsTakenWithAWarning) {
    LineReader licences = reader_of({"许可证编号", "持证主体"}, SheetKind::kLicences);
    const Line right = read(licences, {"SC11834020305037", "91350100M000100Y43"});
    EXPECT_TRUE(right.faults.empty());
    EXPECT_TRUE(right.warnings.empty());
    const Line wrong = read(licences, {"SC11834020305038", "91350100M000100Y43"});
    EXPECT_TRUE(wrong.faults.empty());
    EXPECT_EQ(wrong.rows.licences.size(), 1U);
    ASSERT_EQ(wrong.warnings.size(), 1U);
    EXPECT_EQ(wrong.warnings[0].column, "许可证编号");
    EXPECT_EQ(wrong.warnings[0].value, "SC11834020305038");
    EXPECT_FALSE(wrong.warnings[0].reason.zh.empty() || wrong.warnings[0].reason.en.empty());
}

TEST(LineReaderTest, ALicenceMayHoldForGood) {
    LineReader licences =
        reader_of({"许可证编号", "持证主体", "发证日期", "有效期至"}, SheetKind::kLicences);
    const Line line =
        read(licences, {"SC10132050200018", "91350100M000100Y43", "1998-01-01", "长期"});
    ASSERT_TRUE(line.faults.empty()) << line.faults.front().reason.en;
    EXPECT_EQ(line.rows.licences.at(0).valid_from, "1998-01-01");
    EXPECT_EQ(line.rows.licences.at(0).valid_to, "");
    const Line backwards =
        read(licences, {"SC10132050200018", "91350100M000100Y43", "2030-01-01", "2029-01-01"});
    ASSERT_EQ(backwards.faults.size(), 1U);
    EXPECT_EQ(backwards.faults[0].column, "有效期至");
}

TEST(LineReaderTest, DatedRowsOfTheRegister) {
    LineReader licences =
        reader_of({"许可证编号", "持证主体", "有效期起", "有效期止"}, SheetKind::kLicences);
    const Line licence =
        read(licences, {"SC10132050200018", "91350100M000100Y43", "2024-01-01", "2029-1-1"});
    ASSERT_TRUE(licence.faults.empty()) << licence.faults.front().reason.en;
    EXPECT_EQ(licence.rows.licences.at(0).operator_code, kLineSupplier);
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
    EXPECT_EQ(read(people, {"E1", "某某"}).rows.people.at(0).operator_code, kLineOperator);
}

TEST(LineReaderTest, DefaultsAreCheckedToo) {
    EXPECT_TRUE(read_line_defaults("", ""));
    EXPECT_EQ(read_line_defaults("91410100MA45X2TP0T", "1 号摊")->operator_code, kLineOperator);
    for (const auto& [operator_text, site] :
         {std::pair{"91410100MA45X2TP0K", ""}, std::pair{"", "1 号摊"}, std::pair{"老王", ""}}) {
        EXPECT_FALSE(read_line_defaults(operator_text, site)) << operator_text << site;
    }
}

}  // namespace
}  // namespace suyuan::service
