// SPDX-License-Identifier: Apache-2.0

#include "access/audit.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "access/parts.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "store/access.h"

namespace suyuan::access {

Result<std::uint64_t> Audit::record(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::AuditEntry& entry
) const {
    return parts_.store->act(context, scope, {}, entry);
}

Result<std::vector<store::AuditRow>> Audit::search(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::AuditQuery& query
) const {
    SUYUAN_TRY(auto rows, parts_.store->search_audit(context, scope, query));
    auto entry = entry_of(parts_, context, "audit", "audit_trail", query.named);
    entry.detail = told_of(query, rows.size());
    SUYUAN_TRY_VOID(record(context, scope, entry).map([](auto) {}));
    return rows;
}

Result<std::vector<store::AuditRow>> Audit::looks_at(
    const policy::RequestContext& context, const policy::Scope& scope, store::AuditQuery query
) const {
    if (query.owner.empty()) {
        return std::vector<store::AuditRow>();
    }
    query.shown_at = parts_.clock->now_us();
    return parts_.store->search_audit(context, scope, query);
}

std::string told_of(const store::AuditQuery& query, std::size_t row_count) {
    return format(
        "actor={} act={} named={} owner={} rows={}",
        query.actor,
        query.act,
        query.named,
        query.owner,
        row_count
    );
}

void tell_decision(
    const policy::Policy& policy,
    policy::ResourceKind kind,
    const policy::Decision& decision,
    store::AuditEntry& entry
) {
    entry.thing = policy::to_string(kind);
    entry.outcome =
        decision.is_permitted ? store::AuditOutcome::kPermitted : store::AuditOutcome::kDenied;
    entry.rule = policy.rule_name(decision);
    entry.fields.clear();
    const auto& fields = policy.content().kinds.at(static_cast<std::size_t>(kind)).fields;
    for (std::size_t place = 0; place < fields.size(); ++place) {
        const auto field = static_cast<policy::FieldId>(place);
        if (decision.visible.contains(field)) {
            entry.fields += entry.fields.empty() ? "" : " ";
            entry.fields += fields[place];
            entry.fields += decision.masked.contains(field) ? "*" : "";
        }
    }
}

}  // namespace suyuan::access
