// SPDX-License-Identifier: Apache-2.0

#include "crypto/base_encoding.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace suyuan::crypto {
namespace {

// RFC 4648 section 10, the padding of base 32 left out.
TEST(BaseEncodingTest, EqualsThePublishedVectors) {
    struct Vector {
        std::string_view bytes;
        std::string_view base32;
        std::string_view base64;
    };

    constexpr std::array<Vector, 7> kVectors = {{
        {"", "", ""},
        {"f", "MY", "Zg=="},
        {"fo", "MZXQ", "Zm8="},
        {"foo", "MZXW6", "Zm9v"},
        {"foob", "MZXW6YQ", "Zm9vYg=="},
        {"fooba", "MZXW6YTB", "Zm9vYmE="},
        {"foobar", "MZXW6YTBOI", "Zm9vYmFy"},
    }};
    for (const Vector& vector : kVectors) {
        EXPECT_EQ(to_base32(vector.bytes), vector.base32);
        EXPECT_EQ(from_base32(vector.base32), vector.bytes);
        EXPECT_EQ(to_base64(vector.bytes), vector.base64);
        EXPECT_EQ(from_base64(vector.base64), vector.bytes);
    }
}

TEST(BaseEncodingTest, EveryByteComesBack) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
        EXPECT_EQ(from_base32(to_base32(bytes)), bytes);
        EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    }
}

TEST(BaseEncodingTest, PeopleMayTypeSmallLettersAndGroups) {
    EXPECT_EQ(from_base32("mzxw-6ytb oi"), "foobar");
}

TEST(BaseEncodingTest, NothingElseIsTaken) {
    for (const std::string_view wrong : {"1", "M", "MZ=", "MZXW6Y", "MZ", "M!", "MZXW6YTB0"}) {
        EXPECT_EQ(from_base32(wrong), std::nullopt) << wrong;
    }
    for (const std::string_view wrong :
         {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zg==\n", "=", "====", "Z===", "Zm-v", "Zg==Zg=="}) {
        EXPECT_EQ(from_base64(wrong), std::nullopt) << wrong;
    }
}

}  // namespace
}  // namespace suyuan::crypto
