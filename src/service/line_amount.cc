// SPDX-License-Identifier: Apache-2.0
//
// Amounts and units as scales, delivery notes and programs write them.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/result.h"
#include "model/quantity.h"
#include "service/detail/line_text.h"
#include "service/line_sheet.h"
#include "service/line_values.h"

namespace suyuan::service {
namespace {

using detail::is_all_digits;
using detail::refuse;

constexpr std::size_t kDecimalsMax = 6;

// "1,300.5" -> "1300.5": one kind of separator, three digits by three. nullopt: they stand
// otherwise.
std::optional<std::string> ungrouped(std::string_view text) {
    constexpr std::size_t kGroup = 3;
    const auto first = text.find_first_of(", ");
    if (first == std::string_view::npos) {
        return std::string(text);
    }
    const std::string_view whole = text.substr(0, text.find('.'));
    if (first == 0 || first > kGroup || first >= whole.size()) {
        return std::nullopt;
    }
    std::string out(whole.substr(0, first));
    for (std::size_t at = first; at < whole.size(); at += kGroup + 1) {
        const std::string_view digits = whole.substr(at + 1, kGroup);
        if (whole[at] != whole[first] || digits.size() != kGroup || !is_all_digits(digits)) {
            return std::nullopt;
        }
        out += digits;
    }
    return out + std::string(text.substr(whole.size()));
}

// A number with more than six decimals, as programs that count in binary make them
// (4.1000000000000003): rounded to six, half to even. nullopt if it is none, or comes to nothing.
std::optional<model::Decimal> rounded(std::string_view text) {
    constexpr std::size_t kDigitsMax = 60;
    constexpr int kExponentMax = 30;
    const auto exponent_at = text.find_first_of("eE");
    const std::string_view plain = text.substr(0, exponent_at);
    int exponent = 0;
    if (exponent_at != std::string_view::npos) {
        std::string_view digits = text.substr(exponent_at + 1);
        digits.remove_prefix(digits.starts_with('+') ? 1 : 0);
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
        if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) {
            return std::nullopt;
        }
    }
    const auto point = plain.find('.');
    std::string digits(plain.substr(0, point));
    std::size_t decimals = 0;
    if (point != std::string_view::npos) {
        digits += plain.substr(point + 1);
        decimals = plain.size() - point - 1;
    }
    if (digits.empty() || digits.size() > kDigitsMax || !is_all_digits(digits) || exponent > 0 ||
        exponent < -kExponentMax) {
        return std::nullopt;
    }
    decimals += static_cast<std::size_t>(-exponent);
    if (decimals <= kDecimalsMax) {
        return std::nullopt;
    }
    const std::size_t dropped = decimals - kDecimalsMax;
    digits.insert(0, std::string(dropped, '0'));
    const std::string kept = digits.substr(0, digits.size() - dropped);
    const std::string_view rest = std::string_view(digits).substr(kept.size());
    std::int64_t millionths = 0;
    const auto read = std::from_chars(kept.data(), kept.data() + kept.size(), millionths);
    if (kept.empty() || read.ec != std::errc()) {
        return std::nullopt;
    }
    const bool is_half = rest[0] == '5' && rest.find_first_not_of('0', 1) == std::string_view::npos;
    const bool goes_up = is_half ? millionths % 2 == 1 : rest[0] >= '5';
    constexpr std::int64_t kMax = 9'000'000'000'000'000'000;
    millionths = std::min(millionths, kMax) + (goes_up ? 1 : 0);
    return millionths == 0 ? std::nullopt : std::optional(model::Decimal{millionths});
}

struct UnitName {
    std::string_view name;
    std::string_view unit;  // Recommendation 20
};

// clang-format off: a table reads by column.
// Containers of no fixed size are units of their own: twelve boxes are not twelve pieces.
constexpr std::array kUnits = {
    UnitName{"㎏", "KGM"}, UnitName{"千克", "KGM"}, UnitName{"公斤", "KGM"}, UnitName{"kg", "KGM"}, UnitName{"kgs", "KGM"},
    UnitName{"克", "GRM"},   UnitName{"g", "GRM"},    UnitName{"毫克", "MGM"}, UnitName{"mg", "MGM"},
    UnitName{"吨", "TNE"},   UnitName{"公吨", "TNE"}, UnitName{"t", "TNE"},    UnitName{"ton", "TNE"}, UnitName{"tons", "TNE"},
    UnitName{"lb", "LBR"},   UnitName{"lbs", "LBR"},  UnitName{"磅", "LBR"},
    UnitName{"升", "LTR"},   UnitName{"l", "LTR"},    UnitName{"公升", "LTR"},
    UnitName{"毫升", "MLT"}, UnitName{"ml", "MLT"},
    UnitName{"个", ""}, UnitName{"件", ""}, UnitName{"只", ""}, UnitName{"头", ""}, UnitName{"条", ""},
    UnitName{"枚", ""}, UnitName{"块", ""}, UnitName{"片", ""}, UnitName{"羽", ""}, UnitName{"份", ""},
    UnitName{"根", ""}, UnitName{"尾", ""}, UnitName{"粒", ""}, UnitName{"颗", ""}, UnitName{"棵", ""},
    UnitName{"张", ""}, UnitName{"支", ""},
    UnitName{"piece", ""}, UnitName{"pieces", ""}, UnitName{"pcs", ""}, UnitName{"pc", ""}, UnitName{"ea", ""}, UnitName{"h87", ""},
    UnitName{"双", "PR"}, UnitName{"对", "PR"}, UnitName{"打", "DZN"}, UnitName{"套", "SET"},
    UnitName{"箱", "XCT"}, UnitName{"carton", "XCT"}, UnitName{"ctn", "XCT"}, UnitName{"ctns", "XCT"}, UnitName{"ct", "XCT"},
    UnitName{"盒", "XBX"}, UnitName{"box", "XBX"}, UnitName{"bx", "XBX"},
    UnitName{"袋", "XBG"}, UnitName{"bag", "XBG"}, UnitName{"bg", "XBG"}, UnitName{"包", "XPK"}, UnitName{"pk", "XPK"},
    UnitName{"瓶", "XBO"}, UnitName{"bottle", "XBO"}, UnitName{"bo", "XBO"},
    UnitName{"罐", "XCA"}, UnitName{"听", "XTN"}, UnitName{"桶", "XBJ"}, UnitName{"托", "XPX"}, UnitName{"筐", "XCR"}, UnitName{"框", "XCR"},
    UnitName{"篮", "XBK"}, UnitName{"坛", "XJR"}, UnitName{"碗", ""}, UnitName{"case", "XCS"}, UnitName{"cases", "XCS"}, UnitName{"cs", "XCS"},
    UnitName{"板", "XPU"}, UnitName{"盘", "XPU"}, UnitName{"提", "XPA"},
    UnitName{"捆", "XBE"}, UnitName{"扎", "XBE"}, UnitName{"把", "XBH"}, UnitName{"串", "XBH"},
};

// Of UN/ECE Recommendations 20 (units) and 21 (packages, with an X before them) what food is
// counted in.
constexpr std::array<std::string_view, 69> kUnitCodes = {
    "KGM", "GRM", "MGM", "TNE", "LBR", "ONZ", "HGM", "DTN",
    "LTR", "MLT", "CLT", "DLT", "HLT", "MTQ", "DMQ", "CMQ",
    "H87", "EA", "C62", "DZN", "GRO", "PR", "SET", "NMP", "NPR", "MTR", "CMT", "MTK",
    "XAM", "XBA", "XBC", "XBD", "XBE", "XBG", "XBH", "XBI", "XBJ", "XBK", "XBO", "XBQ", "XBX", "XCA", "XCG", "XCR", "XCS", "XCT", "XCX",
    "XDR", "XEC", "XEN", "XJR", "XJY", "XKG", "XNT", "XPA", "XPC", "XPK", "XPT", "XPU", "XPX", "XRO", "XSA", "XSC", "XSW", "XTB", "XTN", "XTU", "XTY", "XVP",
};
// clang-format on

std::string in_case(std::string_view text, char first, char other_first) {
    std::string out(text);
    for (char& letter : out) {
        if (letter >= first && letter <= first + 25) {
            letter = static_cast<char>(letter - first + other_first);
        }
    }
    return out;
}

// "袋(10kg)" -> "袋", "pcs." -> "pcs": a remark is no part of the unit.
std::string without_remark(std::string_view unit) {
    std::string plain = half_width(unit);
    const auto open = plain.find_first_of("([");
    if (open != std::string::npos && open > 0 && (plain.back() == ')' || plain.back() == ']')) {
        plain.resize(open);
    }
    plain.erase(std::ranges::remove(plain, ' ').begin(), plain.end());
    while (plain.ends_with('.')) {
        plain.pop_back();
    }
    return plain;
}

}  // namespace

Result<model::Decimal> read_line_amount(std::string_view text) {
    const std::string plain = half_width(text);
    const auto number = ungrouped(plain);
    if (!number) {
        return refuse(
            "分不清是小数点还是千位分隔：小数点写“.”，千位逗号后面要有三位，如 1,300 或 1.5。",
            "a decimal point or a separator of thousands: write \".\" for the point, and three "
            "digits after each separator, such as 1,300 or 1.5"
        );
    }
    auto amount = model::parse_decimal(*number);
    if (!amount) {
        if (const auto near = rounded(*number)) {
            return *near;
        }
        return refuse(
            "不是数量：请只写数字，单位写在“单位”列。",
            "no amount: write a number; the unit has its own column"
        );
    }
    if (amount->millionths < 0) {
        return refuse(
            "数量不能为负：退货请作为另一张出货单。",
            "an amount is not negative: a return is a line of its own, on the outbound sheet"
        );
    }
    return *amount;
}

Result<model::Quantity> in_unit(model::Decimal amount, std::string_view unit) {
    if (unit.empty()) {
        return refuse(
            "缺少单位：如 千克、件、箱。", "the unit is missing: such as kg, piece, carton"
        );
    }
    const std::string plain = without_remark(unit);
    const auto* const named =
        std::ranges::find(kUnits, std::string_view(in_case(plain, 'A', 'a')), &UnitName::name);
    if (named != kUnits.end()) {
        return model::Quantity{.amount = amount, .unit = std::string(named->unit)};
    }
    const std::string code = in_case(plain, 'a', 'A');
    if (std::ranges::find(kUnitCodes, std::string_view(code)) != kUnitCodes.end()) {
        return model::Quantity{.amount = amount, .unit = code};
    }
    for (const std::string_view base : {"KGM", "LTR"}) {
        if (auto converted = model::convert({.amount = amount, .unit = plain}, base)) {
            return *std::move(converted);
        }
    }
    return refuse(
        "不认识这个单位：请写 千克、克、吨、斤、升、件、只、箱、盒、袋、瓶，或 UN/ECE 单位代码（如 "
        "KGM）。",
        "unknown unit: write kg, g, t, l, ml, piece, carton, box, bag, or a UN/ECE code such as KGM"
    );
}

}  // namespace suyuan::service
