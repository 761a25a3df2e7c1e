// SPDX-License-Identifier: Apache-2.0
//
// The numbers that a store counts up: ids given out, and how often something happened.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace suyuan::store::sqlite {

enum class Counter : std::uint8_t {
    kLogIndex,
    kRecordTime,  // of the last record
    kRecords,
    kIdentities,
    kContents,
    kBatches,
    kConflicts,
    kVoids,
    kPossibleDuplicates,
    kItems,
    kOperators,  // this and the following seven in the order of NameKind
    kSites,
    kVehicles,
    kPeople,
    kPapers,
    kUnits,
    kProcesses,
    kRegions,
    kTerms,
    kContexts,
    kProducts,
    kStockCovered,   // log index that the ledger covers
    kSearchedItems,  // up to which id the search index holds them; likewise the following
    kSearchedOperators,
    kSearchedSites,
    kSearchedVehicles,
    kSearchedPeople,
    kSearchedPapers,
};
inline constexpr std::size_t kCounterCount = 28;

[[nodiscard]] std::string_view to_string(Counter counter) noexcept;
[[nodiscard]] Counter counter_of(NameKind kind) noexcept;

// Threads: one at a time. A copy is a snapshot.
class Counters {
public:
    static Result<Counters> read(Connection& connection);

    [[nodiscard]] std::int64_t& operator[](Counter counter) noexcept {
        return values_[static_cast<std::size_t>(counter)];
    }

    [[nodiscard]] std::int64_t operator[](Counter counter) const noexcept {
        return values_[static_cast<std::size_t>(counter)];
    }

    // Counts up and returns the new value.
    std::int64_t next(Counter counter) noexcept { return ++(*this)[counter]; }

    // Writes those that differ from `before`.
    [[nodiscard]] Status write(Connection& connection, const Counters& before) const;

private:
    std::array<std::int64_t, kCounterCount> values_{};
};

}  // namespace suyuan::store::sqlite
