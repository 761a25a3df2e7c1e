// SPDX-License-Identifier: Apache-2.0

#include "province/codes.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "model/identifiers.h"

namespace suyuan::province {
namespace {

constexpr std::string_view kCounty = "410105";

TEST(ProvinceCodesTest, SocialCreditCodesAreValidAndDiffer) {
    std::set<std::string> seen;
    for (std::uint64_t number = 0; number < 5'000; ++number) {
        const std::string code = social_credit_code("91", kCounty, number);
        EXPECT_EQ(model::check_social_credit_code(code).verdict, model::Verdict::kValid) << code;
        EXPECT_TRUE(seen.insert(code).second) << code;
    }
}

TEST(ProvinceCodesTest, Gs1KeysHaveTheirCheckDigits) {
    for (const std::uint64_t number : {0ULL, 1ULL, 999ULL, 99'999'999ULL}) {
        EXPECT_EQ(model::check_gln(gln(number)).verdict, model::Verdict::kValid);
        EXPECT_EQ(model::check_gtin(packed_gtin(number)).verdict, model::Verdict::kValid);
        EXPECT_EQ(model::check_gtin(loose_gtin(number)).verdict, model::Verdict::kValid);
        const std::string container = container_uri(number);
        EXPECT_EQ(
            model::check_sscc(container.substr(container.rfind('/') + 1)).verdict,
            model::Verdict::kValid
        );
    }
}

TEST(ProvinceCodesTest, LicencesAreValid) {
    for (std::uint32_t serial = 1; serial < 9'999; serial += 37) {
        EXPECT_EQ(
            model::check_production_licence(production_licence("104", kCounty, serial)).verdict,
            model::Verdict::kValid
        );
        EXPECT_EQ(
            model::check_trading_licence(trading_licence('2', kCounty, serial)).verdict,
            model::Verdict::kValid
        );
    }
}

TEST(ProvinceCodesTest, PlatesAreValidAndSomeAreNewEnergy) {
    std::uint32_t new_energy = 0;
    for (std::uint64_t key = 0; key < 2'000; ++key) {
        const std::string number = plate('A', key);
        EXPECT_EQ(model::check_plate(number).verdict, model::Verdict::kValid) << number;
        constexpr std::size_t kBytesOfNewEnergy = 3 + 1 + 6;
        new_energy += number.size() == kBytesOfNewEnergy ? 1U : 0U;
    }
    EXPECT_GT(new_energy, 400U);
    EXPECT_LT(new_energy, 800U);
}

TEST(ProvinceCodesTest, CustomsDeclarationsAreValid) {
    const std::string number = customs_declaration(2026, 31'788);
    EXPECT_EQ(number, "460020261000031788");
    EXPECT_EQ(model::check_customs_declaration(number).verdict, model::Verdict::kValid);
}

}  // namespace
}  // namespace suyuan::province
