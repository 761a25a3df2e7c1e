// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md sections 3.0 and 3.2: handling told in steps, and containers with what is in
// them.

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/question.h"
#include "trace/trace_testing.h"

namespace suyuan::trace {
namespace {

constexpr std::uint32_t kLot = 1;
constexpr std::uint32_t kPallet = 2;

class HandlingTest : public ChainTest {
protected:
    HandlingTest() {
        graph_.declare_item(graph::ItemId(kLot), model::CodeKind::kLot);
        graph_.declare_item(graph::ItemId(kPallet), model::CodeKind::kContainer);
        graph_.declare_item(graph::ItemId(3), model::CodeKind::kLot);
    }
};

TEST_F(HandlingTest, ContentsOfANestedContainerAreFoundByItsEvents) {
    graph_.declare_item(graph::ItemId(4), model::CodeKind::kContainer);
    graph::FlowEvent sold = event(model::exactly(hour(2)), {fact(FactKind::kSink, kPallet, 1)});
    sold.papers = {graph::PaperId(1)};
    tell(1, {packing(FactKind::kPack, kLot, kPallet, 1), packing(FactKind::kPack, kPallet, 4, 1)});
    tell(sold);
    Question question = about(kLot, Direction::kBack);
    question.seed = PaperSeed{graph::PaperId(1)};
    EXPECT_EQ(positions(*ask_for(question).back), (Reached{"1@1", "2@1"}));
}

TEST_F(HandlingTest, WhatIsDoneAtTheMomentOfThePackingIsDoneWithTheContents) {
    tell(1, {fact(FactKind::kSink, kPallet, 1)});
    tell(1, {packing(FactKind::kPack, kLot, kPallet, 1)});
    const Answer answer = ask_for(about(kLot, Direction::kBack));
    std::vector<graph::EventIndex> events;
    for (const OpenEnd& end : answer.open_ends) {
        if (end.position.item == graph::ItemId(kLot)) {
            events.push_back(end.event);
        }
    }
    EXPECT_EQ(events, (std::vector<graph::EventIndex>{0}));
}

}  // namespace
}  // namespace suyuan::trace
