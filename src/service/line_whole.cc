// SPDX-License-Identifier: Apache-2.0
//
// What is asked of a row before it is read: whether it says anything, and whether its cells can be
// what their columns are.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/format.h"
#include "codec/table_row.h"
#include "service/detail/line_row.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"

namespace suyuan::service {

using enum Column;

namespace {

// Names, codes and numbers are far shorter; what is longer came there by mistake.
constexpr std::size_t kCellBytesMax = 2'000;

}  // namespace

// Numbers and units that were filled in down the sheet say nothing alone, and a sum is no line.
bool LineReader::Row::says_nothing() const {
    constexpr std::array kFilledIn = {kLine, kUnit, kOperator, kSite, kRowInFile};
    constexpr std::array<std::string_view, 8> kSums = {
        "合计", "总计", "小计", "共计", "累计", "本页", "本月", "本日"
    };
    constexpr std::array<std::string_view, 8> kFooters = {
        "制表", "填表", "审核", "复核", "负责人", "备注", "说明", "注："
    };
    if (!is_of_events(sheet().kind)) {
        return std::ranges::all_of(sheet().columns, [&](const ColumnTitle& column) {
            return own_cell(column.column).empty();
        });
    }
    const bool is_blank = std::ranges::all_of(sheet().columns, [&](const ColumnTitle& column) {
        return std::ranges::find(kFilledIn, column.column) != kFilledIn.end() ||
               own_cell(column.column).empty();
    });
    if (is_blank) {
        return true;
    }
    std::string text;
    for (std::size_t at = 0; at < row_.cells.size() && text.empty(); ++at) {
        text = is_repeated_at(at) ? std::string() : plain_title(row_.cells[at]);
    }
    // Most rows are of a day, and nothing more is asked of them.
    if (!own_cell(kTime).empty() && plain_title(own_cell(kTime)) != text) {
        return false;
    }
    const auto begins = [&](std::string_view word) { return text.starts_with(plain_title(word)); };
    return std::ranges::any_of(kSums, begins) ||
           (cell(kQuantity).empty() && std::ranges::any_of(kFooters, begins));
}

// The wide sheet has its titles twice, in English and in Chinese.
bool LineReader::Row::says_titles() const {
    const ColumnTitle* const step = sheet().find(kStep);
    if (step == nullptr || row_.number > 2) {
        return false;
    }
    const std::string text = plain_title(cell(kStep));
    return text == plain_title(step->zh) || text == plain_title(step->en);
}

void LineReader::Row::take_faults_of_file() {
    for (const codec::TableFault& fault : row_.faults) {
        const std::size_t at = fault.column == 0 ? row_.cells.size() : fault.column - 1;
        line_.faults.push_back({
            .column = at < reader_.titles_.size() ? reader_.titles_[at] : std::string(),
            .place = at,
            .value = at < row_.cells.size() ? row_.cells[at] : std::string(),
            .reason = fault.reason,
        });
    }
}

void LineReader::Row::check_cells() {
    for (const ColumnTitle& title : sheet().columns) {
        const std::string_view text = cell(title.column);
        if (text.size() > kCellBytesMax) {
            refuse(
                title.column,
                {format("太长：{} 字节，最多 {} 字节。", text.size(), kCellBytesMax),
                 format("too long: {} bytes, of at most {}", text.size(), kCellBytesMax)}
            );
        }
    }
}

}  // namespace suyuan::service
