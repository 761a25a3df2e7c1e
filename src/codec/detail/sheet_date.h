// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string_view>

namespace suyuan::codec::detail {

struct SheetDate {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    double second = 0;
    bool has_time = false;
};

// "2026-01-05", "2026-01-05T08:30:00" or "2026-01-05T08:30:00.250", if it is a day that a
// spreadsheet can hold: from 1900-03-01 (before it, they count a day that never was) to 9999.
[[nodiscard]] std::optional<SheetDate> parse_sheet_date(std::string_view text) noexcept;

}  // namespace suyuan::codec::detail
