// SPDX-License-Identifier: Apache-2.0
//
// Who works for a business and what it drives.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

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

// 岗位 at the businesses of a tier.
struct Titles {
    std::string_view head;    // of the first
    std::string_view worker;  // of the second, the fourth ...
    std::string_view other;   // of the third, the fifth ...
    std::string_view senior;  // what some workers become
};

[[nodiscard]] const Titles& titles_of(Tier tier) noexcept;

// 姓名: a surname, the common ones more often, and one or two characters that go together. Equal
// keys, equal names; different people share one now and then, as they do.
[[nodiscard]] std::string person_name(std::uint64_t key);

}  // namespace suyuan::province
