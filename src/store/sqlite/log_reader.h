// SPDX-License-Identifier: Apache-2.0
//
// Records read back: the flow of all, the events of some.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/readers.h"
#include "store/store.h"

namespace suyuan::store::sqlite {

// As Store::replay(). Reads in pieces, so that the write-ahead log is not held up.
[[nodiscard]] Status replay(
    Readers& readers,
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::uint64_t after_log_index,
    const ReplaySink& sink
);

// nullopt: there is no such record, or the scope does not open it.
[[nodiscard]] Result<std::optional<StoredEvent>> read_event(
    Connection& connection, graph::RecordId record
);

// As Store::events_by_id() and Store::events_by_record().
[[nodiscard]] Result<std::vector<StoredEvent>> read_events_by_id(
    Connection& connection, std::string_view id
);
[[nodiscard]] Result<std::vector<StoredEvent>> read_events(
    Connection& connection,
    const policy::RequestContext& context,
    std::span<const graph::RecordId> records
);

}  // namespace suyuan::store::sqlite
