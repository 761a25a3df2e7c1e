// SPDX-License-Identifier: Apache-2.0
//
// An answer in the files that others work with: a FoodChain-Lab workbook, the wide sheet of FSMA
// 204.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/result.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/tracing.h"

namespace suyuan::service {

enum class TraceExport : std::uint8_t { kChain, kWideCsv, kWideXlsx };

// "fcl", "fsma204", "fsma204-xlsx".
[[nodiscard]] std::optional<TraceExport> parse_trace_export(std::string_view text) noexcept;

// "csv", "xlsx".
[[nodiscard]] std::string_view extension_of(TraceExport format) noexcept;

struct TraceExportTarget {
    const policy::Scope& scope;
    TraceExport format = TraceExport::kChain;
    Sentence mark = {};  // on a sheet of its own; empty: none. A wide sheet bears none
};

// The file's bytes. A wide sheet has the events at the answer's positions and behind its moves, and
// requires a scope that sees everything.
// Requires a page that holds all of its answer (Tracing::whole). Fails as chain_workbook_of() and
// write_wide_sheet() do.
[[nodiscard]] Result<std::string> trace_export(
    const policy::RequestContext& context,
    const Tracing& tracing,
    const TracePage& page,
    const TraceExportTarget& target
);

}  // namespace suyuan::service
