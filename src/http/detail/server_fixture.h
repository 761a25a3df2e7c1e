// SPDX-License-Identifier: Apache-2.0
//
// For tests of the server: a handler that does what the path says, behind limits that can be
// reached.

#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "codec/byte_source.h"
#include "codec/json.h"
#include "http/detail/raw_client.h"
#include "http/message.h"
#include "http/server.h"
#include "policy/request_context.h"

namespace suyuan::http {

inline constexpr std::string_view kHost = "Host: 127.0.0.1\r\n";

inline std::string get(std::string_view path, std::string_view headers = {}) {
    return std::string("GET ").append(path).append(" HTTP/1.1\r\n").append(kHost).append(headers) +
           "\r\n";
}

inline std::string post(std::string_view body, std::string_view headers = {}) {
    return std::string("POST /echo HTTP/1.1\r\n")
        .append(kHost)
        .append(headers)
        .append("Content-Length: ")
        .append(std::to_string(body.size()))
        .append("\r\n\r\n")
        .append(body);
}

class ServerTest : public ::testing::Test {
protected:
    // Limits small enough to be reached; `limits` may be changed before start().
    ServerTest() {
        options_.port = 0;
        options_.worker_count = 2;
        options_.limits.header_bytes = 2'048;
        options_.limits.target_bytes = 1'024;
        options_.limits.body_bytes = 10'000;
        options_.limits.idle_time = std::chrono::milliseconds{10'000};
        options_.limits.stop_time = std::chrono::milliseconds{200};
        options_.access_log = [this](std::string_view line) {
            const std::scoped_lock lock(mutex_);
            log_.emplace_back(line);
        };
    }

    void start() {
        auto started = Server::start(
            [this](const Request& request, const policy::RequestContext& context) {
                return handle(request, context);
            },
            options_
        );
        ASSERT_TRUE(started) << started.error().message();
        server_ = *std::move(started);
    }

    RawClient connect() const { return RawClient(server_->port()); }

    Limits& limits() { return options_.limits; }

    Response handle(const Request& request, const policy::RequestContext& context) {
        ++handled_;
        if (request.path == "/echo") {
            return Response::of(200, "text/plain", request.method_text + " " + request.body);
        }
        if (request.path.starts_with("/long/")) {
            Response response = Response::of(200, "text/plain", {});
            response.source = codec::source_of_bytes(std::string(kLongBytes, 'x') + "end");
            return response;
        }
        if (request.path == "/throw") {
            throw std::runtime_error("out of patience");
        }
        if (request.path == "/until-cancelled") {
            is_waiting_ = true;
            while (!context.is_cancelled()) {
                std::this_thread::sleep_for(std::chrono::milliseconds{1});
            }
            was_cancelled_ = true;
        }
        if (request.path == "/until-released") {
            is_waiting_ = true;
            while (!is_released_) {
                std::this_thread::sleep_for(std::chrono::milliseconds{1});
            }
        }
        return Response::of(200, "text/plain", request.path);
    }

    // False if it does not become true in time.
    static bool becomes_true(const std::atomic<bool>& flag) {
        for (int i = 0; i < 10'000 && !flag; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
        return flag;
    }

    std::vector<std::string> log() {
        const std::scoped_lock lock(mutex_);
        return log_;
    }

    static constexpr std::size_t kLongBytes = 200'000;

    ServerOptions options_;
    std::atomic<int> handled_ = 0;
    std::atomic<bool> is_waiting_ = false;
    std::atomic<bool> is_released_ = false;
    std::atomic<bool> was_cancelled_ = false;
    std::mutex mutex_;
    std::vector<std::string> log_;    // guarded by mutex_
    std::unique_ptr<Server> server_;  // Last: its threads use the above.
};

inline std::string type_of(const Response& response) {
    const auto body = codec::parse_json(response.body);
    return body ? std::string(body->string_or("type")) : "no JSON: " + response.body;
}

}  // namespace suyuan::http
