// SPDX-License-Identifier: Apache-2.0

#include "http/routes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/format.h"
#include "base/result.h"
#include "http/access_routes.h"
#include "http/epcis_headers.h"
#include "http/epcis_routes.h"
#include "http/gate.h"
#include "http/import_routes.h"
#include "http/limits.h"
#include "http/lookup_routes.h"
#include "http/message.h"
#include "http/operate_routes.h"
#include "http/problem.h"
#include "http/query.h"
#include "http/reply.h"
#include "http/search_routes.h"
#include "http/throttle.h"
#include "http/trace_routes.h"
#include "http/web_routes.h"
#include "policy/admission.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "store/access.h"

namespace suyuan::http {
namespace {

using enum Method;
using P = policy::Permission;
using A = policy::Action;
using K = policy::ResourceKind;
using R = Reach;

// clang-format off: a table reads by column.
constexpr std::array kRoutes = {
    Route{kGet,    "/epcis",                          "listEpcisResources", P::kReadEvents,    A::kRead,    K::kSheet,      R::kView,    get_epcis},
    Route{kOptions,"/epcis",                          "discoverEpcis",      P::kReadEvents,    A::kRead,    K::kSheet,      R::kView,    discover},
    Route{kPost,   "/epcis/capture",                  "captureDocument",    P::kCaptureEvents, A::kCapture, K::kEvent,      R::kView,    post_capture},
    Route{kOptions,"/epcis/capture",                  "discoverCapture",    P::kCaptureEvents, A::kRead,    K::kSheet,      R::kView,    discover_capture},
    Route{kGet,    "/epcis/capture/{captureID}",      "getCaptureJob",      P::kCaptureEvents, A::kCapture, K::kCaptureJob, R::kView,    get_capture_job},
    Route{kOptions,"/epcis/capture/{captureID}",      "discoverCaptureJob", P::kCaptureEvents, A::kRead,    K::kSheet,      R::kView,    discover},
    Route{kGet,    "/epcis/events",                   "queryEvents",        P::kReadEvents,    A::kRead,    K::kEvent,      R::kView,    get_events},
    Route{kPost,   "/epcis/events",                   "captureEvent",       P::kCaptureEvents, A::kCapture, K::kEvent,      R::kView,    post_event},
    Route{kOptions,"/epcis/events",                   "discoverEvents",     P::kReadEvents,    A::kRead,    K::kSheet,      R::kView,    discover_capture},
    Route{kGet,    "/epcis/events/{eventID}",         "getEvent",           P::kReadEvents,    A::kRead,    K::kEvent,      R::kView,    get_event},
    Route{kOptions,"/epcis/events/{eventID}",         "discoverEvent",      P::kReadEvents,    A::kRead,    K::kSheet,      R::kView,    discover},

    Route{kGet,    "/api/v1/search",                  "search",             P::kSearch,        A::kSearch,  K::kItem,       R::kFields,  get_search},
    Route{kGet,    "/api/v1/resolve",                 "resolve",            P::kSearch,        A::kSearch,  K::kItem,       R::kFields,  get_resolution},
    Route{kGet,    "/api/v1/trace",                   "trace",              P::kTrace,         A::kTrace,   K::kPosition,   R::kView,    get_trace},
    Route{kGet,    "/api/v1/trace/explain",           "explain",            P::kTrace,         A::kTrace,   K::kPosition,   R::kView,    get_explanation},
    Route{kGet,    "/api/v1/trace/report",            "getTraceReport",     P::kTrace,         A::kExport,  K::kPosition,   R::kView,    get_report},
    Route{kGet,    "/api/v1/trace/export",            "getTraceExport",     P::kTrace,         A::kExport,  K::kPosition,   R::kView,    get_trace_export},
    Route{kGet,    "/api/v1/positions/{key}",         "getPosition",        P::kTrace,         A::kRead,    K::kPosition,   R::kView,    get_position},
    Route{kGet,    "/api/v1/items/{code}",            "getItem",            P::kTrace,         A::kRead,    K::kItem,       R::kFields,  get_item},
    Route{kGet,    "/api/v1/lots/{code}",             "getLot",             P::kTrace,         A::kRead,    K::kItem,       R::kFields,  get_lot},
    Route{kGet,    "/api/v1/operators/{code}",        "getOperator",        P::kReadRegistry,  A::kRead,    K::kOperator,   R::kFields,  get_operator},
    Route{kGet,    "/api/v1/sites/{code}",            "getSite",            P::kReadRegistry,  A::kRead,    K::kSite,       R::kFields,  get_site},
    Route{kGet,    "/api/v1/papers/{number}",         "getPaper",           P::kReadRegistry,  A::kRead,    K::kPaper,      R::kFields,  get_paper},
    Route{kGet,    "/api/v1/vehicles/{plate}",        "getVehicle",         P::kReadRegistry,  A::kRead,    K::kVehicle,    R::kFields,  get_vehicle},
    Route{kGet,    "/api/v1/people/{id}",             "getPerson",          P::kReadRegistry,  A::kRead,    K::kPerson,     R::kFields,  get_person},
    Route{kGet,    "/api/v1/regions/{code}",          "getRegion",          P::kReadRegistry,  A::kRead,    K::kRegion,     R::kView,    get_region},
    Route{kGet,    "/api/v1/events/{record}",         "getRecord",          P::kReadEvents,    A::kRead,    K::kEvent,      R::kView,    get_record},
    Route{kPost,   "/api/v1/import",                  "importDocument",     P::kCaptureEvents, A::kCapture, K::kEvent,      R::kView,    post_import},
    Route{kGet,    "/api/v1/sheets",                  "listSheets",         P::kCaptureEvents, A::kRead,    K::kSheet,      R::kView,    get_sheets},
    Route{kGet,    "/api/v1/sheets/{sheet}/template", "getTemplate",        P::kCaptureEvents, A::kRead,    K::kSheet,      R::kView,    get_template},
    Route{kGet,    "/api/v1/imports",                 "listImports",        P::kCaptureEvents, A::kCapture, K::kImport,     R::kLocal,   get_imports},
    Route{kPost,   "/api/v1/imports",                 "createImport",       P::kCaptureEvents, A::kCapture, K::kImport,     R::kLocal,   post_new_import},
    Route{kGet,    "/api/v1/imports/{id}",            "getImport",          P::kCaptureEvents, A::kCapture, K::kImport,     R::kLocal,   get_import},
    Route{kDelete, "/api/v1/imports/{id}",            "forgetImport",       P::kCaptureEvents, A::kCapture, K::kImport,     R::kLocal,   delete_import},
    Route{kPut,    "/api/v1/imports/{id}/content",    "uploadImport",       P::kCaptureEvents, A::kCapture, K::kImport,     R::kLocal,   put_import_content},
    Route{kGet,    "/api/v1/imports/{id}/preview",    "previewImport",      P::kCaptureEvents, A::kCapture, K::kImport,     R::kLocal,   get_import_preview},
    Route{kPost,   "/api/v1/imports/{id}/run",        "runImport",          P::kCaptureEvents, A::kCapture, K::kImport,     R::kLocal,   post_import_run},
    Route{kPost,   "/api/v1/imports/{id}/stop",       "stopImport",         P::kCaptureEvents, A::kCapture, K::kImport,     R::kLocal,   post_import_stop},
    Route{kGet,    "/api/v1/imports/{id}/faults",     "getImportFaults",    P::kCaptureEvents, A::kCapture, K::kImport,     R::kLocal,   get_import_faults},
    Route{kPost,   "/api/v1/people/{id}/erasure",     "erasePerson",        P::kErasePerson,   A::kErase,   K::kPerson,     R::kLocal,   post_erasure},
    Route{kGet,    "/api/v1/stats",                   "getStats",           P::kOperate,       A::kOperate, K::kService,    R::kView,    get_stats},
    Route{kGet,    "/api/v1/stories",                 "getStories",         P::kSearch,        A::kRead,    K::kStory,      R::kLocal,   get_stories},

    Route{kPost,   "/api/v1/sign-in",                 "signIn",             P::kAuthenticate,  A::kRead,    K::kAccount,    R::kOpen,    post_sign_in},
    Route{kPost,   "/api/v1/sign-out",                "signOut",            P::kAuthenticate,  A::kRead,    K::kAccount,    R::kAccount, post_sign_out},
    Route{kPost,   "/api/v1/reauthentication",        "reauthenticate",     P::kAuthenticate,  A::kRead,    K::kAccount,    R::kAccount, post_reauthentication},
    Route{kPost,   "/api/v1/password",                "changePassword",     P::kAuthenticate,  A::kRead,    K::kAccount,    R::kAccount, post_password},
    Route{kGet,    "/api/v1/session",                 "getSession",         P::kAuthenticate,  A::kRead,    K::kAccount,    R::kOpen,    get_session},
    Route{kGet,    "/api/v1/sessions",                "listSessions",       P::kAuthenticate,  A::kRead,    K::kAccount,    R::kAccount, get_sessions},
    Route{kDelete, "/api/v1/sessions/{id}",           "endSession",         P::kAuthenticate,  A::kRead,    K::kAccount,    R::kAccount, delete_session},
    Route{kGet,    "/api/v1/keys",                    "listKeys",           P::kKeepAccounts,  A::kRead,    K::kKey,        R::kAccess,  get_keys},
    Route{kPost,   "/api/v1/keys",                    "createKey",          P::kKeepAccounts,  A::kAppoint, K::kKey,        R::kAccess,  post_key},
    Route{kDelete, "/api/v1/keys/{id}",               "revokeKey",          P::kKeepAccounts,  A::kAppoint, K::kKey,        R::kAccess,  delete_key},
    Route{kGet,    "/api/v1/accounts",                "listAccounts",       P::kKeepAccounts,  A::kRead,    K::kAccount,    R::kAccess,  get_accounts},
    Route{kPost,   "/api/v1/accounts",                "createAccount",      P::kKeepAccounts,  A::kAppoint, K::kAccount,    R::kAccess,  post_account},
    Route{kPost,   "/api/v1/accounts/{name}/reset",   "resetAccount",       P::kKeepAccounts,  A::kAppoint, K::kAccount,    R::kAccess,  post_account_reset},
    Route{kPost,   "/api/v1/accounts/{name}/disable", "disableAccount",     P::kKeepAccounts,  A::kAppoint, K::kAccount,    R::kAccess,  post_account_disabling},
    Route{kPost,   "/api/v1/accounts/{name}/enable",  "enableAccount",      P::kKeepAccounts,  A::kAppoint, K::kAccount,    R::kAccess,  post_account_enabling},
    Route{kPost,   "/api/v1/accounts/{name}/grants",  "addGrant",           P::kKeepAccounts,  A::kAppoint, K::kAccount,    R::kAccess,  post_grant},
    Route{kPost,   "/api/v1/accounts/{name}/revoke",  "revokeGrant",        P::kKeepAccounts,  A::kAppoint, K::kAccount,    R::kAccess,  post_grant_revocation},
    Route{kGet,    "/api/v1/policy",                  "getPolicy",          P::kAuthenticate,  A::kRead,    K::kPolicy,     R::kAccess,  get_policy},
    Route{kGet,    "/api/v1/policy/decisions",        "listDecisions",      P::kAuthenticate,  A::kRead,    K::kPolicy,     R::kAccess,  get_policy_decisions},
    Route{kGet,    "/api/v1/audit",                   "searchAudit",        P::kAudit,         A::kAudit,   K::kAuditTrail, R::kAccess,  get_audit},
    Route{kGet,    "/api/v1/looks",                   "listLooks",          P::kReadEvents,    A::kRead,    K::kAccessLog,  R::kAccess,  get_looks},

    Route{kGet,    "/healthz",                        "getHealth",          P::kOperate,       A::kRead,    K::kService,    R::kOpen,    get_health},
    Route{kGet,    "/readyz",                         "getReadiness",       P::kOperate,       A::kRead,    K::kService,    R::kOpen,    get_readiness},

    // The page is the search box.
    Route{kGet,    "/",                               "getPage",            P::kSearch,        A::kRead,    K::kPage,       R::kOpen,    get_index},
    Route{kGet,    "/{file}",                         "getPageFile",        P::kSearch,        A::kRead,    K::kPage,       R::kOpen,    get_web_file},
};
// clang-format on

bool is_open(std::string_view pattern) noexcept {
    return pattern.find('{') != std::string_view::npos;
}

// What a request meets on its way. Lifetime: one request.
struct Surroundings {
    service::Platform& platform;
    const Gate& gate;
    const Limits& limits;
    Throttle& throttle;
    const Request& request;
    const Caller& caller;
};

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

// The route is known, and what opened it: what it needs is read and handed to its handler.
Response run(
    const Route& route,
    const Surroundings& around,
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const policy::Admission* admission,
    Look& look
) {
    auto argument = percent_decode(match(route.path, around.request.path).value_or(""));
    auto query = Query::parse(around.request.query);
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
            around.request
        );
    }
    return route.handler(
        {.request = around.request,
         .context = context,
         .scope = scope,
         .platform = around.platform,
         .limits = around.limits,
         .query = *std::move(query),
         .argument = *std::move(argument),
         .gate = around.gate,
         .caller = around.caller,
         .look = look,
         .admission = admission,
         .kind = route.kind}
    );
}

Response refuse_with(const Surroundings& around, const Problem& problem) {
    return problem_response(problem, around.request);
}

bool is_read(const Route& route) noexcept {
    return route.method == kGet || route.method == kOptions;
}

// A file says who took it out, when and why.
bool bears_mark(const Route& route) noexcept {
    return route.action == policy::Action::kExport;
}

// Somebody else's data was shown, or the policy wants the look to be known.
bool is_told(const Route& route, const policy::Admission& admission, const Look& look) {
    if (!is_read(route)) {
        return false;
    }
    const policy::Scope& scope = admission.scope;
    const bool shows_others = std::ranges::any_of(look.owners, [&](const std::string& owner) {
        return owner != scope.operator_code();
    });
    return shows_others || (scope.view() != policy::View::kOwn &&
                            admission.decision.duties.contains(policy::Duty::kLog));
}

// What lets a caller in: one of these. Whoever appoints has to do with their own, whoever grants
// with everybody's.
std::vector<policy::Need> needs_of(const Route& route) {
    std::vector<policy::Need> needs = {{route.permission, route.action, route.kind}};
    if (route.action == policy::Action::kAppoint) {
        needs.push_back({route.permission, policy::Action::kGrant, route.kind});
    }
    return needs;
}

// By the first need that is not simply denied.
std::variant<policy::Admission, Problem> admit(
    const Route& route, const Surroundings& around, policy::Need& need
) {
    std::optional<Problem> denied;
    for (const policy::Need& wanted : needs_of(route)) {
        auto asked = around.gate.admit(around.caller, wanted, around.request);
        const auto* const problem = std::get_if<Problem>(&asked);
        if (problem == nullptr || problem->kind != ProblemKind::kPermissionDenied) {
            need = wanted;
            return asked;
        }
        denied = denied ? std::move(denied) : *problem;
    }
    return *std::move(denied);
}

std::string detail_of(const Route& route, const Look& look) {
    return look.asked.empty() ? std::string(route.operation) : look.asked;
}

// For somebody who must be let in: decides, tells the trail of an act before it is done and of a
// look before it is shown.
Response let_in(
    const Route& route, const Surroundings& around, const policy::RequestContext& context
) {
    policy::Need need = {route.permission, route.action, route.kind};
    auto asked = admit(route, around, need);
    if (auto* problem = std::get_if<Problem>(&asked)) {
        if (around.caller.came != Came::kNobody &&
            problem->kind == ProblemKind::kPermissionDenied) {
            const auto told =
                around.gate.record_denial(around.caller, context, need, route.operation);
            if (!told) {
                return refuse_with(around, problem_of(told.error()));
            }
        }
        return refuse_with(around, *problem);
    }
    const auto& admission = std::get<policy::Admission>(asked);
    const bool lacks_fields = route.reach == Reach::kView && !admission.shows_all_fields;
    const bool lacks_mark =
        admission.decision.duties.contains(policy::Duty::kWatermark) && !bears_mark(route);
    if (route.reach == Reach::kLocal || lacks_fields || lacks_mark) {
        return refuse_with(
            around,
            make_problem(
                ProblemKind::kNotScoped,
                {"此接口的答案尚不能限定在您的权限之内，故不提供。",
                 "The answer cannot be narrowed to what you may see yet, so it is not given."}
            )
        );
    }
    store::AuditEntry entry =
        around.gate.entry_of(around.caller, context, need, admission, around.request);
    const auto tell = [&](Look told) {
        entry.detail = detail_of(route, told);
        entry.owners = std::move(told.owners);
        return around.gate.record(context, entry);
    };
    if (!is_read(route) && route.reach == Reach::kView) {
        if (const auto told = tell({}); !told) {
            return refuse_with(around, problem_of(told.error()));
        }
    }
    Look look;
    if (admission.decision.duties.contains(policy::Duty::kWatermark)) {
        look.mark = around.gate.mark_of(entry);
    }
    Response response = run(route, around, context, admission.scope, &admission, look);
    if (response.status < 400 && is_told(route, admission, look)) {
        if (const auto told = tell(std::move(look)); !told) {
            return refuse_with(around, problem_of(told.error()));
        }
    }
    return response;
}

Response pass(
    const Route& route, const Surroundings& around, const policy::RequestContext& context
) {
    const Caller& caller = around.caller;
    if (const auto wait = around.throttle.admit_caller(caller, around.request, route)) {
        return refuse_with(around, *wait);
    }
    Look look;
    if (caller.came == Came::kLocal) {
        const auto scope = policy::decide(caller.party.principal, route.permission);
        return scope ? run(route, around, context, *scope, nullptr, look)
                     : refuse_with(around, problem_of(scope.error()));
    }
    if (route.reach == Reach::kOpen) {
        return run(route, around, context, around.gate.authority(), nullptr, look);
    }
    if (caller.came == Came::kNobody) {
        return refuse_with(around, unauthenticated());
    }
    if (route.reach == Reach::kAccount) {
        return caller.came == Came::kSession
                   ? run(route, around, context, around.gate.authority(), nullptr, look)
                   : refuse_with(around, unauthenticated());
    }
    if (caller.visitor && caller.visitor->must_change_password) {
        return refuse_with(
            around,
            make_problem(
                ProblemKind::kPasswordChange,
                {"请先修改密码：POST /api/v1/password。",
                 "Change your password first: POST /api/v1/password."}
            )
        );
    }
    return let_in(route, around, context);
}

}  // namespace

std::span<const Route> routes() noexcept {
    return kRoutes;
}

const Route* route_of(const Request& request) noexcept {
    return find_route(find_template(request.path), request.method);
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

namespace {

// As it is, or with a purpose where it takes one.
bool is_let_in(
    const policy::Policy& policy,
    const Caller& caller,
    const Route& route,
    const policy::Context& now
) {
    return std::ranges::any_of(needs_of(route), [&](const policy::Need& need) {
        const auto admission = policy::admit(policy, caller.party, need, now);
        if (!admission) {
            return !policy::purposes_for(policy, caller.party, need, now).is_empty();
        }
        return route.reach != Reach::kView || admission->shows_all_fields;
    });
}

}  // namespace

std::vector<std::string_view> operations_open_to(const Gate& gate, const Caller& caller) {
    const policy::Policy& policy = gate.policy();
    policy::Context now;
    now.now = gate.parts().clock->now_us();
    std::vector<std::string_view> open;
    for (const Route& route : kRoutes) {
        const bool is_signed_in = caller.came == Came::kSession;
        const bool has_only_account = caller.visitor && caller.visitor->must_change_password;
        const bool is_decided = route.reach == Reach::kAccess || route.reach == Reach::kView ||
                                route.reach == Reach::kFields;
        const bool is_permitted = is_decided && !has_only_account && caller.came != Came::kNobody &&
                                  is_let_in(policy, caller, route, now);
        if (caller.came == Came::kLocal || route.reach == Reach::kOpen ||
            (route.reach == Reach::kAccount && is_signed_in) || is_permitted) {
            open.push_back(route.operation);
        }
    }
    return open;
}

Response answer(
    service::Platform& platform,
    const Gate& gate,
    const Limits& limits,
    Throttle& throttle,
    const Request& request,
    const policy::RequestContext& context
) {
    const std::string allowed = allowed_methods(request.path);
    const Route* const route = route_of(request);
    if (const auto wait =
            route == nullptr ? std::nullopt : throttle.admit_network(request, *route)) {
        return problem_response(*wait, request);
    }
    auto identified = gate.identify(request, context);
    if (const auto* problem = std::get_if<Problem>(&identified);
        problem != nullptr && problem->kind == ProblemKind::kUnauthenticated && route != nullptr &&
        route->reach == Reach::kOpen) {
        identified = Caller{};  // what is everybody's is that of a session that ended too
    }
    const auto* const caller = std::get_if<Caller>(&identified);
    Response response;
    if (caller == nullptr) {
        response = problem_response(std::get<Problem>(identified), request);
    } else if (route != nullptr) {
        const Surroundings around = {platform, gate, limits, throttle, request, *caller};
        response = pass(*route, around, context.as(caller->party.principal));
    } else if (caller->came == Came::kNobody) {
        response = problem_response(unauthenticated(), request);
    } else if (request.method == kOptions && !allowed.empty()) {
        response = no_content();
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

}  // namespace suyuan::http
