// SPDX-License-Identifier: Apache-2.0
//
// Goal: whatever write or sync fails, what was acknowledged is there, what was refused is not
// half there, and nothing is acknowledged after it. Method: the n-th operation of a commit fails,
// for n = 1, 2, ... until the commit meets no fault; once with one fault, once with a disk that
// stays broken; with an unwritable and with a full disk. Then the store is opened anew.

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "io/scratch_folder_fixture.h"
#include "model/event.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/sqlite/faulty_disk_fixture.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store.h"
#include "store/store_contract_fixture.h"

namespace suyuan::store {
namespace {

using sqlite::FaultyDisk;

class DurabilityTest : public testing::Test {
protected:
    std::unique_ptr<Store> open(const io::ScratchFolder& folder) {
        auto opened = open_sqlite(
            folder.path(),
            {.clock = &clock_, .randomness = &randomness_, .creation = Creation::kCreateIfMissing}
        );
        EXPECT_TRUE(opened) << opened.error().message();
        return opened ? *std::move(opened) : nullptr;
    }

    Result<Committed> commit(Store& store, int number) {
        model::Event event = shipping(event_id(number), number);
        event.people = {"person-1"};
        const std::vector<NewRecord> records = {
            record_of(event), record_of(shipping("", number, 1))
        };
        return store.commit(context_, scope_, records, format("key-{}", number));
    }

    bool has(const Store& store, int number) {
        const auto events = store.events_by_id(context_, scope_, event_id(number));
        EXPECT_TRUE(events);
        return events && !events->empty();
    }

    // One commit with a fault in it; false if it met none.
    bool commit_with_fault(std::int64_t operation, FaultyDisk::Fault fault, bool for_ever) {
        FaultyDisk disk;
        const io::ScratchFolder folder;
        std::unique_ptr<Store> store = open(folder);
        EXPECT_TRUE(commit(*store, 1));
        disk.fail_at(operation, fault, for_ever);
        const auto second = commit(*store, 2);
        const bool has_failed = disk.has_failed();
        if (!second) {
            EXPECT_TRUE(has_failed);
            EXPECT_EQ(second.error().code(), ErrorCode::kUnavailable);
            disk.mend();
            // The disk is well again, but nobody knows what it holds.
            const auto third = commit(*store, 3);
            EXPECT_FALSE(third);
            EXPECT_EQ(third ? ErrorCode::kNotFound : third.error().code(), ErrorCode::kUnavailable);
            EXPECT_TRUE(has(*store, 1));  // reading goes on
        }
        store.reset();
        disk.mend();
        store = open(folder);
        EXPECT_TRUE(has(*store, 1));
        EXPECT_TRUE(!second || has(*store, 2));
        EXPECT_FALSE(has(*store, 3));
        // What was refused may be there as a whole, and the key tells: then it is answered again.
        const bool was_there = has(*store, 2);
        const auto again = commit(*store, 2);
        EXPECT_TRUE(again);
        EXPECT_EQ(again && again->events.empty(), was_there);
        const auto findings = store->verify(context_, scope_, {});
        EXPECT_TRUE(findings && findings->empty());
        return has_failed;
    }

    io::ManualClock clock_{kStart};
    io::SystemRandomness randomness_;
    policy::RequestContext context_{policy::local_principal()};
    policy::Scope scope_ = *policy::decide(policy::local_principal(), policy::Permission::kOperate);
};

TEST_F(DurabilityTest, AFaultAnywhereInACommitLosesNothingAcknowledged) {
    int faults = 0;
    for (const auto fault : {FaultyDisk::Fault::kInputOutput, FaultyDisk::Fault::kFull}) {
        for (const bool for_ever : {false, true}) {
            std::int64_t operation = 1;
            while (commit_with_fault(operation, fault, for_ever)) {
                SCOPED_TRACE(operation);
                ++operation;
                ++faults;
                ASSERT_LT(operation, 10'000);
            }
        }
    }
    EXPECT_GT(faults, 4 * 10);
}

TEST_F(DurabilityTest, EachAcknowledgedCommitWasSynced) {
    FaultyDisk disk;
    const io::ScratchFolder folder;
    const std::unique_ptr<Store> store = open(folder);
    for (int number = 1; number <= 5; ++number) {
        const std::int64_t before = disk.sync_count();
        ASSERT_TRUE(commit(*store, number));
        EXPECT_GT(disk.sync_count(), before);
    }
}

TEST_F(DurabilityTest, CommitsThatWaitTogetherShareASync) {
    constexpr int kCallers = 8;
    FaultyDisk disk;
    const io::ScratchFolder folder;
    const std::unique_ptr<Store> store = open(folder);
    std::atomic<int> started = 0;
    // The first commit's sync lasts until everybody else has asked for one.
    disk.at_sync([&] {
        while (started < kCallers) {
            std::this_thread::yield();
        }
        for (int turn = 0; turn < 10'000; ++turn) {
            std::this_thread::yield();
        }
    });
    const std::int64_t before = disk.sync_count();
    {
        std::vector<std::jthread> callers;
        for (int number = 1; number <= kCallers; ++number) {
            callers.emplace_back([&, number] {
                ++started;
                EXPECT_TRUE(commit(*store, number));
            });
        }
    }
    EXPECT_LT(disk.sync_count() - before, kCallers);
    for (int number = 1; number <= kCallers; ++number) {
        EXPECT_TRUE(has(*store, number));
    }
    const auto counts = store->counts(context_, scope_);
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->log_index, 2U * kCallers);
    EXPECT_TRUE(store->verify(context_, scope_, {})->empty());
}

// In a group, a job that fails takes nothing of the others with it.
TEST_F(DurabilityTest, AFailingCommitLeavesItsNeighboursAlone) {
    constexpr int kCallers = 6;
    FaultyDisk disk;
    const io::ScratchFolder folder;
    const std::unique_ptr<Store> store = open(folder);
    ASSERT_TRUE(commit(*store, 100));
    std::atomic<int> started = 0;
    disk.at_sync([&] {
        while (started < kCallers) {
            std::this_thread::yield();
        }
        for (int turn = 0; turn < 10'000; ++turn) {
            std::this_thread::yield();
        }
    });
    {
        std::vector<std::jthread> callers;
        for (int number = 0; number < kCallers; ++number) {
            callers.emplace_back([&, number] {
                ++started;
                if (number % 2 == 0) {
                    EXPECT_TRUE(commit(*store, number));
                    return;
                }
                // The key of the first commit with other content, behind names that nobody knows.
                const std::array records = {record_of(shipping(event_id(number), 1'000 + number))};
                const auto refused = store->commit(context_, scope_, records, "key-100");
                EXPECT_FALSE(refused);
                EXPECT_EQ(
                    refused ? ErrorCode::kNotFound : refused.error().code(), ErrorCode::kConflict
                );
            });
        }
    }
    for (int number = 0; number < kCallers; ++number) {
        EXPECT_EQ(has(*store, number), number % 2 == 0);
    }
    EXPECT_TRUE(store->verify(context_, scope_, {})->empty());
}

TEST_F(DurabilityTest, ReadersSeeWholeBatchesWhileOthersWrite) {
    const io::ScratchFolder folder;
    const std::unique_ptr<Store> store = open(folder);
    std::atomic<bool> is_done = false;
    {
        const std::jthread reader([&] {
            while (!is_done) {
                const auto counts = store->counts(context_, scope_);
                EXPECT_TRUE(counts);
                EXPECT_EQ(counts ? counts->events % 2 : 1, 0U);
            }
        });
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < 3; ++writer) {
            writers.emplace_back([&, writer] {
                for (int number = 0; number < 20; ++number) {
                    EXPECT_TRUE(commit(*store, writer * 100 + number));
                }
            });
        }
        writers.clear();
        is_done = true;
    }
    EXPECT_EQ(store->counts(context_, scope_)->events, 120U);
    EXPECT_TRUE(store->verify(context_, scope_, {})->empty());
}

}  // namespace
}  // namespace suyuan::store
