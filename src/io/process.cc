// SPDX-License-Identifier: Apache-2.0

#include "io/process.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction() is POSIX, not C.

#include "base/assert.h"
#include "io/files.h"

namespace suyuan::io {
namespace {

// Written by a signal handler, so it must need no lock.
std::atomic<bool> stop_was_asked = false;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void note_stop_signal(int signal_number) {
    if (stop_was_asked.exchange(true)) {
        ::_exit(128 + signal_number);  // What a shell reports for a process that a signal ended.
    }
}

void handle_signal(int signal_number, void (*handler)(int)) {
    struct sigaction action{};
    action.sa_handler = handler;
    const int failed = ::sigaction(signal_number, &action, nullptr);
    SUYUAN_ASSERT(failed == 0);
}

}  // namespace

std::uint64_t resident_bytes() {
    constexpr std::uint64_t kTextBytesMax = 4'096;
    const auto text = read_file("/proc/self/statm", kTextBytesMax);
    if (!text) {
        return 0;
    }
    const std::string_view fields = *text;  // "total resident shared ...", in pages
    const std::size_t start = fields.find(' ');
    if (start == std::string_view::npos) {
        return 0;
    }
    std::uint64_t pages = 0;
    const auto parsed =
        std::from_chars(fields.data() + start + 1, fields.data() + fields.size(), pages);
    const auto page_bytes = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return parsed.ec == std::errc() ? pages * page_bytes : 0;
}

void keep_new_files_private() noexcept {
    static_cast<void>(::umask(S_IRWXG | S_IRWXO));
}

std::uint64_t resident_bytes_peak() {
    struct rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) != 0) {
        return 0;
    }
    constexpr std::uint64_t kKibibyte = 1'024;
    return static_cast<std::uint64_t>(usage.ru_maxrss) * kKibibyte;
}

int process_id() noexcept {
    return ::getpid();
}

std::optional<std::string> environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

void catch_stop_signals() {
    handle_signal(SIGINT, note_stop_signal);
    handle_signal(SIGTERM, note_stop_signal);
    handle_signal(SIGPIPE, SIG_IGN);
}

bool stop_signal_received() noexcept {
    return stop_was_asked.load();
}

bool messages_go_to_a_terminal() noexcept {
    return ::isatty(STDERR_FILENO) == 1;
}

bool results_go_to_a_terminal() noexcept {
    return ::isatty(STDOUT_FILENO) == 1;
}

}  // namespace suyuan::io
