// SPDX-License-Identifier: Apache-2.0
//
//   port ──A,B──► cold store ──A 800──► stall 12 ──► restaurant, canteen ──returns 50──► stall 12
//    (pallets)        │                    └──► five small stalls (one never confirmed)
//                     ├──A 500, B 600──► stall 27 ◄── X (nobody shipped it)
//                     └──A 1000, B 400──► processor ◄──pork 900── slaughterhouse
//                                            │  A 600 + pork 400 ──► mince 04 (bad)  980
//                                            │  B 400 + pork 300 ──► mince 05 (good) 690
//                                            │  mince 04 80 + pork 200 ──► mince 06 (rework) 275
//                                            └──► fourteen shops of one chain ──► customers
//
//   cooperative ──cucumbers, every day──► cucumber wholesaler ──► canteen and three stalls (clean)

#include "app/story.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/story_book.h"
#include "base/format.h"
#include "http/query.h"
#include "model/registry.h"
#include "province/regions.h"

namespace suyuan::app {
namespace {

constexpr std::uint32_t kBeef = 1;
constexpr std::uint32_t kPork = 2;
constexpr std::uint32_t kMince = 3;
constexpr std::uint32_t kCucumber = 4;
constexpr std::uint32_t kShopCount = 14;
constexpr std::uint32_t kStallCount = 5;
constexpr std::string_view kPrefecture = "410100";

constexpr std::array<std::string_view, kStallCount> kStallNames = {
    "南关菜市场 3 号摊",
    "南关菜市场 8 号摊",
    "东街早市 5 号摊",
    "东街早市 11 号摊",
    "铁西夜市 2 号摊"
};

std::string time_of(std::uint32_t day, std::string_view clock) {
    return format("2026-03-{:02}T{}", day, clock);
}

// Writes the story, one scene a function, in the order of the days.
class Teller {
public:
    DemoStory tell();

private:
    void introduce();
    void introduce_regions();
    Holding enroll(
        std::uint32_t number,
        std::string_view operator_name,
        std::string_view site_name,
        std::string_view kind,
        std::string_view region
    );
    void arrive_at_port();
    void leave_cold_store();
    void slaughter();
    void process();
    void supply_shops();
    void supply_stalls();
    void return_from_canteen();
    void stop_everything();
    void send_back();
    void grow_cucumbers();

    StoryBook book_;
    Holding port_;
    Holding cold_store_;
    Holding stall_12_;
    Holding stall_27_;
    Holding processor_;
    Holding slaughterhouse_;
    Holding restaurant_;
    Holding canteen_;
    Holding cooperative_;
    Holding cucumber_trader_;
    std::vector<Holding> shops_;
    std::vector<Holding> stalls_;

    const std::string beef_a_ = story_lot(kBeef, "A20260301");
    const std::string beef_b_ = story_lot(kBeef, "B20260301");
    const std::string beef_x_ = story_lot(kBeef, "X20260227");
    const std::string pork_ = story_lot(kPork, "P20260304");
    const std::string mince_bad_ = story_lot(kMince, "M20260304");
    const std::string mince_good_ = story_lot(kMince, "M20260305");
    const std::string mince_rework_ = story_lot(kMince, "M20260306");
};

Holding Teller::enroll(
    std::uint32_t number,
    std::string_view operator_name,
    std::string_view site_name,
    std::string_view kind,
    std::string_view region
) {
    const Holding holding{story_site_code(number), story_party_code(number)};
    book_.add(StoryOperator{
        holding.owner, std::string(operator_name), std::string(kind), std::string(region)
    });
    book_.add(StorySite{holding.site, std::string(site_name), holding.owner, std::string(region)});
    return holding;
}

// The county-level regions of one city, the city and its province.
void Teller::introduce_regions() {
    for (const model::Region& row : province::region_rows()) {
        if (row.parent.empty() || row.code == kPrefecture || row.parent == kPrefecture) {
            book_.add(StoryRegion{row.code, row.name, row.parent});
        }
    }
}

void Teller::introduce() {
    introduce_regions();
    book_.add(StoryProduct{story_gtin(kBeef), "进口冷冻牛腩 20kg/箱"});
    book_.add(StoryProduct{story_gtin(kPork), "冷鲜猪后腿肉"});
    book_.add(StoryProduct{story_gtin(kMince), "混合肉馅 500g"});
    book_.add(StoryProduct{story_gtin(kCucumber), "黄瓜"});
    port_ = enroll(1, "青河国际食品进口有限公司", "青河港进口冷链首站", "importer", "410122");
    // The importer's goods in somebody else's cold store.
    const Holding keeper =
        enroll(2, "中州冷链仓储有限公司", "中州冷库 A 库", "cold_store", "410184");
    cold_store_ = {keeper.site, port_.owner};
    stall_12_ = enroll(3, "万顺肉类批发部", "北郊农产品批发市场 12 号档", "wholesaler", "410108");
    stall_27_ = enroll(4, "鲜达肉类批发行", "北郊农产品批发市场 27 号档", "wholesaler", "410108");
    processor_ = enroll(5, "恒味肉制品加工厂", "恒味肉制品加工厂一车间", "producer", "410183");
    slaughterhouse_ = enroll(6, "金牧生猪定点屠宰厂", "金牧屠宰厂", "slaughterhouse", "410182");
    restaurant_ = enroll(7, "老街牛肉面馆", "老街牛肉面馆", "restaurant", "410105");
    canteen_ = enroll(8, "育才小学食堂", "育才小学食堂", "canteen", "410105");
    cooperative_ = enroll(9, "清溪蔬菜种植专业合作社", "清溪蔬菜基地", "farm", "410181");
    cucumber_trader_ =
        enroll(10, "城南黄瓜批发行", "北郊农产品批发市场 C3 档", "wholesaler", "410108");
    const std::string chain = story_party_code(20);
    book_.add(StoryOperator{chain, "惠民连锁超市有限公司", "retailer", "410104"});
    for (std::uint32_t shop = 1; shop <= kShopCount; ++shop) {
        const Holding holding{story_site_code(20 + shop), chain};
        book_.add(StorySite{holding.site, format("惠民超市第 {} 分店", shop), chain, "410104"});
        shops_.push_back(holding);
    }
    for (std::uint32_t stall = 0; stall < kStallCount; ++stall) {
        const std::string_view name = kStallNames.at(stall);
        stalls_.push_back(enroll(40 + stall, format("{}（个体户）", name), name, "stall", "410103")
        );
    }
}

void Teller::arrive_at_port() {
    const StoryBook::Papers papers = {
        {"cert", "urn:epcglobal:cbv:bt:6909999900015:CIQ-410000-2026-00317"},
        {"bol", "urn:epcglobal:cbv:bt:6909999900015:530420261000031788"},
    };
    book_.create(time_of(2, "08:00"), port_, {beef_a_, 5000}, papers);
    book_.create(time_of(2, "08:05"), port_, {beef_b_, 3000}, papers);
    const std::vector<std::vector<Goods>> pallets = {
        {{beef_a_, 600}, {beef_b_, 400}},  // Two lots on one pallet: they do not touch.
        {{beef_a_, 1000}},
        {{beef_a_, 1000}},
        {{beef_a_, 1000}},
        {{beef_b_, 1000}},
    };
    const Delivery truck{
        "urn:epcglobal:cbv:bt:6909999900015:DN-20260302-001", "豫A12345", "driver-017", false
    };
    std::vector<Goods> containers;
    for (std::uint32_t pallet = 0; pallet < pallets.size(); ++pallet) {
        const std::string code = story_container(101 + pallet);
        book_.pack(time_of(2, format("09:{:02}", pallet)), port_, code, pallets.at(pallet));
        containers.push_back({code, 0});
    }
    book_.deliver(
        {time_of(2, "10:00"), time_of(2, "14:00")}, port_, cold_store_, containers, truck
    );
    for (std::uint32_t pallet = 0; pallet < pallets.size(); ++pallet) {
        book_.unpack(
            time_of(2, format("15:{:02}", pallet)),
            cold_store_,
            containers.at(pallet).code,
            pallets.at(pallet)
        );
    }
}

void Teller::leave_cold_store() {
    const auto note = [](std::string_view number) {
        return "urn:epcglobal:cbv:bt:6909999900015:DN-20260303-" + std::string(number);
    };
    book_.deliver(
        {time_of(3, "05:00"), time_of(3, "06:30")},
        cold_store_,
        stall_12_,
        {{beef_a_, 800}},
        {note("001"), "豫A23456", "driver-021", false}
    );
    book_.deliver(
        {time_of(3, "05:20"), time_of(3, "06:40")},
        cold_store_,
        stall_27_,
        {{beef_a_, 500}, {beef_b_, 600}},
        {note("002"), "豫A23456", "driver-021", false}
    );
    book_.deliver(
        {time_of(3, "08:00"), time_of(3, "11:00")},
        cold_store_,
        processor_,
        {{beef_a_, 1000}, {beef_b_, 400}},
        {note("003"), "豫A34567", "driver-022", false}
    );
    // Stall 27 books in what nobody shipped: an unknown supplier.
    book_.receive(time_of(3, "09:00"), {"", ""}, stall_27_, {{beef_x_, 100}}, {});
}

void Teller::slaughter() {
    book_.create(
        time_of(4, "03:00"),
        slaughterhouse_,
        {pork_, 2000},
        {{"cert", "urn:epcglobal:cbv:bt:6909999900015:QC-20260304-088"}}
    );
    book_.deliver(
        {time_of(4, "04:00"), time_of(4, "06:00")},
        slaughterhouse_,
        processor_,
        {{pork_, 900}},
        {"urn:epcglobal:cbv:bt:6909999900015:DN-20260304-011", "豫A45678", "driver-031", false}
    );
    book_.deliver(
        {time_of(4, "04:10"), time_of(4, "05:30")},
        slaughterhouse_,
        stall_27_,
        {{pork_, 500}},
        {"urn:epcglobal:cbv:bt:6909999900015:DN-20260304-012", "豫A45678", "driver-031", false}
    );
}

void Teller::process() {
    book_.make(
        time_of(4, "10:00"),
        processor_,
        {{beef_a_, 600}, {pork_, 400}},
        {mince_bad_, 980},
        "mixer-03"
    );
    book_.make(
        time_of(5, "10:00"),
        processor_,
        {{beef_b_, 400}, {pork_, 300}},
        {mince_good_, 690},
        "mixer-03"
    );
    // Rework: what was left of the bad batch goes into a third one.
    book_.make(
        time_of(6, "10:00"),
        processor_,
        {{mince_bad_, 80}, {pork_, 200}},
        {mince_rework_, 275},
        "mixer-04"
    );
}

void Teller::supply_shops() {
    for (std::uint32_t shop = 0; shop < kShopCount; ++shop) {
        const Holding& at = shops_.at(shop);
        const Delivery bad{
            format("urn:epcglobal:cbv:bt:6909999900015:DN-20260305-1{:02}", shop + 1),
            "豫A56789",
            "driver-041",
            false
        };
        const Delivery good{
            format("urn:epcglobal:cbv:bt:6909999900015:DN-20260306-1{:02}", shop + 1),
            "豫A56789",
            "driver-041",
            false
        };
        const std::string minute = format("{:02}", shop);
        book_.deliver(
            {time_of(5, "04:" + minute), time_of(5, "07:" + minute)},
            processor_,
            at,
            {{mince_bad_, 60}},
            bad
        );
        book_.deliver(
            {time_of(6, "04:" + minute), time_of(6, "07:" + minute)},
            processor_,
            at,
            {{mince_good_, 45}},
            good
        );
        for (std::uint32_t day = 5; day <= 7; ++day) {
            book_.sell(time_of(day, "20:" + minute), at, {mince_bad_, 15});
        }
        book_.sell(time_of(6, "21:" + minute), at, {mince_good_, 20});
        book_.sell(time_of(7, "21:" + minute), at, {mince_good_, 20});
    }
}

void Teller::supply_stalls() {
    const auto note = [](std::uint32_t number) {
        return format("urn:epcglobal:cbv:bt:6909999900015:DN-20260304-2{:02}", number);
    };
    const Delivery by_hand{note(1), "", "", false};
    book_.deliver(
        {time_of(4, "05:00"), time_of(4, "06:00")},
        stall_12_,
        restaurant_,
        {{beef_a_, 120}},
        by_hand
    );
    book_.deliver(
        {time_of(4, "05:10"), time_of(4, "06:20")},
        stall_12_,
        canteen_,
        {{beef_a_, 200}},
        {note(2), "", "", false}
    );
    for (std::uint32_t stall = 0; stall < kStallCount; ++stall) {
        const Delivery delivery{note(3 + stall), "", "", false};
        const std::string shipped = time_of(4, format("05:{:02}", 20 + stall));
        book_.ship(shipped, stall_12_, stalls_.at(stall), {{beef_a_, 60}}, delivery);
        // The last stall never confirms: what was sent to it stays in transit.
        if (stall + 1 < kStallCount) {
            const std::string received = time_of(4, format("07:{:02}", stall));
            book_.receive(received, stall_12_, stalls_.at(stall), {{beef_a_, 60}}, delivery);
            book_.sell(time_of(5, format("08:{:02}", stall)), stalls_.at(stall), {beef_a_, 20});
            book_.sell(time_of(6, format("08:{:02}", stall)), stalls_.at(stall), {beef_a_, 20});
        }
    }
}

void Teller::return_from_canteen() {
    book_.deliver(
        {time_of(5, "09:00"), time_of(5, "10:00")},
        canteen_,
        stall_12_,
        {{beef_a_, 50}},
        {"urn:epcglobal:cbv:bt:6909999900015:RT-20260305-001", "", "", true}
    );
    book_.deliver(
        {time_of(5, "15:00"), time_of(5, "15:40")},
        stall_12_,
        restaurant_,
        {{beef_a_, 50}},
        {"urn:epcglobal:cbv:bt:6909999900015:DN-20260305-301", "", "", false}
    );
}

void Teller::stop_everything() {
    // The sample from the first stall is positive.
    book_.hold(time_of(8, "09:00"), stalls_.front(), beef_a_);
    book_.hold(time_of(8, "09:30"), cold_store_, beef_a_);
    book_.hold(time_of(8, "09:31"), stall_12_, beef_a_);
    book_.hold(time_of(8, "09:32"), stall_27_, beef_a_);
    book_.hold(time_of(8, "09:33"), processor_, beef_a_);
    for (std::uint32_t shop = 0; shop < kShopCount; ++shop) {
        book_.hold(time_of(8, format("10:{:02}", shop)), shops_.at(shop), mince_bad_);
    }
    // And still sold: a violation.
    book_.hold(time_of(8, "10:30"), stalls_.at(1), beef_a_);
    book_.sell(time_of(8, "18:00"), stalls_.at(1), {beef_a_, 10});
}

void Teller::send_back() {
    constexpr std::uint32_t kReturning = 5;  // The other nine still have theirs.
    for (std::uint32_t shop = 0; shop < kReturning; ++shop) {
        const std::string minute = format("{:02}", shop);
        book_.deliver(
            {time_of(9, "08:" + minute), time_of(9, "12:" + minute)},
            shops_.at(shop),
            processor_,
            {{mince_bad_, 15}},
            {format("urn:epcglobal:cbv:bt:6909999900015:RT-20260309-1{:02}", shop + 1),
             "豫A56789",
             "driver-041",
             true}
        );
    }
    book_.destroy(
        time_of(10, "09:00"),
        processor_,
        {mince_bad_, 75},
        "urn:epcglobal:cbv:bt:6909999900015:DS-20260310-001"
    );
}

void Teller::grow_cucumbers() {
    for (std::uint32_t day = 2; day <= 7; ++day) {
        const std::string lot = story_lot(kCucumber, format("HG202603{:02}", day));
        const auto note = [&](std::uint32_t number) {
            return format("urn:epcglobal:cbv:bt:6909999900015:HG-202603{:02}-{}", day, number);
        };
        book_.create(time_of(day, "00:30"), cooperative_, {lot, 400}, {});
        book_.deliver(
            {time_of(day, "01:30"), time_of(day, "03:00")},
            cooperative_,
            cucumber_trader_,
            {{lot, 400}},
            {note(1), "豫A67890", "driver-051", false}
        );
        book_.deliver(
            {time_of(day, "04:00"), time_of(day, "05:00")},
            cucumber_trader_,
            canteen_,
            {{lot, 80}},
            {note(2), "", "", false}
        );
        for (std::uint32_t stall = 0; stall < 3; ++stall) {
            book_.deliver(
                {time_of(day, format("04:1{}", stall)), time_of(day, format("05:1{}", stall))},
                cucumber_trader_,
                stalls_.at(stall),
                {{lot, 100}},
                {note(3 + stall), "", "", false}
            );
            book_.sell(time_of(day, format("12:0{}", stall)), stalls_.at(stall), {lot, 100});
        }
    }
}

DemoStory Teller::tell() {
    introduce();
    arrive_at_port();
    leave_cold_store();
    slaughter();
    process();
    supply_shops();
    supply_stalls();
    return_from_canteen();
    stop_everything();
    send_back();
    grow_cucumbers();
    const auto link = [](std::string_view zh, std::string_view en, std::string_view code) {
        return service::Story{
            std::string(zh),
            std::string(en),
            std::string(code),
            "/?q=" + http::percent_encode(code) + "&direction=full"
        };
    };
    DemoStory story;
    story.document = book_.document();
    story.event_count = book_.event_count();
    story.links = {
        link("问题批次：进口牛腩 A20260301", "The bad lot: imported beef A20260301", "A20260301"),
        link("混合批次：肉馅 M20260304", "The mixed batch: mince M20260304", "M20260304"),
        link("回炉批次：肉馅 M20260306", "The rework: mince M20260306", "M20260306"),
        link("来源不明：牛腩 X20260227", "Unknown supplier: beef X20260227", "X20260227"),
        link("运输车辆：豫A23456", "A vehicle: 豫A23456", "豫A23456"),
    };
    return story;
}

}  // namespace

DemoStory tell_story() {
    return Teller().tell();
}

}  // namespace suyuan::app
