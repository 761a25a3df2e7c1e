// SPDX-License-Identifier: Apache-2.0
//
// How often people report wrongly. Rates are of deliveries, in a thousand.

#pragma once

#include <cstdint>

namespace suyuan::province {

struct FaultRates {
    std::uint32_t missing_receipt = 5;
    std::uint32_t clock_skew = 4;
    std::uint32_t day_only = 10;
    std::uint32_t quantity_mismatch = 5;
    std::uint32_t double_report = 3;
};

// What the planted stories are told at: they have their own faults.
inline constexpr FaultRates kNoFaults{0, 0, 0, 0, 0};

}  // namespace suyuan::province
