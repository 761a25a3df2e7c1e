// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/accounts.h"
#include "app/access_commands.h"
#include "app/access_desk.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "model/instant.h"
#include "policy/scope.h"
#include "service/platform.h"
#include "store/access.h"

namespace suyuan::app {
namespace {

using codec::Json;

constexpr auto kPermission = policy::Permission::kKeepAccounts;

Result<store::AccountKind> kind_named(std::string_view name) {
    const auto& names = access::account_kind_names();
    const auto place = std::ranges::find(names, name);
    if (place == names.end()) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{format("没有账号类别“{}”", name), format("there is no kind '{}'", name)}
        );
    }
    return static_cast<store::AccountKind>(place - names.begin() + 1);
}

Result<access::NewGrant> grant_of(const AccountOptions& options) {
    access::NewGrant grant;
    grant.role = options.rights.role;
    grant.region = options.rights.region;
    grant.department = options.rights.department;
    grant.functions = options.rights.functions;
    SUYUAN_TRY(grant.validity.until, moment_of(options.until, DayEnd::kAfter, model::kEndOfTime));
    return grant;
}

// Once: nothing of it can be had again.
void hand_out(const access::Handed& handed, bool json) {
    if (json) {
        Json codes = Json::array();
        for (const std::string& code : handed.recovery_codes) {
            codes.push_back(Json::string(code));
        }
        Json told = Json::object();
        told.set("id", Json::string(handed.account.id))
            .set("name", Json::string(handed.account.name))
            .set("password", Json::string(handed.password))
            .set("enrolment", Json::string(handed.enrolment))
            .set("recovery_codes", std::move(codes));
        print(codec::write_json_indented(told));
        return;
    }
    const auto line = [](std::string_view zh, std::string_view en, std::string_view value) {
        print(format("{}: {}", in_language(zh, en), value));
    };
    line("账号", "account", format("{} ({})", handed.account.name, handed.account.id));
    line("初始密码", "initial password", handed.password);
    if (!handed.enrolment.empty()) {
        line("身份验证器", "authenticator", handed.enrolment);
    }
    for (const std::string& code : handed.recovery_codes) {
        line("恢复码", "recovery code", code);
    }
    note(
        "以上只显示这一次；初始密码 7 日内有效，首次登录须修改",
        "shown this once; the initial password is good for 7 days and must be changed at the first "
        "sign-in"
    );
}

Result<access::Handed> create(World& world, const AccountOptions& options) {
    access::NewAccount account;
    account.name = options.name;
    SUYUAN_TRY(account.kind, kind_named(options.kind));
    SUYUAN_TRY(account.operator_code, operator_named(options.rights.operator_code));
    account.department = options.rights.department;
    account.region = options.rights.region;
    SUYUAN_TRY(account.grant, grant_of(options));
    SUYUAN_TRY(
        const auto desk,
        AccessDesk::open(
            world, options.access.directory, kPermission, service::Creation::kCreateIfMissing
        )
    );
    return access::Accounts(desk->parts()).create(desk->context(), desk->scope(), account);
}

Result<access::Handed> reset(World& world, const AccountOptions& options) {
    SUYUAN_TRY(const auto desk, AccessDesk::open(world, options.access.directory, kPermission));
    return access::Accounts(desk->parts()).reset(desk->context(), desk->scope(), options.name);
}

Status set_disabled(World& world, const AccountOptions& options, bool is_disabled) {
    SUYUAN_TRY(const auto desk, AccessDesk::open(world, options.access.directory, kPermission));
    return access::Accounts(desk->parts())
        .set_disabled(desk->context(), desk->scope(), options.name, is_disabled);
}

Result<std::string> grant(World& world, const AccountOptions& options) {
    SUYUAN_TRY(const access::NewGrant wanted, grant_of(options));
    SUYUAN_TRY(const auto desk, AccessDesk::open(world, options.access.directory, kPermission));
    return access::Accounts(desk->parts())
        .grant(desk->context(), desk->scope(), options.name, wanted);
}

Status revoke(World& world, const AccountOptions& options) {
    SUYUAN_TRY(const auto desk, AccessDesk::open(world, options.access.directory, kPermission));
    return access::Accounts(desk->parts()).revoke(desk->context(), desk->scope(), options.grant);
}

Json to_json(const store::Account& account, const std::vector<store::Grant>& grants) {
    Json held = Json::array();
    for (const store::Grant& grant : grants) {
        Json functions = Json::array();
        for (const std::string& function : grant.functions) {
            functions.push_back(Json::string(function));
        }
        Json told_grant = Json::object();
        told_grant.set("id", Json::string(grant.id))
            .set("role", Json::string(grant.role))
            .set("region", Json::string(grant.region == 0 ? "" : std::to_string(grant.region)))
            .set("department", Json::string(grant.department))
            .set("functions", std::move(functions))
            .set("until", Json::string(told(grant.validity.until)))
            .set("revoked", Json::string(told(grant.revoked_at)));
        held.push_back(std::move(told_grant));
    }
    Json told_account = Json::object();
    told_account.set("id", Json::string(account.id))
        .set("name", Json::string(account.name))
        .set("kind", Json::string(access::to_string(account.kind)))
        .set("operator", Json::string(account.operator_code))
        .set("department", Json::string(account.department))
        .set("region", Json::string(account.region == 0 ? "" : std::to_string(account.region)))
        .set("created", Json::string(told(account.created_at)))
        .set("disabled", Json::string(told(account.disabled_at)))
        .set("grants", std::move(held));
    return told_account;
}

Result<Json> list(World& world, const AccessOptions& options) {
    SUYUAN_TRY(const auto desk, AccessDesk::open(world, options.directory, kPermission));
    constexpr std::size_t kPage = 1'000;
    const store::AccessStore& accounts = *desk->parts().store;
    Json all = Json::array();
    std::string after;
    while (true) {
        SUYUAN_TRY(
            const auto page, accounts.list_accounts(desk->context(), desk->scope(), after, kPage)
        );
        for (const store::Account& account : page) {
            SUYUAN_TRY(
                const auto grants, accounts.grants_of(desk->context(), desk->scope(), account.id)
            );
            all.push_back(to_json(account, grants));
        }
        if (page.size() < kPage) {
            return all;
        }
        after = page.back().name;
    }
}

void print_account(const Json& account) {
    std::string roles;
    for (const Json& grant : account.find("grants")->items()) {
        if (grant.string_or("revoked").empty()) {
            roles += roles.empty() ? "" : ", ";
            roles += format("{} {}", grant.string_or("role"), grant.string_or("id"));
        }
    }
    const bool is_disabled = !account.string_or("disabled").empty();
    print(format(
        "{:<20} {:<14} {}{}",
        account.string_or("name"),
        account.string_or("kind"),
        roles,
        is_disabled ? in_language(" 已停用", " disabled") : ""
    ));
}

ExitCode finish(const Status& status, std::string_view zh, std::string_view en) {
    if (!status) {
        return give_up(status.error());
    }
    note(zh, en);
    return ExitCode::kDone;
}

ExitCode finish_handing(const Result<access::Handed>& handed, bool json) {
    if (!handed) {
        return give_up(handed.error());
    }
    hand_out(*handed, json);
    return ExitCode::kDone;
}

}  // namespace

ExitCode run_account_create(World& world, const AccountOptions& options) {
    return finish_handing(create(world, options), options.access.json);
}

ExitCode run_account_reset(World& world, const AccountOptions& options) {
    return finish_handing(reset(world, options), options.access.json);
}

ExitCode run_account_disable(World& world, const AccountOptions& options) {
    return finish(
        set_disabled(world, options, true),
        "已停用，其会话均已结束",
        "disabled; its sessions have ended"
    );
}

ExitCode run_account_enable(World& world, const AccountOptions& options) {
    return finish(set_disabled(world, options, false), "已启用", "enabled");
}

ExitCode run_account_grant(World& world, const AccountOptions& options) {
    const auto granted = grant(world, options);
    if (!granted) {
        return give_up(granted.error());
    }
    print(*granted);
    return ExitCode::kDone;
}

ExitCode run_account_revoke(World& world, const AccountOptions& options) {
    return finish(revoke(world, options), "已撤销", "revoked");
}

ExitCode run_account_list(World& world, const AccessOptions& options) {
    const auto accounts = list(world, options);
    if (!accounts) {
        return give_up(accounts.error());
    }
    if (options.json) {
        print(codec::write_json_indented(*accounts));
        return ExitCode::kDone;
    }
    for (const Json& account : accounts->items()) {
        print_account(account);
    }
    return ExitCode::kDone;
}

}  // namespace suyuan::app
