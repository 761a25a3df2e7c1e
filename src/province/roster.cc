// SPDX-License-Identifier: Apache-2.0

#include "province/roster.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/format.h"
#include "model/code.h"
#include "model/instant.h"
#include "model/registry.h"
#include "province/calendar.h"
#include "province/catalogue.h"
#include "province/codes.h"
#include "province/dice.h"
#include "province/regions.h"
#include "province/scale.h"
#include "province/staff.h"
#include "province/wording.h"

namespace suyuan::province {
namespace {

// Numbers of sites: eight to each operator.
constexpr std::uint32_t kSitesMax = 8;
constexpr std::uint32_t kChainSites = 6;
// One shop in so many is a chain.
constexpr std::uint32_t kShopsPerChain = 32;
constexpr std::uint32_t kChainPlace = 5;

constexpr std::uint32_t kFirstLooseNumber = 4'100'001;

// Where ports of entry are: by air, by rail, inland.
constexpr std::array<std::string_view, 4> kPortCounties = {"410184", "410311", "411402", "410502"};

bool is_chain(const Business& business) noexcept {
    return business.tier == Tier::kShop && business.place % kShopsPerChain == kChainPlace;
}

std::uint32_t county_by_code(std::string_view code) {
    const auto found = std::ranges::find(counties(), code, &County::code);
    SUYUAN_ASSERT(found != counties().end());
    return static_cast<std::uint32_t>(found - counties().begin());
}

// The first two characters of a social credit code.
std::string_view registration_kind(const Business& business) {
    switch (business.tier) {
        case Tier::kCooperative:
            return "93";
        case Tier::kStall:
            return "92";
        case Tier::kFarm:
        case Tier::kShop:
        case Tier::kRestaurant:
            return name_pattern(business.tier, business.trade, business.number).is_full &&
                           !is_chain(business)
                       ? "92"
                       : "91";
        case Tier::kCanteen:
            return business.trade < static_cast<std::uint32_t>(CanteenTrade::kCollectiveMeals)
                       ? "12"
                       : "91";
        default:
            return "91";
    }
}

model::Product product_row_of(std::string gtin, const Product& product) {
    model::Product row;
    row.gtin = std::move(gtin);
    row.name = product.name;
    row.category = name_of(product.category);
    row.unit = product.unit;
    if (product.shelf_life_days > 0) {
        row.shelf_life_days = std::to_string(product.shelf_life_days);
    }
    return row;
}

}  // namespace

std::string maker_gtin(std::uint32_t place, std::uint32_t index) {
    SUYUAN_ASSERT(index < kPackedPerMaker);
    return packed_gtin(std::uint64_t{place} * kPackedPerMaker + index);
}

std::string loose_goods_gtin(std::uint32_t index) {
    SUYUAN_ASSERT(index < kLooseCount);
    return loose_gtin(kFirstLooseNumber + index);
}

model::Product loose_product_row(std::uint32_t index) {
    SUYUAN_ASSERT(index < kLooseCount);
    return product_row_of(loose_goods_gtin(index), loose_products()[index]);
}

std::optional<std::uint32_t> loose_index_of(std::string_view lot_code) {
    constexpr std::string_view kClassPrefix = "https://id.gs1.org/01/";
    constexpr std::size_t kLooseDigits = 2;  // that numbers of loose goods begin with
    constexpr std::size_t kNumberDigits = 11;
    SUYUAN_ASSERT(lot_code.starts_with(kClassPrefix));
    const std::string_view gtin = lot_code.substr(kClassPrefix.size());
    if (!gtin.starts_with("02")) {
        return std::nullopt;
    }
    const std::string_view digits = gtin.substr(kLooseDigits, kNumberDigits);
    std::uint32_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    SUYUAN_ASSERT(number >= kFirstLooseNumber && number - kFirstLooseNumber < kLooseCount);
    return number - kFirstLooseNumber;
}

StallTrade stall_trade_of(Category category) {
    switch (category) {
        case Category::kVegetables:
            return StallTrade::kVegetables;
        case Category::kFruit:
            return StallTrade::kFruit;
        case Category::kMeat:
            return StallTrade::kMeat;
        case Category::kAquatic:
            return StallTrade::kAquatic;
        default:
            SUYUAN_UNREACHABLE();
    }
}

Roster::Roster(const Scale& scale) : scale_(scale), tiers_(tiers_of(scale.operators)) {}

std::uint32_t Roster::county_of(const TierRange& range, std::uint32_t place) noexcept {
    const auto starts = county_starts();
    const std::uint64_t at =
        (std::uint64_t{2} * place + 1) * starts.back() / (std::uint64_t{2} * range.size);
    const auto after = std::ranges::upper_bound(starts, at);
    return static_cast<std::uint32_t>(after - starts.begin()) - 1;
}

Tier Roster::tier_of(std::uint32_t number) const noexcept {
    std::size_t tier = kTierCount - 1;
    while (tiers_.at(tier).first > number) {
        --tier;
    }
    return static_cast<Tier>(tier);
}

Business Roster::business(std::uint32_t number) const {
    SUYUAN_ASSERT(number < scale_.operators);
    Business business;
    business.number = number;
    business.tier = tier_of(number);
    const TierRange& range = tier(business.tier);
    business.place = number - range.first;
    business.trade = business.place % kTrades;
    if (business.tier == Tier::kPort) {
        business.county = county_by_code(kPortCounties.at(business.place % kPortCounties.size()));
        business.ordinal = business.place / static_cast<std::uint32_t>(kPortCounties.size());
        return business;
    }
    business.county = county_of(range, business.place);
    // The first place p of the county: (2p + 1) * whole >= 2 * size * start.
    const std::uint64_t whole = county_starts().back();
    const std::uint64_t bound = std::uint64_t{2} * range.size * county_starts()[business.county];
    const std::uint64_t first = bound <= whole ? 0 : (bound - whole + 2 * whole - 1) / (2 * whole);
    business.ordinal = business.place - static_cast<std::uint32_t>(first);
    return business;
}

Spot Roster::spot_of(std::uint32_t number) const {
    const Business who = business(number);
    const std::uint64_t size = tier(who.tier).size;
    return static_cast<Spot>(((std::uint64_t{2} * who.place + 1) << 31) / size);
}

std::uint32_t Roster::near(Tier tier, Spot spot, Dice& dice, std::uint32_t trade) const {
    constexpr std::uint32_t kFarInAThousand = 80;
    constexpr std::uint32_t kNeighboursMax = 16;  // of whom the larger are chosen more often
    constexpr std::uint32_t kReachPart = 36;      // of the province, to either side
    const TierRange& range = tiers_.at(static_cast<std::size_t>(tier));
    const std::uint32_t neighbours = std::clamp(range.size / (2 * kReachPart), 1U, kNeighboursMax);
    std::uint64_t place = (std::uint64_t{spot} * range.size) >> 32;
    if (dice.chance(kFarInAThousand)) {
        place = dice.below(range.size);
    } else {
        const std::uint32_t reach = std::max(range.size / kReachPart, 1U);
        place = (place + range.size + dice.below(2 * reach + 1) - reach) % range.size;
    }
    place -= place % neighbours;
    place += dice.skewed(neighbours);
    if (trade == kAnyTrade) {
        return range.first + static_cast<std::uint32_t>(place % range.size);
    }
    place = place - place % kTrades + trade;
    SUYUAN_ASSERT(range.size >= kTrades);
    while (place >= range.size) {
        place -= kTrades;
    }
    return range.first + static_cast<std::uint32_t>(place);
}

std::uint32_t Roster::stall_near(StallTrade trade, Spot spot, Dice& dice) const {
    const std::uint32_t first = dice.below(kTrades / kStallTrades) * kStallTrades;
    return near(Tier::kStall, spot, dice, first + static_cast<std::uint32_t>(trade));
}

Holding Roster::at_home(std::uint32_t number, std::uint32_t branch) const {
    const Business who = business(number);
    const std::uint32_t sites = site_count(who);
    SUYUAN_ASSERT(sites > 0);
    Holding holding;
    holding.owner_number = number;
    holding.site_number = std::uint64_t{number} * kSitesMax + branch % sites;
    holding.owner = model::social_credit_uri(social_credit_code(who));
    holding.site = site_uri(holding.site_number);
    return holding;
}

Holding Roster::kept_by(std::uint32_t owner, std::uint32_t keeper) const {
    Holding holding = at_home(keeper);
    holding.custodian = std::move(holding.owner);
    holding.owner_number = owner;
    holding.owner = model::social_credit_uri(social_credit_code(business(owner)));
    return holding;
}

std::string Roster::social_credit_code(const Business& business) {
    return province::social_credit_code(
        registration_kind(business), counties()[business.county].code, business.number
    );
}

std::string Roster::licence(const Business& business) {
    const std::string_view county = counties()[business.county].code;
    switch (business.tier) {
        case Tier::kProcessor:
            return production_licence(
                licence_kind(static_cast<Craft>(business.trade)), county, business.ordinal + 1
            );
        case Tier::kImporter:
        case Tier::kStall:
        case Tier::kDistributor:
        case Tier::kShop:
            return trading_licence('1', county, business.number % 1'000'000);
        case Tier::kRestaurant:
            return trading_licence('2', county, business.number % 1'000'000);
        case Tier::kCanteen:
            return trading_licence(
                business.trade < static_cast<std::uint32_t>(CanteenTrade::kCollectiveMeals) ? '3'
                                                                                            : '2',
                county,
                business.number % 1'000'000
            );
        default:
            return {};
    }
}

std::string Roster::brand(const Business& business) const {
    return brand_of(
        business.ordinal,
        mix(scale_.seed ^ mix(std::uint64_t{business.county} * kTierCount +
                              static_cast<std::uint64_t>(business.tier)))
    );
}

std::string Roster::short_name(const Business& business) const {
    return short_place(counties()[business.county]) + brand(business);
}

std::string Roster::name(const Business& business) const {
    if (is_chain(business)) {
        return short_name(business) + "连锁超市有限公司";
    }
    const NamePattern pattern = name_pattern(business.tier, business.trade, business.number);
    const County& county = counties()[business.county];
    if (pattern.is_full) {
        return full_place(county) + brand(business) + std::string(pattern.ending);
    }
    // Federations are proud of every level above them.
    if (pattern.ending.ends_with("联合社")) {
        return std::string(kProvinceName) + full_place(county) + brand(business) +
               std::string(pattern.ending);
    }
    return short_name(business) + std::string(pattern.ending);
}

std::uint32_t Roster::site_count(const Business& business) noexcept {
    if (business.tier == Tier::kImporter) {
        return 0;
    }
    return is_chain(business) ? kChainSites : 1;
}

model::Operator Roster::operator_row(const Business& business) const {
    model::Operator row;
    row.code = model::social_credit_uri(social_credit_code(business));
    row.name = name(business);
    row.region = counties()[business.county].code;
    row.kind = kind_of(business.tier);
    return row;
}

Business Roster::landlord(const Business& stall) const {
    const TierRange& markets = tier(Tier::kMarket);
    const std::uint64_t place = std::uint64_t{stall.place} * markets.size / tier(Tier::kStall).size;
    return business(markets.first + static_cast<std::uint32_t>(place));
}

model::Site Roster::site_row(const Business& business, std::uint32_t branch) const {
    SUYUAN_ASSERT(branch < site_count(business));
    const County& county = counties()[business.county];
    model::Site row;
    row.code = site_uri(std::uint64_t{business.number} * kSitesMax + branch);
    row.operator_code = model::social_credit_uri(social_credit_code(business));
    row.region = county.code;
    if (business.tier == Tier::kStall) {
        const Business market = landlord(business);
        const std::uint64_t markets = tier(Tier::kMarket).size;
        const std::uint64_t stalls = tier(Tier::kStall).size;
        constexpr std::uint32_t kStallsPerHall = 20;
        const std::uint64_t in_market =
            business.place - (market.place * stalls + markets - 1) / markets;
        row.name = format(
            "{}农产品批发市场 {} 区 {} 号",
            short_name(market),
            static_cast<char>('A' + in_market / kStallsPerHall % 26),
            in_market % kStallsPerHall + 1
        );
        row.region = counties()[market.county].code;
    } else if (is_chain(business)) {
        row.name = format("{}超市第 {} 分店", short_name(business), branch + 1);
    } else {
        row.name = short_name(business);
        row.name += name_pattern(business.tier, business.trade, business.number).site_ending;
    }
    const std::uint32_t here = county_by_code(row.region);
    const std::uint64_t door = mix(business.number ^ (std::uint64_t{branch} << 32));
    row.address = format(
        "{}{}{}路 {} 号",
        kProvinceName,
        full_place(counties()[here]),
        brand_of(static_cast<std::uint32_t>(door % 40), here),
        1 + (door >> 32) % 300
    );
    return row;
}

model::Product Roster::product_row(const Business& business, std::uint32_t index) const {
    SUYUAN_ASSERT(business.tier == Tier::kProcessor);
    const Product& product = packed_products(static_cast<Craft>(business.trade))[index];
    model::Product row = product_row_of(maker_gtin(business.place, index), product);
    row.name = brand(business) + "牌" + row.name;
    row.producer = model::social_credit_uri(social_credit_code(business));
    return row;
}

std::string Roster::plate_of(const Business& business, std::uint32_t index) {
    const char letter = prefectures()[counties()[business.county].prefecture].plate_letter;
    return plate(letter, std::uint64_t{business.number} * kVehiclesMax + index);
}

model::Vehicle Roster::vehicle_row(const Business& business, std::uint32_t index) {
    SUYUAN_ASSERT(index < workforce_of(business.tier).vehicles);
    return {plate_of(business, index), model::social_credit_uri(social_credit_code(business))};
}

std::vector<model::PersonAtWork> Roster::person_rows(const Business& business, std::uint32_t index)
    const {
    constexpr std::uint32_t kRisesInAThousand = 100;
    constexpr std::int64_t kStartsBefore = 200;  // days before the first
    constexpr std::int64_t kStartsAfter = 1'500;
    SUYUAN_ASSERT(index < workforce_of(business.tier).people);
    const std::uint64_t key =
        mix(scale_.seed) ^ (std::uint64_t{business.number} * kPeopleMax + index);
    Dice dice({key, 0x4A4F4253});
    const auto day = [](std::int64_t number) {
        constexpr std::size_t kDayLength = 10;  // "2026-01-05"
        return model::format_instant(moment(number, 0), kOffsetMinutes).substr(0, kDayLength);
    };
    const Titles& titles = titles_of(business.tier);
    const bool is_worker = index % 2 == 1;
    model::PersonAtWork row;
    row.id = staff_id(business.number, index);
    row.operator_code = model::social_credit_uri(social_credit_code(business));
    row.name = person_name(key);
    row.title = is_worker ? titles.worker : titles.other;
    if (index == 0) {
        row.title = titles.head;
    }
    row.valid_from = day(-dice.between(kStartsBefore, kStartsAfter));
    std::vector<model::PersonAtWork> rows = {row};
    if (is_worker && dice.chance(kRisesInAThousand)) {
        row.title = titles.senior;
        row.valid_from = day(dice.between(1, kDaysMin - 1));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<model::Link> Roster::link_rows(const Business& business, std::uint32_t branch) const {
    SUYUAN_ASSERT(branch < site_count(business));
    const std::string site = site_uri(std::uint64_t{business.number} * kSitesMax + branch);
    std::vector<model::Link> links;
    const auto add = [&](model::LinkKind kind, const Business& from) {
        model::Link& link = links.emplace_back();
        link.kind = kind;
        link.from = model::social_credit_uri(social_credit_code(from));
        link.to = site;
    };
    add(model::LinkKind::kRuns, business);
    if (business.tier == Tier::kStall) {
        add(model::LinkKind::kHosts, landlord(business));
    }
    return links;
}

std::string Roster::vehicle(std::uint32_t number, Dice& dice) const {
    const Business who = business(number);
    return plate_of(who, dice.skewed(workforce_of(who.tier).vehicles));
}

std::string Roster::person(std::uint32_t number, Dice& dice) const {
    return staff_id(number, dice.skewed(workforce_of(tier_of(number)).people));
}

}  // namespace suyuan::province
