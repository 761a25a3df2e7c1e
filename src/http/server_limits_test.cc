// SPDX-License-Identifier: Apache-2.0
//
// Goal: no client takes more than its share of bytes, time, connections or patience.
// Method: limits small enough to be reached, and clients that reach them.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "http/detail/raw_client.h"
#include "http/detail/server_fixture.h"
#include "http/message.h"
#include "http/server.h"
#include "io/clock.h"
#include "io/threads.h"

namespace suyuan::http {
namespace {

using std::chrono::milliseconds;

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

}  // namespace
}  // namespace suyuan::http
