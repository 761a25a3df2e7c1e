// SPDX-License-Identifier: Apache-2.0

#include "crypto/keyed_digest.h"

#include <array>
#include <cstddef>
#include <limits>
#include <string_view>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/types.h>

#include "base/assert.h"
#include "crypto/sha256.h"

namespace suyuan::crypto {
namespace {

const EVP_MD* function_of(HashKind kind) {
    return kind == HashKind::kSm3 ? EVP_sm3() : EVP_sha256();
}

template <std::size_t kSize>
std::array<std::byte, kSize> hmac_with(
    const EVP_MD* function, std::string_view key, std::string_view message
) {
    SUYUAN_ASSERT(key.size() <= std::size_t{std::numeric_limits<int>::max()});
    std::array<std::byte, kSize> code{};
    unsigned int length = 0;
    const unsigned char* const done = HMAC(
        function,
        key.data(),
        static_cast<int>(key.size()),
        reinterpret_cast<const unsigned char*>(message.data()),
        message.size(),
        reinterpret_cast<unsigned char*>(code.data()),
        &length
    );
    SUYUAN_ASSERT(done != nullptr && length == kSize);
    return code;
}

}  // namespace

Digest digest(HashKind kind, std::string_view bytes) {
    Digest result{};
    unsigned int length = 0;
    const int succeeded = EVP_Digest(
        bytes.data(),
        bytes.size(),
        reinterpret_cast<unsigned char*>(result.data()),
        &length,
        function_of(kind),
        nullptr
    );
    SUYUAN_ASSERT(succeeded == 1 && length == result.size());
    return result;
}

Digest hmac(HashKind kind, std::string_view key, std::string_view message) {
    return hmac_with<32>(function_of(kind), key, message);
}

std::array<std::byte, 20> hmac_sha1(std::string_view key, std::string_view message) {
    return hmac_with<20>(EVP_sha1(), key, message);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace suyuan::crypto
