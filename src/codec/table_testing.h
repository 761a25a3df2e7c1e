// SPDX-License-Identifier: Apache-2.0
//
// Helpers of the tests of table readers.

#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/csv.h"
#include "codec/table_row.h"
#include "codec/text_decoder.h"

namespace suyuan::codec {

// A whole table, and the failure that ended it.
struct Table {
    std::vector<TableRow> rows;
    std::string error;  // "": none
    std::optional<ErrorCode> error_code;

    // "1[a|b]2[c|d]{2}": number, cells, columns of faults.
    [[nodiscard]] std::string shown() const {
        std::string text;
        for (const TableRow& row : rows) {
            text += format("{}[", row.number);
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                text += (i == 0 ? "" : "|") + row.cells[i];
            }
            text += ']';
            for (const TableFault& fault : row.faults) {
                text += format("{{{}}}", fault.column);
            }
        }
        return text;
    }

    friend bool operator==(const Table&, const Table&) = default;
};

template <typename Reader>
Table read_all(Reader& reader) {
    Table table;
    while (true) {
        Result<std::optional<TableRow>> outcome = reader.next();
        if (!outcome) {
            table.error = outcome.error().message();
            table.error_code = outcome.error().code();
            return table;
        }
        std::optional<TableRow>& row = *outcome;
        if (!row) {
            return table;
        }
        table.rows.push_back(*std::move(row));
    }
}

// Gives `text` in pieces of at most `piece_bytes`. Lifetime: borrows the text.
inline PullBytes pull_from(std::string_view text, std::size_t piece_bytes) {
    return [rest = text, piece_bytes](std::span<char> into) mutable -> Result<std::size_t> {
        const std::size_t count = std::min({into.size(), piece_bytes, rest.size()});
        std::ranges::copy(rest.substr(0, count), into.begin());
        rest.remove_prefix(count);
        return count;
    };
}

inline Table read_csv(std::string_view text, const CsvOptions& options, std::size_t piece_bytes) {
    CsvReader reader(pull_from(text, piece_bytes), options);
    return read_all(reader);
}

}  // namespace suyuan::codec
