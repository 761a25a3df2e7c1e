// SPDX-License-Identifier: Apache-2.0
//
// As oracle_test.cc: what is told in steps, opened, used up with what is in it, and whose owner or
// place is not stated.

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

TEST(OracleStepsTest, APaperTiesTheStepsOfOneMovement) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 100);
    draft.at(20).depart(beef, kFarm, kShop, 100).paper(7).step(Step::kShipping);
    draft.at(21).depart(beef, kFarm, kShop, 100).paper(7).step(Step::kDeparting);
    draft.at(30).arrive(beef, kFarm, kShop, 100).paper(7).step(Step::kArriving);
    draft.at(31).arrive(beef, kFarm, kShop, 100).paper(7).step(Step::kReceiving);
    draft.at(32).arrive(beef, kNowhere, kShop, 100).paper(7).step(Step::kAccepting);
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(beef)));
    EXPECT_EQ(taken(*answer.forward), "i1@1/1>i1@3/3 20..30");
    EXPECT_EQ(answer.open_ends, OpenEnds());
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].shipped, 100);
    EXPECT_EQ(stock_in(draft, beef, kShop).balances[0].on_hand, 100);
}

TEST(OracleStepsTest, WithoutPaperOneStepAndAnotherOfALotAreTwo) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 100);
    draft.at(20).depart(beef, kFarm, kShop, 40).step(Step::kShipping);
    draft.at(21).depart(beef, kFarm, kShop, 40).step(Step::kDeparting);
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].on_hand, 20);
    // Nor are two in one step, or to two.
    draft.at(22).depart(beef, kFarm, kShop, 5).paper(7).step(Step::kShipping);
    draft.at(23).depart(beef, kFarm, kShop, 5).paper(7).step(Step::kShipping);
    draft.at(24).depart(beef, kFarm, kStall, 5).paper(7).step(Step::kDeparting);
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].on_hand, 5);
}

TEST(OracleStepsTest, AThingNeedsNoPaperUntilItMovedInBetween) {
    WorldDraft draft;
    const auto cheese = draft.instance();
    draft.at(10).create(cheese, kFarm);
    draft.at(20).depart(cheese, kFarm, kShop).step(Step::kShipping);
    draft.at(21).depart(cheese, kFarm, kShop).step(Step::kDeparting);
    draft.at(30).arrive(cheese, kFarm, kShop).step(Step::kArriving);
    draft.at(31).arrive(cheese, kFarm, kShop).step(Step::kReceiving);
    EXPECT_EQ(
        taken(*ask_oracle(draft, held_by(1, forward_from(cheese))).forward), "i1@1/1>i1@3/3 20..30"
    );
    draft.at(40).depart(cheese, kShop, kFarm).step(Step::kShipping);
    draft.at(50).arrive(cheese, kShop, kFarm).step(Step::kArriving);
    draft.at(60).depart(cheese, kFarm, kShop).step(Step::kDeparting);
    EXPECT_EQ(
        taken(*ask_oracle(draft, held_by(1, forward_from(cheese))).forward),
        "i1@1/1>i1@3/3 20..30, i1@3/3>i1@1/1 40..50, i1@1/1>i1@3/3 60..60*"
    );
}

TEST(OracleStepsTest, ACrateThatIsFilledOnceMoreLeavesOnceMore) {
    WorldDraft draft;
    const auto first = draft.lot();
    const auto second = draft.lot();
    const auto crate = draft.container();
    draft.at(5).create(first, kFarm, 10).create(second, kFarm, 10);
    draft.at(10).pack(first, crate, kFarm, 10);
    draft.at(20).depart(crate, kFarm, kShop).step(Step::kShipping);
    draft.at(40).pack(second, crate, kFarm, 10);
    draft.at(50).depart(crate, kFarm, kShop).step(Step::kDeparting);
    EXPECT_EQ(
        taken(*ask_oracle(draft, held_by(1, forward_from(second))).forward), "i2@1/1>i2@3/3 50..50*"
    );
}

TEST(OracleStepsTest, TwoPapersAreTwoJourneysOfACrate) {
    WorldDraft draft;
    const auto crate = draft.container();
    draft.at(20).depart(crate, kFarm, kShop).paper(7).step(Step::kShipping);
    draft.at(50).depart(crate, kFarm, kShop).paper(8).step(Step::kDeparting);
    draft.at(51).depart(crate, kFarm, kShop).step(Step::kConsigning);  // it is silent of papers
    EXPECT_EQ(
        taken(*ask_oracle(draft, held_by(1, forward_from(crate))).forward),
        "i1@1/1>i1@3/3 20..20*, i1@1/1>i1@3/3 50..50*"
    );
}

TEST(OracleStepsTest, LabelsArePrintedBeforeTheGoodsAreMade) {
    WorldDraft draft;
    const auto curd = draft.lot();
    draft.at(10).create(curd, kPlant, 5);
    draft.at(20).output(curd, kPlant, 5);
    const trace::Answer answer = ask_oracle(draft, held_by(2, forward_from(curd)));
    EXPECT_EQ(answer.open_ends, OpenEnds());
    EXPECT_EQ(stock_in(draft, curd, kPlant).balances[0].on_hand, 5);
}

TEST(OracleStepsTest, WhatWasMadeIsCommissionedOnce) {
    WorldDraft draft;
    const auto curd = draft.lot();
    draft.at(19).create(curd, kPlant, 7);  // another quantity
    draft.at(20).output(curd, kPlant, 5);
    draft.at(21).create(curd, kPlant, 5);
    draft.at(22).create(curd, kPlant, 5);
    draft.at(23).create(curd, kShop, 5);
    const trace::Stock stock = stock_in(draft, curd, kPlant);
    EXPECT_EQ(stock.balances[0].produced, 5);
    EXPECT_EQ(stock.balances[0].created, 12);
    EXPECT_EQ(stock_in(draft, curd, kShop).balances[0].created, 5);
}

TEST(OracleStepsTest, GoodsReceivedAfterTheirPalletArrivedCameWithIt) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pallet = draft.container();
    draft.at(5).create(beef, kFarm, 10);
    draft.at(10).pack(beef, pallet, kFarm, 10);
    draft.at(20).depart(pallet, kFarm, kShop);
    draft.at(30).arrive(pallet, kFarm, kShop).paper(7).step(Step::kArriving);
    draft.at(31).arrive(beef, kNowhere, kShop, 10).paper(7).step(Step::kReceiving);
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(beef)));
    EXPECT_EQ(taken(*answer.forward), "i1@1/1>i1@3/3 20..30");
    EXPECT_EQ(answer.open_ends, OpenEnds());
    EXPECT_EQ(stock_in(draft, beef, kShop).balances[0].on_hand, 10);
}

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
