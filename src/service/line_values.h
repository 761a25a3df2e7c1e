// SPDX-License-Identifier: Apache-2.0
//
// Cells as offices write them, read into values: days and times, amounts, units, parties, places.
//
// Every function takes the cell without blanks around and says, where it refuses, what is wrong and
// how to mend it, in both languages (kInvalidArgument).

#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/result.h"
#include "model/code.h"
#include "model/quantity.h"

namespace suyuan::service {

// Whether a text can be what a business calls a person at work, for ever: letters, digits and a few
// signs, and neither an identity number nor a phone.
[[nodiscard]] bool is_staff_id(std::string_view text);

// Local time of China, as an event has it.
struct LineTime {
    std::string moment;  // "2026-03-02T08:30:00+08:00"
    bool is_day = false;

    friend bool operator==(const LineTime&, const LineTime&) = default;
};

// "2026-03-02", "2026/3/2 下午 8:30", "2026年3月2日 星期一 8时30分", "20260302083000", RFC 3339
// with its own zone, with "T" or a blank. Years from 2000 to 2100; the number that a spreadsheet
// keeps for a day is refused with the day that it stands for.
[[nodiscard]] Result<LineTime> read_line_time(std::string_view text);

// The day alone, "2026-03-02".
[[nodiscard]] Result<std::string> read_line_day(std::string_view text);

// The first and the last day of a row of the register: years from 1900 to 2100. A row that holds
// for good ("长期", "permanent") has no last day: "".
[[nodiscard]] Result<std::string> read_first_day(std::string_view text);
[[nodiscard]] Result<std::string> read_last_day(std::string_view text);

// "1,300", "12.5", full width too. Not negative. A separator that might be a decimal point ("1,5")
// is refused. More than six decimals are rounded to six, half to even.
[[nodiscard]] Result<model::Decimal> read_line_amount(std::string_view text);

// The amount in a unit of UN/ECE Recommendations 20 and 21, as an event has it: "斤" becomes half
// as many KGM; "箱" an XCT; what is counted has the empty unit. A remark in brackets does not
// matter.
[[nodiscard]] Result<model::Quantity> in_unit(model::Decimal amount, std::string_view unit);

// Without what nobody sees (control and zero-width characters, directions of writing); tabs, line
// ends and no-break spaces become blanks. is_clean() tells quickly that nothing is to do; where it
// does not, there may be nothing either.
[[nodiscard]] std::string clean_text(std::string_view text);
[[nodiscard]] bool is_clean(std::string_view text);

// The code of goods as typed or scanned: any spelling of model::parse_code(), digits alone and
// element strings without FNC1 if their check digit is right. A number of another scheme stays as
// it is (kForeign).
[[nodiscard]] Result<model::Code> read_line_code(std::string_view text);

// A party: USCC, GLN of a party, or any URI. The canonical code.
[[nodiscard]] Result<std::string> read_line_party(std::string_view text);

// A place: GLN, URI, or the operator's own word for it ("库房 1").
[[nodiscard]] Result<std::string> read_line_site(
    std::string_view text, std::string_view operator_code
);

}  // namespace suyuan::service
