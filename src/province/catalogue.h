// SPDX-License-Identifier: Apache-2.0
//
// What is traded: loose goods that everybody sells under one number, and packed goods that each
// maker has its own of. The ten key categories are those of the food-chain rules.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace suyuan::province {

enum class Category : std::uint8_t {
    kVegetables,
    kFruit,
    kAquatic,
    kGrain,
    kMeat,
    kDairy,
    kOil,
    kLiquor,
    kHealthFood,
    kInfantFormula,
    kOther,  // eggs, meals and raw materials, beside the ten
};
inline constexpr std::size_t kCategoryCount = 11;

// In Chinese, as the rules name it.
[[nodiscard]] std::string_view name_of(Category category) noexcept;

// A product or a pattern of products.
struct Product {
    Category category = Category::kOther;
    std::string_view name;
    std::string_view unit;  // UN/ECE Rec. 20: "KGM", "LTR", "" pieces
    // Of one unit; 1,000 for kilograms.
    std::int64_t grams = 1'000;
    // 保质期; 0: none is told, as of live animals and strong liquor.
    std::uint32_t shelf_life_days = 0;
};

// Goods sold loose or under a foreign maker's name.
enum class Loose : std::uint8_t {
    kVegetable = 0,         // 16 of them
    kFruit = 16,            // 8
    kFish = 24,             // 8
    kImportedMeat = 32,     // 8
    kImportedAquatic = 40,  // 4
    kImportedFruit = 44,    // 4
    kLivestock = 48,        // pigs
    kCarcass = 49,
    kOffal = 50,
    kPoultry = 51,
    kEgg = 52,
    kRawMilk = 53,
    kWheat = 54,
    kOilSeed = 55,
    kSorghum = 56,
    kHerb = 57,  // for health food
    kMeal = 58,  // 4 of them
};
inline constexpr std::size_t kLooseCount = 62;

[[nodiscard]] std::span<const Product, kLooseCount> loose_products() noexcept;

// What a processor is a maker of: eight trades.
enum class Craft : std::uint8_t {
    kMeat,
    kFlour,
    kDairy,
    kOil,
    kLiquor,
    kFormula,
    kHealthFood,
    kPacking,  // repacks what others made
};
inline constexpr std::size_t kCraftCount = 8;
inline constexpr std::size_t kPackedPerMaker = 4;

// The patterns of a maker's products.
[[nodiscard]] std::span<const Product, kPackedPerMaker> packed_products(Craft craft) noexcept;

// The three digits of its production licence.
[[nodiscard]] std::string_view licence_kind(Craft craft) noexcept;

}  // namespace suyuan::province
