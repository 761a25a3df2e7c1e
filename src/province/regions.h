// SPDX-License-Identifier: Apache-2.0
//
// The administrative divisions of Henan: codes of GB/T 2260 as of 2024, names, plate letters.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/registry.h"

namespace suyuan::province {

inline constexpr std::string_view kProvinceCode = "410000";
inline constexpr std::string_view kProvinceName = "河南省";

// The first day of the rows of the register.
inline constexpr std::string_view kRegionsSince = "2024-01-01";

struct Prefecture {
    std::string_view code;
    std::string_view name;
    std::string_view short_name;  // without 市
    char plate_letter;
};

// 17 cities; the last is 济源, a city of county rank under the province.
[[nodiscard]] std::span<const Prefecture> prefectures() noexcept;

struct County {
    std::string_view code;
    std::string_view name;
    std::uint8_t prefecture;  // place in prefectures()
    std::uint8_t weight;      // how much of the province's food business is there, about
};

[[nodiscard]] std::span<const County> counties() noexcept;

// Sums of the weights before each county, and the whole at the end.
[[nodiscard]] std::span<const std::uint32_t> county_starts() noexcept;

// Province, prefectures, counties.
[[nodiscard]] std::vector<model::Region> region_rows();

}  // namespace suyuan::province
