// SPDX-License-Identifier: Apache-2.0
//
// The words that columns of a sheet take, where it is not any text: what the templates offer.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "service/line_sheet.h"

namespace suyuan::service {

// Either is read. English is a code of UN/ECE Recommendation 20 or 21 where a unit has no word.
struct ColumnWord {
    std::string_view zh;
    std::string_view en;
};

struct ColumnWords {
    std::span<const ColumnWord> words;  // empty: the column takes any text
    bool takes_others = false;          // these are the common ones
};

// Of a column of this sheet. Static.
[[nodiscard]] ColumnWords words_of(SheetKind kind, Column column) noexcept;

}  // namespace suyuan::service
