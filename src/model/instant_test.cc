// SPDX-License-Identifier: Apache-2.0
//
// Goal: moments are read and written exactly, or refused by the name of what is wrong.
// Method: tables; then every month from year 1 to 9999, and random moments there and back.

#include "model/instant.h"

#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "model/event.h"

namespace suyuan::model {
namespace {

constexpr MicrosUtc kStartOf2026 = 1'767'225'600'000'000;  // 2026-01-01T00:00:00Z
constexpr MicrosUtc kMinute = 60 * kMicrosPerSecond;
constexpr MicrosUtc kHour = 60 * kMinute;

// The start of 2026 and some hours.
constexpr MicrosUtc at_hour(int hours) {
    return kStartOf2026 + (hours * kHour);
}

constexpr MicrosUtc kYear1 = -62'135'596'800'000'000;
constexpr MicrosUtc kEndOfYear9999 = 253'402'300'799'999'999;

struct Parsed {
    std::string_view text;
    MicrosUtc moment = 0;
    int offset_minutes = 0;
};

TEST(InstantTest, ReadsDateTimes) {
    const std::vector<Parsed> table = {
        {"1970-01-01T00:00:00Z", 0, 0},
        {"1970-01-01T00:00:00z", 0, 0},
        {"1970-01-01t00:00:00-00:00", 0, 0},
        {"1969-12-31T23:59:59.999999Z", -1, 0},
        {"2026-01-01T00:00:00Z", kStartOf2026, 0},
        {"2026-01-01T08:00:00+08:00", kStartOf2026, 480},
        {"2025-12-31T18:30:00-05:30", kStartOf2026, -330},
        {"2026-01-01T14:00:00+14:00", kStartOf2026, 840},
        {"2025-12-31T10:00:00-14:00", kStartOf2026, -840},
        {"2026-01-01T00:00:00.5Z", kStartOf2026 + 500'000, 0},
        {"2026-01-01T00:00:00.000001Z", kStartOf2026 + 1, 0},
        {"2024-02-29T00:00:00Z", 1'709'164'800'000'000, 0},
        {"2000-02-29T12:00:00Z", 951'825'600'000'000, 0},
        {"0001-01-01T00:00:00Z", kYear1, 0},
        {"9999-12-31T23:59:59.999999Z", kEndOfYear9999, 0},
    };
    for (const Parsed& row : table) {
        const auto instant = parse_instant(row.text);
        ASSERT_TRUE(instant.has_value()) << row.text << ": " << instant.error().message();
        EXPECT_EQ(instant->moment, row.moment) << row.text;
        EXPECT_EQ(instant->offset_minutes, row.offset_minutes) << row.text;
    }
}

TEST(InstantTest, RoundsMillionthsHalfUp) {
    const std::vector<Parsed> table = {
        {"2026-01-01T00:00:00.0000004Z", kStartOf2026},
        {"2026-01-01T00:00:00.00000049999999Z", kStartOf2026},
        {"2026-01-01T00:00:00.0000005Z", kStartOf2026 + 1},
        {"2025-12-31T23:59:59.9999995Z", kStartOf2026},
        {"2025-12-31T23:59:59.999999499Z", kStartOf2026 - 1},
    };
    for (const Parsed& row : table) {
        EXPECT_EQ(parse_instant(row.text).value().moment, row.moment) << row.text;
    }
}

TEST(InstantTest, ALeapSecondIsTheNextMinuteAndOnlyWhereThereCanBeOne) {
    EXPECT_EQ(parse_instant("2025-12-31T23:59:60Z").value().moment, kStartOf2026);
    EXPECT_EQ(parse_instant("2025-12-31T23:59:60.25Z").value().moment, kStartOf2026 + 250'000);
    EXPECT_EQ(parse_instant("2026-01-01T07:59:60+08:00").value().moment, kStartOf2026);
    EXPECT_TRUE(parse_instant("2016-12-31T18:59:60-05:00").has_value());
    for (const std::string_view text :
         {"2025-12-31T12:00:60Z",
          "2025-12-30T23:59:60Z",
          "2025-12-31T23:59:60+08:00",
          "2025-12-31T23:58:60Z"}) {
        EXPECT_FALSE(parse_instant(text).has_value()) << text;
    }
}

TEST(InstantTest, NamesThePartThatIsWrong) {
    struct Case {
        std::string_view text;
        std::string_view part;
    };

    const std::vector<Case> table = {
        {"", "the year"},
        {"26-01-01T00:00:00Z", "the year"},
        {"0000-01-01T00:00:00Z", "the year"},
        {"+2026-01-01T00:00:00Z", "the year"},
        {"20260101T000000Z", "the year"},
        {"0001-01-01T00:00:00+14:00", "the year"},
        {"9999-12-31T23:59:59-00:01", "the year"},
        {"9999-12-31T23:59:59.9999999Z", "the year"},
        {"2026-00-01T00:00:00Z", "the month"},
        {"2026-13-01T00:00:00Z", "the month"},
        {"2026-1-01T00:00:00Z", "the month"},
        {"2026-02-29T00:00:00Z", "the day"},
        {"1900-02-29T00:00:00Z", "the day"},
        {"2026-04-31T00:00:00Z", "the day"},
        {"2026-01-00T00:00:00Z", "the day"},
        {"2026-01", "the day"},
        {"2026-01-01", "between date and time"},
        {"2026-01-01 00:00:00Z", "between date and time"},
        {"2026-01-01T24:00:00Z", "the hour"},
        {"2026-01-01T0:00:00Z", "the hour"},
        {"2026-01-01T00:60:00Z", "the minute"},
        {"2026-01-01T00:00Z", "the minute"},
        {"2026-01-01T00:00:61Z", "the second"},
        {"2026-01-01T00:00:0Z", "the second"},
        {"2026-01-01T00:00:00.Z", "fraction"},
        {"2026-01-01T00:00:00,5Z", "the zone"},
        {"2026-01-01T00:00:00", "the zone"},
        {"2026-01-01T00:00:00+8:00", "the zone"},
        {"2026-01-01T00:00:00+0800", "the zone"},
        {"2026-01-01T00:00:00+14:01", "the zone"},
        {"2026-01-01T00:00:00+08:60", "the zone"},
        {"2026-01-01T00:00:00Z ", "the zone"},
        {"2026-01-01T00:00:00.00000000000000000000000000000000000000000000000001Z", "the length"},
    };
    for (const Case& row : table) {
        const auto instant = parse_instant(row.text);
        ASSERT_FALSE(instant.has_value()) << row.text;
        EXPECT_EQ(instant.error().code(), ErrorCode::kInvalidArgument) << row.text;
        EXPECT_NE(instant.error().message().find(row.part), std::string::npos)
            << row.text << ": " << instant.error().message();
    }
}

TEST(InstantTest, ReadsOffsets) {
    EXPECT_EQ(parse_offset("+08:00").value(), 480);
    EXPECT_EQ(parse_offset("-03:30").value(), -210);
    EXPECT_EQ(parse_offset("+14:00").value(), 840);
    EXPECT_EQ(parse_offset("-14:00").value(), -840);
    for (const std::string_view text :
         {"", "Z", "08:00", "+8:00", "+08", "+08:0", "+08:00:00", "+14:01", "-15:00", "+08:60"}) {
        EXPECT_FALSE(parse_offset(text).has_value()) << text;
    }
}

TEST(InstantTest, ReadsDaysWhereTheyBegin) {
    EXPECT_EQ(parse_day("2026-01-01", 0).value(), kStartOf2026);
    EXPECT_EQ(parse_day("2026-01-01", 480).value(), at_hour(-8));
    EXPECT_EQ(parse_day("2026-01-01", -330).value(), at_hour(5) + (30 * kMinute));
    for (const std::string_view text :
         {"", "2026-1-1", "2026-02-30", "2026-01-01T00:00:00Z", "2026/01/01", "20260101"}) {
        EXPECT_FALSE(parse_day(text, 0).has_value()) << text;
    }
    EXPECT_FALSE(parse_day("0001-01-01", 840).has_value()) << "before year 1 in UTC";
}

TEST(InstantTest, WritesMillisecondsForTheHash) {
    struct Case {
        MicrosUtc moment = 0;
        std::string_view text;
    };

    const std::vector<Case> table = {
        {0, "1970-01-01T00:00:00.000Z"},
        {kStartOf2026 + 1'499, "2026-01-01T00:00:00.001Z"},
        {kStartOf2026 + 1'500, "2026-01-01T00:00:00.002Z"},
        {kStartOf2026 - 500, "2026-01-01T00:00:00.000Z"},
        {kStartOf2026 - 501, "2025-12-31T23:59:59.999Z"},
        {-500, "1970-01-01T00:00:00.000Z"},
        {-501, "1969-12-31T23:59:59.999Z"},
        {kYear1, "0001-01-01T00:00:00.000Z"},
        {kBeginningOfTime, "-290308-12-21T19:59:05.224Z"},
        {kEndOfTime, "294247-01-10T04:00:54.776Z"},
    };
    for (const Case& row : table) {
        EXPECT_EQ(format_instant_millis(row.moment), row.text) << row.moment;
    }
}

TEST(InstantTest, WritesTheZoneAndAsManyDecimalsAsNeeded) {
    EXPECT_EQ(format_instant(kStartOf2026), "2026-01-01T00:00:00Z");
    EXPECT_EQ(format_instant(kStartOf2026, 480), "2026-01-01T08:00:00+08:00");
    EXPECT_EQ(format_instant(kStartOf2026, -330), "2025-12-31T18:30:00-05:30");
    EXPECT_EQ(format_instant(kStartOf2026 + 250'000), "2026-01-01T00:00:00.250Z");
    EXPECT_EQ(format_instant(kStartOf2026 + 250'001), "2026-01-01T00:00:00.250001Z");
    EXPECT_EQ(format_instant(-1), "1969-12-31T23:59:59.999999Z");
}

TEST(InstantTest, ADayIsALocalOne) {
    const MicrosUtc noon = at_hour(12);
    EXPECT_EQ(day_of(noon, 0), (TimeInterval{kStartOf2026, kStartOf2026 + kMicrosPerDay - 1}));
    EXPECT_EQ(day_of(noon, 480), (TimeInterval{at_hour(-8), at_hour(16) - 1}));
    EXPECT_EQ(day_of(at_hour(17), 480), (TimeInterval{at_hour(16), at_hour(40) - 1}));
    EXPECT_EQ(day_of(-1, 0), (TimeInterval{-kMicrosPerDay, -1}));
    EXPECT_EQ(day_of(kBeginningOfTime, -840).first, kBeginningOfTime);
    EXPECT_EQ(day_of(kEndOfTime, 840).last, kEndOfTime);
}

int days_in(int year, int month) {
    constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return kDays.at(static_cast<std::size_t>(month) - 1) + (month == 2 && is_leap ? 1 : 0);
}

// The first and the last day of a month that starts at `start`, and that no day follows the last.
void expect_month(int year, int month, MicrosUtc start) {
    const int days = days_in(year, month);
    for (const int day : {1, days}) {
        const std::string text = format("{:04}-{:02}-{:02}", year, month, day);
        const MicrosUtc expected = start + ((day - 1) * kMicrosPerDay);
        ASSERT_EQ(parse_day(text, 0).value(), expected) << text;
        ASSERT_EQ(format_instant(expected), text + "T00:00:00Z");
    }
    ASSERT_FALSE(parse_day(format("{:04}-{:02}-{:02}", year, month, days + 1), 0).has_value());
}

TEST(InstantTest, EveryMonthOfTenThousandYearsFollowsTheOneBefore) {
    MicrosUtc start = kYear1;
    for (int year = 1; year <= 9'999; ++year) {
        for (int month = 1; month <= 12; ++month) {
            expect_month(year, month, start);
            start += days_in(year, month) * kMicrosPerDay;
        }
    }
    EXPECT_EQ(start, kEndOfYear9999 + 1);
}

TEST(InstantTest, RandomMomentsSurviveWritingAndReading) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 20'000; ++i) {
        const MicrosUtc moment = std::uniform_int_distribution<
            MicrosUtc>(kYear1 + kMicrosPerDay, kEndOfYear9999 - kMicrosPerDay)(random);
        const int offset = std::uniform_int_distribution<int>(-840, 840)(random);
        const auto back = parse_instant(format_instant(moment, offset));
        ASSERT_TRUE(back.has_value()) << format_instant(moment, offset);
        ASSERT_EQ(back->moment, moment);
        ASSERT_EQ(back->offset_minutes, offset);
        const MicrosUtc millis = parse_instant(format_instant_millis(moment)).value().moment;
        ASSERT_LE(millis - moment, 500);
        ASSERT_LT(moment - millis, 500);
        const TimeInterval day = day_of(moment, offset);
        ASSERT_TRUE(day.first <= moment && moment <= day.last);
        ASSERT_EQ(format_instant(day.first, offset).substr(11, 8), "00:00:00");
    }
}

TEST(EventTest, TheIntervalFollowsFromThePrecision) {
    Event event;
    event.event_time = at_hour(17);
    event.offset_minutes = 480;
    EXPECT_EQ(event.interval(), exactly(event.event_time));
    event.precision = TimePrecision::kDay;
    EXPECT_EQ(event.interval(), day_of(event.event_time, 480));
    event.precision = TimePrecision::kUnknown;
    EXPECT_EQ(event.interval(), (TimeInterval{kBeginningOfTime, kEndOfTime}));
}

}  // namespace
}  // namespace suyuan::model
