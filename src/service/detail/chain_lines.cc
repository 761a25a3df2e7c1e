// SPDX-License-Identifier: Apache-2.0

#include "service/detail/chain_lines.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/table_file.h"
#include "codec/table_row.h"
#include "codec/xlsx.h"
#include "service/chain_reader.h"
#include "service/chain_workbook.h"
#include "service/file_import.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"

namespace suyuan::service::detail {
namespace {

struct Titles {
    ChainTitles titles;
    std::optional<codec::TableRow> first_row;  // after them, if it was read already
};

// As the file spells it; empty: there is none.
std::string worksheet_of(const codec::TableReader& reader, const ChainSheet& sheet) {
    const std::string wanted = plain_title(sheet.worksheet);
    for (const codec::XlsxSheet& one : reader.sheets()) {
        if (plain_title(one.name) == wanted) {
            return one.name;
        }
    }
    return {};
}

// Requires that the worksheet was just selected.
Result<Titles> read_titles(codec::TableReader& reader, const ChainSheet& sheet) {
    Titles read;
    SUYUAN_TRY(const std::optional<codec::TableRow> first, reader.next());
    if (!first) {
        return read;
    }
    SUYUAN_TRY(std::optional<codec::TableRow> second, reader.next());
    const bool is_title = second && second->number == first->number + 1 &&
                          is_second_title_row(sheet, first->cells, second->cells);
    read.titles = read_chain_titles(
        sheet, first->cells, is_title ? second->cells : std::vector<std::string>()
    );
    if (!is_title) {
        read.first_row = std::move(second);
    }
    return read;
}

Result<bool> has_key(codec::TableReader& reader, const ChainSheet& sheet) {
    const std::string name = worksheet_of(reader, sheet);
    if (name.empty()) {
        return false;
    }
    SUYUAN_TRY_VOID(reader.select_sheet(name));
    SUYUAN_TRY(const Titles titles, read_titles(reader, sheet));
    return titles.titles.place(sheet.key).has_value();
}

const ChainSheet* sheet_called(std::string_view worksheet) {
    const auto sheets = chain_sheets();
    const std::string plain = plain_title(worksheet);
    const auto found = std::ranges::find_if(sheets, [&](const ChainSheet& sheet) {
        return plain_title(sheet.worksheet) == plain;
    });
    return found == sheets.end() ? nullptr : &*found;
}

}  // namespace

Result<bool> is_chain_workbook(codec::TableReader& reader, const FileImportOptions& options) {
    const bool is_told = options.sheet == kChainKey;
    if (reader.format() != codec::TableFormat::kXlsx || (!is_told && !options.sheet.empty())) {
        return false;
    }
    if (!is_told && !options.worksheet.empty() && sheet_called(options.worksheet) == nullptr) {
        return false;
    }
    SUYUAN_TRY(const bool has_stations, has_key(reader, chain_sheets()[0]));
    return has_stations ? has_key(reader, chain_sheets()[1]) : Result<bool>(false);
}

Result<FilePreview> preview_chain(codec::TableReader reader, const FileImportOptions& options) {
    const ChainSheet* const asked = sheet_called(options.worksheet);
    const ChainSheet& sheet = asked == nullptr ? chain_sheets()[0] : *asked;
    FilePreview preview;
    preview.format = "xlsx";
    preview.sheet = kChainKey;
    for (const ChainSheet& each : chain_sheets()) {
        if (std::string name = worksheet_of(reader, each); !name.empty()) {
            preview.worksheets.push_back(std::move(name));
        }
    }
    preview.worksheet = worksheet_of(reader, sheet);
    if (preview.worksheet.empty()) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{"工作簿没有这张工作表。", "the workbook has no such worksheet"}
        );
    }
    SUYUAN_TRY_VOID(reader.select_sheet(preview.worksheet));
    SUYUAN_TRY(Titles titles, read_titles(reader, sheet));
    preview.columns.resize(titles.titles.titles.size());
    preview.titles = std::move(titles.titles.titles);
    std::optional<codec::TableRow> row = std::move(titles.first_row);
    while (preview.rows.size() < kPreviewRows) {
        if (!row) {
            SUYUAN_TRY(row, reader.next());
        }
        if (!row) {
            break;
        }
        preview.rows.push_back(std::move(row->cells));
        row.reset();
    }
    return preview;
}

Result<std::unique_ptr<LineSource>> ChainLines::open(
    codec::TableReader reader, const FileImportOptions& options, const LineDefaults& defaults
) {
    const bool has_choice = std::ranges::any_of(options.choices, [](const TitleChoice& choice) {
        return !choice.column.empty();
    });
    if (has_choice) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "FoodChain-Lab 工作簿的列是固定的，不能另行指定。",
                "the columns of a FoodChain-Lab workbook are fixed: none can be chosen"
            }
        );
    }
    return std::unique_ptr<LineSource>(std::make_unique<ChainLines>(std::move(reader), defaults));
}

ChainLines::ChainLines(codec::TableReader reader, const LineDefaults& defaults)
    : reader_(std::move(reader)), lines_(defaults) {}

void ChainLines::place(FileProgress& progress) const noexcept {
    progress.bytes_read = reader_.bytes_read();
    progress.bytes_total = reader_.bytes_total();
}

std::vector<std::string> ChainLines::unused_titles() const {
    std::vector<std::string> unused;
    for (std::size_t i = 0; i < kSheetCount; ++i) {
        const ChainSheet& sheet = chain_sheets()[i];
        if (sheet.key == ChainColumn::kDeliveryId) {
            continue;
        }
        for (const std::size_t at : titles_.at(i).additional) {
            unused.push_back(format("{} · {}", sheet.worksheet, titles_.at(i).titles[at]));
        }
    }
    return unused;
}

Result<std::optional<LineSource::Entry>> ChainLines::next() {
    while (true) {
        if (!is_in_sheet_) {
            if (next_sheet_ == kSheetCount) {
                return std::optional<Entry>();
            }
            const ChainSheet& sheet = chain_sheets()[next_sheet_];
            const std::string name = worksheet_of(reader_, sheet);
            if (name.empty()) {
                ++next_sheet_;  // no links at all
                continue;
            }
            SUYUAN_TRY_VOID(reader_.select_sheet(name));
            SUYUAN_TRY(Titles read, read_titles(reader_, sheet));
            tables_[next_sheet_] = {
                .worksheet = std::string(sheet.worksheet), .titles = read.titles.titles
            };
            titles_[next_sheet_] = std::move(read.titles);
            first_row_ = std::move(read.first_row);
            is_in_sheet_ = true;
        }
        std::optional<codec::TableRow> row = std::exchange(first_row_, std::nullopt);
        if (!row) {
            SUYUAN_TRY(row, reader_.next());
        }
        if (!row) {
            is_in_sheet_ = false;
            ++next_sheet_;
            continue;
        }
        SUYUAN_TRY(Line line, lines_.read(chain_sheets()[next_sheet_], titles_[next_sheet_], *row));
        return std::optional(
            Entry{.row = *std::move(row), .line = std::move(line), .table = &tables_[next_sheet_]}
        );
    }
}

}  // namespace suyuan::service::detail
