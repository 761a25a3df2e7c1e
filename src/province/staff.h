// SPDX-License-Identifier: Apache-2.0
//
// Who works for a business and what it drives.

#pragma once

#include <cstdint>
#include <string>

#include "province/scale.h"

namespace suyuan::province {

// How many of each a business of a tier has.
struct Workforce {
    std::uint32_t vehicles = 0;  // none where others bring and fetch everything
    std::uint32_t people = 0;
};

inline constexpr std::uint32_t kVehiclesMax = 4;
inline constexpr std::uint32_t kPeopleMax = 8;

[[nodiscard]] Workforce workforce_of(Tier tier) noexcept;

// 工号: "E0000123-04" of the fourth at the operator 123. Requires index < kPeopleMax.
[[nodiscard]] std::string staff_id(std::uint32_t number, std::uint32_t index);

// 姓名: a surname, the common ones more often, and one or two characters that go together. Equal
// keys, equal names; different people share one now and then, as they do.
[[nodiscard]] std::string person_name(std::uint64_t key);

}  // namespace suyuan::province
