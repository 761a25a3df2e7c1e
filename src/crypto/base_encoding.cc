// SPDX-License-Identifier: Apache-2.0

#include "crypto/base_encoding.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace suyuan::crypto {
namespace {

struct Alphabet {
    std::string_view letters;
    unsigned bits = 0;  // of a letter
};

constexpr Alphabet kBase32 = {"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5};
constexpr Alphabet kBase64 = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 6
};

constexpr unsigned kByteBits = 8;

std::string encode(std::string_view bytes, const Alphabet& alphabet) {
    const std::uint32_t mask = (1U << alphabet.bits) - 1;
    std::string letters;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const char byte : bytes) {
        held = held << kByteBits | static_cast<unsigned char>(byte);
        bits += kByteBits;
        while (bits >= alphabet.bits) {
            bits -= alphabet.bits;
            letters += alphabet.letters[held >> bits & mask];
        }
        held &= (1U << bits) - 1;
    }
    if (bits > 0) {
        letters += alphabet.letters[held << (alphabet.bits - bits) & mask];
    }
    return letters;
}

// nullopt for a foreign letter, and for letters that encode() does not end with.
std::optional<std::string> decode(std::string_view letters, const Alphabet& alphabet) {
    std::string bytes;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const char letter : letters) {
        const std::size_t value = alphabet.letters.find(letter);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        held = held << alphabet.bits | static_cast<std::uint32_t>(value);
        bits += alphabet.bits;
        if (bits >= kByteBits) {
            bits -= kByteBits;
            bytes += static_cast<char>(held >> bits & 0xffU);
        }
        held &= (1U << bits) - 1;
    }
    if (bits >= alphabet.bits || held != 0) {
        return std::nullopt;
    }
    return bytes;
}

}  // namespace

std::string to_base32(std::string_view bytes) {
    return encode(bytes, kBase32);
}

std::optional<std::string> from_base32(std::string_view letters) {
    std::string bare;
    for (const char letter : letters) {
        if (letter >= 'a' && letter <= 'z') {
            bare += static_cast<char>(letter - 'a' + 'A');
        } else if (letter != ' ' && letter != '-') {
            bare += letter;
        }
    }
    return decode(bare, kBase32);
}

std::string to_base64(std::string_view bytes) {
    std::string letters = encode(bytes, kBase64);
    letters.resize((letters.size() + 3) / 4 * 4, '=');
    return letters;
}

std::optional<std::string> from_base64(std::string_view letters) {
    if (letters.size() % 4 != 0) {
        return std::nullopt;
    }
    for (int padding = 0; padding < 2 && letters.ends_with('='); ++padding) {
        letters.remove_suffix(1);
    }
    return decode(letters, kBase64);
}

}  // namespace suyuan::crypto
