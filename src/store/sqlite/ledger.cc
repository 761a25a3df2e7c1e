// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/ledger.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/error.h"
#include "base/result.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/page_token.h"
#include "store/question_text.h"
#include "store/sql/registry.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counters.h"
#include "store/sqlite/interner.h"
#include "store/sqlite/statement_builder.h"
#include "store/sqlite/writer.h"
#include "store/store.h"
#include "store/whose.h"

namespace suyuan::store::sqlite {
namespace {

constexpr std::size_t kRowsBetweenLooks = 256;

// A page is built in memory.
constexpr std::size_t kPageMax = 10'000;

// The two dispositions that a ledger knows, in their order as text.
constexpr std::array<std::string_view, 2> kDispositions = {"available", "blocked"};

Result<std::int64_t> disposition_number(std::string_view disposition) {
    const auto* found = std::ranges::find(kDispositions, disposition);
    if (found == kDispositions.end()) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"库存状态应为 available 或 blocked", "stock is available or blocked"}
        );
    }
    return found - kDispositions.begin();
}

// The numbers that a token holds: a row's key.
std::array<std::int64_t, 5> key_of(const StockRow& row, std::int64_t disposition) {
    return {row.item.value(), row.owner.value(), row.site.value(), disposition, row.unit.value()};
}

StockRow read_row(const Query& query) {
    StockRow row;
    row.item = graph::ItemId(query.id(0));
    row.owner = graph::OperatorId(query.id(1));
    row.site = graph::SiteId(query.id(2));
    row.disposition = query.text(3);
    row.unit = graph::UnitId(query.id(4));
    row.millionths = query.integer(5);
    return row;
}

Status add_conditions(
    StatementBuilder& statement,
    const TokenSealer& sealer,
    const StockFilter& filter,
    const std::string& question
) {
    if (filter.item) {
        statement.sql(" AND s.item = ").value(filter.item->value());
    }
    if (filter.owner) {
        statement.sql(" AND s.holder = ").value(filter.owner->value());
    }
    if (filter.site) {
        statement.sql(" AND s.site = ").value(filter.site->value());
    }
    if (!filter.after.empty()) {
        SUYUAN_TRY(const auto key, sealer.open(ListKind::kStock, question, filter.after, 5));
        const auto disposition = static_cast<std::size_t>(key[3]);
        if (disposition >= kDispositions.size()) {
            return fail(
                ErrorCode::kInvalidArgument,
                Sentence{
                    "翻页标记不属于这个列表，请从第一页开始",
                    "the page token is not one of this list"
                }
            );
        }
        statement.sql(" AND (s.item, s.holder, s.site, s.disposition, s.unit) > (");
        statement.value(key[0]).sql(", ").value(key[1]).sql(", ").value(key[2]).sql(", ");
        statement.value(std::string(kDispositions.at(disposition))).sql(", ").value(key[4]);
        statement.sql(")");
    }
    return {};
}

Result<std::uint64_t> read_covered(Connection& connection) {
    SUYUAN_TRY(const Counters counters, Counters::read(connection));
    return static_cast<std::uint64_t>(counters[Counter::kStockCovered]);
}

}  // namespace

Status replace_stock(
    WriteSession& session,
    const policy::RequestContext& context,
    std::span<const graph::ItemId> items,
    std::span<const StockRow> rows
) {
    SUYUAN_TRY(
        const std::uint32_t submitter,
        session.interner.name(NameKind::kOperator, context.principal().operator_code, Whose())
    );
    std::unordered_set<std::uint32_t> replaced;
    std::size_t written = 0;
    for (const graph::ItemId item : items) {
        if (written++ % kRowsBetweenLooks == 0) {
            SUYUAN_TRY_VOID(context.check_alive());
        }
        replaced.insert(item.value());
        SUYUAN_TRY_VOID(session.connection.run(sql::kDropStock, item));
    }
    for (const StockRow& row : rows) {
        if (written++ % kRowsBetweenLooks == 0) {
            SUYUAN_TRY_VOID(context.check_alive());
        }
        SUYUAN_TRY_VOID(disposition_number(row.disposition).map([](std::int64_t) {}));
        if (!replaced.contains(row.item.value())) {
            return fail(ErrorCode::kInvalidArgument, "a stock row of an item that is not replaced");
        }
        // Quantities and relations are commercial secrets.
        SUYUAN_TRY_VOID(session.connection.run(
            sql::kInsertStock,
            row.item,
            row.owner,
            row.site,
            row.disposition,
            row.unit,
            row.millionths,
            submitter,
            policy::DataClass::kConfidential
        ));
    }
    return {};
}

Result<StockPage> find_stock(
    Connection& connection, const TokenSealer& sealer, const StockFilter& filter
) {
    if (filter.rows_max == 0) {
        return fail(
            ErrorCode::kInvalidArgument, Sentence{"每页至少一行", "a page holds at least one row"}
        );
    }
    const std::size_t rows_max = std::min(filter.rows_max, kPageMax);
    StatementBuilder statement;
    statement.sql(
        "SELECT s.item, s.holder, s.site, s.disposition, s.unit, s.millionths FROM stock s "
        "WHERE HELD(s) AND SIGHT(item, s.item) AND (s.site = 0 OR SIGHT(site, s.site))"
    );
    const std::string question = question_text(filter) + connection.scope_text();
    SUYUAN_TRY_VOID(add_conditions(statement, sealer, filter, question));
    statement.sql(" ORDER BY s.item, s.holder, s.site, s.disposition, s.unit LIMIT ");
    statement.value(static_cast<std::int64_t>(rows_max) + 1);
    StockPage page;
    SUYUAN_TRY(Query query, statement.start(connection));
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            break;
        }
        page.rows.push_back(read_row(query));
    }
    if (page.rows.size() > rows_max) {
        page.rows.resize(rows_max);
        const StockRow& last = page.rows.back();
        SUYUAN_TRY(const std::int64_t disposition, disposition_number(last.disposition));
        page.next = sealer.seal(ListKind::kStock, question, key_of(last, disposition));
    }
    if (connection.sees_everything()) {
        SUYUAN_TRY(page.covered_log_index, read_covered(connection));
    }
    return page;
}

Status put_job(
    WriteSession& session, const policy::RequestContext& context, const CaptureJob& job
) {
    SUYUAN_TRY(
        const std::uint32_t submitter,
        session.interner.name(NameKind::kOperator, context.principal().operator_code, Whose())
    );
    const Whose whose{.submitter = submitter, .owner = submitter, .territory = {}};
    return session.connection.run(
        sql::kPutJob,
        job.id,
        job.state,
        job.is_rollback,
        job.created_at,
        job.finished_at,
        job.event_count,
        job.stored_count,
        job.errors,
        whose
    );
}

Result<std::optional<CaptureJob>> find_job(Connection& connection, std::string_view id) {
    SUYUAN_TRY(Query query, connection.start(sql::kFindJob, id));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return std::nullopt;
    }
    CaptureJob job;
    job.id = query.text(0);
    job.state = static_cast<JobState>(query.integer(1));
    job.is_rollback = query.flag(2);
    job.created_at = query.integer(3);
    job.finished_at = query.integer(4);
    job.event_count = query.count(5);
    job.stored_count = query.count(6);
    job.errors = query.text(7);
    return job;
}

}  // namespace suyuan::store::sqlite
