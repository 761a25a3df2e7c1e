// SPDX-License-Identifier: Apache-2.0

#include "service/stock_ledger.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/fact.h"
#include "io/randomness.h"
#include "model/code.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/epcis_text.h"
#include "service/forwarding_store.h"
#include "service/intake.h"
#include "service/service_fixture.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

// Fails from the n-th write of the ledger on.
class FullDisk final : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;

    Status replace_stock(
        const Context& context,
        const Scope& scope,
        std::span<const graph::ItemId> items,
        std::span<const store::StockRow> rows,
        std::uint64_t covered_log_index
    ) override {
        if (writes_left == 0) {
            return fail(ErrorCode::kUnavailable, "the disk is full");
        }
        --writes_left;
        return ForwardingStore::replace_stock(context, scope, items, rows, covered_log_index);
    }

    int writes_left = 1'000'000;
};

EventText made(int number, const std::string& epc_class, int kilos, int where) {
    return {
        .id = event_id(number),
        .minute = number,
        .action = "ADD",
        .step = "commissioning",
        .members = {kilograms(epc_class, kilos), at(site(where))}
    };
}

EventText born(int number, const std::string& epc, int where) {
    return {
        .id = event_id(number),
        .minute = number,
        .action = "ADD",
        .step = "commissioning",
        .members = {things({epc}), at(site(where))}
    };
}

EventText aggregated(
    int number,
    std::string_view action,
    const std::string& child,
    const std::string& parent,
    int where
) {
    return {
        .id = event_id(number),
        .minute = number,
        .type = "AggregationEvent",
        .action = std::string(action),
        .step = "",
        .members =
            {format(R"("parentID":"{}")", parent),
             format(R"("childEPCs":["{}"])", child),
             at(site(where))}
    };
}

EventText moved(int number, std::string_view step, const std::string& what, int from, int to) {
    const bool leaves = step == "shipping";
    return {
        .id = event_id(number),
        .minute = number,
        .step = std::string(step),
        .members =
            {what,
             at(site(leaves ? from : to)),
             format(R"("sourceList":[{{"type":"location","source":"{}"}}])", site(from)),
             format(R"("destinationList":[{{"type":"location","destination":"{}"}}])", site(to))}
    };
}

class StockLedgerTest : public ServiceTest {
protected:
    std::vector<store::StockRow> ledger() {
        std::vector<store::StockRow> rows;
        store::StockFilter filter;
        filter.rows_max = 7;
        do {
            auto page = store_->find_stock(context_, scope_, filter);
            EXPECT_TRUE(page) << page.error().message();
            if (!page) {
                break;
            }
            std::ranges::move(page->rows, std::back_inserter(rows));
            filter.after = page->next;
        } while (!filter.after.empty());
        return rows;
    }

    // Millionths of an item by site code.
    std::map<std::string, std::int64_t> amounts(const std::string& code) {
        std::map<std::string, std::int64_t> found;
        const graph::ItemId wanted = item(code);
        for (const store::StockRow& row : ledger()) {
            if (row.item == wanted) {
                const std::uint32_t where = row.site.value();
                const auto names =
                    store_->names(context_, scope_, store::NameKind::kSite, std::span(&where, 1));
                EXPECT_TRUE(names);
                found[names->front().code + " " + row.disposition] += row.millionths;
            }
        }
        return found;
    }

    std::uint64_t catch_up() {
        const auto written = recorder().stock.catch_up(context_, scope_);
        EXPECT_TRUE(written) << written.error().message();
        return written.value_or(0);
    }

    void expect_no_difference() {
        const auto differences = recorder().stock.compare(context_, scope_, 10);
        ASSERT_TRUE(differences) << differences.error().message();
        EXPECT_TRUE(differences->empty());
    }

    static std::string where(int number, std::string_view disposition = "available") {
        return format("{} {}", model::canonical_uri(site(number)), disposition);
    }
};

TEST_F(StockLedgerTest, SaysWhatIsWhere) {
    capture(document({
        to_text(made(1, lot(1), 100, 1)),
        to_text(moved(2, "shipping", kilograms(lot(1), 40), 1, 2)),
        to_text(moved(3, "receiving", kilograms(lot(1), 40), 1, 2)),
    }));
    EXPECT_EQ(recorder().stock.covered_log_index(), 0U);
    EXPECT_EQ(catch_up(), 1U);
    EXPECT_EQ(recorder().stock.covered_log_index(), 3U);
    using Amounts = std::map<std::string, std::int64_t>;
    EXPECT_EQ(amounts(lot(1)), (Amounts{{where(1), 60'000'000}, {where(2), 40'000'000}}));

    EventText hold = moved(4, "holding", kilograms(lot(1), 40), 2, 2);
    hold.members = {kilograms(lot(1), 40), at(site(2)), R"("disposition":"recalled")"};
    capture(document({to_text(hold)}));
    catch_up();
    EXPECT_EQ(
        amounts(lot(1)), (Amounts{{where(1), 60'000'000}, {where(2, "blocked"), 40'000'000}})
    );
    EXPECT_EQ(catch_up(), 0U);
}

TEST_F(StockLedgerTest, ContentsMoveWithTheirContainer) {
    capture(document({
        to_text(born(1, thing(1), 1)),
        to_text(aggregated(2, "ADD", thing(1), pallet(1), 1)),
        to_text(aggregated(3, "ADD", pallet(1), pallet(2), 1)),
    }));
    catch_up();
    using Amounts = std::map<std::string, std::int64_t>;
    EXPECT_EQ(amounts(thing(1)), (Amounts{{where(1), 1'000'000}}));

    // The events name the outer pallet alone.
    capture(document({
        to_text(moved(4, "shipping", things({pallet(2)}), 1, 2)),
        to_text(moved(5, "receiving", things({pallet(2)}), 1, 2)),
    }));
    EXPECT_EQ(catch_up(), 3U);
    EXPECT_EQ(amounts(thing(1)), (Amounts{{where(2), 1'000'000}}));
    expect_no_difference();

    std::set<graph::ItemId> contents = {item(pallet(2))};
    add_contents(recorder().graph, recorder().graph.snapshot(), contents);
    EXPECT_EQ(contents, (std::set{item(pallet(2)), item(pallet(1)), item(thing(1))}));
}

TEST_F(StockLedgerTest, ContainersInACircleEnd) {
    capture(document({
        to_text(aggregated(1, "ADD", pallet(1), pallet(2), 1)),
        to_text(aggregated(2, "ADD", pallet(2), pallet(1), 1)),
    }));
    std::set<graph::ItemId> contents = {item(pallet(1))};
    add_contents(recorder().graph, recorder().graph.snapshot(), contents);
    EXPECT_EQ(contents.size(), 2U);
    EXPECT_EQ(catch_up(), 2U);
}

TEST_F(StockLedgerTest, ADeclarationTakesStockBack) {
    capture(document({to_text(made(1, lot(1), 100, 1))}));
    catch_up();
    EXPECT_FALSE(amounts(lot(1)).empty());
    EventText declaration = made(1, lot(1), 100, 1);
    declaration.members.emplace_back(
        R"("errorDeclaration":{"declarationTime":"2026-01-06T00:00:00Z"})"
    );
    capture(document({to_text(declaration)}));
    catch_up();
    EXPECT_TRUE(amounts(lot(1)).empty());
    expect_no_difference();
}

TEST_F(StockLedgerTest, ARestartGoesOnWhereTheLedgerStopped) {
    capture(document({to_text(made(1, lot(1), 100, 1))}));
    catch_up();
    capture(document({to_text(made(2, lot(2), 50, 1))}));
    open();
    EXPECT_EQ(recorder().stock.covered_log_index(), 1U);
    EXPECT_EQ(catch_up(), 1U);  // lot 2 alone
    EXPECT_EQ(recorder().stock.covered_log_index(), 2U);
    open();
    EXPECT_EQ(catch_up(), 0U);
    EXPECT_EQ(ledger().size(), 2U);
}

TEST_F(StockLedgerTest, WhatCouldNotBeWrittenIsWrittenNextTime) {
    FullDisk full(*store_);
    Recorder late(full, clock_);
    std::vector<std::string> events;
    for (int number = 1; number <= 1'200; ++number) {  // three pieces
        events.push_back(to_text(made(number, lot(number), 10, 1)));
    }
    ASSERT_TRUE(late.intake.capture(context_, scope_, document(events), {}));
    full.writes_left = 1;
    const auto failed = late.stock.catch_up(context_, scope_);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code(), ErrorCode::kUnavailable);
    EXPECT_EQ(late.stock.covered_log_index(), 0U);
    EXPECT_EQ(store_->find_stock(context_, scope_, {}).value().covered_log_index, 0U);

    full.writes_left = 3;
    std::vector<std::uint64_t> told;
    const auto written = late.stock.catch_up(
        context_, scope_, [&](std::uint64_t done, std::uint64_t) { told.push_back(done); }
    );
    ASSERT_TRUE(written) << written.error().message();
    EXPECT_EQ(*written, 1'200U);
    EXPECT_EQ(told, (std::vector<std::uint64_t>{500, 1'000, 1'200}));
    EXPECT_EQ(ledger().size(), 1'200U);
    EXPECT_EQ(store_->find_stock(context_, scope_, {}).value().covered_log_index, 1'200U);
}

TEST_F(StockLedgerTest, ACancelledPassLosesNothing) {
    capture(document({to_text(made(1, lot(1), 100, 1))}));
    const policy::RequestContext cancelled(policy::local_principal());
    cancelled.cancel();
    const auto stopped = recorder().stock.catch_up(cancelled, scope_);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code(), ErrorCode::kCancelled);
    EXPECT_EQ(catch_up(), 1U);
}

TEST_F(StockLedgerTest, ComparisonFindsWhatSomebodyChangedAndARebuildMendsIt) {
    capture(document({
        to_text(made(1, lot(1), 100, 1)),
        to_text(made(2, lot(2), 50, 1)),
        to_text(made(3, lot(3), 20, 1)),
    }));
    catch_up();
    std::vector<store::StockRow> rows = ledger();
    ASSERT_EQ(rows.size(), 3U);
    const std::vector<store::StockRow> right = rows;
    // One amount changed, one row lost, one row of nothing.
    rows[0].millionths += 1;
    rows[1] = rows[0];
    rows[1].item = graph::ItemId(999);
    const std::vector<graph::ItemId> items = {right[0].item, right[1].item, graph::ItemId(999)};
    ASSERT_TRUE(store_->replace_stock(context_, scope_, items, std::span(rows).first(2), 3));

    const auto differences = recorder().stock.compare(context_, scope_, 10);
    ASSERT_TRUE(differences);
    ASSERT_EQ(differences->size(), 3U);
    EXPECT_EQ((*differences)[0].item, right[0].item);
    EXPECT_EQ((*differences)[0].computed, std::vector{right[0]});
    EXPECT_EQ((*differences)[0].in_ledger, std::vector{rows[0]});
    EXPECT_EQ((*differences)[1].item, right[1].item);
    EXPECT_TRUE((*differences)[1].in_ledger.empty());
    EXPECT_EQ((*differences)[2].item, graph::ItemId(999));
    EXPECT_TRUE((*differences)[2].computed.empty());
    EXPECT_EQ(recorder().stock.compare(context_, scope_, 1).value().size(), 1U);

    ASSERT_TRUE(recorder().stock.rebuild(context_, scope_));
    EXPECT_EQ(ledger(), right);
    expect_no_difference();
}

TEST_F(StockLedgerTest, ALedgerAheadOfTheLogIsCorruption) {
    capture(document({to_text(made(1, lot(1), 100, 1))}));
    ASSERT_TRUE(store_->replace_stock(context_, scope_, {}, {}, 7));
    const Status opened = recorder().stock.open(context_, scope_);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code(), ErrorCode::kCorruption);
}

// A random sequence of commits, with passes of the ledger at random moments. Goal: what the ledger
// holds at the end is what a rebuild writes. Method: few items, sites and containers, so that
// events meet.
class RandomCommits {
public:
    explicit RandomCommits(std::uint64_t seed) : random_(seed) {}

    std::string next_document() {
        std::vector<std::string> events;
        const auto count = 1 + random_.below(3);
        for (std::uint64_t i = 0; i < count; ++i) {
            events.push_back(to_text(next_event()));
        }
        return document(events);
    }

    bool coin(std::uint64_t sides) { return random_.below(sides) == 0; }

    std::array<int, 7> histogram{};

private:
    int pick(int count) {
        return 1 + static_cast<int>(random_.below(static_cast<std::uint64_t>(count)));
    }

    EventText remembered(EventText event) {
        past_.push_back(event);
        return event;
    }

    EventText next_event() {
        const int number = ++number_;
        const auto kind = random_.below(7);
        ++histogram.at(kind);
        EventText event = event_of(kind, number);
        // Reported late, or out of order.
        event.minute = static_cast<int>(random_.below(static_cast<std::uint64_t>(number) + 5));
        return kind == 6 ? event : remembered(std::move(event));
    }

    EventText event_of(std::uint64_t kind, int number) {
        const std::string what = coin(2)   ? kilograms(lot(pick(3)), 10 * pick(3))
                                 : coin(2) ? things({thing(pick(3))})
                                           : things({pallet(pick(3))});
        switch (kind) {
            case 0:
                return made(number, lot(pick(3)), 10 * pick(5), pick(3));
            case 1:
                return born(number, thing(pick(3)), pick(3));
            case 2:
                return moved(number, "shipping", what, pick(3), pick(3));
            case 3:
                return moved(number, "receiving", what, pick(3), pick(3));
            case 4:
            case 5:
                return aggregated(
                    number,
                    kind == 4 ? "ADD" : "DELETE",
                    coin(2) ? thing(pick(3)) : pallet(pick(3)),
                    pallet(pick(3)),
                    pick(3)
                );
            default:
                return declaration(number);
        }
    }

    EventText declaration(int number) {
        EventText event =
            past_.empty() ? made(number, lot(1), 10, 1) : past_[random_.below(past_.size())];
        event.members.emplace_back(
            R"("errorDeclaration":{"declarationTime":"2026-01-06T00:00:00Z"})"
        );
        return event;
    }

    io::SeededRandomness random_;
    int number_ = 0;
    std::vector<EventText> past_;
};

class RandomLedgerTest : public StockLedgerTest, public ::testing::WithParamInterface<int> {};

TEST_P(RandomLedgerTest, PassByPassIsTheSameAsAnew) {
    RandomCommits world(static_cast<std::uint64_t>(GetParam()));
    for (int i = 0; i < 30; ++i) {
        clock_.advance(model::kMicrosPerSecond);
        CaptureOptions options;
        options.behaviour = ErrorBehaviour::kProceed;  // a pallet in itself is refused
        capture(world.next_document(), options);
        if (world.coin(3)) {
            catch_up();
        }
        if (world.coin(10)) {
            open();
        }
    }
    catch_up();
    const std::vector<store::StockRow> pass_by_pass = ledger();
    expect_no_difference();
    ASSERT_TRUE(recorder().stock.rebuild(context_, scope_));
    EXPECT_EQ(pass_by_pass, ledger());
    EXPECT_FALSE(pass_by_pass.empty());
    EXPECT_TRUE(std::ranges::all_of(world.histogram, [](int count) { return count > 0; }));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomLedgerTest, ::testing::Range(1, 31));

}  // namespace
}  // namespace suyuan::service
