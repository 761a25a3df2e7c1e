// SPDX-License-Identifier: Apache-2.0
//
// Accounts, credentials, sessions, keys and the audit trail, as everything above the store sees
// them.
//
// What changes somebody's rights is an act: its changes and its row of the audit trail are one
// transaction, and there is no other way to make them. The trail is appended to and never changed;
// each row's digest covers the row before, so that a row that is altered, or taken from between,
// shows (Store::verify). Rows cut off its end show only against a digest that was kept elsewhere.
//
// Moments are microseconds since 1970 UTC. Digests, secrets and hashes are bytes.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "model/instant.h"
#include "policy/decision.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::store {

// As stored: a number never changes its meaning.
enum class AccountKind : std::uint8_t {
    kOperator = 1,
    kRegulator = 2,
    kDepartment = 3,
    kLaboratory = 4,
    kMarketOwner = 5,
    kCustodian = 6,  // cold store or carrier
    kOfficer = 7,    // system, security or audit
};

struct Account {
    std::string id = {};    // never given twice, tells nothing
    std::string name = {};  // what its holder signs in with
    AccountKind kind = AccountKind::kOperator;
    std::string operator_code = {};  // canonical; empty: of no operator
    std::string department = {};     // of the policy's; empty: none
    policy::RegionCode region = 0;
    model::MicrosUtc created_at = 0;
    model::MicrosUtc disabled_at = 0;  // 0: it is not
};

struct Grant {
    std::string id = {};
    std::string account = {};
    std::string role = {};          // this and the following words are the policy's
    policy::RegionCode region = 0;  // root of the subtree; 0: none
    std::string department = {};
    std::vector<std::string> functions = {};  // words without blanks
    policy::Period validity = {};
    model::MicrosUtc revoked_at = 0;  // 0: it was not
};

enum class CredentialKind : std::uint8_t { kPassword = 1, kOneTimePassword = 2 };

// What an account proves itself with.
struct Credential {
    std::string account = {};
    CredentialKind kind = CredentialKind::kPassword;
    std::string secret = {};  // a password's hash; a sealed secret
    model::MicrosUtc changed_at = 0;
    bool is_initial = false;     // given by somebody else: must be changed before anything else
    std::int64_t used_step = 0;  // of one-time passwords: the last that was taken
};

// Attempts that did not succeed since the last that did.
struct Failures {
    std::int64_t count = 0;
    model::MicrosUtc last_at = 0;
};

struct Session {
    std::string token_digest = {};
    std::string account = {};
    policy::Authentication authentication = policy::Authentication::kNone;
    model::MicrosUtc created_at = 0;
    model::MicrosUtc seen_at = 0;
    model::MicrosUtc proved_at = 0;   // when its holder last proved who they are
    model::MicrosUtc expires_at = 0;  // whatever happens
    std::int64_t idle_us = 0;         // ends after so long without a request
};

enum class KeyUse : std::uint8_t { kBearer = 1, kHmacSha256 = 2, kHmacSm3 = 3 };

// An API key, which is a subject of its own: one grant, and what it may be used for.
struct AccessKey {
    std::string id = {};
    std::string family = {};  // keys that follow each other share it
    std::string name = {};    // what people call it
    KeyUse use = KeyUse::kBearer;
    std::string secret = {};  // a bearer's digest; a sealed secret
    std::string role = {};
    std::string operator_code = {};
    std::string department = {};
    policy::RegionCode region = 0;
    std::vector<std::string> functions = {};
    std::vector<std::string> actions = {};    // that it is limited to; empty: none
    std::vector<std::string> addresses = {};  // ranges that it may come from; empty: any
    model::MicrosUtc created_at = 0;
    model::MicrosUtc expires_at = 0;
    model::MicrosUtc revoked_at = 0;  // 0: it was not
};

// Changes of an act. Each says what must hold; if it does not, nothing of the act is left.
struct AddAccount {
    Account account = {};  // kConflict if there is one of this id or name
};

struct SetDisabled {
    std::string account = {};  // kNotFound if there is none
    model::MicrosUtc at = 0;   // 0: no longer
};

struct AddGrant {
    Grant grant = {
    };  // kNotFound if there is no such account, kConflict if there is one of this id
    // kConflict if the account holds a grant of one of these roles that was not revoked and has not
    // ended at `now`.
    std::vector<std::string> excluded_roles = {};
    model::MicrosUtc now = 0;
};

struct RevokeGrant {
    std::string grant = {};  // kNotFound if there is none, or none that was not revoked
    model::MicrosUtc at = 0;
};

struct PutCredential {
    Credential credential = {};  // in place of the one of its kind
};

struct PutRecoveryCodes {
    std::string account = {};
    std::vector<std::string> digests = {};  // in place of all that there were
};

struct UseRecoveryCode {
    std::string account = {};
    std::string digest = {};  // kNotFound if it is none, or was used
};

struct UseOneTimePassword {
    std::string account = {};
    std::int64_t step = 0;  // kConflict unless later than the last
};

struct ForgetFailures {
    std::string account = {};
};

struct AddSession {
    Session session = {};
};

struct EndSession {
    std::string token_digest = {};  // kNotFound if there is none
};

struct EndSessionsOf {
    std::string account = {};
};

struct AddKey {
    AccessKey key = {};  // kConflict if there is one of this id
    // kLimitExceeded if so many of its family can be used at its creation.
    std::size_t live_max = 0;
};

struct RevokeKey {
    std::string key = {};  // kNotFound if there is none, or none that was not revoked
    model::MicrosUtc at = 0;
};

struct LimitKey {
    std::string key = {};  // kNotFound if there is none; it never lives longer than before
    model::MicrosUtc expires_at = 0;
};

using AccessChange = std::variant<
    AddAccount,
    SetDisabled,
    AddGrant,
    RevokeGrant,
    PutCredential,
    PutRecoveryCodes,
    UseRecoveryCode,
    UseOneTimePassword,
    ForgetFailures,
    AddSession,
    EndSession,
    EndSessionsOf,
    AddKey,
    RevokeKey,
    LimitKey>;

// What is kept without being an act of anybody.
struct CountFailure {
    std::string account = {};
    std::int64_t expected = 0;  // kConflict if another attempt was counted meanwhile
    model::MicrosUtc at = 0;
};

struct TouchSession {
    std::string token_digest = {};
    model::MicrosUtc seen_at = 0;
};

struct UseNonce {
    std::string key = {};
    std::string digest = {};  // kConflict if the key used it within `kept_us` before `at`
    model::MicrosUtc at = 0;
    std::int64_t kept_us = 0;
};

using AccessNote = std::variant<CountFailure, TouchSession, UseNonce>;

enum class AuditOutcome : std::uint8_t { kPermitted = 1, kDenied = 2 };

// Who did or looked at what, why, and by which rule. Words and ids, never names of people: those
// can be erased where they are kept, and nothing can be here.
struct AuditEntry {
    std::string actor = {};         // id of an account or key; "local"; empty: nobody known
    std::string role = {};          // in which they acted
    std::string organisation = {};  // operator code or department of theirs
    std::string act = {};           // "account_create", "sign_in", "read"
    std::string thing = {};         // kind of resource
    std::string named = {};         // its id
    AuditOutcome outcome = AuditOutcome::kPermitted;
    std::string rule = {};    // of the policy that decided
    std::string policy = {};  // its version and digest
    std::string purpose = {};
    policy::CaseNumber case_number = 0;
    std::string fields = {};  // that were seen
    std::string detail = {};
    // Until when the owners are not shown the entry: legal secrecy of an open case delays it. 0:
    // they are shown it at once.
    model::MicrosUtc secret_until = 0;
    // Whose data it was: operator codes, at most AccessStore::kAuditOwnersMax, each once.
    std::vector<std::string> owners = {};
};

struct AuditRow {
    AuditEntry entry = {};  // without `owners`
    std::uint64_t owner_count = 0;
    std::uint64_t number = 0;  // dense from 1
    model::MicrosUtc at = 0;   // never falls
    std::string request = {};  // id of the request
    std::string digest = {};
};

// Rows that meet all that is said, the newest first.
struct AuditQuery {
    std::string actor = {};
    std::string act = {};
    std::string named = {};
    std::string owner = {};  // operator code: rows that tell of its data
    model::MicrosUtc from = model::kBeginningOfTime;
    model::MicrosUtc until = model::kEndOfTime;  // exclusive
    // What is still kept from the owners at this moment is left out; the greatest: nothing is.
    model::MicrosUtc shown_at = model::kEndOfTime;
    std::uint64_t before = 0;  // a row's number, from which the list goes on; 0: from the newest
    std::size_t rows_max = 100;
};

// Threads: every member may be called from any thread. Failures: those of Store, and what each
// names. Lists are paged by the name, id or number of their last row, which nobody need keep from
// whoever may have the list.
class AccessStore {
public:
    // Beyond this a list asked for is refused with kInvalidArgument, as one without rows is.
    static constexpr std::size_t kRowsMax = 10'000;
    // More operators than are on any answer that is shown at once.
    static constexpr std::size_t kAuditOwnersMax = 100'000;
    // What one person or machine holds.
    static constexpr std::size_t kGrantsMax = 1'000;
    static constexpr std::size_t kSessionsMax = 1'000;

    AccessStore() = default;
    AccessStore(const AccessStore&) = delete;
    AccessStore& operator=(const AccessStore&) = delete;
    virtual ~AccessStore() = default;

    // One transaction: all changes in their order and the entry, or nothing; durable when it
    // returns. Without changes it records a look. Returns the entry's number. Fails with what the
    // changes name, and kLimitExceeded beyond kAuditOwnersMax.
    virtual Result<std::uint64_t> act(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const AccessChange> changes,
        const AuditEntry& entry
    ) = 0;

    // Fails with what the note names.
    virtual Status note(
        const policy::RequestContext& context, const policy::Scope& scope, const AccessNote& note
    ) = 0;

    // nullopt: there is none.
    virtual Result<std::optional<Account>> find_account(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
    ) const = 0;
    virtual Result<std::optional<Account>> find_account_named(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view name
    ) const = 0;
    // By name, those after `after_name`.
    virtual Result<std::vector<Account>> list_accounts(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view after_name,
        std::size_t rows_max
    ) const = 0;
    // All that there ever were, by id; at most kGrantsMax.
    virtual Result<std::vector<Grant>> grants_of(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view account
    ) const = 0;
    virtual Result<std::optional<Credential>> find_credential(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view account,
        CredentialKind kind
    ) const = 0;
    virtual Result<std::uint64_t> count_recovery_codes(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view account
    ) const = 0;
    virtual Result<Failures> failures_of(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view account
    ) const = 0;
    virtual Result<std::optional<Session>> find_session(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view token_digest
    ) const = 0;
    // The newest first; at most kSessionsMax.
    virtual Result<std::vector<Session>> sessions_of(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view account
    ) const = 0;
    virtual Result<std::optional<AccessKey>> find_key(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
    ) const = 0;
    // By id, those after `after_id`.
    virtual Result<std::vector<AccessKey>> list_keys(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view after_id,
        std::size_t rows_max
    ) const = 0;
    virtual Result<std::vector<AuditRow>> search_audit(
        const policy::RequestContext& context, const policy::Scope& scope, const AuditQuery& query
    ) const = 0;
};

}  // namespace suyuan::store
