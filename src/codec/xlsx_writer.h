// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace suyuan::codec {

struct XlsxColumn {
    std::string header;
    double width = 12;  // in characters of the default font; one of Chinese takes two
    // Of a sheet with two header rows, its second: under a header that spans columns, all but the
    // first of them have an empty `header`.
    std::string below = {};
    // Offered as a drop-down list in every cell below; another text is taken after a question. With
    // a separator for each at most 255 characters; more are not offered.
    std::vector<std::string> choices = {};
};

struct XlsxCell {
    enum class Kind : std::uint8_t {
        kText,
        kNumber,  // a decimal; with more than 15 digits it stays text, for a spreadsheet keeps 15
        kDate,    // 2026-01-05 or 2026-01-05T08:30:00
    };

    // UTF-8 without NUL. What its kind cannot hold is written as text. Never a formula.
    std::string text;
    Kind kind = Kind::kText;
    // What is wrong with it: the cell is filled red, and says this as a comment. "": nothing.
    std::string fault = {};
};

// A picture to look at. `scale`: of its pixels on the screen.
struct XlsxPicture {
    std::string_view png;
    double scale = 1;
    std::string_view description = {};  // for who does not see it: UTF-8
};

// Writes a workbook row by row. Each sheet begins with a bold header row that stays in view, or
// with two if a column says what is below its header.
//
// Threads: one at a time. Memory: one row, the comments (at most 10,000 in a workbook; later faults
// are filled red only), and what the columns say; rows lie in a temporary file beside the target.
class XlsxWriter {
public:
    // The file appears with finish(). Requires a folder that can be written.
    static Result<XlsxWriter> create(const std::filesystem::path& path);

    // Abandons the workbook, unless it is finished.
    ~XlsxWriter();
    XlsxWriter(XlsxWriter&&) noexcept;
    XlsxWriter& operator=(XlsxWriter&&) noexcept;
    XlsxWriter(const XlsxWriter&) = delete;
    XlsxWriter& operator=(const XlsxWriter&) = delete;

    // Rows go to the sheet that was added last. Fails with kInvalidArgument for a name that is
    // empty, there already, longer than 31 characters or has one of []:*?/\ in it.
    [[nodiscard]] Status add_sheet(std::string_view name, std::span<const XlsxColumn> columns);

    // A sheet with a line of text and the picture below, and nothing else: rows need a sheet of
    // their own after it. The workbook keeps a copy until it is written. Fails as add_sheet() does,
    // and with kInvalidArgument for bytes that are no picture.
    [[nodiscard]] Status add_picture(
        std::string_view name, std::string_view line, const XlsxPicture& picture
    );

    // Fails with kLimitExceeded: 1,048,576 rows and 16,384 columns in a sheet, 32,767 characters in
    // a cell. Requires a sheet.
    [[nodiscard]] Status write_row(std::span<const XlsxCell> cells);

    // Writes the file, not yet durably. Fails with kUnavailable. Requires a sheet; nothing may be
    // called after it.
    [[nodiscard]] Status finish();

private:
    class Book;

    explicit XlsxWriter(std::unique_ptr<Book> book);

    std::unique_ptr<Book> book_;
};

}  // namespace suyuan::codec
