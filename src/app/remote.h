// SPDX-License-Identifier: Apache-2.0
//
// Asking the server that holds the data directory.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "policy/request_context.h"

namespace suyuan::app {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// "/api/v1/trace" and its parameters; those with an empty value are left out.
[[nodiscard]] std::string make_target(std::string_view path, const Parameters& parameters);

// The body of a successful answer. A problem answer becomes an Error with its detail.
[[nodiscard]] Result<std::string> fetch(const std::string& server, std::string_view target);

// The body of a successful answer to a request that has one. Fails as fetch().
[[nodiscard]] Result<std::string> send(
    const std::string& server,
    std::string_view method,
    std::string_view target,
    std::string_view body,
    std::string_view content_type
);

struct RemoteCapture {
    bool succeeded = false;
    std::uint64_t event_count = 0;
    std::uint64_t stored_count = 0;
    std::string errors;  // JSON array of problems
};

// Sends a capture document and waits until its job is done. Fails as fetch(), and with kCancelled.
[[nodiscard]] Result<RemoteCapture> capture(
    const policy::RequestContext& context,
    const std::string& server,
    std::string_view document,
    bool proceeds
);

}  // namespace suyuan::app
