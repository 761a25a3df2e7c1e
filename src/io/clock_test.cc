// SPDX-License-Identifier: Apache-2.0

#include "io/clock.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace suyuan::io {
namespace {

TEST(ClockTest, TheSystemClockRunsForward) {
    const SystemClock clock;
    constexpr std::int64_t kStartOf2024 = 1'704'067'200'000'000;
    EXPECT_GT(clock.now_us(), kStartOf2024) << "microseconds since 1970";
    const std::int64_t before = clock.monotonic_us();
    std::int64_t after = clock.monotonic_us();
    while (after == before) {
        after = clock.monotonic_us();
    }
    EXPECT_GT(after, before);
}

TEST(ClockTest, TheManualClockStandsStillUntilTold) {
    ManualClock clock(100);
    EXPECT_EQ(clock.now_us(), 100);
    EXPECT_EQ(clock.monotonic_us(), 100);
    clock.advance(5);
    EXPECT_EQ(clock.now_us(), 105);
    clock.set(-3);
    EXPECT_EQ(clock.now_us(), -3);
}

}  // namespace
}  // namespace suyuan::io
