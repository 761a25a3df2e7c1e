// SPDX-License-Identifier: Apache-2.0

#include "crypto/keyed_digest.h"

#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "crypto/sha256.h"

namespace suyuan::crypto {
namespace {

// RFC 4231 cases 1, 2 and 6.
TEST(KeyedDigestTest, HmacSha256EqualsThePublishedVectors) {
    EXPECT_EQ(
        to_hex(hmac(HashKind::kSha256, std::string(20, '\x0b'), "Hi There")),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    );
    EXPECT_EQ(
        to_hex(hmac(HashKind::kSha256, "Jefe", "what do ya want for nothing?")),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
    EXPECT_EQ(
        to_hex(hmac(
            HashKind::kSha256,
            std::string(131, '\xaa'),
            "Test Using Larger Than Block-Size Key - Hash Key First"
        )),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    );
}

// GB/T 32905-2016 appendix A.
TEST(KeyedDigestTest, Sm3EqualsThePublishedVectors) {
    EXPECT_EQ(
        to_hex(digest(HashKind::kSm3, "abc")),
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    );
    std::string text;
    for (int i = 0; i < 16; ++i) {
        text += "abcd";
    }
    EXPECT_EQ(
        to_hex(digest(HashKind::kSm3, text)),
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    );
    EXPECT_EQ(digest(HashKind::kSha256, "abc"), sha256("abc"));
}

// HMAC by its definition (RFC 2104) on the digest above: no standard prints values for SM3.
TEST(KeyedDigestTest, HmacSm3IsTheDefinition) {
    for (const std::size_t size : {0U, 1U, 32U, 64U, 65U, 200U}) {
        const std::string key(size, 'k');
        std::string block = size > 64 ? std::string(bytes_of(digest(HashKind::kSm3, key))) : key;
        block.resize(64, '\0');
        std::string inner;
        std::string outer;
        for (const char byte : block) {
            inner += static_cast<char>(byte ^ 0x36);
            outer += static_cast<char>(byte ^ 0x5c);
        }
        const Digest first = digest(HashKind::kSm3, inner + "message");
        EXPECT_EQ(
            hmac(HashKind::kSm3, key, "message"),
            digest(HashKind::kSm3, outer + std::string(bytes_of(first)))
        );
    }
}

// RFC 2202 case 2.
TEST(KeyedDigestTest, HmacSha1EqualsThePublishedVector) {
    EXPECT_EQ(
        to_hex(hmac_sha1("Jefe", "what do ya want for nothing?")),
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
    );
}

TEST(KeyedDigestTest, EqualIsEqual) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
    EXPECT_FALSE(equal_in_constant_time("", "a"));
}

}  // namespace
}  // namespace suyuan::crypto
