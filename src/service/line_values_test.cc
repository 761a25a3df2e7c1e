// SPDX-License-Identifier: Apache-2.0

#include "service/line_values.h"

#include <cstdint>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/error.h"
#include "model/quantity.h"

namespace suyuan::service {
namespace {

constexpr std::string_view kFirst = "https://ns.suyuan.example/uscc/91350100M000100Y43";

TEST(LineValuesTest, TimesAsOfficesWriteThem) {
    struct Row {
        std::string_view text;
        std::string_view moment;
        bool is_day;
    };

    for (const Row& row : {
             Row{"2026-03-02", "2026-03-02T00:00:00+08:00", true},
             Row{"2026/3/2", "2026-03-02T00:00:00+08:00", true},
             Row{"2026.3.2", "2026-03-02T00:00:00+08:00", true},
             Row{"20260302", "2026-03-02T00:00:00+08:00", true},
             Row{"2026年3月2日", "2026-03-02T00:00:00+08:00", true},
             Row{"２０２６－０３－０２", "2026-03-02T00:00:00+08:00", true},
             Row{"2026-03-02 08:30", "2026-03-02T08:30:00+08:00", false},
             Row{"2026/3/2 8:30", "2026-03-02T08:30:00+08:00", false},
             Row{"2026-03-02T08:30:15", "2026-03-02T08:30:15+08:00", false},
             Row{"2026年3月2日 8时30分", "2026-03-02T08:30:00+08:00", false},
             Row{"2026年3月2日8时30分5秒", "2026-03-02T08:30:05+08:00", false},
             Row{"2026年3月2日8时", "2026-03-02T08:00:00+08:00", false},
             Row{"2026-03-02T00:30:00Z", "2026-03-02T08:30:00+08:00", false},
             Row{"2024-02-29", "2024-02-29T00:00:00+08:00", true},
             Row{"2026-03-02 08:30:00.000", "2026-03-02T08:30:00+08:00", false},
             Row{"2026-03-02T08:30:00.25", "2026-03-02T08:30:00.250+08:00", false},
             Row{"2026/3/2 8:30:00.5", "2026-03-02T08:30:00.500+08:00", false},
             Row{"20260302083000", "2026-03-02T08:30:00+08:00", false},
             Row{"202603020830", "2026-03-02T08:30:00+08:00", false},
             Row{"2026/3/2 上午 8:30", "2026-03-02T08:30:00+08:00", false},
             Row{"2026年3月2日 下午3:30", "2026-03-02T15:30:00+08:00", false},
             Row{"2026/3/2 下午 12:05", "2026-03-02T12:05:00+08:00", false},
             Row{"2026/3/2 12:05 AM", "2026-03-02T00:05:00+08:00", false},
             Row{"2026/3/2 8:30:15 pm", "2026-03-02T20:30:15+08:00", false},
             Row{"2026年3月2日星期一", "2026-03-02T00:00:00+08:00", true},
             Row{"2026/3/2 (周一)", "2026-03-02T00:00:00+08:00", true},
             Row{"2026年3月2号", "2026-03-02T00:00:00+08:00", true},
             Row{"2026-03-02 08:30:00+08:00", "2026-03-02T08:30:00+08:00", false},
             Row{"2026-03-02 00:30:00Z", "2026-03-02T08:30:00+08:00", false},
             Row{"2026-3-2  8:30", "2026-03-02T08:30:00+08:00", false},
             Row{"2026/03/02\u300008:30", "2026-03-02T08:30:00+08:00", false},
             Row{"2026—03—02", "2026-03-02T00:00:00+08:00", true},
         }) {
        const auto time = read_line_time(row.text);
        ASSERT_TRUE(time) << row.text;
        EXPECT_EQ(time->moment, row.moment) << row.text;
        EXPECT_EQ(time->is_day, row.is_day) << row.text;
    }
}

TEST(LineValuesTest, WhatIsNoTimeIsToldInBothLanguages) {
    for (const std::string_view text :
         {"昨天",
          "2026-13-01",
          "2026-02-30",
          "2025-02-29",
          "2026-3/2",
          "2026-03-02 25:00",
          "26-03-02",
          "2026-03",
          "2026-03-02 08",
          "2026-03-02x",
          "1",
          "99999999",
          "2026-003-02",
          "2026-03-02 08:30:00:00",
          "2026年3-2日",
          "26/3/2",
          "3/2/2026",
          "3月2日",
          "46083",
          "46083.354",
          "2026/3/2 上午 15:30",
          "2026/3/2 下午",
          "2026-03-02 08:30:00.",
          "0026-03-02",
          "1999-12-31",
          "2101-01-01",
          "9999-12-31T00:00:00Z",
          ""}) {
        const auto time = read_line_time(text);
        ASSERT_FALSE(time) << text;
        EXPECT_EQ(time.error().code(), ErrorCode::kInvalidArgument);
        EXPECT_FALSE(time.error().message_zh().empty());
        EXPECT_FALSE(time.error().message().empty());
    }
}

TEST(LineValuesTest, WhatAUserCanMendInATimeIsSaid) {
    EXPECT_NE(read_line_time("26/3/2").error().message_zh().find("四位"), std::string::npos);
    const auto serial = read_line_time("46083");
    EXPECT_NE(serial.error().message_zh().find("2026-03-02"), std::string::npos);
    EXPECT_NE(serial.error().message().find("2026-03-02"), std::string::npos);
    EXPECT_NE(read_line_time("2222-03-02").error().message().find("2000"), std::string::npos);
}

TEST(LineValuesTest, RowsOfTheRegisterMayHoldForGood) {
    EXPECT_EQ(*read_first_day("1998/5/1"), "1998-05-01");
    EXPECT_EQ(*read_last_day("2029-1-1"), "2029-01-01");
    EXPECT_EQ(*read_last_day("长期"), "");
    EXPECT_EQ(*read_last_day("9999-12-31"), "");
    EXPECT_FALSE(read_first_day("长期"));
    EXPECT_FALSE(read_last_day("以后"));
}

TEST(LineValuesTest, AmountsAreExact) {
    struct Row {
        std::string_view text;
        std::int64_t millionths;
    };

    for (const Row& row : {
             Row{"1,300", 1'300'000'000},
             Row{"12.5", 12'500'000},
             Row{"１２．５", 12'500'000},
             Row{"0.000001", 1},
             Row{"0", 0},
             Row{"1 300", 1'300'000'000},
             Row{"1e3", 1'000'000'000},
             Row{"1,234,567.25", 1'234'567'250'000},
             Row{"12 345", 12'345'000'000},
             // What counting in binary leaves behind.
             Row{"4.1000000000000003", 4'100'000},
             Row{"0.30000000000000004", 300'000},
             Row{"4.1000000000000003E-2", 41'000},
             Row{"0.1234565", 123'456},
             Row{"0.1234575", 123'458},
             Row{"0.12345650000001", 123'457},
             Row{"1,234.0000001", 1'234'000'000},
         }) {
        const auto amount = read_line_amount(row.text);
        ASSERT_TRUE(amount) << row.text;
        EXPECT_EQ(amount->millionths, row.millionths) << row.text;
    }
    for (const std::string_view text :
         {"-2",    "12公斤", "",         "一",    "0.0000001", "1.2.3",      "NaN",
          "1e99",  "1,5",    "12，5",    "12 5",  "1.234,5",   "1,3,0,0",    "1,300 000",
          "0,500", ",300",   "1300,000", "1'000", "1,300,",    "-0.12345678"}) {
        EXPECT_FALSE(read_line_amount(text)) << text;
    }
}

TEST(LineValuesTest, UnitsBecomeThoseOfTheStandard) {
    struct Row {
        std::string_view unit;
        std::string_view standard;
        std::int64_t millionths;  // of 3
    };

    for (const Row& row : {
             Row{"千克", "KGM", 3'000'000},       Row{"公斤", "KGM", 3'000'000},
             Row{"KG", "KGM", 3'000'000},         Row{"斤", "KGM", 1'500'000},
             Row{"吨", "TNE", 3'000'000},         Row{"件", "", 3'000'000},
             Row{"箱", "XCT", 3'000'000},         Row{"ｋｇ", "KGM", 3'000'000},
             Row{"LTR", "LTR", 3'000'000},        Row{"毫升", "MLT", 3'000'000},
             Row{"KGS", "KGM", 3'000'000},        Row{"TON", "TNE", 3'000'000},
             Row{"LB", "LBR", 3'000'000},         Row{"CTN", "XCT", 3'000'000},
             Row{"kgm", "KGM", 3'000'000},        Row{"千克(kg)", "KGM", 3'000'000},
             Row{"袋（10kg）", "XBG", 3'000'000}, Row{"pcs.", "", 3'000'000},
             Row{"毫克", "MGM", 3'000'000},       Row{"公升", "LTR", 3'000'000},
             Row{"两", "KGM", 150'000},           Row{"把", "XBH", 3'000'000},
             Row{"双", "PR", 3'000'000},          Row{"听", "XTN", 3'000'000},
             Row{"板", "XPU", 3'000'000},         Row{"XBX", "XBX", 3'000'000},
         }) {
        const auto quantity = in_unit({3'000'000}, row.unit);
        ASSERT_TRUE(quantity) << row.unit;
        EXPECT_EQ(quantity->unit, row.standard) << row.unit;
        EXPECT_EQ(quantity->amount.millionths, row.millionths) << row.unit;
    }
    for (const std::string_view unit : {"根", "尾", "粒", "棵"}) {
        EXPECT_EQ(in_unit({3'000'000}, unit)->unit, "") << unit;
    }
    for (const std::string_view unit : {"扎", "提", "盘", "串"}) {
        EXPECT_TRUE(in_unit({3'000'000}, unit)) << unit;
    }
    for (const std::string_view unit :
         {"", "若干", "kilo grams", "千克/件", "ABC", "99", "X", "500g", "(kg)", "公斤/箱"}) {
        EXPECT_FALSE(in_unit({3'000'000}, unit)) << unit;
    }
}

TEST(LineValuesTest, PartiesAreCodesNotNames) {
    EXPECT_EQ(*read_line_party("91350100M000100Y43"), kFirst);
    EXPECT_EQ(*read_line_party("９１３５０１００Ｍ０００１００Ｙ４３"), kFirst);
    EXPECT_EQ(*read_line_party("urn:epc:id:pgln:6909999.00002"), *read_line_party("6909999000029"));
    EXPECT_EQ(*read_line_party("https://erp.example/party/7"), "https://erp.example/party/7");
    for (const std::string_view text : {"北郊菜地", "91350100M000100Y44", "6909999000023", "7"}) {
        const auto party = read_line_party(text);
        ASSERT_FALSE(party) << text;
        EXPECT_FALSE(party.error().message_zh().empty()) << text;
    }
}

TEST(LineValuesTest, PlacesMayHaveTheirOwnersName) {
    EXPECT_EQ(
        *read_line_site("库房 1", kFirst),
        "https://ns.suyuan.example/site/91350100M000100Y43/库房%201"
    );
    EXPECT_EQ(*read_line_site("6909999000029", kFirst), "https://id.gs1.org/414/6909999000029");
    EXPECT_EQ(
        *read_line_site("urn:epc:id:sgln:6909999.00002.0", ""),
        "https://id.gs1.org/414/6909999000029"
    );
    EXPECT_FALSE(read_line_site("库房 1", ""));
}

TEST(LineValuesTest, WhatABrowserWouldRunIsNoCode) {
    for (const std::string_view text :
         {"javascript:alert(1)", "JavaScript:x", "data:text/html;x", "file:///etc/passwd"}) {
        EXPECT_FALSE(read_line_party(text)) << text;
        EXPECT_FALSE(read_line_site(text, kFirst)) << text;
        EXPECT_FALSE(read_line_code(text)) << text;
    }
}

TEST(LineValuesTest, CodesOfGoodsAsScanned) {
    struct Row {
        std::string_view text;
        std::string_view uri;
    };

    for (const Row& row : {
             Row{"01069012345678921021", "https://id.gs1.org/01/06901234567892/10/21"},
             Row{"(01)06901234567892(10)AB", "https://id.gs1.org/01/06901234567892/10/AB"},
             Row{"6901234567892", "https://id.gs1.org/01/06901234567892"},
             Row{"６９０１２３４５６７８９２", "https://id.gs1.org/01/06901234567892"},
             // Numbers of other schemes stay what they are.
             Row{"6901234567893", "6901234567893"},
             Row{"豫冷链 123/4", "豫冷链 123/4"},
             Row{"https://trace.example/t?code=1", "https://trace.example/t?code=1"},
         }) {
        const auto code = read_line_code(row.text);
        ASSERT_TRUE(code) << row.text;
        EXPECT_EQ(code->uri, row.uri) << row.text;
    }
    for (const std::string_view wrong :
         {"(01)06901234567893(10)7",
          "https://id.gs1.org/01/06901234567893/10/7",
          "urn:epc:id:sgtin:bad"}) {
        const auto code = read_line_code(wrong);
        ASSERT_FALSE(code) << wrong;
        EXPECT_FALSE(code.error().message_zh().empty());
    }
}

TEST(LineValuesTest, WhatNobodySeesIsTakenOut) {
    EXPECT_EQ(clean_text("苹果\u202E\u200B"), "苹果");
    EXPECT_EQ(clean_text(std::string("苹\0果\x7f", 8)), "苹果");
    EXPECT_EQ(clean_text("\uFEFF山\u2066东\u00AD\u0085"), "山东");
    EXPECT_EQ(clean_text("红富士\n80#\t一级\u00A0果"), "红富士 80# 一级 果");
    EXPECT_EQ(clean_text("“—”·½"), "“—”·½");
    EXPECT_TRUE(is_clean("黄瓜 L-7"));
    EXPECT_FALSE(is_clean("黄\u200B瓜"));
}

}  // namespace
}  // namespace suyuan::service
