// SPDX-License-Identifier: Apache-2.0

#include "service/import_jobs.h"

#include <algorithm>
#include <array>
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

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/csv.h"
#include "codec/json.h"
#include "codec/xlsx_writer.h"
#include "crypto/sha256.h"
#include "io/clock.h"
#include "io/files.h"
#include "io/randomness.h"
#include "io/threads.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/file_import.h"
#include "service/intake.h"
#include "service/line_sheet.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

using codec::Json;

constexpr std::size_t kQueueMax = 100;
constexpr std::uint64_t kRecordBytesMax = std::uint64_t{8} << 20;
constexpr std::size_t kFileNameBytesMax = 255;
constexpr std::size_t kColumnsKeptMax = 1'000;  // of senders and titles
constexpr std::uint64_t kTemplateBytesMax = std::uint64_t{1} << 20;

constexpr std::array<std::string_view, 8> kStateNames = {
    "uploading", "ready", "checking", "publishing", "done", "refused", "stopped", "failed"
};

std::optional<ImportState> parse_state(std::string_view text) {
    const auto found = std::ranges::find(kStateNames, text);
    return found == kStateNames.end()
               ? std::nullopt
               : std::optional(static_cast<ImportState>(found - kStateNames.begin()));
}

bool is_running(ImportState state) {
    return state == ImportState::kChecking || state == ImportState::kPublishing;
}

Json count(std::uint64_t value) {
    return Json::integer(static_cast<std::int64_t>(value));
}

Json text_or_null(std::string_view text) {
    return text.empty() ? Json() : Json::string(text);
}

Json sentence_json(const Sentence& sentence) {
    return Json::object().set("zh", Json::string(sentence.zh)).set("en", Json::string(sentence.en));
}

std::uint64_t count_in(const Json& json, std::string_view name) {
    const Json* const member = json.find(name);
    return member != nullptr && member->is_number() ? std::stoull(member->text()) : 0;
}

model::MicrosUtc moment_in(const Json& json, std::string_view name) {
    const auto moment = model::parse_instant(json.string_or(name));
    return moment ? moment->moment : 0;
}

Json options_json(const FileImportOptions& options) {
    Json columns = Json::array();
    for (const TitleChoice& choice : options.choices) {
        columns.push_back(Json::object()
                              .set("title", Json::string(choice.title))
                              .set("column", text_or_null(choice.column)));
    }
    return Json::object()
        .set("sheet", text_or_null(options.sheet))
        .set("worksheet", text_or_null(options.worksheet))
        .set("operator", text_or_null(options.operator_code))
        .set("site", text_or_null(options.site))
        .set(
            "on_error",
            Json::string(options.behaviour == ErrorBehaviour::kProceed ? "proceed" : "rollback")
        )
        .set("columns", std::move(columns));
}

}  // namespace

FileImportOptions read_import_options(const Json& json) {
    FileImportOptions options;
    options.sheet = json.string_or("sheet");
    options.worksheet = json.string_or("worksheet");
    options.operator_code = json.string_or("operator");
    options.site = json.string_or("site");
    options.behaviour = json.string_or("on_error") == "proceed" ? ErrorBehaviour::kProceed
                                                                : ErrorBehaviour::kRollback;
    if (const Json* const columns = json.find("columns");
        columns != nullptr && columns->is_array()) {
        for (const Json& entry : columns->items()) {
            options.choices.push_back(
                {.title = std::string(entry.string_or("title")),
                 .column = std::string(entry.string_or("column"))}
            );
        }
    }
    return options;
}

namespace {

std::vector<RowProblem> read_problems(const Json& json) {
    std::vector<RowProblem> problems;
    if (const Json* const list = json.find("problems"); list != nullptr && list->is_array()) {
        for (const Json& entry : list->items()) {
            problems.push_back(
                {.row = count_in(entry, "row"),
                 .column = std::string(entry.string_or("column")),
                 .value = std::string(entry.string_or("value")),
                 .reason = {std::string(entry.string_or("zh")), std::string(entry.string_or("en"))}}
            );
        }
    }
    return problems;
}

// What to_json() wrote, and save() beside it.
Result<FileImport> read_import(const std::filesystem::path& file) {
    SUYUAN_TRY(const std::string text, io::read_file(file, kRecordBytesMax));
    const auto json = codec::parse_json(text);
    const auto state = json ? parse_state(json->string_or("state")) : std::nullopt;
    const Json* const options = json ? json->find("options") : nullptr;
    if (!state || options == nullptr) {
        return fail(
            ErrorCode::kCorruption,
            format("{} does not tell an import: delete its folder", file.string())
        );
    }
    FileImport import;
    import.id = json->string_or("id");
    import.submitter = json->string_or("submitter");
    import.file_name = json->string_or("file_name");
    import.size = count_in(*json, "size");
    import.received = count_in(*json, "received");
    import.state = *state;
    import.options = read_import_options(*options);
    import.sheet = json->string_or("sheet");
    import.progress.tally = {
        .rows = count_in(*json, "rows"),
        .bad_rows = count_in(*json, "bad_rows"),
        .stored = count_in(*json, "stored"),
        .duplicates = count_in(*json, "duplicates"),
        .conflicts = count_in(*json, "conflicts"),
        .registry_rows = count_in(*json, "registry_rows"),
    };
    import.problems = read_problems(*json);
    const Json* const has_faults = json->find("has_fault_file");
    import.has_faults_file =
        has_faults != nullptr && has_faults->is_bool() && has_faults->as_bool();
    if (const Json* const error = json->find("error"); error != nullptr && error->is_object()) {
        import.error =
            Sentence{std::string(error->string_or("zh")), std::string(error->string_or("en"))};
    }
    import.created_at = moment_in(*json, "created_at");
    import.finished_at = moment_in(*json, "finished_at");
    return import;
}

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

// Nobody guesses another's import, and nobody's name becomes a path.
std::string new_id(io::Randomness& randomness) {
    std::array<std::byte, 16> bytes{};
    randomness.fill(bytes);
    return crypto::to_hex(bytes);
}

std::string titles_digest(std::string_view submitter, const std::vector<std::string>& titles) {
    std::string text(submitter);
    for (const std::string& title : titles) {
        text.push_back('\n');
        text += title;
    }
    return crypto::to_hex(crypto::sha256(text));
}

Sentence sentence_of(const Error& error) {
    return {error.message_zh().empty() ? error.message() : error.message_zh(), error.message()};
}

Result<std::string> csv_template(const Sheet& sheet) {
    std::string text;
    codec::CsvWriter writer([&](std::string_view piece) -> Status {
        text += piece;
        return {};
    });
    std::vector<std::string> titles;
    for (const ColumnTitle& column : sheet.columns) {
        titles.emplace_back(column.zh);
    }
    SUYUAN_TRY_VOID(writer.write_row(titles));
    SUYUAN_TRY_VOID(writer.finish());
    return text;
}

Status write_workbook_template(const Sheet& sheet, const std::filesystem::path& path) {
    SUYUAN_TRY(auto writer, codec::XlsxWriter::create(path));
    std::vector<codec::XlsxColumn> titles;
    for (const ColumnTitle& column : sheet.columns) {
        titles.push_back({.header = std::string(column.zh), .width = 16});
    }
    SUYUAN_TRY_VOID(writer.add_sheet(sheet.zh, titles));
    const std::vector<codec::XlsxColumn> explained = {
        {.header = "列名 · column", .width = 20},
        {.header = "英文 · English", .width = 20},
        {.header = "必填 · required", .width = 14},
        {.header = "也认作 · also called", .width = 60},
    };
    SUYUAN_TRY_VOID(writer.add_sheet("说明", explained));
    for (const ColumnTitle& column : sheet.columns) {
        std::string others(column.others);
        std::ranges::replace(others, '|', ' ');
        const std::vector<codec::XlsxCell> cells = {
            {.text = std::string(column.zh)},
            {.text = std::string(column.en)},
            {.text = column.is_required ? "必填 · yes" : ""},
            {.text = others},
        };
        SUYUAN_TRY_VOID(writer.write_row(cells));
    }
    return writer.finish();
}

}  // namespace

struct ImportJobs::Entry {
    FileImport import;                                // guarded by the owner's mutex
    std::shared_ptr<policy::RequestContext> context;  // while it waits or runs
};

std::string_view to_string(ImportState state) noexcept {
    return kStateNames[static_cast<std::size_t>(state)];
}

Json to_json(const FileImport& import) {
    Json problems = Json::array();
    for (const RowProblem& problem : import.problems) {
        problems.push_back(Json::object()
                               .set("row", count(problem.row))
                               .set("column", text_or_null(problem.column))
                               .set("value", Json::string(problem.value))
                               .set("zh", Json::string(problem.reason.zh))
                               .set("en", Json::string(problem.reason.en)));
    }
    const FileTally& tally = import.progress.tally;
    const bool is_finished = import.finished_at != 0;
    return Json::object()
        .set("id", Json::string(import.id))
        .set("submitter", Json::string(import.submitter))
        .set("file_name", Json::string(import.file_name))
        .set("size", count(import.size))
        .set("received", count(import.received))
        .set("state", Json::string(to_string(import.state)))
        .set("sheet", text_or_null(import.sheet))
        .set("options", options_json(import.options))
        .set("rows", count(tally.rows))
        .set("good_rows", count(tally.rows - tally.bad_rows))
        .set("bad_rows", count(tally.bad_rows))
        .set("stored", count(tally.stored))
        .set("duplicates", count(tally.duplicates))
        .set("conflicts", count(tally.conflicts))
        .set("registry_rows", count(tally.registry_rows))
        .set("bytes_read", count(import.progress.bytes_read))
        .set("bytes_total", count(import.progress.bytes_total))
        .set("problems", std::move(problems))
        .set("has_fault_file", Json::boolean(import.has_faults_file))
        .set("error", import.error ? sentence_json(*import.error) : Json())
        .set("created_at", Json::string(model::format_instant(import.created_at)))
        .set(
            "finished_at",
            is_finished ? Json::string(model::format_instant(import.finished_at)) : Json()
        );
}

Json to_json(const FilePreview& preview, bool is_remembered) {
    Json worksheets = Json::array();
    for (const std::string& name : preview.worksheets) {
        worksheets.push_back(Json::string(name));
    }
    Json titles = Json::array();
    Json columns = Json::array();
    for (std::size_t i = 0; i < preview.titles.size(); ++i) {
        titles.push_back(Json::string(preview.titles[i]));
        columns.push_back(Json::object()
                              .set("title", Json::string(preview.titles[i]))
                              .set(
                                  "column",
                                  preview.columns[i] ? Json::string(to_string(*preview.columns[i]))
                                                     : Json()
                              ));
    }
    Json rows = Json::array();
    for (const std::vector<std::string>& row : preview.rows) {
        Json cells = Json::array();
        for (const std::string& cell : row) {
            cells.push_back(Json::string(cell));
        }
        rows.push_back(std::move(cells));
    }
    return Json::object()
        .set("format", Json::string(preview.format))
        .set("encoding", text_or_null(preview.encoding))
        .set("worksheets", std::move(worksheets))
        .set("titles", std::move(titles))
        .set("rows", std::move(rows))
        .set("sheet", text_or_null(preview.sheet))
        .set("columns", std::move(columns))
        .set("is_remembered", Json::boolean(is_remembered))
        .set("problem", preview.problem ? sentence_json(*preview.problem) : Json());
}

Json sheets_json() {
    Json list = Json::array();
    for (const Sheet& sheet : sheets()) {
        Json columns = Json::array();
        for (const ColumnTitle& column : sheet.columns) {
            columns.push_back(Json::object()
                                  .set("key", Json::string(to_string(column.column)))
                                  .set("zh", Json::string(column.zh))
                                  .set("en", Json::string(column.en))
                                  .set("is_required", Json::boolean(column.is_required)));
        }
        list.push_back(Json::object()
                           .set("key", Json::string(sheet.key))
                           .set("zh", Json::string(sheet.zh))
                           .set("en", Json::string(sheet.en))
                           .set("columns", std::move(columns)));
    }
    return Json::object().set("sheets", std::move(list));
}

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

Status ImportJobs::resume(const policy::RequestContext& context, const policy::Scope& scope) {
    if (!io::exists(directory_)) {
        return {};
    }
    SUYUAN_TRY(const auto files, io::list_files(directory_, {"import.json"}));
    std::vector<std::shared_ptr<Entry>> begun;
    for (const std::filesystem::path& file : files) {
        SUYUAN_TRY(FileImport import, read_import(file));
        auto entry = std::make_shared<Entry>();
        entry->import = std::move(import);
        if (entry->import.state == ImportState::kChecking) {
            entry->import.state = ImportState::kReady;  // nothing of it was stored
        } else if (entry->import.state == ImportState::kPublishing) {
            begun.push_back(entry);
        }
        const std::scoped_lock lock(mutex_);
        entries_.insert_or_assign(entry->import.id, std::move(entry));
    }
    for (const auto& entry : begun) {
        SUYUAN_TRY_VOID(enqueue(context, scope, entry));
    }
    return {};
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
        import.id = new_id(randomness_);
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
    if (options.sheet.empty() && options.choices.empty()) {
        auto known = remembered(context.principal().operator_code, preview.titles);
        if (known) {
            known->worksheet = options.worksheet;
            if (auto again = preview_file(source, *known); again && !again->problem) {
                return ImportPreview{.preview = *std::move(again), .is_remembered = true};
            }
        }
    }
    return ImportPreview{.preview = std::move(preview)};
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
        import.options = options;
        import.state = ImportState::kChecking;
        import.progress = {};
        import.problems.clear();
        import.error.reset();
        import.has_faults_file = false;
        import.finished_at = 0;
    }
    if (const auto preview = preview_file(folder_of(id) / "source", options)) {
        remember(entry->import, preview->titles);
    }
    if (const Status queued = enqueue(context, scope, entry); !queued) {
        const std::scoped_lock lock(mutex_);
        entry->import.state = ImportState::kReady;
        return Failure(queued.error());
    }
    const std::scoped_lock lock(mutex_);
    return entry->import;
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
    if (entry->context) {
        entry->context->cancel();
    }
    return entry->import;
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
        SUYUAN_TRY(FileImport import, find(context, id));
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

// Kept beside the imports: {"columns": [{"key", "options"}]}, the newest last.
void ImportJobs::remember(const FileImport& import, const std::vector<std::string>& titles) {
    if (import.options.choices.empty()) {
        return;
    }
    const std::filesystem::path file = directory_ / "columns.json";
    const std::string key = titles_digest(import.submitter, titles);
    const std::scoped_lock lock(mutex_);
    std::vector<Json> kept;
    if (const auto text = io::read_file(file, kRecordBytesMax)) {
        if (auto json = codec::parse_json(*text)) {
            if (Json* const list = json->find("columns"); list != nullptr && list->is_array()) {
                kept = list->take_items();
            }
        }
    }
    std::erase_if(kept, [&](const Json& entry) { return entry.string_or("key") == key; });
    if (kept.size() >= kColumnsKeptMax) {
        kept.erase(kept.begin());
    }
    kept.push_back(
        Json::object().set("key", Json::string(key)).set("options", options_json(import.options))
    );
    // A help, not a promise: an import does not fail for it.
    (void)io::write_file(
        file, codec::write_json(Json::object().set("columns", Json::array(std::move(kept))))
    );
}

std::optional<FileImportOptions> ImportJobs::remembered(
    std::string_view submitter, const std::vector<std::string>& titles
) const {
    const std::string key = titles_digest(submitter, titles);
    const std::scoped_lock lock(mutex_);
    const auto text = io::read_file(directory_ / "columns.json", kRecordBytesMax);
    const auto json = text ? codec::parse_json(*text) : Result<Json>(Json());
    const Json* const list = json ? json->find("columns") : nullptr;
    if (list == nullptr || !list->is_array()) {
        return std::nullopt;
    }
    const auto found = std::ranges::find_if(list->items(), [&](const Json& entry) {
        return entry.string_or("key") == key;
    });
    const Json* const options = found == list->items().end() ? nullptr : found->find("options");
    return options == nullptr ? std::nullopt : std::optional(read_import_options(*options));
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
        name = "template-" + new_id(randomness_);
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
