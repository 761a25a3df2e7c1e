// SPDX-License-Identifier: Apache-2.0

#include "service/detail/line_source.h"

#include <filesystem>
#include <optional>
#include <ranges>
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

template <typename Names>
std::string join(const Names& names, std::string_view comma) {
    std::string text;
    for (const auto& name : names) {
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

// Those that show; the first of a workbook that hides all.
std::vector<std::string> shown_worksheets(const codec::TableReader& reader) {
    const std::vector<codec::XlsxSheet> all = reader.sheets();
    std::vector<std::string> shown;
    for (const codec::XlsxSheet& sheet : all) {
        if (!sheet.is_hidden) {
            shown.push_back(sheet.name);
        }
    }
    if (shown.empty() && !all.empty()) {
        shown.push_back(all.front().name);
    }
    return shown;
}

Result<std::vector<std::string>> fitting_worksheets(
    codec::TableReader& reader,
    const std::vector<std::string>& names,
    const FileImportOptions& options
) {
    std::vector<std::string> fitting;
    for (const std::string& name : names) {
        SUYUAN_TRY_VOID(reader.select_sheet(name));
        SUYUAN_TRY(const bool fits, fits_sheet(reader, options));
        if (fits) {
            fitting.push_back(name);
        }
    }
    return fitting;
}

Sentence several_fit(const std::vector<std::string>& names) {
    return {
        format("工作簿里有几张表可以导入：{}。请选定一张，分别导入。", join(names, "、")),
        format(
            "several worksheets of the file can be imported: {}; choose one, and import them one "
            "after the other",
            join(names, ", ")
        )
    };
}

// The worksheet that the sender chose; else the only one that fits a sheet, of those that show;
// else the first that shows. Several that fit are a problem: nothing is left out unsaid.
Status select_worksheet(OpenedTable& table, const FileImportOptions& options) {
    table.worksheet = options.worksheet;
    if (table.worksheet.empty()) {
        const std::vector<std::string> shown = shown_worksheets(table.reader);
        if (shown.empty()) {
            return {};  // no workbook
        }
        table.worksheet = shown.front();
        std::vector<std::string> fitting;
        if (shown.size() > 1) {
            SUYUAN_TRY(fitting, fitting_worksheets(table.reader, shown, options));
        }
        if (fitting.size() > 1) {
            table.problem = several_fit(fitting);
        }
        if (!fitting.empty()) {
            table.worksheet = fitting.front();
        }
    }
    return table.reader.select_sheet(table.worksheet);
}

}  // namespace

Result<std::optional<SheetKind>> chosen_sheet(const FileImportOptions& options) {
    if (options.sheet.empty()) {
        return std::optional<SheetKind>();
    }
    const Sheet* const sheet = find_sheet(options.sheet);
    if (sheet == nullptr) {
        const std::string keys = join(sheets() | std::views::transform(&Sheet::key), ", ");
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
    OpenedTable table{std::move(reader), {}, {}, {}};
    SUYUAN_TRY_VOID(select_worksheet(table, options));
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
