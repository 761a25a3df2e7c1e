// SPDX-License-Identifier: Apache-2.0
//
// Numbers and units of any bytes: what is accepted survives writing and reading, conversions come
// back.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "model/quantity.h"

namespace {

using suyuan::model::Quantity;

void check(std::string_view text) {
    const std::size_t blank = text.find(' ');
    const std::string_view unit =
        blank == std::string_view::npos ? std::string_view() : text.substr(blank + 1);
    const auto amount = suyuan::model::parse_decimal(text.substr(0, blank));
    if (!amount) {
        return;
    }
    const std::string written = suyuan::model::format_decimal(*amount);
    SUYUAN_ASSERT(suyuan::model::parse_decimal(written).value() == *amount);

    const std::string_view base = suyuan::model::base_unit(unit);
    SUYUAN_ASSERT(suyuan::model::base_unit(base) == base);
    const Quantity quantity{*amount, std::string(unit)};
    if (const auto converted = suyuan::model::convert(quantity, base)) {
        SUYUAN_ASSERT(converted->unit == base);
        const auto back = suyuan::model::convert(*converted, unit);
        SUYUAN_ASSERT(!back || back->unit == unit);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" const char* const* suyuan_fuzz_seeds();

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check(std::string_view(reinterpret_cast<const char*>(data), size));
    return 0;
}

extern "C" const char* const* suyuan_fuzz_seeds() {
    static const char* const kSeeds[] = {
        "12.50 KGM",
        "-0.000001 GRM",
        "1e-6",
        "9223372036854.775807 TNE",
        "-9223372036854.775808 ONZ",
        "0e99999999999999999999",
        "1E+12 MGM",
        "3 \xe6\x96\xa4",
        "12 DZN",
        nullptr,
    };
    return kSeeds;
}
