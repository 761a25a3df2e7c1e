// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/audit_trail.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "base/sort_unique.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"
#include "store/audit_chain.h"
#include "store/sql/audit.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/findings.h"
#include "store/sqlite/interner.h"
#include "store/sqlite/statement_builder.h"
#include "store/sqlite/writer.h"
#include "store/store.h"
#include "store/whose.h"

namespace suyuan::store::sqlite {
namespace {

// Rows between two looks at whether the caller left.
constexpr std::uint64_t kRowsBetweenLooks = 256;

struct End {
    std::uint64_t number = 0;
    model::MicrosUtc at = 0;
    std::string digest;
};

Result<End> read_end(Connection& connection) {
    SUYUAN_TRY(Query query, connection.start(sql::kLastAudit));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return End();
    }
    return End{
        .number = query.count(0), .at = query.integer(1), .digest = std::string(query.bytes(2))
    };
}

// The first nineteen columns of every statement that reads rows, and the digest after them.
AuditRow read_row(const Query& query) {
    const auto text = [&](int column) { return std::string(query.text(column)); };
    AuditRow row;
    row.number = query.count(0);
    row.at = query.integer(1);
    row.entry.actor = text(2);
    row.entry.role = text(3);
    row.entry.organisation = text(4);
    row.entry.act = text(5);
    row.entry.thing = text(6);
    row.entry.named = text(7);
    row.entry.outcome = static_cast<AuditOutcome>(query.integer(8));
    row.entry.rule = text(9);
    row.entry.policy = text(10);
    row.entry.purpose = text(11);
    row.entry.case_number = query.count(12);
    row.entry.fields = text(13);
    row.entry.detail = text(14);
    row.request = text(15);
    row.entry.secret_until = query.integer(16);
    row.owner_count = query.count(17);
    row.digest = std::string(query.bytes(19));
    return row;
}

Status write_row(
    Connection& connection, const AuditRow& row, const std::string& owners, const Whose& whose
) {
    const AuditEntry& entry = row.entry;
    return connection.run(
        sql::kAddAudit,
        row.number,
        row.at,
        entry.actor,
        entry.role,
        entry.organisation,
        entry.act,
        entry.thing,
        entry.named,
        entry.outcome,
        entry.rule,
        entry.policy,
        entry.purpose,
        entry.case_number,
        entry.fields,
        entry.detail,
        row.request,
        entry.secret_until,
        row.owner_count,
        Blob{owners},
        Blob{row.digest},
        whose
    );
}

}  // namespace

Result<std::uint64_t> append_audit(
    WriteSession& session, const policy::RequestContext& context, const AuditEntry& entry
) {
    if (entry.owners.size() > AccessStore::kAuditOwnersMax) {
        return fail(
            ErrorCode::kLimitExceeded,
            format(
                "an act tells of at most {} operators, not of {}",
                AccessStore::kAuditOwnersMax,
                entry.owners.size()
            )
        );
    }
    SUYUAN_TRY(const End end, read_end(session.connection));
    Whose whose;
    if (const std::string& code = context.principal().operator_code; !code.empty()) {
        SUYUAN_TRY(whose.submitter, session.interner.name(NameKind::kOperator, code, whose));
    }
    std::vector<std::string> owners = entry.owners;
    sort_unique(owners);
    AuditRow row;
    row.entry = entry;
    row.number = end.number + 1;
    row.at = std::max(end.at, session.clock.now_us());
    row.request = context.request_id();
    row.owner_count = owners.size();
    const std::string owners_digest = audit_owners_digest(owners);
    row.digest = audit_digest(end.digest, row, owners_digest);
    std::vector<std::uint32_t> ids;
    ids.reserve(owners.size());
    for (const std::string& owner : owners) {
        SUYUAN_TRY(
            const std::uint32_t id, session.interner.name(NameKind::kOperator, owner, whose)
        );
        ids.push_back(id);
    }
    whose.owner = ids.size() == 1 ? ids.front() : 0;
    whose.data_class = policy::DataClass::kPersonal;
    SUYUAN_TRY_VOID(write_row(session.connection, row, owners_digest, whose));
    for (const std::uint32_t id : ids) {
        whose.owner = id;
        SUYUAN_TRY_VOID(session.connection.run(sql::kAddAuditOwner, row.number, whose));
    }
    return row.number;
}

Result<std::vector<AuditRow>> search_audit(Connection& connection, const AuditQuery& query) {
    StatementBuilder statement;
    statement.sql(
        "SELECT a.number, a.at, a.actor, a.role, a.organisation, a.act, a.thing, a.named, "
        "a.outcome, a.rule, a.policy, a.purpose, a.case_number, a.fields, a.detail, a.request, "
        "a.secret_until, a.owner_count, a.owners_digest, a.digest FROM audit a"
    );
    if (!query.owner.empty()) {
        statement
            .sql(
                " JOIN audit_owner o ON o.number = a.number AND SCOPE(o) AND o.owner = (SELECT "
                "n.name_id FROM name n WHERE n.kind = 0 AND n.code = "
            )
            .value(query.owner)
            .sql(")");
    }
    statement.sql(" WHERE SCOPE(a)");
    if (!query.actor.empty()) {
        statement.sql(" AND a.actor = ").value(query.actor);
    }
    if (!query.act.empty()) {
        statement.sql(" AND a.act = ").value(query.act);
    }
    if (!query.named.empty()) {
        statement.sql(" AND a.named = ").value(query.named);
    }
    if (query.from != model::kBeginningOfTime) {
        statement.sql(" AND a.at >= ").value(query.from);
    }
    if (query.until != model::kEndOfTime) {
        statement.sql(" AND a.at < ").value(query.until);
    }
    if (query.shown_at != model::kEndOfTime) {
        statement.sql(" AND a.secret_until <= ").value(query.shown_at);
    }
    if (query.before != 0) {
        statement.sql(" AND a.number < ").value(static_cast<std::int64_t>(query.before));
    }
    statement.sql(" ORDER BY a.number DESC LIMIT ")
        .value(static_cast<std::int64_t>(query.rows_max));
    SUYUAN_TRY(Query found, statement.start(connection));
    std::vector<AuditRow> rows;
    while (true) {
        SUYUAN_TRY(const bool has_row, found.next());
        if (!has_row) {
            return rows;
        }
        rows.push_back(read_row(found));
    }
}

Status check_audit(
    Connection& connection, const policy::RequestContext& context, Findings& findings
) {
    End end;
    {
        SUYUAN_TRY(Query query, connection.start(sql::kAuditChain));
        while (!findings.is_full()) {
            SUYUAN_TRY(const bool has_row, query.next());
            if (!has_row) {
                break;
            }
            const AuditRow row = read_row(query);
            const std::string owners_digest(query.bytes(18));
            const auto expect = [&](bool holds, std::string_view what) {
                if (!holds) {
                    findings.add(what, format("audit row {}", row.number));
                }
            };
            expect(row.number == end.number + 1, "audit_gap");
            expect(row.at >= end.at, "audit_time");
            expect(row.digest == audit_digest(end.digest, row, owners_digest), "audit_digest");
            std::vector<std::string> owners;
            SUYUAN_TRY(Query named, connection.start(sql::kAuditOwners, row.number));
            while (true) {
                SUYUAN_TRY(const bool has_owner, named.next());
                if (!has_owner) {
                    break;
                }
                owners.emplace_back(named.text(0));
            }
            expect(
                owners.size() == row.owner_count && audit_owners_digest(owners) == owners_digest,
                "audit_owners"
            );
            end = {.number = row.number, .at = row.at, .digest = row.digest};
            if (row.number % kRowsBetweenLooks == 0) {
                SUYUAN_TRY_VOID(context.check_alive());
            }
        }
    }
    SUYUAN_TRY(Query query, connection.start(sql::kAuditOwnersWithoutRow));
    while (!findings.is_full()) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            break;
        }
        findings.add("audit_owners", format("audit row {}", query.count(0)));
    }
    return {};
}

}  // namespace suyuan::store::sqlite
