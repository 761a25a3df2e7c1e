// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/faulty_disk_fixture.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>

#include <sqlite3.h>

#include "base/assert.h"

namespace suyuan::store::sqlite {
namespace {

struct State {
    std::atomic<std::int64_t> operations_left = -1;  // before the fault; negative: none is planned
    std::atomic<bool> is_for_ever = false;
    std::atomic<bool> has_failed = false;
    std::atomic<int> code = SQLITE_IOERR;
    std::atomic<std::int64_t> syncs = 0;
    std::mutex mutex;
    std::function<void()> at_sync;  // guarded by mutex
};

State state;  // NOLINT(*-avoid-non-const-global-variables): C calls back without a place for it

sqlite3_vfs* beneath() {
    static sqlite3_vfs* const kBeneath = sqlite3_vfs_find("unix");
    return kBeneath;
}

// SQLite's file, and behind it in the same memory the one beneath.
struct File {
    sqlite3_file base;
    sqlite3_file* real = nullptr;
};

sqlite3_file* real_of(sqlite3_file* file) {
    return reinterpret_cast<File*>(file)->real;
}

// True if the operation at hand is to fail.
bool fails() {
    if (state.has_failed && state.is_for_ever) {
        return true;
    }
    const std::int64_t left = state.operations_left;
    if (left < 0) {
        return false;
    }
    state.operations_left = left - 1;
    if (left > 0) {
        return false;
    }
    state.has_failed = true;
    return true;
}

int close(sqlite3_file* file) {
    return real_of(file)->pMethods->xClose(real_of(file));
}

int read(sqlite3_file* file, void* bytes, int amount, sqlite3_int64 offset) {
    return real_of(file)->pMethods->xRead(real_of(file), bytes, amount, offset);
}

int write(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset) {
    if (fails()) {
        return state.code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    return real_of(file)->pMethods->xWrite(real_of(file), bytes, amount, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (fails()) {
        return SQLITE_IOERR_TRUNCATE;
    }
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

int sync(sqlite3_file* file, int flags) {
    ++state.syncs;
    {
        const std::scoped_lock lock(state.mutex);
        if (state.at_sync) {
            state.at_sync();
        }
    }
    if (fails()) {
        return SQLITE_IOERR_FSYNC;
    }
    return real_of(file)->pMethods->xSync(real_of(file), flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

int lock(sqlite3_file* file, int kind) {
    return real_of(file)->pMethods->xLock(real_of(file), kind);
}

int unlock(sqlite3_file* file, int kind) {
    return real_of(file)->pMethods->xUnlock(real_of(file), kind);
}

int check_reserved_lock(sqlite3_file* file, int* outcome) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), outcome);
}

int file_control(sqlite3_file* file, int operation, void* argument) {
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

int sector_size(sqlite3_file* file) {
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

int device_characteristics(sqlite3_file* file) {
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

int shm_map(sqlite3_file* file, int page, int size, int extends, volatile void** memory) {
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extends, memory);
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

void shm_barrier(sqlite3_file* file) {
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

int shm_unmap(sqlite3_file* file, int deletes) {
    return real_of(file)->pMethods->xShmUnmap(real_of(file), deletes);
}

constexpr int kMethodsWithSharedMemory = 2;

const sqlite3_io_methods kMethods = {
    kMethodsWithSharedMemory,
    &close,
    &read,
    &write,
    &truncate,
    &sync,
    &file_size,
    &lock,
    &unlock,
    &check_reserved_lock,
    &file_control,
    &sector_size,
    &device_characteristics,
    &shm_map,
    &shm_lock,
    &shm_barrier,
    &shm_unmap,
    nullptr,
    nullptr,
};

int open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* const opened = reinterpret_cast<File*>(file);
    opened->real = reinterpret_cast<sqlite3_file*>(opened + 1);
    const int code = beneath()->xOpen(beneath(), name, opened->real, flags, out_flags);
    opened->base.pMethods = code == SQLITE_OK ? &kMethods : nullptr;
    return code;
}

sqlite3_vfs make_vfs() {
    sqlite3_vfs vfs = *beneath();
    vfs.pNext = nullptr;
    vfs.zName = "faulty";
    vfs.szOsFile += static_cast<int>(sizeof(File));
    vfs.xOpen = &open;
    return vfs;
}

sqlite3_vfs* faulty() {
    static sqlite3_vfs vfs = make_vfs();
    return &vfs;
}

}  // namespace

FaultyDisk::FaultyDisk() {
    mend();
    state.syncs = 0;
    SUYUAN_ASSERT(sqlite3_vfs_register(faulty(), 1) == SQLITE_OK);
}

FaultyDisk::~FaultyDisk() {
    mend();
    at_sync({});
    sqlite3_vfs_register(beneath(), 1);
}

void FaultyDisk::fail_at(std::int64_t operation, Fault fault, bool for_ever) {
    state.has_failed = false;
    state.is_for_ever = for_ever;
    state.code = fault == Fault::kFull ? SQLITE_FULL : SQLITE_IOERR;
    state.operations_left = operation - 1;
}

void FaultyDisk::mend() {
    state.operations_left = -1;
    state.has_failed = false;
    state.is_for_ever = false;
}

bool FaultyDisk::has_failed() const {
    return state.has_failed;
}

std::int64_t FaultyDisk::sync_count() const {
    return state.syncs;
}

void FaultyDisk::at_sync(std::function<void()> action) {
    const std::scoped_lock lock(state.mutex);
    state.at_sync = std::move(action);
}

}  // namespace suyuan::store::sqlite
