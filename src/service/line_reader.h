// SPDX-License-Identifier: Apache-2.0
//
// Rows of a sheet as what they say: events of EPCIS, or rows of the register.
//
// Every line is an event of its own, whose eventID is the line's identity: operator, sheet, site,
// role in a process, number and line of the paper. Without those: operator, sheet, and what the row
// says (moment, goods, amount in its unit, site, partner, role, paper, vehicle; not how it is
// written, and no person), and how many equal rows stood before it; of a mended row, the row of the
// file that it was refused from instead. So a file that comes twice changes nothing, and a changed
// line is a second version of it, unless it is marked as a correction (docs/guides/files.md).

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "codec/table_row.h"
#include "model/registry.h"
#include "service/line_sheet.h"
#include "service/person_ids.h"

namespace suyuan::service {

// What holds for every row that says nothing else. Canonical codes; empty: nothing.
struct LineDefaults {
    std::string operator_code;
    std::string site;
    std::string declared_at;            // when what the file corrects was declared wrong: RFC 3339
    const PersonIds* people = nullptr;  // set before people are named; outlives the reader
};

// As typed: a USCC, a GLN, a URI; for the site also the operator's own word. Fails with
// kInvalidArgument, saying which of the two is wrong. What is corrected is declared wrong now.
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
    std::vector<LineFault> warnings;  // what to look at again; the row is taken all the same
    // JSON of EPCIS events: one of a sheet's line; none: a row of the register.
    std::vector<std::string> events;
    model::RegistryRows rows;  // of the register
    // What the row calls parties, sites and products in passing: for whom the register has no name
    // yet.
    model::RegistryRows mentions;
    // Of goods that leave, are used or counted and of which the row says neither code nor whom they
    // came from: the lot of the operator's own making that they are taken for.
    std::string own_lot;
    // eventIDs or hashes of events that the row retells, as our own exports name them: a store that
    // has them all has nothing new to learn of its events. Empty: it says something itself.
    std::vector<std::string> originals;
    // It has nothing to say: blank but for numbers and units that were filled in beforehand, or a
    // sum. All else is empty.
    bool is_skipped = false;
};

// Threads: one at a time. Memory: 40 bytes or so for each row.
class LineReader {
public:
    // `titles` is the file's first row.
    LineReader(ColumnMap columns, std::vector<std::string> titles, LineDefaults defaults);

    // Rows in the order of the file.
    [[nodiscard]] Line read(const codec::TableRow& row);

    // Why what was read since the beginning is not to be relied on: PersonIds failed.
    [[nodiscard]] const std::optional<Error>& failure() const noexcept { return failure_; }

private:
    class Row;

    // Of rows of one identity: how many there were, or what the first of them said and where.
    struct Seen {
        std::uint32_t count_or_contents = 0;
        std::uint32_t row = 0;
    };

    ColumnMap columns_;
    std::vector<std::string> titles_;
    LineDefaults defaults_;
    std::unordered_map<std::uint64_t, Seen> seen_;  // by the start of the identity's digest
    std::unordered_set<std::string> voided_;        // eventIDs that this file declares void
    std::optional<Error> failure_;
};

// The capture document that holds these events, as a writer of EPCIS would send it.
[[nodiscard]] std::string line_document(const std::vector<std::string>& events);

}  // namespace suyuan::service
