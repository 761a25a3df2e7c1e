// SPDX-License-Identifier: Apache-2.0
//
// Dated rows of one key as what they say of each day.

#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/instant.h"

namespace suyuan::service {

// The day so many days after another; what is no day stays as it is.
[[nodiscard]] inline std::string days_after(const std::string& day, int days) {
    constexpr model::MicrosUtc kDay = 86'400 * model::kMicrosPerSecond;
    const auto moment = model::parse_day(day, 0);
    return moment ? model::format_instant(*moment + days * kDay).substr(0, day.size()) : day;
}

// Rows of one key, by their first day: of those that hold on a day the one that began last counts,
// and what it hides is cut off the others.
template <typename Row>
[[nodiscard]] std::vector<Row> cut_to_what_counts(std::span<const Row> rows) {
    std::vector<Row> pieces;
    for (const Row& row : rows) {
        std::vector<Row> kept;
        for (const Row& piece : pieces) {
            if (!piece.validity().overlaps(row.validity())) {
                kept.push_back(piece);
                continue;
            }
            if (piece.valid_from < row.valid_from) {
                kept.push_back(piece);
                kept.back().valid_to = days_after(row.valid_from, -1);
            }
            const bool ends_later = piece.valid_to.empty() || row.valid_to < piece.valid_to;
            if (!row.valid_to.empty() && ends_later) {
                kept.push_back(piece);
                kept.back().valid_from = days_after(row.valid_to, 1);
            }
        }
        kept.push_back(row);
        pieces = std::move(kept);
    }
    std::ranges::sort(pieces, {}, &Row::valid_from);
    return pieces;
}

}  // namespace suyuan::service
