// SPDX-License-Identifier: Apache-2.0

#include "http/trace_routes.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.h"
#include "base/result.h"
#include "graph/fact.h"
#include "http/gate.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/parameters.h"
#include "http/problem.h"
#include "http/query.h"
#include "http/reply.h"
#include "http/search_routes.h"
#include "service/answer_json.h"
#include "service/answer_text.h"
#include "service/lookup.h"
#include "service/lookup_json.h"
#include "service/named_answer.h"
#include "service/platform.h"
#include "service/seed.h"
#include "service/trace_export.h"
#include "service/trace_report.h"
#include "service/tracing.h"
#include "service/wording.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::http {
namespace {

using service::Tracing;

constexpr std::string_view kXlsx =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// An answer as text other than JSON.
struct TextFormat {
    std::string_view name;
    std::string_view media_type;
    std::string_view file_name;  // To save it under; empty if it is to be read on the spot.
    std::string (*write)(const service::TracePage& page);
};

constexpr std::array kTextFormats = {
    TextFormat{"csv", "text/csv; charset=utf-8", "trace.csv", service::to_csv},
    TextFormat{"dot", "text/vnd.graphviz; charset=utf-8", "", service::to_dot},
    TextFormat{"table", "text/plain; charset=utf-8", "", service::to_table},
};

// nullptr stands for JSON.
std::optional<const TextFormat*> parse_format(std::string_view text) noexcept {
    for (const TextFormat& format : kTextFormats) {
        if (format.name == text) {
            return &format;
        }
    }
    return text == "json" ? std::optional<const TextFormat*>(nullptr) : std::nullopt;
}

enum class Spelling : std::uint8_t { kJson, kText };

std::optional<Spelling> parse_spelling(std::string_view text) noexcept {
    if (text == "json") {
        return Spelling::kJson;
    }
    return text == "text" ? std::optional(Spelling::kText) : std::nullopt;
}

std::optional<service::PartKind> parse_part(std::string_view text) noexcept {
    if (text == "back") {
        return service::PartKind::kBack;
    }
    return text == "forward" ? std::optional(service::PartKind::kForward) : std::nullopt;
}

service::TraceRequest read_trace_request(ParameterReader& parameters) {
    service::TraceRequest request;
    request.text = parameters.required_text("code");
    request.kind = parameters.word<service::SeedKind>("kind", service::parse_seed_kind, kSeedKinds);
    request.direction =
        parameters
            .word<trace::Direction>("direction", service::parse_direction, "back, forward, full")
            .value_or(request.direction);
    request.owner = parameters.text("owner");
    request.site = parameters.text("site");
    request.from = parameters.moment_text("from");
    request.to = parameters.moment_text("to");
    request.as_of = parameters.moment_text("asOf");
    request.escalate = parameters.flag("escalate");
    request.cursor = parameters.text("cursor");
    return request;
}

// Whose data somebody sees who sees an answer or a part of it.
void note_owners(const Call& call, const service::NamedAnswer& named) {
    for (const trace::Touched& touched : named.answer.operators) {
        call.look.owners.push_back(named.names.owner(graph::OperatorId(touched.id)).code);
    }
}

Problem too_many_positions(std::size_t count) {
    return make_problem(
        ProblemKind::kLimitExceeded,
        {format(
             "结果有 {} 个位置，文件最多 {} 个；请用 json 分页，或用命令 suyuan trace。",
             count,
             kFilePositionsMax
         ),
         format(
             "{} positions were reached, a file holds at most {}: page through json, or run the "
             "command "
             "suyuan trace.",
             count,
             kFilePositionsMax
         )}
    );
}

// A name in ASCII, and for who understands it one in the reader's language (RFC 6266).
std::string attachment(std::string_view number, std::string_view word, std::string_view extension) {
    return format(
        "attachment; filename=\"{}.{}\"; filename*=UTF-8''{}",
        number,
        extension,
        percent_encode(format("{} {}.{}", word, number, extension))
    );
}

// All of an answer, for a file that is built in memory, hence the limit; or why not.
struct Whole {
    std::optional<service::TracePage> page;
    Response refusal;
};

Whole whole_of(const Call& call, const service::TraceRequest& request) {
    const auto answer = call.platform.tracing().answer(call.context, call.scope, request);
    if (!answer) {
        return {.page = {}, .refusal = refuse(call, answer.error())};
    }
    if ((*answer)->position_count() > kFilePositionsMax) {
        return {
            .page = {}, .refusal = refuse(call, too_many_positions((*answer)->position_count()))
        };
    }
    auto page = call.platform.tracing().whole(call.context, call.scope, *answer);
    if (!page) {
        return {.page = {}, .refusal = refuse(call, page.error())};
    }
    note_owners(call, **answer);
    return {.page = *std::move(page), .refusal = {}};
}

Response file_of(const Call& call, const service::TraceRequest& request, const TextFormat& format) {
    Whole whole = whole_of(call, request);
    if (!whole.page) {
        return std::move(whole.refusal);
    }
    Response response = Response::of(200, format.media_type, format.write(*whole.page));
    if (!format.file_name.empty()) {
        response.headers.add(
            "Content-Disposition", suyuan::format("attachment; filename=\"{}\"", format.file_name)
        );
    }
    return response;
}

}  // namespace

Response get_trace(const Call& call) {
    ParameterReader parameters(call.query);
    service::TraceRequest request = read_trace_request(parameters);
    request.page_size = parameters.count(
        "perPage", {.otherwise = request.page_size, .min = 1, .max = Tracing::kPageMax}
    );
    const TextFormat* format =
        parameters.word<const TextFormat*>("format", parse_format, "json, csv, dot, table")
            .value_or(nullptr);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    if (format != nullptr && !call.scope.sees_everything()) {
        return refuse(
            call,
            make_problem(
                ProblemKind::kNotScoped,
                {"文件属于导出：请用 /api/v1/trace/report 或 /api/v1/trace/export。",
                 "A file is an export: ask /api/v1/trace/report or /api/v1/trace/export for it."}
            )
        );
    }
    if (format != nullptr) {
        return file_of(call, request, *format);
    }
    const auto page = call.platform.tracing().trace(call.context, call.scope, request);
    if (!page) {
        return refuse(call, page.error());
    }
    note_owners(call, *page->answer);
    return json_response(service::to_json(*page));
}

Response get_report(const Call& call) {
    ParameterReader parameters(call.query);
    const service::TraceRequest request = read_trace_request(parameters);
    const auto format =
        parameters.word<service::ReportFormat>("format", service::parse_report_format, "pdf, xlsx")
            .value_or(service::ReportFormat::kPdf);
    const auto language =
        parameters.word<service::Language>("language", service::parse_language, "zh, en")
            .value_or(service::Language::kChinese);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    Whole whole = whole_of(call, request);
    if (!whole.page) {
        return std::move(whole.refusal);
    }
    auto bytes = service::trace_report(call.context, *whole.page, format, language, call.look.mark);
    if (!bytes) {
        return refuse(call, bytes.error());
    }
    const bool is_pdf = format == service::ReportFormat::kPdf;
    Response response = Response::of(200, is_pdf ? "application/pdf" : kXlsx, std::move(*bytes));
    response.headers.add(
        "Content-Disposition",
        attachment(
            service::report_number(*whole.page->answer),
            service::pick({"追溯报告", "Trace report"}, language),
            is_pdf ? "pdf" : "xlsx"
        )
    );
    return response;
}

Response get_trace_export(const Call& call) {
    ParameterReader parameters(call.query);
    const service::TraceRequest request = read_trace_request(parameters);
    const auto format = parameters.word<service::TraceExport>(
        "format", service::parse_trace_export, "fcl, fsma204, fsma204-xlsx"
    );
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const service::TraceExport chosen = format.value_or(service::TraceExport::kChain);
    if (chosen != service::TraceExport::kChain && !call.scope.sees_everything()) {
        return refuse(
            call,
            make_problem(
                ProblemKind::kNotScoped,
                {"FSMA 204 表按记录原文生成，尚不能限定在您的权限之内；请用 fcl 或追溯报告。",
                 "An FSMA 204 sheet is made of whole records and cannot be narrowed to what you "
                 "may see yet: ask for fcl, or for a report."}
            )
        );
    }
    Whole whole = whole_of(call, request);
    if (!whole.page) {
        return std::move(whole.refusal);
    }
    auto bytes = service::trace_export(
        call.context,
        call.platform.tracing(),
        *whole.page,
        {.scope = call.scope, .format = chosen, .mark = call.look.mark}
    );
    if (!bytes) {
        return refuse(call, bytes.error());
    }
    const bool is_csv = chosen == service::TraceExport::kWideCsv;
    Response response =
        Response::of(200, is_csv ? "text/csv; charset=utf-8" : kXlsx, *std::move(bytes));
    response.headers.add(
        "Content-Disposition",
        suyuan::format(
            "attachment; filename=\"{}-{}.{}\"",
            service::report_number(*whole.page->answer),
            chosen == service::TraceExport::kChain ? "foodchain-lab" : "fsma-204",
            service::extension_of(chosen)
        )
    );
    return response;
}

Response get_explanation(const Call& call) {
    ParameterReader parameters(call.query);
    const service::TraceRequest request = read_trace_request(parameters);
    const std::string position = parameters.required_text("position");
    const auto part = parameters.word<service::PartKind>("part", parse_part, "back, forward");
    const auto spelling = parameters.word<Spelling>("format", parse_spelling, "json, text");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto explanation =
        call.platform.tracing().explain(call.context, call.scope, request, position, part);
    if (!explanation) {
        return refuse(call, explanation.error());
    }
    note_owners(call, *explanation->answer);
    if (spelling == Spelling::kText) {
        return Response::of(200, "text/plain; charset=utf-8", service::to_text(*explanation));
    }
    return json_response(service::to_json(*explanation));
}

}  // namespace suyuan::http
