// SPDX-License-Identifier: Apache-2.0

#include "io/randomness.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <gtest/gtest.h>

namespace suyuan::io {
namespace {

std::vector<std::byte> filled(Randomness& randomness, std::size_t count) {
    std::vector<std::byte> bytes(count);
    randomness.fill(bytes);
    return bytes;
}

TEST(RandomnessTest, TheSystemsBytesFillAndDiffer) {
    SystemRandomness randomness;
    constexpr std::size_t kBytes = 100'000;  // More than the kernel gives uninterrupted.
    const auto first = filled(randomness, kBytes);
    EXPECT_NE(first, filled(randomness, kBytes));
    std::array<int, 256> seen{};
    for (const std::byte byte : first) {
        ++seen[std::to_integer<std::size_t>(byte)];
    }
    // 390 of each on average; 200 is ten standard deviations away.
    EXPECT_TRUE(std::ranges::all_of(seen, [](int count) { return count > 200 && count < 600; }));
}

TEST(RandomnessTest, SeedsReproduceOnEveryMachine) {
    SeededRandomness randomness(42);
    // SplitMix64 from state 42, computed apart from this code.
    EXPECT_EQ(randomness.next(), 0xbdd7'3226'2feb'6e95U);
    EXPECT_EQ(randomness.next(), 0x28ef'e333'b266'f103U);
    EXPECT_EQ(randomness.next(), 0x4752'6757'130f'9f52U);
}

TEST(RandomnessTest, FillsByTheByte) {
    SeededRandomness whole(7);
    SeededRandomness again(7);
    SeededRandomness other(8);
    const auto long_run = filled(whole, 13);
    const auto short_run = filled(again, 5);
    EXPECT_TRUE(std::ranges::equal(short_run, std::span(long_run).first(5)));
    EXPECT_NE(filled(other, 13), long_run);
}

TEST(RandomnessTest, StaysBelowItsBound) {
    SeededRandomness randomness(1);
    std::array<int, 6> seen{};
    for (int i = 0; i < 6'000; ++i) {
        const std::uint64_t value = randomness.below(6);
        ASSERT_LT(value, 6U);
        ++seen[value];
    }
    EXPECT_TRUE(std::ranges::all_of(seen, [](int count) { return count > 800 && count < 1'200; }));
    EXPECT_EQ(randomness.below(1), 0U);
}

}  // namespace
}  // namespace suyuan::io
