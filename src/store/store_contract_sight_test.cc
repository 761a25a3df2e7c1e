// SPDX-License-Identifier: Apache-2.0
//
// Goal: whoever sees a part finds what is in sight by every door, and a thing out of sight is as
// one that is not there. Method: two shops in two counties that trade with each other and with
// others; each asks for everything of both.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "graph/fact.h"
#include "model/event.h"
#include "policy/scope.h"
#include "store/search.h"
#include "store/store.h"
#include "store/store_contract_fixture.h"
#include "store/store_contract_sight_fixture.h"

namespace suyuan::store {
namespace {

using Codes = std::vector<std::string>;

TEST_P(SightContract, AShopFindsItsOwnAndWhomItNamed) {
    fill();
    EXPECT_EQ(found(shop(1), "L"), Codes{lot(10)});
    EXPECT_EQ(found(shop(2), "L"), (Codes{lot(20), lot(21)}));
    EXPECT_EQ(found(shop(1), "L20"), Codes());
    EXPECT_EQ(found(shop(1), std::string(kGtin)), (Codes{std::string(kGtin), lot(10)}));
    EXPECT_EQ(found(shop(1), "urn:example:paper"), Codes{paper(10)});
    EXPECT_EQ(found(shop(1), "京A"), Codes{"京A00001"});
    EXPECT_EQ(found(shop(1), "person"), Codes{"person-1"});
    EXPECT_EQ(found(shop(1), "cert"), Codes{"cert-1"});
    // Ben is a partner: his name is found, his place is not.
    EXPECT_EQ(found(shop(1), "黄瓜行"), (Codes{company(1), company(2)}));
    EXPECT_EQ(found(shop(1), "黄瓜库"), Codes{place(1)});
    EXPECT_EQ(found(shop(1), "JY1110105"), (Codes{company(1), company(2)}));
    // What company(3) alone told of Anne is not in her sight.
    EXPECT_EQ(found(shop(1), company(3)), Codes());
    EXPECT_EQ(found(shop(1), lot(30)), Codes());
    EXPECT_EQ(
        found(shop(9), "黄瓜"), Codes{std::string(kGtin)}
    );  // nobody yet: what is everybody's
    EXPECT_EQ(found(shop(1), "110106"), Codes());
}

TEST_P(SightContract, ACountyFindsWhatItsEventsNameAndWhatIsRegisteredThere) {
    fill();
    EXPECT_EQ(found(county(110105), "L"), Codes{lot(10)});
    EXPECT_EQ(found(county(110106), "L"), (Codes{lot(20), lot(21)}));
    EXPECT_EQ(found(county(110105), "黄瓜行"), (Codes{company(1), company(2)}));
    EXPECT_EQ(found(county(110106), "黄瓜行"), Codes{company(2)});
    EXPECT_EQ(found(county(110105), "黄瓜库"), Codes{place(1)});
    EXPECT_EQ(found(county(110105), "cert"), Codes{"cert-1"});
    EXPECT_EQ(found(county(110107), "黄瓜行"), Codes());
    EXPECT_EQ(found(county(110105), "110105"), (Codes{company(1), place(1)}));
}

TEST_P(SightContract, PagesAreFullAndAScopesOwn) {
    fill();
    std::vector<model::Event> sales;
    for (int number = 100; number < 130; ++number) {
        sales.push_back(sale(2, number, 4));
    }
    tell(2, "110106", sales);
    sales.clear();
    for (int number = 200; number < 207; ++number) {
        sales.push_back(sale(1, number, 4));
    }
    tell(1, "110105", sales);
    EXPECT_EQ(found(shop(1), "L", 3).size(), 8U);
    SearchQuery query;
    query.texts = {"L"};
    query.hits_max = 3;
    query.page_token = store().search(context_, shop(1), query)->next;
    const auto stolen = store().search(context_, shop(2), query);
    ASSERT_FALSE(stolen);
    EXPECT_EQ(stolen.error().code(), ErrorCode::kInvalidArgument);
}

TEST_P(SightContract, WhoeverSeesMuchIsAnsweredFromTheIndexAndTheSame) {
    fill();
    model::Event much = sale(1, 50, 2);
    much.items.clear();
    for (int number = 1'000; number < 5'500; ++number) {
        much.items.push_back(amount(model::ItemRole::kObject, lot(number)));
    }
    tell(1, "110105", {much});
    EXPECT_EQ(found(shop(1), "L10").size(), 101U);  // L10, L1000 to L1099
    EXPECT_EQ(found(shop(1), "L2").size(), 1'000U);
    EXPECT_EQ(found(shop(1), "L20").size(), 100U);  // not Ben's L20
    EXPECT_EQ(found(county(110105), "L20").size(), 100U);
    EXPECT_EQ(found(county(110106), "L20"), Codes{lot(20)});
}

TEST_P(SightContract, CodesAreFoundInSightAlone) {
    fill();
    const auto number = [&](const policy::Scope& scope, NameKind kind, const std::string& code) {
        return store().find_name(context_, scope, kind, code)->has_value();
    };
    for (const auto& scope : {shop(1), county(110105)}) {
        EXPECT_TRUE(*store().find_item(context_, scope, lot(10)));
        EXPECT_FALSE(*store().find_item(context_, scope, lot(20)));
        EXPECT_TRUE(number(scope, NameKind::kOperator, company(1)));
        EXPECT_TRUE(number(scope, NameKind::kOperator, company(2)));
        EXPECT_FALSE(number(scope, NameKind::kOperator, company(4)));
        EXPECT_TRUE(number(scope, NameKind::kSite, place(1)));
        EXPECT_FALSE(number(scope, NameKind::kSite, place(2)));
        EXPECT_EQ(store().find_items_of_gtin(context_, scope, kGtin)->size(), 1U);
        // Held: its own row. Named: no row, but the licences.
        EXPECT_TRUE(*store().find_operator(context_, scope, company(1)));
        EXPECT_FALSE(*store().find_operator(context_, scope, company(2)));
        EXPECT_EQ(store().find_licences(context_, scope, company(2), "")->size(), 1U);
        EXPECT_TRUE(store().find_licences(context_, scope, company(3), "")->empty());
        EXPECT_EQ(store().find_links(context_, scope, company(1), "", 10)->size(), 1U);
        EXPECT_TRUE(*store().find_site(context_, scope, place(1)));
        EXPECT_FALSE(*store().find_site(context_, scope, place(2)));
        EXPECT_EQ((*store().find_vehicle(context_, scope, "京A00001"))->operator_code, company(1));
        EXPECT_FALSE(*store().find_vehicle(context_, scope, "京A00002"));
        EXPECT_EQ((*store().find_paper(context_, scope, "cert-1", ""))->holder, company(1));
        EXPECT_FALSE(*store().find_paper(context_, scope, "cert-2", ""));
        const auto person = store().find_person(context_, scope, "person-1", "");
        ASSERT_TRUE(person && *person);
        EXPECT_EQ((*person)->name, "");
        EXPECT_FALSE(*store().find_person(context_, scope, "person-2", ""));
        EXPECT_EQ(
            *store().events_in_sight(context_, scope, std::array<std::uint64_t, 4>{1, 2, 3, 4}),
            std::vector<std::uint64_t>{3}
        );
    }
    EXPECT_TRUE(store().find_links(context_, shop(2), company(1), "", 10)->empty());
    EXPECT_TRUE(store().find_links(context_, county(110106), company(1), "", 10)->empty());
}

TEST_P(SightContract, OfAPaperThatIsOnlyNamedNobodyToldTheHolder) {
    fill();
    model::Event event = sale(1, 11, 2);
    event.papers = {{"cert", "cert-2"}};
    event.vehicles = {"京A00002"};
    tell(1, "110105", {event});
    for (const auto& scope : {shop(1), county(110105)}) {
        const auto paper_found = store().find_paper(context_, scope, "cert-2", "");
        ASSERT_TRUE(paper_found && *paper_found);
        EXPECT_EQ((*paper_found)->issuer, company(2));
        EXPECT_EQ((*paper_found)->holder, "");
        EXPECT_EQ((*store().find_vehicle(context_, scope, "京A00002"))->operator_code, "");
    }
}

TEST_P(SightContract, HowOftenIsCountedOfTheScopesEvents) {
    fill();
    tell(1, "110105", {sale(1, 11, 2), sale(1, 12, 4)});
    const auto bens = *store().find_name(context_, scope_, NameKind::kOperator, company(2));
    const auto count = [&](const policy::Scope& scope) {
        return *store().count_mentions(context_, scope, SearchKind::kOperator, *bens);
    };
    EXPECT_EQ(count(shop(1)), 2U);
    EXPECT_EQ(count(shop(2)), 2U);
    EXPECT_EQ(count(shop(3)), 0U);
    EXPECT_EQ(count(county(110105)), 2U);
    EXPECT_EQ(count(scope_), 4U);
}

TEST_P(SightContract, StockIsItsOwnAndOfGoodsInSight) {
    fill();
    const auto item = [&](int number) {
        return **store().find_item(context_, scope_, lot(number));
    };
    const auto holder = [&](int number) {
        return graph::OperatorId(
            **store().find_name(context_, scope_, NameKind::kOperator, company(number))
        );
    };
    const auto site = [&](int number) {
        return graph::SiteId(**store().find_name(context_, scope_, NameKind::kSite, place(number)));
    };
    const std::vector<graph::ItemId> items = {item(10), item(20), item(30)};
    const std::vector<StockRow> rows = {
        {item(10), holder(1), site(1), "available", graph::UnitId(), 1},
        {item(10), holder(2), site(2), "available", graph::UnitId(), 2},
        {item(20), holder(2), site(2), "available", graph::UnitId(), 3},
        {item(30), holder(1), site(1), "available", graph::UnitId(), 4},  // Anne told nothing of it
    };
    ASSERT_TRUE(store().replace_stock(context_, scope_, items, rows, 4));
    for (const auto& scope : {shop(1), county(110105)}) {
        const auto page = store().find_stock(context_, scope, {});
        ASSERT_TRUE(page);
        ASSERT_EQ(page->rows.size(), 1U);
        EXPECT_EQ(page->rows.front().millionths, 1);
        EXPECT_EQ(page->covered_log_index, 0U);
    }
    // Of lot 10, which Ben never named, nothing is told him.
    EXPECT_EQ(store().find_stock(context_, shop(2), {})->rows.size(), 1U);
}

}  // namespace
}  // namespace suyuan::store
