// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/sight.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/sort_unique.h"
#include "policy/request_context.h"
#include "store/search.h"
#include "store/sql/mentions.h"
#include "store/sql/text.h"
#include "store/sqlite/connection.h"

namespace suyuan::store::sqlite {
namespace {

// Read one by one for a search: some ten microseconds each.
constexpr std::size_t kFew = 4'000;
constexpr std::size_t kEventsBetweenLooks = 1'024;

// The number in mention; nullopt: no event names such things by their number.
std::optional<int> number_of(SearchKind kind) {
    switch (kind) {
        case SearchKind::kItem:
            return 0;
        case SearchKind::kOperator:
            return 1;
        case SearchKind::kSite:
            return 2;
        case SearchKind::kVehicle:
            return 3;
        case SearchKind::kPerson:
            return 4;
        case SearchKind::kPaper:
            return 5;
        case SearchKind::kProduct:
        case SearchKind::kRegion:
            break;
    }
    return std::nullopt;
}

std::optional<sql::Text> held_of(SearchKind kind) {
    switch (kind) {
        case SearchKind::kOperator:
            return sql::kHeldOperators;
        case SearchKind::kSite:
            return sql::kHeldSites;
        case SearchKind::kVehicle:
            return sql::kHeldVehicles;
        case SearchKind::kPerson:
            return sql::kHeldPeople;
        case SearchKind::kPaper:
            return sql::kHeldPapers;
        case SearchKind::kItem:
        case SearchKind::kProduct:
        case SearchKind::kRegion:
            break;
    }
    return std::nullopt;
}

// False: there are more than few.
Result<bool> add_few(Result<Query> started, std::vector<std::int64_t>& things) {
    SUYUAN_TRY(Query query, std::move(started));
    for (std::size_t rows = 0; rows <= kFew; ++rows) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return true;
        }
        things.push_back(query.integer(0));
    }
    return false;
}

}  // namespace

Result<std::uint64_t> count_mentions(Connection& connection, SearchKind kind, std::int64_t thing) {
    const auto number = number_of(kind);
    if (!number) {
        return 0;
    }
    SUYUAN_TRY(Query query, connection.start(sql::kCountMentions, *number, thing));
    SUYUAN_TRY(const bool has_row, query.next());
    return has_row ? query.count(0) : 0;
}

Result<std::vector<std::uint64_t>> events_in_sight(
    Connection& connection,
    const policy::RequestContext& context,
    std::span<const std::uint64_t> log_indexes
) {
    std::vector<std::uint64_t> seen;
    for (std::size_t place = 0; place < log_indexes.size(); ++place) {
        if (place % kEventsBetweenLooks == 0) {
            SUYUAN_TRY_VOID(context.check_alive());
        }
        SUYUAN_TRY(Query query, connection.start(sql::kSeesEvent, log_indexes[place]));
        SUYUAN_TRY(const bool has_row, query.next());
        if (has_row) {
            seen.push_back(log_indexes[place]);
        }
    }
    return seen;
}

Result<std::optional<std::vector<std::int64_t>>> few_in_sight(
    Connection& connection, SearchKind kind
) {
    using Things = std::optional<std::vector<std::int64_t>>;
    const auto number = number_of(kind);
    if (connection.sees_everything() || !number) {
        return Things();
    }
    std::vector<std::int64_t> things;
    SUYUAN_TRY(bool is_few, add_few(connection.start(sql::kMentioned, *number, kFew + 1), things));
    if (const auto held = held_of(kind); held && is_few) {
        SUYUAN_TRY(is_few, add_few(connection.start(*held, kFew + 1), things));
    }
    if (!is_few) {
        return Things();
    }
    if (kind == SearchKind::kOperator && connection.own_operator() > 0) {
        things.push_back(connection.own_operator());
    }
    sort_unique(things);
    return Things(std::move(things));
}

}  // namespace suyuan::store::sqlite
