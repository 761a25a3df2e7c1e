// SPDX-License-Identifier: Apache-2.0
//
// Goal: the oracle reads docs/tracing.md rightly. Method: worlds small enough to be answered on
// paper; owner n runs site n; i1 is the first item of a world; log order is the order of writing.

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "tests/property/draft.h"
#include "tests/property/oracle_expect.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {
namespace {

using trace::OpenEndKind;
using trace::StockStatus;

TEST(OracleTest, AShipmentWithAReceiptIsOneCertainMove) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 100);
    draft.at(20).depart(beef, kFarm, kShop, 100).vehicle(6);
    draft.at(30).arrive(beef, kFarm, kShop, 90).person(5);
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(beef)));
    EXPECT_EQ(reached(*answer.forward), "i1@1/1 10/10, i1@3/3 30/30");
    EXPECT_EQ(taken(*answer.forward), "i1@1/1>i1@3/3 20..30");
    EXPECT_EQ(answer.forward->moves[0].millionths, 90);
    EXPECT_EQ(answer.forward->positions[1].hops, 1U);
    EXPECT_EQ(answer.forward->positions[1].explained_by, 0U);
    EXPECT_FALSE(answer.forward->positions[0].explained_by.has_value());
    EXPECT_EQ(answer.open_ends, OpenEnds());
    EXPECT_EQ(answer.vehicles, (std::vector<trace::Touched>{{6, 20, 20}}));
    EXPECT_EQ(answer.people, (std::vector<trace::Touched>{{5, 30, 30}}));
    EXPECT_EQ(answer.operators, (std::vector<trace::Touched>{{1, 10, 20}, {3, 30, 30}}));
    EXPECT_EQ(answer.cut_off, 3000);
    EXPECT_EQ(back(draft, held_by(3, back_from(beef))), "i1@3/3 30/30, i1@1/1 20/20");
}

TEST(OracleTest, WhatNobodyReceivedIsInTransit) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 100);
    draft.at(20).depart(beef, kFarm, kShop, 40);
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(beef)));
    EXPECT_EQ(reached(*answer.forward), "i1@1/1 10/10, i1@3/3 20/-");
    EXPECT_EQ(answer.forward->positions[1].stock.status, StockStatus::kInTransit);
    EXPECT_EQ(answer.open_ends, (OpenEnds{open_end(OpenEndKind::kInTransit, beef, kFarm, 1)}));
    ASSERT_EQ(answer.total.size(), 1U);
    EXPECT_EQ(answer.total[0].in_transit, 40);
    EXPECT_EQ(answer.total[0].on_hand, 60);
    EXPECT_EQ(answer.total[0].unexplained, 0);
}

TEST(OracleTest, WhatNobodyShippedHasAnUnknownSupplier) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(30).arrive(beef, kNowhere, kShop, 50);
    const trace::Answer answer = ask_oracle(draft, back_from(beef));
    EXPECT_EQ(reached(*answer.back), "i1@3/3 30/30");
    EXPECT_EQ(
        answer.open_ends, (OpenEnds{open_end(OpenEndKind::kUnknownSupplier, beef, kShop, 0)})
    );
    EXPECT_EQ(answer.sources.size(), 1U);
}

TEST(OracleTest, WhatTheReceiverAloneSaysIsKnownAllTheSame) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 100);
    draft.at(20).arrive(beef, {1, 0}, kPlant, 60);
    draft.at(30).arrive(beef, {2, 0}, kShop, 50);
    const trace::Answer answer = ask_oracle(draft, back_from(beef));
    EXPECT_EQ(
        reached(*answer.back),
        "i1@2/0 30/30, i1@3/3 30/30, i1@2/2 30/20, i1@1/0 20/20, i1@1/1 20/10"
    );
    EXPECT_EQ(
        answer.open_ends,
        (OpenEnds{
            open_end(OpenEndKind::kUnconfirmedSupplier, beef, kPlant, 1),
            open_end(OpenEndKind::kUnconfirmedSupplier, beef, kShop, 2)
        })
    );
    EXPECT_EQ(answer.total.at(0).on_hand, 100);
    EXPECT_EQ(answer.total.at(0).unexplained, 0);
    EXPECT_EQ(answer.sources.size(), 1U);
}

TEST(OracleTest, PapersWinOverClocks) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 100);
    draft.at(30).arrive(beef, kFarm, kShop, 100).paper(7);
    draft.at(50).depart(beef, kFarm, kShop, 100).paper(7);
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(beef)));
    EXPECT_EQ(reached(*answer.forward), "i1@1/1 10/10, i1@3/3 50/50");
    EXPECT_EQ(answer.open_ends, (OpenEnds{open_end(OpenEndKind::kSkewedClocks, beef, kShop, 1)}));
}

TEST(OracleTest, AReceiptWithoutPaperTakesTheLastShipmentThatFits) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 100);
    draft.at(20).depart(beef, kFarm, kShop, 10);
    draft.at(22).depart(beef, kFarm, kStall, 20);  // somebody else's
    draft.at(25).depart(beef, kFarm, kShop, 30);
    draft.at(30).arrive(beef, kFarm, kShop);
    draft.at(40).depart(beef, kFarm, kShop, 40);  // too late
    const trace::Answer answer = ask_oracle(draft, held_by(1, forward_from(beef)));
    EXPECT_EQ(
        taken(*answer.forward),
        "i1@1/1>i1@3/3 20..20*, i1@1/1>i1@4/4 22..22*, i1@1/1>i1@3/3 25..30, "
        "i1@1/1>i1@3/3 40..40*"
    );
    EXPECT_EQ(answer.forward->moves[2].millionths, 30);    // the receipt has no quantity
    EXPECT_EQ(answer.forward->positions[1].possible, 20);  // the first may have come unrecorded
    EXPECT_EQ(answer.forward->positions[1].certain, 30);
}

TEST(OracleTest, OneShipmentIsReceivedInTwoPlaces) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 100);
    draft.at(20).depart(beef, kFarm, {3, 0}, 100);
    draft.at(30).arrive(beef, kFarm, kShop, 60);
    draft.at(40).arrive(beef, kFarm, {3, 8}, 40);
    EXPECT_EQ(
        forward(draft, held_by(1, forward_from(beef))), "i1@1/1 10/10, i1@3/3 30/30, i1@3/8 40/40"
    );
}

TEST(OracleTest, WhatWasMadeBeforeTheBadLotCameIsNotReached) {
    WorldDraft draft;
    const auto good = draft.lot();
    const auto bad = draft.lot();
    const auto early = draft.lot();
    const auto late = draft.lot();
    draft.at(10).arrive(good, kNowhere, kPlant, 100);
    draft.at(20).input(good, kPlant, 50).output(early, kPlant, 50);
    draft.at(30).arrive(bad, kNowhere, kPlant, 100);
    draft.at(40).input(good, kPlant, 50).input(bad, kPlant, 50).output(late, kPlant, 100);
    EXPECT_EQ(forward(draft, forward_from(bad)), "i2@2/2 30/30, i4@2/2 40/40");
    EXPECT_EQ(back(draft, back_from(early)), "i3@2/2 20/20, i1@2/2 20/20");
}

TEST(OracleTest, RecordsOfOneProcessAreUnitedInTheOrderOfTheirTimes) {
    WorldDraft draft;
    const auto flour = draft.lot();
    const auto salt = draft.lot();
    const auto bread = draft.lot();
    draft.at(10).input(flour, kPlant, 10).process(1);
    draft.at(20).output(bread, kPlant, 20).process(1);
    draft.at(30).input(salt, kPlant, 10).process(1);
    EXPECT_EQ(back(draft, back_from(bread)), "i3@2/2 20/20, i1@2/2 10/10");
}

TEST(OracleTest, AContinuousProcessLeadsFromEveryInputToEveryOutputPossibly) {
    WorldDraft draft;
    const auto flour = draft.lot();
    const auto salt = draft.lot();
    const auto bread = draft.lot();
    draft.at(10).input(flour, kPlant, 10).process(1);
    draft.at(20).output(bread, kPlant, 20).process(1).continuous();
    draft.at(30).input(salt, kPlant, 10).process(1);
    EXPECT_EQ(forward(draft, forward_from(salt)), "i2@2/2 30/30, i3@2/2 30/-");
    EXPECT_EQ(forward(draft, forward_from(flour)), "i1@2/2 10/10, i3@2/2 20/20");
}

TEST(OracleTest, AMappedOutputComesFromItsInputsOnly) {
    WorldDraft draft;
    const auto pork = draft.lot();
    const auto beef = draft.lot();
    const auto ham = draft.lot();
    const auto pie = draft.lot();
    draft.at(10)
        .input(pork, kPlant, 10)
        .input(beef, kPlant, 10)
        .output(ham, kPlant, 10)
        .output(pie, kPlant, 10)
        .mapping(ham, {pork});
    const trace::Answer answer = ask_oracle(draft, forward_from(beef));
    EXPECT_EQ(reached(*answer.forward), "i2@2/2 10/10, i4@2/2 10/10");
    EXPECT_EQ(
        answer.open_ends,
        (OpenEnds{
            open_end(OpenEndKind::kUnknownSupplier, beef, kPlant, 0),
            open_end(OpenEndKind::kAllToAll, pie, kPlant, 0)
        })
    );
}

TEST(OracleTest, ReworkGoesRoundOnlyAsOftenAsTimeAllows) {
    WorldDraft draft;
    const auto dough = draft.lot();
    const auto bread = draft.lot();
    draft.at(10).create(dough, kPlant, 10);
    draft.at(20).input(dough, kPlant, 10).output(bread, kPlant, 10);
    draft.at(30).input(bread, kPlant, 4).output(dough, kPlant, 4);
    draft.at(40).input(dough, kPlant, 4).output(bread, kPlant, 4);
    // From the bread on: into dough at 30; from there into bread, which was there at 20 already.
    EXPECT_EQ(forward(draft, forward_from(bread)), "i2@2/2 20/20, i1@2/2 30/30");
    const trace::Answer answer = ask_oracle(draft, full_from(bread));
    // Bread last at 40; dough by its last use at 40.
    EXPECT_EQ(reached(*answer.back), "i2@2/2 40/40, i1@2/2 40/40");
    EXPECT_EQ(
        answer.sources,
        (std::vector<trace::Position>{
            {dough, graph::OperatorId(kPlant.owner), graph::SiteId(kPlant.site)}
        })
    );  // not the bread
    EXPECT_EQ(reached(*answer.forward), "i1@2/2 10/10, i2@2/2 20/20");
}

TEST(OracleTest, TheSameLotRelabelledInOneEventIsNoMove) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kPlant, 10);
    draft.at(20).input(beef, kPlant, 10).output(beef, kPlant, 9);
    const trace::Answer answer = ask_oracle(draft, forward_from(beef));
    EXPECT_EQ(reached(*answer.forward), "i1@2/2 10/10");
    EXPECT_EQ(taken(*answer.forward), "");
    EXPECT_EQ(answer.total[0].on_hand, 9);
}

TEST(OracleTest, ADayOnlyInputPossiblyComesBeforeAnOutputOfThatDay) {
    WorldDraft draft;
    const auto milk = draft.lot();
    const auto curd = draft.lot();
    draft.at(5).create(milk, kPlant, 10);
    draft.during(10, 19).input(milk, kPlant, 10).process(1);
    draft.at(15).output(curd, kPlant, 10).process(1);
    EXPECT_EQ(forward(draft, forward_from(milk)), "i1@2/2 5/5, i2@2/2 15/-");
}

TEST(OracleTest, AnUnknownTimeIsPossibleAndReported) {
    WorldDraft draft;
    const auto milk = draft.lot();
    draft.at(5).create(milk, kFarm, 10);
    draft.at_any_time().depart(milk, kFarm, kShop, 10);
    draft.at(15).arrive(milk, kFarm, kShop, 10);
    const trace::Answer answer = ask_oracle(draft, held_by(3, back_from(milk)));
    EXPECT_EQ(reached(*answer.back), "i1@3/3 15/15, i1@1/1 15/-9223372036854775808");
    const trace::Answer ahead = ask_oracle(draft, held_by(1, forward_from(milk)));
    // Birth is at the earliest `first` there: the beginning of time.
    EXPECT_EQ(
        reached(*ahead.forward), "i1@1/1 -9223372036854775808/-9223372036854775808, i1@3/3 15/15"
    );
    EXPECT_EQ(ahead.open_ends, (OpenEnds{open_end(OpenEndKind::kMissingTime, milk, kFarm, 1)}));
}

TEST(OracleTest, AReturnLeadsBackToWhereItCameFromAndOn) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 100);
    draft.at(20).depart(beef, kFarm, kShop, 100);
    draft.at(30).arrive(beef, kFarm, kShop, 100);
    draft.at(40).depart(beef, kShop, kFarm, 50).is_return();
    draft.at(50).arrive(beef, kShop, kFarm, 50);
    draft.at(60).depart(beef, kFarm, kStall, 50);
    draft.at(70).arrive(beef, kFarm, kStall, 50);
    EXPECT_EQ(
        forward(draft, held_by(3, forward_from(beef))), "i1@3/3 30/30, i1@1/1 50/50, i1@4/4 70/70"
    );
}

TEST(OracleTest, WhatWasProvenEmptyCertainlyPassesNothingOn) {
    WorldDraft draft;
    const auto milk = draft.lot();
    draft.at(10).create(milk, kFarm, 100);
    draft.at(20).depart(milk, kFarm, kShop, 100);
    draft.at(25).arrive(milk, kFarm, kShop, 100);
    draft.at(30).arrive(milk, {9, 9}, kFarm, 50);
    draft.at(40).depart(milk, kFarm, kStall, 50);
    draft.at(45).arrive(milk, kFarm, kStall, 50);
    EXPECT_EQ(
        forward(draft, held_by(1, forward_from(milk))),
        "i1@1/1 10/10, i1@3/3 25/25, i1@9/9 30/-, i1@4/4 45/-"
    );
    EXPECT_EQ(back(draft, held_by(4, back_from(milk))), "i1@4/4 45/45, i1@1/1 40/40, i1@9/9 30/-");
    EXPECT_EQ(stock_in(draft, milk, kFarm).status, StockStatus::kClosed);
}

TEST(OracleTest, ACleanBreakEmptiesWhateverTheSum) {
    WorldDraft draft;
    const auto milk = draft.lot();
    const auto curd = draft.lot();
    draft.at(10).arrive(milk, kNowhere, kPlant);
    draft.at(20).clean_break(milk, kPlant);
    draft.at(30).input(milk, kPlant).output(curd, kPlant);
    EXPECT_EQ(forward(draft, forward_from(milk)), "i1@2/2 10/10, i2@2/2 30/-");
}

TEST(OracleTest, ADeclarationTakesItsRecordBackFromItsOwnRecordTimeOn) {
    WorldDraft draft;
    const auto beef = draft.lot();
    draft.at(10).create(beef, kFarm, 100);
    draft.at(20).depart(beef, kFarm, kShop, 100);
    draft.at(30).arrive(beef, kFarm, kShop, 100);
    draft.declare_error(3);
    trace::Question question = held_by(1, forward_from(beef));
    EXPECT_EQ(forward(draft, question), "i1@1/1 10/10, i1@3/3 20/-");
    question.as_of = 3999;
    EXPECT_EQ(forward(draft, question), "i1@1/1 10/10, i1@3/3 30/30");
    question.as_of = 1500;
    EXPECT_EQ(forward(draft, question), "i1@1/1 10/10");
    EXPECT_EQ(ask_oracle(draft, question).cut_off, 1000);
}

TEST(OracleTest, OneHappeningReportedByTwoCountsOnceAndTwoOfOneSubmitterTwice) {
    WorldDraft draft;
    const auto beef = draft.lot();
    for (const std::uint32_t submitter : {1U, 2U, 1U}) {
        auto& event = draft.at(10).create(beef, kFarm, 100).event();
        event.submitter = graph::OperatorId(submitter);
        event.content = 77;
    }
    EXPECT_EQ(ask_oracle(draft, forward_from(beef)).total[0].created, 200);
}

TEST(OracleTest, WhatIsTheSameThingIsAtTheSamePlaces) {
    WorldDraft draft;
    const auto ours = draft.lot();
    const auto theirs = draft.lot();
    const auto third = draft.lot();
    draft.at(10).create(ours, kFarm, 10);
    draft.at(15).same_as(ours, theirs).same_as(theirs, third);
    draft.at(20).depart(third, kFarm, kShop, 10);
    draft.at(30).arrive(third, kFarm, kShop, 10);
    EXPECT_EQ(
        forward(draft, held_by(1, forward_from(ours))),
        "i1@1/1 10/10, i2@1/1 10/10, i3@1/1 10/10, i3@3/3 30/30, i2@3/3 30/30, i1@3/3 30/30"
    );
    draft.at(0).not_same_as(theirs, ours);
    EXPECT_EQ(forward(draft, held_by(1, forward_from(ours))), "i1@1/1 10/10");
}

TEST(OracleTest, AnInstanceComesFromItsLotAndLeadsNotBack) {
    WorldDraft draft;
    const auto lot = draft.lot();
    const auto tin = draft.instance();
    draft.at(10).create(lot, kPlant);
    draft.at(20).create(tin, kPlant).part_of(tin, lot, kPlant);
    draft.at(30).depart(tin, kPlant, kShop);
    draft.at(40).arrive(tin, kPlant, kShop);
    EXPECT_EQ(back(draft, held_by(3, back_from(tin))), "i2@3/3 40/40, i2@2/2 30/30, i1@2/2 20/20");
    EXPECT_EQ(forward(draft, forward_from(tin)), "i2@2/2 20/20, i2@3/3 40/40");
    // A lot stands for its instances too; so does an instance that is widened to its lot.
    EXPECT_EQ(forward(draft, forward_from(lot)), "i1@2/2 10/10, i2@2/2 20/20, i2@3/3 40/40");
    trace::Question widened = forward_from(tin);
    widened.escalate = true;
    EXPECT_EQ(forward(draft, widened), "i1@2/2 10/10, i2@2/2 20/20, i2@3/3 40/40");
}

}  // namespace
}  // namespace suyuan::property
