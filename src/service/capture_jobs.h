// SPDX-License-Identifier: Apache-2.0
//
// Captures that the caller does not wait for.

#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "io/threads.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/intake.h"
#include "store/store.h"

namespace suyuan::service {

struct CaptureJobLimits {
    std::size_t thread_count = 2;  // one interprets while the other waits for the disk
    std::size_t queue_max = 64;    // documents accepted and not yet begun
    std::size_t bytes_max = std::size_t{128} << 20;  // text of all accepted: two of the largest
};

// Threads: every member from any thread. Lifetime: what it is made from outlives it; the destructor
// finishes what was accepted.
class CaptureJobs {
public:
    CaptureJobs(
        store::Store& store,
        Intake& intake,
        const io::Clock& clock,
        io::Randomness& randomness,
        CaptureJobLimits limits = {}
    );
    CaptureJobs(const CaptureJobs&) = delete;
    CaptureJobs& operator=(const CaptureJobs&) = delete;
    CaptureJobs(CaptureJobs&&) = delete;
    CaptureJobs& operator=(CaptureJobs&&) = delete;
    ~CaptureJobs();

    // Reads the text, notes the job and returns its id; `options.progress` is not called. Fails
    // with kInvalidArgument (no capture document; the message starts with the JSON pointer),
    // kLimitExceeded (larger than all jobs together may be), kUnavailable ("busy": too many
    // documents or bytes are waiting, or the server stops; try again later).
    Result<std::string> submit(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view text,
        CaptureOptions options
    );

    // Fails with kNotFound. A job that a stopped server left behind is reported as failed.
    Result<store::CaptureJob> job(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
    ) const;

    // Takes no more jobs and finishes those accepted.
    void stop();

private:
    struct Task;

    Status reserve(std::size_t bytes);
    void release(std::size_t bytes);
    Result<std::string> accept(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view text,
        CaptureOptions options
    );
    std::string new_id();
    bool enqueue(std::shared_ptr<const Task> task);
    void run(const Task& task);

    store::Store& store_;
    Intake& intake_;
    const io::Clock& clock_;
    io::Randomness& randomness_;
    CaptureJobLimits limits_;
    mutable std::mutex mutex_;
    std::size_t bytes_held_ = 0;     // guarded by mutex_; of documents being read, waiting or run
    std::size_t waiting_count_ = 0;  // guarded by mutex_; documents being read or waiting
    std::set<std::string> running_;  // guarded by mutex_; accepted by this process, not finished
    std::unique_ptr<io::WorkerPool> pool_;  // guarded by mutex_; empty once stopped
};

}  // namespace suyuan::service
