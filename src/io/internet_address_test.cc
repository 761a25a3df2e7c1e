// SPDX-License-Identifier: Apache-2.0

#include "io/internet_address.h"

#include <cstddef>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace suyuan::io {
namespace {

TEST(InternetAddressTest, ReadsBothKinds) {
    const auto four = parse_internet_address("10.0.255.1");
    ASSERT_TRUE(four);
    EXPECT_TRUE(is_ipv4(*four));
    EXPECT_EQ(four->at(12), std::byte{10});
    EXPECT_EQ(four->at(14), std::byte{255});
    EXPECT_EQ(four, parse_internet_address("::ffff:10.0.255.1"));
    const auto six = parse_internet_address("2001:db8::1");
    ASSERT_TRUE(six);
    EXPECT_FALSE(is_ipv4(*six));
    EXPECT_EQ(six->front(), std::byte{0x20});
    EXPECT_EQ(six, parse_internet_address("2001:0DB8:0:0::0001"));
}

TEST(InternetAddressTest, NothingElseIsAnAddress) {
    for (const std::string text :
         {"",
          "localhost",
          "10.0.0",
          "10.0.0.256",
          "010.0.0.1",
          "10.0.0.1 ",
          "[::1]",
          "::1%lo",
          "1.2.3.4.5",
          "::g",
          "10.0.0.1/8"}) {
        EXPECT_EQ(parse_internet_address(text), std::nullopt) << text;
    }
    EXPECT_EQ(parse_internet_address(std::string("::1\0", 4)), std::nullopt);
}

TEST(InternetAddressTest, KnowsThisMachine) {
    for (const std::string text : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"}) {
        EXPECT_TRUE(is_loopback(*parse_internet_address(text))) << text;
    }
    for (const std::string text : {"10.0.0.1", "::2", "128.0.0.1", "::", "::127.0.0.1"}) {
        EXPECT_FALSE(is_loopback(*parse_internet_address(text))) << text;
    }
}

}  // namespace
}  // namespace suyuan::io
