// SPDX-License-Identifier: Apache-2.0
//
// Numbers to names and back.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace suyuan::store::sqlite {

// As Store::item_names(). Fails with kCorruption for an id that the store never gave.
[[nodiscard]] Result<std::vector<ItemName>> read_item_names(
    Connection& connection,
    const policy::RequestContext& context,
    std::span<const graph::ItemId> items
);

// As Store::names(); likewise.
[[nodiscard]] Result<std::vector<NamedId>> read_names(
    Connection& connection,
    const policy::RequestContext& context,
    NameKind kind,
    std::span<const std::uint32_t> ids
);

// As the members of Store of these names.
[[nodiscard]] Result<std::optional<graph::ItemId>> find_item(
    Connection& connection, std::string_view code
);
[[nodiscard]] Result<std::vector<graph::ItemId>> find_items_of_gtin(
    Connection& connection, const policy::RequestContext& context, std::string_view gtin
);
[[nodiscard]] Result<std::optional<std::uint32_t>> find_name(
    Connection& connection, NameKind kind, std::string_view code
);

// One of them; nullopt if there is no such id or the scope does not open it.
[[nodiscard]] Result<std::optional<ItemName>> read_item_name(
    Connection& connection, graph::ItemId item
);
[[nodiscard]] Result<std::optional<NamedId>> read_name(
    Connection& connection, NameKind kind, std::uint32_t id
);

}  // namespace suyuan::store::sqlite
