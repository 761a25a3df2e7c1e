// SPDX-License-Identifier: Apache-2.0
//
// What every reader of tables gives, whatever the file's format.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"

namespace suyuan::codec {

// Something wrong with a row that can nevertheless be read.
struct TableFault {
    std::size_t column = 0;  // counted from 1; 0: the whole row
    Sentence reason;         // says how to mend it

    friend bool operator==(const TableFault& a, const TableFault& b) noexcept {
        return a.column == b.column && a.reason.en == b.reason.en;
    }
};

struct TableRow {
    // As a spreadsheet shows it: from 1, empty rows counted. A quoted line end begins no row.
    std::uint64_t number = 0;
    // UTF-8 without NUL. At least as many as the first row has; those that are missing are "".
    std::vector<std::string> cells;
    // In the order of the cells as they stand in the file; those of the whole row come last.
    std::vector<TableFault> faults;
    // The columns, counted from 1, whose text stands in a row above and is this row's by merging;
    // in the order in which the merged cells begin.
    std::vector<std::size_t> repeated = {};

    friend bool operator==(const TableRow&, const TableRow&) = default;
};

// One row is in memory at a time: this is what it may take.
struct TableLimits {
    // A spreadsheet cell holds 32,767 UTF-16 units: 98,301 bytes at most.
    std::size_t cell_bytes_max = std::size_t{128} << 10;
    std::size_t row_bytes_max = std::size_t{1} << 20;
    // The widest template has under 100; a sheet of FSMA 204 about 60.
    std::size_t columns_max = 1'000;
};

}  // namespace suyuan::codec
