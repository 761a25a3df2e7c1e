// SPDX-License-Identifier: Apache-2.0
//
// A disk that fails when told to: a layer under SQLite that counts what is written and synced.

#pragma once

#include <cstdint>
#include <functional>

namespace suyuan::store::sqlite {

// While one exists, SQLite opens its files through it. One at a time; what was opened through it is
// closed before it goes. Threads: any.
class FaultyDisk {
public:
    FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;
    FaultyDisk(FaultyDisk&&) = delete;
    FaultyDisk& operator=(FaultyDisk&&) = delete;
    ~FaultyDisk();

    enum class Fault : std::uint8_t { kInputOutput, kFull };

    // The n-th write, truncation or sync from now on fails, from 1; with `for_ever`, and all after
    // it.
    void fail_at(std::int64_t operation, Fault fault, bool for_ever);
    // No more faults.
    void mend();

    // Whether the fault happened.
    [[nodiscard]] bool has_failed() const;

    [[nodiscard]] std::int64_t sync_count() const;
    // Called at each sync, before it.
    void at_sync(std::function<void()> action);
};

}  // namespace suyuan::store::sqlite
