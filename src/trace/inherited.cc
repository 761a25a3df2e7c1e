// SPDX-License-Identifier: Apache-2.0

#include "trace/inherited.h"

#include <cstdint>
#include <span>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/flows.h"
#include "trace/id_map.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;
using graph::ItemId;

void add_inherited(
    const ItemFlow& child,
    graph::EventIndex event,
    const model::TimeInterval& time,
    std::vector<TimedFact>& inherited
) {
    const TimeKey begin = {time.first, time.last, event, 0};
    for (auto fact = std::ranges::lower_bound(child.facts, begin, {}, &TimedFact::key);
         fact != child.facts.end() && fact->event() == event;
         ++fact) {
        if (fact->is_inherited && is_at_position(fact->fact.kind)) {
            inherited.push_back(*fact);
        }
    }
}

}  // namespace

std::vector<TimedFact> inherited_by(
    Flows& flows, graph::EventIndex event, std::span<const TimedFact> facts
) {
    const graph::EventGraph& graph = flows.view().graph();
    std::vector<ItemId> waiting;
    for (const TimedFact& fact : facts) {
        if (fact.fact.kind == FactKind::kInput || fact.fact.kind == FactKind::kSink) {
            waiting.push_back(fact.fact.item);
        }
    }
    const model::TimeInterval& time = graph.event(event).time;
    std::vector<TimedFact> inherited;
    IdMap seen;
    while (!waiting.empty()) {
        const ItemId container = waiting.back();
        waiting.pop_back();
        if (!graph.is_individual(container) || !flows.work().step()) {
            continue;
        }
        flows.contents_of(container).visit_meeting(time, [&](const Contents::Entry& inside) {
            const auto place = static_cast<std::uint32_t>(seen.size());
            if (seen.insert(inside.child.value(), place) == place) {
                add_inherited(flows.of(inside.child), event, time, inherited);
                waiting.push_back(inside.child);
            }
        });
    }
    return inherited;
}

}  // namespace suyuan::trace
