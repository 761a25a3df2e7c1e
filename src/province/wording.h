// SPDX-License-Identifier: Apache-2.0
//
// Names of businesses as Chinese registers write them: place, brand, trade, form.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "province/regions.h"
#include "province/scale.h"

namespace suyuan::province {

// Two characters, or three from the 3,000th on: no two numbers below 150,000 have one in common.
// `salt` says where to begin.
[[nodiscard]] std::string brand_of(std::uint32_t number, std::uint64_t salt);

// "郑州金水", "中牟", "杞县": how a company of the county begins its name.
[[nodiscard]] std::string short_place(const County& county);

// "郑州市金水区": how a sole trader does.
[[nodiscard]] std::string full_place(const County& county);

// What stands around the brand of a business.
struct NamePattern {
    std::string_view ending;       // "食品有限公司"
    std::string_view site_ending;  // "生产车间"
    bool is_full = false;          // begins with full_place()
};

// `variant` is any number; equal ones give equal patterns. The trade counts where a tier has
// trades.
[[nodiscard]] NamePattern name_pattern(Tier tier, std::uint32_t trade, std::uint64_t variant);

}  // namespace suyuan::province
