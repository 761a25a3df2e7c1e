// SPDX-License-Identifier: Apache-2.0

#include "http/epcis_routes.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "http/epcis_headers.h"
#include "http/epcis_query.h"
#include "http/gate.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/parameters.h"
#include "http/problem.h"
#include "http/query.h"
#include "http/reply.h"
#include "model/instant.h"
#include "service/capture_jobs.h"
#include "service/events.h"
#include "service/intake.h"
#include "service/platform.h"
#include "store/event_query.h"
#include "store/store.h"

namespace suyuan::http {
namespace {

using codec::Json;

// What every resource of the binding refuses first.
std::optional<Problem> check_call(const Call& call) {
    if (auto problem = check_epcis_demands(call.request)) {
        return problem;
    }
    return ParameterReader(call.query).finish();
}

std::optional<Problem> check_idempotency_key(const Request& request) {
    const std::string_view key = request.headers.find("Idempotency-Key");
    const bool is_printable = std::ranges::all_of(key, [](char c) { return c >= ' ' && c <= '~'; });
    if (key.size() <= kIdempotencyKeyBytesMax && is_printable) {
        return std::nullopt;
    }
    return make_problem(
        ProblemKind::kInvalidRequest,
        {format("Idempotency-Key 最多 {} 个可见 ASCII 字符。", kIdempotencyKeyBytesMax),
         format(
             "An Idempotency-Key has at most {} visible ASCII characters.", kIdempotencyKeyBytesMax
         )}
    );
}

// Failures of a capture: what is wrong with the document is told with its place in it.
Response refuse_capture(const Call& call, const Error& error) {
    if (error.code() == ErrorCode::kLimitExceeded) {
        Problem problem = make_problem(
            ProblemKind::kBodyTooLarge,
            {format("提交内容超出上限（{}）。", error.message()), error.message()}
        );
        problem.headers.add(
            "GS1-EPCIS-Capture-File-Size-Limit", std::to_string(call.limits.body_bytes)
        );
        return refuse(call, problem);
    }
    if (error.code() != ErrorCode::kInvalidArgument) {
        return refuse(call, error);
    }
    const std::string_view message = error.message();
    const auto colon = message.find(": ");
    const bool has_pointer =
        colon == 0 || (message.starts_with('/') && colon != std::string_view::npos);
    const std::string_view reason = has_pointer ? message.substr(colon + 2) : message;
    Problem problem = make_problem(
        ProblemKind::kValidation, {format("文件校验未通过（{}）。", message), std::string(message)}
    );
    problem.errors.push_back(
        {.pointer = std::string(has_pointer ? message.substr(0, colon) : std::string_view()),
         .parameter = {},
         .detail = {std::string(reason), std::string(reason)}}
    );
    return refuse(call, problem);
}

Response capture_document(const Call& call, bool accepts_query_documents) {
    if (const auto problem = check_call(call)) {
        return refuse(call, *problem);
    }
    if (const auto problem = check_epcis_body(call.request)) {
        return refuse(call, *problem);
    }
    if (const auto problem = check_idempotency_key(call.request)) {
        return refuse(call, *problem);
    }
    const auto behaviour = error_behaviour_of(call.request);
    if (!behaviour) {
        return refuse(
            call,
            make_problem(
                ProblemKind::kInvalidRequest,
                {"GS1-Capture-Error-Behaviour 须为 rollback 或 proceed。",
                 "GS1-Capture-Error-Behaviour must be rollback or proceed."}
            )
        );
    }
    service::CaptureOptions options;
    options.behaviour = *behaviour;
    options.idempotency_key = call.request.headers.find("Idempotency-Key");
    options.accepts_query_documents = accepts_query_documents;
    const auto id = call.platform.capture_jobs().submit(
        call.context, call.scope, call.request.body, std::move(options)
    );
    if (!id) {
        return refuse_capture(call, id.error());
    }
    Response response;
    response.status = 202;
    response.headers.add("Location", "/epcis/capture/" + percent_encode(*id));
    return response;
}

// One reason of a job, as the standard tells errors.
Json job_error_json(const Json& problem) {
    Json error = Json::object();
    const bool is_ours = problem.find("interrupted") != nullptr;
    const ProblemKind kind = is_ours ? ProblemKind::kInternal : ProblemKind::kValidation;
    error.set("type", Json::string(epcis_type_of(kind)));
    error.set("title", Json::string(is_ours ? "Capture not finished" : "Document refused"));
    error.set("status", Json::integer(status_of(kind)));
    error.set("detail", Json::string(problem.string_or("reason")));
    error.set("pointer", Json::string(problem.string_or("pointer")));
    return error;
}

// CaptureJob of the standard's OpenAPI document, and how many events it was about.
Json job_json(const store::CaptureJob& job) {
    const bool is_running = job.state == store::JobState::kRunning;
    Json errors = Json::array();
    if (const auto problems = codec::parse_json(job.errors); problems && problems->is_array()) {
        for (const Json& problem : problems->items()) {
            errors.push_back(job_error_json(problem));
        }
    }
    Json body = Json::object();
    body.set("captureID", Json::string(job.id));
    body.set("createdAt", moment_json(job.created_at));
    if (!is_running && job.finished_at != 0) {
        body.set("finishedAt", moment_json(job.finished_at));
    }
    body.set("running", Json::boolean(is_running));
    body.set("success", Json::boolean(job.state != store::JobState::kFailed));
    body.set("captureErrorBehaviour", Json::string(job.is_rollback ? "rollback" : "proceed"));
    body.set("errors", std::move(errors));
    body.set("eventCount", Json::number(std::to_string(job.event_count)));
    body.set("storedCount", Json::number(std::to_string(job.stored_count)));
    return body;
}

// The same query, one page further.
std::string next_link(const Call& call, const std::string& token) {
    Query next;
    for (const Parameter& parameter : call.query.all()) {
        if (parameter.name != "nextPageToken") {
            next.add(parameter.name, parameter.value);
        }
    }
    next.add("nextPageToken", token);
    return format("<{}?{}>; rel=\"next\"", call.request.path, next.text());
}

Response epcis_json(const Call& call, int status, const Json& body) {
    return Response::of(status, epcis_media_type(call.request), write_json(body));
}

}  // namespace

Response get_epcis(const Call& call) {
    if (const auto problem = check_call(call)) {
        return refuse(call, *problem);
    }
    Json body = Json::object();
    body.set(
        "@context", Json::string("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld")
    );
    body.set("type", Json::string("Collection"));
    body.set("member", Json::array({Json::string("capture"), Json::string("events")}));
    return epcis_json(call, 200, body);
}

Response discover(const Call& call) {
    if (const auto problem = check_call(call)) {
        return refuse(call, *problem);
    }
    Response response = no_content();
    add_discovery_headers(response);
    return response;
}

Response discover_capture(const Call& call) {
    Response response = discover(call);
    if (response.status == 204) {
        add_capture_headers(response, call.limits);
    }
    return response;
}

Response post_capture(const Call& call) {
    return capture_document(call, false);
}

Response post_import(const Call& call) {
    return capture_document(call, true);
}

Response get_capture_job(const Call& call) {
    if (const auto problem = check_call(call)) {
        return refuse(call, *problem);
    }
    const auto job = call.platform.capture_jobs().job(call.context, call.scope, call.argument);
    return job ? epcis_json(call, 200, job_json(*job)) : refuse(call, job.error());
}

Response get_events(const Call& call) {
    if (const auto problem = check_epcis_demands(call.request)) {
        return refuse(call, *problem);
    }
    ParameterReader parameters(call.query);
    const store::EventQuery query = read_event_query(parameters);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const auto page = call.platform.events().find(call.context, call.scope, query);
    if (!page) {
        // Everything else was checked: what remains is a token that is not ours.
        if (page.error().code() == ErrorCode::kInvalidArgument) {
            return refuse(
                call,
                bad_parameter(
                    "nextPageToken",
                    {"nextPageToken 无效，请从第一页重新查询。",
                     "nextPageToken is not one of ours; start again from the first page."}
                )
            );
        }
        return refuse(call, page.error());
    }
    call.look.owners = page->submitters;
    Response response = epcis_json(call, 200, page->document);
    if (!page->next.empty()) {
        response.headers.add("Link", next_link(call, page->next));
    }
    return response;
}

Response post_event(const Call& call) {
    if (const auto problem = check_call(call)) {
        return refuse(call, *problem);
    }
    if (const auto problem = check_epcis_body(call.request)) {
        return refuse(call, *problem);
    }
    if (const auto problem = check_idempotency_key(call.request)) {
        return refuse(call, *problem);
    }
    const auto captured = call.platform.intake().capture_event(
        call.context, call.scope, call.request.body, call.request.headers.find("Idempotency-Key")
    );
    if (!captured) {
        return refuse_capture(call, captured.error());
    }
    const auto version =
        call.platform.events().by_record(call.context, call.scope, captured->receipt.record);
    if (!version) {
        return refuse(call, version.error());
    }
    const std::string& id = captured->event_id.empty() ? captured->hash_id : captured->event_id;
    Response response = epcis_json(call, 201, version->event);
    response.headers.add("Location", "/epcis/events/" + percent_encode(id));
    return response;
}

Response get_event(const Call& call) {
    if (const auto problem = check_call(call)) {
        return refuse(call, *problem);
    }
    const auto versions = call.platform.events().by_id(call.context, call.scope, call.argument);
    if (!versions) {
        return refuse(call, versions.error());
    }
    std::vector<Json> events;
    std::vector<std::string> contexts;
    for (const service::EventVersion& version : *versions) {
        events.push_back(service::restore(version.stored, service::ContextPlace::kInDocument));
        contexts.push_back(version.stored.context);
        call.look.owners.push_back(version.stored.submitter);
    }
    return epcis_json(
        call,
        200,
        codec::query_document(
            std::move(events),
            contexts,
            model::format_instant_millis(call.platform.clock().now_us())
        )
    );
}

}  // namespace suyuan::http
