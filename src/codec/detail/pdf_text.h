// SPDX-License-Identifier: Apache-2.0
//
// Lines of text, shaped and broken by Pango, at a spacing that no fallback font changes.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <cairo.h>
#include <glib-object.h>
#include <pango/pango.h>

namespace suyuan::codec::detail {

enum class PdfFace : std::uint8_t {
    kTitle,
    kHeading,
    kBody,
    kCell,
    kCellStrong,
    kSmall,
    kBox,
    kBoxStrong,
    kFigure
};

enum class PdfAlign : std::uint8_t { kLeft, kRight, kMiddle };

// A text in a frame.
struct PdfLabel {
    std::string_view text;
    PdfFace face = PdfFace::kBody;
    double width = 0;
    PdfAlign align = PdfAlign::kLeft;
    std::size_t lines_max = kLinesMax;  // the last one ends with "…" if there are more

    static constexpr std::size_t kLinesMax = 400;
};

struct ObjectDeleter {
    void operator()(gpointer object) const noexcept { ::g_object_unref(object); }
};

struct FontDescriptionDeleter {
    void operator()(PangoFontDescription* font) const noexcept {
        ::pango_font_description_free(font);
    }
};

// From one line to the next.
[[nodiscard]] double leading_of(PdfFace face) noexcept;

// Valid UTF-8 without control characters other than the line feed.
[[nodiscard]] std::string settable(std::string_view text);

// Threads: one at a time; each has its own fonts.
class PdfText {
public:
    explicit PdfText(std::string_view language);

    // Whether the fonts have the characters of Chinese.
    [[nodiscard]] bool has_chinese();

    [[nodiscard]] std::size_t line_count(const PdfLabel& label);

    [[nodiscard]] double height(const PdfLabel& label) {
        return static_cast<double>(line_count(label)) * leading_of(label.face);
    }

    // Of the longest line.
    [[nodiscard]] double width(const PdfLabel& label);

    // The corner is left and above. Requires a valid `to`.
    void draw(cairo_t* to, double x, double y, const PdfLabel& label);

private:
    static constexpr std::size_t kFaceCount = 9;

    void lay_out(const PdfLabel& label);

    std::unique_ptr<PangoFontMap, ObjectDeleter> fonts_;
    std::unique_ptr<PangoContext, ObjectDeleter> context_;
    std::unique_ptr<PangoLayout, ObjectDeleter> layout_;
    std::array<std::unique_ptr<PangoFontDescription, FontDescriptionDeleter>, kFaceCount> faces_;
};

}  // namespace suyuan::codec::detail
