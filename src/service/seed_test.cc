// SPDX-License-Identifier: Apache-2.0
//
// Goal: whatever a person types for a thing is understood; what is unknown is said to be, with what
// looks similar. Method: the cucumber chain in a real store, asked in every spelling.

#include "service/seed.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "model/code.h"
#include "model/registry.h"
#include "service/answering_fixture.h"
#include "service/epcis_text.h"
#include "service/service_fixture.h"
#include "store/search.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

class SeedTest : public AnsweringTest {
protected:
    Resolution resolve(std::string_view text, std::optional<SeedKind> only = std::nullopt) {
        auto resolution = resolve_seed(context_, scope_, *store_, recorder().graph, {text, only});
        EXPECT_TRUE(resolution) << resolution.error().message();
        return resolution ? *std::move(resolution) : Resolution();
    }

    // Brings names into the search index.
    void index() {
        for (int round = 0; round < 100; ++round) {
            const auto more = store_->maintain(context_, scope_);
            ASSERT_TRUE(more) << more.error().message();
            if (!*more) {
                return;
            }
        }
        FAIL() << "maintain() never ends";
    }

    std::string gtin_ = model::parse_code(lot(1)).gtin;
    std::string lot_uri_ = model::canonical_uri(lot(1));
};

TEST_F(SeedTest, EverySpellingOfALotMeansTheLot) {
    capture_cucumbers();
    for (const std::string& text : {
             lot(1),
             lot_uri_,
             "(01)" + gtin_ + "(10)L1",
             "https://example.org/shop/01/" + gtin_ + "/10/L1",
             gtin_ + " L1",
             "  " + lot_uri_ + "\n",
         }) {
        const Resolution resolution = resolve(text);
        ASSERT_FALSE(resolution.readings.empty()) << text;
        const Reading& first = resolution.readings.front();
        EXPECT_EQ(first.kind, SeedKind::kLot) << text;
        EXPECT_EQ(first.code, lot_uri_) << text;
        EXPECT_EQ(first.name, "黄瓜") << text;
        EXPECT_TRUE(first.has_events) << text;
    }
}

TEST_F(SeedTest, ALotIsFoundByItsLotTextAlone) {
    capture_cucumbers();
    const Resolution resolution = resolve("L1");
    ASSERT_EQ(resolution.readings.size(), 1U);
    EXPECT_EQ(resolution.readings.front().code, lot_uri_);
}

TEST_F(SeedTest, OneLotTextOfTwoProducersIsTwoReadings) {
    capture_cucumbers();
    const std::string other = "urn:epc:class:lgtin:6909999.012345.L1";
    capture_all({harvest_of(20, 0, kilograms(other, 7), 1)});
    const Resolution resolution = resolve("L1");
    ASSERT_EQ(resolution.readings.size(), 2U);
    EXPECT_NE(resolution.readings[0].code, resolution.readings[1].code);
    for (const Reading& reading : resolution.readings) {
        EXPECT_EQ(reading.kind, SeedKind::kLot);
        EXPECT_EQ(std::get<trace::ItemSeed>(reading.seed).items.size(), 1U);
    }
}

TEST_F(SeedTest, ANumberOfAnotherSchemeIsFoundAsItIsTyped) {
    const std::string code = "https://ns.suyuan.example/code/ABC123456789";
    capture_all({harvest_of(20, 0, kilograms(code, 7), 1)});
    for (const std::string_view text : {"ABC123456789", " ABC123456789 "}) {
        const Resolution resolution = resolve(std::string(text));
        ASSERT_FALSE(resolution.readings.empty()) << text;
        EXPECT_EQ(resolution.readings.front().code, code) << text;
    }
}

TEST_F(SeedTest, AGtinMeansItsLotsThoughNoEventNamesTheClass) {
    capture_cucumbers();
    const Resolution resolution = resolve(gtin_.substr(1));  // as printed under the bars: GTIN-13
    ASSERT_FALSE(resolution.readings.empty());
    const Reading& first = resolution.readings.front();
    EXPECT_EQ(first.kind, SeedKind::kItem);
    EXPECT_EQ(first.id, 0U);
    EXPECT_EQ(first.name, "黄瓜");
    EXPECT_TRUE(first.has_events);
    EXPECT_EQ(std::get<trace::ItemSeed>(first.seed).items.size(), 2U);  // L1 and L2
}

TEST_F(SeedTest, AnAliasMeansTheLotThatItStandsFor) {
    capture_cucumbers();
    model::RegistryRows rows;
    rows.aliases = {{"闽冷链-0007", lot_uri_}};
    ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows).has_value());
    const Resolution resolution = resolve("闽冷链-0007");
    ASSERT_EQ(resolution.readings.size(), 1U);
    EXPECT_EQ(resolution.readings.front().code, lot_uri_);
}

TEST_F(SeedTest, APaperIsFoundByItsNumberAndByItsCode) {
    capture_cucumbers();
    index();
    const std::string paper = "urn:epcglobal:cbv:bt:6901234000016:FH-1";
    for (const std::string& text : {paper, std::string("FH-1"), std::string("fh-1")}) {
        const Resolution resolution = resolve(text);
        ASSERT_EQ(resolution.readings.size(), 1U) << text;
        EXPECT_EQ(resolution.readings.front().kind, SeedKind::kPaper) << text;
        EXPECT_EQ(resolution.readings.front().code, paper) << text;
    }
}

TEST_F(SeedTest, APlateIsFoundWithAndWithoutItsDot) {
    capture_cucumbers();
    for (const std::string_view text :
         {"闽D·12345", "闽D12345", "闽d 12345", "闽D-12345", "闽D•12345", "闽D.12345"}) {
        const Resolution resolution = resolve(text);
        ASSERT_EQ(resolution.readings.size(), 1U) << text;
        EXPECT_EQ(resolution.readings.front().kind, SeedKind::kVehicle) << text;
        EXPECT_EQ(resolution.readings.front().code, "闽D12345") << text;
    }
}

TEST_F(SeedTest, ALicenceMeansItsOperator) {
    capture_cucumbers();
    model::RegistryRows rows;
    rows.licences = {{"SC11834020305037", "food_production", model::canonical_uri(party(1)), "", ""}
    };
    ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows));
    for (const std::string_view text : {"SC11834020305037", " sc 118340 20305037"}) {
        const Resolution resolution = resolve(text);
        ASSERT_EQ(resolution.readings.size(), 1U) << text;
        EXPECT_EQ(resolution.readings.front().kind, SeedKind::kOperator) << text;
        EXPECT_EQ(resolution.readings.front().code, model::canonical_uri(party(1))) << text;
        EXPECT_TRUE(resolution.readings.front().has_events) << text;
    }
}

TEST_F(SeedTest, ARegionIsNoSeedAndLeadsToWhatLiesInIt) {
    capture_cucumbers();
    index();
    const Resolution resolution = resolve("350200");
    EXPECT_TRUE(resolution.readings.empty());
    ASSERT_FALSE(resolution.suggestions.empty());
    EXPECT_EQ(resolution.suggestions.front().kind, store::SearchKind::kRegion);
    EXPECT_EQ(resolution.suggestions.front().name, "厦门市");
}

TEST_F(SeedTest, PeopleOperatorsAndSitesAreFoundByCode) {
    capture_cucumbers();
    const Resolution person = resolve("driver-7");
    ASSERT_EQ(person.readings.size(), 1U);
    EXPECT_EQ(person.readings.front().kind, SeedKind::kPerson);
    const Resolution market = resolve(party(2));
    ASSERT_EQ(market.readings.size(), 1U);
    EXPECT_EQ(market.readings.front().kind, SeedKind::kOperator);
    EXPECT_EQ(market.readings.front().name, "黄瓜批发行");
    const Resolution place = resolve(site(2));
    ASSERT_EQ(place.readings.size(), 1U);
    EXPECT_EQ(place.readings.front().kind, SeedKind::kSite);
    EXPECT_TRUE(place.readings.front().has_events);
}

TEST_F(SeedTest, SomebodyWhoOnlyReceivedHasEvents) {
    capture_cucumbers();
    const Resolution resolution = resolve(party(4));
    ASSERT_EQ(resolution.readings.size(), 1U);
    EXPECT_TRUE(resolution.readings.front().has_events);
}

TEST_F(SeedTest, ANameThatOneThingBearsIsEnough) {
    capture_cucumbers();
    index();
    const Resolution resolution = resolve("黄瓜批发行");
    ASSERT_EQ(resolution.readings.size(), 1U);
    EXPECT_EQ(resolution.readings.front().kind, SeedKind::kOperator);
    EXPECT_EQ(resolution.readings.front().code, model::canonical_uri(party(2)));
}

TEST_F(SeedTest, ANameThatTwoThingsBearIsOfferedAndNotChosen) {
    capture_cucumbers();
    model::RegistryRows rows;
    rows.operators = {{model::canonical_uri(party(7)), "黄瓜批发行", "350200", "wholesaler"}};
    ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows).has_value());
    index();
    const Resolution resolution = resolve("黄瓜批发行");
    EXPECT_TRUE(resolution.readings.empty());
    EXPECT_EQ(resolution.suggestions.size(), 2U);
}

TEST_F(SeedTest, APartOfANameIsASuggestion) {
    capture_cucumbers();
    index();
    const Resolution resolution = resolve("批发行");
    EXPECT_TRUE(resolution.readings.empty());
    ASSERT_EQ(resolution.suggestions.size(), 1U);
    EXPECT_EQ(resolution.suggestions.front().name, "黄瓜批发行");
}

TEST_F(SeedTest, AMistypedCodeSuggestsSimilarOnes) {
    capture_cucumbers();
    index();
    const Resolution resolution = resolve(lot_uri_.substr(0, lot_uri_.size() - 1) + "7x");
    EXPECT_TRUE(resolution.readings.empty());
    ASSERT_FALSE(resolution.suggestions.empty());
    bool names_the_lot = false;
    for (const store::SearchHit& hit : resolution.suggestions) {
        names_the_lot = names_the_lot || hit.code == lot_uri_;
    }
    EXPECT_TRUE(names_the_lot);
}

TEST_F(SeedTest, WhatIsRegisteredWithoutEventsIsKnownAndEmpty) {
    capture_cucumbers();
    const Resolution resolution = resolve(party(9));
    ASSERT_EQ(resolution.readings.size(), 1U);
    EXPECT_EQ(resolution.readings.front().name, "无事公司");
    EXPECT_FALSE(resolution.readings.front().has_events);
}

TEST_F(SeedTest, AKindNarrowsTheReadings) {
    capture_cucumbers();
    EXPECT_TRUE(resolve("L1", SeedKind::kPaper).readings.empty());
    EXPECT_EQ(resolve("L1", SeedKind::kLot).readings.size(), 1U);
}

TEST_F(SeedTest, ReadingsWithEventsComeFirst) {
    capture_cucumbers();
    // The same text names a lot with events and an operator without.
    model::RegistryRows rows;
    rows.operators = {{"L2", "二号", "350200", "retailer"}};
    ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows).has_value());
    const Resolution resolution = resolve("L2");
    ASSERT_EQ(resolution.readings.size(), 2U);
    EXPECT_EQ(resolution.readings[0].kind, SeedKind::kLot);
    EXPECT_EQ(resolution.readings[1].kind, SeedKind::kOperator);
    EXPECT_FALSE(resolution.readings[1].has_events);
}

TEST_F(SeedTest, NothingAndTooMuchAreRefused) {
    for (const std::string& text : {std::string(), std::string(" \t\n"), std::string(1'025, 'x')}) {
        const auto resolution =
            resolve_seed(context_, scope_, *store_, recorder().graph, {text, std::nullopt});
        ASSERT_FALSE(resolution.has_value());
        EXPECT_EQ(resolution.error().code(), ErrorCode::kInvalidArgument);
    }
}

TEST_F(SeedTest, KindsHaveWords) {
    for (const std::string_view word :
         {"item", "lot", "container", "paper", "vehicle", "person", "operator", "site"}) {
        const auto kind = parse_seed_kind(word);
        EXPECT_EQ(kind ? to_string(*kind) : "none", word);
    }
    EXPECT_EQ(parse_seed_kind("Lot"), std::nullopt);
}

}  // namespace
}  // namespace suyuan::service
