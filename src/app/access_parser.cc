// SPDX-License-Identifier: Apache-2.0
//
//   suyuan account create | disable | enable | reset | grant | revoke | list
//   suyuan key create | rotate | revoke | list
//   suyuan audit search

#include "app/access_parser.h"

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "access/accounts.h"
#include "app/access_commands.h"
#include "app/commands.h"
#include "app/console.h"

namespace suyuan::app {
namespace {

void add_access(CLI::App& command, AccessOptions& options) {
    command.add_option("--data", options.directory, "数据目录 · data directory")->required();
    command.add_flag("--json", options.json, "机器可读输出 · machine output")
        ->each([](const std::string& /*value*/) { speak_json(); });
}

// Lets one command of a group be run.
template <typename Options, typename Run>
void run_with(CLI::App& command, const std::shared_ptr<Options>& options, Run run, Action& action) {
    command.callback([options, run, &action] {
        action = [options, run](World& world) { return run(world, *options); };
    });
}

void add_name(CLI::App& command, AccountOptions& options) {
    command.add_option("NAME", options.name, "账号名 · the account's name")->required();
}

void add_rights(CLI::App& command, RightsOptions& options) {
    command.add_option("--role", options.role, "角色（见策略文件）· role, of the policy")
        ->required();
    command.add_option(
        "--region", options.region, "行政区划代码，含其下级 · region code, with all below it"
    );
    command.add_option("--department", options.department, "部门 · department, of the policy");
    command.add_option(
        "--function", options.functions, "职能，可多次 · function, of the policy; repeatable"
    );
}

void add_operator(CLI::App& command, RightsOptions& options) {
    command.add_option(
        "--operator", options.operator_code, "所属经营主体 · the operator it is of (USCC)"
    );
}

void add_until(CLI::App& command, AccountOptions& options) {
    command.add_option(
        "--until", options.until, "授权的最后一天 · last day of the grant (2026-12-31)"
    );
}

CLI::App& add_group(CLI::App& program, const char* name, const char* text) {
    CLI::App* const group = program.add_subcommand(name, text);
    group->require_subcommand(1);
    return *group;
}

void add_account_command(
    CLI::App& group,
    const char* name,
    const char* text,
    ExitCode (*run)(World&, const AccountOptions&),
    Action& action
) {
    const auto options = std::make_shared<AccountOptions>();
    CLI::App* const command = group.add_subcommand(name, text);
    add_access(*command, options->access);
    add_name(*command, *options);
    run_with(*command, options, run, action);
}

}  // namespace

void add_account(CLI::App& program, Action& action) {
    CLI::App& group = add_group(program, "account", "账号与授权 · accounts and their grants");
    const auto made = std::make_shared<AccountOptions>();
    CLI::App* const create = group.add_subcommand(
        "create",
        "建账号；初始密码等只显示一次 · make an account; what its holder needs is shown once"
    );
    add_access(*create, made->access);
    add_name(*create, *made);
    create->add_option("--kind", made->kind, "类别 · kind")
        ->required()
        ->check(CLI::IsMember(access::account_kind_names()));
    add_rights(*create, made->rights);
    add_operator(*create, made->rights);
    add_until(*create, *made);
    run_with(*create, made, run_account_create, action);

    add_account_command(
        group,
        "disable",
        "停用并结束其会话 · nobody comes by it any more",
        run_account_disable,
        action
    );
    add_account_command(group, "enable", "重新启用 · open it again", run_account_enable, action);
    add_account_command(
        group,
        "reset",
        "重发密码、验证器、恢复码 · another password, authenticator and recovery codes",
        run_account_reset,
        action
    );

    const auto granted = std::make_shared<AccountOptions>();
    CLI::App* const grant = group.add_subcommand(
        "grant", "授予角色，输出授权编号 · grant a role; prints the grant's id"
    );
    add_access(*grant, granted->access);
    add_name(*grant, *granted);
    add_rights(*grant, granted->rights);
    add_until(*grant, *granted);
    run_with(*grant, granted, run_account_grant, action);

    const auto revoked = std::make_shared<AccountOptions>();
    CLI::App* const revoke = group.add_subcommand("revoke", "撤销一项授权 · take a grant back");
    add_access(*revoke, revoked->access);
    revoke->add_option("GRANT", revoked->grant, "授权编号 · the grant's id")->required();
    run_with(*revoke, revoked, run_account_revoke, action);

    const auto listed = std::make_shared<AccessOptions>();
    CLI::App* const list = group.add_subcommand("list", "全部账号与授权 · all accounts and grants");
    add_access(*list, *listed);
    run_with(*list, listed, run_account_list, action);
}

void add_key(CLI::App& program, Action& action) {
    CLI::App& group = add_group(program, "key", "对接系统的密钥 · keys of other systems");
    const auto made = std::make_shared<KeyOptions>();
    CLI::App* const create =
        group.add_subcommand("create", "建密钥；只显示一次 · make a key; its secret is shown once");
    add_access(*create, made->access);
    create->add_option("--name", made->name, "名称 · what people call it")->required();
    add_rights(*create, made->rights);
    add_operator(*create, made->rights);
    create
        ->add_option(
            "--action", made->actions, "可做的操作，可多次 · what it may be used for; repeatable"
        )
        ->required();
    create->add_option(
        "--allow",
        made->addresses,
        "来源地址范围，可多次 · addresses it may come from (10.0.0.0/8); repeatable"
    );
    create
        ->add_option(
            "--use",
            made->use,
            "bearer 仅限本机 this machine alone | hmac-sha256, hmac-sm3 请求签名 signed requests"
        )
        ->check(CLI::IsMember({"bearer", "hmac-sha256", "hmac-sm3"}))
        ->capture_default_str();
    create->add_option("--days", made->days, "有效天数 · days that it lives")
        ->capture_default_str();
    run_with(*create, made, run_key_create, action);

    const auto rotated = std::make_shared<KeyOptions>();
    CLI::App* const rotate = group.add_subcommand(
        "rotate", "换发；旧密钥到期前仍可用 · make its successor; the old one lasts a while"
    );
    add_access(*rotate, rotated->access);
    rotate->add_option("ID", rotated->id, "密钥编号 · the key's id")->required();
    rotate
        ->add_option(
            "--overlap-hours", rotated->overlap_hours, "旧密钥还可用几小时 · hours for the old one"
        )
        ->check(CLI::Range(0, 8'760))
        ->capture_default_str();
    run_with(*rotate, rotated, run_key_rotate, action);

    const auto revoked = std::make_shared<KeyOptions>();
    CLI::App* const revoke = group.add_subcommand("revoke", "立即撤销 · take it back at once");
    add_access(*revoke, revoked->access);
    revoke->add_option("ID", revoked->id, "密钥编号 · the key's id")->required();
    run_with(*revoke, revoked, run_key_revoke, action);

    const auto listed = std::make_shared<AccessOptions>();
    CLI::App* const list = group.add_subcommand("list", "全部密钥 · all keys");
    add_access(*list, *listed);
    run_with(*list, listed, run_key_list, action);
}

void add_audit(CLI::App& program, Action& action) {
    CLI::App& group = add_group(program, "audit", "审计日志 · the audit trail");
    const auto options = std::make_shared<AuditOptions>();
    CLI::App* const search = group.add_subcommand(
        "search", "检索，新的在前；检索本身也留痕 · the newest first; the search is a row too"
    );
    add_access(*search, options->access);
    search->add_option("--actor", options->actor, "谁：账号或密钥编号 · id of an account or key");
    search->add_option("--act", options->act, "做了什么 · sign_in, account_create, …");
    search->add_option("--named", options->named, "对什么 · id of what it was done to");
    search->add_option(
        "--operator", options->operator_code, "涉及谁的数据 · whose data it tells of (USCC)"
    );
    search->add_option("--from", options->from, "第一天 · first day (2026-01-05)");
    search->add_option("--until", options->until, "最后一天 · last day");
    search->add_option("--before", options->before, "此序号之前 · rows before this number");
    search->add_option("--limit", options->limit, "最多几行 · rows at most")->capture_default_str();
    run_with(*search, options, run_audit_search, action);
}

}  // namespace suyuan::app
