// SPDX-License-Identifier: Apache-2.0
//
// Answers as text: a table for a terminal, CSV for a spreadsheet, DOT for a drawing.

#pragma once

#include <string>
#include <string_view>

#include "service/tracing.h"

namespace suyuan::service {

// Lists under Chinese headings that line up on a terminal (text_table.h).
[[nodiscard]] std::string to_table(const TracePage& page);
// RFC 4180 with a UTF-8 byte order mark, one line a position, times at +08:00; texts that a
// spreadsheet would take for a formula start with an apostrophe.
[[nodiscard]] std::string to_csv(const TracePage& page);
// A Graphviz digraph of positions and moves.
[[nodiscard]] std::string to_dot(const TracePage& page);
// The steps, numbered, Chinese and English.
[[nodiscard]] std::string to_text(const Explanation& explanation);

// One field of a CSV line, quoted and guarded.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace suyuan::service
