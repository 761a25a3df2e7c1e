// SPDX-License-Identifier: Apache-2.0

#include "access/address_range.h"

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "io/internet_address.h"

namespace suyuan::access {
namespace {

constexpr unsigned kAddressBits = 128;
constexpr unsigned kIpv4Bits = 32;
constexpr unsigned kByteBits = 8;

bool bit_of(const io::InternetAddress& address, unsigned place) noexcept {
    const auto byte = std::to_integer<unsigned>(address[place / kByteBits]);
    return (byte >> (kByteBits - 1 - place % kByteBits) & 1U) != 0;
}

}  // namespace

bool AddressRange::contains(const io::InternetAddress& address) const noexcept {
    for (unsigned place = 0; place < bits; ++place) {
        if (bit_of(first, place) != bit_of(address, place)) {
            return false;
        }
    }
    return true;
}

std::optional<AddressRange> parse_address_range(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = io::parse_internet_address(std::string(text.substr(0, slash)));
    if (!address) {
        return std::nullopt;
    }
    AddressRange range = {.first = *address, .bits = kAddressBits};
    if (slash == std::string_view::npos) {
        return range;
    }
    const std::string_view digits = text.substr(slash + 1);
    const bool is_ipv4 = io::is_ipv4(*address) && text.find(':') == std::string_view::npos;
    const unsigned bits_max = is_ipv4 ? kIpv4Bits : kAddressBits;
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc() || end != digits.data() + digits.size() || bits > bits_max) {
        return std::nullopt;
    }
    range.bits = kAddressBits - bits_max + bits;
    for (unsigned place = range.bits; place < kAddressBits; ++place) {
        if (bit_of(range.first, place)) {
            return std::nullopt;
        }
    }
    return range;
}

}  // namespace suyuan::access
