// SPDX-License-Identifier: Apache-2.0

#include "service/line_values.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "model/code.h"
#include "model/identifiers.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "service/line_sheet.h"
#include "service/own_codes.h"

namespace suyuan::service {
namespace {

constexpr int kOffsetMinutes = 480;  // China has one time zone

Failure refuse(std::string_view zh, std::string_view en) {
    return fail(ErrorCode::kInvalidArgument, Sentence{std::string(zh), std::string(en)});
}

Failure no_time() {
    return refuse(
        "不是日期时间：请写成 2026-03-02 或 2026-03-02 08:30。",
        "no date or time: write it as 2026-03-02 or 2026-03-02 08:30"
    );
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

// The numbers of a text and what stands between them: "2026年3月2日" -> 2026 3 2, "年" "月" "日".
struct Numbers {
    std::vector<std::string_view> digits;
    std::vector<std::string_view> between;  // after each number
};

// nullopt if it does not begin with a number or has more parts than a time.
std::optional<Numbers> numbers_of(std::string_view text) {
    constexpr std::size_t kPartsMax = 7;
    Numbers numbers;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t begin = at;
        while (at < text.size() && is_digit(text[at])) {
            ++at;
        }
        if (at == begin || numbers.digits.size() == kPartsMax) {
            return std::nullopt;
        }
        numbers.digits.push_back(text.substr(begin, at - begin));
        const std::size_t separator = at;
        while (at < text.size() && !is_digit(text[at])) {
            ++at;
        }
        numbers.between.push_back(text.substr(separator, at - separator));
    }
    return numbers;
}

bool is_between(std::string_view between, std::initializer_list<std::string_view> allowed) {
    return std::ranges::find(allowed, between) != allowed.end();
}

// As many digits as asked for, with zeros before them; empty if there are more.
std::string padded(std::string_view digits, std::size_t width) {
    return digits.size() > width ? std::string()
                                 : std::string(width - digits.size(), '0') + std::string(digits);
}

std::optional<std::string> day_text(const Numbers& numbers) {
    const auto& between = numbers.between;
    const bool is_day = numbers.digits.size() >= 3 && numbers.digits[0].size() == 4 &&
                        between[0] == between[1] && is_between(between[0], {"-", "/", "."});
    const bool is_chinese_day = numbers.digits.size() >= 3 && numbers.digits[0].size() == 4 &&
                                between[0] == "年" && between[1] == "月";
    if (!is_day && !is_chinese_day) {
        return std::nullopt;
    }
    return format(
        "{}-{}-{}", numbers.digits[0], padded(numbers.digits[1], 2), padded(numbers.digits[2], 2)
    );
}

// What follows the day: "08:30:00"; nullopt if it is no time of day, "" if there is nothing.
std::optional<std::string> clock_text(const Numbers& numbers) {
    const auto& between = numbers.between;
    const std::size_t count = numbers.digits.size();
    if (count == 3) {
        return is_between(between[2], {"", "日"}) ? std::optional(std::string()) : std::nullopt;
    }
    if (!is_between(between[2], {" ", "T", "日", "日 "}) || count > 6) {
        return std::nullopt;
    }
    if (count == 4) {
        return is_between(between[3], {"时", "点"})
                   ? std::optional(format("{}:00:00", padded(numbers.digits[3], 2)))
                   : std::nullopt;
    }
    const bool has_seconds = count == 6;
    const bool is_time =
        is_between(between[3], {":", "时", "点"}) &&
        (has_seconds ? is_between(between[4], {":", "分"}) && is_between(between[5], {"", "秒"})
                     : is_between(between[4], {"", "分"}));
    if (!is_time) {
        return std::nullopt;
    }
    return format(
        "{}:{}:{}",
        padded(numbers.digits[3], 2),
        padded(numbers.digits[4], 2),
        has_seconds ? padded(numbers.digits[5], 2) : "00"
    );
}

struct UnitName {
    std::string_view name;
    std::string_view unit;  // Recommendation 20
};

// clang-format off: a table reads by column.
// Containers of no fixed size are units of their own: twelve boxes are not twelve pieces.
constexpr std::array kUnits = {
    UnitName{"千克", "KGM"}, UnitName{"公斤", "KGM"}, UnitName{"kg", "KGM"},
    UnitName{"克", "GRM"},   UnitName{"g", "GRM"},
    UnitName{"吨", "TNE"},   UnitName{"t", "TNE"},
    UnitName{"升", "LTR"},   UnitName{"l", "LTR"},
    UnitName{"毫升", "MLT"}, UnitName{"ml", "MLT"},
    UnitName{"个", ""}, UnitName{"件", ""}, UnitName{"只", ""}, UnitName{"头", ""}, UnitName{"条", ""},
    UnitName{"枚", ""}, UnitName{"块", ""}, UnitName{"片", ""}, UnitName{"羽", ""}, UnitName{"份", ""},
    UnitName{"piece", ""}, UnitName{"pieces", ""}, UnitName{"pcs", ""}, UnitName{"ea", ""}, UnitName{"h87", ""},
    UnitName{"箱", "XCT"}, UnitName{"carton", "XCT"}, UnitName{"盒", "XBX"}, UnitName{"box", "XBX"},
    UnitName{"袋", "XBG"}, UnitName{"包", "XPK"}, UnitName{"bag", "XBG"}, UnitName{"瓶", "XBO"},
    UnitName{"罐", "XCA"}, UnitName{"桶", "XBJ"}, UnitName{"托", "XPX"}, UnitName{"筐", "XCR"}, UnitName{"捆", "XBE"},
};
// clang-format on

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& letter : out) {
        if (letter >= 'A' && letter <= 'Z') {
            letter = static_cast<char>(letter - 'A' + 'a');
        }
    }
    return out;
}

bool looks_like_unit_code(std::string_view text) {
    return (text.size() == 2 || text.size() == 3) && std::ranges::all_of(text, [](char letter) {
               return is_digit(letter) || (letter >= 'A' && letter <= 'Z');
           });
}

bool is_uri(std::string_view text) {
    const auto colon = text.find(':');
    return colon != std::string_view::npos && colon > 1 && colon + 1 < text.size() &&
           std::ranges::all_of(text, [](char letter) {
               return static_cast<unsigned char>(letter) > 0x20;
           });
}

bool is_all_digits(std::string_view text) {
    return std::ranges::all_of(text, is_digit);
}

std::string gs1_key(std::string_view ai, std::string_view digits) {
    return format("https://id.gs1.org/{}/{}", ai, digits);
}

}  // namespace

Sentence sentence_of(const Error& error) {
    return {error.message_zh().empty() ? error.message() : error.message_zh(), error.message()};
}

Result<LineTime> read_line_time(std::string_view text) {
    const std::string plain = half_width(text);
    if (const auto zoned = model::parse_instant(plain)) {
        return LineTime{.moment = model::format_instant(zoned->moment, kOffsetMinutes)};
    }
    std::string day;
    std::string clock;
    if (plain.size() == 8 && is_all_digits(plain)) {
        day = format("{}-{}-{}", plain.substr(0, 4), plain.substr(4, 2), plain.substr(6, 2));
    } else {
        const auto numbers = numbers_of(plain);
        const auto found_day = numbers ? day_text(*numbers) : std::nullopt;
        const auto found_clock = found_day ? clock_text(*numbers) : std::nullopt;
        if (!found_clock) {
            return no_time();
        }
        day = *found_day;
        clock = *found_clock;
    }
    const std::string moment = format("{}T{}+08:00", day, clock.empty() ? "00:00:00" : clock);
    if (!model::parse_instant(moment)) {
        return no_time();
    }
    return LineTime{.moment = moment, .is_day = clock.empty()};
}

Result<std::string> read_line_day(std::string_view text) {
    SUYUAN_TRY(const LineTime time, read_line_time(text));
    return time.moment.substr(0, 10);
}

Result<model::Decimal> read_line_amount(std::string_view text) {
    std::string plain = half_width(text);
    std::erase_if(plain, [](char letter) { return letter == ',' || letter == ' '; });
    const auto amount = model::parse_decimal(plain);
    if (!amount) {
        return refuse(
            "不是数量：请只写数字，最多六位小数，单位写在“单位”列。",
            "no amount: write a number with at most six decimals; the unit has its own column"
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
    const std::string plain = half_width(unit);
    const auto* const named =
        std::ranges::find(kUnits, std::string_view(lower(plain)), &UnitName::name);
    if (named != kUnits.end()) {
        return model::Quantity{.amount = amount, .unit = std::string(named->unit)};
    }
    if (looks_like_unit_code(plain)) {
        return model::Quantity{.amount = amount, .unit = plain};
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

Result<std::string> read_line_party(std::string_view text) {
    const std::string plain = half_width(text);
    if (is_uri(plain)) {
        return model::canonical_uri(plain);
    }
    if (plain.size() == 13 && is_all_digits(plain)) {
        const model::IdentifierCheck gln = model::check_gln(plain);
        if (gln.verdict != model::Verdict::kValid) {
            return fail(ErrorCode::kInvalidArgument, gln.reason);
        }
        return gs1_key("417", gln.normal);
    }
    const model::IdentifierCheck uscc = model::check_social_credit_code(plain);
    if (uscc.verdict == model::Verdict::kMalformed) {
        return fail(ErrorCode::kInvalidArgument, uscc.reason);
    }
    return model::social_credit_uri(uscc.normal);
}

Result<std::string> read_line_site(std::string_view text, std::string_view operator_code) {
    const std::string plain = half_width(text);
    if (is_uri(plain)) {
        return model::canonical_uri(plain);
    }
    if (plain.size() == 13 && is_all_digits(plain) &&
        model::check_gln(plain).verdict == model::Verdict::kValid) {
        return gs1_key("414", plain);
    }
    if (operator_code.empty()) {
        return refuse(
            "自编的场所名要先知道是谁的：请填经营主体，或写场所的 GLN。",
            "a place of one's own naming needs its operator: name the operator, or give the GLN"
        );
    }
    return site_code(operator_code, plain);
}

}  // namespace suyuan::service
