// SPDX-License-Identifier: Apache-2.0
//
// The one way into the log: store first, then the graph, in log order.

#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/event_graph.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/store.h"

namespace suyuan::service {

// Items whose stock may have changed up to a snapshot.
struct DirtyItems {
    std::set<graph::ItemId> items;
    graph::Snapshot snapshot;
};

// Calls visit(ItemId) for every item that an event's facts name; some more than once.
template <typename Visit>
void visit_items(const graph::EventGraph& graph, const graph::EventRow& event, const Visit& visit) {
    for (std::uint32_t place = 0; place < event.fact_count; ++place) {
        const graph::Fact& fact = graph.fact(event.first_fact + place).fact;
        visit(fact.item);
        if (fact.other.value() != 0) {
            visit(fact.other);
        }
    }
}

// Threads: every member from any thread. Lifetime: store and graph outlive it.
class LogWriter {
public:
    // What the graph of a process that only writes is good for: nothing, so it stays empty.
    enum class Follow : std::uint8_t { kGraph, kStoreAlone };

    LogWriter(store::Store& store, graph::EventGraph& graph, Follow follow = Follow::kGraph)
        : store_(store), graph_(graph), follow_(follow) {}

    // As store::Store::commit; when it returns, the graph has the events too, and those of
    // everything that was committed before (kGraph). Callers wait for the disk together, and for
    // the graph in turn.
    Result<store::Committed> commit(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const store::NewRecord> records,
        std::string_view idempotency_key
    );

    // Everything in the store that the graph does not have yet, at the start: marks nothing (see
    // mark_after()). `progress` gets events read so far. Fails with kCorruption if the log is out
    // of order.
    Status replay(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const std::function<void(std::uint64_t)>& progress
    );

    // Marks the items of every event after `log_index`: what a ledger that covers `log_index`
    // lacks.
    void mark_after(std::uint64_t log_index);

    // Hands over what commits marked since the last call. What could not be written comes back by
    // put_back().
    [[nodiscard]] DirtyItems take_dirty();
    void put_back(const std::set<graph::ItemId>& items);

private:
    Status append_committed(
        const policy::RequestContext& context, const store::Committed& committed
    );
    Status append_from_store(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const std::function<void(std::uint64_t)>& progress
    );
    void append_new(const store::Committed& committed, std::uint64_t known);
    void mark_from(graph::EventIndex first);
    void mark(graph::EventIndex event, const graph::Snapshot& snapshot);
    void mark_facts(const graph::EventRow& event);

    store::Store& store_;
    graph::EventGraph& graph_;
    Follow follow_;
    std::mutex mutex_;               // held by whoever writes to the graph
    std::set<graph::ItemId> dirty_;  // guarded by mutex_
};

}  // namespace suyuan::service
