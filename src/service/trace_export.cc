// SPDX-License-Identifier: Apache-2.0

#include "service/trace_export.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "io/files.h"
#include "io/temporary_folder.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/chain_export.h"
#include "service/tracing.h"
#include "service/wide_sheet.h"

namespace suyuan::service {

std::optional<TraceExport> parse_trace_export(std::string_view text) noexcept {
    if (text == "fcl") {
        return TraceExport::kChain;
    }
    if (text == "fsma204") {
        return TraceExport::kWideCsv;
    }
    return text == "fsma204-xlsx" ? std::optional(TraceExport::kWideXlsx) : std::nullopt;
}

std::string_view extension_of(TraceExport format) noexcept {
    return format == TraceExport::kWideCsv ? "csv" : "xlsx";
}

Result<std::string> trace_export(
    const policy::RequestContext& context,
    const Tracing& tracing,
    const TracePage& page,
    const TraceExportTarget& target
) {
    if (target.format == TraceExport::kChain) {
        return chain_workbook_of(context, page, target.mark);
    }
    const policy::Scope& scope = target.scope;
    SUYUAN_TRY(const auto folder, io::TemporaryFolder::create());
    const std::filesystem::path path = folder.path() / "sheet";
    const WideFormat kind =
        target.format == TraceExport::kWideCsv ? WideFormat::kCsv : WideFormat::kXlsx;
    SUYUAN_TRY_VOID(write_wide_sheet(
        context,
        scope,
        tracing.store(),
        feed_of_records(context, scope, tracing.store(), tracing.records_of(*page.answer)),
        {.format = kind, .file = path, .progress = {}}
    ));
    return io::read_file(path, std::numeric_limits<std::uint64_t>::max());
}

}  // namespace suyuan::service
