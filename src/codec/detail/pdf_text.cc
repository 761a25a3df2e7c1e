// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/pdf_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <cairo.h>
#include <pango/pango.h>
#include <pango/pangocairo.h>

#include "codec/detail/utf8.h"

namespace suyuan::codec::detail {
namespace {

struct FaceLook {
    double size;
    double leading;
    bool is_bold;
};

// By PdfFace.
constexpr std::array<FaceLook, 9> kLooks = {{
    {20, 28, true},
    {12, 17, true},
    {9, 14, false},
    {7.5, 11, false},
    {7.5, 11, true},
    {7.5, 10.5, false},
    {6, 8, false},
    {6.5, 8.5, true},
    {15, 20, true},
}};

const FaceLook& look_of(PdfFace face) noexcept {
    return kLooks.at(static_cast<std::size_t>(face));
}

// The first that the machine has; a character that it lacks comes from whichever font has it.
constexpr const char* kFamilies =
    "Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Micro Hei, sans-serif";

// From the top of a line to the feet of its letters, in sizes of the font, where a line is as high
// as the font is large.
constexpr double kBaseline = 0.86;

double in_points(int pango_units) noexcept {
    return static_cast<double>(pango_units) / PANGO_SCALE;
}

int in_pango_units(double points) noexcept {
    return static_cast<int>(points * PANGO_SCALE);
}

// No character of the fonts in kFamilies is wider, in sizes of the font; 0 where that is not known.
double width_bound(std::string_view character) noexcept {
    constexpr double kNarrow = 0.66;
    if (character.size() == 1) {
        const char c = character.front();
        const bool is_narrow = (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '.' ||
                               c == ':' || c == '(' || c == ')';
        return is_narrow ? kNarrow : 1;
    }
    // U+3000 to U+9FFF: Chinese and its punctuation; U+FF00 to U+FFEF: wide forms.
    const bool is_chinese =
        character.size() == 3 &&
        ((character[0] >= '\xe3' && character[0] <= '\xe9') || character.starts_with("\xef\xbc") ||
         character.starts_with("\xef\xbd"));
    return is_chinese ? 1 : 0;
}

std::size_t character_bytes(char first) noexcept {
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0x80) {
        return 1;
    }
    if (byte < 0xe0) {
        return 2;
    }
    return byte < 0xf0 ? 3 : 4;
}

// True if the text is one line for sure, without shaping it: most cells of a table.
bool is_surely_one_line(std::string_view text, double widths_max) noexcept {
    double widths = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view character = text.substr(at, character_bytes(text[at]));
        const double bound = character == "\n" ? 0 : width_bound(character);
        widths += bound;
        if (bound == 0 || widths > widths_max) {
            return false;
        }
        at += character.size();
    }
    return true;
}

}  // namespace

double leading_of(PdfFace face) noexcept {
    return look_of(face).leading;
}

std::string settable(std::string_view text) {
    constexpr std::string_view kReplacement = "\xef\xbf\xbd";
    std::string safe;
    safe.reserve(text.size());
    while (!text.empty()) {
        const std::size_t valid = utf8_prefix(text);
        for (const char c : text.substr(0, valid)) {
            const bool is_control = (c >= 0 && c < ' ' && c != '\n') || c == '\x7f';
            safe += is_control ? ' ' : c;
        }
        text.remove_prefix(valid);
        if (!text.empty()) {
            safe += kReplacement;
            text.remove_prefix(1);
        }
    }
    return safe;
}

PdfText::PdfText(std::string_view language)
    : fonts_(::pango_cairo_font_map_new()),
      context_(::pango_font_map_create_context(fonts_.get())) {
    // A page is not a screen: letters stand where the font says, at every size.
    cairo_font_options_t* const options = ::cairo_font_options_create();
    ::cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    ::cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    ::pango_cairo_context_set_font_options(context_.get(), options);
    ::cairo_font_options_destroy(options);
    constexpr double kPointsPerInch = 72;
    ::pango_cairo_context_set_resolution(context_.get(), kPointsPerInch);
    ::pango_context_set_round_glyph_positions(context_.get(), FALSE);
    ::pango_context_set_language(
        context_.get(), ::pango_language_from_string(std::string(language).c_str())
    );
    layout_.reset(::pango_layout_new(context_.get()));
    ::pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
    // A code is read letter by letter, and copied: no two of them are drawn as one.
    PangoAttrList* const attributes = ::pango_attr_list_new();
    ::pango_attr_list_insert(attributes, ::pango_attr_font_features_new("liga=0, clig=0, calt=0"));
    // Nor does a break inside one add a hyphen that it does not have.
    ::pango_attr_list_insert(attributes, ::pango_attr_insert_hyphens_new(FALSE));
    ::pango_layout_set_attributes(layout_.get(), attributes);
    ::pango_attr_list_unref(attributes);
    for (std::size_t i = 0; i < kFaceCount; ++i) {
        faces_.at(i).reset(::pango_font_description_from_string(kFamilies));
        ::pango_font_description_set_size(faces_.at(i).get(), in_pango_units(kLooks.at(i).size));
        ::pango_font_description_set_weight(
            faces_.at(i).get(), kLooks.at(i).is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL
        );
    }
}

void PdfText::lay_out(const PdfLabel& label) {
    const std::string text = settable(label.text);
    ::pango_layout_set_font_description(
        layout_.get(), faces_.at(static_cast<std::size_t>(label.face)).get()
    );
    ::pango_layout_set_width(layout_.get(), in_pango_units(label.width));
    const bool is_bounded = label.lines_max < PdfLabel::kLinesMax;
    ::pango_layout_set_ellipsize(
        layout_.get(), is_bounded ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE
    );
    ::pango_layout_set_height(layout_.get(), -static_cast<int>(label.lines_max));
    ::pango_layout_set_text(layout_.get(), text.data(), static_cast<int>(text.size()));
}

bool PdfText::has_chinese() {
    lay_out({.text = "追溯报告", .width = 100});
    return ::pango_layout_get_unknown_glyphs_count(layout_.get()) == 0;
}

std::size_t PdfText::line_count(const PdfLabel& label) {
    if (is_surely_one_line(label.text, label.width / look_of(label.face).size)) {
        return 1;
    }
    lay_out(label);
    const auto lines = static_cast<std::size_t>(::pango_layout_get_line_count(layout_.get()));
    return std::min(lines, label.lines_max);
}

double PdfText::width(const PdfLabel& label) {
    lay_out(label);
    int width = 0;
    ::pango_layout_get_size(layout_.get(), &width, nullptr);
    return in_points(width);
}

void PdfText::draw(cairo_t* to, double x, double y, const PdfLabel& label) {
    lay_out(label);
    const FaceLook& look = look_of(label.face);
    const auto lines = static_cast<std::size_t>(::pango_layout_get_line_count(layout_.get()));
    double baseline = y + (look.leading - look.size) / 2 + look.size * kBaseline;
    for (std::size_t i = 0; i < std::min(lines, label.lines_max); ++i) {
        PangoLayoutLine* const line =
            ::pango_layout_get_line_readonly(layout_.get(), static_cast<int>(i));
        double indent = 0;
        if (label.align != PdfAlign::kLeft) {
            PangoRectangle extents{};
            ::pango_layout_line_get_extents(line, nullptr, &extents);
            const double room = label.width - in_points(extents.width);
            indent = label.align == PdfAlign::kRight ? room : room / 2;
        }
        ::cairo_move_to(to, x + indent, baseline);
        ::pango_cairo_show_layout_line(to, line);
        baseline += look.leading;
    }
}

}  // namespace suyuan::codec::detail
