// SPDX-License-Identifier: Apache-2.0

#include "crypto/password_hash.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <sodium/core.h>
#include <sodium/crypto_pwhash.h>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "crypto/base_encoding.h"
#include "io/randomness.h"

namespace suyuan::crypto {
namespace {

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kSaltBytes = crypto_pwhash_SALTBYTES;
constexpr std::uint32_t kMemoryKibMin = 8'192;

// Chooses the fastest code for this machine, once.
void prepare_library() {
    static const int kPrepared = sodium_init();
    SUYUAN_ASSERT(kPrepared >= 0);
}

std::size_t memory_of(const Argon2Cost& cost) {
    return std::size_t{cost.memory_kib} * 1'024;
}

// The standard form of such hashes leaves the padding out.
std::string unpadded(std::string_view bytes) {
    std::string letters = to_base64(bytes);
    while (letters.ends_with('=')) {
        letters.pop_back();
    }
    return letters;
}

}  // namespace

Result<std::string> hash_password(
    std::string_view password, const Argon2Cost& cost, io::Randomness& randomness
) {
    SUYUAN_ASSERT(cost.memory_kib >= kMemoryKibMin && cost.passes >= 1);
    prepare_library();
    std::array<unsigned char, kSaltBytes> salt{};
    randomness.fill(std::as_writable_bytes(std::span(salt)));
    std::array<unsigned char, kHashBytes> hash{};
    const int failed = crypto_pwhash(
        hash.data(),
        hash.size(),
        password.data(),
        password.size(),
        salt.data(),
        cost.passes,
        memory_of(cost),
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (failed != 0) {
        return fail(
            ErrorCode::kUnavailable,
            Sentence{"内存不足，无法处理密码", "not enough memory to work on a password"}
        );
    }
    const auto text_of = [](const auto& bytes) {
        return unpadded({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    };
    return format(
        "$argon2id$v=19$m={},t={},p=1${}${}",
        cost.memory_kib,
        cost.passes,
        text_of(salt),
        text_of(hash)
    );
}

bool matches_password(const std::string& hash, std::string_view password) {
    prepare_library();
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool needs_new_hash(const std::string& hash, const Argon2Cost& cost) {
    prepare_library();
    return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, memory_of(cost)) != 0;
}

}  // namespace suyuan::crypto
