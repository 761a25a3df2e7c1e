// SPDX-License-Identifier: Apache-2.0

#include "io/randomness.h"

#include <sys/random.h>
#include <sys/types.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/assert.h"
#include "io/detail/posix.h"

namespace suyuan::io {
namespace {

// Fills a part at the front; returns how much.
std::size_t fill_some(std::span<std::byte> bytes) {
    const ::ssize_t count =
        detail::retry_interrupted([&] { return ::getrandom(bytes.data(), bytes.size(), 0); });
    // Without unpredictable bytes there is no safe way on, and the kernel always has them.
    SUYUAN_ASSERT(count > 0);
    return static_cast<std::size_t>(count);
}

}  // namespace

void SystemRandomness::fill(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        bytes = bytes.subspan(fill_some(bytes));
    }
}

void SeededRandomness::fill(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        const auto word = std::bit_cast<std::array<std::byte, sizeof(std::uint64_t)>>(next());
        const std::size_t count = std::min(bytes.size(), word.size());
        std::copy_n(word.begin(), count, bytes.begin());
        bytes = bytes.subspan(count);
    }
}

// SplitMix64 (Steele, Lea, Flood 2014): one addition and three mixing steps, every seed is good.
std::uint64_t SeededRandomness::next() noexcept {
    state_ += 0x9e37'79b9'7f4a'7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58'476d'1ce4'e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d0'49bb'1331'11ebU;
    return mixed ^ (mixed >> 31U);
}

std::uint64_t SeededRandomness::below(std::uint64_t bound) noexcept {
    SUYUAN_ASSERT(bound > 0);
    return next() % bound;
}

}  // namespace suyuan::io
