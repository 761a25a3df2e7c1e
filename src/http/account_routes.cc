// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "access/accounts.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "http/access_body.h"
#include "http/access_routes.h"
#include "http/gate.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/parameters.h"
#include "http/problem.h"
#include "http/reply.h"
#include "model/instant.h"
#include "policy/scope.h"
#include "store/access.h"

namespace suyuan::http {
namespace {

using codec::Json;

// Whom an operator's owner appoints: people who act for the operator, and nobody else.
constexpr std::array<std::string_view, 3> kStaffRoles = {
    "operator_owner", "operator_clerk", "data_officer"
};

Json region_json(policy::RegionCode region) {
    return Json::string(region == 0 ? std::string() : std::to_string(region));
}

Json grant_json(const store::Grant& grant) {
    Json body = Json::object();
    body.set("id", Json::string(grant.id))
        .set("role", Json::string(grant.role))
        .set("region", region_json(grant.region))
        .set("department", Json::string(grant.department))
        .set("functions", texts_json(grant.functions))
        .set("from", moment_or_null(grant.validity.from))
        .set("until", moment_or_null(grant.validity.until))
        .set("revoked_at", moment_or_null(grant.revoked_at));
    return body;
}

Json account_json(const store::Account& account, const std::vector<store::Grant>& grants) {
    Json held = Json::array();
    for (const store::Grant& grant : grants) {
        held.push_back(grant_json(grant));
    }
    Json body = Json::object();
    body.set("id", Json::string(account.id))
        .set("name", Json::string(account.name))
        .set("kind", Json::string(access::to_string(account.kind)))
        .set("operator", Json::string(account.operator_code))
        .set("department", Json::string(account.department))
        .set("region", region_json(account.region))
        .set("created_at", moment_json(account.created_at))
        .set("disabled_at", moment_or_null(account.disabled_at))
        .set("grants", std::move(held));
    return body;
}

// Everybody's accounts, or the staff of one operator.
bool keeps_all(const Call& call) {
    return call.scope.sees_everything();
}

bool is_theirs(const Call& call, const store::Account& account) {
    return keeps_all(call) || (account.kind == store::AccountKind::kOperator &&
                               account.operator_code == call.scope.operator_code());
}

Problem no_such_account() {
    return make_problem(ProblemKind::kNotFound, {"没有这个账号。", "There is no such account."});
}

// That of the path, if the caller has to do with it.
std::variant<store::Account, Problem> account_named(const Call& call, std::string_view name) {
    auto found =
        call.gate.parts().store->find_account_named(call.context, call.gate.authority(), name);
    if (!found) {
        return problem_of(found.error());
    }
    std::optional<store::Account>& account = *found;
    if (!account || !is_theirs(call, *account)) {
        return no_such_account();
    }
    return *std::move(account);
}

// The same for what must not be done to oneself: nobody could mend it.
std::variant<store::Account, Problem> account_of_another(const Call& call) {
    auto found = account_named(call, call.argument);
    const auto* const account = std::get_if<store::Account>(&found);
    if (account != nullptr && account->id == call.caller.party.principal.id) {
        return make_problem(
            ProblemKind::kConflict,
            {"不能停用、重置自己的账号或收回自己的授权；请由另一位管理员操作。",
             "Nobody disables or resets their own account or takes back their own grants; somebody "
             "else has to."}
        );
    }
    return found;
}

std::optional<policy::RegionCode> region_named(std::string_view text) {
    policy::RegionCode region = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), region);
    return text.empty() || (error == std::errc() && stop == text.data() + text.size())
               ? std::optional(region)
               : std::nullopt;
}

// Reads what a grant is made of; a problem in the body shows at finish().
class GrantReader {
public:
    GrantReader(const Call& call, BodyReader& body) : call_(call), body_(body) {
        grant_.role = body.required_text("role");
        until_ = body.text("until");
        if (keeps_all(call)) {
            region_ = body.text("region");
            grant_.department = body.text("department");
            grant_.functions = body.texts("functions");
        }
    }

    // Call after reading everything else.
    std::variant<access::NewGrant, Problem> finish() {
        if (auto problem = body_.finish()) {
            return *std::move(problem);
        }
        const auto region = region_named(region_);
        if (!region) {
            return wrong(
                {"region 须为 GB/T 2260 的六位代码，如 410100。",
                 "region is a code of GB/T 2260, as 410100."}
            );
        }
        grant_.region = *region;
        if (!until_.empty()) {
            const auto until = model::parse_instant(until_);
            if (!until) {
                return problem_of(until.error());
            }
            grant_.validity.until = until->moment;
        }
        if (!keeps_all(call_) && std::ranges::find(kStaffRoles, grant_.role) == kStaffRoles.end()) {
            return wrong(
                {"本单位只能任用负责人、录入员、数据负责人：operator_owner、"
                 "operator_clerk、data_officer。",
                 "One's own staff are operator_owner, operator_clerk or data_officer."}
            );
        }
        return std::move(grant_);
    }

private:
    static Problem wrong(Text detail) {
        return make_problem(ProblemKind::kInvalidRequest, std::move(detail));
    }

    const Call& call_;
    BodyReader& body_;
    access::NewGrant grant_;
    std::string region_;
    std::string until_;
};

// Once: nothing of it can be had again.
Response hand_out(const access::Handed& handed, int status) {
    Json body = Json::object();
    body.set("id", Json::string(handed.account.id))
        .set("name", Json::string(handed.account.name))
        .set("password", Json::string(handed.password))
        .set("enrolment", handed.enrolment.empty() ? Json() : Json::string(handed.enrolment))
        .set("recovery_codes", texts_json(handed.recovery_codes));
    Response response = json_response(body);
    response.status = status;
    response.headers.set("Cache-Control", "no-store");
    return response;
}

std::optional<Problem> refuse_parameters(const Call& call) {
    return ParameterReader(call.query).finish();
}

Response set_disabled(const Call& call, bool is_disabled) {
    if (const auto problem = refuse_parameters(call)) {
        return refuse(call, *problem);
    }
    const auto found = account_of_another(call);
    if (const auto* problem = std::get_if<Problem>(&found)) {
        return refuse(call, *problem);
    }
    const auto done = access::Accounts(call.gate.parts())
                          .set_disabled(
                              call.context,
                              call.gate.authority(),
                              std::get<store::Account>(found).name,
                              is_disabled
                          );
    return done ? no_content() : refuse(call, done.error());
}

}  // namespace

Response get_accounts(const Call& call) {
    ParameterReader parameters(call.query);
    std::string after = parameters.text("after");
    const std::size_t rows_max =
        parameters.count("size", {.otherwise = 100, .min = 1, .max = kPageRowsMax});
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const store::AccessStore& store = *call.gate.parts().store;
    Json list = Json::array();
    std::size_t count = 0;
    bool is_last = false;
    while (count < rows_max && !is_last) {
        const auto page =
            store.list_accounts(call.context, call.gate.authority(), after, kPageRowsMax);
        if (!page) {
            return refuse(call, page.error());
        }
        is_last = page->size() < kPageRowsMax;
        for (const store::Account& account : *page) {
            if (count == rows_max) {
                is_last = false;
                break;
            }
            after = account.name;
            if (!is_theirs(call, account)) {
                continue;
            }
            const auto grants = store.grants_of(call.context, call.gate.authority(), account.id);
            if (!grants) {
                return refuse(call, grants.error());
            }
            list.push_back(account_json(account, *grants));
            ++count;
        }
    }
    Json body = Json::object();
    body.set("accounts", std::move(list));
    body.set("next", is_last ? Json() : Json::string(after));
    return json_response(body);
}

Response post_account(const Call& call) {
    if (const auto problem = refuse_parameters(call)) {
        return refuse(call, *problem);
    }
    auto read = BodyReader::read(call);
    if (const auto* problem = std::get_if<Problem>(&read)) {
        return refuse(call, *problem);
    }
    auto& body = std::get<BodyReader>(read);
    access::NewAccount account;
    account.name = body.required_text("name");
    std::string kind(access::to_string(account.kind));
    account.operator_code = call.scope.operator_code();
    if (keeps_all(call)) {
        kind = body.required_text("kind");
        const std::string named = body.text("operator");
        account.operator_code = named.empty() ? std::string() : operator_named(named);
    }
    auto grant = GrantReader(call, body).finish();
    if (const auto* problem = std::get_if<Problem>(&grant)) {
        return refuse(call, *problem);
    }
    account.grant = std::get<access::NewGrant>(std::move(grant));
    account.department = account.grant.department;
    account.region = account.grant.region;
    const auto& kinds = access::account_kind_names();
    const auto place = std::ranges::find(kinds, kind);
    if (place == kinds.end()) {
        return refuse(
            call,
            make_problem(
                ProblemKind::kInvalidRequest,
                {format("没有账号类别“{}”。", kind), format("There is no kind '{}'.", kind)}
            )
        );
    }
    account.kind = static_cast<store::AccountKind>(place - kinds.begin() + 1);
    const auto handed =
        access::Accounts(call.gate.parts()).create(call.context, call.gate.authority(), account);
    return handed ? hand_out(*handed, 201) : refuse(call, handed.error());
}

Response post_account_reset(const Call& call) {
    if (const auto problem = refuse_parameters(call)) {
        return refuse(call, *problem);
    }
    const auto found = account_of_another(call);
    if (const auto* problem = std::get_if<Problem>(&found)) {
        return refuse(call, *problem);
    }
    const auto handed =
        access::Accounts(call.gate.parts())
            .reset(call.context, call.gate.authority(), std::get<store::Account>(found).name);
    return handed ? hand_out(*handed, 200) : refuse(call, handed.error());
}

Response post_account_disabling(const Call& call) {
    return set_disabled(call, true);
}

Response post_account_enabling(const Call& call) {
    return set_disabled(call, false);
}

Response post_grant(const Call& call) {
    if (const auto problem = refuse_parameters(call)) {
        return refuse(call, *problem);
    }
    const auto found = account_named(call, call.argument);
    if (const auto* problem = std::get_if<Problem>(&found)) {
        return refuse(call, *problem);
    }
    auto read = BodyReader::read(call);
    if (const auto* problem = std::get_if<Problem>(&read)) {
        return refuse(call, *problem);
    }
    auto grant = GrantReader(call, std::get<BodyReader>(read)).finish();
    if (const auto* problem = std::get_if<Problem>(&grant)) {
        return refuse(call, *problem);
    }
    const auto id = access::Accounts(call.gate.parts())
                        .grant(
                            call.context,
                            call.gate.authority(),
                            std::get<store::Account>(found).name,
                            std::get<access::NewGrant>(grant)
                        );
    if (!id) {
        return refuse(call, id.error());
    }
    Json body = Json::object();
    body.set("id", Json::string(*id));
    Response response = json_response(body);
    response.status = 201;
    return response;
}

Response post_grant_revocation(const Call& call) {
    if (const auto problem = refuse_parameters(call)) {
        return refuse(call, *problem);
    }
    const auto found = account_of_another(call);
    if (const auto* problem = std::get_if<Problem>(&found)) {
        return refuse(call, *problem);
    }
    auto read = BodyReader::read(call);
    if (const auto* problem = std::get_if<Problem>(&read)) {
        return refuse(call, *problem);
    }
    auto& body = std::get<BodyReader>(read);
    const std::string id = body.required_text("grant");
    if (const auto problem = body.finish()) {
        return refuse(call, *problem);
    }
    const auto grants = call.gate.parts().store->grants_of(
        call.context, call.gate.authority(), std::get<store::Account>(found).id
    );
    if (!grants) {
        return refuse(call, grants.error());
    }
    if (std::ranges::find(*grants, id, &store::Grant::id) == grants->end()) {
        return refuse(
            call,
            make_problem(
                ProblemKind::kNotFound, {"此账号没有这项授权。", "The account has no such grant."}
            )
        );
    }
    const auto done =
        access::Accounts(call.gate.parts()).revoke(call.context, call.gate.authority(), id);
    return done ? no_content() : refuse(call, done.error());
}

}  // namespace suyuan::http
