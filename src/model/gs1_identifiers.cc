// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <initializer_list>
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

struct Gs1Key {
    std::string_view name_zh;
    std::string_view name_en;
    std::string_view lengths;
};

IdentifierCheck check_gs1_key(
    std::string_view text, const Gs1Key& key, std::initializer_list<std::size_t> lengths
) {
    // As printed: in groups.
    const std::string digits = detail::without(detail::as_meant(text), " \t-");
    bool has_length = false;
    for (const std::size_t length : lengths) {
        has_length = has_length || digits.size() == length;
    }
    if (!has_length || !detail::all_digits(digits)) {
        return detail::malformed({
            format("{}应为 {} 位数字，请对照条码下方的数字核对。", key.name_zh, key.lengths),
            format(
                "A {} has {} digits. Compare it with the digits under the bars.",
                key.name_en,
                key.lengths
            ),
        });
    }
    const char expected = gs1_check_digit(std::string_view(digits).substr(0, digits.size() - 1));
    if (expected != digits.back()) {
        return detail::malformed({
            format(
                "{}的最后一位应为 {}，可能有一位抄错，请重新扫码或核对条码下方的数字。",
                key.name_zh,
                expected
            ),
            format(
                "The last digit of the {} should be {}: one digit may be miscopied. Scan it again "
                "or compare it with the digits under the bars.",
                key.name_en,
                expected
            ),
        });
    }
    return detail::valid(digits);
}

}  // namespace

IdentifierCheck check_gtin(std::string_view text) {
    constexpr std::size_t kNormalLength = 14;
    IdentifierCheck check =
        check_gs1_key(text, {"商品条码（GTIN）", "GTIN", "8/12/13/14"}, {8, 12, 13, 14});
    if (check.verdict == Verdict::kValid) {
        check.normal.insert(0, kNormalLength - check.normal.size(), '0');
    }
    return check;
}

IdentifierCheck check_gln(std::string_view text) {
    return check_gs1_key(text, {"参与方位置代码（GLN）", "GLN", "13"}, {13});
}

IdentifierCheck check_sscc(std::string_view text) {
    return check_gs1_key(text, {"物流单元代码（SSCC）", "SSCC", "18"}, {18});
}

}  // namespace suyuan::model
