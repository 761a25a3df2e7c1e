// SPDX-License-Identifier: Apache-2.0
//
// Goal: amounts are exact, or refused; nothing is lost in silence.

#include "model/quantity.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"

namespace suyuan::model {
namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

TEST(DecimalTest, MoreDecimalsAreRoundedWhereTheCallerSaysSo) {
    struct Row {
        std::string_view text;
        std::int64_t millionths;
    };

    for (const Row& row : {
             Row{"33.333333333333336", 33'333'333},
             Row{"66.66666666666667", 66'666'667},
             Row{"0.1234565", 123'456},
             Row{"0.1234575", 123'458},
             Row{"0.12345650001", 123'457},
             Row{"0.0000005", 0},
             Row{"0.0000015", 2},
             Row{"0.00000051", 1},
             Row{"1e-400", 0},
             Row{"-0.1234575", -123'458},
             Row{"9.99999999", 10'000'000},
             Row{"12.5", 12'500'000},
         }) {
        const auto rounded = parse_decimal_rounded(row.text);
        ASSERT_TRUE(rounded) << row.text;
        EXPECT_EQ(rounded->millionths, row.millionths) << row.text;
    }
    EXPECT_FALSE(parse_decimal("33.333333333333336"));
    EXPECT_FALSE(parse_decimal_rounded("1e400"));
    EXPECT_FALSE(parse_decimal_rounded("x"));
}

TEST(DecimalTest, ReadsJsonNumbersExactly) {
    struct Case {
        std::string_view text;
        std::int64_t millionths = 0;
    };

    const std::vector<Case> table = {
        {"0", 0},
        {"-0", 0},
        {"0.000000", 0},
        {"1", 1'000'000},
        {"12.50", 12'500'000},
        {"-0.5", -500'000},
        {"0.000001", 1},
        {"0.0000010000000", 1},
        {"1e3", 1'000'000'000},
        {"1E+3", 1'000'000'000},
        {"1e-6", 1},
        {"1.5e-5", 15},
        {"123.456e4", 1'234'560'000'000},
        {"100e-8", 1},
        {"0e999999999999999999999", 0},
        {"0.0000000e-99999999999999999999", 0},
        {"9223372036854.775807", kMax},
        {"-9223372036854.775808", kMin},
        {"9223372036854775807e-6", kMax},
        {"0.00000000000000000000001e23", 1'000'000},
    };
    for (const Case& row : table) {
        const auto value = parse_decimal(row.text);
        ASSERT_TRUE(value.has_value()) << row.text << ": " << value.error().message();
        EXPECT_EQ(value->millionths, row.millionths) << row.text;
    }
}

TEST(DecimalTest, RefusesWhatIsNoNumberOrDoesNotFit) {
    struct Case {
        std::string_view text;
        ErrorCode code = ErrorCode::kInvalidArgument;
    };

    using enum ErrorCode;
    const std::vector<Case> table = {
        {"", kInvalidArgument},
        {"-", kInvalidArgument},
        {"+1", kInvalidArgument},
        {"01", kInvalidArgument},
        {".5", kInvalidArgument},
        {"5.", kInvalidArgument},
        {"1e", kInvalidArgument},
        {"1e+", kInvalidArgument},
        {"1.e3", kInvalidArgument},
        {" 1", kInvalidArgument},
        {"1 ", kInvalidArgument},
        {"1,5", kInvalidArgument},
        {"0x1", kInvalidArgument},
        {"NaN", kInvalidArgument},
        {"Infinity", kInvalidArgument},
        {"１", kInvalidArgument},
        {"1kg", kInvalidArgument},
        {"0.0000001", kInvalidArgument},
        {"1.1234567", kInvalidArgument},
        {"1e-7", kInvalidArgument},
        {"1e-99999999999999999999", kInvalidArgument},
        {"9223372036854.775808", kLimitExceeded},
        {"-9223372036854.775809", kLimitExceeded},
        {"1e13", kLimitExceeded},
        {"1e99999999999999999999", kLimitExceeded},
        {"123456789012345678901234567890", kLimitExceeded},
    };
    for (const Case& row : table) {
        const auto value = parse_decimal(row.text);
        ASSERT_FALSE(value.has_value()) << row.text;
        EXPECT_EQ(value.error().code(), row.code) << row.text;
    }
}

TEST(DecimalTest, WritesTheShortestForm) {
    struct Case {
        std::int64_t millionths = 0;
        std::string_view text;
    };

    const std::vector<Case> table = {
        {0, "0"},
        {1, "0.000001"},
        {-1, "-0.000001"},
        {500'000, "0.5"},
        {12'500'000, "12.5"},
        {1'000'000'000, "1000"},
        {1'050'000, "1.05"},
        {kMax, "9223372036854.775807"},
        {kMin, "-9223372036854.775808"},
    };
    for (const Case& row : table) {
        EXPECT_EQ(format_decimal(Decimal{row.millionths}), row.text);
    }
}

TEST(DecimalTest, RandomValuesSurviveWritingAndReading) {
    std::mt19937_64 random(2);
    for (int i = 0; i < 20'000; ++i) {
        // All magnitudes alike, not nearly always the largest.
        const Decimal value{static_cast<std::int64_t>(random()) >> (random() % 63)};
        ASSERT_EQ(parse_decimal(format_decimal(value)).value(), value) << value.millionths;
    }
}

TEST(DecimalTest, SumsOrSaysThatItCannot) {
    EXPECT_EQ(add({1}, {2}), Decimal{3});
    EXPECT_EQ(add({kMax}, {kMin}), Decimal{-1});
    EXPECT_EQ(add({kMax}, {1}), std::nullopt);
    EXPECT_EQ(add({kMin}, {-1}), std::nullopt);
}

TEST(QuantityTest, ConvertsWithinADimension) {
    struct Case {
        std::string_view amount;
        std::string_view from;
        std::string_view to;
        std::string_view result;
    };

    const std::vector<Case> table = {
        {"1.5", "TNE", "KGM", "1500"},
        {"250", "GRM", "KGM", "0.25"},
        {"1", "MGM", "KGM", "0.000001"},
        {"2", "KGM", "GRM", "2000"},
        {"3", "斤", "KGM", "1.5"},
        {"1", "KGM", "斤", "2"},
        {"1", "两", "GRM", "50"},
        {"7", "公斤", "KGM", "7"},
        {"1", "LBR", "KGM", "0.453592"},
        {"1000000", "LBR", "KGM", "453592.37"},
        {"1", "ONZ", "KGM", "0.02835"},
        {"16", "ONZ", "LBR", "1"},
        {"0.5", "MGM", "KGM", "0.000001"},
        {"-0.5", "MGM", "KGM", "-0.000001"},
        {"0.4", "MGM", "KGM", "0"},
        {"750", "MLT", "LTR", "0.75"},
        {"3", "CLT", "MLT", "30"},
        {"2", "HLT", "LTR", "200"},
        {"1", "MTQ", "LTR", "1000"},
        {"5", "CMQ", "MLT", "5"},
        {"12", "EA", "", "12"},
        {"12", "", "H87", "12"},
        {"2", "DZN", "H87", "24"},
        {"4", "XPK", "XPK", "4"},
        {"-9223372036854.775808", "GRM", "KGM", "-9223372036.854776"},
    };
    for (const Case& row : table) {
        const auto amount = parse_decimal(row.amount).value();
        const auto converted = convert({amount, std::string(row.from)}, row.to);
        const Quantity expected{parse_decimal(row.result).value(), std::string(row.to)};
        EXPECT_EQ(converted, expected) << row.amount << ' ' << row.from << " as " << row.to;
    }
}

TEST(QuantityTest, KeepsApartWhatHasNoFactor) {
    EXPECT_EQ(convert({{1'000'000}, "KGM"}, "LTR"), std::nullopt);
    EXPECT_EQ(convert({{1'000'000}, "KGM"}, ""), std::nullopt);
    EXPECT_EQ(convert({{1'000'000}, "XPK"}, "H87"), std::nullopt);
    EXPECT_EQ(convert({{1'000'000}, "KGM"}, "kgm"), std::nullopt) << "codes are upper case";
    EXPECT_EQ(convert({{kMax}, "TNE"}, "KGM"), std::nullopt) << "too large";
    EXPECT_EQ(convert({{kMin}, "MTQ"}, "CMQ"), std::nullopt) << "too large";
}

TEST(QuantityTest, SumsInTheBaseUnit) {
    for (const std::string_view unit : {"GRM", "KGM", "MGM", "TNE", "LBR", "ONZ", "斤", "公斤"}) {
        EXPECT_EQ(base_unit(unit), "KGM") << unit;
    }
    for (const std::string_view unit : {"MLT", "CLT", "LTR", "HLT", "MTQ", "升"}) {
        EXPECT_EQ(base_unit(unit), "LTR") << unit;
    }
    for (const std::string_view unit : {"", "H87", "EA", "C62", "DZN"}) {
        EXPECT_EQ(base_unit(unit), "") << unit;
    }
    EXPECT_EQ(base_unit("XPK"), "XPK");
    EXPECT_EQ(base_unit("箱"), "箱");
}

}  // namespace
}  // namespace suyuan::model
