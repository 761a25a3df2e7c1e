// SPDX-License-Identifier: Apache-2.0

#include "service/stories.h"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "io/files.h"
#include "io/scratch_folder_fixture.h"

namespace suyuan::service {
namespace {

class StoriesTest : public ::testing::Test {
protected:
    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_.path(); }

private:
    io::ScratchFolder folder_;
};

TEST_F(StoriesTest, WhatWasWrittenIsRead) {
    const std::vector<Story> stories = {
        {"问题牛肉", "The bad beef", "A20260301", "/?q=A20260301&direction=full"},
        {"退货", "A return", "B1", "/?q=B1&direction=forward"},
    };
    ASSERT_TRUE(write_stories(folder(), stories));
    const auto read = read_stories(folder());
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, stories);
    ASSERT_TRUE(write_stories(folder(), {stories[1]}));
    EXPECT_EQ(read_stories(folder())->size(), 1U);
}

TEST_F(StoriesTest, AStoreWithoutADemoHasNone) {
    const auto read = read_stories(folder());
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->empty());
}

TEST_F(StoriesTest, ADamagedFileIsNamed) {
    ASSERT_TRUE(io::write_file(folder() / "stories.json", "{\"stories\": 7}"));
    const auto read = read_stories(folder());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code(), ErrorCode::kCorruption);
    EXPECT_NE(read.error().message().find("stories.json"), std::string::npos);
}

}  // namespace
}  // namespace suyuan::service
