// SPDX-License-Identifier: Apache-2.0
//
// Goal: the search box finds codes at once and names once they were indexed, exact first, each
// thing once, page by page. Method: a small world with Chinese and Latin names, and a large one for
// paging.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "model/event.h"
#include "model/registry.h"
#include "store/search.h"
#include "store/store.h"
#include "store/store_contract_fixture.h"

namespace suyuan::store {
namespace {

// "kind:code" of each hit, "!" behind it if exact.
std::vector<std::string> told(const SearchPage& page) {
    constexpr std::string_view kLetters = "iosvpdgr";  // in the order of SearchKind
    std::vector<std::string> lines;
    for (const SearchHit& hit : page.hits) {
        lines.push_back(
            format("{}:{}", kLetters[static_cast<std::size_t>(hit.kind)], hit.code) +
            (hit.is_exact ? "!" : "")
        );
    }
    return lines;
}

class SearchWorld {
public:
    static model::RegistryRows rows() {
        model::RegistryRows rows;
        rows.operators = {
            {company(1), "黄瓜批发行", "110000", "wholesaler"},
            {company(2), "北京龘𠮷食品有限公司", "110000", "producer"},
            {company(3), "Green Farm Foods", "", "producer"},
            {company(4), "ＡＢＣ冷链", "", "carrier"},
            {company(5), "瓜果行", "", "retailer"},
        };
        model::Site site;
        site.code = place(1);
        site.name = "新发地黄瓜大厅";
        site.operator_code = company(1);
        rows.sites = {site};
        rows.products = {{std::string(kGtin), "黄瓜（冷鲜）", "", "", "", ""}};
        rows.aliases = {{"批次-外-1", lot(1)}, {"批次-外-2", lot(999)}};
        return rows;
    }

    static std::vector<NewRecord> records() {
        std::vector<NewRecord> records;
        for (int number = 1; number <= 3; ++number) {
            model::Event event = shipping(event_id(number), number, number);
            event.sources = {{"owning_party", company(1)}};
            event.papers = {{"po", paper(number)}};
            event.vehicles = {"京A12345"};
            event.people = {"person-7"};
            records.push_back(record_of(event));
        }
        model::Event foreign = shipping(event_id(9), 1, 9);
        foreign.items = {
            amount(model::ItemRole::kObject, "黄瓜-0105-甲"),
            one(model::ItemRole::kObject, thing(1))
        };
        records.push_back(record_of(foreign));
        return records;
    }
};

TEST_P(StoreContract, CodesAreFoundExactlyAndByTheirBeginnings) {
    ASSERT_TRUE(store().put_registry(context_, scope_, SearchWorld::rows()));
    commit(SearchWorld::records());
    const auto search_all = [&](std::vector<std::string> texts) {
        SearchQuery query;
        query.texts = std::move(texts);
        const auto page = store().search(context_, scope_, query);
        EXPECT_TRUE(page) << page.error().message();
        EXPECT_TRUE(page->next.empty());
        return told(*page);
    };
    const auto expect = [&](const std::string& text, const std::vector<std::string>& hits) {
        EXPECT_EQ(search_all({text}), hits) << text;
    };
    expect(lot(2), {"i:" + lot(2) + "!"});
    expect("L3", {"i:" + lot(3) + "!"});
    expect("L", {"i:" + lot(1), "i:" + lot(2), "i:" + lot(3)});
    expect(
        std::string(kGtin),
        {"g:" + std::string(kGtin) + "!",
         "i:" + lot(1),
         "i:" + lot(2),
         "i:" + lot(3),
         "i:" + thing(1)}
    );
    expect("京A12345", {"v:京A12345!"});
    expect("京A1", {"v:京A12345"});
    expect("person-7", {"p:person-7!"});
    expect(paper(2), {"d:" + paper(2) + "!"});
    expect("urn:example:pap", {"d:" + paper(1), "d:" + paper(2), "d:" + paper(3)});
    expect(company(1), {"o:" + company(1) + "!"});
    expect(place(1), {"s:" + place(1) + "!"});
    expect("批次-外-1", {"i:" + lot(1) + "!"});
    expect("批次-外", {"i:" + lot(1)});  // the other alias names a lot that nobody saw
    expect("", {});
    expect("nothing like it", {});
    EXPECT_EQ(
        search_all({"L2", lot(2), "L", lot(1)}),
        (std::vector<std::string>{"i:" + lot(2) + "!", "i:" + lot(1) + "!", "i:" + lot(3)})
    );
}

TEST_P(StoreContract, NamesAreFoundOnceTheyWereIndexed) {
    ASSERT_TRUE(store().put_registry(context_, scope_, SearchWorld::rows()));
    commit(SearchWorld::records());
    const auto search_all = [&](std::vector<std::string> texts) {
        SearchQuery query;
        query.texts = std::move(texts);
        const auto page = store().search(context_, scope_, query);
        EXPECT_TRUE(page) << page.error().message();
        return told(*page);
    };
    const auto expect = [&](const std::string& text, const std::vector<std::string>& hits) {
        EXPECT_EQ(search_all({text}), hits) << text;
    };
    expect("黄瓜批发", {});
    maintain();
    EXPECT_FALSE(*store().maintain(context_, scope_));
    const std::string item = "i:黄瓜-0105-甲";
    const std::string product = "g:" + std::string(kGtin);
    expect("黄瓜", {item, "o:" + company(1), "s:" + place(1), product});
    expect("黄瓜批发", {"o:" + company(1)});
    expect("批发行", {"o:" + company(1)});
    expect("瓜批", {"o:" + company(1)});
    expect("瓜黄", {});
    expect("行", {"o:" + company(1), "o:" + company(5)});
    expect("瓜", {item, "o:" + company(1), "o:" + company(5), "s:" + place(1), product});
    expect("龘", {"o:" + company(2)});
    expect("𠮷食", {"o:" + company(2)});
    expect("green", {"o:" + company(3)});
    expect("farm GREEN", {"o:" + company(3)});
    expect("foo", {"o:" + company(3)});
    expect("foo green", {});  // only the last word may go on
    expect("abc冷链", {"o:" + company(4)});
    expect("新发地 黄瓜", {"s:" + place(1)});
    expect("甲", {item});
    // Words, not a query language.
    expect("黄瓜\" *)", {item, "o:" + company(1), "s:" + place(1), product});
    expect("\"黄瓜\" OR \"green\"", {});
    expect("words : 黄瓜", {});
}

// A licence names its operator; only a beginning with the county that issued it is looked for.
TEST_P(StoreContract, ALicenceFindsItsOperator) {
    model::RegistryRows rows;
    rows.operators = {{company(1), "甲食品", "", ""}, {company(2), "乙食品", "", ""}};
    rows.licences = {
        {"SC11834020305037", "food_production", company(1), "", "2025-12-31"},
        {"SC11834020305037", "food_production", company(2), "2026-01-01", ""},
        {"JY14101050000011", "food_trade", company(2), "", ""},
    };
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    const auto found = [&](const std::string& text) {
        SearchQuery query;
        query.texts = {text};
        const auto page = store().search(context_, scope_, query);
        EXPECT_TRUE(page) << page.error().message();
        return told(*page);
    };
    const std::string first = "o:" + company(1);
    const std::string second = "o:" + company(2);
    EXPECT_EQ(found("JY14101050000011"), std::vector<std::string>{second + "!"});
    EXPECT_EQ(found("SC11834020305037"), (std::vector<std::string>{first + "!", second + "!"}));
    EXPECT_EQ(found("SC1183402"), (std::vector<std::string>{first, second}));
    EXPECT_EQ(found("SC118"), std::vector<std::string>());
}

TEST_P(StoreContract, ARegionIsFoundByCodeAndByNameAndFindsWhatLiesInIt) {
    model::RegistryRows rows;
    rows.regions = {
        {"410000", "河南省", "", "", ""},
        {"410100", "郑州市", "410000", "", ""},
        {"410105", "金海区", "410100", "", "2019-12-31"},
        {"410105", "金水区", "410100", "2020-01-01", ""},
        {"420100", "武汉市", "", "", ""},
    };
    rows.operators = {
        {company(1), "甲", "410105", ""},
        {company(2), "乙", "410100", ""},
        {company(3), "丙", "420100", ""}
    };
    model::Site site;
    site.code = place(1);
    site.region = "410105001";
    rows.sites = {site};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    maintain();
    EXPECT_FALSE(*store().maintain(context_, scope_));
    const auto found = [&](const std::string& text, std::size_t hits_max = 20) {
        SearchQuery query;
        query.texts = {text};
        query.hits_max = hits_max;
        std::vector<std::string> lines;
        do {
            const auto page = store().search(context_, scope_, query);
            EXPECT_TRUE(page) << page.error().message();
            for (std::string& line : told(*page)) {
                lines.push_back(std::move(line));
            }
            query.page_token = page->next;
        } while (!query.page_token.empty());
        return lines;
    };
    const std::vector<std::string> county = {"r:410105!", "o:" + company(1), "s:" + place(1)};
    EXPECT_EQ(found("410105"), county);
    EXPECT_EQ(found("410105", 1), county);
    const std::vector<std::string> province = {
        "r:410000!", "o:" + company(2), "o:" + company(1), "s:" + place(1)
    };
    EXPECT_EQ(found("410000"), province);
    EXPECT_EQ(found("410000", 1), province);
    EXPECT_EQ(found("4101"), (std::vector<std::string>{"r:410100", "r:410105"}));
    for (const std::string name : {"金水", "金水区", "金海区"}) {
        EXPECT_EQ(found(name), std::vector<std::string>{"r:410105"}) << name;
    }
    SearchQuery query;
    query.texts = {"410105"};
    query.kinds = {SearchKind::kRegion};
    const auto page = store().search(context_, scope_, query);
    ASSERT_TRUE(page && page->hits.size() == 1);
    EXPECT_EQ(page->hits[0].name, "金水区");
    EXPECT_EQ(page->hits[0].event_count, 0U);
}

TEST_P(StoreContract, AHitTellsNameIdAndHowOftenItWasNamed) {
    ASSERT_TRUE(store().put_registry(context_, scope_, SearchWorld::rows()));
    commit(SearchWorld::records());
    SearchQuery query;
    query.texts = {company(1)};
    auto page = store().search(context_, scope_, query);
    ASSERT_TRUE(page && page->hits.size() == 1);
    EXPECT_EQ(page->hits[0].name, "黄瓜批发行");
    EXPECT_EQ(page->hits[0].event_count, 3U);
    EXPECT_EQ(
        page->hits[0].id, **store().find_name(context_, scope_, NameKind::kOperator, company(1))
    );
    query.texts = {lot(1)};
    page = store().search(context_, scope_, query);
    ASSERT_TRUE(page && page->hits.size() == 1);
    EXPECT_EQ(page->hits[0].name, "黄瓜（冷鲜）");
    EXPECT_EQ(page->hits[0].event_count, 1U);
    for (const std::string& code : {paper(1), std::string("京A12345"), std::string("person-7")}) {
        query.texts = {code};
        page = store().search(context_, scope_, query);
        ASSERT_TRUE(page && page->hits.size() == 1) << code;
        EXPECT_EQ(page->hits[0].event_count, code == paper(1) ? 1U : 3U) << code;
    }
    query.texts = {company(5)};
    page = store().search(context_, scope_, query);
    ASSERT_TRUE(page && page->hits.size() == 1);
    EXPECT_EQ(page->hits[0].event_count, 0U);
    query.texts = {std::string(kGtin)};
    query.kinds = {SearchKind::kProduct};
    page = store().search(context_, scope_, query);
    ASSERT_TRUE(page && page->hits.size() == 1);
    EXPECT_EQ(page->hits[0].id, 0U);
}

TEST_P(StoreContract, ANewNameReplacesTheOld) {
    model::RegistryRows rows;
    rows.operators = {{company(1), "黄瓜行", "", ""}};
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    maintain();
    rows.operators[0].name = "番茄行";
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    maintain();
    SearchQuery query;
    query.texts = {"黄瓜"};
    EXPECT_TRUE(store().search(context_, scope_, query)->hits.empty());
    query.texts = {"番茄"};
    EXPECT_EQ(store().search(context_, scope_, query)->hits.size(), 1U);
}

TEST_P(StoreContract, SearchPagesHoldEachThingOnce) {
    model::RegistryRows rows;
    for (int number = 100; number < 200; ++number) {
        rows.operators.push_back({company(number), format("黄瓜{}号行", number), "", ""});
        rows.aliases.push_back({format("黄瓜{}", number), lot(number)});
    }
    ASSERT_TRUE(store().put_registry(context_, scope_, rows));
    std::vector<NewRecord> records;
    for (int number = 100; number < 160; ++number) {
        model::Event event = shipping(event_id(number), number, number);
        event.items.push_back(amount(model::ItemRole::kObject, format("黄瓜{}批", number)));
        records.push_back(record_of(event));
    }
    commit(records);
    maintain();
    SearchQuery query;
    query.texts = {"黄瓜", "L1", "黄瓜123"};
    query.hits_max = 1'000;
    const auto whole = store().search(context_, scope_, query);
    ASSERT_TRUE(whole);
    EXPECT_TRUE(whole->next.empty());
    // 60 foreign lots, 60 lots by alias or lot text, 100 operators by name.
    EXPECT_EQ(whole->hits.size(), 220U);

    query.hits_max = 7;
    std::vector<std::string> paged;
    int number = 500;
    do {
        const auto page = store().search(context_, scope_, query);
        ASSERT_TRUE(page) << page.error().message();
        ASSERT_LE(page->hits.size(), 7U);
        for (const std::string& line : told(*page)) {
            paged.push_back(line);
        }
        query.page_token = page->next;
        // What comes meanwhile pushes nothing out of the list and nothing into it twice.
        commit_one(record_of(shipping(event_id(++number), 1)));
    } while (!query.page_token.empty());
    EXPECT_EQ(paged, told(*whole));
    std::ranges::sort(paged);
    EXPECT_TRUE(std::ranges::adjacent_find(paged) == paged.end());
}

TEST_P(StoreContract, SearchTokensAndLimitsAreChecked) {
    for (int number = 1; number <= 5; ++number) {
        commit_one(record_of(shipping(event_id(number), number)));
    }
    SearchQuery query;
    query.texts = {"L"};
    query.hits_max = 2;
    const auto page = store().search(context_, scope_, query);
    ASSERT_TRUE(page);
    ASSERT_FALSE(page->next.empty());
    const auto code_of = [&](const SearchQuery& asked) {
        const auto refused = store().search(context_, scope_, asked);
        return refused ? ErrorCode::kNotFound : refused.error().code();
    };
    SearchQuery other = query;
    other.page_token = page->next;
    other.texts = {"L1"};
    EXPECT_EQ(code_of(other), ErrorCode::kInvalidArgument);
    other.texts = {"L"};
    other.page_token.back() = other.page_token.back() == '0' ? '1' : '0';
    EXPECT_EQ(code_of(other), ErrorCode::kInvalidArgument);
    other = query;
    other.hits_max = 0;
    EXPECT_EQ(code_of(other), ErrorCode::kInvalidArgument);
    other = query;
    other.texts.assign(100, "x");
    EXPECT_EQ(code_of(other), ErrorCode::kLimitExceeded);
    other.texts = {std::string(3'000, 'x')};
    EXPECT_EQ(code_of(other), ErrorCode::kLimitExceeded);
}

}  // namespace
}  // namespace suyuan::store
