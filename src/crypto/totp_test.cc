// SPDX-License-Identifier: Apache-2.0

#include "crypto/totp.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace suyuan::crypto {
namespace {

constexpr std::string_view kSecret = "12345678901234567890";

// RFC 4226 appendix D.
TEST(TotpTest, CountersEqualThePublishedVectors) {
    constexpr std::array<std::string_view, 10> kCodes = {
        "755224",
        "287082",
        "359152",
        "969429",
        "338314",
        "254676",
        "287922",
        "162583",
        "399871",
        "520489",
    };
    for (std::uint64_t counter = 0; counter < kCodes.size(); ++counter) {
        EXPECT_EQ(hotp(kSecret, counter, 6), kCodes.at(counter));
    }
}

// RFC 6238 appendix B, SHA-1.
TEST(TotpTest, TimesEqualThePublishedVectors) {
    struct Vector {
        std::int64_t seconds;
        std::string_view code;
    };

    constexpr std::array<Vector, 6> kVectors = {{
        {59, "94287082"},
        {1'111'111'109, "07081804"},
        {1'111'111'111, "14050471"},
        {1'234'567'890, "89005924"},
        {2'000'000'000, "69279037"},
        {20'000'000'000, "65353130"},
    }};
    for (const Vector& vector : kVectors) {
        const auto step = static_cast<std::uint64_t>(vector.seconds / kTotpStepSeconds);
        EXPECT_EQ(hotp(kSecret, step, 8), vector.code);
        // Six digits are the last six.
        EXPECT_EQ(
            matching_totp_step(kSecret, vector.code.substr(2), vector.seconds, 0),
            vector.seconds / kTotpStepSeconds
        );
    }
}

TEST(TotpTest, ACodeIsGoodForItsStepAndItsNeighboursAndOnce) {
    constexpr std::int64_t kStep = 1'000;
    const std::string code = hotp(kSecret, kStep, 6);
    for (std::int64_t seconds = (kStep - 2) * 30; seconds < (kStep + 3) * 30; ++seconds) {
        const bool is_near = seconds >= (kStep - 1) * 30 && seconds < (kStep + 2) * 30;
        EXPECT_EQ(matching_totp_step(kSecret, code, seconds, 0).has_value(), is_near) << seconds;
    }
    EXPECT_EQ(matching_totp_step(kSecret, code, kStep * 30, kStep - 1), kStep);
    EXPECT_EQ(matching_totp_step(kSecret, code, kStep * 30, kStep), std::nullopt);
    EXPECT_EQ(matching_totp_step(kSecret, code, kStep * 30, kStep + 1), std::nullopt);
}

TEST(TotpTest, WhatIsNoCodeMatchesNothing) {
    for (const std::string_view wrong : {"", "0", "28708", "2870820", "28708x", "94287082"}) {
        EXPECT_EQ(matching_totp_step(kSecret, wrong, 59, 0), std::nullopt) << wrong;
    }
}

}  // namespace
}  // namespace suyuan::crypto
