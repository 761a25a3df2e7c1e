// SPDX-License-Identifier: Apache-2.0

#include "http/guard.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "http/limits.h"
#include "http/message.h"
#include "http/problem.h"

namespace suyuan::http {
namespace {

Request request_of(std::string_view method, std::string_view target) {
    Request request;
    request.method_text = method;
    request.method = parse_method(method);
    EXPECT_TRUE(split_target(target, request));
    return request;
}

// The kind of the problem, or "" if there is none.
std::string slug_of_check(const Request& request, const Limits& limits = {}) {
    const auto problem = check_head(request, limits);
    return problem ? std::string(slug_of(problem->kind)) : "";
}

TEST(LoopbackAuthorityTest, KnowsItsOwnNames) {
    for (const std::string_view authority : {
             "localhost",
             "LOCALHOST:1",
             "localhost:65535",
             "127.0.0.1",
             "127.0.0.1:8080",
             "127.255.255.254",
             "127.1.2.3:80",
             "[::1]",
             "[::1]:8080",
         }) {
        EXPECT_TRUE(is_loopback_authority(authority)) << authority;
    }
}

TEST(LoopbackAuthorityTest, RefusesForeignNames) {
    for (const std::string_view authority : {
             "",
             ":",
             ":80",
             "example.com",
             "localhost.example.com",
             "localhost.",
             "evil-localhost",
             "127.0.0.1.example.com",
             "127.0.0.1:8080@example.com",
             "127.0.0",
             "127.0.0.1.",
             "127.0.0.256",
             "127.0.0.0001",
             "128.0.0.1",
             "0.0.0.0",
             "10.0.0.1",
             "[::]",
             "[::2]",
             "::1",
             "[::1]x",
             "127.0.0.1:",
             "127.0.0.1:port",
             "127.0.0.1:123456",
             "127..0.1",
             "user@localhost",
         }) {
        EXPECT_FALSE(is_loopback_authority(authority)) << authority;
    }
}

TEST(GuardTest, AsksForExactlyOneHostThatIsOurs) {
    const Request none = request_of("GET", "/");
    EXPECT_EQ(slug_of_check(none), "invalid-request");

    Request two = request_of("GET", "/");
    two.headers.add("Host", "localhost");
    two.headers.add("host", "localhost");
    EXPECT_EQ(slug_of_check(two), "invalid-request");

    // A name of the attacker's that resolves to 127.0.0.1.
    Request rebound = request_of("GET", "/");
    rebound.headers.add("Host", "rebind.example.com:8080");
    EXPECT_EQ(slug_of_check(rebound), "foreign-host");

    // The absolute form wins over Host, so both must be ours.
    Request absolute = request_of("GET", "http://example.com/");
    absolute.headers.add("Host", "localhost");
    EXPECT_EQ(slug_of_check(absolute), "foreign-host");

    Request ours = request_of("GET", "http://127.0.0.1:8080/");
    ours.headers.add("Host", "127.0.0.1:8080");
    EXPECT_EQ(slug_of_check(ours), "");
}

TEST(GuardTest, BeyondLoopbackItHasTheNamesThatItWasGiven) {
    struct Row {
        std::string_view host;
        std::string_view origin;
        bool takes_addresses;
        std::string_view slug;
    };

    for (const Row& row : {
             Row{"trace.example", "https://trace.example", false, ""},
             Row{"TRACE.example:8443", "https://trace.example:8443", false, ""},
             Row{"trace.example", "http://trace.example", false, "cross-origin"},
             Row{"trace.example.evil", "https://trace.example.evil", true, "foreign-host"},
             Row{"10.0.0.7:8080", "http://10.0.0.7:8080", true, ""},
             Row{"10.0.0.7:8080", "https://10.0.0.7:8080", true, "cross-origin"},
             Row{"10.0.0.7:8080", "http://10.0.0.7:8080", false, "foreign-host"},
             Row{"[2001:db8::1]:80", "http://[2001:db8::1]:80", true, ""},
             Row{"10.0.0", "http://10.0.0", true, "foreign-host"},
             Row{"0x0a000007", "http://0x0a000007", true, "foreign-host"},
             Row{"localhost:8080", "http://localhost:8080", true, ""},
         }) {
        Request request = request_of("POST", "/epcis/capture");
        request.headers.add("Host", row.host);
        request.headers.add("Origin", row.origin);
        const Hosts hosts = {.takes_addresses = row.takes_addresses, .names = {"trace.example"}};
        const auto problem = check_head(request, {}, hosts);
        EXPECT_EQ(problem ? slug_of(problem->kind) : "", row.slug) << row.host << row.origin;
    }
}

TEST(GuardTest, ForeignPagesReadNothingAndWriteNothing) {
    struct Row {
        std::string_view method;
        std::string_view header;
        std::string_view value;
        std::string_view slug;
    };

    for (const Row& row : {
             Row{"POST", "Origin", "http://localhost:8080", ""},
             Row{"POST", "Origin", "HTTP://LOCALHOST:8080", "cross-origin"},
             Row{"POST", "Origin", "http://localhost:3000", "cross-origin"},
             Row{"POST", "Origin", "https://localhost:8080", "cross-origin"},
             Row{"POST", "Origin", "http://example.com", "cross-origin"},
             Row{"POST", "Origin", "null", "cross-origin"},
             Row{"POST", "Origin", "", "cross-origin"},
             Row{"PUT", "Origin", "http://example.com", "cross-origin"},
             Row{"POST", "Sec-Fetch-Site", "cross-site", "cross-origin"},
             Row{"POST", "Sec-Fetch-Site", "same-site", "cross-origin"},
             Row{"POST", "Sec-Fetch-Site", "same-origin", ""},
             Row{"POST", "Sec-Fetch-Site", "none", ""},
             Row{"GET", "Origin", "http://example.com", ""
             },  // the browser keeps the answer from it
         }) {
        Request request = request_of(row.method, "/epcis/capture");
        request.headers.add("Host", "localhost:8080");
        request.headers.add(row.header, row.value);
        EXPECT_EQ(slug_of_check(request), row.slug) << row.method << " " << row.header << row.value;
    }
}

TEST(GuardTest, RefusesCodingsAndExpectationsItDoesNotKnow) {
    struct Row {
        std::string_view header;
        std::string_view value;
        std::string_view slug;
    };

    for (const Row& row : {
             Row{"Transfer-Encoding", "chunked", ""},
             Row{"Transfer-Encoding", "gzip, chunked", "not-implemented"},
             Row{"Content-Encoding", "identity", ""},
             Row{"Content-Encoding", "gzip", "not-implemented"},
             Row{"Expect", "100-Continue", ""},
             Row{"Expect", "a miracle", "expectation"},
         }) {
        Request request = request_of("POST", "/epcis/capture");
        request.headers.add("Host", "localhost:8080");
        request.headers.add(row.header, row.value);
        EXPECT_EQ(slug_of_check(request), row.slug) << row.header << ": " << row.value;
    }
}

TEST(GuardTest, BoundsTheTarget) {
    Limits limits;
    limits.target_bytes = 10;
    Request fits = request_of("GET", "/1234?56789");
    fits.headers.add("Host", "localhost");
    EXPECT_EQ(slug_of_check(fits, limits), "");
    Request exceeds = request_of("GET", "/1234?567890");
    exceeds.headers.add("Host", "localhost");
    EXPECT_EQ(slug_of_check(exceeds, limits), "target-too-long");
}

TEST(SecurityHeadersTest, AreAddedButDoNotOverrule) {
    Response response = Response::of(200, "text/plain", "");
    response.headers.add("Cache-Control", "no-cache");
    add_security_headers(response);
    EXPECT_EQ(response.headers.find("Cache-Control"), "no-cache");
    EXPECT_EQ(response.headers.find("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(response.headers.find("X-Frame-Options"), "DENY");
    EXPECT_EQ(response.headers.find("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(response.headers.find("Cross-Origin-Resource-Policy"), "same-origin");
    const std::string_view policy = response.headers.find("Content-Security-Policy");
    for (const std::string_view part :
         {"default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"}) {
        EXPECT_NE(policy.find(part), std::string_view::npos) << part;
    }
    EXPECT_EQ(policy.find("unsafe"), std::string_view::npos);
}

}  // namespace
}  // namespace suyuan::http
