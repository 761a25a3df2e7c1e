// SPDX-License-Identifier: Apache-2.0
//
// A file of lines, opened at the worksheet that is meant and read batch by batch.

#pragma once

#include <filesystem>
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

namespace suyuan::service::detail {

// The titles of a file and the rows after them.
struct OpenedTable {
    codec::TableReader reader;
    std::string worksheet;  // of a workbook
    std::vector<std::string> titles;
    std::optional<Sentence> problem;  // why the sender has to choose the worksheet
};

// Fails as preview_file().
[[nodiscard]] Result<OpenedTable> open_table(
    const std::filesystem::path& file, const FileImportOptions& options
);

// None: told by the titles. Fails with kInvalidArgument if there is no such sheet.
[[nodiscard]] Result<std::optional<SheetKind>> chosen_sheet(const FileImportOptions& options);

// Threads: one at a time. Memory: one batch, and what LineReader keeps.
class LineSource {
public:
    struct Entry {
        codec::TableRow row;
        Line line;
    };

    // Fails as check_file().
    static Result<LineSource> open(
        const std::filesystem::path& file, const FileImportOptions& options
    );

    // At most kImportBatch rows, without those that say nothing; empty at the end.
    Result<std::vector<Entry>> next_batch();

    [[nodiscard]] const std::vector<std::string>& titles() const noexcept { return table_.titles; }

    [[nodiscard]] const std::string& sheet() const noexcept { return sheet_; }

    void place(FileProgress& progress) const noexcept;

private:
    LineSource(OpenedTable table, LineReader lines, std::string sheet);

    OpenedTable table_;
    LineReader lines_;
    std::string sheet_;
};

}  // namespace suyuan::service::detail
