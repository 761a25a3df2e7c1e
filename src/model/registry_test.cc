// SPDX-License-Identifier: Apache-2.0
//
// Goal: rows that can be stored and shown pass; every other row is named with its field.
// Method: one good set of rows, then single mistakes in it.

#include "model/registry.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"

namespace suyuan::model {
namespace {

RegistryRows good_rows() {
    RegistryRows rows;
    rows.operators = {
        {"91350100M000100Y43", "黄瓜批发行", "410102", "wholesaler"},
        {"https://id.gs1.org/417/4000001000005", "", "", ""},
    };
    rows.sites = {
        {"https://id.gs1.org/414/4012345000054",
         "冷库 2 号",
         "91350100M000100Y43",
         "410102",
         "物流路 1 号",
         "34.7466",
         "-113.625",
         "500 t"},
        {"urn:example:stall:7", "", "", "", "", "", "", ""},
    };
    rows.products = {
        {"06901234567892", "鲜黄瓜", "91350100M000100Y43", "蔬菜", "KGM", "7"},
        {"04012345000009", "", "", "", "", ""},
    };
    rows.regions = {
        {"410000", "河南省", "", "", ""},
        {"371202", "莱城区", "371200", "", "2018-12-25"},
        {"371202", "莱芜区", "370100", "2018-12-26", ""},
        {"NZ", "New Zealand", "", "", ""},
    };
    rows.aliases = {{"TR-5", "https://id.gs1.org/01/06901234567892/10/L1"}};
    rows.licences = {
        {"SC11834020305037", "food_production", "91350100M000100Y43", "2020-01-01", "2024-12-31"},
        {"SC11834020305037", "food_production", "urn:example:heir:1", "2025-01-01", ""},
        {"SC11834020305038", "food_production", "urn:example:miscopied:1", "", ""},
        {"JY14101020000017", "food_trade", "91350100M000100Y43", "", ""},
        {"动防合字第 2026001 号", "animal_health", "urn:example:farm:1", "", ""},
    };
    rows.links = {
        {LinkKind::kRuns, "urn:example:first:1", "urn:example:stall:7", "", "2025-12-31"},
        {LinkKind::kRuns, "urn:example:second:1", "urn:example:stall:7", "2026-01-01", ""},
        {LinkKind::kHosts, "urn:example:market:1", "urn:example:stall:7", "", ""},
        {LinkKind::kSupplies, "urn:example:first:1", "urn:example:second:1", "", ""},
        {LinkKind::kSupplies, "urn:example:market:1", "urn:example:second:1", "", ""},
    };
    rows.papers = {
        {"QC-1", "quarantine", "urn:example:office:1", "urn:example:farm:1", "", "2026-01-05"},
        {"QC-1", "quarantine", "urn:example:office:1", "", "2026-01-06", ""},
    };
    rows.vehicles = {{"京A12345", "urn:example:carrier:1"}, {"ABC 1234", ""}};
    rows.people = {
        {"urn:example:driver:7", "urn:example:carrier:1", "张三", "13800000000"},
        {"urn:example:driver:7", "", "", "", "司机", "2024-05-01", ""},
        {"urn:example:driver:7", "", "", "", "调度员", "2026-01-01", ""},  // from now on
        {"urn:example:driver:8", "", "", "", "司机", "2024-05-01", "2025-12-31"},
    };
    return rows;
}

TEST(RegistryTest, TakesGoodRows) {
    const auto status = check_registry(good_rows());
    EXPECT_TRUE(status.has_value()) << status.error().message();
    EXPECT_TRUE(check_registry({}).has_value());
}

TEST(RegistryTest, NamesTheRowTheFieldAndHowToMendIt) {
    struct Mistake {
        std::function<void(RegistryRows&)> make;
        std::string_view field;
        std::string_view advice;
    };

    const std::vector<Mistake> table = {
        {[](auto& rows) { rows.operators[1].code = ""; }, "operators[1].code", "missing"},
        {[](auto& rows) { rows.operators[1].code = "urn:epc:id:pgln:4000001.00000"; },
         "operators[1].code",
         "https://id.gs1.org/417/4000001000005"},
        {[](auto& rows) { rows.operators[0].name = "a\nb"; }, "operators[0].name", "control"},
        {[](auto& rows) { rows.operators[0].name = "\xff"; }, "operators[0].name", "UTF-8"},
        {[](auto& rows) { rows.operators[0].kind = std::string(2'000, 'x'); },
         "operators[0].kind",
         "1024"},
        {[](auto& rows) { rows.sites[0].operator_code = " x"; },
         "sites[0].operator_code",
         "Write it as x"},
        {[](auto& rows) { rows.sites[0].latitude = "91"; }, "sites[0].latitude", "-90 to 90"},
        {[](auto& rows) { rows.sites[0].latitude = "nan"; }, "sites[0].latitude", "-90 to 90"},
        {[](auto& rows) { rows.sites[0].longitude = "113E"; }, "sites[0].longitude", "-180 to 180"},
        {[](auto& rows) { rows.products[0].gtin = "06901234567893"; },
         "products[0].gtin",
         "should be 2"},
        {[](auto& rows) { rows.products[0].gtin = "6901234567892"; },
         "products[0].gtin",
         "06901234567892"},
        {[](auto& rows) { rows.regions[0].code = "990000"; }, "regions[0].code", "no province"},
        {[](auto& rows) { rows.regions[0].parent = "410000"; }, "regions[0].parent", "its own"},
        {[](auto& rows) { rows.regions[1].valid_to = "2018-02-30"; },
         "regions[1].valid_to",
         "real day"},
        {[](auto& rows) { rows.regions[2].valid_to = "2018-12-01"; },
         "regions[2].valid_to",
         "before the first"},
        {[](auto& rows) { rows.regions[2].valid_from = "2018-12-25"; },
         "regions[2].valid_from",
         "overlap those of another row for the same code, ../2018-12-25"},
        {[](auto& rows) { rows.regions[1].valid_to = ""; }, "regions[2].valid_from", "overlap"},
        {[](auto& rows) { rows.aliases[0].alias = ""; }, "aliases[0].alias", "missing"},
        {[](auto& rows) { rows.aliases[0].lot = ""; }, "aliases[0].lot", "missing"},
        {[](auto& rows) { rows.aliases[0].alias = rows.aliases[0].lot; },
         "aliases[0].alias",
         "itself"},
        {[](auto& rows) { rows.sites[0].capacity = "a\tb"; }, "sites[0].capacity", "control"},
        {[](auto& rows) { rows.products[0].producer = "x "; }, "products[0].producer", "as x"},
        {[](auto& rows) { rows.products[0].category = "\n"; }, "products[0].category", "control"},
        {[](auto& rows) { rows.products[0].unit = "\x01"; }, "products[0].unit", "control"},
        {[](auto& rows) { rows.products[0].shelf_life_days = "7 d"; },
         "products[0].shelf_life_days",
         "number of days"},
        {[](auto& rows) { rows.products[0].shelf_life_days = "07"; },
         "products[0].shelf_life_days",
         "number of days"},
        {[](auto& rows) { rows.products[0].shelf_life_days = "123456"; },
         "products[0].shelf_life_days",
         "number of days"},
        {[](auto& rows) { rows.licences[0].number = ""; }, "licences[0].number", "missing"},
        {[](auto& rows) { rows.licences[0].operator_code = ""; },
         "licences[0].operator_code",
         "missing"},
        {[](auto& rows) { rows.licences[0].number = "sc11834020305037"; },
         "licences[0].number",
         "SC11834020305037"},
        {[](auto& rows) { rows.licences[3].kind = "food_production"; },
         "licences[3].number",
         "SC + 14"},
        {[](auto& rows) { rows.licences[3].kind = "hygiene"; }, "licences[3].kind", "food_trade"},
        {[](auto& rows) { rows.licences[0].kind = ""; }, "licences[0].kind", "food_production"},
        {[](auto& rows) { rows.licences[0].valid_to = "2025-02-29"; },
         "licences[0].valid_to",
         "real day"},
        {[](auto& rows) { rows.licences[0].valid_to = "2025-01-01"; },
         "licences[1].valid_from",
         "overlap those of another row for the same code, 2020-01-01/2025-01-01"},
        {[](auto& rows) { rows.links[0].from = ""; }, "links[0].from", "missing"},
        {[](auto& rows) { rows.links[0].to = ""; }, "links[0].to", "missing"},
        {[](auto& rows) { rows.links[0].to = rows.links[0].from; }, "links[0].to", "the same"},
        {[](auto& rows) { rows.links[0].valid_to = ""; }, "links[1].valid_from", "overlap"},
        {[](auto& rows) { rows.links[4].from = rows.links[3].from; },
         "links[4].valid_from",
         "overlap those of another row for the same code, ../.."},
        {[](auto& rows) { rows.papers[0].number = ""; }, "papers[0].number", "missing"},
        {[](auto& rows) { rows.papers[0].issuer = " x"; }, "papers[0].issuer", "as x"},
        {[](auto& rows) { rows.papers[0].holder = " x"; }, "papers[0].holder", "as x"},
        {[](auto& rows) { rows.papers[1].valid_from = "2026-01-05"; },
         "papers[1].valid_from",
         "overlap"},
        {[](auto& rows) { rows.vehicles[0].plate = "京A·12345"; }, "vehicles[0].plate", "京A12345"},
        {[](auto& rows) { rows.vehicles[0].operator_code = " x"; },
         "vehicles[0].operator_code",
         "as x"},
        {[](auto& rows) { rows.people[0].id = ""; }, "people[0].id", "missing"},
        {[](auto& rows) { rows.people[0].name = "张\n三"; }, "people[0].name", "control"},
        {[](auto& rows) { rows.people[0].phone = "\xff"; }, "people[0].phone", "UTF-8"},
        {[](auto& rows) { rows.people[1].title = "司\n机"; }, "people[1].title", "control"},
        {[](auto& rows) { rows.people[1].valid_from = ""; }, "people[1].valid_from", "first day"},
        {[](auto& rows) { rows.people[1].valid_from = "5 月"; }, "people[1].valid_from", "real day"
        },
        {[](auto& rows) { rows.people[3].valid_to = "2024-04-30"; },
         "people[3].valid_to",
         "before the first"},
        {[](auto& rows) { rows.people[2].valid_from = "2024-05-01"; },
         "people[2].title",
         "another title from 2024-05-01 on"},
    };
    for (const Mistake& mistake : table) {
        RegistryRows rows = good_rows();
        mistake.make(rows);
        const auto status = check_registry(rows);
        ASSERT_FALSE(status.has_value()) << mistake.field << ' ' << mistake.advice;
        EXPECT_EQ(status.error().code(), ErrorCode::kInvalidArgument);
        const std::string& message = status.error().message();
        EXPECT_TRUE(message.starts_with(mistake.field)) << message;
        EXPECT_NE(message.find(mistake.advice), std::string::npos) << message;
    }
}

TEST(RegistryTest, CountsRowsOfEveryKind) {
    EXPECT_EQ(RegistryRows().count(), 0U);
    EXPECT_EQ(good_rows().count(), 2U + 2 + 2 + 4 + 1 + 5 + 5 + 2 + 2 + 4);
}

TEST(RegistryTest, DoesNotRepeatWhatTellsWhoAPersonIs) {
    RegistryRows rows = good_rows();
    rows.people[0].name = "张三丰\n";
    rows.people[0].phone = "13900000000\n";
    const auto status = check_registry(rows);
    ASSERT_FALSE(status.has_value());
    EXPECT_EQ(status.error().message().find("张三丰"), std::string::npos);
    EXPECT_EQ(status.error().message().find("139"), std::string::npos);
}

TEST(RegistryTest, ALicenceTellsItsKind) {
    EXPECT_EQ(licence_kind_of("SC11834020305037"), kFoodProduction);
    EXPECT_EQ(licence_kind_of("SC11834020305038"), kFoodProduction);  // a wrong check digit
    EXPECT_EQ(licence_kind_of("JY14101020000017"), kFoodTrade);
    EXPECT_EQ(licence_kind_of("SC1183402030503"), "");
    EXPECT_EQ(licence_kind_of(""), "");
}

TEST(RegistryTest, LinksHaveWords) {
    for (const LinkKind kind : {LinkKind::kRuns, LinkKind::kSupplies, LinkKind::kHosts}) {
        EXPECT_EQ(parse_link_kind(to_string(kind)), kind);
        EXPECT_EQ(is_exclusive(kind), kind != LinkKind::kSupplies);
    }
    EXPECT_EQ(parse_link_kind("owns"), std::nullopt);
    EXPECT_EQ(parse_link_kind(""), std::nullopt);
}

TEST(RegistryTest, FindsTheRegionOfTheDay) {
    const std::vector<Region> regions = good_rows().regions;
    EXPECT_EQ(find_region(regions, "371202", "2018-12-25")->name, "莱城区");
    EXPECT_EQ(find_region(regions, "371202", "2018-12-26")->name, "莱芜区");
    EXPECT_EQ(find_region(regions, "410000", "0001-01-01")->name, "河南省");
    EXPECT_EQ(find_region(regions, "410100", "2026-01-01"), nullptr);
}

TEST(DayRangeTest, IsClosedAndOpensWhereItIsEmpty) {
    const DayRange year{"2025-01-01", "2025-12-31"};
    EXPECT_TRUE(year.contains("2025-01-01"));
    EXPECT_TRUE(year.contains("2025-12-31"));
    EXPECT_FALSE(year.contains("2024-12-31"));
    EXPECT_FALSE(year.contains("2026-01-01"));
    EXPECT_TRUE((DayRange{"", "2025-12-31"}).contains("1900-01-01"));
    EXPECT_TRUE((DayRange{}).contains("2025-06-01"));

    EXPECT_TRUE(year.overlaps({"2025-12-31", ""}));
    EXPECT_FALSE(year.overlaps({"2026-01-01", ""}));
    EXPECT_TRUE(year.overlaps({"", "2025-01-01"}));
    EXPECT_FALSE(year.overlaps({"", "2024-12-31"}));
    EXPECT_TRUE(year.overlaps({"2025-03-01", "2025-03-02"}));
    EXPECT_TRUE(year.overlaps({}));
}

}  // namespace
}  // namespace suyuan::model
