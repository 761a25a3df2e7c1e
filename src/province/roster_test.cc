// SPDX-License-Identifier: Apache-2.0

#include "province/roster.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "model/registry.h"
#include "province/dice.h"
#include "province/regions.h"
#include "province/scale.h"
#include "province/staff.h"
#include "province/wording.h"

namespace suyuan::province {
namespace {

TEST(ScaleTest, SharesTheOperatorsOutCompletely) {
    for (const std::uint32_t operators : {200U, 201U, 2'000U, 1'000'000U, kOperatorsMax}) {
        std::uint32_t next = 0;
        for (const TierRange& range : tiers_of(operators)) {
            EXPECT_EQ(range.first, next);
            EXPECT_GT(range.size, 0U);
            next += range.size;
        }
        EXPECT_EQ(next, operators);
    }
}

TEST(ScaleTest, RefusesWhatIsTooSmallOrTooLarge) {
    EXPECT_FALSE(check_scale({.seed = 1, .operators = kOperatorsMin - 1, .days = 60}));
    EXPECT_FALSE(check_scale({.seed = 1, .operators = kOperatorsMax + 1, .days = 60}));
    EXPECT_FALSE(check_scale({.seed = 1, .operators = 2'000, .days = kDaysMin - 1}));
    EXPECT_FALSE(check_scale({.seed = 1, .operators = 2'000, .days = kDaysMax + 1}));
    EXPECT_TRUE(check_scale({}));
}

TEST(RegionsTest, CodesNestAndNamesDiffer) {
    EXPECT_EQ(prefectures().size(), 18U);
    std::set<std::string_view> codes;
    std::set<std::string> places;
    for (const County& county : counties()) {
        const Prefecture& parent = prefectures()[county.prefecture];
        EXPECT_EQ(county.code.substr(0, 4), parent.code.substr(0, 4)) << county.name;
        EXPECT_TRUE(codes.insert(county.code).second) << county.code;
        EXPECT_TRUE(places.insert(short_place(county)).second) << county.name;
    }
    EXPECT_EQ(region_rows().size(), 1 + prefectures().size() + counties().size() - 1);
}

TEST(RosterTest, ChildrenOfACountyAreNumberedFromZero) {
    const Scale scale{.seed = 5, .operators = 20'000, .days = 10};
    const Roster roster(scale);
    Business before = roster.business(0);
    EXPECT_EQ(before.ordinal, 0U);
    for (std::uint32_t number = 1; number < scale.operators; ++number) {
        const Business business = roster.business(number);
        const bool is_next = business.tier == before.tier && business.county == before.county;
        if (business.tier != Tier::kPort) {
            EXPECT_EQ(business.ordinal, is_next ? before.ordinal + 1 : 0) << number;
        }
        before = business;
    }
}

TEST(RosterTest, NamesDifferAndSomeAreLong) {
    const Scale scale{.seed = 5, .operators = 20'000, .days = 10};
    const Roster roster(scale);
    std::set<std::string> names;
    std::size_t longest = 0;
    for (std::uint32_t number = 0; number < scale.operators; ++number) {
        const std::string name = roster.name(roster.business(number));
        longest = std::max(longest, name.size());
        names.insert(name);
    }
    EXPECT_EQ(names.size(), scale.operators);
    EXPECT_GT(longest, 30U * 3);  // characters of three bytes
}

TEST(RosterTest, NeighboursTradeWithEachOther) {
    const Scale scale{.seed = 5, .operators = 20'000, .days = 10};
    const Roster roster(scale);
    Dice dice({1});
    std::uint32_t is_near = 0;
    constexpr Spot kMiddle = 0x80000000U;
    const TierRange& shops = roster.tier(Tier::kShop);
    for (int i = 0; i < 1'000; ++i) {
        const std::uint32_t number = roster.near(Tier::kShop, kMiddle, dice);
        ASSERT_GE(number, shops.first);
        ASSERT_LT(number, shops.first + shops.size);
        const std::uint32_t place = number - shops.first;
        is_near += place > shops.size * 2 / 5 && place < shops.size * 3 / 5 ? 1U : 0U;
    }
    EXPECT_GT(is_near, 900U);
}

TEST(RosterTest, ATradeCanBeAskedFor) {
    const Scale scale{.seed = 5, .operators = 200, .days = 10};
    const Roster roster(scale);
    Dice dice({2});
    for (std::uint32_t i = 0; i < 500; ++i) {
        const std::uint32_t trade = i % kTrades;
        const auto number = roster.near(Tier::kProcessor, dice.below(~0U), dice, trade);
        EXPECT_EQ(roster.business(number).trade, trade);
        EXPECT_EQ(roster.business(number).tier, Tier::kProcessor);
    }
}

TEST(RosterTest, SomeRiseInTheFirstDays) {
    const Roster roster({.seed = 5, .operators = 200, .days = 10});
    std::size_t people = 0;
    std::size_t risen = 0;
    for (std::uint32_t number = 0; number < 200; ++number) {
        const Business business = roster.business(number);
        for (std::uint32_t index = 0; index < workforce_of(business.tier).people; ++index) {
            const std::vector<model::PersonAtWork> rows = roster.person_rows(business, index);
            ASSERT_FALSE(rows.empty());
            EXPECT_LT(rows.front().valid_from, "2026-01-01");
            EXPECT_FALSE(rows.front().title.empty());
            ++people;
            if (rows.size() == 1) {
                continue;
            }
            ASSERT_EQ(rows.size(), 2U);
            EXPECT_EQ(rows[1].id, rows[0].id);
            EXPECT_EQ(rows[1].title, titles_of(business.tier).senior);
            EXPECT_GT(rows[1].valid_from, "2026-01-01");
            EXPECT_LE(rows[1].valid_from, "2026-01-10");
            ++risen;
        }
    }
    EXPECT_GT(risen, people / 50);
    EXPECT_LT(risen, people / 10);
}

TEST(RosterTest, AKeeperIsNotTheOwner) {
    const Roster roster({.seed = 5, .operators = 200, .days = 10});
    const std::uint32_t importer = roster.tier(Tier::kImporter).first;
    const std::uint32_t keeper = roster.tier(Tier::kColdStore).first;
    const Holding holding = roster.kept_by(importer, keeper);
    EXPECT_EQ(holding.custodian, roster.at_home(keeper).owner);
    EXPECT_EQ(holding.site, roster.at_home(keeper).site);
    EXPECT_NE(holding.owner, holding.custodian);
}

}  // namespace
}  // namespace suyuan::province
