// SPDX-License-Identifier: Apache-2.0
//
// Goal: the folder is there, its user's alone, and gone afterwards with what was put into it.

#include "io/temporary_folder.h"

#include <filesystem>
#include <utility>

#include <gtest/gtest.h>

#include "io/files.h"

namespace suyuan::io {
namespace {

TEST(TemporaryFolderTest, GoesWithEverythingInIt) {
    std::filesystem::path path;
    {
        TemporaryFolder first = TemporaryFolder::create().value();
        const TemporaryFolder folder = std::move(first);
        path = folder.path();
        EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms::owner_all);
        ASSERT_TRUE(make_directories(path / "inside").has_value());
        ASSERT_TRUE(write_file(path / "inside" / "file", "bytes").has_value());
    }
    EXPECT_FALSE(io::exists(path));
}

TEST(TemporaryFolderTest, EachIsItsOwn) {
    const TemporaryFolder one = TemporaryFolder::create().value();
    const TemporaryFolder other = TemporaryFolder::create().value();
    EXPECT_NE(one.path(), other.path());
}

}  // namespace
}  // namespace suyuan::io
