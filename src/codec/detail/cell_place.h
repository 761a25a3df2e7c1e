// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace suyuan::codec::detail {

// A sheet's own bounds.
inline constexpr std::uint32_t kSheetColumnsEnd = 16'384;
inline constexpr std::uint32_t kSheetRowsEnd = 1'048'576;

// "BC7" as column 54 and row 7, counted from 1; none if it is no place in a sheet.
struct CellPlace {
    std::uint32_t column = 0;
    std::uint32_t row = 0;

    friend bool operator==(const CellPlace&, const CellPlace&) = default;
};

[[nodiscard]] std::optional<CellPlace> parse_cell_place(std::string_view reference) noexcept;

}  // namespace suyuan::codec::detail
