// SPDX-License-Identifier: Apache-2.0

#include "service/import_record.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "io/files.h"
#include "model/instant.h"
#include "service/file_import.h"
#include "service/intake.h"
#include "service/line_sheet.h"

namespace suyuan::service {
namespace {

using codec::Json;

// A hundred problems of the longest cells.
constexpr std::uint64_t kRecordBytesMax = std::uint64_t{8} << 20;

constexpr std::array<std::string_view, 8> kStateNames = {
    "uploading", "ready", "checking", "publishing", "done", "refused", "stopped", "failed"
};

std::optional<ImportState> parse_state(std::string_view text) {
    const auto found = std::ranges::find(kStateNames, text);
    return found == kStateNames.end()
               ? std::nullopt
               : std::optional(static_cast<ImportState>(found - kStateNames.begin()));
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

// 0 if it is not there: the file is ours.
std::uint64_t count_in(const Json& json, std::string_view name) {
    const Json* const member = json.find(name);
    std::uint64_t value = 0;
    if (member != nullptr && member->is_number()) {
        const std::string& text = member->text();
        std::from_chars(text.data(), text.data() + text.size(), value);
    }
    return value;
}

model::MicrosUtc moment_in(const Json& json, std::string_view name) {
    const auto moment = model::parse_instant(json.string_or(name));
    return moment ? moment->moment : 0;
}

std::vector<RowProblem> read_problems(const Json& json, std::string_view name) {
    std::vector<RowProblem> problems;
    if (const Json* const list = json.find(name); list != nullptr && list->is_array()) {
        for (const Json& entry : list->items()) {
            problems.push_back(
                {.worksheet = std::string(entry.string_or("worksheet")),
                 .row = count_in(entry, "row"),
                 .column = std::string(entry.string_or("column")),
                 .value = std::string(entry.string_or("value")),
                 .reason = {std::string(entry.string_or("zh")), std::string(entry.string_or("en"))}}
            );
        }
    }
    return problems;
}

// None of a record from before they were told.
std::vector<std::string> read_texts(const Json& json, std::string_view name) {
    std::vector<std::string> texts;
    if (const Json* const list = json.find(name); list != nullptr && list->is_array()) {
        for (const Json& entry : list->items()) {
            if (entry.is_string()) {
                texts.emplace_back(entry.text());
            }
        }
    }
    return texts;
}

Json texts_json(const std::vector<std::string>& texts) {
    Json list = Json::array();
    for (const std::string& text : texts) {
        list.push_back(Json::string(text));
    }
    return list;
}

Json problems_json(const std::vector<RowProblem>& problems) {
    Json list = Json::array();
    for (const RowProblem& problem : problems) {
        list.push_back(Json::object()
                           .set("worksheet", text_or_null(problem.worksheet))
                           .set("row", count(problem.row))
                           .set("column", text_or_null(problem.column))
                           .set("value", Json::string(problem.value))
                           .set("zh", Json::string(problem.reason.zh))
                           .set("en", Json::string(problem.reason.en)));
    }
    return list;
}

}  // namespace

std::string_view to_string(ImportState state) noexcept {
    return kStateNames[static_cast<std::size_t>(state)];
}

bool is_running(ImportState state) noexcept {
    return state == ImportState::kChecking || state == ImportState::kPublishing;
}

Json to_json(const FileImportOptions& options) {
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

Json to_json(const FileImport& import) {
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
        .set("options", to_json(import.options))
        .set("rows", count(tally.rows))
        .set("good_rows", count(tally.rows - tally.bad_rows))
        .set("bad_rows", count(tally.bad_rows))
        .set("stored", count(tally.stored))
        .set("duplicates", count(tally.duplicates))
        .set("conflicts", count(tally.conflicts))
        .set("registry_rows", count(tally.registry_rows))
        .set("bytes_read", count(import.progress.bytes_read))
        .set("bytes_total", count(import.progress.bytes_total))
        .set("problems", problems_json(import.problems))
        .set("warnings", problems_json(import.warnings))
        .set("unused_columns", texts_json(import.unused_columns))
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
        .set("worksheet", text_or_null(preview.worksheet))
        .set("titles", std::move(titles))
        .set("titles_row", Json::integer(static_cast<std::int64_t>(preview.titles_row)))
        .set("rows", std::move(rows))
        .set("sheet", text_or_null(preview.sheet))
        .set("columns", std::move(columns))
        .set("is_remembered", Json::boolean(is_remembered))
        .set("problem", preview.problem ? sentence_json(*preview.problem) : Json());
}

// What to_json() wrote, and save() beside it.
Result<FileImport> read_import(const std::filesystem::path& file) {
    SUYUAN_TRY(const std::string text, io::read_file(file, kRecordBytesMax));
    const auto json = codec::parse_json(text);
    auto import = json ? read_import(*json) : Result<FileImport>(Failure(json.error()));
    if (!import) {
        return fail(ErrorCode::kCorruption, format("{} does not tell an import", file.string()));
    }
    return import;
}

Result<FileImport> read_import(const Json& json) {
    const auto state = parse_state(json.string_or("state"));
    const Json* const options = json.find("options");
    if (!state || options == nullptr) {
        return fail(ErrorCode::kCorruption, "this does not tell an import");
    }
    FileImport import;
    import.id = json.string_or("id");
    import.submitter = json.string_or("submitter");
    import.file_name = json.string_or("file_name");
    import.size = count_in(json, "size");
    import.received = count_in(json, "received");
    import.state = *state;
    import.options = read_import_options(*options);
    import.sheet = json.string_or("sheet");
    import.progress.tally = {
        .rows = count_in(json, "rows"),
        .bad_rows = count_in(json, "bad_rows"),
        .stored = count_in(json, "stored"),
        .duplicates = count_in(json, "duplicates"),
        .conflicts = count_in(json, "conflicts"),
        .registry_rows = count_in(json, "registry_rows"),
    };
    import.progress.bytes_read = count_in(json, "bytes_read");
    import.progress.bytes_total = count_in(json, "bytes_total");
    import.problems = read_problems(json, "problems");
    import.warnings = read_problems(json, "warnings");
    import.unused_columns = read_texts(json, "unused_columns");
    const Json* const has_faults = json.find("has_fault_file");
    import.has_faults_file =
        has_faults != nullptr && has_faults->is_bool() && has_faults->as_bool();
    if (const Json* const error = json.find("error"); error != nullptr && error->is_object()) {
        import.error =
            Sentence{std::string(error->string_or("zh")), std::string(error->string_or("en"))};
    }
    import.created_at = moment_in(json, "created_at");
    import.finished_at = moment_in(json, "finished_at");
    return import;
}

}  // namespace suyuan::service
