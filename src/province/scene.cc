// SPDX-License-Identifier: Apache-2.0

#include "province/detail/scene.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/sort_unique.h"
#include "model/code.h"
#include "model/instant.h"
#include "province/book.h"
#include "province/calendar.h"
#include "province/catalogue.h"
#include "province/codes.h"
#include "province/dice.h"
#include "province/faults.h"
#include "province/roster.h"
#include "province/scale.h"
#include "province/stories.h"

namespace suyuan::province::detail {
namespace {

constexpr std::int64_t kStoryDays = 10;
constexpr std::int64_t kMilli = 1'000;

}  // namespace

Goods some(const Goods& goods, std::int64_t amount) {
    return {goods.code, goods.unit, amount * kMilli};
}

Scene::Scene(const StoryGround& ground, std::uint32_t story)
    : roster_(ground.roster),
      first_day_(std::int64_t{ground.scale.days} - kStoryDays),
      spot_(static_cast<Spot>(std::uint64_t{story} * 0x30000000U)),
      dice_({ground.scale.seed, story, 0x53544F5259}),
      book_(
          ground.roster,
          {.seed = ground.scale.seed,
           .life = ground.life,
           .day = first_day_,
           .end = moment(ground.scale.days, 0),
           .rates = kNoFaults}
      ) {}

template <typename Find>
Holding Scene::cast_whom(const Find& find) {
    // There are far fewer parts than operators of any kind that a story casts more than once.
    for (std::uint32_t shift = 0;; ++shift) {
        const Spot spot = spot_ + (shift / 8 << 24);
        const std::uint32_t number = find(spot);
        if (std::ranges::find(cast_, number) == cast_.end()) {
            cast_.push_back(number);
            return roster_.at_home(number);
        }
    }
}

Holding Scene::cast(Tier tier, std::uint32_t trade) {
    return cast_whom([&](Spot spot) { return roster_.near(tier, spot, dice_, trade); });
}

Holding Scene::cast_stall(StallTrade trade) {
    return cast_whom([&](Spot spot) { return roster_.stall_near(trade, spot, dice_); });
}

std::vector<Holding> Scene::cast_many(std::uint32_t count, Tier tier) {
    std::vector<Holding> holdings;
    holdings.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        holdings.push_back(cast(tier));
    }
    return holdings;
}

Holding Scene::keep(const Holding& owner, Tier tier) {
    return roster_.kept_by(owner.owner_number, cast(tier).owner_number);
}

Holding Scene::cast_importer(Tier keeper) {
    const std::uint32_t importer = roster_.near(Tier::kImporter, spot_, dice_);
    return roster_.kept_by(importer, cast(keeper).owner_number);
}

model::MicrosUtc Scene::at(std::int64_t day, double hour) const noexcept {
    return moment(first_day_ + day, static_cast<std::int64_t>(hour * 60));
}

std::string Scene::lot_text(std::string_view word) const {
    return std::string(word) + day_digits(first_day_);
}

Goods Scene::loose(std::string_view word, Loose product, std::int64_t kilograms) const {
    const auto index = static_cast<std::uint32_t>(product);
    return {
        model::lot_uri(loose_goods_gtin(index), lot_text(word)),
        loose_products()[index].unit,
        kilograms * kMilli
    };
}

Goods Scene::packed(
    std::string_view word, const Holding& maker, std::uint32_t index, std::int64_t pieces
) const {
    const Business business = roster_.business(maker.owner_number);
    SUYUAN_ASSERT(business.tier == Tier::kProcessor);
    return {
        model::lot_uri(maker_gtin(business.place, index), lot_text(word)),
        packed_products(static_cast<Craft>(business.trade))[index].unit,
        pieces * kMilli
    };
}

void Scene::note_position(const Goods& goods, const Holding& at) {
    if (expects_) {
        story_.positions.push_back({goods.code, at.owner, at.site});
    }
}

void Scene::find(FindingKind kind, const Goods& goods, const Holding& at, std::int64_t milli) {
    story_.findings.push_back({kind, {goods.code, at.owner, at.site}, milli});
}

void Scene::create(model::MicrosUtc when, const Holding& at, const Goods& goods) {
    book_.create(
        when, at, {goods}, {{"cert", paper_uri(gln(at.site_number), "CQ" + book_.next_number())}}
    );
    note_position(goods, at);
}

void Scene::deliver(
    model::MicrosUtc when,
    const Holding& from,
    const Holding& to,
    const Goods& goods,
    bool is_return
) {
    book_.deliver(
        {.leaves = when, .arrives = when + 2 * kHour, .is_return = is_return}, from, to, {goods}
    );
    note_position(goods, from);
    note_position(goods, to);
}

void Scene::make(
    model::MicrosUtc when, const Holding& at, const std::vector<Goods>& inputs, const Goods& output
) {
    book_.make(when, at, inputs, {output}, "commissioning");
    for (const Goods& input : inputs) {
        note_position(input, at);
    }
    note_position(output, at);
}

void Scene::sell(std::int64_t day, const Holding& at, const Goods& goods) {
    Goods third = goods;
    third.milli = goods.milli / (3 * kMilli) * kMilli;
    book_.sell(this->at(day, 20), at, third);
    book_.sell(this->at(day + 1, 20), at, third);
}

ToldStory Scene::close(std::string_view zh, std::string_view en, std::string_view code) {
    story_.title_zh = zh;
    story_.title_en = en;
    story_.code = code;
    sort_unique(story_.positions);
    return {std::move(story_), book_.close()};
}

}  // namespace suyuan::province::detail
