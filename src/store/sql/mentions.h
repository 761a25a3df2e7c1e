// SPDX-License-Identifier: Apache-2.0
//
// Who named what, where and how often; what a scope sees of the things of one kind.

#pragma once

#include "store/sql/text.h"

namespace suyuan::store::sql {

inline constexpr Text kAddMention{
    "INSERT INTO mention (kind, thing, events, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (kind, thing, territory, submitter) "
    "DO UPDATE SET events = mention.events + excluded.events"
};

// How many events of the scope name a thing.
inline constexpr Text kCountMentions{
    "SELECT coalesce(sum(m.events), 0) FROM mention m "
    "WHERE SCOPE(m) AND m.kind = $1 AND m.thing = $2"
};

// What is in sight, in no order and perhaps more than once; $2, or $1, rows at most.
inline constexpr Text kMentioned{
    "SELECT m.thing FROM mention m WHERE SCOPE(m) AND m.kind = $1 LIMIT $2"
};
inline constexpr Text kHeldOperators{
    "SELECT h.operator_id FROM registered_operator h WHERE HELD(h) LIMIT $1"
};
inline constexpr Text kHeldSites{"SELECT h.site_id FROM registered_site h WHERE HELD(h) LIMIT $1"};
inline constexpr Text kHeldVehicles{
    "SELECT h.vehicle_id FROM registered_vehicle h WHERE HELD(h) LIMIT $1"
};
inline constexpr Text kHeldPeople{
    "SELECT DISTINCT h.person_id FROM registered_person h WHERE HELD(h) LIMIT $1"
};
inline constexpr Text kHeldPapers{"SELECT h.paper_id FROM registered_paper h WHERE HELD(h) LIMIT $1"
};

// Whether an event, by its place in the log, is one of the scope: its flow, that is, which names no
// person.
inline constexpr Text kSeesEvent{"SELECT 1 FROM event e WHERE WITHIN(e) AND e.log_index = $1"};

}  // namespace suyuan::store::sql
