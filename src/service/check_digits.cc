// SPDX-License-Identifier: Apache-2.0

#include "service/check_digits.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "model/identifiers.h"

namespace suyuan::service {
namespace {

struct Key {
    std::string_view home;  // of the key's digits, up to the next "/"
    model::IdentifierCheck (*check)(std::string_view digits);
};

constexpr std::array kKeys = {
    Key{"https://id.gs1.org/01/", model::check_gtin},
    Key{"https://id.gs1.org/00/", model::check_sscc},
    Key{"https://id.gs1.org/414/", model::check_gln},
    Key{"https://id.gs1.org/417/", model::check_gln},
    Key{"https://ns.suyuan.example/uscc/", model::check_social_credit_code},
};

std::optional<Sentence> fault_of(model::IdentifierCheck check) {
    if (check.verdict == model::Verdict::kValid) {
        return std::nullopt;
    }
    return std::move(check.reason);
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

char upper(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

// Without blanks and hyphens, in upper case.
std::string bare(std::string_view text) {
    std::string plain;
    for (const char letter : text) {
        if (letter != ' ' && letter != '-' && letter != '\t') {
            plain.push_back(upper(letter));
        }
    }
    return plain;
}

}  // namespace

std::optional<Sentence> check_digit_fault(std::string_view uri) {
    const auto key =
        std::ranges::find_if(kKeys, [&](const Key& one) { return uri.starts_with(one.home); });
    if (key == kKeys.end()) {
        return std::nullopt;
    }
    const std::string_view rest = uri.substr(key->home.size());
    return fault_of(key->check(rest.substr(0, rest.find('/'))));
}

std::optional<Sentence> licence_fault(std::string_view number) {
    const std::string plain = bare(number);
    if (plain.starts_with("SC") || plain.starts_with("QS")) {
        return fault_of(model::check_production_licence(number));
    }
    return plain.starts_with("JY") ? fault_of(model::check_trading_licence(number)) : std::nullopt;
}

// Plates of ours begin with a Chinese character.
std::optional<Sentence> plate_fault(std::string_view plate) {
    const bool is_ours = !plate.empty() && static_cast<unsigned char>(plate.front()) >= 0xE4;
    return is_ours ? fault_of(model::check_plate(plate)) : std::nullopt;
}

// A fixed line begins with 0, a service number with 4, 8 or 9.
std::optional<Sentence> mobile_fault(std::string_view phone) {
    const std::string plain = bare(phone);
    const bool is_mobile = plain.starts_with("+86") || plain.starts_with('1');
    const bool is_fixed_line = plain.starts_with("+86") && plain.size() > 3 && plain[3] != '1';
    return is_mobile && !is_fixed_line ? fault_of(model::check_mobile_number(phone)) : std::nullopt;
}

// As long as an identity number, and digits but for the last.
std::optional<Sentence> identity_fault(std::string_view id) {
    constexpr std::size_t kLength = 18;
    const std::string plain = bare(id);
    const bool is_meant = plain.size() == kLength &&
                          std::all_of(plain.begin(), plain.end() - 1, is_digit) &&
                          (is_digit(plain.back()) || plain.back() == 'X');
    return is_meant ? fault_of(model::check_identity_number(id)) : std::nullopt;
}

}  // namespace suyuan::service
