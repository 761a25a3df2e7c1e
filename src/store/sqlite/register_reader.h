// SPDX-License-Identifier: Apache-2.0
//
// What is registered: one entry, what holds on a day, everything page by page.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/registry.h"
#include "store/page_token.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace suyuan::store::sqlite {

// As the members of Store of these names; a day has to be one.
[[nodiscard]] Result<std::optional<model::Operator>> find_operator(
    Connection& connection, std::string_view code
);
[[nodiscard]] Result<std::optional<model::Site>> find_site(
    Connection& connection, std::string_view code
);
[[nodiscard]] Result<std::optional<model::Product>> find_product(
    Connection& connection, std::string_view gtin
);
[[nodiscard]] Result<std::vector<model::Region>> find_regions(
    Connection& connection, std::string_view code_or_parent, std::string_view day
);
[[nodiscard]] Result<std::vector<model::Licence>> find_licences(
    Connection& connection, std::string_view operator_code, std::string_view day
);
[[nodiscard]] Result<std::vector<model::Link>> find_links(
    Connection& connection, std::string_view code, std::string_view day, std::size_t rows_max
);
[[nodiscard]] Result<std::vector<model::Link>> find_runners(
    Connection& connection, std::string_view site, std::size_t rows_max
);
[[nodiscard]] Result<std::optional<model::RegisteredPaper>> find_paper(
    Connection& connection, std::string_view number, std::string_view day
);
[[nodiscard]] Result<std::optional<model::Vehicle>> find_vehicle(
    Connection& connection, std::string_view plate
);
[[nodiscard]] Result<std::optional<model::PersonAtWork>> find_person(
    Connection& connection, std::string_view id, std::string_view day
);
[[nodiscard]] Result<std::vector<model::PersonAtWork>> find_person_history(
    Connection& connection, std::string_view id, std::size_t rows_max
);
[[nodiscard]] Result<RegistryListing> list_registry(
    Connection& connection,
    const TokenSealer& sealer,
    RegistryKind kind,
    std::string_view after,
    std::size_t rows_max
);

}  // namespace suyuan::store::sqlite
