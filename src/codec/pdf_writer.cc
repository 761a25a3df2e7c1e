// SPDX-License-Identifier: Apache-2.0

#include "codec/pdf_writer.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/result.h"
#include "codec/detail/pdf_sheet.h"
#include "codec/detail/pdf_text.h"

namespace suyuan::codec {
namespace {

using detail::PdfAlign;
using detail::PdfFace;
using detail::PdfLabel;
using detail::PdfSheet;

constexpr double kPad = 3.5;  // within cells and between things
constexpr std::size_t kCellLinesMax = 12;
// Around a picture alone, in pixels: lines are drawn over their edges, and arrows bow out.
constexpr int kPngMargin = 60;
// The head of a table and a row or two.
constexpr double kTableBegin = 50;

PdfLabel body(std::string_view text, double width) {
    return {.text = text, .face = PdfFace::kBody, .width = width};
}

// In the middle of the box's height; what has no room is left out.
void draw_box(PdfSheet& sheet, const PdfBox& box) {
    constexpr double kInside = 3;
    const bool is_filled = box.tone == PdfTone::kStrong;
    const bool warns = box.tone == PdfTone::kWarning;
    detail::PdfColour ground = detail::kPaper;
    if (is_filled || warns) {
        ground = is_filled ? detail::kBrandGround : detail::kWarningGround;
    }
    const detail::PdfFrame frame = {box.corner.x, box.corner.y, box.width, box.height};
    sheet.box(
        frame, ground, box.tone == PdfTone::kPlain ? detail::kQuietInk : detail::ink_of(box.tone)
    );
    std::vector<PdfLabel> labels;
    double height = 0;
    for (const std::string& line : box.lines) {
        const bool is_first = labels.empty();
        const PdfLabel label = {
            .text = line,
            .face = is_first ? PdfFace::kBoxStrong : PdfFace::kBox,
            .width = box.width - 2 * kInside,
            .lines_max = is_first ? 2U : 1U
        };
        const double own = sheet.text().height(label);
        if (height + own <= box.height) {
            labels.push_back(label);
            height += own;
        }
    }
    double y = box.corner.y + (box.height - height) / 2;
    for (const PdfLabel& label : labels) {
        const bool is_first = label.face == PdfFace::kBoxStrong;
        sheet.label(
            box.corner.x + kInside,
            y,
            label,
            is_first ? detail::ink_of(box.tone == PdfTone::kQuiet ? PdfTone::kPlain : box.tone)
                     : detail::kQuietInk
        );
        y += sheet.text().height(label);
    }
}

void draw_picture(PdfSheet& sheet, const PdfPicture& picture, PdfPoint corner, double scale) {
    sheet.begin_picture(corner.x, corner.y, scale);
    for (const PdfArrow& arrow : picture.arrows) {
        sheet.arrow(arrow);
    }
    for (const PdfBox& box : picture.boxes) {
        draw_box(sheet, box);
    }
    sheet.end_picture();
}

Failure no_font() {
    return fail(
        ErrorCode::kUnavailable,
        Sentence{
            "本机没有中文字体，无法生成 PDF；请安装 fonts-noto-cjk 后重试，或改用 xlsx。",
            "This machine has no font with Chinese characters, so no PDF can be made: install "
            "fonts-noto-cjk and try again, or ask for xlsx."
        }
    );
}

}  // namespace

void PdfWriter::title(std::string_view text, std::string_view below) {
    const PdfLabel large = {.text = text, .face = PdfFace::kTitle, .width = PdfSheet::kWidth};
    const PdfLabel small = {.text = below, .face = PdfFace::kHeading, .width = PdfSheet::kWidth};
    const double large_height = sheet_.text().height(large);
    const double small_height = sheet_.text().height(small);
    sheet_.label(PdfSheet::kLeft, sheet_.y(), large, detail::kBrand);
    sheet_.label(PdfSheet::kLeft, sheet_.y() + large_height, small, detail::kInk);
    sheet_.advance(large_height + small_height + 8);
}

void PdfWriter::heading(std::string_view text, double company) {
    constexpr double kBar = 3;
    constexpr double kSpace = 12;
    const PdfLabel label = {
        .text = text, .face = PdfFace::kHeading, .width = PdfSheet::kWidth - 3 * kBar
    };
    const double height = sheet_.text().height(label);
    if (sheet_.y() > PdfSheet::kTop && !sheet_.need(height + company + kSpace)) {
        sheet_.advance(kSpace);
    }
    sheet_.outline(text);
    sheet_.fill({PdfSheet::kLeft, sheet_.y() + 3, kBar, height - 6}, detail::kBrand);
    sheet_.label(PdfSheet::kLeft + 3 * kBar, sheet_.y(), label, detail::kInk);
    sheet_.advance(height + 4);
}

void PdfWriter::paragraph(std::string_view text, PdfTone tone) {
    const PdfLabel label = body(text, PdfSheet::kWidth);
    const double height = std::min(sheet_.text().height(label), PdfSheet::kBottom - PdfSheet::kTop);
    sheet_.need(height);
    sheet_.label(PdfSheet::kLeft, sheet_.y(), label, detail::ink_of(tone));
    sheet_.advance(height + 3);
}

void PdfWriter::facts(std::span<const PdfFact> facts) {
    constexpr double kNameWidth = 72;
    constexpr double kHalf = PdfSheet::kWidth / 2;
    for (std::size_t i = 0; i < facts.size();) {
        const bool is_pair = !facts[i].is_wide && i + 1 < facts.size() && !facts[i + 1].is_wide;
        const double room = is_pair ? kHalf : PdfSheet::kWidth;
        const std::span<const PdfFact> row = facts.subspan(i, is_pair ? 2 : 1);
        double height = 0;
        for (const PdfFact& fact : row) {
            const PdfLabel value = body(fact.value, room - kNameWidth - kPad);
            height = std::max(height, sheet_.text().height(value));
        }
        sheet_.need(height + kPad);
        double x = PdfSheet::kLeft;
        for (const PdfFact& fact : row) {
            sheet_.label(x, sheet_.y(), body(fact.name, kNameWidth), detail::kQuietInk);
            const PdfLabel value = body(fact.value, room - kNameWidth - kPad);
            sheet_.label(x + kNameWidth, sheet_.y(), value, detail::kInk);
            x += room;
        }
        sheet_.advance(height + 3);
        sheet_.rule(PdfSheet::kLeft, sheet_.y() - 1, PdfSheet::kWidth, detail::kRule);
        sheet_.advance(1);
        i += row.size();
    }
    sheet_.advance(2 * kPad);
}

void PdfWriter::figures(std::span<const PdfFigure> figures) {
    constexpr std::size_t kInRow = 8;
    constexpr double kGap = 6;
    constexpr double kWidth = (PdfSheet::kWidth + kGap) / kInRow - kGap;
    constexpr double kHeight = 42;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (i % kInRow == 0) {
            sheet_.need(kHeight);
        }
        const PdfFigure& figure = figures[i];
        const bool warns = figure.tone == PdfTone::kWarning;
        const double x = PdfSheet::kLeft + static_cast<double>(i % kInRow) * (kWidth + kGap);
        const double y = sheet_.y();
        sheet_.box(
            {x, y, kWidth, kHeight},
            warns ? detail::kWarningGround : detail::kBrandGround,
            warns ? detail::kWarningGround : detail::kBrandGround
        );
        PdfLabel label = {
            .text = figure.value,
            .face = PdfFace::kFigure,
            .width = kWidth - 2,
            .align = PdfAlign::kMiddle,
            .lines_max = 1
        };
        sheet_.label(x + 1, y + 4, label, warns ? detail::kWarning : detail::kBrand);
        label.text = figure.name;
        label.face = PdfFace::kSmall;
        sheet_.label(x + 1, y + 26, label, detail::kQuietInk);
        if (i % kInRow == kInRow - 1 || i + 1 == figures.size()) {
            sheet_.advance(kHeight + kGap);
        }
    }
}

void PdfWriter::begin_table(std::vector<PdfColumn> columns) {
    SUYUAN_ASSERT(!columns.empty());
    columns_ = std::move(columns);
    widths_.clear();
    double shares = 0;
    for (const PdfColumn& column : columns_) {
        shares += column.share;
    }
    for (const PdfColumn& column : columns_) {
        widths_.push_back(PdfSheet::kWidth * column.share / shares);
    }
    sheet_.need(kTableBegin);
    table_head();
}

double PdfWriter::cells_height(std::span<const PdfCell> cells, bool is_head) {
    std::size_t lines = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const PdfLabel label = {
            .text = cells[i].text,
            .face = is_head ? PdfFace::kCellStrong : PdfFace::kCell,
            .width = widths_[i] - 2 * kPad,
            .lines_max = kCellLinesMax
        };
        lines = std::max(lines, sheet_.text().line_count(label));
    }
    return static_cast<double>(lines) * detail::leading_of(PdfFace::kCell) + 2 * kPad;
}

void PdfWriter::table_head() {
    std::vector<PdfCell> cells;
    cells.reserve(columns_.size());
    for (const PdfColumn& column : columns_) {
        cells.push_back({column.heading});
    }
    const double height = cells_height(cells, true);
    sheet_.fill({PdfSheet::kLeft, sheet_.y(), PdfSheet::kWidth, height}, detail::kBrandGround);
    double x = PdfSheet::kLeft;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const PdfLabel label = {
            .text = columns_[i].heading,
            .face = PdfFace::kCellStrong,
            .width = widths_[i] - 2 * kPad,
            .align = columns_[i].is_number ? PdfAlign::kRight : PdfAlign::kLeft,
            .lines_max = kCellLinesMax
        };
        sheet_.label(x + kPad, sheet_.y() + kPad, label, detail::kBrand);
        x += widths_[i];
    }
    sheet_.advance(height);
    sheet_.rule(PdfSheet::kLeft, sheet_.y(), PdfSheet::kWidth, detail::kBrand);
}

void PdfWriter::row(std::span<const PdfCell> cells) {
    SUYUAN_ASSERT(!columns_.empty() && cells.size() == columns_.size());
    const double height = sheet_.row_height([&] { return cells_height(cells, false); });
    if (sheet_.need(height)) {
        table_head();
    }
    double x = PdfSheet::kLeft;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const PdfLabel label = {
            .text = cells[i].text,
            .face = PdfFace::kCell,
            .width = widths_[i] - 2 * kPad,
            .align = columns_[i].is_number ? PdfAlign::kRight : PdfAlign::kLeft,
            .lines_max = kCellLinesMax
        };
        sheet_.label(x + kPad, sheet_.y() + kPad, label, detail::ink_of(cells[i].tone));
        x += widths_[i];
    }
    sheet_.advance(height);
    sheet_.rule(PdfSheet::kLeft, sheet_.y(), PdfSheet::kWidth, detail::kRule);
}

void PdfWriter::end_table() {
    SUYUAN_ASSERT(!columns_.empty());
    columns_.clear();
    sheet_.advance(8);
}

void PdfWriter::picture(const PdfPicture& picture) {
    constexpr double kPageRoom = PdfSheet::kBottom - PdfSheet::kTop;
    // Room for a heading above and a line below.
    constexpr double kCompany = 60;
    const double scale =
        std::min({1.0, PdfSheet::kWidth / picture.width, (kPageRoom - kCompany) / picture.height});
    sheet_.need(picture.height * scale);
    const double x = PdfSheet::kLeft + (PdfSheet::kWidth - picture.width * scale) / 2;
    draw_picture(sheet_, picture, {x, sheet_.y()}, scale);
    sheet_.advance(picture.height * scale + 6);
}

Result<std::string> write_pdf(
    const PdfSetup& setup, const std::function<Status(PdfWriter& writer)>& tell
) {
    detail::PdfText text(setup.language);
    if (!text.has_chinese()) {
        return no_font();
    }
    detail::RowHeights heights;
    PdfSheet counted(setup, text, heights);
    PdfWriter counter(counted);
    SUYUAN_TRY_VOID(tell(counter));
    PdfSheet drawn(setup, text, heights, counted.page());
    PdfWriter drawer(drawn);
    SUYUAN_TRY_VOID(tell(drawer));
    SUYUAN_ASSERT(drawn.page() == counted.page());
    return drawn.finish();
}

Result<PngPicture> draw_png(const PdfPicture& picture, std::string_view language) {
    SUYUAN_ASSERT(picture.width > 0 && picture.height > 0);
    detail::PdfText text(language);
    if (!text.has_chinese()) {
        return no_font();
    }
    PngPicture png;
    png.scale = std::min(
        kPngScale, (kPngSideMax - 2 * kPngMargin) / std::max(picture.width, picture.height)
    );
    const auto side = [&](double length) {
        return static_cast<int>(length * png.scale) + 2 * kPngMargin;
    };
    const PdfSetup setup;
    detail::RowHeights heights;
    PdfSheet sheet(
        setup,
        text,
        heights,
        PdfSheet::Pixels{.width = side(picture.width), .height = side(picture.height)}
    );
    draw_picture(sheet, picture, {kPngMargin, kPngMargin}, png.scale);
    SUYUAN_TRY(png.bytes, sheet.finish_png());
    return png;
}

}  // namespace suyuan::codec
