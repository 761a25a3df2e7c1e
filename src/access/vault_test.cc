// SPDX-License-Identifier: Apache-2.0

#include "access/vault.h"

#include <string>

#include <gtest/gtest.h>

#include "base/error.h"
#include "io/files.h"
#include "io/randomness.h"
#include "io/scratch_folder_fixture.h"

namespace suyuan::access {
namespace {

TEST(VaultTest, OpensWhatItSealedAlsoAfterARestart) {
    const io::ScratchFolder folder;
    io::SystemRandomness randomness;
    const std::string sealed = Vault::open(folder.path(), randomness)->seal("key|k1", "secret");
    EXPECT_EQ(sealed.find("secret"), std::string::npos);
    const auto vault = Vault::open(folder.path(), randomness);
    ASSERT_TRUE(vault);
    EXPECT_EQ(*vault->open("key|k1", sealed), "secret");
    EXPECT_EQ(vault->open("key|k2", sealed).error().code(), ErrorCode::kCorruption);
}

TEST(VaultTest, AnotherKeyOpensNothingAndAFileThatIsNoKeyIsRefused) {
    const io::ScratchFolder folder;
    const io::ScratchFolder other;
    io::SystemRandomness randomness;
    const std::string sealed = Vault::open(folder.path(), randomness)->seal("p", "secret");
    EXPECT_FALSE(Vault::open(other.path(), randomness)->open("p", sealed));
    ASSERT_TRUE(io::write_file(other.path() / "access.key", "short"));
    EXPECT_EQ(Vault::open(other.path(), randomness).error().code(), ErrorCode::kCorruption);
}

}  // namespace
}  // namespace suyuan::access
