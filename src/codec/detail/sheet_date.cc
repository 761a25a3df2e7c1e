// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/sheet_date.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include "codec/detail/parse_index.h"

namespace suyuan::codec::detail {
namespace {

constexpr std::string_view kDayShape = "0000-00-00";
constexpr std::string_view kTimeShape = "0000-00-00T00:00:00";
constexpr std::string_view kMillisecondShape = "0000-00-00T00:00:00.000";

bool has_shape(std::string_view text, std::string_view shape) noexcept {
    return std::ranges::equal(text, shape, [](char c, char model) {
        return model == '0' ? c >= '0' && c <= '9' : c == model;
    });
}

// Requires digits.
int number_at(std::string_view text, std::size_t at, std::size_t count) noexcept {
    return static_cast<int>(parse_index(text.substr(at, count)).value_or(0));
}

}  // namespace

std::optional<SheetDate> parse_sheet_date(std::string_view text) noexcept {
    using std::chrono::day;
    using std::chrono::March;
    using std::chrono::month;
    using std::chrono::year;
    const bool has_milliseconds = has_shape(text, kMillisecondShape);
    const bool has_time = has_milliseconds || has_shape(text, kTimeShape);
    if (!has_time && !has_shape(text, kDayShape)) {
        return std::nullopt;
    }
    SheetDate date{
        .year = number_at(text, 0, 4), .month = number_at(text, 5, 2), .day = number_at(text, 8, 2)
    };
    const std::chrono::year_month_day calendar(
        year(date.year),
        month(static_cast<unsigned>(date.month)),
        day(static_cast<unsigned>(date.day))
    );
    if (!calendar.ok() || calendar < year(1900) / March / 1) {
        return std::nullopt;
    }
    if (has_time) {
        date.has_time = true;
        date.hour = number_at(text, 11, 2);
        date.minute = number_at(text, 14, 2);
        date.second = number_at(text, 17, 2);
        if (date.hour > 23 || date.minute > 59 || date.second > 59) {
            return std::nullopt;
        }
    }
    if (has_milliseconds) {
        date.second += number_at(text, 20, 3) / 1'000.0;
    }
    return date;
}

}  // namespace suyuan::codec::detail
