// SPDX-License-Identifier: Apache-2.0

#include "app/remote.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "app/console.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "http/client.h"
#include "http/message.h"
#include "http/query.h"
#include "policy/request_context.h"

namespace suyuan::app {
namespace {

using codec::Json;

constexpr std::chrono::milliseconds kJobPoll{100};

ErrorCode code_of(int status) noexcept {
    switch (status) {
        case 400:
            return ErrorCode::kInvalidArgument;
        case 403:
            return ErrorCode::kPermissionDenied;
        case 404:
            return ErrorCode::kNotFound;
        case 409:
            return ErrorCode::kConflict;
        case 413:
            return ErrorCode::kLimitExceeded;
        default:
            return ErrorCode::kUnavailable;
    }
}

Failure as_failure(const http::Response& answer) {
    std::string detail = format("the server answered {}", answer.status);
    if (const auto problem = codec::parse_json(answer.body)) {
        const std::string_view text = problem->string_or("detail", problem->string_or("title"));
        detail = text.empty() ? detail : std::string(text);
    }
    return fail(code_of(answer.status), std::move(detail));
}

http::Request request_to(std::string_view method, std::string_view target) {
    http::Request request;
    request.method_text = method;
    const std::size_t mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    request.query = mark == target.size() ? "" : target.substr(mark + 1);
    request.headers.add("Accept-Language", speaks_english() ? "en" : "zh");
    return request;
}

Result<Json> read_job(const std::string& server, std::string_view location) {
    SUYUAN_TRY(const std::string body, fetch(server, location));
    return codec::parse_json(body);
}

bool is_true(const Json& json, std::string_view name) {
    const Json* member = json.find(name);
    return member != nullptr && member->is_bool() && member->as_bool();
}

std::uint64_t count_of(const Json& json, std::string_view name) {
    const Json* member = json.find(name);
    std::uint64_t count = 0;
    if (member != nullptr && member->is_number()) {
        const std::string& text = member->text();
        std::from_chars(text.data(), text.data() + text.size(), count);
    }
    return count;
}

RemoteCapture to_capture(const Json& job) {
    RemoteCapture capture;
    capture.succeeded = is_true(job, "success");
    capture.event_count = count_of(job, "eventCount");
    capture.stored_count = count_of(job, "storedCount");
    Json problems = Json::array();
    if (const Json* errors = job.find("errors"); errors != nullptr && errors->is_array()) {
        for (const Json& error : errors->items()) {
            Json problem = Json::object();
            problem.set("pointer", Json::string(error.string_or("pointer")));
            problem.set("reason", Json::string(error.string_or("detail")));
            problems.push_back(std::move(problem));
        }
    }
    capture.errors = codec::write_json(problems);
    return capture;
}

}  // namespace

std::string make_target(std::string_view path, const Parameters& parameters) {
    http::Query query;
    for (const auto& [name, value] : parameters) {
        if (!value.empty()) {
            query.add(name, value);
        }
    }
    const std::string text = query.text();
    return text.empty() ? std::string(path) : format("{}?{}", path, text);
}

Result<std::string> fetch(const std::string& server, std::string_view target) {
    return send(server, "GET", target, {}, {});
}

Result<std::string> send(
    const std::string& server,
    std::string_view method,
    std::string_view target,
    std::string_view body,
    std::string_view content_type
) {
    http::Request request = request_to(method, target);
    if (!content_type.empty()) {
        request.headers.add("Content-Type", content_type);
    }
    request.body = body;
    SUYUAN_TRY(http::Response answer, http::send_request(server, request));
    if (answer.status < 200 || answer.status >= 300) {
        return as_failure(answer);
    }
    return std::move(answer.body);
}

Result<RemoteCapture> capture(
    const policy::RequestContext& context,
    const std::string& server,
    std::string_view document,
    bool proceeds
) {
    http::Request request = request_to("POST", "/api/v1/import");
    request.headers.add("Content-Type", "application/json");
    request.headers.add("GS1-Capture-Error-Behaviour", proceeds ? "proceed" : "rollback");
    request.body = document;
    SUYUAN_TRY(const http::Response accepted, http::send_request(server, request));
    if (accepted.status != 202) {
        return as_failure(accepted);
    }
    const std::string location(accepted.headers.find("Location"));
    while (true) {
        SUYUAN_TRY_VOID(context.check_alive());
        SUYUAN_TRY(const Json job, read_job(server, location));
        if (!is_true(job, "running")) {
            return to_capture(job);
        }
        std::this_thread::sleep_for(kJobPoll);
    }
}

}  // namespace suyuan::app
