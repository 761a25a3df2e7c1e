// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "policy/request_context.h"
#include "store/access.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/findings.h"
#include "store/sqlite/writer.h"

namespace suyuan::store::sqlite {

// Adds the next row, inside a job of the writer, and returns its number. Fails with kLimitExceeded
// for more owners than a row has.
[[nodiscard]] Result<std::uint64_t> append_audit(
    WriteSession& session, const policy::RequestContext& context, const AuditEntry& entry
);

// As AccessStore::search_audit().
[[nodiscard]] Result<std::vector<AuditRow>> search_audit(
    Connection& connection, const AuditQuery& query
);

// Reads the whole trail and adds what contradicts itself.
[[nodiscard]] Status check_audit(
    Connection& connection, const policy::RequestContext& context, Findings& findings
);

}  // namespace suyuan::store::sqlite
