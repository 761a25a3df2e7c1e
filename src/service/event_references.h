// SPDX-License-Identifier: Apache-2.0
//
// The events behind an answer: where each can be read, and what a person wants to see of it at
// once.

#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {

struct EventReference {
    graph::RecordId record;
    std::string event_id;  // empty if the submitter gave none
    std::string hash_id;
    std::string biz_step;  // short name; empty if none
    std::vector<std::string> papers;
    model::TimeInterval time;
    model::MicrosUtc record_time = 0;
};

using EventReferences = std::unordered_map<graph::EventIndex, EventReference>;

// Reads each of `events` once. Requires events of the graph. Fails as the store does, and with
// kCancelled.
[[nodiscard]] Result<EventReferences> fetch_references(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    const graph::EventGraph& graph,
    std::vector<graph::EventIndex> events
);

// The events behind a move: leaving, then arriving, once if they are one.
[[nodiscard]] std::vector<graph::EventIndex> events_behind(const trace::Move& move);

// The same, as far as `references` holds them.
[[nodiscard]] std::vector<EventReference> references_behind(
    const trace::Move& move, const EventReferences& references
);

// "shipping" for every spelling that the standard has for it; anything else as it is.
[[nodiscard]] std::string_view short_biz_step(std::string_view biz_step) noexcept;

}  // namespace suyuan::service
