// SPDX-License-Identifier: Apache-2.0
//
// Which lives there are and what each is about, computed from its number. Sixteen lives make a
// group; a group begins every day in its part of the province, and lots of a group flow into later
// lives of the same group:
//
//   pork ──────► meat products ──► meals
//   imported meat ──┘               ▲ ▲
//   flour ──────────────────────────┘ │
//   oil ──────────────────────────────┘
//
// Both sides compute the amount lent, so neither needs to remember the other.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "province/book.h"
#include "province/roster.h"
#include "province/scale.h"

namespace suyuan::province {

// What a life is about, by its slot in the group.
enum class Recipe : std::uint8_t {
    kVegetables,
    kCollected,  // vegetables that a cooperative collects and packs
    kFruit,
    kPork,
    kFlour,
    kFish,
    kImportedMeat,
    kMeatProducts,
    kDairy,
    kOil,
    kMushrooms,
    kLiquor,
    kImportedOther,
    kNutrition,  // infant formula or health food
    kEggs,
    kMeals,
};
inline constexpr std::uint32_t kSlots = 16;

struct LifePlace {
    std::uint64_t number = 0;
    std::uint32_t day = 0;    // on which it begins
    std::uint32_t index = 0;  // of the day's lives
    Recipe recipe = Recipe::kVegetables;
};

// The lot that a life is told for.
struct Plan {
    Spot spot = 0;
    std::uint32_t holder = 0;  // whose it is first: farm, cooperative, importer, maker
    Goods goods;               // what there is of it in the beginning
    std::int64_t grams = 0;    // of one unit
};

// A part of one life's lot that becomes an ingredient in another life of its group.
struct Loan {
    Recipe lender;
    Recipe borrower;
    std::uint32_t in_a_thousand;
};

inline constexpr std::array<Loan, 5> kLoans = {{
    {Recipe::kPork, Recipe::kMeatProducts, 250},
    {Recipe::kImportedMeat, Recipe::kMeatProducts, 60},
    {Recipe::kFlour, Recipe::kMeals, 15},
    {Recipe::kMeatProducts, Recipe::kMeals, 80},
    {Recipe::kOil, Recipe::kMeals, 15},
}};

// Threads: any. Lifetime: the roster outlives it.
class Schedule {
public:
    Schedule(const Roster& roster, const Scale& scale);

    [[nodiscard]] std::uint64_t life_count() const noexcept;

    // Requires number < life_count().
    [[nodiscard]] LifePlace place(std::uint64_t number) const;
    // The life of that recipe in the same group and of the same day.
    [[nodiscard]] static LifePlace beside(const LifePlace& place, Recipe recipe) noexcept;

    [[nodiscard]] Plan plan(const LifePlace& place) const;

    // What the lender sends the borrower of its group.
    [[nodiscard]] static Goods lent(const Loan& loan, const Plan& lender);

    // A lot of the life: `letter` tells its lots apart.
    [[nodiscard]] static std::string lot(
        const LifePlace& place, char letter, std::string_view gtin
    );

private:
    [[nodiscard]] Plan plan_loose(const LifePlace& place, Plan plan, Dice& dice) const;
    [[nodiscard]] Plan plan_packed(const LifePlace& place, Plan plan, Dice& dice) const;
    [[nodiscard]] Plan plan_meals(const LifePlace& place, Plan plan, Dice& dice) const;
    // Grams that others of the group lend to the life.
    [[nodiscard]] std::int64_t grams_borrowed(const LifePlace& place) const;

    const Roster& roster_;
    Scale scale_;
    std::uint32_t groups_;  // of a day
};

// So much of it that its unit allows: whole pieces, or tenths of others.
[[nodiscard]] std::int64_t rounded(std::int64_t milli, std::string_view unit) noexcept;

}  // namespace suyuan::province
