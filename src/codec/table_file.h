// SPDX-License-Identifier: Apache-2.0
//
// A file with a table in it, whichever kind it is. What it is, its bytes say, never its name.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/csv.h"
#include "codec/table_row.h"
#include "codec/text_decoder.h"
#include "codec/xlsx.h"

namespace suyuan::codec {

enum class TableFormat : std::uint8_t { kCsv, kXlsx };

struct TableOptions {
    CsvOptions csv = {};
    XlsxLimits xlsx = {};
};

// Threads: one at a time. Memory: that of CsvReader or XlsxReader.
class TableReader {
public:
    // Fails with kInvalidArgument if the bytes are neither text nor a workbook (old .xls, PDF, a
    // web page, nothing at all); the message says what to save instead. Else as XlsxReader::open().
    static Result<TableReader> open(
        std::unique_ptr<ByteSource> source, const TableOptions& options = {}
    );

    [[nodiscard]] TableFormat format() const noexcept;

    // None for CSV.
    [[nodiscard]] std::vector<XlsxSheet> sheets() const;

    // As XlsxReader::select_sheet(); CSV has no sheets, and every name is kNotFound.
    [[nodiscard]] Status select_sheet(std::string_view name);

    // Goes back to the start, of the selected sheet if there are some, and passes over the rows
    // before this one, whatever is wrong with them: the rows after it are as wide as it is.
    [[nodiscard]] Status begin_at(std::uint64_t row);

    // The next row, or none at the end. Fails as CsvReader::next() and XlsxReader::next() do.
    [[nodiscard]] Result<std::optional<TableRow>> next();

    // None for XLSX, and as long as there was only ASCII.
    [[nodiscard]] std::optional<TextEncoding> encoding() const noexcept;

    // For a progress bar: of the file (CSV), of the selected sheet (XLSX).
    [[nodiscard]] std::uint64_t bytes_read() const noexcept;
    [[nodiscard]] std::uint64_t bytes_total() const noexcept;

private:
    TableReader(std::shared_ptr<const ByteSource> text, const CsvOptions& options);
    explicit TableReader(XlsxReader reader);

    // CSV only.
    std::shared_ptr<const ByteSource> text_;
    CsvOptions options_;

    std::variant<CsvReader, XlsxReader> reader_;
};

}  // namespace suyuan::codec
