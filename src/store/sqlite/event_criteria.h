// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/event_query.h"
#include "store/sqlite/connection.h"

namespace suyuan::store::sqlite {

// One criterion in numbers: events with a posting of one of the roles, of this type, with one of
// the values, or with an item whose code begins with one of the prefixes.
struct PostingSet {
    std::vector<std::int64_t> roles;
    std::int64_t type = 0;
    std::vector<std::int64_t> values;
    std::vector<std::string> prefixes;
};

// The criteria of a query that postings answer. nullopt: one of them names only what nobody named
// yet, so no event can match.
[[nodiscard]] Result<std::optional<std::vector<PostingSet>>> resolve_criteria(
    Connection& connection, const EventQuery& query
);

}  // namespace suyuan::store::sqlite
