// SPDX-License-Identifier: Apache-2.0
//
// Request targets and the headers that guard them: "TARGET\nHOST\nACCEPT". Whatever passes the
// guard has a path of ours to match, and its name is a loopback one.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "http/guard.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/problem.h"
#include "http/query.h"
#include "http/reply.h"
#include "http/routes.h"

extern "C" const char* const* suyuan_fuzz_seeds() {
    static constexpr std::array<const char*, 6> kSeeds = {
        "/epcis/events/urn%3Auuid%3A1?perPage=1\n127.0.0.1:8080\napplication/json",
        "http://localhost:8080/api/v1/lots/a%2Fb\n[::1]:80\ntext/*;q=0.5, */*;q=0",
        "/api/v1/trace?code=1\nlocalhost\nzh-CN,en;q=0.9",
        "*\n127.1.2.3\n",
        "http://?\n127.0.0.1.example.com\n;;,",
        nullptr
    };
    return kSeeds.data();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace http = suyuan::http;
    const std::string text(data, data + size);
    std::string_view rest = text;
    std::array<std::string_view, 3> lines;
    for (std::string_view& line : lines) {
        const auto end = std::min(rest.find('\n'), rest.size());
        line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    http::Request request;
    if (!http::split_target(lines[0], request)) {
        return 0;
    }
    SUYUAN_ASSERT(request.path.starts_with('/') || request.path == "*");
    request.headers.add("Host", lines[1]);
    request.headers.add("Accept", lines[2]);
    request.headers.add("Accept-Language", lines[2]);
    (void)http::accepts(request, "application/json");
    (void)http::language_of(request);
    const auto problem = http::check_head(request, http::Limits{});
    SUYUAN_ASSERT(problem || http::is_loopback_authority(lines[1]));
    const std::string allowed = http::allowed_methods(request.path);
    SUYUAN_ASSERT(allowed.empty() || allowed.find("OPTIONS") != std::string::npos);
    if (const auto decoded = http::percent_decode(request.path)) {
        SUYUAN_ASSERT(http::percent_decode(http::percent_encode(*decoded)) == decoded);
    }
    return 0;
}
