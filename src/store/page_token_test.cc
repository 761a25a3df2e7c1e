// SPDX-License-Identifier: Apache-2.0

#include "store/page_token.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "store/commitment.h"
#include "store/hash_id.h"
#include "store/hex.h"

namespace suyuan::store {
namespace {

constexpr std::array<std::int64_t, 3> kNumbers = {1, -7, std::numeric_limits<std::int64_t>::max()};

TEST(PageTokenTest, NumbersComeBack) {
    const TokenSealer sealer("key");
    const std::string token = sealer.seal(ListKind::kEvents, "question", kNumbers);
    const auto numbers = sealer.open(ListKind::kEvents, "question", token, 3);
    ASSERT_TRUE(numbers);
    EXPECT_EQ(*numbers, std::vector<std::int64_t>(kNumbers.begin(), kNumbers.end()));
}

TEST(PageTokenTest, EverythingElseIsRefused) {
    const TokenSealer sealer("key");
    const std::string token = sealer.seal(ListKind::kEvents, "question", kNumbers);
    const auto is_refused = [](const Result<std::vector<std::int64_t>>& opened) {
        return !opened && opened.error().code() == ErrorCode::kInvalidArgument;
    };
    EXPECT_TRUE(is_refused(sealer.open(ListKind::kSearch, "question", token, 3)));
    EXPECT_TRUE(is_refused(sealer.open(ListKind::kEvents, "other", token, 3)));
    EXPECT_TRUE(is_refused(sealer.open(ListKind::kEvents, "question", token, 2)));
    EXPECT_TRUE(is_refused(sealer.open(ListKind::kEvents, "question", token, 4)));
    EXPECT_TRUE(is_refused(TokenSealer("yek").open(ListKind::kEvents, "question", token, 3)));
    EXPECT_TRUE(is_refused(sealer.open(ListKind::kEvents, "question", "", 3)));
    EXPECT_TRUE(is_refused(sealer.open(ListKind::kEvents, "question", "no token", 3)));
    for (std::size_t at = 0; at < token.size(); ++at) {
        for (const char digit : {'0', 'f', 'A', ' '}) {
            std::string other = token;
            other[at] = digit;
            const bool is_same = other == token;
            EXPECT_EQ(is_refused(sealer.open(ListKind::kEvents, "question", other, 3)), !is_same);
        }
        EXPECT_TRUE(is_refused(sealer.open(ListKind::kEvents, "question", token.substr(0, at), 3)));
    }
}

TEST(PageTokenTest, TextsComeBackAndNothingElseIsTakenForThem) {
    const TokenSealer sealer("key");
    const std::vector<std::string> texts = {"runs", "", "京A12345", std::string("a\0b", 3)};
    const std::string token = sealer.seal_texts(ListKind::kRegistry, "question", texts);
    const auto opened = sealer.open_texts(ListKind::kRegistry, "question", token, 4);
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, texts);
    EXPECT_FALSE(sealer.open_texts(ListKind::kStock, "question", token, 4));
    EXPECT_FALSE(sealer.open_texts(ListKind::kRegistry, "other", token, 4));
    EXPECT_FALSE(sealer.open_texts(ListKind::kRegistry, "question", token, 3));
    EXPECT_FALSE(sealer.open_texts(ListKind::kRegistry, "question", token, 5));
    EXPECT_FALSE(sealer.open_texts(ListKind::kRegistry, "question", token + "00", 4));
    EXPECT_FALSE(TokenSealer("yek").open_texts(ListKind::kRegistry, "question", token, 4));
}

TEST(HashIdTest, EveryTextHasItsOwnKey) {
    const std::string digest(64, 'a');
    const std::string usual = "ni:///sha-256;" + digest + "?ver=CBV2.0";
    const std::vector<std::string> texts = {
        usual,
        "ni:///sha-256;" + digest + "?ver=CBV2.1",
        "ni:///sha-256;" + std::string(64, 'A') + "?ver=CBV2.0",
        "ni:///sha-256;" + std::string(63, 'a') + "g?ver=CBV2.0",
        "",
        std::string(32, '\xaa'),
        "\x01" + std::string(32, '\xaa'),
    };
    for (const std::string& text : texts) {
        const auto back = unpack_hash_id(pack_hash_id(text));
        ASSERT_TRUE(back);
        EXPECT_EQ(*back, text);
        for (const std::string& other : texts) {
            EXPECT_EQ(pack_hash_id(text) == pack_hash_id(other), text == other);
        }
    }
    EXPECT_EQ(pack_hash_id(usual).size(), 33U);
    EXPECT_FALSE(unpack_hash_id(""));
    EXPECT_FALSE(unpack_hash_id("\x01short"));
    EXPECT_FALSE(unpack_hash_id("\x03?"));
}

TEST(HexTest, OnlyLowerCaseDigitsAreRead) {
    EXPECT_EQ(to_hex(std::string("\x00\xff\x1a", 3)), "00ff1a");
    EXPECT_EQ(from_hex("00ff1a"), std::string("\x00\xff\x1a", 3));
    for (const char* text : {"0", "0g", "FF", " 0"}) {
        EXPECT_FALSE(from_hex(text)) << text;
    }
}

TEST(CommitmentTest, EveryPartCounts) {
    const std::vector<std::string> leaves = {person_leaf("salt", "p", "v"), "leaf"};
    const std::string whole = record_commitment("salt", "hash", leaves);
    EXPECT_EQ(whole.size(), 32U);
    EXPECT_NE(whole, record_commitment("tlas", "hash", leaves));
    EXPECT_NE(whole, record_commitment("salt", "hsah", leaves));
    EXPECT_NE(whole, record_commitment("salt", "hash", {}));
    EXPECT_NE(whole, record_commitment("salth", "ash", leaves));
    EXPECT_NE(person_leaf("s", "p", "v"), person_leaf("s", "pv", ""));
    EXPECT_NE(person_leaf("s", "p", "v"), person_leaf("", "p", "v"));
}

}  // namespace
}  // namespace suyuan::store
