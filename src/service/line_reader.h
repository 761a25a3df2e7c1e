// SPDX-License-Identifier: Apache-2.0
//
// Rows of a sheet as what they say: events of EPCIS, or rows of the register.
//
// Every line is an event of its own, whose eventID is the line's identity: operator, sheet, paper
// and line number; without those, operator, the row itself, and how many equal rows stood before
// it. So a file that comes twice changes nothing, and a corrected line is a second version of it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "codec/table_row.h"
#include "model/registry.h"
#include "service/line_sheet.h"

namespace suyuan::service {

// What holds for every row that says nothing else. Canonical codes; empty: nothing.
struct LineDefaults {
    std::string operator_code;
    std::string site;
};

// As typed: a USCC, a GLN, a URI; for the site also the operator's own word. Fails with
// kInvalidArgument, saying which of the two is wrong.
[[nodiscard]] Result<LineDefaults> read_line_defaults(
    const std::string& operator_text, const std::string& site_text
);

struct LineFault {
    std::string column;     // its title in the file, or the template's where the file lacks it
    std::size_t place = 0;  // in the row, from 0; the row's width if the file lacks the column
    std::string value;
    Sentence reason;
};

// What a row says. Of a row with faults nothing else is filled.
struct Line {
    std::vector<LineFault> faults;
    std::string event;         // JSON of one EPCIS event; empty: a row of the register
    model::RegistryRows rows;  // of the register
    // What the row calls parties and products in passing: for whom the register has no name yet.
    model::RegistryRows mentions;
};

// Threads: one at a time. Memory: 16 bytes or so for each row without a number of its own.
class LineReader {
public:
    // `titles` is the file's first row.
    LineReader(ColumnMap columns, std::vector<std::string> titles, LineDefaults defaults);

    // Rows in the order of the file.
    [[nodiscard]] Line read(const codec::TableRow& row);

private:
    class Row;

    // How many rows of this text came before; counts it.
    std::uint32_t equal_before(std::uint64_t digest) { return equal_rows_[digest]++; }

    ColumnMap columns_;
    std::vector<std::string> titles_;
    LineDefaults defaults_;
    std::unordered_map<std::uint64_t, std::uint32_t> equal_rows_;  // by the start of their digest
};

// The capture document that holds these events, as a writer of EPCIS would send it.
[[nodiscard]] std::string line_document(const std::vector<std::string>& events);

}  // namespace suyuan::service
