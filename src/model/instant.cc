// SPDX-License-Identifier: Apache-2.0

#include "model/instant.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "model/detail/text.h"

namespace suyuan::model {
namespace {

constexpr std::size_t kInstantCharactersMax = 64;  // Room for far more decimals than any clock has.
constexpr int kOffsetMinutesMax = 14 * 60;
constexpr MicrosUtc kMicrosPerMinute = 60 * kMicrosPerSecond;
constexpr std::int64_t kDaysPerEra = 146'097;  // The Gregorian calendar repeats every 400 years.
constexpr std::int64_t kYearsPerEra = 400;

Failure fail_at(const Sentence& part, std::string_view text) {
    const std::string_view shown = text.substr(0, kInstantCharactersMax);
    return fail(
        ErrorCode::kInvalidArgument,
        Sentence{
            format("“{}”的{}不对", shown, part.zh), format("{} is wrong in \"{}\"", part.en, shown)
        }
    );
}

constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t by) noexcept {
    return (value / by) - (value % by < 0 ? 1 : 0);
}

// What floor_divide() leaves: from 0 to `by` - 1.
constexpr std::int64_t floor_modulo(std::int64_t value, std::int64_t by) noexcept {
    const std::int64_t rest = value % by;
    return rest < 0 ? rest + by : rest;
}

// Half up, towards the future.
constexpr std::int64_t round_to_millis(MicrosUtc moment) noexcept {
    return floor_divide(moment, 1'000) + (floor_modulo(moment, 1'000) < 500 ? 0 : 1);
}

// Reads fixed-width numbers and signs from the left.
class Reader {
public:
    explicit Reader(std::string_view text) noexcept : rest_(text) {}

    // Digits as a number; -1 if there are fewer. Requires digits <= 4.
    int number(std::size_t digits) noexcept {
        if (rest_.size() < digits || !detail::all_digits(rest_.substr(0, digits))) {
            return -1;
        }
        int value = 0;
        for (const char digit : rest_.substr(0, digits)) {
            value = 10 * value + (digit - '0');
        }
        rest_.remove_prefix(digits);
        return value;
    }

    bool take(char expected) noexcept {
        if (!rest_.starts_with(expected)) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    // The digits up to the next other character.
    std::string_view digits() noexcept {
        std::size_t count = 0;
        while (count < rest_.size() && detail::is_digit(rest_[count])) {
            ++count;
        }
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }

    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

private:
    std::string_view rest_;
};

// Days since 1970-01-01, from "2026-01-05".
Result<std::int64_t> read_date(Reader& reader, std::string_view text) {
    const int year = reader.number(4);
    if (year < 1 || !reader.take('-')) {
        return fail_at({"年份", "the year"}, text);
    }
    const int month = reader.number(2);
    if (month < 1 || month > 12) {
        return fail_at({"月份", "the month"}, text);
    }
    const int day = reader.take('-') ? reader.number(2) : -1;
    const std::chrono::year_month_day date(
        std::chrono::year(year),
        std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day < 0 ? 0 : day))
    );
    if (!date.ok()) {
        return fail_at({"日", "the day"}, text);
    }
    return std::chrono::sys_days(date).time_since_epoch().count();
}

struct TimeOfDay {
    MicrosUtc whole_seconds = 0;  // in microseconds
    MicrosUtc fraction = 0;
    bool is_leap_second = false;
};

// Rounded half up to millionths: only the first digit past the sixth decides.
MicrosUtc micros_of_fraction(std::string_view digits) noexcept {
    MicrosUtc micros = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        micros = 10 * micros + (i < digits.size() ? digits[i] - '0' : 0);
    }
    return micros + (digits.size() > 6 && digits[6] >= '5' ? 1 : 0);
}

// "08:30:00.125"
Result<TimeOfDay> read_time(Reader& reader, std::string_view text) {
    const int hour = reader.number(2);
    if (hour < 0 || hour > 23 || !reader.take(':')) {
        return fail_at({"小时", "the hour"}, text);
    }
    const int minute = reader.number(2);
    if (minute < 0 || minute > 59 || !reader.take(':')) {
        return fail_at({"分钟", "the minute"}, text);
    }
    const int second = reader.number(2);
    if (second < 0 || second > 60) {
        return fail_at({"秒", "the second"}, text);
    }
    TimeOfDay time;
    time.is_leap_second = second == 60;
    time.whole_seconds = ((hour * 60LL + minute) * 60 + second) * kMicrosPerSecond;
    if (reader.take('.')) {
        const std::string_view digits = reader.digits();
        if (digits.empty()) {
            return fail_at({"秒的小数", "the fraction of the second"}, text);
        }
        time.fraction = micros_of_fraction(digits);
    }
    return time;
}

// Leap seconds end a month, in UTC.
bool ends_a_month(MicrosUtc minute_after) noexcept {
    if (minute_after % kMicrosPerDay != 0) {
        return false;
    }
    const std::chrono::sys_days day(std::chrono::days(minute_after / kMicrosPerDay));
    return std::chrono::year_month_day(day).day() == std::chrono::day(1);
}

constexpr MicrosUtc start_of_year(int year) noexcept {
    const std::chrono::sys_days day(
        std::chrono::year(year) / std::chrono::January / std::chrono::day(1)
    );
    return day.time_since_epoch().count() * kMicrosPerDay;
}

// What "0001" to "9999" can hold in UTC.
constexpr MicrosUtc kMomentMin = start_of_year(1);
constexpr MicrosUtc kMomentMax = start_of_year(10'000) - 1;

Result<MicrosUtc> check_range(MicrosUtc moment, std::string_view text) {
    if (moment < kMomentMin || moment > kMomentMax) {
        return fail_at({"年份", "the year"}, text);
    }
    return moment;
}

// "2026-01-05T08:00:00" of the zone, from seconds since 1970 in UTC. Years beyond four digits,
// which no record has, are written out as they are.
std::string format_seconds(std::int64_t seconds_utc, int offset_minutes) {
    constexpr std::int64_t kSecondsPerDay = 86'400;
    const std::int64_t local = seconds_utc + (std::int64_t{60} * offset_minutes);
    const std::int64_t day = floor_divide(local, kSecondsPerDay);
    const std::int64_t second = floor_modulo(local, kSecondsPerDay);
    const std::int64_t era = floor_divide(day, kDaysPerEra);
    const std::chrono::year_month_day date(
        std::chrono::sys_days(std::chrono::days(floor_modulo(day, kDaysPerEra)))
    );
    return format(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        static_cast<int>(date.year()) + (era * kYearsPerEra),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        second / 3'600,
        second / 60 % 60,
        second % 60
    );
}

}  // namespace

Result<ZonedInstant> parse_instant(std::string_view text) {
    if (text.size() > kInstantCharactersMax) {
        return fail_at({"长度", "the length"}, text);
    }
    Reader reader(text);
    SUYUAN_TRY(const std::int64_t day, read_date(reader, text));
    if (!reader.take('T') && !reader.take('t')) {
        return fail_at({"日期与时间之间的字符", "what stands between date and time"}, text);
    }
    SUYUAN_TRY(const TimeOfDay time, read_time(reader, text));
    ZonedInstant instant;
    if (reader.rest() != "Z" && reader.rest() != "z") {
        const auto offset = parse_offset(reader.rest());
        if (!offset) {
            return fail_at({"时区", "the zone"}, text);
        }
        instant.offset_minutes = *offset;
    }
    const MicrosUtc whole_seconds =
        (day * kMicrosPerDay) + time.whole_seconds - (instant.offset_minutes * kMicrosPerMinute);
    if (time.is_leap_second && !ends_a_month(whole_seconds)) {
        return fail_at({"秒", "the second"}, text);
    }
    instant.moment = whole_seconds + time.fraction;
    SUYUAN_TRY_VOID(check_range(instant.moment, text));
    return instant;
}

Result<int> parse_offset(std::string_view text) {
    Reader reader(text);
    const bool is_west = reader.take('-');
    if (!is_west && !reader.take('+')) {
        return fail_at({"时区的正负号", "the sign of the zone"}, text);
    }
    const int hours = reader.number(2);
    const int minutes = reader.take(':') ? reader.number(2) : -1;
    const int offset = (hours * 60) + minutes;
    if (hours < 0 || minutes < 0 || minutes > 59 || !reader.rest().empty() ||
        offset > kOffsetMinutesMax) {
        return fail_at({"时区", "the zone"}, text);
    }
    return is_west ? -offset : offset;
}

Result<MicrosUtc> parse_day(std::string_view text, int offset_minutes) {
    Reader reader(text);
    SUYUAN_TRY(const std::int64_t day, read_date(reader, text));
    if (!reader.rest().empty()) {
        return fail_at({"日期之后的内容", "what follows the day"}, text);
    }
    return check_range((day * kMicrosPerDay) - (offset_minutes * kMicrosPerMinute), text);
}

std::string format_instant_millis(MicrosUtc moment) {
    const std::int64_t millis = round_to_millis(moment);
    const std::int64_t seconds = floor_divide(millis, 1'000);
    return format("{}.{:03}Z", format_seconds(seconds, 0), floor_modulo(millis, 1'000));
}

std::string format_instant(MicrosUtc moment, int offset_minutes) {
    const std::int64_t seconds = floor_divide(moment, kMicrosPerSecond);
    const std::int64_t micros = floor_modulo(moment, kMicrosPerSecond);
    std::string text = format_seconds(seconds, offset_minutes);
    if (micros % 1'000 != 0) {
        text += format(".{:06}", micros);
    } else if (micros != 0) {
        text += format(".{:03}", micros / 1'000);
    }
    if (offset_minutes == 0) {
        return text + 'Z';
    }
    const int minutes = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    return text +
           format("{}{:02}:{:02}", offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

TimeInterval day_of(MicrosUtc moment, int offset_minutes) {
    // Away from both ends of time, where a day would not fit.
    constexpr MicrosUtc kMargin = 2 * kMicrosPerDay;
    const MicrosUtc inner = std::clamp(moment, kBeginningOfTime + kMargin, kEndOfTime - kMargin);
    const MicrosUtc offset = offset_minutes * kMicrosPerMinute;
    const MicrosUtc start = (floor_divide(inner + offset, kMicrosPerDay) * kMicrosPerDay) - offset;
    return {std::min(start, moment), std::max(start + kMicrosPerDay - 1, moment)};
}

}  // namespace suyuan::model
