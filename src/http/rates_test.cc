// SPDX-License-Identifier: Apache-2.0

#include "http/rates.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/format.h"

namespace suyuan::http {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr Pace kSlow = {.per_second = 2, .at_once = 4};
constexpr Pace kQuick = {.per_second = 100, .at_once = 100};

std::optional<std::int64_t> take(
    Rates& rates, const std::string& name, std::int64_t units, std::int64_t now
) {
    const std::vector<Payer> payers = {{name, kSlow}};
    return rates.take(payers, units, now);
}

TEST(RatesTest, WhatIsSavedUpIsSpentAtOnceAndComesBackInTime) {
    Rates rates;
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(take(rates, "a", 1, 7), std::nullopt) << i;
    }
    EXPECT_EQ(take(rates, "a", 1, 7), kSecond / 2);
    EXPECT_EQ(take(rates, "a", 2, 7), kSecond);
    EXPECT_EQ(take(rates, "b", 1, 7), std::nullopt);
    EXPECT_EQ(take(rates, "a", 1, 7 + kSecond / 2), std::nullopt);
    EXPECT_EQ(take(rates, "a", 1, 7 + kSecond / 2), kSecond / 2);
    // No more is saved than may be.
    EXPECT_EQ(take(rates, "a", 4, 7 + 100 * kSecond), std::nullopt);
    EXPECT_EQ(take(rates, "a", 1, 7 + 100 * kSecond), kSecond / 2);
}

TEST(RatesTest, WhatCostsMoreThanAnybodySavesCostsAllOfIt) {
    Rates rates;
    EXPECT_EQ(take(rates, "a", 1'000, 0), std::nullopt);
    EXPECT_EQ(take(rates, "a", 1'000, 0), 2 * kSecond);
    EXPECT_EQ(take(rates, "a", 1'000, 2 * kSecond), std::nullopt);
}

TEST(RatesTest, AllPayOrNobodyDoes) {
    Rates rates;
    const std::vector<Payer> both = {{"account", kQuick}, {"address", kSlow}};
    const std::vector<Payer> account = {{"account", kQuick}};
    EXPECT_EQ(rates.take(both, 4, 0), std::nullopt);
    for (int i = 0; i < 1'000; ++i) {
        EXPECT_EQ(rates.take(both, 1, 0), kSecond / 2);
    }
    EXPECT_EQ(rates.take(account, 96, 0), std::nullopt);
    EXPECT_NE(rates.take(account, 1, 0), std::nullopt);
}

TEST(RatesTest, NoFloodOfNamesFillsTheMemory) {
    constexpr std::size_t kNames = 100;
    Rates rates(kNames);
    EXPECT_EQ(take(rates, "known", 1, 0), std::nullopt);
    int refused = 0;
    for (int i = 0; i < 10'000; ++i) {
        refused += take(rates, format("name {}", i), 1, 0) ? 1 : 0;
    }
    EXPECT_EQ(refused, 10'000 - 99 - 4);
    EXPECT_LE(rates.size(), kNames + 1);
    // Who came before is not hurt, and who comes later is let in again.
    EXPECT_EQ(take(rates, "known", 1, 0), std::nullopt);
    EXPECT_EQ(take(rates, "late", 4, 60 * kSecond), std::nullopt);
    EXPECT_LE(rates.size(), 2U);
}

}  // namespace
}  // namespace suyuan::http
