// SPDX-License-Identifier: Apache-2.0
//
// A file of lines, opened at the worksheet that is meant and read batch by batch.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "codec/table_file.h"
#include "codec/table_row.h"
#include "service/file_import.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/person_ids.h"

namespace suyuan::service::detail {

// The titles of a file and the rows after them.
struct OpenedTable {
    codec::TableReader reader;
    std::string worksheet;  // of a workbook
    std::vector<std::string> titles;
    std::uint64_t titles_row = 1;     // above it may stand what the table is called
    std::optional<Sentence> problem;  // why the sender has to choose the worksheet
};

// Fails as preview_file().
[[nodiscard]] Result<codec::TableReader> open_reader(const std::filesystem::path& file);

// Fails as preview_file().
[[nodiscard]] Result<OpenedTable> open_table(
    codec::TableReader reader, const FileImportOptions& options
);

// None: told by the titles. Fails with kInvalidArgument if there is no such sheet.
[[nodiscard]] Result<std::optional<SheetKind>> chosen_sheet(const FileImportOptions& options);

// One table of a file: which worksheet, and what its columns are called.
struct LineTable {
    std::string worksheet;  // empty: the file has one table
    std::vector<std::string> titles;
};

// Threads: one at a time. Memory: one batch, and what its reader of lines keeps.
class LineSource {
public:
    struct Entry {
        codec::TableRow row;
        Line line;
        const LineTable* table = nullptr;  // the source's
    };

    // `people` outlives it. Fails as check_file().
    static Result<std::unique_ptr<LineSource>> open(
        const std::filesystem::path& file, const FileImportOptions& options, const PersonIds& people
    );

    LineSource() = default;
    virtual ~LineSource() = default;
    LineSource(LineSource&&) = delete;
    LineSource& operator=(LineSource&&) = delete;
    LineSource(const LineSource&) = delete;
    LineSource& operator=(const LineSource&) = delete;

    // At most kImportBatch rows, without those that say nothing; empty at the end.
    Result<std::vector<Entry>> next_batch();

    // Sheet::key.
    [[nodiscard]] virtual std::string sheet() const = 0;

    virtual void place(FileProgress& progress) const noexcept = 0;

    // The titles of columns that are not read; of a workbook those of the worksheets read so far,
    // as "worksheet · title".
    [[nodiscard]] virtual std::vector<std::string> unused_titles() const = 0;

private:
    // The next row, or none at the end.
    virtual Result<std::optional<Entry>> next() = 0;
};

}  // namespace suyuan::service::detail
