// SPDX-License-Identifier: Apache-2.0
//
// The one connection that writes and checkpoints.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counters.h"
#include "store/sqlite/interner.h"

namespace suyuan::store::sqlite {

// What a job works with: inside a transaction, nobody else writing.
struct WriteSession {
    Connection& connection;
    Counters& counters;
    Interner& interner;
    const io::Clock& clock;
    io::Randomness& randomness;
};

// Runs jobs one after the other, those that wait together in one transaction with one sync.
//
// There is no thread of its own: of the callers that wait, the first leads. It takes everything
// that queued up behind the transaction before, runs each job under its own savepoint, commits,
// wakes the others, and checkpoints if the log has grown.
//
// After the disk failed under a write, nothing is acknowledged any more: every call fails with
// kUnavailable until the store is opened anew, which recovers what the log holds.
//
// Threads: any. Lifetime: clock and randomness outlive it; the connection is its own.
class Writer {
public:
    using Job = std::function<Status(WriteSession&)>;

    // Requires a connection for which prepare_schema() succeeded.
    static Result<std::unique_ptr<Writer>> open(
        std::unique_ptr<Connection> connection, const io::Clock& clock, io::Randomness& randomness
    );

    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer() = default;

    // Returns the job's failure, after which nothing of it is left, or success once what it did is
    // durable. `rows` says how much it writes, roughly: what is grouped stays within a bound. The
    // job runs once, on some caller's thread, while all of them wait.
    Status run(std::size_t rows, const Job& job);

    // Moves everything from the log into the database and empties the log, so that bytes that were
    // erased are nowhere. Fails with kUnavailable if readers are in the way for too long.
    Status empty_log();

private:
    struct Waiting {
        const Job* job = nullptr;
        std::size_t rows = 0;
        Status status;
        bool is_done = false;
    };

    using Group = std::vector<Waiting*>;

    // A transaction with more rows would let small commits wait for too long.
    static constexpr std::size_t kGroupRowsMax = 4'096;
    // Each 64 MiB of log: a checkpoint writes a page that changed often once.
    static constexpr std::uint64_t kCheckpointFrames = 16'384;
    // 256 MiB: readers have held the log up for long; now they are waited for.
    static constexpr std::uint64_t kRestartFrames = 65'536;

    Writer(
        std::unique_ptr<Connection> connection,
        const Counters& counters,
        const io::Clock& clock,
        io::Randomness& randomness
    );

    Group take_group();
    void run_group(const Group& group);
    void run_job(Waiting& waiting, bool has_savepoint);
    Status commit(const Counters& before);
    void abandon(const Group& group, const Counters& before);
    void checkpoint_if_due();
    [[nodiscard]] bool is_broken() const noexcept;

    std::unique_ptr<Connection> connection_;
    Counters counters_;
    Interner interner_;
    WriteSession session_;
    std::uint64_t checkpoint_at_frames_ = kCheckpointFrames;
    bool has_failed_to_commit_ = false;

    std::mutex mutex_;
    std::condition_variable turn_;
    std::deque<Waiting*> queue_;  // guarded by mutex_
    bool has_leader_ = false;     // guarded by mutex_; the leader alone uses what is above
};

}  // namespace suyuan::store::sqlite
