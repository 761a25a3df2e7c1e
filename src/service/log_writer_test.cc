// SPDX-License-Identifier: Apache-2.0

#include "service/log_writer.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "service/epcis_text.h"
#include "service/forwarding_store.h"
#include "service/service_fixture.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

// Holds the first commit's caller back, after the store has committed, until told to let go.
class SlowStore final : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;

    Result<store::Committed> commit(
        const Context& context,
        const Scope& scope,
        std::span<const store::NewRecord> records,
        std::string_view idempotency_key
    ) override {
        auto committed = ForwardingStore::commit(context, scope, records, idempotency_key);
        std::unique_lock lock(mutex_);
        if (!is_held_) {
            is_held_ = true;
            changed_.notify_all();
            changed_.wait(lock, [this] { return may_go_; });
        }
        return committed;
    }

    void wait_until_held() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return is_held_; });
    }

    void let_go() {
        const std::scoped_lock lock(mutex_);
        may_go_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_held_ = false;
    bool may_go_ = false;
};

// Commits, and fails to read back until mended.
class UnreadableStore final : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;

    Status replay(
        const Context& context,
        const Scope& scope,
        std::uint64_t after_log_index,
        const store::ReplaySink& sink
    ) const override {
        if (is_broken) {
            return fail(ErrorCode::kUnavailable, "the disk is gone");
        }
        return ForwardingStore::replay(context, scope, after_log_index, sink);
    }

    bool is_broken = false;
};

// Hands the same event over twice.
class StutteringStore final : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;

    Status replay(
        const Context& /*context*/,
        const Scope& /*scope*/,
        std::uint64_t /*after_log_index*/,
        const store::ReplaySink& sink
    ) const override {
        graph::FlowEvent event;
        event.log_index = 1;
        SUYUAN_TRY_VOID(sink.event(event));
        return sink.event(event);
    }
};

EventText harvest(int number) {
    return {
        .id = event_id(number),
        .minute = number,
        .action = "ADD",
        .step = "commissioning",
        .members = {kilograms(lot(number), 10), at(site(1))}
    };
}

EventText packed(int number, const std::string& child, const std::string& parent) {
    return {
        .id = event_id(number),
        .minute = number,
        .type = "AggregationEvent",
        .action = "ADD",
        .step = "packing",
        .members =
            {format(R"("parentID":"{}")", parent),
             format(R"("childEPCs":["{}"])", child),
             at(site(1))}
    };
}

// The log indexes of a graph, in its order.
std::vector<std::uint64_t> log_of(const graph::EventGraph& graph) {
    std::vector<std::uint64_t> log;
    for (graph::EventIndex event = 0; event < graph.snapshot().event_count; ++event) {
        log.push_back(graph.event(event).log_index);
    }
    return log;
}

void expect_equal(const graph::EventGraph& left, const graph::EventGraph& right) {
    ASSERT_EQ(left.snapshot().event_count, right.snapshot().event_count);
    for (graph::EventIndex event = 0; event < left.snapshot().event_count; ++event) {
        const graph::EventRow& row = left.event(event);
        const graph::EventRow& other = right.event(event);
        EXPECT_EQ(row.record, other.record);
        EXPECT_EQ(row.log_index, other.log_index);
        EXPECT_EQ(row.record_time, other.record_time);
        EXPECT_EQ(row.identity, other.identity);
        EXPECT_EQ(row.content, other.content);
        EXPECT_EQ(row.time, other.time);
        ASSERT_EQ(row.fact_count, other.fact_count);
        for (std::uint32_t place = 0; place < row.fact_count; ++place) {
            const graph::FactRow& fact = left.fact(row.first_fact + place);
            EXPECT_EQ(fact.fact, right.fact(other.first_fact + place).fact);
            EXPECT_EQ(left.is_individual(fact.fact.item), right.is_individual(fact.fact.item));
        }
    }
}

class LogWriterTest : public ServiceTest {};

TEST_F(LogWriterTest, AfterARestartTheGraphIsTheSame) {
    capture(document({to_text(harvest(1)), to_text(packed(2, thing(1), pallet(1)))}));
    clock_.advance(model::kMicrosPerSecond);
    capture(document({to_text(harvest(3))}));
    graph::EventGraph again;
    LogWriter reader(*store_, again);
    std::uint64_t told = 0;
    ASSERT_TRUE(reader.replay(context_, scope_, [&](std::uint64_t read) { told = read; }));
    EXPECT_EQ(told, 3U);
    expect_equal(recorder().graph, again);
    EXPECT_TRUE(reader.take_dirty().items.empty());
}

TEST_F(LogWriterTest, ConcurrentCallersLeaveTheGraphInLogOrder) {
    constexpr int kThreads = 4;
    constexpr int kCommits = 25;
    std::vector<std::thread> callers;
    for (int caller = 0; caller < kThreads; ++caller) {
        callers.emplace_back([&, caller] {
            for (int i = 0; i < kCommits; ++i) {
                const int number = caller * kCommits + i + 1;
                const auto report = recorder().intake.capture(
                    context_, scope_, document({to_text(harvest(number))}), {}
                );
                ASSERT_TRUE(report) << report.error().message();
                // Whoever has an answer finds the event in the graph.
                EXPECT_GE(
                    recorder().graph.snapshot().log_index, report->events.front().receipt.log_index
                );
            }
        });
    }
    for (std::thread& caller : callers) {
        caller.join();
    }
    const auto log = log_of(recorder().graph);
    ASSERT_EQ(log.size(), std::size_t{kThreads} * kCommits);
    for (std::size_t i = 0; i < log.size(); ++i) {
        EXPECT_EQ(log[i], i + 1);
    }
    EXPECT_EQ(recorder().writer.take_dirty().items.size(), std::size_t{kThreads} * kCommits);
}

TEST_F(LogWriterTest, ACommitDoesNotWaitForTheCallerOfAnEarlierOne) {
    SlowStore slow(*store_);
    Recorder behind(slow, clock_);
    std::thread first([&] {
        const auto report =
            behind.intake.capture(context_, scope_, document({to_text(harvest(1))}), {});
        EXPECT_TRUE(report);
    });
    slow.wait_until_held();
    const auto second =
        behind.intake.capture(context_, scope_, document({to_text(harvest(2))}), {});
    ASSERT_TRUE(second) << second.error().message();
    EXPECT_EQ(log_of(behind.graph), (std::vector<std::uint64_t>{1, 2}));
    slow.let_go();
    first.join();
    EXPECT_EQ(log_of(behind.graph), (std::vector<std::uint64_t>{1, 2}));
    EXPECT_EQ(behind.writer.take_dirty().items.size(), 2U);
}

TEST_F(LogWriterTest, WhatCouldNotBeReadBackIsReadBackByTheNextAnswer) {
    capture(document({to_text(harvest(1))}));
    UnreadableStore unreadable(*store_);
    Recorder late(unreadable, clock_);  // has not read the first event
    unreadable.is_broken = true;
    const std::string text = document({to_text(harvest(2))});
    const auto failed = late.intake.capture(context_, scope_, text, {});
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code(), ErrorCode::kUnavailable);

    unreadable.is_broken = false;
    const auto repeated = late.intake.capture(context_, scope_, text, {});
    ASSERT_TRUE(repeated) << repeated.error().message();
    EXPECT_EQ(repeated->duplicate_count, 1U);
    EXPECT_EQ(log_of(late.graph), (std::vector<std::uint64_t>{1, 2}));
}

TEST_F(LogWriterTest, ALogOutOfOrderIsCorruption) {
    StutteringStore store(*store_);
    graph::EventGraph graph;
    LogWriter writer(store, graph);
    const Status replayed = writer.replay(context_, scope_, {});
    ASSERT_FALSE(replayed);
    EXPECT_EQ(replayed.error().code(), ErrorCode::kCorruption);
}

TEST_F(LogWriterTest, MarksWhatAnEventNames) {
    capture(document({to_text(packed(1, thing(1), pallet(1)))}));
    const DirtyItems dirty = recorder().writer.take_dirty();
    EXPECT_EQ(dirty.items, (std::set{item(thing(1)), item(pallet(1))}));
    EXPECT_EQ(dirty.snapshot.event_count, 1U);
    EXPECT_TRUE(recorder().writer.take_dirty().items.empty());

    recorder().writer.put_back(dirty.items);
    EXPECT_EQ(recorder().writer.take_dirty().items, dirty.items);
}

TEST_F(LogWriterTest, ADeclarationMarksWhatItTakesBack) {
    capture(document({to_text(harvest(1)), to_text(harvest(2))}));
    static_cast<void>(recorder().writer.take_dirty());
    EventText declaration = harvest(1);
    declaration.members.emplace_back(
        R"("errorDeclaration":{"declarationTime":"2026-01-06T00:00:00Z"})"
    );
    capture(document({to_text(declaration)}));
    EXPECT_EQ(recorder().writer.take_dirty().items, std::set{item(lot(1))});
}

TEST_F(LogWriterTest, MarksAfterALogIndex) {
    capture(document({to_text(harvest(1)), to_text(harvest(2)), to_text(harvest(3))}));
    static_cast<void>(recorder().writer.take_dirty());
    recorder().writer.mark_after(3);
    EXPECT_TRUE(recorder().writer.take_dirty().items.empty());
    recorder().writer.mark_after(2);
    EXPECT_EQ(recorder().writer.take_dirty().items, std::set{item(lot(3))});
    recorder().writer.mark_after(0);
    EXPECT_EQ(recorder().writer.take_dirty().items.size(), 3U);
}

}  // namespace
}  // namespace suyuan::service
