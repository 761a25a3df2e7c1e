// SPDX-License-Identifier: Apache-2.0
//
// Numbers that people copy from licences, labels and plates: are they right, and if not, what is
// wrong and how to mend it, in words for the person who typed them.
//
// A check is a help, never a gate by itself: numbers in the field are mistyped on the very
// licences, so what is only improbable is a warning. All checks take any bytes, forgive full-width
// characters and blanks at either end, and decide by the number alone: nobody is asked whether it
// was ever issued.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace suyuan::model {

// One sentence for the user, in both languages.
enum class Verdict : std::uint8_t {
    kValid,
    kWarning,    // possible, but look again: `reason` says at what
    kMalformed,  // cannot be such a number
};

struct IdentifierCheck {
    Verdict verdict = Verdict::kValid;
    std::string
        normal;  // The spelling to store: half-width, upper case, no decoration. "" if malformed.
    Sentence reason;  // What is wrong and how to mend it; empty if valid.
};

// ---- Businesses ----

// 统一社会信用代码, GB 32100-2015: 18 characters, modulo 31. Warns where characters 9 to 17 are no
// organisation code, which a few newer registrations are not.
[[nodiscard]] IdentifierCheck check_social_credit_code(std::string_view text);

// 组织机构代码, GB 11714-1997: 8 characters and a check character, with or without a hyphen
// between.
[[nodiscard]] IdentifierCheck check_organisation_code(std::string_view text);

// 食品生产许可证编号: "SC" and 14 digits (食品生产许可管理办法, 2020: class 3, county 6, serial 4,
// check 1 by GB/T 17710). A wrong check digit or an unknown class warns: both occur on real packs.
// Old "QS" and 12 digits, which ended on 2018-10-01, warns too.
[[nodiscard]] IdentifierCheck check_production_licence(std::string_view text);

// 食品经营许可证编号: "JY" and 14 digits (食品经营许可和备案管理办法, 2023: business form 1, county
// 6, serial 6, check 1 by GB/T 17710; the layout is unverified). A wrong check digit or form warns.
[[nodiscard]] IdentifierCheck check_trading_licence(std::string_view text);

// ---- GS1 keys (GS1 General Specifications, section 7.9: modulo 10) ----

// GTIN-8, -12, -13 or -14; normal: 14 digits.
[[nodiscard]] IdentifierCheck check_gtin(std::string_view text);
[[nodiscard]] IdentifierCheck check_gln(std::string_view text);
[[nodiscard]] IdentifierCheck check_sscc(std::string_view text);

// ---- People and vehicles ----

// 公民身份号码, GB 11643-1999: 18 characters, a real day of birth, ISO 7064 MOD 11-2. Never put one
// into a message: the reason does not repeat it.
[[nodiscard]] IdentifierCheck check_identity_number(std::string_view text);

// 手机号码: 11 digits from 13 to 19 (public telecommunication numbering plan, 2017 edition); a
// leading +86 is dropped.
[[nodiscard]] IdentifierCheck check_mobile_number(std::string_view text);

// 机动车号牌, GA 36-2018: province, letter and 5 characters; 6 for new-energy vehicles, whose small
// ones have the energy letter first and whose large ones have it last. No letters I and O. Normal:
// without dot and blanks. Plates of the army, police and embassies warn.
[[nodiscard]] IdentifierCheck check_plate(std::string_view text);

// ---- Places and papers ----

// 行政区划代码, GB/T 2260: 6 digits; 9 for a township (GB/T 10114), 12 for a village
// (统计用区划代码). The shape and the province only: which codes exist depends on the day, see
// model::Region.
[[nodiscard]] IdentifierCheck check_region_code(std::string_view text);

// 报关单编号: 18 digits: customs office 4, year 4, 1 for import or 0 for export, serial 9 (the
// layout is unverified, so a strange year or direction only warns).
[[nodiscard]] IdentifierCheck check_customs_declaration(std::string_view text);

}  // namespace suyuan::model
