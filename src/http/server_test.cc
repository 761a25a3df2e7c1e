// SPDX-License-Identifier: Apache-2.0
//
// Goal: the server keeps its promises to well-behaved clients, and its composure with the others.
// Method: a handler that does what the path says, and a client that sends bytes as told.

#include "http/server.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "codec/json.h"
#include "http/detail/raw_client.h"
#include "http/message.h"
#include "io/clock.h"
#include "io/threads.h"
#include "policy/request_context.h"

namespace suyuan::http {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kHost = "Host: 127.0.0.1\r\n";

std::string get(std::string_view path, std::string_view headers = {}) {
    return std::string("GET ").append(path).append(" HTTP/1.1\r\n").append(kHost).append(headers) +
           "\r\n";
}

std::string post(std::string_view body, std::string_view headers = {}) {
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
        options_.limits.idle_time = milliseconds{10'000};
        options_.limits.stop_time = milliseconds{200};
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
        if (request.path == "/throw") {
            throw std::runtime_error("out of patience");
        }
        if (request.path == "/until-cancelled") {
            is_waiting_ = true;
            while (!context.is_cancelled()) {
                std::this_thread::sleep_for(milliseconds{1});
            }
            was_cancelled_ = true;
        }
        if (request.path == "/until-released") {
            is_waiting_ = true;
            while (!is_released_) {
                std::this_thread::sleep_for(milliseconds{1});
            }
        }
        return Response::of(200, "text/plain", request.path);
    }

    // False if it does not become true in time.
    static bool becomes_true(const std::atomic<bool>& flag) {
        for (int i = 0; i < 10'000 && !flag; ++i) {
            std::this_thread::sleep_for(milliseconds{1});
        }
        return flag;
    }

    std::vector<std::string> log() {
        const std::scoped_lock lock(mutex_);
        return log_;
    }

    ServerOptions options_;
    std::atomic<int> handled_ = 0;
    std::atomic<bool> is_waiting_ = false;
    std::atomic<bool> is_released_ = false;
    std::atomic<bool> was_cancelled_ = false;
    std::mutex mutex_;
    std::vector<std::string> log_;    // guarded by mutex_
    std::unique_ptr<Server> server_;  // Last: its threads use the above.
};

std::string type_of(const Response& response) {
    const auto body = codec::parse_json(response.body);
    return body ? std::string(body->string_or("type")) : "no JSON: " + response.body;
}

TEST_F(ServerTest, AnswersAndKeepsTheConnection) {
    start();
    EXPECT_EQ(server_->url(), "http://127.0.0.1:" + std::to_string(server_->port()));
    RawClient client = connect();
    for (const std::string_view body : {"one", "", "three"}) {
        ASSERT_TRUE(client.send(post(body)));
        const auto response = client.receive();
        ASSERT_TRUE(response);
        EXPECT_EQ(response->status, 200);
        EXPECT_EQ(response->body, "POST " + std::string(body));
        EXPECT_EQ(response->headers.find("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(response->headers.find("X-Request-Id").size(), std::size_t{36});
        EXPECT_TRUE(response->headers.find("Date").ends_with(" GMT"));
    }
}

TEST_F(ServerTest, AnswersAPipelineInOrder) {
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send(get("/a") + post("b") + get("/c", "Connection: close\r\n")));
    for (const std::string_view expected : {"/a", "POST b", "/c"}) {
        const auto response = client.receive();
        ASSERT_TRUE(response) << expected;
        EXPECT_EQ(response->body, expected);
    }
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(ServerTest, HeadTellsTheLengthOnly) {
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send("HEAD /abc HTTP/1.1\r\n" + std::string(kHost) + "\r\n" + get("/next")));
    const auto head = client.receive("HEAD");
    ASSERT_TRUE(head);
    EXPECT_EQ(head->status, 200);
    EXPECT_EQ(head->headers.find("Content-Length"), "4");
    EXPECT_EQ(head->body, "");
    const auto next = client.receive();
    ASSERT_TRUE(next);
    EXPECT_EQ(next->body, "/next");
}

TEST_F(ServerTest, TakesChunksAndContinues) {
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send(
        "POST /echo HTTP/1.1\r\n" + std::string(kHost) +
        "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"
    ));
    const auto interim = client.receive();
    ASSERT_TRUE(interim);
    EXPECT_EQ(interim->status, 100);
    ASSERT_TRUE(client.send("3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nTrailer: x\r\n\r\n"));
    const auto response = client.receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "POST abcde");
}

TEST_F(ServerTest, RefusesTooLongBodiesBothWaysAndSaysSo) {
    start();
    const std::string long_body(options_.limits.body_bytes + 1, 'x');
    RawClient with_length = connect();
    ASSERT_TRUE(with_length.send(post(long_body)));
    const auto refused = with_length.receive();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 413);
    EXPECT_EQ(type_of(*refused), "https://ns.suyuan.example/problems/body-too-large");
    EXPECT_TRUE(with_length.is_closed_by_server());

    RawClient chunked = connect();
    std::string bytes = "POST /epcis/capture HTTP/1.1\r\n" + std::string(kHost) +
                        "Transfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 20; ++i) {
        bytes += "3e8\r\n" + std::string(1'000, 'x') + "\r\n";
    }
    ASSERT_TRUE(chunked.send(bytes));
    const auto also_refused = chunked.receive();
    ASSERT_TRUE(also_refused);
    EXPECT_EQ(also_refused->status, 413);
    EXPECT_EQ(type_of(*also_refused), "epcisException:CaptureLimitExceededException");
    EXPECT_EQ(also_refused->headers.find("GS1-EPCIS-Capture-File-Size-Limit"), "10000");
    EXPECT_EQ(handled_, 0);

    RawClient fitting = connect();
    ASSERT_TRUE(fitting.send(post(std::string(options_.limits.body_bytes, 'x'))));
    const auto taken = fitting.receive();
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->status, 200);
}

TEST_F(ServerTest, RefusesTooLongHeadersAndTargets) {
    start();
    RawClient long_header = connect();
    ASSERT_TRUE(long_header.send(get("/", "X: " + std::string(3'000, 'x') + "\r\n")));
    const auto header = long_header.receive();
    ASSERT_TRUE(header);
    EXPECT_EQ(header->status, 431);

    RawClient long_target = connect();
    ASSERT_TRUE(long_target.send(get("/" + std::string(1'024, 'x'))));
    const auto target = long_target.receive();
    ASSERT_TRUE(target);
    EXPECT_EQ(target->status, 414);
    EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, RefusesWhatIsNoRequestAndCloses) {
    start();

    struct Row {
        std::string_view what;
        std::string bytes;
        int status;
    };

    const std::string host(kHost);
    for (const Row& row : {
             Row{"noise", "\x16\x03\x01 hello\r\n\r\n", 400},
             Row{"no version", "GET /\r\n\r\n", 400},
             Row{"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
             Row{"HTTP/1.1 without Host", "GET / HTTP/1.1\r\n\r\n", 400},
             Row{"two Hosts", "GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
             Row{"foreign Host", "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", 421},
             Row{"blank in a name", "GET / HTTP/1.1\r\n" + host + "A b: c\r\n\r\n", 400},
             Row{"blank before colon", "GET / HTTP/1.1\r\n" + host + "A : c\r\n\r\n", 400},
             Row{"control in a value", "GET / HTTP/1.1\r\n" + host + "A: b\x01\r\n\r\n", 400},
             Row{"bare CR", "GET / HTTP/1.1\r\n" + host + "A: b\rc\r\n\r\n", 400},
             Row{"length and chunks",
                 "POST / HTTP/1.1\r\n" + host +
                     "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                 400},
             Row{"chunks and length",
                 "POST / HTTP/1.1\r\n" + host +
                     "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                 400},
             Row{"two lengths",
                 "POST / HTTP/1.1\r\n" + host +
                     "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
                 400},
             Row{"negative length", "POST / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400
             },
             Row{"signed length", "POST / HTTP/1.1\r\n" + host + "Content-Length: +1\r\n\r\na", 400
             },
             Row{"huge length",
                 "POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999999\r\n\r\n",
                 400},
             Row{"compressed",
                 "POST / HTTP/1.1\r\n" + host +
                     "Content-Length: 1\r\nContent-Encoding: gzip\r\n\r\na",
                 501},
             Row{"two codings",
                 "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                 501},
             Row{"authority form", "GET 127.0.0.1:80 HTTP/1.1\r\n" + host + "\r\n", 400},
             Row{"foreign absolute form",
                 "GET http://example.com/ HTTP/1.1\r\n" + host + "\r\n",
                 421},
             Row{"https form", "GET https://127.0.0.1/ HTTP/1.1\r\n" + host + "\r\n", 400},
             Row{"miracle", "GET / HTTP/1.1\r\n" + host + "Expect: miracle\r\n\r\n", 417},
             Row{"foreign page",
                 "POST / HTTP/1.1\r\n" + host +
                     "Origin: http://example.com\r\nContent-Length: 0\r\n\r\n",
                 403},
         }) {
        RawClient client = connect();
        ASSERT_TRUE(client.send(row.bytes)) << row.what;
        const auto response = client.receive();
        ASSERT_TRUE(response) << row.what;
        EXPECT_EQ(response->status, row.status) << row.what;
        EXPECT_EQ(
            response->headers.find("Content-Type"), "application/problem+json; charset=utf-8"
        );
        EXPECT_EQ(response->headers.find("Connection"), "close") << row.what;
        EXPECT_TRUE(client.is_closed_by_server()) << row.what;
    }
    EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, BrokenChunksEndTheConnection) {
    start();
    for (const std::string_view chunks :
         {"zz\r\n", "1\r\nab\r\n", "-1\r\n", "ffffffffffffffffff\r\n", "1;\x01\r\n"}) {
        RawClient client = connect();
        ASSERT_TRUE(client.send(
            std::string("POST /echo HTTP/1.1\r\n").append(kHost) +
            "Transfer-Encoding: chunked\r\n\r\n" + std::string(chunks) + "0\r\n\r\n"
        )) << chunks;
        const auto response = client.receive();
        EXPECT_TRUE(!response || response->status == 400 || response->status == 413) << chunks;
    }
    EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, AClientThatTricklesItsHeaderIsDropped) {
    limits().idle_time = milliseconds{300};
    start();
    RawClient client = connect();
    const std::string request = get("/", "X: " + std::string(200, 'x') + "\r\n");
    const io::SystemClock clock;
    const auto begin_us = clock.monotonic_us();
    std::size_t sent = 0;
    while (sent < request.size() && client.send(request.substr(sent, 1))) {
        ++sent;
        std::this_thread::sleep_for(milliseconds{10});
        if (clock.monotonic_us() - begin_us > 5'000'000) {
            break;
        }
    }
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_LT(sent, request.size());
    EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, AnIdleConnectionIsClosed) {
    limits().idle_time = milliseconds{100};
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send(get("/a")));
    ASSERT_TRUE(client.receive());
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(ServerTest, AStalledBodyIsDropped) {
    limits().transfer_time = milliseconds{100};
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send(
        "POST /echo HTTP/1.1\r\n" + std::string(kHost) + "Content-Length: 10\r\n\r\nabc"
    ));
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, AClientThatLeavesCancelsItsRequest) {
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send(get("/until-cancelled")));
    ASSERT_TRUE(becomes_true(is_waiting_));
    client.close();
    EXPECT_TRUE(becomes_true(was_cancelled_));
}

TEST_F(ServerTest, ADeadlineCancelsItsRequest) {
    limits().request_time = milliseconds{50};
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send(get("/until-cancelled")));
    const auto response = client.receive();
    ASSERT_TRUE(response);
    EXPECT_TRUE(was_cancelled_);
}

TEST_F(ServerTest, TooManyConnectionsAreTurnedAway) {
    limits().connections = 1;
    start();
    RawClient first = connect();
    ASSERT_TRUE(first.send(get("/a")));
    ASSERT_TRUE(first.receive());
    RawClient second = connect();
    const auto response = second.receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 503);
    EXPECT_EQ(response->headers.find("Retry-After"), "1");
    ASSERT_TRUE(first.send(get("/b")));
    const auto again = first.receive();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->body, "/b");
}

TEST_F(ServerTest, AFullQueueTurnsAway) {
    options_.worker_count = 1;
    limits().queue = 1;
    start();
    RawClient working = connect();
    ASSERT_TRUE(working.send(get("/until-released")));
    ASSERT_TRUE(becomes_true(is_waiting_));
    RawClient queued = connect();
    ASSERT_TRUE(queued.send(get("/queued")));
    RawClient refused = connect();
    // The queued request may reach the server after this one: then this one is queued, and a third
    // full.
    RawClient last = connect();
    ASSERT_TRUE(refused.send(get("/refused")) && last.send(get("/refused")));
    std::vector<int> statuses;
    io::Thread releasing([&](const std::stop_token&) {
        std::this_thread::sleep_for(milliseconds{200});
        is_released_ = true;
    });
    for (RawClient* client : {&working, &queued, &refused, &last}) {
        const auto response = client->receive();
        ASSERT_TRUE(response);
        statuses.push_back(response->status);
    }
    releasing.join();
    std::ranges::sort(statuses);
    EXPECT_EQ(statuses, (std::vector{200, 200, 503, 503}));
}

TEST_F(ServerTest, AnExceptionCostsOneRequestAndIsLogged) {
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send(get("/throw")));
    const auto response = client.receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 500);
    EXPECT_EQ(response->body.find("patience"), std::string::npos);
    ASSERT_TRUE(client.send(get("/next?secret=1")));
    ASSERT_TRUE(client.receive());
    server_->stop();
    const auto lines = log();
    ASSERT_EQ(lines.size(), std::size_t{2});
    EXPECT_TRUE(lines[0].starts_with(std::string(response->headers.find("X-Request-Id"))));
    EXPECT_NE(lines[0].find(" GET /throw 500 "), std::string::npos) << lines[0];
    EXPECT_TRUE(lines[0].ends_with("us out of patience")) << lines[0];
    EXPECT_EQ(lines[1].find("secret"), std::string::npos) << lines[1];
}

TEST_F(ServerTest, StopsAfterRunningRequestsAndTakesNoMore) {
    limits().stop_time = milliseconds{10'000};
    start();
    const std::uint16_t port = server_->port();
    RawClient idle = connect();
    RawClient working = connect();
    ASSERT_TRUE(idle.send(get("/a")));
    ASSERT_TRUE(idle.receive());
    ASSERT_TRUE(working.send(get("/until-released")));
    ASSERT_TRUE(becomes_true(is_waiting_));
    io::Thread stopping([this](const std::stop_token&) { server_->stop(); });
    EXPECT_TRUE(idle.is_closed_by_server());
    is_released_ = true;
    const auto response = working.receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->headers.find("Connection"), "close");
    working.close();
    stopping.join();
    RawClient late(port);
    EXPECT_FALSE(late.send(get("/late")) && late.receive());
    server_->stop();  // a second time is nothing
}

TEST_F(ServerTest, StopCancelsWhatTakesTooLong) {
    start();
    RawClient client = connect();
    ASSERT_TRUE(client.send(get("/until-cancelled")));
    ASSERT_TRUE(becomes_true(is_waiting_));
    server_->stop();
    EXPECT_TRUE(was_cancelled_);
}

TEST_F(ServerTest, ListensOnLoopbackOnly) {
    for (const std::string address : {"0.0.0.0", "::", "192.0.2.1", "example.com", ""}) {
        ServerOptions options;
        options.address = address;
        options.port = 0;
        const auto server = Server::start(
            [](const Request&, const policy::RequestContext&) { return Response{}; }, options
        );
        ASSERT_FALSE(server) << address;
        EXPECT_EQ(server.error().code(), ErrorCode::kInvalidArgument) << address;
    }
    start();
    ServerOptions taken;
    taken.port = server_->port();
    const auto second = Server::start(
        [](const Request&, const policy::RequestContext&) { return Response{}; }, taken
    );
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code(), ErrorCode::kUnavailable);
    EXPECT_NE(second.error().message().find("--listen"), std::string::npos);
}

}  // namespace
}  // namespace suyuan::http
