// SPDX-License-Identifier: Apache-2.0
//
// Quantities: fixed-point, never a double.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace suyuan::model {

// A decimal number in millionths. Range +-9.2e12; more than six decimals are refused or rounded, as
// the caller says.
struct Decimal {
    std::int64_t millionths = 0;

    friend constexpr auto operator<=>(Decimal, Decimal) noexcept = default;
};

// Parses JSON number syntax ("12.50", "1e3", "-0.5"). Fails with kInvalidArgument (syntax, more
// than six significant decimals) or kLimitExceeded (too large).
[[nodiscard]] Result<Decimal> parse_decimal(std::string_view text);

// The same, more decimals being rounded to six, half to even: a third of a hundred, as a program
// that counts in binary writes it.
[[nodiscard]] Result<Decimal> parse_decimal_rounded(std::string_view text);

// Shortest form: "12.5", "1000", "-0.5".
[[nodiscard]] std::string format_decimal(Decimal value);

// Checked arithmetic; nullopt on overflow.
[[nodiscard]] std::optional<Decimal> add(Decimal a, Decimal b) noexcept;

// An amount and its unit. `unit` is a UN/ECE Recommendation 20 code ("KGM"); empty means pieces.
struct Quantity {
    Decimal amount;
    std::string unit;

    friend bool operator==(const Quantity&, const Quantity&) = default;
};

// Converts between units of one dimension: mass (KGM, GRM, MGM, TNE, LBR, ONZ, and 斤, 公斤, ... as
// written in China), volume (LTR, MLT, CLT, DLT, HLT, MTQ, DMQ, CMQ), pieces ("", H87, EA, C62,
// DZN). What does not come out even in millionths is rounded, half away from zero. nullopt for
// units without a known factor, which stay apart, and on overflow.
[[nodiscard]] std::optional<Quantity> convert(const Quantity& quantity, std::string_view unit);

// The unit in which a dimension is summed: KGM, LTR or "". A unit without a known factor is its
// own. The result lives as long as `unit`.
[[nodiscard]] std::string_view base_unit(std::string_view unit) noexcept;

}  // namespace suyuan::model
