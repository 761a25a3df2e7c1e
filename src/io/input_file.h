// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "base/result.h"

namespace suyuan::io {

// A file of any size, read piece by piece at places of the caller's choice.
//
// For files of strangers: one that shrinks meanwhile gives fewer bytes, where a mapping would
// fault.
//
// Threads: reads carry their place with them, so any number may read at once. Lifetime: closed on
// destruction.
class InputFile {
public:
    // Fails with kNotFound, kPermissionDenied, kInvalidArgument (no regular file) or kUnavailable.
    static Result<InputFile> open(const std::filesystem::path& path);

    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&& other) noexcept;
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    ~InputFile();

    // Bytes, when it was opened.
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

    // Fills `into` from byte `offset` on; the number of bytes read is smaller only at the end of
    // the file. Fails with kUnavailable.
    [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const;

private:
    InputFile(int descriptor, std::uint64_t size, std::filesystem::path path);

    int descriptor_ = -1;  // -1: moved from
    std::uint64_t size_ = 0;
    std::filesystem::path path_;  // for messages
};

}  // namespace suyuan::io
