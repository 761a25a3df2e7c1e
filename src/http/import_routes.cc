// SPDX-License-Identifier: Apache-2.0

#include "http/import_routes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/json.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/parameters.h"
#include "http/problem.h"
#include "http/reply.h"
#include "service/file_import.h"
#include "service/import_jobs.h"
#include "service/import_record.h"
#include "service/platform.h"
#include "service/sheet_template.h"

namespace suyuan::http {
namespace {

using codec::Json;

constexpr std::string_view kXlsx =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::size_t kImportsPerPage = 20;

Response import_response(int status, const service::FileImport& import) {
    Response response = json_response(service::to_json(import));
    response.status = status;
    return response;
}

Response answer_import(const Call& call, int status, const Result<service::FileImport>& import) {
    return import ? import_response(status, *import) : refuse(call, import.error());
}

// A file to keep, not to show.
Response download(std::string_view type, std::string_view name, std::string bytes) {
    Response response = Response::of(200, type, std::move(bytes));
    response.headers.add("Content-Disposition", format("attachment; filename=\"{}\"", name));
    return response;
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
    std::uint64_t count = 0;
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const auto [stop, error] = std::from_chars(begin, end, count);
    return error == std::errc() && stop == end ? std::optional(count) : std::nullopt;
}

// The object that a client sent.
Result<Json> body_object(const Call& call) {
    SUYUAN_TRY(Json json, codec::parse_json(call.request.body));
    if (!json.is_object()) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"请求体须为一个 JSON 对象。", "the body must be a JSON object"}
        );
    }
    return json;
}

// What is wrong with the members of a body: a name that means nothing, a value that is no text.
std::optional<Sentence> fault_of_options(const Json& body) {
    constexpr std::array<std::string_view, 5> kTexts = {
        "sheet", "worksheet", "operator", "site", "on_error"
    };
    for (const codec::JsonMember& member : body.members()) {
        const bool is_text = std::ranges::find(kTexts, member.name) != kTexts.end();
        if (!is_text && member.name != "columns") {
            return Sentence{
                format("没有“{}”这个选项。", member.name),
                format("there is no option \"{}\"", member.name)
            };
        }
        if (is_text && !member.value.is_string() && !member.value.is_null()) {
            return Sentence{
                format("“{}”须为文字。", member.name), format("\"{}\" must be a text", member.name)
            };
        }
        if (!is_text && !member.value.is_array() && !member.value.is_null()) {
            return Sentence{"“columns”须为数组。", "\"columns\" must be an array"};
        }
    }
    const std::string_view on_error = body.string_or("on_error");
    if (!on_error.empty() && on_error != "rollback" && on_error != "proceed") {
        return Sentence{"on_error 只能是 rollback 或 proceed。", "on_error is rollback or proceed"};
    }
    return std::nullopt;
}

// Refuses the call if it has parameters; none of these takes any.
std::optional<Response> refuse_parameters(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    return std::nullopt;
}

}  // namespace

Response get_sheets(const Call& call) {
    if (auto refused = refuse_parameters(call)) {
        return *std::move(refused);
    }
    return json_response(service::sheets_json());
}

Response get_template(const Call& call) {
    ParameterReader parameters(call.query);
    const std::string given = parameters.text("format");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const std::string format_name = given.empty() ? "xlsx" : given;
    auto bytes = call.platform.imports().template_file(call.argument, format_name);
    if (!bytes) {
        return refuse(call, bytes.error());
    }
    const std::string_view type = format_name == "csv" ? "text/csv; charset=utf-8" : kXlsx;
    return download(type, format("{}.{}", call.argument, format_name), *std::move(bytes));
}

Response get_imports(const Call& call) {
    ParameterReader parameters(call.query);
    const std::size_t limit =
        parameters.count("limit", {.otherwise = kImportsPerPage, .max = kPageRowsMax});
    const std::string cursor = parameters.text("cursor");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const service::FileImportPage page = call.platform.imports().list(call.context, limit, cursor);
    Json list = Json::array();
    for (const service::FileImport& import : page.imports) {
        list.push_back(service::to_json(import));
    }
    return json_response(Json::object()
                             .set("imports", std::move(list))
                             .set("next", page.next.empty() ? Json() : Json::string(page.next)));
}

Response post_new_import(const Call& call) {
    if (auto refused = refuse_parameters(call)) {
        return *std::move(refused);
    }
    const auto body = body_object(call);
    if (!body) {
        return refuse(call, body.error());
    }
    const Json* const size = body->find("size");
    const auto bytes =
        size != nullptr && size->is_number() ? parse_count(size->text()) : std::nullopt;
    if (!bytes) {
        return refuse(
            call,
            make_problem(
                ProblemKind::kInvalidRequest,
                {"size 须为文件的字节数。", "size must be the file's number of bytes."}
            )
        );
    }
    return answer_import(
        call,
        201,
        call.platform.imports().create(call.context, body->string_or("file_name"), *bytes)
    );
}

Response get_import(const Call& call) {
    if (auto refused = refuse_parameters(call)) {
        return *std::move(refused);
    }
    return answer_import(call, 200, call.platform.imports().find(call.context, call.argument));
}

Response delete_import(const Call& call) {
    if (auto refused = refuse_parameters(call)) {
        return *std::move(refused);
    }
    const Status forgotten = call.platform.imports().forget(call.context, call.argument);
    if (!forgotten) {
        return refuse(call, forgotten.error());
    }
    return no_content();
}

Response put_import_content(const Call& call) {
    ParameterReader parameters(call.query);
    const std::size_t offset = parameters.count(
        "offset", {.otherwise = 0, .min = 0, .max = service::ImportJobs::kFileBytesMax}
    );
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    return answer_import(
        call,
        200,
        call.platform.imports().append(call.context, call.argument, offset, call.request.body)
    );
}

Response get_import_preview(const Call& call) {
    ParameterReader parameters(call.query);
    service::FileImportOptions options;
    options.sheet = parameters.text("sheet");
    options.worksheet = parameters.text("worksheet");
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto preview = call.platform.imports().preview(call.context, call.argument, options);
    if (!preview) {
        return refuse(call, preview.error());
    }
    return json_response(service::to_json(preview->preview, preview->is_remembered));
}

Response post_import_run(const Call& call) {
    if (auto refused = refuse_parameters(call)) {
        return *std::move(refused);
    }
    const auto body = body_object(call);
    if (!body) {
        return refuse(call, body.error());
    }
    if (const auto fault = fault_of_options(*body)) {
        return refuse(call, make_problem(ProblemKind::kInvalidRequest, {fault->zh, fault->en}));
    }
    return answer_import(
        call,
        202,
        call.platform.imports().run(
            call.context, call.scope, call.argument, service::read_import_options(*body)
        )
    );
}

Response post_import_stop(const Call& call) {
    if (auto refused = refuse_parameters(call)) {
        return *std::move(refused);
    }
    return answer_import(
        call, 200, call.platform.imports().stop_import(call.context, call.argument)
    );
}

Response get_import_faults(const Call& call) {
    if (auto refused = refuse_parameters(call)) {
        return *std::move(refused);
    }
    const auto file = call.platform.imports().faults_file(call.context, call.argument);
    if (!file) {
        return refuse(call, file.error());
    }
    auto source = codec::source_of_file(*file);
    if (!source) {
        return refuse(call, source.error());
    }
    Response response = download(kXlsx, "faults.xlsx", {});
    response.source = *std::move(source);
    return response;
}

}  // namespace suyuan::http
