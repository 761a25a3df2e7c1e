// SPDX-License-Identifier: Apache-2.0
//
// The reading members of AccessStore, on one connection; access_writer.h changes what they read.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/access.h"
#include "store/sql/text.h"
#include "store/sqlite/connection.h"

namespace suyuan::store::sqlite {

// By kFindAccount or kFindAccountNamed.
[[nodiscard]] Result<std::optional<Account>> find_account(
    Connection& connection, sql::Text text, std::string_view id_or_name
);
[[nodiscard]] Result<std::vector<Account>> list_accounts(
    Connection& connection, std::string_view after_name, std::size_t rows_max
);
[[nodiscard]] Result<std::vector<Grant>> grants_of(
    Connection& connection, std::string_view account
);
[[nodiscard]] Result<std::optional<Credential>> find_credential(
    Connection& connection, std::string_view account, CredentialKind kind
);
[[nodiscard]] Result<std::uint64_t> count_recovery_codes(
    Connection& connection, std::string_view account
);
[[nodiscard]] Result<Failures> failures_of(Connection& connection, std::string_view account);
[[nodiscard]] Result<std::optional<Session>> find_session(
    Connection& connection, std::string_view token_digest
);
[[nodiscard]] Result<std::vector<Session>> sessions_of(
    Connection& connection, std::string_view account
);
[[nodiscard]] Result<std::optional<AccessKey>> find_key(
    Connection& connection, std::string_view id
);
[[nodiscard]] Result<std::vector<AccessKey>> list_keys(
    Connection& connection, std::string_view after_id, std::size_t rows_max
);

}  // namespace suyuan::store::sqlite
