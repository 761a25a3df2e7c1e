// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "app/import_files.h"
#include "app/import_tally.h"
#include "app/remote.h"
#include "app/table_imports.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "io/input_file.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/chain_workbook.h"
#include "service/file_import.h"
#include "service/import_jobs.h"
#include "service/import_record.h"
#include "service/intake.h"
#include "service/platform.h"

namespace suyuan::app {
namespace {

using codec::Json;

constexpr std::size_t kPieceBytes = std::size_t{4} << 20;  // of a table, copied at a time
constexpr std::size_t kWarningsShown = 20;                 // of all files
constexpr std::size_t kProblemsShown = 5;  // a file, on the screen; --json gives all

class Importer {
public:
    Importer(World& world, const ImportOptions& options, Data data)
        : world_(world),
          options_(options),
          data_(std::move(data)),
          asker_(policy::Permission::kCaptureEvents),
          tables_(table_imports_of(data_, asker_.context(), asker_.scope())) {}

    ExitCode run(const std::vector<std::filesystem::path>& files);

private:
    Status take_table(const std::filesystem::path& file);
    Status upload(const std::filesystem::path& file, const std::string& id);
    Result<service::FileImport> wait(const std::string& id);
    Status keep_faults(const std::string& id);
    void note_unused(const std::vector<std::string>& titles, bool can_be_chosen);
    void note_table(const service::FileImport& import);
    Status take_document(std::string_view text);
    Status take_here(std::string_view text);
    Status take_there(std::string_view text);
    void add_problems(const Json& problems);
    void note_refusal(std::uint64_t events_read);
    void note_warnings(const std::vector<codec::EpcisProblem>& warnings);
    bool take_file(const std::filesystem::path& file);
    void report(const std::filesystem::path& file, const Status& outcome);
    ExitCode finish();

    World& world_;
    const ImportOptions& options_;
    Data data_;
    Asker asker_;
    std::unique_ptr<TableImports> tables_;
    ImportTally total_;
    ImportTally file_;
    Json problems_ = Json::array();  // of the file in work
    Json unused_ = Json::array();    // likewise: titles of columns that were not read
    Json reports_ = Json::array();
    std::set<std::string> warned_;
    std::optional<Progress> progress_;
};

void Importer::add_problems(const Json& problems) {
    for (const Json& problem : problems.items()) {
        problems_.push_back(problem);
    }
}

Status Importer::take_here(std::string_view text) {
    service::CaptureOptions capture_options;
    capture_options.checks_digits = !options_.quiet;
    capture_options.behaviour =
        options_.proceeds ? service::ErrorBehaviour::kProceed : service::ErrorBehaviour::kRollback;
    capture_options.accepts_query_documents = true;
    capture_options.progress = [&](std::uint64_t done, std::uint64_t) {
        progress_->update(total_.events + file_.events + done);
    };
    SUYUAN_TRY(
        const service::CaptureReport report,
        data_.platform->intake().capture(asker_.context(), asker_.scope(), text, capture_options)
    );
    file_.events += report.event_count;
    file_.stored += report.stored_count;
    file_.duplicates += report.duplicate_count;
    file_.conflicts += report.conflict_count;
    file_.possible_duplicates += report.possible_duplicate_count;
    file_.registry_rows += report.registry_row_count;
    file_.refused += report.event_count - report.stored_count - report.duplicate_count;
    SUYUAN_TRY(const Json problems, codec::parse_json(service::problems_json(report.problems)));
    add_problems(problems);
    note_refusal(report.event_count);
    note_warnings(report.warnings);
    return {};
}

// Of the wrong code, not of each event that has it.
void Importer::note_warnings(const std::vector<codec::EpcisProblem>& warnings) {
    for (const codec::EpcisProblem& warning : warnings) {
        if (warned_.size() < kWarningsShown && warned_.insert(warning.reason).second) {
            note(
                format("注意：  {} {}", warning.pointer, warning.reason_zh),
                format("warning:  {} {}", warning.pointer, warning.reason)
            );
        }
    }
}

Status Importer::take_there(std::string_view text) {
    SUYUAN_TRY(
        const RemoteCapture report, capture(asker_.context(), data_.server, text, options_.proceeds)
    );
    SUYUAN_TRY(const Json problems, codec::parse_json(report.errors));
    file_.events += report.event_count;
    file_.stored += report.stored_count;
    // The server's job does not tell duplicates from refused events where there are both.
    if (problems.items().empty()) {
        file_.duplicates += report.event_count - report.stored_count;
    } else {
        file_.refused += report.event_count - report.stored_count;
    }
    add_problems(problems);
    note_refusal(report.event_count);
    return {};
}

// A document of which nothing was read because of its own frame: no event stands for its problems.
void Importer::note_refusal(std::uint64_t events_read) {
    if (events_read == 0 && !problems_.items().empty()) {
        file_.refused_files = 1;
    }
}

Status Importer::take_document(std::string_view text) {
    return data_.platform ? take_here(text) : take_there(text);
}

Status Importer::upload(const std::filesystem::path& file, const std::string& id) {
    SUYUAN_TRY(const io::InputFile input, io::InputFile::open(file));
    std::string piece(kPieceBytes, '\0');
    std::uint64_t offset = 0;
    while (offset < input.size()) {
        SUYUAN_TRY(const std::size_t count, input.read_at(offset, piece));
        if (count == 0) {
            return fail(ErrorCode::kUnavailable, file.string() + " shrank while it was read");
        }
        SUYUAN_TRY_VOID(tables_->append(id, offset, std::string_view(piece).substr(0, count)));
        SUYUAN_TRY_VOID(asker_.context().check_alive());
        offset += count;
    }
    return {};
}

// A signal stops the import; what became of it is told all the same.
Result<service::FileImport> Importer::wait(const std::string& id) {
    auto finished = tables_->wait(asker_.context(), id, [&](const service::FileProgress& progress) {
        progress_->update(progress.bytes_read, progress.bytes_total);
    });
    if (finished || !asker_.context().is_cancelled()) {
        return finished;
    }
    const policy::RequestContext patient(asker_.context().principal());
    if (const auto stopping = tables_->stop(id); !stopping) {
        note(
            "文件已核对无误，正在整体存入：会存完，不会只存一半。",
            "the file is checked and is being stored as a whole: it will be to its end"
        );
        return Failure(finished.error());
    }
    return tables_->wait(patient, id, [](const service::FileProgress&) {});
}

// As the caller asked, or told where it lies.
Status Importer::keep_faults(const std::string& id) {
    SUYUAN_TRY(const std::string told, tables_->faults(id, options_.faults_file));
    if (!options_.json && !options_.quiet) {
        note(
            format("有问题的行在 {}，改好可再导入", told),
            format("the bad rows are in {}: mend them and import it", told)
        );
    }
    return {};
}

// What a sender believes is in would otherwise be missing unnoticed.
void Importer::note_unused(const std::vector<std::string>& titles, bool can_be_chosen) {
    for (const std::string& title : titles) {
        unused_.push_back(Json::string(title));
    }
    if (titles.empty() || options_.json || options_.quiet) {
        return;
    }
    const auto listed = [&](std::string_view separator) {
        std::string text;
        for (const std::string& title : titles) {
            text += text.empty() ? "" : separator;
            text += title;
        }
        return text;
    };
    note(
        format(
            "没有读入的列：{}{}", listed("、"), can_be_chosen ? "（--map 标题=列名 可指明）" : ""
        ),
        format(
            "columns that were not read: {}{}",
            listed(", "),
            can_be_chosen ? " (--map TITLE=COLUMN says what one is)" : ""
        )
    );
}

void Importer::note_table(const service::FileImport& import) {
    const service::FileTally& tally = import.progress.tally;
    // A row of a workbook of several tables may be more than one event.
    file_.events = std::max(
        tally.rows - std::min(tally.rows, tally.registry_rows), tally.stored + tally.duplicates
    );
    file_.stored = tally.stored;
    file_.duplicates = tally.duplicates;
    file_.conflicts = tally.conflicts;
    file_.registry_rows = tally.registry_rows;
    file_.refused = tally.bad_rows;
    if (import.state == service::ImportState::kRefused) {
        file_.refused_files = 1;
    }
    note_unused(import.unused_columns, import.sheet != service::kChainKey);
    for (const service::RowProblem& warning : import.warnings) {
        if (!options_.quiet && warned_.size() < kWarningsShown &&
            warned_.insert(format("{} {}", warning.row, warning.column)).second) {
            note(
                format("注意：  {} {}：{}", warning.row, warning.column, warning.reason.zh),
                format("warning:  {} {}: {}", warning.row, warning.column, warning.reason.en)
            );
        }
    }
    for (const service::RowProblem& problem : import.problems) {
        Json json = Json::object();
        json.set(
            "pointer",
            Json::string(format(
                "{}{}{}{}{}",
                problem.worksheet,
                problem.worksheet.empty() ? "" : " ",
                problem.row,
                problem.column.empty() ? "" : " ",
                problem.column
            ))
        );
        if (!problem.worksheet.empty()) {
            json.set("worksheet", Json::string(problem.worksheet));
        }
        json.set("reason", Json::string(in_language(problem.reason.zh, problem.reason.en)));
        json.set("row", Json::integer(static_cast<std::int64_t>(problem.row)));
        json.set("column", Json::string(problem.column));
        json.set("value", Json::string(problem.value));
        problems_.push_back(std::move(json));
    }
}

Status Importer::take_table(const std::filesystem::path& file) {
    service::FileImportOptions options;
    options.sheet = options_.sheet;
    options.worksheet = options_.worksheet;
    options.operator_code = options_.operator_code;
    options.site = options_.site;
    options.behaviour =
        options_.proceeds ? service::ErrorBehaviour::kProceed : service::ErrorBehaviour::kRollback;
    for (const std::string& pair : options_.columns) {
        const auto equals = pair.rfind('=');
        if (equals == std::string::npos || equals == 0) {
            return fail(
                ErrorCode::kInvalidArgument,
                Sentence{
                    format("--map “{}”：请写成 表头=列名。", pair),
                    format("--map \"{}\": write title=column", pair)
                }
            );
        }
        options.choices.push_back(
            {.title = pair.substr(0, equals), .column = pair.substr(equals + 1)}
        );
    }
    std::uint64_t size = 0;
    {
        SUYUAN_TRY(const io::InputFile input, io::InputFile::open(file));
        size = input.size();
    }
    SUYUAN_TRY(const service::FileImport created, tables_->create(file.filename().string(), size));
    SUYUAN_TRY_VOID(upload(file, created.id));
    SUYUAN_TRY_VOID(tables_->run(created.id, options));
    SUYUAN_TRY(const service::FileImport import, wait(created.id));
    note_table(import);
    if (import.has_faults_file) {
        SUYUAN_TRY_VOID(keep_faults(import.id));
    }
    if (import.error) {
        const ErrorCode code = import.state == service::ImportState::kRefused
                                   ? ErrorCode::kInvalidArgument
                                   : ErrorCode::kUnavailable;
        return fail(code, *import.error);
    }
    return asker_.context().check_alive();
}

void Importer::report(const std::filesystem::path& file, const Status& outcome) {
    if (!outcome) {
        Json problem = Json::object();
        problem.set("pointer", Json::string(""));
        const Sentence reason = sentence_of(outcome.error());
        problem.set("reason", Json::string(in_language(reason.zh, reason.en)));
        problems_.push_back(std::move(problem));
    }
    const auto& problems = problems_.items();
    if (!problems.empty() && !options_.json && !options_.quiet) {
        note(
            format("{}：{} 处不符", file.string(), problems.size()),
            format("{}: {} problems", file.string(), problems.size())
        );
        for (std::size_t i = 0; i < std::min(problems.size(), kProblemsShown); ++i) {
            const std::string_view pointer = problems[i].string_or("pointer");
            const std::string_view reason = problems[i].string_or("reason");
            const std::string_view reason_zh = problems[i].string_or("reason_zh");
            note(
                format("  {} {}", pointer, reason_zh.empty() ? reason : reason_zh),
                format("  {} {}", pointer, reason)
            );
        }
    }
    if (options_.json) {
        Json entry = to_json(file_);
        entry.set("file", Json::string(file.string()));
        entry.set("problems", std::exchange(problems_, Json::array()));
        entry.set("unused_columns", std::exchange(unused_, Json::array()));
        reports_.push_back(std::move(entry));
    }
    problems_ = Json::array();
    unused_ = Json::array();
}

// False: nothing more can be done, as the store cannot be used or the user has had enough.
bool Importer::take_file(const std::filesystem::path& file) {
    file_ = ImportTally{};
    file_.files = 1;
    const Status outcome =
        is_table_name(file)
            ? take_table(file)
            : for_each_document(file, [&](std::string_view text) { return take_document(text); });
    if (!outcome) {
        file_.refused_files = 1;
    }
    report(file, outcome);
    total_.add(file_);
    if (progress_) {
        progress_->update(total_.events);
    }
    return outcome || (outcome.error().code() != ErrorCode::kUnavailable &&
                       outcome.error().code() != ErrorCode::kCancelled &&
                       outcome.error().code() != ErrorCode::kCorruption);
}

ExitCode Importer::finish() {
    if (data_.platform) {
        const auto done = data_.platform->finish_derived_work(asker_.context(), asker_.scope(), {});
        if (!done) {
            return give_up(done.error());
        }
    }
    if (options_.json) {
        Json json = to_json(total_);
        json.set("reports", std::move(reports_));
        print(codec::write_json(json));
    } else {
        print(in_language(summary_zh(total_), summary_en(total_)));
    }
    const bool is_clean = total_.refused == 0 && total_.refused_files == 0;
    return is_clean ? ExitCode::kDone : ExitCode::kDoneWithProblems;
}

ExitCode Importer::run(const std::vector<std::filesystem::path>& files) {
    progress_.emplace(world_.clock, "导入事件", "importing events");
    for (const auto& file : files) {
        if (!take_file(file)) {
            progress_.reset();
            static_cast<void>(finish());  // what is in is told
            return asker_.context().is_cancelled() ? ExitCode::kStopped : ExitCode::kFailed;
        }
    }
    progress_.reset();
    return finish();
}

}  // namespace

ExitCode run_import(World& world, const ImportOptions& options) {
    const auto files = find_imports(options.paths);
    if (!files) {
        return give_up(files.error());
    }
    if (files->empty()) {
        note(
            "没有可导入的文件（.json、.jsonld、.jsonl；表格请直接指明文件）",
            "no file to import (.json, .jsonld, .jsonl; a table has to be named itself)"
        );
        return ExitCode::kDoneWithProblems;
    }
    auto data = open_data(
        world, options.directory, service::Creation::kCreateIfMissing, service::Use::kWriting
    );
    if (!data) {
        return give_up(data.error());
    }
    if (data->platform) {
        const Asker asker(policy::Permission::kCaptureEvents);
        const auto resumed = data->platform->imports().resume(asker.context(), asker.scope());
        if (!resumed) {
            return give_up(resumed.error());
        }
        for (const std::filesystem::path& file : *resumed) {
            note(
                format("有一次导入的记录读不出来，已改名为 {}", file.string()),
                format("an import's record cannot be read, now {}", file.string())
            );
        }
    }
    return Importer(world, options, *std::move(data)).run(*files);
}

}  // namespace suyuan::app
