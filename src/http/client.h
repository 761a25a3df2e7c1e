// SPDX-License-Identifier: Apache-2.0
//
// A small client for commands that find the store held by a server on the same machine.

#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "http/limits.h"
#include "http/message.h"

namespace suyuan::http {

struct ClientOptions {
    // The whole exchange; as long as a server may take for one request, and the bytes both ways.
    std::chrono::milliseconds time_max{180'000};
    std::uint64_t body_bytes_max = kClientBodyBytesMax;
};

// Sends one request over a connection of its own and reads the answer, whatever its status. Of the
// request, method_text, path, query, headers and body are sent. `authority` is what
// io::DirectoryLock::holder_address tells: "127.0.0.1:8080".
//
// Fails with kInvalidArgument (no loopback authority with a port), kLimitExceeded (a longer answer)
// or kUnavailable (nobody there, connection lost, out of time).
[[nodiscard]] Result<Response> send_request(
    std::string_view authority, const Request& request, const ClientOptions& options = {}
);

}  // namespace suyuan::http
