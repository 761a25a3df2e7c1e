// SPDX-License-Identifier: Apache-2.0

#include "province/codes.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/format.h"
#include "model/check_digits.h"
#include "province/dice.h"

namespace suyuan::province {
namespace {

constexpr std::string_view kPrefix = "6909";
constexpr std::string_view kSocialCreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::uint64_t kBodies = 887'503'681;  // 31^6
// Prime to 31, so that numbering the bodies in its steps leaves none out; neighbours get strangers.
constexpr std::uint64_t kBodyStep = 514'229'003;

std::string with_gs1_check(std::string digits) {
    digits.push_back(model::gs1_check_digit(digits));
    return digits;
}

}  // namespace

std::string social_credit_code(
    std::string_view kind, std::string_view county, std::uint64_t number
) {
    SUYUAN_ASSERT(kind.size() == 2 && county.size() == 6 && number < kBodies);
    // Since 2015 the organisation codes of new businesses begin with MA.
    std::string organisation = "MA";
    std::uint64_t body = number * kBodyStep % kBodies;
    for (int place = 0; place < 6; ++place) {
        organisation.push_back(kSocialCreditAlphabet[body % kSocialCreditAlphabet.size()]);
        body /= kSocialCreditAlphabet.size();
    }
    std::string code;
    code.reserve(18);
    code.append(kind).append(county).append(organisation);
    code.push_back(model::organisation_check_character(organisation));
    code.push_back(model::social_credit_check_character(code));
    return code;
}

std::string gln(std::uint64_t number) {
    SUYUAN_ASSERT(number < 100'000'000);
    return with_gs1_check(format("{}{:08}", kPrefix, number));
}

std::string site_uri(std::uint64_t number) {
    return "https://id.gs1.org/414/" + gln(number);
}

std::string packed_gtin(std::uint64_t number) {
    SUYUAN_ASSERT(number < 100'000'000);
    return with_gs1_check(format("0{}{:08}", kPrefix, number));
}

std::string loose_gtin(std::uint64_t number) {
    SUYUAN_ASSERT(number < 100'000'000'000);
    return with_gs1_check(format("02{:011}", number));
}

std::string container_uri(std::uint64_t number) {
    SUYUAN_ASSERT(number < 1'000'000'000'000);
    return "https://id.gs1.org/00/" + with_gs1_check(format("1{}{:012}", kPrefix, number));
}

std::string production_licence(
    std::string_view kind, std::string_view county, std::uint32_t serial
) {
    SUYUAN_ASSERT(kind.size() == 3 && county.size() == 6 && serial < 10'000);
    std::string digits = format("{}{}{:04}", kind, county, serial);
    digits.push_back(model::mod_11_10_check_digit(digits));
    return "SC" + digits;
}

std::string trading_licence(char form, std::string_view county, std::uint32_t serial) {
    SUYUAN_ASSERT(county.size() == 6 && serial < 1'000'000);
    std::string digits = format("{}{}{:06}", form, county, serial);
    digits.push_back(model::mod_11_10_check_digit(digits));
    return "JY" + digits;
}

std::string customs_declaration(int year, std::uint64_t serial) {
    SUYUAN_ASSERT(year >= 0 && year < 10'000 && serial < 1'000'000'000);
    constexpr std::string_view kCustomsOffice = "4600";  // Zhengzhou
    return format("{}{:04}1{:09}", kCustomsOffice, year, serial);
}

std::string plate(char letter, std::uint64_t key) {
    constexpr std::string_view kLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ";  // no I, no O
    Dice dice({key, 0x504C});
    const std::uint32_t kind = dice.below(10);
    std::string out = format("豫{}", letter);
    const std::uint32_t digits = dice.below(100'000);
    if (kind < 2) {  // small new-energy: the energy letter first
        out.push_back("DF"[dice.below(2)]);
        return out + format("{:05}", digits);
    }
    if (kind == 2) {  // large new-energy: last
        out += format("{:05}", digits);
        out.push_back("DF"[dice.below(2)]);
        return out;
    }
    const std::size_t at = out.size();
    out += format("{:05}", digits);
    if (kind < 8) {
        out[at + dice.below(2)] = kLetters[dice.below(24)];
    }
    return out;
}

std::string paper_uri(std::string_view issuer_gln, std::string_view number) {
    return format("urn:epcglobal:cbv:bt:{}:{}", issuer_gln, number);
}

}  // namespace suyuan::province
