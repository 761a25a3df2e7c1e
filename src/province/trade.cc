// SPDX-License-Identifier: Apache-2.0
//
// From whoever has a lot to the plate.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/assert.h"
#include "model/instant.h"
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

// More than any chain has.
constexpr std::uint32_t kBranches = 8;

std::int64_t day_number(model::MicrosUtc when) noexcept {
    return (when - kFirstDay) / model::kMicrosPerDay;
}

// `total` in `count` unequal parts of whole units; none is zero unless there is too little.
std::vector<std::int64_t> parts_of(const Goods& goods, std::uint32_t count, Dice& dice) {
    std::vector<std::int64_t> weights(count);
    std::int64_t whole = 0;
    for (std::int64_t& weight : weights) {
        weight = dice.between(60, 160);
        whole += weight;
    }
    for (std::int64_t& weight : weights) {
        // Amounts are below 10^10 thousandths.
        weight = rounded(goods.milli * weight / whole, goods.unit);
    }
    return weights;
}

}  // namespace

Teller::Teller(const Roster& roster, const Schedule& schedule, const LifePlace& place, Book& book)
    : roster_(roster),
      schedule_(schedule),
      place_(place),
      plan_(schedule.plan(place)),
      book_(book),
      dice_(book.dice()),
      day_(place.day) {}

void Teller::tell() {
    switch (place_.recipe) {
        case Recipe::kVegetables:
        case Recipe::kMushrooms:
        case Recipe::kFruit:
        case Recipe::kFish:
            tell_produce();
            return;
        case Recipe::kCollected:
            tell_collected();
            return;
        case Recipe::kPork:
            tell_pork();
            return;
        case Recipe::kImportedMeat:
        case Recipe::kImportedOther:
            tell_import();
            return;
        case Recipe::kEggs:
            tell_eggs();
            return;
        case Recipe::kFlour:
        case Recipe::kDairy:
        case Recipe::kOil:
        case Recipe::kLiquor:
        case Recipe::kNutrition:
            tell_packed();
            return;
        case Recipe::kMeatProducts:
            tell_meat_products();
            return;
        case Recipe::kMeals:
            tell_meals();
            return;
    }
    SUYUAN_UNREACHABLE();
}

model::MicrosUtc Teller::about(std::int64_t day, std::int64_t minute, std::uint32_t spread) {
    return moment(day, minute + dice_.below(spread));
}

Goods Teller::take(Goods& goods, std::int64_t milli) {
    Goods part = goods;
    part.milli = std::min(rounded(milli, goods.unit), goods.milli);
    goods.milli -= part.milli;
    return part;
}

Holding Teller::home(Tier tier, std::uint32_t trade) {
    return roster_.at_home(roster_.near(tier, plan_.spot, dice_, trade), dice_.below(kBranches));
}

Holding Teller::stall_for(const Goods& goods) {
    const auto loose = loose_index_of(goods.code);
    SUYUAN_ASSERT(loose.has_value());
    const StallTrade trade = stall_trade_of(loose_products()[*loose].category);
    return roster_.at_home(roster_.stall_near(trade, plan_.spot, dice_));
}

void Teller::lend(const Holding& from, model::MicrosUtc leaves, Goods& goods) {
    for (const Loan& loan : kLoans) {
        if (loan.lender != place_.recipe) {
            continue;
        }
        const std::uint32_t borrower =
            schedule_.plan(Schedule::beside(place_, loan.borrower)).holder;
        const Goods part = Schedule::lent(loan, plan_);
        SUYUAN_ASSERT(part.milli <= goods.milli);
        goods.milli -= part.milli;
        const Delivery way{
            .leaves = leaves,
            .arrives = leaves + dice_.between(50, 100) * kMinute,
            .is_return = false,
            .is_faultless = true
        };
        book_.deliver(way, from, roster_.at_home(borrower), {part});
    }
}

void Teller::send_on_pallets(
    const Delivery& way,
    const Holding& from,
    const Holding& to,
    const std::vector<std::vector<Goods>>& pallets
) {
    std::vector<Goods> containers;
    for (const std::vector<Goods>& pallet : pallets) {
        containers.push_back({book_.next_container(), {}, 0});
        book_.pack(way.leaves - 40 * kMinute, from, containers.back().code, pallet);
    }
    book_.deliver(way, from, to, containers);
    for (std::size_t i = 0; i < pallets.size(); ++i) {
        book_.unpack(way.arrives + 30 * kMinute, to, containers.at(i).code, pallets.at(i));
    }
}

void Teller::distribute(const Holding& from, std::int64_t day, Goods& goods) {
    constexpr std::uint32_t kPalletMax = 2;
    const std::uint32_t count = 1 + dice_.below(2);
    const Goods whole = goods;
    for (std::uint32_t i = 0; i < count; ++i) {
        const Goods part = take(goods, whole.milli * 45 / 100);
        if (part.milli == 0) {
            continue;
        }
        const Holding to = home(Tier::kDistributor);
        const model::MicrosUtc leaves = about(day, clock_minute(8, 0), 120);
        const Delivery way{.leaves = leaves, .arrives = leaves + dice_.between(90, 300) * kMinute};
        Goods rest = part;
        std::vector<std::vector<Goods>> pallets;
        const std::uint32_t pallet_count = 1 + dice_.below(kPalletMax);
        if (pallet_count > 1) {
            pallets.push_back({take(rest, part.milli / 2)});
        }
        pallets.push_back({rest});
        std::erase_if(pallets, [](const auto& pallet) { return pallet.front().milli == 0; });
        send_on_pallets(way, from, to, pallets);
        const std::int64_t next = day_number(way.arrives) + 1;
        const bool is_for_shops =
            place_.recipe == Recipe::kNutrition || place_.recipe == Recipe::kLiquor;
        Sale sale{next, clock_minute(6, 0), 200, 4 + dice_.below(5), {}};
        if (is_for_shops) {
            sale.mix = {place_.recipe == Recipe::kLiquor ? 300U : 0U, 0};
            sale.is_fresh = false;
        }
        if (!book_.is_over(way.arrives)) {
            sell_morning(to, sale, part);
        }
    }
}

void Teller::sell_morning(const Holding& seller, const Sale& sale, Goods goods) {
    Goods offered = goods;
    offered.milli = goods.milli / 1'000 * dice_.between(930, 1'000);
    for (const std::int64_t milli : parts_of(offered, sale.buyers, dice_)) {
        const Goods part = take(goods, milli);
        if (part.milli > 0) {
            serve(seller, sale, part);
        }
    }
    settle(seller, sale.day, goods);
}

void Teller::serve(const Holding& seller, const Sale& sale, const Goods& part) {
    const std::uint32_t choice = dice_.below(1'000);
    Tier tier = Tier::kShop;
    std::uint32_t trade = kAnyTrade;
    if (choice < sale.mix.restaurants) {
        tier = Tier::kRestaurant;
    } else if (choice < sale.mix.restaurants + sale.mix.canteens) {
        tier = Tier::kCanteen;
        trade = dice_.below(static_cast<std::uint32_t>(CanteenTrade::kCollectiveMeals));
    } else if (!sale.is_fresh) {
        trade = (kFreshShop + 1 + dice_.below(kTrades - 1)) % kTrades;
    }
    const Spot spot = roster_.spot_of(seller.owner_number);
    const Holding buyer =
        roster_.at_home(roster_.near(tier, spot, dice_, trade), dice_.below(kBranches));
    const model::MicrosUtc leaves = about(sale.day, sale.first_minute, sale.minutes);
    const Delivery way{.leaves = leaves, .arrives = leaves + dice_.between(20, 110) * kMinute};
    Goods there = book_.deliver(way, seller, buyer, {part}).front();
    if (there.milli == 0) {
        return;
    }
    constexpr std::uint32_t kReturnsInAThousand = 25;
    if (dice_.chance(kReturnsInAThousand)) {
        const Goods back = take(there, there.milli / 8);
        if (back.milli > 0) {
            give_back(buyer, seller, sale.day, back);
        }
    }
    sell_out(buyer, tier, way.arrives, there);
}

void Teller::give_back(
    const Holding& buyer, const Holding& seller, std::int64_t day, const Goods& goods
) {
    const model::MicrosUtc leaves = about(day, clock_minute(14, 0), 60);
    const Delivery way{
        .leaves = leaves, .arrives = leaves + dice_.between(30, 90) * kMinute, .is_return = true
    };
    const Goods back = book_.deliver(way, buyer, seller, {goods}).front();
    book_.destroy(about(day, clock_minute(17, 0)), seller, back);
}

void Teller::sell_out(const Holding& at, Tier tier, model::MicrosUtc from, Goods goods) {
    const bool is_shop = tier == Tier::kShop;
    const std::uint32_t lines = is_shop ? 3 + dice_.below(3) : 1 + dice_.below(3);
    const std::int64_t day = day_number(from);
    const Goods whole = goods;
    const std::int64_t sold = dice_.between(880, 1'000);
    for (std::uint32_t line = 0; line < lines; ++line) {
        // Noon and evening of the first day, then of the next.
        const std::int64_t minute = line % 2 == 0 ? clock_minute(13, 0) : clock_minute(20, 0);
        const std::int64_t even = whole.milli / 1'000 * sold / lines;
        const Goods part = take(goods, even / 100 * dice_.between(75, 120));
        if (part.milli == 0) {
            continue;
        }
        const model::MicrosUtc when = about(day + line / 2, minute, 90);
        if (is_shop) {
            book_.sell(when, at, part);
        } else {
            book_.use_up(when - 2 * kHour, at, part);
        }
    }
    settle(at, day + (lines - 1) / 2, goods);
}

void Teller::settle(const Holding& at, std::int64_t day, const Goods& rest) {
    constexpr std::uint32_t kLostInAThousand = 300;
    constexpr std::uint32_t kCountedInAThousand = 300;
    const std::uint32_t choice = dice_.below(1'000);
    if (choice < kLostInAThousand) {
        book_.destroy(about(day, clock_minute(22, 30)), at, rest);
    } else if (choice < kLostInAThousand + kCountedInAThousand) {
        book_.count(about(day, clock_minute(22, 30)), at, rest);
    }
}

}  // namespace suyuan::province::detail
