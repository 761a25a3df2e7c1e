// SPDX-License-Identifier: Apache-2.0

#include "service/event_references.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/sort_unique.h"
#include "codec/json.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/name_book.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

// Payloads held at a time: some 2 KB each.
constexpr std::size_t kEventsPerCall = 1'000;

// The event's bizStep; a payload that is no JSON any more is verify()'s business, not a trace's.
std::string biz_step_of(const std::string& payload) {
    const auto json = codec::parse_json(payload);
    return json ? std::string(short_biz_step(json->string_or("bizStep"))) : std::string();
}

void add_payloads(
    const std::vector<store::StoredEvent>& stored,
    const std::unordered_map<std::uint64_t, graph::EventIndex>& by_record,
    EventReferences& references
) {
    for (const store::StoredEvent& event : stored) {
        const auto found = by_record.find(event.record.value());
        if (found == by_record.end()) {
            continue;
        }
        EventReference& reference = references.at(found->second);
        reference.event_id = event.event_id;
        reference.hash_id = event.hash_id;
        reference.biz_step = biz_step_of(event.payload);
    }
}

}  // namespace

std::string_view short_biz_step(std::string_view biz_step) noexcept {
    constexpr std::array<std::string_view, 3> kPrefixes = {
        "urn:epcglobal:cbv:bizstep:", "https://ref.gs1.org/cbv/BizStep-", "cbv:BizStep-"
    };
    for (const std::string_view prefix : kPrefixes) {
        if (biz_step.starts_with(prefix)) {
            return biz_step.substr(prefix.size());
        }
    }
    return biz_step;
}

std::vector<graph::EventIndex> events_behind(const trace::Move& move) {
    if (move.leaving_event == move.arriving_event) {
        return {move.leaving_event};
    }
    return {move.leaving_event, move.arriving_event};
}

std::vector<EventReference> references_behind(
    const trace::Move& move, const EventReferences& references
) {
    std::vector<EventReference> found;
    for (const graph::EventIndex event : events_behind(move)) {
        if (const auto reference = references.find(event); reference != references.end()) {
            found.push_back(reference->second);
        }
    }
    return found;
}

Result<EventReferences> fetch_references(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    const graph::EventGraph& graph,
    std::vector<graph::EventIndex> events
) {
    sort_unique(events);

    EventReferences references;
    references.reserve(events.size());
    std::unordered_map<std::uint64_t, graph::EventIndex> by_record;
    std::vector<graph::RecordId> records;
    NameRequest wanted;
    for (const graph::EventIndex event : events) {
        const graph::EventRow& row = graph.event(event);
        EventReference& reference = references[event];
        reference.record = row.record;
        reference.time = row.time;
        reference.record_time = row.record_time;
        by_record.emplace(row.record.value(), event);
        records.push_back(row.record);
        for (const graph::PaperId paper : graph.papers_of(row)) {
            wanted.add(store::NameKind::kPaper, paper.value());
        }
    }
    SUYUAN_TRY(const NameBook names, NameBook::fetch(context, scope, store, wanted));
    for (const graph::EventIndex event : events) {
        for (const graph::PaperId paper : graph.papers_of(graph.event(event))) {
            references.at(event).papers.push_back(
                names.name(store::NameKind::kPaper, paper.value()).code
            );
        }
    }
    for (std::span<const graph::RecordId> rest(records); !rest.empty();) {
        if (Status alive = context.check_alive(); !alive) {
            return Failure(std::move(alive).error());
        }
        const auto piece = rest.first(std::min(rest.size(), kEventsPerCall));
        SUYUAN_TRY(const auto stored, store.events_by_record(context, scope, piece));
        add_payloads(stored, by_record, references);
        rest = rest.subspan(piece.size());
    }
    return references;
}

}  // namespace suyuan::service
