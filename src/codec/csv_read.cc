// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/csv.h"
#include "codec/detail/formula_guard.h"
#include "codec/table_row.h"
#include "codec/text_decoder.h"

namespace suyuan::codec {
namespace {

constexpr std::size_t kPreviewBytes = std::size_t{16} << 10;

// On equal counts the earlier one.
constexpr std::array<char, 3> kSeparators = {',', '\t', ';'};

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

using Counts = std::array<std::size_t, kSeparators.size()>;

char best_of(const Counts& counts) {
    const auto best = std::ranges::max_element(counts);
    return kSeparators[static_cast<std::size_t>(best - counts.begin())];
}

// A title above the header has no separators: the first line that has some says which.
char find_separator(std::string_view preview) {
    Counts counts{};
    bool is_quoted = false;
    for (const char c : preview) {
        if (c == '"') {
            is_quoted = !is_quoted;
        } else if (!is_quoted && (c == '\n' || c == '\r')) {
            if (std::ranges::any_of(counts, [](std::size_t count) { return count > 0; })) {
                break;
            }
        } else if (!is_quoted) {
            const auto* const found = std::ranges::find(kSeparators, c);
            if (found != kSeparators.end()) {
                ++counts[static_cast<std::size_t>(found - kSeparators.begin())];
            }
        }
    }
    return best_of(counts);
}

bool is_blank(const TableRow& row) {
    return std::ranges::all_of(row.cells, [](const std::string& cell) {
        return cell.find_first_not_of(" \t") == std::string::npos;
    });
}

}  // namespace

CsvReader::CsvReader(PullBytes pull, CsvOptions options)
    : decoder_(std::move(pull), options.encoding), options_(options) {}

Result<std::optional<TableRow>> CsvReader::next() {
    if (!is_begun_) {
        begin();
    }
    do {
        SUYUAN_TRY(const bool is_read, read_record());
        if (!is_read) {
            return std::nullopt;
        }
    } while (is_blank(row_) || row_.number < options_.first_row);
    finish_row();
    return std::move(row_);
}

void CsvReader::begin() {
    is_begun_ = true;
    // A failure comes again when the rows before it are read.
    while (text_.size() < kPreviewBytes && decoder_.read(text_).value_or(false)) {
    }
    separator_ = options_.separator.value_or(find_separator(text_));
}

Result<bool> CsvReader::read_record() {
    row_ = TableRow{.number = ++row_count_, .cells = {}, .faults = {}};
    row_.cells.reserve(width_);
    row_bytes_ = 0;
    place_ = Place::kCellStart;
    while (true) {
        if (at_ < text_.size()) {
            SUYUAN_TRY(const bool is_done, step());
            if (is_done) {
                return true;
            }
            continue;
        }
        SUYUAN_TRY(const bool is_more, refill());
        if (is_more) {
            continue;
        }
        SUYUAN_TRY(const bool is_row, end_of_text());
        if (is_row || is_ended_) {
            return is_row;
        }
        // On with what a quote had swallowed.
    }
}

Result<bool> CsvReader::refill() {
    text_.clear();
    at_ = 0;
    Result<bool> is_more = decoder_.read(text_);
    if (!is_more) {
        return fail_here(is_more.error().code(), sentence_of(is_more.error()));
    }
    return is_more;
}

Result<bool> CsvReader::step() {
    if (place_ == Place::kQuoted) {
        SUYUAN_TRY_VOID(step_quoted());
        return false;
    }
    const char c = text_[at_];
    if (std::exchange(is_after_cr_, false) && c == '\n') {
        ++at_;
        return false;
    }
    if (c == '"' && place_ != Place::kPlain) {
        SUYUAN_TRY_VOID(open_quote());
        return false;
    }
    if (c == separator_ || c == '\n' || c == '\r') {
        ++at_;
        is_after_cr_ = c == '\r';
        SUYUAN_TRY_VOID(end_cell());
        return c != separator_;
    }
    if (place_ == Place::kQuoteSeen) {
        add_fault(
            {"右引号后面还有字：单元格里的引号要写两遍。",
             "text follows the closing quote: write a quote inside a cell twice"}
        );
    }
    place_ = Place::kPlain;
    const std::array<char, 3> stops = {separator_, '\n', '\r'};
    const std::size_t end =
        std::min(text_.find_first_of(stops.data(), at_, stops.size()), text_.size());
    const std::string_view piece = std::string_view(text_).substr(at_, end - at_);
    at_ = end;
    SUYUAN_TRY_VOID(append(piece));
    return false;
}

// The first of a cell, or the second of two that stand for one.
Status CsvReader::open_quote() {
    ++at_;
    if (std::exchange(place_, Place::kQuoted) == Place::kQuoteSeen) {
        quoted_ += '"';
        return append("\"");
    }
    quoted_.clear();
    return {};
}

Status CsvReader::step_quoted() {
    const std::size_t end = std::min(text_.find('"', at_), text_.size());
    const std::string_view piece = std::string_view(text_).substr(at_, end - at_);
    if (cell_.size() + piece.size() > options_.limits.cell_bytes_max) {
        // Some of it is left, so that at_ moves on if there is no line to go on with.
        const std::size_t room = options_.limits.cell_bytes_max - cell_.size();
        quoted_ += piece.substr(0, room + 1);
        at_ += room + 1;
        if (give_quote_up()) {
            return {};
        }
        return too_long();
    }
    quoted_ += piece;
    SUYUAN_TRY_VOID(append(piece));
    at_ = end;
    if (end < text_.size()) {
        quoted_ += text_[end];
        ++at_;
        place_ = Place::kQuoteSeen;
    }
    return {};
}

bool CsvReader::give_quote_up() {
    const std::size_t line_end = quoted_.find_first_of("\r\n");
    if (line_end == std::string::npos) {
        return false;
    }
    text_ = quoted_.substr(line_end) + text_.substr(at_);
    at_ = 0;
    row_bytes_ -= std::min(row_bytes_, cell_.size());
    cell_ = quoted_.substr(0, line_end);
    row_bytes_ += cell_.size();
    place_ = Place::kPlain;
    add_fault(
        {"这一格开头的引号没有右引号：请补上，或删掉它。",
         "the quote that opens this cell is never closed: close it or take it away"}
    );
    return true;
}

Result<bool> CsvReader::end_of_text() {
    if (place_ == Place::kQuoted) {
        if (give_quote_up()) {
            return false;
        }
        add_fault(
            {"这一格开头的引号没有右引号：文件是否不完整？",
             "the quote that opens this cell is never closed: is the file cut off?"}
        );
        place_ = Place::kPlain;
    }
    if (row_.cells.empty() && place_ == Place::kCellStart) {
        is_ended_ = true;
        return false;
    }
    SUYUAN_TRY_VOID(end_cell());
    return true;
}

Failure CsvReader::too_long() const {
    const std::size_t bound = options_.limits.cell_bytes_max;
    return fail_here(
        ErrorCode::kLimitExceeded,
        {format("这一格超过 {} 字节：是否有引号没有右引号？", bound),
         format("the cell is longer than {} bytes: is a quote not closed?", bound)}
    );
}

Status CsvReader::append(std::string_view piece) {
    row_bytes_ += piece.size();
    if (cell_.size() + piece.size() > options_.limits.cell_bytes_max) {
        return too_long();
    }
    if (row_bytes_ > options_.limits.row_bytes_max) {
        return fail_here(
            ErrorCode::kLimitExceeded,
            {format("这一行超过 {} 字节。", options_.limits.row_bytes_max),
             format("the row is longer than {} bytes", options_.limits.row_bytes_max)}
        );
    }
    for (std::size_t nul = piece.find('\0'); nul != std::string_view::npos;
         nul = piece.find('\0')) {
        cell_ += piece.substr(0, nul);
        cell_ += kReplacement;
        piece.remove_prefix(nul + 1);
        add_fault(
            {"这一格里有空字节（NUL）：请重新另存为文本。",
             "a NUL byte stands in the cell: save the file as text again"}
        );
    }
    if (decoder_.misfit_count() > 0 && piece.find(kReplacement) != std::string_view::npos) {
        const std::string_view encoding =
            to_string(decoder_.encoding().value_or(TextEncoding::kUtf8));
        add_fault(
            {format(
                 "这一格里有不合 {} 编码的字节，显示为 �：请重新填写，或把文件另存为 UTF-8。",
                 encoding
             ),
             format(
                 "the cell has bytes that do not fit {}, shown as �: enter it again, or save the "
                 "file as UTF-8",
                 encoding
             )}
        );
    }
    cell_ += piece;
    return {};
}

Status CsvReader::end_cell() {
    place_ = Place::kCellStart;
    if (row_.cells.size() == options_.limits.columns_max) {
        return fail_here(
            ErrorCode::kLimitExceeded,
            {format("这一行多于 {} 列。", options_.limits.columns_max),
             format("the row has more than {} columns", options_.limits.columns_max)}
        );
    }
    if (options_.is_guard_removed) {
        row_.cells.emplace_back(detail::without_guard(cell_));
    } else {
        row_.cells.push_back(cell_);
    }
    cell_.clear();
    return {};
}

void CsvReader::finish_row() {
    if (width_ == 0) {
        width_ = row_.cells.size();
        return;
    }
    while (row_.cells.size() > width_ && row_.cells.back().empty()) {
        row_.cells.pop_back();
    }
    const std::size_t count = row_.cells.size();
    if (count != width_) {
        row_.faults.push_back(
            {0,
             {format("这一行有 {} 格，首行有 {} 格：是否缺了分隔符，或该加引号？", count, width_),
              format(
                  "the row has {} cells, the first row has {}: is a separator missing or not "
                  "quoted?",
                  count,
                  width_
              )}}
        );
        row_.cells.resize(std::max(count, width_));
    }
}

void CsvReader::add_fault(Sentence reason) {
    TableFault fault{row_.cells.size() + 1, std::move(reason)};
    if (row_.faults.empty() || row_.faults.back() != fault) {
        row_.faults.push_back(std::move(fault));
    }
}

Failure CsvReader::fail_here(ErrorCode code, const Sentence& reason) const {
    const std::size_t column = row_.cells.size() + 1;
    return fail(
        code,
        Sentence{
            format("第 {} 行第 {} 列：{}", row_.number, column, reason.zh),
            format("row {}, column {}: {}", row_.number, column, reason.en)
        }
    );
}

}  // namespace suyuan::codec
