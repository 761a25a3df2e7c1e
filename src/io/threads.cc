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
#include <vector>

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

WorkerPool::WorkerPool(std::size_t thread_count, std::size_t queue_max)
    : WorkerPool(thread_count, {Lane{.running_max = thread_count, .queue_max = queue_max}}) {}

WorkerPool::WorkerPool(std::size_t thread_count, const std::vector<Lane>& lanes) {
    SUYUAN_ASSERT(thread_count > 0 && !lanes.empty());
    for (const Lane& lane : lanes) {
        SUYUAN_ASSERT(lane.running_max > 0 && lane.queue_max > 0);
        lines_.push_back({.lane = lane, .running = 0, .queue = {}});
    }
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

bool WorkerPool::submit(std::function<void()> job, std::size_t lane) {
    {
        const std::scoped_lock lock(mutex_);
        Line& line = lines_.at(lane);
        if (is_stopping_ || line.queue.size() >= line.lane.queue_max) {
            return false;
        }
        line.queue.push_back({numbers_++, std::move(job)});
    }
    wake_.notify_one();
    return true;
}

std::size_t WorkerPool::count_queued() const {
    std::size_t count = 0;
    for (const Line& line : lines_) {
        count += line.queue.size();
    }
    return count;
}

std::size_t WorkerPool::queued() const {
    const std::scoped_lock lock(mutex_);
    return count_queued();
}

WorkerPool::Line* WorkerPool::next_line() {
    Line* next = nullptr;
    for (Line& line : lines_) {
        const bool may_run = !line.queue.empty() && line.running < line.lane.running_max;
        if (may_run &&
            (next == nullptr || line.queue.front().number < next->queue.front().number)) {
            next = &line;
        }
    }
    return next;
}

void WorkerPool::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        Line* line = nullptr;
        wake_.wait(lock, [&] {
            line = next_line();
            return line != nullptr || (is_stopping_ && count_queued() == 0);
        });
        if (line == nullptr) {
            return;
        }
        std::function<void()> job = std::move(line->queue.front().job);
        line->queue.pop_front();
        ++line->running;
        if (is_stopping_ && count_queued() == 0) {
            wake_.notify_all();  // who waits for room in a lane need not wait any more
        }
        lock.unlock();
        run_fenced(job);
        job = nullptr;  // what it held may end in a call of submit()
        lock.lock();
        --line->running;  // this thread takes the next of the lane, if there is one
    }
}

std::size_t hardware_threads() noexcept {
    return std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

}  // namespace suyuan::io
