// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/shared_strings.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/detail/cell_value.h"
#include "codec/detail/xml_parser.h"

namespace suyuan::codec::detail {

std::optional<std::string_view> SharedStrings::find(std::size_t index) const {
    if (index >= ends_.size()) {
        return std::nullopt;
    }
    const std::uint64_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(texts_).substr(begin, ends_[index] - begin);
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
        undo_escapes(texts_, ends_.empty() ? 0 : ends_.back());
        ends_.push_back(texts_.size());
        return check_size();
    }
    return {};
}

Status SharedStrings::text(std::string_view piece) {
    if (is_text_) {
        texts_ += piece;
        return check_size();
    }
    return {};
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
