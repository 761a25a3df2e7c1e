// SPDX-License-Identifier: Apache-2.0

#include "http/load.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "http/limits.h"
#include "http/message.h"
#include "http/routes.h"

namespace suyuan::http {
namespace {

Request asked(Method method, std::string path) {
    Request request;
    request.method = method;
    request.path = std::move(path);
    return request;
}

TEST(LoadTest, IsToldByTheRoute) {
    struct Row {
        Method method;
        std::string_view path;
        Load load;
    };

    using enum Method;
    for (const Row& row : {
             Row{kGet, "/", Load::kLight},
             Row{kGet, "/healthz", Load::kLight},
             Row{kGet, "/nothing/here", Load::kLight},
             Row{kGet, "/api/v1/search", Load::kLight},
             Row{kPost, "/api/v1/sign-in", Load::kHash},
             Row{kPost, "/api/v1/password", Load::kHash},
             Row{kPost, "/api/v1/sign-out", Load::kLight},
             Row{kPost, "/epcis/capture", Load::kParse},
             Row{kPut, "/api/v1/imports/i1/content", Load::kParse},
             Row{kGet, "/api/v1/imports/i1", Load::kLight},
             Row{kGet, "/api/v1/trace", Load::kTrace},
             Row{kHead, "/api/v1/trace", Load::kTrace},
             Row{kGet, "/api/v1/trace/report", Load::kExport},
         }) {
        EXPECT_EQ(load_of(asked(row.method, std::string(row.path))), row.load) << row.path;
    }
}

TEST(LoadTest, NoHeavyKindTakesEveryWorker) {
    for (const std::size_t workers : {1U, 2U, 4U, 64U}) {
        const auto lanes = lanes_of(workers, Limits());
        EXPECT_EQ(lanes.at(static_cast<std::size_t>(Load::kLight)).running_max, workers);
        for (const Load load : {Load::kHash, Load::kParse, Load::kTrace, Load::kExport}) {
            const std::size_t most = lanes.at(static_cast<std::size_t>(load)).running_max;
            EXPECT_GE(most, 1U);
            EXPECT_TRUE(most < workers || workers == 1) << workers;
        }
    }
}

TEST(LoadTest, WhatIsHeavyCostsMore) {
    const auto cost = [](Method method, std::string path, std::size_t bytes = 0) {
        return cost_of(*route_of(asked(method, std::move(path))), bytes);
    };
    EXPECT_EQ(cost(Method::kGet, "/api/v1/events/1"), 1);
    EXPECT_LT(cost(Method::kGet, "/api/v1/search"), cost(Method::kGet, "/api/v1/trace"));
    EXPECT_LT(cost(Method::kGet, "/api/v1/trace"), cost(Method::kGet, "/api/v1/trace/export"));
    EXPECT_EQ(cost(Method::kPost, "/epcis/events", 2'000), 2);
    EXPECT_EQ(cost(Method::kPost, "/epcis/capture", std::size_t{64} << 20), 2 + 4'096);
}

}  // namespace
}  // namespace suyuan::http
