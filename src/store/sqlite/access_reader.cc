// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/access_reader.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "policy/vocabulary.h"
#include "store/access.h"
#include "store/sql/access.h"
#include "store/sql/text.h"
#include "store/sqlite/connection.h"
#include "store/word_list.h"

namespace suyuan::store::sqlite {
namespace {

Account read_account(const Query& query) {
    return {
        .id = std::string(query.text(0)),
        .name = std::string(query.text(1)),
        .kind = static_cast<AccountKind>(query.integer(2)),
        .operator_code = std::string(query.text(3)),
        .department = std::string(query.text(4)),
        .region = query.count(5),
        .created_at = query.integer(6),
        .disabled_at = query.integer(7),
    };
}

Grant read_grant(const Query& query) {
    return {
        .id = std::string(query.text(0)),
        .account = std::string(query.text(1)),
        .role = std::string(query.text(2)),
        .region = query.count(3),
        .department = std::string(query.text(4)),
        .functions = split_words(query.text(5)),
        .validity = {.from = query.integer(6), .until = query.integer(7)},
        .revoked_at = query.integer(8),
    };
}

Credential read_credential(const Query& query) {
    return {
        .account = std::string(query.text(0)),
        .kind = static_cast<CredentialKind>(query.integer(1)),
        .secret = std::string(query.bytes(2)),
        .changed_at = query.integer(3),
        .is_initial = query.flag(4),
        .used_step = query.integer(5),
    };
}

Session read_session(const Query& query) {
    return {
        .token_digest = std::string(query.bytes(0)),
        .account = std::string(query.text(1)),
        .authentication = static_cast<policy::Authentication>(query.integer(2)),
        .created_at = query.integer(3),
        .seen_at = query.integer(4),
        .proved_at = query.integer(5),
        .expires_at = query.integer(6),
        .idle_us = query.integer(7),
    };
}

AccessKey read_key(const Query& query) {
    return {
        .id = std::string(query.text(0)),
        .family = std::string(query.text(1)),
        .name = std::string(query.text(2)),
        .use = static_cast<KeyUse>(query.integer(3)),
        .secret = std::string(query.bytes(4)),
        .role = std::string(query.text(5)),
        .operator_code = std::string(query.text(6)),
        .department = std::string(query.text(7)),
        .region = query.count(8),
        .functions = split_words(query.text(9)),
        .actions = split_words(query.text(10)),
        .addresses = split_words(query.text(11)),
        .created_at = query.integer(12),
        .expires_at = query.integer(13),
        .revoked_at = query.integer(14),
    };
}

template <typename Read>
using Row = decltype(std::declval<Read>()(std::declval<const Query&>()));

template <typename Read>
Result<std::optional<Row<Read>>> read_one(Result<Query> started, Read read) {
    SUYUAN_TRY(Query query, std::move(started));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return std::optional<Row<Read>>();
    }
    return std::optional(read(query));
}

template <typename Read>
Result<std::vector<Row<Read>>> read_all(Result<Query> started, Read read) {
    SUYUAN_TRY(Query query, std::move(started));
    std::vector<Row<Read>> rows;
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return rows;
        }
        rows.push_back(read(query));
    }
}

}  // namespace

Result<std::optional<Account>> find_account(
    Connection& connection, sql::Text text, std::string_view id_or_name
) {
    return read_one(connection.start(text, id_or_name), read_account);
}

Result<std::vector<Account>> list_accounts(
    Connection& connection, std::string_view after_name, std::size_t rows_max
) {
    return read_all(connection.start(sql::kListAccounts, after_name, rows_max), read_account);
}

Result<std::vector<Grant>> grants_of(Connection& connection, std::string_view account) {
    return read_all(
        connection.start(sql::kGrantsOf, account, std::size_t{AccessStore::kGrantsMax}), read_grant
    );
}

Result<std::optional<Credential>> find_credential(
    Connection& connection, std::string_view account, CredentialKind kind
) {
    return read_one(connection.start(sql::kFindCredential, account, kind), read_credential);
}

Result<std::uint64_t> count_recovery_codes(Connection& connection, std::string_view account) {
    SUYUAN_TRY(Query query, connection.start(sql::kCountRecoveryCodes, account));
    SUYUAN_TRY(const bool has_row, query.next());
    return has_row ? query.count(0) : 0;
}

Result<Failures> failures_of(Connection& connection, std::string_view account) {
    SUYUAN_TRY(Query query, connection.start(sql::kFailuresOf, account));
    SUYUAN_TRY(const bool has_row, query.next());
    return has_row ? Failures{.count = query.integer(0), .last_at = query.integer(1)} : Failures();
}

Result<std::optional<Session>> find_session(Connection& connection, std::string_view token_digest) {
    return read_one(connection.start(sql::kFindSession, Blob{token_digest}), read_session);
}

Result<std::vector<Session>> sessions_of(Connection& connection, std::string_view account) {
    return read_all(
        connection.start(sql::kSessionsOf, account, std::size_t{AccessStore::kSessionsMax}),
        read_session
    );
}

Result<std::optional<AccessKey>> find_key(Connection& connection, std::string_view id) {
    return read_one(connection.start(sql::kFindKey, id), read_key);
}

Result<std::vector<AccessKey>> list_keys(
    Connection& connection, std::string_view after_id, std::size_t rows_max
) {
    return read_all(connection.start(sql::kListKeys, after_id, rows_max), read_key);
}

}  // namespace suyuan::store::sqlite
