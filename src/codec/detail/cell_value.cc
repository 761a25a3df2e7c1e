// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/cell_value.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "base/format.h"
#include "codec/detail/formula_guard.h"
#include "codec/detail/utf8.h"

namespace suyuan::codec::detail {
namespace {

// A double keeps every decimal of so many digits, and spreadsheets show no more.
constexpr std::size_t kDigitsMax = 15;

// Of a double's decimals, with room.
constexpr int kExponentMax = 400;

constexpr std::int64_t kDayMs = 86'400'000;

// Whole days after 9999-12-31 in the system of 1900.
constexpr double kSerialEnd = 2'958'466;

constexpr std::int64_t kDaysBetweenSystems = 1'462;

// The day that was counted in 1900 but never was.
constexpr std::int64_t kPhantomDay = 60;

constexpr std::string_view kNoNumber = "this is no number";
constexpr std::string_view kNoNumberZh = "这不是数字。";

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// 0.d1d2d3... times ten to the power of `point`; no leading or trailing zeros; "" is zero.
struct Decimal {
    bool is_negative = false;
    std::string digits;
    int point = 0;
};

void strip_trailing_zeros(std::string& digits) {
    digits.erase(digits.find_last_not_of('0') + 1);
}

// Of "e+5", "E-7" or "". None if it is beyond every double.
std::optional<int> read_exponent(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    const std::string_view digits = text.substr(text.substr(1).starts_with('+') ? 2 : 1);
    int exponent = 0;
    const auto outcome = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    const bool is_read = outcome.ec == std::errc() && std::abs(exponent) <= kExponentMax;
    return is_read ? std::optional(exponent) : std::nullopt;
}

// Requires is_number(text). False if the exponent is beyond every double.
bool read_decimal(std::string_view text, Decimal& decimal) {
    decimal.is_negative = text.starts_with('-');
    const std::size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
    const std::optional<int> exponent = read_exponent(text.substr(exponent_at));
    if (!exponent) {
        return false;
    }
    bool is_fraction = false;
    for (const char c : text.substr(0, exponent_at)) {
        if (c == '.') {
            is_fraction = true;
        } else if (c >= '0' && c <= '9') {
            const bool is_leading_zero = decimal.digits.empty() && c == '0';
            decimal.digits.append(is_leading_zero ? 0 : 1, c);
            if (!is_fraction && !is_leading_zero) {
                ++decimal.point;
            } else if (is_fraction && is_leading_zero) {
                --decimal.point;
            }
        }
    }
    strip_trailing_zeros(decimal.digits);
    decimal.point += *exponent;
    return std::abs(decimal.point) <= kExponentMax;
}

void round(Decimal& decimal) {
    if (decimal.digits.size() <= kDigitsMax) {
        return;
    }
    const bool is_up = decimal.digits[kDigitsMax] >= '5';
    decimal.digits.resize(kDigitsMax);
    if (is_up) {
        const std::size_t last = decimal.digits.find_last_not_of('9');
        if (last == std::string::npos) {
            decimal.digits = "1";
            ++decimal.point;
            return;
        }
        decimal.digits.resize(last + 1);
        ++decimal.digits.back();
    }
    strip_trailing_zeros(decimal.digits);
}

std::string plain(const Decimal& decimal) {
    if (decimal.digits.empty()) {
        return "0";
    }
    const std::string text = decimal.is_negative ? "-" : "";
    const auto whole = static_cast<std::size_t>(std::max(decimal.point, 0));
    if (whole == 0) {
        return text + "0." + std::string(static_cast<std::size_t>(-decimal.point), '0') +
               decimal.digits;
    }
    if (whole >= decimal.digits.size()) {
        return text + decimal.digits + std::string(whole - decimal.digits.size(), '0');
    }
    return text + decimal.digits.substr(0, whole) + '.' + decimal.digits.substr(whole);
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool counts_hours(std::string_view bracket) {
    return !bracket.empty() && std::ranges::all_of(bracket, [&](char c) {
        return lower(c) == lower(bracket.front()) &&
               std::string_view("hms").find(lower(c)) != std::string_view::npos;
    });
}

struct Letters {
    bool has_day = false;
    bool has_time = false;
    bool has_month_or_minute = false;
    bool is_elapsed = false;
};

// Takes one letter, or what hides letters: a quoted, escaped or bracketed part.
std::size_t take_part(std::string_view code, std::size_t at, Letters& letters) {
    const char c = lower(code[at]);
    if (c == '"' || c == '[') {
        const std::size_t end = code.find(c == '"' ? '"' : ']', at + 1);
        if (end == std::string_view::npos) {
            return code.size();
        }
        letters.is_elapsed |= c == '[' && counts_hours(code.substr(at + 1, end - at - 1));
        return end + 1;
    }
    if (c == '\\' || c == '_' || c == '*') {
        return at + 2;
    }
    letters.has_day |= c == 'y' || c == 'd';
    letters.has_time |= c == 'h' || c == 's';
    letters.has_month_or_minute |= c == 'm';
    return at + 1;
}

std::string time_text(std::int64_t day_ms) {
    const std::int64_t seconds = day_ms / 1'000;
    std::string text =
        format("{:02}:{:02}:{:02}", seconds / 3'600, seconds / 60 % 60, seconds % 60);
    if (day_ms % 1'000 != 0) {
        text += format(".{:03}", day_ms % 1'000);
    }
    return text;
}

std::string day_text(std::int64_t day, DateSystem system) {
    using std::chrono::January;
    using std::chrono::year;
    std::int64_t days = day;
    if (system == DateSystem::k1904) {
        days += kDaysBetweenSystems;
    } else if (day < kPhantomDay) {
        ++days;
    }
    const std::chrono::sys_days first = year(1900) / January / 1;
    // Serial 2, with the phantom day counted, is the first of January.
    const std::chrono::year_month_day date = first + std::chrono::days(days - 2);
    return format(
        "{:04}-{:02}-{:02}",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

// The code unit of "_xHHHH_" at `at`; 0 if there is none, or none that may stand alone in UTF-8.
std::uint32_t escaped_unit(std::string_view text, std::size_t at) {
    constexpr std::size_t kLength = 7;
    const std::string_view escape = text.substr(at, kLength);
    if (escape.size() < kLength || !escape.starts_with("_x") || !escape.ends_with('_')) {
        return 0;
    }
    std::uint32_t unit = 0;
    const char* const end = escape.data() + kLength - 1;
    const auto outcome = std::from_chars(escape.data() + 2, end, unit, 16);
    const bool is_surrogate = unit >= 0xd800 && unit <= 0xdfff;
    return outcome.ptr == end && !is_surrogate ? unit : 0;
}

}  // namespace

DateKind date_kind_of(std::string_view format_code) {
    constexpr std::string_view kGeneral = "general";
    if (std::ranges::equal(format_code.substr(0, kGeneral.size()), kGeneral, {}, lower)) {
        return DateKind::kNone;
    }
    Letters letters;
    for (std::size_t at = 0; at < format_code.size() && format_code[at] != ';';) {
        at = take_part(format_code, at, letters);
    }
    if (letters.is_elapsed) {
        return DateKind::kElapsed;
    }
    if (letters.has_time) {
        return letters.has_day ? DateKind::kDateTime : DateKind::kTime;
    }
    return letters.has_day || letters.has_month_or_minute ? DateKind::kDate : DateKind::kNone;
}

DateKind date_kind_of(std::uint32_t format_number) noexcept {
    const auto is_in = [&](std::uint32_t first, std::uint32_t last) {
        return format_number >= first && format_number <= last;
    };
    if (format_number == 46) {
        return DateKind::kElapsed;
    }
    if (format_number == 22) {
        return DateKind::kDateTime;
    }
    if (is_in(18, 21) || is_in(32, 35) || is_in(45, 47) || is_in(55, 56)) {
        return DateKind::kTime;
    }
    return is_in(14, 17) || is_in(27, 36) || is_in(50, 58) ? DateKind::kDate : DateKind::kNone;
}

CellText number_text(std::string_view raw) {
    const std::string_view text = trimmed(raw);
    Decimal decimal;
    if (!is_number(text) || !read_decimal(text, decimal)) {
        return {std::string(text), {std::string(kNoNumberZh), std::string(kNoNumber)}};
    }
    const bool is_too_long = decimal.point > static_cast<int>(kDigitsMax);
    round(decimal);
    CellText number{plain(decimal), {}};
    if (is_too_long) {
        number.fault = {
            "电子表格的数字只保留 15 位，后面的已丢失：请把单元格设为文本，重新填写。",
            "spreadsheets keep 15 digits of a number, the others are lost: format the cell as text "
            "and enter it again"
        };
    }
    return number;
}

CellText date_text(std::string_view raw, DateKind kind, DateSystem system) {
    CellText number = number_text(raw);
    if (kind == DateKind::kNone || number.fault.en == kNoNumber) {
        return number;
    }
    double serial = 0;
    const std::string_view text = trimmed(raw);
    const std::string_view digits = text.substr(text.starts_with('+') ? 1 : 0);
    std::from_chars(digits.data(), digits.data() + digits.size(), serial);
    const double offset =
        system == DateSystem::k1904 ? static_cast<double>(kDaysBetweenSystems) : 0;
    if (serial < 0 || serial + offset >= kSerialEnd) {
        return {number.text, {"日期只能在 1900 年到 9999 年之间。", "dates go from 1900 to 9999"}};
    }
    const auto ms = static_cast<std::int64_t>(std::llround(serial * static_cast<double>(kDayMs)));
    const std::int64_t day = ms / kDayMs;
    const std::int64_t day_ms = ms % kDayMs;
    if (kind == DateKind::kElapsed) {
        return {time_text(ms), {}};
    }
    // The system of 1900 has no day 0: a number below 1 is a time of day.
    const bool has_no_day = day == 0 && (system == DateSystem::k1900 || kind == DateKind::kTime);
    if (has_no_day && kind != DateKind::kDate) {
        return {time_text(day_ms), {}};
    }
    if (has_no_day) {
        return {number.text, {"只有时间，没有日期。", "this is a time without a date"}};
    }
    if (system == DateSystem::k1900 && day == kPhantomDay) {
        return {number.text, {"1900 年没有 2 月 29 日。", "29 February 1900 never was"}};
    }
    if (kind == DateKind::kDate && day_ms == 0) {
        return {day_text(day, system), {}};
    }
    return {day_text(day, system) + 'T' + time_text(day_ms), {}};
}

void undo_escapes(std::string& text, std::size_t begin) {
    std::size_t at = text.find("_x", begin);
    if (at == std::string::npos) {
        return;
    }
    const std::string escaped = text.substr(at);
    text.resize(at);
    for (at = 0; at < escaped.size();) {
        const std::uint32_t unit = escaped_unit(escaped, at);
        if (unit == 0) {
            text += escaped[at++];
        } else {
            append_utf8(text, unit);
            at += 7;
        }
    }
}

}  // namespace suyuan::codec::detail
