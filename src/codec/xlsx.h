// SPDX-License-Identifier: Apache-2.0
//
// Excel workbooks (ECMA-376), sheet by sheet, row by row. The file is a stranger's: it is read as
// text and numbers only. Nothing in it is run, followed or written anywhere.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/table_row.h"

namespace suyuan::codec {

struct XlsxLimits {
    std::size_t entries_max = 2'000;  // of the archive; a workbook of 100 sheets has about 250
    // Of all entries together; a million rows of 20 cells take about 600 MB.
    std::uint64_t unpacked_bytes_max = std::uint64_t{2} << 30;
    // Unpacked to packed bytes of an entry that unpacks to more than 16 MiB; sheets have 5 to 30.
    std::uint64_t ratio_max = 100;
    // They are the one thing that must be in memory as a whole: two million of 20 bytes, or fewer.
    std::size_t shared_string_bytes_max = std::size_t{48} << 20;
    std::size_t xml_depth_max = 64;  // sheets nest 8 deep
    // Of more than one row, in a sheet. They are in memory while it is read: 12 bytes each.
    std::size_t merged_cells_max = 200'000;
    TableLimits table = {};
};

struct XlsxSheet {
    std::string name;
    bool is_hidden = false;
};

// Cells are text: numbers in plain decimals with the 15 digits that a spreadsheet has, dates and
// times as 2026-01-05, 2026-01-05T08:30:00, 08:30:00 (in a format that counts hours: 27:30:00),
// truth as TRUE and FALSE, formulas as what they last gave. The value of merged cells stands in the
// first of their columns, in each of their rows that has text of its own; text that a row has under
// them stays. Rows without any text of their own are not given.
//
// A sheet with merged cells, which are listed behind its rows, is read twice; any other is unpacked
// twice. What merged cells fill in counts as if the file had it, towards `unpacked_bytes_max`.
//
// Threads: one at a time. Memory: the shared strings and one row, beside about 10 MiB.
class XlsxReader {
public:
    // Reads what the sheets are. Fails with kInvalidArgument (no workbook, damaged, encrypted, with
    // macros), kLimitExceeded, or what `source` fails with; messages say what to do.
    static Result<XlsxReader> open(
        std::unique_ptr<ByteSource> source, const XlsxLimits& limits = {}
    );

    XlsxReader(XlsxReader&&) noexcept;
    XlsxReader& operator=(XlsxReader&&) noexcept;
    XlsxReader(const XlsxReader&) = delete;
    XlsxReader& operator=(const XlsxReader&) = delete;
    ~XlsxReader();

    // At least one, in the order of the tabs.
    [[nodiscard]] const std::vector<XlsxSheet>& sheets() const noexcept;

    // Goes to the start of a sheet. Fails with kNotFound, and as open() does. Without it, next()
    // reads the first sheet that is not hidden.
    [[nodiscard]] Status select_sheet(std::string_view name);

    // Goes back to the start of the sheet, and passes over the rows before this one.
    [[nodiscard]] Status begin_at(std::uint64_t row);

    // The next row of the sheet, or none at its end. Told as faults of the row: an error value
    // (#REF!), a number or date that is none, whole numbers of more than 15 digits, a cell that is
    // there twice. Fails as open() does, naming the row where it can; do not call it again then.
    [[nodiscard]] Result<std::optional<TableRow>> next();

    // Of the selected sheet's bytes, unpacked.
    [[nodiscard]] std::uint64_t bytes_read() const noexcept;
    [[nodiscard]] std::uint64_t bytes_total() const noexcept;

private:
    class Workbook;

    explicit XlsxReader(std::unique_ptr<Workbook> workbook);

    std::unique_ptr<Workbook> workbook_;
};

}  // namespace suyuan::codec
