// SPDX-License-Identifier: Apache-2.0

#include "io/input_file.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "base/error.h"
#include "io/files.h"
#include "io/scratch_folder_fixture.h"

namespace suyuan::io {
namespace {

std::string read(const InputFile& file, std::uint64_t offset, std::size_t bytes) {
    std::string text(bytes, '?');
    text.resize(file.read_at(offset, text).value());
    return text;
}

TEST(InputFileTest, ReadsAtAnyPlaceAndLessAtTheEnd) {
    const ScratchFolder folder;
    ASSERT_TRUE(write_file(folder.path() / "file", "0123456789").has_value());
    InputFile file = InputFile::open(folder.path() / "file").value();
    const InputFile moved = std::move(file);
    EXPECT_EQ(moved.size(), 10U);
    EXPECT_EQ(read(moved, 3, 4), "3456");
    EXPECT_EQ(read(moved, 8, 4), "89");
    EXPECT_EQ(read(moved, 10, 4), "");
    EXPECT_EQ(read(moved, 1'000, 4), "");
    EXPECT_EQ(read(moved, 0, 0), "");
}

TEST(InputFileTest, AShrunkenFileGivesFewerBytes) {
    const ScratchFolder folder;
    const std::filesystem::path path = folder.path() / "file";
    ASSERT_TRUE(write_file(path, "0123456789").has_value());
    const InputFile file = InputFile::open(path).value();
    std::filesystem::resize_file(path, 4);
    EXPECT_EQ(read(file, 2, 8), "23");
}

TEST(InputFileTest, FailuresHaveTheirKind) {
    const ScratchFolder folder;
    EXPECT_EQ(InputFile::open(folder.path() / "none").error().code(), ErrorCode::kNotFound);
    EXPECT_EQ(InputFile::open(folder.path()).error().code(), ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace suyuan::io
