// SPDX-License-Identifier: Apache-2.0
//
// An answer as a numbered document: to print, to sign, to send on.
//
// Number, question, cut-off and digest stand in its head, so that whoever holds it can ask the same
// again and compare. Times are China Standard Time. Made of the answer alone: the same answer gives
// the same report.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/result.h"
#include "policy/request_context.h"
#include "service/named_answer.h"
#include "service/tracing.h"
#include "service/wording.h"

namespace suyuan::service {

enum class ReportFormat : std::uint8_t { kPdf, kXlsx };

// "pdf", "xlsx".
[[nodiscard]] std::optional<ReportFormat> parse_report_format(std::string_view text) noexcept;

// "TR-20260110-b1f534c2": the local day of the cut-off, and the beginning of the digest.
[[nodiscard]] std::string report_number(const NamedAnswer& named);

// Positions that a PDF lists: some 1,500 pages.
inline constexpr std::size_t kPdfPositionsMax = 10'000;

// The file's bytes. `mark`: who takes it out, in its head and on every page of a PDF. A workbook
// has the flow as a picture on a sheet of its own; without a font with Chinese characters it says
// that it was not drawn. Requires a page that holds all of its answer (Tracing::whole). Fails with
// kUnavailable (no font for a PDF, no room for a temporary file), kLimitExceeded (kPdfPositionsMax;
// the rows of a sheet), kCancelled.
[[nodiscard]] Result<std::string> trace_report(
    const policy::RequestContext& context,
    const TracePage& page,
    ReportFormat format,
    Language language,
    const Sentence& mark = {}
);

}  // namespace suyuan::service
