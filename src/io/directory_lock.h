// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace suyuan::io {

// One process owns a directory: an exclusive lock on DIR/lock, which holds the owner's process id
// and address. The kernel gives the lock back when the process ends, however it ends.
//
// Threads: not thread-safe. Lifetime: the lock is held until destruction.
class DirectoryLock {
public:
    // Requires the directory to exist. Fails with kConflict, naming the process that holds it (and
    // its address, if it published one), kPermissionDenied or kUnavailable.
    static Result<DirectoryLock> acquire(const std::filesystem::path& directory);

    DirectoryLock(DirectoryLock&& other) noexcept;
    DirectoryLock& operator=(DirectoryLock&& other) noexcept;
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;
    ~DirectoryLock();

    // Writes "pid address" into the lock file, so that other commands can reach the owner.
    [[nodiscard]] Status publish_address(std::string_view address);

    // The address that the current holder published; empty if nobody holds the lock or none was
    // published.
    [[nodiscard]] static std::string holder_address(const std::filesystem::path& directory);

private:
    explicit DirectoryLock(int descriptor) noexcept : descriptor_(descriptor) {}

    int descriptor_ = -1;
};

}  // namespace suyuan::io
