// SPDX-License-Identifier: Apache-2.0
//
// What SQLite says differently: everything that a second backend would write anew.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/bigrams.h"
#include "store/sql/text.h"

namespace suyuan::store::sqlite {

// "SUYN", at offset 68 of the file's header: tells a store from any other database.
inline constexpr std::int64_t kApplicationId = 0x5355594e;

// Settings of a connection, and why, are with the definitions.
[[nodiscard]] std::string writer_settings();
[[nodiscard]] std::string reader_settings();

inline constexpr const char* kBegin = "BEGIN IMMEDIATE";
// What is read until the end is read as of one moment.
inline constexpr sql::Text kBeginReading{"BEGIN"};
inline constexpr sql::Text kEndReading{"ROLLBACK"};
inline constexpr const char* kCommit = "COMMIT";
inline constexpr const char* kRollback = "ROLLBACK";
inline constexpr const char* kSavepoint = "SAVEPOINT job";
inline constexpr const char* kReleaseSavepoint = "RELEASE job";
inline constexpr const char* kRollbackToSavepoint = "ROLLBACK TO job; RELEASE job";

inline constexpr sql::Text kReadApplicationId{"SELECT application_id FROM pragma_application_id"};
inline constexpr sql::Text kReadSchemaVersion{"SELECT user_version FROM pragma_user_version"};
inline constexpr sql::Text kCountTables{"SELECT count(*) FROM sqlite_schema"};
inline constexpr sql::Text kReadFileBytes{
    "SELECT c.page_count * s.page_size FROM pragma_page_count c, pragma_page_size s"
};
inline constexpr sql::Text kCheckDatabase{"SELECT integrity_check FROM pragma_integrity_check($1)"};

// The statements of a migration as SQLite wants them, with what only SQLite needs, and the version
// noted in the file.
[[nodiscard]] std::string migration_script(int version, std::string_view statements);

// The index of names. Its rows are numbered by search_row(). (The tables that SQLite keeps beneath
// a full-text table are its own: they have no columns of whose.)
inline constexpr sql::Text kInsertSearchRow{
    "INSERT INTO search_name (rowid, words, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6)"
};
inline constexpr sql::Text kDropSearchRow{"DELETE FROM search_name WHERE rowid = $1"};
inline constexpr sql::Text kMatchNames{
    "SELECT rowid FROM search_name WHERE search_name MATCH $1 AND rowid > $2 AND rowid <= $3 "
    "ORDER BY rowid LIMIT $4"
};

// What search_name matches for any of several questions, each of which is all of its phrases.
[[nodiscard]] std::string match_expression(const std::vector<std::vector<Phrase>>& questions);

}  // namespace suyuan::store::sqlite
