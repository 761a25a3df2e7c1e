// SPDX-License-Identifier: Apache-2.0

#include "http/client.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

#include "base/error.h"
#include "http/message.h"
#include "http/server.h"
#include "policy/request_context.h"

namespace suyuan::http {
namespace {

class ClientTest : public ::testing::Test {
protected:
    static Response answer(const Request& request, const policy::RequestContext& context) {
        while (request.path == "/slow" && !context.is_cancelled()) {
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
        Response response = Response::of(
            201,
            "text/plain",
            request.method_text + " " + request.path + "?" + request.query + " " + request.body
        );
        response.headers.add("X-Seen", request.headers.find("X-Sent"));
        return response;
    }

    ClientTest() {
        ServerOptions options;
        options.port = 0;
        options.limits.body_bytes = 1'000;
        auto started = Server::start(answer, options);
        EXPECT_TRUE(started);
        server_ = *std::move(started);
    }

    std::string authority() const { return "127.0.0.1:" + std::to_string(server_->port()); }

    std::unique_ptr<Server> server_;
};

Request request_of(std::string_view method, std::string_view path, std::string_view body = {}) {
    Request request;
    request.method_text = method;
    request.path = path;
    request.body = body;
    return request;
}

TEST_F(ClientTest, ExchangesRequestAndAnswer) {
    Request request = request_of("POST", "/a", "黄瓜");
    request.query = "b=c";
    request.headers.add("X-Sent", "yes");
    const auto response = send_request(authority(), request);
    ASSERT_TRUE(response) << response.error().message();
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->body, "POST /a?b=c 黄瓜");
    EXPECT_EQ(response->headers.find("x-seen"), "yes");

    const auto head =
        send_request("localhost:" + std::to_string(server_->port()), request_of("HEAD", "/a"));
    ASSERT_TRUE(head) << head.error().message();
    EXPECT_EQ(head->body, "");
}

TEST_F(ClientTest, ReadsWhyALongBodyWasRefused) {
    const auto response =
        send_request(authority(), request_of("POST", "/a", std::string(500'000, 'x')));
    ASSERT_TRUE(response) << response.error().message();
    EXPECT_EQ(response->status, 413);
}

TEST_F(ClientTest, GivesUp) {
    ClientOptions options;
    options.time_max = std::chrono::milliseconds{100};
    const auto late = send_request(authority(), request_of("GET", "/slow"), options);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code(), ErrorCode::kUnavailable);

    options = {};
    options.body_bytes_max = 3;
    const auto exceeding = send_request(authority(), request_of("GET", "/long"), options);
    ASSERT_FALSE(exceeding);
    EXPECT_EQ(exceeding.error().code(), ErrorCode::kLimitExceeded);

    const std::string address = authority();
    server_->stop();
    const auto nobody = send_request(address, request_of("GET", "/"));
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().code(), ErrorCode::kUnavailable);
    EXPECT_NE(nobody.error().message().find(address), std::string::npos);
}

TEST_F(ClientTest, SpeaksToThisMachineOnly) {
    for (const std::string_view authority :
         {"example.com:80", "192.0.2.1:80", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", "", ":80"
         }) {
        const auto response = send_request(authority, request_of("GET", "/"));
        ASSERT_FALSE(response) << authority;
        EXPECT_EQ(response.error().code(), ErrorCode::kInvalidArgument) << authority;
    }
}

}  // namespace
}  // namespace suyuan::http
