// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string_view>

#include "policy/scope.h"

namespace suyuan::store {

// Whose row it is, where and for whom: four columns of every table, from the first migration on.
// Lifetime: borrows the territory.
struct Whose {
    std::uint32_t submitter = 0;  // operator id; 0: the store itself
    std::uint32_t owner = 0;      // operator id; 0: unknown
    std::string_view territory;   // region code; empty: unknown
    policy::DataClass data_class = policy::DataClass::kInternal;
};

// The same for a row of a dictionary, which says less than the record that brought the name.
[[nodiscard]] constexpr Whose whose_of_name(const Whose& record) noexcept {
    Whose row = record;
    row.data_class = policy::DataClass::kInternal;
    return row;
}

// The same for what tells of a person.
[[nodiscard]] constexpr Whose whose_of_person(const Whose& record) noexcept {
    Whose row = record;
    row.data_class = policy::DataClass::kPersonal;
    return row;
}

}  // namespace suyuan::store
