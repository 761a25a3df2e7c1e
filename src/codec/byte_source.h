// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"

namespace suyuan::codec {

// Bytes that can be read at any place, whether they lie in memory or in a file.
//
// Threads: any number may read. Lifetime: owns what it reads from.
class ByteSource {
public:
    ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;
    virtual ~ByteSource() = default;

    [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;

    // Fills `into` from byte `offset` on; fewer bytes only at the end. Fails with kUnavailable.
    [[nodiscard]] virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into)
        const = 0;
};

[[nodiscard]] std::unique_ptr<ByteSource> source_of_bytes(std::string bytes);

// Fails as io::InputFile::open() does.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> source_of_file(const std::filesystem::path& path);

}  // namespace suyuan::codec
