// SPDX-License-Identifier: Apache-2.0

#include "access/password_rules.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/error.h"

namespace suyuan::access {
namespace {

// Of what is published most often after breaches, those that are long enough to be chosen here.
TEST(PasswordRulesTest, WhatEverybodyTakesIsRefused) {
    for (const std::string_view password :
         {"123456789012",
          "1234567890123",
          "111111111111",
          "qwertyuiop12",
          "qwertyuiop123",
          "1qaz2wsx3edc",
          "1qaz2wsx3edc4rfv",
          "passwordpassword",
          "password1234",
          "Password1234",
          "P@ssw0rd1234",
          "p@$$w0rd2024",
          "admin1234567",
          "administrator",
          "administrator1",
          "iloveyou1234",
          "woaini1314520",
          "woaini123456",
          "asdfghjkl123",
          "zxcvbnm12345",
          "abcdefghijkl",
          "abcabcabcabc",
          "x7x7x7x7x7x7",
          "aB3$aB3$aB3$",
          "welcome20242024",
          "suyuan202611",
          "Suyuan@123456",
          "zhejiangfood",
          "溯源溯源食品密码管理员溯源食",
          "zyxwvutsrqpo",
          "098765432109",
          "qazwsx123456",
          "letmein12345",
          "changeme1234",
          "000000000000a"}) {
        const auto refused = check_new_password(password, "wang", asvs_profile());
        ASSERT_FALSE(refused) << password;
        EXPECT_EQ(refused.error().code(), ErrorCode::kInvalidArgument);
        EXPECT_FALSE(refused.error().message_zh().empty());
    }
}

TEST(PasswordRulesTest, WhatNobodyGuessesIsTakenWhateverItsLetters) {
    for (const std::string_view password :
         {"correct horse battery",
          "kfmzpqwyhtuv",
          "今天食堂的红烧肉真的很好吃啊",
          "8341907256183",
          "nothing-of-that",
          "vG5!xq9Lw2#c"}) {
        EXPECT_TRUE(check_new_password(password, "wang", asvs_profile())) << password;
    }
}

TEST(PasswordRulesTest, LengthIsOfCharacters) {
    EXPECT_FALSE(check_new_password("vG5!xq9Lw2#", "", asvs_profile()));
    EXPECT_FALSE(check_new_password("红烧肉真好吃", "", asvs_profile()));  // six, of 18 bytes
    std::string long_one;
    for (int i = 0; i < 32; ++i) {
        long_one += "k" + std::to_string(i * 7919 % 1000) + "z" + static_cast<char>('a' + i % 26);
    }
    EXPECT_TRUE(check_new_password(long_one.substr(0, 128), "", asvs_profile()));
    EXPECT_FALSE(check_new_password(long_one.substr(0, 129), "", asvs_profile()));
}

TEST(PasswordRulesTest, TheAccountsNameIsNoPassword) {
    EXPECT_FALSE(check_new_password("xk WangWu vq9tz", "wangwu", asvs_profile()));
    EXPECT_TRUE(check_new_password("xk WangWu vq9tz", "li", asvs_profile()));
    EXPECT_TRUE(check_new_password("vG5!xq9Lw2#c", "x", asvs_profile()));
}

TEST(PasswordRulesTest, TheOtherProfileWantsKindsAndChanges) {
    const PasswordProfile profile = dengbao_profile();
    EXPECT_FALSE(check_new_password("correct horse battery", "", profile));
    EXPECT_FALSE(check_new_password("kfmzpqwyhtuv7", "", profile));
    EXPECT_TRUE(check_new_password("Correct horse battery", "", profile));
    EXPECT_TRUE(check_new_password("kfmzpQwyhtuv7", "", profile));
    EXPECT_EQ(profile.days_max, 90);
    EXPECT_EQ(asvs_profile().days_max, 0);
}

TEST(PasswordRulesTest, WaitsDoubleUpToABound) {
    const PasswordProfile asvs = asvs_profile();
    EXPECT_EQ(wait_after(0, asvs), 0);
    EXPECT_EQ(wait_after(4, asvs), 0);
    EXPECT_EQ(wait_after(5, asvs), 1'000'000);
    EXPECT_EQ(wait_after(6, asvs), 2'000'000);
    EXPECT_EQ(wait_after(14, asvs), 512'000'000);
    EXPECT_EQ(wait_after(15, asvs), 900'000'000);
    EXPECT_EQ(wait_after(1'000'000'000'000, asvs), 900'000'000);
    EXPECT_EQ(wait_after(4, dengbao_profile()), 0);
    EXPECT_EQ(wait_after(5, dengbao_profile()), 1'800'000'000);
}

}  // namespace
}  // namespace suyuan::access
