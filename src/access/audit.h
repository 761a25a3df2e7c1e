// SPDX-License-Identifier: Apache-2.0
//
// The audit trail: looks written to it, and those who may reading it. (Acts write their row
// themselves, in their own transaction.)

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/parts.h"
#include "base/result.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"

namespace suyuan::access {

// Threads: any. Lifetime: that of the parts. Fails as the store.
class Audit {
public:
    explicit Audit(const Parts& parts) : parts_(parts) {}

    // What is shown may be shown only once this succeeded. Returns the row's number.
    Result<std::uint64_t> record(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::AuditEntry& entry
    ) const;

    // The audit officer's: everything. The search is itself a row.
    Result<std::vector<store::AuditRow>> search(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::AuditQuery& query
    ) const;

    // What the query asks of its owner's rows: who looked at an operator's data, when and why, the
    // newest first. What an open case keeps secret comes when that ends. Without an owner: nothing.
    Result<std::vector<store::AuditRow>> looks_at(
        const policy::RequestContext& context, const policy::Scope& scope, store::AuditQuery query
    ) const;

private:
    Parts parts_;
};

// What a row says of a search.
[[nodiscard]] std::string told_of(const store::AuditQuery& query, std::size_t row_count);

// What a row says of a decision: the rule, the fields that were visible.
void tell_decision(
    const policy::Policy& policy,
    policy::ResourceKind kind,
    const policy::Decision& decision,
    store::AuditEntry& entry
);

}  // namespace suyuan::access
