// SPDX-License-Identifier: Apache-2.0
//
// What a sound store has no rows for, and what its parts must agree in.

#pragma once

#include "store/sql/text.h"

namespace suyuan::store::sql {

// The log with what belongs to each record; $1: behind this log index.
inline constexpr Text kWalkLog{
    "SELECT l.record_id, l.log_index, l.record_time, l.submitter, l.identity, l.content, "
    "l.is_declaration, l.is_conflict, l.payload_hash, l.commitment, "
    "p.record_id, p.body, p.salt, c.context_id, "
    "e.log_index, e.record_id, e.record_time, e.submitter, e.identity, e.content, "
    "e.is_declaration, e.is_conflict, e.digest, e.facts "
    "FROM log l LEFT JOIN payload p ON p.record_id = l.record_id "
    "LEFT JOIN context c ON c.context_id = p.context_id "
    "LEFT JOIN event e ON e.log_index = l.log_index "
    "WHERE l.log_index > $1 ORDER BY l.log_index LIMIT $2"
};

inline constexpr Text kWalkPeople{
    "SELECT e.place, e.leaf, n.code, v.place, v.salt, v.body FROM person_entry e "
    "LEFT JOIN name n ON n.kind = $1 AND n.name_id = e.person "
    "LEFT JOIN person_value v ON v.record_id = e.record_id AND v.place = e.place "
    "WHERE e.record_id = $2 ORDER BY e.place"
};

inline constexpr Text kKindOfItem{"SELECT kind FROM item WHERE item_id = $1"};

inline constexpr Text kHasMention{
    "SELECT 1 FROM mention m JOIN event e ON m.territory = e.territory AND m.submitter = "
    "e.submitter "
    "WHERE m.kind = $1 AND m.thing = $2 AND e.log_index = $3"
};
inline constexpr Text kHasPosting{
    "SELECT 1 FROM posting WHERE role = $1 AND type = 0 AND value = $2 AND log_index = $3"
};

// Each lists the records (or other numbers) at fault, at most $1.
inline constexpr Text kWrongConflicts{
    "SELECT l.record_id FROM log l WHERE l.is_conflict <> CASE WHEN l.event_id <> '' AND EXISTS "
    "(SELECT 1 FROM log o WHERE o.event_id = l.event_id AND o.event_id <> '' "
    "AND o.submitter = l.submitter AND o.is_declaration = l.is_declaration "
    "AND o.log_index < l.log_index) THEN 1 ELSE 0 END ORDER BY l.record_id LIMIT $1"
};
inline constexpr Text kWrongPossibleDuplicates{
    "SELECT l.record_id FROM log l WHERE l.is_possible_duplicate <> CASE WHEN l.is_declaration = 0 "
    "AND EXISTS (SELECT 1 FROM log o WHERE o.hash_id = l.hash_id AND o.is_declaration = 0 "
    "AND o.log_index < l.log_index) THEN 1 ELSE 0 END ORDER BY l.record_id LIMIT $1"
};
inline constexpr Text kStoredTwice{
    "SELECT l.record_id FROM log l WHERE l.event_id <> '' AND EXISTS "
    "(SELECT 1 FROM log o WHERE o.event_id = l.event_id AND o.event_id <> '' "
    "AND o.submitter = l.submitter AND o.is_declaration = l.is_declaration "
    "AND o.hash_id = l.hash_id AND o.log_index < l.log_index) ORDER BY l.record_id LIMIT $1"
};
// A record without eventID has an occurrence instead; earlier versions gave it no identity.
inline constexpr Text kWrongIdentities{
    "SELECT l.record_id FROM log l WHERE (l.identity = 0 AND l.event_id <> '') OR "
    "(l.event_id = '') <> (l.occurrence > 0) OR "
    "(l.event_id <> '' AND EXISTS (SELECT 1 FROM log o WHERE o.event_id = l.event_id "
    "AND o.event_id <> '' AND o.submitter = l.submitter AND o.identity <> l.identity)) "
    "ORDER BY l.record_id LIMIT $1"
};
inline constexpr Text kSharedIdentities{
    "SELECT min(record_id) FROM log WHERE identity <> 0 GROUP BY identity "
    "HAVING count(DISTINCT submitter) > 1 "
    "OR count(DISTINCT CASE WHEN event_id <> '' THEN event_id END) > 1 "
    "OR count(DISTINCT CASE WHEN event_id = '' THEN hash_id END) > 1 ORDER BY 1 LIMIT $1"
};
inline constexpr Text kWrongContents{
    "SELECT l.record_id FROM log l WHERE EXISTS (SELECT 1 FROM log o WHERE o.hash_id = l.hash_id "
    "AND o.content <> l.content) ORDER BY l.record_id LIMIT $1"
};
inline constexpr Text kSharedContents{
    "SELECT min(record_id) FROM log GROUP BY content HAVING count(DISTINCT hash_id) > 1 "
    "ORDER BY 1 LIMIT $1"
};
inline constexpr Text kEventsWithoutLog{
    "SELECT e.record_id FROM event e WHERE NOT EXISTS "
    "(SELECT 1 FROM log l WHERE l.log_index = e.log_index) ORDER BY e.log_index LIMIT $1"
};
inline constexpr Text kPayloadsWithoutLog{
    "SELECT p.record_id FROM payload p WHERE NOT EXISTS "
    "(SELECT 1 FROM log l WHERE l.record_id = p.record_id) ORDER BY p.record_id LIMIT $1"
};
inline constexpr Text kPeopleWithoutLog{
    "SELECT p.record_id FROM person_entry p WHERE NOT EXISTS "
    "(SELECT 1 FROM log l WHERE l.record_id = p.record_id) ORDER BY p.record_id LIMIT $1"
};
inline constexpr Text kValuesWithoutEntry{
    "SELECT v.record_id FROM person_value v WHERE NOT EXISTS (SELECT 1 FROM person_entry e "
    "WHERE e.record_id = v.record_id AND e.place = v.place) ORDER BY v.record_id LIMIT $1"
};
inline constexpr Text kPostingsWithoutEvent{
    "SELECT DISTINCT p.log_index FROM posting p WHERE NOT EXISTS "
    "(SELECT 1 FROM event e WHERE e.log_index = p.log_index) ORDER BY p.log_index LIMIT $1"
};
inline constexpr Text kStockOfNothing{
    "SELECT s.item FROM stock s WHERE NOT EXISTS (SELECT 1 FROM item i WHERE i.item_id = s.item) "
    "OR (s.holder <> 0 AND NOT EXISTS (SELECT 1 FROM name n WHERE n.kind = 0 "
    "AND n.name_id = s.holder)) OR (s.site <> 0 AND NOT EXISTS (SELECT 1 FROM name n "
    "WHERE n.kind = 1 AND n.name_id = s.site)) OR (s.unit <> 0 AND NOT EXISTS "
    "(SELECT 1 FROM name n WHERE n.kind = 5 AND n.name_id = s.unit)) ORDER BY s.item LIMIT $1"
};

// The greatest value posted in each role.
inline constexpr Text kGreatestPosted{"SELECT role, max(value) FROM posting GROUP BY role"};
inline constexpr Text kGreatestTypePosted{"SELECT coalesce(max(type), 0) FROM posting"};

// How many and the greatest number of each dictionary: equal, as numbers have no gaps.
inline constexpr Text kItemNumbers{"SELECT count(*), coalesce(max(item_id), 0) FROM item"};
inline constexpr Text kNameNumbers{
    "SELECT count(*), coalesce(max(name_id), 0) FROM name WHERE kind = $1"
};
inline constexpr Text kTermNumbers{"SELECT count(*), coalesce(max(term_id), 0) FROM term"};
inline constexpr Text kContextNumbers{"SELECT count(*), coalesce(max(context_id), 0) FROM context"};
inline constexpr Text kProductNumbers{"SELECT count(*), coalesce(max(product_id), 0) FROM product"};
inline constexpr Text kBatchNumbers{"SELECT count(*), coalesce(max(batch_id), 0) FROM batch"};

// What the counters counted.
inline constexpr Text kLogTotals{
    "SELECT count(*), coalesce(max(log_index), 0), coalesce(max(record_time), 0), "
    "coalesce(max(identity), 0), coalesce(max(content), 0), coalesce(sum(is_conflict), 0), "
    "coalesce(sum(is_possible_duplicate), 0) FROM log"
};
inline constexpr Text kVoidTotal{
    "SELECT count(*) FROM log l WHERE l.is_declaration = 0 AND (EXISTS "
    "(SELECT 1 FROM log o WHERE o.event_id = l.event_id AND o.event_id <> '' "
    "AND o.submitter = l.submitter AND o.is_declaration = 1) OR EXISTS "
    "(SELECT 1 FROM log o WHERE o.hash_id = l.hash_id AND o.is_declaration = 1 "
    "AND o.submitter = l.submitter AND o.identity = l.identity AND o.identity <> 0))"
};

}  // namespace suyuan::store::sql
