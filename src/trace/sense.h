// SPDX-License-Identifier: Apache-2.0
//
// Forward and backward are one search: backward, time runs the other way and a move is walked from
// its end to its beginning.

#pragma once

#include <algorithm>
#include <cstdint>

#include "model/instant.h"
#include "trace/answer.h"

namespace suyuan::trace {

enum class Sense : std::uint8_t { kForward, kBackward };

// A moment in the order of the search: smaller is settled first.
using Ticks = std::int64_t;

// The complement turns the order round and, unlike the negative, exists for every moment.
[[nodiscard]] constexpr Ticks ticks(Sense sense, model::MicrosUtc moment) noexcept {
    return sense == Sense::kForward ? moment : ~moment;
}

[[nodiscard]] constexpr model::MicrosUtc moment_of(Sense sense, Ticks label) noexcept {
    return sense == Sense::kForward ? label : ~label;
}

// Whether possible reach may take a move from a position with this label.
[[nodiscard]] inline bool lets_pass(Sense sense, const Move& move, Ticks label) noexcept {
    const model::MicrosUtc gate = sense == Sense::kForward ? move.leave.last : move.arrive.first;
    return move.is_timeless || label <= ticks(sense, gate);
}

// The label that it gives beyond.
[[nodiscard]] inline Ticks label_beyond(Sense sense, const Move& move, Ticks label) noexcept {
    const model::MicrosUtc end = sense == Sense::kForward ? move.arrive.first : move.leave.last;
    return move.is_timeless ? label : std::max(label, ticks(sense, end));
}

// The same of certain reach, for moves that are certain and not timeless: when it must be there at
// the latest, and when it is beyond at the latest.
[[nodiscard]] inline model::MicrosUtc certain_gate(Sense sense, const Move& move) noexcept {
    return sense == Sense::kForward ? move.leave.first : move.arrive.last;
}

[[nodiscard]] inline model::MicrosUtc certain_end(Sense sense, const Move& move) noexcept {
    return sense == Sense::kForward ? move.arrive.last : move.leave.first;
}

}  // namespace suyuan::trace
