// SPDX-License-Identifier: Apache-2.0

#include "province/scale.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"

namespace suyuan::province {
namespace {

struct TierShare {
    const char* kind;
    std::uint32_t in_a_thousand;
    std::uint32_t least;  // so that each trade of the tier is there
};

// Shops are what remains.
constexpr std::array<TierShare, kTierCount> kShares = {{
    {"farm", 180, 16},
    {"cooperative", 40, 8},
    {"slaughterhouse", 4, 2},
    {"port", 1, 1},
    {"importer", 4, 2},
    {"first_station", 2, 1},
    {"cold_store", 8, 2},
    {"market", 2, 1},
    {"wholesaler", 120, 16},
    {"producer", 45, 8},
    {"distributor", 30, 4},
    {"retailer", 330, 0},
    {"restaurant", 180, 16},
    {"canteen", 54, 8},
}};

}  // namespace

Status check_scale(const Scale& scale) {
    if (scale.operators < kOperatorsMin || scale.operators > kOperatorsMax) {
        return fail(
            ErrorCode::kInvalidArgument,
            format(
                "operators: from {} to {}, not {}", kOperatorsMin, kOperatorsMax, scale.operators
            )
        );
    }
    if (scale.days < kDaysMin || scale.days > kDaysMax) {
        return fail(
            ErrorCode::kInvalidArgument,
            format("days: from {} to {}, not {}", kDaysMin, kDaysMax, scale.days)
        );
    }
    return {};
}

const char* kind_of(Tier tier) noexcept {
    return kShares.at(static_cast<std::size_t>(tier)).kind;
}

std::array<TierRange, kTierCount> tiers_of(std::uint32_t operators) {
    SUYUAN_ASSERT(operators >= kOperatorsMin && operators <= kOperatorsMax);
    constexpr auto kRest = static_cast<std::size_t>(Tier::kShop);
    std::array<TierRange, kTierCount> tiers;
    std::uint32_t taken = 0;
    for (std::size_t tier = 0; tier < kTierCount; ++tier) {
        if (tier != kRest) {
            const TierShare& share = kShares.at(tier);
            tiers.at(tier).size = std::max(
                operators / 1'000 * share.in_a_thousand +
                    operators % 1'000 * share.in_a_thousand / 1'000,
                share.least
            );
            taken += tiers.at(tier).size;
        }
    }
    SUYUAN_ASSERT(taken < operators);
    tiers.at(kRest).size = operators - taken;
    std::uint32_t first = 0;
    for (TierRange& range : tiers) {
        range.first = first;
        first += range.size;
    }
    return tiers;
}

}  // namespace suyuan::province
