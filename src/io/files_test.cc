// SPDX-License-Identifier: Apache-2.0
//
// Goal: files are read and written as a whole, or not at all, and every failure has its kind.

#include "io/files.h"

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "io/scratch_folder_fixture.h"

namespace suyuan::io {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kBytesMax = 1'000;

unsigned mode_of(const fs::path& path) {
    struct stat status{};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 0777U;
}

std::size_t entry_count(const fs::path& folder) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        static_cast<void>(entry);
        ++count;
    }
    return count;
}

TEST(FilesTest, ReadsBackWhatItWrote) {
    const ScratchFolder folder;
    for (const std::string& bytes : {std::string(), std::string("\0\n\xff text", 8)}) {
        ASSERT_TRUE(write_file(folder.path() / "file", bytes).has_value());
        EXPECT_EQ(read_file(folder.path() / "file", kBytesMax).value(), bytes);
    }
    EXPECT_EQ(entry_count(folder.path()), 1U) << "nothing is left beside the file";
    EXPECT_EQ(mode_of(folder.path() / "file"), 0600U);
}

TEST(FilesTest, ReplacesAFileWithoutTouchingTheOldOne) {
    const ScratchFolder folder;
    const fs::path path = folder.path() / "file";
    ASSERT_TRUE(write_file(path, "old").has_value());
    fs::create_hard_link(path, folder.path() / "witness");
    ASSERT_TRUE(write_file(path, "new").has_value());
    EXPECT_EQ(read_file(path, kBytesMax).value(), "new");
    EXPECT_EQ(read_file(folder.path() / "witness", kBytesMax).value(), "old")
        << "the old bytes were overwritten in place: a crash could leave half of each";
}

TEST(FilesTest, AFailedWriteLeavesTheOldFileAndNoRubbish) {
    const ScratchFolder folder;
    const fs::path path = folder.path() / "file";
    ASSERT_TRUE(make_directories(path / "in the way").has_value());
    const auto outcome = write_file(path, "new");  // A rename cannot replace a full folder.
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code(), ErrorCode::kUnavailable);
    EXPECT_EQ(entry_count(folder.path()), 1U);
    EXPECT_EQ(
        write_file(folder.path() / "missing" / "file", "x").error().code(), ErrorCode::kNotFound
    );
}

TEST(FilesTest, RefusesWhatIsTooLarge) {
    const ScratchFolder folder;
    const fs::path path = folder.path() / "file";
    ASSERT_TRUE(write_file(path, std::string(200'000, 'x')).has_value());
    EXPECT_EQ(read_file(path, 200'000).value().size(), 200'000U);
    const auto refused = read_file(path, 199'999);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code(), ErrorCode::kLimitExceeded);
    EXPECT_NE(refused.error().message().find("199999"), std::string::npos)
        << refused.error().message();
}

TEST(FilesTest, ReadFailuresHaveTheirKind) {
    const ScratchFolder folder;
    EXPECT_EQ(read_file(folder.path() / "missing", kBytesMax).error().code(), ErrorCode::kNotFound);
    EXPECT_EQ(read_file(folder.path(), kBytesMax).error().code(), ErrorCode::kUnavailable);
    const auto missing = read_file(folder.path() / "missing", kBytesMax);
    EXPECT_NE(missing.error().message().find("missing"), std::string::npos) << "names the file";
}

TEST(FilesTest, ReadsFilesThatHaveNoSize) {
    EXPECT_FALSE(read_file("/proc/self/status", 100'000).value().empty());
}

TEST(FilesTest, MakesPrivateFoldersAndKeepsExistingOnes) {
    const ScratchFolder folder;
    const fs::path deep = folder.path() / "a" / "b" / "c";
    ASSERT_TRUE(make_directories(deep).has_value());
    EXPECT_EQ(mode_of(deep), 0700U);
    EXPECT_EQ(mode_of(folder.path() / "a"), 0700U);
    EXPECT_TRUE(make_directories(deep).has_value());
    EXPECT_TRUE(make_directories(deep / "").has_value()) << "a trailing slash names the folder";

    ASSERT_TRUE(write_file(folder.path() / "file", "x").has_value());
    EXPECT_FALSE(make_directories(folder.path() / "file").has_value());
    EXPECT_FALSE(make_directories(folder.path() / "file" / "below").has_value());
}

TEST(FilesTest, RemovesFilesAndForgivesMissingOnes) {
    const ScratchFolder folder;
    const fs::path path = folder.path() / "file";
    ASSERT_TRUE(write_file(path, "x").has_value());
    EXPECT_TRUE(io::exists(path));
    EXPECT_TRUE(remove_file(path).has_value());
    EXPECT_FALSE(io::exists(path));
    EXPECT_TRUE(remove_file(path).has_value());
    EXPECT_FALSE(remove_file(folder.path()).has_value()) << "a folder is not a file";
}

TEST(FilesTest, SyncsFoldersOnly) {
    const ScratchFolder folder;
    ASSERT_TRUE(write_file(folder.path() / "file", "x").has_value());
    EXPECT_TRUE(sync_directory(folder.path()).has_value());
    EXPECT_FALSE(sync_directory(folder.path() / "file").has_value());
    EXPECT_EQ(sync_directory(folder.path() / "missing").error().code(), ErrorCode::kNotFound);
}

TEST(FilesTest, ListsFilesByExtensionSortedWithoutFollowingLinks) {
    const ScratchFolder folder;
    const ScratchFolder elsewhere;
    const fs::path& root = folder.path();
    ASSERT_TRUE(make_directories(root / "sub").has_value());
    for (const char* const name : {"b.json", "a.jsonld", "c.txt", "sub/a.json"}) {
        ASSERT_TRUE(write_file(root / name, "x").has_value());
    }
    ASSERT_TRUE(write_file(elsewhere.path() / "d.json", "x").has_value());
    fs::create_directory_symlink(elsewhere.path(), root / "link");
    fs::create_symlink(elsewhere.path() / "d.json", root / "link.json");

    const std::vector<fs::path> expected = {
        root / "a.jsonld", root / "b.json", root / "sub" / "a.json"
    };
    EXPECT_EQ(list_files(root, {".json", ".jsonld"}).value(), expected);
    EXPECT_EQ(
        list_files(root / "b.json", {".json"}).value(), std::vector<fs::path>{root / "b.json"}
    );
    EXPECT_TRUE(list_files(root / "b.json", {".txt"}).value().empty());
    EXPECT_EQ(list_files(root / "missing", {".json"}).error().code(), ErrorCode::kNotFound);
}

}  // namespace
}  // namespace suyuan::io
