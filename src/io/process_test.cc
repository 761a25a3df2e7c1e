// SPDX-License-Identifier: Apache-2.0

#include "io/process.h"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): SIGPIPE is POSIX, not C.
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): setenv() is POSIX, not C.

namespace suyuan::io {
namespace {

// The wait status of a child that ran `body` and then left with 0.
int status_of_child(const std::function<void()>& body) {
    const ::pid_t child = ::fork();
    if (child == 0) {
        body();
        ::_exit(0);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return status;
}

void leave_unless(bool condition, int exit_code) {
    if (!condition) {
        ::_exit(exit_code);
    }
}

TEST(ProcessTest, SeesItsMemoryGrow) {
    constexpr std::size_t kBytes = std::size_t{64} << 20U;
    const std::uint64_t before = resident_bytes();
    ASSERT_GT(before, 0U);
    const std::vector<char> block(kBytes, 'x');
    EXPECT_GE(resident_bytes(), before + (kBytes / 2)) << block[kBytes / 2];
    EXPECT_GE(resident_bytes_peak(), before + (kBytes / 2));
}

TEST(ProcessTest, KnowsItsNumberAndItsEnvironment) {
    EXPECT_EQ(process_id(), ::getpid());
    ASSERT_EQ(::setenv("SUYUAN_PROCESS_TEST", "value", 1), 0);
    EXPECT_EQ(environment("SUYUAN_PROCESS_TEST"), "value");
    ASSERT_EQ(::unsetenv("SUYUAN_PROCESS_TEST"), 0);
    EXPECT_EQ(environment("SUYUAN_PROCESS_TEST"), std::nullopt);
}

TEST(ProcessTest, TheFirstStopSignalAsksAndTheSecondEnds) {
    const int status = status_of_child([] {
        catch_stop_signals();
        leave_unless(!stop_signal_received(), 1);
        ::raise(SIGTERM);
        leave_unless(stop_signal_received(), 2);
        ::raise(SIGINT);
        ::_exit(3);
    });
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 128 + SIGINT);
}

TEST(ProcessTest, ABrokenPipeIsAnErrorNotAnEnd) {
    const int status = status_of_child([] {
        catch_stop_signals();
        ::raise(SIGPIPE);
        leave_unless(!stop_signal_received(), 1);
    });
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace
}  // namespace suyuan::io
