// SPDX-License-Identifier: Apache-2.0

#include "province/schedule.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/assert.h"
#include "base/format.h"
#include "model/code.h"
#include "province/book.h"
#include "province/calendar.h"
#include "province/catalogue.h"
#include "province/dice.h"
#include "province/roster.h"
#include "province/scale.h"

namespace suyuan::province {
namespace {

// So many operators live off the sixteen lots that begin a day in one group: about 1.7 lines of
// each a day.
constexpr std::uint32_t kOperatorsPerGroup = 780;

struct LooseRange {
    Loose first;
    std::uint32_t count;
    std::uint32_t least_kilograms;
    std::uint32_t most_kilograms;
};

constexpr std::int64_t kMilliPerUnit = 1'000;

const Product& loose(std::uint32_t index) {
    return loose_products()[index];
}

LooseRange loose_range(Recipe recipe) {
    switch (recipe) {
        case Recipe::kVegetables:
            return {Loose::kVegetable, 14, 300, 1'500};
        case Recipe::kCollected:
            return {Loose::kVegetable, 14, 500, 2'000};
        case Recipe::kMushrooms:
            return {static_cast<Loose>(14), 2, 100, 500};
        case Recipe::kFruit:
            return {Loose::kFruit, 8, 300, 1'500};
        case Recipe::kFish:
            return {Loose::kFish, 8, 150, 700};
        case Recipe::kPork:
            return {Loose::kCarcass, 1, 650, 2'000};
        case Recipe::kEggs:
            return {Loose::kEgg, 1, 300, 1'000};
        case Recipe::kImportedMeat:
            return {Loose::kImportedMeat, 8, 4'000, 12'000};
        case Recipe::kImportedOther:
            return {Loose::kImportedAquatic, 8, 2'000, 8'000};
        default:
            SUYUAN_UNREACHABLE();
    }
}

Tier loose_tier(Recipe recipe) {
    switch (recipe) {
        case Recipe::kCollected:
            return Tier::kCooperative;
        case Recipe::kPork:
            return Tier::kSlaughterhouse;
        case Recipe::kImportedMeat:
        case Recipe::kImportedOther:
            return Tier::kImporter;
        default:
            return Tier::kFarm;
    }
}

std::uint32_t farm_trade(Recipe recipe) {
    switch (recipe) {
        case Recipe::kVegetables:
            return static_cast<std::uint32_t>(FarmTrade::kVegetables);
        case Recipe::kMushrooms:
            return static_cast<std::uint32_t>(FarmTrade::kMushrooms);
        case Recipe::kFruit:
            return static_cast<std::uint32_t>(FarmTrade::kFruit);
        case Recipe::kFish:
            return static_cast<std::uint32_t>(FarmTrade::kFish);
        case Recipe::kEggs:
            return static_cast<std::uint32_t>(FarmTrade::kPoultry);
        default:
            return kAnyTrade;
    }
}

Craft craft_of(const LifePlace& place) {
    switch (place.recipe) {
        case Recipe::kFlour:
            return Craft::kFlour;
        case Recipe::kDairy:
            return Craft::kDairy;
        case Recipe::kOil:
            return Craft::kOil;
        case Recipe::kLiquor:
            return Craft::kLiquor;
        case Recipe::kNutrition:
            return (place.day + place.index / kSlots) % 2 == 0 ? Craft::kFormula
                                                               : Craft::kHealthFood;
        case Recipe::kMeatProducts:
            return Craft::kMeat;
        default:
            SUYUAN_UNREACHABLE();
    }
}

// Kilograms that leave a plant in one lot.
std::int64_t lot_kilograms(Craft craft, Dice& dice) {
    switch (craft) {
        case Craft::kFlour:
            return dice.between(3'000, 12'000);
        case Craft::kDairy:
            return dice.between(1'000, 4'000);
        case Craft::kOil:
            return dice.between(800, 3'000);
        case Craft::kLiquor:
            return dice.between(500, 2'000);
        case Craft::kFormula:
            return dice.between(300, 900);
        default:
            return dice.between(40, 120);
    }
}

}  // namespace

std::int64_t rounded(std::int64_t milli, std::string_view unit) noexcept {
    const std::int64_t step = unit.empty() ? kMilliPerUnit : kMilliPerUnit / 10;
    return milli / step * step;
}

Schedule::Schedule(const Roster& roster, const Scale& scale)
    : roster_(roster),
      scale_(scale),
      groups_(std::max((scale.operators + kOperatorsPerGroup / 2) / kOperatorsPerGroup, 1U)) {}

std::uint64_t Schedule::life_count() const noexcept {
    return std::uint64_t{groups_} * kSlots * scale_.days;
}

LifePlace Schedule::place(std::uint64_t number) const {
    SUYUAN_ASSERT(number < life_count());
    const std::uint32_t of_day = groups_ * kSlots;
    LifePlace place;
    place.number = number;
    place.day = static_cast<std::uint32_t>(number / of_day);
    place.index = static_cast<std::uint32_t>(number % of_day);
    place.recipe = static_cast<Recipe>(place.index % kSlots);
    return place;
}

LifePlace Schedule::beside(const LifePlace& place, Recipe recipe) noexcept {
    LifePlace other = place;
    const auto slot = static_cast<std::uint32_t>(recipe);
    other.index = place.index - place.index % kSlots + slot;
    other.number = place.number - place.index + other.index;
    other.recipe = recipe;
    return other;
}

std::string Schedule::lot(const LifePlace& place, char letter, std::string_view gtin) {
    return model::lot_uri(gtin, format("{}{:06}{}", day_digits(place.day), place.index, letter));
}

Goods Schedule::lent(const Loan& loan, const Plan& lender) {
    Goods goods = lender.goods;
    goods.milli = rounded(lender.goods.milli * loan.in_a_thousand / 1'000, goods.unit);
    return goods;
}

std::int64_t Schedule::grams_borrowed(const LifePlace& place) const {
    std::int64_t grams = 0;
    for (const Loan& loan : kLoans) {
        if (loan.borrower == place.recipe) {
            const Plan lender = plan(beside(place, loan.lender));
            grams += lent(loan, lender).milli * lender.grams / kMilliPerUnit;
        }
    }
    return grams;
}

Plan Schedule::plan_loose(const LifePlace& place, Plan plan, Dice& dice) const {
    const LooseRange range = loose_range(place.recipe);
    const std::uint32_t index = static_cast<std::uint32_t>(range.first) + dice.below(range.count);
    plan.holder = roster_.near(loose_tier(place.recipe), plan.spot, dice, farm_trade(place.recipe));
    plan.grams = loose(index).grams;
    plan.goods = {
        lot(place, 'A', loose_goods_gtin(index)),
        loose(index).unit,
        dice.between(range.least_kilograms, range.most_kilograms) * kMilliPerUnit
    };
    return plan;
}

Plan Schedule::plan_packed(const LifePlace& place, Plan plan, Dice& dice) const {
    const Craft craft = craft_of(place);
    const std::uint32_t index = dice.below(kPackedPerMaker);
    const Product& product = packed_products(craft)[index];
    plan.holder =
        roster_.near(Tier::kProcessor, plan.spot, dice, static_cast<std::uint32_t>(craft));
    plan.grams = product.grams;
    std::int64_t grams = 0;
    if (craft == Craft::kMeat) {
        // What is borrowed, and some poultry; eight parts of a hundred are lost.
        constexpr std::int64_t kPoultryGrams = 150'000;
        grams = (grams_borrowed(place) + kPoultryGrams) * 92 / 100;
    } else {
        grams = lot_kilograms(craft, dice) * 1'000;
    }
    const std::uint32_t maker = roster_.business(plan.holder).place;
    plan.goods = {
        lot(place, 'A', maker_gtin(maker, index)),
        product.unit,
        rounded(grams * kMilliPerUnit / product.grams, product.unit)
    };
    return plan;
}

Plan Schedule::plan_meals(const LifePlace& place, Plan plan, Dice& dice) const {
    constexpr std::int64_t kVegetableGrams = 400'000;
    const bool is_central = dice.chance(400);
    const auto trade = static_cast<std::uint32_t>(
        is_central ? CanteenTrade::kCentralKitchen : CanteenTrade::kCollectiveMeals
    );
    const std::uint32_t index =
        static_cast<std::uint32_t>(Loose::kMeal) + (is_central ? 3 : dice.below(3));
    plan.holder = roster_.near(Tier::kCanteen, plan.spot, dice, trade);
    plan.grams = loose(index).grams;
    const std::int64_t grams = (grams_borrowed(place) + kVegetableGrams) * 90 / 100;
    plan.goods = {
        lot(place, 'A', loose_goods_gtin(index)),
        loose(index).unit,
        rounded(grams * kMilliPerUnit / plan.grams, loose(index).unit)
    };
    return plan;
}

Plan Schedule::plan(const LifePlace& place) const {
    Plan plan;
    // The groups of a day stand in order along the province, every day a little further on, so that
    // over the days they pass everybody.
    const std::uint64_t step = (std::uint64_t{1} << 32) / groups_;
    const std::uint64_t start = mix(scale_.seed ^ (std::uint64_t{place.day} << 20)) >> 32;
    plan.spot = static_cast<Spot>(start + place.index / kSlots * step);
    Dice dice({scale_.seed, place.number, 0x504C414E});
    switch (place.recipe) {
        case Recipe::kFlour:
        case Recipe::kDairy:
        case Recipe::kOil:
        case Recipe::kLiquor:
        case Recipe::kNutrition:
        case Recipe::kMeatProducts:
            return plan_packed(place, std::move(plan), dice);
        case Recipe::kMeals:
            return plan_meals(place, std::move(plan), dice);
        default:
            return plan_loose(place, std::move(plan), dice);
    }
}

}  // namespace suyuan::province
