// SPDX-License-Identifier: Apache-2.0

#include "http/gate.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "access/audit.h"
#include "access/keys.h"
#include "access/parts.h"
#include "access/roles.h"
#include "access/sign_in.h"
#include "access/vault.h"
#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "http/guard.h"
#include "http/message.h"
#include "http/problem.h"
#include "io/internet_address.h"
#include "policy/admission.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "service/wording.h"
#include "store/access.h"

namespace suyuan::http {
namespace {

policy::Scope full_scope(policy::Permission permission) {
    auto scope = policy::decide(policy::local_principal(), permission);
    SUYUAN_ASSERT(scope.has_value());
    return *std::move(scope);
}

bool is_safe(Method method) noexcept {
    return method == Method::kGet || method == Method::kHead || method == Method::kOptions;
}

bool is_loopback_peer(const Request& request) {
    const auto address = io::parse_internet_address(request.peer);
    return address && io::is_loopback(*address);
}

// All values of our cookie; a browser sends one.
std::vector<std::string_view> session_tokens(const Request& request) {
    std::vector<std::string_view> tokens;
    for (const Header& header : request.headers.all()) {
        if (!equals_ignoring_case(header.name, "Cookie")) {
            continue;
        }
        std::string_view list = header.value;
        while (!list.empty()) {
            const auto end = std::min(list.find(';'), list.size());
            const std::string_view pair = trimmed(list.substr(0, end));
            list.remove_prefix(std::min(end + 1, list.size()));
            const auto equals = std::min(pair.find('='), pair.size());
            if (pair.substr(0, equals) == kSessionCookie && equals < pair.size()) {
                tokens.push_back(pair.substr(equals + 1));
            }
        }
    }
    return tokens;
}

// What a purpose or case in a header says; a problem for what is neither.
std::variant<policy::Context, Problem> context_of(
    const policy::Policy& policy, const Request& request
) {
    policy::Context context;
    if (const std::string_view purpose = request.headers.find("Suyuan-Purpose"); !purpose.empty()) {
        context.purpose = policy.purpose(purpose);
        if (!context.purpose) {
            return make_problem(
                ProblemKind::kInvalidRequest,
                {"Suyuan-Purpose 须为策略文件中的目的。",
                 "Suyuan-Purpose must be one of the policy's purposes."}
            );
        }
    }
    if (const std::string_view number = request.headers.find("Suyuan-Case"); !number.empty()) {
        const char* const begin = number.data();
        const char* const end = begin + number.size();
        const auto [stop, error] = std::from_chars(begin, end, context.case_number);
        if (error != std::errc() || stop != end) {
            return make_problem(
                ProblemKind::kInvalidRequest,
                {"Suyuan-Case 须为案件编号（数字）。", "Suyuan-Case must be a number."}
            );
        }
    }
    return context;
}

std::string purpose_names(const policy::Policy& policy, const policy::PurposeSet& purposes) {
    std::string names;
    for (std::size_t place = 0; place < policy.content().purposes.size(); ++place) {
        if (purposes.contains(static_cast<policy::PurposeId>(place))) {
            names += names.empty() ? "" : ", ";
            names += policy.content().purposes[place].name;
        }
    }
    return names;
}

}  // namespace

std::string dead_cookie() {
    return format("{}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict", kSessionCookie);
}

std::string session_cookie(std::string_view token) {
    return format("{}={}; Path=/; Secure; HttpOnly; SameSite=Strict", kSessionCookie, token);
}

Caller caller_of(access::Visitor visitor, std::string_view token) {
    const store::Account& account = visitor.account;
    Caller caller;
    caller.came = Came::kSession;
    caller.party.principal = {.id = account.id, .operator_code = account.operator_code};
    caller.party.subjects = visitor.subjects;
    caller.organisation =
        account.operator_code.empty() ? account.department : account.operator_code;
    caller.token = token;
    caller.visitor = std::move(visitor);
    return caller;
}

Problem unauthenticated() {
    Problem problem = make_problem(ProblemKind::kUnauthenticated, {"请先登录。", "Sign in first."});
    problem.headers.add("WWW-Authenticate", "Bearer realm=\"suyuan\"");
    return problem;
}

Gate::Gate(const World& world, access::Vault vault)
    : vault_(std::move(vault)), authority_(full_scope(policy::Permission::kAuthenticate)) {
    parts_.store = world.store;
    parts_.policy = &policy::product_policy();
    parts_.vault = &vault_;
    parts_.clock = world.clock;
    parts_.randomness = world.randomness;
    sign_in_ = std::make_unique<access::SignIn>(parts_);
}

Result<std::unique_ptr<Gate>> Gate::open(
    const World& world, const std::filesystem::path& directory
) {
    SUYUAN_TRY(access::Vault vault, access::Vault::open(directory, *world.randomness));
    return std::unique_ptr<Gate>(new Gate(world, std::move(vault)));
}

Result<bool> Gate::has_accounts(const policy::RequestContext& context) const {
    if (has_accounts_) {
        return true;
    }
    SUYUAN_TRY(const auto first, parts_.store->list_accounts(context, authority_, "", 1));
    has_accounts_ = has_accounts_ || !first.empty();
    return has_accounts_.load();
}

Result<bool> Gate::has_administrator() const {
    constexpr std::size_t kPage = 1'000;
    const policy::RequestContext context(policy::local_principal());
    std::string after;
    while (true) {
        SUYUAN_TRY(
            const auto accounts, parts_.store->list_accounts(context, authority_, after, kPage)
        );
        for (const store::Account& account : accounts) {
            if (account.kind != store::AccountKind::kOfficer || account.disabled_at != 0) {
                continue;
            }
            SUYUAN_TRY(const auto grants, parts_.store->grants_of(context, authority_, account.id));
            if (std::ranges::any_of(grants, [](const store::Grant& grant) {
                    return grant.revoked_at == 0 && grant.role == "security_officer";
                })) {
                return true;
            }
        }
        if (accounts.size() < kPage) {
            return false;
        }
        after = accounts.back().name;
    }
}

std::variant<Caller, Problem> Gate::by_session(
    const Request& request, const policy::RequestContext& context, std::string_view token
) const {
    // SameSite keeps the cookie at home; a browser that knows neither header gets no write.
    if (!is_safe(request.method) && !request.headers.has("Origin") &&
        request.headers.find("Sec-Fetch-Site") != "same-origin") {
        return make_problem(
            ProblemKind::kCrossOrigin,
            {"带会话的写入请求须有 Origin 头。", "A write with a session needs an Origin header."}
        );
    }
    auto visitor = sign_in_->visitor(context, authority_, token);
    if (!visitor) {
        if (visitor.error().code() != ErrorCode::kPermissionDenied) {
            return problem_of(visitor.error());
        }
        Problem problem = unauthenticated();
        problem.headers.add("Set-Cookie", dead_cookie());
        return problem;
    }
    Caller caller = caller_of(*std::move(visitor), token);
    if (caller.party.subjects.empty()) {
        caller.party.subjects.emplace_back().is_revoked = true;  // somebody, but without any right
    }
    return caller;
}

std::variant<Caller, Problem> Gate::by_key(
    const Request& request, const policy::RequestContext& context
) const {
    const access::Keys keys(parts_);
    const std::string_view authorization = request.headers.find("Authorization");
    const std::string authority(
        request.authority.empty() ? request.headers.find("Host") : request.authority
    );
    auto key = [&]() -> Result<store::AccessKey> {
        if (!authorization.empty()) {
            constexpr std::string_view kScheme = "Bearer ";
            const bool is_bearer =
                authorization.size() > kScheme.size() &&
                equals_ignoring_case(authorization.substr(0, kScheme.size()), kScheme);
            // Behind a proxy everybody comes from this machine.
            if (!is_bearer || !is_loopback_authority(authority)) {
                return fail(ErrorCode::kPermissionDenied, "not a bearer's key on this machine");
            }
            return keys.by_bearer(
                context, authority_, trimmed(authorization.substr(kScheme.size())), request.peer
            );
        }
        std::string target = origin_of(authority) + request.path;
        if (!request.query.empty()) {
            target += '?';
            target += request.query;
        }
        return keys.by_signature(
            context,
            authority_,
            {.method = request.method_text,
             .target_uri = target,
             .content_type = request.headers.find("Content-Type"),
             .content_digest = request.headers.find("Content-Digest"),
             .content = request.body,
             .signature_input = request.headers.find("Signature-Input"),
             .signature = request.headers.find("Signature")},
            request.peer
        );
    }();
    if (!key) {
        return key.error().code() == ErrorCode::kPermissionDenied ? unauthenticated()
                                                                  : problem_of(key.error());
    }
    Caller caller;
    caller.came = Came::kKey;
    caller.party.principal = {.id = key->id, .operator_code = key->operator_code};
    caller.party.subjects = {access::subject_of(*parts_.policy, *key)};
    caller.organisation = key->operator_code.empty() ? key->department : key->operator_code;
    return caller;
}

std::variant<Caller, Problem> Gate::identify(
    const Request& request, const policy::RequestContext& context
) const {
    const auto tokens = session_tokens(request);
    const bool has_key =
        request.headers.has("Authorization") || request.headers.has("Signature-Input");
    const bool has_both_keys =
        request.headers.has("Authorization") && request.headers.has("Signature-Input");
    if (tokens.size() + (has_key ? 1 : 0) > 1 || has_both_keys) {
        return unauthenticated();  // whose request it is must not depend on which is read first
    }
    if (has_key) {
        return by_key(request, context);
    }
    if (!tokens.empty()) {
        return by_session(request, context, tokens.front());
    }
    const auto known = has_accounts(context);
    if (!known) {
        return problem_of(known.error());
    }
    Caller caller;
    if (!*known && is_loopback_peer(request)) {
        caller.came = Came::kLocal;
        caller.party.principal = policy::local_principal();
    }
    return caller;
}

std::variant<policy::Admission, Problem> Gate::admit(
    const Caller& caller, const policy::Need& need, const Request& request
) const {
    auto asked = context_of(*parts_.policy, request);
    if (auto* problem = std::get_if<Problem>(&asked)) {
        return std::move(*problem);
    }
    auto& context = std::get<policy::Context>(asked);
    context.now = parts_.clock->now_us();
    auto admission = policy::admit(*parts_.policy, caller.party, need, context);
    if (!admission) {
        if (caller.came == Came::kNobody) {
            return unauthenticated();
        }
        const auto purposes =
            context.purpose ? policy::PurposeSet()
                            : policy::purposes_for(*parts_.policy, caller.party, need, context);
        if (purposes.is_empty()) {
            return problem_of(admission.error());
        }
        const std::string names = purpose_names(*parts_.policy, purposes);
        return make_problem(
            ProblemKind::kPurposeNeeded,
            {format("须说明目的：请在 Suyuan-Purpose 头中写明其一：{}。", names),
             format("Say why, in the header Suyuan-Purpose: {}.", names)}
        );
    }
    const policy::DutySet& duties = admission->decision.duties;
    if (duties.contains(policy::Duty::kTwoPeople)) {
        return make_problem(
            ProblemKind::kNotScoped,
            {"策略要求双人复核，本服务尚不能做到，故拒绝。",
             "The policy asks for a second person, which this server cannot do yet."}
        );
    }
    if (duties.contains(policy::Duty::kReauthenticate) &&
        !(caller.visitor && sign_in_->has_just_proved(*caller.visitor))) {
        return make_problem(
            ProblemKind::kReauthenticate,
            {"请先再次验证身份：POST /api/v1/reauthentication。",
             "Prove again who you are: POST /api/v1/reauthentication."}
        );
    }
    return *std::move(admission);
}

store::AuditEntry Gate::entry_of(
    const Caller& caller,
    const policy::RequestContext& context,
    const policy::Need& need,
    const policy::Admission& admission,
    const Request& request
) const {
    store::AuditEntry entry =
        access::entry_of(parts_, context, policy::to_string(need.action), "", "");
    access::tell_decision(*parts_.policy, need.kind, admission.decision, entry);
    entry.role =
        parts_.policy->content().roles.at(static_cast<std::size_t>(admission.role)).term.name;
    entry.organisation = caller.organisation;
    entry.purpose = request.headers.find("Suyuan-Purpose");
    const auto asked = context_of(*parts_.policy, request);
    if (const auto* known = std::get_if<policy::Context>(&asked)) {
        entry.case_number = known->case_number;
    }
    return entry;
}

Sentence Gate::mark_of(const store::AuditEntry& entry) const {
    const policy::PolicyContent& content = parts_.policy->content();
    const auto role = parts_.policy->role(entry.role);
    const auto purpose = parts_.policy->purpose(entry.purpose);
    const std::string who = service::short_code(entry.organisation);
    const std::string when = service::local_time(parts_.clock->now_us());
    Sentence mark = {
        format(
            "{}（{}，{}）于 {} 取出",
            entry.actor,
            who,
            role ? content.roles.at(static_cast<std::size_t>(*role)).term.zh : entry.role,
            when
        ),
        format("Taken out by {} ({}, {}) on {}", entry.actor, who, entry.role, when)
    };
    if (purpose) {
        mark.zh += format("，目的：{}", content.purposes.at(static_cast<std::size_t>(*purpose)).zh);
        mark.en += format(", for {}", entry.purpose);
    }
    if (entry.case_number != 0) {
        mark.zh += format("，案件 {}", entry.case_number);
        mark.en += format(", case {}", entry.case_number);
    }
    return mark;
}

Status Gate::record(const policy::RequestContext& context, const store::AuditEntry& entry) const {
    return access::Audit(parts_).record(context, authority_, entry).map([](auto) {});
}

Status Gate::record_denial(
    const Caller& caller,
    const policy::RequestContext& context,
    const policy::Need& need,
    std::string_view named
) const {
    store::AuditEntry entry = access::entry_of(
        parts_, context, policy::to_string(need.action), policy::to_string(need.kind), named
    );
    entry.organisation = caller.organisation;
    entry.outcome = store::AuditOutcome::kDenied;
    return record(context, entry);
}

}  // namespace suyuan::http
