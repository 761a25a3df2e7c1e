// SPDX-License-Identifier: Apache-2.0
//
// As oracle_test.cc: one happening told in steps, and what was made told with its labels.

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/draft.h"
#include "tests/property/oracle_expect.h"
#include "trace/answer.h"
#include "trace/question.h"

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

TEST(OracleStepsTest, WhatTheFirstTellingDoesNotKnowTheLaterSays) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 40);
    draft.at(20).depart(beef, kFarm, kNowhere).paper(7).step(Step::kShipping);
    draft.at(21).depart(beef, kFarm, kShop, 40).paper(7).step(Step::kDeparting).vehicle(9);
    draft.at(30).arrive(beef, kNowhere, kShop, 40).paper(7).step(Step::kArriving);
    draft.at(31).arrive(beef, kFarm, kShop, 36).paper(7).step(Step::kAccepting);
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].shipped, 40);
    EXPECT_EQ(stock_in(draft, beef, kShop).balances[0].received, 36);
    trace::Question question = forward_from(beef);
    question.seed = trace::VehicleSeed{graph::VehicleId(9)};
    EXPECT_EQ(forward(draft, question), "i1@3/3 30/30");
}

TEST(OracleStepsTest, WhatCameBackUnderItsPaperLeavesAgain) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 40);
    draft.at(20).depart(beef, kFarm, kShop, 40).paper(7).step(Step::kShipping);
    draft.at(25).arrive(beef, kFarm, kShop, 40).paper(7).step(Step::kReceiving);
    draft.at(30).depart(beef, kShop, kFarm, 40).paper(7).step(Step::kShipping);
    draft.at(35).arrive(beef, kShop, kFarm, 40).paper(7).step(Step::kReceiving);
    draft.at(40).depart(beef, kFarm, kShop, 40).paper(7).step(Step::kDeparting);
    draft.at(45).arrive(beef, kFarm, kShop, 40).paper(7).step(Step::kAccepting);
    EXPECT_EQ(stock_in(draft, beef, kShop).balances[0].on_hand, 40);
    EXPECT_EQ(stock_in(draft, beef, kFarm).balances[0].shipped, 80);
}

TEST(OracleStepsTest, AThingSeenElsewhereLeavesOnceMore) {
    WorldDraft draft;
    const auto cow = draft.instance();
    draft.at(10).create(cow, kFarm);
    draft.at(20).depart(cow, kFarm, kShop).step(Step::kShipping);
    draft.at(30).sight(cow, kPlant);
    draft.at(40).depart(cow, kFarm, kShop).step(Step::kDeparting);
    const trace::Stock stock = stock_in(draft, cow, kFarm);
    EXPECT_EQ(
        std::ranges::count_if(
            ask_oracle(draft, held_by(1, forward_from(cow))).forward->moves,
            [](const trace::Move& move) { return move.is_in_transit; }
        ),
        2
    );
    EXPECT_NE(stock.status, StockStatus::kClosed);
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

TEST(OracleStepsTest, WhatLeftBeforeTheReportOfTheShiftWasMadeBefore) {
    constexpr model::MicrosUtc kHour = model::MicrosUtc{3'600} * 1'000'000;
    WorldDraft draft;
    const auto milk = draft.lot();
    const auto curd = draft.lot();
    draft.at(kHour).create(milk, kPlant, 100);
    draft.at(2 * kHour).create(curd, kPlant, 5);
    draft.at(3 * kHour).sink(curd, SinkKind::kSold, kPlant, 5);
    draft.at(4 * kHour).input(milk, kPlant, 50).output(curd, kPlant, 5);
    EXPECT_EQ(stock_in(draft, curd, kPlant).balances[0].on_hand, 0);
    EXPECT_EQ(stock_in(draft, curd, kPlant).balances[0].produced, 5);
    EXPECT_EQ(stock_in(draft, curd, kPlant).balances[0].created, 0);
    // Two days later it is another making.
    draft.at(60 * kHour).input(milk, kPlant, 50).output(curd, kPlant, 7);
    draft.at(20 * kHour).create(curd, kPlant, 7);
    EXPECT_EQ(stock_in(draft, curd, kPlant).balances[0].on_hand, 14);
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

}  // namespace
}  // namespace suyuan::property
