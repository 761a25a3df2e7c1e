// SPDX-License-Identifier: Apache-2.0
//
// Imports of files: uploaded piece by piece, looked into, checked, published, told.
//
// Each has a folder DIR/imports/<id>: `source` (the file as sent), `import.json` (what is told of
// it) and `faults.xlsx`. A file is checked as a whole before anything of it is stored. Then its
// state becomes "publishing", durably: the one marker after which the whole file goes into the log,
// also if the process ends in between, for the next one resumes it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "io/threads.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/chosen_columns.h"
#include "service/file_import.h"
#include "service/import_record.h"
#include "service/intake.h"
#include "service/person_ids.h"
#include "store/store.h"

namespace suyuan::service {

struct FileImportPage {
    std::vector<FileImport> imports;  // newest first
    std::string next;                 // of the next page; empty: that was all
};

struct ImportPreview {
    FilePreview preview;
    bool is_remembered = false;  // the columns are those that this sender chose last time
};

// Threads: every member from any thread; imports run one after the other on a thread of their own.
// Lifetime: what it is made from outlives it; the destructor lets the running batch end and leaves
// the rest to the next start.
class ImportJobs {
public:
    static constexpr std::uint64_t kFileBytesMax = std::uint64_t{4} << 30;
    static constexpr std::size_t kImportsMax = 10'000;  // kept at a time

    ImportJobs(
        std::filesystem::path directory,
        store::Store& store,
        Intake& intake,
        const io::Clock& clock,
        io::Randomness& randomness,
        PersonIds people
    );
    ImportJobs(const ImportJobs&) = delete;
    ImportJobs& operator=(const ImportJobs&) = delete;
    ImportJobs(ImportJobs&&) = delete;
    ImportJobs& operator=(ImportJobs&&) = delete;
    ~ImportJobs();

    // Reads what earlier processes left and goes on with what they had begun to publish. A record
    // that cannot be read is set aside under another name and returned. Fails with kUnavailable.
    Result<std::vector<std::filesystem::path>> resume(
        const policy::RequestContext& context, const policy::Scope& scope
    );

    // A file that will come. Fails with kInvalidArgument (no name), kLimitExceeded.
    Result<FileImport> create(
        const policy::RequestContext& context, std::string_view file_name, std::uint64_t size
    );

    // The file's next bytes. Fails with kNotFound, kConflict (`offset` is not what was received so
    // far: the message says how much that is), kInvalidArgument (more than announced),
    // kUnavailable.
    Result<FileImport> append(
        const policy::RequestContext& context,
        std::string_view id,
        std::uint64_t offset,
        std::string_view bytes
    );

    // Fails with kNotFound, kConflict (bytes are missing), and as preview_file().
    Result<ImportPreview> preview(
        const policy::RequestContext& context, std::string_view id, const FileImportOptions& options
    ) const;

    // Checks and publishes it, later and on another thread; remembers the columns for files of the
    // same titles. Fails with kNotFound, kConflict (bytes are missing, it runs already, or it was
    // stored and its file let go), kUnavailable (too many wait).
    Result<FileImport> run(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view id,
        const FileImportOptions& options
    );

    // At the next batch; nothing happens to one that does not run. Fails with kNotFound, and with
    // kConflict once all of a file or nothing was asked for and its rows have begun to be stored.
    Result<FileImport> stop_import(const policy::RequestContext& context, std::string_view id);

    [[nodiscard]] Result<FileImport> find(
        const policy::RequestContext& context, std::string_view id
    ) const;

    // Returns when the import runs no more, or `context` is cancelled; `progress` is called from
    // this thread, ten times a second.
    Result<FileImport> wait(
        const policy::RequestContext& context, std::string_view id, const FileProgressSink& progress
    ) const;

    // Without their problems, which may be many.
    [[nodiscard]] FileImportPage list(
        const policy::RequestContext& context, std::size_t rows_max, std::string_view after
    ) const;

    // Where its workbook of faults lies. Fails with kNotFound.
    [[nodiscard]] Result<std::filesystem::path> faults_file(
        const policy::RequestContext& context, std::string_view id
    ) const;

    // The file of a template: titles, and in a workbook a second sheet that explains the columns.
    // Fails with kNotFound (no such sheet), kInvalidArgument (`format` is neither csv nor xlsx),
    // kUnavailable.
    Result<std::string> template_file(std::string_view sheet, std::string_view format);

    // Forgets the import and its files; what it stored stays. Fails with kNotFound, kConflict (it
    // runs), kUnavailable.
    Status forget(const policy::RequestContext& context, std::string_view id);

    // Lets the running batch end and takes no more.
    void stop();

private:
    struct Entry {
        FileImport
            import;  // guarded by mutex_; options and state of a running one are its worker's
        std::shared_ptr<policy::RequestContext>
            context;  // guarded by mutex_; while it waits or runs
    };

    // The columns that a sender chose last time, and what becomes of the file with them.
    struct Remembered {
        FileImportOptions options;
        FilePreview preview;
    };

    using Entries = std::map<std::string, std::shared_ptr<Entry>, std::less<>>;

    [[nodiscard]] FileImportOptions meant_options(
        const policy::RequestContext& context, std::string_view id, const FileImportOptions& options
    );
    [[nodiscard]] std::optional<Remembered> remembered(
        const policy::RequestContext& context,
        const std::filesystem::path& source,
        const FileImportOptions& options,
        const std::vector<std::string>& titles
    ) const;
    [[nodiscard]] std::filesystem::path folder_of(std::string_view id) const;
    [[nodiscard]] Result<std::shared_ptr<Entry>> entry_of(
        const policy::RequestContext& context, std::string_view id
    ) const;
    Status save(const FileImport& import) const;
    Status enqueue(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const std::shared_ptr<Entry>& entry
    );
    void work(const policy::Scope& scope, Entry& entry);
    Status check(const policy::Scope& scope, Entry& entry);
    Status publish(const policy::Scope& scope, Entry& entry);
    void finish(Entry& entry, const Status& outcome);
    [[nodiscard]] std::string new_id();
    void update(Entry& entry, const FileProgress& progress);

    std::filesystem::path directory_;  // DIR/imports
    store::Store& store_;
    Intake& intake_;
    const io::Clock& clock_;
    io::Randomness& randomness_;
    const PersonIds people_;
    ChosenColumns columns_;
    mutable std::mutex mutex_;
    Entries entries_;                       // guarded by mutex_, and the import of each
    bool is_stopping_ = false;              // guarded by mutex_
    std::unique_ptr<io::WorkerPool> pool_;  // guarded by mutex_; empty once stopped
};

}  // namespace suyuan::service
