// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <xlsxwriter/common.h>
#include <xlsxwriter/format.h>
#include <xlsxwriter/utility.h>
#include <xlsxwriter/workbook.h>
#include <xlsxwriter/worksheet.h>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/detail/formula_guard.h"
#include "codec/detail/sheet_date.h"
#include "codec/xlsx_writer.h"

namespace suyuan::codec {
namespace {

// The library keeps comments in memory, about 1 kB each.
constexpr std::size_t kCommentsMax = 10'000;

// What Excel allows of a list of choices, with its commas.
constexpr std::size_t kChoiceCharactersMax = 255;

constexpr lxw_color_t kRed = 0xffb3b3;

using Workbook = std::unique_ptr<lxw_workbook, decltype(&::lxw_workbook_free)>;

// How cells look: of every kind, right and wrong.
enum class Look : std::uint8_t { kPlain, kDay, kDayTime };

constexpr std::array<const char*, 3> kFormats = {"General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"};

// What XML cannot hold, and what a reader would take for an escape.
std::string xml_text(std::string_view text) {
    constexpr std::string_view kReplacement = "\xef\xbf\xbd";
    std::string safe;
    safe.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf")) {
            safe += kReplacement;
            at += kReplacement.size();
            continue;
        }
        safe += rest.starts_with("_x") ? "_x005F_" : rest.substr(0, 1);
        ++at;
    }
    return safe;
}

// The value, if a spreadsheet gives the same text back.
std::optional<double> exact_number(std::string_view text) {
    if (!detail::is_number(text)) {
        return std::nullopt;
    }
    const std::string_view digits = text.substr(text.starts_with('+') ? 1 : 0);
    const auto digit_count = std::ranges::count_if(
        digits.substr(0, digits.find_first_of("eE")), [](char c) { return c >= '0' && c <= '9'; }
    );
    double value = 0;
    const auto outcome = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool is_read = outcome.ec == std::errc() && outcome.ptr == digits.data() + digits.size();
    return is_read && digit_count <= 15 ? std::optional(value) : std::nullopt;
}

Status status_of(lxw_error error) {
    if (error == LXW_NO_ERROR) {
        return {};
    }
    const bool is_limit = error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED ||
                          error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE;
    return fail(
        is_limit ? ErrorCode::kLimitExceeded : ErrorCode::kUnavailable,
        format("write the workbook: {}", ::lxw_strerror(error))
    );
}

}  // namespace

class XlsxWriter::Book {
public:
    Book(Workbook workbook, std::string path);

    Status add_sheet(const std::string& name, std::span<const XlsxColumn> columns);
    Status add_picture(
        const std::string& name, const std::string& line, const XlsxPicture& picture
    );
    Status write_row(std::span<const XlsxCell> cells);
    Status finish();

private:
    Status begin_sheet(const std::string& name);
    Status write_headers(std::span<const XlsxColumn> columns);
    Status offer_choices(lxw_col_t column, const std::vector<std::string>& choices);
    Status write_cell(lxw_col_t column, const XlsxCell& cell);
    Status write_text(lxw_col_t column, const std::string& text, lxw_format* look);
    Status write_comment(lxw_col_t column, const std::string& text);
    [[nodiscard]] lxw_format* look_of(Look look, const XlsxCell& cell) const;

    Workbook workbook_;
    std::string path_;
    lxw_format* header_ = nullptr;  // the workbook's, as the others
    std::array<lxw_format*, kFormats.size()> right_{};
    std::array<lxw_format*, kFormats.size()> wrong_{};
    lxw_worksheet* sheet_ = nullptr;  // the workbook's; the one added last, if it has rows
    bool has_sheet_ = false;
    lxw_row_t row_ = 0;  // the next one
    std::size_t comment_count_ = 0;
};

XlsxWriter::Book::Book(Workbook workbook, std::string path)
    : workbook_(std::move(workbook)), path_(std::move(path)) {
    header_ = ::workbook_add_format(workbook_.get());
    ::format_set_bold(header_);
    for (std::size_t i = 0; i < kFormats.size(); ++i) {
        right_[i] = ::workbook_add_format(workbook_.get());
        wrong_[i] = ::workbook_add_format(workbook_.get());
        ::format_set_num_format(right_[i], kFormats[i]);
        ::format_set_num_format(wrong_[i], kFormats[i]);
        ::format_set_bg_color(wrong_[i], kRed);
    }
}

Status XlsxWriter::Book::begin_sheet(const std::string& name) {
    const lxw_error judged = name.empty()
                                 ? LXW_ERROR_PARAMETER_VALIDATION
                                 : ::workbook_validate_sheet_name(workbook_.get(), name.c_str());
    if (judged != LXW_NO_ERROR) {
        return fail(
            ErrorCode::kInvalidArgument,
            format("\"{}\" cannot name a sheet: {}", name, ::lxw_strerror(judged))
        );
    }
    sheet_ = ::workbook_add_worksheet(workbook_.get(), name.c_str());
    if (sheet_ == nullptr) {
        return fail(ErrorCode::kUnavailable, "the workbook has no room for another sheet");
    }
    has_sheet_ = true;
    row_ = 0;
    return {};
}

Status XlsxWriter::Book::add_picture(
    const std::string& name, const std::string& line, const XlsxPicture& picture
) {
    SUYUAN_TRY_VOID(begin_sheet(name));
    SUYUAN_TRY_VOID(
        status_of(::worksheet_write_string(sheet_, 0, 0, xml_text(line).c_str(), nullptr))
    );
    std::string description = xml_text(picture.description);
    lxw_image_options options{};
    options.x_scale = picture.scale;
    options.y_scale = picture.scale;
    options.description = description.data();
    // Bytes are bytes. NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
    const auto* const bytes = reinterpret_cast<const unsigned char*>(picture.png.data());
    const lxw_error outcome =
        ::worksheet_insert_image_buffer_opt(sheet_, 2, 0, bytes, picture.png.size(), &options);
    sheet_ = nullptr;  // no rows
    if (outcome != LXW_NO_ERROR) {
        return fail(ErrorCode::kInvalidArgument, format("no picture: {}", ::lxw_strerror(outcome)));
    }
    return {};
}

Status XlsxWriter::Book::add_sheet(const std::string& name, std::span<const XlsxColumn> columns) {
    SUYUAN_TRY_VOID(begin_sheet(name));
    lxw_col_t column = 0;
    for (const XlsxColumn& described : columns) {
        SUYUAN_TRY_VOID(
            status_of(::worksheet_set_column(sheet_, column, column, described.width, nullptr))
        );
        ++column;
    }
    SUYUAN_TRY_VOID(write_headers(columns));
    ::worksheet_freeze_panes(sheet_, row_, 0);
    for (std::size_t at = 0; at < columns.size(); ++at) {
        SUYUAN_TRY_VOID(offer_choices(static_cast<lxw_col_t>(at), columns[at].choices));
    }
    return {};
}

// Below the header, to the end of the sheet.
Status XlsxWriter::Book::offer_choices(lxw_col_t column, const std::vector<std::string>& choices) {
    std::size_t characters = 0;
    for (const std::string& choice : choices) {
        characters += 1 + ::lxw_utf8_strlen(choice.c_str());
    }
    if (choices.empty() || characters > kChoiceCharactersMax) {
        return {};
    }
    std::vector<std::string> texts = choices;
    std::vector<char*> list;
    list.reserve(texts.size() + 1);
    for (std::string& text : texts) {
        list.push_back(text.data());
    }
    list.push_back(nullptr);
    lxw_data_validation rule{};
    rule.validate = LXW_VALIDATION_TYPE_LIST;
    rule.value_list = list.data();
    rule.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
    return status_of(
        ::worksheet_data_validation_range(sheet_, row_, column, LXW_ROW_MAX - 1, column, &rule)
    );
}

// Row by row, as the library has it.
Status XlsxWriter::Book::write_headers(std::span<const XlsxColumn> columns) {
    const auto place = [](std::size_t at) { return static_cast<lxw_col_t>(at); };
    for (std::size_t at = 0; at < columns.size();) {
        std::size_t end = at + 1;
        while (end < columns.size() && columns[end].header.empty() && !columns[end].below.empty()) {
            ++end;
        }
        const std::string header = xml_text(columns[at].header);
        SUYUAN_TRY_VOID(status_of(
            end - at > 1
                ? ::worksheet_merge_range(
                      sheet_, row_, place(at), row_, place(end - 1), header.c_str(), header_
                  )
                : ::worksheet_write_string(sheet_, row_, place(at), header.c_str(), header_)
        ));
        at = end;
    }
    ++row_;
    if (std::ranges::all_of(columns, &std::string::empty, &XlsxColumn::below)) {
        return {};
    }
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const std::string below = xml_text(columns[at].below);
        SUYUAN_TRY_VOID(
            status_of(::worksheet_write_string(sheet_, row_, place(at), below.c_str(), header_))
        );
    }
    ++row_;
    return {};
}

Status XlsxWriter::Book::write_row(std::span<const XlsxCell> cells) {
    SUYUAN_ASSERT(sheet_ != nullptr);
    if (row_ >= LXW_ROW_MAX || cells.size() > LXW_COL_MAX) {
        return fail(
            ErrorCode::kLimitExceeded,
            format("a sheet has at most {} rows and {} columns", LXW_ROW_MAX, LXW_COL_MAX)
        );
    }
    lxw_col_t column = 0;
    for (const XlsxCell& cell : cells) {
        SUYUAN_TRY_VOID(write_cell(column, cell));
        SUYUAN_TRY_VOID(write_comment(column, cell.fault));
        ++column;
    }
    ++row_;
    return {};
}

lxw_format* XlsxWriter::Book::look_of(Look look, const XlsxCell& cell) const {
    const auto index = static_cast<std::size_t>(look);
    return cell.fault.empty() ? right_[index] : wrong_[index];
}

Status XlsxWriter::Book::write_cell(lxw_col_t column, const XlsxCell& cell) {
    if (cell.kind == XlsxCell::Kind::kNumber) {
        if (const std::optional<double> number = exact_number(cell.text)) {
            lxw_format* const look = look_of(Look::kPlain, cell);
            return status_of(::worksheet_write_number(sheet_, row_, column, *number, look));
        }
    }
    if (cell.kind == XlsxCell::Kind::kDate) {
        if (const std::optional<detail::SheetDate> date = detail::parse_sheet_date(cell.text)) {
            lxw_datetime written{
                date->year, date->month, date->day, date->hour, date->minute, date->second
            };
            lxw_format* const look = look_of(date->has_time ? Look::kDayTime : Look::kDay, cell);
            return status_of(::worksheet_write_datetime(sheet_, row_, column, &written, look));
        }
    }
    return write_text(column, cell.text, look_of(Look::kPlain, cell));
}

Status XlsxWriter::Book::write_text(lxw_col_t column, const std::string& text, lxw_format* look) {
    if (text.empty()) {
        return status_of(::worksheet_write_blank(sheet_, row_, column, look));
    }
    return status_of(::worksheet_write_string(sheet_, row_, column, xml_text(text).c_str(), look));
}

Status XlsxWriter::Book::write_comment(lxw_col_t column, const std::string& text) {
    if (text.empty() || comment_count_ == kCommentsMax) {
        return {};
    }
    ++comment_count_;
    return status_of(::worksheet_write_comment(sheet_, row_, column, xml_text(text).c_str()));
}

Status XlsxWriter::Book::finish() {
    SUYUAN_ASSERT(has_sheet_);
    sheet_ = nullptr;
    // Frees the workbook, whatever comes of it.
    const lxw_error outcome = ::workbook_close(workbook_.release());
    if (outcome != LXW_NO_ERROR) {
        return fail(
            ErrorCode::kUnavailable, format("write {}: {}", path_, ::lxw_strerror(outcome))
        );
    }
    return {};
}

XlsxWriter::XlsxWriter(std::unique_ptr<Book> book) : book_(std::move(book)) {}

XlsxWriter::XlsxWriter(XlsxWriter&&) noexcept = default;
XlsxWriter& XlsxWriter::operator=(XlsxWriter&&) noexcept = default;
XlsxWriter::~XlsxWriter() = default;

Result<XlsxWriter> XlsxWriter::create(const std::filesystem::path& path) {
    std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder.data();
    options.use_zip64 = LXW_FALSE;
    Workbook workbook(::workbook_new_opt(path.c_str(), &options), &::lxw_workbook_free);
    if (workbook == nullptr) {
        return fail(
            ErrorCode::kUnavailable, format("no workbook can be begun at {}", path.string())
        );
    }
    return XlsxWriter(std::make_unique<Book>(std::move(workbook), path.string()));
}

Status XlsxWriter::add_sheet(std::string_view name, std::span<const XlsxColumn> columns) {
    return book_->add_sheet(std::string(name), columns);
}

Status XlsxWriter::add_picture(
    std::string_view name, std::string_view line, const XlsxPicture& picture
) {
    return book_->add_picture(std::string(name), std::string(line), picture);
}

Status XlsxWriter::write_row(std::span<const XlsxCell> cells) {
    return book_->write_row(cells);
}

Status XlsxWriter::finish() {
    return book_->finish();
}

}  // namespace suyuan::codec
