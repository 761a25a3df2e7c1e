// SPDX-License-Identifier: Apache-2.0

#include "province/staff.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/format.h"
#include "province/dice.h"
#include "province/scale.h"

namespace suyuan::province {
namespace {

constexpr std::size_t kCharacterBytes = 3;

// In the order of Tier.
constexpr std::array<Workforce, kTierCount> kWorkforces = {{
    {2, 3},  // farm
    {3, 5},  // cooperative
    {4, 8},  // slaughterhouse
    {0, 6},  // port
    {4, 4},  // importer
    {0, 6},  // first station
    {0, 6},  // cold store
    {0, 5},  // market
    {2, 3},  // stall
    {4, 8},  // processor
    {4, 8},  // distributor
    {2, 4},  // shop
    {1, 4},  // restaurant
    {2, 5},  // canteen
}};
static_assert(std::ranges::all_of(kWorkforces, [](const Workforce& force) {
    return force.vehicles <= kVehiclesMax && force.people > 0 && force.people <= kPeopleMax;
}));

constexpr std::array<Titles, kTierCount> kTitles = {{
    {"场长", "生产员", "司机", "生产组长"},
    {"理事长", "收购员", "司机", "收购组长"},
    {"厂长", "屠宰员", "检验员", "屠宰班长"},
    {"口岸主管", "查验员", "仓管员", "查验组长"},
    {"经理", "报关员", "司机", "进口主管"},
    {"站长", "查验员", "采样员", "查验组长"},
    {"经理", "仓管员", "叉车工", "仓库主管"},
    {"市场经理", "检测员", "巡查员", "检测室主任"},
    {"摊主", "售货员", "司机", "领班"},
    {"厂长", "操作工", "质检员", "车间班长"},
    {"经理", "仓管员", "司机", "仓库主管"},
    {"店长", "理货员", "收银员", "值班经理"},
    {"店长", "厨师", "采购员", "厨师长"},
    {"食堂主任", "厨师", "食品安全员", "厨师长"},
}};

// From the most common on.
constexpr std::string_view kSurnames =
    "王李张刘陈杨赵周吴孙徐朱马胡郭何高林郑梁宋谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余"
    "潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖"
    "龚文";
constexpr std::string_view kOfMen =
    "伟强磊军勇涛超杰鹏辉刚斌波建国志明海峰林平华永东文武新民庆春生宝成福来根喜长松振宇浩俊凯旭阳洋"
    "帅";
constexpr std::string_view kOfWomen =
    "芳娜敏静丽艳娟霞秀英玲桂兰红梅燕萍慧雪莉云凤莲淑珍玉巧荣爱香月瑞晓婷佳欣雅倩颖琳媛彩青";
static_assert(kSurnames.size() % kCharacterBytes == 0);
static_assert(kOfMen.size() % kCharacterBytes == 0 && kOfWomen.size() % kCharacterBytes == 0);

std::uint32_t count_of(std::string_view characters) noexcept {
    return static_cast<std::uint32_t>(characters.size() / kCharacterBytes);
}

std::string_view character(std::string_view of, std::uint32_t place) {
    return of.substr(std::size_t{place} * kCharacterBytes, kCharacterBytes);
}

}  // namespace

Workforce workforce_of(Tier tier) noexcept {
    return kWorkforces.at(static_cast<std::size_t>(tier));
}

const Titles& titles_of(Tier tier) noexcept {
    return kTitles.at(static_cast<std::size_t>(tier));
}

std::string staff_id(std::uint32_t number, std::uint32_t index) {
    SUYUAN_ASSERT(index < kPeopleMax);
    return format("E{:07}-{:02}", number, index + 1);
}

std::string person_name(std::uint64_t key) {
    constexpr std::uint32_t kShortInAThousand = 200;
    Dice dice({key, 0x4E414D45});
    const std::uint32_t surnames = count_of(kSurnames);
    const std::uint32_t surname = std::min(dice.skewed(surnames), dice.skewed(surnames));
    const std::string_view given = dice.below(2) == 0 ? kOfMen : kOfWomen;
    std::string name(character(kSurnames, surname));
    name += character(given, dice.below(count_of(given)));
    if (!dice.chance(kShortInAThousand)) {
        name += character(given, dice.below(count_of(given)));
    }
    return name;
}

}  // namespace suyuan::province
