// SPDX-License-Identifier: Apache-2.0

#include "service/line_values.h"

#include <cstdint>
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
          ""}) {
        const auto time = read_line_time(text);
        ASSERT_FALSE(time) << text;
        EXPECT_EQ(time.error().code(), ErrorCode::kInvalidArgument);
        EXPECT_FALSE(time.error().message_zh().empty());
        EXPECT_FALSE(time.error().message().empty());
    }
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
         }) {
        const auto amount = read_line_amount(row.text);
        ASSERT_TRUE(amount) << row.text;
        EXPECT_EQ(amount->millionths, row.millionths) << row.text;
    }
    for (const std::string_view text :
         {"-2", "12公斤", "", "一", "0.0000001", "1.2.3", "NaN", "1e99"}) {
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
             Row{"千克", "KGM", 3'000'000},
             Row{"公斤", "KGM", 3'000'000},
             Row{"KG", "KGM", 3'000'000},
             Row{"斤", "KGM", 1'500'000},
             Row{"吨", "TNE", 3'000'000},
             Row{"件", "", 3'000'000},
             Row{"箱", "XCT", 3'000'000},
             Row{"ｋｇ", "KGM", 3'000'000},
             Row{"LTR", "LTR", 3'000'000},
             Row{"毫升", "MLT", 3'000'000},
         }) {
        const auto quantity = in_unit({3'000'000}, row.unit);
        ASSERT_TRUE(quantity) << row.unit;
        EXPECT_EQ(quantity->unit, row.standard) << row.unit;
        EXPECT_EQ(quantity->amount.millionths, row.millionths) << row.unit;
    }
    for (const std::string_view unit : {"", "若干", "kilo grams", "千克/件"}) {
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

}  // namespace
}  // namespace suyuan::service
