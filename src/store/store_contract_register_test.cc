// SPDX-License-Identifier: Apache-2.0
//
// Goal: what the registry holds of licences, links, papers, vehicles and people comes back, as of a
// day and page by page; what tells who a person is can be erased.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "model/event.h"
#include "model/registry.h"
#include "store/search.h"
#include "store/store.h"
#include "store/store_contract_fixture.h"

namespace suyuan::store {
namespace {

using model::LinkKind;

constexpr std::string_view kLicence = "SC11834020305037";

using Texts = std::vector<std::string>;

// "number: operator" of each.
Texts told(const Result<std::vector<model::Licence>>& rows) {
    Texts lines;
    EXPECT_TRUE(rows) << rows.error().message();
    for (const model::Licence& row : *rows) {
        lines.push_back(row.number + ": " + row.operator_code);
    }
    return lines;
}

// "from kind to" of each.
Texts told(const Result<std::vector<model::Link>>& rows) {
    Texts lines;
    EXPECT_TRUE(rows) << rows.error().message();
    for (const model::Link& row : *rows) {
        lines.push_back(row.from + " " + std::string(to_string(row.kind)) + " " + row.to);
    }
    return lines;
}

void append(model::RegistryRows& all, const model::RegistryRows& page) {
    const auto to = [](auto& rows, const auto& more) {
        rows.insert(rows.end(), more.begin(), more.end());
    };
    to(all.regions, page.regions);
    to(all.operators, page.operators);
    to(all.licences, page.licences);
    to(all.sites, page.sites);
    to(all.links, page.links);
    to(all.products, page.products);
    to(all.papers, page.papers);
    to(all.vehicles, page.vehicles);
    to(all.people, page.people);
    to(all.aliases, page.aliases);
}

// A register of nine of each kind, the last first.
model::RegistryRows nine_of_each() {
    model::RegistryRows rows;
    for (int number = 9; number >= 1; --number) {
        const std::string n = std::to_string(number);
        rows.regions.push_back({"R" + n, "区" + n, "", "", ""});
        rows.operators.push_back({company(number), "主体" + n, "", ""});
        rows.licences.push_back({"L" + n, "other", company(number), "", "2025-12-31"});
        rows.licences.push_back({"L" + n, "other", company(number), "2026-01-01", ""});
        rows.sites.push_back({place(number), "场所" + n, "", "", "", "", "", n + " t"});
        rows.links.push_back({LinkKind::kRuns, company(number), place(number), "", ""});
        rows.links.push_back({LinkKind::kSupplies, company(number), company(10), "", ""});
        rows.products.push_back({"0690123456789" + n, "产品" + n, company(number), "蔬菜", "KGM", n}
        );
        rows.papers.push_back({paper(number), "quarantine", "", "", "", "2025-12-31"});
        rows.papers.push_back({paper(number), "quarantine", "", "", "2026-01-01", ""});
        rows.vehicles.push_back({"京A1234" + n, company(number)});
        rows.people.push_back({"person-" + n, company(number), "人" + n, "1380000000" + n});
        rows.people.push_back({"person-" + n, company(10), "", "", "组长", "2026-01-01", ""});
        rows.aliases.push_back({"alias-" + n, lot(number)});
    }
    return rows;
}

// What nine_of_each() lists as its entry `i`, from 0.
void expect_entry(const model::RegistryRows& all, std::size_t i) {
    const int number = static_cast<int>(i) + 1;
    const std::string n = std::to_string(number);
    EXPECT_EQ(all.regions.at(i).name, "区" + n);
    EXPECT_EQ(all.operators.at(i).name, "主体" + n);
    EXPECT_EQ(all.licences.at(2 * i).valid_to, "2025-12-31");
    EXPECT_EQ(all.licences.at(2 * i + 1).valid_from, "2026-01-01");
    EXPECT_EQ(all.licences.at(2 * i + 1).number, "L" + n);
    EXPECT_EQ(all.sites.at(i).capacity, n + " t");
    EXPECT_EQ(all.links.at(i).to, place(number));
    EXPECT_EQ(all.links.at(9 + i).from, company(number));
    EXPECT_EQ(all.products.at(i).producer, company(number));
    EXPECT_EQ(all.products.at(i).category, "蔬菜");
    EXPECT_EQ(all.products.at(i).unit, "KGM");
    EXPECT_EQ(all.products.at(i).shelf_life_days, n);
    EXPECT_EQ(all.papers.at(2 * i + 1).number, paper(number));
    EXPECT_EQ(all.vehicles.at(i).plate, "京A1234" + n);
    EXPECT_EQ(all.people.at(2 * i).id, "person-" + n);
    EXPECT_EQ(all.people.at(2 * i).operator_code, company(number));
    EXPECT_EQ(all.people.at(2 * i).name + all.people.at(2 * i).phone, "");
    EXPECT_EQ(all.people.at(2 * i + 1).id, "person-" + n);
    EXPECT_EQ(all.people.at(2 * i + 1).operator_code, company(10));
    EXPECT_EQ(all.people.at(2 * i + 1).title, "组长");
    EXPECT_EQ(all.people.at(2 * i + 1).valid_from, "2026-01-01");
    EXPECT_EQ(all.aliases.at(i).alias, "alias-" + n);
}

TEST_P(StoreContract, ASiteTellsWhoRanItTheLastFirst) {
    model::RegistryRows rows;
    rows.links = {
        {LinkKind::kRuns, company(1), place(1), "2024-01-01", "2024-12-31"},
        {LinkKind::kRuns, company(2), place(1), "2025-01-01", ""},
        {LinkKind::kRuns, company(3), place(2), "", ""},
        {LinkKind::kHosts, company(4), place(1), "", ""},
    };
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    const auto runners = [&](std::size_t rows_max) {
        return told(store().find_runners(context_, scope_, place(1), rows_max));
    };
    const Texts both = {
        company(2) + " runs " + place(1),
        company(1) + " runs " + place(1),
    };
    EXPECT_EQ(runners(10), both);
    EXPECT_EQ(runners(1), Texts{both[0]});
}

TEST_P(StoreContract, ALicenceIsSomebodysOnADay) {
    const auto licences_at = [&](const std::string& code, std::string_view day) {
        return told(store().find_licences(context_, scope_, code, day));
    };
    model::RegistryRows rows;
    rows.licences = {
        {std::string(kLicence), "food_production", company(1), "2020-01-01", "2024-12-31"},
        {std::string(kLicence), "food_production", company(2), "2025-01-01", ""},
        {"JY14101020000017", "food_trade", company(2), "", ""},
    };
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    reopen();
    const std::string number(kLicence);
    EXPECT_EQ(licences_at(company(1), "2019-12-31"), Texts{});
    EXPECT_EQ(licences_at(company(1), "2020-01-01"), Texts{number + ": " + company(1)});
    EXPECT_EQ(licences_at(company(1), "2025-01-01"), Texts{});
    EXPECT_EQ(
        licences_at(company(2), "2025-01-01"),
        (Texts{"JY14101020000017: " + company(2), number + ": " + company(2)})
    );
    EXPECT_EQ(licences_at(company(2), "2024-12-31"), Texts{"JY14101020000017: " + company(2)});
    EXPECT_EQ(licences_at(company(2), "").size(), 2U);  // today

    // Put again with the same first day: replaced. A row that began later hides what it overlaps.
    rows.licences = {{number, "food_production", company(3), "2025-01-01", ""}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    EXPECT_EQ(licences_at(company(2), ""), Texts{"JY14101020000017: " + company(2)});
    rows.licences = {{number, "food_production", company(4), "2025-06-01", "2025-06-30"}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    EXPECT_EQ(licences_at(company(3), "2025-06-30"), Texts{});
    EXPECT_EQ(licences_at(company(4), "2025-06-30").size(), 1U);
    EXPECT_EQ(licences_at(company(3), "2025-07-01").size(), 1U);

    const auto refused = store().find_licences(context_, scope_, company(1), "soon");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kInvalidArgument);
    EXPECT_TRUE(findings().empty());
}

TEST_P(StoreContract, LinksAreSeenFromBothEnds) {
    const auto links_at = [&](const std::string& code, std::string_view day) {
        return told(store().find_links(context_, scope_, code, day, 100));
    };
    model::RegistryRows rows;
    rows.links = {
        {LinkKind::kRuns, company(1), place(1), "", "2025-12-31"},
        {LinkKind::kRuns, company(2), place(1), "2026-01-01", ""},
        {LinkKind::kHosts, company(3), place(1), "", ""},
        {LinkKind::kSupplies, company(1), company(2), "", ""},
        {LinkKind::kSupplies, company(3), company(2), "", "2025-12-31"},
    };
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    reopen();
    const std::string first_runs = company(1) + " runs " + place(1);
    const std::string second_runs = company(2) + " runs " + place(1);
    const std::string hosts = company(3) + " hosts " + place(1);
    const std::string supplies = company(1) + " supplies " + company(2);
    const std::string also_supplies = company(3) + " supplies " + company(2);
    EXPECT_EQ(links_at(place(1), "2025-12-31"), (Texts{hosts, first_runs}));
    EXPECT_EQ(links_at(place(1), "2026-01-01"), (Texts{hosts, second_runs}));
    EXPECT_EQ(links_at(company(1), "2025-12-31"), (Texts{first_runs, supplies}));
    EXPECT_EQ(links_at(company(2), "2025-12-31"), (Texts{supplies, also_supplies}));
    EXPECT_EQ(links_at(company(2), ""), (Texts{second_runs, supplies}));
    EXPECT_EQ(told(store().find_links(context_, scope_, company(2), "", 1)), Texts{second_runs});
    EXPECT_EQ(links_at(company(9), ""), Texts{});

    // Of one stall nobody else is the host from the same day on; of suppliers there are many.
    rows.links = {
        {LinkKind::kHosts, company(4), place(1), "", ""},
        {LinkKind::kSupplies, company(4), company(2), "", ""},
    };
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    EXPECT_EQ(links_at(company(3), ""), Texts{});
    EXPECT_EQ(
        links_at(company(4), ""),
        (Texts{company(4) + " hosts " + place(1), company(4) + " supplies " + company(2)})
    );
    EXPECT_EQ(links_at(company(2), "").size(), 3U);
}

TEST_P(StoreContract, PapersAndVehiclesAreKeptAndFoundByTheirNumbers) {
    model::RegistryRows rows;
    rows.papers = {
        {paper(1), "quarantine", company(1), company(2), "2026-01-01", "2026-01-31"},
        {paper(1), "quarantine", company(1), company(3), "2026-02-01", ""},
    };
    rows.vehicles = {{"京A12345", company(2)}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    rows.vehicles[0].operator_code = company(3);
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    reopen();
    const auto paper_at = [&](std::string_view day) {
        const auto found = store().find_paper(context_, scope_, paper(1), day);
        EXPECT_TRUE(found) << found.error().message();
        return found ? *found : std::nullopt;
    };
    EXPECT_FALSE(paper_at("2025-12-31"));
    const auto january = paper_at("2026-01-31");
    ASSERT_TRUE(january);
    EXPECT_EQ(january->number, paper(1));
    EXPECT_EQ(january->kind, "quarantine");
    EXPECT_EQ(january->issuer, company(1));
    EXPECT_EQ(january->holder, company(2));
    EXPECT_EQ(january->valid_from, "2026-01-01");
    EXPECT_EQ(january->valid_to, "2026-01-31");
    EXPECT_EQ(paper_at("2026-02-01")->holder, company(3));
    EXPECT_FALSE(*store().find_paper(context_, scope_, paper(2), ""));
    const auto vehicle = store().find_vehicle(context_, scope_, "京A12345");
    ASSERT_TRUE(vehicle && *vehicle);
    EXPECT_EQ((*vehicle)->operator_code, company(3));
    EXPECT_FALSE(*store().find_vehicle(context_, scope_, "京A12346"));

    maintain();
    for (const std::string& number : {paper(1), std::string("京A12345")}) {
        SearchQuery query;
        query.texts = {number};
        const auto page = store().search(context_, scope_, query);
        ASSERT_TRUE(page) << page.error().message();
        ASSERT_EQ(page->hits.size(), 1U) << number;
        EXPECT_EQ(page->hits[0].code, number);
        EXPECT_TRUE(page->hits[0].is_exact);
        EXPECT_EQ(page->hits[0].event_count, 0U);
    }
    EXPECT_TRUE(findings().empty());
}

TEST_P(StoreContract, WhatTellsWhoAPersonIsCanBeErased) {
    model::RegistryRows rows;
    rows.people = {
        {"person-1", company(1), "张三", "13800000001"},
        {"person-2", company(1), "李四", "13800000002"},
    };
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    model::Event event = shipping(event_id(1), 1);
    event.people = {"person-1"};
    commit_one(record_of(event));
    const auto person = [&](std::string_view id) {
        const auto found = store().find_person(context_, scope_, id, "");
        EXPECT_TRUE(found && *found);
        return **found;
    };
    EXPECT_EQ(person("person-1").name, "张三");
    EXPECT_EQ(person("person-1").phone, "13800000001");

    // An export has no values: to take it back does not lose them. A new employer is news.
    rows.people = {{"person-1", company(2), "", ""}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    EXPECT_EQ(person("person-1").name, "张三");
    EXPECT_EQ(person("person-1").operator_code, company(2));

    const auto erased = store().erase_person(context_, scope_, "person-1");
    ASSERT_TRUE(erased) << erased.error().message();
    EXPECT_EQ(*erased, 2U);  // in the event, and in the registry
    reopen();
    EXPECT_EQ(person("person-1").name, "");
    EXPECT_EQ(person("person-1").phone, "");
    EXPECT_EQ(person("person-1").operator_code, company(2));
    EXPECT_EQ(person("person-2").name, "李四");
    EXPECT_EQ(*store().erase_person(context_, scope_, "person-1"), 0U);
    EXPECT_FALSE(*store().find_person(context_, scope_, "person-3", ""));
    EXPECT_TRUE(findings().empty());
}

// "company title from/to" of each.
Texts told(const Result<std::vector<model::PersonAtWork>>& rows) {
    Texts lines;
    EXPECT_TRUE(rows) << rows.error().message();
    for (const model::PersonAtWork& row : *rows) {
        EXPECT_EQ(row.name + row.phone, "");
        lines.push_back(
            row.operator_code + ' ' + row.title + ' ' + row.valid_from + '/' + row.valid_to
        );
    }
    return lines;
}

TEST_P(StoreContract, ATitleHoldsFromADayOn) {
    model::RegistryRows rows;
    rows.people = {
        {"person-1", company(1), "张三", "13800000001"},
        {"person-1", company(1), "", "", "收货员", "2026-01-01", ""},
        {"person-2", company(2), "李四", "", "司机", "2026-01-01", ""},
    };
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));  // twice is once
    const auto history = [&](std::string_view id, std::size_t rows_max = 10) {
        return told(store().find_person_history(context_, scope_, id, rows_max));
    };
    EXPECT_EQ(history("person-1"), (Texts{company(1) + " 收货员 2026-01-01/", company(1) + "  /"}));
    // A later title adds a row; so does another employer.
    rows.people = {
        {"person-1", company(1), "", "", "仓库主管", "2026-03-01", ""},
        {"person-1", company(2), "", "", "", "2026-06-01", "2026-06-30"},
    };
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    reopen();
    const Texts all = {
        company(2) + "  2026-06-01/2026-06-30",
        company(1) + " 仓库主管 2026-03-01/",
        company(1) + " 收货员 2026-01-01/",
        company(1) + "  /",
    };
    EXPECT_EQ(history("person-1"), all);
    EXPECT_EQ(history("person-1", 2), (Texts{all[0], all[1]}));
    EXPECT_EQ(history("person-3"), Texts());
    const auto at = [&](std::string_view day) {
        const auto found = store().find_person(context_, scope_, "person-1", day);
        EXPECT_TRUE(found && *found);
        EXPECT_EQ((*found)->name, "张三");
        EXPECT_TRUE((*found)->phone.starts_with("1380000000"));
        return (*found)->operator_code + ' ' + (*found)->title;
    };
    EXPECT_EQ(at("2025-12-31"), company(1) + ' ');
    EXPECT_EQ(at("2026-01-01"), company(1) + " 收货员");
    EXPECT_EQ(at("2026-02-28"), company(1) + " 收货员");
    EXPECT_EQ(at("2026-03-01"), company(1) + " 仓库主管");
    EXPECT_EQ(at("2026-06-30"), company(2) + ' ');
    EXPECT_EQ(at("2026-07-01"), company(1) + " 仓库主管");
    const auto refused = store().find_person(context_, scope_, "person-1", "March");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kInvalidArgument);
    // Known, but not at work yet.
    const auto early = store().find_person(context_, scope_, "person-2", "2025-12-31");
    ASSERT_TRUE(early && *early);
    EXPECT_EQ((*early)->id + (*early)->name, "person-2李四");
    EXPECT_EQ((*early)->operator_code + (*early)->title + (*early)->valid_from, "");
    // The same first day again: what is wrong is mended, what is not said stays.
    rows.people = {{"person-1", "", "", "13800000009", "仓库管理员", "2026-03-01", "2026-12-31"}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    EXPECT_EQ(history("person-1").at(1), company(1) + " 仓库管理员 2026-03-01/2026-12-31");
    EXPECT_EQ(at("2026-03-01"), company(1) + " 仓库管理员");
    EXPECT_TRUE(findings().empty());
}

TEST_P(StoreContract, AnErasureTakesEveryTitle) {
    model::RegistryRows rows;
    rows.people = {
        {"person-1", company(1), "张三", "", "收货员", "2026-01-01", ""},
        {"person-1", company(2), "", "", "仓库主管", "2026-03-01", "2026-05-31"},
        {"person-2", company(1), "", "", "司机", "2026-01-01", ""},
    };
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    const auto erased = store().erase_person(context_, scope_, "person-1");
    ASSERT_TRUE(erased) << erased.error().message();
    EXPECT_EQ(*erased, 3U);  // the name and two titles
    reopen();
    EXPECT_EQ(
        told(store().find_person_history(context_, scope_, "person-1", 10)),
        Texts{company(2) + "  /"}
    );
    EXPECT_EQ(
        told(store().find_person_history(context_, scope_, "person-2", 10)),
        Texts{company(1) + " 司机 2026-01-01/"}
    );
    EXPECT_EQ(*store().erase_person(context_, scope_, "person-1"), 0U);
    EXPECT_EQ(*store().erase_person(context_, scope_, "person-2"), 1U);  // without a name
    EXPECT_TRUE(findings().empty());
}

TEST_P(StoreContract, EveryRowIsListedOnceByItsKey) {
    const model::RegistryRows rows = nine_of_each();
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    // Named, but not registered: not listed.
    model::Event event = shipping(event_id(1), 1);
    event.papers = {{"po", "urn:example:paper:of:an:event"}};
    event.vehicles = {"京B00000"};
    commit_one(record_of(event));
    for (const std::size_t rows_max : {1U, 4U, 100U}) {
        model::RegistryRows all;
        for (const RegistryKind kind : kRegistryKinds) {
            std::string after;
            do {
                const auto page = store().list_registry(context_, scope_, kind, after, rows_max);
                ASSERT_TRUE(page) << page.error().message();
                EXPECT_LE(page->rows.count(), rows_max);
                EXPECT_TRUE(page->rows.count() == rows_max || page->next.empty());
                append(all, page->rows);
                after = page->next;
            } while (!after.empty());
        }
        EXPECT_EQ(all.count(), rows.count()) << rows_max;
        for (std::size_t i = 0; i < 9; ++i) {
            expect_entry(all, i);
        }
    }
}

TEST_P(StoreContract, AListGoesOnOnlyWhereItStopped) {
    model::RegistryRows rows;
    rows.operators = {{company(1), "", "", ""}, {company(2), "", "", ""}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    const auto first = store().list_registry(context_, scope_, RegistryKind::kOperator, {}, 1);
    ASSERT_TRUE(first);
    ASSERT_FALSE(first->next.empty());
    const auto is_refused = [&](RegistryKind kind, std::string_view after, std::size_t rows_max) {
        const auto page = store().list_registry(context_, scope_, kind, after, rows_max);
        return !page && page.error().code() == ErrorCode::kInvalidArgument;
    };
    EXPECT_TRUE(is_refused(RegistryKind::kSite, first->next, 1));
    EXPECT_TRUE(is_refused(RegistryKind::kLink, first->next, 1));
    EXPECT_TRUE(is_refused(RegistryKind::kOperator, first->next + "00", 1));
    EXPECT_TRUE(is_refused(RegistryKind::kOperator, {}, 0));
    // Rows that come meanwhile are taken where they belong.
    rows.operators = {{company(3), "", "", ""}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    const auto second =
        store().list_registry(context_, scope_, RegistryKind::kOperator, first->next, 5);
    ASSERT_TRUE(second);
    ASSERT_EQ(second->rows.operators.size(), 2U);
    EXPECT_EQ(second->rows.operators[0].code, company(2));
    EXPECT_EQ(second->rows.operators[1].code, company(3));
    EXPECT_EQ(second->next, "");
}

}  // namespace
}  // namespace suyuan::store
