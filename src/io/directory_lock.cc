// SPDX-License-Identifier: Apache-2.0

#include "io/directory_lock.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/assert.h"
#include "base/error.h"
#include "base/result.h"
#include "io/detail/posix.h"
#include "io/process.h"

namespace suyuan::io {
namespace {

// A process id and an address; more than that is not ours.
constexpr std::size_t kLockBytesMax = 512;

std::filesystem::path lock_path(const std::filesystem::path& directory) {
    return directory / "lock";
}

// Open-file-description locks: unlike those of a process, they hold against other threads of this
// one and do not vanish when somebody here opens and closes the same file; unlike flock() they can
// be asked after.
struct flock whole_file(short type) {
    struct flock region{};
    region.l_type = type;
    region.l_whence = SEEK_SET;
    return region;
}

bool is_held_elsewhere(int descriptor) {
    struct flock region = whole_file(F_WRLCK);
    const int outcome = ::fcntl(descriptor, F_OFD_GETLK, &region);
    return outcome == 0 && region.l_type != F_UNLCK;
}

// The text of the lock file without its line end.
std::string read_line(int descriptor) {
    std::array<char, kLockBytesMax> buffer{};
    const ::ssize_t count = ::pread(descriptor, buffer.data(), buffer.size(), 0);
    const std::string_view text(buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    return std::string(text.substr(0, text.find('\n')));
}

struct Holder {
    std::string process;  // Decimal; empty if it has not written it yet.
    std::string address;  // Empty if none was published.
};

Holder read_holder(int descriptor) {
    const std::string line = read_line(descriptor);
    const std::size_t blank = line.find(' ');
    Holder holder;
    holder.process = line.substr(0, blank);
    holder.address = blank == std::string::npos ? "" : line.substr(blank + 1);
    return holder;
}

Sentence describe(const std::filesystem::path& directory, const Holder& holder) {
    Sentence told = {
        directory.string() + " 正被" +
            (holder.process.empty() ? "另一个进程" : "进程 " + holder.process) + "使用",
        directory.string() + " is in use by " +
            (holder.process.empty() ? "another process" : "the process " + holder.process),
    };
    if (!holder.address.empty()) {
        told.zh += "，地址 " + holder.address;
        told.en += " at " + holder.address;
    }
    return told;
}

Status write_line(int descriptor, std::string_view text) {
    const std::string line = std::string(text) + '\n';
    const ::ssize_t written = ::pwrite(descriptor, line.data(), line.size(), 0);
    if (written != static_cast<::ssize_t>(line.size()) ||
        ::ftruncate(descriptor, static_cast<::off_t>(line.size())) != 0) {
        return detail::fail_with_errno("write", "lock");
    }
    return {};
}

bool is_address_character(char c) noexcept {
    return c > ' ' && c < '\x7f';
}

}  // namespace

Result<DirectoryLock> DirectoryLock::acquire(const std::filesystem::path& directory) {
    const std::filesystem::path path = lock_path(directory);
    detail::Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file.is_open()) {
        return detail::fail_with_errno("open", path);
    }
    struct flock region = whole_file(F_WRLCK);
    if (::fcntl(file.value(), F_OFD_SETLK, &region) != 0) {
        if (errno != EAGAIN && errno != EACCES) {
            return detail::fail_with_errno("lock", path);
        }
        return fail(ErrorCode::kConflict, describe(directory, read_holder(file.value())));
    }
    SUYUAN_TRY_VOID(write_line(file.value(), std::to_string(process_id())));
    return DirectoryLock(file.release());
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

DirectoryLock::~DirectoryLock() {
    if (descriptor_ < 0) {
        return;
    }
    // Best effort: a stale line is harmless, it is only read while somebody holds the lock.
    static_cast<void>(::ftruncate(descriptor_, 0) == 0);
    ::close(descriptor_);
}

// Not const: it changes what others read. NOLINTNEXTLINE(readability-make-member-function-const)
Status DirectoryLock::publish_address(std::string_view address) {
    SUYUAN_ASSERT(descriptor_ >= 0);
    const std::string line = std::to_string(process_id()) + ' ' + std::string(address);
    if (address.empty() || line.size() >= kLockBytesMax ||
        !std::ranges::all_of(address, is_address_character)) {
        return fail(
            ErrorCode::kInvalidArgument,
            "an address is one word of at most " + std::to_string(kLockBytesMax) + " characters"
        );
    }
    return write_line(descriptor_, line);
}

std::string DirectoryLock::holder_address(const std::filesystem::path& directory) {
    const detail::Descriptor file(::open(lock_path(directory).c_str(), O_RDWR | O_CLOEXEC));
    if (!file.is_open() || !is_held_elsewhere(file.value())) {
        return {};
    }
    return read_holder(file.value()).address;
}

}  // namespace suyuan::io
