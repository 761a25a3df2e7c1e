// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <string>
#include <string_view>

#include "base/format.h"
#include "model/check_digits.h"
#include "model/detail/text.h"
#include "model/detail/typed.h"
#include "model/detail/verdicts.h"
#include "model/identifiers.h"

namespace suyuan::model {
namespace {

using detail::malformed;
using detail::valid;
using detail::warning;

std::string upper_without_blanks(std::string_view text) {
    return detail::to_upper(detail::without(detail::as_meant(text), " \t"));
}

Sentence wrong_length(std::string_view name_zh, std::string_view name_en, std::string_view shape) {
    return {
        format("{}应为 {}，请对照证照核对。", name_zh, shape),
        format("The {} should be {}. Compare it with the document.", name_en, shape),
    };
}

Sentence wrong_check(std::string_view name_zh, std::string_view name_en, char expected) {
    return {
        format("{}的最后一位应为 {}，可能有一位抄错，请对照证照核对。", name_zh, expected),
        format(
            "The last character of the {} should be {}: one character may be miscopied. "
            "Compare it with the document.",
            name_en,
            expected
        ),
    };
}

bool is_organisation_code(std::string_view nine) noexcept {
    return organisation_check_character(nine.substr(0, 8)) == nine[8];
}

struct Licence {
    std::string_view prefix;
    std::string_view name_zh;
    std::string_view name_en;
    std::string_view shape;
};

constexpr Licence kProduction = {
    "SC", "食品生产许可证编号", "food production licence number", "SC + 14"
};
constexpr Licence kTrading = {"JY", "食品经营许可证编号", "food trading licence number", "JY + 14"};

constexpr std::size_t kLicenceDigits = 14;

// The 14 digits, or "" if the number does not look like this licence.
std::string_view licence_digits(const Licence& licence, std::string_view normal) noexcept {
    if (!normal.starts_with(licence.prefix)) {
        return {};
    }
    const std::string_view digits = normal.substr(licence.prefix.size());
    return digits.size() == kLicenceDigits && detail::all_digits(digits) ? digits
                                                                         : std::string_view();
}

// Food classes 01 to 31; 2 with its own classes is for additives (SAMR catalogue of 2020).
bool is_known_class(std::string_view category) noexcept {
    if (category[0] == '2') {
        return category >= "201" && category <= "203";
    }
    return category >= "101" && category <= "131";
}

}  // namespace

IdentifierCheck check_social_credit_code(std::string_view text) {
    constexpr std::size_t kLength = 18;
    constexpr std::string_view kNameZh = "统一社会信用代码";
    constexpr std::string_view kNameEn = "unified social credit code";
    const std::string normal = upper_without_blanks(text);
    if (normal.size() != kLength) {
        return malformed(wrong_length(kNameZh, kNameEn, "18"));
    }
    const char expected =
        social_credit_check_character(std::string_view(normal).substr(0, kLength - 1));
    if (expected == '\0') {
        return malformed({
            "统一社会信用代码只含数字和大写字母，且不用 I、O、Z、S、V，请对照营业执照核对。",
            "A unified social credit code has digits and capital letters only, without I, O, Z, S "
            "and V. Compare it with the business licence.",
        });
    }
    if (expected != normal.back()) {
        return malformed(wrong_check(kNameZh, kNameEn, expected));
    }
    if (!detail::all_digits(std::string_view(normal).substr(2, 6))) {
        return malformed({
            "统一社会信用代码第 3 至 8 位应为 6 位数字的行政区划代码，请对照营业执照核对。",
            "Characters 3 to 8 of a unified social credit code are the six digits of a region. "
            "Compare it with the business licence.",
        });
    }
    if (!is_organisation_code(std::string_view(normal).substr(8, 9))) {
        return warning(
            normal,
            {
                "校验位正确，但第 9 至 17 "
                "位不是有效的组织机构代码；少数新登记主体如此，请再核对一遍营业执照。",
                "The check character is right, but characters 9 to 17 are no organisation code. A "
                "few newer registrations are so; look at the business licence once more.",
            }
        );
    }
    return valid(normal);
}

IdentifierCheck check_organisation_code(std::string_view text) {
    constexpr std::string_view kNameZh = "组织机构代码";
    constexpr std::string_view kNameEn = "organisation code";
    const std::string normal = detail::without(upper_without_blanks(text), "-");
    if (normal.size() != 9) {
        return malformed(wrong_length(kNameZh, kNameEn, "8 + 1"));
    }
    const char expected = organisation_check_character(std::string_view(normal).substr(0, 8));
    if (expected == '\0') {
        return malformed({
            "组织机构代码只含数字和大写字母，请对照证书核对。",
            "An organisation code has digits and capital letters only. Compare it with the "
            "certificate.",
        });
    }
    return expected == normal.back() ? valid(normal)
                                     : malformed(wrong_check(kNameZh, kNameEn, expected));
}

IdentifierCheck check_production_licence(std::string_view text) {
    constexpr std::size_t kOldDigits = 12;
    const std::string normal = upper_without_blanks(text);
    const std::string_view number = normal;
    if (number.starts_with("QS") && number.size() == 2 + kOldDigits &&
        detail::all_digits(number.substr(2))) {
        return warning(
            normal,
            {
                "这是旧的 QS 编号，2018 年 10 月 1 日起已停用，只可能出现在旧包装上；请核对现行 SC "
                "编号。",
                "This is an old QS number, out of use since 2018-10-01: only old packs bear it. "
                "Look for the SC number that holds now.",
            }
        );
    }
    const std::string_view digits = licence_digits(kProduction, number);
    if (digits.empty()) {
        return malformed(wrong_length(kProduction.name_zh, kProduction.name_en, kProduction.shape));
    }
    const char expected = mod_11_10_check_digit(digits.substr(0, kLicenceDigits - 1));
    if (expected != digits.back()) {
        return warning(normal, wrong_check(kProduction.name_zh, kProduction.name_en, expected));
    }
    if (!is_known_class(digits.substr(0, 3))) {
        return warning(
            normal,
            {
                "SC 后三位不是已知的食品类别（101–131）或添加剂类别（201–203），请对照许可证核对。",
                "The three digits after SC are no known class of food (101-131) or additive "
                "(201-203). Compare it with the licence.",
            }
        );
    }
    return valid(normal);
}

IdentifierCheck check_trading_licence(std::string_view text) {
    const std::string normal = upper_without_blanks(text);
    const std::string_view digits = licence_digits(kTrading, normal);
    if (digits.empty()) {
        return malformed(wrong_length(kTrading.name_zh, kTrading.name_en, kTrading.shape));
    }
    const char expected = mod_11_10_check_digit(digits.substr(0, kLicenceDigits - 1));
    if (expected != digits.back()) {
        return warning(normal, wrong_check(kTrading.name_zh, kTrading.name_en, expected));
    }
    if (digits[0] < '1' || digits[0] > '3') {
        return warning(
            normal,
            {
                "JY 后第一位应为 1（销售）、2（餐饮）或 3（单位食堂），请对照许可证核对。",
                "The digit after JY should be 1 (selling), 2 (catering) or 3 (canteen). Compare it "
                "with the licence.",
            }
        );
    }
    return valid(normal);
}

}  // namespace suyuan::model
