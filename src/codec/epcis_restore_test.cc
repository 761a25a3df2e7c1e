// SPDX-License-Identifier: Apache-2.0
//
// Goal: readers get events as they were submitted, plus what we add, in a context that makes sense
// of them. Method: small events, restored alone and in documents, read again.

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "codec/epcis_json.h"
#include "codec/epcis_testing.h"
#include "codec/json.h"

namespace suyuan::codec {
namespace {

constexpr EpcisOptions kImport{.accepts_query_documents = true, .limits = {}};

Json value_of(std::string_view text) {
    return parse_json(text).value();
}

EpcisAddition addition_of(std::string_view context) {
    EpcisAddition addition;
    addition.context = context;
    return addition;
}

TEST(EpcisRestoreTest, ReturnsWhatWasSubmitted) {
    for (const std::string_view text :
         {kObjectEvent,
          kAggregationEvent,
          kAssociationEvent,
          kTransactionEvent,
          kTransformationEvent}) {
        const EpcisDocument document = read_one(value_of(text));
        ASSERT_EQ(document.events.size(), 1U);
        EXPECT_EQ(restore_event(document.events[0].payload, {}, {}), value_of(text));
    }
}

TEST(EpcisRestoreTest, AddsRecordTimeHashAndFlags) {
    EpcisAddition addition;
    addition.record_time = "2026-01-05T08:00:00.000Z";
    addition.hash_id = "ni:///sha-256;00?ver=CBV2.0";
    addition.flags = {"conflict", "void"};
    const Json restored = restore_event(write_json(value_of(kObjectEvent)), {}, addition);
    EXPECT_EQ(restored.string_or("recordTime"), "2026-01-05T08:00:00.000Z");
    EXPECT_EQ(restored.string_or("suyuan:hashId"), "ni:///sha-256;00?ver=CBV2.0");
    EXPECT_EQ(*restored.find("suyuan:flags"), value_of(R"(["conflict", "void"])"));
    Json rest = restored;
    rest.erase("suyuan:hashId");
    rest.erase("suyuan:flags");
    rest.set("recordTime", *value_of(kObjectEvent).find("recordTime"));
    EXPECT_EQ(rest, value_of(kObjectEvent));
}

TEST(EpcisRestoreTest, StandsAloneInTheContextOfItsDocument) {
    const std::string payload = write_json(value_of(kAggregationEvent));
    EpcisAddition addition = addition_of(kTestContext);
    EXPECT_EQ(*restore_event(payload, {}, addition).find("@context"), value_of(kTestContext));

    addition.context = R"("https://contexts.example.com/c.jsonld")";
    EXPECT_EQ(*restore_event(payload, {}, addition).find("@context"), value_of(addition.context));
    addition.hash_id = "ni:///sha-256;00?ver=CBV2.0";
    EXPECT_EQ(
        *restore_event(payload, {}, addition).find("@context"),
        value_of(R"(["https://contexts.example.com/c.jsonld",
                     {"suyuan": "https://ns.suyuan.example/epcis/"}])")
    );
}

TEST(EpcisRestoreTest, KeepsItsOwnContextBehindThatOfItsDocument) {
    Json event = value_of(kAggregationEvent);
    event.set("@context", value_of(R"({"more": "https://more.example.com/"})"));
    const std::string payload = write_json(event);
    EXPECT_EQ(restore_event(payload, {}, {}), event);
    EXPECT_EQ(
        *restore_event(payload, {}, addition_of(R"(["https://c.example.com/"])")).find("@context"),
        value_of(R"(["https://c.example.com/", {"more": "https://more.example.com/"}])")
    );
    // A bare event: its context is that of its document.
    EXPECT_EQ(
        restore_event(payload, {}, addition_of(R"({"more": "https://more.example.com/"})")), event
    );
}

TEST(EpcisRestoreTest, UnitesContexts) {
    const std::vector<Json> events(4, value_of(kAggregationEvent));
    const Json document = query_document(
        events,
        {R"(["https://a.example.com/c.jsonld", {"a": "https://a.example.com/"}])",
         R"({"b": "https://b.example.com/", "a": "https://a.example.com/"})",
         "",
         R"("https://a.example.com/c.jsonld")"},
        "2026-01-05T08:00:00Z"
    );
    EXPECT_EQ(
        *document.find("@context"),
        value_of(R"(["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                     "https://a.example.com/c.jsonld",
                     {"a": "https://a.example.com/", "b": "https://b.example.com/"}])")
    );
    EXPECT_EQ(document.string_or("creationDate"), "2026-01-05T08:00:00Z");
    EXPECT_EQ(reasons_of(read_epcis(write_json(document), kImport).value()), "");
}

TEST(EpcisRestoreTest, LeavesEveryPrefixTheMeaningThatItHad) {
    Json first = value_of(kAggregationEvent);
    first.set("x:note", Json::integer(1));
    Json second = first;
    second.set("@context", value_of(R"({"y": "https://y.example.com/"})"));
    const std::string of_first = R"({"x": "https://first.example.com/"})";
    const std::string of_second = R"({"x": "https://second.example.com/"})";
    const Json document =
        query_document({first, second}, {of_first, of_second}, "2026-01-05T08:00:00Z");
    const EpcisDocument read = read_epcis(write_json(document), kImport).value();
    ASSERT_EQ(reasons_of(read), "");
    ASSERT_EQ(read.events.size(), 2U);
    EXPECT_EQ(read.events[0].hash_id, event_hash_id(first, value_of(of_first)));
    EXPECT_EQ(read.events[1].hash_id, event_hash_id(second, value_of(of_second)));
    EXPECT_NE(read.events[0].hash_id, read.events[1].hash_id);
}

TEST(EpcisRestoreTest, DeclaresOurPrefixWhereItIsUsed) {
    EpcisAddition addition;
    addition.hash_id = "ni:///sha-256;00?ver=CBV2.0";
    const Json event = restore_event(write_json(value_of(kAggregationEvent)), {}, addition);
    const Json with = query_document({event}, {""}, "2026-01-05T08:00:00Z");
    EXPECT_EQ(
        *with.find("@context"),
        value_of(R"(["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                     {"suyuan": "https://ns.suyuan.example/epcis/"}])")
    );
    const Json without = query_document({}, {}, "2026-01-05T08:00:00Z");
    EXPECT_EQ(
        *without.find("@context"),
        value_of(R"(["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"])")
    );
}

}  // namespace
}  // namespace suyuan::codec
