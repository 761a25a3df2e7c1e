// SPDX-License-Identifier: Apache-2.0
//
// The half of ImportJobs that only looks.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "io/files.h"
#include "policy/request_context.h"
#include "service/file_import.h"
#include "service/import_jobs.h"
#include "service/import_record.h"
#include "service/line_sheet.h"
#include "service/sheet_template.h"

namespace suyuan::service {
namespace {

constexpr std::uint64_t kTemplateBytesMax = std::uint64_t{1} << 20;

}  // namespace

Result<ImportPreview> ImportJobs::preview(
    const policy::RequestContext& context, std::string_view id, const FileImportOptions& options
) const {
    {
        const std::scoped_lock lock(mutex_);
        SUYUAN_TRY(const std::shared_ptr<Entry> entry, entry_of(context, id));
        if (!io::exists(folder_of(id) / "source") ||
            entry->import.state == ImportState::kUploading) {
            return fail(
                ErrorCode::kConflict,
                Sentence{
                    "文件还没有传完，或已经存完并清除。",
                    "the file is not all there, or was stored and let go"
                }
            );
        }
    }
    const std::filesystem::path source = folder_of(id) / "source";
    SUYUAN_TRY(FilePreview preview, preview_file(source, options));
    if (auto last = remembered(context, source, options, preview.titles)) {
        return ImportPreview{.preview = std::move(last->preview), .is_remembered = true};
    }
    return ImportPreview{.preview = std::move(preview)};
}

// None if the sender chose none, or chooses now.
std::optional<ImportJobs::Remembered> ImportJobs::remembered(
    const policy::RequestContext& context,
    const std::filesystem::path& source,
    const FileImportOptions& options,
    const std::vector<std::string>& titles
) const {
    if (!options.sheet.empty() || !options.choices.empty()) {
        return std::nullopt;
    }
    const auto known = columns_.find(context.principal().operator_code, titles);
    if (!known) {
        return std::nullopt;
    }
    Remembered last{.options = options, .preview = {}};
    last.options.sheet = known->sheet;
    last.options.choices = known->choices;
    auto preview = preview_file(source, last.options);
    if (!preview || preview->problem) {
        return std::nullopt;
    }
    last.preview = *std::move(preview);
    return last;
}

Result<FileImport> ImportJobs::find(const policy::RequestContext& context, std::string_view id)
    const {
    const std::scoped_lock lock(mutex_);
    SUYUAN_TRY(const std::shared_ptr<Entry> entry, entry_of(context, id));
    return entry->import;
}

Result<FileImport> ImportJobs::wait(
    const policy::RequestContext& context, std::string_view id, const FileProgressSink& progress
) const {
    constexpr auto kPause = std::chrono::milliseconds(100);
    while (true) {
        bool is_over = false;
        SUYUAN_TRY(const FileImport import, find(context, id));
        {
            const std::scoped_lock lock(mutex_);
            const auto found = entries_.find(id);
            is_over = found == entries_.end() || !found->second->context;
        }
        if (is_over) {
            return find(context, id);
        }
        progress(import.progress);
        SUYUAN_TRY_VOID(context.check_alive());
        std::this_thread::sleep_for(kPause);
    }
}

FileImportPage ImportJobs::list(
    const policy::RequestContext& context, std::size_t rows_max, std::string_view after
) const {
    FileImportPage page;
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& [id, entry] : entries_) {
            if (entry->import.submitter == context.principal().operator_code) {
                page.imports.push_back(entry->import);
                page.imports.back().problems.clear();
                page.imports.back().warnings.clear();
            }
        }
    }
    const auto is_before = [](const FileImport& a, const FileImport& b) {
        return a.created_at != b.created_at ? a.created_at > b.created_at : a.id < b.id;
    };
    std::ranges::sort(page.imports, is_before);
    if (!after.empty()) {
        const auto last = std::ranges::find(page.imports, after, &FileImport::id);
        const auto end = last == page.imports.end() ? last : last + 1;
        page.imports.erase(page.imports.begin(), end);
    }
    if (page.imports.size() > rows_max) {
        page.imports.resize(rows_max);
        page.next = page.imports.back().id;
    }
    return page;
}

Result<std::filesystem::path> ImportJobs::faults_file(
    const policy::RequestContext& context, std::string_view id
) const {
    SUYUAN_TRY(const FileImport import, find(context, id));
    if (!import.has_faults_file) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{"这次导入没有问题行。", "this import has no rows with faults"}
        );
    }
    return folder_of(id) / "faults.xlsx";
}

Result<std::string> ImportJobs::template_file(
    std::string_view sheet, std::string_view format_name
) {
    const Sheet* const found = find_sheet(sheet);
    if (found == nullptr) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{
                format("没有“{}”这种模板。", sheet), format("there is no template \"{}\"", sheet)
            }
        );
    }
    if (format_name == "csv") {
        return csv_template(*found);
    }
    if (format_name != "xlsx") {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"format 只能是 csv 或 xlsx。", "format is csv or xlsx"}
        );
    }
    std::string name;
    {
        const std::scoped_lock lock(mutex_);
        name = "template-" + new_id();
    }
    SUYUAN_TRY_VOID(io::make_directories(directory_));
    const std::filesystem::path scratch = directory_ / name;
    const Status written = write_workbook_template(*found, scratch);
    auto bytes = written ? io::read_file(scratch, kTemplateBytesMax)
                         : Result<std::string>(Failure(written.error()));
    SUYUAN_TRY_VOID(io::remove_file(scratch));
    return bytes;
}

}  // namespace suyuan::service
