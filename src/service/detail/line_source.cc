// SPDX-License-Identifier: Apache-2.0

#include "service/detail/line_source.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <memory>
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
#include "service/chain_workbook.h"
#include "service/detail/chain_lines.h"
#include "service/file_import.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/person_ids.h"

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

// Among how many rows the titles are looked for: above them stand the table's name, whose it is and
// from when to when.
constexpr std::size_t kRowsToTitles = 10;

std::size_t filled_cells(const codec::TableRow& row) {
    return static_cast<std::size_t>(std::ranges::count_if(row.cells, [](const std::string& cell) {
        return !without_blanks(cell).empty();
    }));
}

struct FoundTitles {
    std::optional<codec::TableRow> row;  // none: the table is empty
    bool fits = false;                   // a sheet
    bool is_next = false;                // the reader goes on behind it
};

// The first row that fits a sheet; else the first that is as wide as a table's, with at least half
// of the cells of the fullest.
Result<FoundTitles> find_titles(codec::TableReader& reader, const FileImportOptions& options) {
    SUYUAN_TRY(const auto kind, chosen_sheet(options));
    std::vector<codec::TableRow> rows;
    std::size_t fullest = 0;
    while (rows.size() < kRowsToTitles) {
        Result<std::optional<codec::TableRow>> next = reader.next();
        if (!next && rows.empty()) {
            return Failure(std::move(next).error());
        }
        // What is wrong further down is told once the rows before it are read.
        std::optional<codec::TableRow> row = next ? *std::move(next) : std::nullopt;
        if (!row) {
            break;
        }
        if (map_columns(row->cells, kind, options.choices)) {
            return FoundTitles{.row = std::move(row), .fits = true, .is_next = rows.empty()};
        }
        fullest = std::max(fullest, filled_cells(*row));
        rows.push_back(*std::move(row));
    }
    const auto first = std::ranges::find_if(rows, [&](const codec::TableRow& row) {
        return filled_cells(row) * 2 >= fullest;
    });
    FoundTitles found;
    if (first != rows.end()) {
        found.row = std::move(*first);
    }
    return found;
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
        SUYUAN_TRY(const FoundTitles found, find_titles(reader, options));
        if (found.fits) {
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

// One worksheet, or a CSV.
class SheetLines final : public LineSource {
public:
    SheetLines(
        OpenedTable table, LineReader lines, std::string_view sheet, std::vector<std::string> unused
    )
        : reader_(std::move(table.reader)),
          lines_(std::move(lines)),
          unused_(std::move(unused)),
          table_{.worksheet = {}, .titles = std::move(table.titles)},
          sheet_(sheet) {}

    [[nodiscard]] std::string sheet() const override { return sheet_; }

    [[nodiscard]] std::vector<std::string> unused_titles() const override { return unused_; }

    void place(FileProgress& progress) const noexcept override {
        progress.bytes_read = reader_.bytes_read();
        progress.bytes_total = reader_.bytes_total();
    }

private:
    Result<std::optional<Entry>> next() override {
        SUYUAN_TRY(std::optional<codec::TableRow> row, reader_.next());
        if (!row) {
            return std::optional<Entry>();
        }
        Line line = lines_.read(*row);
        if (lines_.failure()) {
            return Failure(*lines_.failure());
        }
        return std::optional(
            Entry{.row = *std::move(row), .line = std::move(line), .table = &table_}
        );
    }

    codec::TableReader reader_;
    LineReader lines_;
    std::vector<std::string> unused_;
    LineTable table_;
    std::string sheet_;
};

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

Result<codec::TableReader> open_reader(const std::filesystem::path& file) {
    SUYUAN_TRY(auto source, codec::source_of_file(file));
    return codec::TableReader::open(std::move(source));
}

Result<OpenedTable> open_table(codec::TableReader reader, const FileImportOptions& options) {
    if (options.sheet == kChainKey) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "不是 FoodChain-Lab 工作簿：要有 Stations 和 Deliveries 两张工作表，首行有 "
                "Company_ID"
                " 和 DeliveryID。",
                "this is no FoodChain-Lab workbook: it has the worksheets Stations and Deliveries, "
                "with Company_ID and DeliveryID among their titles"
            }
        );
    }
    OpenedTable table{std::move(reader), {}, {}, 1, {}};
    SUYUAN_TRY_VOID(select_worksheet(table, options));
    SUYUAN_TRY(FoundTitles found, find_titles(table.reader, options));
    if (!found.row) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "文件是空的：应有一行列名，下面每行一条。",
                "the file is empty: it has a row of titles, each row after it is a line"
            }
        );
    }
    table.titles_row = found.row->number;
    if (!found.is_next) {
        SUYUAN_TRY_VOID(table.reader.begin_at(table.titles_row));
        SUYUAN_TRY(found.row, table.reader.next());
    }
    if (found.row) {
        table.titles = std::move(found.row->cells);
    }
    return table;
}

Result<std::unique_ptr<LineSource>> LineSource::open(
    const std::filesystem::path& file, const FileImportOptions& options, const PersonIds& people
) {
    SUYUAN_TRY(codec::TableReader reader, open_reader(file));
    SUYUAN_TRY(LineDefaults defaults, read_line_defaults(options.operator_code, options.site));
    defaults.people = &people;
    SUYUAN_TRY(const bool is_chain, is_chain_workbook(reader, options));
    if (is_chain) {
        return ChainLines::open(std::move(reader), options, defaults);
    }
    SUYUAN_TRY(OpenedTable table, open_table(std::move(reader), options));
    if (table.problem) {
        return fail(ErrorCode::kInvalidArgument, *table.problem);
    }
    SUYUAN_TRY(const auto kind, chosen_sheet(options));
    SUYUAN_TRY(const ColumnMap columns, map_columns(table.titles, kind, options.choices));
    LineReader lines(columns, table.titles, std::move(defaults));
    std::vector<std::string> unused =
        service::unused_titles(columns, table.titles, options.choices);
    return std::unique_ptr<LineSource>(std::make_unique<SheetLines>(
        std::move(table), std::move(lines), columns.sheet().key, std::move(unused)
    ));
}

Result<std::vector<LineSource::Entry>> LineSource::next_batch() {
    std::vector<Entry> batch;
    batch.reserve(kImportBatch);
    while (batch.size() < kImportBatch) {
        SUYUAN_TRY(std::optional<Entry> entry, next());
        if (!entry) {
            break;
        }
        if (!entry->line.is_skipped) {
            batch.push_back(*std::move(entry));
        }
    }
    return batch;
}

}  // namespace suyuan::service::detail
