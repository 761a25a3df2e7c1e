// SPDX-License-Identifier: Apache-2.0
//
// Documents to print and to keep: A4 pages of text, tables and drawings, as PDF.
//
// Lengths are points, 1/72 inch. Text is UTF-8; what is none, and control characters, become U+FFFD
// or a blank. Chinese is set in the fonts of the machine, and those are embedded.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/instant.h"

namespace suyuan::codec {

namespace detail {
class PdfSheet;
}  // namespace detail

// Between the margins of a page.
inline constexpr double kPdfTextWidth = 511;

struct PdfSetup {
    std::string title;          // of the document's properties
    std::string left;           // in the head of every page
    std::string right;          // likewise
    std::string foot;           // in the foot of every page
    std::string language;       // "zh-CN", "en": decides which shapes shared characters take
    model::MicrosUtc made = 0;  // in the document's properties
    // What stands in the foot beside it: of page 1 up to the number of pages.
    std::function<std::string(std::size_t page, std::size_t pages)> page_label;
};

enum class PdfTone : std::uint8_t { kPlain, kQuiet, kStrong, kWarning };

// What is called how; two stand beside each other, a wide one alone.
struct PdfFact {
    std::string name;
    std::string value;
    bool is_wide = false;
};

// A number to be seen at once.
struct PdfFigure {
    std::string name;
    std::string value;
    PdfTone tone = PdfTone::kPlain;
};

struct PdfColumn {
    std::string heading;
    double share = 1;  // of the table's width, beside the shares of the others
    bool is_number = false;
};

struct PdfCell {
    std::string text;  // "\n" begins a line
    PdfTone tone = PdfTone::kPlain;
};

struct PdfPoint {
    double x = 0;
    double y = 0;
};

// Its first line is set strong, on two lines if need be; what does not fit ends with "…".
struct PdfBox {
    PdfPoint corner;  // left, above
    double width = 0;
    double height = 0;
    std::vector<std::string> lines;
    PdfTone tone = PdfTone::kPlain;  // kStrong: filled with the document's colour
};

// A Bézier curve with an arrow head at its end.
struct PdfArrow {
    std::array<PdfPoint, 4> points;
    bool is_dashed = false;
    PdfTone tone = PdfTone::kPlain;
};

struct PdfPicture {
    double width = 0;
    double height = 0;
    std::vector<PdfBox> boxes;
    std::vector<PdfArrow> arrows;  // below the boxes
};

// What a document tells, from top to bottom; pages break by themselves.
//
// Threads: one at a time. Lifetime: only within write_pdf().
class PdfWriter {
public:
    explicit PdfWriter(detail::PdfSheet& sheet) : sheet_(sheet) {}

    void title(std::string_view text, std::string_view below);
    // Begins a section; readers show it in the document's outline. Never the last thing on a page:
    // `company` of what follows stays with it.
    void heading(std::string_view text, double company = 60);
    void paragraph(std::string_view text, PdfTone tone = PdfTone::kPlain);
    void facts(std::span<const PdfFact> facts);
    // Beside each other, eight in a row.
    void figures(std::span<const PdfFigure> figures);

    // Rows follow; the headings come again on every page. A cell shows its first 12 lines. Requires
    // columns.
    void begin_table(std::vector<PdfColumn> columns);
    // Requires a table, and as many cells as it has columns.
    void row(std::span<const PdfCell> cells);
    void end_table();

    // Made smaller where it is too large for a page.
    void picture(const PdfPicture& picture);

private:
    void table_head();
    double cells_height(std::span<const PdfCell> cells, bool is_head);

    detail::PdfSheet& sheet_;
    std::vector<PdfColumn> columns_;
    std::vector<double> widths_;
};

// The document that `tell` tells. It is told twice, once to count the pages, and must tell the same
// both times. The same setup and story give the same bytes, with the same fonts and libraries.
//
// Fails as `tell` does, and with kUnavailable: the machine has no font with Chinese characters.
// Threads: any number of documents at a time. Memory: one page, the fonts, the height of every row,
// and the result.
[[nodiscard]] Result<std::string> write_pdf(
    const PdfSetup& setup, const std::function<Status(PdfWriter& writer)>& tell
);

// Pixels of a point, where a picture is not made smaller for kPngSideMax.
inline constexpr double kPngScale = 2.5;
// The longer side of a PNG, in pixels: 36 MB while it is drawn.
inline constexpr int kPngSideMax = 3'000;

struct PngPicture {
    std::string bytes;
    double scale = kPngScale;  // pixels of a point
};

// The picture alone, drawn as PdfWriter::picture() draws it, on white. Fails with kUnavailable, as
// write_pdf(). Threads as there. Requires a picture with a width and a height.
[[nodiscard]] Result<PngPicture> draw_png(const PdfPicture& picture, std::string_view language);

}  // namespace suyuan::codec
