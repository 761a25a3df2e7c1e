// SPDX-License-Identifier: Apache-2.0

#include "crypto/sha256.h"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace suyuan::crypto {
namespace {

TEST(Sha256Test, EqualsThePublishedVectors) {
    struct Vector {
        std::string text;
        std::string_view digest;
    };

    // FIPS 180-2 appendix B, and the empty message of the NIST CAVP byte vectors.
    const std::array<Vector, 4> vectors = {{
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {std::string(1'000'000, 'a'),
         "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    }};
    for (const Vector& vector : vectors) {
        EXPECT_EQ(to_hex(sha256(vector.text)), vector.digest) << vector.text.substr(0, 60);
        EXPECT_EQ(sha256(vector.text), sha256(std::as_bytes(std::span(vector.text))));
    }
}

TEST(HexTest, WritesLowerCaseAndLeadingZeros) {
    constexpr std::array<std::byte, 3> kBytes = {std::byte{0x00}, std::byte{0x0a}, std::byte{0xff}};
    EXPECT_EQ(to_hex(kBytes), "000aff");
    EXPECT_EQ(to_hex({}), "");
}

}  // namespace
}  // namespace suyuan::crypto
