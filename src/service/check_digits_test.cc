// SPDX-License-Identifier: Apache-2.0

#include "service/check_digits.h"

#include <optional>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"

namespace suyuan::service {
namespace {

TEST(CheckDigitsTest, AWrongOneIsToldInBothLanguages) {
    for (const std::string_view uri :
         {"https://id.gs1.org/01/06901234000015/10/X1",
          "https://id.gs1.org/01/06901234000015",
          "https://id.gs1.org/00/069012340000000012",
          "https://id.gs1.org/414/6909999000013",
          "https://id.gs1.org/417/6909999000013/254/x"}) {
        const auto fault = check_digit_fault(uri);
        ASSERT_TRUE(fault.has_value()) << uri;
        EXPECT_FALSE(fault->zh.empty());
        EXPECT_FALSE(fault->en.empty());
    }
}

TEST(CheckDigitsTest, ARightOneAndNoneAreNoFault) {
    for (const std::string_view uri :
         {"https://id.gs1.org/01/06901234000016/10/X1",
          "https://id.gs1.org/414/6909999000012",
          "https://id.gs1.org/414/6909999000012/254/dock7",
          "urn:x:Any-1",
          ""}) {
        EXPECT_FALSE(check_digit_fault(uri).has_value()) << uri;
    }
}

TEST(CheckDigitsTest, AMistypedSocialCreditCodeIsAFault) {
    EXPECT_FALSE(check_digit_fault("https://ns.suyuan.example/uscc/91350100M000100Y43"));
    EXPECT_TRUE(check_digit_fault("https://ns.suyuan.example/uscc/91350100M000100Y44"));
}

TEST(CheckDigitsTest, NumbersOfLicencesVehiclesAndPeopleAreLookedAt) {
    struct Row {
        std::optional<Sentence> (*fault)(std::string_view);
        std::vector<std::string_view> right;  // or another kind's
        std::vector<std::string_view> wrong;
    };

    const std::vector<Row> table = {
        {licence_fault,
         {"SC11834020305037", "sc 11834020305037", "JY14101020001237", "urn:x:1", "豫食登字1号", ""
         },
         {"SC11834020305038", "SC1183402030503", "JY14101020001238", "jy1410102000123"}},
        {plate_fault,
         {"豫A12345", "豫a·12345", "B-MW 1234", "GB12 ABC", ""},
         {"豫B1234", "豫AO2345", "于A12345"}},
        {mobile_fault,
         {"13800138000", "+86 138 0013 8000", "0371-65500000", "+86 371 65500000", "95598", ""},
         {"1380013800", "+861380013800", "12800138000"}},
        {identity_fault,
         {"11010519491231002X", "staff-17", "110105194912310", ""},
         {"110105194912310021", "11010519491331002X"}},
    };
    for (const Row& row : table) {
        for (const std::string_view number : row.right) {
            EXPECT_FALSE(row.fault(number).has_value()) << number;
        }
        for (const std::string_view number : row.wrong) {
            const auto fault = row.fault(number);
            ASSERT_TRUE(fault.has_value()) << number;
            EXPECT_FALSE(fault->zh.empty() || fault->en.empty()) << number;
            EXPECT_EQ(fault->en.find(number), std::string::npos) << fault->en;
        }
    }
}

}  // namespace
}  // namespace suyuan::service
