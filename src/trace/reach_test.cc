// SPDX-License-Identifier: Apache-2.0
//
// Goal: what is reached, by which way, when, and how surely (docs/tracing.md, sections 3 to 6).
// Method: chains of a few facts whose answer can be told by hand.

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/question.h"
#include "trace/trace_testing.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;
using graph::FlowEvent;
using graph::ItemId;

class ReachTest : public ChainTest {};

TEST_F(ReachTest, AReceivedShipmentIsOneMoveThatLeavesAndArrives) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    ship(2, 1, 1, 2, 40);
    receive(5, 1, 1, 2, 39);
    const Answer answer = ask_for(about(1, Direction::kForward));
    EXPECT_EQ(positions(*answer.forward), (Reached{"1@1", "1@2"}));
    ASSERT_EQ(answer.forward->moves.size(), 1U);
    const Move& move = answer.forward->moves.front();
    EXPECT_EQ(move.kind, MoveKind::kShipment);
    EXPECT_EQ(move.leave, model::exactly(hour(2)));
    EXPECT_EQ(move.arrive, model::exactly(hour(5)));
    EXPECT_EQ(move.millionths, 39'000'000) << "the receipt was weighed last";
    EXPECT_EQ(at(*answer.forward, "1@2").possible, hour(2) + hour(3));
    EXPECT_TRUE(answer.open_ends.empty());
}

TEST_F(ReachTest, AShipmentThatNobodyReceivedIsInTransit) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    ship(2, 1, 1, 2, 40);
    const Answer answer = ask_for(about(1, Direction::kForward));
    EXPECT_EQ(positions(*answer.forward), (Reached{"1@1", "(1@2)"}));
    EXPECT_EQ(at(*answer.forward, "1@2").stock.status, StockStatus::kInTransit);
    ASSERT_EQ(answer.open_ends.size(), 1U);
    EXPECT_EQ(answer.open_ends[0].kind, OpenEndKind::kInTransit);
}

TEST_F(ReachTest, AReceiptThatNobodyShippedHasAnUnknownSupplier) {
    receive(5, 1, 0, 2, 40);
    const Answer answer = ask_for(about(1, Direction::kBack));
    EXPECT_EQ(positions(*answer.back), (Reached{"1@2"}));
    ASSERT_EQ(answer.open_ends.size(), 1U);
    EXPECT_EQ(answer.open_ends[0].kind, OpenEndKind::kUnknownSupplier);
}

TEST_F(ReachTest, AReceiptThatNamesItsSupplierIsStatedToComeFromThere) {
    receive(5, 1, 9, 2, 40);
    const Answer answer = ask_for(about(1, Direction::kBack));
    ASSERT_EQ(answer.back->moves.size(), 1U);
    const Move& move = answer.back->moves.front();
    EXPECT_EQ(move.kind, MoveKind::kStated);
    EXPECT_EQ(move.from, place(1, 9, 9));
    EXPECT_EQ(move.leave, model::exactly(hour(5)));
    EXPECT_EQ(move.arrive, model::exactly(hour(5)));
    EXPECT_EQ(move.millionths, 40'000'000);
    EXPECT_FALSE(move.is_certain) << "one of the two says so";
    EXPECT_EQ(ends_of(answer, OpenEndKind::kUnconfirmedSupplier), std::vector{place(1, 2, 2)});
    EXPECT_EQ(ends_of(answer, OpenEndKind::kUnknownSupplier), std::vector{place(1, 9, 9)});
    EXPECT_EQ(answer.sources, std::vector{place(1, 9, 9)});
}

TEST_F(ReachTest, WhoStatesToHaveItFromWhereItIsHasAnUnknownSupplier) {
    receive(5, 1, 2, 2, 40);
    const Answer answer = ask_for(about(1, Direction::kBack));
    EXPECT_TRUE(answer.back->moves.empty());
    EXPECT_EQ(ends_of(answer, OpenEndKind::kUnknownSupplier), std::vector{place(1, 2, 2)});
    EXPECT_TRUE(ends_of(answer, OpenEndKind::kUnconfirmedSupplier).empty());
}

TEST_F(ReachTest, ASupplierThatOnlyBuyersNameIsFoundByItsName) {
    buy(5, 1, 9, 2, 40);
    buy(6, 1, 9, 3, 40);
    Question question = about(1, Direction::kForward);
    question.seed = OperatorSeed{graph::OperatorId(9)};
    const Answer answer = ask_for(question);
    EXPECT_EQ(positions(*answer.forward), (Reached{"1@9", "(1@2)", "(1@3)"}));
    EXPECT_EQ(at(*answer.forward, place(1, 9, 0)).possible, hour(5));
}

TEST_F(ReachTest, WhatASellerHasAtItsSiteIsWhatItSoldFromNoSiteSaid) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    buy(2, 1, 1, 2, 60);
    buy(5, 1, 2, 3, 20);
    buy(9, 1, 2, 4, 20);
    const Answer answer = ask_for(about(1, Direction::kFull));
    EXPECT_EQ(answer.sources, std::vector{place(1, 1, 1)});
    EXPECT_TRUE(ends_of(answer, OpenEndKind::kUnknownSupplier).empty());
    ASSERT_EQ(answer.forward->moves.size(), 5U);
    const Move& move = answer.forward->moves[3];
    EXPECT_EQ(move.kind, MoveKind::kInferred);
    EXPECT_EQ(move.from, place(1, 2, 2));
    EXPECT_EQ(move.to, place(1, 2, 0));
    const model::TimeInterval while_it_sold = {hour(5), hour(9)};
    EXPECT_EQ(move.leave, while_it_sold);
    EXPECT_EQ(move.arrive, while_it_sold);
}

TEST_F(ReachTest, WhatASellerBoughtBetweenTwoSalesIsInTheSecondOnly) {
    buy(1, 1, 8, 2, 60);
    buy(2, 1, 2, 3, 20);
    buy(5, 1, 9, 2, 60);
    buy(7, 1, 2, 4, 20);
    Question question = about(1, Direction::kForward);
    question.seed = OperatorSeed{graph::OperatorId(9)};
    EXPECT_EQ(positions(*ask_for(question).forward), (Reached{"1@9", "(1@2)", "(1@4)"}))
        << "what buyer 3 has was bought before";
}

TEST_F(ReachTest, WhatASellerBoughtAfterItSoldDoesNotExplainIt) {
    buy(2, 1, 2, 3, 20);
    buy(5, 1, 9, 2, 60);
    const Answer answer = ask_for(about(1, Direction::kBack));
    EXPECT_EQ(
        ends_of(answer, OpenEndKind::kUnknownSupplier),
        (std::vector{place(1, 2, 0), place(1, 9, 0)})
    );
    for (const Move& move : answer.back->moves) {
        EXPECT_EQ(move.kind, MoveKind::kStated);
    }
}

TEST_F(ReachTest, TwoPlacesOfOneSellerThatExplainEachOtherHaveAnUnknownSupplier) {
    buy(5, 1, 2, 3, 20);
    receive(5, 1, 2, 4, 20);
    const Answer answer = ask_for(about(1, Direction::kBack));
    EXPECT_EQ(answer.sources, std::vector{place(1, 2, 0)});
    EXPECT_EQ(ends_of(answer, OpenEndKind::kUnknownSupplier), std::vector{place(1, 2, 0)});
}

TEST_F(ReachTest, WhatSomebodyStatesToHaveFromItselfExplainsNothing) {
    buy(5, 1, 2, 2, 20);
    const Answer answer = ask_for(about(1, Direction::kBack));
    EXPECT_EQ(answer.sources, std::vector{place(1, 2, 0)});
    EXPECT_EQ(ends_of(answer, OpenEndKind::kUnknownSupplier), std::vector{place(1, 2, 0)});
}

TEST_F(ReachTest, AnUnreceivedShipmentReachedWhoeverIsNamedAsItsSeller) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    ship(2, 1, 1, 2, 60);
    buy(5, 1, 2, 3, 20);
    Question question = about(1, Direction::kForward);
    question.seed = OperatorSeed{graph::OperatorId(1)};
    const Answer answer = ask_for(question);
    EXPECT_EQ(positions(*answer.forward), (Reached{"1@1", "(1@2)", "(1@3)"}));
    EXPECT_TRUE(ends_of(answer, OpenEndKind::kInTransit).empty());
}

TEST_F(ReachTest, AThingWasAtItsSellersWhereItWasLast) {
    graph_.declare_item(ItemId(1), model::CodeKind::kInstance);
    tell(1, {amount(FactKind::kCreate, 1, 1, 1)});
    tell(2, {amount(FactKind::kSight, 1, 2, 1)});
    tell(3, {amount(FactKind::kSight, 1, 7, 1)});
    buy(5, 1, 2, 3, 1);
    const Answer answer = ask_for(about(1, Direction::kBack));
    const ReachedPosition seller = at(*answer.back, place(1, 2, 0));
    ASSERT_EQ(seller.position, place(1, 2, 0));
    for (const Move& move : answer.back->moves) {
        if (move.to == seller.position) {
            EXPECT_EQ(move.from, place(1, 7, 7)) << "not at its own other place, long before";
        }
    }
}

TEST_F(ReachTest, AThingIsTakenFromWhereItsSellerHadItLast) {
    graph_.declare_item(ItemId(1), model::CodeKind::kInstance);
    buy(1, 1, 9, 2, 1);
    buy(2, 1, 2, 3, 1);
    buy(3, 1, 3, 2, 1);
    buy(4, 1, 2, 4, 1);
    const Answer answer = ask_for(about(1, Direction::kForward));
    EXPECT_EQ(answer.forward->positions.size(), 4U) << "the grower is at no site said";
    EXPECT_EQ(at(*answer.forward, place(1, 2, 2)).stock.status, StockStatus::kClosed);
    EXPECT_EQ(at(*answer.forward, place(1, 3, 3)).stock.status, StockStatus::kClosed);
    EXPECT_EQ(at(*answer.forward, place(1, 4, 4)).stock.status, StockStatus::kOnHand);
}

TEST_F(ReachTest, ClocksThatDifferByLessThanTheToleranceMakeOneShipment) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    receive(5, 1, 1, 2, 40);
    ship(7, 1, 1, 2, 40);
    const Answer answer = ask_for(about(1, Direction::kForward));
    ASSERT_EQ(answer.forward->moves.size(), 1U);
    const Move& move = answer.forward->moves.front();
    EXPECT_EQ(move.kind, MoveKind::kShipment);
    EXPECT_TRUE(move.is_skewed);
    EXPECT_FALSE(move.is_certain);
    EXPECT_EQ(move.leave, (model::TimeInterval{hour(5), hour(7)}));
    EXPECT_EQ(move.arrive, move.leave);
    EXPECT_EQ(ends_of(answer, OpenEndKind::kSkewedClocks), std::vector{place(1, 2, 2)});
}

TEST_F(ReachTest, ClocksThatDifferByMoreMakeTwoHappenings) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    receive(5, 1, 1, 2, 40);
    ship(8, 1, 1, 2, 40);
    const Answer answer = ask_for(about(1, Direction::kForward));
    EXPECT_EQ(ends_of(answer, OpenEndKind::kInTransit), std::vector{place(1, 1, 1)});
    EXPECT_EQ(ends_of(answer, OpenEndKind::kUnconfirmedSupplier), std::vector{place(1, 2, 2)});
}

TEST_F(ReachTest, AShipmentReceivedInTimeIsNoEarlierReceipts) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    receive(5, 1, 1, 2, 40);
    ship(6, 1, 1, 2, 40);
    receive(7, 1, 1, 2, 40);
    const Answer answer = ask_for(about(1, Direction::kForward));
    EXPECT_TRUE(ends_of(answer, OpenEndKind::kSkewedClocks).empty());
    EXPECT_EQ(ends_of(answer, OpenEndKind::kUnconfirmedSupplier), std::vector{place(1, 2, 2)});
}

TEST_F(ReachTest, AClockThatIsSlowEveryDayTakesEachDaysShipment) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    for (const std::int64_t day : {24, 48, 72}) {
        receive(day, 1, 1, 2, 10);
        ship(day + 1, 1, 1, 2, 10);
    }
    const Answer answer = ask_for(about(1, Direction::kForward));
    ASSERT_EQ(answer.forward->moves.size(), 3U);
    for (const Move& move : answer.forward->moves) {
        EXPECT_EQ(move.leave.last - move.leave.first, hour(1) - hour(0));
    }
}

TEST_F(ReachTest, WhatAStatedContainerHoldsComesWithIt) {
    graph_.declare_item(ItemId(7), model::CodeKind::kContainer);
    tell(1, {packing(FactKind::kPack, 1, 7, 2)});
    buy(5, 7, 2, 3, 1);
    Question question = about(1, Direction::kForward);
    question.seed = OperatorSeed{graph::OperatorId(2)};
    const Answer answer = ask_for(question);
    EXPECT_EQ(positions(*answer.forward), (Reached{"1@2", "(1@2)", "(1@3)", "7@2", "(7@3)"}))
        << "at its seller's site for certain, at no site said perhaps";
    EXPECT_EQ(at(*answer.forward, place(1, 3, 3)).possible, hour(5));
}

TEST_F(ReachTest, GoodsThatLeftBeforeTheBadLotCameInAreNotReached) {
    // Item 3 is made at owner 2 of what was there at hour 4; item 1 is put in at hour 6 only.
    tell(1, {amount(FactKind::kCreate, 1, 1, 10)});
    ship(2, 1, 1, 2, 10);
    receive(5, 1, 1, 2, 10);
    FlowEvent early = event(model::exactly(hour(4)), {amount(FactKind::kOutput, 3, 2, 5)});
    FlowEvent late = event(model::exactly(hour(6)), {amount(FactKind::kInput, 1, 2, 10)});
    FlowEvent last = event(model::exactly(hour(7)), {amount(FactKind::kOutput, 4, 2, 5)});
    for (FlowEvent* part : {&early, &late, &last}) {
        part->process = graph::ProcessId(1);
        tell(*part);
    }
    EXPECT_EQ(forward(1), (Reached{"1@1", "1@2", "4@2"}));
    EXPECT_EQ(back(3), (Reached{"3@2"}));
    EXPECT_EQ(back(4), (Reached{"4@2", "1@2", "1@1"}));
}

TEST_F(ReachTest, ADayThatMayBeBeforeOrAfterIsPossibleOnly) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 10)});
    FlowEvent into = event({hour(0), hour(24) - 1}, {amount(FactKind::kInput, 1, 1, 10)});
    FlowEvent out = event(model::exactly(hour(12)), {amount(FactKind::kOutput, 2, 1, 10)});
    for (FlowEvent* part : {&into, &out}) {
        part->process = graph::ProcessId(1);
        tell(*part);
    }
    EXPECT_EQ(forward(1), (Reached{"1@1", "(2@1)"}));
}

TEST_F(ReachTest, AMappedOutputHoldsItsOwnInputsOnly) {
    FlowEvent made = event(
        model::exactly(hour(1)),
        {amount(FactKind::kInput, 1, 1, 5),
         amount(FactKind::kInput, 2, 1, 5),
         amount(FactKind::kOutput, 3, 1, 5),
         amount(FactKind::kOutput, 4, 1, 5)}
    );
    made.mappings = {{.output = ItemId(3), .inputs = {ItemId(1)}}};
    tell(made);
    EXPECT_EQ(back(3), (Reached{"3@1", "1@1"}));
    EXPECT_EQ(back(4), (Reached{"4@1", "1@1", "2@1"}));
    const Answer answer = ask_for(about(4, Direction::kBack));
    ASSERT_FALSE(answer.open_ends.empty());
    EXPECT_EQ(answer.open_ends.back().kind, OpenEndKind::kAllToAll);
}

TEST_F(ReachTest, TwoLotsOnOnePalletNeverReachEachOther) {
    graph_.declare_item(ItemId(7), model::CodeKind::kContainer);
    tell(1, {packing(FactKind::kPack, 1, 7, 1), packing(FactKind::kPack, 2, 7, 1)});
    ship(2, 7, 1, 2, 1);
    receive(3, 7, 1, 2, 1);
    tell(4, {packing(FactKind::kUnpack, 1, 7, 2), packing(FactKind::kUnpack, 2, 7, 2)});
    EXPECT_EQ(forward(1), (Reached{"1@1", "1@2"}));
    EXPECT_EQ(forward(2), (Reached{"2@1", "2@2"}));
    const Answer answer = ask_for(about(1, Direction::kForward));
    ASSERT_EQ(answer.forward->moves.size(), 1U);
    EXPECT_EQ(answer.forward->moves[0].kind, MoveKind::kRide);
    EXPECT_EQ(answer.forward->moves[0].carrier, ItemId(7));
}

TEST_F(ReachTest, WhatIsPackedAfterTheTripDidNotRide) {
    graph_.declare_item(ItemId(7), model::CodeKind::kContainer);
    tell(1, {packing(FactKind::kPack, 1, 7, 1)});
    ship(2, 7, 1, 2, 1);
    receive(3, 7, 1, 2, 1);
    tell(4, {packing(FactKind::kUnpackAll, 7, 0, 2)});
    tell(5, {packing(FactKind::kPack, 2, 7, 2)});
    ship(6, 7, 2, 3, 1);
    receive(7, 7, 2, 3, 1);
    EXPECT_EQ(forward(1), (Reached{"1@1", "1@2"}));
    EXPECT_EQ(forward(2), (Reached{"2@2", "2@3"}));
}

TEST_F(ReachTest, AReworkLoopEnds) {
    for (const std::int64_t round : {1, 2, 3}) {
        tell(round * 10, {amount(FactKind::kInput, 1, 1, 1), amount(FactKind::kOutput, 2, 1, 1)});
        tell(
            round * 10 + 5, {amount(FactKind::kInput, 2, 1, 1), amount(FactKind::kOutput, 1, 1, 1)}
        );
    }
    EXPECT_EQ(forward(1), (Reached{"1@1", "2@1"}));
    EXPECT_EQ(back(1), (Reached{"1@1", "2@1"}));
}

TEST_F(ReachTest, TwoCodesOfOneThingAreOne) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 10)});
    graph::Fact same = fact(FactKind::kSameAs, 1, 0);
    same.other = ItemId(2);
    tell(2, {same});
    ship(3, 2, 1, 2, 10);
    receive(4, 2, 1, 2, 10);
    EXPECT_TRUE(forward(1).contains("2@2"));
    same.kind = FactKind::kNotSameAs;
    tell(5, {same});
    EXPECT_FALSE(forward(1).contains("2@2"));
}

TEST_F(ReachTest, ALotReachesItsThingsAndAThingNotItsLot) {
    graph_.declare_item(ItemId(2), model::CodeKind::kInstance);
    tell(1, {amount(FactKind::kCreate, 1, 1, 10)});
    tell(2, {packing(FactKind::kPartOf, 2, 1, 1)});
    ship(3, 2, 1, 2, 1);
    receive(4, 2, 1, 2, 1);
    EXPECT_EQ(forward(1), (Reached{"1@1", "2@1", "2@2"}));
    Question thing = about(2, Direction::kForward);
    EXPECT_EQ(positions(*ask_for(thing).forward), (Reached{"2@1", "2@2"}));
    thing.escalate = true;
    EXPECT_TRUE(positions(*ask_for(thing).forward).contains("1@1"));
}

TEST_F(ReachTest, WhatWasTakenBackIsSeenOnlyAsOfBefore) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 10)});
    FlowEvent moved = event(
        model::exactly(hour(2)),
        {amount(FactKind::kInput, 1, 1, 10), amount(FactKind::kOutput, 2, 1, 10)}
    );
    moved.identity = 77;
    const std::uint64_t number = tell(moved);
    FlowEvent taken_back = event(model::exactly(hour(2)), {});
    taken_back.identity = 77;
    taken_back.is_error_declaration = true;
    tell(taken_back);
    EXPECT_EQ(forward(1), (Reached{"1@1"}));
    Question before = about(1, Direction::kForward);
    before.as_of = hour(1'000 + static_cast<std::int64_t>(number));
    const Answer answer = ask_for(before);
    EXPECT_EQ(positions(*answer.forward), (Reached{"1@1", "2@1"}));
    EXPECT_EQ(answer.cut_off, before.as_of);
}

TEST_F(ReachTest, AFullTraceGoesForwardFromTheSources) {
    // A sample at owner 3: owner 4 got the same lot from the same farm.
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    for (const std::uint32_t shop : {3U, 4U}) {
        ship(2, 1, 1, shop, 10);
        receive(3, 1, 1, shop, 10);
    }
    Question sample = about(1, Direction::kFull);
    std::get<ItemSeed>(sample.seed).owner = graph::OperatorId(3);
    const Answer answer = ask_for(sample);
    EXPECT_EQ(positions(*answer.back), (Reached{"1@1", "1@3"}));
    ASSERT_EQ(answer.sources.size(), 1U);
    EXPECT_EQ(name_of(answer.sources[0]), "1@1");
    EXPECT_EQ(positions(*answer.forward), (Reached{"1@1", "1@3", "1@4"}));
}

TEST_F(ReachTest, AVehicleInAWindowStandsForWhatItCarriedThen) {
    for (const std::uint32_t item : {1U, 2U}) {
        tell(1, {amount(FactKind::kCreate, item, 1, 10)});
    }
    ship(2, 1, 1, 2, 10, 5);
    ship(20, 2, 1, 3, 10, 5);
    Question morning;
    morning.direction = Direction::kForward;
    morning.seed = VehicleSeed{graph::VehicleId(5)};
    morning.window = {.from = hour(0), .to = hour(10)};
    const Answer answer = ask_for(morning);
    EXPECT_TRUE(positions(*answer.forward).contains("1@2"));
    EXPECT_FALSE(positions(*answer.forward).contains("1@1"));  // what stayed did not go with it
    EXPECT_FALSE(positions(*answer.forward).contains("2@1"));
    ASSERT_EQ(answer.vehicles.size(), 1U);
    EXPECT_EQ(answer.vehicles[0].id, 5U);
    EXPECT_EQ(answer.vehicles[0].first, hour(2));
}

TEST_F(ReachTest, EveryPositionIsExplainedDownToASeed) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    for (std::uint32_t owner = 1; owner < 20; ++owner) {
        const std::int64_t when = 2 * static_cast<std::int64_t>(owner);
        ship(when, 1, owner, owner + 1, 10);
        receive(when + 1, 1, owner, owner + 1, 10);
    }
    Question farm = about(1, Direction::kForward);
    std::get<ItemSeed>(farm.seed).owner = graph::OperatorId(1);
    const Answer answer = ask_for(farm);
    const Part& part = *answer.forward;
    ASSERT_EQ(part.positions.size(), 20U);
    for (const ReachedPosition& reached : part.positions) {
        EXPECT_EQ(reached.hops, reached.position.owner.value() - 1);
        EXPECT_EQ(reached.is_seed, !reached.explained_by.has_value());
        if (reached.explained_by.has_value()) {
            ASSERT_LT(*reached.explained_by, part.moves.size());
            EXPECT_EQ(part.moves[*reached.explained_by].to, reached.position);
        }
    }
}

TEST_F(ReachTest, AnUnknownSeedReachesNothing) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    EXPECT_TRUE(forward(99).empty());
    EXPECT_TRUE(back(99).empty());
}

TEST_F(ReachTest, MorePositionsThanAllowedFail) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    for (std::uint32_t shop = 2; shop < 12; ++shop) {
        ship(2, 1, 1, shop, 1);
    }
    Question question = about(1, Direction::kForward);
    question.positions_max = 11;
    EXPECT_TRUE(try_asking(question));
    question.positions_max = 10;
    const auto answer = try_asking(question);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code(), ErrorCode::kLimitExceeded);
}

TEST_F(ReachTest, MoreMovesThanAllowedFail) {
    std::vector<graph::Fact> facts;
    for (std::uint32_t item = 1; item <= 40; ++item) {
        facts.push_back(amount(item <= 20 ? FactKind::kInput : FactKind::kOutput, item, 1, 1));
    }
    tell(1, facts);
    Question question = about(1, Direction::kForward);
    question.moves_max = 10;
    const auto answer = try_asking(question);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code(), ErrorCode::kLimitExceeded);
}

TEST_F(ReachTest, WhoeverLeftStopsTheWork) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    const Question question = about(1, Direction::kFull);
    EXPECT_TRUE(try_asking(question));
    context_.cancel();
    const auto answer = try_asking(question);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code(), ErrorCode::kCancelled);
}

TEST_F(ReachTest, TheAnswerIsTheSameAgain) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    for (std::uint32_t shop = 2; shop < 30; ++shop) {
        ship(2, 1, 1, shop, 1);
        receive(3, 1, 1, shop, 1);
    }
    const Question question = about(1, Direction::kFull);
    EXPECT_EQ(ask_for(question), ask_for(question));
}

}  // namespace
}  // namespace suyuan::trace
