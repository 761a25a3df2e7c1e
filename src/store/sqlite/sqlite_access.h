// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"
#include "store/sqlite/readers.h"
#include "store/sqlite/writer.h"

namespace suyuan::store::sqlite {

// Threads and failures as AccessStore says. Lifetime: writer and readers outlive it.
class SqliteAccess final : public AccessStore {
public:
    SqliteAccess(Writer& writer, Readers& readers) noexcept : writer_(writer), readers_(readers) {}

    Result<std::uint64_t> act(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const AccessChange> changes,
        const AuditEntry& entry
    ) override;
    Status note(
        const policy::RequestContext& context, const policy::Scope& scope, const AccessNote& note
    ) override;
    Result<std::optional<Account>> find_account(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
    ) const override;
    Result<std::optional<Account>> find_account_named(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view name
    ) const override;
    Result<std::vector<Account>> list_accounts(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view after_name,
        std::size_t rows_max
    ) const override;
    Result<std::vector<Grant>> grants_of(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view account
    ) const override;
    Result<std::optional<Credential>> find_credential(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view account,
        CredentialKind kind
    ) const override;
    Result<std::uint64_t> count_recovery_codes(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view account
    ) const override;
    Result<Failures> failures_of(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view account
    ) const override;
    Result<std::optional<Session>> find_session(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view token_digest
    ) const override;
    Result<std::vector<Session>> sessions_of(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view account
    ) const override;
    Result<std::optional<AccessKey>> find_key(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
    ) const override;
    Result<std::vector<AccessKey>> list_keys(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view after_id,
        std::size_t rows_max
    ) const override;
    Result<std::vector<AuditRow>> search_audit(
        const policy::RequestContext& context, const policy::Scope& scope, const AuditQuery& query
    ) const override;

private:
    Writer& writer_;
    Readers& readers_;
};

}  // namespace suyuan::store::sqlite
