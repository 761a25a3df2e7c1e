// SPDX-License-Identifier: Apache-2.0

#include "access/accounts.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/parts.h"
#include "access/roles.h"
#include "access/tokens.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "crypto/base_encoding.h"
#include "crypto/password_hash.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "store/access.h"

namespace suyuan::access {
namespace {

using policy::RequestContext;
using policy::Scope;
using store::AccountKind;

constexpr std::string_view kThing = "account";
constexpr std::size_t kSecretBytes = 20;  // RFC 4226: as long as the hash

Failure refuse(std::string zh, std::string en) {
    return fail(ErrorCode::kInvalidArgument, Sentence{std::move(zh), std::move(en)});
}

// A name is typed and read aloud: letters of any script, no blanks, nothing that is not seen.
Status check_name(std::string_view name) {
    constexpr std::size_t kBytesMax = 64;
    const bool is_plain = std::ranges::none_of(name, [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte <= ' ' || byte == 0x7fU || letter == '"' || letter == '\\';
    });
    if (name.empty() || name.size() > kBytesMax || !is_plain) {
        return refuse(
            format("账号名须为 1 至 {} 字节，不含空格、引号、反斜杠", kBytesMax),
            format("a name has 1 to {} bytes, no blanks, quotes or backslashes", kBytesMax)
        );
    }
    return {};
}

Status check_kind(const NewAccount& account) {
    const bool has_operator = account.kind == AccountKind::kOperator ||
                              account.kind == AccountKind::kMarketOwner ||
                              account.kind == AccountKind::kCustodian;
    if (has_operator && account.operator_code.empty()) {
        return refuse("须写明经营主体", "say which operator it is of");
    }
    const bool has_department =
        account.kind == AccountKind::kRegulator || account.kind == AccountKind::kDepartment;
    if (has_department && (account.department.empty() || account.region == 0)) {
        return refuse("须写明部门与行政区划", "say of which department and region it is");
    }
    return {};
}

// Percent-encoded as in a URI's path.
std::string encoded(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        const bool is_plain =
            (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
            (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.';
        result += is_plain ? std::string(1, letter)
                           : format("%{:02X}", static_cast<unsigned char>(letter));
    }
    return result;
}

}  // namespace

std::string_view to_string(AccountKind kind) noexcept {
    return account_kind_names()[static_cast<std::size_t>(kind) - 1];
}

const std::vector<std::string>& account_kind_names() {
    static const std::vector<std::string> kNames = {
        "operator",
        "regulator",
        "department",
        "laboratory",
        "market_owner",
        "custodian",
        "officer",
    };
    return kNames;
}

Result<store::Account> Accounts::find(
    const RequestContext& context, const Scope& scope, std::string_view name
) const {
    SUYUAN_TRY(auto account, parts_.store->find_account_named(context, scope, name));
    if (!account) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{format("没有账号“{}”", name), format("there is no account '{}'", name)}
        );
    }
    return *std::move(account);
}

Result<store::AddGrant> Accounts::prepare(const store::Account& account, const NewGrant& grant)
    const {
    SUYUAN_TRY(const policy::RoleId role, role_named(*parts_.policy, grant.role));
    SUYUAN_TRY_VOID(check_words(*parts_.policy, grant.department, grant.functions, {}));
    if (is_separated(*parts_.policy, role) != (account.kind == AccountKind::kOfficer)) {
        return refuse(
            "系统、安全、审计管理员的角色只授予 officer 类账号，其账号也不授予其他角色",
            "roles of system, security and audit officers are for accounts of the kind officer, "
            "and "
            "no other role is"
        );
    }
    if (!may_come_by(*parts_.policy, role, policy::Authentication::kPassword) &&
        !may_come_by(*parts_.policy, role, policy::Authentication::kTwoFactor)) {
        return refuse(
            format("角色 {} 不能用账号登录", grant.role),
            format("nobody signs in as {}", grant.role)
        );
    }
    if (grant.validity.from >= grant.validity.until) {
        return refuse("授权的起止时间颠倒", "the grant ends before it begins");
    }
    return store::AddGrant{
        .grant =
            {.id = new_id('g', *parts_.randomness),
             .account = account.id,
             .role = grant.role,
             .region = grant.region,
             .department = grant.department,
             .functions = grant.functions,
             .validity = grant.validity},
        .excluded_roles = roles_excluded_by(*parts_.policy, role),
        .now = parts_.clock->now_us(),
    };
}

Result<Handed> Accounts::credentials(
    const store::Account& account, bool has_two_factors, std::vector<store::AccessChange>& changes
) const {
    Handed handed;
    handed.account = account;
    handed.password = new_initial_password(account.name, parts_.passwords, *parts_.randomness);
    SUYUAN_TRY(
        std::string hash,
        crypto::hash_password(handed.password, parts_.passwords.cost, *parts_.randomness)
    );
    const model::MicrosUtc now = parts_.clock->now_us();
    changes.emplace_back(store::PutCredential{
        {.account = account.id, .secret = std::move(hash), .changed_at = now, .is_initial = true}
    });
    if (!has_two_factors) {
        return handed;
    }
    const std::string secret = random_bytes(kSecretBytes, *parts_.randomness);
    handed.enrolment = format(
        "otpauth://totp/Suyuan:{}?secret={}&issuer=Suyuan",
        encoded(account.name),
        crypto::to_base32(secret)
    );
    changes.emplace_back(store::PutCredential{
        {.account = account.id,
         .kind = store::CredentialKind::kOneTimePassword,
         .secret = parts_.vault->seal("totp|" + account.id, secret),
         .changed_at = now}
    });
    handed.recovery_codes = new_recovery_codes(*parts_.randomness);
    store::PutRecoveryCodes codes = {.account = account.id};
    for (const std::string& code : handed.recovery_codes) {
        codes.digests.push_back(recovery_digest(code));
    }
    changes.emplace_back(std::move(codes));
    return handed;
}

Result<Handed> Accounts::create(
    const RequestContext& context, const Scope& scope, const NewAccount& account
) {
    SUYUAN_TRY_VOID(check_name(account.name));
    SUYUAN_TRY_VOID(check_kind(account));
    SUYUAN_TRY_VOID(check_words(*parts_.policy, account.department, {}, {}));
    const store::Account made = {
        .id = new_id('a', *parts_.randomness),
        .name = account.name,
        .kind = account.kind,
        .operator_code = account.operator_code,
        .department = account.department,
        .region = account.region,
        .created_at = parts_.clock->now_us(),
    };
    SUYUAN_TRY(store::AddGrant grant, prepare(made, account.grant));
    SUYUAN_TRY(const policy::RoleId role, role_named(*parts_.policy, account.grant.role));
    std::vector<store::AccessChange> changes = {store::AddAccount{made}, std::move(grant)};
    SUYUAN_TRY(Handed handed, credentials(made, needs_two_factors(*parts_.policy, role), changes));
    auto entry = entry_of(parts_, context, "account_create", kThing, made.id);
    entry.detail = format("{} {}", to_string(made.kind), account.grant.role);
    SUYUAN_TRY_VOID(parts_.store->act(context, scope, changes, entry).map([](auto) {}));
    return handed;
}

Result<Handed> Accounts::reset(
    const RequestContext& context, const Scope& scope, std::string_view name
) {
    SUYUAN_TRY(const store::Account account, find(context, scope, name));
    SUYUAN_TRY(const auto grants, parts_.store->grants_of(context, scope, account.id));
    const bool has_two_factors = std::ranges::any_of(grants, [&](const store::Grant& grant) {
        const auto role = parts_.policy->role(grant.role);
        return grant.revoked_at == 0 && role && needs_two_factors(*parts_.policy, *role);
    });
    std::vector<store::AccessChange> changes = {
        store::ForgetFailures{account.id}, store::EndSessionsOf{account.id}
    };
    SUYUAN_TRY(Handed handed, credentials(account, has_two_factors, changes));
    const auto entry = entry_of(parts_, context, "account_reset", kThing, account.id);
    SUYUAN_TRY_VOID(parts_.store->act(context, scope, changes, entry).map([](auto) {}));
    return handed;
}

Status Accounts::set_disabled(
    const RequestContext& context, const Scope& scope, std::string_view name, bool is_disabled
) {
    SUYUAN_TRY(const store::Account account, find(context, scope, name));
    const std::vector<store::AccessChange> changes = {
        store::SetDisabled{account.id, is_disabled ? parts_.clock->now_us() : 0},
        store::EndSessionsOf{account.id},
    };
    const std::string_view act = is_disabled ? "account_disable" : "account_enable";
    const auto entry = entry_of(parts_, context, act, kThing, account.id);
    return parts_.store->act(context, scope, changes, entry).map([](auto) {});
}

Result<std::string> Accounts::grant(
    const RequestContext& context, const Scope& scope, std::string_view name, const NewGrant& grant
) {
    SUYUAN_TRY(const store::Account account, find(context, scope, name));
    SUYUAN_TRY(const store::AddGrant added, prepare(account, grant));
    auto entry = entry_of(parts_, context, "grant_add", kThing, account.id);
    entry.detail = format("{} {}", added.grant.id, grant.role);
    const std::vector<store::AccessChange> changes = {added};
    SUYUAN_TRY_VOID(parts_.store->act(context, scope, changes, entry).map([](auto) {}));
    return added.grant.id;
}

Status Accounts::revoke(const RequestContext& context, const Scope& scope, std::string_view grant) {
    const std::vector<store::AccessChange> changes = {
        store::RevokeGrant{std::string(grant), parts_.clock->now_us()}
    };
    const auto entry = entry_of(parts_, context, "grant_revoke", "grant", grant);
    return parts_.store->act(context, scope, changes, entry).map([](auto) {});
}

}  // namespace suyuan::access
