// SPDX-License-Identifier: Apache-2.0
//
// The members of the store on SQLite that the registry has.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/instant.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/sqlite/readers.h"
#include "store/sqlite/register_reader.h"
#include "store/sqlite/registry.h"
#include "store/sqlite/sqlite_backend.h"
#include "store/sqlite/writer.h"
#include "store/store.h"

namespace suyuan::store::sqlite {
namespace {

// A day is one of China Standard Time.
constexpr int kChinaOffsetMinutes = 480;

}  // namespace

using policy::RequestContext;
using policy::Scope;

Status SqliteStore::put_registry(
    const RequestContext& context, const Scope& scope, const model::RegistryRows& rows
) {
    return write(context, scope, rows.count(), [&](WriteSession& session) {
        return sqlite::put_registry(session, context, rows);
    });
}

Result<std::optional<model::Operator>> SqliteStore::find_operator(
    const RequestContext& context, const Scope& scope, std::string_view code
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_operator(*reader, code);
}

Result<std::optional<model::Site>> SqliteStore::find_site(
    const RequestContext& context, const Scope& scope, std::string_view code
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_site(*reader, code);
}

Result<std::optional<model::Product>> SqliteStore::find_product(
    const RequestContext& context, const Scope& scope, std::string_view gtin
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_product(*reader, gtin);
}

Result<std::string> SqliteStore::day_meant(std::string_view day) const {
    constexpr std::size_t kDayLength = 10;  // "2026-01-05"
    if (day.empty()) {
        return model::format_instant(clock_.now_us(), kChinaOffsetMinutes).substr(0, kDayLength);
    }
    SUYUAN_TRY_VOID(model::parse_day(day, 0).map([](model::MicrosUtc) {}));
    return std::string(day);
}

Result<std::vector<model::Region>> SqliteStore::find_regions(
    const RequestContext& context,
    const Scope& scope,
    std::string_view code_or_parent,
    std::string_view day
) const {
    SUYUAN_TRY(const std::string asked, day_meant(day));
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::find_regions(*reader, code_or_parent, asked);
}

Result<std::vector<model::Licence>> SqliteStore::find_licences(
    const RequestContext& context,
    const Scope& scope,
    std::string_view operator_code,
    std::string_view day
) const {
    SUYUAN_TRY(const std::string asked, day_meant(day));
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_licences(*reader, operator_code, asked);
}

Result<std::vector<model::Link>> SqliteStore::find_links(
    const RequestContext& context,
    const Scope& scope,
    std::string_view code,
    std::string_view day,
    std::size_t rows_max
) const {
    SUYUAN_TRY(const std::string asked, day_meant(day));
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_links(*reader, code, asked, rows_max);
}

Result<std::vector<model::Link>> SqliteStore::find_runners(
    const RequestContext& context, const Scope& scope, std::string_view site, std::size_t rows_max
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::find_runners(*reader, site, rows_max);
}

Result<std::optional<model::RegisteredPaper>> SqliteStore::find_paper(
    const RequestContext& context, const Scope& scope, std::string_view number, std::string_view day
) const {
    SUYUAN_TRY(const std::string asked, day_meant(day));
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_paper(*reader, number, asked);
}

Result<std::optional<model::Vehicle>> SqliteStore::find_vehicle(
    const RequestContext& context, const Scope& scope, std::string_view plate
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_vehicle(*reader, plate);
}

Result<std::optional<model::PersonAtWork>> SqliteStore::find_person(
    const RequestContext& context, const Scope& scope, std::string_view id, std::string_view day
) const {
    SUYUAN_TRY(const std::string asked, day_meant(day));
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_person(*reader, id, asked);
}

Result<std::vector<model::PersonAtWork>> SqliteStore::find_person_history(
    const RequestContext& context, const Scope& scope, std::string_view id, std::size_t rows_max
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_person_history(*reader, id, rows_max);
}

Result<RegistryListing> SqliteStore::list_registry(
    const RequestContext& context,
    const Scope& scope,
    RegistryKind kind,
    std::string_view after,
    std::size_t rows_max
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::list_registry(*reader, sealer_, kind, after, rows_max);
}

}  // namespace suyuan::store::sqlite
