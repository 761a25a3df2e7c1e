// SPDX-License-Identifier: Apache-2.0
//
// Goal: the pool does every job that it took, takes no more than its bound, and outlives bad jobs.
// Method: latches, never time.

#include "io/threads.h"

#include <atomic>
#include <latch>
#include <memory>
#include <optional>
#include <stop_token>
#include <thread>

#include <gtest/gtest.h>

namespace suyuan::io {
namespace {

TEST(WorkerPoolTest, FinishesQueuedJobsBeforeItGoes) {
    std::atomic<int> done = 0;
    {
        WorkerPool pool(3, 1'000);
        for (int i = 0; i < 1'000; ++i) {
            ASSERT_TRUE(pool.submit([&] { ++done; }));
        }
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
    for (int i = 0; i < kThreads; ++i) {
        ASSERT_TRUE(pool.submit([&] { together.arrive_and_wait(); }));
    }
    together.wait();
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
    {
        const Thread thread([&](const std::stop_token& token) {
            started.count_down();
            while (!token.stop_requested()) {
                std::this_thread::yield();
            }
            has_ended = true;
        });
        started.wait();
        EXPECT_FALSE(has_ended.load());
    }
    EXPECT_TRUE(has_ended.load());
}

TEST(ThreadTest, JoinsOnDemandAndOnlyOnce) {
    Thread thread([](const std::stop_token& token) {
        while (!token.stop_requested()) {
            std::this_thread::yield();
        }
    });
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
