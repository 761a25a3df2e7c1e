// SPDX-License-Identifier: Apache-2.0

#include "model/quantity.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "base/error.h"
#include "base/result.h"
#include "model/detail/text.h"

namespace suyuan::model {
namespace {

__extension__ using WideInteger = __int128;

constexpr std::int64_t kMillionthsPerOne = 1'000'000;
constexpr std::int64_t kDecimalsMax = 6;

// Beyond this an exponent only says "zero" or "too large".
constexpr std::int64_t kExponentMax = 1'000'000'000;

Failure fail_syntax(std::string_view text) {
    constexpr std::size_t kShownCharactersMax = 40;
    return fail(
        ErrorCode::kInvalidArgument,
        "not a number: \"" + std::string(text.substr(0, kShownCharactersMax)) + '"'
    );
}

// The pieces of "-12.50e3".
struct NumberText {
    bool is_negative = false;
    std::string_view whole;
    std::string_view fraction;
    std::int64_t exponent = 0;
};

std::string_view take_digits(std::string_view& rest) {
    const auto* const end = std::ranges::find_if_not(rest, detail::is_digit);
    const std::string_view digits = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    rest.remove_prefix(digits.size());
    return digits;
}

bool take(std::string_view& rest, std::string_view any_of) {
    if (rest.empty() || any_of.find(rest.front()) == std::string_view::npos) {
        return false;
    }
    rest.remove_prefix(1);
    return true;
}

std::optional<std::int64_t> take_exponent(std::string_view& rest) {
    const bool is_negative = rest.starts_with('-');
    static_cast<void>(take(rest, "+-"));
    const std::string_view digits = take_digits(rest);
    if (digits.empty()) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (parsed.ec != std::errc() || value > kExponentMax) {
        value = kExponentMax;
    }
    return is_negative ? -value : value;
}

std::optional<NumberText> split_number(std::string_view text) {
    NumberText number;
    number.is_negative = take(text, "-");
    number.whole = take_digits(text);
    const bool has_leading_zero = number.whole.size() > 1 && number.whole.front() == '0';
    if (number.whole.empty() || has_leading_zero) {
        return std::nullopt;
    }
    if (take(text, ".")) {
        number.fraction = take_digits(text);
        if (number.fraction.empty()) {
            return std::nullopt;
        }
    }
    if (take(text, "eE")) {
        const auto exponent = take_exponent(text);
        if (!exponent) {
            return std::nullopt;
        }
        number.exponent = *exponent;
    }
    return text.empty() ? std::optional(number) : std::nullopt;
}

// `digits` times 10^power, in millionths; nullopt if it does not fit. Requires power >= 0.
std::optional<std::uint64_t> scaled(std::string_view digits, std::int64_t power) {
    std::uint64_t value = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (parsed.ec != std::errc()) {
        return std::nullopt;
    }
    for (; power > 0; --power) {
        if (__builtin_mul_overflow(value, std::uint64_t{10}, &value)) {
            return std::nullopt;
        }
    }
    return value;
}

std::optional<Decimal> with_sign(std::uint64_t magnitude, bool is_negative) {
    constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (magnitude > kMax + (is_negative ? 1 : 0)) {
        return std::nullopt;
    }
    // Negated as unsigned: the smallest value has no positive counterpart.
    return Decimal{static_cast<std::int64_t>(is_negative ? 0 - magnitude : magnitude)};
}

enum class Dimension : std::uint8_t { kMass, kVolume, kPieces };

struct Unit {
    std::string_view code;
    Dimension dimension = Dimension::kMass;
    std::int64_t per_base = 0;  // in 10^-12 of the base unit; exact by definition
};

constexpr std::int64_t kBase = 1'000'000'000'000;

// UN/ECE Recommendation 20, and what Chinese scales and slips say (State Council order on legal
// units of 1984: one jin is half a kilogram). The base unit of a dimension comes first.
constexpr std::array<Unit, 28> kUnits = {{
    {"KGM", Dimension::kMass, kBase},
    {"GRM", Dimension::kMass, kBase / 1'000},
    {"MGM", Dimension::kMass, kBase / 1'000'000},
    {"TNE", Dimension::kMass, kBase * 1'000},
    {"LBR", Dimension::kMass, 453'592'370'000},  // pound: 0.45359237 kg
    {"ONZ", Dimension::kMass, 28'349'523'125},   // ounce: a sixteenth of it
    {"千克", Dimension::kMass, kBase},
    {"公斤", Dimension::kMass, kBase},
    {"克", Dimension::kMass, kBase / 1'000},
    {"吨", Dimension::kMass, kBase * 1'000},
    {"斤", Dimension::kMass, kBase / 2},
    {"市斤", Dimension::kMass, kBase / 2},
    {"两", Dimension::kMass, kBase / 20},
    {"LTR", Dimension::kVolume, kBase},
    {"MLT", Dimension::kVolume, kBase / 1'000},
    {"CLT", Dimension::kVolume, kBase / 100},
    {"DLT", Dimension::kVolume, kBase / 10},
    {"HLT", Dimension::kVolume, kBase * 100},
    {"MTQ", Dimension::kVolume, kBase * 1'000},
    {"DMQ", Dimension::kVolume, kBase},
    {"CMQ", Dimension::kVolume, kBase / 1'000},
    {"升", Dimension::kVolume, kBase},
    {"毫升", Dimension::kVolume, kBase / 1'000},
    {"", Dimension::kPieces, kBase},
    {"H87", Dimension::kPieces, kBase},  // piece
    {"EA", Dimension::kPieces, kBase},   // each
    {"C62", Dimension::kPieces, kBase},  // one
    {"DZN", Dimension::kPieces, kBase * 12},
}};

const Unit* find_unit(std::string_view code) noexcept {
    const auto* const found = std::ranges::find(kUnits, code, &Unit::code);
    return found == kUnits.end() ? nullptr : found;
}

// Takes the last -`power` digits away, of which the very last is no zero; true if what is left is
// to be raised by one: half to even.
bool cut(std::string& digits, std::int64_t power) {
    const auto count = static_cast<std::uint64_t>(-power);
    if (count > digits.size()) {
        digits = "0";
        return false;
    }
    const std::size_t left = digits.size() - static_cast<std::size_t>(count);
    const bool is_odd = left > 0 && (digits[left - 1] - '0') % 2 == 1;
    const bool is_half = digits[left] == '5' && left + 1 == digits.size();
    const bool is_raised = is_half ? is_odd : digits[left] >= '5';
    digits.resize(left);
    if (digits.empty()) {
        digits = "0";
    }
    return is_raised;
}

// Half away from zero: what a scale does.
WideInteger divide_rounded(WideInteger value, WideInteger by) noexcept {
    return value < 0 ? (value - by / 2) / by : (value + by / 2) / by;
}

}  // namespace

namespace {

Result<Decimal> parse(std::string_view text, bool is_rounded) {
    const auto number = split_number(text);
    if (!number) {
        return fail_syntax(text);
    }
    // The value is digits * 10^(power - 6), without zeros on either side.
    std::string digits = std::string(number->whole) + std::string(number->fraction);
    auto power =
        number->exponent + kDecimalsMax - static_cast<std::int64_t>(number->fraction.size());
    const std::size_t first = digits.find_first_not_of('0');
    if (first == std::string::npos) {
        return Decimal{};
    }
    digits.erase(0, first);
    const std::size_t length = digits.find_last_not_of('0') + 1;
    power += static_cast<std::int64_t>(digits.size() - length);
    digits.resize(length);
    if (power < 0 && !is_rounded) {
        return fail(ErrorCode::kInvalidArgument, "more than six decimals: " + std::string(text));
    }
    const bool is_raised = power < 0 && cut(digits, power);
    auto magnitude = scaled(digits, std::max<std::int64_t>(power, 0));
    if (magnitude && is_raised) {
        ++*magnitude;
    }
    const auto value = magnitude ? with_sign(*magnitude, number->is_negative) : std::nullopt;
    if (!value) {
        return fail(
            ErrorCode::kLimitExceeded, "numbers go up to 9223372036854.775807: " + std::string(text)
        );
    }
    return *value;
}

}  // namespace

Result<Decimal> parse_decimal(std::string_view text) {
    return parse(text, false);
}

Result<Decimal> parse_decimal_rounded(std::string_view text) {
    return parse(text, true);
}

std::string format_decimal(Decimal value) {
    const bool is_negative = value.millionths < 0;
    const auto bits = static_cast<std::uint64_t>(value.millionths);
    const std::uint64_t magnitude = is_negative ? 0 - bits : bits;
    std::string text = (is_negative ? "-" : "") + std::to_string(magnitude / kMillionthsPerOne);
    const std::uint64_t fraction = magnitude % kMillionthsPerOne;
    if (fraction == 0) {
        return text;
    }
    const std::string padded =
        std::to_string(kMillionthsPerOne + static_cast<std::int64_t>(fraction));
    text += '.' + padded.substr(1, padded.find_last_not_of('0'));
    return text;
}

std::optional<Decimal> add(Decimal a, Decimal b) noexcept {
    Decimal sum;
    if (__builtin_add_overflow(a.millionths, b.millionths, &sum.millionths)) {
        return std::nullopt;
    }
    return sum;
}

std::optional<Quantity> convert(const Quantity& quantity, std::string_view unit) {
    if (quantity.unit == unit) {
        return quantity;
    }
    const Unit* const from = find_unit(quantity.unit);
    const Unit* const to = find_unit(unit);
    if (from == nullptr || to == nullptr || from->dimension != to->dimension) {
        return std::nullopt;
    }
    // At most 2^63 * 10^15, which 127 bits hold.
    const WideInteger product = WideInteger{quantity.amount.millionths} * from->per_base;
    const WideInteger amount = divide_rounded(product, to->per_base);
    if (amount > std::numeric_limits<std::int64_t>::max() ||
        amount < std::numeric_limits<std::int64_t>::min()) {
        return std::nullopt;
    }
    return Quantity{Decimal{static_cast<std::int64_t>(amount)}, std::string(unit)};
}

std::string_view base_unit(std::string_view unit) noexcept {
    const Unit* const known = find_unit(unit);
    if (known == nullptr) {
        return unit;
    }
    return std::ranges::find(kUnits, known->dimension, &Unit::dimension)->code;
}

}  // namespace suyuan::model
