// SPDX-License-Identifier: Apache-2.0

#include "graph/business_words.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/format.h"
#include "graph/fact.h"
#include "graph/interpret_testing.h"
#include "model/event.h"

namespace suyuan::graph {
namespace {

using model::Event;
using model::EventAction;
using model::EventKind;
using model::ItemRole;

Clause words(std::vector<std::string> Event::* field, const std::vector<std::string>& values) {
    return [=](Event& event) { event.*field = values; };
}

TEST(BusinessWordsTest, EveryDispositionThatForbidsToSellBlocks) {
    for (const std::string_view word :
         {"expired", "damaged", "no_pedigree_match", "non_conformant", "unavailable", "stolen"}) {
        EXPECT_TRUE(is_blocking(word)) << word;
    }
    EXPECT_FALSE(is_blocking("in_transit"));
    EXPECT_FALSE(is_blocking("conformant"));
}

TEST(BusinessWordsTest, PersistentDispositionsBlockAndReleaseToo) {
    const Clause here = at("farm");
    const Clause owned = owner("li");
    const Clause set = words(&Event::set_dispositions, {"completeness_verified", "recalled"});
    const Clause unset = words(&Event::unset_dispositions, {"recalled"});
    expect_of_apples({
        {{here, owned, set}, "sight apples at li@farm; block apples at li@farm"},
        {{here, owned, unset}, "sight apples at li@farm; release apples at li@farm"},
        {{here, owned, set, state("available")}, "sight apples at li@farm; block apples at li@farm"
        },
    });
}

TEST(BusinessWordsTest, ADispositionAloneTellsHowGoodsEnded) {
    expect_of_apples({
        {{state("destroyed")}, "sink destroyed apples at ?@?"},
        {{state("disposed")}, "sink destroyed apples at ?@?"},
        {{state("retail_sold")}, "sink sold apples at ?@?"},
        {{step("shipping"), state("disposed")}, "depart apples at ?@? to ?@?"},
    });
}

TEST(BusinessWordsTest, TakingTheLabelOffAContainerOpensIt) {
    constexpr std::string_view kPallet = "https://id.gs1.org/00/340123450000000017";
    expect_all(
        EventKind::kObject,
        EventAction::kDelete,
        {{{thing(kPallet), step("decommissioning")},
          format("unpack all {} at ?@?; sink destroyed {} 1 at ?@?", kPallet, kPallet)},
         {{thing(kPallet), step("destroying")}, format("sink destroyed {} 1 at ?@?", kPallet)}}
    );
}

TEST(BusinessWordsTest, MovementsSayInWhichStep) {
    constexpr std::array kSteps = {
        std::pair{"consigning", Step::kConsigning},
        std::pair{"shipping", Step::kShipping},
        std::pair{"departing", Step::kDeparting},
        std::pair{"arriving", Step::kArriving},
        std::pair{"receiving", Step::kReceiving},
        std::pair{"accepting", Step::kAccepting},
    };
    for (const auto& [word, wanted] : kSteps) {
        const Event event =
            event_of(EventKind::kObject, EventAction::kObserve, {step(word), lot("apples")});
        const std::vector<Fact> facts = interpreted(event).event.facts;
        ASSERT_EQ(facts.size(), 1U);
        EXPECT_EQ(facts[0].step, wanted) << word;
    }
}

TEST(BusinessWordsTest, WhatIsSeenInAContainerIsAPackThatIsObserved) {
    for (const auto action : {EventAction::kAdd, EventAction::kObserve}) {
        const Event event = event_of(
            EventKind::kAggregation,
            action,
            {thing("box", ItemRole::kParent), lot("apples", ItemRole::kChild)}
        );
        for (const Fact& fact : interpreted(event).event.facts) {
            EXPECT_EQ(
                fact.is_observed, fact.kind == FactKind::kPack && action == EventAction::kObserve
            );
        }
    }
}

TEST(BusinessWordsTest, ACodeWithLotAndSerialIsPartOfThatLot) {
    constexpr std::string_view kBoth = "https://id.gs1.org/01/04012345123456/10/L1/21/7";
    const std::string part = format("part {} of {} at ?@?", kInstanceUri, kLotUri);
    expect_all(
        EventKind::kObject,
        EventAction::kObserve,
        {{{thing(kBoth)}, format("sight {} 1 at ?@?; {}", kInstanceUri, part)},
         {{thing(kBoth), thing(kInstanceUri)},
          format("sight {} 1 at ?@?; sight {} 1 at ?@?; {}", kInstanceUri, kInstanceUri, part)},
         {{thing(kInstanceUri)}, format("sight {} 1 at ?@?", kInstanceUri)}}
    );
}

TEST(BusinessWordsTest, SomeOfAClassIsPartOfTheLotThatItsIlmdNames) {
    constexpr std::string_view kClass = "https://id.gs1.org/01/04012345123456";
    expect_all(
        EventKind::kObject,
        EventAction::kAdd,
        {{{lot(kClass), set(&Event::lot_text, "L1")},
          format("create {} at ?@?; part {} of {} at ?@?", kClass, kClass, kLotUri)}}
    );
}

}  // namespace
}  // namespace suyuan::graph
