// SPDX-License-Identifier: Apache-2.0

#include "io/mapped_file.h"

#include <cstddef>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "base/error.h"
#include "io/files.h"
#include "io/scratch_folder_fixture.h"

namespace suyuan::io {
namespace {

std::string text_of(const MappedFile& file) {
    std::string text;
    for (const std::byte byte : file.bytes()) {
        text += static_cast<char>(byte);
    }
    return text;
}

TEST(MappedFileTest, ShowsTheBytesForAsLongAsItLives) {
    const ScratchFolder folder;
    ASSERT_TRUE(write_file(folder.path() / "file", "some bytes").has_value());
    MappedFile file = MappedFile::open(folder.path() / "file").value();
    ASSERT_TRUE(remove_file(folder.path() / "file").has_value());
    EXPECT_EQ(text_of(file), "some bytes");

    const MappedFile moved = std::move(file);
    EXPECT_EQ(text_of(moved), "some bytes");
}

TEST(MappedFileTest, AnEmptyFileIsAnEmptySpan) {
    const ScratchFolder folder;
    ASSERT_TRUE(write_file(folder.path() / "file", "").has_value());
    EXPECT_TRUE(MappedFile::open(folder.path() / "file").value().bytes().empty());
}

TEST(MappedFileTest, FailuresHaveTheirKind) {
    const ScratchFolder folder;
    EXPECT_EQ(MappedFile::open(folder.path() / "none").error().code(), ErrorCode::kNotFound);
    EXPECT_EQ(MappedFile::open(folder.path()).error().code(), ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace suyuan::io
