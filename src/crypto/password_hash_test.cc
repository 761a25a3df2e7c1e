// SPDX-License-Identifier: Apache-2.0

#include "crypto/password_hash.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "io/randomness.h"

namespace suyuan::crypto {
namespace {

constexpr Argon2Cost kCheap = {.memory_kib = 8'192, .passes = 1};

// Made by the reference implementation's command: echo -n "password" | argon2 somesalt -id -t 2 -m
// 16 -p 1 (from its own test vectors, version 1.3).
TEST(PasswordHashTest, ReadsTheReferenceImplementation) {
    const std::string hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    EXPECT_TRUE(matches_password(hash, "password"));
    EXPECT_FALSE(matches_password(hash, "passwore"));
}

TEST(PasswordHashTest, MatchesItsPasswordAlone) {
    io::SystemRandomness randomness;
    const auto hash = hash_password("溯源 correct horse", kCheap, randomness);
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=8192,t=1,p=1$")) << *hash;
    EXPECT_TRUE(matches_password(*hash, "溯源 correct horse"));
    for (const std::string_view other :
         {"", "溯源 correct horsE", "溯源 correct hors", "溯源 correct horse "}) {
        EXPECT_FALSE(matches_password(*hash, other)) << other;
    }
}

TEST(PasswordHashTest, BytesOfAnyKindAreAPassword) {
    io::SystemRandomness randomness;
    const std::string with_zero("a\0b", 3);
    const auto hash = hash_password(with_zero, kCheap, randomness);
    ASSERT_TRUE(hash);
    EXPECT_TRUE(matches_password(*hash, with_zero));
    EXPECT_FALSE(matches_password(*hash, "a"));
}

TEST(PasswordHashTest, EqualPasswordsHaveDifferentHashes) {
    io::SystemRandomness randomness;
    EXPECT_NE(
        *hash_password("same", kCheap, randomness), *hash_password("same", kCheap, randomness)
    );
}

TEST(PasswordHashTest, WhatIsNoHashMatchesNothing) {
    for (const std::string text : {"", "x", "$argon2id$", "$argon2id$v=19$m=8192,t=1,p=1$$"}) {
        EXPECT_FALSE(matches_password(text, "")) << text;
        EXPECT_FALSE(matches_password(text, text)) << text;
    }
}

TEST(PasswordHashTest, KnowsWhenTheCostChanged) {
    io::SystemRandomness randomness;
    const auto hash = hash_password("x", kCheap, randomness);
    ASSERT_TRUE(hash);
    EXPECT_FALSE(needs_new_hash(*hash, kCheap));
    EXPECT_TRUE(needs_new_hash(*hash, kArgon2Floor));
    EXPECT_TRUE(needs_new_hash("", kCheap));
}

}  // namespace
}  // namespace suyuan::crypto
