// SPDX-License-Identifier: Apache-2.0
//
// The imports of tables of a data directory: those of the platform that this process opened, or
// those of the server that holds it.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "app/data.h"
#include "base/result.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/file_import.h"
#include "service/import_record.h"

namespace suyuan::app {

// Threads: one at a time. Every call fails as that of service::ImportJobs, and with kUnavailable if
// the server is gone.
class TableImports {
public:
    TableImports() = default;
    TableImports(const TableImports&) = delete;
    TableImports& operator=(const TableImports&) = delete;
    TableImports(TableImports&&) = delete;
    TableImports& operator=(TableImports&&) = delete;
    virtual ~TableImports() = default;

    virtual Result<service::FileImport> create(std::string_view file_name, std::uint64_t size) = 0;
    virtual Status append(std::string_view id, std::uint64_t offset, std::string_view bytes) = 0;
    virtual Status run(std::string_view id, const service::FileImportOptions& options) = 0;
    // Ends when the import does, or fails with kCancelled when `context` is.
    virtual Result<service::FileImport> wait(
        const policy::RequestContext& context,
        std::string_view id,
        const service::FileProgressSink& progress
    ) = 0;
    virtual Status stop(std::string_view id) = 0;
    // The workbook of faults, written to `file`; where it is then. An empty `file` leaves it where
    // it lies: a path here, an address at the server.
    virtual Result<std::string> faults(std::string_view id, const std::filesystem::path& file) = 0;
};

// Lifetime: `data` and what is given outlive it.
[[nodiscard]] std::unique_ptr<TableImports> table_imports_of(
    Data& data, const policy::RequestContext& context, const policy::Scope& scope
);

}  // namespace suyuan::app
