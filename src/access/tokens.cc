// SPDX-License-Identifier: Apache-2.0

#include "access/tokens.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/password_rules.h"
#include "crypto/base_encoding.h"
#include "crypto/keyed_digest.h"
#include "crypto/sha256.h"
#include "io/randomness.h"

namespace suyuan::access {
namespace {

constexpr std::size_t kIdBytes = 10;
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kRecoveryBytes = 15;
constexpr std::size_t kGroup = 6;

std::string small_base32(std::string_view bytes) {
    std::string letters = crypto::to_base32(bytes);
    for (char& letter : letters) {
        if (letter >= 'A') {
            letter = static_cast<char>(letter - 'A' + 'a');
        }
    }
    return letters;
}

std::string draw_password(io::Randomness& randomness) {
    // 32 letters: five bits each. Capital letters, small ones and digits are all among them, as
    // every profile wants: the last three places have one of each.
    constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyzACDEFHKLM";
    constexpr std::string_view kSmall = "abcdefghjkmnpqrs";
    constexpr std::string_view kCapital = "ACDEFHKLMNPRTUXY";
    constexpr std::string_view kDigits = "2345678923456789";
    constexpr std::size_t kFree = 19;
    std::string password;
    for (const char byte : random_bytes(kFree, randomness)) {
        password += kLetters[static_cast<unsigned char>(byte) % kLetters.size()];
    }
    const std::string last = random_bytes(3, randomness);
    std::size_t place = 0;
    for (const std::string_view kind : {kSmall, kCapital, kDigits}) {
        password += kind[static_cast<unsigned char>(last[place++]) % kind.size()];
    }
    return password;
}

}  // namespace

std::string random_bytes(std::size_t count, io::Randomness& randomness) {
    std::string bytes(count, '\0');
    randomness.fill(std::as_writable_bytes(std::span(bytes)));
    return bytes;
}

std::string new_id(char kind, io::Randomness& randomness) {
    return kind + small_base32(random_bytes(kIdBytes, randomness));
}

std::string new_token(io::Randomness& randomness) {
    return small_base32(random_bytes(kTokenBytes, randomness));
}

std::string new_initial_password(
    std::string_view account_name, const PasswordProfile& profile, io::Randomness& randomness
) {
    std::string password = draw_password(randomness);
    while (!check_new_password(password, account_name, profile)) {
        password = draw_password(randomness);
    }
    return password;
}

std::vector<std::string> new_recovery_codes(io::Randomness& randomness) {
    std::vector<std::string> codes;
    while (codes.size() < kRecoveryCodes) {
        const std::string letters = crypto::to_base32(random_bytes(kRecoveryBytes, randomness));
        std::string code;
        for (std::size_t place = 0; place < letters.size(); place += kGroup) {
            code += code.empty() ? "" : "-";
            code += letters.substr(place, kGroup);
        }
        codes.push_back(std::move(code));
    }
    return codes;
}

std::string token_digest(std::string_view token) {
    return std::string(crypto::bytes_of(crypto::sha256(token)));
}

std::string recovery_digest(std::string_view code) {
    const auto bytes = crypto::from_base32(code);
    return bytes && bytes->size() == kRecoveryBytes ? token_digest(*bytes) : std::string();
}

}  // namespace suyuan::access
