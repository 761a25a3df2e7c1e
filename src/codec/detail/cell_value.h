// SPDX-License-Identifier: Apache-2.0
//
// What a spreadsheet's numbers say, as text.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace suyuan::codec::detail {

// What a number format shows of a number.
enum class DateKind : std::uint8_t {
    kNone,      // no date
    kDate,      // the day
    kTime,      // the time of day
    kDateTime,  // both
    kElapsed,   // hours beyond 24: [h]:mm
};

enum class DateSystem : std::uint8_t { k1900, k1904 };

struct CellText {
    std::string text;
    Sentence fault;  // empty: none
};

// The kind of a format code ("yyyy\"年\"m\"月\"d\"日\"", "[h]:mm", "0.00").
[[nodiscard]] DateKind date_kind_of(std::string_view format_code);

// The kind of a format that a workbook names by number only, with China's among them.
[[nodiscard]] DateKind date_kind_of(std::uint32_t format_number) noexcept;

// "1.2000000000000002E-1" as "0.12": plain decimals of at most 15 significant digits, which is what
// a spreadsheet has and shows. Faults: no number; a whole number of more than 15 digits, whose last
// ones are lost.
[[nodiscard]] CellText number_text(std::string_view raw);

// A serial day as ISO 8601 text. Faults, with the number as text: no number, before the first or
// after the last day, 29 February 1900.
[[nodiscard]] CellText date_text(std::string_view raw, DateKind kind, DateSystem system);

// Undoes the escapes of ECMA-376 part 1, 22.9.2.19 ("_x000D_"), in `text` from `begin` on.
void undo_escapes(std::string& text, std::size_t begin);

}  // namespace suyuan::codec::detail
