// SPDX-License-Identifier: Apache-2.0

#include "province/wording.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "province/regions.h"
#include "province/roster.h"
#include "province/scale.h"

namespace suyuan::province {
namespace {

constexpr std::size_t kCharacterBytes = 3;

constexpr std::string_view kFirst =
    "鑫恒万金天瑞福德永宏盛嘉泰顺兴隆祥和裕丰源康安庆诚益民惠众新豫嵩洛沃绿禾田园农谷春秋青翠聚汇广"
    "通远鸿昌茂富";
constexpr std::string_view kSecond =
    "源丰盛兴隆祥和裕泰顺康安昌茂庆益诚佳园禾田禄林泉溪山川谷岭原地村家厨味香鲜优尚雅悦欣欢乐喜旺荣"
    "发来至成立业元亨利贞瑞";
constexpr std::uint32_t kFirstCount = kFirst.size() / kCharacterBytes;
constexpr std::uint32_t kSecondCount = kSecond.size() / kCharacterBytes;
constexpr std::uint32_t kPairs = kFirstCount * kSecondCount;
// Prime to the number of pairs: every pair comes once before one comes again.
constexpr std::uint32_t kStep = 1'237;
static_assert(kFirst.size() % kCharacterBytes == 0 && kSecond.size() % kCharacterBytes == 0);
static_assert(kPairs % kStep != 0 && kPairs >= 3'000);

std::string_view character(std::string_view of, std::uint32_t place) {
    return of.substr(std::size_t{place} * kCharacterBytes, kCharacterBytes);
}

using Patterns = std::span<const NamePattern>;

constexpr std::array<NamePattern, kTrades> kFarms = {{
    {"生猪养殖场", "养殖区"},
    {"水产养殖场", "养殖塘"},
    {"奶牛养殖有限公司", "挤奶厅"},
    {"禽业有限公司", "禽舍"},
    {"蔬菜种植家庭农场", "蔬菜基地"},
    {"食用菌种植专业户", "菇棚", true},
    {"果业家庭农场", "果园"},
    {"粮油种植家庭农场", "种植基地"},
}};

constexpr std::array<NamePattern, kTrades> kProcessors = {{
    {"肉制品有限公司", "肉制品车间"},
    {"面粉有限责任公司", "制粉车间"},
    {"乳业有限公司", "乳品车间"},
    {"粮油工业有限公司", "榨油车间"},
    {"酒业股份有限公司", "酿造车间"},
    {"婴幼儿营养食品有限公司", "配方粉车间"},
    {"生物科技保健食品有限公司", "保健食品车间"},
    {"冷链食品分装有限公司", "分装车间"},
}};

constexpr std::array<NamePattern, kTrades> kCanteens = {{
    {"小学食堂", "学生餐厅", true},
    {"实验小学食堂", "学生餐厅", true},
    {"初级中学食堂", "学生餐厅", true},
    {"高级中学食堂", "学生餐厅", true},
    {"幼儿园食堂", "厨房", true},
    {"职业中等专业学校食堂", "学生餐厅", true},
    {"集体用餐配送有限公司", "配餐车间"},
    {"餐饮管理有限公司中央厨房", "中央厨房"},
}};

constexpr std::array<NamePattern, 4> kCooperatives = {{
    {"蔬菜种植农民专业合作社", "分拣中心"},
    {"果蔬种植农民专业合作社", "分拣中心"},
    {"种植养殖农民专业合作社", "收购点"},
    {"现代农业产业化种植养殖加工农民专业合作社联合社", "产地仓"},
}};

// By StallTrade, twice.
constexpr std::array<NamePattern, kTrades> kStalls = {{
    {"蔬菜批发部（个体工商户）", "", true},
    {"果品批发行（个体工商户）", "", true},
    {"肉类批发部（个体工商户）", "", true},
    {"水产冻品经营部（个体工商户）", "", true},
    {"蔬菜食用菌经营部（个体工商户）", "", true},
    {"水果批发部（个体工商户）", "", true},
    {"鲜冻肉品经营部（个体工商户）", "", true},
    {"水产批发行（个体工商户）", "", true},
}};

// kFreshShop is the second; one in four of the sixth is a chain and has another name.
constexpr std::array<NamePattern, kTrades> kShops = {{
    {"生活超市（个体工商户）", "超市", true},
    {"生鲜店（个体工商户）", "生鲜店", true},
    {"便利店（个体工商户）", "便利店", true},
    {"商贸有限公司", "购物广场"},
    {"副食超市（个体工商户）", "超市", true},
    {"百货超市（个体工商户）", "超市", true},
    {"便民店（个体工商户）", "便民店", true},
    {"商业有限公司", "购物中心"},
}};

constexpr std::array<NamePattern, 4> kRestaurants = {{
    {"烩面馆（个体工商户）", "烩面馆", true},
    {"胡辣汤店（个体工商户）", "胡辣汤店", true},
    {"家常菜馆（个体工商户）", "家常菜馆", true},
    {"餐饮管理有限公司", "酒楼"},
}};

constexpr std::array<NamePattern, 1> kSlaughterhouses = {{{"生猪定点屠宰有限公司", "屠宰车间"}}};
constexpr std::array<NamePattern, 1> kPorts = {{{"进境食品口岸运营有限公司", "口岸查验场"}}};
constexpr std::array<NamePattern, 1> kImporters = {{{"国际食品进出口贸易有限公司", ""}}};
constexpr std::array<NamePattern, 1> kFirstStations = {
    {{"冷链食品集中监管仓有限公司", "进口冷链首站"}}
};
constexpr std::array<NamePattern, 2> kColdStores = {
    {{"冷链物流有限公司", "冷库"}, {"冷冻仓储服务有限责任公司", "低温库"}}
};
constexpr std::array<NamePattern, 1> kMarkets = {{{"农产品批发市场管理有限公司", "农产品批发市场"}}
};
constexpr std::array<NamePattern, 2> kDistributors = {
    {{"食品配送有限公司", "配送中心"}, {"供应链管理有限公司", "仓配中心"}}
};

Patterns patterns_of(Tier tier) {
    switch (tier) {
        case Tier::kFarm:
            return kFarms;
        case Tier::kCooperative:
            return kCooperatives;
        case Tier::kSlaughterhouse:
            return kSlaughterhouses;
        case Tier::kPort:
            return kPorts;
        case Tier::kImporter:
            return kImporters;
        case Tier::kFirstStation:
            return kFirstStations;
        case Tier::kColdStore:
            return kColdStores;
        case Tier::kMarket:
            return kMarkets;
        case Tier::kStall:
            return kStalls;
        case Tier::kProcessor:
            return kProcessors;
        case Tier::kDistributor:
            return kDistributors;
        case Tier::kShop:
            return kShops;
        case Tier::kRestaurant:
            return kRestaurants;
        case Tier::kCanteen:
            return kCanteens;
    }
    SUYUAN_UNREACHABLE();
}

bool drop(std::string& text, std::string_view ending) {
    if (!text.ends_with(ending)) {
        return false;
    }
    text.resize(text.size() - ending.size());
    return true;
}

}  // namespace

std::string brand_of(std::uint32_t number, std::uint64_t salt) {
    const std::uint64_t pair = (std::uint64_t{number} * kStep + salt) % kPairs;
    const auto place = static_cast<std::uint32_t>(pair);
    std::string brand(character(kFirst, place / kSecondCount));
    brand += character(kSecond, place % kSecondCount);
    if (number >= kPairs) {
        brand += character(kSecond, (number / kPairs - 1) % kSecondCount);
    }
    return brand;
}

std::string short_place(const County& county) {
    std::string place(county.name);
    const Prefecture& parent = prefectures()[county.prefecture];
    if (drop(place, "回族区") || drop(place, "区")) {
        return std::string(parent.short_name) + place;
    }
    if (place.size() > 2 * kCharacterBytes && !drop(place, "县")) {
        drop(place, "市");
    }
    return place;
}

std::string full_place(const County& county) {
    const Prefecture& parent = prefectures()[county.prefecture];
    std::string place(parent.name);
    if (county.name != parent.name) {
        place += county.name;
    }
    return place;
}

NamePattern name_pattern(Tier tier, std::uint32_t trade, std::uint64_t variant) {
    const Patterns patterns = patterns_of(tier);
    return patterns[patterns.size() == kTrades ? trade : variant % patterns.size()];
}

}  // namespace suyuan::province
