// SPDX-License-Identifier: Apache-2.0
//
// The stock ledger (台账): what is where now, derived from the graph and written to the store.

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <set>
#include <span>
#include <vector>

#include "base/result.h"
#include "graph/event_graph.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/log_writer.h"
#include "store/store.h"

namespace suyuan::service {

// One item whose ledger rows are not what its events say.
struct StockDifference {
    graph::ItemId item;
    std::vector<store::StockRow> in_ledger;
    std::vector<store::StockRow> computed;
};

// Threads: every member from any thread; catch_up() and rebuild() take turns. Lifetime: what it is
// made from outlives it.
class StockLedger {
public:
    using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

    StockLedger(store::Store& store, const graph::EventGraph& graph, LogWriter& writer)
        : store_(store), graph_(graph), writer_(writer) {}

    // Reads what the ledger covers and marks what happened since. Once, after the replay. Fails
    // with kCorruption if the ledger covers more than the log holds.
    Status open(const policy::RequestContext& context, const policy::Scope& scope);

    // Brings the ledger up to the graph as it is now. Returns how many items were written.
    Result<std::uint64_t> catch_up(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const Progress& progress = {}
    );

    // All items anew; rows of items that the log does not name go. Returns how many items were
    // written.
    Result<std::uint64_t> rebuild(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const Progress& progress = {}
    );

    // Ledger against graph, item by item, as of now; catches up first. At most `differences_max`.
    Result<std::vector<StockDifference>> compare(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::size_t differences_max,
        const Progress& progress = {}
    );

    [[nodiscard]] std::uint64_t covered_log_index() const noexcept { return covered_.load(); }

private:
    // What write() and compare() do in pieces of so many items: a transaction of a few thousand
    // rows.
    static constexpr std::size_t kItemsAtOnce = 500;

    Result<std::uint64_t> write(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const DirtyItems& dirty,
        const Progress& progress
    );
    Status write_piece(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const graph::Snapshot& snapshot,
        std::span<const graph::ItemId> piece,
        std::uint64_t covered
    );
    Status write_pieces(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const graph::Snapshot& snapshot,
        const std::vector<graph::ItemId>& items,
        const Progress& progress
    );

    store::Store& store_;
    const graph::EventGraph& graph_;
    LogWriter& writer_;
    std::mutex mutex_;  // one pass at a time
    std::atomic<std::uint64_t> covered_ = 0;
};

// The ledger rows of one item: what is on hand and not zero, in the order of store::StockPage.
[[nodiscard]] std::vector<store::StockRow> stock_rows(
    const graph::EventGraph& graph, const graph::Snapshot& snapshot, graph::ItemId item
);

// Adds what `items` hold inside them, at any depth, at any time.
void add_contents(
    const graph::EventGraph& graph, const graph::Snapshot& snapshot, std::set<graph::ItemId>& items
);

}  // namespace suyuan::service
