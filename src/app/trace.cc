// SPDX-License-Identifier: Apache-2.0

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "app/remote.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "io/files.h"
#include "io/process.h"
#include "policy/scope.h"
#include "service/answer_json.h"
#include "service/answer_text.h"
#include "service/named_answer.h"
#include "service/platform.h"
#include "service/seed.h"
#include "service/trace_export.h"
#include "service/trace_report.h"
#include "service/tracing.h"
#include "service/wording.h"

namespace suyuan::app {
namespace {

Result<service::TraceRequest> to_request(const TraceOptions& options) {
    service::TraceRequest request;
    request.text = options.code;
    if (!options.kind.empty()) {
        request.kind = service::parse_seed_kind(options.kind);
    }
    const auto direction = service::parse_direction(options.direction);
    if (!direction) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "--direction：应为 back、forward 或 full", "--direction: back, forward or full"
            }
        );
    }
    request.direction = *direction;
    request.owner = options.owner;
    request.site = options.site;
    request.from = options.from;
    request.to = options.to;
    request.as_of = options.as_of;
    request.escalate = options.escalate;
    return request;
}

bool is_report(const TraceOptions& options) {
    return options.explain.empty() && service::parse_report_format(options.format).has_value();
}

// A file for others to work with.
bool is_export(const TraceOptions& options) {
    return options.explain.empty() && service::parse_trace_export(options.format).has_value();
}

bool is_file(const TraceOptions& options) {
    return is_report(options) || is_export(options);
}

service::Language language_of(const TraceOptions& options) {
    return service::parse_language(options.language).value_or(service::Language::kChinese);
}

// What is refused before anything is read.
Status check_output(const TraceOptions& options) {
    if (options.output.empty() && is_file(options) && io::results_go_to_a_terminal()) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format(
                    "{} 不是文字，不能写到终端；请用 --output 文件名 指定要写的文件。",
                    options.format
                ),
                format(
                    "{} is no text and is not written to a terminal: name a file with --output.",
                    options.format
                )
            }
        );
    }
    if (!options.output.empty() && io::exists(options.output)) {
        return fail(
            ErrorCode::kConflict,
            Sentence{
                format("'{}' 已经存在，不会覆盖；请换一个文件名。", options.output),
                format("'{}' is there already and is not overwritten.", options.output)
            }
        );
    }
    return {};
}

Result<std::string> explain_here(
    const Asker& asker,
    const service::Tracing& tracing,
    const service::TraceRequest& request,
    const TraceOptions& options
) {
    SUYUAN_TRY(
        const auto explanation,
        tracing.explain(asker.context(), asker.scope(), request, options.explain, std::nullopt)
    );
    return options.format == "json" ? codec::write_json_indented(service::to_json(explanation))
                                    : service::to_text(explanation);
}

// Files and drawings have no place for it, and one lot must not be taken for the other unsaid.
void note_other_readings(const service::NamedAnswer& answer, const TraceOptions& options) {
    if (answer.others.empty() || options.format == "table" || options.format == "json") {
        return;
    }
    std::string others;
    for (const service::Reading& other : answer.others) {
        others += format("{}{}", others.empty() ? "" : "  ", other.code);
    }
    note(
        format("“{}”也可能指别的：{}；这里追溯的是 {}", options.code, others, answer.reading.code),
        format(
            "\"{}\" can mean others too: {}; what was traced is {}",
            options.code,
            others,
            answer.reading.code
        )
    );
}

Result<std::string> trace_here(
    const Asker& asker, service::Platform& platform, const TraceOptions& options
) {
    const service::Tracing& tracing = platform.tracing();
    SUYUAN_TRY(const auto request, to_request(options));
    if (!options.explain.empty()) {
        return explain_here(asker, tracing, request, options);
    }
    SUYUAN_TRY(auto answer, tracing.answer(asker.context(), asker.scope(), request));
    note_other_readings(*answer, options);
    SUYUAN_TRY(const auto page, tracing.whole(asker.context(), asker.scope(), std::move(answer)));
    if (const auto report = service::parse_report_format(options.format)) {
        return service::trace_report(asker.context(), page, *report, language_of(options));
    }
    if (const auto file = service::parse_trace_export(options.format)) {
        return service::trace_export(
            asker.context(), tracing, page, {.scope = asker.scope(), .format = *file}
        );
    }
    if (options.format == "json") {
        return codec::write_json_indented(service::to_json(page));
    }
    if (options.format == "csv") {
        return service::to_csv(page);
    }
    return options.format == "dot" ? service::to_dot(page) : service::to_table(page);
}

Result<std::string> trace_there(const std::string& server, const TraceOptions& options) {
    const bool explains = !options.explain.empty();
    const bool is_told = explains && options.format != "json";
    const bool reports = is_report(options);
    std::string path = explains ? "/api/v1/trace/explain" : "/api/v1/trace";
    if (reports) {
        path = "/api/v1/trace/report";
    } else if (is_export(options)) {
        path = "/api/v1/trace/export";
    }
    return fetch(
        server,
        make_target(
            path,
            {{"code", options.code},
             {"kind", options.kind},
             {"direction", options.direction},
             {"format", is_told ? "text" : options.format},
             {"owner", options.owner},
             {"site", options.site},
             {"from", options.from},
             {"to", options.to},
             {"asOf", options.as_of},
             {"escalate", options.escalate ? "true" : ""},
             {"language", reports ? options.language : ""},
             {"position", options.explain}}
        )
    );
}

ExitCode write_result(const TraceOptions& options, const std::string& text) {
    if (!options.output.empty()) {
        const Status written = io::write_file(options.output, text);
        return written ? ExitCode::kDone : give_up(written.error());
    }
    if (is_file(options)) {
        std::fwrite(text.data(), 1, text.size(), stdout);  // finish_output() tells of failures
    } else {
        print(text);
    }
    return ExitCode::kDone;
}

}  // namespace

ExitCode run_trace(World& world, const TraceOptions& options) {
    if (const Status allowed = check_output(options); !allowed) {
        return give_up(allowed.error());
    }
    const Asker asker(policy::Permission::kTrace);
    const auto data = open_data(world, options.directory, service::Creation::kMustExist);
    if (!data) {
        return give_up(data.error());
    }
    const auto text = data->platform ? trace_here(asker, *data->platform, options)
                                     : trace_there(data->server, options);
    if (!text) {
        return give_up(text.error());
    }
    return write_result(options, *text);
}

}  // namespace suyuan::app
