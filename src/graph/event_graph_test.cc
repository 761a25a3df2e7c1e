// SPDX-License-Identifier: Apache-2.0

#include "graph/event_graph.h"

#include <cstdint>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "graph/chunked_array.h"
#include "graph/fact.h"
#include "model/instant.h"

namespace suyuan::graph {
namespace {

FlowEvent sighting(std::uint64_t log_index, std::uint32_t item, std::uint32_t site) {
    FlowEvent event;
    event.record = RecordId(log_index);
    event.log_index = log_index;
    event.record_time = static_cast<model::MicrosUtc>(log_index * 10);
    event.submitter = OperatorId(1);
    Fact fact;
    fact.item = ItemId(item);
    fact.site = SiteId(site);
    event.facts.push_back(fact);
    return event;
}

TEST(ChunkedArrayTest, KeepsEveryElementInItsPlaceWhileItGrows) {
    ChunkedArray<std::uint32_t> array;
    const std::uint32_t* first = nullptr;
    for (std::uint32_t i = 0; i < 300'000; ++i) {
        array.reserve(i + 1);
        array[i] = i;
        if (i == 0) {
            first = &array[0];
        }
    }
    EXPECT_EQ(first, &array[0]);
    for (std::uint32_t i = 0; i < 300'000; ++i) {
        ASSERT_EQ(array[i], i);
    }
    EXPECT_EQ(array.find(100'000'000), nullptr);
}

TEST(EventGraphTest, ASnapshotDoesNotSeeWhatCameLater) {
    EventGraph graph;
    graph.append(sighting(1, 7, 3));
    const Snapshot before = graph.snapshot();
    graph.append(sighting(2, 7, 4));
    EXPECT_EQ(graph.facts_of(Chain::kItem, 7, before).size(), 1U);
    EXPECT_EQ(graph.facts_of(Chain::kItem, 7, graph.snapshot()).size(), 2U);
    EXPECT_EQ(graph.facts_of(Chain::kSite, 4, before).size(), 0U);
    EXPECT_TRUE(graph.facts_of(Chain::kItem, 123'456'789, before).empty());
}

TEST(EventGraphTest, FindsEventsByWhatTheyName) {
    EventGraph graph;
    FlowEvent event = sighting(1, 1, 1);
    event.vehicles = {VehicleId(2)};
    event.people = {PersonId(3)};
    event.papers = {PaperId(4), PaperId(5)};
    event.linking_papers = {PaperId(5)};
    event.mappings = {{.output = ItemId(8), .inputs = {ItemId(1), ItemId(2)}}};
    graph.append(event);
    graph.append(sighting(2, 1, 1));
    const Snapshot now = graph.snapshot();
    EXPECT_EQ(graph.events_of(Chain::kVehicle, 2, now), std::vector<EventIndex>{0});
    EXPECT_EQ(graph.events_of(Chain::kPaper, 5, now), std::vector<EventIndex>{0});
    EXPECT_EQ(graph.vehicles_of(graph.event(0)), event.vehicles);
    EXPECT_EQ(graph.people_of(graph.event(0)), event.people);
    EXPECT_EQ(graph.papers_of(graph.event(0)), event.papers);
    EXPECT_EQ(graph.mappings_of(graph.event(0)), event.mappings);
    EXPECT_EQ(graph.linking_papers_of(graph.event(0)), event.linking_papers);
    EXPECT_TRUE(graph.names_item(graph.event(0), ItemId(1)));
    EXPECT_FALSE(graph.names_item(graph.event(0), ItemId(9)));
}

TEST(EventGraphTest, ADeclarationVoidsItsRecordOnlyFromItsOwnRecordTimeOn) {
    EventGraph graph;
    FlowEvent said = sighting(1, 1, 1);
    said.identity = 9;
    graph.append(said);
    FlowEvent declaration = sighting(2, 1, 1);
    declaration.identity = 9;
    declaration.is_error_declaration = true;
    declaration.facts.clear();
    graph.append(declaration);
    const Snapshot now = graph.snapshot();
    EXPECT_TRUE(graph.is_effective(0, 10, now));
    EXPECT_FALSE(graph.is_effective(0, 20, now));
    EXPECT_FALSE(graph.is_effective(1, 20, now));
}

TEST(EventGraphTest, WhatTwoSubmittersSayIsOneHappeningAndWhatOneSaysTwiceIsTwo) {
    EventGraph graph;
    for (std::uint64_t log_index = 1; log_index <= 3; ++log_index) {
        FlowEvent event = sighting(log_index, 1, 1);
        event.content = 5;
        event.submitter = OperatorId(log_index == 2 ? 2 : 1);
        graph.append(event);
    }
    const Snapshot now = graph.snapshot();
    EXPECT_TRUE(graph.is_effective(0, 100, now));
    EXPECT_FALSE(graph.is_effective(1, 100, now));
    EXPECT_TRUE(graph.is_effective(2, 100, now));
}

TEST(EventGraphTest, ADeclarationVoidsRecordsOfItsIdentityThatComeLaterToo) {
    EventGraph graph;
    FlowEvent declaration = sighting(1, 1, 1);
    declaration.identity = 9;
    declaration.is_error_declaration = true;
    declaration.facts.clear();
    graph.append(declaration);
    const Snapshot before = graph.snapshot();
    FlowEvent said = sighting(2, 1, 1);
    said.identity = 9;
    graph.append(said);
    FlowEvent other = sighting(3, 1, 1);
    other.identity = 8;
    graph.append(other);
    EXPECT_FALSE(graph.is_effective(0, 100, before));
    EXPECT_FALSE(graph.is_effective(1, 100, graph.snapshot()));
    EXPECT_TRUE(graph.is_effective(2, 100, graph.snapshot()));
}

TEST(EventGraphTest, ADoubleCountsOnceTheRecordThatItDoublesIsVoid) {
    EventGraph graph;
    for (std::uint64_t log_index = 1; log_index <= 3; ++log_index) {
        FlowEvent event = sighting(log_index, 1, 1);
        event.content = 5;
        event.identity = log_index;
        event.submitter = OperatorId(static_cast<std::uint32_t>(log_index == 3 ? 1 : log_index));
        graph.append(event);
    }
    const Snapshot before = graph.snapshot();
    FlowEvent declaration = sighting(4, 1, 1);
    declaration.identity = 1;
    declaration.is_error_declaration = true;
    declaration.facts.clear();
    graph.append(declaration);
    const Snapshot after = graph.snapshot();
    EXPECT_FALSE(graph.is_effective(1, 100, before));
    EXPECT_TRUE(graph.is_effective(2, 100, before));
    EXPECT_FALSE(graph.is_effective(0, 100, after));
    EXPECT_TRUE(graph.is_effective(1, 100, after));
    EXPECT_FALSE(graph.is_effective(2, 100, after)) << "the second submitter's record is first now";
    EXPECT_FALSE(graph.is_effective(1, 30, after)) << "as of before the declaration";
}

TEST(EventGraphTest, ReadersSeeWholeEventsWhileTheWriterGoesOn) {
    EventGraph graph;
    constexpr std::uint64_t kEvents = 40'000;
    std::thread writer([&] {
        for (std::uint64_t log_index = 1; log_index <= kEvents; ++log_index) {
            const auto item = static_cast<std::uint32_t>(1 + log_index % 100);
            graph.append(sighting(log_index, item, 1));
        }
    });
    for (Snapshot now; now.event_count < kEvents;) {
        now = graph.snapshot();
        for (const FactIndex index : graph.facts_of(Chain::kItem, 5, now)) {
            ASSERT_EQ(graph.fact(index).fact.item, ItemId(5));
            ASSERT_LT(graph.fact(index).event, now.event_count);
        }
    }
    writer.join();
}

}  // namespace
}  // namespace suyuan::graph
