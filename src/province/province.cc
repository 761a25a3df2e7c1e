// SPDX-License-Identifier: Apache-2.0

#include "province/province.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

#include "base/assert.h"
#include "base/result.h"
#include "model/registry.h"
#include "province/book.h"
#include "province/calendar.h"
#include "province/catalogue.h"
#include "province/detail/teller.h"
#include "province/faults.h"
#include "province/life.h"
#include "province/papers.h"
#include "province/regions.h"
#include "province/roster.h"
#include "province/scale.h"
#include "province/schedule.h"
#include "province/staff.h"
#include "province/stories.h"

namespace suyuan::province {
namespace {

constexpr std::uint32_t kOperatorsPerPage = 500;

// All that the register holds of one business.
void add_business(const Roster& roster, const Business& business, RegistryPage& page) {
    model::RegistryRows& rows = page.rows;
    rows.operators.push_back(roster.operator_row(business));
    page.licences.push_back(Roster::licence(business));
    for (std::uint32_t branch = 0; branch < Roster::site_count(business); ++branch) {
        rows.sites.push_back(roster.site_row(business, branch));
        std::ranges::move(roster.link_rows(business, branch), std::back_inserter(rows.links));
    }
    if (business.tier == Tier::kProcessor) {
        rows.papers.push_back(licence_paper(roster, business));
        for (std::uint32_t index = 0; index < kPackedPerMaker; ++index) {
            rows.products.push_back(roster.product_row(business, index));
        }
    }
    const Workforce force = workforce_of(business.tier);
    for (std::uint32_t index = 0; index < force.vehicles; ++index) {
        rows.vehicles.push_back(Roster::vehicle_row(business, index));
    }
    for (std::uint32_t index = 0; index < force.people; ++index) {
        std::ranges::move(roster.person_rows(business, index), std::back_inserter(rows.people));
    }
}

}  // namespace

Result<Province> Province::make(const Scale& scale) {
    SUYUAN_TRY_VOID(check_scale(scale));
    return Province(scale);
}

std::uint64_t Province::life_count() const noexcept {
    return schedule_.life_count() + kStoryCount;
}

Life Province::life(std::uint64_t number) const {
    SUYUAN_ASSERT(number < life_count());
    if (number >= schedule_.life_count()) {
        const auto story = static_cast<std::uint32_t>(number - schedule_.life_count());
        return tell_story({roster_, scale_, number}, story).life;
    }
    const LifePlace place = schedule_.place(number);
    Book book(
        roster_,
        {.seed = scale_.seed,
         .life = number,
         .day = place.day,
         .end = moment(scale_.days, 0),
         .rates = FaultRates{}}
    );
    detail::Teller(roster_, schedule_, place, book).tell();
    return book.close();
}

std::vector<PlantedStory> Province::stories() const {
    std::vector<PlantedStory> stories;
    for (std::uint32_t story = 0; story < kStoryCount; ++story) {
        const std::uint64_t number = schedule_.life_count() + story;
        stories.push_back(tell_story({roster_, scale_, number}, story).story);
    }
    return stories;
}

std::uint32_t Province::registry_page_count() const noexcept {
    return 1 + (roster_.size() + kOperatorsPerPage - 1) / kOperatorsPerPage;
}

RegistryPage Province::registry_page(std::uint32_t page) const {
    SUYUAN_ASSERT(page < registry_page_count());
    RegistryPage result;
    model::RegistryRows& rows = result.rows;
    if (page == 0) {
        rows.regions = region_rows();
        for (std::uint32_t index = 0; index < kLooseCount; ++index) {
            rows.products.push_back(loose_product_row(index));
        }
        return result;
    }
    const std::uint32_t first = (page - 1) * kOperatorsPerPage;
    const std::uint32_t last = std::min(first + kOperatorsPerPage, roster_.size());
    for (std::uint32_t number = first; number < last; ++number) {
        add_business(roster_, roster_.business(number), result);
    }
    return result;
}

}  // namespace suyuan::province
