// SPDX-License-Identifier: Apache-2.0
//
// What `suyuan import` counts, and how it says so.

#pragma once

#include <cstdint>
#include <string>

#include "codec/json.h"

namespace suyuan::app {

// What became of one file, or of all.
struct ImportTally {
    std::uint64_t files = 0;
    std::uint64_t refused_files = 0;
    std::uint64_t events = 0;
    std::uint64_t stored = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t conflicts = 0;
    std::uint64_t possible_duplicates = 0;
    std::uint64_t refused = 0;
    std::uint64_t registry_rows = 0;

    void add(const ImportTally& other) {
        files += other.files;
        refused_files += other.refused_files;
        events += other.events;
        stored += other.stored;
        duplicates += other.duplicates;
        conflicts += other.conflicts;
        possible_duplicates += other.possible_duplicates;
        refused += other.refused;
        registry_rows += other.registry_rows;
    }
};

[[nodiscard]] codec::Json to_json(const ImportTally& tally);

// One line.
[[nodiscard]] std::string summary_zh(const ImportTally& tally);
[[nodiscard]] std::string summary_en(const ImportTally& tally);

}  // namespace suyuan::app
