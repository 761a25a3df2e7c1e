// SPDX-License-Identifier: Apache-2.0
//
// As oracle_test.cc: what is opened, used up with what is in it, and whose owner or
// place is not stated.

#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "graph/fact.h"
#include "tests/property/draft.h"
#include "tests/property/oracle_expect.h"
#include "trace/answer.h"

namespace suyuan::property {
namespace {

using graph::SinkKind;
using graph::Step;
using trace::StockStatus;

TEST(OracleOwnerTest, AnOwnerThatIsNotStatedMayKeepWhatIsAnothers) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(20).depart(beef, kFarm, {3, 5}, 10).stated();
    draft.at(30).arrive(beef, kFarm, {4, 5}, 10);
    EXPECT_EQ(
        taken(*ask_oracle(draft, held_by(1, forward_from(beef))).forward), "i1@1/1>i1@4/5 20..30"
    );
    draft.at(40).depart(beef, {4, 5}, kShop, 10);
    draft.at(50).arrive(beef, {6, 5}, kShop, 10).stated();
    EXPECT_EQ(
        taken(*ask_oracle(draft, held_by(1, forward_from(beef))).forward),
        "i1@1/1>i1@4/5 20..30, i1@4/5>i1@3/3 40..50"
    );
}

TEST(OracleOwnerTest, AnOwnerThatIsStatedKeepsItsOwn) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(20).depart(beef, kFarm, {3, 5}, 10).stated();
    draft.at(30).arrive(beef, kFarm, {4, 5}, 10).stated();
    EXPECT_EQ(
        taken(*ask_oracle(draft, held_by(1, forward_from(beef))).forward),
        "i1@1/1>i1@3/5 20..20*, i1@1/1>i1@4/5 30..30*"
    );
}

TEST(OracleOwnerTest, WithoutTheSiteItTakesAPaper) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pork = draft.lot();
    draft.at(20).depart(beef, kFarm, {3, 0}, 10).depart(pork, kFarm, {3, 0}, 10).stated();
    draft.at(30).arrive(beef, kFarm, {4, 5}, 10);
    draft.at(31).arrive(pork, kFarm, {4, 5}, 10);
    draft.at(20).depart(pork, kFarm, {3, 0}, 20).stated().paper(7);
    draft.at(32).arrive(pork, kFarm, {4, 5}, 20).paper(7);
    EXPECT_EQ(
        taken(*ask_oracle(draft, held_by(1, forward_from(beef))).forward),
        "i1@1/1>i1@3/0 20..20*, i1@1/1>i1@4/5 30..30*"
    );
    EXPECT_EQ(
        taken(*ask_oracle(draft, held_by(1, forward_from(pork))).forward),
        "i2@1/1>i2@3/0 20..20*, i2@1/1>i2@4/5 20..32, i2@1/1>i2@4/5 31..31*"
    );
}

TEST(OracleOwnerTest, WhatNobodyReceivedMayBeUsedByWhoIsNotStated) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pork = draft.lot();
    draft.at(10).create(beef, kFarm, 10).create(pork, kFarm, 10);
    draft.at(20).depart(beef, kFarm, {3, 5}, 10).depart(pork, kFarm, {3, 5}, 10);
    draft.at(50).sink(beef, SinkKind::kSold, {4, 5}, 4);
    draft.at(51).sink(pork, SinkKind::kSold, {4, 5}, 4).stated();
    EXPECT_EQ(
        taken(*ask_oracle(draft, held_by(1, forward_from(beef))).forward), "i1@1/1>i1@4/5 20..50*"
    );
    EXPECT_EQ(  // it turns up there, being a lot
        taken(*ask_oracle(draft, held_by(1, forward_from(pork))).forward),
        "i2@1/1>i2@3/5 20..20*, i2@1/1>i2@4/5 51..51*"
    );
}

TEST(OracleOwnerTest, WhatIsNobodysAndNowhereMayBeAnybodys) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto soup = draft.lot();
    draft.at(10).create(beef, kFarm, 10);
    draft.at(20).input(beef, kNowhere, 10).output(soup, kPlant, 10);
    draft.at(30).create(beef, kShop, 10);  // too late
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(beef)));
    EXPECT_EQ(reached(*answer.forward), "i1@1/1 10/10, i1@0/0 20/-, i2@2/2 20/-");
    EXPECT_EQ(taken(*answer.forward), "i1@0/0>i2@2/2 20..20, i1@1/1>i1@0/0 20..20*");
    EXPECT_EQ(answer.open_ends, OpenEnds{});
}

TEST(OracleInheritTest, WhatIsInAContainerThatIsUsedUpIsUsedUp) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pail = draft.container();
    const auto soup = draft.lot();
    draft.at(5).create(beef, kPlant, 10);
    draft.at(10).pack(beef, pail, kPlant, 10);
    draft.at(20).input(pail, kPlant).output(soup, kPlant, 10);
    draft.at(30).depart(pail, kPlant, kShop);  // empty
    const trace::Answer answer = ask_oracle(draft, held_by(2, forward_from(beef)));
    EXPECT_EQ(reached(*answer.forward), "i1@2/2 5/5, i3@2/2 20/20");
    EXPECT_EQ(stock_in(draft, beef, kPlant).balances[0].used, 10);
    EXPECT_EQ(stock_in(draft, beef, kPlant).status, StockStatus::kClosed);
}

TEST(OracleInheritTest, WhatIsNamedBesideItsContainerCountsOnce) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pail = draft.container();
    draft.at(5).create(beef, kPlant, 10);
    draft.at(10).pack(beef, pail, kPlant, 10);
    draft.at(20).input(pail, kPlant).input(beef, kPlant, 8);
    EXPECT_EQ(stock_in(draft, beef, kPlant).balances[0].used, 8);
}

TEST(OracleInheritTest, AMappingOfTheContainerBindsWhatIsInIt) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto box = draft.container();
    const auto pail = draft.container();
    const auto soup = draft.lot();
    const auto pie = draft.lot();
    const auto salt = draft.lot();
    draft.at(5).create(beef, kPlant, 10).create(salt, kPlant, 10);
    draft.at(10).pack(beef, box, kPlant, 10);
    draft.at(11).pack(box, pail, kPlant);
    draft.at(20)
        .input(pail, kPlant)
        .input(salt, kPlant)
        .output(soup, kPlant)
        .output(pie, kPlant)
        .mapping(soup, {pail})
        .mapping(pie, {salt});
    EXPECT_EQ(forward(draft, held_by(2, forward_from(beef))), "i1@2/2 5/5, i4@2/2 20/20");
}

TEST(OracleInheritTest, WhatIsInABoxOnAPalletGoesWithBoth) {
    WorldDraft draft;
    const auto cheese = draft.instance();
    const auto box = draft.container();
    const auto pallet = draft.container();
    draft.at(5).create(cheese, kPlant, 1);
    draft.at(10).pack(cheese, box, kPlant, 1);
    draft.at(15).pack(box, pallet, kPlant, 1);
    draft.at(20).sink(pallet, SinkKind::kDestroyed, kPlant);
    draft.at(30).depart(box, kPlant, kShop);
    EXPECT_EQ(stock_in(draft, box, kPlant).balances[0].destroyed, 1);
    EXPECT_EQ(stock_in(draft, cheese, kPlant).balances[0].destroyed, 1);
    EXPECT_EQ(stock_in(draft, cheese, kPlant).status, StockStatus::kClosed);
    EXPECT_EQ(forward(draft, held_by(2, forward_from(cheese))), "i1@2/2 5/5");
}

TEST(OracleInheritTest, ASaleOpensNoBox) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto crate = draft.container();
    draft.at(5).create(beef, kFarm, 10);
    draft.at(10).pack(beef, crate, kFarm, 10);
    draft.at(20).sink(crate, SinkKind::kSold, kFarm);
    draft.at(30).depart(crate, kFarm, kShop);
    draft.at(40).arrive(crate, kFarm, kShop);
    // Proven empty at 20, and yet it rides on.
    EXPECT_EQ(forward(draft, held_by(1, forward_from(beef))), "i1@1/1 5/5, i1@3/3 40/-");
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].sold, 10);
}

TEST(OracleInheritTest, WhatMayNotHaveBeenInsideIsDoubtful) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pail = draft.container();
    const auto soup = draft.lot();
    draft.at(5).create(beef, kPlant, 10);
    draft.during(10, 29).pack(beef, pail, kPlant, 10);
    draft.at(20).input(pail, kPlant).output(soup, kPlant);
    EXPECT_EQ(forward(draft, held_by(2, forward_from(beef))), "i1@2/2 5/5, i3@2/2 20/-");
    EXPECT_EQ(stock_in(draft, beef, kPlant).status, StockStatus::kUnknown);
    EXPECT_EQ(stock_in(draft, beef, kPlant).balances[0].used, 0);
}

TEST(OracleInheritTest, ContainersInEachOtherInheritOnlyOnce) {
    WorldDraft draft;
    const auto one = draft.container();
    const auto other = draft.container();
    const auto soup = draft.lot();
    draft.at(5).create(one, kPlant, 1).create(other, kPlant, 1);
    draft.at(10).pack(one, other, kPlant, 1);
    draft.at(15).pack(other, one, kPlant, 1);
    draft.at(20).input(one, kPlant, 1).output(soup, kPlant, 5);
    EXPECT_EQ(
        forward(draft, held_by(2, forward_from(other))), "i2@2/2 5/5, i1@2/2 10/10, i3@2/2 20/20"
    );
    EXPECT_EQ(stock_in(draft, one, kPlant).balances[0].used, 1);
    EXPECT_EQ(stock_in(draft, other, kPlant).balances[0].used, 1);
}

TEST(OracleInheritTest, ABlockedContainerHoldsWhatIsInItUntilItsRelease) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto crate = draft.container();
    const auto tin = draft.instance();
    draft.at(5).create(beef, kFarm, 30).create(tin, kFarm).part_of(tin, beef, kFarm);
    draft.at(10).pack(beef, crate, kFarm, 10);
    draft.at(15).block(crate, kNowhere);
    draft.at(20).sink(beef, SinkKind::kSold, kFarm, 10);
    draft.at(21).sink(tin, SinkKind::kSold, kFarm);  // of the lot, but not in the crate
    EXPECT_TRUE(stock_in(draft, beef, kFarm).is_blocked);
    EXPECT_FALSE(stock_in(draft, tin, kFarm).is_blocked);
    draft.at(25).release(crate, kNowhere);
    draft.at(30).sink(beef, SinkKind::kSold, kFarm, 10);
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(beef)));
    ASSERT_EQ(answer.violations.size(), 1U);
    EXPECT_EQ(answer.violations[0].event, 3U);
    EXPECT_EQ(answer.violations[0].block_event, 2U);
    EXPECT_FALSE(stock_in(draft, beef, kFarm).is_blocked);
}

TEST(OracleStockTest, WhatNobodyIsNamedWithMayBeAnybodys) {
    WorldDraft draft;
    const auto milk = draft.lot();
    const auto curd = draft.lot();
    draft.at(10).create(milk, kPlant, 100);
    draft.at(20).input(milk, kNowhere, 80).output(curd, kNowhere, 30);
    draft.at(30).sink(curd, SinkKind::kSold, kPlant, 25);
    const trace::Answer answer = ask_oracle(draft, forward_from(milk));
    ASSERT_EQ(answer.total.size(), 1U);
    EXPECT_EQ(answer.total[0].on_hand, 25);  // 20 of milk, 5 of curd
    EXPECT_EQ(answer.total[0].sold, 25);
    EXPECT_EQ(answer.total[0].used, 80);
    EXPECT_EQ(answer.total[0].unexplained, 0);
}

TEST(OracleUnpackTest, WhatIsNotTakenOutStaysInside) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pallet = draft.container();
    draft.at(5).create(beef, kFarm, 100);
    draft.at(10).pack(beef, pallet, kFarm, 100);
    draft.at(15).unpack(beef, pallet, kFarm, 40);
    draft.at(20).depart(pallet, kFarm, kShop);
    draft.at(30).arrive(pallet, kFarm, kShop);
    draft.at(40).unpack(beef, pallet, kShop, 20);
    draft.at(50).depart(pallet, kShop, kStall);
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].shipped, 60);
    EXPECT_EQ(stock_in(draft, beef, kShop).balances[0].received, 60);
    EXPECT_EQ(stock_in(draft, beef, kShop).balances[0].in_transit, 40);
    EXPECT_EQ(stock_in(draft, beef, kShop).balances[0].on_hand, 20);
}

TEST(OracleUnpackTest, AllIsOutWhereNobodySaysHowMuch) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pork = draft.lot();
    const auto pallet = draft.container();
    draft.at(5).create(beef, kFarm, 100).create(pork, kFarm, 100);
    draft.at(10).pack(beef, pallet, kFarm, 100).pack(pork, pallet, kFarm, 100);
    draft.at(15).unpack(beef, pallet, kFarm).unpack(pork, pallet, kFarm, 100);
    draft.at(20).depart(pallet, kFarm, kShop);
    EXPECT_EQ(forward(draft, held_by(1, forward_from(beef))), "i1@1/1 5/5");
    EXPECT_EQ(forward(draft, held_by(1, forward_from(pork))), "i2@1/1 5/5");
}

TEST(OracleUnpackTest, ARestOfWhichNobodyKnowsMayRideOn) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pallet = draft.container();
    draft.at(5).create(beef, kFarm, 100);
    draft.at(10).pack(beef, pallet, kFarm);
    draft.at(15).unpack(beef, pallet, kFarm, 40);
    draft.at(20).depart(pallet, kFarm, kShop);
    draft.at(30).arrive(pallet, kFarm, kShop);
    draft.at(40).unpack(beef, pallet, kShop);
    draft.at(50).depart(pallet, kShop, kStall);
    EXPECT_EQ(forward(draft, held_by(1, forward_from(beef))), "i1@1/1 5/5, i1@3/3 30/-");
}

TEST(OracleUnpackTest, WhoFillsACrateSawWhetherSomethingWasLeft) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pork = draft.lot();
    const auto crate = draft.container();
    draft.at(5).create(beef, kFarm, 100).create(pork, kFarm, 100);
    draft.at(10).pack(beef, crate, kFarm);
    draft.at(15).unpack(beef, crate, kFarm, 40);
    draft.at(18).pack(pork, crate, kFarm, 50);  // on top of what may be left
    draft.at(20).depart(crate, kFarm, kShop);
    draft.at(30).arrive(crate, kFarm, kShop);
    draft.at(40).pack(pork, crate, kShop, 5);
    draft.at(50).depart(crate, kShop, kStall);
    EXPECT_EQ(forward(draft, held_by(1, forward_from(beef))), "i1@1/1 5/5, i1@3/3 30/-");
}

TEST(OracleUnpackTest, ScalesDifferByAFiftieth) {
    for (const auto& [taken, reached] :
         {std::pair{980, "i1@1/1 5/5, i1@3/3 20/-"}, std::pair{981, "i1@1/1 5/5"}}) {
        WorldDraft draft;
        const auto beef = draft.lot();
        const auto crate = draft.container();
        draft.at(5).create(beef, kFarm, 1'000);
        draft.at(10).pack(beef, crate, kFarm, 1'000);
        draft.at(15).unpack(beef, crate, kFarm, taken);
        draft.at(20).depart(crate, kFarm, kShop);
        EXPECT_EQ(forward(draft, held_by(1, forward_from(beef))), reached) << taken;
    }
}

TEST(OracleStockTest, AThingSeenOnItsWayMovesOnce) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pallet = draft.container();
    draft.at(5).create(beef, kFarm, 40);
    draft.at(10).pack(beef, pallet, kFarm, 40);
    draft.at(20).depart(pallet, kFarm, kShop);
    draft.at(25).sight(pallet, kPlant);
    draft.at(30).arrive(pallet, kFarm, kShop);
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].on_hand, 0);
    EXPECT_EQ(stock_in(draft, beef, kShop).balances[0].on_hand, 40);
    EXPECT_TRUE(stock_in(draft, beef, kPlant).balances.empty());
}

TEST(OracleUnpackTest, WhatIsSeenInsideWasPackedBefore) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pallet = draft.container();
    draft.at(5).create(beef, kFarm, 100);
    draft.at(10).pack(beef, pallet, kFarm, 30).observed();
    draft.at(15).pack(beef, pallet, kFarm, 30).observed();
    draft.at(20).depart(pallet, kFarm, kShop);
    draft.at(30).arrive(pallet, kFarm, kShop);
    EXPECT_EQ(stock_in(draft, beef, kShop).balances[0].received, 30);
}

}  // namespace
}  // namespace suyuan::property
