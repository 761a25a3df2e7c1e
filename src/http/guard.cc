// SPDX-License-Identifier: Apache-2.0

#include "http/guard.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/format.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/problem.h"
#include "io/internet_address.h"

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
    const std::string ours = origin_of(authority);
    const std::size_t scheme = ours.find("://");
    const bool is_ours = origin.starts_with(std::string_view(ours).substr(0, scheme)) &&
                         equals_ignoring_case(origin, ours);
    const bool is_foreign_origin = request.headers.has("Origin") && !is_ours;
    if (!is_foreign_site && !is_foreign_origin) {
        return std::nullopt;
    }
    return make_problem(
        ProblemKind::kCrossOrigin,
        {"写入请求来自其他网站的页面，已拒绝。", "A page of another site tried to write; refused."}
    );
}

// Without the port.
std::string_view host_of(std::string_view authority) noexcept {
    const auto colon = authority.rfind(':');
    const bool has_port = colon != std::string_view::npos && !authority.ends_with(']') &&
                          authority.size() - colon <= 6 && is_digits(authority.substr(colon + 1));
    return has_port ? authority.substr(0, colon) : authority;
}

bool is_ours(std::string_view authority, const Hosts& hosts) noexcept {
    return is_loopback_authority(authority) ||
           (hosts.takes_addresses && is_address_authority(authority)) ||
           std::ranges::any_of(hosts.names, [&](std::string_view name) {
               return equals_ignoring_case(host_of(authority), name);
           });
}

std::optional<Problem> check_host(
    const Request& request, std::string_view authority, const Hosts& hosts
) {
    const auto count = std::ranges::count_if(request.headers.all(), [](const Header& header) {
        return equals_ignoring_case(header.name, "Host");
    });
    if (count != 1) {
        return make_problem(
            ProblemKind::kInvalidRequest,
            {"请求须有且仅有一个 Host 头。", "Send exactly one Host header."}
        );
    }
    if (!is_ours(request.headers.find("Host"), hosts) || !is_ours(authority, hosts)) {
        return make_problem(
            ProblemKind::kForeignHost,
            {"主机名不是本服务的；本机用 localhost 或环回地址，其他名称须在启动时写明。",
             "Not a name of this server: localhost, a loopback address, or one that it was started "
             "with."}
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

bool is_address_authority(std::string_view authority) noexcept {
    const std::string_view host = host_of(authority);
    const bool is_bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    const bool is_dotted = !host.empty() && std::ranges::all_of(host, [](char c) {
        return c == '.' || (c >= '0' && c <= '9');
    });
    if (!is_bracketed && !is_dotted) {
        return false;
    }
    return io::parse_internet_address(
               std::string(is_bracketed ? host.substr(1, host.size() - 2) : host)
    )
        .has_value();
}

std::string origin_of(std::string_view authority) {
    const bool is_plain = is_loopback_authority(authority) || is_address_authority(authority);
    return format("{}://{}", is_plain ? "http" : "https", authority);
}

std::optional<Problem> check_head(
    const Request& request, const Limits& limits, const Hosts& hosts
) {
    const std::string_view authority =
        request.authority.empty() ? request.headers.find("Host") : request.authority;
    if (auto problem = check_host(request, authority, hosts)) {
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
