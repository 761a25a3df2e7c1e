// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/cell_place.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "codec/detail/parse_index.h"

namespace suyuan::codec::detail {

std::optional<CellPlace> parse_cell_place(std::string_view reference) noexcept {
    CellPlace place;
    std::size_t at = 0;
    for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z'; ++at) {
        place.column = place.column * 26 + static_cast<std::uint32_t>(reference[at] - 'A' + 1);
        if (place.column > kSheetColumnsEnd) {
            return std::nullopt;
        }
    }
    place.row = parse_index(reference.substr(at)).value_or(0);
    if (place.column == 0 || place.row == 0 || place.row > kSheetRowsEnd) {
        return std::nullopt;
    }
    return place;
}

}  // namespace suyuan::codec::detail
