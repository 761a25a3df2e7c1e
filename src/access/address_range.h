// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string_view>

#include "io/internet_address.h"

namespace suyuan::access {

// The addresses that share their first bits with one: "10.0.0.0/8", "2001:db8::/32", or one alone.
struct AddressRange {
    io::InternetAddress first{};
    unsigned bits = 0;  // of 128

    [[nodiscard]] bool contains(const io::InternetAddress& address) const noexcept;
};

// nullopt for anything else; bits behind the prefix must be zero, so that a slip is noticed.
[[nodiscard]] std::optional<AddressRange> parse_address_range(std::string_view text);

}  // namespace suyuan::access
