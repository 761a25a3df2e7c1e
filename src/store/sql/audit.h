// SPDX-License-Identifier: Apache-2.0
//
// The audit trail. What is searched for is put together in the backend.

#pragma once

#include "store/sql/text.h"

namespace suyuan::store::sql {

inline constexpr Text kLastAudit{"SELECT number, at, digest FROM audit ORDER BY number DESC LIMIT 1"
};
inline constexpr Text kAddAudit{
    "INSERT INTO audit (number, at, actor, role, organisation, act, thing, named, outcome, rule, "
    "policy, purpose, case_number, fields, detail, request, secret_until, owner_count, "
    "owners_digest, digest, submitter, owner, territory, data_class) VALUES ($1, $2, $3, $4, $5, "
    "$6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)"
};
inline constexpr Text kAddAuditOwner{
    "INSERT INTO audit_owner (number, submitter, owner, territory, data_class) VALUES ($1, $2, $3, "
    "$4, $5)"
};
inline constexpr Text kAuditChain{
    "SELECT number, at, actor, role, organisation, act, thing, named, outcome, rule, policy, "
    "purpose, case_number, fields, detail, request, secret_until, owner_count, owners_digest, "
    "digest FROM audit ORDER BY number"
};
inline constexpr Text kAuditOwners{
    "SELECT n.code FROM audit_owner o JOIN name n ON n.kind = 0 AND n.name_id = o.owner "
    "WHERE o.number = $1 ORDER BY n.code"
};
inline constexpr Text kAuditOwnersWithoutRow{
    "SELECT o.number FROM audit_owner o LEFT JOIN audit a ON a.number = o.number "
    "WHERE a.number IS NULL GROUP BY o.number ORDER BY o.number"
};

}  // namespace suyuan::store::sql
