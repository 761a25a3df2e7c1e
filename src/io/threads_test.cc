// SPDX-License-Identifier: Apache-2.0
//
// Goal: the pool does every job that it took, takes no more than its bound, and outlives bad jobs.
// Method: latches, never time.

#include "io/threads.h"

#include <atomic>
#include <functional>
#include <latch>
#include <memory>
#include <optional>
#include <stop_token>
#include <thread>

#include <gtest/gtest.h>

namespace suyuan::io {
namespace {

// How many of `count` copies of the job the pool took.
int submit_many(WorkerPool& pool, int count, const std::function<void()>& job) {
    int taken = 0;
    for (int i = 0; i < count; ++i) {
        taken += pool.submit(job) ? 1 : 0;
    }
    return taken;
}

void wait_for_stop(const std::stop_token& token) {
    while (!token.stop_requested()) {
        std::this_thread::yield();
    }
}

TEST(WorkerPoolTest, FinishesQueuedJobsBeforeItGoes) {
    std::atomic<int> done = 0;
    {
        WorkerPool pool(3, 1'000);
        EXPECT_EQ(submit_many(pool, 1'000, [&] { ++done; }), 1'000);
    }
    EXPECT_EQ(done.load(), 1'000);
}

TEST(WorkerPoolTest, TakesNoMoreThanItsBound) {
    std::latch started(1);
    std::latch may_end(1);
    std::atomic<int> done = 0;
    {
        WorkerPool pool(1, 2);
        ASSERT_TRUE(pool.submit([&] {
            started.count_down();
            may_end.wait();
            ++done;
        }));
        started.wait();  // The one thread is busy, the queue is empty.
        EXPECT_EQ(pool.queued(), 0U);
        EXPECT_TRUE(pool.submit([&] { ++done; }));
        EXPECT_TRUE(pool.submit([&] { ++done; }));
        EXPECT_EQ(pool.queued(), 2U);
        EXPECT_FALSE(pool.submit([&] { ++done; })) << "the queue was full";
        may_end.count_down();
    }
    EXPECT_EQ(done.load(), 3) << "a refused job must not run";
}

TEST(WorkerPoolTest, RunsAsManyJobsAtOnceAsItHasThreads) {
    constexpr int kThreads = 3;
    std::latch together(kThreads);
    WorkerPool pool(kThreads, kThreads);
    EXPECT_EQ(submit_many(pool, kThreads, [&] { together.arrive_and_wait(); }), kThreads);
    together.wait();
}

TEST(WorkerPoolTest, AFullLaneHoldsUpNoOther) {
    std::latch started(1);
    std::latch may_end(1);
    std::latch light_ran(1);
    std::atomic<int> heavy = 0;
    {
        WorkerPool pool(2, {Lane{2, 10}, Lane{1, 2}});
        ASSERT_TRUE(pool.submit(
            [&] {
                started.count_down();
                may_end.wait();
                ++heavy;
            },
            1
        ));
        started.wait();
        EXPECT_TRUE(pool.submit([&] { ++heavy; }, 1));
        EXPECT_TRUE(pool.submit([&] { ++heavy; }, 1));
        EXPECT_FALSE(pool.submit([&] { ++heavy; }, 1)) << "the lane's queue was full";
        EXPECT_TRUE(pool.submit([&] { light_ran.count_down(); }));
        light_ran.wait();  // by the second thread, past what waits in the lane
        EXPECT_EQ(heavy.load(), 0);
        may_end.count_down();
    }
    EXPECT_EQ(heavy.load(), 3);
}

TEST(WorkerPoolTest, OutlivesAJobThatALibraryEndsWithAnException) {
    std::atomic<int> done = 0;
    {
        WorkerPool pool(1, 10);
        ASSERT_TRUE(pool.submit([] { static_cast<void>(std::optional<int>().value()); }));
        ASSERT_TRUE(pool.submit([&] { ++done; }));
    }
    EXPECT_EQ(done.load(), 1);
}

TEST(WorkerPoolTest, LetsGoOfWhatAJobHeldOnceItRan) {
    const auto held = std::make_shared<int>(0);
    {
        WorkerPool pool(1, 10);
        ASSERT_TRUE(pool.submit([held] { ++*held; }));
    }
    EXPECT_EQ(*held, 1);
    EXPECT_EQ(held.use_count(), 1);
}

TEST(ThreadTest, IsAskedToStopAndJoinedOnDestruction) {
    std::latch started(1);
    std::atomic<bool> has_ended = false;
    auto thread = std::make_unique<Thread>([&](const std::stop_token& token) {
        started.count_down();
        wait_for_stop(token);
        has_ended = true;
    });
    started.wait();
    EXPECT_FALSE(has_ended.load());
    thread.reset();
    EXPECT_TRUE(has_ended.load());
}

TEST(ThreadTest, JoinsOnDemandAndOnlyOnce) {
    Thread thread(wait_for_stop);
    thread.request_stop();
    thread.join();
    thread.join();
    Thread none;
    none.join();
}

TEST(ThreadsTest, ThereIsAtLeastOneHardwareThread) {
    EXPECT_GE(hardware_threads(), 1U);
}

}  // namespace
}  // namespace suyuan::io
