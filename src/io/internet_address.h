// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace suyuan::io {

// An address of IPv6, or of IPv4 as the one that stands for it (::ffff:0:0/96), as bytes from the
// left.
using InternetAddress = std::array<std::byte, 16>;

// "10.0.0.1", "2001:db8::1"; nullopt for anything else, names and zones ("fe80::1%eth0") included.
[[nodiscard]] std::optional<InternetAddress> parse_internet_address(const std::string& text);

[[nodiscard]] bool is_ipv4(const InternetAddress& address) noexcept;

// 127.0.0.0/8 and ::1.
[[nodiscard]] bool is_loopback(const InternetAddress& address) noexcept;

}  // namespace suyuan::io
