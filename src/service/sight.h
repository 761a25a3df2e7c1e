// SPDX-License-Identifier: Apache-2.0
//
// What of the graph a scope sees. The graph says who submitted an event, the store where it lies.

#pragma once

#include <vector>

#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/store.h"
#include "trace/engine.h"

namespace suyuan::service {

// What the names of things that were found in a scope are read with: they are in its sight, and a
// store that was asked for them one by one would look for each again.
[[nodiscard]] policy::Scope naming_scope(const policy::Scope& scope);

// Lives for one call; borrows everything.
class Sight {
public:
    Sight(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::Store& store,
        const graph::EventGraph& graph
    )
        : context_(context), scope_(scope), store_(store), graph_(graph) {}

    // Those of the facts whose events the scope sees, in their order.
    [[nodiscard]] Result<std::vector<graph::FactIndex>> facts(std::vector<graph::FactIndex> facts
    ) const;

    // Those of an item's positions that are the scope's own, or lie in its territory, and that one
    // of the facts is about: what nobody in the scope ever told of is not there.
    [[nodiscard]] Result<std::vector<trace::ItemStock>> positions(
        std::vector<trace::ItemStock> positions, const std::vector<graph::FactIndex>& facts
    ) const;

private:
    [[nodiscard]] Result<graph::OperatorId> own_operator() const;
    [[nodiscard]] Result<std::vector<graph::FactIndex>> own_facts(
        std::vector<graph::FactIndex> facts
    ) const;

    const policy::RequestContext& context_;
    const policy::Scope& scope_;
    const store::Store& store_;
    const graph::EventGraph& graph_;
};

}  // namespace suyuan::service
