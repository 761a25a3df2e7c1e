// SPDX-License-Identifier: Apache-2.0
//
// The lists of an answer as tables, for pages and for workbooks alike (trace_report.h).

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/xlsx_writer.h"
#include "model/instant.h"
#include "service/tracing.h"
#include "service/wording.h"

namespace suyuan::service {

struct ReportColumn {
    std::string heading;
    double share = 0;   // of a page's width, beside the others; 0: only in the workbook
    double width = 12;  // in the workbook, in characters
    bool is_number = false;
};

struct ReportCell {
    std::string text;   // on a page
    std::string value;  // in a workbook, of this kind
    codec::XlsxCell::Kind kind = codec::XlsxCell::Kind::kText;
    bool is_warning = false;
};

// Lifetime: borrows the page that it was made from.
struct ReportTable {
    std::string title;  // names a sheet too
    std::string note;   // below the title; "" if there is nothing to explain
    std::vector<ReportColumn> columns;
    std::size_t row_count = 0;
    // Requires a row below row_count. As many cells as columns.
    std::function<std::vector<ReportCell>(std::size_t row)> row;
};

// Local time on a page, date and time in a workbook; "——" and nothing where it is not known.
[[nodiscard]] ReportCell moment_cell(model::MicrosUtc moment);

// In the order of a report: mass balance, violations, open ends, sources, back, forward, regions,
// operators, sites, vehicles, people. Halves that were not asked for are left out. Requires a page
// that holds all of its answer (Tracing::whole).
[[nodiscard]] std::vector<ReportTable> report_tables(const TracePage& page, Language language);

}  // namespace suyuan::service
