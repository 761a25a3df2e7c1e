// SPDX-License-Identifier: Apache-2.0

#include "service/detail/line_source.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/table_file.h"
#include "codec/table_row.h"
#include "codec/xlsx.h"
#include "service/file_import.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"

namespace suyuan::service::detail {
namespace {

std::string join(const std::vector<std::string>& names, std::string_view comma) {
    std::string text;
    for (const std::string& name : names) {
        text += format("{}{}", text.empty() ? "" : comma, name);
    }
    return text;
}

// Whether the selected worksheet is one to import.
Result<bool> fits_sheet(codec::TableReader& reader, const FileImportOptions& options) {
    SUYUAN_TRY(const auto kind, chosen_sheet(options));
    SUYUAN_TRY(const std::optional<codec::TableRow> titles, reader.next());
    return titles && map_columns(titles->cells, kind, options.choices).has_value();
}

// The worksheet that the sender chose; else the only one that fits a sheet, of those that show;
// else the first that shows. Several that fit are a problem: nothing is left out unsaid.
Status select_worksheet(OpenedTable& table, const FileImportOptions& options) {
    std::vector<std::string> shown;
    for (const codec::XlsxSheet& sheet : table.reader.sheets()) {
        if (!sheet.is_hidden) {
            shown.push_back(sheet.name);
        }
    }
    if (shown.empty() && !table.reader.sheets().empty()) {
        shown.push_back(table.reader.sheets().front().name);
    }
    std::vector<std::string> fitting;
    if (!options.worksheet.empty()) {
        fitting.push_back(options.worksheet);
    } else if (shown.size() > 1) {
        for (const std::string& name : shown) {
            SUYUAN_TRY_VOID(table.reader.select_sheet(name));
            SUYUAN_TRY(const bool fits, fits_sheet(table.reader, options));
            if (fits) {
                fitting.push_back(name);
            }
        }
    }
    if (fitting.size() > 1) {
        const std::string names = join(fitting, "、");
        const std::string names_en = join(fitting, ", ");
        table.problem = {
            format("工作簿里有几张表可以导入：{}。请选定一张，分别导入。", names),
            format(
                "several worksheets of the file can be imported: {}; choose one, and import them "
                "one after the other",
                names_en
            )
        };
    }
    if (!fitting.empty() || !shown.empty()) {
        table.worksheet = fitting.empty() ? shown.front() : fitting.front();
        SUYUAN_TRY_VOID(table.reader.select_sheet(table.worksheet));
    }
    return {};
}

}  // namespace

Result<std::optional<SheetKind>> chosen_sheet(const FileImportOptions& options) {
    if (options.sheet.empty()) {
        return std::optional<SheetKind>();
    }
    const Sheet* const sheet = find_sheet(options.sheet);
    if (sheet == nullptr) {
        std::string keys;
        for (const Sheet& known : sheets()) {
            keys += format("{}{}", keys.empty() ? "" : ", ", known.key);
        }
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format("没有“{}”这种表；有 {}。", options.sheet, keys),
                format("there is no sheet \"{}\"; there are {}", options.sheet, keys)
            }
        );
    }
    return std::optional(sheet->kind);
}

Result<OpenedTable> open_table(
    const std::filesystem::path& file, const FileImportOptions& options
) {
    SUYUAN_TRY(auto source, codec::source_of_file(file));
    SUYUAN_TRY(codec::TableReader reader, codec::TableReader::open(std::move(source)));
    OpenedTable table{.reader = std::move(reader)};
    if (!table.reader.sheets().empty() || !options.worksheet.empty()) {
        SUYUAN_TRY_VOID(select_worksheet(table, options));
    }
    SUYUAN_TRY(std::optional<codec::TableRow> titles, table.reader.next());
    if (!titles) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "文件是空的：第一行应是列名，下面每行一条。",
                "the file is empty: its first row has the titles, each row after it a line"
            }
        );
    }
    table.titles = std::move(titles->cells);
    return table;
}

LineSource::LineSource(OpenedTable table, LineReader lines, std::string sheet)
    : table_(std::move(table)), lines_(std::move(lines)), sheet_(std::move(sheet)) {}

Result<LineSource> LineSource::open(
    const std::filesystem::path& file, const FileImportOptions& options
) {
    SUYUAN_TRY(OpenedTable table, open_table(file, options));
    if (table.problem) {
        return fail(ErrorCode::kInvalidArgument, *table.problem);
    }
    SUYUAN_TRY(const auto kind, chosen_sheet(options));
    SUYUAN_TRY(const ColumnMap columns, map_columns(table.titles, kind, options.choices));
    SUYUAN_TRY(LineDefaults defaults, read_line_defaults(options.operator_code, options.site));
    std::string sheet(columns.sheet().key);
    LineReader lines(columns, table.titles, std::move(defaults));
    return LineSource(std::move(table), std::move(lines), std::move(sheet));
}

Result<std::vector<LineSource::Entry>> LineSource::next_batch() {
    std::vector<Entry> batch;
    batch.reserve(kImportBatch);
    while (batch.size() < kImportBatch) {
        SUYUAN_TRY(std::optional<codec::TableRow> row, table_.reader.next());
        if (!row) {
            break;
        }
        Line line = lines_.read(*row);
        if (line.is_skipped) {
            continue;
        }
        batch.push_back({.row = *std::move(row), .line = std::move(line)});
    }
    return batch;
}

void LineSource::place(FileProgress& progress) const noexcept {
    progress.bytes_read = table_.reader.bytes_read();
    progress.bytes_total = table_.reader.bytes_total();
}

}  // namespace suyuan::service::detail
