// SPDX-License-Identifier: Apache-2.0
//
// Numbers of any bytes through every check: a verdict always, a reason where it is not good, and
// the normal spelling is judged as the typed one was.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "model/identifiers.h"

namespace {

namespace model = suyuan::model;

using Check = model::IdentifierCheck (*)(std::string_view);

constexpr std::array kChecks = {
    model::check_social_credit_code,
    model::check_organisation_code,
    model::check_production_licence,
    model::check_trading_licence,
    model::check_gtin,
    model::check_gln,
    model::check_sscc,
    model::check_identity_number,
    model::check_mobile_number,
    model::check_plate,
    model::check_region_code,
    model::check_customs_declaration,
};

void judge(Check check, std::string_view text) {
    const model::IdentifierCheck result = check(text);
    const bool is_valid = result.verdict == model::Verdict::kValid;
    const bool is_malformed = result.verdict == model::Verdict::kMalformed;
    SUYUAN_ASSERT(result.reason.zh.empty() == is_valid);
    SUYUAN_ASSERT(result.reason.en.empty() == is_valid);
    SUYUAN_ASSERT(result.normal.empty() == is_malformed);
    if (!is_malformed) {
        const model::IdentifierCheck again = check(result.normal);
        SUYUAN_ASSERT(again.verdict == result.verdict && again.normal == result.normal);
    }
}

constexpr std::array kSeeds = {
    "91350100M000100Y43",
    "19220382-1",
    "SC11834020305037",
    "QS410101010001",
    "JY14101020001237",
    "6901234567892",
    "340123453111111115",
    "41010118880101001X",
    "+86 130 0000 0000",
    "豫A·12345",
    "粤BD12345",
    "WJ京12345",
    "410102001003",
    "460620261000000123",
    static_cast<const char*>(nullptr),
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" const char* const* suyuan_fuzz_seeds();

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const Check check : kChecks) {
        judge(check, text);
    }
    return 0;
}

extern "C" const char* const* suyuan_fuzz_seeds() {
    return kSeeds.data();
}
