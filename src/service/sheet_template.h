// SPDX-License-Identifier: Apache-2.0
//
// Templates of the sheets, as files to fill in and as JSON.

#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "codec/json.h"
#include "service/line_sheet.h"

namespace suyuan::service {

// Of every template: {"sheets": [{"key", "zh", "en", "columns": [...]}]}.
[[nodiscard]] codec::Json sheets_json();

// The titles as a CSV file.
[[nodiscard]] Result<std::string> csv_template(const Sheet& sheet);

// Titles, with a drop-down list where a column takes certain words, and a second sheet that
// explains the columns and lists those words in both languages, as an XLSX file. Fails with
// kUnavailable.
[[nodiscard]] Status write_workbook_template(const Sheet& sheet, const std::filesystem::path& path);

}  // namespace suyuan::service
