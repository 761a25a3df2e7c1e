// SPDX-License-Identifier: Apache-2.0

#include "service/import_jobs.h"

#include <algorithm>
#include <array>
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
#include "crypto/sha256.h"
#include "io/clock.h"
#include "io/files.h"
#include "io/input_file.h"
#include "io/randomness.h"
#include "io/threads.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/file_import.h"
#include "service/import_record.h"
#include "service/intake.h"
#include "service/person_ids.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

constexpr std::size_t kQueueMax = 100;
constexpr std::size_t kFileNameBytesMax = 255;

Failure no_such_import(std::string_view id) {
    return fail(
        ErrorCode::kNotFound,
        Sentence{format("没有编号为 {} 的导入。", id), format("there is no import {}", id)}
    );
}

Failure is_stopping() {
    return fail(
        ErrorCode::kUnavailable,
        Sentence{"服务正在停止，请稍后再试。", "the server is stopping: try again later"}
    );
}

// What an import is after its process ended: how much of its file came, and that of one which was
// only checked nothing was stored.
Status look_at_state(const std::filesystem::path& source, FileImport& import) {
    if (import.state == ImportState::kChecking) {
        import.state = ImportState::kReady;
    }
    if (import.state != ImportState::kUploading) {
        return {};
    }
    import.received = 0;
    if (!io::exists(source)) {
        return {};
    }
    SUYUAN_TRY(const io::InputFile file, io::InputFile::open(source));
    import.received = std::min(file.size(), import.size);
    if (import.received == import.size) {
        SUYUAN_TRY_VOID(io::sync_file(source));
        import.state = ImportState::kReady;
    }
    return {};
}

}  // namespace

ImportJobs::ImportJobs(
    std::filesystem::path directory,
    store::Store& store,
    Intake& intake,
    const io::Clock& clock,
    io::Randomness& randomness,
    PersonIds people
)
    : directory_(std::move(directory)),
      store_(store),
      intake_(intake),
      clock_(clock),
      randomness_(randomness),
      people_(std::move(people)),
      columns_(directory_ / "columns.json"),
      pool_(std::make_unique<io::WorkerPool>(1, kQueueMax)) {}

ImportJobs::~ImportJobs() {
    stop();
}

void ImportJobs::stop() {
    std::unique_ptr<io::WorkerPool> finishing;
    {
        const std::scoped_lock lock(mutex_);
        is_stopping_ = true;
        finishing = std::move(pool_);
        for (const auto& [id, entry] : entries_) {
            if (entry->context) {
                entry->context->cancel();
            }
        }
    }
    // Outside the lock, which the running import needs.
    finishing.reset();
}

// Nobody guesses another's import, and nobody's name becomes a path.
std::string ImportJobs::new_id() {
    std::array<std::byte, 16> bytes{};
    randomness_.fill(bytes);
    return crypto::to_hex(bytes);
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

Result<std::vector<std::filesystem::path>> ImportJobs::resume(
    const policy::RequestContext& context, const policy::Scope& scope
) {
    std::vector<std::filesystem::path> set_aside;
    if (!io::exists(directory_)) {
        return set_aside;
    }
    SUYUAN_TRY(const auto files, io::list_files(directory_, {"import.json"}));
    std::vector<std::shared_ptr<Entry>> begun;
    for (const std::filesystem::path& file : files) {
        auto import = read_import(file);
        if (!import && import.error().code() == ErrorCode::kUnavailable) {
            return Failure(std::move(import).error());
        }
        if (!import) {
            // One record that is damaged keeps nobody from their work.
            set_aside.push_back(file.parent_path() / "import.unreadable");
            SUYUAN_TRY_VOID(io::rename_file(file, set_aside.back()));
            continue;
        }
        auto entry = std::make_shared<Entry>();
        entry->import = *std::move(import);
        SUYUAN_TRY_VOID(look_at_state(file.parent_path() / "source", entry->import));
        if (entry->import.state == ImportState::kPublishing) {
            begun.push_back(entry);
        }
        const std::scoped_lock lock(mutex_);
        entries_.insert_or_assign(entry->import.id, std::move(entry));
    }
    for (const auto& entry : begun) {
        SUYUAN_TRY_VOID(enqueue(context, scope, entry));
    }
    return set_aside;
}

Result<FileImport> ImportJobs::create(
    const policy::RequestContext& context, std::string_view file_name, std::uint64_t size
) {
    if (file_name.empty() || file_name.size() > kFileNameBytesMax) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format("请给出文件名，最长 {} 字节。", kFileNameBytesMax),
                format("give the file's name, at most {} bytes", kFileNameBytesMax)
            }
        );
    }
    if (size == 0 || size > kFileBytesMax) {
        return fail(
            size == 0 ? ErrorCode::kInvalidArgument : ErrorCode::kLimitExceeded,
            Sentence{
                size == 0 ? "文件是空的。" : format("文件最大 {} 字节。", kFileBytesMax),
                size == 0 ? "the file is empty"
                          : format("a file has at most {} bytes", kFileBytesMax)
            }
        );
    }
    auto entry = std::make_shared<Entry>();
    FileImport& import = entry->import;
    import.submitter = context.principal().operator_code;
    import.file_name = file_name;
    import.size = size;
    import.created_at = clock_.now_us();
    {
        const std::scoped_lock lock(mutex_);
        if (is_stopping_) {
            return is_stopping();
        }
        if (entries_.size() >= kImportsMax) {
            return fail(
                ErrorCode::kLimitExceeded,
                Sentence{
                    format("最多保留 {} 次导入：请先删去旧的。", kImportsMax),
                    format("at most {} imports are kept: delete old ones", kImportsMax)
                }
            );
        }
        import.id = new_id();
    }
    SUYUAN_TRY_VOID(io::make_directories(folder_of(import.id)));
    SUYUAN_TRY_VOID(save(import));
    FileImport created = import;
    const std::scoped_lock lock(mutex_);
    entries_.emplace(created.id, std::move(entry));
    return created;
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
        import.warnings.clear();
        import.unused_columns.clear();
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
    // The import outlives the request, and its deadline.
    entry->context =
        std::make_shared<policy::RequestContext>(context.principal(), context.request_id());
    const bool is_taken = pool_ && pool_->submit([this, scope, entry] { work(scope, *entry); });
    if (!is_taken) {
        entry->context.reset();
        return is_stopping();
    }
    return {};
}

void ImportJobs::update(Entry& entry, const FileProgress& progress) {
    const std::scoped_lock lock(mutex_);
    entry.import.progress = progress;
}

Status ImportJobs::check(const policy::Scope& scope, Entry& entry) {
    const std::filesystem::path folder = folder_of(entry.import.id);
    SUYUAN_TRY_VOID(io::remove_file(folder / "faults.xlsx"));
    SUYUAN_TRY(
        FileCheck checked,
        check_file(
            *entry.context,
            folder / "source",
            entry.import.options,
            {.faults_file = folder / "faults.xlsx",
             .progress = [&](const FileProgress& progress) { update(entry, progress); },
             .people = people_,
             .is_known = [&](std::string_view code) -> Result<bool> {
                 SUYUAN_TRY(const auto item, store_.find_item(*entry.context, scope, code));
                 return item.has_value();
             }}
        )
    );
    const std::scoped_lock lock(mutex_);
    FileImport& import = entry.import;
    import.sheet = checked.sheet;
    import.progress.tally = checked.tally;
    import.problems = std::move(checked.problems);
    import.warnings = std::move(checked.warnings);
    import.unused_columns = std::move(checked.unused_columns);
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
            {.intake = intake_, .store = store_, .people = people_},
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
        outcome = check(scope, entry);
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

Status ImportJobs::forget(const policy::RequestContext& context, std::string_view id) {
    {
        const std::scoped_lock lock(mutex_);
        SUYUAN_TRY(const std::shared_ptr<Entry> entry, entry_of(context, id));
        if (entry->context) {
            return fail(
                ErrorCode::kConflict,
                Sentence{"导入正在进行：请先停止。", "the import is running: stop it first"}
            );
        }
        entries_.erase(entries_.find(id));
    }
    return io::remove_directory(folder_of(id));
}

}  // namespace suyuan::service
