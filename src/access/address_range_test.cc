// SPDX-License-Identifier: Apache-2.0

#include "access/address_range.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "io/internet_address.h"

namespace suyuan::access {
namespace {

bool holds(std::string_view range, const std::string& address) {
    const auto parsed = parse_address_range(range);
    EXPECT_TRUE(parsed) << range;
    return parsed && parsed->contains(*io::parse_internet_address(address));
}

TEST(AddressRangeTest, HoldsWhatSharesItsBits) {
    EXPECT_TRUE(holds("10.0.0.0/8", "10.255.0.1"));
    EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.0"));
    EXPECT_TRUE(holds("10.1.128.0/17", "10.1.200.1"));
    EXPECT_FALSE(holds("10.1.128.0/17", "10.1.127.255"));
    EXPECT_TRUE(holds("10.1.2.3", "10.1.2.3"));
    EXPECT_FALSE(holds("10.1.2.3", "10.1.2.2"));
    EXPECT_TRUE(holds("10.1.2.3/32", "::ffff:10.1.2.3"));
    EXPECT_TRUE(holds("2001:db8::/32", "2001:db8:1::5"));
    EXPECT_FALSE(holds("2001:db8::/32", "2001:db9::"));
    // All of IPv4 is not all of IPv6.
    EXPECT_TRUE(holds("0.0.0.0/0", "255.255.255.255"));
    EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
    EXPECT_TRUE(holds("::/0", "10.0.0.1"));
}

TEST(AddressRangeTest, ASlipIsNoRange) {
    for (const std::string_view text :
         {"",
          "/8",
          "10.0.0.0/",
          "10.0.0.0/33",
          "10.0.0.0/-1",
          "10.0.0.0/+8",
          "10.0.0.0/8 ",
          "10.0.0.0/8/8",
          "10.0.0.1/8",
          "2001:db8::/129",
          "2001:db8::1/64",
          "host/8",
          "10.0/8"}) {
        EXPECT_FALSE(parse_address_range(text)) << text;
    }
}

}  // namespace
}  // namespace suyuan::access
