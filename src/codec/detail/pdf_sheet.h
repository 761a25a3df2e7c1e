// SPDX-License-Identifier: Apache-2.0
//
// The pages of a document: where the next thing goes, and what it is drawn with. Without a surface
// it only counts.

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <cairo.h>

#include "base/result.h"
#include "codec/detail/pdf_text.h"
#include "codec/pdf_writer.h"

namespace suyuan::codec::detail {

struct PdfColour {
    double red = 0;
    double green = 0;
    double blue = 0;
};

inline constexpr PdfColour kInk = {0.10, 0.13, 0.12};
inline constexpr PdfColour kQuietInk = {0.40, 0.45, 0.43};
inline constexpr PdfColour kRule = {0.80, 0.84, 0.82};
inline constexpr PdfColour kBrand = {0.043, 0.431, 0.310};
inline constexpr PdfColour kBrandGround = {0.918, 0.957, 0.941};
inline constexpr PdfColour kStripe = {0.973, 0.980, 0.977};
inline constexpr PdfColour kWarning = {0.70, 0.12, 0.10};
inline constexpr PdfColour kWarningGround = {0.995, 0.937, 0.930};
inline constexpr PdfColour kPaper = {1, 1, 1};

[[nodiscard]] PdfColour ink_of(PdfTone tone) noexcept;

struct PdfFrame {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

// Heights of table rows, in their order: found while counting, needed again for drawing.
using RowHeights = std::vector<double>;

// Threads: one at a time. Lifetime: borrows setup, text and heights.
class PdfSheet {
public:
    static constexpr double kLeft = 42;
    static constexpr double kWidth = kPdfTextWidth;
    static constexpr double kTop = 58;
    static constexpr double kBottom = 790;

    // Counts pages, and fills `heights`.
    PdfSheet(const PdfSetup& setup, PdfText& text, RowHeights& heights)
        : setup_(setup), text_(text), heights_(heights) {}

    // Draws them; `heights` and `pages` are what counting found.
    PdfSheet(const PdfSetup& setup, PdfText& text, RowHeights& heights, std::size_t pages);

    struct Pixels {
        int width = 0;
        int height = 0;
    };

    // A picture alone, on white: no page, and nothing of `setup` is shown.
    PdfSheet(const PdfSetup& setup, PdfText& text, RowHeights& heights, Pixels size);

    [[nodiscard]] PdfText& text() noexcept { return text_; }

    // The next free line of the page.
    [[nodiscard]] double y() const noexcept { return y_; }

    [[nodiscard]] std::size_t page() const noexcept { return page_; }

    [[nodiscard]] double room() const noexcept { return kBottom - y_; }

    void advance(double by) noexcept { y_ += by; }

    // The height of the next row, measured while counting only: shaping text is what takes time.
    double row_height(const std::function<double()>& measure);

    // Begins a page unless `height` is left on this one. True if it did.
    bool need(double height);
    void begin_page();

    void outline(std::string_view heading);
    void label(double x, double y, const PdfLabel& label, PdfColour colour);
    void fill(const PdfFrame& frame, PdfColour colour);
    void rule(double x, double y, double width, PdfColour colour);
    void box(const PdfFrame& frame, PdfColour ground, PdfColour edge);
    void arrow(const PdfArrow& arrow);

    // What follows, up to the end of it, is in the picture's own lengths.
    void begin_picture(double x, double y, double scale);
    void end_picture();

    // The document's bytes. Fails with kUnavailable. Requires that it was drawn; nothing may be
    // called after it.
    [[nodiscard]] Result<std::string> finish();

    // Likewise of a picture alone: as PNG.
    [[nodiscard]] Result<std::string> finish_png();

private:
    struct SurfaceDeleter {
        void operator()(cairo_surface_t* surface) const noexcept {
            ::cairo_surface_destroy(surface);
        }
    };

    struct ContextDeleter {
        void operator()(cairo_t* context) const noexcept { ::cairo_destroy(context); }
    };

    void set_properties();
    void draw_frame();
    Result<std::string> bytes_if(cairo_status_t outcome);

    const PdfSetup& setup_;
    PdfText& text_;
    RowHeights& heights_;
    std::size_t drawn_rows_ = 0;
    std::size_t pages_ = 0;
    std::size_t page_ = 1;
    double y_ = kTop;
    std::unique_ptr<std::string> bytes_ = std::make_unique<std::string>();
    std::unique_ptr<cairo_surface_t, SurfaceDeleter> surface_;
    std::unique_ptr<cairo_t, ContextDeleter> context_;  // null: counting only
};

}  // namespace suyuan::codec::detail
