// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/counters.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "store/sql/names.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace suyuan::store::sqlite {
namespace {

// As stored: a name never changes its meaning.
constexpr std::array<std::string_view, kCounterCount> kNames = {
    "log_index",
    "record_time",
    "records",
    "identities",
    "contents",
    "batches",
    "conflicts",
    "voids",
    "possible_duplicates",
    "items",
    "operators",
    "sites",
    "vehicles",
    "people",
    "papers",
    "units",
    "processes",
    "regions",
    "terms",
    "contexts",
    "products",
    "stock_covered",
    "searched_items",
    "searched_operators",
    "searched_sites",
    "searched_vehicles",
    "searched_people",
    "searched_papers",
};

static_assert(static_cast<std::size_t>(Counter::kSearchedPapers) + 1 == kCounterCount);

}  // namespace

std::string_view to_string(Counter counter) noexcept {
    return kNames[static_cast<std::size_t>(counter)];
}

Counter counter_of(NameKind kind) noexcept {
    static_assert(
        static_cast<int>(Counter::kRegions) - static_cast<int>(Counter::kOperators) ==
        static_cast<int>(NameKind::kRegion) - static_cast<int>(NameKind::kOperator)
    );
    return static_cast<Counter>(
        static_cast<std::size_t>(Counter::kOperators) + static_cast<std::size_t>(kind)
    );
}

Result<Counters> Counters::read(Connection& connection) {
    Counters counters;
    SUYUAN_TRY(Query query, connection.start(sql::kReadCounters));
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return counters;
        }
        const auto place = std::ranges::find(kNames, query.text(0));
        if (place == kNames.end() || query.integer(1) < 0) {
            return fail(
                ErrorCode::kCorruption,
                format("no such counter: {} {}", query.text(0), query.integer(1))
            );
        }
        counters.values_[static_cast<std::size_t>(place - kNames.begin())] = query.integer(1);
    }
}

Status Counters::write(Connection& connection, const Counters& before) const {
    for (std::size_t place = 0; place < kCounterCount; ++place) {
        if (values_[place] != before.values_[place]) {
            SUYUAN_TRY_VOID(connection.run(sql::kWriteCounter, kNames[place], values_[place]));
        }
    }
    return {};
}

}  // namespace suyuan::store::sqlite
