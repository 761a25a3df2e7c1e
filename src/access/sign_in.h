// SPDX-License-Identifier: Apache-2.0
//
// People: signing in, sessions on the server's side, passwords changed.
//
// A session is a random token of which the store has a digest alone. It ends by itself (idle, or at
// last), at sign-out, when its account is disabled or reset, and when the password changes; each is
// seen at the next request. Whoever signs in or proves anew who they are gets another token.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/parts.h"
#include "base/result.h"
#include "model/instant.h"
#include "policy/decision.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "store/access.h"

namespace suyuan::access {

// What somebody proves themselves with. `code`: the six digits of an authenticator, or a recovery
// code; empty where the account has no second factor.
struct Proof {
    std::string password;
    std::string code = {};
};

// Who comes with a session.
struct Visitor {
    store::Account account;
    store::Session session;
    // Of the grants that were not revoked; whether they hold today, decide() tells.
    std::vector<policy::Subject> subjects;
    // Nothing is permitted but to change the password: it was given by somebody else, or is older
    // than the profile allows.
    bool must_change_password = false;
};

struct SignedIn {
    std::string token;
    Visitor visitor;
};

struct SessionTerms {
    std::int64_t idle_us = 0;
    std::int64_t longest_us = 0;
};

// Staff: 15 minutes idle, 8 hours at most. Businesses: 30 minutes, 8 hours (a stall serves its
// customers in between).
[[nodiscard]] SessionTerms terms_for(store::AccountKind kind) noexcept;

// Threads: any. Lifetime: that of the parts. Fails as the store, and with what each names. Whatever
// is wrong with a name, password, code or token, and while too many attempts failed, it is
// kPermissionDenied with the same words and after the same work: nobody learns which accounts there
// are.
class SignIn {
public:
    // How long what somebody else set as a password can be used.
    static constexpr std::int64_t kInitialUs = 7 * model::kMicrosPerDay;
    // A session's last request is noted when it is older than this.
    static constexpr std::int64_t kNotedUs = 60'000'000;
    // How long reauthenticate() does for an act that wants it.
    static constexpr std::int64_t kProvedUs = 300'000'000;

    explicit SignIn(const Parts& parts);

    // Every attempt but those during a wait is a row of the trail.
    Result<SignedIn> sign_in(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view name,
        const Proof& proof
    ) const;

    // Who comes with a token, and that they came.
    Result<Visitor> visitor(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view token
    ) const;

    // Proves anew who they are: another token, the one before ends.
    Result<SignedIn> reauthenticate(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view token,
        const Proof& proof
    ) const;
    // Whether they proved it a moment ago: the policy's duty "reauthenticate".
    [[nodiscard]] bool has_just_proved(const Visitor& visitor) const;

    // All sessions end but one that is new. Fails with kInvalidArgument for a password that the
    // profile does not take, or the one before.
    Result<SignedIn> change_password(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view token,
        const Proof& proof,
        std::string_view new_password
    ) const;

    Status sign_out(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view token
    ) const;

private:
    struct Proved {
        policy::Authentication authentication = policy::Authentication::kPassword;
        bool must_change_password = false;
        std::vector<store::AccessChange> changes;  // that make it count
    };

    // Does the work whether or not there is an account. Fails with kPermissionDenied, and with
    // kLimitExceeded during a wait.
    Result<Proved> prove(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::Account* account,
        const Proof& proof
    ) const;
    Result<bool> count_attempt(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::Account& account
    ) const;
    Status check_code(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::Account& account,
        std::string_view code,
        Proved& proved
    ) const;
    Result<SignedIn> open_session(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::Account& account,
        Proved proved,
        std::string_view act
    ) const;
    Failure record_denial(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view act,
        const store::Account* account,
        Error error
    ) const;
    Result<std::vector<policy::Subject>> subjects_of(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::Account& account,
        policy::Authentication authentication
    ) const;
    [[nodiscard]] bool must_change(const store::Credential& password) const;

    Parts parts_;
    std::string nobodys_hash_;  // what is worked on where there is no account
};

}  // namespace suyuan::access
