// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/pdf_sheet.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <new>
#include <numbers>
#include <string>
#include <string_view>
#include <utility>

#include <cairo-pdf.h>
#include <cairo.h>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/detail/pdf_text.h"
#include "codec/pdf_writer.h"
#include "model/instant.h"

namespace suyuan::codec::detail {
namespace {

constexpr double kPageWidth = 595.276;
constexpr double kPageHeight = 841.89;
constexpr double kHeadY = 30;
constexpr double kFootY = 803;
constexpr double kHairline = 0.5;
// China Standard Time: the document's properties say it as its pages do.
constexpr int kOffsetMinutes = 480;

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int size) noexcept {
    try {
        // Bytes are bytes. NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
        static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
    } catch (const std::bad_alloc&) {
        return CAIRO_STATUS_NO_MEMORY;
    }
    return CAIRO_STATUS_SUCCESS;
}

void set_colour(cairo_t* context, PdfColour colour) {
    ::cairo_set_source_rgb(context, colour.red, colour.green, colour.blue);
}

}  // namespace

PdfColour ink_of(PdfTone tone) noexcept {
    switch (tone) {
        case PdfTone::kPlain:
            return kInk;
        case PdfTone::kQuiet:
            return kQuietInk;
        case PdfTone::kStrong:
            return kBrand;
        case PdfTone::kWarning:
            return kWarning;
    }
    SUYUAN_UNREACHABLE();
}

PdfSheet::PdfSheet(const PdfSetup& setup, PdfText& text, RowHeights& heights, std::size_t pages)
    : setup_(setup),
      text_(text),
      heights_(heights),
      pages_(pages),
      surface_(::cairo_pdf_surface_create_for_stream(append, bytes_.get(), kPageWidth, kPageHeight)
      ),
      context_(::cairo_create(surface_.get())) {
    set_properties();
    draw_frame();
}

PdfSheet::PdfSheet(const PdfSetup& setup, PdfText& text, RowHeights& heights, Pixels size)
    : setup_(setup),
      text_(text),
      heights_(heights),
      surface_(::cairo_image_surface_create(CAIRO_FORMAT_RGB24, size.width, size.height)),
      context_(::cairo_create(surface_.get())) {
    set_colour(context_.get(), kPaper);
    ::cairo_paint(context_.get());
}

void PdfSheet::set_properties() {
    const std::string made = model::format_instant(setup_.made, kOffsetMinutes);
    for (const auto& [name, value] : std::array<std::pair<cairo_pdf_metadata_t, std::string>, 4>{{
             {CAIRO_PDF_METADATA_TITLE, settable(setup_.title)},
             {CAIRO_PDF_METADATA_CREATOR, "Suyuan"},
             {CAIRO_PDF_METADATA_CREATE_DATE, made},
             {CAIRO_PDF_METADATA_MOD_DATE, made},
         }}) {
        ::cairo_pdf_surface_set_metadata(surface_.get(), name, value.c_str());
    }
}

double PdfSheet::row_height(const std::function<double()>& measure) {
    if (context_ == nullptr) {
        heights_.push_back(measure());
        return heights_.back();
    }
    SUYUAN_ASSERT(drawn_rows_ < heights_.size());
    return heights_[drawn_rows_++];
}

bool PdfSheet::need(double height) {
    if (height <= room() || y_ == kTop) {
        return false;
    }
    begin_page();
    return true;
}

void PdfSheet::begin_page() {
    ++page_;
    y_ = kTop;
    if (context_ != nullptr) {
        ::cairo_show_page(context_.get());
        draw_frame();
    }
}

void PdfSheet::draw_frame() {
    const auto line = [&](double y, std::string_view text, PdfAlign align) {
        const PdfLabel one = {
            .text = text, .face = PdfFace::kSmall, .width = kWidth, .align = align, .lines_max = 1
        };
        label(kLeft, y, one, kQuietInk);
    };
    line(kHeadY, setup_.left, PdfAlign::kLeft);
    line(kHeadY, setup_.right, PdfAlign::kRight);
    rule(kLeft, kHeadY + 15, kWidth, kBrand);
    rule(kLeft, kFootY - 4, kWidth, kRule);
    line(kFootY, setup_.foot, PdfAlign::kLeft);
    line(kFootY, setup_.page_label(page_, pages_), PdfAlign::kRight);
}

void PdfSheet::outline(std::string_view heading) {
    if (context_ == nullptr) {
        return;
    }
    const std::string place = format("page={} pos=[{:.1f} {:.1f}]", page_, kLeft, y_);
    ::cairo_pdf_surface_add_outline(
        surface_.get(),
        CAIRO_PDF_OUTLINE_ROOT,
        settable(heading).c_str(),
        place.c_str(),
        CAIRO_PDF_OUTLINE_FLAG_OPEN
    );
}

void PdfSheet::label(double x, double y, const PdfLabel& label, PdfColour colour) {
    if (context_ != nullptr && !label.text.empty()) {
        set_colour(context_.get(), colour);
        text_.draw(context_.get(), x, y, label);
    }
}

void PdfSheet::fill(const PdfFrame& frame, PdfColour colour) {
    if (context_ != nullptr) {
        set_colour(context_.get(), colour);
        ::cairo_rectangle(context_.get(), frame.x, frame.y, frame.width, frame.height);
        ::cairo_fill(context_.get());
    }
}

void PdfSheet::rule(double x, double y, double width, PdfColour colour) {
    if (context_ != nullptr) {
        set_colour(context_.get(), colour);
        ::cairo_set_line_width(context_.get(), kHairline);
        ::cairo_move_to(context_.get(), x, y);
        ::cairo_line_to(context_.get(), x + width, y);
        ::cairo_stroke(context_.get());
    }
}

void PdfSheet::box(const PdfFrame& frame, PdfColour ground, PdfColour edge) {
    if (context_ == nullptr) {
        return;
    }
    constexpr double kRadius = 3;
    constexpr double kQuarter = std::numbers::pi / 2;
    cairo_t* const to = context_.get();
    ::cairo_new_sub_path(to);
    const double right = frame.x + frame.width - kRadius;
    const double bottom = frame.y + frame.height - kRadius;
    ::cairo_arc(to, right, frame.y + kRadius, kRadius, -kQuarter, 0);
    ::cairo_arc(to, right, bottom, kRadius, 0, kQuarter);
    ::cairo_arc(to, frame.x + kRadius, bottom, kRadius, kQuarter, 2 * kQuarter);
    ::cairo_arc(to, frame.x + kRadius, frame.y + kRadius, kRadius, 2 * kQuarter, 3 * kQuarter);
    ::cairo_close_path(to);
    set_colour(to, ground);
    ::cairo_fill_preserve(to);
    set_colour(to, edge);
    ::cairo_set_line_width(to, kHairline);
    ::cairo_stroke(to);
}

void PdfSheet::arrow(const PdfArrow& arrow) {
    if (context_ == nullptr) {
        return;
    }
    constexpr double kHeadLength = 4.5;
    constexpr double kHeadHalf = 1.8;
    cairo_t* const to = context_.get();
    const auto& [start, first, second, end] = arrow.points;
    set_colour(to, arrow.tone == PdfTone::kPlain ? kQuietInk : ink_of(arrow.tone));
    ::cairo_set_line_width(to, 0.7);
    const std::array<double, 2> dashes = {3, 2};
    ::cairo_set_dash(to, dashes.data(), arrow.is_dashed ? 2 : 0, 0);
    ::cairo_move_to(to, start.x, start.y);
    ::cairo_curve_to(to, first.x, first.y, second.x, second.y, end.x, end.y);
    ::cairo_stroke(to);
    ::cairo_set_dash(to, dashes.data(), 0, 0);
    const double length = std::hypot(end.x - second.x, end.y - second.y);
    if (length == 0) {
        return;
    }
    const PdfPoint along = {(end.x - second.x) / length, (end.y - second.y) / length};
    const PdfPoint back = {end.x - along.x * kHeadLength, end.y - along.y * kHeadLength};
    ::cairo_move_to(to, end.x, end.y);
    ::cairo_line_to(to, back.x - along.y * kHeadHalf, back.y + along.x * kHeadHalf);
    ::cairo_line_to(to, back.x + along.y * kHeadHalf, back.y - along.x * kHeadHalf);
    ::cairo_close_path(to);
    ::cairo_fill(to);
}

void PdfSheet::begin_picture(double x, double y, double scale) {
    if (context_ != nullptr) {
        ::cairo_save(context_.get());
        ::cairo_translate(context_.get(), x, y);
        ::cairo_scale(context_.get(), scale, scale);
    }
}

void PdfSheet::end_picture() {
    if (context_ != nullptr) {
        ::cairo_restore(context_.get());
    }
}

Result<std::string> PdfSheet::finish() {
    SUYUAN_ASSERT(context_ != nullptr);
    ::cairo_show_page(context_.get());
    cairo_status_t outcome = ::cairo_status(context_.get());
    ::cairo_surface_finish(surface_.get());
    if (outcome == CAIRO_STATUS_SUCCESS) {
        outcome = ::cairo_surface_status(surface_.get());
    }
    return bytes_if(outcome);
}

Result<std::string> PdfSheet::finish_png() {
    SUYUAN_ASSERT(context_ != nullptr);
    cairo_status_t outcome = ::cairo_status(context_.get());
    if (outcome == CAIRO_STATUS_SUCCESS) {
        outcome = ::cairo_surface_write_to_png_stream(surface_.get(), append, bytes_.get());
    }
    return bytes_if(outcome);
}

Result<std::string> PdfSheet::bytes_if(cairo_status_t outcome) {
    if (outcome != CAIRO_STATUS_SUCCESS) {
        return fail(
            ErrorCode::kUnavailable,
            format("write the document: {}", ::cairo_status_to_string(outcome))
        );
    }
    return std::move(*bytes_);
}

}  // namespace suyuan::codec::detail
