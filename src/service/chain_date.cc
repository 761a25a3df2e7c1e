// SPDX-License-Identifier: Apache-2.0
//
// Days, months and years as a FoodChain-Lab workbook has them.

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "model/instant.h"
#include "service/chain_reader.h"
#include "service/detail/line_text.h"
#include "service/line_sheet.h"
#include "service/wording.h"

namespace suyuan::service {
namespace {

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2100;
constexpr int kMonths = 12;
constexpr int kDays = 31;

// A whole number between two that are greater than 0; 0 for anything else.
int number_in(std::string_view text, int least, int most) {
    const std::string plain = half_width(text);
    int number = 0;
    const char* const end = plain.data() + plain.size();
    const auto [stop, error] = std::from_chars(plain.data(), end, number);
    const bool is_whole =
        !plain.empty() && detail::is_all_digits(plain) && stop == end && error == std::errc();
    return is_whole && number >= least && number <= most ? number : 0;
}

ChainDateRead refused(std::size_t part, std::string zh, std::string en) {
    ChainDateRead read;
    read.fault = ChainDateFault{.part = part, .reason = {std::move(zh), std::move(en)}};
    return read;
}

std::string day_text_of(int year, int month, int day) {
    return format("{:04}-{:02}-{:02}", year, month, day);
}

// From the first of a month to the last of one.
ChainDateRead months(int year, int first, int last) {
    const bool is_december = last == kMonths;
    const auto begin = model::parse_day(day_text_of(year, first, 1), kLocalOffsetMinutes);
    const auto end = model::parse_day(
        day_text_of(is_december ? year + 1 : year, is_december ? 1 : last + 1, 1),
        kLocalOffsetMinutes
    );
    SUYUAN_ASSERT(begin && end);
    ChainDateRead read;
    read.date.time = {*begin, *end - 1};
    return read;
}

}  // namespace

ChainDateRead read_chain_date(
    std::string_view day_text, std::string_view month_text, std::string_view year_text
) {
    constexpr std::size_t kDayPart = 0;
    constexpr std::size_t kMonthPart = 1;
    constexpr std::size_t kYearPart = 2;
    if (year_text.empty()) {
        if (day_text.empty() && month_text.empty()) {
            return {};
        }
        return refused(kYearPart, "缺少年份。", "the year is missing");
    }
    const int year = number_in(year_text, kYearMin, kYearMax);
    const int month = number_in(month_text, 1, kMonths);
    const int day = number_in(day_text, 1, kDays);
    if (year == 0) {
        return refused(
            kYearPart,
            format("年份须为 {} 至 {} 的四位数。", kYearMin, kYearMax),
            format("a year has four digits, from {} to {}", kYearMin, kYearMax)
        );
    }
    if (month == 0 && !month_text.empty()) {
        return refused(kMonthPart, "月份须为 1 至 12。", "a month is a number from 1 to 12");
    }
    if (day == 0 && !day_text.empty()) {
        return refused(kDayPart, "日须为 1 至 31。", "a day is a number from 1 to 31");
    }
    if (month == 0 && day != 0) {
        return refused(kMonthPart, "有日而没有月。", "there is a day and no month");
    }
    if (day == 0) {
        return month == 0 ? months(year, 1, kMonths) : months(year, month, month);
    }
    const auto first = model::parse_day(day_text_of(year, month, day), kLocalOffsetMinutes);
    if (!first) {
        return refused(kDayPart, "这个月没有这一天。", "the month has no such day");
    }
    ChainDateRead read;
    read.date = {.time = model::day_of(*first, kLocalOffsetMinutes), .is_day = true};
    return read;
}

}  // namespace suyuan::service
