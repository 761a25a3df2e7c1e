// SPDX-License-Identifier: Apache-2.0

#include "crypto/sha256.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <openssl/evp.h>

#include "base/assert.h"

namespace suyuan::crypto {

Digest sha256(std::span<const std::byte> bytes) {
    Digest digest{};
    unsigned int length = 0;
    const int succeeded = EVP_Digest(
        bytes.data(),
        bytes.size(),
        reinterpret_cast<unsigned char*>(digest.data()),
        &length,
        EVP_sha256(),
        nullptr
    );
    SUYUAN_ASSERT(succeeded == 1 && length == digest.size());
    return digest;
}

Digest sha256(std::string_view text) {
    return sha256(std::as_bytes(std::span(text)));
}

std::string to_hex(std::span<const std::byte> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const std::byte byte : bytes) {
        const auto value = std::to_integer<unsigned int>(byte);
        text += kDigits[value >> 4U];
        text += kDigits[value & 0xfU];
    }
    return text;
}

}  // namespace suyuan::crypto
