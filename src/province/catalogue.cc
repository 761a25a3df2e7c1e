// SPDX-License-Identifier: Apache-2.0

#include "province/catalogue.h"

#include <array>
#include <cstddef>
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

constexpr Product kilograms(Category category, std::string_view name) {
    return {category, name, "KGM", 1'000};
}

constexpr Product pieces(Category category, std::string_view name, int grams) {
    return {category, name, "", grams};
}

using enum Category;

constexpr std::array<Product, kLooseCount> kLooseProducts = {{
    kilograms(kVegetables, "大白菜"),
    kilograms(kVegetables, "黄瓜"),
    kilograms(kVegetables, "西红柿"),
    kilograms(kVegetables, "豇豆"),
    kilograms(kVegetables, "芹菜"),
    kilograms(kVegetables, "韭菜"),
    kilograms(kVegetables, "菠菜"),
    kilograms(kVegetables, "辣椒"),
    kilograms(kVegetables, "茄子"),
    kilograms(kVegetables, "土豆"),
    kilograms(kVegetables, "白萝卜"),
    kilograms(kVegetables, "胡萝卜"),
    kilograms(kVegetables, "大葱"),
    kilograms(kVegetables, "大蒜"),
    kilograms(kVegetables, "香菇"),
    kilograms(kVegetables, "金针菇"),
    kilograms(kFruit, "苹果"),
    kilograms(kFruit, "梨"),
    kilograms(kFruit, "桃"),
    kilograms(kFruit, "西瓜"),
    kilograms(kFruit, "葡萄"),
    kilograms(kFruit, "猕猴桃"),
    kilograms(kFruit, "草莓"),
    kilograms(kFruit, "大枣"),
    kilograms(kAquatic, "鲤鱼"),
    kilograms(kAquatic, "草鱼"),
    kilograms(kAquatic, "鲫鱼"),
    kilograms(kAquatic, "鲈鱼"),
    kilograms(kAquatic, "小龙虾"),
    kilograms(kAquatic, "牛蛙"),
    kilograms(kAquatic, "泥鳅"),
    kilograms(kAquatic, "河虾"),
    kilograms(kMeat, "进口冷冻牛腩 20kg/箱"),
    kilograms(kMeat, "进口冷冻牛腱 20kg/箱"),
    kilograms(kMeat, "进口冷冻羊排 15kg/箱"),
    kilograms(kMeat, "进口冷冻猪肘 20kg/箱"),
    kilograms(kMeat, "进口冷冻鸡爪 10kg/箱"),
    kilograms(kMeat, "进口冷冻鸡翅 10kg/箱"),
    kilograms(kMeat, "进口冷冻猪肋排 18kg/箱"),
    kilograms(kMeat, "进口冷冻牛霖 20kg/箱"),
    kilograms(kAquatic, "进口冷冻白虾 10kg/箱"),
    kilograms(kAquatic, "进口冷冻带鱼 15kg/箱"),
    kilograms(kAquatic, "进口冷冻鳕鱼 10kg/箱"),
    kilograms(kAquatic, "进口冷冻鱿鱼 10kg/箱"),
    kilograms(kFruit, "进口榴莲 18kg/箱"),
    kilograms(kFruit, "进口车厘子 5kg/箱"),
    kilograms(kFruit, "进口香蕉 13kg/箱"),
    kilograms(kFruit, "进口火龙果 10kg/箱"),
    kilograms(kOther, "生猪"),
    kilograms(kMeat, "鲜猪肉（白条）"),
    kilograms(kMeat, "猪副产品"),
    kilograms(kMeat, "白条鸡"),
    kilograms(kOther, "鲜鸡蛋"),
    kilograms(kOther, "生鲜乳"),
    kilograms(kGrain, "小麦"),
    kilograms(kOther, "花生仁"),
    kilograms(kGrain, "高粱"),
    kilograms(kOther, "怀山药原料"),
    pieces(kOther, "学生营养午餐（两荤一素）", 450),
    pieces(kOther, "学生营养午餐（一荤两素）", 450),
    pieces(kOther, "集体配餐盒饭", 500),
    pieces(kOther, "中央厨房预制菜", 400),
}};

using PackedProducts = std::array<Product, kPackedPerMaker>;

constexpr std::array<PackedProducts, kCraftCount> kPackedProducts = {{
    {{
        pieces(kMeat, "混合肉馅 500g", 500),
        pieces(kMeat, "火腿肠 400g", 400),
        pieces(kMeat, "酱卤牛肉 250g", 250),
        pieces(kMeat, "速冻肉丸 1kg", 1'000),
    }},
    {{
        pieces(kGrain, "小麦粉 25kg", 25'000),
        pieces(kGrain, "小麦粉 5kg", 5'000),
        pieces(kGrain, "挂面 1kg", 1'000),
        pieces(kGrain, "速冻馒头 800g", 800),
    }},
    {{
        pieces(kDairy, "巴氏杀菌乳 950g", 950),
        pieces(kDairy, "灭菌乳 250g", 250),
        pieces(kDairy, "风味发酵乳 200g", 200),
        pieces(kDairy, "学生饮用奶 200g", 200),
    }},
    {{
        {kOil, "压榨花生油", "LTR", 920},
        {kOil, "食用植物调和油", "LTR", 920},
        pieces(kOil, "小磨香油 450g", 450),
        pieces(kOil, "花生油 5L", 4'600),
    }},
    {{
        {kLiquor, "散装高粱白酒 52%vol", "LTR", 920},
        pieces(kLiquor, "浓香型白酒 500ml", 460),
        pieces(kLiquor, "清香型白酒 500ml", 460),
        pieces(kLiquor, "配制酒 500ml", 480),
    }},
    {{
        pieces(kInfantFormula, "婴儿配方乳粉（1段）800g", 800),
        pieces(kInfantFormula, "较大婴儿配方乳粉（2段）800g", 800),
        pieces(kInfantFormula, "幼儿配方乳粉（3段）800g", 800),
        pieces(kInfantFormula, "婴幼儿谷类辅助食品 225g", 225),
    }},
    {{
        pieces(kHealthFood, "山药膳食纤维片 60g", 60),
        pieces(kHealthFood, "钙维生素D咀嚼片 120g", 120),
        pieces(kHealthFood, "蛋白粉 400g", 400),
        pieces(kHealthFood, "灵芝孢子粉胶囊 30g", 30),
    }},
    {{
        pieces(kMeat, "分装冷冻牛肉块 500g", 500),
        pieces(kAquatic, "分装冷冻虾仁 500g", 500),
        pieces(kVegetables, "净菜拼盘 400g", 400),
        pieces(kFruit, "鲜切水果 300g", 300),
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
