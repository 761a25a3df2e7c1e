// SPDX-License-Identifier: Apache-2.0
//
// Threads: the only place that starts them.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace suyuan::io {

// One named thread that is asked to stop and joined on destruction.
class Thread {
public:
    Thread() = default;
    // `body` polls or waits on the token.
    explicit Thread(std::function<void(std::stop_token)> body);

    void request_stop();
    void join();

private:
    std::jthread thread_;
};

// A kind of jobs, of which so many run and so many wait at once.
struct Lane {
    std::size_t running_max = 0;
    std::size_t queue_max = 0;
};

// A fixed number of threads and a bounded queue of jobs: the one that waits longest comes next, of
// those in whose lane there is room.
//
// Threads: submit() from any thread. Lifetime: the destructor finishes queued jobs, then joins.
class WorkerPool {
public:
    // One lane for all.
    WorkerPool(std::size_t thread_count, std::size_t queue_max);
    WorkerPool(std::size_t thread_count, const std::vector<Lane>& lanes);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    WorkerPool(WorkerPool&&) = delete;
    WorkerPool& operator=(WorkerPool&&) = delete;

    // False if the lane's queue is full or the pool is stopping: the job was not taken.
    [[nodiscard]] bool submit(std::function<void()> job, std::size_t lane = 0);

    [[nodiscard]] std::size_t queued() const;

private:
    struct Waiting {
        std::uint64_t number = 0;  // in the order of their coming
        std::function<void()> job;
    };

    struct Line {
        Lane lane;
        std::size_t running = 0;
        std::deque<Waiting> queue;
    };

    void run();
    // Requires mutex_. The line whose first job comes next; nullptr if none may run now.
    [[nodiscard]] Line* next_line();
    [[nodiscard]] std::size_t count_queued() const;  // requires mutex_

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Line> lines_;    // guarded by mutex_
    std::uint64_t numbers_ = 0;  // guarded by mutex_
    bool is_stopping_ = false;   // guarded by mutex_
    std::vector<std::jthread> threads_;
};

// How many threads the machine runs at once; at least 1.
[[nodiscard]] std::size_t hardware_threads() noexcept;

}  // namespace suyuan::io
