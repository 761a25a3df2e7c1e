// SPDX-License-Identifier: Apache-2.0
//
// How long amounts of a lot are in a container, told by what was put in and taken out:
// docs/tracing.md section 3.2.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "graph/fact.h"
#include "trace/view.h"

namespace suyuan::trace {

// An amount in millionths of its base unit, where one is told.
struct Amount {
    bool is_known = false;
    graph::UnitId unit;
    std::int64_t millionths = 0;
};

[[nodiscard]] inline Amount amount_of(const graph::Fact& fact) noexcept {
    return fact.has_quantity ? Amount{true, fact.unit, fact.millionths} : Amount();
}

// Both; not known unless both are, in one unit.
[[nodiscard]] Amount together(const Amount& a, const Amount& b) noexcept;

// A pack or an unpack of one lot and one container.
struct LotRecord {
    TimeKey key;
    std::uint32_t place = 0;  // the caller's
    bool is_pack = false;
    bool is_observed = false;
    Amount amount;
};

struct LotStay {
    TimeKey begin;
    std::uint32_t place =
        0;  // of the record that it begins with: a pack, or an unpack that left a rest
    std::optional<TimeKey> end;
    Amount amount;
    bool is_doubtful = false;  // nobody knows whether the unpack left a rest
};

// When something was put into the container, not only seen, after a record (its place and key) and
// at another position.
using NextRefill = std::function<std::optional<TimeKey>(std::uint32_t, const TimeKey&)>;

// In the order of their beginnings. `records` by time; `endings`: when everything left the
// container, ascending.
[[nodiscard]] std::vector<LotStay> lot_stays(
    std::span<const LotRecord> records, std::span<const TimeKey> endings, const NextRefill& refills
);

}  // namespace suyuan::trace
