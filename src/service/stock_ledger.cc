// SPDX-License-Identifier: Apache-2.0

#include "service/stock_ledger.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/log_writer.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/engine.h"

namespace suyuan::service {
namespace {

constexpr std::size_t kRowsOfPage = 1'000;

auto row_order(const store::StockRow& row) {
    return std::tie(row.item, row.owner, row.site, row.disposition, row.unit);
}

// Everything that a snapshot names.
std::set<graph::ItemId> items_of(const graph::EventGraph& graph, const graph::Snapshot& snapshot) {
    std::set<graph::ItemId> items;
    for (graph::EventIndex event = 0; event < snapshot.event_count; ++event) {
        visit_items(graph, graph.event(event), [&](graph::ItemId item) { items.insert(item); });
    }
    return items;
}

// The ledger, read from front to back, one item at a time.
class LedgerReader {
public:
    LedgerReader(
        const store::Store& store, const policy::RequestContext& context, const policy::Scope& scope
    )
        : store_(store), context_(context), scope_(scope) {}

    // The next item's rows; empty at the end.
    Result<std::vector<store::StockRow>> next() {
        std::vector<store::StockRow> rows;
        bool goes_on = true;
        while (goes_on) {
            SUYUAN_TRY(const store::StockRow* row, peek());
            goes_on = row != nullptr && (rows.empty() || rows.back().item == row->item);
            if (goes_on) {
                rows.push_back(*row);
                ++place_;
            }
        }
        return rows;
    }

private:
    // The row to be read next; nullptr at the end.
    Result<const store::StockRow*> peek() {
        if (place_ == page_.rows.size() && !is_last_page_) {
            store::StockFilter filter;
            filter.rows_max = kRowsOfPage;
            filter.after = page_.next;
            SUYUAN_TRY(page_, store_.find_stock(context_, scope_, filter));
            place_ = 0;
            is_last_page_ = page_.next.empty();
        }
        return place_ == page_.rows.size() ? nullptr : &page_.rows[place_];
    }

    const store::Store& store_;
    const policy::RequestContext& context_;
    const policy::Scope& scope_;
    store::StockPage page_;
    std::size_t place_ = 0;
    bool is_last_page_ = false;
};

}  // namespace

std::vector<store::StockRow> stock_rows(
    const graph::EventGraph& graph, const graph::Snapshot& snapshot, graph::ItemId item
) {
    std::vector<store::StockRow> rows;
    for (const trace::ItemStock& entry :
         trace::stock_of(graph, snapshot, item, model::kEndOfTime)) {
        store::StockRow row;
        row.item = item;
        row.owner = entry.position.owner;
        row.site = entry.position.site;
        row.disposition = entry.stock.is_blocked ? "blocked" : "available";
        for (const trace::Balance& balance : entry.stock.balances) {
            row.unit = balance.unit;
            row.millionths = balance.on_hand;
            rows.push_back(row);
        }
    }
    std::erase_if(rows, [](const store::StockRow& row) { return row.millionths == 0; });
    std::ranges::sort(rows, {}, row_order);
    return rows;
}

void add_contents(
    const graph::EventGraph& graph, const graph::Snapshot& snapshot, std::set<graph::ItemId>& items
) {
    std::vector<graph::ItemId> unopened(items.begin(), items.end());
    const auto take_out = [&](graph::FactIndex /*place*/, const graph::FactRow& row) {
        const bool is_packed = row.fact.kind == graph::FactKind::kPack;
        if (is_packed && items.insert(row.fact.item).second) {
            unopened.push_back(row.fact.item);
        }
    };
    while (!unopened.empty()) {
        const graph::ItemId container = unopened.back();
        unopened.pop_back();
        graph.visit_facts(graph::Chain::kOther, container.value(), snapshot, take_out);
    }
}

Status StockLedger::open(const policy::RequestContext& context, const policy::Scope& scope) {
    const std::scoped_lock lock(mutex_);
    store::StockFilter filter;
    filter.rows_max = 1;
    SUYUAN_TRY(const store::StockPage page, store_.find_stock(context, scope, filter));
    const std::uint64_t log_index = graph_.snapshot().log_index;
    if (page.covered_log_index > log_index) {
        return fail(
            ErrorCode::kCorruption,
            format(
                "the stock ledger covers {}, the log ends at {}", page.covered_log_index, log_index
            )
        );
    }
    covered_.store(page.covered_log_index);
    writer_.mark_after(page.covered_log_index);
    return {};
}

Status StockLedger::write_piece(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const graph::Snapshot& snapshot,
    std::span<const graph::ItemId> piece,
    std::uint64_t covered
) {
    SUYUAN_TRY_VOID(context.check_alive());
    std::vector<store::StockRow> rows;
    for (const graph::ItemId item : piece) {
        std::ranges::move(stock_rows(graph_, snapshot, item), std::back_inserter(rows));
    }
    return store_.replace_stock(context, scope, piece, rows, covered);
}

Status StockLedger::write_pieces(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const graph::Snapshot& snapshot,
    const std::vector<graph::ItemId>& items,
    const Progress& progress
) {
    std::size_t done = 0;
    do {
        const auto left = std::span(items).subspan(done);
        const auto piece = left.first(std::min(kItemsAtOnce, left.size()));
        // Only the last piece may claim the snapshot: after a crash between two, open() marks
        // everything since the old claim again.
        const bool is_last = piece.size() == left.size();
        const std::uint64_t covered = is_last ? snapshot.log_index : covered_.load();
        if (auto written = write_piece(context, scope, snapshot, piece, covered); !written) {
            return written;
        }
        done += piece.size();
        if (progress) {
            progress(done, items.size());
        }
    } while (done < items.size());
    covered_.store(snapshot.log_index);
    return {};
}

Result<std::uint64_t> StockLedger::write(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const DirtyItems& dirty,
    const Progress& progress
) {
    if (dirty.items.empty() && dirty.snapshot.log_index == covered_.load()) {
        return 0;
    }
    std::set<graph::ItemId> items = dirty.items;
    add_contents(graph_, dirty.snapshot, items);
    const std::vector<graph::ItemId> ordered(items.begin(), items.end());
    auto written = write_pieces(context, scope, dirty.snapshot, ordered, progress);
    if (!written) {
        writer_.put_back(dirty.items);
        return Failure(std::move(written).error());
    }
    return ordered.size();
}

Result<std::uint64_t> StockLedger::catch_up(
    const policy::RequestContext& context, const policy::Scope& scope, const Progress& progress
) {
    const std::scoped_lock lock(mutex_);
    return write(context, scope, writer_.take_dirty(), progress);
}

Result<std::uint64_t> StockLedger::rebuild(
    const policy::RequestContext& context, const policy::Scope& scope, const Progress& progress
) {
    const std::scoped_lock lock(mutex_);
    DirtyItems all = writer_.take_dirty();
    all.items.merge(items_of(graph_, all.snapshot));
    LedgerReader ledger(store_, context, scope);
    while (true) {
        auto rows = ledger.next();
        if (!rows) {
            writer_.put_back(all.items);
            return Failure(std::move(rows).error());
        }
        if (rows->empty()) {
            break;
        }
        all.items.insert(rows->front().item);
    }
    return write(context, scope, all, progress);
}

Result<std::vector<StockDifference>> StockLedger::compare(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::size_t differences_max,
    const Progress& progress
) {
    const std::scoped_lock lock(mutex_);
    const DirtyItems dirty = writer_.take_dirty();
    SUYUAN_TRY_VOID(write(context, scope, dirty, {}));
    const std::set<graph::ItemId> items = items_of(graph_, dirty.snapshot);
    auto in_log = items.begin();
    std::uint64_t done = 0;
    LedgerReader ledger(store_, context, scope);
    SUYUAN_TRY(std::vector<store::StockRow> in_ledger, ledger.next());
    std::vector<StockDifference> differences;
    // Two sorted lists side by side; either may name an item that the other lacks.
    while (differences.size() < differences_max && !context.is_cancelled() &&
           (in_log != items.end() || !in_ledger.empty())) {
        const bool is_in_log =
            in_log != items.end() && (in_ledger.empty() || *in_log <= in_ledger.front().item);
        StockDifference entry;
        entry.item = is_in_log ? *in_log : in_ledger.front().item;
        if (is_in_log) {
            entry.computed = stock_rows(graph_, dirty.snapshot, entry.item);
            ++in_log;
            ++done;
        }
        if (!in_ledger.empty() && in_ledger.front().item == entry.item) {
            entry.in_ledger = std::exchange(in_ledger, {});
            SUYUAN_TRY(in_ledger, ledger.next());
        }
        if (entry.in_ledger != entry.computed) {
            differences.push_back(std::move(entry));
        }
        if (progress && done % kItemsAtOnce == 0) {
            progress(done, items.size());
        }
    }
    SUYUAN_TRY_VOID(context.check_alive());
    return differences;
}

}  // namespace suyuan::service
