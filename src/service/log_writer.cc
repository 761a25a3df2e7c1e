// SPDX-License-Identifier: Apache-2.0

#include "service/log_writer.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <mutex>
#include <ranges>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/inner_scope.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

constexpr std::uint64_t kEventsBetweenProgress = 1'000;

}  // namespace

Result<store::Committed> LogWriter::commit(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::span<const store::NewRecord> records,
    std::string_view idempotency_key
) {
    SUYUAN_TRY(auto committed, store_.commit(context, scope, records, idempotency_key));
    if (follow_ == Follow::kGraph) {
        SUYUAN_TRY_VOID(append_committed(context, committed));
    }
    return committed;
}

Status LogWriter::append_committed(
    const policy::RequestContext& context, const store::Committed& committed
) {
    std::uint64_t acknowledged = 0;
    for (const store::Receipt& receipt : committed.receipts) {
        acknowledged = std::max(acknowledged, receipt.log_index);
    }
    const std::scoped_lock lock(mutex_);
    const graph::Snapshot before = graph_.snapshot();
    if (acknowledged <= before.log_index) {
        return {};
    }
    const bool follows =
        !committed.events.empty() && committed.events.front().log_index <= before.log_index + 1;
    Status appended;
    if (follows) {
        append_new(committed, before.log_index);
    } else {
        // An earlier commit's caller has not come here yet. Rather than wait for it, read what it
        // committed; it will find its events there. The caller of this commit may have left, its
        // events are durable all the same, hence a context that nobody cancels.
        const policy::RequestContext detached(context.principal(), context.request_id());
        appended = append_from_store(detached, inner_scope(), {});
    }
    mark_from(before.event_count);
    return appended;
}

void LogWriter::append_new(const store::Committed& committed, std::uint64_t known) {
    for (const store::ItemDeclaration& item : committed.items) {
        graph_.declare_item(item.item, item.kind);
    }
    for (const graph::FlowEvent& event : committed.events) {
        if (event.log_index > known) {
            graph_.append(event);
        }
    }
}

Status LogWriter::append_from_store(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const std::function<void(std::uint64_t)>& progress
) {
    const std::uint64_t known = graph_.snapshot().log_index;
    std::uint64_t read_count = 0;
    store::ReplaySink sink;
    sink.item = [&](const store::ItemDeclaration& item) {
        graph_.declare_item(item.item, item.kind);
    };
    sink.event = [&](const graph::FlowEvent& event) -> Status {
        const graph::Snapshot before = graph_.snapshot();
        if (event.log_index <= before.log_index || event.record_time < before.record_time) {
            return fail(
                ErrorCode::kCorruption,
                format("record {} breaks the order of the log", event.record.value())
            );
        }
        graph_.append(event);
        ++read_count;
        if (progress && read_count % kEventsBetweenProgress == 0) {
            progress(read_count);
        }
        return {};
    };
    SUYUAN_TRY_VOID(store_.replay(context, scope, known, sink));
    if (progress) {
        progress(read_count);
    }
    return {};
}

Status LogWriter::replay(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const std::function<void(std::uint64_t)>& progress
) {
    const std::scoped_lock lock(mutex_);
    return append_from_store(context, scope, progress);
}

void LogWriter::mark_after(std::uint64_t log_index) {
    const std::scoped_lock lock(mutex_);
    const auto events = std::views::iota(graph::EventIndex{0}, graph_.snapshot().event_count);
    const auto first = std::ranges::upper_bound(
        events,
        log_index,
        std::ranges::less(),
        [this](graph::EventIndex event) { return graph_.event(event).log_index; }
    );
    mark_from(static_cast<graph::EventIndex>(first - events.begin()));
}

void LogWriter::mark_from(graph::EventIndex first) {
    const graph::Snapshot snapshot = graph_.snapshot();
    for (graph::EventIndex event = first; event < snapshot.event_count; ++event) {
        mark(event, snapshot);
    }
}

void LogWriter::mark(graph::EventIndex event, const graph::Snapshot& snapshot) {
    const graph::EventRow& row = graph_.event(event);
    mark_facts(row);
    if (!row.is_error_declaration) {
        return;
    }
    // A declaration has no facts of its own: it takes those of the records that it names, and
    // brings back those of their doubles, which have the same items.
    for (const graph::EventIndex named :
         graph_.events_of(graph::Chain::kIdentity, row.identity, snapshot)) {
        mark_facts(graph_.event(named));
    }
}

void LogWriter::mark_facts(const graph::EventRow& event) {
    visit_items(graph_, event, [this](graph::ItemId item) { dirty_.insert(item); });
}

DirtyItems LogWriter::take_dirty() {
    const std::scoped_lock lock(mutex_);
    return {.items = std::exchange(dirty_, {}), .snapshot = graph_.snapshot()};
}

void LogWriter::put_back(const std::set<graph::ItemId>& items) {
    const std::scoped_lock lock(mutex_);
    dirty_.insert(items.begin(), items.end());
}

}  // namespace suyuan::service
