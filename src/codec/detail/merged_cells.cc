// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/merged_cells.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/detail/cell_place.h"
#include "codec/detail/xml_parser.h"
#include "codec/table_row.h"

namespace suyuan::codec::detail {
namespace {

constexpr std::string_view kElement = "mergeCell";

// <c r="A1"><v></v></c>
constexpr std::uint64_t kMarkupBytes = 21;

static_assert(kElement.size() <= kMergeNameOverlap);

Failure too_much(const TableRow& row, std::uint64_t bytes_max) {
    return fail(
        ErrorCode::kLimitExceeded,
        Sentence{
            format(
                "第 {} 行：合并单元格的内容填到每一行，超过 {} 字节。请取消合并。",
                row.number,
                bytes_max
            ),
            format(
                "row {}: what merged cells say fills more than {} bytes: unmerge them",
                row.number,
                bytes_max
            )
        }
    );
}

}  // namespace

bool may_name_merged_cells(std::string_view piece) noexcept {
    return piece.find(kElement) != std::string_view::npos ||
           piece.substr(0, 4).find('\0') != std::string_view::npos;
}

Status MergeList::start_element(std::string_view name, const XmlAttributes& attributes) {
    if (name != kElement) {
        return {};
    }
    const std::string_view reference = attributes.find("ref").value_or("");
    const std::size_t colon = reference.find(':');
    if (colon == std::string_view::npos) {
        return {};
    }
    const std::optional<CellPlace> first = parse_cell_place(reference.substr(0, colon));
    const std::optional<CellPlace> last = parse_cell_place(reference.substr(colon + 1));
    if (!first || !last || first->row >= last->row || first->column > last->column ||
        first->column > columns_max_) {
        return {};
    }
    if (ranges_.size() == ranges_max_) {
        is_beyond_limit_ = true;
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("工作表里合并的单元格多于 {} 处：请取消合并。", ranges_max_),
                format("the sheet has more than {} merged cells: unmerge them", ranges_max_)
            }
        );
    }
    ranges_.push_back({.first_row = first->row, .last_row = last->row, .column = first->column});
    return {};
}

std::vector<MergedRange> MergeList::take_ranges() {
    std::ranges::sort(ranges_);
    return std::exchange(ranges_, {});
}

Status MergedFill::apply(TableRow& row) {
    std::erase_if(held_, [&](const Held& held) {
        const bool is_over = held.last_row < row.number;
        held_bytes_ -= is_over ? held.text.size() : 0;
        return is_over;
    });
    const std::size_t began_above = held_.size();
    SUYUAN_TRY_VOID(hold_beginning(row));
    return row.cells.empty() || began_above == 0 ? Status() : fill(row);
}

Status MergedFill::hold_beginning(const TableRow& row) {
    for (; next_ < ranges_.size() && ranges_[next_].first_row <= row.number; ++next_) {
        const MergedRange& range = ranges_[next_];
        if (range.first_row < row.number || range.column > row.cells.size() ||
            row.cells[range.column - 1].empty() ||
            std::ranges::find(held_, range.column, &Held::column) != held_.end()) {
            continue;
        }
        Held held = {
            .last_row = range.last_row,
            .column = range.column,
            .text = row.cells[range.column - 1],
            .fault = std::nullopt
        };
        const auto fault = std::ranges::find(row.faults, range.column, &TableFault::column);
        if (fault != row.faults.end()) {
            held.fault = fault->reason;
        }
        held_bytes_ += held.text.size();
        if (held_bytes_ > limits_.row_bytes_max) {
            return too_much(row, limits_.row_bytes_max);
        }
        held_.push_back(std::move(held));
    }
    return {};
}

Status MergedFill::fill(TableRow& row) {
    for (const Held& held : held_) {
        if (row.cells.size() < held.column) {
            row.cells.resize(held.column);
        }
        std::string& cell = row.cells[held.column - 1];
        if (!cell.empty()) {
            continue;
        }
        filled_bytes_ += held.text.size() + kMarkupBytes;
        if (filled_bytes_ > limits_.filled_bytes_max) {
            return too_much(row, limits_.filled_bytes_max);
        }
        cell = held.text;
        row.repeated.push_back(held.column);
        if (held.fault) {
            row.faults.push_back({held.column, *held.fault});
        }
    }
    return {};
}

}  // namespace suyuan::codec::detail
