// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <filesystem>
#include <utility>

#include "base/result.h"

namespace suyuan::io {

// A folder of its own, for its user alone, where the system keeps what need not last. Lifetime: it
// goes with everything in it on destruction.
class TemporaryFolder {
public:
    // Fails with kUnavailable.
    static Result<TemporaryFolder> create();

    ~TemporaryFolder();

    TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

    TemporaryFolder& operator=(TemporaryFolder&&) = delete;
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
};

}  // namespace suyuan::io
