// SPDX-License-Identifier: Apache-2.0

#include "service/capture_jobs.h"

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "codec/json.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/epcis_text.h"
#include "service/forwarding_store.h"
#include "service/intake.h"
#include "service/service_fixture.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

using store::JobState;

EventText harvest(int number) {
    return {
        .id = event_id(number),
        .minute = number,
        .action = "ADD",
        .step = "commissioning",
        .members = {kilograms(lot(number), 10), at(site(1))}
    };
}

EventText refused(int number) {
    EventText event = harvest(number);
    event.action = "PERHAPS";
    return event;
}

// Commits wait at a gate; notes of jobs can fail.
class GatedStore final : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;

    Result<store::Committed> commit(
        const Context& context,
        const Scope& scope,
        std::span<const store::NewRecord> records,
        std::string_view idempotency_key
    ) override {
        {
            std::unique_lock lock(mutex_);
            ++arrived_;
            changed_.notify_all();
            changed_.wait(lock, [this] { return is_open_; });
        }
        if (commit_failure) {
            return Failure(*commit_failure);
        }
        return ForwardingStore::commit(context, scope, records, idempotency_key);
    }

    Status put_job(const Context& context, const Scope& scope, const store::CaptureJob& job)
        override {
        if (loses_outcomes && job.state != JobState::kRunning) {
            return fail(ErrorCode::kUnavailable, "the disk is full");
        }
        return ForwardingStore::put_job(context, scope, job);
    }

    void open() {
        const std::scoped_lock lock(mutex_);
        is_open_ = true;
        changed_.notify_all();
    }

    void wait_for_arrivals(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return arrived_ >= count; });
    }

    std::optional<Error> commit_failure;
    bool loses_outcomes = false;

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int arrived_ = 0;
    bool is_open_ = false;
};

class CaptureJobsTest : public ServiceTest {
protected:
    CaptureJobsTest() : gated_(*store_), gated_recorder_(gated_, clock_) {}

    std::unique_ptr<CaptureJobs> jobs(CaptureJobLimits limits = {}) {
        return std::make_unique<CaptureJobs>(
            gated_, gated_recorder_.intake, clock_, randomness_, limits
        );
    }

    std::string submit(CaptureJobs& jobs, std::string_view text, CaptureOptions options = {}) {
        auto id = jobs.submit(context_, scope_, text, std::move(options));
        EXPECT_TRUE(id) << id.error().message();
        return id.value_or("");
    }

    store::CaptureJob job(const CaptureJobs& jobs, std::string_view id) {
        auto found = jobs.job(context_, scope_, id);
        EXPECT_TRUE(found) << found.error().message();
        return found ? *found : store::CaptureJob();
    }

    ErrorCode refusal(CaptureJobs& jobs, std::string_view text) {
        const auto id = jobs.submit(context_, scope_, text, {});
        EXPECT_FALSE(id) << text.substr(0, 100);
        return id ? ErrorCode::kCorruption : id.error().code();
    }

    GatedStore gated_;
    Recorder gated_recorder_;
};

TEST_F(CaptureJobsTest, AJobRunsUntilItsDocumentIsStored) {
    const auto queue = jobs();
    const std::string id = submit(*queue, document({to_text(harvest(1)), to_text(harvest(2))}));
    EXPECT_EQ(id.size(), 32U);
    gated_.wait_for_arrivals(1);
    store::CaptureJob running = job(*queue, id);
    EXPECT_EQ(running.state, JobState::kRunning);
    EXPECT_EQ(running.created_at, kStart);
    EXPECT_EQ(running.finished_at, 0);
    EXPECT_EQ(running.event_count, 2U);
    EXPECT_TRUE(running.is_rollback);

    clock_.advance(model::kMicrosPerSecond);
    gated_.open();
    queue->stop();
    const store::CaptureJob done = job(*queue, id);
    EXPECT_EQ(done.state, JobState::kSucceeded);
    EXPECT_EQ(done.finished_at, kStart + model::kMicrosPerSecond);
    EXPECT_EQ(done.stored_count, 2U);
    EXPECT_EQ(done.errors, "[]");
    EXPECT_EQ(gated_recorder_.graph.snapshot().event_count, 2U);
}

TEST_F(CaptureJobsTest, ARolledBackJobFailsWithItsProblems) {
    gated_.open();
    const auto queue = jobs();
    const std::string id = submit(*queue, document({to_text(harvest(1)), to_text(refused(2))}));
    queue->stop();
    const store::CaptureJob done = job(*queue, id);
    EXPECT_EQ(done.state, JobState::kFailed);
    EXPECT_EQ(done.event_count, 2U);
    EXPECT_EQ(done.stored_count, 0U);
    const auto errors = codec::parse_json(done.errors);
    ASSERT_TRUE(errors);
    ASSERT_FALSE(errors->items().empty());
    EXPECT_TRUE(errors->items()[0].string_or("pointer").starts_with("/epcisBody/eventList/1"));
}

TEST_F(CaptureJobsTest, AProceedingJobStoresTheRestAndSaysSo) {
    gated_.open();
    const auto queue = jobs();
    CaptureOptions options;
    options.behaviour = ErrorBehaviour::kProceed;
    options.progress = [](std::uint64_t, std::uint64_t) { FAIL() << "nobody is listening"; };
    const std::string id =
        submit(*queue, document({to_text(harvest(1)), to_text(refused(2))}), options);
    queue->stop();
    const store::CaptureJob done = job(*queue, id);
    EXPECT_EQ(done.state, JobState::kFailed);
    EXPECT_FALSE(done.is_rollback);
    EXPECT_EQ(done.event_count, 2U);
    EXPECT_EQ(done.stored_count, 1U);
    EXPECT_NE(done.errors, "[]");
}

TEST_F(CaptureJobsTest, WhatIsNoCaptureDocumentIsRefusedAtOnce) {
    const auto queue = jobs();
    EXPECT_EQ(refusal(*queue, "{"), ErrorCode::kInvalidArgument);
    EXPECT_EQ(refusal(*queue, R"({"type":"EPCISQueryDocument"})"), ErrorCode::kInvalidArgument);
    EXPECT_EQ(refusal(*queue, bare(harvest(1))), ErrorCode::kInvalidArgument);
    const auto unknown = queue->job(context_, scope_, "0123");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code(), ErrorCode::kNotFound);
}

TEST_F(CaptureJobsTest, AFullQueueSaysBusyAndRecovers) {
    const auto queue = jobs({.thread_count = 1, .queue_max = 1});
    const std::string first = submit(*queue, document({to_text(harvest(1))}));
    gated_.wait_for_arrivals(1);
    const std::string second = submit(*queue, document({to_text(harvest(2))}));
    EXPECT_EQ(refusal(*queue, document({to_text(harvest(3))})), ErrorCode::kUnavailable);
    // A refused document is none in the queue: the same again.
    EXPECT_EQ(refusal(*queue, document({to_text(harvest(3))})), ErrorCode::kUnavailable);
    gated_.open();
    gated_.wait_for_arrivals(2);
    const std::string third = submit(*queue, document({to_text(harvest(3))}));
    queue->stop();
    for (const std::string& id : {first, second, third}) {
        EXPECT_EQ(job(*queue, id).state, JobState::kSucceeded);
    }
}

TEST_F(CaptureJobsTest, MemoryIsBounded) {
    const std::string small = document({to_text(harvest(1))});
    const auto queue = jobs({.thread_count = 1, .queue_max = 10, .bytes_max = small.size() + 10});
    EXPECT_EQ(
        refusal(*queue, document({to_text(harvest(1)), to_text(harvest(2))})),
        ErrorCode::kLimitExceeded
    );
    submit(*queue, small);
    EXPECT_EQ(refusal(*queue, document({to_text(harvest(2))})), ErrorCode::kUnavailable);
    gated_.open();
    queue->stop();
}

TEST_F(CaptureJobsTest, TheDestructorFinishesWhatWasAccepted) {
    auto queue = jobs({.thread_count = 1, .queue_max = 10});
    std::string last;
    for (int number = 1; number <= 5; ++number) {
        last = submit(*queue, document({to_text(harvest(number))}));
    }
    gated_.open();
    queue.reset();
    const auto found = store_->find_job(context_, scope_, last);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->state, JobState::kSucceeded);
    EXPECT_EQ(store_->counts(context_, scope_).value().events, 5U);
}

TEST_F(CaptureJobsTest, AStoppedQueueTakesNothing) {
    const auto queue = jobs();
    queue->stop();
    EXPECT_EQ(refusal(*queue, document({to_text(harvest(1))})), ErrorCode::kUnavailable);
    queue->stop();
}

TEST_F(CaptureJobsTest, AJobThatAStoppedServerLeftIsReportedAsFailed) {
    store::CaptureJob left;
    left.id = "00112233445566778899aabbccddeeff";
    left.created_at = kStart;
    left.errors = "[]";
    ASSERT_TRUE(store_->put_job(context_, scope_, left));
    const auto queue = jobs();
    const store::CaptureJob found = job(*queue, left.id);
    EXPECT_EQ(found.state, JobState::kFailed);
    EXPECT_NE(found.errors, "[]");
}

TEST_F(CaptureJobsTest, AnOutcomeThatCouldNotBeNotedIsReportedAsFailed) {
    gated_.loses_outcomes = true;
    gated_.open();
    const auto queue = jobs();
    const std::string id = submit(*queue, document({to_text(harvest(1))}));
    queue->stop();
    EXPECT_EQ(job(*queue, id).state, JobState::kFailed);
}

TEST_F(CaptureJobsTest, AFailureTellsTheSubmitterWhatTheyCanMendAndNothingElse) {
    gated_.open();
    {
        gated_.commit_failure = Error(ErrorCode::kUnavailable, "/secret/path: no space left");
        const auto queue = jobs();
        const std::string id = submit(*queue, document({to_text(harvest(1))}));
        queue->stop();
        const store::CaptureJob done = job(*queue, id);
        EXPECT_EQ(done.state, JobState::kFailed);
        EXPECT_EQ(done.errors.find("secret"), std::string::npos);
        EXPECT_NE(done.errors, "[]");
    }
    {
        gated_.commit_failure = Error(ErrorCode::kConflict, "the key was used for other content");
        const auto queue = jobs();
        const std::string id = submit(*queue, document({to_text(harvest(1))}));
        queue->stop();
        EXPECT_NE(job(*queue, id).errors.find("the key was used"), std::string::npos);
    }
}

TEST_F(CaptureJobsTest, AJobOutlivesItsRequest) {
    const auto queue = jobs();
    const policy::RequestContext request(policy::local_principal());
    const auto id = queue->submit(request, scope_, document({to_text(harvest(1))}), {});
    ASSERT_TRUE(id);
    request.cancel();
    gated_.open();
    queue->stop();
    EXPECT_EQ(job(*queue, *id).state, JobState::kSucceeded);
}

}  // namespace
}  // namespace suyuan::service
