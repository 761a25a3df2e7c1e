// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/shared_strings.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/detail/cell_value.h"
#include "codec/detail/xml_parser.h"

namespace suyuan::codec::detail {

namespace {

// A cell takes far less (TableLimits::cell_bytes_max): what is longer is refused where it is used.
constexpr std::size_t kEscapedBytesMax = std::size_t{1} << 20;

}  // namespace

std::optional<std::string> SharedStrings::find(std::size_t index) const {
    if (index >= ends_.size()) {
        return std::nullopt;
    }
    const auto begin = texts_.begin() + (index == 0 ? 0 : ends_[index - 1]);
    return std::string(begin, texts_.begin() + ends_[index]);
}

Status SharedStrings::start_element(std::string_view name, const XmlAttributes& /*attributes*/) {
    if (name == "si") {
        is_item_ = true;
    } else if (name == "rPh") {
        is_phonetic_ = true;
    } else if (name == "t") {
        is_text_ = is_item_ && !is_phonetic_;
    }
    return {};
}

Status SharedStrings::end_element(std::string_view name) {
    if (name == "t") {
        is_text_ = false;
    } else if (name == "rPh") {
        is_phonetic_ = false;
    } else if (name == "si" && is_item_) {
        is_item_ = false;
        undo_escapes_of_last();
        ends_.push_back(static_cast<std::uint32_t>(texts_.size()));
        return check_size();
    }
    return {};
}

Status SharedStrings::text(std::string_view piece) {
    if (is_text_) {
        texts_.insert(texts_.end(), piece.begin(), piece.end());
        return check_size();
    }
    return {};
}

void SharedStrings::undo_escapes_of_last() {
    const auto begin = texts_.begin() + (ends_.empty() ? 0 : ends_.back());
    if (texts_.end() - begin > static_cast<std::ptrdiff_t>(kEscapedBytesMax)) {
        return;
    }
    std::string text(begin, texts_.end());
    undo_escapes(text, 0);
    texts_.erase(std::ranges::copy(text, begin).out, texts_.end());
}

Status SharedStrings::check_size() const {
    if (texts_.size() + ends_.size() * sizeof(ends_.front()) > bytes_max_) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("工作簿的文字超过 {} 字节：请拆分，或把工作表另存为 CSV。", bytes_max_),
                format(
                    "the workbook's texts take more than {} bytes: split it, or save the sheet as "
                    "CSV",
                    bytes_max_
                )
            }
        );
    }
    return {};
}

}  // namespace suyuan::codec::detail
