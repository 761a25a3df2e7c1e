// SPDX-License-Identifier: Apache-2.0
//
// What is put into the registry; the stock ledger and capture jobs.

#pragma once

#include "store/sql/text.h"

namespace suyuan::store::sql {

// What a row does not say stays as it was: most rows name one thing in passing, and leave nobody
// without a region or an operator.
inline constexpr Text kPutOperator{
    "INSERT INTO registered_operator (operator_id, name, region, kind, is_indexed, submitter, "
    "owner, territory, data_class) VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8) ON CONFLICT "
    "(operator_id) DO UPDATE SET name = coalesce(nullif(excluded.name, ''), "
    "registered_operator.name), region = coalesce(nullif(excluded.region, ''), "
    "registered_operator.region), kind = coalesce(nullif(excluded.kind, ''), "
    "registered_operator.kind), is_indexed = 0, submitter = excluded.submitter, owner = "
    "excluded.owner, territory = coalesce(nullif(excluded.territory, ''), "
    "registered_operator.territory), data_class = excluded.data_class"
};
inline constexpr Text kPutSite{
    "INSERT INTO registered_site (site_id, name, operator_code, region, address, latitude, "
    "longitude, capacity, is_indexed, submitter, owner, territory, data_class) VALUES ($1, $2, "
    "$3, $4, $5, $6, $7, $8, 0, $9, $10, $11, $12) ON CONFLICT (site_id) DO UPDATE SET name = "
    "coalesce(nullif(excluded.name, ''), registered_site.name), operator_code = "
    "coalesce(nullif(excluded.operator_code, ''), registered_site.operator_code), region = "
    "coalesce(nullif(excluded.region, ''), registered_site.region), address = "
    "coalesce(nullif(excluded.address, ''), registered_site.address), latitude = "
    "coalesce(nullif(excluded.latitude, ''), registered_site.latitude), longitude = "
    "coalesce(nullif(excluded.longitude, ''), registered_site.longitude), capacity = "
    "coalesce(nullif(excluded.capacity, ''), registered_site.capacity), is_indexed = 0, "
    "submitter = excluded.submitter, owner = coalesce(nullif(excluded.owner, 0), "
    "registered_site.owner), territory = coalesce(nullif(excluded.territory, ''), "
    "registered_site.territory), data_class = excluded.data_class"
};
inline constexpr Text kNumberOfProduct{"SELECT product_id FROM product WHERE gtin = $1"};
inline constexpr Text kPutProduct{
    "INSERT INTO product (product_id, gtin, name, producer, category, unit, shelf_life_days, "
    "is_indexed, submitter, owner, territory, data_class) VALUES ($1, $2, $3, $4, $5, $6, $7, "
    "0, $8, $9, $10, $11) ON CONFLICT (product_id) DO UPDATE SET name = "
    "coalesce(nullif(excluded.name, ''), product.name), producer = "
    "coalesce(nullif(excluded.producer, ''), product.producer), category = "
    "coalesce(nullif(excluded.category, ''), product.category), unit = "
    "coalesce(nullif(excluded.unit, ''), product.unit), shelf_life_days = "
    "coalesce(nullif(excluded.shelf_life_days, ''), product.shelf_life_days), is_indexed = 0, "
    "submitter = excluded.submitter, owner = coalesce(nullif(excluded.owner, 0), "
    "product.owner), territory = excluded.territory, data_class = excluded.data_class"
};
inline constexpr Text kPutRegion{
    "INSERT INTO region "
    "(code, valid_from, valid_to, name, parent, is_indexed, submitter, owner, territory, "
    "data_class) VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9) "
    "ON CONFLICT (code, valid_from) DO UPDATE SET valid_to = excluded.valid_to, "
    "name = excluded.name, parent = excluded.parent, is_indexed = 0, "
    "submitter = excluded.submitter, owner = excluded.owner, territory = excluded.territory, "
    "data_class = excluded.data_class"
};
inline constexpr Text kPutAlias{
    "INSERT INTO alias (alias, lot, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (alias) DO UPDATE SET lot = excluded.lot, submitter = excluded.submitter, "
    "owner = excluded.owner, territory = excluded.territory, data_class = excluded.data_class"
};

// Of what follows, the territory is the owner's, where the registry knows it.
inline constexpr Text kPutLicence{
    "INSERT INTO licence (number, valid_from, valid_to, kind, operator_code, submitter, owner, "
    "territory, data_class) VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce((SELECT r.region FROM "
    "registered_operator r WHERE r.operator_id = $7), ''), $8) ON CONFLICT (number, valid_from) "
    "DO UPDATE SET valid_to = excluded.valid_to, kind = coalesce(nullif(excluded.kind, ''), "
    "licence.kind), operator_code = excluded.operator_code, submitter = excluded.submitter, "
    "owner = excluded.owner, territory = excluded.territory, data_class = excluded.data_class"
};
// `rival` is empty where one end replaces the other: of a site that is run by somebody else now.
inline constexpr Text kPutLink{
    "INSERT INTO link (kind, to_code, rival, valid_from, valid_to, from_code, "
    "submitter, owner, territory, data_class) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
    "coalesce((SELECT r.region FROM registered_operator r WHERE r.operator_id = $8), ''), $9) "
    "ON CONFLICT (kind, to_code, rival, valid_from) DO UPDATE SET valid_to = excluded.valid_to, "
    "from_code = excluded.from_code, submitter = excluded.submitter, owner = excluded.owner, "
    "territory = excluded.territory, data_class = excluded.data_class"
};
inline constexpr Text kPutPaper{
    "INSERT INTO registered_paper (paper_id, valid_from, valid_to, kind, issuer, holder, "
    "submitter, owner, territory, data_class) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
    "coalesce((SELECT r.region FROM registered_operator r WHERE r.operator_id = $8), ''), $9) "
    "ON CONFLICT (paper_id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, kind = "
    "coalesce(nullif(excluded.kind, ''), registered_paper.kind), issuer = "
    "coalesce(nullif(excluded.issuer, ''), registered_paper.issuer), holder = "
    "coalesce(nullif(excluded.holder, ''), registered_paper.holder), submitter = "
    "excluded.submitter, owner = coalesce(nullif(excluded.owner, 0), registered_paper.owner), "
    "territory = coalesce(nullif(excluded.territory, ''), registered_paper.territory), "
    "data_class = excluded.data_class"
};
inline constexpr Text kPutVehicle{
    "INSERT INTO registered_vehicle (vehicle_id, operator_code, submitter, owner, territory, "
    "data_class) VALUES ($1, $2, $3, $4, coalesce((SELECT r.region FROM registered_operator r "
    "WHERE r.operator_id = $4), ''), $5) ON CONFLICT (vehicle_id) DO UPDATE SET operator_code = "
    "coalesce(nullif(excluded.operator_code, ''), registered_vehicle.operator_code), submitter "
    "= excluded.submitter, owner = coalesce(nullif(excluded.owner, 0), "
    "registered_vehicle.owner), territory = coalesce(nullif(excluded.territory, ''), "
    "registered_vehicle.territory), data_class = excluded.data_class"
};
inline constexpr Text kPutPerson{
    "INSERT INTO registered_person (person_id, valid_from, valid_to, operator_code, title, "
    "submitter, owner, territory, data_class) VALUES ($1, $2, $3, $4, $5, $6, $7, "
    "coalesce((SELECT r.region FROM registered_operator r WHERE r.operator_id = $7), ''), $8) "
    "ON CONFLICT (person_id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, "
    "operator_code = coalesce(nullif(excluded.operator_code, ''), "
    "registered_person.operator_code), title = coalesce(nullif(excluded.title, ''), "
    "registered_person.title), submitter = excluded.submitter, owner = "
    "coalesce(nullif(excluded.owner, 0), registered_person.owner), territory = "
    "coalesce(nullif(excluded.territory, ''), registered_person.territory), data_class = "
    "excluded.data_class"
};
inline constexpr Text kPutPersonValues{
    "INSERT INTO registered_person_value (person_id, name, phone, "
    "submitter, owner, territory, data_class) VALUES ($1, $2, $3, $4, $5, "
    "coalesce((SELECT r.region FROM registered_operator r WHERE r.operator_id = $5), ''), $6) "
    "ON CONFLICT (person_id) DO UPDATE SET name = coalesce(nullif(excluded.name, ''), "
    "registered_person_value.name), phone = coalesce(nullif(excluded.phone, ''), "
    "registered_person_value.phone), submitter = excluded.submitter, owner = "
    "coalesce(nullif(excluded.owner, 0), registered_person_value.owner), territory = "
    "coalesce(nullif(excluded.territory, ''), registered_person_value.territory), data_class = "
    "excluded.data_class"
};
inline constexpr Text kErasePersonValues{"DELETE FROM registered_person_value WHERE person_id = $1"
};
// Of the dated rows the one that began last stays, without title and days: whom the id works for.
inline constexpr Text kErasePersonRows{
    "DELETE FROM registered_person WHERE person_id = $1 AND valid_from < "
    "(SELECT max(l.valid_from) FROM registered_person l WHERE l.person_id = $1)"
};
inline constexpr Text kErasePersonTitle{
    "UPDATE registered_person SET valid_from = '', valid_to = '', title = '' "
    "WHERE person_id = $1 AND (valid_from <> '' OR valid_to <> '' OR title <> '')"
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
