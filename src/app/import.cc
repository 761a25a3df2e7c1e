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
#include "app/remote.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "policy/scope.h"
#include "service/intake.h"
#include "service/platform.h"

namespace suyuan::app {
namespace {

using codec::Json;

constexpr std::size_t kWarningsShown = 20;  // of all files
constexpr std::size_t kProblemsShown = 5;   // a file, on the screen; --json gives all

// What became of one file, or of all.
struct Tally {
    std::uint64_t files = 0;
    std::uint64_t refused_files = 0;
    std::uint64_t events = 0;
    std::uint64_t stored = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t conflicts = 0;
    std::uint64_t possible_duplicates = 0;
    std::uint64_t refused = 0;
    std::uint64_t registry_rows = 0;

    void add(const Tally& other) {
        files += other.files;
        refused_files += other.refused_files;
        events += other.events;
        stored += other.stored;
        duplicates += other.duplicates;
        conflicts += other.conflicts;
        possible_duplicates += other.possible_duplicates;
        refused += other.refused;
        registry_rows += other.registry_rows;
    }
};

Json to_json(const Tally& tally) {
    const auto count = [](std::uint64_t value) {
        return Json::integer(static_cast<std::int64_t>(value));
    };
    Json json = Json::object();
    json.set("files", count(tally.files));
    json.set("refused_files", count(tally.refused_files));
    json.set("events", count(tally.events));
    json.set("stored", count(tally.stored));
    json.set("duplicates", count(tally.duplicates));
    json.set("conflicts", count(tally.conflicts));
    json.set("possible_duplicates", count(tally.possible_duplicates));
    json.set("refused", count(tally.refused));
    json.set("registry_rows", count(tally.registry_rows));
    return json;
}

std::string summary_zh(const Tally& tally) {
    return format(
        "{} 个文件，{} 条事件：新存 {}（其中版本冲突 {}，疑似重复 {}），重复 {}，退回 {}；主数据 "
        "{} 行；{} 个文件未读入",
        tally.files,
        tally.events,
        tally.stored,
        tally.conflicts,
        tally.possible_duplicates,
        tally.duplicates,
        tally.refused,
        tally.registry_rows,
        tally.refused_files
    );
}

std::string summary_en(const Tally& tally) {
    return format(
        "{} files, {} events: {} stored ({} conflicting versions, {} possible duplicates), "
        "{} duplicates, {} refused; {} registry rows; {} files not read",
        tally.files,
        tally.events,
        tally.stored,
        tally.conflicts,
        tally.possible_duplicates,
        tally.duplicates,
        tally.refused,
        tally.registry_rows,
        tally.refused_files
    );
}

class Importer {
public:
    Importer(World& world, const ImportOptions& options, Data data)
        : world_(world),
          options_(options),
          data_(std::move(data)),
          asker_(policy::Permission::kCaptureEvents) {}

    ExitCode run(const std::vector<std::filesystem::path>& files);

private:
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
    Tally total_;
    Tally file_;
    Json problems_ = Json::array();  // of the file in work
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
            const std::string line = format("  {} {}", warning.pointer, warning.reason);
            note("注意：" + line, "warning:" + line);
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

void Importer::report(const std::filesystem::path& file, const Status& outcome) {
    if (!outcome) {
        Json problem = Json::object();
        problem.set("pointer", Json::string(""));
        problem.set("reason", Json::string(outcome.error().message()));
        problems_.push_back(std::move(problem));
    }
    const auto& problems = problems_.items();
    if (!problems.empty() && !options_.json && !options_.quiet) {
        note(
            format("{}：{} 处不符", file.string(), problems.size()),
            format("{}: {} problems", file.string(), problems.size())
        );
        for (std::size_t i = 0; i < std::min(problems.size(), kProblemsShown); ++i) {
            const std::string line = format(
                "  {} {}", problems[i].string_or("pointer"), problems[i].string_or("reason")
            );
            note(line, line);
        }
    }
    if (options_.json) {
        Json entry = to_json(file_);
        entry.set("file", Json::string(file.string()));
        entry.set("problems", std::exchange(problems_, Json::array()));
        reports_.push_back(std::move(entry));
    }
    problems_ = Json::array();
}

// False: nothing more can be done, as the store cannot be used or the user has had enough.
bool Importer::take_file(const std::filesystem::path& file) {
    file_ = Tally{};
    file_.files = 1;
    const Status outcome =
        for_each_document(file, [&](std::string_view text) { return take_document(text); });
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
        Progress progress(world_.clock, "更新台账", "updating the ledger");
        const auto done = data_.platform->finish_derived_work(
            asker_.context(),
            asker_.scope(),
            [&](std::uint64_t items, std::uint64_t all) { progress.update(items, all); }
        );
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
            "没有可导入的文件（.json、.jsonld、.jsonl）",
            "no file to import (.json, .jsonld, .jsonl)"
        );
        return ExitCode::kDoneWithProblems;
    }
    auto data = open_data(world, options.directory, service::Creation::kCreateIfMissing);
    if (!data) {
        return give_up(data.error());
    }
    return Importer(world, options, *std::move(data)).run(*files);
}

}  // namespace suyuan::app
