// SPDX-License-Identifier: Apache-2.0

#include "access/audit.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/access_commands.h"
#include "app/access_desk.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "model/instant.h"
#include "policy/scope.h"
#include "store/access.h"
#include "store/hex.h"

namespace suyuan::app {
namespace {

using codec::Json;

Result<std::vector<store::AuditRow>> search(World& world, const AuditOptions& options) {
    store::AuditQuery query;
    query.actor = options.actor;
    query.act = options.act;
    query.named = options.named;
    SUYUAN_TRY(query.owner, operator_named(options.operator_code));
    SUYUAN_TRY(query.from, moment_of(options.from, DayEnd::kFirst, model::kBeginningOfTime));
    SUYUAN_TRY(query.until, moment_of(options.until, DayEnd::kAfter, model::kEndOfTime));
    query.before = options.before;
    query.rows_max = options.limit;
    SUYUAN_TRY(
        const auto desk,
        AccessDesk::open(world, options.access.directory, policy::Permission::kAudit)
    );
    return access::Audit(desk->parts()).search(desk->context(), desk->scope(), query);
}

Json to_json(const store::AuditRow& row) {
    const store::AuditEntry& entry = row.entry;
    const bool is_denied = entry.outcome == store::AuditOutcome::kDenied;
    Json told_row = Json::object();
    told_row.set("number", Json::integer(static_cast<std::int64_t>(row.number)))
        .set("at", Json::string(told(row.at)))
        .set("actor", Json::string(entry.actor))
        .set("role", Json::string(entry.role))
        .set("organisation", Json::string(entry.organisation))
        .set("act", Json::string(entry.act))
        .set("thing", Json::string(entry.thing))
        .set("named", Json::string(entry.named))
        .set("outcome", Json::string(is_denied ? "denied" : "permitted"))
        .set("rule", Json::string(entry.rule))
        .set("policy", Json::string(entry.policy))
        .set("purpose", Json::string(entry.purpose))
        .set("case", Json::string(entry.case_number == 0 ? "" : std::to_string(entry.case_number)))
        .set("fields", Json::string(entry.fields))
        .set("detail", Json::string(entry.detail))
        .set("request", Json::string(row.request))
        .set("secret_until", Json::string(told(entry.secret_until)))
        .set("owners", Json::integer(static_cast<std::int64_t>(row.owner_count)))
        .set("digest", Json::string(store::to_hex(row.digest)));
    return told_row;
}

}  // namespace

ExitCode run_audit_search(World& world, const AuditOptions& options) {
    const auto rows = search(world, options);
    if (!rows) {
        return give_up(rows.error());
    }
    if (options.access.json) {
        Json all = Json::array();
        for (const store::AuditRow& row : *rows) {
            all.push_back(to_json(row));
        }
        print(codec::write_json_indented(all));
        return ExitCode::kDone;
    }
    for (const store::AuditRow& row : *rows) {
        const bool is_denied = row.entry.outcome == store::AuditOutcome::kDenied;
        print(format(
            "{:>8} {} {:<18} {:<17} {} {} {}{}",
            row.number,
            told(row.at),
            row.entry.actor,
            row.entry.act,
            row.entry.thing,
            row.entry.named,
            row.entry.detail,
            is_denied ? in_language(" 拒绝", " denied") : ""
        ));
    }
    return ExitCode::kDone;
}

}  // namespace suyuan::app
