// SPDX-License-Identifier: Apache-2.0
//
// Goal: a folder has one owner at a time, across processes, and the others learn who it is.
// Method: real child processes, which report over a pipe.

#include "io/directory_lock.h"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill() is POSIX, not C.
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): of the wait status.

#include "base/error.h"
#include "io/process.h"
#include "io/scratch_folder_fixture.h"

namespace suyuan::io {
namespace {

// Runs `report` in a child process and returns what it said.
std::string in_child(const std::function<std::string()>& report) {
    std::array<int, 2> pipe_ends{};
    EXPECT_EQ(::pipe(pipe_ends.data()), 0);
    const ::pid_t child = ::fork();
    if (child == 0) {
        const std::string said = report();
        const ::ssize_t written = ::write(pipe_ends[1], said.data(), said.size());
        ::_exit(written == static_cast<::ssize_t>(said.size()) ? 0 : 1);
    }
    ::close(pipe_ends[1]);
    std::string heard;
    std::array<char, 512> buffer{};
    for (::ssize_t count = 1; count > 0;) {
        count = ::read(pipe_ends[0], buffer.data(), buffer.size());
        heard.append(buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    ::close(pipe_ends[0]);
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return heard;
}

std::string acquire_and_tell(const std::filesystem::path& folder) {
    const auto lock = DirectoryLock::acquire(folder);
    return lock ? "acquired"
                : std::string(to_string(lock.error().code())) + ": " + lock.error().message();
}

TEST(DirectoryLockTest, RefusesASecondHolderAndNamesTheFirst) {
    const ScratchFolder folder;
    const auto lock = DirectoryLock::acquire(folder.path());
    ASSERT_TRUE(lock.has_value()) << lock.error().message();

    const std::string refusal = in_child([&] { return acquire_and_tell(folder.path()); });
    EXPECT_EQ(refusal.substr(0, refusal.find(':')), "conflict");
    EXPECT_NE(refusal.find(std::to_string(process_id())), std::string::npos) << refusal;
    EXPECT_NE(refusal.find(folder.path().string()), std::string::npos) << refusal;

    const auto second = DirectoryLock::acquire(folder.path());
    ASSERT_FALSE(second.has_value()) << "one process is no exception";
    EXPECT_EQ(second.error().code(), ErrorCode::kConflict);
}

TEST(DirectoryLockTest, TellsTheAddressWhileItIsHeld) {
    const ScratchFolder folder;
    EXPECT_EQ(DirectoryLock::holder_address(folder.path()), "");
    {
        auto lock = DirectoryLock::acquire(folder.path()).value();
        EXPECT_EQ(DirectoryLock::holder_address(folder.path()), "");
        ASSERT_TRUE(lock.publish_address("127.0.0.1:8080").has_value());
        EXPECT_EQ(DirectoryLock::holder_address(folder.path()), "127.0.0.1:8080");
        ASSERT_TRUE(lock.publish_address("[::1]:80").has_value()) << "a shorter one replaces it";
        EXPECT_EQ(
            in_child([&] { return DirectoryLock::holder_address(folder.path()); }), "[::1]:80"
        );
        const std::string refusal = in_child([&] { return acquire_and_tell(folder.path()); });
        EXPECT_NE(refusal.find("[::1]:80"), std::string::npos) << refusal;
        EXPECT_EQ(acquire_and_tell(folder.path()).find("acquired"), std::string::npos)
            << "asking for the address must not give the lock away";
    }
    EXPECT_EQ(DirectoryLock::holder_address(folder.path()), "");
}

TEST(DirectoryLockTest, ComesBackWhenItsHolderEndsWithoutAWord) {
    const ScratchFolder folder;
    std::array<int, 2> pipe_ends{};
    ASSERT_EQ(::pipe(pipe_ends.data()), 0);
    const ::pid_t child = ::fork();
    if (child == 0) {
        const auto lock = DirectoryLock::acquire(folder.path());
        const char byte = lock ? 'y' : 'n';
        static_cast<void>(::write(pipe_ends[1], &byte, 1) == 1);
        ::pause();
        ::_exit(0);
    }
    char byte = '\0';
    ASSERT_EQ(::read(pipe_ends[0], &byte, 1), 1);
    ASSERT_EQ(byte, 'y');
    EXPECT_NE(acquire_and_tell(folder.path()).find(std::to_string(child)), std::string::npos);

    ASSERT_EQ(::kill(child, SIGKILL), 0);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    ::close(pipe_ends[0]);
    ::close(pipe_ends[1]);
    EXPECT_EQ(DirectoryLock::holder_address(folder.path()), "")
        << "what a dead process wrote is not believed";
    EXPECT_EQ(acquire_and_tell(folder.path()), "acquired");
}

TEST(DirectoryLockTest, MovesWithItsObject) {
    const ScratchFolder folder;
    auto first = DirectoryLock::acquire(folder.path()).value();
    auto second = std::move(first);
    EXPECT_EQ(acquire_and_tell(folder.path()).find("acquired"), std::string::npos);
    {
        const auto third = std::move(second);
    }
    EXPECT_EQ(acquire_and_tell(folder.path()), "acquired");
}

TEST(DirectoryLockTest, RefusesAddressesThatWouldNotReadBack) {
    const ScratchFolder folder;
    auto lock = DirectoryLock::acquire(folder.path()).value();
    for (const std::string& address :
         {std::string(), std::string("two words"), std::string("line\nend"), std::string(1'000, 'x')
         }) {
        EXPECT_EQ(lock.publish_address(address).error().code(), ErrorCode::kInvalidArgument)
            << '"' << address << '"';
    }
}

TEST(DirectoryLockTest, NeedsAFolder) {
    const ScratchFolder folder;
    const auto lock = DirectoryLock::acquire(folder.path() / "missing");
    ASSERT_FALSE(lock.has_value());
    EXPECT_EQ(lock.error().code(), ErrorCode::kNotFound);
    EXPECT_EQ(DirectoryLock::holder_address(folder.path() / "missing"), "");
}

}  // namespace
}  // namespace suyuan::io
