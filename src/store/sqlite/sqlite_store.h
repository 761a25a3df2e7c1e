// SPDX-License-Identifier: Apache-2.0
//
// The store in one SQLite file: DIR/suyuan.db.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "base/result.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "store/store.h"

namespace suyuan::store {

enum class Creation : std::uint8_t { kCreateIfMissing, kMustExist };

struct SqliteOptions {
    const io::Clock* clock = nullptr;      // outlives the store; never null
    io::Randomness* randomness = nullptr;  // likewise; used by one thread at a time
    Creation creation = Creation::kMustExist;
};

// Opens the store in a directory, and makes both if asked to. The caller holds the directory's
// lock: one process owns a store. Fails with kNotFound (no store there and none to be made),
// kCorruption (no database, or another program's), kInvalidArgument (made by a newer version; both
// are named), kPermissionDenied, kUnavailable.
[[nodiscard]] Result<std::unique_ptr<Store>> open_sqlite(
    const std::filesystem::path& directory, const SqliteOptions& options
);

}  // namespace suyuan::store
