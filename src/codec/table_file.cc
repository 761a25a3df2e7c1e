// SPDX-License-Identifier: Apache-2.0

#include "codec/table_file.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/csv.h"
#include "codec/table_row.h"
#include "codec/text_decoder.h"
#include "codec/xlsx.h"

namespace suyuan::codec {
namespace {

constexpr std::size_t kSniffedBytes = 4'096;

using std::string_view_literals::operator""sv;

struct Stranger {
    std::string_view beginning;
    std::string_view zh;
    std::string_view en;
};

constexpr std::string_view kOldExcelZh =
    "旧版 Excel 文件（.xls），或设了密码的工作簿：请另存为 .xlsx，不要密码";
constexpr std::string_view kOldExcel =
    "an old Excel file (.xls), or a workbook with a password: save it as .xlsx without a password";
constexpr std::string_view kMarkupZh =
    "网页或 XML，不管它叫什么名字：请用电子表格软件打开，另存为 .xlsx";
constexpr std::string_view kMarkup =
    "a web page or XML, whatever its name says: open it in a spreadsheet program and save it as "
    ".xlsx";

constexpr std::array<Stranger, 10> kStrangers = {{
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", kOldExcelZh, kOldExcel},
    {"\x09\x08\x10\x00"sv, kOldExcelZh, kOldExcel},
    {"%PDF-", "PDF：请把表格另存为 .xlsx 或 CSV", "a PDF: save the table as .xlsx or CSV"},
    {"{\\rtf",
     "文字文档：请把表格另存为 .xlsx 或 CSV",
     "a text document: save the table as .xlsx or CSV"},
    {"\x89PNG", "图片：请把表格另存为 .xlsx 或 CSV", "a picture: save the table as .xlsx or CSV"},
    {"\xff\xd8\xff",
     "图片：请把表格另存为 .xlsx 或 CSV",
     "a picture: save the table as .xlsx or CSV"},
    {"Rar!", "压缩包：请发送里面的表格", "a packed folder: send the table in it"},
    {"7z\xbc\xaf", "压缩包：请发送里面的表格", "a packed folder: send the table in it"},
    {"\x1f\x8b", "压缩文件：请发送里面的表格", "a packed file: send the table in it"},
    {"<", kMarkupZh, kMarkup},
}};

bool is_utf16(std::string_view beginning) {
    return beginning.starts_with("\xff\xfe") || beginning.starts_with("\xfe\xff");
}

Status check_is_text(std::string_view beginning) {
    constexpr std::string_view kBlanks = "\xef\xbb\xbf \r\n";
    const std::string_view visible =
        beginning.substr(std::min(beginning.find_first_not_of(kBlanks), beginning.size()));
    for (const Stranger& stranger : kStrangers) {
        if (beginning.starts_with(stranger.beginning) || visible.starts_with(stranger.beginning)) {
            return fail(
                ErrorCode::kInvalidArgument,
                Sentence{
                    format("这个文件是{}。", stranger.zh), format("the file is {}", stranger.en)
                }
            );
        }
    }
    // A few are a damaged text, whose rows CsvReader tells.
    const auto nul_count = static_cast<std::size_t>(std::ranges::count(beginning, '\0'));
    if (nul_count > beginning.size() / 16 && !is_utf16(beginning)) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "这个文件不是文本，或是没有字节顺序标记的 UTF-16：请把表格另存为 .xlsx 或 CSV。",
                "the file is no text, or UTF-16 without a byte order mark: save the table as .xlsx "
                "or CSV"
            }
        );
    }
    return {};
}

PullBytes pull_from(std::shared_ptr<const ByteSource> source) {
    return [source = std::move(source),
            offset = std::uint64_t{0}](std::span<char> into) mutable -> Result<std::size_t> {
        SUYUAN_TRY(const std::size_t count, source->read_at(offset, into));
        offset += count;
        return count;
    };
}

}  // namespace

TableReader::TableReader(std::shared_ptr<const ByteSource> text, const CsvOptions& options)
    : text_(std::move(text)), options_(options), reader_(CsvReader(pull_from(text_), options)) {}

TableReader::TableReader(XlsxReader reader) : reader_(std::move(reader)) {}

Result<TableReader> TableReader::open(
    std::unique_ptr<ByteSource> source, const TableOptions& options
) {
    std::string beginning(kSniffedBytes, '\0');
    SUYUAN_TRY(const std::size_t count, source->read_at(0, beginning));
    beginning.resize(count);
    if (beginning.empty()) {
        return fail(ErrorCode::kInvalidArgument, Sentence{"文件是空的。", "the file is empty"});
    }
    if (beginning.starts_with("PK\x03\x04") || beginning.starts_with("PK\x05\x06")) {
        SUYUAN_TRY(XlsxReader reader, XlsxReader::open(std::move(source), options.xlsx));
        return TableReader(std::move(reader));
    }
    SUYUAN_TRY_VOID(check_is_text(beginning));
    return TableReader(std::move(source), options.csv);
}

TableFormat TableReader::format() const noexcept {
    return std::holds_alternative<CsvReader>(reader_) ? TableFormat::kCsv : TableFormat::kXlsx;
}

std::vector<XlsxSheet> TableReader::sheets() const {
    const auto* const workbook = std::get_if<XlsxReader>(&reader_);
    return workbook == nullptr ? std::vector<XlsxSheet>() : workbook->sheets();
}

Status TableReader::select_sheet(std::string_view name) {
    auto* const workbook = std::get_if<XlsxReader>(&reader_);
    if (workbook == nullptr) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{
                suyuan::format("CSV 文件没有工作表“{}”。", name),
                suyuan::format("a CSV file has no sheet \"{}\"", name)
            }
        );
    }
    return workbook->select_sheet(name);
}

Status TableReader::begin_at(std::uint64_t row) {
    if (auto* const workbook = std::get_if<XlsxReader>(&reader_)) {
        return workbook->begin_at(row);
    }
    CsvOptions options = options_;
    options.first_row = row;
    reader_ = CsvReader(pull_from(text_), options);
    return {};
}

Result<std::optional<TableRow>> TableReader::next() {
    return std::visit([](auto& reader) { return reader.next(); }, reader_);
}

std::optional<TextEncoding> TableReader::encoding() const noexcept {
    const auto* const text = std::get_if<CsvReader>(&reader_);
    return text == nullptr ? std::nullopt : text->encoding();
}

std::uint64_t TableReader::bytes_read() const noexcept {
    const auto* const text = std::get_if<CsvReader>(&reader_);
    const auto* const workbook = std::get_if<XlsxReader>(&reader_);
    return text != nullptr ? text->bytes_read() : workbook->bytes_read();
}

std::uint64_t TableReader::bytes_total() const noexcept {
    const auto* const workbook = std::get_if<XlsxReader>(&reader_);
    return workbook == nullptr ? text_->size() : workbook->bytes_total();
}

}  // namespace suyuan::codec
