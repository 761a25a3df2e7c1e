// SPDX-License-Identifier: Apache-2.0
//
// What the registry holds: one entry, what holds on a day, and everything page by page.
//
// Columns of one kind of row are always in the same order. Of several dated rows of one key that
// hold on a day, the one that began last counts. Lists go on behind the key of the last row.

#pragma once

#include "store/sql/text.h"

namespace suyuan::store::sql {

inline constexpr Text kFindOperator{
    "SELECT n.code, r.name, r.region, r.kind FROM name n "
    "JOIN registered_operator r ON r.operator_id = n.name_id "
    "WHERE HELD(r) AND n.kind = $1 AND n.code = $2"
};
inline constexpr Text kFindSite{
    "SELECT n.code, r.name, r.operator_code, r.region, r.address, r.latitude, r.longitude, "
    "r.capacity FROM name n JOIN registered_site r ON r.site_id = n.name_id "
    "WHERE HELD(r) AND n.kind = $1 AND n.code = $2"
};
// Everybody's.
inline constexpr Text kFindProduct{
    "SELECT p.gtin, p.name, p.producer, p.category, p.unit, p.shelf_life_days FROM product p "
    "WHERE p.gtin = $1"
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

// Licences are published: those of an operator that is only named are told too.
inline constexpr Text kFindLicences{
    "SELECT r.number, r.kind, r.operator_code, r.valid_from, r.valid_to FROM licence r "
    "WHERE SIGHT(operator, r.owner) AND r.operator_code = $1 "
    "AND r.valid_from <= $2 AND (r.valid_to = '' OR r.valid_to >= $2) "
    "AND NOT EXISTS (SELECT 1 FROM licence l WHERE l.number = r.number "
    "AND l.valid_from > r.valid_from "
    "AND l.valid_from <= $2 AND (l.valid_to = '' OR l.valid_to >= $2)) "
    "ORDER BY r.number LIMIT $3"
};
// One end is held. The kinds are those of NameKind.
inline constexpr Text kFindLinks{
    "SELECT r.kind, r.from_code, r.to_code, r.valid_from, r.valid_to, r.rival FROM link r "
    "WHERE (HELD(r) OR EXISTS (SELECT 1 FROM name n JOIN registered_operator h "
    "ON h.operator_id = n.name_id WHERE n.kind = 0 AND n.code = r.to_code AND HELD(h)) "
    "OR EXISTS (SELECT 1 FROM name n JOIN registered_site h "
    "ON h.site_id = n.name_id WHERE n.kind = 1 AND n.code = r.to_code AND HELD(h))) "
    "AND (r.from_code = $1 OR r.to_code = $1) "
    "AND r.valid_from <= $2 AND (r.valid_to = '' OR r.valid_to >= $2) "
    "AND NOT EXISTS (SELECT 1 FROM link l WHERE l.kind = r.kind AND l.to_code = r.to_code "
    "AND l.rival = r.rival AND l.valid_from > r.valid_from "
    "AND l.valid_from <= $2 AND (l.valid_to = '' OR l.valid_to >= $2)) "
    "ORDER BY r.kind, r.from_code, r.to_code LIMIT $3"
};
inline constexpr Text kFindRunners{
    "SELECT r.kind, r.from_code, r.to_code, r.valid_from, r.valid_to, r.rival FROM link r "
    "WHERE SCOPE(r) AND r.kind = 'runs' AND r.to_code = $1 ORDER BY r.valid_from DESC LIMIT $2"
};
// Of what is only named: what is printed on it, but for whom it is.
inline constexpr Text kFindPaper{
    "SELECT n.code, r.kind, r.issuer, CASE WHEN HELD(r) THEN r.holder ELSE '' END, r.valid_from, "
    "r.valid_to FROM name n "
    "JOIN registered_paper r ON r.paper_id = n.name_id "
    "WHERE SIGHT(paper, n.name_id) AND n.kind = $1 AND n.code = $2 "
    "AND r.valid_from <= $3 AND (r.valid_to = '' OR r.valid_to >= $3) "
    "ORDER BY r.valid_from DESC LIMIT 1"
};
inline constexpr Text kFindVehicle{
    "SELECT n.code, CASE WHEN HELD(r) THEN r.operator_code ELSE '' END FROM name n "
    "JOIN registered_vehicle r ON r.vehicle_id = n.name_id "
    "WHERE SIGHT(vehicle, n.name_id) AND n.kind = $1 AND n.code = $2"
};
inline constexpr Text kFindPerson{
    "SELECT n.code, r.operator_code, v.name, v.phone, r.title, r.valid_from, r.valid_to "
    "FROM name n "
    "LEFT JOIN registered_person r ON r.person_id = n.name_id AND HELD(r) AND r.valid_from = "
    "(SELECT max(l.valid_from) FROM registered_person l WHERE l.person_id = n.name_id "
    "AND l.valid_from <= $1 AND (l.valid_to = '' OR l.valid_to >= $1)) "
    "LEFT JOIN registered_person_value v ON v.person_id = n.name_id AND PEOPLE(v) AND HELD(v) "
    "WHERE SIGHT(person, n.name_id) AND n.kind = $2 AND n.code = $3 AND EXISTS "
    "(SELECT 1 FROM registered_person k WHERE k.person_id = n.name_id)"
};
inline constexpr Text kFindPersonHistory{
    "SELECT n.code, r.operator_code, '', '', r.title, r.valid_from, r.valid_to FROM name n "
    "JOIN registered_person r ON r.person_id = n.name_id "
    "WHERE HELD(r) AND n.kind = $1 AND n.code = $2 ORDER BY r.valid_from DESC LIMIT $3"
};

inline constexpr Text kListOperators{
    "SELECT n.code, r.name, r.region, r.kind FROM name n "
    "JOIN registered_operator r ON r.operator_id = n.name_id "
    "WHERE SCOPE(r) AND n.kind = $1 AND n.code > $2 ORDER BY n.code LIMIT $3"
};
inline constexpr Text kListSites{
    "SELECT n.code, r.name, r.operator_code, r.region, r.address, r.latitude, r.longitude, "
    "r.capacity FROM name n JOIN registered_site r ON r.site_id = n.name_id "
    "WHERE SCOPE(r) AND n.kind = $1 AND n.code > $2 ORDER BY n.code LIMIT $3"
};
inline constexpr Text kListProducts{
    "SELECT p.gtin, p.name, p.producer, p.category, p.unit, p.shelf_life_days FROM product p "
    "WHERE SCOPE(p) AND p.gtin > $1 ORDER BY p.gtin LIMIT $2"
};
inline constexpr Text kListRegions{
    "SELECT r.code, r.name, r.parent, r.valid_from, r.valid_to FROM region r "
    "WHERE SCOPE(r) AND (r.code, r.valid_from) > ($1, $2) ORDER BY r.code, r.valid_from LIMIT $3"
};
inline constexpr Text kListAliases{
    "SELECT a.alias, a.lot FROM alias a WHERE SCOPE(a) AND a.alias > $1 ORDER BY a.alias LIMIT $2"
};
inline constexpr Text kListLicences{
    "SELECT r.number, r.kind, r.operator_code, r.valid_from, r.valid_to FROM licence r "
    "WHERE SCOPE(r) AND (r.number, r.valid_from) > ($1, $2) "
    "ORDER BY r.number, r.valid_from LIMIT $3"
};
inline constexpr Text kListLinks{
    "SELECT r.kind, r.from_code, r.to_code, r.valid_from, r.valid_to, r.rival FROM link r "
    "WHERE SCOPE(r) AND (r.kind, r.to_code, r.rival, r.valid_from) > ($1, $2, $3, $4) "
    "ORDER BY r.kind, r.to_code, r.rival, r.valid_from LIMIT $5"
};
// From the paper of the last row on, which may have further rows.
inline constexpr Text kListPapers{
    "SELECT n.code, r.kind, r.issuer, r.holder, r.valid_from, r.valid_to FROM name n "
    "JOIN registered_paper r ON r.paper_id = n.name_id "
    "WHERE SCOPE(r) AND n.kind = $1 AND n.code >= $2 AND (n.code > $2 OR r.valid_from > $3) "
    "ORDER BY n.code, r.valid_from LIMIT $4"
};
inline constexpr Text kListVehicles{
    "SELECT n.code, r.operator_code FROM name n "
    "JOIN registered_vehicle r ON r.vehicle_id = n.name_id "
    "WHERE SCOPE(r) AND n.kind = $1 AND n.code > $2 ORDER BY n.code LIMIT $3"
};
// Likewise; without what tells who they are.
inline constexpr Text kListPeople{
    "SELECT n.code, r.operator_code, '', '', r.title, r.valid_from, r.valid_to FROM name n "
    "JOIN registered_person r ON r.person_id = n.name_id "
    "WHERE SCOPE(r) AND n.kind = $1 AND n.code >= $2 AND (n.code > $2 OR r.valid_from > $3) "
    "ORDER BY n.code, r.valid_from LIMIT $4"
};

}  // namespace suyuan::store::sql
