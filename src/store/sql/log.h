// SPDX-License-Identifier: Apache-2.0
//
// The log and what is derived from it: writing, replaying, reading events back.

#pragma once

#include "store/sql/text.h"

namespace suyuan::store::sql {

// Versions of one eventID of one submitter, oldest first.
inline constexpr Text kFindVersions{
    "SELECT record_id, log_index, record_time, identity, is_declaration, hash_id FROM log "
    "WHERE event_id = $1 AND event_id <> '' AND submitter = $2 ORDER BY record_id LIMIT $3"
};

// The record of an event without eventID.
inline constexpr Text kFindOccurrence{
    "SELECT record_id, log_index, record_time FROM log "
    "WHERE hash_id = $1 AND is_declaration = $2 AND submitter = $3 AND occurrence = $4 AND batch = "
    "$5 "
    "LIMIT 1"
};

// What a submitter's records without eventID, or with their hash id for one, have in common: their
// identity, how many there are, and how many are declarations.
inline constexpr Text kFindNameless{
    "SELECT coalesce(max(identity), 0), count(*), coalesce(sum(is_declaration), 0) FROM log "
    "WHERE hash_id = $1 AND submitter = $2 AND identity <> 0 AND (event_id = '' OR event_id = $3)"
};

// A record with a hash id; one that is no declaration, if there is any.
inline constexpr Text kFindContent{
    "SELECT content, is_declaration FROM log WHERE hash_id = $1 ORDER BY is_declaration LIMIT 1"
};

inline constexpr Text kInsertLog{
    "INSERT INTO log (record_id, log_index, record_time, event_id, identity, is_declaration, "
    "hash_id, "
    "content, batch, occurrence, payload_hash, commitment, is_conflict, is_possible_duplicate, "
    "submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
};

inline constexpr Text kInsertPayload{
    "INSERT INTO payload "
    "(record_id, context_id, salt, body, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
};

inline constexpr Text kInsertEvent{
    "INSERT INTO event (log_index, record_id, record_time, identity, content, kind, action, "
    "is_declaration, is_conflict, event_time, submitter, owner, territory, data_class, digest, "
    "facts) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
};

inline constexpr Text kInsertPosting{
    "INSERT INTO posting "
    "(role, type, value, log_index, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
};

inline constexpr Text kInsertPersonEntry{
    "INSERT INTO person_entry "
    "(record_id, place, person, leaf, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
};

inline constexpr Text kInsertPersonValue{
    "INSERT INTO person_value "
    "(record_id, place, salt, body, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
};

inline constexpr Text kFindBatch{
    "SELECT fingerprint, receipts FROM batch WHERE submitter = $1 AND batch_key = $2"
};

inline constexpr Text kInsertBatch{
    "INSERT INTO batch (batch_id, batch_key, fingerprint, receipts, created_at, "
    "submitter, owner, territory, data_class) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
};

inline constexpr Text kReplay{
    "SELECT e.log_index, e.record_id, e.record_time, e.submitter, e.identity, e.content, "
    "e.is_conflict, e.facts FROM event e "
    "WHERE SCOPE(e) AND e.log_index > $1 ORDER BY e.log_index LIMIT $2"
};

// Log indexes have no gaps.
inline constexpr Text kLogLength{"SELECT coalesce(max(log_index), 0) FROM event"};

inline constexpr Text kRecordTimeAt{"SELECT record_time FROM event WHERE log_index = $1"};

// One event as it came, with what later events say about it.
inline constexpr Text kReadEvent{
    "SELECT l.record_id, l.log_index, l.record_time, s.code, l.event_id, l.hash_id, p.body, "
    "c.body, "
    "CASE WHEN l.event_id <> '' AND EXISTS (SELECT 1 FROM log o WHERE o.event_id = l.event_id "
    "AND o.event_id <> '' AND o.submitter = l.submitter AND o.is_declaration = l.is_declaration "
    "AND o.hash_id <> l.hash_id) THEN 1 ELSE 0 END, "
    "CASE WHEN l.is_declaration = 0 AND (EXISTS (SELECT 1 FROM log o "
    "WHERE o.event_id = l.event_id AND o.event_id <> '' AND o.submitter = l.submitter "
    "AND o.is_declaration = 1) OR EXISTS (SELECT 1 FROM log o WHERE o.hash_id = l.hash_id "
    "AND o.is_declaration = 1 AND o.submitter = l.submitter AND o.identity = l.identity "
    "AND o.identity <> 0)) THEN 1 ELSE 0 END, "
    "CASE WHEN l.is_declaration = 0 AND EXISTS (SELECT 1 FROM log o WHERE o.hash_id = l.hash_id "
    "AND SCOPE(o) AND o.is_declaration = 0 AND o.record_id <> l.record_id) THEN 1 ELSE 0 END "
    "FROM log l JOIN payload p ON p.record_id = l.record_id "
    "JOIN context c ON c.context_id = p.context_id "
    "LEFT JOIN name s ON s.kind = $1 AND s.name_id = l.submitter "
    "WHERE SCOPE(l) AND l.record_id = $2"
};

// The values of people that were not erased.
inline constexpr Text kReadPeople{
    "SELECT n.code, v.body FROM person_entry e "
    "JOIN person_value v ON v.record_id = e.record_id AND v.place = e.place "
    "JOIN name n ON n.kind = $1 AND n.name_id = e.person "
    "WHERE PEOPLE(v) AND e.record_id = $2 ORDER BY e.place"
};

inline constexpr Text kRecordsByEventId{
    "SELECT l.record_id FROM log l "
    "WHERE SCOPE(l) AND l.event_id = $1 AND l.event_id <> '' ORDER BY l.log_index LIMIT $2"
};

inline constexpr Text kRecordsByHash{
    "SELECT l.record_id FROM log l WHERE SCOPE(l) AND l.hash_id = $1 ORDER BY l.log_index LIMIT $2"
};

// The entry stays, and with it what the log's commitment is made from.
inline constexpr Text kErasePerson{
    "DELETE FROM person_value WHERE (record_id, place) IN "
    "(SELECT record_id, place FROM person_entry WHERE person = $1)"
};

}  // namespace suyuan::store::sql
