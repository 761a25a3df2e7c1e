// SPDX-License-Identifier: Apache-2.0

#include "io/threads.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "base/assert.h"

namespace suyuan::io {
namespace {

// A fence: what a library throws out of a job costs that job, not the process.
void run_fenced(const std::function<void()>& job) noexcept {
    try {
        job();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "worker: a job ended with an exception: %s\n", error.what());
    } catch (...) {
        std::fprintf(stderr, "worker: a job ended with an unknown exception\n");
    }
}

}  // namespace

Thread::Thread(std::function<void(std::stop_token)> body) : thread_(std::move(body)) {}

void Thread::request_stop() {
    thread_.request_stop();
}

void Thread::join() {
    if (thread_.joinable()) {
        thread_.join();
    }
}

WorkerPool::WorkerPool(std::size_t thread_count, std::size_t queue_max) : queue_max_(queue_max) {
    SUYUAN_ASSERT(thread_count > 0 && queue_max > 0);
    threads_.reserve(thread_count);
    for (std::size_t i = 0; i < thread_count; ++i) {
        threads_.emplace_back([this] { run(); });
    }
}

WorkerPool::~WorkerPool() {
    {
        const std::scoped_lock lock(mutex_);
        is_stopping_ = true;
    }
    wake_.notify_all();
    threads_.clear();  // Joins, while everything that the threads use is still there.
}

bool WorkerPool::submit(std::function<void()> job) {
    {
        const std::scoped_lock lock(mutex_);
        if (is_stopping_ || queue_.size() >= queue_max_) {
            return false;
        }
        queue_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

std::size_t WorkerPool::queued() const {
    const std::scoped_lock lock(mutex_);
    return queue_.size();
}

void WorkerPool::run() {
    while (true) {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
        if (queue_.empty()) {
            return;
        }
        const std::function<void()> job = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        run_fenced(job);
    }
}

std::size_t hardware_threads() noexcept {
    return std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

}  // namespace suyuan::io
