// SPDX-License-Identifier: Apache-2.0
//
// The numbers of a made-up province: right in form and check digit, never issued. GS1 keys are of
// the prefix 6909, whose numbers from 6909999 on belong to the small demo story.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/instant.h"

namespace suyuan::province {

// 统一社会信用代码 of a business: `kind` is its first two characters ("91" enterprise, "92"
// individual, "93" cooperative, "12" public institution). Differs wherever `number` does; requires
// number < 31^6.
[[nodiscard]] std::string social_credit_code(
    std::string_view kind, std::string_view county, std::uint64_t number
);

// 13 digits. Requires number < 10^8.
[[nodiscard]] std::string gln(std::uint64_t number);
// The same as a site of EPCIS.
[[nodiscard]] std::string site_uri(std::uint64_t number);

// 14 digits of a packed product. Requires number < 10^8.
[[nodiscard]] std::string packed_gtin(std::uint64_t number);
// 14 digits of loose goods, of the range that stays within a region. Requires number < 10^11.
[[nodiscard]] std::string loose_gtin(std::uint64_t number);

// 18 digits, as a container of EPCIS. Requires number < 10^12.
[[nodiscard]] std::string container_uri(std::uint64_t number);

// 食品生产许可证编号. `kind` is three digits ("104": meat), requires serial < 10^4.
[[nodiscard]] std::string production_licence(
    std::string_view kind, std::string_view county, std::uint32_t serial
);
// 食品经营许可证编号. `form`: '1' sale, '2' catering, '3' canteen. Requires serial < 10^6.
[[nodiscard]] std::string trading_licence(char form, std::string_view county, std::uint32_t serial);

// 报关单编号 of an import, 18 digits. Requires year < 10^4, serial < 10^9.
[[nodiscard]] std::string customs_declaration(int year, std::uint64_t serial);

// 机动车号牌 of Henan, three in ten of them new-energy. `letter` is the prefecture's.
[[nodiscard]] std::string plate(char letter, std::uint64_t key);

// A paper as a business transaction of EPCIS: the issuer's GLN and its number.
[[nodiscard]] std::string paper_uri(std::string_view issuer_gln, std::string_view number);

}  // namespace suyuan::province
