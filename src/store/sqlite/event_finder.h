// SPDX-License-Identifier: Apache-2.0
//
// EventQuery answered.
//
//     criteria ──► numbers of the named things ──► how many events each finds, up to a bound
//                                                            │
//          few: those events, the rest checked on each ◄─────┴─────► many: all events in the order
//               (sorted at the end)                                  asked for, each checked, until
//                                                                    the page is full
//
// The first page notes how long the log was, the following ones look no further: a list does not
// change while it is read.

#pragma once

#include "base/result.h"
#include "policy/request_context.h"
#include "store/event_query.h"
#include "store/page_token.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace suyuan::store::sqlite {

// As Store::find_events().
[[nodiscard]] Result<EventPage> find_events(
    Connection& connection,
    const policy::RequestContext& context,
    const TokenSealer& sealer,
    const EventQuery& query
);

}  // namespace suyuan::store::sqlite
