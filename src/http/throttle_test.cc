// SPDX-License-Identifier: Apache-2.0

#include "http/throttle.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "http/gate.h"
#include "http/message.h"
#include "http/problem.h"
#include "http/routes.h"
#include "io/clock.h"

namespace suyuan::http {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr Paces kPaces = {
    .network = {.per_second = 1, .at_once = 10},
    .account = {.per_second = 1, .at_once = 3},
    .key = {.per_second = 1, .at_once = 5},
    .organisation = {.per_second = 1, .at_once = 6},
};

class ThrottleTest : public testing::Test {
protected:
    static Request look() {
        Request request;
        request.path = "/api/v1/events/1";
        return request;
    }

    static Caller caller(Came came, std::string id, std::string organisation = "") {
        Caller caller;
        caller.came = came;
        caller.party.principal.id = std::move(id);
        caller.organisation = std::move(organisation);
        return caller;
    }

    bool lets_in(const Caller& caller) {
        return !throttle_.admit_caller(caller, look(), *route_of(look()));
    }

    bool lets_in_from(std::string_view peer) {
        Request request = look();
        request.peer = peer;
        return !throttle_.admit_network(request, *route_of(request));
    }

    template <typename Ask>
    static int count(int times, const Ask& ask) {
        int taken = 0;
        for (int i = 0; i < times; ++i) {
            taken += ask() ? 1 : 0;
        }
        return taken;
    }

    io::ManualClock clock_{0};
    Throttle throttle_{clock_, kPaces};
};

TEST_F(ThrottleTest, EveryAccountAndKeyHasItsPace) {
    EXPECT_EQ(count(9, [&] { return lets_in(caller(Came::kSession, "a1")); }), 3);
    EXPECT_EQ(count(9, [&] { return lets_in(caller(Came::kSession, "a2")); }), 3);
    EXPECT_EQ(count(9, [&] { return lets_in(caller(Came::kKey, "k1")); }), 5);
    clock_.advance(2 * kSecond);
    EXPECT_EQ(count(9, [&] { return lets_in(caller(Came::kSession, "a1")); }), 2);
}

TEST_F(ThrottleTest, AnOrganisationHasOneForAll) {
    EXPECT_EQ(count(9, [&] { return lets_in(caller(Came::kKey, "k1", "o")); }), 5);
    EXPECT_EQ(count(9, [&] { return lets_in(caller(Came::kKey, "k2", "o")); }), 1);
    EXPECT_EQ(count(9, [&] { return lets_in(caller(Came::kKey, "k3", "p")); }), 5);
}

TEST_F(ThrottleTest, NobodyAndTheLocalPrincipalAreNotCounted) {
    EXPECT_EQ(count(99, [&] { return lets_in(caller(Came::kLocal, "local")); }), 99);
    EXPECT_EQ(count(99, [&] { return lets_in(caller(Came::kNobody, "")); }), 99);
}

TEST_F(ThrottleTest, ANetworkIsManyAddresses) {
    EXPECT_EQ(count(99, [&] { return lets_in_from("203.0.113.7"); }), 10);
    EXPECT_FALSE(lets_in_from("203.0.113.250"));
    EXPECT_TRUE(lets_in_from("203.0.114.7"));
    EXPECT_EQ(count(99, [&] { return lets_in_from("2001:db8:0:100::1"); }), 10);
    EXPECT_FALSE(lets_in_from("2001:db8:0:1ff::1"));
    EXPECT_TRUE(lets_in_from("2001:db8:0:200::1"));
    EXPECT_EQ(count(99, [&] { return lets_in_from("127.0.0.1"); }), 99);
    EXPECT_EQ(count(99, [&] { return lets_in_from("::1"); }), 99);
}

TEST_F(ThrottleTest, TellsHowLongToWait) {
    count(3, [&] { return lets_in(caller(Came::kSession, "a1")); });
    const auto problem =
        throttle_.admit_caller(caller(Came::kSession, "a1"), look(), *route_of(look()));
    if (!problem) {
        FAIL() << "nobody has to wait";
    }
    EXPECT_EQ(status_of(problem->kind), 429);
    EXPECT_EQ(problem->headers.find("Retry-After"), "1");
    EXPECT_NE(problem->detail.zh.find("1 秒"), std::string::npos);
}

}  // namespace
}  // namespace suyuan::http
