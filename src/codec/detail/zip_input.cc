// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/zip_input.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace suyuan::codec::detail {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} << 10;

}  // namespace

std::size_t ZipInput::read(std::span<char> into) {
    std::size_t filled = 0;
    while (filled < into.size() && !error_) {
        if (offset_ < block_begin_ || offset_ >= block_begin_ + block_.size()) {
            block_.resize(kBlockBytes);
            block_begin_ = offset_;
            Result<std::size_t> count = source_->read_at(offset_, block_);
            block_.resize(count.value_or(0));
            if (!count) {
                error_ = std::move(count).error();
            }
            if (block_.empty()) {
                break;
            }
        }
        const std::string_view piece =
            std::string_view(block_).substr(offset_ - block_begin_, into.size() - filled);
        std::ranges::copy(piece, into.subspan(filled).begin());
        filled += piece.size();
        offset_ += piece.size();
    }
    return filled;
}

}  // namespace suyuan::codec::detail
