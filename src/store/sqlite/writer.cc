// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/writer.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counters.h"
#include "store/sqlite/dialect.h"
#include "store/sqlite/interner.h"

namespace suyuan::store::sqlite {
namespace {

Failure refuse_broken() {
    return fail(
        ErrorCode::kUnavailable,
        Sentence{
            "写入时磁盘出错：重新打开数据库之前不再存入任何内容",
            "the disk failed under a write: nothing is stored any more until the store is opened "
            "anew"
        }
    );
}

}  // namespace

Writer::Writer(
    std::unique_ptr<Connection> connection,
    const Counters& counters,
    const io::Clock& clock,
    io::Randomness& randomness
)
    : connection_(std::move(connection)),
      counters_(counters),
      interner_(*connection_, counters_),
      session_{*connection_, counters_, interner_, clock, randomness} {}

Result<std::unique_ptr<Writer>> Writer::open(
    std::unique_ptr<Connection> connection, const io::Clock& clock, io::Randomness& randomness
) {
    SUYUAN_TRY(const Counters counters, Counters::read(*connection));
    return std::unique_ptr<Writer>(new Writer(std::move(connection), counters, clock, randomness));
}

Status Writer::run(std::size_t rows, const Job& job) {
    Waiting mine;
    mine.job = &job;
    mine.rows = rows;
    std::unique_lock lock(mutex_);
    queue_.push_back(&mine);
    turn_.wait(lock, [&] { return mine.is_done || !has_leader_; });
    while (!mine.is_done) {
        has_leader_ = true;
        const Group group = take_group();
        lock.unlock();
        run_group(group);
        lock.lock();
        for (Waiting* waiting : group) {
            waiting->is_done = true;
        }
        turn_.notify_all();
        lock.unlock();
        checkpoint_if_due();
        lock.lock();
        has_leader_ = false;
        turn_.notify_all();
    }
    return std::move(mine.status);
}

// In the order of arrival, so that nobody waits for ever. Requires mutex_.
Writer::Group Writer::take_group() {
    Group group;
    std::size_t rows = 0;
    while (!queue_.empty()) {
        Waiting* next = queue_.front();
        if (!group.empty() && rows + next->rows > kGroupRowsMax) {
            break;
        }
        rows += next->rows;
        group.push_back(next);
        queue_.pop_front();
    }
    return group;
}

void Writer::run_group(const Group& group) {
    const Counters before = counters_;
    auto begun = is_broken() ? Status(refuse_broken()) : connection_->execute(kBegin);
    if (!begun) {
        for (Waiting* waiting : group) {
            waiting->status = begun;
        }
        return;
    }
    bool has_success = false;
    for (Waiting* waiting : group) {
        run_job(*waiting, group.size() > 1);
        if (!connection_->is_in_transaction()) {
            // SQLite gave the whole transaction up, with what the others had done in it.
            abandon(group, before);
            return;
        }
        has_success = has_success || waiting->status.has_value();
    }
    if (!has_success) {
        static_cast<void>(connection_->execute(kRollback));
        return;
    }
    if (auto committed = commit(before); !committed) {
        abandon(group, before);
        return;
    }
    interner_.keep_all();
}

// Leaves nothing of a job that fails.
void Writer::run_job(Waiting& waiting, bool has_savepoint) {
    const Counters before = counters_;
    const Interner::Mark mark = interner_.mark();
    if (has_savepoint) {
        waiting.status = connection_->execute(kSavepoint);
    }
    if (waiting.status) {
        waiting.status = (*waiting.job)(session_);
    }
    Status ended;
    if (has_savepoint && connection_->is_in_transaction()) {
        ended = connection_->execute(waiting.status ? kReleaseSavepoint : kRollbackToSavepoint);
    }
    if (waiting.status && !ended) {
        waiting.status = ended;
    }
    if (!waiting.status) {
        counters_ = before;
        interner_.forget_since(mark);
    }
}

Status Writer::commit(const Counters& before) {
    SUYUAN_TRY_VOID(counters_.write(*connection_, before));
    auto committed = connection_->execute(kCommit);
    // What the disk holds now, nobody knows: only recovery tells.
    has_failed_to_commit_ = !committed.has_value();
    return committed;
}

bool Writer::is_broken() const noexcept {
    return has_failed_to_commit_ || connection_->is_broken();
}

// Nothing of the group is durable.
void Writer::abandon(const Group& group, const Counters& before) {
    if (connection_->is_in_transaction()) {
        static_cast<void>(connection_->execute(kRollback));
    }
    counters_ = before;
    interner_.forget_since(0);
    for (Waiting* waiting : group) {
        if (waiting->status) {
            waiting->status =
                fail(ErrorCode::kUnavailable, "the transaction could not be made durable");
        }
    }
}

void Writer::checkpoint_if_due() {
    const std::uint64_t frames = connection_->wal_frames();
    if (frames + kCheckpointFrames < checkpoint_at_frames_) {
        checkpoint_at_frames_ = kCheckpointFrames;  // the log began anew
    }
    if (is_broken() || frames < checkpoint_at_frames_) {
        return;
    }
    // A failure breaks the connection, which the next call tells; what is in the log stays there.
    static_cast<void>(connection_->checkpoint(
        frames >= kRestartFrames ? Connection::Checkpoint::kRestart
                                 : Connection::Checkpoint::kPassive
    ));
    checkpoint_at_frames_ = frames + kCheckpointFrames;
}

Status Writer::empty_log() {
    std::unique_lock lock(mutex_);
    turn_.wait(lock, [&] { return !has_leader_; });
    has_leader_ = true;
    lock.unlock();
    auto emptied = is_broken() ? Result<bool>(refuse_broken())
                               : connection_->checkpoint(Connection::Checkpoint::kTruncate);
    lock.lock();
    has_leader_ = false;
    turn_.notify_all();
    lock.unlock();
    if (!emptied) {
        return Failure(std::move(emptied).error());
    }
    if (!*emptied) {
        return fail(ErrorCode::kUnavailable, "readers keep the log from being emptied");
    }
    return {};
}

}  // namespace suyuan::store::sqlite
