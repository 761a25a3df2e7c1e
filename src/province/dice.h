// SPDX-License-Identifier: Apache-2.0
//
// Chance without memory: the same key, the same dice, on every machine.

#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>

#include "base/assert.h"

namespace suyuan::province {

// The finisher of SplitMix64: one to one, and every bit of the result depends on every bit of the
// value.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t value) noexcept {
    value += 0x9E3779B97F4A7C15U;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31);
}

// Threads: one; cheap to make, so nobody shares one.
class Dice {
public:
    Dice(std::initializer_list<std::uint64_t> key) noexcept {
        for (const std::uint64_t part : key) {
            state_ = mix(state_ ^ mix(part));
        }
    }

    std::uint64_t next() noexcept { return mix(state_++); }

    // From 0 to size - 1. Requires size > 0.
    std::uint32_t below(std::uint32_t size) noexcept {
        SUYUAN_ASSERT(size > 0);
        return static_cast<std::uint32_t>(((next() >> 32) * size) >> 32);
    }

    // Both ends included. Requires first <= last.
    std::int64_t between(std::int64_t first, std::int64_t last) noexcept {
        SUYUAN_ASSERT(first <= last);
        const auto size = static_cast<std::uint64_t>(last - first) + 1;
        return first + static_cast<std::int64_t>(next() % size);
    }

    bool chance(std::uint32_t in_a_thousand) noexcept { return below(1'000) < in_a_thousand; }

    // Few large, many small: from 0 to size - 1. Requires size > 0.
    std::uint32_t skewed(std::uint32_t size) noexcept {
        const std::uint32_t first = below(size);
        return std::min(first, below(size));
    }

private:
    std::uint64_t state_ = 0;
};

}  // namespace suyuan::province
