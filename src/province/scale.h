// SPDX-License-Identifier: Apache-2.0
//
// How large a province is, and which of its operators do what.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/result.h"

namespace suyuan::province {

// All that a province is made of: equal scales, equal provinces.
struct Scale {
    std::uint64_t seed = 1;
    std::uint32_t operators = 2'000;
    std::uint32_t days = 60;

    friend bool operator==(const Scale&, const Scale&) = default;
};

// Fewer operators do not fill the tiers; more do not fit the numbers of their sites.
inline constexpr std::uint32_t kOperatorsMin = 200;
inline constexpr std::uint32_t kOperatorsMax = 10'000'000;
// The planted stories take ten days; dates stay within one year.
inline constexpr std::uint32_t kDaysMin = 10;
inline constexpr std::uint32_t kDaysMax = 300;

// Fails with kInvalidArgument, naming the bound.
[[nodiscard]] Status check_scale(const Scale& scale);

// What an operator does: the tiers of a food supply chain.
enum class Tier : std::uint8_t {
    kFarm,
    kCooperative,
    kSlaughterhouse,
    kPort,          // runs a port of entry
    kImporter,      // owns what comes in; has no site of its own
    kFirstStation,  // 首站: where imported cold-chain goods are checked first
    kColdStore,     // keeps what others own
    kMarket,        // runs a wholesale market; its stalls own the goods
    kStall,
    kProcessor,
    kDistributor,
    kShop,
    kRestaurant,
    kCanteen,  // school canteens, collective-meal suppliers, central kitchens
};
inline constexpr std::size_t kTierCount = 14;

// The word that model::Operator::kind has for it.
[[nodiscard]] const char* kind_of(Tier tier) noexcept;

// Operators are numbered from 0, tier after tier.
struct TierRange {
    std::uint32_t first = 0;
    std::uint32_t size = 0;
};

// Requires check_scale().
[[nodiscard]] std::array<TierRange, kTierCount> tiers_of(std::uint32_t operators);

}  // namespace suyuan::province
