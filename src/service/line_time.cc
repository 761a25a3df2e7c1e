// SPDX-License-Identifier: Apache-2.0
//
// Days and times as offices, spreadsheets and programs write them.

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/format.h"
#include "base/result.h"
#include "model/instant.h"
#include "service/detail/line_text.h"
#include "service/line_sheet.h"
#include "service/line_values.h"

namespace suyuan::service {
namespace {

using detail::is_all_digits;
using detail::is_digit;
using detail::kDaySize;
using detail::refuse;

constexpr int kOffsetMinutes = 480;  // China has one time zone

Failure no_time() {
    return refuse(
        "不是日期时间：请写成 2026-03-02 或 2026-03-02 08:30。",
        "no date or time: write it as 2026-03-02 or 2026-03-02 08:30"
    );
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
}

// "星期一", "周日", in brackets or not: what the day is tells it as well.
void drop_weekday(std::string& text) {
    constexpr std::array<std::string_view, 3> kNames = {"星期", "礼拜", "周"};
    constexpr std::array<std::string_view, 8> kDays = {
        "一", "二", "三", "四", "五", "六", "日", "天"
    };
    for (const std::string_view name : kNames) {
        const auto at = text.find(name);
        if (at == std::string::npos) {
            continue;
        }
        const std::string_view rest = std::string_view(text).substr(at + name.size());
        const auto* const day = std::ranges::find_if(kDays, [&](std::string_view each) {
            return rest.starts_with(each);
        });
        if (day != kDays.end()) {
            text.replace(at, name.size() + day->size(), " ");
            replace_all(text, "( )", " ");
            return;
        }
    }
}

enum class HalfDay : std::uint8_t { kUnsaid, kMorning, kAfternoon };

// "上午", "PM": taken out of the text.
HalfDay take_half_day(std::string& text) {
    struct Word {
        std::string_view word;
        HalfDay half;
    };

    constexpr std::array kWords = {
        Word{"上午", HalfDay::kMorning},
        Word{"凌晨", HalfDay::kMorning},
        Word{"早上", HalfDay::kMorning},
        Word{"下午", HalfDay::kAfternoon},
        Word{"晚上", HalfDay::kAfternoon},
        Word{"AM", HalfDay::kMorning},
        Word{"am", HalfDay::kMorning},
        Word{"PM", HalfDay::kAfternoon},
        Word{"pm", HalfDay::kAfternoon},
    };
    for (const Word& word : kWords) {
        if (const auto at = text.find(word.word); at != std::string::npos) {
            text.replace(at, word.word.size(), " ");
            return word.half;
        }
    }
    return HalfDay::kUnsaid;
}

std::string single_blanks(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        if (letter != ' ' || (!out.empty() && out.back() != ' ')) {
            out.push_back(letter);
        }
    }
    while (out.ends_with(' ')) {
        out.pop_back();
    }
    return out;
}

// The numbers of a text and what stands between them: "2026年3月2日" -> 2026 3 2, "年" "月" "日".
struct Numbers {
    std::vector<std::string_view> digits;
    std::vector<std::string_view> between;  // after each number
};

// nullopt if it does not begin with a number or has more parts than a time.
std::optional<Numbers> numbers_of(std::string_view text) {
    constexpr std::size_t kPartsMax = 7;
    Numbers numbers;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t begin = at;
        while (at < text.size() && is_digit(text[at])) {
            ++at;
        }
        if (at == begin || numbers.digits.size() == kPartsMax) {
            return std::nullopt;
        }
        numbers.digits.push_back(text.substr(begin, at - begin));
        const std::size_t separator = at;
        while (at < text.size() && !is_digit(text[at])) {
            ++at;
        }
        numbers.between.push_back(text.substr(separator, at - separator));
    }
    return numbers;
}

bool is_between(std::string_view between, std::initializer_list<std::string_view> allowed) {
    return std::ranges::find(allowed, between) != allowed.end();
}

// As many digits as asked for, with zeros before them; as they are if there are more.
std::string padded(std::string_view digits, std::size_t width) {
    return std::string(width - std::min(width, digits.size()), '0') + std::string(digits);
}

bool has_day(const Numbers& numbers) {
    const auto& between = numbers.between;
    return numbers.digits.size() >= 3 &&
           ((between[0] == between[1] && is_between(between[0], {"-", "/", "."})) ||
            (between[0] == "年" && between[1] == "月"));
}

std::string day_text(const Numbers& numbers) {
    return format(
        "{}-{}-{}", numbers.digits[0], padded(numbers.digits[1], 2), padded(numbers.digits[2], 2)
    );
}

// The hour on a clock of 24; nullopt if there is none such.
std::optional<std::string> hour_text(std::string_view digits, HalfDay half) {
    constexpr int kNoon = 12;
    int hour = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), hour);
    if (read.ec != std::errc() || (half == HalfDay::kMorning && hour > kNoon)) {
        return std::nullopt;
    }
    if (half == HalfDay::kMorning && hour == kNoon) {
        hour = 0;
    } else if (half == HalfDay::kAfternoon && hour < kNoon) {
        hour += kNoon;
    }
    return padded(std::to_string(hour), 2);
}

// "30", "30:15", "30:15.250" after an hour: as "30:15.250".
std::optional<std::string> minutes_text(const Numbers& numbers) {
    const auto& between = numbers.between;
    const std::size_t count = numbers.digits.size();
    if (count == 4) {
        return is_between(between[3], {"时", "点"}) ? std::optional<std::string>("00:00")
                                                    : std::nullopt;
    }
    if (!is_between(between[3], {":", "时", "点"})) {
        return std::nullopt;
    }
    const std::string minute = padded(numbers.digits[4], 2);
    if (count == 5) {
        return is_between(between[4], {"", "分"}) ? std::optional(minute + ":00") : std::nullopt;
    }
    const bool has_fraction = count == 7;
    if (!is_between(between[4], {":", "分"}) ||
        !(has_fraction ? between[5] == "." && between[6].empty()
                       : is_between(between[5], {"", "秒"}))) {
        return std::nullopt;
    }
    return format(
        "{}:{}{}{}",
        minute,
        padded(numbers.digits[5], 2),
        has_fraction ? "." : "",
        has_fraction ? numbers.digits[6] : std::string_view()
    );
}

// What follows the day: "08:30:00"; nullopt if it is no time of day, "" if there is nothing.
std::optional<std::string> clock_text(const Numbers& numbers, HalfDay half) {
    if (numbers.digits.size() == 3) {
        const bool is_day = half == HalfDay::kUnsaid && is_between(numbers.between[2], {"", "日"});
        return is_day ? std::optional(std::string()) : std::nullopt;
    }
    if (!is_between(numbers.between[2], {" ", "T", "日", "日 "})) {
        return std::nullopt;
    }
    const auto hour = hour_text(numbers.digits[3], half);
    const auto minutes = minutes_text(numbers);
    return hour && minutes ? std::optional(format("{}:{}", *hour, *minutes)) : std::nullopt;
}

struct DayAndClock {
    std::string day;
    std::string clock;  // empty: the whole day
};

// "20260302", "202603020830", "20260302083015".
std::optional<DayAndClock> packed(std::string_view digits) {
    constexpr std::size_t kDay = 8;
    constexpr std::size_t kMinute = 12;
    constexpr std::size_t kSecond = 14;
    const bool is_packed =
        digits.size() == kDay || digits.size() == kMinute || digits.size() == kSecond;
    if (!is_packed || !is_all_digits(digits)) {
        return std::nullopt;
    }
    DayAndClock read{
        .day = format("{}-{}-{}", digits.substr(0, 4), digits.substr(4, 2), digits.substr(6, 2)),
        .clock = {},
    };
    if (digits.size() > kDay) {
        read.clock = format(
            "{}:{}:{}",
            digits.substr(8, 2),
            digits.substr(10, 2),
            digits.size() == kSecond ? digits.substr(kMinute, 2) : "00"
        );
    }
    return read;
}

// A day as spreadsheets count it (46083), where the cell is no date: told, not guessed.
std::optional<Failure> spreadsheet_number(std::string_view text) {
    constexpr int kFirst = 30'000;  // 1982
    constexpr int kLast = 80'000;   // 2119
    const std::string_view whole = text.substr(0, text.find('.'));
    const std::string_view rest = text.substr(std::min(whole.size() + 1, text.size()));
    int number = 0;
    if (whole.size() != 5 || !is_all_digits(whole) || (!rest.empty() && !is_all_digits(rest)) ||
        std::from_chars(whole.data(), whole.data() + whole.size(), number).ec != std::errc() ||
        number < kFirst || number > kLast) {
        return std::nullopt;
    }
    using std::chrono::days;
    using std::chrono::sys_days;
    using std::chrono::year;
    using std::chrono::year_month_day;
    const year_month_day day = sys_days{year{1899} / std::chrono::December / 30} + days{number};
    const std::string shown = format(
        "{}-{}-{}",
        static_cast<int>(day.year()),
        padded(std::to_string(static_cast<unsigned>(day.month())), 2),
        padded(std::to_string(static_cast<unsigned>(day.day())), 2)
    );
    return refuse(
        format("像是电子表格的日期序号（{}）：请把这一列设成日期格式，或写成 {}。", shown, shown),
        format(
            "this looks like the number that a spreadsheet keeps for {}: format the column as a "
            "date, or write {}",
            shown,
            shown
        )
    );
}

bool has_short_year(const Numbers& numbers) {
    return has_day(numbers) && numbers.digits[0].size() <= 2 && numbers.digits[2].size() <= 2;
}

struct Years {
    std::string_view first;
    std::string_view last;
};

constexpr Years kEventYears = {"2000", "2100"};
constexpr Years kRegisterYears = {"1900", "2100"};

Result<LineTime> in_years(LineTime time, Years years) {
    const std::string year = time.moment.substr(0, 4);
    if (year < years.first || year > years.last) {
        return refuse(
            format("年份应在 {} 到 {} 之间，请核对。", years.first, years.last),
            format("the year should be from {} to {}: check it", years.first, years.last)
        );
    }
    return time;
}

Result<DayAndClock> read_parts(std::string_view plain, HalfDay half) {
    if (const auto read = half == HalfDay::kUnsaid ? packed(plain) : std::nullopt) {
        return *read;
    }
    if (auto hint = spreadsheet_number(plain)) {
        return *std::move(hint);
    }
    const auto numbers = numbers_of(plain);
    if (!numbers || !has_day(*numbers)) {
        return no_time();
    }
    if (has_short_year(*numbers)) {
        return refuse(
            "年份请写四位，如 2026/3/2。", "write the year with four digits, such as 2026/3/2"
        );
    }
    auto clock = clock_text(*numbers, half);
    if (!clock) {
        return no_time();
    }
    return DayAndClock{.day = day_text(*numbers), .clock = *std::move(clock)};
}

Result<LineTime> read_time(std::string_view text, Years years) {
    std::string plain = half_width(text);
    replace_all(plain, "—", "-");
    replace_all(plain, "–", "-");
    replace_all(plain, "号", "日");
    drop_weekday(plain);
    const HalfDay half = take_half_day(plain);
    plain = single_blanks(plain);
    std::string zoned = plain;
    if (zoned.size() > kDaySize && zoned[kDaySize] == ' ') {
        zoned[kDaySize] = 'T';
    }
    if (const auto instant = half == HalfDay::kUnsaid ? model::parse_instant(zoned)
                                                      : Result<model::ZonedInstant>(no_time())) {
        return in_years({.moment = model::format_instant(instant->moment, kOffsetMinutes)}, years);
    }
    SUYUAN_TRY(const DayAndClock read, read_parts(plain, half));
    const auto instant = model::parse_instant(
        format("{}T{}+08:00", read.day, read.clock.empty() ? "00:00:00" : read.clock)
    );
    if (!instant) {
        return no_time();
    }
    return in_years(
        {.moment = model::format_instant(instant->moment, kOffsetMinutes),
         .is_day = read.clock.empty()},
        years
    );
}

Result<std::string> read_day(std::string_view text, Years years) {
    SUYUAN_TRY(const LineTime time, read_time(text, years));
    return time.moment.substr(0, kDaySize);
}

}  // namespace

Result<LineTime> read_line_time(std::string_view text) {
    return read_time(text, kEventYears);
}

Result<std::string> read_line_day(std::string_view text) {
    return read_day(text, kEventYears);
}

Result<std::string> read_first_day(std::string_view text) {
    return read_day(text, kRegisterYears);
}

Result<std::string> read_last_day(std::string_view text) {
    constexpr std::array<std::string_view, 8> kOpen = {
        "长期", "长期有效", "永久", "永久有效", "无固定期限", "至今", "9999-12-31", "permanent"
    };
    if (std::ranges::find(kOpen, half_width(text)) != kOpen.end()) {
        return std::string();
    }
    return read_day(text, kRegisterYears);
}

}  // namespace suyuan::service
