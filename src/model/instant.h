// SPDX-License-Identifier: Apache-2.0
//
// Moments and intervals of event time.
//
// All moments are microseconds since 1970-01-01T00:00:00Z (UTC, no leap seconds: a ":60" second is
// the first moment of the next minute). What is only known to the day, or not at all, is an
// interval: certainty in a trace is computed from intervals, never guessed.

#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "base/result.h"

namespace suyuan::model {

using MicrosUtc = std::int64_t;

inline constexpr MicrosUtc kBeginningOfTime = std::numeric_limits<MicrosUtc>::min();
inline constexpr MicrosUtc kEndOfTime = std::numeric_limits<MicrosUtc>::max();
inline constexpr MicrosUtc kMicrosPerSecond = 1'000'000;
inline constexpr MicrosUtc kMicrosPerDay = 86'400 * kMicrosPerSecond;

// A closed interval [first, last] in which an event happened; first == last for an exact moment.
struct TimeInterval {
    MicrosUtc first = kBeginningOfTime;
    MicrosUtc last = kEndOfTime;

    [[nodiscard]] constexpr bool is_exact() const noexcept { return first == last; }

    friend constexpr bool operator==(const TimeInterval&, const TimeInterval&) noexcept = default;
};

[[nodiscard]] constexpr TimeInterval exactly(MicrosUtc moment) noexcept {
    return {moment, moment};
}

// How well the submitter knew the event time (our extension `suyuan:timePrecision`).
enum class TimePrecision : std::uint8_t { kExact, kDay, kUnknown };

struct ZonedInstant {
    MicrosUtc moment = 0;
    int offset_minutes = 0;  // Of the text itself; 0 for "Z".
};

// Parses RFC 3339 / ISO 8601 extended date-times with a mandatory zone ("Z" or "+08:00"). Fraction
// digits past the sixth are rounded half up. Years 0001..9999. Fails with kInvalidArgument, naming
// the part that is wrong.
[[nodiscard]] Result<ZonedInstant> parse_instant(std::string_view text);

// "+08:00" -> 480; range -14:00..+14:00.
[[nodiscard]] Result<int> parse_offset(std::string_view text);

// "2026-01-05" -> the day's first microsecond at the given offset.
[[nodiscard]] Result<MicrosUtc> parse_day(std::string_view text, int offset_minutes);

// "2026-01-05T00:00:00.000Z": UTC with three decimals, rounded half up (CBV hash form).
[[nodiscard]] std::string format_instant_millis(MicrosUtc moment);

// The same with as many decimals as needed (0, 3 or 6), in the zone of `offset_minutes`
// ("2026-01-05T08:00:00+08:00"; "Z" for 0).
[[nodiscard]] std::string format_instant(MicrosUtc moment, int offset_minutes = 0);

// The local day that contains `moment`, as a closed interval in UTC.
[[nodiscard]] TimeInterval day_of(MicrosUtc moment, int offset_minutes);

}  // namespace suyuan::model
