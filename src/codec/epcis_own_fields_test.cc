// SPDX-License-Identifier: Apache-2.0
//
// Goal: the fields of our own namespace are read by whatever prefix, mistakes in them are told, and
// what identifies persons leaves the payload. Method: edits of small events, and one event that has
// all.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "codec/epcis_json.h"
#include "codec/epcis_testing.h"
#include "codec/json.h"
#include "model/event.h"
#include "model/instant.h"

namespace suyuan::codec {
namespace {

Json event_of(std::string_view text) {
    return parse_json(text).value();
}

// An object event about one lot.
constexpr std::string_view kLotEvent = R"({
    "type": "ObjectEvent", "action": "OBSERVE", "bizStep": "receiving",
    "eventTime": "2026-01-05T00:00:00+08:00", "eventTimeZoneOffset": "+08:00",
    "quantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.012345.998877", "quantity": 2}],
    "suyuan:owner": "91420100MA4KXYZ123", "suyuan:custodian": "urn:epc:id:pgln:4012345.00001",
    "suyuan:vehicles": ["鄂A12345", "鄂A54321"],
    "suyuan:people": [{"name": "甲", "id": "staff-17", "phone": "13900000000", "shift": 2},
                      {"id": "staff-18"}],
    "suyuan:timePrecision": "day",
    "suyuan:sameAs": ["https://codes.example.com/l/1"], "suyuan:notSameAs": ["urn:x:lot:2"],
    "suyuan:cleanBreak": true, "suyuan:sink": "left"})";

TEST(EpcisOwnFieldsTest, AreReadIntoTheModel) {
    const EpcisDocument document = read_one(event_of(kLotEvent));
    ASSERT_EQ(reasons_of(document), "");
    const model::Event& event = document.events.at(0).event;
    EXPECT_EQ(event.owner, "91420100MA4KXYZ123");
    EXPECT_EQ(event.custodian, "urn:epc:id:pgln:4012345.00001");
    EXPECT_EQ(event.vehicles, (std::vector<std::string>{"鄂A12345", "鄂A54321"}));
    EXPECT_EQ(event.people, (std::vector<std::string>{"staff-17", "staff-18"}));
    EXPECT_EQ(event.precision, model::TimePrecision::kDay);
    EXPECT_EQ(event.same_as, (std::vector<std::string>{"https://codes.example.com/l/1"}));
    EXPECT_EQ(event.not_same_as, (std::vector<std::string>{"urn:x:lot:2"}));
    EXPECT_TRUE(event.is_clean_break);
    EXPECT_FALSE(event.is_continuous);
    EXPECT_EQ(event.sink, "left");
}

TEST(EpcisOwnFieldsTest, TheLatestTimeMakesAnIntervalOfTheEventTime) {
    const Json within =
        edited(event_of(kLotEvent), "/suyuan:latestTime", R"("2026-01-31T23:59:59+08:00")");
    const EpcisDocument document = read_one(within);
    ASSERT_EQ(reasons_of(document), "");
    const model::TimeInterval time = document.events.at(0).event.interval();
    EXPECT_EQ(model::format_instant(time.first, 480), "2026-01-05T00:00:00+08:00");
    EXPECT_EQ(model::format_instant(time.last, 480), "2026-01-31T23:59:59+08:00");
    for (const std::string_view wrong : {R"("2026-01-04T23:59:59+08:00")", R"("January")", "7"}) {
        const EpcisDocument refused =
            read_one(edited(event_of(kLotEvent), "/suyuan:latestTime", std::string(wrong)));
        EXPECT_NE(reasons_of(refused), "") << wrong;
    }
}

TEST(EpcisOwnFieldsTest, AreReadFromTransformations) {
    Json event = edited(event_of(kTransformationEvent), "/suyuan:continuous", "true");
    // The output in its other spelling.
    event = edited(
        event,
        "/suyuan:outputMapping",
        R"([{"output": "https://id.gs1.org/01/10614141073464/21/2",
             "inputs": ["urn:epc:id:sgtin:0614141.107346.1"]}])"
    );
    const EpcisDocument document = read_one(event);
    ASSERT_EQ(reasons_of(document), "");
    const model::Event& read = document.events.at(0).event;
    EXPECT_TRUE(read.is_continuous);
    ASSERT_EQ(read.output_mapping.size(), 1U);
    EXPECT_EQ(read.output_mapping[0].output, "https://id.gs1.org/01/10614141073464/21/2");
    EXPECT_EQ(read.output_mapping[0].inputs.size(), 1U);
}

TEST(EpcisOwnFieldsTest, MustHaveTheirTypes) {
    constexpr std::array kEdits = {
        Edit{kLotEvent, "/suyuan:owner", "5", "/suyuan:owner"},
        Edit{kLotEvent, "/suyuan:owner", R"(" ")", "/suyuan:owner"},
        Edit{kLotEvent, "/suyuan:custodian", "{}", "/suyuan:custodian"},
        Edit{kLotEvent, "/suyuan:vehicles", R"("鄂A12345")", "/suyuan:vehicles"},
        Edit{kLotEvent, "/suyuan:vehicles/1", "7", "/suyuan:vehicles/1"},
        Edit{kLotEvent, "/suyuan:people", R"({"id": "staff-17"})", "/suyuan:people"},
        Edit{kLotEvent, "/suyuan:people/0", R"("staff-17")", "/suyuan:people/0"},
        Edit{kLotEvent, "/suyuan:people/0/id", "", "/suyuan:people/0/id"},
        Edit{kLotEvent, "/suyuan:people/0/id", R"("")", "/suyuan:people/0/id"},
        Edit{kLotEvent, "/suyuan:people/1/id", R"("staff-17")", "/suyuan:people/1/id"},
        Edit{kLotEvent, "/suyuan:timePrecision", R"("month")", "/suyuan:timePrecision"},
        Edit{kLotEvent, "/suyuan:timePrecision", R"("unknown")", kOk},
        Edit{kLotEvent, "/suyuan:sameAs", R"("urn:x:1")", "/suyuan:sameAs"},
        Edit{kLotEvent, "/suyuan:notSameAs/0", "null", "/suyuan:notSameAs/0"},
        Edit{kLotEvent, "/suyuan:continuous", R"("yes")", "/suyuan:continuous"},
        Edit{kLotEvent, "/suyuan:cleanBreak", "1", "/suyuan:cleanBreak"},
        Edit{kLotEvent, "/suyuan:sink", R"("lost")", "/suyuan:sink"},
        Edit{kLotEvent, "/suyuan:sink", "[]", "/suyuan:sink"},
        Edit{kLotEvent, "/suyuan:vehicle", R"("鄂A12345")", "/suyuan:vehicle"},
        Edit{kLotEvent, "/suyuan:outputMapping", "[]", "/suyuan:outputMapping"},
        Edit{kObjectEvent, "/suyuan:sameAs", R"(["urn:x:1"])", "/suyuan:sameAs"},
        Edit{kObjectEvent, "/suyuan:notSameAs", R"(["urn:x:1"])", "/suyuan:notSameAs"},
        Edit{kLotEvent, "/suyuan:hashId", R"("ni:///sha-256;00?ver=CBV2.0")", kOk},
        Edit{kLotEvent, "/suyuan:flags", R"(["void"])", kOk},
    };
    check_edits(kEdits);
}

TEST(EpcisOwnFieldsTest, MapOutputsToInputsThatAreThere) {
#define SUYUAN_MAPPING "/suyuan:outputMapping"
    constexpr std::string_view kGood =
        R"([{"output": "urn:epc:id:sgtin:0614141.107346.2",
             "inputs": ["urn:epc:class:lgtin:4012345.011111.4444"]}])";
    constexpr std::string_view kOtherOutput =
        R"([{"output": "urn:epc:id:sgtin:0614141.107346.1", "inputs": []}])";
    constexpr std::string_view kOtherInput =
        R"([{"output": "urn:epc:id:sgtin:0614141.107346.2", "inputs": ["urn:x:elsewhere"]}])";
    constexpr std::array kEdits = {
        Edit{kTransformationEvent, SUYUAN_MAPPING, kGood, kOk},
        Edit{kTransformationEvent, SUYUAN_MAPPING, kOtherOutput, SUYUAN_MAPPING "/0/output"},
        // With a transformationID the input may stand in another event.
        Edit{kTransformationEvent, SUYUAN_MAPPING, kOtherInput, kOk},
        Edit{kTransformationEvent, SUYUAN_MAPPING, "{}", SUYUAN_MAPPING},
        Edit{kTransformationEvent, SUYUAN_MAPPING, "[5]", SUYUAN_MAPPING "/0"},
        Edit{
            kTransformationEvent,
            SUYUAN_MAPPING,
            R"([{"output": "urn:epc:id:sgtin:0614141.107346.2"}])",
            SUYUAN_MAPPING "/0/inputs"
        },
        Edit{
            kTransformationEvent,
            SUYUAN_MAPPING,
            R"([{"output": "urn:epc:id:sgtin:0614141.107346.2", "inputs": "urn:x:1"}])",
            SUYUAN_MAPPING "/0/inputs"
        },
        Edit{
            kTransformationEvent,
            SUYUAN_MAPPING,
            R"([{"output": "urn:epc:id:sgtin:0614141.107346.2", "inputs": [], "share": 1}])",
            SUYUAN_MAPPING "/0/share"
        },
    };
    check_edits(kEdits);
    const Json alone = edited(event_of(kTransformationEvent), "/transformationID", "");
    EXPECT_EQ(reasons_of(read_one(edited(alone, SUYUAN_MAPPING, kGood))), "");
    EXPECT_EQ(
        pointers_of(read_one(edited(alone, SUYUAN_MAPPING, kOtherInput))),
        "/epcisBody/eventList/0" SUYUAN_MAPPING "/0/inputs/0\n"
    );
#undef SUYUAN_MAPPING
}

TEST(EpcisOwnFieldsTest, AreKnownByTheirNamespaceNotByTheirPrefix) {
    Json event = event_of(kAggregationEvent);
    event.set("sy:owner", Json::string("someone"));
    event.set("@context", event_of(R"({"sy": "https://ns.suyuan.example/epcis/"})"));
    EXPECT_EQ(read_one(event).events.at(0).event.owner, "someone");

    event.set("suyuan:owner", Json::string("another"));
    EXPECT_EQ(pointers_of(read_one(event)), "/epcisBody/eventList/0/suyuan:owner\n");

    Json other = event_of(kAggregationEvent);
    other.set("example:owner", Json::integer(5));
    EXPECT_EQ(reasons_of(read_one(other)), "");
    EXPECT_EQ(read_one(other).events.at(0).event.owner, "");
}

TEST(EpcisOwnFieldsTest, NeedTheirPrefixDeclared) {
    Json event = event_of(kAggregationEvent);
    event.set("suyuan:owner", Json::string("someone"));
    Json document = document_of({event});
    document.set(
        "@context", Json::string("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld")
    );
    EXPECT_EQ(
        pointers_of(read_epcis(write_json(document), {}).value()),
        "/epcisBody/eventList/0/suyuan:owner\n"
    );
}

TEST(EpcisOwnFieldsTest, LeaveNothingOfAPersonInThePayloadButTheId) {
    const EpcisDocument document = read_one(event_of(kLotEvent));
    const EpcisEvent& event = document.events.at(0);
    EXPECT_EQ(event.payload.find("甲"), std::string::npos);
    EXPECT_EQ(event.payload.find("139"), std::string::npos);
    EXPECT_EQ(
        *event_of(event.payload).find("suyuan:people"),
        event_of(R"([{"id": "staff-17"}, {"id": "staff-18"}])")
    );
    ASSERT_EQ(event.people.size(), 1U);
    EXPECT_EQ(event.people[0].person, "staff-17");
    EXPECT_EQ(
        event_of(event.people[0].values),
        event_of(R"({"name": "甲", "phone": "13900000000", "shift": 2})")
    );
}

TEST(EpcisOwnFieldsTest, GivePersonsBackToReaders) {
    const Json submitted = event_of(kLotEvent);
    const EpcisDocument document = read_one(submitted);
    const EpcisEvent& event = document.events.at(0);
    EXPECT_EQ(restore_event(event.payload, event.people, {}), submitted);
    // Erased.
    EXPECT_EQ(restore_event(event.payload, {}, {}), event_of(event.payload));
    EXPECT_EQ(restore_event(event.payload, {{"staff-17", ""}}, {}), event_of(event.payload));
    EXPECT_EQ(restore_event(event.payload, {{"staff-99", "{}"}}, {}), event_of(event.payload));
}

TEST(EpcisOwnFieldsTest, GivePersonsBackUnderAnyPrefix) {
    Json event = event_of(kAggregationEvent);
    event.set("sy:people", *event_of(kLotEvent).find("suyuan:people"));
    event.set("example:people", event_of(R"([{"id": "staff-17"}])"));
    Json document = document_of({event});
    document = edited(document, "/@context/1/sy", R"("https://ns.suyuan.example/epcis/")");
    const EpcisDocument read = read_epcis(write_json(document), {}).value();
    ASSERT_EQ(reasons_of(read), "");
    EpcisAddition addition;
    addition.context = read.context;
    Json restored = restore_event(read.events[0].payload, read.events[0].people, addition);
    restored.erase("@context");
    EXPECT_EQ(restored, event);

    // Without the context, by who stands there.
    event.set("example:people", event_of(R"([{"id": "staff-99"}])"));
    const EpcisDocument other =
        read_epcis(write_json(edited(document, "/epcisBody/eventList/0", write_json(event))), {})
            .value();
    ASSERT_EQ(reasons_of(other), "");
    EXPECT_EQ(restore_event(other.events[0].payload, other.events[0].people, {}), event);
}

}  // namespace
}  // namespace suyuan::codec
