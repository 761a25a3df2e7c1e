// SPDX-License-Identifier: Apache-2.0
//
// The index of names, brought up to the dictionaries and the registry.

#pragma once

#include <cstdint>

#include "base/result.h"
#include "policy/request_context.h"
#include "store/search.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/writer.h"

namespace suyuan::store::sqlite {

// The row of a thing in the index: rows of one kind lie together. `id` is the surrogate, of a
// product its number in the registry.
[[nodiscard]] std::int64_t search_row(SearchKind kind, std::int64_t id) noexcept;
// The reverse.
[[nodiscard]] std::int64_t id_of_search_row(std::int64_t row) noexcept;

// True if the index lacks something.
[[nodiscard]] Result<bool> needs_indexing(Connection& connection);

// Indexes a piece of what is lacking, inside a job of the writer. True: more is left.
[[nodiscard]] Result<bool> index_piece(
    WriteSession& session, const policy::RequestContext& context
);

}  // namespace suyuan::store::sqlite
