// SPDX-License-Identifier: Apache-2.0
//
// What happened to one lot, from the field, the port or the plant to the plate.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/event.h"

namespace suyuan::province {

// What people do wrong when they report. Each is made at a stated rate, see Faults in faults.h.
enum class Fault : std::uint8_t {
    kMissingReceipt,    // the buyer reports nothing
    kClockSkew,         // the receipt bears a time before the shipment's
    kDayOnly,           // only the day is told
    kQuantityMismatch,  // less received than shipped
    kDoubleReport,      // a second party reports the same receipt
};
inline constexpr std::size_t kFaultCount = 5;

// An event as somebody reports it.
struct Report {
    model::Event event;
    // A second party's report of what another report tells already: equal but for its eventID.
    bool is_double = false;
};

struct Life {
    std::uint64_t number = 0;
    std::vector<Report> reports;  // in the order of the goods, not of time
    std::array<std::uint32_t, kFaultCount> faults{};
};

}  // namespace suyuan::province
