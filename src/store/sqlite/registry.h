// SPDX-License-Identifier: Apache-2.0
//
// Who and what is registered.

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/writer.h"

namespace suyuan::store::sqlite {

// As Store::put_registry(), inside a job of the writer.
[[nodiscard]] Status put_registry(
    WriteSession& session, const policy::RequestContext& context, const model::RegistryRows& rows
);

// As the members of Store of these names.
[[nodiscard]] Result<std::optional<model::Operator>> find_operator(
    Connection& connection, std::string_view code
);
[[nodiscard]] Result<std::optional<model::Site>> find_site(
    Connection& connection, std::string_view code
);
[[nodiscard]] Result<std::optional<model::Product>> find_product(
    Connection& connection, std::string_view gtin
);
// Requires a day.
[[nodiscard]] Result<std::vector<model::Region>> find_regions(
    Connection& connection, std::string_view code_or_parent, std::string_view day
);

}  // namespace suyuan::store::sqlite
