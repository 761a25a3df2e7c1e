// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/detail/cell_value.h"
#include "codec/detail/damaged.h"
#include "codec/detail/merged_cells.h"
#include "codec/detail/shared_strings.h"
#include "codec/detail/sheet_rows.h"
#include "codec/detail/workbook_parts.h"
#include "codec/detail/xml_parser.h"
#include "codec/detail/zip_archive.h"
#include "codec/table_row.h"
#include "codec/xlsx.h"

namespace suyuan::codec {
namespace {

// Every part but sheets and shared strings: styles of a much edited workbook reach some 100 kB.
constexpr std::uint64_t kSmallPartBytesMax = std::uint64_t{16} << 20;

// Expat reads an unfinished tag again from its start with every piece: the longest that its memory
// allows takes a few large pieces, but hundreds of small ones.
constexpr std::size_t kPieceBytes = std::size_t{512} << 10;

constexpr std::string_view kMacros = "xl/vbaProject.bin";

}  // namespace

class XlsxReader::Workbook {
public:
    Workbook(detail::ZipArchive archive, const XlsxLimits& limits)
        : limits_(limits), archive_(std::move(archive)), strings_(limits.shared_string_bytes_max) {}

    Status open();

    [[nodiscard]] const std::vector<XlsxSheet>& sheets() const noexcept { return sheets_; }

    Status select_sheet(std::string_view name);
    Status begin_at(std::uint64_t row);
    Result<std::optional<TableRow>> next();

    [[nodiscard]] const detail::ZipArchive& archive() const noexcept { return archive_; }

private:
    Status read_part(const std::string& part, detail::XmlHandler& handler);
    Status read_small_part(const std::string& part, detail::XmlHandler& handler);
    Status list_sheets(const std::string& part);
    Status read_strings();
    Result<bool> has_merged_cells();
    Status list_merged_cells();
    Result<std::string_view> unpack_piece();
    Result<bool> advance();

    XlsxLimits limits_;
    detail::ZipArchive archive_;
    std::vector<char> piece_ = std::vector<char>(kPieceBytes);  // unpacked
    std::vector<XlsxSheet> sheets_;
    std::vector<std::string> sheet_parts_;  // of each, its key in the archive
    std::string strings_part_;              // "": none, or read already
    detail::DateSystem date_system_ = detail::DateSystem::k1900;
    detail::StylesPart styles_;
    detail::SharedStrings strings_;

    struct Sheet {
        Sheet(
            const detail::SharedStrings& strings,
            const detail::StylesPart& styles,
            detail::DateSystem date_system,
            const XlsxLimits& limits,
            const std::vector<detail::MergedRange>& merged
        )
            : rows(
                  strings,
                  styles,
                  date_system,
                  limits.table,
                  detail::MergedFill(
                      merged,
                      {.row_bytes_max = limits.table.row_bytes_max,
                       .filled_bytes_max = limits.unpacked_bytes_max}
                  )
              ),
              parser(rows, limits.xml_depth_max) {}

        detail::SheetRows rows;
        detail::XmlParser parser;  // tells rows
        bool is_paused = false;    // a row is ready
        bool is_ended = false;
        std::uint64_t first_row = 1;
        std::size_t width = 0;  // of the first row that is given; 0: none yet
    };

    std::size_t selected_ = 0;  // in sheets_
    std::vector<detail::MergedRange> merged_;
    std::optional<std::size_t> merged_of_;  // the sheet whose they are
    std::unique_ptr<Sheet> sheet_;          // the selected one
};

Status XlsxReader::Workbook::open() {
    if (archive_.contains(kMacros)) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "工作簿带有宏：请另存为不带宏的 .xlsx。",
                "the workbook has macros: save it as .xlsx, without them"
            }
        );
    }
    if (!archive_.contains("_rels/.rels")) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "这是压缩包，不是 Excel 工作簿：请把表格另存为 .xlsx 或 CSV。",
                "the file is a zip archive, but no Excel workbook: save the table as .xlsx or CSV"
            }
        );
    }
    detail::Relationships package;
    SUYUAN_TRY_VOID(read_small_part("_rels/.rels", package));
    const detail::Relationship* const office = package.find_type("officeDocument");
    if (office == nullptr) {
        return detail::damaged("nothing says where its workbook part is");
    }
    return list_sheets(detail::resolve_target("", office->target));
}

Status XlsxReader::Workbook::list_sheets(const std::string& part) {
    detail::WorkbookPart workbook;
    SUYUAN_TRY_VOID(read_small_part(part, workbook));
    detail::Relationships parts;
    SUYUAN_TRY_VOID(read_small_part(detail::relationships_of(part), parts));
    date_system_ = workbook.date_system();
    for (const detail::SheetEntry& sheet : workbook.sheets()) {
        const detail::Relationship* const target = parts.find_id(sheet.relationship_id);
        // Others are charts and dialogues.
        if (target == nullptr || target->type != "worksheet") {
            continue;
        }
        std::string key = detail::ZipArchive::key_of(detail::resolve_target(part, target->target));
        // Each is looked into: one long part by a thousand names would be read a thousand times.
        if (std::ranges::find(sheet_parts_, key) != sheet_parts_.end()) {
            return detail::damaged("two of its sheets are one part");
        }
        if (std::ranges::find(sheets_, sheet.name, &XlsxSheet::name) != sheets_.end()) {
            return detail::damaged("two of its sheets have the same name");
        }
        sheets_.push_back({sheet.name, sheet.is_hidden});
        sheet_parts_.push_back(std::move(key));
    }
    if (sheets_.empty()) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"工作簿里没有带单元格的工作表。", "the workbook has no sheet with cells"}
        );
    }
    const auto shown = std::ranges::find(sheets_, false, &XlsxSheet::is_hidden);
    selected_ = shown == sheets_.end() ? 0 : static_cast<std::size_t>(shown - sheets_.begin());
    if (const detail::Relationship* const styles = parts.find_type("styles")) {
        SUYUAN_TRY_VOID(read_small_part(detail::resolve_target(part, styles->target), styles_));
    }
    if (const detail::Relationship* const strings = parts.find_type("sharedStrings")) {
        strings_part_ = detail::resolve_target(part, strings->target);
    }
    return {};
}

Status XlsxReader::Workbook::read_small_part(const std::string& part, detail::XmlHandler& handler) {
    SUYUAN_TRY_VOID(archive_.open_entry(part));
    if (archive_.bytes_total() > kSmallPartBytesMax) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format(
                    "工作簿的 {} 部分超过 {} 字节：请把工作表另存为 CSV。", part, kSmallPartBytesMax
                ),
                format(
                    "the part {} of the workbook has more than {} bytes: save the sheet as CSV",
                    part,
                    kSmallPartBytesMax
                )
            }
        );
    }
    return read_part(part, handler);
}

Status XlsxReader::Workbook::read_part(const std::string& part, detail::XmlHandler& handler) {
    SUYUAN_TRY_VOID(archive_.open_entry(part));
    detail::XmlParser parser(handler, limits_.xml_depth_max);
    while (true) {
        SUYUAN_TRY(const std::string_view piece, unpack_piece());
        if (piece.empty()) {
            break;
        }
        SUYUAN_TRY([[maybe_unused]] const bool is_paused, parser.parse(piece));
    }
    SUYUAN_TRY([[maybe_unused]] const bool is_paused, parser.finish());
    return {};
}

Status XlsxReader::Workbook::read_strings() {
    if (strings_part_.empty()) {
        return {};
    }
    return read_part(std::exchange(strings_part_, {}), strings_);
}

// Most sheets have none: looking for the word is unpacking without parsing.
Result<bool> XlsxReader::Workbook::has_merged_cells() {
    SUYUAN_TRY_VOID(archive_.open_entry(sheet_parts_[selected_]));
    std::string seam;  // the end of the piece before, and the beginning of this one
    while (true) {
        SUYUAN_TRY(const std::string_view piece, unpack_piece());
        if (piece.empty()) {
            return false;
        }
        seam += piece.substr(0, detail::kMergeNameOverlap);
        if (detail::may_name_merged_cells(piece) || detail::may_name_merged_cells(seam)) {
            return true;
        }
        const std::string_view end = piece.size() < seam.size() ? std::string_view(seam) : piece;
        seam =
            std::string(end.substr(end.size() - std::min(end.size(), detail::kMergeNameOverlap)));
    }
}

// What is broken in the sheet is told by reading it, with its row.
Status XlsxReader::Workbook::list_merged_cells() {
    merged_.clear();
    merged_of_ = selected_;
    if (!has_merged_cells().value_or(false)) {
        return {};
    }
    detail::MergeList list(limits_.merged_cells_max, limits_.table.columns_max);
    if (Status read = read_part(sheet_parts_[selected_], list); list.is_beyond_limit()) {
        merged_of_.reset();
        return read;
    }
    merged_ = list.take_ranges();
    return {};
}

Status XlsxReader::Workbook::select_sheet(std::string_view name) {
    const auto found = std::ranges::find(sheets_, name, &XlsxSheet::name);
    if (found == sheets_.end()) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{
                format("工作簿里没有工作表“{}”。", name),
                format("the workbook has no sheet \"{}\"", name)
            }
        );
    }
    selected_ = static_cast<std::size_t>(found - sheets_.begin());
    return begin_at(1);
}

Status XlsxReader::Workbook::begin_at(std::uint64_t row) {
    SUYUAN_TRY_VOID(read_strings());
    sheet_.reset();
    if (merged_of_ != selected_) {
        SUYUAN_TRY_VOID(list_merged_cells());
    }
    SUYUAN_TRY_VOID(archive_.open_entry(sheet_parts_[selected_]));
    sheet_ = std::make_unique<Sheet>(strings_, styles_, date_system_, limits_, merged_);
    sheet_->first_row = row;
    return {};
}

Result<std::string_view> XlsxReader::Workbook::unpack_piece() {
    SUYUAN_TRY(const std::size_t count, archive_.read(piece_));
    return std::string_view(piece_.data(), count);
}

// Parses on; whether a row is ready.
Result<bool> XlsxReader::Workbook::advance() {
    if (sheet_->is_paused) {
        return sheet_->parser.resume();
    }
    SUYUAN_TRY(const std::string_view piece, unpack_piece());
    if (!piece.empty()) {
        return sheet_->parser.parse(piece);
    }
    sheet_->is_ended = true;
    return sheet_->parser.finish();
}

Result<std::optional<TableRow>> XlsxReader::Workbook::next() {
    if (sheet_ == nullptr) {
        SUYUAN_TRY_VOID(begin_at(1));
    }
    while (!sheet_->is_ended) {
        SUYUAN_TRY(sheet_->is_paused, advance());
        if (sheet_->is_paused) {
            TableRow row = sheet_->rows.take_row();
            if (row.number < sheet_->first_row) {
                continue;
            }
            sheet_->width = sheet_->width == 0 ? row.cells.size() : sheet_->width;
            row.cells.resize(std::max(row.cells.size(), sheet_->width));
            return row;
        }
    }
    return std::nullopt;
}

XlsxReader::XlsxReader(std::unique_ptr<Workbook> workbook) : workbook_(std::move(workbook)) {}

XlsxReader::XlsxReader(XlsxReader&&) noexcept = default;
XlsxReader& XlsxReader::operator=(XlsxReader&&) noexcept = default;
XlsxReader::~XlsxReader() = default;

Result<XlsxReader> XlsxReader::open(std::unique_ptr<ByteSource> source, const XlsxLimits& limits) {
    SUYUAN_TRY(
        detail::ZipArchive archive,
        detail::ZipArchive::open(
            std::move(source),
            {.entries_max = limits.entries_max,
             .unpacked_bytes_max = limits.unpacked_bytes_max,
             .ratio_max = limits.ratio_max}
        )
    );
    auto workbook = std::make_unique<Workbook>(std::move(archive), limits);
    SUYUAN_TRY_VOID(workbook->open());
    return XlsxReader(std::move(workbook));
}

const std::vector<XlsxSheet>& XlsxReader::sheets() const noexcept {
    return workbook_->sheets();
}

Status XlsxReader::select_sheet(std::string_view name) {
    return workbook_->select_sheet(name);
}

Status XlsxReader::begin_at(std::uint64_t row) {
    return workbook_->begin_at(row);
}

Result<std::optional<TableRow>> XlsxReader::next() {
    return workbook_->next();
}

std::uint64_t XlsxReader::bytes_read() const noexcept {
    return workbook_->archive().bytes_read();
}

std::uint64_t XlsxReader::bytes_total() const noexcept {
    return workbook_->archive().bytes_total();
}

}  // namespace suyuan::codec
