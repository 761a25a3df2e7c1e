// SPDX-License-Identifier: Apache-2.0

#include "io/clock.h"

#include <chrono>
#include <cstdint>

namespace suyuan::io {
namespace {

template <typename TimePoint>
std::int64_t microseconds_since_epoch(TimePoint moment) {
    return std::chrono::duration_cast<std::chrono::microseconds>(moment.time_since_epoch()).count();
}

}  // namespace

std::int64_t SystemClock::now_us() const {
    return microseconds_since_epoch(std::chrono::system_clock::now());
}

std::int64_t SystemClock::monotonic_us() const {
    return microseconds_since_epoch(std::chrono::steady_clock::now());
}

}  // namespace suyuan::io
