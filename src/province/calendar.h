// SPDX-License-Identifier: Apache-2.0
//
// Days of the province: counted from 0, in China Standard Time.

#pragma once

#include <cstdint>
#include <string>

#include "model/instant.h"

namespace suyuan::province {

inline constexpr int kOffsetMinutes = 480;
inline constexpr model::MicrosUtc kMinute = 60 * model::kMicrosPerSecond;
inline constexpr model::MicrosUtc kHour = 60 * kMinute;
// 2026-01-01T00:00:00+08:00
inline constexpr model::MicrosUtc kFirstDay = 1'767'196'800 * model::kMicrosPerSecond;
inline constexpr int kYear = 2026;

// Requires 0 <= minute < 1440; a negative day lies before the first.
[[nodiscard]] constexpr model::MicrosUtc moment(std::int64_t day, std::int64_t minute) noexcept {
    return kFirstDay + day * model::kMicrosPerDay + minute * kMinute;
}

[[nodiscard]] constexpr std::int64_t clock_minute(std::int64_t hour, std::int64_t minute) noexcept {
    return hour * 60 + minute;
}

// "260304".
[[nodiscard]] std::string day_digits(std::int64_t day);

}  // namespace suyuan::province
