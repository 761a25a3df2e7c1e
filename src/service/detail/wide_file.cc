// SPDX-License-Identifier: Apache-2.0

#include "service/detail/wide_file.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "codec/csv.h"
#include "codec/xlsx_writer.h"
#include "io/files.h"
#include "service/line_sheet.h"
#include "service/wide_sheet.h"

namespace suyuan::service::detail {
namespace {

const Sheet& wide_sheet() {
    return sheet_of(SheetKind::kWide);
}

}  // namespace

// A word of the sheet, in the manner of a title: "Critical Tracking Event".
std::string title_case(std::string_view words) {
    std::string title(words);
    bool is_start = true;
    for (char& letter : title) {
        if (is_start && letter >= 'a' && letter <= 'z') {
            letter = static_cast<char>(letter - 'a' + 'A');
        }
        is_start = letter == ' ';
    }
    return title;
}

Result<WideFile> WideFile::create(WideFormat format, const std::filesystem::path& path) {
    if (format == WideFormat::kXlsx) {
        SUYUAN_TRY(auto workbook, codec::XlsxWriter::create(path));
        std::vector<codec::XlsxColumn> columns;
        for (const ColumnTitle& title : wide_sheet().columns) {
            columns.push_back(
                {.header = title_case(title.en), .width = 18, .below = std::string(title.zh)}
            );
        }
        SUYUAN_TRY_VOID(workbook.add_sheet("FSMA 204", columns));
        return WideFile(std::move(workbook));
    }
    SUYUAN_TRY_VOID(io::write_file(path, ""));
    WideFile file(codec::CsvWriter([path, size = std::uint64_t{0}](std::string_view piece) mutable {
        const Status written = io::append_file(path, size, piece);
        size += piece.size();
        return written;
    }));
    std::vector<std::string> english;
    std::vector<std::string> chinese;
    for (const ColumnTitle& title : wide_sheet().columns) {
        english.push_back(title_case(title.en));
        chinese.emplace_back(title.zh);
    }
    SUYUAN_TRY_VOID(file.write(english));
    SUYUAN_TRY_VOID(file.write(chinese));
    return file;
}

Status WideFile::write(std::span<const std::string> cells) {
    if (auto* lines = std::get_if<codec::CsvWriter>(&writer_)) {
        return lines->write_row(cells);
    }
    std::vector<codec::XlsxCell> row;
    row.reserve(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const bool is_number = wide_sheet().columns[i].column == Column::kQuantity;
        row.push_back(
            {.text = cells[i],
             .kind = is_number ? codec::XlsxCell::Kind::kNumber : codec::XlsxCell::Kind::kText}
        );
    }
    return std::get<codec::XlsxWriter>(writer_).write_row(row);
}

Status WideFile::finish() {
    return std::visit([](auto& writer) { return writer.finish(); }, writer_);
}

}  // namespace suyuan::service::detail
