// SPDX-License-Identifier: Apache-2.0
//
// Who has an account and what they were granted. Every change is an act of the trail.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "access/parts.h"
#include "base/result.h"
#include "model/instant.h"
#include "policy/decision.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"

namespace suyuan::access {

struct NewGrant {
    std::string role;
    policy::RegionCode region = 0;
    std::string department = {};
    std::vector<std::string> functions = {};
    policy::Period validity = {};
};

struct NewAccount {
    std::string name;
    store::AccountKind kind = store::AccountKind::kOperator;
    std::string operator_code = {};  // canonical
    std::string department = {};
    policy::RegionCode region = 0;
    NewGrant grant = {};  // its first
};

// What is told once, to whoever hands it to the account's holder.
struct Handed {
    store::Account account;
    std::string password;   // to be changed at the first sign-in
    std::string enrolment;  // otpauth:// URI for an authenticator; empty: not needed
    std::vector<std::string> recovery_codes;  // likewise
};

// Threads: any. Lifetime: that of the parts. Fails as the store, and with what each names.
class Accounts {
public:
    explicit Accounts(const Parts& parts) : parts_(parts) {}

    // Fails with kInvalidArgument (a name that is none, words that the policy does not have, an
    // officer's role for anybody else or the other way round, no operator, department or region
    // where the kind has one) and kConflict (the name is taken).
    Result<Handed> create(
        const policy::RequestContext& context, const policy::Scope& scope, const NewAccount& account
    );

    // Another password, another enrolment, other recovery codes; all sessions end. For who lost
    // theirs. Fails with kNotFound.
    Result<Handed> reset(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view name
    );

    // From now on nobody comes by it, and its sessions end; or it is open again. kNotFound.
    Status set_disabled(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view name,
        bool is_disabled
    );

    // Returns the grant's id. Fails with kNotFound, with kInvalidArgument as create() does, and
    // with kConflict for roles that exclude each other (三员分立).
    Result<std::string> grant(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view name,
        const NewGrant& grant
    );
    // Effective on the next request. Fails with kNotFound.
    Status revoke(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view grant
    );

private:
    Result<store::Account> find(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view name
    ) const;
    Result<store::AddGrant> prepare(const store::Account& account, const NewGrant& grant) const;
    // Makes new credentials, adds the changes that put them in force, and returns what is handed
    // out.
    Result<Handed> credentials(
        const store::Account& account,
        bool has_two_factors,
        std::vector<store::AccessChange>& changes
    ) const;

    Parts parts_;
};

// "operator", "regulator", … in the order of the enumeration.
[[nodiscard]] std::string_view to_string(store::AccountKind kind) noexcept;
[[nodiscard]] const std::vector<std::string>& account_kind_names();

}  // namespace suyuan::access
