// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/sqlite_access.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"
#include "store/sql/access.h"
#include "store/sqlite/access_reader.h"
#include "store/sqlite/access_writer.h"
#include "store/sqlite/audit_trail.h"
#include "store/sqlite/readers.h"
#include "store/sqlite/writer.h"
#include "store/visibility.h"

namespace suyuan::store::sqlite {
namespace {

Status check_rows(std::size_t rows_max) {
    if (rows_max == 0 || rows_max > AccessStore::kRowsMax) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format("一页 1 至 {} 行", AccessStore::kRowsMax),
                format("a page has 1 to {} rows", AccessStore::kRowsMax)
            }
        );
    }
    return {};
}

}  // namespace

using policy::RequestContext;
using policy::Scope;

Result<std::uint64_t> SqliteAccess::act(
    const RequestContext& context,
    const Scope& scope,
    std::span<const AccessChange> changes,
    const AuditEntry& entry
) {
    SUYUAN_TRY_VOID(check_scope(scope));
    SUYUAN_TRY_VOID(context.check_alive());
    std::uint64_t number = 0;
    const auto job = [&](WriteSession& session) -> Status {
        SUYUAN_TRY_VOID(make_changes(session, context, changes));
        SUYUAN_TRY(number, append_audit(session, context, entry));
        return {};
    };
    SUYUAN_TRY_VOID(writer_.run(changes.size() + entry.owners.size() + 1, job));
    return number;
}

Status SqliteAccess::note(
    const RequestContext& context, const Scope& scope, const AccessNote& note
) {
    SUYUAN_TRY_VOID(check_scope(scope));
    SUYUAN_TRY_VOID(context.check_alive());
    return writer_.run(1, [&](WriteSession& session) { return make_note(session, context, note); });
}

Result<std::optional<Account>> SqliteAccess::find_account(
    const RequestContext& context, const Scope& scope, std::string_view id
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::find_account(*reader, sql::kFindAccount, id);
}

Result<std::optional<Account>> SqliteAccess::find_account_named(
    const RequestContext& context, const Scope& scope, std::string_view name
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::find_account(*reader, sql::kFindAccountNamed, name);
}

Result<std::vector<Account>> SqliteAccess::list_accounts(
    const RequestContext& context,
    const Scope& scope,
    std::string_view after_name,
    std::size_t rows_max
) const {
    SUYUAN_TRY_VOID(check_rows(rows_max));
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::list_accounts(*reader, after_name, rows_max);
}

Result<std::vector<Grant>> SqliteAccess::grants_of(
    const RequestContext& context, const Scope& scope, std::string_view account
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::grants_of(*reader, account);
}

Result<std::optional<Credential>> SqliteAccess::find_credential(
    const RequestContext& context, const Scope& scope, std::string_view account, CredentialKind kind
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::find_credential(*reader, account, kind);
}

Result<std::uint64_t> SqliteAccess::count_recovery_codes(
    const RequestContext& context, const Scope& scope, std::string_view account
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::count_recovery_codes(*reader, account);
}

Result<Failures> SqliteAccess::failures_of(
    const RequestContext& context, const Scope& scope, std::string_view account
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::failures_of(*reader, account);
}

Result<std::optional<Session>> SqliteAccess::find_session(
    const RequestContext& context, const Scope& scope, std::string_view token_digest
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::find_session(*reader, token_digest);
}

Result<std::vector<Session>> SqliteAccess::sessions_of(
    const RequestContext& context, const Scope& scope, std::string_view account
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::sessions_of(*reader, account);
}

Result<std::optional<AccessKey>> SqliteAccess::find_key(
    const RequestContext& context, const Scope& scope, std::string_view id
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::find_key(*reader, id);
}

Result<std::vector<AccessKey>> SqliteAccess::list_keys(
    const RequestContext& context,
    const Scope& scope,
    std::string_view after_id,
    std::size_t rows_max
) const {
    SUYUAN_TRY_VOID(check_rows(rows_max));
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::list_keys(*reader, after_id, rows_max);
}

Result<std::vector<AuditRow>> SqliteAccess::search_audit(
    const RequestContext& context, const Scope& scope, const AuditQuery& query
) const {
    SUYUAN_TRY_VOID(check_rows(query.rows_max));
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::search_audit(*reader, query);
}

}  // namespace suyuan::store::sqlite
