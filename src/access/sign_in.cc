// SPDX-License-Identifier: Apache-2.0

#include "access/sign_in.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/parts.h"
#include "access/password_rules.h"
#include "access/roles.h"
#include "access/tokens.h"
#include "base/error.h"
#include "base/result.h"
#include "crypto/password_hash.h"
#include "crypto/totp.h"
#include "model/instant.h"
#include "policy/decision.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "store/access.h"

namespace suyuan::access {
namespace {

using policy::Authentication;
using policy::RequestContext;
using policy::Scope;
using store::Account;
using store::CredentialKind;

constexpr std::string_view kThing = "account";
constexpr std::size_t kPasswordBytesMax = 1'024;  // nobody's is longer; hashing is not free

Failure turn_away(std::source_location where = std::source_location::current()) {
    return fail(
        ErrorCode::kPermissionDenied,
        Sentence{
            "账号、密码或验证码不正确，或尝试过多：请稍后再试",
            "name, password or code are not right, or there were too many attempts: try again later"
        },
        where
    );
}

Failure end_of_session(std::source_location where = std::source_location::current()) {
    return fail(ErrorCode::kPermissionDenied, Sentence{"请登录", "sign in"}, where);
}

bool has_ended(const store::Session& session, model::MicrosUtc now) {
    return now >= session.expires_at || now >= session.seen_at + session.idle_us;
}

}  // namespace

SessionTerms terms_for(store::AccountKind kind) noexcept {
    constexpr std::int64_t kMinuteUs = 60'000'000;
    constexpr std::int64_t kDayOfWorkUs = 480 * kMinuteUs;
    const bool is_business = kind == store::AccountKind::kOperator ||
                             kind == store::AccountKind::kMarketOwner ||
                             kind == store::AccountKind::kCustodian;
    return {.idle_us = (is_business ? 30 : 15) * kMinuteUs, .longest_us = kDayOfWorkUs};
}

SignIn::SignIn(const Parts& parts)
    : parts_(parts),
      // Without memory for it, it matches nothing, at once; so does every other.
      nobodys_hash_(crypto::hash_password(
                        new_token(*parts.randomness), parts.passwords.cost, *parts.randomness
      )
                        .value_or("")) {}

bool SignIn::must_change(const store::Credential& password) const {
    const std::int64_t age = parts_.clock->now_us() - password.changed_at;
    const std::int64_t days_max = parts_.passwords.days_max;
    return password.is_initial || (days_max > 0 && age >= days_max * model::kMicrosPerDay);
}

// Counts the attempt before it is made, so that many at once are as many; false: it must wait.
Result<bool> SignIn::count_attempt(
    const RequestContext& context, const Scope& scope, const Account& account
) const {
    // Of those that come together one goes on at a time.
    constexpr int kTriesMax = 8;
    for (int attempt = 0; attempt < kTriesMax; ++attempt) {
        SUYUAN_TRY(
            const store::Failures failures, parts_.store->failures_of(context, scope, account.id)
        );
        const model::MicrosUtc now = parts_.clock->now_us();
        if (now < failures.last_at + wait_after(failures.count, parts_.passwords)) {
            return false;
        }
        const store::CountFailure count = {
            .account = account.id, .expected = failures.count, .at = now
        };
        const Status counted = parts_.store->note(context, scope, count);
        if (counted) {
            return true;
        }
        if (counted.error().code() != ErrorCode::kConflict) {
            return Failure(counted.error());
        }
    }
    return false;
}

Status SignIn::check_code(
    const RequestContext& context,
    const Scope& scope,
    const Account& account,
    std::string_view code,
    Proved& proved
) const {
    SUYUAN_TRY(
        const auto enrolled,
        parts_.store->find_credential(context, scope, account.id, CredentialKind::kOneTimePassword)
    );
    if (!enrolled) {
        return {};
    }
    proved.authentication = Authentication::kTwoFactor;
    if (const std::string digest = recovery_digest(code); !digest.empty()) {
        proved.changes.emplace_back(store::UseRecoveryCode{account.id, digest});
        return {};
    }
    SUYUAN_TRY(
        const std::string secret, parts_.vault->open("totp|" + account.id, enrolled->secret)
    );
    const auto step = crypto::matching_totp_step(
        secret, code, parts_.clock->now_us() / model::kMicrosPerSecond, enrolled->used_step
    );
    if (!step) {
        return turn_away();
    }
    proved.changes.emplace_back(store::UseOneTimePassword{account.id, *step});
    return {};
}

Result<SignIn::Proved> SignIn::prove(
    const RequestContext& context, const Scope& scope, const Account* account, const Proof& proof
) const {
    std::optional<store::Credential> password;
    bool may_try = false;
    if (account != nullptr && account->disabled_at == 0) {
        SUYUAN_TRY(
            password,
            parts_.store->find_credential(context, scope, account->id, CredentialKind::kPassword)
        );
        SUYUAN_TRY(may_try, count_attempt(context, scope, *account));
    }
    const std::string& hash = password ? password->secret : nobodys_hash_;
    const bool matches = proof.password.size() <= kPasswordBytesMax &&
                         crypto::matches_password(hash, proof.password);
    if (password && !may_try) {
        return fail(ErrorCode::kLimitExceeded, "too many attempts failed");
    }
    if (!password || !matches) {
        return turn_away();
    }
    const std::int64_t age = parts_.clock->now_us() - password->changed_at;
    if (password->is_initial && age >= kInitialUs) {
        return turn_away();
    }
    Proved proved;
    proved.must_change_password = must_change(*password);
    SUYUAN_TRY_VOID(check_code(context, scope, *account, proof.code, proved));
    proved.changes.emplace_back(store::ForgetFailures{account->id});
    if (crypto::needs_new_hash(password->secret, parts_.passwords.cost)) {
        SUYUAN_TRY(
            password->secret,
            crypto::hash_password(proof.password, parts_.passwords.cost, *parts_.randomness)
        );
        proved.changes.emplace_back(store::PutCredential{*std::move(password)});
    }
    return proved;
}

// The denial is told only once it is written. During a wait nothing is: an account that somebody
// hammers on fills no trail.
Failure SignIn::record_denial(
    const RequestContext& context,
    const Scope& scope,
    std::string_view act,
    const Account* account,
    Error error
) const {
    if (error.code() == ErrorCode::kLimitExceeded) {
        return turn_away();
    }
    if (error.code() != ErrorCode::kPermissionDenied) {
        return Failure(std::move(error));
    }
    auto entry = entry_of(parts_, context, act, kThing, account == nullptr ? "" : account->id);
    entry.actor.clear();
    entry.outcome = store::AuditOutcome::kDenied;
    auto written = parts_.store->act(context, scope, {}, entry);
    return Failure(written ? std::move(error) : std::move(written).error());
}

Result<std::vector<policy::Subject>> SignIn::subjects_of(
    const RequestContext& context,
    const Scope& scope,
    const Account& account,
    Authentication authentication
) const {
    SUYUAN_TRY(const auto grants, parts_.store->grants_of(context, scope, account.id));
    std::vector<policy::Subject> subjects;
    for (const store::Grant& grant : grants) {
        if (grant.revoked_at == 0) {
            subjects.push_back(subject_of(*parts_.policy, grant, authentication));
        }
    }
    return subjects;
}

Result<SignedIn> SignIn::open_session(
    const RequestContext& context,
    const Scope& scope,
    const Account& account,
    Proved proved,
    std::string_view act
) const {
    const model::MicrosUtc now = parts_.clock->now_us();
    const SessionTerms terms = terms_for(account.kind);
    SignedIn done;
    done.token = new_token(*parts_.randomness);
    done.visitor.account = account;
    done.visitor.must_change_password = proved.must_change_password;
    done.visitor.session = {
        .token_digest = token_digest(done.token),
        .account = account.id,
        .authentication = proved.authentication,
        .created_at = now,
        .seen_at = now,
        .proved_at = now,
        .expires_at = now + terms.longest_us,
        .idle_us = terms.idle_us,
    };
    SUYUAN_TRY(done.visitor.subjects, subjects_of(context, scope, account, proved.authentication));
    proved.changes.emplace_back(store::AddSession{done.visitor.session});
    auto entry = entry_of(parts_, context, act, kThing, account.id);
    entry.actor = account.id;
    entry.organisation = account.operator_code.empty() ? account.department : account.operator_code;
    entry.detail = policy::to_string(proved.authentication);
    auto opened = parts_.store->act(context, scope, proved.changes, entry);
    if (!opened) {
        // A code that somebody used a moment before.
        const ErrorCode code = opened.error().code();
        return code == ErrorCode::kConflict || code == ErrorCode::kNotFound
                   ? turn_away()
                   : Failure(std::move(opened).error());
    }
    return done;
}

Result<SignedIn> SignIn::sign_in(
    const RequestContext& context, const Scope& scope, std::string_view name, const Proof& proof
) const {
    constexpr std::string_view kAct = "sign_in";
    SUYUAN_TRY(const auto found, parts_.store->find_account_named(context, scope, name));
    const Account* const account = found ? &*found : nullptr;
    auto proved = prove(context, scope, account, proof);
    if (!proved) {
        return record_denial(context, scope, kAct, account, std::move(proved).error());
    }
    auto opened = open_session(context, scope, *account, *std::move(proved), kAct);
    if (!opened) {
        return record_denial(context, scope, kAct, account, std::move(opened).error());
    }
    return opened;
}

Result<Visitor> SignIn::visitor(
    const RequestContext& context, const Scope& scope, std::string_view token
) const {
    const std::string digest = token_digest(token);
    SUYUAN_TRY(auto session, parts_.store->find_session(context, scope, digest));
    const model::MicrosUtc now = parts_.clock->now_us();
    if (!session || has_ended(*session, now)) {
        return end_of_session();
    }
    SUYUAN_TRY(auto account, parts_.store->find_account(context, scope, session->account));
    SUYUAN_TRY(
        const auto password,
        parts_.store->find_credential(context, scope, session->account, CredentialKind::kPassword)
    );
    if (!account || account->disabled_at != 0 || !password) {
        return end_of_session();
    }
    if (now - session->seen_at >= kNotedUs) {
        const store::TouchSession touch = {.token_digest = digest, .seen_at = now};
        SUYUAN_TRY_VOID(parts_.store->note(context, scope, touch));
        session->seen_at = now;
    }
    Visitor visitor;
    SUYUAN_TRY(visitor.subjects, subjects_of(context, scope, *account, session->authentication));
    visitor.account = *std::move(account);
    visitor.session = *std::move(session);
    visitor.must_change_password = must_change(*password);
    return visitor;
}

Result<SignedIn> SignIn::reauthenticate(
    const RequestContext& context, const Scope& scope, std::string_view token, const Proof& proof
) const {
    constexpr std::string_view kAct = "reauthenticate";
    SUYUAN_TRY(const Visitor before, visitor(context, scope, token));
    auto proved = prove(context, scope, &before.account, proof);
    if (!proved) {
        return record_denial(context, scope, kAct, &before.account, std::move(proved).error());
    }
    proved->changes.emplace_back(store::EndSession{before.session.token_digest});
    auto opened = open_session(context, scope, before.account, *std::move(proved), kAct);
    if (!opened) {
        return record_denial(context, scope, kAct, &before.account, std::move(opened).error());
    }
    return opened;
}

bool SignIn::has_just_proved(const Visitor& visitor) const {
    return parts_.clock->now_us() < visitor.session.proved_at + kProvedUs;
}

Result<SignedIn> SignIn::change_password(
    const RequestContext& context,
    const Scope& scope,
    std::string_view token,
    const Proof& proof,
    std::string_view new_password
) const {
    constexpr std::string_view kAct = "password_change";
    SUYUAN_TRY(const Visitor before, visitor(context, scope, token));
    const Account& account = before.account;
    SUYUAN_TRY_VOID(check_new_password(new_password, account.name, parts_.passwords));
    if (new_password == proof.password) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"新密码须与原密码不同", "the new password is the one before"}
        );
    }
    auto proved = prove(context, scope, &account, proof);
    if (!proved) {
        return record_denial(context, scope, kAct, &account, std::move(proved).error());
    }
    SUYUAN_TRY(
        std::string hash,
        crypto::hash_password(new_password, parts_.passwords.cost, *parts_.randomness)
    );
    proved->changes.emplace_back(store::PutCredential{
        {.account = account.id, .secret = std::move(hash), .changed_at = parts_.clock->now_us()}
    });
    proved->changes.emplace_back(store::EndSessionsOf{account.id});
    proved->must_change_password = false;
    auto opened = open_session(context, scope, account, *std::move(proved), kAct);
    if (!opened) {
        return record_denial(context, scope, kAct, &account, std::move(opened).error());
    }
    return opened;
}

Status SignIn::sign_out(const RequestContext& context, const Scope& scope, std::string_view token)
    const {
    SUYUAN_TRY(const Visitor before, visitor(context, scope, token));
    const std::vector<store::AccessChange> changes = {store::EndSession{before.session.token_digest}
    };
    auto entry = entry_of(parts_, context, "sign_out", kThing, before.account.id);
    entry.actor = before.account.id;
    return parts_.store->act(context, scope, changes, entry).map([](auto) {});
}

}  // namespace suyuan::access
