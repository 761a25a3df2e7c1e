// SPDX-License-Identifier: Apache-2.0

#include "store/hex.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "crypto/sha256.h"

namespace suyuan::store {

std::string to_hex(std::string_view bytes) {
    return crypto::to_hex(std::as_bytes(std::span(bytes)));
}

std::optional<std::string> from_hex(std::string_view digits) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    if (digits.size() % 2 != 0) {
        return std::nullopt;
    }
    std::string bytes;
    bytes.reserve(digits.size() / 2);
    for (std::size_t place = 0; place < digits.size(); place += 2) {
        const auto high = kDigits.find(digits[place]);
        const auto low = kDigits.find(digits[place + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) {
            return std::nullopt;
        }
        bytes.push_back(static_cast<char>(high * 16 + low));
    }
    return bytes;
}

}  // namespace suyuan::store
