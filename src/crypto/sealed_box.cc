// SPDX-License-Identifier: Apache-2.0
//
// A sealed secret is 12 bytes of nonce, 16 bytes of tag, then the cipher text.

#include "crypto/sealed_box.h"

#include <array>
#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <openssl/evp.h>
#include <openssl/types.h>

#include "base/assert.h"
#include "io/randomness.h"

namespace suyuan::crypto {
namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

struct ContextCloser {
    void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};

using Context = std::unique_ptr<EVP_CIPHER_CTX, ContextCloser>;

const unsigned char* bytes_in(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_in(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

int length_of(std::string_view text) {
    SUYUAN_ASSERT(text.size() <= std::size_t{std::numeric_limits<int>::max()});
    return static_cast<int>(text.size());
}

// A context that has key, nonce and place.
Context begin(bool encrypts, std::string_view key, std::string_view nonce, std::string_view place) {
    SUYUAN_ASSERT(key.size() == kSealKeyBytes && nonce.size() == kNonceBytes);
    Context context(EVP_CIPHER_CTX_new());
    SUYUAN_ASSERT(context != nullptr);
    int length = 0;
    const int begun = EVP_CipherInit_ex(
        context.get(), EVP_aes_256_gcm(), nullptr, bytes_in(key), bytes_in(nonce), encrypts ? 1 : 0
    );
    SUYUAN_ASSERT(begun == 1);
    const int placed =
        EVP_CipherUpdate(context.get(), nullptr, &length, bytes_in(place), length_of(place));
    SUYUAN_ASSERT(placed == 1);
    return context;
}

}  // namespace

std::string seal(
    std::string_view key,
    std::string_view place,
    std::string_view secret,
    io::Randomness& randomness
) {
    std::string nonce(kNonceBytes, '\0');
    randomness.fill(std::as_writable_bytes(std::span(nonce)));
    const Context context = begin(true, key, nonce, place);
    std::string cipher(secret.size(), '\0');
    std::array<unsigned char, kTagBytes> rest{};  // GCM leaves none
    int length = 0;
    const int done = EVP_CipherUpdate(
        context.get(), bytes_in(cipher), &length, bytes_in(secret), length_of(secret)
    );
    const int finished = EVP_CipherFinal_ex(context.get(), rest.data(), &length);
    SUYUAN_ASSERT(done == 1 && finished == 1 && length == 0);
    std::string tag(kTagBytes, '\0');
    const int tagged =
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, length_of(tag), tag.data());
    SUYUAN_ASSERT(tagged == 1);
    return nonce + tag + cipher;
}

std::optional<std::string> open_sealed(
    std::string_view key, std::string_view place, std::string_view sealed
) {
    if (sealed.size() < kNonceBytes + kTagBytes) {
        return std::nullopt;
    }
    const Context context = begin(false, key, sealed.substr(0, kNonceBytes), place);
    std::string tag(sealed.substr(kNonceBytes, kTagBytes));
    const std::string_view cipher = sealed.substr(kNonceBytes + kTagBytes);
    std::string secret(cipher.size(), '\0');
    std::array<unsigned char, kTagBytes> rest{};
    int length = 0;
    const int done = EVP_CipherUpdate(
        context.get(), bytes_in(secret), &length, bytes_in(cipher), length_of(cipher)
    );
    const int tagged =
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, length_of(tag), tag.data());
    SUYUAN_ASSERT(done == 1 && tagged == 1);
    if (EVP_CipherFinal_ex(context.get(), rest.data(), &length) != 1) {
        return std::nullopt;
    }
    return secret;
}

}  // namespace suyuan::crypto
