// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "codec/detail/xml_parser.h"
#include "codec/table_row.h"

namespace suyuan::codec::detail {

// Merged cells of more than one row: what stands in the first row holds for the rest of them. Of
// several columns only the first has it.
struct MergedRange {
    std::uint32_t first_row = 0;
    std::uint32_t last_row = 0;
    std::uint32_t column = 0;

    friend auto operator<=>(const MergedRange&, const MergedRange&) = default;
};

// Whether a piece of a worksheet part, the last bytes of the piece before it included, may name
// merged cells. Text that is not one byte for an ASCII letter always may.
[[nodiscard]] bool may_name_merged_cells(std::string_view piece) noexcept;

// How many bytes of a piece may_name_merged_cells() must see again with the next.
inline constexpr std::size_t kMergeNameOverlap = 16;

// The merged cells that a worksheet part lists behind its rows (<mergeCell ref="A2:A5"/>). What is
// no range of cells is passed over: spreadsheet programs do so too.
class MergeList : public XmlHandler {
public:
    // Those of columns beyond the last are left out. Fails with kLimitExceeded when there are more
    // than `ranges_max` of more than one row.
    MergeList(std::size_t ranges_max, std::size_t columns_max)
        : ranges_max_(ranges_max), columns_max_(columns_max) {}

    Status start_element(std::string_view name, const XmlAttributes& attributes) override;

    Status end_element(std::string_view /*name*/) override { return {}; }

    Status text(std::string_view /*piece*/) override { return {}; }

    [[nodiscard]] bool is_beyond_limit() const noexcept { return is_beyond_limit_; }

    // By their first row.
    [[nodiscard]] std::vector<MergedRange> take_ranges();

private:
    std::size_t ranges_max_;
    std::size_t columns_max_;
    std::vector<MergedRange> ranges_;
    bool is_beyond_limit_ = false;
};

struct MergeLimits {
    std::size_t row_bytes_max = 0;
    // Of all that is filled in, with the markup that it would have taken in the file.
    std::uint64_t filled_bytes_max = 0;
};

// Gives the rows below the first of merged cells what stands in it, row by row.
//
// Ranges that overlap, which no spreadsheet program writes, cost no more than others: a column has
// one at a time, the one that began first. Memory: the text of a row.
class MergedFill {
public:
    // Ordered by first row. Lifetime: borrows the ranges.
    MergedFill(const std::vector<MergedRange>& ranges, const MergeLimits& limits)
        : ranges_(ranges), limits_(limits) {}

    // Takes from `row` what ranges that begin in it say, and fills in what those that began above
    // say, with the faults of it, where the row has no text of its own. A row without any text of
    // its own stays empty. Fails with kLimitExceeded. Requires rows in ascending order.
    [[nodiscard]] Status apply(TableRow& row);

private:
    struct Held {
        std::uint32_t last_row = 0;
        std::uint32_t column = 0;
        std::string text;
        std::optional<Sentence> fault;
    };

    [[nodiscard]] Status hold_beginning(const TableRow& row);
    [[nodiscard]] Status fill(TableRow& row);

    const std::vector<MergedRange>& ranges_;
    MergeLimits limits_;
    std::size_t next_ = 0;    // in ranges_
    std::vector<Held> held_;  // of each column one at most
    std::size_t held_bytes_ = 0;
    std::uint64_t filled_bytes_ = 0;
};

}  // namespace suyuan::codec::detail
