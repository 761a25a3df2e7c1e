// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/format.h"
#include "model/check_digits.h"
#include "model/detail/text.h"
#include "model/detail/typed.h"
#include "model/detail/verdicts.h"
#include "model/identifiers.h"
#include "model/instant.h"

namespace suyuan::model {
namespace {

using detail::malformed;
using detail::valid;
using detail::warning;

// ---- Plates ----

constexpr std::array<std::string_view, 31> kProvinces = {
    "京", "津", "沪", "渝", "冀", "豫", "云", "辽", "黑", "湘", "皖", "鲁", "新", "苏", "浙", "赣",
    "鄂", "桂", "甘", "晋", "蒙", "陕", "吉", "闽", "贵", "粤", "青", "藏", "川", "宁", "琼",
};

// Trailers, driving schools, police, Hong Kong, Macao, consulates; and what is seldom on a lorry.
constexpr std::array<std::string_view, 6> kLastCharacters = {"挂", "学", "警", "港", "澳", "领"};

bool is_plate_letter(char c) noexcept {
    return detail::is_upper(c) && c != 'I' && c != 'O';
}

bool is_plate_character(char c) noexcept {
    return detail::is_digit(c) || is_plate_letter(c);
}

bool all_plate_characters(std::string_view text) noexcept {
    return std::ranges::all_of(text, is_plate_character);
}

// Five characters, the last perhaps Chinese.
bool is_ordinary_serial(std::string_view serial) noexcept {
    if (serial.size() == 5) {
        return all_plate_characters(serial);
    }
    return serial.size() == 7 && all_plate_characters(serial.substr(0, 4)) &&
           std::ranges::find(kLastCharacters, serial.substr(4)) != kLastCharacters.end();
}

// GA 36-2018: D, A, B, C, E for battery vehicles, F, G, H, J, K for the others.
bool is_energy_letter(char c) noexcept {
    return c >= 'A' && c <= 'K' && c != 'I';
}

bool is_new_energy_serial(std::string_view serial) noexcept {
    if (serial.size() != 6) {
        return false;
    }
    const bool is_small = is_energy_letter(serial[0]) && is_plate_character(serial[1]) &&
                          detail::all_digits(serial.substr(2));
    const bool is_large = detail::all_digits(serial.substr(0, 5)) && is_energy_letter(serial[5]);
    return is_small || is_large;
}

bool is_provincial_plate(std::string_view plate) noexcept {
    constexpr std::size_t kCharacterBytes = 3;
    const std::string_view province = plate.substr(0, kCharacterBytes);
    if (plate.size() <= kCharacterBytes + 1 ||
        std::ranges::find(kProvinces, province) == kProvinces.end() ||
        !is_plate_letter(plate[kCharacterBytes])) {
        return false;
    }
    const std::string_view serial = plate.substr(kCharacterBytes + 1);
    return is_ordinary_serial(serial) || is_new_energy_serial(serial);
}

// Army ("VA12345", "军A12345"), armed police ("WJ京12345"), embassies ("使123456"), civil aviation.
bool is_special_plate(std::string_view plate) noexcept {
    constexpr std::array<std::string_view, 4> kStarts = {"WJ", "使", "民航", "军"};
    constexpr std::size_t kBytesMax = 16;
    const bool has_start = std::ranges::any_of(kStarts, [&](std::string_view start) {
        return plate.starts_with(start) && plate.size() > start.size() + 3;
    });
    const bool is_army = plate.size() == 7 && is_plate_letter(plate[0]) &&
                         is_plate_letter(plate[1]) && detail::all_digits(plate.substr(2));
    return plate.size() <= kBytesMax && (has_start || is_army);
}

// ---- Identity numbers ----

// The region's province and a real day: neither says anything about whether the person exists.
bool has_birth_day(std::string_view digits) {
    const std::string day =
        format("{}-{}-{}", digits.substr(6, 4), digits.substr(10, 2), digits.substr(12, 2));
    return day >= "1850" && parse_day(day, 0).has_value();
}

}  // namespace

IdentifierCheck check_identity_number(std::string_view text) {
    constexpr std::size_t kLength = 18;
    const std::string normal = detail::to_upper(detail::without(detail::as_meant(text), " \t"));
    const std::string_view digits = std::string_view(normal).substr(0, kLength - 1);
    if (normal.size() == 15 && detail::all_digits(normal)) {
        return malformed({
            "15 位身份证号自 2013 年起停用，请填写现行的 18 位号码。",
            "Identity numbers of 15 digits ended in 2013. Enter the 18 characters of the present "
            "card.",
        });
    }
    if (normal.size() != kLength || !detail::all_digits(digits)) {
        return malformed({
            "身份证号应为 18 位：17 位数字加一位数字或 X，请对照证件核对。",
            "An identity number has 18 characters: 17 digits and a digit or X. Compare it with the "
            "card.",
        });
    }
    if (!has_birth_day(digits)) {
        return malformed({
            "身份证号第 7 至 14 位不是真实日期，请对照证件核对。",
            "Characters 7 to 14 of the identity number are no real day. Compare it with the card.",
        });
    }
    if (identity_check_character(digits) != normal.back()) {
        return malformed({
            "身份证号校验位不符，可能有一位抄错，请对照证件核对。",
            "The check character of the identity number does not fit: one digit may be miscopied. "
            "Compare it with the card.",
        });
    }
    if (check_region_code(digits.substr(0, 6)).verdict != Verdict::kValid) {
        return warning(
            normal,
            {
                "身份证号前 6 位不像行政区划代码，请对照证件再核对一遍。",
                "The first 6 digits of the identity number do not look like a region. Compare it "
                "with the card once more.",
            }
        );
    }
    return valid(normal);
}

IdentifierCheck check_mobile_number(std::string_view text) {
    constexpr std::size_t kLength = 11;
    std::string normal = detail::without(detail::as_meant(text), " \t-()");
    for (const std::string_view country : {"+86", "0086"}) {
        if (normal.starts_with(country)) {
            normal.erase(0, country.size());
        }
    }
    if (normal.size() != kLength || !detail::all_digits(normal)) {
        return malformed({
            "手机号码应为 11 位数字，请重新填写。",
            "A mobile number has 11 digits. Enter it again.",
        });
    }
    if (normal[0] != '1' || normal[1] < '3') {
        return malformed({
            "手机号码以 13 至 19 开头；座机请填在座机栏。",
            "Mobile numbers start with 13 to 19. A fixed line has a field of its own.",
        });
    }
    return valid(normal);
}

IdentifierCheck check_plate(std::string_view text) {
    std::string plate = detail::to_upper(detail::without(detail::as_meant(text), " \t-."));
    // The dot after the letter, in the spellings that keyboards have for it.
    for (const std::string_view dot : {"·", "•", "・", "‧"}) {
        if (const std::size_t at = plate.find(dot); at != std::string::npos) {
            plate.erase(at, dot.size());
        }
    }
    if (is_provincial_plate(plate)) {
        return valid(plate);
    }
    if (is_special_plate(plate)) {
        return warning(
            plate,
            {
                "这是军队、武警、使馆或民航号牌，运输食品时少见，请再核对一遍。",
                "This is a plate of the army, the armed police, an embassy or civil aviation, rare "
                "on food. Look at it once more.",
            }
        );
    }
    return malformed({
        "号牌应为省份简称、一个字母和 5 位字母或数字（新能源 6 位），不含字母 I 和 O，例如 "
        "豫A12345、粤BD12345。",
        "A plate has the character of the province, a letter and 5 letters or digits (6 for "
        "new-energy vehicles), without I and O, such as 豫A12345 or 粤BD12345.",
    });
}

}  // namespace suyuan::model
