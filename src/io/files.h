// SPDX-License-Identifier: Apache-2.0
//
// Files and directories: the few operations that the platform needs, each durable where it says so.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace suyuan::io {

// The whole file as bytes. Fails with kNotFound, kPermissionDenied, kLimitExceeded (larger than
// `bytes_max`) or kUnavailable.
[[nodiscard]] Result<std::string> read_file(
    const std::filesystem::path& path, std::uint64_t bytes_max
);

// All or nothing: written beside, synced, renamed over `path`, directory synced.
[[nodiscard]] Status write_file(const std::filesystem::path& path, std::string_view bytes);

// Writes after the first `size` bytes of a file (0: makes it, mode 0600); what stood behind them,
// of a piece that was not written whole, goes. Not durable: call sync_file() once all is there.
// Fails with kConflict if it has fewer, with kUnavailable.
[[nodiscard]] Status append_file(
    const std::filesystem::path& path, std::uint64_t size, std::string_view bytes
);
[[nodiscard]] Status sync_file(const std::filesystem::path& path);
// Within one directory, over what is called `to`. Fails with kNotFound, kUnavailable.
[[nodiscard]] Status rename_file(
    const std::filesystem::path& from, const std::filesystem::path& to
);

// Creates `path` and its parents (mode 0700 for what it makes) and syncs the parents.
[[nodiscard]] Status make_directories(const std::filesystem::path& path);

// Makes the names in a directory durable.
[[nodiscard]] Status sync_directory(const std::filesystem::path& path);

// Succeeds if there is nothing to remove.
[[nodiscard]] Status remove_file(const std::filesystem::path& path);

// With everything below it. Succeeds if there is nothing to remove.
[[nodiscard]] Status remove_directory(const std::filesystem::path& path);

[[nodiscard]] bool exists(const std::filesystem::path& path);

// Regular files below `path` (itself, if it is one) whose name ends in one of `extensions`
// (".json"); sorted by path. Symbolic links are not followed.
[[nodiscard]] Result<std::vector<std::filesystem::path>> list_files(
    const std::filesystem::path& path, const std::vector<std::string>& extensions
);

}  // namespace suyuan::io
