// SPDX-License-Identifier: Apache-2.0
//
// One file of lines (CSV, XLSX), or FoodChain-Lab workbook: looked into, checked as a whole, and
// put into the log.
//
// The file is read from front to back each time, so a million rows need no more memory than one
// batch. Checking writes nothing; publishing stores batches of at most kImportBatch lines, each of
// them recognised if it comes again.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/intake.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/person_ids.h"
#include "store/store.h"

namespace suyuan::service {

// Lines in one transaction: about a tenth of a second of the one writer.
inline constexpr std::size_t kImportBatch = 500;
// Problems that a report tells one by one; the workbook of faults has all.
inline constexpr std::size_t kProblemsMax = 100;

// What the sender says about a file.
struct FileImportOptions {
    std::string sheet;  // Sheet::key; empty: told by the titles
    // Of a workbook, where one of its worksheets is read. Empty: the only one that fits a sheet, of
    // those that are not hidden, or the first of them; refused if several do.
    std::string worksheet;
    std::vector<TitleChoice> choices;
    std::string operator_code;  // for rows that name none, as typed
    std::string site;
    ErrorBehaviour behaviour = ErrorBehaviour::kRollback;
};

struct RowProblem {
    std::string worksheet = {};  // of one table, none
    std::uint64_t row = 0;       // as a spreadsheet counts
    std::string column;          // its title; empty: the whole row. Cut if long, as is the value
    std::string value;
    Sentence reason;
};

struct FileTally {
    std::uint64_t rows = 0;  // without the titles
    std::uint64_t bad_rows = 0;
    std::uint64_t stored = 0;         // events new in the log
    std::uint64_t duplicates = 0;     // events that were there already, or retell one that was
    std::uint64_t conflicts = 0;      // of those stored: other contents of a line that was there
    std::uint64_t registry_rows = 0;  // of the register
};

// Told every few hundred rows, from the thread that works.
struct FileProgress {
    FileTally tally;
    std::uint64_t bytes_read = 0;  // of the file (CSV) or of its sheet, unpacked (XLSX)
    std::uint64_t bytes_total = 0;
};

using FileProgressSink = std::function<void(const FileProgress&)>;

struct FilePreview {
    std::string format;    // "csv", "xlsx"
    std::string encoding;  // of a CSV that is not all ASCII: "UTF-8", "GB18030", ...
    std::vector<std::string> worksheets;
    std::string worksheet;  // the one that is shown here; empty: a CSV
    std::vector<std::string> titles;
    std::uint64_t titles_row = 1;                // in which row they stand
    std::vector<std::vector<std::string>> rows;  // the first kPreviewRows after it
    std::string sheet;                           // Sheet::key; empty: none fits
    std::vector<std::optional<Column>> columns;  // of each title
    std::optional<Sentence> problem;             // why it cannot be imported as it is
};

inline constexpr std::size_t kPreviewRows = 20;

// What stands in the file and which column is what. Fails with kInvalidArgument if it is no table,
// kNotFound (no such worksheet), kUnavailable; titles that no sheet fits are told in `problem`.
[[nodiscard]] Result<FilePreview> preview_file(
    const std::filesystem::path& file, const FileImportOptions& options
);

struct FileCheck {
    FileTally tally;
    std::string sheet;                 // Sheet::key
    std::vector<RowProblem> problems;  // the first kProblemsMax
    // Numbers in good rows that look mistyped; likewise. Values of persons are not repeated.
    std::vector<RowProblem> warnings;
    // Titles of columns that were not read, the first kProblemsMax; cut if long. Of a workbook of
    // several tables "worksheet · title".
    std::vector<std::string> unused_columns;
};

// What a check tells on its way, and whom it asks.
struct FileCheckHelp {
    std::filesystem::path faults_file;
    FileProgressSink progress;
    const PersonIds& people;
    // Whether the store has heard of an item. Empty: nobody is asked.
    std::function<Result<bool>(std::string_view code)> is_known;
};

// Where the rows of a file go, and how those whom they name are called there.
struct FileDestination {
    Intake& intake;
    const store::Store& store;
    const PersonIds& people;
};

// Reads every row and says which cannot be imported. Those are copied to the workbook
// `faults_file`, marked and explained, to be mended and sent again; there is no such file if all
// are good. Goods that leave, are used or counted and that nobody has heard of are warned of. Fails
// as preview_file(), with kInvalidArgument if the titles or the options do not fit,
// kCancelled.
[[nodiscard]] Result<FileCheck> check_file(
    const policy::RequestContext& context,
    const std::filesystem::path& file,
    const FileImportOptions& options,
    const FileCheckHelp& help
);

// Puts every good row into the log and the register. Names that rows give to parties and products
// in passing become theirs where the register has none. Fails as check_file() and
// Intake::capture(); what was stored until then stays, and comes out as duplicates the next time.
[[nodiscard]] Result<FileTally> publish_file(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const FileDestination& destination,
    const std::filesystem::path& file,
    const FileImportOptions& options,
    const FileProgressSink& progress
);

}  // namespace suyuan::service
