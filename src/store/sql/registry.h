// SPDX-License-Identifier: Apache-2.0
//
// The registry, the stock ledger and capture jobs.

#pragma once

#include "store/sql/text.h"

namespace suyuan::store::sql {

inline constexpr Text kPutOperator{
    "INSERT INTO registered_operator (operator_id, name, region, kind, is_indexed, "
    "submitter, owner, territory, data_class) VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8) "
    "ON CONFLICT (operator_id) DO UPDATE SET name = excluded.name, region = excluded.region, "
    "kind = excluded.kind, is_indexed = 0, submitter = excluded.submitter, owner = excluded.owner, "
    "territory = excluded.territory, data_class = excluded.data_class"
};
inline constexpr Text kPutSite{
    "INSERT INTO registered_site (site_id, name, operator_code, region, address, latitude, "
    "longitude, "
    "is_indexed, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11) "
    "ON CONFLICT (site_id) DO UPDATE SET name = excluded.name, "
    "operator_code = excluded.operator_code, region = excluded.region, address = excluded.address, "
    "latitude = excluded.latitude, longitude = excluded.longitude, is_indexed = 0, "
    "submitter = excluded.submitter, owner = excluded.owner, territory = excluded.territory, "
    "data_class = excluded.data_class"
};
inline constexpr Text kNumberOfProduct{"SELECT product_id FROM product WHERE gtin = $1"};
inline constexpr Text kPutProduct{
    "INSERT INTO product (product_id, gtin, name, is_indexed, submitter, owner, territory, "
    "data_class) "
    "VALUES ($1, $2, $3, 0, $4, $5, $6, $7) "
    "ON CONFLICT (product_id) DO UPDATE SET name = excluded.name, is_indexed = 0, "
    "submitter = excluded.submitter, owner = excluded.owner, territory = excluded.territory, "
    "data_class = excluded.data_class"
};
inline constexpr Text kPutRegion{
    "INSERT INTO region "
    "(code, valid_from, valid_to, name, parent, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
    "ON CONFLICT (code, valid_from) DO UPDATE SET valid_to = excluded.valid_to, "
    "name = excluded.name, parent = excluded.parent, submitter = excluded.submitter, "
    "owner = excluded.owner, territory = excluded.territory, data_class = excluded.data_class"
};
inline constexpr Text kPutAlias{
    "INSERT INTO alias (alias, lot, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (alias) DO UPDATE SET lot = excluded.lot, submitter = excluded.submitter, "
    "owner = excluded.owner, territory = excluded.territory, data_class = excluded.data_class"
};

inline constexpr Text kFindOperator{
    "SELECT n.code, r.name, r.region, r.kind FROM name n "
    "JOIN registered_operator r ON r.operator_id = n.name_id "
    "WHERE SCOPE(r) AND n.kind = $1 AND n.code = $2"
};
inline constexpr Text kFindSite{
    "SELECT n.code, r.name, r.operator_code, r.region, r.address, r.latitude, r.longitude FROM "
    "name n "
    "JOIN registered_site r ON r.site_id = n.name_id WHERE SCOPE(r) AND n.kind = $1 AND n.code = $2"
};
inline constexpr Text kFindProduct{
    "SELECT p.gtin, p.name FROM product p WHERE SCOPE(p) AND p.gtin = $1"
};
// The region itself, then what lies in it; of several rows valid on the day the one that began
// last.
inline constexpr Text kFindRegions{
    "SELECT r.code, r.name, r.parent, r.valid_from, r.valid_to FROM region r "
    "WHERE SCOPE(r) AND (r.code = $1 OR r.parent = $1) "
    "AND r.valid_from <= $2 AND (r.valid_to = '' OR r.valid_to >= $2) "
    "AND NOT EXISTS (SELECT 1 FROM region l WHERE l.code = r.code AND l.valid_from > r.valid_from "
    "AND l.valid_from <= $2 AND (l.valid_to = '' OR l.valid_to >= $2)) "
    "ORDER BY CASE WHEN r.code = $1 THEN 0 ELSE 1 END, r.code, r.valid_from"
};

inline constexpr Text kDropStock{"DELETE FROM stock WHERE item = $1"};
// The territory is the site's, where the registry knows it.
inline constexpr Text kInsertStock{
    "INSERT INTO stock (item, holder, site, disposition, unit, millionths, "
    "submitter, owner, territory, data_class) VALUES ($1, $2, $3, $4, $5, $6, $7, $2, "
    "coalesce((SELECT r.region FROM registered_site r WHERE r.site_id = $3), ''), $8)"
};

inline constexpr Text kPutJob{
    "INSERT INTO job (job_id, state, is_rollback, created_at, finished_at, event_count, "
    "stored_count, "
    "errors, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
    "ON CONFLICT (job_id) DO UPDATE SET state = excluded.state, is_rollback = "
    "excluded.is_rollback, "
    "created_at = excluded.created_at, finished_at = excluded.finished_at, "
    "event_count = excluded.event_count, stored_count = excluded.stored_count, "
    "errors = excluded.errors"
};
inline constexpr Text kFindJob{
    "SELECT j.job_id, j.state, j.is_rollback, j.created_at, j.finished_at, j.event_count, "
    "j.stored_count, j.errors FROM job j WHERE SCOPE(j) AND j.job_id = $1"
};

}  // namespace suyuan::store::sql
