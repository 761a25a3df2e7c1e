// SPDX-License-Identifier: Apache-2.0
//
// Where many lots become one.

#include <cstdint>
#include <vector>

#include "base/assert.h"
#include "province/book.h"
#include "province/calendar.h"
#include "province/catalogue.h"
#include "province/detail/teller.h"
#include "province/dice.h"
#include "province/roster.h"
#include "province/scale.h"
#include "province/schedule.h"

namespace suyuan::province::detail {
namespace {

// What a plant is made to work on, and how much of its weight comes out.
struct Process {
    FarmTrade trade;
    Loose raw;
    std::int64_t yield_in_a_thousand;
};

Process process_of(Recipe recipe) {
    switch (recipe) {
        case Recipe::kFlour:
            return {FarmTrade::kGrain, Loose::kWheat, 780};
        case Recipe::kDairy:
            return {FarmTrade::kMilk, Loose::kRawMilk, 970};
        case Recipe::kOil:
            return {FarmTrade::kGrain, Loose::kOilSeed, 430};
        case Recipe::kLiquor:
            return {FarmTrade::kGrain, Loose::kSorghum, 400};
        case Recipe::kNutrition:
            return {FarmTrade::kMilk, Loose::kRawMilk, 130};
        default:
            SUYUAN_UNREACHABLE();
    }
}

std::int64_t grams_of(const Plan& plan) noexcept {
    return plan.goods.milli * plan.grams / 1'000;
}

}  // namespace

std::vector<Goods> Teller::borrowed() const {
    std::vector<Goods> goods;
    for (const Loan& loan : kLoans) {
        if (loan.borrower == place_.recipe) {
            goods.push_back(
                Schedule::lent(loan, schedule_.plan(Schedule::beside(place_, loan.lender)))
            );
        }
    }
    return goods;
}

void Teller::tell_packed() {
    Process process = process_of(place_.recipe);
    const Holding plant = roster_.at_home(plan_.holder);
    if (roster_.business(plan_.holder).trade == static_cast<std::uint32_t>(Craft::kHealthFood)) {
        process = {FarmTrade::kGrain, Loose::kHerb, 300};
    }
    const std::uint32_t farms = 2 + dice_.below(2);
    const std::int64_t grams = grams_of(plan_) * 1'000 / process.yield_in_a_thousand;
    const Raw raw{
        .trade = static_cast<std::uint32_t>(process.trade),
        .goods = process.raw,
        .grams = (grams / 100 + 1) * 100,
        .farms = farms,
        .day = day_,
        .minute = clock_minute(8, 30)
    };
    const std::vector<Goods> inputs = fetch(raw, plant);
    book_.make(
        about(day_ + 1, clock_minute(9, 0), 120), plant, inputs, {plan_.goods}, "commissioning"
    );
    Goods lot = plan_.goods;
    book_.test(about(day_ + 2, clock_minute(9, 0)), plant, lot, "TR" + book_.next_number());
    lend(plant, about(day_ + 3, clock_minute(7, 0)), lot);
    distribute(plant, day_ + 3, lot);
    settle(plant, day_ + 4, lot);
}

void Teller::tell_meat_products() {
    const Holding plant = roster_.at_home(plan_.holder);
    std::vector<Goods> inputs = borrowed();
    const Raw raw{
        .trade = static_cast<std::uint32_t>(FarmTrade::kPoultry),
        .goods = Loose::kPoultry,
        .grams = 150'000,
        .farms = 1,
        .day = day_ + 2,
        .minute = clock_minute(7, 0)
    };
    const std::vector<Goods> poultry = fetch(raw, plant);
    inputs.insert(inputs.end(), poultry.begin(), poultry.end());
    book_.make(about(day_ + 3, clock_minute(10, 0)), plant, inputs, {plan_.goods}, "commissioning");
    Goods batch = plan_.goods;
    lend(plant, about(day_ + 4, clock_minute(7, 0)), batch);
    constexpr std::uint32_t kReworkInAThousand = 100;
    if (dice_.chance(kReworkInAThousand)) {
        rework(plant, batch);
    }
    distribute(plant, day_ + 4, batch);
    settle(plant, day_ + 5, batch);
}

// What was left of the first batch goes into a second one.
void Teller::rework(const Holding& plant, Goods& batch) {
    const Raw raw{
        .trade = static_cast<std::uint32_t>(FarmTrade::kPoultry),
        .goods = Loose::kPoultry,
        .grams = 100'000,
        .farms = 1,
        .day = day_ + 3,
        .minute = clock_minute(9, 0),
        .letter = 'Q'
    };
    std::vector<Goods> inputs = fetch(raw, plant);
    const Goods left = take(batch, batch.milli / 30);
    if (left.milli == 0) {
        return;
    }
    inputs.push_back(left);
    const std::uint32_t maker = roster_.business(plan_.holder).place;
    const Product& product = packed_products(Craft::kMeat)[1];
    const std::int64_t grams = 90'000 + left.milli * plan_.grams * 9 / 10'000;
    Goods second{
        Schedule::lot(place_, 'B', maker_gtin(maker, 1)),
        product.unit,
        rounded(grams * 1'000 / product.grams, product.unit)
    };
    book_.make(about(day_ + 3, clock_minute(15, 0)), plant, inputs, {second}, "commissioning");
    distribute(plant, day_ + 4, second);
}

void Teller::tell_meals() {
    const Holding kitchen = roster_.at_home(plan_.holder);
    std::vector<Goods> inputs = borrowed();
    const auto first = static_cast<std::uint32_t>(Loose::kVegetable);
    const Raw raw{
        .trade = static_cast<std::uint32_t>(FarmTrade::kVegetables),
        .goods = static_cast<Loose>(first + dice_.below(14)),
        .grams = 400'000,
        .farms = 2,
        .day = day_ + 4,
        .minute = clock_minute(15, 0)
    };
    const std::vector<Goods> vegetables = fetch(raw, kitchen);
    inputs.insert(inputs.end(), vegetables.begin(), vegetables.end());
    book_.make(
        about(day_ + 5, clock_minute(5, 0)), kitchen, inputs, {plan_.goods}, "commissioning"
    );
    Goods meals = plan_.goods;
    const Goods whole = meals;
    const std::uint32_t schools = 5 + dice_.below(5);
    for (std::uint32_t i = 0; i < schools; ++i) {
        const Goods part = take(meals, whole.milli / schools);
        const Holding school = home(
            Tier::kCanteen, dice_.below(static_cast<std::uint32_t>(CanteenTrade::kCollectiveMeals))
        );
        const Delivery way{
            .leaves = about(day_ + 5, clock_minute(9, 30)),
            .arrives = about(day_ + 5, clock_minute(10, 40))
        };
        Goods there = book_.deliver(way, kitchen, school, {part}).front();
        if (there.milli == 0) {
            continue;
        }
        const Goods eaten = take(there, there.milli / 100 * dice_.between(94, 100));
        book_.use_up(about(day_ + 5, clock_minute(11, 50)), school, eaten);
        book_.destroy(about(day_ + 5, clock_minute(13, 30)), school, there);
    }
    settle(kitchen, day_ + 5, meals);
}

}  // namespace suyuan::province::detail
