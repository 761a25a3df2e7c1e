// SPDX-License-Identifier: Apache-2.0
//
// Goal: what is where, what became of the rest, and what does not add up (docs/tracing.md, section
// 7). Method: books of one lot that can be added up by hand.

#include <cstdint>
#include <string_view>

#include <gtest/gtest.h>

#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/engine.h"
#include "trace/question.h"
#include "trace/trace_testing.h"

namespace suyuan::trace {
namespace {

using graph::Fact;
using graph::FactKind;
using graph::SinkKind;

constexpr std::int64_t kKilogram = 1'000'000;

class AccountTest : public ChainTest {
protected:
    static Fact ending(
        SinkKind sink, std::uint32_t item, std::uint32_t at, std::int64_t kilograms
    ) {
        Fact end = amount(FactKind::kSink, item, at, kilograms);
        end.sink = sink;
        return end;
    }

    [[nodiscard]] Stock stock_at(std::string_view name) const {
        return at(*ask_for(about(1, Direction::kForward)).forward, name).stock;
    }

    static void expect_sums(const Balance& sums) {
        EXPECT_EQ(
            sums.created + sums.produced + sums.received,
            sums.on_hand + sums.in_transit + sums.shipped + sums.sold + sums.used + sums.destroyed +
                sums.left + sums.unexplained
        );
    }
};

TEST_F(AccountTest, WhatCameInIsThereOrWentSomewhere) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    ship(2, 1, 1, 2, 40);
    receive(3, 1, 1, 2, 40);
    tell(4, {ending(SinkKind::kSold, 1, 2, 12)});
    tell(5, {ending(SinkKind::kDestroyed, 1, 2, 3)});
    tell(6, {ending(SinkKind::kUsed, 1, 2, 5)});
    tell(7, {ending(SinkKind::kLeft, 1, 2, 1)});
    const Stock shop = stock_at("1@2");
    ASSERT_EQ(shop.balances.size(), 1U);
    const Balance& sums = shop.balances[0];
    EXPECT_EQ(sums.received, 40 * kKilogram);
    EXPECT_EQ(sums.sold, 12 * kKilogram);
    EXPECT_EQ(sums.destroyed, 3 * kKilogram);
    EXPECT_EQ(sums.used, 5 * kKilogram);
    EXPECT_EQ(sums.left, 1 * kKilogram);
    EXPECT_EQ(sums.on_hand, 19 * kKilogram);
    EXPECT_EQ(sums.unexplained, 0);
    expect_sums(sums);
    EXPECT_EQ(shop.status, StockStatus::kOnHand);
    const Stock farm = stock_at("1@1");
    EXPECT_EQ(farm.balances.at(0).on_hand, 60 * kKilogram);
    EXPECT_EQ(farm.balances.at(0).shipped, 40 * kKilogram);
}

TEST_F(AccountTest, WhatABuyerStatesIsTakenOffASellerThatAccountsForIt) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    receive(3, 1, 1, 2, 40);
    const Answer answer = ask_for(about(1, Direction::kForward));
    const Balance farm = at(*answer.forward, "1@1").stock.balances.at(0);
    EXPECT_EQ(farm.shipped, 40 * kKilogram);
    EXPECT_EQ(farm.on_hand, 60 * kKilogram);
    ASSERT_EQ(answer.total.size(), 1U);
    EXPECT_EQ(answer.total[0].on_hand, 100 * kKilogram) << "counted once";
    EXPECT_EQ(answer.total[0].unexplained, 0);
    expect_sums(answer.total[0]);
}

TEST_F(AccountTest, WhatASellerSoldBeyondWhatItHadIsNegative) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 10)});
    receive(3, 1, 1, 2, 40);
    const Answer answer = ask_for(about(1, Direction::kForward));
    EXPECT_EQ(at(*answer.forward, "1@1").stock.status, StockStatus::kNegative);
    EXPECT_EQ(ends_of(answer, OpenEndKind::kNegativeStock), std::vector{place(1, 1, 1)});
}

TEST_F(AccountTest, NothingIsTakenOffASellerOfWhomNothingIsRecorded) {
    buy(3, 1, 9, 2, 40);
    const Answer answer = ask_for(about(1, Direction::kBack));
    const Stock seller = at(*answer.back, "1@9").stock;
    EXPECT_TRUE(seller.balances.empty());
    EXPECT_EQ(seller.status, StockStatus::kUnknown);
    ASSERT_EQ(answer.total.size(), 1U);
    EXPECT_EQ(answer.total[0].received, 40 * kKilogram);
    EXPECT_EQ(answer.total[0].on_hand, 40 * kKilogram);
    EXPECT_EQ(answer.total[0].shipped, 0);
}

TEST_F(AccountTest, WhatLeftTheUnnamedSiteOfASellerIsMissingThereAndRightInTheWhole) {
    buy(1, 1, 9, 2, 60);
    buy(3, 1, 2, 3, 20);
    const Answer answer = ask_for(about(1, Direction::kBack));
    EXPECT_EQ(at(*answer.back, place(1, 2, 2)).stock.balances.at(0).on_hand, 60 * kKilogram);
    const Stock unnamed = at(*answer.back, place(1, 2, 0)).stock;
    EXPECT_EQ(unnamed.balances.at(0).on_hand, -20 * kKilogram);
    EXPECT_EQ(unnamed.status, StockStatus::kUnknown);
    EXPECT_EQ(answer.total.at(0).on_hand, 60 * kKilogram);
    expect_sums(answer.total.at(0));
    EXPECT_TRUE(ends_of(answer, OpenEndKind::kNegativeStock).empty());
}

TEST_F(AccountTest, ACountSetsTheStockAndTheRestIsUnexplained) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    tell(2, {amount(FactKind::kCount, 1, 1, 90)});
    const Balance sums = stock_at("1@1").balances.at(0);
    EXPECT_EQ(sums.on_hand, 90 * kKilogram);
    EXPECT_EQ(sums.unexplained, 10 * kKilogram);
    expect_sums(sums);
}

// A pallet is first heard of where it is packed: it was there, and is gone when it is shipped.
TEST_F(AccountTest, AContainerFirstSeenWhereItIsPackedWasThere) {
    graph_.declare_item(graph::ItemId(7), model::CodeKind::kContainer);
    const auto pieces = [](FactKind kind, std::uint32_t at) {
        Fact one = amount(kind, 7, at, 1);
        one.unit = graph::UnitId();
        return one;
    };
    tell(1, {packing(FactKind::kPack, 1, 7, 1), pieces(FactKind::kSight, 1)});
    const auto stock = [&](std::string_view name) {
        return at(*ask_for(about(7, Direction::kForward)).forward, name).stock;
    };
    ASSERT_EQ(stock("7@1").balances.size(), 1U);
    EXPECT_EQ(stock("7@1").balances[0].received, kKilogram);
    EXPECT_EQ(stock("7@1").balances[0].on_hand, kKilogram);
    EXPECT_EQ(stock("7@1").status, StockStatus::kOnHand);

    Fact leaving = pieces(FactKind::kDepart, 1);
    leaving.peer_owner = graph::OperatorId(2);
    leaving.peer_site = graph::SiteId(2);
    tell(2, {leaving});
    Fact arriving = pieces(FactKind::kArrive, 2);
    arriving.peer_owner = graph::OperatorId(1);
    arriving.peer_site = graph::SiteId(1);
    tell(3, {arriving});
    EXPECT_EQ(stock("7@1").balances[0].on_hand, 0);
    EXPECT_EQ(stock("7@1").status, StockStatus::kClosed);
    EXPECT_EQ(stock("7@2").balances[0].on_hand, kKilogram);
    EXPECT_EQ(stock("7@2").status, StockStatus::kOnHand);
    const Answer answer = ask_for(about(7, Direction::kForward));
    ASSERT_EQ(answer.total.size(), 1U);
    EXPECT_EQ(answer.total[0].on_hand, kKilogram);
    EXPECT_EQ(answer.total[0].unexplained, 0);
}

// Seen at one place, used at the next, no word of the way: it is there and no longer here, and one.
TEST_F(AccountTest, AContainerThatTurnsUpElsewhereIsStillOne) {
    graph_.declare_item(graph::ItemId(7), model::CodeKind::kContainer);
    Fact seen = amount(FactKind::kSight, 7, 1, 1);
    seen.unit = graph::UnitId();
    tell(1, {seen});
    Fact used = seen;
    used.owner = graph::OperatorId(2);
    used.site = graph::SiteId(2);
    tell(2, {used});
    const Answer answer = ask_for(about(7, Direction::kForward));
    ASSERT_EQ(answer.total.size(), 1U);
    EXPECT_EQ(answer.total[0].on_hand, kKilogram);
}

TEST_F(AccountTest, MoreSoldThanBoughtIsANegativeStockAndAnOpenEnd) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 10)});
    tell(2, {ending(SinkKind::kSold, 1, 1, 25)});
    const Answer answer = ask_for(about(1, Direction::kForward));
    const Stock stock = at(*answer.forward, "1@1").stock;
    EXPECT_EQ(stock.status, StockStatus::kNegative);
    EXPECT_EQ(stock.balances.at(0).on_hand, -15 * kKilogram);
    ASSERT_EQ(answer.open_ends.size(), 1U);
    EXPECT_EQ(answer.open_ends[0].kind, OpenEndKind::kNegativeStock);
}

TEST_F(AccountTest, ALossOnTheWayIsUnexplainedInTheWhole) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    ship(2, 1, 1, 2, 40);
    receive(3, 1, 1, 2, 37);
    const Answer answer = ask_for(about(1, Direction::kForward));
    ASSERT_EQ(answer.total.size(), 1U);
    EXPECT_EQ(answer.total[0].on_hand, 97 * kKilogram);
    EXPECT_EQ(answer.total[0].shipped, 37 * kKilogram) << "what arrived";
    EXPECT_EQ(answer.total[0].received, 37 * kKilogram);
    EXPECT_EQ(answer.total[0].unexplained, 3 * kKilogram);
    expect_sums(answer.total[0]);
}

TEST_F(AccountTest, OneReceiptOfTwoShipmentsTakesBoth) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 20)});
    ship(2, 1, 1, 2, 10);
    ship(3, 1, 1, 2, 10);
    receive(4, 1, 1, 2, 19);
    const Answer answer = ask_for(about(1, Direction::kForward));
    EXPECT_TRUE(answer.open_ends.empty()) << "nothing is on the way";
    EXPECT_EQ(answer.total[0].in_transit, 0);
    EXPECT_EQ(answer.total[0].on_hand, 19 * kKilogram);
    EXPECT_EQ(answer.total[0].unexplained, 1 * kKilogram);
}

TEST_F(AccountTest, EachReceiptTakesAShipmentOfItsOwn) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 20)});
    for (const std::int64_t when : {2, 3}) {
        Fact leaving = amount(FactKind::kDepart, 1, 1, 10);  // to nobody in particular
        tell(when, {leaving});
    }
    receive(4, 1, 1, 2, 10);
    receive(5, 1, 1, 3, 10);
    const Answer answer = ask_for(about(1, Direction::kForward));
    EXPECT_TRUE(answer.open_ends.empty());
    EXPECT_EQ(answer.forward->moves.size(), 2U);
    EXPECT_EQ(answer.total[0].unexplained, 0);
}

TEST_F(AccountTest, AShipmentBesidesTheReceiptIsStillOnItsWay) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 20)});
    ship(2, 1, 1, 2, 10);
    ship(3, 1, 1, 2, 10);
    receive(4, 1, 1, 2, 11);
    const Answer answer = ask_for(about(1, Direction::kForward));
    ASSERT_EQ(answer.open_ends.size(), 1U);
    EXPECT_EQ(answer.open_ends[0].kind, OpenEndKind::kInTransit);
    EXPECT_EQ(answer.total[0].in_transit, 10 * kKilogram);
}

TEST_F(AccountTest, UnitsAreNeverAddedToEachOther) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    Fact boxes = amount(FactKind::kCreate, 1, 1, 7);
    boxes.unit = graph::UnitId(2);
    tell(2, {boxes});
    const Stock stock = stock_at("1@1");
    ASSERT_EQ(stock.balances.size(), 2U);
    EXPECT_EQ(stock.balances[0].on_hand, 100 * kKilogram);
    EXPECT_EQ(stock.balances[1].on_hand, 7 * kKilogram);
}

TEST_F(AccountTest, WithoutAQuantityNothingIsClaimed) {
    tell(1, {fact(FactKind::kCreate, 1, 1)});
    const Stock stock = stock_at("1@1");
    EXPECT_EQ(stock.status, StockStatus::kUnknown);
    EXPECT_TRUE(stock.balances.empty());
}

TEST_F(AccountTest, WhatIsAllGoneIsClosed) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 10)});
    tell(2, {ending(SinkKind::kSold, 1, 1, 10)});
    EXPECT_EQ(stock_at("1@1").status, StockStatus::kClosed);
}

TEST_F(AccountTest, AMoveAfterABlockIsAViolationAndIsTraced) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 10)});
    const std::uint64_t block = tell(2, {fact(FactKind::kBlock, 1, 1)});
    ship(3, 1, 1, 2, 4);
    receive(4, 1, 1, 2, 4);
    const Answer answer = ask_for(about(1, Direction::kForward));
    EXPECT_TRUE(positions(*answer.forward).contains("1@2"));
    EXPECT_TRUE(at(*answer.forward, "1@1").stock.is_blocked);
    ASSERT_EQ(answer.violations.size(), 1U);
    EXPECT_EQ(answer.violations[0].block_event + 1, block);
}

TEST_F(AccountTest, AStatedMoveOutOfABlockedPlaceIsAViolation) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 10)});
    const std::uint64_t block = tell(2, {fact(FactKind::kBlock, 1, 1)});
    receive(3, 1, 1, 2, 4);
    buy(4, 1, 1, 3, 4);
    Fact back = amount(FactKind::kArrive, 1, 9, 1);
    back.peer_owner = graph::OperatorId(1);
    back.peer_site = graph::SiteId(1);
    back.is_return = true;
    tell(5, {back});
    const Answer answer = ask_for(about(1, Direction::kForward));
    ASSERT_EQ(answer.violations.size(), 2U);
    EXPECT_EQ(answer.violations[0].position.site.value(), 0U) << "it may have left the blocked one";
    EXPECT_TRUE(answer.violations[0].is_possible);
    EXPECT_EQ(answer.violations[1].position.site.value(), 1U);
    EXPECT_FALSE(answer.violations[1].is_possible);
    for (const Violation& violation : answer.violations) {
        EXPECT_EQ(violation.block_event + 1, block);
    }
}

TEST_F(AccountTest, ACountAtTheOwnersOnlyNamedSiteSettlesWhatLeftFromNone) {
    receive(1, 1, 9, 1, 50);
    buy(2, 1, 1, 2, 20);
    tell(3, {amount(FactKind::kCount, 1, 1, 30)});
    const Answer answer = ask_for(about(1, Direction::kForward));
    ASSERT_EQ(answer.total.size(), 1U);
    EXPECT_EQ(answer.total[0].on_hand, 50 * kKilogram);
    EXPECT_EQ(answer.total[0].unexplained, 0);
}

TEST_F(AccountTest, ReturnedGoodsMayLeaveDespiteTheBlockAndReleasedGoodsAreFree) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 10)});
    tell(2, {fact(FactKind::kBlock, 1, 1)});
    Fact back = amount(FactKind::kDepart, 1, 1, 2);
    back.peer_owner = graph::OperatorId(9);
    back.peer_site = graph::SiteId(9);
    back.is_return = true;
    tell(3, {back});
    tell(4, {fact(FactKind::kRelease, 1, 1)});
    ship(5, 1, 1, 2, 4);
    const Answer answer = ask_for(about(1, Direction::kForward));
    EXPECT_TRUE(answer.violations.empty());
    EXPECT_FALSE(at(*answer.forward, "1@1").stock.is_blocked);
}

TEST_F(AccountTest, WhatWasCleanedOutIsNotCertainAfterwards) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 10)});
    tell(2, {fact(FactKind::kCleanBreak, 1, 1)});
    ship(3, 1, 1, 2, 4);
    receive(4, 1, 1, 2, 4);
    Question farm = about(1, Direction::kForward);
    std::get<ItemSeed>(farm.seed).owner = graph::OperatorId(1);
    EXPECT_EQ(positions(*ask_for(farm).forward), (Reached{"1@1", "(1@2)"}))
        << "what the seed was is gone by then; others of the lot may have come";
}

TEST_F(AccountTest, TheStockLedgerReadsTheSameBooks) {
    tell(1, {amount(FactKind::kCreate, 1, 1, 100)});
    ship(2, 1, 1, 2, 40);
    receive(3, 1, 1, 2, 40);
    const Answer answer = ask_for(about(1, Direction::kForward));
    const auto books = stock_of(graph_, graph_.snapshot(), graph::ItemId(1), model::kEndOfTime);
    ASSERT_EQ(books.size(), 2U);
    for (const ItemStock& line : books) {
        EXPECT_EQ(line.stock, at(*answer.forward, name_of(line.position)).stock);
    }
    const auto before = stock_of(graph_, graph_.snapshot(), graph::ItemId(1), hour(1'001));
    ASSERT_EQ(before.size(), 1U);
    EXPECT_EQ(before[0].stock.balances.at(0).on_hand, 100 * kKilogram);
}

}  // namespace
}  // namespace suyuan::trace
