// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/error.h"
#include "codec/byte_source.h"

namespace suyuan::codec::detail {

// A place in a source, moved and read as minizip does it: often byte by byte.
class ZipInput {
public:
    explicit ZipInput(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}

    // Returns the number of bytes read; fewer at the end, or after a failure of the source.
    std::size_t read(std::span<char> into);

    void seek(std::uint64_t offset) noexcept { offset_ = offset; }

    [[nodiscard]] std::uint64_t offset() const noexcept { return offset_; }

    [[nodiscard]] std::uint64_t size() const noexcept { return source_->size(); }

    // The source's first failure, which minizip cannot pass on.
    [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }

private:
    std::unique_ptr<ByteSource> source_;
    std::uint64_t offset_ = 0;
    std::string block_;  // the bytes of the source from block_begin_ on
    std::uint64_t block_begin_ = 0;
    std::optional<Error> error_;
};

}  // namespace suyuan::codec::detail
