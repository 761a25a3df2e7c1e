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

    // The next row, or none at the end. Fails as CsvReader::next() and XlsxReader::next() do.
    [[nodiscard]] Result<std::optional<TableRow>> next();

    // None for XLSX, and as long as there was only ASCII.
    [[nodiscard]] std::optional<TextEncoding> encoding() const noexcept;

    // For a progress bar: of the file (CSV), of the selected sheet (XLSX).
    [[nodiscard]] std::uint64_t bytes_read() const noexcept;
    [[nodiscard]] std::uint64_t bytes_total() const noexcept;

private:
    TableReader(CsvReader reader, std::uint64_t bytes_total);
    explicit TableReader(XlsxReader reader);

    std::variant<CsvReader, XlsxReader> reader_;
    std::uint64_t file_bytes_ = 0;  // CSV only
};

}  // namespace suyuan::codec
