// SPDX-License-Identifier: Apache-2.0

#include "crypto/sealed_box.h"

#include <cstddef>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "io/randomness.h"

namespace suyuan::crypto {
namespace {

const std::string kKey(kSealKeyBytes, 'k');

TEST(SealedBoxTest, OpensForItsKeyAndPlaceAlone) {
    io::SystemRandomness randomness;
    for (const std::string secret : {"", "s", "a secret of some length"}) {
        const std::string sealed = seal(kKey, "key|k7", secret, randomness);
        EXPECT_EQ(open_sealed(kKey, "key|k7", sealed), secret);
        EXPECT_EQ(open_sealed(kKey, "key|k8", sealed), std::nullopt);
        EXPECT_EQ(open_sealed(std::string(kSealKeyBytes, 'x'), "key|k7", sealed), std::nullopt);
        EXPECT_NE(seal(kKey, "key|k7", secret, randomness), sealed);
    }
}

TEST(SealedBoxTest, NoBitCanBeChangedAndNothingCutOff) {
    io::SystemRandomness randomness;
    const std::string sealed = seal(kKey, "place", "secret", randomness);
    for (std::size_t place = 0; place < sealed.size(); ++place) {
        std::string altered = sealed;
        altered[place] = static_cast<char>(altered[place] ^ 1);
        EXPECT_EQ(open_sealed(kKey, "place", altered), std::nullopt) << place;
        EXPECT_EQ(open_sealed(kKey, "place", sealed.substr(0, place)), std::nullopt) << place;
    }
    EXPECT_EQ(open_sealed(kKey, "place", sealed + "x"), std::nullopt);
}

// The Galois/Counter Mode of Operation (McGrew, Viega), AES-256 test case 14: sixteen zero bytes
// under a zero key and nonce.
TEST(SealedBoxTest, OpensAPublishedVector) {
    const std::string zeros(16, '\0');
    const std::string cipher = "\xce\xa7\x40\x3d\x4d\x60\x6b\x6e\x07\x4e\xc5\xd3\xba\xf3\x9d\x18";
    const std::string tag = "\xd0\xd1\xc8\xa7\x99\x99\x6b\xf0\x26\x5b\x98\xb5\xd4\x8a\xb9\x19";
    EXPECT_EQ(
        open_sealed(std::string(kSealKeyBytes, '\0'), "", std::string(12, '\0') + tag + cipher),
        zeros
    );
}

}  // namespace
}  // namespace suyuan::crypto
