// SPDX-License-Identifier: Apache-2.0
//
// Dictionaries: what has a number, and what the numbers stand for.

#pragma once

#include "store/sql/text.h"

namespace suyuan::store::sql {

// For the writer, who numbers what nobody may see yet.
inline constexpr Text kNumberOfItem{"SELECT item_id FROM item WHERE code = $1"};
inline constexpr Text kNumberOfName{"SELECT name_id FROM name WHERE kind = $1 AND code = $2"};
inline constexpr Text kNumberOfTerm{"SELECT term_id FROM term WHERE word = $1"};
inline constexpr Text kNumberOfContext{"SELECT context_id FROM context WHERE digest = $1"};

inline constexpr Text kInsertItem{
    "INSERT INTO item "
    "(item_id, code, kind, gtin, lot, serial, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
};
inline constexpr Text kInsertName{
    "INSERT INTO name (kind, name_id, code, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)"
};
inline constexpr Text kInsertTerm{
    "INSERT INTO term (term_id, word, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6)"
};
inline constexpr Text kInsertContext{
    "INSERT INTO context (context_id, digest, body, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)"
};

inline constexpr Text kItemName{
    "SELECT i.code, i.kind, i.gtin, i.lot, i.serial, p.name FROM item i "
    "LEFT JOIN product p ON i.gtin <> '' AND p.gtin = i.gtin WHERE SCOPE(i) AND i.item_id = $1"
};
inline constexpr Text kName{
    "SELECT n.code FROM name n WHERE SCOPE(n) AND n.kind = $1 AND n.name_id = $2"
};
inline constexpr Text kNameOfOperator{
    "SELECT n.code, r.name, r.region FROM name n LEFT JOIN registered_operator r ON r.operator_id "
    "= "
    "n.name_id "
    "WHERE SCOPE(n) AND n.kind = $1 AND n.name_id = $2"
};
inline constexpr Text kNameOfSite{
    "SELECT n.code, r.name, r.region FROM name n LEFT JOIN registered_site r ON r.site_id = "
    "n.name_id "
    "WHERE SCOPE(n) AND n.kind = $1 AND n.name_id = $2"
};
// As it is called now, or was last.
inline constexpr Text kNameOfRegion{
    "SELECT n.code, r.name, '' FROM name n LEFT JOIN region r ON r.code = n.code "
    "AND NOT EXISTS (SELECT 1 FROM region l WHERE l.code = r.code AND l.valid_from > r.valid_from) "
    "WHERE SCOPE(n) AND n.kind = $1 AND n.name_id = $2"
};

inline constexpr Text kFindItem{"SELECT i.item_id FROM item i WHERE SCOPE(i) AND i.code = $1"};
inline constexpr Text kFindItemByAlias{
    "SELECT i.item_id FROM alias a JOIN item i ON i.code = a.lot "
    "WHERE SCOPE(a) AND SCOPE(i) AND a.alias = $1"
};
inline constexpr Text kFindItemsOfGtin{
    "SELECT i.item_id FROM item i "
    "WHERE SCOPE(i) AND i.gtin = $1 AND i.gtin <> '' AND i.item_id > $2 ORDER BY i.item_id LIMIT $3"
};
inline constexpr Text kFindName{
    "SELECT n.name_id FROM name n WHERE SCOPE(n) AND n.kind = $1 AND n.code = $2"
};

// Counters and secrets belong to the store itself.
inline constexpr Text kReadCounters{"SELECT name, value FROM counter"};
inline constexpr Text kWriteCounter{
    "INSERT INTO counter (name, value, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, 0, 0, '', 2) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
};
inline constexpr Text kReadSecret{"SELECT value FROM secret WHERE name = $1"};
inline constexpr Text kWriteSecret{
    "INSERT INTO secret (name, value, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, 0, 0, '', 3)"
};

}  // namespace suyuan::store::sql
