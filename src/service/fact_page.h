// SPDX-License-Identifier: Apache-2.0
//
// Facts of a thing or place, page by page, with the events that tell of them.

#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/lookup.h"
#include "service/name_book.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {

// The row that a page begins with: a cursor is the number of facts before the page, as facts are
// only ever added at the end. Fails with kInvalidArgument for what no page gave.
[[nodiscard]] Result<std::size_t> first_row(std::string_view cursor);

void add_stock_names(const trace::Stock& stock, NameRequest& names);

// What a page is made of. Lifetime: one call.
struct FactSource {
    const policy::RequestContext& context;
    policy::Scope naming;  // that the events are named with
    const store::Store& store;
    const graph::EventGraph& graph;
    graph::Snapshot snapshot;
    // Takes away what is not to be shown of a fact; empty: nothing.
    std::function<void(graph::Fact&)> hide = {};
};

// Adds what the page names to `names`. Fails as first_row(), with kInvalidArgument for a page
// without rows, and as the store.
[[nodiscard]] Result<FactPage> fact_page(
    const FactSource& source,
    const std::vector<graph::FactIndex>& facts,
    const PageRequest& page,
    NameRequest& names
);

}  // namespace suyuan::service
