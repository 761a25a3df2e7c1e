// SPDX-License-Identifier: Apache-2.0
//
// Who there is: every operator and site of the province, computed from its number.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/registry.h"
#include "province/catalogue.h"
#include "province/dice.h"
#include "province/scale.h"

namespace suyuan::province {

// What a farm raises. The eight trades of a tier follow each other from operator to operator.
enum class FarmTrade : std::uint8_t {
    kPigs,
    kFish,
    kMilk,
    kPoultry,
    kVegetables,
    kMushrooms,
    kFruit,
    kGrain,
};

// What a stall of a wholesale market deals in: two of the eight trades of its tier are each's.
enum class StallTrade : std::uint8_t { kVegetables, kFruit, kMeat, kAquatic };
inline constexpr std::uint32_t kStallTrades = 4;

// What a stall must deal in to sell the goods. Requires goods that stalls sell loose: vegetables,
// fruit, meat or fish.
[[nodiscard]] StallTrade stall_trade_of(Category category);

// The trade of the shops that sell fresh food alone.
inline constexpr std::uint32_t kFreshShop = 1;

// The canteens whose goods must all be traceable; the first six trades are schools.
enum class CanteenTrade : std::uint8_t { kSchool = 0, kCollectiveMeals = 6, kCentralKitchen = 7 };

inline constexpr std::uint32_t kTrades = 8;
inline constexpr std::uint32_t kAnyTrade = kTrades;

struct Business {
    std::uint32_t number = 0;
    Tier tier = Tier::kFarm;
    std::uint32_t place = 0;    // in its tier
    std::uint32_t trade = 0;    // in tiers that have trades
    std::uint32_t county = 0;   // place in counties()
    std::uint32_t ordinal = 0;  // among those of its tier in its county
};

// Where goods are and whose they are.
struct Holding {
    std::uint32_t owner_number = 0;
    std::uint64_t site_number = 0;
    std::string owner;      // party URI
    std::string site;       // site URI
    std::string custodian;  // party URI of who runs the site, if not the owner
};

// A point on the line on which the province's counties lie one after the other, as a fraction of
// 2^32: operators of all tiers that are near each other there trade with each other.
using Spot = std::uint32_t;

// Threads: any. A value of some hundred bytes, whatever the scale.
class Roster {
public:
    // Requires check_scale().
    explicit Roster(const Scale& scale);

    [[nodiscard]] std::uint32_t size() const noexcept { return scale_.operators; }

    [[nodiscard]] const TierRange& tier(Tier tier) const noexcept {
        return tiers_[static_cast<std::size_t>(tier)];
    }

    // Requires number < size().
    [[nodiscard]] Business business(std::uint32_t number) const;

    // Where the operator stands.
    [[nodiscard]] Spot spot_of(std::uint32_t number) const;

    // Somebody of a tier: nearly always near the spot, and there the larger ones more often.
    [[nodiscard]] std::uint32_t near(
        Tier tier, Spot spot, Dice& dice, std::uint32_t trade = kAnyTrade
    ) const;

    // Likewise, a stall that deals in it.
    [[nodiscard]] std::uint32_t stall_near(StallTrade trade, Spot spot, Dice& dice) const;

    // The operator's own goods at its own site (a chain has several: `branch` wraps around). A
    // stall stands in a market, whose operator is no custodian. Requires that it has a site.
    [[nodiscard]] Holding at_home(std::uint32_t number, std::uint32_t branch = 0) const;
    // The owner's goods at the keeper's site.
    [[nodiscard]] Holding kept_by(std::uint32_t owner, std::uint32_t keeper) const;

    [[nodiscard]] static std::string social_credit_code(const Business& business);
    // Production or trading licence; empty for farms and others that need none.
    [[nodiscard]] static std::string licence(const Business& business);
    [[nodiscard]] std::string name(const Business& business) const;
    [[nodiscard]] static std::uint32_t site_count(const Business& business) noexcept;

    [[nodiscard]] model::Operator operator_row(const Business& business) const;
    // Requires branch < site_count().
    [[nodiscard]] model::Site site_row(const Business& business, std::uint32_t branch) const;
    // What it makes. Requires a processor and index < kPackedPerMaker.
    [[nodiscard]] model::Product product_row(const Business& business, std::uint32_t index) const;

    // As staff.h counts them: requires index < workforce_of().
    [[nodiscard]] static model::Vehicle vehicle_row(const Business& business, std::uint32_t index);
    // Without a phone: there is no number that nobody has. A second row where somebody rises in the
    // first ten days.
    [[nodiscard]] std::vector<model::PersonAtWork> person_rows(
        const Business& business, std::uint32_t index
    ) const;
    // Who runs the site, and of a stall whose market it stands in.
    [[nodiscard]] std::vector<model::Link> link_rows(const Business& business, std::uint32_t branch)
        const;

    // A plate of one of the operator's vehicles. Requires that it has any.
    [[nodiscard]] std::string vehicle(std::uint32_t number, Dice& dice) const;
    // The id of one who works there.
    [[nodiscard]] std::string person(std::uint32_t number, Dice& dice) const;

private:
    [[nodiscard]] static std::uint32_t county_of(
        const TierRange& range, std::uint32_t place
    ) noexcept;
    // Requires number < size().
    [[nodiscard]] Tier tier_of(std::uint32_t number) const noexcept;
    // Who runs the market that a stall stands in.
    [[nodiscard]] Business landlord(const Business& stall) const;
    [[nodiscard]] static std::string plate_of(const Business& business, std::uint32_t index);
    [[nodiscard]] std::string brand(const Business& business) const;
    [[nodiscard]] std::string short_name(const Business& business) const;

    Scale scale_;
    std::array<TierRange, kTierCount> tiers_;
};

// 14 digits of a maker's product. Requires index < kPackedPerMaker and `place` of a processor.
[[nodiscard]] std::string maker_gtin(std::uint32_t place, std::uint32_t index);

// 14 digits of loose goods. Requires index < kLooseCount.
[[nodiscard]] std::string loose_goods_gtin(std::uint32_t index);

// The index that loose goods with this code of a lot have; nullopt: packed goods.
[[nodiscard]] std::optional<std::uint32_t> loose_index_of(std::string_view lot_code);

// What everybody sells under that number; nobody's alone. Requires index < kLooseCount.
[[nodiscard]] model::Product loose_product_row(std::uint32_t index);

}  // namespace suyuan::province
