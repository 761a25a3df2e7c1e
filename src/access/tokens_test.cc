// SPDX-License-Identifier: Apache-2.0

#include "access/tokens.h"

#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "access/password_rules.h"
#include "io/randomness.h"

namespace suyuan::access {
namespace {

TEST(TokensTest, AreLongAndNeverTheSame) {
    io::SystemRandomness randomness;
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) {
        EXPECT_EQ(new_id('k', randomness).size(), 17U);
        EXPECT_EQ(new_token(randomness).size(), 52U);
        EXPECT_TRUE(seen.insert(new_id('k', randomness)).second);
        EXPECT_TRUE(seen.insert(new_token(randomness)).second);
    }
}

TEST(TokensTest, InitialPasswordsPassEveryProfile) {
    io::SystemRandomness randomness;
    for (int i = 0; i < 1'000; ++i) {
        const std::string password = new_initial_password("wang", dengbao_profile(), randomness);
        EXPECT_TRUE(check_new_password(password, "wang", dengbao_profile())) << password;
    }
}

TEST(TokensTest, InitialPasswordsNeverHoldTheNameOfTheAccount) {
    // The first draw holds this name: the same randomness once more, and the next draw is taken.
    const auto draws = [](std::string_view name) {
        io::SeededRandomness randomness(7);
        return new_initial_password(name, asvs_profile(), randomness);
    };
    const std::string first = draws("nobody");
    const std::string name = first.substr(3, 4);
    const std::string second = draws(name);
    EXPECT_NE(second, first);
    EXPECT_FALSE(check_new_password(first, name, asvs_profile()));
    EXPECT_TRUE(check_new_password(second, name, asvs_profile()));
}

TEST(TokensTest, RecoveryCodesAreReadAsPeopleTypeThem) {
    io::SystemRandomness randomness;
    const auto codes = new_recovery_codes(randomness);
    ASSERT_EQ(codes.size(), kRecoveryCodes);
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), kRecoveryCodes);
    const std::string& code = codes.front();
    EXPECT_EQ(code.size(), 27U) << code;
    std::string typed;
    for (const char letter : code) {
        typed += letter == '-' ? " " : std::string(1, static_cast<char>(letter | 0x20));
    }
    EXPECT_EQ(recovery_digest(typed), recovery_digest(code));
    EXPECT_EQ(recovery_digest(code).size(), 32U);
    EXPECT_NE(recovery_digest(code), recovery_digest(codes.back()));
    for (const std::string_view other : {"", "123456", "AAAAAA-AAAAAA", "!"}) {
        EXPECT_EQ(recovery_digest(other), "") << other;
    }
}

}  // namespace
}  // namespace suyuan::access
