// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/cell_value.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace suyuan::codec::detail {
namespace {

std::string shown(const CellText& value) {
    return value.text + (value.fault.en.empty() ? "" : " ! " + value.fault.en);
}

TEST(CellValueTest, NumbersArePlainDecimalsWithoutNoise) {
    struct Case {
        std::string_view raw;
        std::string_view text;
    };

    const std::array<Case, 26> cases = {{
        {"0", "0"},
        {"-0", "0"},
        {"0.000", "0"},
        {"12", "12"},
        {"-12.50", "-12.5"},
        {"+3", "3"},
        {".5", "0.5"},
        {"5.", "5"},
        {" 7 ", "7"},
        {"007", "7"},
        {"0.30000000000000004", "0.3"},
        {"12.300000000000001", "12.3"},
        {"2.9999999999999996", "3"},
        {"999999999999999.9", "1000000000000000"},
        {"0.99999999999999989", "1"},
        {"1.2000000000000002E-1", "0.12"},
        {"1E-7", "0.0000001"},
        {"1.5e3", "1500"},
        {"1.5E+3", "1500"},
        {"100", "100"},
        {"6901234567892", "6901234567892"},
        {"6.901234567892E+12", "6901234567892"},
        {"123456789012345", "123456789012345"},
        {"0.000123456789012345678", "0.000123456789012346"},
        {"0.1000000000000000055511151231257827", "0.1"},
        {"10.05", "10.05"},
    }};
    for (const Case& row : cases) {
        EXPECT_EQ(shown(number_text(row.raw)), row.text) << row.raw;
    }
}

TEST(CellValueTest, WhatIsNoNumberAndWhatLostItsDigitsIsTold) {
    for (const std::string_view raw :
         {"", "abc", "1,5", "0x10", "1e", "--1", "NaN", "inf", "1e401", "1e-999999999999", "1 2"}) {
        EXPECT_EQ(shown(number_text(raw)), std::string(raw) + " ! this is no number");
    }
    const CellText lost = number_text("1.1010119900101123E+17");
    EXPECT_EQ(lost.text, "110101199001011000");
    EXPECT_TRUE(lost.fault.en.starts_with("spreadsheets keep 15 digits"));
}

TEST(CellValueTest, FormatCodesSayWhatIsADate) {
    struct Case {
        std::string_view code;
        DateKind kind;
    };

    const std::array<Case, 24> cases = {{
        {"General", DateKind::kNone},
        {"GENERAL", DateKind::kNone},
        {"0.00", DateKind::kNone},
        {"#,##0.00\"元\"", DateKind::kNone},
        {"0.00E+00", DateKind::kNone},
        {"0\"days\"", DateKind::kNone},
        {"0\\d", DateKind::kNone},
        {"[Red]0", DateKind::kNone},
        {"[$¥-804]0.00", DateKind::kNone},
        {"@", DateKind::kNone},
        {"0;yyyy", DateKind::kNone},
        {"\"open", DateKind::kNone},
        {"yyyy-mm-dd", DateKind::kDate},
        {"YYYY/M/D", DateKind::kDate},
        {"yyyy\"年\"m\"月\"d\"日\"", DateKind::kDate},
        {"[$-804]yyyy年m月d日;@", DateKind::kDate},
        {"mmm", DateKind::kDate},
        {"h:mm", DateKind::kTime},
        {"h:mm AM/PM", DateKind::kTime},
        {"mm:ss.0", DateKind::kTime},
        {"yyyy-mm-dd hh:mm", DateKind::kDateTime},
        {"d h", DateKind::kDateTime},
        {"[h]:mm:ss", DateKind::kElapsed},
        {"[mm]:ss", DateKind::kElapsed},
    }};
    for (const Case& row : cases) {
        EXPECT_EQ(date_kind_of(row.code), row.kind) << row.code;
    }
    EXPECT_EQ(date_kind_of(std::uint32_t{14}), DateKind::kDate);
    EXPECT_EQ(date_kind_of(std::uint32_t{20}), DateKind::kTime);
    EXPECT_EQ(date_kind_of(std::uint32_t{22}), DateKind::kDateTime);
    EXPECT_EQ(date_kind_of(std::uint32_t{31}), DateKind::kDate);
    EXPECT_EQ(date_kind_of(std::uint32_t{46}), DateKind::kElapsed);
    EXPECT_EQ(date_kind_of(std::uint32_t{4}), DateKind::kNone);
    EXPECT_EQ(date_kind_of(std::uint32_t{49}), DateKind::kNone);
}

TEST(CellValueTest, SerialDaysAreDates) {
    struct Case {
        std::string_view raw;
        DateKind kind;
        std::string_view in_1900;
        std::string_view in_1904;
    };

    constexpr std::string_view kTimeOnly = "0.5 ! this is a time without a date";
    constexpr std::string_view kOutside = "dates go from 1900 to 9999";
    const std::array<Case, 19> cases = {{
        {"1", DateKind::kDate, "1900-01-01", "1904-01-02"},
        {"59", DateKind::kDate, "1900-02-28", "1904-02-29"},
        {"60", DateKind::kDate, "60 ! 29 February 1900 never was", "1904-03-01"},
        {"61", DateKind::kDate, "1900-03-01", "1904-03-02"},
        {"46027", DateKind::kDate, "2026-01-05", "2030-01-06"},
        {"46027.5", DateKind::kDate, "2026-01-05T12:00:00", "2030-01-06T12:00:00"},
        {"46027", DateKind::kDateTime, "2026-01-05T00:00:00", "2030-01-06T00:00:00"},
        {"46027.354166666664", DateKind::kDateTime, "2026-01-05T08:30:00", "2030-01-06T08:30:00"},
        {"46027.999999999", DateKind::kDateTime, "2026-01-06T00:00:00", "2030-01-07T00:00:00"},
        {"0.00001446759", DateKind::kTime, "00:00:01.250", "00:00:01.250"},
        {"0.354166666666667", DateKind::kTime, "08:30:00", "08:30:00"},
        {"1.5", DateKind::kTime, "1900-01-01T12:00:00", "1904-01-02T12:00:00"},
        {"1.5", DateKind::kElapsed, "36:00:00", "36:00:00"},
        {"0.5", DateKind::kDateTime, "12:00:00", "1904-01-01T12:00:00"},
        {"0.5", DateKind::kDate, kTimeOnly, "1904-01-01T12:00:00"},
        {"2958465", DateKind::kDate, "9999-12-31", ""},
        {"2957003", DateKind::kDate, "9995-12-30", "9999-12-31"},
        {"46027.0", DateKind::kNone, "46027", "46027"},
        {"4.6027E4", DateKind::kDate, "2026-01-05", "2030-01-06"},
    }};
    for (const Case& row : cases) {
        EXPECT_EQ(shown(date_text(row.raw, row.kind, DateSystem::k1900)), row.in_1900) << row.raw;
        if (!row.in_1904.empty()) {
            EXPECT_EQ(shown(date_text(row.raw, row.kind, DateSystem::k1904)), row.in_1904)
                << row.raw;
        }
    }
    for (const std::string_view raw : {"-1", "2958466", "99999999999", "1e300"}) {
        EXPECT_EQ(date_text(raw, DateKind::kDate, DateSystem::k1900).fault.en, kOutside) << raw;
    }
    EXPECT_EQ(date_text("2957004", DateKind::kDate, DateSystem::k1904).fault.en, kOutside);
    EXPECT_EQ(shown(date_text("x", DateKind::kDate, DateSystem::k1900)), "x ! this is no number");
}

TEST(CellValueTest, EveryDayOfTwoCenturiesFollowsTheOneBefore) {
    std::string before = date_text("61", DateKind::kDate, DateSystem::k1900).text;
    for (int serial = 62; serial < 73'051; ++serial) {
        const std::string text =
            date_text(std::to_string(serial), DateKind::kDate, DateSystem::k1900).text;
        ASSERT_LT(before, text);
        before = text;
    }
    EXPECT_EQ(before, "2099-12-31");
}

TEST(CellValueTest, EscapesAreUndone) {
    struct Case {
        std::string_view escaped;
        std::string_view text;
    };

    const std::array<Case, 10> cases = {{
        {"", ""},
        {"plain", "plain"},
        {"a_x000D_b", "a\rb"},
        {"_x005F_x000D_", "_x000D_"},
        {"_x9F98_", "龘"},
        {"_x000D", "_x000D"},
        {"_x00G0_", "_x00G0_"},
        {"_xD800_", "_xD800_"},
        {"_x0000_", "_x0000_"},
        {"_x_x000A_", "_x\n"},
    }};
    for (const Case& row : cases) {
        std::string text = "_x000D_" + std::string(row.escaped);
        undo_escapes(text, 7);
        EXPECT_EQ(text, "_x000D_" + std::string(row.text));
    }
}

}  // namespace
}  // namespace suyuan::codec::detail
