// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "model/detail/text.h"
#include "model/detail/typed.h"
#include "model/detail/verdicts.h"
#include "model/identifiers.h"

namespace suyuan::model {
namespace {

// The first two digits: provinces, autonomous regions, municipalities, special administrative
// regions.
constexpr std::array<std::string_view, 34> kProvinceCodes = {
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34",
    "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52",
    "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
};

std::string digits_of(std::string_view text) {
    return detail::without(detail::as_meant(text), " \t");
}

// A county or township under no city, a village under no township. A township right under a city is
// one: 441900003, of a city without counties.
bool has_gap(std::string_view digits) noexcept {
    const bool has_no_city = digits.substr(2, 2) == "00";
    const bool has_county = digits.substr(4, 2) != "00";
    const bool has_township = digits.size() > 6 && digits.substr(6, 3) != "000";
    const bool has_village = digits.size() > 9 && digits.substr(9, 3) != "000";
    return (has_no_city && (has_county || has_township)) || (has_village && !has_township);
}

}  // namespace

IdentifierCheck check_region_code(std::string_view text) {
    const std::string digits = digits_of(text);
    const bool has_length = digits.size() == 6 || digits.size() == 9 || digits.size() == 12;
    if (!has_length || !detail::all_digits(digits)) {
        return detail::malformed({
            "行政区划代码应为 6 位数字（乡镇 9 位、村 12 位），例如 410100。",
            "A region code has 6 digits (9 for a township, 12 for a village), such as 410100.",
        });
    }
    const std::string_view province = std::string_view(digits).substr(0, 2);
    if (std::ranges::find(kProvinceCodes, province) == kProvinceCodes.end()) {
        return detail::malformed({
            "行政区划代码前两位不是省级代码（11–82），请核对。",
            "The first two digits of the region code are no province (11-82). Check them.",
        });
    }
    if (has_gap(digits)) {
        return detail::malformed({
            "行政区划代码缺少上级：下级代码不为零时，上级代码不能全为零，请核对。",
            "The region code lacks a level: above a level that is not zero there can be none that "
            "is. Check it.",
        });
    }
    return detail::valid(digits);
}

IdentifierCheck check_customs_declaration(std::string_view text) {
    constexpr std::size_t kLength = 18;
    const std::string digits = digits_of(text);
    const std::string_view number = digits;
    if (number.size() != kLength || !detail::all_digits(number)) {
        return detail::malformed({
            "报关单编号应为 18 位数字，请对照报关单核对。",
            "A customs declaration number has 18 digits. Compare it with the declaration.",
        });
    }
    const bool has_year = number.substr(4, 4) >= "1990" && number.substr(4, 4) <= "2099";
    const bool has_direction = number[8] == '0' || number[8] == '1';
    if (!has_year || !has_direction) {
        return detail::warning(
            digits,
            {
                "报关单编号第 5 至 8 位通常是年份，第 9 位通常是 1（进口）或 "
                "0（出口），请对照报关单核对。",
                "Digits 5 to 8 of a customs declaration number usually are the year, digit 9 is 1 "
                "(import) or 0 (export). Compare it with the declaration.",
            }
        );
    }
    return detail::valid(digits);
}

}  // namespace suyuan::model
