// SPDX-License-Identifier: Apache-2.0
//
// Numbers and units of any bytes: what is accepted survives writing and reading, conversions come
// back.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "model/quantity.h"

namespace {

using suyuan::model::Decimal;

void check_number(Decimal amount) {
    const std::string written = suyuan::model::format_decimal(amount);
    SUYUAN_ASSERT(suyuan::model::parse_decimal(written).value() == amount);
}

void check_unit(Decimal amount, std::string_view unit) {
    const std::string_view base = suyuan::model::base_unit(unit);
    SUYUAN_ASSERT(suyuan::model::base_unit(base) == base);
    const auto converted = suyuan::model::convert({amount, std::string(unit)}, base);
    SUYUAN_ASSERT(!converted || converted->unit == base);
    SUYUAN_ASSERT(unit != base || converted->amount == amount);
}

void check(std::string_view text) {
    const std::size_t blank = text.find(' ');
    const auto amount = suyuan::model::parse_decimal(text.substr(0, blank));
    if (amount) {
        check_number(*amount);
        check_unit(*amount, blank == std::string_view::npos ? "" : text.substr(blank + 1));
    }
}

constexpr std::array kSeeds = {
    "12.50 KGM",
    "-0.000001 GRM",
    "1e-6",
    "9223372036854.775807 TNE",
    "-9223372036854.775808 ONZ",
    "0e99999999999999999999",
    "1E+12 MGM",
    "3 \xe6\x96\xa4",
    "12 DZN",
    static_cast<const char*>(nullptr),
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" const char* const* suyuan_fuzz_seeds();

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check(std::string_view(reinterpret_cast<const char*>(data), size));
    return 0;
}

extern "C" const char* const* suyuan_fuzz_seeds() {
    return kSeeds.data();
}
