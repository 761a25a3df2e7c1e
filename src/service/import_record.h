// SPDX-License-Identifier: Apache-2.0
//
// What is told and kept of an import, and its JSON: what GET /api/v1/imports/{id} answers is what
// lies in its folder.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "codec/json.h"
#include "model/instant.h"
#include "service/file_import.h"

namespace suyuan::service {

enum class ImportState : std::uint8_t {
    kUploading,   // bytes are still missing
    kReady,       // can be looked into and run
    kChecking,    // waits for its turn, or is read the first time
    kPublishing,  // is read the second time; resumed if interrupted
    kDone,
    kRefused,  // nothing was stored: rows are bad, or the file is no such table
    kStopped,  // somebody stopped it; what was stored stays
    kFailed,   // the store or the disk did
};

[[nodiscard]] std::string_view to_string(ImportState state) noexcept;
// Waits for its turn or is at work.
[[nodiscard]] bool is_running(ImportState state) noexcept;

struct FileImport {
    std::string id;
    std::string submitter;
    std::string file_name;  // as its sender calls it; never a path of ours
    std::uint64_t size = 0;
    std::uint64_t received = 0;
    ImportState state = ImportState::kUploading;
    FileImportOptions options;
    std::string sheet;  // Sheet::key, once checked
    FileProgress progress;
    std::vector<RowProblem> problems;
    std::vector<RowProblem> warnings;
    std::vector<std::string> unused_columns;  // FileCheck::unused_columns
    bool has_faults_file = false;
    std::optional<Sentence> error;
    std::int64_t created_at = 0;   // microseconds UTC
    std::int64_t finished_at = 0;  // 0: not yet
};

[[nodiscard]] codec::Json to_json(const FileImport& import);
[[nodiscard]] codec::Json to_json(const FilePreview& preview, bool is_remembered);
// {"sheet", "worksheet", "columns": [{"title", "column"}], "operator", "site", "on_error"}, as
// clients send them; what is not there is empty.
[[nodiscard]] FileImportOptions read_import_options(const codec::Json& json);

// What read_import_options() reads.
[[nodiscard]] codec::Json to_json(const FileImportOptions& options);

// What to_json() wrote. Fails with kCorruption.
[[nodiscard]] Result<FileImport> read_import(const codec::Json& json);
// From a file that holds to_json(). Fails with kCorruption, naming the file, kUnavailable.
[[nodiscard]] Result<FileImport> read_import(const std::filesystem::path& file);

}  // namespace suyuan::service
