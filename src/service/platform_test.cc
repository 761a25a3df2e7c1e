// SPDX-License-Identifier: Apache-2.0

#include "service/platform.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "io/clock.h"
#include "io/directory_lock.h"
#include "io/files.h"
#include "io/process.h"
#include "io/randomness.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/epcis_text.h"
#include "service/service_fixture.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

EventText harvest(int number) {
    return {
        .id = event_id(number),
        .minute = number,
        .action = "ADD",
        .step = "commissioning",
        .members = {kilograms(lot(number), 10), at(site(1))}
    };
}

class PlatformTest : public ::testing::Test {
protected:
    Result<std::unique_ptr<Platform>> try_open(
        Creation creation, const std::filesystem::path& directory
    ) {
        PlatformOptions options;
        options.directory = directory;
        options.creation = creation;
        options.clock = &clock_;
        options.randomness = &randomness_;
        options.replay_progress = [this](std::uint64_t read) { replayed_ = read; };
        return Platform::open(std::move(options));
    }

    std::unique_ptr<Platform> open() {
        auto platform = try_open(Creation::kCreateIfMissing, data_);
        EXPECT_TRUE(platform) << platform.error().message();
        return platform ? *std::move(platform) : nullptr;
    }

    void capture(Platform& platform, const EventText& event) {
        const auto report =
            platform.intake().capture(context_, scope_, document({to_text(event)}), {});
        ASSERT_TRUE(report) << report.error().message();
    }

    Readiness readiness(const Platform& platform) {
        const auto found = platform.readiness(context_, scope_);
        EXPECT_TRUE(found) << found.error().message();
        return found.value_or(Readiness());
    }

    // Background work is waited for, not slept for: at most ten seconds.
    static bool eventually(const std::function<bool()>& condition) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (std::chrono::steady_clock::now() < end) {
            if (condition()) {
                return true;
            }
            std::this_thread::yield();
        }
        return false;
    }

    TemporaryDirectory directory_;
    std::filesystem::path data_ = directory_.path() / "new" / "data";
    io::ManualClock clock_{1'767'571'200 * model::kMicrosPerSecond};
    io::SystemRandomness randomness_;
    policy::RequestContext context_{policy::local_principal()};
    policy::Scope scope_ =
        policy::decide(policy::local_principal(), policy::Permission::kOperate).value();
    std::uint64_t replayed_ = 0;
};

TEST_F(PlatformTest, AStoreHasAKeyForIdsOfPeopleFromItsBeginning) {
    open().reset();
    const std::filesystem::path file = data_ / "person.key";
    const std::string made = *io::read_file(file, 1'000);
    EXPECT_NE(made.find(R"("has_old_ids":false)"), std::string::npos);
    capture(*open(), harvest(1));
    EXPECT_EQ(*io::read_file(file, 1'000), made);
    // A store with events and without a key is one from before there were keys.
    ASSERT_TRUE(io::remove_file(file));
    open().reset();
    EXPECT_NE(io::read_file(file, 1'000)->find(R"("has_old_ids":true)"), std::string::npos);
}

TEST_F(PlatformTest, MakesADirectoryOnlyIfAsked) {
    const auto missing = try_open(Creation::kMustExist, data_);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code(), ErrorCode::kNotFound);
    EXPECT_FALSE(std::filesystem::exists(data_));

    // A directory without a store is none either.
    const auto empty = try_open(Creation::kMustExist, directory_.path());
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().code(), ErrorCode::kNotFound);

    ASSERT_NE(open(), nullptr);
    EXPECT_TRUE(try_open(Creation::kMustExist, data_));
}

TEST_F(PlatformTest, OneProcessOwnsADirectoryAndCanBeFound) {
    const auto owner = open();
    ASSERT_TRUE(owner->publish_address("127.0.0.1:8080"));
    const auto second = try_open(Creation::kMustExist, data_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code(), ErrorCode::kConflict);
    EXPECT_NE(second.error().message().find(std::to_string(io::process_id())), std::string::npos);
    EXPECT_NE(second.error().message().find("127.0.0.1:8080"), std::string::npos);
    EXPECT_EQ(io::DirectoryLock::holder_address(data_), "127.0.0.1:8080");
}

TEST_F(PlatformTest, ARestartKnowsEverythingAgain) {
    auto platform = open();
    EXPECT_EQ(replayed_, 0U);
    EXPECT_TRUE(readiness(*platform).is_ready());
    capture(*platform, harvest(1));
    capture(*platform, harvest(2));
    platform.reset();
    platform = open();
    EXPECT_EQ(replayed_, 2U);
    const Readiness now = readiness(*platform);
    EXPECT_EQ(now.store_log_index, 2U);
    EXPECT_EQ(now.graph_log_index, 2U);
    EXPECT_EQ(now.stock_log_index, 0U);
    EXPECT_TRUE(now.is_ready());
    EXPECT_EQ(platform->graph().snapshot().event_count, 2U);
}

TEST_F(PlatformTest, ACommandFinishesWhatIsDerived) {
    const auto platform = open();
    capture(*platform, harvest(1));
    ASSERT_TRUE(platform->finish_derived_work(context_, scope_, {}));
    EXPECT_EQ(readiness(*platform).stock_log_index, 1U);
    EXPECT_EQ(platform->store().find_stock(context_, scope_, {}).value().rows.size(), 1U);
    EXPECT_FALSE(platform->store().maintain(context_, scope_).value());
    const policy::RequestContext cancelled(policy::local_principal());
    cancelled.cancel();
    const Status stopped = platform->finish_derived_work(cancelled, scope_, {});
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code(), ErrorCode::kCancelled);
}

TEST_F(PlatformTest, TheServersThreadKeepsUp) {
    const auto platform = open();
    ASSERT_TRUE(platform->start_background());
    capture(*platform, harvest(1));
    EXPECT_TRUE(eventually([&] { return readiness(*platform).stock_log_index == 1; }));
    capture(*platform, harvest(2));
    EXPECT_TRUE(eventually([&] { return readiness(*platform).stock_log_index == 2; }));
    platform->stop();
    capture(*platform, harvest(3));
    EXPECT_EQ(readiness(*platform).stock_log_index, 2U);
}

TEST_F(PlatformTest, StoppingFinishesAcceptedCaptures) {
    const auto platform = open();
    ASSERT_TRUE(platform->start_background());
    const auto id =
        platform->capture_jobs().submit(context_, scope_, document({to_text(harvest(1))}), {});
    ASSERT_TRUE(id) << id.error().message();
    platform->stop();
    EXPECT_EQ(
        platform->capture_jobs().job(context_, scope_, *id).value().state,
        store::JobState::kSucceeded
    );
    EXPECT_EQ(platform->events().by_id(context_, scope_, event_id(1)).value().size(), 1U);
}

}  // namespace
}  // namespace suyuan::service
