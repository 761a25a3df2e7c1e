// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/sheet_rows.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/detail/cell_place.h"
#include "codec/detail/cell_value.h"
#include "codec/detail/damaged.h"
#include "codec/detail/parse_index.h"
#include "codec/detail/xml_parser.h"
#include "codec/table_row.h"

namespace suyuan::codec::detail {
namespace {

// What a message quotes of a reference.
constexpr std::size_t kQuotedMax = 20;

}  // namespace

TableRow SheetRows::take_row() {
    SUYUAN_ASSERT(is_row_ready_);
    is_row_ready_ = false;
    return std::exchange(row_, {});
}

Status SheetRows::start_element(std::string_view name, const XmlAttributes& attributes) {
    if (!is_sheet_data_) {
        is_sheet_data_ = name == "sheetData";
    } else if (!is_row_) {
        return name == "row" ? start_row(attributes) : Status();
    } else if (!is_cell_) {
        return name == "c" ? start_cell(attributes) : Status();
    } else if (name == "v" || name == "t") {
        is_value_ = !is_phonetic_;
    } else if (name == "rPh") {
        is_phonetic_ = true;
    }
    return {};
}

Status SheetRows::end_element(std::string_view name) {
    if (is_cell_) {
        if (name == "v" || name == "t") {
            is_value_ = false;
        } else if (name == "rPh") {
            is_phonetic_ = false;
        } else if (name == "c") {
            is_cell_ = false;
            return end_cell();
        }
    } else if (is_row_ && name == "row") {
        is_row_ = false;
        is_row_ready_ = !row_.cells.empty();
        return merged_.apply(row_);
    } else if (name == "sheetData") {
        is_sheet_data_ = false;
    }
    return {};
}

Status SheetRows::text(std::string_view piece) {
    if (!is_value_) {
        return {};
    }
    value_ += piece;
    if (value_.size() > limits_.cell_bytes_max) {
        return fail_here(
            ErrorCode::kLimitExceeded,
            {format("这一格超过 {} 字节。", limits_.cell_bytes_max),
             format("the cell is longer than {} bytes", limits_.cell_bytes_max)}
        );
    }
    return {};
}

Status SheetRows::start_row(const XmlAttributes& attributes) {
    const std::optional<std::string_view> reference = attributes.find("r");
    std::uint64_t number = row_number_ + 1;
    if (reference) {
        number = parse_index(*reference).value_or(0);
        if (number <= row_number_) {
            return damaged(
                format("row {} comes after row {}", reference->substr(0, kQuotedMax), row_number_)
            );
        }
    }
    if (number > kSheetRowsEnd) {
        return damaged(format("a sheet has at most {} rows", kSheetRowsEnd));
    }
    row_number_ = number;
    row_ = TableRow{.number = number, .cells = {}, .faults = {}};
    row_bytes_ = 0;
    column_ = 0;
    is_row_ = true;
    return {};
}

Status SheetRows::start_cell(const XmlAttributes& attributes) {
    const std::optional<std::string_view> reference = attributes.find("r");
    ++column_;
    if (reference) {
        const std::optional<CellPlace> place = parse_cell_place(*reference);
        if (!place || place->row != row_number_) {
            return damaged(format(
                "row {} has a cell with the reference {}",
                row_number_,
                reference->substr(0, kQuotedMax)
            ));
        }
        column_ = place->column;
    }
    constexpr std::array<std::pair<std::string_view, Type>, 7> kTypes = {{
        {"n", Type::kNumber},
        {"s", Type::kSharedString},
        {"str", Type::kText},
        {"inlineStr", Type::kText},
        {"b", Type::kBoolean},
        {"e", Type::kError},
        {"d", Type::kDate},
    }};
    const std::string_view type = attributes.find("t").value_or("n");
    const auto* const found =
        std::ranges::find(kTypes, type, &std::pair<std::string_view, Type>::first);
    if (found == kTypes.end()) {
        return damaged(format("row {} has a cell of an unknown type", row_number_));
    }
    type_ = found->second;
    const std::optional<std::uint32_t> style = parse_index(attributes.find("s").value_or("0"));
    date_kind_ = style ? styles_.kind_of(*style) : DateKind::kNone;
    value_.clear();
    is_cell_ = true;
    is_value_ = false;
    is_phonetic_ = false;
    return {};
}

Status SheetRows::end_cell() {
    if (value_.empty()) {
        return {};
    }
    switch (type_) {
        case Type::kSharedString:
            SUYUAN_TRY_VOID(end_shared_string());
            break;
        case Type::kText:
            undo_escapes(value_, 0);
            break;
        case Type::kNumber:
            take(date_text(value_, date_kind_, date_system_));
            break;
        case Type::kBoolean:
            end_boolean();
            break;
        case Type::kError:
            add_fault(
                {"这一格的公式出错：请改正，或直接填数值。",
                 "the formula of this cell gives an error: mend it, or enter the value"}
            );
            break;
        case Type::kDate:
            break;
    }
    return place_cell();
}

Status SheetRows::end_shared_string() {
    const std::optional<std::uint32_t> index = parse_index(value_);
    const std::optional<std::string> shared = index ? strings_.find(*index) : std::nullopt;
    if (!shared) {
        return damaged(format("row {} has a cell whose text is not in the workbook", row_number_));
    }
    value_.clear();
    is_value_ = true;
    Status taken = text(*shared);
    is_value_ = false;
    return taken;
}

void SheetRows::end_boolean() {
    if (value_ == "1" || value_ == "true") {
        value_ = "TRUE";
    } else if (value_ == "0" || value_ == "false") {
        value_ = "FALSE";
    } else {
        add_fault({"这一格既不是“真”也不是“假”。", "this is neither true nor false"});
    }
}

void SheetRows::take(CellText value) {
    value_ = std::move(value.text);
    if (!value.fault.en.empty()) {
        add_fault(std::move(value.fault));
    }
}

Status SheetRows::place_cell() {
    if (value_.empty()) {
        return {};
    }
    row_bytes_ += value_.size();
    if (row_bytes_ > limits_.row_bytes_max) {
        return fail_here(
            ErrorCode::kLimitExceeded,
            {format("这一行超过 {} 字节。", limits_.row_bytes_max),
             format("the row is longer than {} bytes", limits_.row_bytes_max)}
        );
    }
    if (column_ > limits_.columns_max) {
        return fail_here(
            ErrorCode::kLimitExceeded,
            {format("这一行多于 {} 列。", limits_.columns_max),
             format("the row has more than {} columns", limits_.columns_max)}
        );
    }
    if (row_.cells.size() < column_) {
        row_.cells.resize(column_);
    }
    std::string& cell = row_.cells[column_ - 1];
    if (!cell.empty()) {
        add_fault(
            {"这一格在文件里出现两次：请重新填写。", "this cell is there twice: enter it again"}
        );
    }
    cell = value_;
    return {};
}

void SheetRows::add_fault(Sentence reason) {
    // Cells may be there without end: what is told of a row is not.
    if (row_.faults.size() < limits_.columns_max) {
        row_.faults.push_back({column_, std::move(reason)});
    }
}

Failure SheetRows::fail_here(ErrorCode code, const Sentence& reason) const {
    return fail(
        code,
        Sentence{
            format("第 {} 行第 {} 列：{}", row_number_, column_, reason.zh),
            format("row {}, column {}: {}", row_number_, column_, reason.en)
        }
    );
}

}  // namespace suyuan::codec::detail
