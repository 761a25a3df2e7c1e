// SPDX-License-Identifier: Apache-2.0

#include "province/papers.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "model/event.h"
#include "model/registry.h"
#include "province/catalogue.h"
#include "province/life.h"
#include "province/province.h"
#include "province/roster.h"
#include "province/scale.h"
#include "province/schedule.h"
#include "province/staff.h"

namespace suyuan::province {
namespace {

constexpr Scale kSmall{.seed = 7, .operators = 200, .days = 10};

std::vector<RegistryPage> pages_of(const Province& province) {
    std::vector<RegistryPage> pages;
    pages.reserve(province.registry_page_count());
    for (std::uint32_t page = 0; page < province.registry_page_count(); ++page) {
        pages.push_back(province.registry_page(page));
    }
    return pages;
}

// What events name and the register does not, of one life.
std::vector<std::string> unknown_papers(const Life& life, const std::set<std::string>& licences) {
    std::set<std::string> known = licences;
    for (const model::RegisteredPaper& row : papers_of(life)) {
        EXPECT_TRUE(known.insert(row.number).second) << row.number << " comes twice";
    }
    std::vector<std::string> unknown;
    for (const Report& report : life.reports) {
        const bool is_of_nobody =
            report.event.biz_step == "receiving" && report.event.sources.empty();
        for (const model::Paper& paper : report.event.papers) {
            if (!is_of_nobody && !known.contains(paper.id)) {
                unknown.push_back(paper.id);
            }
        }
    }
    return unknown;
}

TEST(PapersTest, WhatEventsNameIsInTheRegister) {
    const auto province = Province::make(kSmall).value();
    std::set<std::string> licences;
    std::set<std::string> plates;
    std::set<std::string> people;
    for (const RegistryPage& page : pages_of(province)) {
        for (const model::RegisteredPaper& row : page.rows.papers) {
            licences.insert(row.number);
            EXPECT_EQ(row.kind, "食品生产许可证");
            EXPECT_LT(row.valid_from, "2026-01-01");
            EXPECT_GT(row.valid_to, "2026-12-31");
        }
        for (const model::Vehicle& row : page.rows.vehicles) {
            plates.insert(row.plate);
        }
        for (const model::PersonAtWork& row : page.rows.people) {
            people.insert(row.id);
            EXPECT_TRUE(row.phone.empty());
        }
    }
    EXPECT_FALSE(licences.empty());
    for (std::uint64_t number = 0; number < province.life_count(); ++number) {
        const Life life = province.life(number);
        EXPECT_EQ(unknown_papers(life, licences), std::vector<std::string>());
        for (const Report& report : life.reports) {
            for (const std::string& plate : report.event.vehicles) {
                EXPECT_TRUE(plates.contains(plate)) << plate;
            }
            for (const std::string& person : report.event.people) {
                EXPECT_TRUE(people.contains(person)) << person;
            }
        }
    }
}

TEST(PapersTest, APaperSaysWhatItIsAndWhoIssuedItToWhom) {
    const auto province = Province::make(kSmall).value();
    const Life life = province.life(0);
    const model::Event& harvest = life.reports.at(0).event;
    const model::Event& shipment = life.reports.at(1).event;
    ASSERT_EQ(shipment.biz_step, "shipping");
    const std::vector<model::RegisteredPaper> rows = papers_of(life);
    ASSERT_GT(rows.size(), 2U);
    EXPECT_EQ(rows.front().number, harvest.papers.front().id);
    EXPECT_EQ(rows.front().kind, "承诺达标合格证");
    EXPECT_EQ(rows.front().issuer, harvest.owner);
    EXPECT_EQ(rows.front().holder, harvest.owner);
    EXPECT_EQ(rows.front().valid_from, "2026-01-01");
    const auto note =
        std::ranges::find(rows, shipment.papers.front().id, &model::RegisteredPaper::number);
    ASSERT_NE(note, rows.end());
    EXPECT_EQ(note->kind, "送货单");
    EXPECT_EQ(note->issuer, shipment.sources.front().id);
    EXPECT_EQ(note->holder, shipment.destinations.front().id);
}

TEST(PapersTest, AKeeperIssuesWhatItsSiteWrites) {
    const auto province = Province::make(kSmall).value();
    const Life import = province.life(static_cast<std::uint64_t>(Recipe::kImportedMeat));
    const model::Event& landing = import.reports.front().event;
    ASSERT_FALSE(landing.custodian.empty());
    const std::vector<model::RegisteredPaper> rows = papers_of(import);
    EXPECT_EQ(rows.at(0).kind, "进口货物报关单");
    EXPECT_EQ(rows.at(1).kind, "入境货物检验检疫证明");
    EXPECT_EQ(rows.at(0).issuer, landing.custodian);
    EXPECT_EQ(rows.at(0).holder, landing.owner);
}

TEST(PapersTest, PagesLinkSitesToOperatorsAndStallsToMarkets) {
    const auto province = Province::make(kSmall).value();
    const Roster& roster = province.roster();
    std::set<std::string> markets;
    const TierRange& market_tier = roster.tier(Tier::kMarket);
    for (std::uint32_t place = 0; place < market_tier.size; ++place) {
        markets.insert(roster.at_home(market_tier.first + place).owner);
    }
    std::size_t sites = 0;
    std::size_t runs = 0;
    std::size_t hosts = 0;
    for (const RegistryPage& page : pages_of(province)) {
        sites += page.rows.sites.size();
        for (const model::Link& link : page.rows.links) {
            const auto site = std::ranges::find(page.rows.sites, link.to, &model::Site::code);
            ASSERT_NE(site, page.rows.sites.end());
            if (link.kind == model::LinkKind::kRuns) {
                ++runs;
                EXPECT_EQ(link.from, site->operator_code);
            } else {
                ++hosts;
                EXPECT_TRUE(markets.contains(link.from));
                EXPECT_NE(site->name.find("农产品批发市场"), std::string::npos);
            }
        }
    }
    EXPECT_EQ(runs, sites);
    EXPECT_EQ(hosts, roster.tier(Tier::kStall).size);
}

TEST(PapersTest, ProductsSayTheirCategoryAndShelfLifeAndPackedOnesTheirMaker) {
    const auto province = Province::make(kSmall).value();
    std::set<std::string> categories;
    std::size_t packed = 0;
    for (const RegistryPage& page : pages_of(province)) {
        for (const model::Product& row : page.rows.products) {
            categories.insert(row.category);
            packed += row.producer.empty() ? 0U : 1U;
            if (row.name.ends_with("巴氏杀菌乳 950g")) {
                EXPECT_EQ(row.category, "乳制品");
                EXPECT_EQ(row.shelf_life_days, "7");
            }
        }
    }
    EXPECT_EQ(categories.size(), kCategoryCount);
    EXPECT_EQ(packed, province.roster().tier(Tier::kProcessor).size * kPackedPerMaker);
}

TEST(StaffTest, NamesAreShortChineseNamesThatSeldomRepeat) {
    std::set<std::string> names;
    std::set<std::string> surnames;
    constexpr std::uint64_t kPeople = 3'000;
    for (std::uint64_t key = 0; key < kPeople; ++key) {
        const std::string name = person_name(key);
        EXPECT_EQ(name, person_name(key));
        EXPECT_TRUE(name.size() == 6 || name.size() == 9) << name;
        names.insert(name);
        surnames.insert(name.substr(0, 3));
    }
    EXPECT_GT(names.size(), kPeople * 3 / 4);
    EXPECT_GT(surnames.size(), 80U);
    EXPECT_EQ(staff_id(123, 3), "E0000123-04");
}

}  // namespace
}  // namespace suyuan::province
