// SPDX-License-Identifier: Apache-2.0
//
// A made-up year of food in Henan: a function of (seed, operators, days) and of nothing else.
//
// Nothing is kept between two calls: operators, sites, products and lives are computed from their
// numbers, so a million operators need no more memory than two hundred, and any life can be told
// alone. Codes have valid check digits and were never issued; divisions and their codes are real.
//
// Threads: any. Copies are cheap. Failures: make() alone.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/registry.h"
#include "province/life.h"
#include "province/roster.h"
#include "province/scale.h"
#include "province/schedule.h"
#include "province/stories.h"

namespace suyuan::province {

struct RegistryPage {
    model::RegistryRows rows;
    std::vector<std::string> licences;  // of each operator; empty where it needs none
};

class Province {
public:
    // Fails with kInvalidArgument, naming the bound, as check_scale().
    static Result<Province> make(const Scale& scale);

    Province(const Province& other) : Province(other.scale_) {}

    Province(Province&& other) noexcept : Province(other.scale_) {}

    Province& operator=(const Province&) = delete;
    Province& operator=(Province&&) = delete;
    ~Province() = default;

    [[nodiscard]] const Scale& scale() const noexcept { return scale_; }

    [[nodiscard]] const Roster& roster() const noexcept { return roster_; }

    // Ordinary lives day by day, then one for each planted story.
    [[nodiscard]] std::uint64_t life_count() const noexcept;

    // Everything that is reported of one life: some fifty events, a few hundred at most. Requires
    // number < life_count().
    [[nodiscard]] Life life(std::uint64_t number) const;

    // In the order of their lives.
    [[nodiscard]] std::vector<PlantedStory> stories() const;

    // Registry rows in pages of at most some thousand: regions and loose goods first, then
    // operators with their sites, links, products, vehicles and people. The papers of a life come
    // with it: papers_of(). Requires page < registry_page_count().
    [[nodiscard]] std::uint32_t registry_page_count() const noexcept;
    [[nodiscard]] RegistryPage registry_page(std::uint32_t page) const;

private:
    explicit Province(const Scale& scale)
        : scale_(scale), roster_(scale), schedule_(roster_, scale) {}

    Scale scale_;
    Roster roster_;
    Schedule schedule_;
};

}  // namespace suyuan::province
