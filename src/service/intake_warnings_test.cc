// SPDX-License-Identifier: Apache-2.0

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "graph/event_graph.h"
#include "model/instant.h"
#include "service/epcis_text.h"
#include "service/service_fixture.h"

namespace suyuan::service {
namespace {

class IntakeWarningsTest : public ServiceTest {};

EventText nameless_harvest() {
    return {
        .id = "",
        .minute = 1,
        .action = "ADD",
        .step = "commissioning",
        .members = {kilograms(lot(1), 10), at(site(1))}
    };
}

EventText declaration_of(EventText event, std::string id) {
    event.id = std::move(id);
    event.members.emplace_back(R"("errorDeclaration":{"declarationTime":"2026-01-06T00:00:00Z"})");
    return event;
}

TEST_F(IntakeWarningsTest, AnEventWithoutIdIsTakenBackByTheIdThatCaptureNamed) {
    const auto first = capture(document({to_text(nameless_harvest())}));
    const std::string hash = first.events[0].hash_id;
    const auto in_vain =
        capture(document({to_text(declaration_of(nameless_harvest(), event_id(9)))}));
    ASSERT_EQ(in_vain.warnings.size(), 1U);
    EXPECT_EQ(in_vain.warnings[0].pointer, "/epcisBody/eventList/0");
    const auto right = capture(document({to_text(declaration_of(nameless_harvest(), hash))}));
    EXPECT_TRUE(right.warnings.empty());
    const auto versions = recorder().events.by_id(context_, scope_, hash);
    ASSERT_TRUE(versions);
    EXPECT_TRUE(versions->front().stored.is_void);
    const graph::EventGraph& graph = recorder().graph;
    EXPECT_FALSE(graph.is_effective(0, model::kEndOfTime, graph.snapshot()));
}

}  // namespace
}  // namespace suyuan::service
