// SPDX-License-Identifier: Apache-2.0
//
// Cells as offices write them, read into values: days and times, amounts, units, parties, places.
//
// Every function takes the cell without blanks around and says, where it refuses, what is wrong and
// how to mend it, in both languages (kInvalidArgument).

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/result.h"
#include "model/quantity.h"

namespace suyuan::service {

// What a user reads of a failure: English twice where only that is known.
[[nodiscard]] Sentence sentence_of(const Error& error);

// Local time of China, as an event has it.
struct LineTime {
    std::string moment;  // "2026-03-02T08:30:00+08:00"
    bool is_day = false;

    friend bool operator==(const LineTime&, const LineTime&) = default;
};

// "2026-03-02", "2026/3/2 8:30", "2026年3月2日 8时30分", "20260302", RFC 3339 with its own zone.
[[nodiscard]] Result<LineTime> read_line_time(std::string_view text);

// The day alone, "2026-03-02".
[[nodiscard]] Result<std::string> read_line_day(std::string_view text);

// "1,300", "12.5", full width too. Not negative.
[[nodiscard]] Result<model::Decimal> read_line_amount(std::string_view text);

// The amount in a unit of UN/ECE Recommendation 20, as an event has it: "斤" becomes half as many
// KGM; "箱" an XCT; what is counted has the empty unit.
[[nodiscard]] Result<model::Quantity> in_unit(model::Decimal amount, std::string_view unit);

// A party: USCC, GLN of a party, or any URI. The canonical code.
[[nodiscard]] Result<std::string> read_line_party(std::string_view text);

// A place: GLN, URI, or the operator's own word for it ("库房 1").
[[nodiscard]] Result<std::string> read_line_site(
    std::string_view text, std::string_view operator_code
);

}  // namespace suyuan::service
