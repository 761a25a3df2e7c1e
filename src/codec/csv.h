// SPDX-License-Identifier: Apache-2.0
//
// Comma-separated values as RFC 4180 has them and as offices save them, row by row.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "codec/table_row.h"
#include "codec/text_decoder.h"

namespace suyuan::codec {

struct CsvOptions {
    std::optional<TextEncoding> encoding = std::nullopt;  // none: found out, see TextDecoder
    // ',', '\t' or ';'; none: the one that stands most often in the first line that has any.
    std::optional<char> separator = std::nullopt;
    // Takes away the apostrophe that CsvWriter puts before what a spreadsheet would calculate.
    bool is_guard_removed = true;
    std::uint64_t first_row = 1;  // those before it are passed over
    TableLimits limits = {};
};

// Rows end with CRLF, LF or CR, also mixed. A quote opens only at the start of a cell; elsewhere it
// is text, as in spreadsheets. Rows of nothing but blanks are counted but not given. Empty cells
// beyond the width of the first row that is given are dropped.
//
// Threads: one at a time. Memory: the limits of a row, beside the decoder's.
class CsvReader {
public:
    explicit CsvReader(PullBytes pull, CsvOptions options = {});

    // The next row, or none at the end. Told as faults of the row: more or fewer cells than the
    // first, NUL and bytes that do not fit the encoding (read as U+FFFD), text after a closing
    // quote, a quote that is not closed within the longest cell or the file (its row ends where the
    // line does). Fails, naming the row, with kLimitExceeded or what `pull` fails with; do not call
    // it again then.
    [[nodiscard]] Result<std::optional<TableRow>> next();

    // Unknown as long as there was only ASCII.
    [[nodiscard]] std::optional<TextEncoding> encoding() const noexcept {
        return decoder_.encoding();
    }

    [[nodiscard]] std::uint64_t bytes_read() const noexcept { return decoder_.bytes_read(); }

private:
    enum class Place : std::uint8_t { kCellStart, kPlain, kQuoted, kQuoteSeen };

    void begin();
    Result<bool> read_record();
    Result<bool> step();
    Status open_quote();
    Status step_quoted();
    Result<bool> end_of_text();
    Result<bool> refill();
    Status append(std::string_view piece);
    Status end_cell();
    void finish_row();
    void add_fault(Sentence reason);
    // A quote that nothing closes: what stood behind it is read again, as plain text from the next
    // line on. False if there is no other line.
    bool give_quote_up();
    [[nodiscard]] Failure too_long() const;
    [[nodiscard]] Failure fail_here(ErrorCode code, const Sentence& reason) const;

    // Constant after begin().
    TextDecoder decoder_;
    CsvOptions options_;
    char separator_ = ',';

    std::string text_;    // decoded
    std::size_t at_ = 0;  // in text_
    bool is_begun_ = false;
    bool is_ended_ = false;
    bool is_after_cr_ = false;  // a line feed now belongs to the row end before it
    std::uint64_t row_count_ = 0;
    std::size_t width_ = 0;  // of the first row; 0: none yet

    // The row at work.
    Place place_ = Place::kCellStart;
    TableRow row_;
    std::string cell_;
    std::string quoted_;  // what was read since the cell's first quote
    std::size_t row_bytes_ = 0;
};

// Takes all of the bytes or fails.
using PushBytes = std::function<Status(std::string_view)>;

// UTF-8 with a byte order mark, by which spreadsheets know it; rows end with CRLF. Cells that a
// spreadsheet would calculate (they begin with = + - @, also in full width, tab or CR, and are no
// numbers) get an apostrophe before them, so that no formula of a stranger runs on an officer's
// machine; CsvReader takes it away again.
//
// Threads: one at a time. Memory: about 64 KiB.
class CsvWriter {
public:
    explicit CsvWriter(PushBytes push, char separator = ',');

    // Fails with what `push` fails with. Requires UTF-8.
    [[nodiscard]] Status write_row(std::span<const std::string> cells);

    // Pushes what is left. A writer that is destroyed without it loses up to 64 KiB.
    [[nodiscard]] Status finish();

private:
    void write_cell(std::string_view cell);

    PushBytes push_;
    char separator_;
    std::string pending_;
};

}  // namespace suyuan::codec
