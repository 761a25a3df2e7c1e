// SPDX-License-Identifier: Apache-2.0

#include "service/import_jobs.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "io/clock.h"
#include "io/files.h"
#include "io/randomness.h"
#include "io/threads.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/detail/import_refusals.h"
#include "service/file_import.h"
#include "service/import_record.h"
#include "service/intake.h"
#include "store/store.h"

namespace suyuan::service {

namespace {

constexpr std::size_t kQueueMax = 100;
// What a person waits for: such a file does not stand behind a million rows of somebody else's.
constexpr std::uint64_t kQuickBytesMax = std::uint64_t{4} << 20;

Failure no_such_import(std::string_view id) {
    return fail(
        ErrorCode::kNotFound,
        Sentence{format("没有编号为 {} 的导入。", id), format("there is no import {}", id)}
    );
}

}  // namespace

// One thread each: the files of one kind are imported one after the other.
struct ImportJobs::Workers {
    io::WorkerPool quick{1, kQueueMax};
    io::WorkerPool patient{1, kQueueMax};
};

ImportJobs::ImportJobs(
    std::filesystem::path directory,
    store::Store& store,
    Intake& intake,
    const io::Clock& clock,
    io::Randomness& randomness
)
    : directory_(std::move(directory)),
      store_(store),
      intake_(intake),
      clock_(clock),
      randomness_(randomness),
      columns_(directory_ / "columns.json"),
      workers_(std::make_unique<Workers>()) {}

ImportJobs::~ImportJobs() {
    stop();
}

void ImportJobs::stop() {
    std::unique_ptr<Workers> finishing;
    {
        const std::scoped_lock lock(mutex_);
        is_stopping_ = true;
        finishing = std::move(workers_);
        for (const auto& [id, entry] : entries_) {
            if (entry->context) {
                entry->context->cancel();
            }
        }
    }
    // Outside the lock, which the running import needs.
    finishing.reset();
}

std::filesystem::path ImportJobs::folder_of(std::string_view id) const {
    return directory_ / std::string(id);
}

Status ImportJobs::save(const FileImport& import) const {
    return io::write_file(
        folder_of(import.id) / "import.json", codec::write_json_indented(to_json(import))
    );
}

Result<std::shared_ptr<ImportJobs::Entry>> ImportJobs::entry_of(
    const policy::RequestContext& context, std::string_view id
) const {
    const auto found = entries_.find(id);
    // Another sender's import is none of the caller's business.
    if (found == entries_.end() ||
        found->second->import.submitter != context.principal().operator_code) {
        return no_such_import(id);
    }
    return found->second;
}

Result<FileImport> ImportJobs::append(
    const policy::RequestContext& context,
    std::string_view id,
    std::uint64_t offset,
    std::string_view bytes
) {
    // Under the lock: two pieces for one place cannot both be taken.
    const std::scoped_lock lock(mutex_);
    SUYUAN_TRY(const std::shared_ptr<Entry> entry, entry_of(context, id));
    FileImport& import = entry->import;
    if (import.state != ImportState::kUploading || offset != import.received) {
        return fail(
            ErrorCode::kConflict,
            Sentence{
                format("已收到 {} 字节，请从那里接着传。", import.received),
                format("{} bytes were received: go on from there", import.received)
            }
        );
    }
    if (bytes.size() > import.size - import.received) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format("比声明的 {} 字节多。", import.size),
                format("these are more than the {} bytes announced", import.size)
            }
        );
    }
    const std::filesystem::path source = folder_of(id) / "source";
    SUYUAN_TRY_VOID(io::append_file(source, import.received, bytes));
    import.received += bytes.size();
    if (import.received == import.size) {
        SUYUAN_TRY_VOID(io::sync_file(source));
        import.state = ImportState::kReady;
        SUYUAN_TRY_VOID(save(import));
    }
    return import;
}

Result<FileImport> ImportJobs::run(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::string_view id,
    const FileImportOptions& options
) {
    std::shared_ptr<Entry> entry;
    {
        const std::scoped_lock lock(mutex_);
        SUYUAN_TRY(entry, entry_of(context, id));
    }
    FileImportOptions meant = meant_options(context, id, options);
    {
        const std::scoped_lock lock(mutex_);
        FileImport& import = entry->import;
        if (import.state == ImportState::kUploading || import.state == ImportState::kDone ||
            is_running(import.state)) {
            return fail(
                ErrorCode::kConflict,
                Sentence{
                    format("这次导入现在不能开始（{}）。", to_string(import.state)),
                    format("this import cannot be started now ({})", to_string(import.state))
                }
            );
        }
        import.options = std::move(meant);
        import.state = ImportState::kChecking;
        import.progress = {};
        import.problems.clear();
        import.error.reset();
        import.has_faults_file = false;
        import.finished_at = 0;
    }
    if (const Status queued = enqueue(context, scope, entry); !queued) {
        const std::scoped_lock lock(mutex_);
        entry->import.state = ImportState::kReady;
        return Failure(queued.error());
    }
    const std::scoped_lock lock(mutex_);
    return entry->import;
}

// With the columns that this sender chose for the last file of the same titles, if it chooses none
// now; those that it chooses are remembered.
FileImportOptions ImportJobs::meant_options(
    const policy::RequestContext& context, std::string_view id, const FileImportOptions& options
) {
    if (!options.sheet.empty() && options.choices.empty()) {
        return options;  // chosen, and nothing to remember
    }
    const std::filesystem::path source = folder_of(id) / "source";
    const auto preview = preview_file(source, options);
    if (!preview) {
        return options;  // the check will tell
    }
    if (!options.choices.empty()) {
        columns_.put(context.principal().operator_code, preview->titles, options);
    }
    if (auto last = remembered(context, source, options, preview->titles)) {
        return std::move(last->options);
    }
    return options;
}

Status ImportJobs::enqueue(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const std::shared_ptr<Entry>& entry
) {
    const std::scoped_lock lock(mutex_);
    if (!workers_) {
        return detail::is_stopping();
    }
    io::WorkerPool& pool =
        entry->import.size <= kQuickBytesMax ? workers_->quick : workers_->patient;
    // The import outlives the request, and its deadline.
    entry->context =
        std::make_shared<policy::RequestContext>(context.principal(), context.request_id());
    if (!pool.submit([this, scope, entry] { work(scope, *entry); })) {
        entry->context.reset();
        return detail::too_many_wait();
    }
    return {};
}

void ImportJobs::update(Entry& entry, const FileProgress& progress) {
    const std::scoped_lock lock(mutex_);
    entry.import.progress = progress;
}

Status ImportJobs::check(Entry& entry) {
    const std::filesystem::path folder = folder_of(entry.import.id);
    SUYUAN_TRY_VOID(io::remove_file(folder / "faults.xlsx"));
    SUYUAN_TRY(
        FileCheck checked,
        check_file(
            *entry.context,
            folder / "source",
            entry.import.options,
            folder / "faults.xlsx",
            [&](const FileProgress& progress) { update(entry, progress); }
        )
    );
    const std::scoped_lock lock(mutex_);
    FileImport& import = entry.import;
    import.sheet = checked.sheet;
    import.progress.tally = checked.tally;
    import.problems = std::move(checked.problems);
    import.has_faults_file = checked.tally.bad_rows > 0;
    const bool is_kept_out =
        checked.tally.bad_rows > 0 && import.options.behaviour == ErrorBehaviour::kRollback;
    import.state = is_kept_out ? ImportState::kRefused : ImportState::kPublishing;
    if (is_kept_out) {
        import.finished_at = clock_.now_us();
    }
    // From here on the file is in, whatever happens to this process.
    return save(import);
}

Status ImportJobs::publish(const policy::Scope& scope, Entry& entry) {
    const std::filesystem::path source = folder_of(entry.import.id) / "source";
    SUYUAN_TRY(
        const FileTally tally,
        publish_file(
            *entry.context,
            scope,
            intake_,
            store_,
            source,
            entry.import.options,
            [&](const FileProgress& progress) { update(entry, progress); }
        )
    );
    {
        const std::scoped_lock lock(mutex_);
        entry.import.progress.tally = tally;
        entry.import.state = ImportState::kDone;
        entry.import.finished_at = clock_.now_us();
        SUYUAN_TRY_VOID(save(entry.import));
    }
    return io::remove_file(source);
}

// Runs on the pool's thread. Only this thread changes the options and the state of a running
// import.
void ImportJobs::work(const policy::Scope& scope, Entry& entry) {
    Status outcome;
    if (entry.import.state == ImportState::kChecking) {
        outcome = check(entry);
    }
    if (outcome && entry.import.state == ImportState::kPublishing) {
        outcome = publish(scope, entry);
    }
    finish(entry, outcome);
}

void ImportJobs::finish(Entry& entry, const Status& outcome) {
    const std::scoped_lock lock(mutex_);
    FileImport& import = entry.import;
    entry.context.reset();
    if (outcome) {
        return;
    }
    const ErrorCode code = outcome.error().code();
    if (code == ErrorCode::kCancelled && is_stopping_) {
        return;  // as it is written down: the next process goes on
    }
    const bool is_files_fault = code == ErrorCode::kInvalidArgument ||
                                code == ErrorCode::kLimitExceeded || code == ErrorCode::kNotFound;
    if (code == ErrorCode::kCancelled) {
        import.state = ImportState::kStopped;
    } else if (is_files_fault && import.state == ImportState::kChecking) {
        import.state = ImportState::kRefused;
        import.error = sentence_of(outcome.error());
    } else {
        import.state = ImportState::kFailed;
        import.error = sentence_of(outcome.error());
    }
    import.finished_at = clock_.now_us();
    // If this fails, the import is found as it was before and can be run again.
    (void)save(import);
}

Result<FileImport> ImportJobs::stop_import(
    const policy::RequestContext& context, std::string_view id
) {
    const std::scoped_lock lock(mutex_);
    SUYUAN_TRY(const std::shared_ptr<Entry> entry, entry_of(context, id));
    if (entry->import.state == ImportState::kPublishing &&
        entry->import.options.behaviour == ErrorBehaviour::kRollback) {
        return fail(
            ErrorCode::kConflict,
            Sentence{
                "文件已全部核对无误，正在整体存入：不能只存一半，请等它完成。",
                "the file is checked and is being stored as a whole: half of it cannot be; wait "
                "for its end"
            }
        );
    }
    if (entry->context) {
        entry->context->cancel();
    }
    return entry->import;
}

}  // namespace suyuan::service
