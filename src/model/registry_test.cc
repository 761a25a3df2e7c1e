// SPDX-License-Identifier: Apache-2.0
//
// Goal: rows that can be stored and shown pass; every other row is named with its field.
// Method: one good set of rows, then single mistakes in it.

#include "model/registry.h"

#include <functional>
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
         "-113.625"},
        {"urn:example:stall:7", "", "", "", "", "", ""},
    };
    rows.products = {{"06901234567892", "鲜黄瓜"}};
    rows.regions = {
        {"410000", "河南省", "", "", ""},
        {"371202", "莱城区", "371200", "", "2018-12-25"},
        {"371202", "莱芜区", "370100", "2018-12-26", ""},
        {"NZ", "New Zealand", "", "", ""},
    };
    rows.aliases = {{"TR-5", "https://id.gs1.org/01/06901234567892/10/L1"}};
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
         "overlap those of row 1"},
        {[](auto& rows) { rows.regions[1].valid_to = ""; }, "regions[2].valid_from", "overlap"},
        {[](auto& rows) { rows.aliases[0].alias = ""; }, "aliases[0].alias", "missing"},
        {[](auto& rows) { rows.aliases[0].lot = ""; }, "aliases[0].lot", "missing"},
        {[](auto& rows) { rows.aliases[0].alias = rows.aliases[0].lot; },
         "aliases[0].alias",
         "itself"},
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
