// SPDX-License-Identifier: Apache-2.0
//
// Time, as something that is handed in: record times, deadlines and measurements come from here, so
// that a test can set the clock.

#pragma once

#include <atomic>
#include <cstdint>

namespace suyuan::io {

// Threads: all members may be called from any thread.
class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = default;
    Clock& operator=(const Clock&) = default;
    Clock(Clock&&) = default;
    Clock& operator=(Clock&&) = default;
    virtual ~Clock() = default;

    // Microseconds since 1970-01-01T00:00:00Z. May step backwards when the machine's clock is set.
    [[nodiscard]] virtual std::int64_t now_us() const = 0;

    // Microseconds since an arbitrary start; never steps backwards.
    [[nodiscard]] virtual std::int64_t monotonic_us() const = 0;
};

// The machine's clocks.
class SystemClock final : public Clock {
public:
    [[nodiscard]] std::int64_t now_us() const override;
    [[nodiscard]] std::int64_t monotonic_us() const override;
};

// Stands still until told otherwise.
class ManualClock final : public Clock {
public:
    explicit ManualClock(std::int64_t now_us) : now_us_(now_us) {}

    [[nodiscard]] std::int64_t now_us() const override { return now_us_.load(); }

    [[nodiscard]] std::int64_t monotonic_us() const override { return now_us_.load(); }

    void set(std::int64_t now_us) { now_us_.store(now_us); }

    void advance(std::int64_t by_us) { now_us_.fetch_add(by_us); }

private:
    std::atomic<std::int64_t> now_us_;
};

}  // namespace suyuan::io
