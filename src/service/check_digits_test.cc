// SPDX-License-Identifier: Apache-2.0

#include "service/check_digits.h"

#include <string_view>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace suyuan::service
