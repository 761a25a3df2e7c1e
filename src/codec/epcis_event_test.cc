// SPDX-License-Identifier: Apache-2.0
//
// Goal: what the standard says of every event holds, rule by rule. Method: valid events of each
// kind, each edited once; the table says where the problem must be, or that there is none.

#include <array>
#include <string_view>

#include <gtest/gtest.h>

#include "codec/epcis_json.h"
#include "codec/epcis_testing.h"
#include "codec/json.h"

namespace suyuan::codec {
namespace {

TEST(EpcisEventTest, AcceptsTheValidEvents) {
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "/bizStep", R"("commissioning")", kOk},
        Edit{kAggregationEvent, "/action", R"("ADD")", kOk},
        Edit{kAssociationEvent, "/action", R"("ADD")", kOk},
        Edit{kTransactionEvent, "/action", R"("OBSERVE")", kOk},
        Edit{kTransformationEvent, "/bizStep", R"("commissioning")", kOk},
    };
    check_edits(kEdits);
}

TEST(EpcisEventTest, NeedsTypeTimeAndOffset) {
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "", "17", ""},
        Edit{kObjectEvent, "/type", "", "/type"},
        Edit{kObjectEvent, "/type", R"("QuantityEvent")", "/type"},
        Edit{kObjectEvent, "/type", "5", "/type"},
        Edit{kObjectEvent, "/eventTime", "", "/eventTime"},
        Edit{kObjectEvent, "/eventTime", R"("22-07-2026")", "/eventTime"},
        Edit{kObjectEvent, "/eventTime", R"("2026-01-05T08:00:00")", "/eventTime"},
        Edit{kObjectEvent, "/eventTime", R"("2026-02-30T08:00:00Z")", "/eventTime"},
        Edit{kObjectEvent, "/eventTime", "1767571200", "/eventTime"},
        Edit{kObjectEvent, "/eventTime", R"("2026-01-05T08:00:00.123456789Z")", kOk},
        Edit{kObjectEvent, "/eventTimeZoneOffset", "", "/eventTimeZoneOffset"},
        Edit{kObjectEvent, "/eventTimeZoneOffset", R"("8")", "/eventTimeZoneOffset"},
        Edit{kObjectEvent, "/eventTimeZoneOffset", R"("Z")", "/eventTimeZoneOffset"},
        Edit{kObjectEvent, "/eventTimeZoneOffset", R"("+14:30")", "/eventTimeZoneOffset"},
        Edit{kObjectEvent, "/eventTimeZoneOffset", R"("-14:00")", kOk},
        Edit{kObjectEvent, "/recordTime", R"("today")", "/recordTime"},
        Edit{kObjectEvent, "/recordTime", "", kOk},
    };
    check_edits(kEdits);
}

TEST(EpcisEventTest, JudgesActionIdAndCertificates) {
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "/action", "", "/action"},
        Edit{kObjectEvent, "/action", R"("CREATE")", "/action"},
        Edit{kObjectEvent, "/action", R"("add")", "/action"},
        Edit{kTransformationEvent, "/action", R"("ADD")", "/action"},
        Edit{kObjectEvent, "/eventID", R"("event 1")", "/eventID"},
        Edit{kObjectEvent, "/eventID", R"("17")", "/eventID"},
        Edit{kObjectEvent, "/eventID", "", kOk},
        Edit{kObjectEvent, "/eventID", R"("ni:///sha-256;00ff?ver=CBV2.0")", kOk},
        Edit{kObjectEvent, "/certificationInfo", R"("https://certificates.example.com/1")", kOk},
        Edit{kObjectEvent, "/certificationInfo", "[]", kOk},
        Edit{kObjectEvent, "/certificationInfo/0", "{}", "/certificationInfo/0"},
        Edit{kObjectEvent, "/certificationInfo", R"({"id": "urn:x:1"})", "/certificationInfo"},
    };
    check_edits(kEdits);
}

TEST(EpcisEventTest, ClosesTheStandardVocabularies) {
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "/bizStep", R"("transforming")", "/bizStep"},
        Edit{kObjectEvent, "/bizStep", R"("Shipping")", "/bizStep"},
        Edit{kObjectEvent, "/bizStep", R"("")", "/bizStep"},
        Edit{kObjectEvent, "/bizStep", R"(["shipping"])", "/bizStep"},
        Edit{kObjectEvent, "/bizStep", R"("https://ns.example.com/steps/smoking")", kOk},
        Edit{kObjectEvent, "/bizStep", R"("cbv:BizStep-shipping")", kOk},
        Edit{kObjectEvent, "/bizStep", R"("urn:epcglobal:cbv:bizstep:shipping")", "/bizStep"},
        Edit{kObjectEvent, "/bizStep", R"("https://ns.gs1.org/cbv/BizStep-shipping")", "/bizStep"},
        Edit{kObjectEvent, "/disposition", R"("in_transport")", "/disposition"},
        Edit{kObjectEvent, "/disposition", R"("in transit:x")", "/disposition"},
        Edit{
            kObjectEvent, "/bizTransactionList/0/type", R"("order")", "/bizTransactionList/0/type"
        },
        Edit{kObjectEvent, "/sourceList/0/type", R"("place")", "/sourceList/0/type"},
        Edit{kObjectEvent, "/errorDeclaration/reason", R"("typo")", "/errorDeclaration/reason"},
        Edit{kObjectEvent, "/errorDeclaration/reason", R"("did_not_occur")", kOk},
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport/0/type",
            R"("Warmth")",
            "/sensorElementList/0/sensorReport/0/type"
        },
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport/0/type",
            R"("https://gs1.org/voc/Temperature")",
            "/sensorElementList/0/sensorReport/0/type"
        },
        Edit{kObjectEvent, "/sensorElementList/0/sensorReport/0/type", R"("gs1:Angle")", kOk},
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport/0/exception",
            R"("FIRE")",
            "/sensorElementList/0/sensorReport/0/exception"
        },
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport/0/component",
            R"("w")",
            "/sensorElementList/0/sensorReport/0/component"
        },
    };
    check_edits(kEdits);
}

TEST(EpcisEventTest, JudgesPersistentDispositions) {
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "/persistentDisposition/unset", "", kOk},
        Edit{kObjectEvent, "/persistentDisposition", "{}", "/persistentDisposition"},
        Edit{kObjectEvent, "/persistentDisposition", "[]", "/persistentDisposition"},
        Edit{kObjectEvent, "/persistentDisposition/set", "[]", "/persistentDisposition/set"},
        Edit{
            kObjectEvent,
            "/persistentDisposition/set",
            R"("recalled")",
            "/persistentDisposition/set"
        },
        Edit{
            kObjectEvent,
            "/persistentDisposition/set/0",
            R"("lost")",
            "/persistentDisposition/set/0"
        },
        Edit{
            kObjectEvent,
            "/persistentDisposition/set/1",
            R"("completeness_verified")",
            "/persistentDisposition/set/1"
        },
        Edit{kObjectEvent, "/persistentDisposition/add", "[]", "/persistentDisposition/add"},
        Edit{kAggregationEvent, "/persistentDisposition", R"({"set": ["recalled"]})", kOk},
    };
    check_edits(kEdits);
}

TEST(EpcisEventTest, JudgesPlaces) {
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "/readPoint", R"("urn:epc:id:sgln:0614141.07346.0")", "/readPoint"},
        Edit{kObjectEvent, "/readPoint/id", "", "/readPoint/id"},
        Edit{kObjectEvent, "/readPoint/id", R"("gate 3")", "/readPoint/id"},
        Edit{kObjectEvent, "/readPoint/name", R"("gate")", "/readPoint/name"},
        Edit{kObjectEvent, "/readPoint/other:name", R"("gate")", "/readPoint/other:name"},
        Edit{kObjectEvent, "/bizLocation/id", R"("geo:30.5,114.3")", kOk},
        Edit{kObjectEvent, "/bizLocation/id", "7", "/bizLocation/id"},
    };
    check_edits(kEdits);
}

TEST(EpcisEventTest, JudgesPapersAndParties) {
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "/bizTransactionList", "{}", "/bizTransactionList"},
        Edit{kObjectEvent, "/bizTransactionList", "[]", kOk},
        Edit{kObjectEvent, "/bizTransactionList/0", R"("po-1")", "/bizTransactionList/0"},
        Edit{
            kObjectEvent,
            "/bizTransactionList/0/bizTransaction",
            "",
            "/bizTransactionList/0/bizTransaction"
        },
        Edit{
            kObjectEvent,
            "/bizTransactionList/0/bizTransaction",
            R"("po 1")",
            "/bizTransactionList/0/bizTransaction"
        },
        Edit{
            kObjectEvent, "/bizTransactionList/0/example:x", "1", "/bizTransactionList/0/example:x"
        },
        Edit{kObjectEvent, "/sourceList/0/type", "", "/sourceList/0/type"},
        Edit{kObjectEvent, "/sourceList/0/source", "", "/sourceList/0/source"},
        Edit{
            kObjectEvent,
            "/sourceList/0/destination",
            R"("urn:epc:id:pgln:4012345.00001")",
            "/sourceList/0/destination"
        },
        Edit{kObjectEvent, "/destinationList/1/destination", "", "/destinationList/1/destination"},
        Edit{kObjectEvent, "/destinationList", R"("x")", "/destinationList"},
    };
    check_edits(kEdits);
}

TEST(EpcisEventTest, JudgesErrorDeclarations) {
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "/errorDeclaration", R"("wrong")", "/errorDeclaration"},
        Edit{
            kObjectEvent,
            "/errorDeclaration/declarationTime",
            "",
            "/errorDeclaration/declarationTime"
        },
        Edit{
            kObjectEvent,
            "/errorDeclaration/declarationTime",
            R"("yesterday")",
            "/errorDeclaration/declarationTime"
        },
        Edit{kObjectEvent, "/errorDeclaration/reason", "", kOk},
        Edit{
            kObjectEvent,
            "/errorDeclaration/correctiveEventIDs",
            R"("urn:uuid:1")",
            "/errorDeclaration/correctiveEventIDs"
        },
        Edit{
            kObjectEvent,
            "/errorDeclaration/correctiveEventIDs/0",
            R"("one")",
            "/errorDeclaration/correctiveEventIDs/0"
        },
        Edit{kObjectEvent, "/errorDeclaration/clerk", "4", "/errorDeclaration/clerk"},
    };
    check_edits(kEdits);
}

TEST(EpcisEventTest, JudgesSensorData) {
    constexpr std::string_view kReport = "/sensorElementList/0/sensorReport/0";
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "/sensorElementList", "{}", "/sensorElementList"},
        Edit{kObjectEvent, "/sensorElementList/0", "5", "/sensorElementList/0"},
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport",
            "",
            "/sensorElementList/0/sensorReport"
        },
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport",
            "[]",
            "/sensorElementList/0/sensorReport"
        },
        Edit{kObjectEvent, kReport, "null", kReport},
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport/0/type",
            "",
            "/sensorElementList/0/sensorReport/0/type"
        },
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport/0/value",
            R"("3.9")",
            "/sensorElementList/0/sensorReport/0/value"
        },
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport/0/booleanValue",
            R"("true")",
            "/sensorElementList/0/sensorReport/0/booleanValue"
        },
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport/0/hexBinaryValue",
            R"("xyz")",
            "/sensorElementList/0/sensorReport/0/hexBinaryValue"
        },
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport/0/stringValue",
            "5",
            "/sensorElementList/0/sensorReport/0/stringValue"
        },
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport/0/uriValue",
            R"("here")",
            "/sensorElementList/0/sensorReport/0/uriValue"
        },
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorReport/0/colour",
            R"("red")",
            "/sensorElementList/0/sensorReport/0/colour"
        },
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorMetadata/time",
            R"("noon")",
            "/sensorElementList/0/sensorMetadata/time"
        },
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorMetadata/room",
            "1",
            "/sensorElementList/0/sensorMetadata/room"
        },
        Edit{
            kObjectEvent,
            "/sensorElementList/0/sensorMetadata",
            "[]",
            "/sensorElementList/0/sensorMetadata"
        },
        Edit{kObjectEvent, "/sensorElementList/0/sensorMetadata", "", kOk},
        Edit{kObjectEvent, "/sensorElementList/0/batch", "7", "/sensorElementList/0/batch"},
    };
    check_edits(kEdits);
}

TEST(EpcisEventTest, WantsExtensionsNamed) {
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "/remark", "1", "/remark"},
        Edit{kObjectEvent, "/other:remark", "1", "/other:remark"},
        Edit{kObjectEvent, "/example:", "1", "/example:"},
        Edit{kObjectEvent, "/urn:x:remark", "1", kOk},
        Edit{kObjectEvent, "/gs1:remark", "1", kOk},
        Edit{kObjectEvent, "/id", R"("urn:x:1")", "/id"},
    };
    check_edits(kEdits);
    // A prefix that a context of somebody else may declare, which is not fetched.
    Json document = document_of({edited(parse_json(kObjectEvent).value(), "/other:remark", "1")});
    document = edited(document, "/@context/2", R"("https://contexts.example.com/meat.jsonld")");
    EXPECT_EQ(reasons_of(read_epcis(write_json(document), {}).value()), "");
    // A full URI as a name.
    Json event = parse_json(kObjectEvent).value();
    event.set("https://ns.example.com/epcis/remark", Json::integer(1));
    EXPECT_EQ(reasons_of(read_one(event)), "");
}

}  // namespace
}  // namespace suyuan::codec
