// SPDX-License-Identifier: Apache-2.0
//
// As oracle_test.cc: containers, implied arrivals, stock and seeds.

#include <vector>

#include <gtest/gtest.h>

#include "graph/fact.h"
#include "tests/property/draft.h"
#include "tests/property/oracle.h"
#include "tests/property/oracle_expect.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {
namespace {

using graph::SinkKind;
using trace::Direction;
using trace::OpenEndKind;
using trace::StockStatus;

TEST(OracleContainerTest, TwoLotsOnOnePalletRideItAndNeverReachEachOther) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pork = draft.lot();
    const auto pallet = draft.container();
    draft.at(5).create(beef, kFarm, 100).create(pork, kFarm, 100);
    draft.at(10).pack(beef, pallet, kFarm, 40).pack(pork, pallet, kFarm, 60);
    draft.at(20).depart(pallet, kFarm, kShop);
    draft.at(30).arrive(pallet, kFarm, kShop);
    draft.at(40).unpack_all(pallet, kShop);
    draft.at(50).depart(pallet, kShop, kStall);
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(beef)));
    EXPECT_EQ(reached(*answer.forward), "i1@1/1 5/5, i1@3/3 30/30");
    EXPECT_EQ(taken(*answer.forward), "i1@1/1>i1@3/3 20..30");
    EXPECT_EQ(answer.forward->moves[0].carrier, pallet);
    EXPECT_EQ(answer.forward->moves[0].millionths, 40);
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].shipped, 40);
    EXPECT_EQ(stock_in(draft, beef, kShop).balances[0].on_hand, 40);
    EXPECT_EQ(answer.open_ends, OpenEnds());
}

TEST(OracleContainerTest, AReusedContainerCarriesOnlyWhatIsInIt) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pork = draft.lot();
    const auto crate = draft.container();
    draft.at(5).create(beef, kFarm, 10).create(pork, kShop, 10);
    draft.at(10).pack(beef, crate, kFarm, 10);
    draft.at(20).depart(crate, kFarm, kShop);
    draft.at(30).arrive(crate, kFarm, kShop);
    draft.at(40).unpack(beef, crate, kShop, 10);
    draft.at(50).pack(pork, crate, kShop, 10);
    draft.at(60).depart(crate, kShop, kStall);
    draft.at(70).arrive(crate, kShop, kStall);
    EXPECT_EQ(forward(draft, held_by(1, forward_from(beef))), "i1@1/1 5/5, i1@3/3 30/30");
    EXPECT_EQ(forward(draft, held_by(3, forward_from(pork))), "i2@3/3 5/5, i2@4/4 70/70");
}

TEST(OracleContainerTest, AStayEndsWhereTheThingIsSeenWithoutItsContainer) {
    WorldDraft draft;
    const auto cheese = draft.instance();
    const auto crate = draft.container();
    draft.at(5).create(cheese, kFarm);
    draft.at(10).pack(cheese, crate, kFarm);
    draft.at(20).depart(crate, kFarm, kShop);
    draft.at(30).arrive(crate, kFarm, kShop);
    draft.at(40).sight(cheese, kShop);  // where the crate is too: says nothing
    draft.at(50).sight(cheese, kPlant);
    draft.at(60).depart(crate, kShop, kStall);
    draft.at(70).arrive(crate, kShop, kStall);
    // Seen at the plant: from where it was last, possibly.
    EXPECT_EQ(
        forward(draft, held_by(1, forward_from(cheese))), "i1@1/1 5/5, i1@3/3 30/30, i1@2/2 50/-"
    );
}

TEST(OracleContainerTest, AMoveOfUnknownOrderWithThePackIsDoubtful) {
    WorldDraft draft;
    const auto cheese = draft.instance();
    const auto crate = draft.container();
    draft.at(5).create(cheese, kFarm);
    draft.during(10, 29).pack(cheese, crate, kFarm);
    draft.at(20).depart(crate, kFarm, kShop);
    draft.at(30).arrive(crate, kFarm, kShop);
    EXPECT_EQ(forward(draft, held_by(1, forward_from(cheese))), "i1@1/1 5/5, i1@3/3 30/-");
}

TEST(OracleContainerTest, AnAmountPackedTwiceRidesTwice) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pallet = draft.container();
    draft.at(5).create(beef, kFarm, 100);
    draft.at(10).pack(beef, pallet, kFarm, 30);
    draft.at(11).pack(beef, pallet, kFarm, 20);
    draft.at(20).depart(pallet, kFarm, kShop);
    draft.at(30).arrive(pallet, kFarm, kShop);
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].on_hand, 50);
    EXPECT_EQ(stock_in(draft, beef, kShop).balances[0].received, 50);
    EXPECT_EQ(
        taken(*ask_oracle(draft, held_by(1, forward_from(beef))).forward),
        "i1@1/1>i1@3/3 20..30, i1@1/1>i1@3/3 20..30"
    );
}

TEST(OracleContainerTest, WhatIsInABoxOnAPalletRidesWithBoth) {
    WorldDraft draft;
    const auto cheese = draft.instance();
    const auto box = draft.container();
    const auto pallet = draft.container();
    draft.at(5).create(cheese, kFarm);
    draft.at(10).pack(cheese, box, kFarm);
    draft.at(15).pack(box, pallet, kFarm);
    draft.at(20).depart(pallet, kFarm, kShop);
    draft.at(30).arrive(pallet, kFarm, kShop);
    EXPECT_EQ(forward(draft, held_by(1, forward_from(cheese))), "i1@1/1 5/5, i1@3/3 30/30");
    // The pallet stands for what is in it: the box from its pack on, the cheese from its own pack
    // on.
    EXPECT_EQ(
        forward(draft, held_by(1, forward_from(pallet))),
        "i1@1/1 10/10, i2@1/1 15/15, i3@1/1 15/15, i1@3/3 30/30, i2@3/3 30/30, i3@3/3 30/30"
    );
}

TEST(OracleContainerTest, ContainersInEachOtherEndAndCarryOnlyOnce) {
    WorldDraft draft;
    const auto one = draft.container();
    const auto other = draft.container();
    draft.at(5).create(one, kFarm).create(other, kFarm);
    draft.at(10).pack(one, other, kFarm);
    draft.at(15).pack(other, one, kFarm);
    draft.at(20).depart(one, kFarm, kShop);
    draft.at(30).arrive(one, kFarm, kShop);
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(other)));
    EXPECT_EQ(reached(*answer.forward), "i2@1/1 5/5, i1@1/1 10/10, i1@3/3 30/30, i2@3/3 30/30");
    EXPECT_EQ(taken(*answer.forward), "i1@1/1>i1@3/3 20..30, i2@1/1>i2@3/3 20..30");
}

TEST(OracleContainerTest, AThingInTwoContainersIsReportedAndTheSecondCounts) {
    WorldDraft draft;
    const auto cheese = draft.instance();
    const auto first = draft.container();
    const auto second = draft.container();
    draft.at(5).create(cheese, kFarm);
    draft.at(10).pack(cheese, first, kFarm);
    draft.at(15).pack(cheese, second, kFarm);
    draft.at(20).depart(first, kFarm, kShop);
    draft.at(21).depart(second, kFarm, kStall);
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(cheese)));
    EXPECT_EQ(reached(*answer.forward), "i1@1/1 5/5, i1@4/4 21/-");
    EXPECT_EQ(
        answer.open_ends,
        (OpenEnds{
            open_end(OpenEndKind::kInTransit, cheese, kFarm, 4),
            open_end(OpenEndKind::kTwoContainers, cheese, kFarm, 2)
        })
    );
}

TEST(OracleContainerTest, ADepartureListedWithItsPalletIsCarried) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pallet = draft.container();
    draft.at(5).create(beef, kFarm, 10);
    draft.at(10).pack(beef, pallet, kFarm, 10);
    draft.at(20).depart(pallet, kFarm, kShop).depart(beef, kFarm, kShop, 10);
    draft.at(30).arrive(pallet, kFarm, kShop);
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(beef)));
    EXPECT_EQ(taken(*answer.forward), "i1@1/1>i1@3/3 20..30");
    EXPECT_EQ(answer.forward->moves[0].kind, trace::MoveKind::kRide);
    EXPECT_EQ(answer.open_ends, OpenEnds());
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].shipped, 10);
    EXPECT_EQ(stock_in(draft, beef, kShop).balances[0].on_hand, 10);
}

TEST(OracleContainerTest, AnArrivalThatNobodyRecordedTakesTheOpenDeparture) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 10);
    draft.at(20).depart(beef, kFarm, {3, 0}, 10);
    draft.at(50).sink(beef, SinkKind::kSold, kShop, 4);
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(beef)));
    EXPECT_EQ(reached(*answer.forward), "i1@1/1 10/10, i1@3/3 50/-");
    EXPECT_EQ(taken(*answer.forward), "i1@1/1>i1@3/3 20..50*");
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].shipped, 10);
    EXPECT_EQ(stock_in(draft, beef, kShop).status, StockStatus::kUnknown);
    EXPECT_EQ(
        stock_in(draft, beef, kShop).balances[0].unexplained, 0
    );  // nothing came, 4 sold, -4 there
    EXPECT_EQ(answer.open_ends, OpenEnds());
}

TEST(OracleContainerTest, AnUnstatedOwnerAtOneSiteGetsItFromTheOther) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, {1, 5}, 10).stated();
    draft.at(20).sight(beef, {2, 5});
    draft.at(30).sight(beef, {6, 5}).stated();
    draft.at(25).sight(beef, {7, 8});
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(beef)));
    // 2 said nothing of its owner: from 1, whose time is before; 6 from 2, which is unstated, not
    // from 1; what turns up at 7, from where it was made.
    EXPECT_EQ(reached(*answer.forward), "i1@1/5 10/10, i1@2/5 20/-, i1@7/8 25/-, i1@6/5 30/-");
    EXPECT_EQ(
        taken(*answer.forward),
        "i1@1/5>i1@2/5 20..20*, i1@1/5>i1@7/8 25..25*, i1@2/5>i1@6/5 30..30*"
    );
}

TEST(OracleContainerTest, AThingSeenElsewhereCameFromWhereItWasLast) {
    WorldDraft draft;
    const auto cheese = draft.instance();
    draft.at(10).create(cheese, kFarm).stated();
    draft.at(20).sight(cheese, kPlant).stated();
    draft.at(30).sight(cheese, kShop).stated();
    EXPECT_EQ(
        taken(*ask_oracle(draft, held_by(1, forward_from(cheese))).forward),
        "i1@1/1>i1@2/2 20..20*, i1@2/2>i1@3/3 30..30*"
    );
    WorldDraft amounts;
    const auto beef = amounts.lot();
    amounts.at(10).create(beef, kFarm).stated();
    amounts.at(20).sight(beef, kPlant).stated();
    const trace::Answer answer = ask_oracle(amounts, held_by(2, back_from(beef)));
    EXPECT_EQ(reached(*answer.back), "i1@2/2 20/20, i1@1/1 20/-");
    EXPECT_EQ(
        answer.open_ends, (OpenEnds{open_end(OpenEndKind::kUnknownSupplier, beef, kPlant, 1)})
    );
}

TEST(OracleStockTest, ACountSetsItsUnitAndTheRestIsUnexplained) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 100);
    draft.at(12).create(beef, kFarm, 7).in_unit(2);
    draft.at(20).sink(beef, SinkKind::kUsed, kFarm, 10);
    draft.at(30).count(beef, kFarm, 80);
    draft.at(40).sink(beef, SinkKind::kDestroyed, kFarm, 5);
    const trace::Stock stock = stock_in(draft, beef, kFarm);
    ASSERT_EQ(stock.balances.size(), 2U);
    EXPECT_EQ(stock.balances[0].on_hand, 75);
    EXPECT_EQ(stock.balances[0].unexplained, 10);  // 100 = 75 + 10 used + 5 destroyed + 10
    EXPECT_EQ(stock.balances[1].on_hand, 7);
    EXPECT_EQ(stock.status, StockStatus::kOnHand);
}

TEST(OracleStockTest, MissingAndNegativeQuantitiesAreSaid) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 100);
    draft.at(20).sink(beef, SinkKind::kLeft, kFarm);
    draft.at(10).create(beef, kShop, 10);
    draft.at(20).sink(beef, SinkKind::kSold, kShop, 15);
    EXPECT_EQ(stock_in(draft, beef, kFarm).status, StockStatus::kUnknown);
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].on_hand, 100);
    EXPECT_EQ(stock_in(draft, beef, kShop).status, StockStatus::kNegative);
    EXPECT_EQ(
        ask_oracle(draft, forward_from(beef)).open_ends,
        (OpenEnds{open_end(OpenEndKind::kNegativeStock, beef, kShop, 0)})
    );
}

TEST(OracleStockTest, BlockedGoodsThatMoveOnAreAViolationUnlessReturned) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kShop, 100);
    draft.at(20).block(beef, {0, 0});
    draft.at(30).sink(beef, SinkKind::kSold, kShop, 10);
    draft.at(40).depart(beef, kShop, kFarm, 10).is_return();
    draft.at(50).release(beef, {3, 0});
    draft.at(60).sink(beef, SinkKind::kSold, kShop, 10);
    draft.at(70).block(beef, kShop).sink(beef, SinkKind::kSold, kShop, 10);
    draft.at(80).release(beef, kStall);
    const trace::Answer answer = ask_oracle(draft, held_by(3, forward_from(beef)));
    ASSERT_EQ(answer.violations.size(), 1U);
    EXPECT_EQ(answer.violations[0].event, 2U);
    EXPECT_EQ(answer.violations[0].block_event, 1U);
    EXPECT_TRUE(answer.forward->positions[0].stock.is_blocked);
}

TEST(OracleSeedTest, AVehicleStandsForWhatItCarriedInItsWindow) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pallet = draft.container();
    draft.at(5).create(beef, kFarm, 10);
    draft.at(10).pack(beef, pallet, kFarm, 10);
    draft.at(20).depart(pallet, kFarm, kShop).vehicle(6);
    draft.at(30).arrive(pallet, kFarm, kShop).vehicle(6);
    auto question = question_of(Direction::kForward, trace::VehicleSeed{graph::VehicleId(6)});
    // From the departure on, what went; what stayed did not.
    EXPECT_EQ(forward(draft, question), "i1@3/3 30/30, i2@3/3 30/30");
    question.window = {25, 35};
    EXPECT_EQ(forward(draft, question), "i1@3/3 30/30, i2@3/3 30/30");
    question.direction = Direction::kBack;
    question.window = {20, 20};
    // The departure, and the ends of its moves.
    EXPECT_EQ(back(draft, question), "i1@3/3 30/30, i2@3/3 30/30, i1@1/1 20/20, i2@1/1 20/20");
}

TEST(OracleSeedTest, AnOperatorStandsForWhatItCanHaveHadInTheWindow) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pork = draft.lot();
    draft.at(10).create(beef, kFarm, 10).create(pork, kFarm, 10);
    draft.at(20).sink(beef, SinkKind::kSold, kFarm, 10);  // emptied at 20
    draft.at(60).create(beef, kPlant, 10);
    auto question = question_of(Direction::kForward, trace::OperatorSeed{graph::OperatorId(1)});
    EXPECT_EQ(forward(draft, question), "i1@1/1 10/10, i2@1/1 10/10");
    question.window = {30, 50};
    EXPECT_EQ(forward(draft, question), "i2@1/1 30/30");
    question.window = {20, 50};  // 20 is not before the window
    EXPECT_EQ(forward(draft, question), "i1@1/1 20/20, i2@1/1 20/20");
    question.window = {0, 5};
    EXPECT_EQ(forward(draft, question), "");
}

TEST(OracleSeedTest, FullGoesBackToEverySourceAndForwardFromThere) {
    WorldDraft draft;
    const auto pork = draft.lot();
    const auto salt = draft.lot();
    const auto ham = draft.lot();
    const auto soup = draft.lot();
    draft.at(10).create(pork, kPlant, 10);
    draft.at(12).create(salt, kPlant, 10);
    draft.at(20).input(pork, kPlant, 5).input(salt, kPlant, 5).output(ham, kPlant, 10);
    draft.at(30).input(salt, kPlant, 5).output(soup, kPlant, 5);
    const trace::Answer answer = ask_oracle(draft, full_from(ham));
    EXPECT_EQ(reached(*answer.back), "i3@2/2 20/20, i1@2/2 20/20, i2@2/2 20/20");
    ASSERT_EQ(answer.sources.size(), 2U);
    EXPECT_EQ(answer.sources[0].item, pork);
    EXPECT_EQ(answer.sources[1].item, salt);
    EXPECT_EQ(reached(*answer.forward), "i1@2/2 10/10, i2@2/2 12/12, i3@2/2 20/20, i4@2/2 30/30");
}

TEST(OracleSeedTest, AWindowBoundsWhereAnItemStartsAndNobodyElse) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 10);
    draft.at(60).create(beef, kShop, 10);
    trace::Question question = forward_from(beef);
    question.window = {20, 50};
    EXPECT_EQ(forward(draft, question), "i1@1/1 20/20");
    question.direction = Direction::kBack;
    EXPECT_EQ(back(draft, question), "i1@1/1 10/10");
}

TEST(OracleSeedTest, NoEventsMakeEmptyPartsAndTooManyPositionsNoAnswer) {
    WorldDraft draft;
    const auto beef = draft.lot();
    const auto pork = draft.lot();
    draft.at(10).create(beef, kFarm, 10);
    draft.at(20).create(beef, kShop, 10);
    EXPECT_EQ(back(draft, full_from(pork)), "");
    EXPECT_EQ(forward(draft, full_from(pork)), "");
    trace::Question question = forward_from(beef);
    question.positions_max = 2;
    EXPECT_TRUE(oracle_ask(draft.world(), question).has_value());
    question.positions_max = 1;
    EXPECT_FALSE(oracle_ask(draft.world(), question).has_value());
}

}  // namespace
}  // namespace suyuan::property
