// SPDX-License-Identifier: Apache-2.0
//
// What is refused by its header alone, and the headers that every answer carries.
//
// A server is reachable from every page that the same person's browser shows. Two doors
// are shut: a foreign name that resolves to 127.0.0.1 (DNS rebinding: the Host header is not ours)
// and a form or script of another site (Origin and Sec-Fetch-Site).

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/limits.h"
#include "http/message.h"
#include "http/problem.h"

namespace suyuan::http {

// "localhost", "127.x.y.z" or "[::1]", with or without a port.
[[nodiscard]] bool is_loopback_authority(std::string_view authority) noexcept;

// An address in place of a name: nobody's name resolves to it.
[[nodiscard]] bool is_address_authority(std::string_view authority) noexcept;

// Whom a Host header may name beside this machine.
struct Hosts {
    bool takes_addresses = false;    // beyond loopback
    std::vector<std::string> names;  // under which a proxy that ends TLS sends people here
};

// "http://127.0.0.1:8080"; "https://" before one of the names, whose TLS ends in front of us.
[[nodiscard]] std::string origin_of(std::string_view authority);

// nullopt: nothing is wrong. Requires the target to have been split.
[[nodiscard]] std::optional<Problem> check_head(
    const Request& request, const Limits& limits, const Hosts& hosts = {}
);

// Content-Security-Policy and its kin; headers that the response has already stay as they are.
void add_security_headers(Response& response);

}  // namespace suyuan::http
