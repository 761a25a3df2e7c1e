// SPDX-License-Identifier: Apache-2.0
//
// Goal: the registry, the dictionaries, the stock ledger, jobs and people do what store.h says.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/event.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/store.h"
#include "store/store_contract_fixture.h"

namespace suyuan::store {
namespace {

TEST_P(StoreContract, TheRegistryGivesBackWhatWasPutLast) {
    model::RegistryRows rows;
    rows.operators = {{company(1), "旧名", "110000", "producer"}};
    model::Site site;
    site.code = place(1);
    site.name = "一号库";
    site.operator_code = company(1);
    site.region = "110105";
    site.address = "某街1号";
    site.latitude = "39.9";
    site.longitude = "116.4";
    rows.sites = {site};
    rows.products = {{std::string(kGtin), "黄瓜", "", "", "", ""}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    rows.operators[0].name = "新名";
    rows.operators[0].kind = "importer";
    rows.products[0].name = "小黄瓜";
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    reopen();

    const auto found_operator = store().find_operator(context_, scope_, company(1));
    ASSERT_TRUE(found_operator && *found_operator);
    EXPECT_EQ((*found_operator)->code, company(1));
    EXPECT_EQ((*found_operator)->name, "新名");
    EXPECT_EQ((*found_operator)->region, "110000");
    EXPECT_EQ((*found_operator)->kind, "importer");
    const auto found_site = store().find_site(context_, scope_, place(1));
    ASSERT_TRUE(found_site && *found_site);
    EXPECT_EQ((*found_site)->code, site.code);
    EXPECT_EQ((*found_site)->name, site.name);
    EXPECT_EQ((*found_site)->operator_code, site.operator_code);
    EXPECT_EQ((*found_site)->region, site.region);
    EXPECT_EQ((*found_site)->address, site.address);
    EXPECT_EQ((*found_site)->latitude, site.latitude);
    EXPECT_EQ((*found_site)->longitude, site.longitude);
    const auto found_product = store().find_product(context_, scope_, kGtin);
    ASSERT_TRUE(found_product && *found_product);
    EXPECT_EQ((*found_product)->name, "小黄瓜");

    EXPECT_FALSE(*store().find_operator(context_, scope_, company(2)));
    EXPECT_FALSE(*store().find_site(context_, scope_, place(2)));
    EXPECT_FALSE(*store().find_product(context_, scope_, "00000000000000"));
    EXPECT_TRUE(findings().empty());
}

// A header that names a site in passing takes nothing away from it.
TEST_P(StoreContract, WhatARowDoesNotSayStays) {
    model::RegistryRows rows = {};
    rows.operators = {{company(1), "甲", "110000", "producer"}};
    rows.sites = {{place(1), "一号库", company(1), "110105", "某街1号", "39.9", "116.4", "500 t"}};
    rows.products = {{std::string(kGtin), "黄瓜", company(1), "蔬菜", "KGM", "7"}};
    rows.papers = {{paper(1), "quarantine", company(1), company(2), "", ""}};
    rows.vehicles = {{"京A12345", company(1)}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    rows = {};
    rows.operators = {{company(1), "甲（新）", "", ""}};
    rows.sites = {{place(1), "", "", "", "", "", "", ""}};
    rows.products = {{std::string(kGtin), "小黄瓜", "", "", "", ""}};
    rows.papers = {{paper(1), "", "", "", "", "2026-12-31"}};
    rows.vehicles = {{"京A12345", ""}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    reopen();

    const auto party = store().find_operator(context_, scope_, company(1));
    ASSERT_TRUE(party && *party);
    EXPECT_EQ((*party)->name, "甲（新）");
    EXPECT_EQ((*party)->region, "110000");
    EXPECT_EQ((*party)->kind, "producer");
    const auto site = store().find_site(context_, scope_, place(1));
    ASSERT_TRUE(site && *site);
    EXPECT_EQ((*site)->name, "一号库");
    EXPECT_EQ((*site)->operator_code, company(1));
    EXPECT_EQ((*site)->region, "110105");
    EXPECT_EQ((*site)->address + (*site)->latitude + (*site)->longitude, "某街1号39.9116.4");
    EXPECT_EQ((*site)->capacity, "500 t");
    const auto product = store().find_product(context_, scope_, kGtin);
    ASSERT_TRUE(product && *product);
    EXPECT_EQ((*product)->name + (*product)->producer, "小黄瓜" + company(1));
    EXPECT_EQ((*product)->category + (*product)->unit, "蔬菜KGM");
    EXPECT_EQ((*product)->shelf_life_days, "7");
    const auto quarantine = store().find_paper(context_, scope_, paper(1), "2026-06-01");
    ASSERT_TRUE(quarantine && *quarantine);
    EXPECT_EQ((*quarantine)->kind, "quarantine");
    EXPECT_EQ((*quarantine)->issuer + (*quarantine)->holder, company(1) + company(2));
    EXPECT_EQ((*quarantine)->valid_to, "2026-12-31");
    const auto vehicle = store().find_vehicle(context_, scope_, "京A12345");
    ASSERT_TRUE(vehicle && *vehicle);
    EXPECT_EQ((*vehicle)->operator_code, company(1));
}

TEST_P(StoreContract, NamedIsNotRegistered) {
    commit_one(record_of(shipping(event_id(1), 1)));
    EXPECT_TRUE(*store().find_name(context_, scope_, NameKind::kSite, place(1)));
    EXPECT_FALSE(*store().find_site(context_, scope_, place(1)));
}

TEST_P(StoreContract, RegionsAreThoseOfTheDay) {
    model::RegistryRows rows;
    rows.regions = {
        {"110000", "北京市", "", "", ""},
        {"110101", "东城区", "110000", "", ""},
        {"110103", "崇文区", "110000", "", "2010-06-30"},
        {"110105", "朝阳区", "110000", "", "2019-12-31"},
        {"110105", "朝阳区（新）", "110000", "2020-01-01", ""},
    };
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    const auto names_at = [&](std::string_view code, std::string_view day) {
        std::vector<std::string> names;
        const auto regions = store().find_regions(context_, scope_, code, day);
        EXPECT_TRUE(regions);
        for (const model::Region& region : *regions) {
            names.push_back(region.name);
        }
        return names;
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(names_at("110000", "2010-06-30"), (Names{"北京市", "东城区", "崇文区", "朝阳区"}));
    EXPECT_EQ(names_at("110000", "2010-07-01"), (Names{"北京市", "东城区", "朝阳区"}));
    EXPECT_EQ(names_at("110000", ""), (Names{"北京市", "东城区", "朝阳区（新）"}));
    EXPECT_EQ(names_at("110105", "2019-12-31"), (Names{"朝阳区"}));
    EXPECT_EQ(names_at("110105", "2020-01-01"), (Names{"朝阳区（新）"}));
    EXPECT_EQ(names_at("", "2020-01-01"), (Names{"北京市"}));
    EXPECT_EQ(names_at("999999", ""), (Names{}));
    const auto refused = store().find_regions(context_, scope_, "110000", "yesterday");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kInvalidArgument);

    rows.regions = {{"110101", "东城区", "110000", "", "2021-01-01"}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    EXPECT_EQ(names_at("110000", "2022-01-01"), (Names{"北京市", "朝阳区（新）"}));
}

TEST_P(StoreContract, AllRowsOfOneCallOrNone) {
    const policy::RequestContext cancelled(policy::local_principal());
    cancelled.cancel();
    model::RegistryRows rows;
    rows.operators = {{company(1), "名", "", ""}};
    EXPECT_FALSE(store().put_registry(cancelled, scope_, rows));
    EXPECT_FALSE(*store().find_operator(context_, scope_, company(1)));
    EXPECT_FALSE(*store().find_name(context_, scope_, NameKind::kOperator, company(1)));
}

TEST_P(StoreContract, NumbersAndNamesGoBothWays) {
    model::RegistryRows rows;
    rows.operators = {{company(1), "黄瓜批发行", "410105", ""}};
    rows.products = {{std::string(kGtin), "黄瓜", "", "", "", ""}};
    rows.aliases = {{"外-1", lot(1)}, {"外-9", lot(9)}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    model::Event event = shipping(event_id(1), 1);
    event.sources = {{"owning_party", company(1)}};
    event.items.push_back(one(model::ItemRole::kObject, thing(1)));
    event.items.push_back(amount(model::ItemRole::kObject, "外部批次"));
    commit_one(record_of(event));

    const auto item = store().find_item(context_, scope_, lot(1));
    ASSERT_TRUE(item && *item);
    EXPECT_EQ(**store().find_item(context_, scope_, "外-1"), **item);
    EXPECT_FALSE(*store().find_item(context_, scope_, "外-9"));
    EXPECT_FALSE(*store().find_item(context_, scope_, lot(2)));
    const auto foreign = store().find_item(context_, scope_, "外部批次");
    ASSERT_TRUE(foreign && *foreign);

    const std::array items = {**foreign, **item};
    const auto names = store().item_names(context_, scope_, items);
    ASSERT_TRUE(names);
    EXPECT_EQ((*names)[0].item, items[0]);
    EXPECT_EQ((*names)[0].code.uri, "外部批次");
    EXPECT_EQ((*names)[0].code.kind, model::CodeKind::kLot);
    EXPECT_EQ((*names)[0].product_name, "");
    EXPECT_EQ((*names)[1].code.uri, lot(1));
    EXPECT_EQ((*names)[1].code.kind, model::CodeKind::kLot);
    EXPECT_EQ((*names)[1].code.gtin, kGtin);
    EXPECT_EQ((*names)[1].code.lot, "L1");
    EXPECT_EQ((*names)[1].product_name, "黄瓜");

    const auto of_gtin = store().find_items_of_gtin(context_, scope_, kGtin);
    ASSERT_TRUE(of_gtin);
    EXPECT_EQ(of_gtin->size(), 2U);
    EXPECT_TRUE(store().find_items_of_gtin(context_, scope_, "")->empty());

    const auto owner = store().find_name(context_, scope_, NameKind::kOperator, company(1));
    ASSERT_TRUE(owner && *owner);
    const std::array ids = {**owner};
    const auto owner_names = store().names(context_, scope_, NameKind::kOperator, ids);
    ASSERT_TRUE(owner_names);
    EXPECT_EQ((*owner_names)[0].id, **owner);
    EXPECT_EQ((*owner_names)[0].code, company(1));
    EXPECT_EQ((*owner_names)[0].name, "黄瓜批发行");
    EXPECT_EQ((*owner_names)[0].region, "410105");
    const auto unit = store().find_name(context_, scope_, NameKind::kUnit, "KGM");
    ASSERT_TRUE(unit && *unit);
    EXPECT_EQ(**unit, 1U);
    const std::array unknown = {std::uint32_t{999}};
    EXPECT_FALSE(store().names(context_, scope_, NameKind::kSite, unknown));
}

StockRow stock_row(std::uint32_t item, std::uint32_t owner, std::uint32_t site, int amount) {
    StockRow row;
    row.item = graph::ItemId(item);
    row.owner = graph::OperatorId(owner);
    row.site = graph::SiteId(site);
    row.disposition = amount < 0 ? "blocked" : "available";
    row.millionths = amount;
    return row;
}

TEST_P(StoreContract, TheStockLedgerIsReplacedItemByItem) {
    const std::vector<StockRow> rows = {
        stock_row(1, 1, 1, 10), stock_row(1, 1, 1, -3), stock_row(1, 2, 0, 5), stock_row(2, 1, 2, 7)
    };
    const std::array both = {graph::ItemId(1), graph::ItemId(2)};
    ASSERT_TRUE(store().replace_stock(context_, scope_, both, rows, 4));
    const auto page = store().find_stock(context_, scope_, {});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->rows, rows);
    EXPECT_EQ(page->covered_log_index, 4U);

    const std::array first = {graph::ItemId(1)};
    const std::vector<StockRow> less = {stock_row(1, 2, 0, 6)};
    ASSERT_TRUE(store().replace_stock(context_, scope_, first, less, 5));
    reopen();
    const auto replaced = store().find_stock(context_, scope_, {});
    ASSERT_TRUE(replaced);
    EXPECT_EQ(replaced->rows, (std::vector<StockRow>{less[0], rows[3]}));
    EXPECT_EQ(replaced->covered_log_index, 5U);

    // A row of an item that is not replaced, and a disposition that the ledger does not know.
    EXPECT_FALSE(store().replace_stock(context_, scope_, first, {{stock_row(2, 1, 1, 1)}}, 6));
    StockRow odd = stock_row(1, 1, 1, 1);
    odd.disposition = "lost";
    EXPECT_FALSE(store().replace_stock(context_, scope_, first, {{odd}}, 6));
    EXPECT_EQ(store().find_stock(context_, scope_, {})->rows, replaced->rows);
}

TEST_P(StoreContract, StockIsFilteredAndPaged) {
    std::vector<StockRow> rows;
    std::vector<graph::ItemId> items;
    for (std::uint32_t item = 1; item <= 10; ++item) {
        items.emplace_back(item);
        for (std::uint32_t owner = 1; owner <= 3; ++owner) {
            rows.push_back(stock_row(item, owner, item % 2, 10));
            rows.push_back(stock_row(item, owner, item % 2, -10));
        }
    }
    ASSERT_TRUE(store().replace_stock(context_, scope_, items, rows, 1));
    const auto read = [&](StockFilter filter) {
        std::vector<StockRow> all;
        do {
            const auto page = store().find_stock(context_, scope_, filter);
            EXPECT_TRUE(page);
            EXPECT_LE(page->rows.size(), filter.rows_max);
            all.insert(all.end(), page->rows.begin(), page->rows.end());
            filter.after = page->next;
        } while (!filter.after.empty());
        return all;
    };
    StockFilter filter;
    filter.rows_max = 7;
    EXPECT_EQ(read(filter), rows);
    for (int choice = 1; choice < 8; ++choice) {
        StockFilter some;
        some.rows_max = 4;
        some.item = (choice & 1) != 0 ? std::optional(graph::ItemId(3)) : std::nullopt;
        some.owner = (choice & 2) != 0 ? std::optional(graph::OperatorId(2)) : std::nullopt;
        some.site = (choice & 4) != 0 ? std::optional(graph::SiteId(1)) : std::nullopt;
        std::vector<StockRow> expected;
        for (const StockRow& row : rows) {
            if ((!some.item || row.item == *some.item) &&
                (!some.owner || row.owner == *some.owner) &&
                (!some.site || row.site == *some.site)) {
                expected.push_back(row);
            }
        }
        EXPECT_EQ(read(some), expected) << choice;
    }
    const auto page = store().find_stock(context_, scope_, filter);
    ASSERT_TRUE(page);
    filter.after = page->next;
    filter.item = graph::ItemId(1);
    const auto refused = store().find_stock(context_, scope_, filter);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kInvalidArgument);
}

TEST_P(StoreContract, JobsComeBackAsTheyWerePutLast) {
    CaptureJob job;
    job.id = "job-1";
    job.created_at = kStart;
    job.event_count = 7;
    job.errors = "[]";
    ASSERT_TRUE(store().put_job(context_, scope_, job));
    job.state = JobState::kFailed;
    job.is_rollback = false;
    job.finished_at = kStart + kMinute;
    job.stored_count = 3;
    job.errors = R"([{"pointer":"/x"}])";
    ASSERT_TRUE(store().put_job(context_, scope_, job));
    reopen();
    const auto found = store().find_job(context_, scope_, "job-1");
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->id, job.id);
    EXPECT_EQ((*found)->state, job.state);
    EXPECT_EQ((*found)->is_rollback, job.is_rollback);
    EXPECT_EQ((*found)->created_at, job.created_at);
    EXPECT_EQ((*found)->finished_at, job.finished_at);
    EXPECT_EQ((*found)->event_count, job.event_count);
    EXPECT_EQ((*found)->stored_count, job.stored_count);
    EXPECT_EQ((*found)->errors, job.errors);
    EXPECT_FALSE(*store().find_job(context_, scope_, "job-2"));
}

TEST_P(StoreContract, ErasingAPersonTakesTheValuesAndLeavesTheProof) {
    model::Event event = shipping(event_id(1), 1);
    event.people = {"person-1", "person-2"};
    const Receipt first = commit_one(record_of(event));
    event.event_id = event_id(2);
    event.event_time += 1;
    const Receipt second = commit_one(record_of(event));
    ASSERT_EQ(event_of(first.record).people.size(), 2U);
    EXPECT_EQ(event_of(first.record).people[0].person, "person-1");
    EXPECT_EQ(event_of(first.record).people[0].values, R"({"phone":"canary-person-1"})");

    const auto erased = store().erase_person(context_, scope_, "person-1");
    ASSERT_TRUE(erased) << erased.error().message();
    EXPECT_EQ(*erased, 2U);
    for (const Receipt& receipt : {first, second}) {
        const StoredEvent stored = event_of(receipt.record);
        ASSERT_EQ(stored.people.size(), 1U);
        EXPECT_EQ(stored.people[0].person, "person-2");
    }
    EXPECT_TRUE(findings().empty());
    EXPECT_EQ(*store().erase_person(context_, scope_, "person-1"), 0U);
    EXPECT_EQ(*store().erase_person(context_, scope_, "nobody"), 0U);
    // The id is still known, and the event the same event.
    EXPECT_TRUE(*store().find_name(context_, scope_, NameKind::kPerson, "person-1"));
    EXPECT_EQ(commit_one(record_of(event)).outcome, CommitOutcome::kDuplicate);
}

TEST_P(StoreContract, CountsTellWhatIsThere) {
    model::Event event = shipping(event_id(1), 1);
    event.papers = {{"po", paper(1)}};
    commit_one(record_of(event));
    const StoreCounts counted = counts();
    EXPECT_EQ(counted.events, 1U);
    EXPECT_EQ(counted.log_index, 1U);
    EXPECT_EQ(counted.record_time, clock_.now_us());
    EXPECT_EQ(counted.items, 1U);
    EXPECT_EQ(counted.sites, 1U);
    EXPECT_EQ(counted.operators, 2U);  // the submitter and the stub of the site
    EXPECT_EQ(counted.papers, 1U);
    EXPECT_GT(counted.bytes, 0U);
}

}  // namespace
}  // namespace suyuan::store
