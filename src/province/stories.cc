// SPDX-License-Identifier: Apache-2.0

#include "province/stories.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/assert.h"
#include "province/book.h"
#include "province/calendar.h"
#include "province/catalogue.h"
#include "province/codes.h"
#include "province/detail/scene.h"
#include "province/roster.h"
#include "province/scale.h"

namespace suyuan::province {
namespace {

using detail::Scene;
using detail::some;

// The importer's goods from the port to the cold store; the second lot shares a pallet with the
// first and must stay out of the answer.
struct Imported {
    Holding at_cold;
    Goods bad;
    Goods clean;
};

Imported import_beef(Scene& scene) {
    const Holding at_port = scene.cast_importer(Tier::kPort);
    const Holding at_first = scene.keep(at_port, Tier::kFirstStation);
    const Holding at_cold = scene.keep(at_port, Tier::kColdStore);
    const Goods bad = scene.loose("BEEF", Loose::kImportedMeat, 5'000);
    const Goods clean = scene.loose("VEAL", Loose::kImportedMeat, 3'000);
    Book& book = scene.book();
    const std::string issuer = gln(at_port.site_number);
    book.create(
        scene.at(0, 6),
        at_port,
        {bad, clean},
        {{"https://ns.suyuan.example/epcis/customs",
          paper_uri(issuer, customs_declaration(kYear, 999'000'001))},
         {"cert", paper_uri(issuer, "CIQ410000" + book.next_number())}}
    );
    const std::vector<std::vector<Goods>> pallets = {
        {some(bad, 600), some(clean, 400)},
        {some(bad, 2'200)},
        {some(bad, 2'200)},
        {some(clean, 2'600)},
    };
    std::vector<Goods> containers;
    for (const auto& pallet : pallets) {
        containers.push_back({book.next_container(), {}, 0});
        book.pack(scene.at(0, 8), at_port, containers.back().code, pallet);
    }
    const Delivery way{.leaves = scene.at(0, 10), .arrives = scene.at(0, 14)};
    book.deliver(way, at_port, at_first, containers);
    for (std::size_t i = 0; i < pallets.size(); ++i) {
        book.unpack(scene.at(0, 15), at_first, containers.at(i).code, pallets.at(i));
    }
    const Delivery to_cold{.leaves = scene.at(1, 5), .arrives = scene.at(1, 7)};
    book.deliver(to_cold, at_first, at_cold, {bad, clean});
    for (const Holding& at : {at_port, at_first, at_cold}) {
        scene.note_position(bad, at);
    }
    return {at_cold, bad, clean};
}

void sell_beef(Scene& scene, const Holding& stall, const Goods& beef) {
    for (const Holding& shop : scene.cast_many(4, Tier::kShop)) {
        scene.deliver(scene.at(2, 4), stall, shop, some(beef, 90));
        scene.sell(2, shop, some(beef, 90));
    }
    for (const Holding& restaurant : scene.cast_many(3, Tier::kRestaurant)) {
        scene.deliver(scene.at(2, 4.5), stall, restaurant, some(beef, 60));
        scene.book().use_up(scene.at(2, 11), restaurant, some(beef, 40));
    }
}

ToldStory tell_contaminated_import(const StoryGround& ground) {
    Scene scene(ground, 0);
    const Imported imported = import_beef(scene);
    const Goods& beef = imported.bad;
    const Holding stall = scene.cast_stall(StallTrade::kMeat);
    scene.deliver(scene.at(2, 0), imported.at_cold, stall, some(beef, 900));
    sell_beef(scene, stall, beef);
    const Holding canteen = scene.cast(Tier::kCanteen, 0);
    scene.deliver(scene.at(2, 4), stall, canteen, some(beef, 120));
    scene.book().use_up(scene.at(2, 9), canteen, some(beef, 90));
    scene.deliver(scene.at(3, 9), canteen, stall, some(beef, 30), true);
    const Holding distributor = scene.cast(Tier::kDistributor);
    scene.deliver(scene.at(2, 6), imported.at_cold, distributor, some(beef, 1'500));
    const std::vector<Holding> shops = scene.cast_many(8, Tier::kShop);
    for (const Holding& shop : shops) {
        scene.deliver(scene.at(3, 6), distributor, shop, some(beef, 150));
        scene.sell(3, shop, some(beef, 150));
    }
    const Holding plant = scene.cast(Tier::kProcessor, static_cast<std::uint32_t>(Craft::kPacking));
    scene.deliver(scene.at(2, 8), imported.at_cold, plant, some(beef, 600));
    const Goods packs = scene.packed("BEEFPACK", plant, 0, 1'190);
    scene.make(scene.at(2, 14), plant, {some(beef, 600)}, packs);
    for (const Holding& shop : scene.cast_many(5, Tier::kShop)) {
        scene.deliver(scene.at(3, 7), plant, shop, some(packs, 200));
        scene.sell(3, shop, some(packs, 200));
    }
    scene.book().count(scene.at(3, 18), imported.at_cold, some(beef, 2'000));
    scene.expect(false);
    const Holding other_stall = scene.cast_stall(StallTrade::kMeat);
    scene.deliver(scene.at(2, 1), imported.at_cold, other_stall, some(imported.clean, 800));
    scene.expect(true);
    // The sample from one shop is positive.
    scene.book().test(scene.at(5, 9), shops.front(), some(beef, 1), "TR-POSITIVE");
    for (const Holding& at : {imported.at_cold, stall, distributor, shops.front()}) {
        scene.book().hold(scene.at(5, 10), at, some(beef, 1));
    }
    return scene.close(
        "问题批次：进口牛腩抽检阳性，货在哪里",
        "A contaminated import lot of beef: where is it now?",
        scene.lot_text("BEEF")
    );
}

ToldStory tell_mixed_mince(const StoryGround& ground) {
    Scene scene(ground, 1);
    const auto pigs_trade = static_cast<std::uint32_t>(FarmTrade::kPigs);
    const auto poultry_trade = static_cast<std::uint32_t>(FarmTrade::kPoultry);
    const Holding pig_farm = scene.cast(Tier::kFarm, pigs_trade);
    const Holding poultry_farm = scene.cast(Tier::kFarm, poultry_trade);
    const Holding slaughterhouse = scene.cast(Tier::kSlaughterhouse);
    const Holding plant = scene.cast(Tier::kProcessor, static_cast<std::uint32_t>(Craft::kMeat));
    const Goods pigs = scene.loose("PIG", Loose::kLivestock, 2'000);
    const Goods pork = scene.loose("PORK", Loose::kCarcass, 1'440);
    const Goods chicken = scene.loose("CHICKEN", Loose::kPoultry, 300);
    scene.create(scene.at(0, 15), pig_farm, pigs);
    scene.deliver(scene.at(0, 17), pig_farm, slaughterhouse, pigs);
    scene.make(scene.at(0, 23), slaughterhouse, {pigs}, pork);
    scene.deliver(scene.at(1, 5), slaughterhouse, plant, some(pork, 700));
    scene.create(scene.at(1, 4), poultry_farm, chicken);
    scene.deliver(scene.at(1, 5), poultry_farm, plant, chicken);
    const Goods mince = scene.packed("MINCE", plant, 0, 1'900);
    scene.make(scene.at(1, 10), plant, {some(pork, 700), chicken}, mince);
    const Holding distributor = scene.cast(Tier::kDistributor);
    scene.deliver(scene.at(1, 15), plant, distributor, some(mince, 1'200));
    for (const Holding& shop : scene.cast_many(9, Tier::kShop)) {
        scene.deliver(scene.at(2, 6), distributor, shop, some(mince, 120));
        scene.sell(2, shop, some(mince, 120));
    }
    const auto meals_trade = static_cast<std::uint32_t>(CanteenTrade::kCollectiveMeals);
    const Holding kitchen = scene.cast(Tier::kCanteen, meals_trade);
    scene.deliver(scene.at(2, 4), plant, kitchen, some(mince, 500));
    scene.book().use_up(scene.at(2, 8), kitchen, some(mince, 480));
    // What else came of the same pork.
    const Holding stall = scene.cast_stall(StallTrade::kMeat);
    scene.deliver(scene.at(1, 0), slaughterhouse, stall, some(pork, 600));
    for (const Holding& restaurant : scene.cast_many(3, Tier::kRestaurant)) {
        scene.deliver(scene.at(1, 4), stall, restaurant, some(pork, 100));
        scene.book().use_up(scene.at(1, 11), restaurant, some(pork, 80));
    }
    // Another batch of the same plant and morning, of other meat.
    scene.expect(false);
    const Goods other_chicken = scene.loose("HEN", Loose::kPoultry, 200);
    const Holding other_farm = scene.cast(Tier::kFarm, poultry_trade);
    scene.create(scene.at(1, 4), other_farm, other_chicken);
    scene.deliver(scene.at(1, 5), other_farm, plant, other_chicken);
    const Goods other_mince = scene.packed("PATTY", plant, 0, 380);
    scene.make(scene.at(1, 10), plant, {other_chicken}, other_mince);
    scene.deliver(scene.at(1, 15), plant, distributor, some(other_mince, 300));
    return scene.close(
        "混合批次：一批混合肉馅，原料从哪来、还去了哪",
        "A mixed batch of minced meat: what went in, and where else did that go?",
        scene.lot_text("MINCE")
    );
}

ToldStory tell_laundering(const StoryGround& ground) {
    Scene scene(ground, 2);
    const Holding farm =
        scene.cast(Tier::kFarm, static_cast<std::uint32_t>(FarmTrade::kVegetables));
    const Holding stall = scene.cast_stall(StallTrade::kVegetables);
    constexpr auto kCowpea = static_cast<Loose>(3);
    const Goods cowpeas = scene.loose("COWPEA", kCowpea, 500);
    scene.create(scene.at(0, 15), farm, cowpeas);
    scene.deliver(scene.at(0, 20), farm, stall, cowpeas);
    std::int64_t day = 1;
    for (const Holding& shop : scene.cast_many(5, Tier::kShop)) {
        scene.deliver(scene.at(day, 4), stall, shop, some(cowpeas, 260));
        scene.sell(day, shop, some(cowpeas, 260));
        day += 1;
    }
    scene.find(FindingKind::kNegativeStock, cowpeas, stall, -800'000);
    return scene.close(
        "洗白批次：豇豆只进了 500 公斤，却卖出 1300 公斤",
        "A laundered lot: 500 kg of cowpeas bought, 1,300 kg sold",
        scene.lot_text("COWPEA")
    );
}

ToldStory tell_broken_chain(const StoryGround& ground) {
    Scene scene(ground, 3);
    Book& book = scene.book();
    const Holding pond = scene.cast(Tier::kFarm, static_cast<std::uint32_t>(FarmTrade::kFish));
    const Holding stall = scene.cast_stall(StallTrade::kAquatic);
    const Holding distributor = scene.cast(Tier::kDistributor);
    const std::vector<Holding> restaurants = scene.cast_many(4, Tier::kRestaurant);
    const Holding stranger = scene.cast(Tier::kShop);
    constexpr auto kPerch = static_cast<Loose>(27);
    const Goods perch = scene.loose("PERCH", kPerch, 600);
    scene.create(scene.at(0, 14), pond, perch);
    scene.deliver(scene.at(0, 20), pond, stall, perch);
    // The distributor books nothing in, and still passes it on.
    book.ship(scene.at(1, 3.5), stall, distributor, {some(perch, 400)}, book.next_note());
    scene.note_position(perch, distributor);
    scene.find(FindingKind::kInferredArrival, perch, distributor);
    for (std::size_t i = 0; i + 1 < restaurants.size(); ++i) {
        scene.deliver(scene.at(1, 7), distributor, restaurants.at(i), some(perch, 80));
        book.use_up(scene.at(1, 11), restaurants.at(i), some(perch, 70));
    }
    // The last one never confirms.
    book.ship(
        scene.at(1, 7.5), distributor, restaurants.back(), {some(perch, 80)}, book.next_note()
    );
    scene.note_position(perch, restaurants.back());
    scene.find(FindingKind::kInTransit, perch, distributor);
    // And somebody has it from nobody.
    book.receive(scene.at(2, 6), {}, stranger, {some(perch, 30)}, book.next_note());
    scene.sell(2, stranger, some(perch, 30));
    scene.note_position(perch, stranger);
    scene.find(FindingKind::kUnknownSupplier, perch, stranger);
    return scene.close(
        "断链：鲈鱼一道未签收、一单在途、一家来路不明",
        "A broken chain: perch with a missing receipt, one lost delivery, one unknown supplier",
        scene.lot_text("PERCH")
    );
}

ToldStory tell_rework_loop(const StoryGround& ground) {
    Scene scene(ground, 4);
    const auto poultry_trade = static_cast<std::uint32_t>(FarmTrade::kPoultry);
    const Holding first_farm = scene.cast(Tier::kFarm, poultry_trade);
    const Holding second_farm = scene.cast(Tier::kFarm, poultry_trade);
    const Holding plant = scene.cast(Tier::kProcessor, static_cast<std::uint32_t>(Craft::kMeat));
    const Goods first_meat = scene.loose("DUCK", Loose::kPoultry, 400);
    const Goods second_meat = scene.loose("GOOSE", Loose::kPoultry, 400);
    const Goods first_batch = scene.packed("SAUSAGE", plant, 1, 900);
    const Goods second_batch = scene.packed("FRANK", plant, 1, 950);
    scene.create(scene.at(0, 6), first_farm, first_meat);
    scene.deliver(scene.at(0, 8), first_farm, plant, first_meat);
    scene.make(scene.at(1, 9), plant, {first_meat}, first_batch);
    scene.create(scene.at(1, 6), second_farm, second_meat);
    scene.deliver(scene.at(1, 8), second_farm, plant, second_meat);
    // Yesterday's leftovers into today's batch, and today's back under yesterday's number.
    scene.make(scene.at(2, 9), plant, {second_meat, some(first_batch, 60)}, second_batch);
    scene.make(scene.at(3, 9), plant, {some(second_batch, 50)}, some(first_batch, 45));
    scene.find(FindingKind::kLoop, first_batch, plant);
    for (const Holding& shop : scene.cast_many(4, Tier::kShop)) {
        scene.deliver(scene.at(4, 5), plant, shop, some(first_batch, 200));
        scene.sell(4, shop, some(first_batch, 200));
    }
    for (const Holding& shop : scene.cast_many(4, Tier::kShop)) {
        scene.deliver(scene.at(4, 6), plant, shop, some(second_batch, 200));
        scene.sell(4, shop, some(second_batch, 200));
    }
    return scene.close(
        "回炉循环：火腿肠剩料互相掺入两批",
        "A rework loop: two batches of sausage, each with leftovers of the other",
        scene.lot_text("SAUSAGE")
    );
}

}  // namespace

ToldStory tell_story(const StoryGround& ground, std::uint32_t story) {
    switch (story) {
        case 0:
            return tell_contaminated_import(ground);
        case 1:
            return tell_mixed_mince(ground);
        case 2:
            return tell_laundering(ground);
        case 3:
            return tell_broken_chain(ground);
        case 4:
            return tell_rework_loop(ground);
        default:
            SUYUAN_UNREACHABLE();
    }
}

}  // namespace suyuan::province
