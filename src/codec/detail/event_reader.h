// SPDX-License-Identifier: Apache-2.0
//
// Judges one event by the standard and reads what the model holds of it, in one pass.

#pragma once

#include <optional>

#include "codec/detail/checker.h"
#include "codec/detail/event_fields.h"
#include "codec/detail/problems.h"
#include "codec/json.h"
#include "model/event.h"

namespace suyuan::codec {

// nullopt if the event is refused; `check` then holds at least one problem more.
[[nodiscard]] std::optional<model::Event> read_event(
    const Json& event, const Path& place, Checker& check
);

// The parts of it. Each reads the fields of its subject into `event`.
void read_items(const EventFields& fields, const Path& place, Checker& check, model::Event& event);
void read_papers_and_parties(
    const EventFields& fields, const Path& place, Checker& check, model::Event& event
);
void check_sensor_elements(const Json& elements, const Path& place, Checker& check);
// Our own namespace; after all others, for its claims are about the event's items.
void read_own_fields(
    const EventFields& fields, const Path& place, Checker& check, model::Event& event
);

}  // namespace suyuan::codec
