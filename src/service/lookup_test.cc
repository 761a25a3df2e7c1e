// SPDX-License-Identifier: Apache-2.0
//
// Goal: everything about one thing or place, page by page; what is not known is said to be.
// Method: the cucumber chain in a real store.

#include "service/lookup.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "model/registry.h"
#include "service/answering_fixture.h"
#include "service/epcis_text.h"
#include "service/lookup_json.h"
#include "service/named_answer.h"
#include "service/own_codes.h"
#include "service/service_fixture.h"
#include "store/search.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

class LookupTest : public AnsweringTest {
protected:
    void SetUp() override {
        AnsweringTest::SetUp();
        capture_cucumbers();
    }

    void catch_up() {
        for (int round = 0; round < 100; ++round) {
            const auto more = store_->maintain(context_, scope_);
            ASSERT_TRUE(more) << more.error().message();
            if (!*more) {
                break;
            }
        }
        const auto written = recorder().stock.catch_up(context_, scope_);
        ASSERT_TRUE(written) << written.error().message();
    }

    std::vector<std::string> names_found(
        std::string_view text, std::vector<store::SearchKind> kinds = {}
    ) {
        SearchRequest request;
        request.text = text;
        request.kinds = std::move(kinds);
        const auto page = lookup().search(context_, scope_, request);
        EXPECT_TRUE(page) << page.error().message();
        std::vector<std::string> names;
        if (page) {
            for (const store::SearchHit& hit : page->hits) {
                names.push_back(hit.name);
            }
        }
        return names;
    }

    template <typename Page>
    static void expect_refused(const Result<Page>& page, ErrorCode code) {
        ASSERT_FALSE(page.has_value());
        EXPECT_EQ(page.error().code(), code) << page.error().message();
    }
};

TEST_F(LookupTest, CucumberIsFoundInTheWholesalersName) {
    catch_up();
    const auto operators = names_found("黄瓜", {store::SearchKind::kOperator});
    ASSERT_EQ(operators.size(), 1U);
    EXPECT_EQ(operators.front(), "黄瓜批发行");
    EXPECT_EQ(names_found("瓜批", {store::SearchKind::kOperator}).size(), 1U);
    EXPECT_EQ(names_found("市场", {store::SearchKind::kSite}).size(), 2U);
    EXPECT_TRUE(names_found("西瓜").empty());
}

TEST_F(LookupTest, CodesAreFoundByTheirBeginning) {
    SearchRequest request;
    request.text = model::parse_code(lot(1)).gtin.substr(1);  // GTIN-13
    const auto page = lookup().search(context_, scope_, request);
    ASSERT_TRUE(page) << page.error().message();
    bool has_lot = false;
    for (const store::SearchHit& hit : page->hits) {
        has_lot = has_lot || hit.code == model::canonical_uri(lot(1));
    }
    EXPECT_TRUE(has_lot);
}

TEST_F(LookupTest, APlateIsFoundHoweverItIsWritten) {
    model::RegistryRows rows;
    rows.vehicles = {{"豫A12345", ""}};
    ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows));
    for (const std::string text :
         {"豫A12345", "豫a12345", "豫A·12345", "豫a 12345", "豫A·1 2345", "豫Ａ１２３４５", "豫a·12"
         }) {
        SearchRequest request;
        request.text = text;
        const auto page = lookup().search(context_, scope_, request);
        ASSERT_TRUE(page) << page.error().message();
        ASSERT_EQ(page->hits.size(), 1U) << text;
        EXPECT_EQ(page->hits[0].code, "豫A12345") << text;
    }
}

TEST_F(LookupTest, ALotWithoutGtinIsFoundUnderTheNameOfItsGoods) {
    const std::string code = lot_code({.producer = party(1), .goods = "黄瓜", .lot = "L-20260102"});
    capture_all({harvest_of(30, 0, kilograms(code, 4), 6)});
    SearchRequest request;
    request.text = code;
    const auto page = lookup().search(context_, scope_, request);
    ASSERT_TRUE(page) << page.error().message();
    ASSERT_EQ(page->hits.size(), 1U);
    EXPECT_EQ(page->hits.front().code, code);
    EXPECT_EQ(page->hits.front().name, "黄瓜");
}

TEST_F(LookupTest, SearchPagesAndRefuses) {
    catch_up();
    SearchRequest request;
    request.text = "市场";
    request.kinds = {store::SearchKind::kSite};
    request.hits_max = 1;
    const auto first = lookup().search(context_, scope_, request);
    ASSERT_TRUE(first) << first.error().message();
    ASSERT_EQ(first->hits.size(), 1U);
    ASSERT_FALSE(first->next.empty());
    request.cursor = first->next;
    const auto second = lookup().search(context_, scope_, request);
    ASSERT_TRUE(second) << second.error().message();
    ASSERT_EQ(second->hits.size(), 1U);
    EXPECT_NE(second->hits[0].code, first->hits[0].code);
    EXPECT_EQ(to_json(*first).find("hits")->items()[0].string_or("kind"), "site");

    request.hits_max = 0;
    expect_refused(lookup().search(context_, scope_, request), ErrorCode::kInvalidArgument);
    expect_refused(lookup().search(context_, scope_, {}), ErrorCode::kInvalidArgument);
}

TEST_F(LookupTest, APositionShowsItsStockAndItsFacts) {
    const auto answer = trace(ask_for("L1")).answer;
    const std::string key = key_of(*answer, PartKind::kForward, "L1", "城东市场");
    const auto page = lookup().position(context_, scope_, key, {});
    ASSERT_TRUE(page) << page.error().message();
    ASSERT_EQ(page->stock.balances.size(), 1U);
    EXPECT_EQ(page->stock.balances[0].on_hand, 30'000'000);
    ASSERT_EQ(page->facts.total, 3U);  // arrives, departs, goes in
    EXPECT_EQ(page->facts.facts[0].fact.kind, graph::FactKind::kArrive);
    const codec::Json json = to_json(*page);
    EXPECT_EQ(json.string_or("key"), key);
    EXPECT_EQ(json.string_or("status"), "on_hand");
    const codec::Json& depart = json.find("facts")->find("rows")->items()[1];
    EXPECT_EQ(depart.string_or("kind"), "depart");
    EXPECT_EQ(depart.find("quantity")->string_or("amount"), "20");
    EXPECT_EQ(depart.find("peer_site")->string_or("name"), "城东市场三号位");
    EXPECT_EQ(depart.find("event")->string_or("event_id"), event_id(4));
    EXPECT_TRUE(depart.find("sink")->is_null());
}

TEST_F(LookupTest, PositionsThatNobodyMadeAreNotFound) {
    expect_refused(lookup().position(context_, scope_, "1.999.999", {}), ErrorCode::kNotFound);
    expect_refused(lookup().position(context_, scope_, "4294967295.1.1", {}), ErrorCode::kNotFound);
    expect_refused(lookup().position(context_, scope_, "one", {}), ErrorCode::kInvalidArgument);
}

TEST_F(LookupTest, AnItemShowsWhereItIsAndPagesThroughItsFacts) {
    std::vector<std::string> kinds;
    PageRequest request{.size = 3, .cursor = ""};
    for (int pages = 0; pages < 10; ++pages) {
        const auto page = lookup().item(context_, scope_, lot(1), request);
        ASSERT_TRUE(page) << page.error().message();
        EXPECT_EQ(page->position_count, 3U);
        EXPECT_EQ(page->code.lot, "L1");
        EXPECT_EQ(page->product_name, "黄瓜");
        for (const FactLine& line : page->facts->facts) {
            kinds.emplace_back(to_string(line.fact.kind));
            EXPECT_TRUE(line.is_effective);
        }
        request.cursor = page->facts->next;
        if (request.cursor.empty()) {
            break;
        }
    }
    EXPECT_EQ(
        kinds,
        (std::vector<std::string>{"create", "depart", "arrive", "depart", "arrive", "input", "sink"}
        )
    );
    expect_refused(lookup().item(context_, scope_, "nothing", {}), ErrorCode::kNotFound);
    expect_refused(lookup().item(context_, scope_, "", {}), ErrorCode::kInvalidArgument);
    request.cursor = "far";
    expect_refused(lookup().item(context_, scope_, lot(1), request), ErrorCode::kInvalidArgument);
    request = {.size = 0, .cursor = ""};
    expect_refused(lookup().item(context_, scope_, lot(1), request), ErrorCode::kInvalidArgument);
}

TEST_F(LookupTest, WhatWasTakenBackIsShownAsSuch) {
    capture_all({error_declaration(8)});
    const auto page = lookup().item(context_, scope_, lot(1), {});
    ASSERT_TRUE(page) << page.error().message();
    const codec::Json json = to_json(*page);
    const auto& rows = json.find("facts")->find("rows")->items();
    ASSERT_EQ(rows.size(), 7U);
    EXPECT_FALSE(rows[6].find("is_effective")->as_bool());
    EXPECT_EQ(rows[6].string_or("sink"), "sold");
    EXPECT_TRUE(rows[5].find("is_effective")->as_bool());
    EXPECT_EQ(json.find("positions")->items().size(), 3U);
}

TEST_F(LookupTest, AnOperatorShowsItsStockAndRegistration) {
    catch_up();
    const auto page = lookup().operator_page(context_, scope_, party(2), {});
    ASSERT_TRUE(page) << page.error().message();
    EXPECT_EQ(page->place.name, "黄瓜批发行");
    EXPECT_FALSE(page->is_stub);
    const codec::Json json = to_json(*page);
    EXPECT_EQ(json.find("registered")->string_or("kind"), "wholesaler");
    const auto& stock = json.find("stock")->find("rows")->items();
    ASSERT_EQ(stock.size(), 1U);  // L2 is all gone
    EXPECT_EQ(stock[0].string_or("amount"), "30");
    EXPECT_EQ(stock[0].string_or("unit"), "KGM");
    EXPECT_EQ(stock[0].string_or("disposition"), "available");
    EXPECT_EQ(stock[0].find("item")->string_or("lot"), "L1");
    EXPECT_EQ(json.find("facts")->find("total")->text(), "5");
}

TEST_F(LookupTest, LicencesAndLinksOfTodayAreShownFromBothEnds) {
    const std::string market = model::canonical_uri(party(2));
    const std::string stall = model::canonical_uri(site(3));
    model::RegistryRows rows;
    rows.licences = {
        {"JY14101020000017", "food_trade", market, "2020-01-01", ""},
        {"SC11834020305037", "food_production", market, "", "2024-12-31"},  // no more
    };
    rows.links = {{model::LinkKind::kHosts, market, stall, "2020-01-01", ""}};
    ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows));
    const auto page = lookup().operator_page(context_, scope_, party(2), {});
    ASSERT_TRUE(page) << page.error().message();
    const codec::Json json = to_json(*page);
    ASSERT_EQ(json.find("licences")->items().size(), 1U);
    const codec::Json& licence = json.find("licences")->items()[0];
    EXPECT_EQ(licence.string_or("number"), "JY14101020000017");
    EXPECT_EQ(licence.string_or("kind"), "food_trade");
    EXPECT_EQ(licence.string_or("valid_from"), "2020-01-01");
    EXPECT_TRUE(licence.find("valid_to")->is_null());
    EXPECT_FALSE(json.find("has_more_links")->as_bool());
    ASSERT_EQ(json.find("links")->items().size(), 1U);
    const auto other_end = lookup().site_page(context_, scope_, site(3), {});
    ASSERT_TRUE(other_end) << other_end.error().message();
    const codec::Json stall_json = to_json(*other_end);
    ASSERT_EQ(stall_json.find("links")->items().size(), 1U);
    const codec::Json& link = stall_json.find("links")->items()[0];
    EXPECT_EQ(link, json.find("links")->items()[0]);
    EXPECT_EQ(link.string_or("kind"), "hosts");
    EXPECT_EQ(link.string_or("from"), market);
    EXPECT_EQ(link.string_or("to"), stall);
}

TEST_F(LookupTest, OfManyLinksAsManyAsAPageHolds) {
    const std::string supplier = model::canonical_uri(party(1));
    model::RegistryRows rows;
    for (std::size_t number = 0; number <= Lookup::kPageMax; ++number) {
        rows.links.push_back(
            {model::LinkKind::kSupplies, supplier, "urn:x:" + std::to_string(number), "", ""}
        );
    }
    ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows));
    const auto page = lookup().operator_page(context_, scope_, party(1), {});
    ASSERT_TRUE(page) << page.error().message();
    EXPECT_EQ(page->links.size(), Lookup::kPageMax);
    EXPECT_TRUE(page->has_more_links);
}

TEST_F(LookupTest, WhatIsRegisteredComesWithTheNamesOfItsOperators) {
    model::RegistryRows rows;
    const std::string carrier = model::canonical_uri(party(1));
    rows.operators = {{carrier, "某运输公司", "", "carrier"}};
    rows.papers = {{"QC-2", "quarantine", carrier, model::canonical_uri(party(77)), "", ""}};
    rows.vehicles = {{"京A12345", carrier}};
    rows.people = {{"E-7", carrier, "张伟", ""}};
    ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows));
    const auto paper = lookup().paper(context_, scope_, "QC-2", "");
    ASSERT_TRUE(paper) << paper.error().message();
    EXPECT_EQ(paper->issuer_name, "某运输公司");
    EXPECT_EQ(paper->holder_name, "");
    const auto vehicle = lookup().vehicle(context_, scope_, "京A12345");
    ASSERT_TRUE(vehicle) << vehicle.error().message();
    EXPECT_EQ(to_json(*vehicle).string_or("operator_name"), "某运输公司");
    const auto person = lookup().person(context_, scope_, "E-7", "");
    ASSERT_TRUE(person) << person.error().message();
    EXPECT_EQ(to_json(*person).string_or("name"), "张伟");
    EXPECT_EQ(to_json(*person).string_or("operator_name"), "某运输公司");
    EXPECT_FALSE(lookup().person(context_, scope_, "E-8", ""));
}

TEST_F(LookupTest, ATitleIsThatOfTheDayAndTheHistoryTellsTheRest) {
    const std::string carrier = model::canonical_uri(party(1));
    const std::string market = model::canonical_uri(party(77));
    model::RegistryRows rows;
    rows.operators = {{carrier, "某运输公司", "", "carrier"}};
    rows.people = {
        {"E-7", carrier, "张伟", "", "司机", "2020-03-01", ""},
        {"E-7", market, "", "", "调度员", "2022-01-01", ""},
        {"E-7", carrier, "", "", "代班司机", "2023-05-01", "2023-05-31"},
    };
    ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows));
    const auto title_on = [&](std::string_view day) {
        const auto page = lookup().person(context_, scope_, "E-7", day);
        EXPECT_TRUE(page) << page.error().message();
        EXPECT_EQ(to_json(*page).string_or("name"), "张伟");
        EXPECT_EQ(page->history.size(), 4U);
        return std::string(to_json(*page).string_or("title"));
    };
    EXPECT_EQ(title_on(""), "调度员");
    EXPECT_EQ(title_on("2021-12-31"), "司机");
    EXPECT_EQ(title_on("2023-05-31"), "代班司机");
    EXPECT_EQ(title_on("2020-02-29"), "");
    const codec::Json json = to_json(*lookup().person(context_, scope_, "E-7", ""));
    EXPECT_EQ(json.string_or("operator"), market);
    EXPECT_FALSE(json.find("has_more_history")->as_bool());
    std::string told;
    for (const codec::Json& row : json.find("history")->items()) {
        told += format(
            "{} {}/{} {}\n",
            row.string_or("title"),
            row.string_or("valid_from"),
            row.string_or("valid_to"),
            row.string_or("operator_name")
        );
    }
    EXPECT_EQ(
        told,
        "调度员 2023-06-01/ \n代班司机 2023-05-01/2023-05-31 某运输公司\n"
        "调度员 2022-01-01/2023-04-30 \n司机 2020-03-01/2021-12-31 某运输公司\n"
    );
    expect_refused(lookup().person(context_, scope_, "E-7", "today"), ErrorCode::kInvalidArgument);
}

TEST_F(LookupTest, OfALongHistoryAsMuchAsAPageHolds) {
    model::RegistryRows rows;
    for (std::size_t year = 1; year <= Lookup::kPageMax + 1; ++year) {
        rows.people.push_back({"E-7", "", "", "", "甲", format("{:04}-01-01", year), ""});
    }
    ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows));
    const auto page = lookup().person(context_, scope_, "E-7", "");
    ASSERT_TRUE(page) << page.error().message();
    EXPECT_EQ(page->history.size(), Lookup::kPageMax);
    EXPECT_EQ(page->history.front().row.valid_from, "1001-01-01");
    EXPECT_TRUE(page->has_more_history);
}

TEST_F(LookupTest, PapersAndVehiclesAreLookedUpAsTheyAreTyped) {
    model::RegistryRows rows;
    rows.papers = {{"QC-1", "quarantine", "", model::canonical_uri(party(1)), "", "2024-12-31"}};
    rows.vehicles = {{"京A12345", model::canonical_uri(party(1))}};
    ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows));
    const auto paper = lookup().paper(context_, scope_, " QC-1 ", "2024-12-31");
    ASSERT_TRUE(paper) << paper.error().message();
    EXPECT_EQ(to_json(*paper).string_or("kind"), "quarantine");
    EXPECT_EQ(to_json(*paper).string_or("holder"), model::canonical_uri(party(1)));
    const auto code_of = [](const auto& refused) {
        return refused ? std::nullopt : std::optional(refused.error().code());
    };
    EXPECT_EQ(code_of(lookup().paper(context_, scope_, "QC-1", "")), ErrorCode::kNotFound);
    EXPECT_EQ(code_of(lookup().paper(context_, scope_, "", "")), ErrorCode::kInvalidArgument);
    EXPECT_EQ(
        code_of(lookup().paper(context_, scope_, "QC-1", "today")), ErrorCode::kInvalidArgument
    );
    const auto vehicle = lookup().vehicle(context_, scope_, "京a·12345");
    ASSERT_TRUE(vehicle) << vehicle.error().message();
    EXPECT_EQ(to_json(*vehicle).string_or("plate"), "京A12345");
    EXPECT_EQ(to_json(*vehicle).string_or("operator"), model::canonical_uri(party(1)));
    EXPECT_EQ(code_of(lookup().vehicle(context_, scope_, "京A12346")), ErrorCode::kNotFound);
}

TEST_F(LookupTest, ASiteThatNobodyRegisteredIsAStub) {
    capture_all({harvest_of(20, 0, kilograms(lot(3), 4), 6)});
    const auto page = lookup().site_page(context_, scope_, site(6), {});
    ASSERT_TRUE(page) << page.error().message();
    EXPECT_TRUE(page->is_stub);
    EXPECT_EQ(page->facts->total, 1U);
    const codec::Json json = to_json(*page);
    EXPECT_TRUE(json.find("registered")->is_null());
    const codec::Json& fact = json.find("facts")->find("rows")->items()[0];
    EXPECT_TRUE(fact.find("owner")->string_or("code").starts_with("site:"));
    EXPECT_TRUE(fact.find("owner")->find("is_stub")->as_bool());
}

TEST_F(LookupTest, ARegisteredPlaceWithoutEventsHasAnEmptyPage) {
    const auto page = lookup().operator_page(context_, scope_, party(9), {});
    ASSERT_TRUE(page) << page.error().message();
    EXPECT_EQ(page->place.name, "无事公司");
    EXPECT_EQ(page->facts->total, 0U);
    EXPECT_TRUE(page->stock->rows.empty());
    expect_refused(lookup().operator_page(context_, scope_, site(2), {}), ErrorCode::kNotFound);
    expect_refused(lookup().site_page(context_, scope_, "nowhere", {}), ErrorCode::kNotFound);
}

TEST_F(LookupTest, RegionsComeWithTheirChildren) {
    const auto regions = lookup().regions(context_, scope_, "350000", "2026-01-05");
    ASSERT_TRUE(regions) << regions.error().message();
    ASSERT_EQ(regions->size(), 2U);
    const codec::Json json = to_json(*regions);
    EXPECT_EQ(json.find("regions")->items()[0].string_or("name"), "福建省");
    EXPECT_TRUE(json.find("regions")->items()[0].find("parent")->is_null());
    expect_refused(lookup().regions(context_, scope_, "999999", ""), ErrorCode::kNotFound);
    expect_refused(
        lookup().regions(context_, scope_, "350000", "5 Jan"), ErrorCode::kInvalidArgument
    );
}

TEST(LookupJsonTest, JobsSayHowTheyStand) {
    store::CaptureJob job;
    job.id = "job-1";
    job.created_at = 1'767'571'200 * model::kMicrosPerSecond;
    job.event_count = 3;
    codec::Json json = to_json(job);
    EXPECT_EQ(json.string_or("state"), "running");
    EXPECT_EQ(json.string_or("error_behaviour"), "rollback");
    EXPECT_EQ(json.string_or("created_at"), "2026-01-05T00:00:00Z");
    EXPECT_TRUE(json.find("finished_at")->is_null());
    EXPECT_TRUE(json.find("errors")->items().empty());
    job.state = store::JobState::kFailed;
    job.finished_at = job.created_at + 1;
    job.errors = R"([{"pointer":"/a","reason":"b"}])";
    json = to_json(job);
    EXPECT_EQ(json.string_or("finished_at"), "2026-01-05T00:00:00.000001Z");
    EXPECT_EQ(json.find("errors")->items()[0].string_or("pointer"), "/a");
}

TEST(LookupJsonTest, KindsHaveWords) {
    for (const std::string_view word :
         {"item", "operator", "site", "vehicle", "person", "paper", "product", "region"}) {
        const auto kind = parse_search_kind(word);
        EXPECT_EQ(kind ? to_string(*kind) : "none", word);
    }
    EXPECT_EQ(parse_search_kind("lots"), std::nullopt);
    EXPECT_EQ(to_string(graph::SinkKind::kNone), "");
    EXPECT_EQ(to_string(graph::FactKind::kNotSameAs), "not_same_as");
}

}  // namespace
}  // namespace suyuan::service
