// SPDX-License-Identifier: Apache-2.0

#include "http/routes.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/format.h"
#include "base/result.h"
#include "http/epcis_headers.h"
#include "http/epcis_routes.h"
#include "http/import_routes.h"
#include "http/limits.h"
#include "http/lookup_routes.h"
#include "http/message.h"
#include "http/operate_routes.h"
#include "http/problem.h"
#include "http/query.h"
#include "http/reply.h"
#include "http/server.h"
#include "http/trace_routes.h"
#include "http/web_routes.h"
#include "policy/request_context.h"
#include "policy/scope.h"

namespace suyuan::http {
namespace {

using enum Method;
using P = policy::Permission;

// clang-format off: a table reads by column.
constexpr std::array kRoutes = {
    Route{kGet,     "/epcis",                     "listEpcisResources",  P::kReadEvents,    get_epcis},
    Route{kOptions, "/epcis",                     "discoverEpcis",       P::kReadEvents,    discover},
    Route{kPost,    "/epcis/capture",             "captureDocument",     P::kCaptureEvents, post_capture},
    Route{kOptions, "/epcis/capture",             "discoverCapture",     P::kCaptureEvents, discover_capture},
    Route{kGet,     "/epcis/capture/{captureID}", "getCaptureJob",       P::kCaptureEvents, get_capture_job},
    Route{kOptions, "/epcis/capture/{captureID}", "discoverCaptureJob",  P::kCaptureEvents, discover},
    Route{kGet,     "/epcis/events",              "queryEvents",         P::kReadEvents,    get_events},
    Route{kPost,    "/epcis/events",              "captureEvent",        P::kCaptureEvents, post_event},
    Route{kOptions, "/epcis/events",              "discoverEvents",      P::kReadEvents,    discover_capture},
    Route{kGet,     "/epcis/events/{eventID}",    "getEvent",            P::kReadEvents,    get_event},
    Route{kOptions, "/epcis/events/{eventID}",    "discoverEvent",       P::kReadEvents,    discover},

    Route{kGet,     "/api/v1/search",             "search",              P::kSearch,        get_search},
    Route{kGet,     "/api/v1/resolve",            "resolve",             P::kSearch,        get_resolution},
    Route{kGet,     "/api/v1/trace",              "trace",               P::kTrace,         get_trace},
    Route{kGet,     "/api/v1/trace/explain",      "explain",             P::kTrace,         get_explanation},
    Route{kGet,     "/api/v1/trace/report",       "getTraceReport",      P::kTrace,         get_report},
    Route{kGet,     "/api/v1/trace/export",       "getTraceExport",      P::kTrace,         get_trace_export},
    Route{kGet,     "/api/v1/positions/{key}",    "getPosition",         P::kTrace,         get_position},
    Route{kGet,     "/api/v1/items/{code}",       "getItem",             P::kTrace,         get_item},
    Route{kGet,     "/api/v1/lots/{code}",        "getLot",              P::kTrace,         get_lot},
    Route{kGet,     "/api/v1/operators/{code}",   "getOperator",         P::kReadRegistry,  get_operator},
    Route{kGet,     "/api/v1/sites/{code}",       "getSite",             P::kReadRegistry,  get_site},
    Route{kGet,     "/api/v1/papers/{number}",    "getPaper",            P::kReadRegistry,  get_paper},
    Route{kGet,     "/api/v1/vehicles/{plate}",   "getVehicle",          P::kReadRegistry,  get_vehicle},
    Route{kGet,     "/api/v1/people/{id}",        "getPerson",           P::kReadRegistry,  get_person},
    Route{kGet,     "/api/v1/regions/{code}",     "getRegion",           P::kReadRegistry,  get_region},
    Route{kGet,     "/api/v1/events/{record}",    "getRecord",           P::kReadEvents,    get_record},
    Route{kPost,    "/api/v1/import",             "importDocument",      P::kCaptureEvents, post_import},
    Route{kGet,     "/api/v1/sheets",             "listSheets",          P::kCaptureEvents, get_sheets},
    Route{kGet,     "/api/v1/sheets/{sheet}/template", "getTemplate",    P::kCaptureEvents, get_template},
    Route{kGet,     "/api/v1/imports",            "listImports",         P::kCaptureEvents, get_imports},
    Route{kPost,    "/api/v1/imports",            "createImport",        P::kCaptureEvents, post_new_import},
    Route{kGet,     "/api/v1/imports/{id}",       "getImport",           P::kCaptureEvents, get_import},
    Route{kDelete,  "/api/v1/imports/{id}",       "forgetImport",        P::kCaptureEvents, delete_import},
    Route{kPut,     "/api/v1/imports/{id}/content", "uploadImport",      P::kCaptureEvents, put_import_content},
    Route{kGet,     "/api/v1/imports/{id}/preview", "previewImport",     P::kCaptureEvents, get_import_preview},
    Route{kPost,    "/api/v1/imports/{id}/run",   "runImport",           P::kCaptureEvents, post_import_run},
    Route{kPost,    "/api/v1/imports/{id}/stop",  "stopImport",          P::kCaptureEvents, post_import_stop},
    Route{kGet,     "/api/v1/imports/{id}/faults", "getImportFaults",    P::kCaptureEvents, get_import_faults},
    Route{kPost,    "/api/v1/people/{id}/erasure","erasePerson",         P::kErasePerson,   post_erasure},
    Route{kGet,     "/api/v1/stats",              "getStats",            P::kOperate,       get_stats},
    Route{kGet,     "/api/v1/stories",            "getStories",          P::kSearch,        get_stories},

    Route{kGet,     "/healthz",                   "getHealth",           P::kOperate,       get_health},
    Route{kGet,     "/readyz",                    "getReadiness",        P::kOperate,       get_readiness},

    // The page is the search box.
    Route{kGet,     "/",                          "getPage",             P::kSearch,        get_index},
    Route{kGet,     "/{file}",                    "getPageFile",         P::kSearch,        get_web_file},
};
// clang-format on

bool is_open(std::string_view pattern) noexcept {
    return pattern.find('{') != std::string_view::npos;
}

// What stands for the template's parameter, still encoded ("" if it has none); nullopt: no match.
std::optional<std::string_view> match(std::string_view pattern, std::string_view path) noexcept {
    const auto open = pattern.find('{');
    if (open == std::string_view::npos) {
        return pattern == path ? std::optional(std::string_view()) : std::nullopt;
    }
    const std::string_view before = pattern.substr(0, open);
    const std::string_view after = pattern.substr(pattern.find('}') + 1);
    if (path.size() <= before.size() + after.size() || !path.starts_with(before) ||
        !path.ends_with(after)) {
        return std::nullopt;
    }
    const std::string_view segment =
        path.substr(before.size(), path.size() - before.size() - after.size());
    return segment.find('/') != std::string_view::npos ? std::nullopt : std::optional(segment);
}

// The path's rows in the table all have one template: the one without parameters, where two match.
std::string_view find_template(std::string_view path) noexcept {
    std::string_view found;
    for (const Route& route : kRoutes) {
        if (match(route.path, path) && (found.empty() || !is_open(route.path))) {
            found = route.path;
        }
    }
    return found;
}

const Route* find_route(std::string_view pattern, Method method) noexcept {
    const Method wanted = method == kHead ? kGet : method;
    const auto* const at = std::ranges::find_if(kRoutes, [&](const Route& route) {
        return route.path == pattern && route.method == wanted;
    });
    return at == kRoutes.end() ? nullptr : at;
}

Response refuse_path(const Request& request, const std::string& allowed) {
    if (allowed.empty()) {
        return refuse_address(
            request,
            {"没有此地址；接口说明见 openapi/suyuan.yaml。",
             "There is nothing at this address; openapi/suyuan.yaml lists all."}
        );
    }
    Problem problem = make_problem(
        ProblemKind::kMethodNotAllowed,
        {format("此地址支持的方法：{}。", allowed), format("Methods of this address: {}.", allowed)}
    );
    problem.headers.add("Allow", allowed);
    return problem_response(problem, request);
}

// The route is known: what it needs is read, decided and handed to its handler.
Response run(
    const Route& route,
    service::Platform& platform,
    const Limits& limits,
    const Request& request,
    const policy::RequestContext& context
) {
    auto argument = percent_decode(match(route.path, request.path).value_or(""));
    auto query = Query::parse(request.query);
    if (!argument || !query) {
        return problem_response(
            make_problem(
                ProblemKind::kInvalidRequest,
                {format("请求地址须为百分号编码的 UTF-8，至多 {} 个参数。", kQueryParametersMax),
                 format(
                     "A target is percent-encoded UTF-8 with at most {} parameters.",
                     kQueryParametersMax
                 )}
            ),
            request
        );
    }
    const auto scope = policy::decide(context.principal(), route.permission);
    if (!scope) {
        return problem_response(problem_of(scope.error()), request);
    }
    return route.handler(
        {.request = request,
         .context = context,
         .scope = *scope,
         .platform = platform,
         .limits = limits,
         .query = *std::move(query),
         .argument = *std::move(argument)}
    );
}

}  // namespace

std::span<const Route> routes() noexcept {
    return kRoutes;
}

std::string allowed_methods(std::string_view path) {
    const std::string_view pattern = find_template(path);
    if (pattern.empty()) {
        return {};
    }
    std::string allowed;
    if (find_route(pattern, kGet) != nullptr) {
        allowed = "GET, HEAD, ";
    }
    allowed += "OPTIONS";
    for (const Method method : {kPost, kPut, kDelete}) {
        if (find_route(pattern, method) != nullptr) {
            allowed += format(", {}", to_string(method));
        }
    }
    return allowed;
}

Response answer(
    service::Platform& platform,
    const Limits& limits,
    const Request& request,
    const policy::RequestContext& context
) {
    const std::string allowed = allowed_methods(request.path);
    const Route* const route = find_route(find_template(request.path), request.method);
    Response response;
    if (route != nullptr) {
        response = run(*route, platform, limits, request, context);
    } else if (request.method == kOptions && !allowed.empty()) {
        response.status = 204;
    } else {
        response = refuse_path(request, allowed);
    }
    if (request.method == kOptions && response.status == 204) {
        response.headers.set("Allow", allowed);
    }
    if (is_epcis_path(request.path)) {
        add_epcis_headers(response);
    }
    return response;
}

Result<std::unique_ptr<Server>> Server::start(
    service::Platform& platform, const ServerOptions& options
) {
    return start(
        [&platform, limits = options.limits](
            const Request& request, const policy::RequestContext& context
        ) { return answer(platform, limits, request, context); },
        options
    );
}

}  // namespace suyuan::http
