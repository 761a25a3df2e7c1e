// SPDX-License-Identifier: Apache-2.0
//
// The search box: by code, by the beginning of a code, and what the index of names still lacks.
//
// Each lists numbers behind the last one seen, in an order that does not change: codes are never
// changed and numbers never given twice.

#pragma once

#include "store/sql/text.h"

namespace suyuan::store::sql {

// $1 <= field < $2, behind the code $3.
inline constexpr Text kItemsByCode{
    "SELECT i.item_id FROM item i WHERE SIGHT(item, i.item_id) AND i.code >= $1 AND i.code < $2 "
    "AND i.code > $3 ORDER BY i.code LIMIT $4"
};
inline constexpr Text kOperatorsByCode{
    "SELECT n.name_id FROM name n WHERE SIGHT(operator, n.name_id) AND n.kind = $1 AND n.code >= "
    "$2 "
    "AND n.code < $3 AND n.code > $4 ORDER BY n.code LIMIT $5"
};
inline constexpr Text kSitesByCode{
    "SELECT n.name_id FROM name n WHERE SIGHT(site, n.name_id) AND n.kind = $1 AND n.code >= $2 "
    "AND n.code < $3 AND n.code > $4 ORDER BY n.code LIMIT $5"
};
inline constexpr Text kVehiclesByCode{
    "SELECT n.name_id FROM name n WHERE SIGHT(vehicle, n.name_id) AND n.kind = $1 AND n.code >= $2 "
    "AND n.code < $3 AND n.code > $4 ORDER BY n.code LIMIT $5"
};
inline constexpr Text kPeopleByCode{
    "SELECT n.name_id FROM name n WHERE SIGHT(person, n.name_id) AND n.kind = $1 AND n.code >= $2 "
    "AND n.code < $3 AND n.code > $4 ORDER BY n.code LIMIT $5"
};
inline constexpr Text kPapersByCode{
    "SELECT n.name_id FROM name n WHERE SIGHT(paper, n.name_id) AND n.kind = $1 AND n.code >= $2 "
    "AND n.code < $3 AND n.code > $4 ORDER BY n.code LIMIT $5"
};
// Regions are everybody's.
inline constexpr Text kRegionsByCode{
    "SELECT n.name_id FROM name n WHERE n.kind = $1 AND n.code >= $2 AND n.code < $3 "
    "AND n.code > $4 ORDER BY n.code LIMIT $5"
};
// Products likewise.
inline constexpr Text kProductsByGtin{
    "SELECT p.product_id FROM product p WHERE p.gtin >= $1 AND p.gtin < $2 "
    "AND p.gtin > $3 ORDER BY p.gtin LIMIT $4"
};
// $1 <= field < $2, behind the field $3 of the number $4.
inline constexpr Text kItemsByGtin{
    "SELECT i.item_id FROM item i WHERE SIGHT(item, i.item_id) AND i.gtin <> '' "
    "AND i.gtin >= $1 AND i.gtin < $2 AND (i.gtin, i.item_id) > ($3, $4) ORDER BY i.gtin, "
    "i.item_id LIMIT $5"
};
// Lots alone (model::CodeKind::kLot): an instance that tells its lot is found by its own code.
inline constexpr Text kItemsByLot{
    "SELECT i.item_id FROM item i WHERE SIGHT(item, i.item_id) AND i.kind = 1 "
    "AND i.lot >= $1 AND i.lot < $2 AND (i.lot, i.item_id) > ($3, $4) ORDER BY i.lot, i.item_id "
    "LIMIT $5"
};
// Behind the number $3.
inline constexpr Text kItemsByAlias{
    "SELECT DISTINCT i.item_id FROM alias a JOIN item i ON i.code = a.lot "
    "WHERE SIGHT(item, i.item_id) AND a.alias >= $1 AND a.alias < $2 AND i.item_id > $3 "
    "ORDER BY i.item_id LIMIT $4"
};
// Behind the number $4.
inline constexpr Text kOperatorsByLicence{
    "SELECT DISTINCT n.name_id FROM licence l JOIN name n ON n.kind = $1 AND n.code = "
    "l.operator_code WHERE SIGHT(operator, n.name_id) AND l.number >= $2 AND l.number < $3 "
    "AND n.name_id > $4 ORDER BY n.name_id LIMIT $5"
};
// $1 <= region < $2, behind the region $3 of the number $4.
inline constexpr Text kOperatorsByRegion{
    "SELECT r.operator_id FROM registered_operator r WHERE HELD(r) AND r.region <> '' "
    "AND r.region >= $1 AND r.region < $2 AND (r.region, r.operator_id) > ($3, $4) "
    "ORDER BY r.region, r.operator_id LIMIT $5"
};
inline constexpr Text kSitesByRegion{
    "SELECT r.site_id FROM registered_site r WHERE HELD(r) AND r.region <> '' "
    "AND r.region >= $1 AND r.region < $2 AND (r.region, r.site_id) > ($3, $4) "
    "ORDER BY r.region, r.site_id LIMIT $5"
};

// Of what is in sight already.
inline constexpr Text kLicencesOfOperator{
    "SELECT DISTINCT l.number FROM licence l WHERE l.operator_code = $1 "
    "ORDER BY l.number LIMIT $2"
};
inline constexpr Text kAliasesOfLot{
    "SELECT a.alias FROM alias a WHERE a.lot = $1 ORDER BY a.alias LIMIT $2"
};
inline constexpr Text kProductName{"SELECT p.gtin, p.name FROM product p WHERE p.product_id = $1"};

// How often the log names something, up to $3.
inline constexpr Text kCountPostings{
    "SELECT count(*) FROM (SELECT 1 FROM posting p WHERE SCOPE(p) AND p.role = $1 AND p.type = 0 "
    "AND p.value = $2 LIMIT $3) named"
};
// The roles of PostingRole up to kMentioned.
inline constexpr Text kCountItemPostings{
    "SELECT count(*) FROM (SELECT DISTINCT p.log_index FROM posting p WHERE SCOPE(p) "
    "AND p.role IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) AND p.type = 0 AND p.value = $1 LIMIT $2) "
    "named"
};

// For the writer: what the index of names still lacks. Each row is followed by whose it is.
inline constexpr Text kItemsToIndex{
    "SELECT item_id, code, lot, submitter, owner, territory, data_class FROM item "
    "WHERE item_id > $1 ORDER BY item_id LIMIT $2"
};
inline constexpr Text kNamesToIndex{
    "SELECT name_id, code, '', submitter, owner, territory, data_class FROM name "
    "WHERE kind = $1 AND name_id > $2 ORDER BY name_id LIMIT $3"
};
inline constexpr Text kOperatorsToIndex{
    "SELECT r.operator_id, n.code, r.name, r.submitter, r.owner, r.territory, r.data_class "
    "FROM registered_operator r JOIN name n ON n.kind = $1 AND n.name_id = r.operator_id "
    "WHERE r.is_indexed = 0 ORDER BY r.operator_id LIMIT $2"
};
inline constexpr Text kSitesToIndex{
    "SELECT r.site_id, n.code, r.name, r.submitter, r.owner, r.territory, r.data_class "
    "FROM registered_site r JOIN name n ON n.kind = $1 AND n.name_id = r.site_id "
    "WHERE r.is_indexed = 0 ORDER BY r.site_id LIMIT $2"
};
inline constexpr Text kProductsToIndex{
    "SELECT product_id, gtin, name, submitter, owner, territory, data_class FROM product "
    "WHERE is_indexed = 0 ORDER BY product_id LIMIT $1"
};
// Every name that a region had, one after the other.
inline constexpr Text kRegionsToIndex{
    "SELECT n.name_id, r.code, r.name, r.submitter, r.owner, r.territory, r.data_class "
    "FROM region r JOIN name n ON n.kind = $1 AND n.code = r.code "
    "WHERE r.code IN (SELECT DISTINCT u.code FROM region u WHERE u.is_indexed = 0 "
    "ORDER BY u.code LIMIT $2) ORDER BY n.name_id, r.valid_from"
};
inline constexpr Text kOperatorIsIndexed{
    "UPDATE registered_operator SET is_indexed = 1 WHERE operator_id = $1"
};
inline constexpr Text kSiteIsIndexed{"UPDATE registered_site SET is_indexed = 1 WHERE site_id = $1"
};
// $1 is the kind of the region's number $2.
inline constexpr Text kRegionIsIndexed{
    "UPDATE region SET is_indexed = 1 WHERE is_indexed = 0 AND code = "
    "(SELECT n.code FROM name n WHERE n.kind = $1 AND n.name_id = $2)"
};
inline constexpr Text kProductIsIndexed{"UPDATE product SET is_indexed = 1 WHERE product_id = $1"};

}  // namespace suyuan::store::sql
