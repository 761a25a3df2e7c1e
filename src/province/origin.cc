// SPDX-License-Identifier: Apache-2.0
//
// Where lots begin: field, pond, stable, port.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/instant.h"
#include "province/book.h"
#include "province/calendar.h"
#include "province/catalogue.h"
#include "province/codes.h"
#include "province/detail/teller.h"
#include "province/dice.h"
#include "province/roster.h"
#include "province/scale.h"
#include "province/schedule.h"

namespace suyuan::province::detail {
namespace {

// To the next hundred grams.
std::int64_t rounded_up(std::int64_t grams) noexcept {
    return (grams + 99) / 100 * 100;
}

}  // namespace

Papers Teller::farm_papers(const Holding& farm) {
    const std::string issuer = gln(farm.site_number);
    // 承诺达标合格证, and a test report with every third.
    Papers papers = {{"cert", paper_uri(issuer, "CQ" + book_.next_number())}};
    if (dice_.chance(330)) {
        papers.push_back({"testres", paper_uri(issuer, "TR" + book_.next_number())});
    }
    return papers;
}

std::vector<Goods> Teller::fetch(const Raw& raw, const Holding& to) {
    std::vector<Goods> arrived;
    const auto product = static_cast<std::uint32_t>(raw.goods);
    std::int64_t left = raw.grams;
    for (std::uint32_t i = 0; i < raw.farms; ++i) {
        const Holding farm = home(Tier::kFarm, raw.trade);
        const auto letter = static_cast<char>(raw.letter + static_cast<char>(i));
        const std::int64_t part =
            i + 1 == raw.farms ? left : raw.grams / raw.farms / 100 * dice_.between(70, 105);
        left -= part;
        const Goods lot{
            Schedule::lot(place_, letter, loose_goods_gtin(product)),
            loose_products()[product].unit,
            part  // kilograms in thousandths are grams
        };
        const model::MicrosUtc harvest = about(raw.day, raw.minute);
        book_.create(harvest, farm, {lot}, farm_papers(farm));
        const Delivery way{
            .leaves = harvest + kHour,
            .arrives = harvest + dice_.between(100, 150) * kMinute,
            .is_return = false,
            .is_faultless = true
        };
        book_.deliver(way, farm, to, {lot});
        arrived.push_back(lot);
    }
    return arrived;
}

void Teller::tell_produce() {
    const Holding farm = roster_.at_home(plan_.holder);
    const Holding stall = stall_for(plan_.goods);
    const model::MicrosUtc harvest = about(day_, clock_minute(14, 0), 180);
    book_.create(harvest, farm, {plan_.goods}, farm_papers(farm));
    const Delivery way{
        .leaves = about(day_, clock_minute(20, 0), 150),
        .arrives = about(day_ + 1, clock_minute(1, 0), 100)
    };
    const Goods there = book_.deliver(way, farm, stall, {plan_.goods}).front();
    Sale sale{day_ + 1, clock_minute(3, 0), 170, 5 + dice_.below(5), {}};
    if (place_.recipe == Recipe::kFish) {
        sale.mix = {500, 80};
    }
    if (there.milli > 0) {
        sell_morning(stall, sale, there);
    }
}

void Teller::tell_collected() {
    constexpr std::int64_t kKeptInAThousand = 970;
    const Holding cooperative = roster_.at_home(plan_.holder);
    const std::int64_t grams = plan_.goods.milli * 1'000 / kKeptInAThousand;
    const std::uint32_t farms = 2 + dice_.below(3);
    const auto first = static_cast<std::uint32_t>(Loose::kVegetable);
    const Raw raw{
        .trade = static_cast<std::uint32_t>(FarmTrade::kVegetables),
        .goods = static_cast<Loose>(first + dice_.below(14)),
        .grams = rounded_up(grams),
        .farms = farms,
        .day = day_,
        .minute = clock_minute(14, 0)
    };
    const std::vector<Goods> inputs = fetch(raw, cooperative);
    book_.make(about(day_, clock_minute(19, 0)), cooperative, inputs, {plan_.goods}, "repackaging");
    Goods lot = plan_.goods;
    distribute(cooperative, day_ + 1, lot);
    settle(cooperative, day_ + 1, lot);
}

void Teller::tell_pork() {
    constexpr std::int64_t kCarcassInAThousand = 720;
    constexpr std::int64_t kOffalInAThousand = 120;
    const Holding plant = roster_.at_home(plan_.holder);
    const std::int64_t live_grams = plan_.goods.milli * 1'000 / kCarcassInAThousand + 1;
    const Raw raw{
        .trade = static_cast<std::uint32_t>(FarmTrade::kPigs),
        .goods = Loose::kLivestock,
        .grams = rounded_up(live_grams),
        .farms = 1 + dice_.below(2),
        .day = day_,
        .minute = clock_minute(15, 0),
        .letter = 'P'
    };
    const std::vector<Goods> pigs = fetch(raw, plant);
    const auto offal_product = static_cast<std::uint32_t>(Loose::kOffal);
    const Goods offal{
        Schedule::lot(place_, 'B', loose_goods_gtin(offal_product)),
        "KGM",
        rounded(live_grams * kOffalInAThousand / 1'000, "KGM")
    };
    book_.make(
        about(day_, clock_minute(22, 30)), plant, pigs, {plan_.goods, offal}, "commissioning"
    );
    Goods carcass = plan_.goods;
    lend(plant, about(day_ + 1, clock_minute(6, 30)), carcass);
    const Goods half = take(carcass, carcass.milli / 2);
    for (const Goods& part : {half, carcass, offal}) {
        const Holding stall = stall_for(part);
        const Delivery way{
            .leaves = about(day_ + 1, clock_minute(0, 30)),
            .arrives = about(day_ + 1, clock_minute(1, 40), 60)
        };
        const Goods there = book_.deliver(way, plant, stall, {part}).front();
        if (there.milli > 0) {
            sell_morning(stall, {day_ + 1, clock_minute(3, 0), 170, 4 + dice_.below(3), {}}, there);
        }
    }
}

void Teller::tell_eggs() {
    const Holding farm = roster_.at_home(plan_.holder);
    const Holding distributor = home(Tier::kDistributor);
    book_.create(about(day_, clock_minute(7, 0), 90), farm, {plan_.goods}, farm_papers(farm));
    const Delivery way{
        .leaves = about(day_, clock_minute(12, 0), 60),
        .arrives = about(day_, clock_minute(15, 0), 120)
    };
    const Goods there = book_.deliver(way, farm, distributor, {plan_.goods}).front();
    if (there.milli > 0) {
        sell_morning(
            distributor, {day_ + 1, clock_minute(6, 0), 200, 6 + dice_.below(4), {}}, there
        );
    }
}

std::vector<Goods> Teller::declare_import(const Holding& at_port) {
    Goods second = plan_.goods;
    const auto first_product = static_cast<std::uint32_t>(
        place_.recipe == Recipe::kImportedMeat ? Loose::kImportedMeat : Loose::kImportedAquatic
    );
    second.code = Schedule::lot(place_, 'B', loose_goods_gtin(first_product + dice_.below(4)));
    second.milli = rounded(plan_.goods.milli / 3, plan_.goods.unit);
    const std::string issuer = gln(at_port.site_number);
    const std::uint64_t serial = place_.number % 1'000'000'000;
    book_.create(
        about(day_, clock_minute(6, 0)),
        at_port,
        {plan_.goods, second},
        {{"https://ns.suyuan.example/epcis/customs",
          paper_uri(issuer, customs_declaration(kYear, serial))},
         {"cert", paper_uri(issuer, "CIQ410000" + book_.next_number())}}
    );
    return {plan_.goods, second};
}

void Teller::tell_import() {
    const std::uint32_t importer = plan_.holder;
    const Holding at_port = roster_.kept_by(importer, roster_.near(Tier::kPort, plan_.spot, dice_));
    const Holding at_first =
        roster_.kept_by(importer, roster_.near(Tier::kFirstStation, plan_.spot, dice_));
    const Holding at_cold =
        roster_.kept_by(importer, roster_.near(Tier::kColdStore, plan_.spot, dice_));
    std::vector<Goods> lots = declare_import(at_port);
    // Two lots on one pallet do not touch.
    Goods main = lots.front();
    Goods other = lots.back();
    const std::vector<std::vector<Goods>> pallets = {
        {take(main, main.milli / 3), take(other, other.milli / 2)},
        {take(main, main.milli / 2)},
        {main},
        {other},
    };
    const Delivery to_first{
        .leaves = about(day_, clock_minute(10, 0)), .arrives = about(day_, clock_minute(14, 0))
    };
    send_on_pallets(to_first, at_port, at_first, pallets);
    book_.test(
        about(day_, clock_minute(16, 0)), at_first, lots.front(), "TR" + book_.next_number()
    );
    const Delivery to_cold{
        .leaves = about(day_ + 1, clock_minute(5, 0)),
        .arrives = about(day_ + 1, clock_minute(7, 0)),
        .is_return = false,
        .is_faultless = true
    };
    book_.deliver(to_cold, at_first, at_cold, lots);
    if (dice_.chance(300)) {
        book_.count(about(day_ + 1, clock_minute(9, 0)), at_cold, lots.front());
    }
    sell_import(at_cold, lots);
}

void Teller::sell_import(const Holding& at_cold, std::vector<Goods>& lots) {
    lend(at_cold, about(day_ + 2, clock_minute(7, 0)), lots.front());
    for (std::size_t i = 0; i < 3; ++i) {
        Goods& lot = lots.at(i % 2);
        const Goods part = take(lot, lot.milli * 40 / 100);
        const Holding stall = stall_for(part);
        const Delivery way{
            .leaves = about(day_ + 2, clock_minute(0, 10)),
            .arrives = about(day_ + 2, clock_minute(1, 40), 60)
        };
        const Goods there = book_.deliver(way, at_cold, stall, {part}).front();
        if (there.milli > 0) {
            sell_morning(stall, {day_ + 2, clock_minute(3, 0), 170, 5 + dice_.below(4), {}}, there);
        }
    }
    repack_import(at_cold, take(lots.front(), lots.front().milli * 70 / 100));
    settle(at_cold, day_ + 3, lots.front());
}

void Teller::repack_import(const Holding& at_cold, const Goods& lot) {
    constexpr std::int64_t kPackGrams = 500;
    const Holding plant = home(Tier::kProcessor, static_cast<std::uint32_t>(Craft::kPacking));
    const Delivery way{
        .leaves = about(day_ + 2, clock_minute(8, 0)),
        .arrives = about(day_ + 2, clock_minute(10, 0)),
        .is_return = false,
        .is_faultless = true
    };
    book_.deliver(way, at_cold, plant, {lot});
    const std::uint32_t maker = roster_.business(plant.owner_number).place;
    const std::uint32_t index = place_.recipe == Recipe::kImportedMeat ? 0 : 1;
    Goods packs{
        Schedule::lot(place_, 'R', maker_gtin(maker, index)),
        "",
        rounded(lot.milli * 1'000 / kPackGrams, "")
    };
    if (packs.milli == 0) {
        return;
    }
    book_.make(about(day_ + 2, clock_minute(14, 0)), plant, {lot}, {packs}, "repackaging");
    distribute(plant, day_ + 3, packs);
}

}  // namespace suyuan::province::detail
