// SPDX-License-Identifier: Apache-2.0

#include "model/check_digits.h"

#include <array>
#include <cstddef>
#include <string_view>

#include "base/assert.h"

namespace suyuan::model {
namespace {

constexpr std::string_view kSocialCreditCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::string_view kDigitsAndLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

int digit_value(char digit) noexcept {
    SUYUAN_ASSERT(digit >= '0' && digit <= '9');
    return digit - '0';
}

char digit_character(int value) noexcept {
    return static_cast<char>('0' + value);
}

}  // namespace

char gs1_check_digit(std::string_view digits) noexcept {
    int sum = 0;
    int weight = 3;
    for (std::size_t i = digits.size(); i > 0; --i) {
        sum = (sum + weight * digit_value(digits[i - 1])) % 10;
        weight = 4 - weight;
    }
    return digit_character((10 - sum) % 10);
}

char social_credit_check_character(std::string_view first_17) noexcept {
    SUYUAN_ASSERT(first_17.size() == 17);
    std::size_t sum = 0;
    std::size_t weight = 1;
    for (const char character : first_17) {
        const std::size_t value = kSocialCreditCharacters.find(character);
        if (value == std::string_view::npos) {
            return '\0';
        }
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    return kSocialCreditCharacters[(31 - sum % 31) % 31];
}

char organisation_check_character(std::string_view first_8) noexcept {
    constexpr std::array<std::size_t, 8> kWeights = {3, 7, 9, 10, 5, 8, 4, 2};
    SUYUAN_ASSERT(first_8.size() == kWeights.size());
    std::size_t sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) {
        const std::size_t value = kDigitsAndLetters.find(first_8[i]);
        if (value == std::string_view::npos) {
            return '\0';
        }
        sum += value * kWeights[i];
    }
    const int check = 11 - static_cast<int>(sum % 11);
    if (check == 10) {
        return 'X';
    }
    return digit_character(check % 11);
}

char mod_11_10_check_digit(std::string_view digits) noexcept {
    int product = 10;
    for (const char digit : digits) {
        int sum = (product + digit_value(digit)) % 10;
        if (sum == 0) {
            sum = 10;
        }
        product = 2 * sum % 11;
    }
    return digit_character((11 - product) % 10);
}

char identity_check_character(std::string_view first_17) noexcept {
    SUYUAN_ASSERT(first_17.size() == 17);
    constexpr std::string_view kCheckCharacters = "10X98765432";
    // Horner's rule with 2 as the base: the weight of a place is 2^(places to its right + 1)
    // mod 11.
    int sum = 0;
    for (const char digit : first_17) {
        sum = (sum + digit_value(digit)) * 2 % 11;
    }
    return kCheckCharacters[static_cast<std::size_t>(sum)];
}

}  // namespace suyuan::model
