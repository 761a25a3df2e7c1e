// SPDX-License-Identifier: Apache-2.0

#include "province/catalogue.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace suyuan::province {
namespace {

constexpr std::array<std::string_view, kCategoryCount> kCategoryNames = {
    "蔬菜",
    "水果",
    "水产品",
    "粮食及其制品",
    "肉制品",
    "乳制品",
    "食用油",
    "酒类",
    "保健食品",
    "婴幼儿配方食品",
    "其他"
};

constexpr Product kilograms(Category category, std::string_view name, std::uint32_t days) {
    return {category, name, "KGM", 1'000, days};
}

constexpr Product pieces(Category category, std::string_view name, int grams, std::uint32_t days) {
    return {category, name, "", grams, days};
}

using enum Category;

constexpr std::array<Product, kLooseCount> kLooseProducts = {{
    kilograms(kVegetables, "大白菜", 20),
    kilograms(kVegetables, "黄瓜", 7),
    kilograms(kVegetables, "西红柿", 7),
    kilograms(kVegetables, "豇豆", 7),
    kilograms(kVegetables, "芹菜", 7),
    kilograms(kVegetables, "韭菜", 7),
    kilograms(kVegetables, "菠菜", 7),
    kilograms(kVegetables, "辣椒", 7),
    kilograms(kVegetables, "茄子", 7),
    kilograms(kVegetables, "土豆", 60),
    kilograms(kVegetables, "白萝卜", 30),
    kilograms(kVegetables, "胡萝卜", 30),
    kilograms(kVegetables, "大葱", 15),
    kilograms(kVegetables, "大蒜", 60),
    kilograms(kVegetables, "香菇", 7),
    kilograms(kVegetables, "金针菇", 7),
    kilograms(kFruit, "苹果", 60),
    kilograms(kFruit, "梨", 45),
    kilograms(kFruit, "桃", 10),
    kilograms(kFruit, "西瓜", 10),
    kilograms(kFruit, "葡萄", 10),
    kilograms(kFruit, "猕猴桃", 10),
    kilograms(kFruit, "草莓", 10),
    kilograms(kFruit, "大枣", 180),
    kilograms(kAquatic, "鲤鱼", 2),
    kilograms(kAquatic, "草鱼", 2),
    kilograms(kAquatic, "鲫鱼", 2),
    kilograms(kAquatic, "鲈鱼", 2),
    kilograms(kAquatic, "小龙虾", 2),
    kilograms(kAquatic, "牛蛙", 2),
    kilograms(kAquatic, "泥鳅", 2),
    kilograms(kAquatic, "河虾", 2),
    kilograms(kMeat, "进口冷冻牛腩 20kg/箱", 720),
    kilograms(kMeat, "进口冷冻牛腱 20kg/箱", 720),
    kilograms(kMeat, "进口冷冻羊排 15kg/箱", 720),
    kilograms(kMeat, "进口冷冻猪肘 20kg/箱", 720),
    kilograms(kMeat, "进口冷冻鸡爪 10kg/箱", 720),
    kilograms(kMeat, "进口冷冻鸡翅 10kg/箱", 720),
    kilograms(kMeat, "进口冷冻猪肋排 18kg/箱", 720),
    kilograms(kMeat, "进口冷冻牛霖 20kg/箱", 720),
    kilograms(kAquatic, "进口冷冻白虾 10kg/箱", 540),
    kilograms(kAquatic, "进口冷冻带鱼 15kg/箱", 540),
    kilograms(kAquatic, "进口冷冻鳕鱼 10kg/箱", 540),
    kilograms(kAquatic, "进口冷冻鱿鱼 10kg/箱", 540),
    kilograms(kFruit, "进口榴莲 18kg/箱", 14),
    kilograms(kFruit, "进口车厘子 5kg/箱", 14),
    kilograms(kFruit, "进口香蕉 13kg/箱", 14),
    kilograms(kFruit, "进口火龙果 10kg/箱", 14),
    kilograms(kOther, "生猪", 0),
    kilograms(kMeat, "鲜猪肉（白条）", 2),
    kilograms(kMeat, "猪副产品", 2),
    kilograms(kMeat, "白条鸡", 3),
    kilograms(kOther, "鲜鸡蛋", 45),
    kilograms(kOther, "生鲜乳", 2),
    kilograms(kGrain, "小麦", 1095),
    kilograms(kOther, "花生仁", 270),
    kilograms(kGrain, "高粱", 730),
    kilograms(kOther, "怀山药原料", 365),
    pieces(kOther, "学生营养午餐（两荤一素）", 450, 1),
    pieces(kOther, "学生营养午餐（一荤两素）", 450, 1),
    pieces(kOther, "集体配餐盒饭", 500, 1),
    pieces(kOther, "中央厨房预制菜", 400, 3),
}};

using PackedProducts = std::array<Product, kPackedPerMaker>;

constexpr std::array<PackedProducts, kCraftCount> kPackedProducts = {{
    {{
        pieces(kMeat, "混合肉馅 500g", 500, 3),
        pieces(kMeat, "火腿肠 400g", 400, 180),
        pieces(kMeat, "酱卤牛肉 250g", 250, 90),
        pieces(kMeat, "速冻肉丸 1kg", 1'000, 360),
    }},
    {{
        pieces(kGrain, "小麦粉 25kg", 25'000, 270),
        pieces(kGrain, "小麦粉 5kg", 5'000, 270),
        pieces(kGrain, "挂面 1kg", 1'000, 365),
        pieces(kGrain, "速冻馒头 800g", 800, 270),
    }},
    {{
        pieces(kDairy, "巴氏杀菌乳 950g", 950, 7),
        pieces(kDairy, "灭菌乳 250g", 250, 180),
        pieces(kDairy, "风味发酵乳 200g", 200, 21),
        pieces(kDairy, "学生饮用奶 200g", 200, 150),
    }},
    {{
        {kOil, "压榨花生油", "LTR", 920, 540},
        {kOil, "食用植物调和油", "LTR", 920, 540},
        pieces(kOil, "小磨香油 450g", 450, 540),
        pieces(kOil, "花生油 5L", 4'600, 540),
    }},
    {{
        {kLiquor, "散装高粱白酒 52%vol", "LTR", 920, 0},
        pieces(kLiquor, "浓香型白酒 500ml", 460, 0),
        pieces(kLiquor, "清香型白酒 500ml", 460, 0),
        pieces(kLiquor, "配制酒 500ml", 480, 1095),
    }},
    {{
        pieces(kInfantFormula, "婴儿配方乳粉（1段）800g", 800, 730),
        pieces(kInfantFormula, "较大婴儿配方乳粉（2段）800g", 800, 730),
        pieces(kInfantFormula, "幼儿配方乳粉（3段）800g", 800, 730),
        pieces(kInfantFormula, "婴幼儿谷类辅助食品 225g", 225, 540),
    }},
    {{
        pieces(kHealthFood, "山药膳食纤维片 60g", 60, 730),
        pieces(kHealthFood, "钙维生素D咀嚼片 120g", 120, 730),
        pieces(kHealthFood, "蛋白粉 400g", 400, 730),
        pieces(kHealthFood, "灵芝孢子粉胶囊 30g", 30, 730),
    }},
    {{
        pieces(kMeat, "分装冷冻牛肉块 500g", 500, 360),
        pieces(kAquatic, "分装冷冻虾仁 500g", 500, 360),
        pieces(kVegetables, "净菜拼盘 400g", 400, 3),
        pieces(kFruit, "鲜切水果 300g", 300, 2),
    }},
}};

constexpr std::array<std::string_view, kCraftCount> kLicenceKinds = {
    "104", "101", "105", "102", "115", "129", "127", "111"
};

}  // namespace

std::string_view name_of(Category category) noexcept {
    return kCategoryNames.at(static_cast<std::size_t>(category));
}

std::span<const Product, kLooseCount> loose_products() noexcept {
    return kLooseProducts;
}

std::span<const Product, kPackedPerMaker> packed_products(Craft craft) noexcept {
    return kPackedProducts.at(static_cast<std::size_t>(craft));
}

std::string_view licence_kind(Craft craft) noexcept {
    return kLicenceKinds.at(static_cast<std::size_t>(craft));
}

}  // namespace suyuan::province
