// SPDX-License-Identifier: Apache-2.0

#include "service/person_ids.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "io/files.h"
#include "io/randomness.h"
#include "service/service_fixture.h"

namespace suyuan::service {
namespace {

constexpr std::string_view kOperator = "https://ns.suyuan.example/uscc/91410100MA45X2TP0T";
// The id that the name had before there were keys: anybody can make it.
constexpr std::string_view kOldId = "person-0b4e03711fb258e8";

PersonIds ids_of(char letter, PersonIds::Knows knows = {}) {
    return PersonIds(std::string(PersonIds::kKeyBytes, letter), std::move(knows));
}

TEST(PersonIdsTest, AnIdNeedsTheKeyTheOperatorAndTheName) {
    const std::string id = ids_of('a').id_of(kOperator, "张三").value();
    EXPECT_EQ(id, ids_of('a').id_of(kOperator, "张三").value());
    EXPECT_NE(id, ids_of('b').id_of(kOperator, "张三").value());
    EXPECT_NE(id, ids_of('a').id_of(kOperator, "张四").value());
    EXPECT_NE(id, ids_of('a').id_of("urn:x:other", "张三").value());
    EXPECT_TRUE(id.starts_with("person-"));
    EXPECT_EQ(id.size(), kOldId.size());
    EXPECT_NE(id, kOldId);
}

TEST(PersonIdsTest, WhoIsKnownUnderAnOldIdKeepsIt) {
    const auto knows = [](std::string_view id) -> Result<bool> { return id == kOldId; };
    EXPECT_EQ(ids_of('a', knows).id_of(kOperator, "张三").value(), kOldId);
    EXPECT_EQ(
        ids_of('a', knows).id_of(kOperator, "李四").value(),
        ids_of('a').id_of(kOperator, "李四").value()
    );
    const auto fails = [](std::string_view) -> Result<bool> {
        return fail(ErrorCode::kUnavailable, "the disk is gone");
    };
    EXPECT_FALSE(ids_of('a', fails).id_of(kOperator, "张三"));
}

TEST(PersonIdsTest, AKeyIsMadeOnceAndForItsOwnerAlone) {
    const TemporaryDirectory folder;
    io::SystemRandomness randomness;
    const PersonKey made = open_person_key(folder.path(), randomness, false).value();
    EXPECT_FALSE(made.has_old_ids);
    // What the store has by now does not matter.
    const PersonKey again = open_person_key(folder.path(), randomness, true).value();
    EXPECT_EQ(again.bytes, made.bytes);
    EXPECT_FALSE(again.has_old_ids);
    const std::filesystem::path file = folder.path() / "person.key";
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(file).permissions(), perms::owner_read | perms::owner_write);
    const TemporaryDirectory other;
    EXPECT_NE(open_person_key(other.path(), randomness, true)->bytes, made.bytes);
    EXPECT_TRUE(open_person_key(other.path(), randomness, false)->has_old_ids);
}

TEST(PersonIdsTest, WhatIsNoKeyIsRefusedWithoutRepeatingIt) {
    const TemporaryDirectory folder;
    io::SystemRandomness randomness;
    for (const std::string_view text :
         {"", "{}", R"({"key":"00ff","has_old_ids":false})", "c0ffee"}) {
        ASSERT_TRUE(io::write_file(folder.path() / "person.key", text));
        const auto key = open_person_key(folder.path(), randomness, false);
        ASSERT_FALSE(key) << text;
        EXPECT_EQ(key.error().code(), ErrorCode::kCorruption);
        EXPECT_EQ(key.error().message().find("00ff"), std::string::npos);
        EXPECT_EQ(key.error().message().find("c0ffee"), std::string::npos);
    }
}

}  // namespace
}  // namespace suyuan::service
