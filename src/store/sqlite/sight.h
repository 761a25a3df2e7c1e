// SPDX-License-Identifier: Apache-2.0
//
// What a narrow scope sees of the things of one kind.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "policy/request_context.h"
#include "store/search.h"
#include "store/sqlite/connection.h"

namespace suyuan::store::sqlite {

// As Store::count_mentions().
[[nodiscard]] Result<std::uint64_t> count_mentions(
    Connection& connection, SearchKind kind, std::int64_t thing
);

// As Store::events_in_sight().
[[nodiscard]] Result<std::vector<std::uint64_t>> events_in_sight(
    Connection& connection,
    const policy::RequestContext& context,
    std::span<const std::uint64_t> log_indexes
);

// Everything of a kind in sight, ascending, if that is few; nullopt if it is more, or if nobody has
// to look, as the scope sees everything or the kind is everybody's.
[[nodiscard]] Result<std::optional<std::vector<std::int64_t>>> few_in_sight(
    Connection& connection, SearchKind kind
);

}  // namespace suyuan::store::sqlite
