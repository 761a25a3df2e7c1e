// SPDX-License-Identifier: Apache-2.0

#include "io/internet_address.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include <arpa/inet.h>

namespace suyuan::io {
namespace {

constexpr std::size_t kPrefixBytes = 12;
constexpr std::array<std::byte, kPrefixBytes> kIpv4Prefix = {
    std::byte{0},
    std::byte{0},
    std::byte{0},
    std::byte{0},
    std::byte{0},
    std::byte{0},
    std::byte{0},
    std::byte{0},
    std::byte{0},
    std::byte{0},
    std::byte{0xff},
    std::byte{0xff},
};

}  // namespace

std::optional<InternetAddress> parse_internet_address(const std::string& text) {
    InternetAddress address{};
    if (text.find('\0') != std::string::npos) {
        return std::nullopt;
    }
    if (inet_pton(AF_INET6, text.c_str(), address.data()) == 1) {
        return address;
    }
    if (inet_pton(AF_INET, text.c_str(), address.data() + kPrefixBytes) == 1) {
        std::ranges::copy(kIpv4Prefix, address.begin());
        return address;
    }
    return std::nullopt;
}

bool is_ipv4(const InternetAddress& address) noexcept {
    return std::ranges::equal(std::span(address).first(kPrefixBytes), kIpv4Prefix);
}

bool is_loopback(const InternetAddress& address) noexcept {
    if (is_ipv4(address)) {
        return address[kPrefixBytes] == std::byte{127};
    }
    InternetAddress loopback{};
    loopback.back() = std::byte{1};
    return address == loopback;
}

}  // namespace suyuan::io
