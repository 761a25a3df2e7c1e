// SPDX-License-Identifier: Apache-2.0

#include "http/guard.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/format.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/problem.h"

namespace suyuan::http {
namespace {

using HeaderRow = std::pair<std::string_view, std::string_view>;

constexpr std::array kSecurityHeaders = {
    HeaderRow{
        "Content-Security-Policy",
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    },
    HeaderRow{"X-Content-Type-Options", "nosniff"},
    HeaderRow{"X-Frame-Options", "DENY"},
    HeaderRow{"Referrer-Policy", "no-referrer"},
    HeaderRow{"Cross-Origin-Opener-Policy", "same-origin"},
    HeaderRow{"Cross-Origin-Resource-Policy", "same-origin"},
    HeaderRow{"Cache-Control", "no-store"},
};

bool is_digits(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// 127.0.0.0/8 in dotted form.
bool is_loopback_v4(std::string_view host) noexcept {
    int parts = 0;
    const bool is_127 = host.starts_with("127.");
    while (!host.empty()) {
        const auto end = std::min(host.find('.'), host.size());
        const std::string_view part = host.substr(0, end);
        if (!is_digits(part) || part.size() > 3 || (part.size() == 3 && part > "255")) {
            return false;
        }
        ++parts;
        if (end + 1 == host.size()) {
            return false;
        }
        host.remove_prefix(std::min(end + 1, host.size()));
    }
    return is_127 && parts == 4;
}

std::optional<Problem> check_origin(const Request& request, std::string_view authority) {
    if (request.method == Method::kGet || request.method == Method::kHead ||
        request.method == Method::kOptions) {
        return std::nullopt;
    }
    const std::string_view site = request.headers.find("Sec-Fetch-Site");
    const bool is_foreign_site = !site.empty() && site != "same-origin" && site != "none";
    const std::string_view origin = request.headers.find("Origin");
    const bool is_foreign_origin =
        request.headers.has("Origin") &&
        !(origin.starts_with("http://") && equals_ignoring_case(origin.substr(7), authority));
    if (!is_foreign_site && !is_foreign_origin) {
        return std::nullopt;
    }
    return make_problem(
        ProblemKind::kCrossOrigin,
        {"写入请求来自其他网站的页面，已拒绝。", "A page of another site tried to write; refused."}
    );
}

std::optional<Problem> check_host(const Request& request, std::string_view authority) {
    const auto hosts = std::ranges::count_if(request.headers.all(), [](const Header& header) {
        return equals_ignoring_case(header.name, "Host");
    });
    if (hosts != 1) {
        return make_problem(
            ProblemKind::kInvalidRequest,
            {"请求须有且仅有一个 Host 头。", "Send exactly one Host header."}
        );
    }
    if (!is_loopback_authority(request.headers.find("Host")) || !is_loopback_authority(authority)) {
        return make_problem(
            ProblemKind::kForeignHost,
            {"本服务只应答 localhost 与环回地址。",
             "This server answers to localhost and loopback addresses only."}
        );
    }
    return std::nullopt;
}

}  // namespace

bool is_loopback_authority(std::string_view authority) noexcept {
    std::string_view host = authority;
    const auto colon = authority.rfind(':');
    if (colon != std::string_view::npos && !authority.ends_with(']')) {
        if (!is_digits(authority.substr(colon + 1)) || authority.size() - colon > 6) {
            return false;
        }
        host = authority.substr(0, colon);
    }
    return equals_ignoring_case(host, "localhost") || host == "[::1]" || is_loopback_v4(host);
}

std::optional<Problem> check_head(const Request& request, const Limits& limits) {
    const std::string_view authority =
        request.authority.empty() ? request.headers.find("Host") : request.authority;
    if (auto problem = check_host(request, authority)) {
        return problem;
    }
    if (auto problem = check_origin(request, authority)) {
        return problem;
    }
    if (request.path.size() + request.query.size() > limits.target_bytes) {
        return make_problem(
            ProblemKind::kTargetTooLong,
            {format("请求地址最长 {} 字节。", limits.target_bytes),
             format("A request target has at most {} bytes.", limits.target_bytes)}
        );
    }
    const std::string_view encoding = request.headers.find("Transfer-Encoding");
    const std::string_view content = request.headers.find("Content-Encoding");
    if ((!encoding.empty() && !equals_ignoring_case(encoding, "chunked")) ||
        (!content.empty() && !equals_ignoring_case(content, "identity"))) {
        return make_problem(
            ProblemKind::kNotImplemented,
            {"请求内容请勿压缩；传输编码只支持 chunked。",
             "Send bodies uncompressed; chunked is the only transfer coding."}
        );
    }
    const std::string_view expect = request.headers.find("Expect");
    if (!expect.empty() && !equals_ignoring_case(expect, "100-continue")) {
        return make_problem(
            ProblemKind::kExpectationFailed,
            {"Expect 只支持 100-continue。", "The only expectation known is 100-continue."}
        );
    }
    return std::nullopt;
}

void add_security_headers(Response& response) {
    for (const auto& [name, value] : kSecurityHeaders) {
        if (!response.headers.has(name)) {
            response.headers.add(name, value);
        }
    }
}

}  // namespace suyuan::http
