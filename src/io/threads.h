// SPDX-License-Identifier: Apache-2.0
//
// Threads: the only place that starts them.

#pragma once

#include <condition_variable>
#include <cstddef>
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

// A fixed number of threads and a bounded queue of jobs.
//
// Threads: submit() from any thread. Lifetime: the destructor finishes queued jobs, then joins.
class WorkerPool {
public:
    WorkerPool(std::size_t thread_count, std::size_t queue_max);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    WorkerPool(WorkerPool&&) = delete;
    WorkerPool& operator=(WorkerPool&&) = delete;

    // False if the queue is full or the pool is stopping: the job was not taken.
    [[nodiscard]] bool submit(std::function<void()> job);

    [[nodiscard]] std::size_t queued() const;

private:
    void run();

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;  // guarded by mutex_
    bool is_stopping_ = false;                 // guarded by mutex_
    std::size_t queue_max_;
    std::vector<std::jthread> threads_;
};

// How many threads the machine runs at once; at least 1.
[[nodiscard]] std::size_t hardware_threads() noexcept;

}  // namespace suyuan::io
