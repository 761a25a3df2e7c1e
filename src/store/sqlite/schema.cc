// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/schema.h"

#include <cstdint>
#include <span>
#include <string>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "store/migrations.h"
#include "store/sql/text.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/dialect.h"

namespace suyuan::store::sqlite {
namespace {

Result<std::int64_t> read_number(Connection& connection, sql::Text text) {
    SUYUAN_TRY(Query query, connection.start(text));
    SUYUAN_TRY(const bool has_row, query.next());
    return has_row ? query.integer(0) : 0;
}

// The schema version of the file; 0 for a new one.
Result<std::int64_t> read_version(Connection& connection) {
    SUYUAN_TRY(const std::int64_t application, read_number(connection, kReadApplicationId));
    SUYUAN_TRY(const std::int64_t version, read_number(connection, kReadSchemaVersion));
    SUYUAN_TRY(const std::int64_t tables, read_number(connection, kCountTables));
    if (application == kApplicationId && version > 0) {
        return version;
    }
    if (application == 0 && version == 0 && tables == 0) {
        return 0;
    }
    return fail(
        ErrorCode::kCorruption,
        Sentence{
            format("此文件是别的程序的数据库（应用标识 {}）", application),
            format("the file is another program's database (application id {})", application)
        }
    );
}

Status apply(Connection& connection, const Migration& step) {
    SUYUAN_TRY_VOID(connection.execute(kBegin));
    auto applied = connection.execute(migration_script(step.version, step.statements));
    if (applied) {
        applied = connection.execute(kCommit);
    }
    if (!applied && connection.is_in_transaction()) {
        static_cast<void>(connection.execute(kRollback));
    }
    return applied;
}

}  // namespace

Status prepare_schema(Connection& connection, std::span<const Migration> steps) {
    SUYUAN_ASSERT(!steps.empty());
    SUYUAN_TRY(const std::int64_t version, read_version(connection));
    const int newest = steps.back().version;
    if (version > newest) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format(
                    "数据库是第 {} 版格式，本程序只认识到第 {} 版：请使用更新的 suyuan",
                    version,
                    newest
                ),
                format(
                    "the store has schema version {}, this program knows up to {}: use a newer "
                    "suyuan",
                    version,
                    newest
                )
            }
        );
    }
    SUYUAN_TRY_VOID(connection.become_writer());
    for (const Migration& step : steps) {
        if (step.version > version) {
            SUYUAN_TRY_VOID(apply(connection, step));
        }
    }
    return {};
}

}  // namespace suyuan::store::sqlite
