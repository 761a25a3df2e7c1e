// SPDX-License-Identifier: Apache-2.0
//
// Goal: each kind of event names what it is about as the standard wants it. Method: as in
// epcis_event_test.cc.

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "codec/epcis_testing.h"
#include "codec/json.h"

namespace suyuan::codec {
namespace {

TEST(EpcisSubjectTest, JudgesQuantities) {
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "/quantityList/0/epcClass", "", "/quantityList/0/epcClass"},
        Edit{kObjectEvent, "/quantityList/0/epcClass", R"("apples")", "/quantityList/0/epcClass"},
        Edit{kObjectEvent, "/quantityList/0/quantity", R"("12")", "/quantityList/0/quantity"},
        Edit{kObjectEvent, "/quantityList/0/quantity", "-1", "/quantityList/0/quantity"},
        Edit{kObjectEvent, "/quantityList/0/quantity", "0.1234567", kOk},
        Edit{kObjectEvent, "/quantityList/0/quantity", "1e30", "/quantityList/0/quantity"},
        Edit{kObjectEvent, "/quantityList/0/quantity", "0", kOk},
        Edit{kObjectEvent, "/quantityList/0/quantity", "1.5e3", kOk},
        Edit{kObjectEvent, "/quantityList/0/quantity", "", "/quantityList/0/quantity"},
        Edit{kObjectEvent, "/quantityList/0/uom", R"("kg")", "/quantityList/0/uom"},
        Edit{kObjectEvent, "/quantityList/0/uom", R"("KILO")", "/quantityList/0/uom"},
        Edit{kObjectEvent, "/quantityList/0/uom", "9", "/quantityList/0/uom"},
        Edit{kObjectEvent, "/quantityList/0/uom", R"("H87")", kOk},
        Edit{kObjectEvent, "/quantityList/0/weight", "5", "/quantityList/0/weight"},
        Edit{kObjectEvent, "/quantityList/0/example:weight", "5", "/quantityList/0/example:weight"},
        Edit{kObjectEvent, "/quantityList/0", "5", "/quantityList/0"},
        Edit{kObjectEvent, "/quantityList", "{}", "/quantityList"},
    };
    check_edits(kEdits);
}

TEST(EpcisSubjectTest, NeedsObjectsInObjectEvents) {
    const Json event = parse_json(kObjectEvent).value();
    const auto pointers = [&](std::string_view epcs, std::string_view amounts, bool is_sensed) {
        Json edit = edited(edited(event, "/epcList", epcs), "/quantityList", amounts);
        if (!is_sensed) {
            edit.erase("sensorElementList");
        }
        return pointers_of(read_one(edit));
    };
    constexpr std::string_view kEpcs = R"(["urn:epc:id:sgtin:0614141.107346.2017"])";
    constexpr std::string_view kAmounts =
        R"([{"epcClass": "urn:epc:idpat:sgtin:4012345.066666.*"}])";
    constexpr std::string_view kMissing = "/epcisBody/eventList/0/epcList\n";
    EXPECT_EQ(pointers(kEpcs, "", false), "");
    EXPECT_EQ(pointers("", kAmounts, false), "");
    EXPECT_EQ(pointers("[]", kAmounts, false), "");
    EXPECT_EQ(pointers("[]", "", true), "");
    EXPECT_EQ(pointers("", "", true), "");
    EXPECT_EQ(pointers("[]", "[]", false), kMissing);
    EXPECT_EQ(pointers("", "", false), kMissing);
    Json nowhere = edited(edited(event, "/epcList", ""), "/quantityList", "");
    nowhere.erase("readPoint");
    EXPECT_EQ(pointers_of(read_one(nowhere)), kMissing);
}

TEST(EpcisSubjectTest, JudgesListsOfThings) {
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "/epcList", R"("urn:epc:id:sgtin:0614141.107346.2017")", "/epcList"},
        Edit{kObjectEvent, "/epcList/0", R"("apple")", "/epcList/0"},
        Edit{kObjectEvent, "/epcList/0", "7", "/epcList/0"},
        Edit{kObjectEvent, "/epcList/1", R"("urn:epc:id:sgtin:0614141.107346.2017")", "/epcList/1"},
        Edit{kObjectEvent, "/epcList/0", R"("https://id.example.com/批次/7")", kOk},
        Edit{kObjectEvent, "/epcList/0", R"("https://id.example.com/a%2")", "/epcList/0"},
        Edit{
            kTransformationEvent,
            "/inputEPCList/1",
            R"("urn:epc:id:sgtin:0614141.107346.1")",
            "/inputEPCList/1"
        },
        Edit{kObjectEvent, "/childEPCs", "[]", "/childEPCs"},
        Edit{kObjectEvent, "/parentID", R"("urn:epc:id:sscc:4012345.0111111125")", "/parentID"},
        Edit{kObjectEvent, "/inputEPCList", "[]", "/inputEPCList"},
        Edit{kAggregationEvent, "/epcList", "[]", "/epcList"},
        Edit{kTransactionEvent, "/childEPCs", "[]", "/childEPCs"},
        Edit{kTransformationEvent, "/epcList", "[]", "/epcList"},
    };
    check_edits(kEdits);
}

TEST(EpcisSubjectTest, JudgesAggregationsAndAssociations) {
    constexpr std::array kEdits = {
        Edit{kAggregationEvent, "/parentID", "", "/parentID"},
        Edit{kAggregationEvent, "/parentID", R"("box 7")", "/parentID"},
        Edit{kAggregationEvent, "/childEPCs", "", kOk},
        Edit{kAggregationEvent, "/childEPCs", "[]", kOk},
        Edit{kAggregationEvent, "/childQuantityList", "", kOk},
        Edit{kAssociationEvent, "/parentID", "", "/parentID"},
        Edit{kAssociationEvent, "/childEPCs", "", "/childEPCs"},
        Edit{kAssociationEvent, "/childEPCs", "[]", "/childEPCs"},
        Edit{kAssociationEvent, "/action", R"("DELETE")", kOk},
    };
    check_edits(kEdits);
    const auto aggregation = [](std::string_view action, bool has_parent, bool has_children) {
        Json event = edited(
            parse_json(kAggregationEvent).value(), "/action", "\"" + std::string(action) + "\""
        );
        if (!has_parent) {
            event.erase("parentID");
        }
        if (!has_children) {
            event.erase("childEPCs");
            event.erase("childQuantityList");
        }
        return pointers_of(read_one(event));
    };
    constexpr std::string_view kNoParent = "/epcisBody/eventList/0/parentID\n";
    constexpr std::string_view kNoChild = "/epcisBody/eventList/0/childEPCs\n";
    EXPECT_EQ(aggregation("OBSERVE", false, true), "");
    EXPECT_EQ(aggregation("OBSERVE", true, false), kNoChild);
    EXPECT_EQ(aggregation("ADD", false, true), kNoParent);
    EXPECT_EQ(aggregation("ADD", true, false), kNoChild);
    EXPECT_EQ(aggregation("DELETE", true, false), "");
    EXPECT_EQ(aggregation("DELETE", false, true), kNoParent);
}

TEST(EpcisSubjectTest, JudgesTransactions) {
    constexpr std::array kEdits = {
        Edit{kTransactionEvent, "/bizTransactionList", "", "/bizTransactionList"},
        Edit{kTransactionEvent, "/bizTransactionList", "[]", "/bizTransactionList"},
        Edit{kTransactionEvent, "/epcList", "", "/epcList"},
        Edit{kTransactionEvent, "/epcList", "[]", kOk},
        Edit{kTransactionEvent, "/parentID", "", kOk},
        Edit{kTransactionEvent, "/ilmd", "{}", "/ilmd"},
    };
    check_edits(kEdits);
    const Json bare =
        edited(edited(parse_json(kTransactionEvent).value(), "/parentID", ""), "/epcList", "[]");
    EXPECT_EQ(pointers_of(read_one(bare)), "/epcisBody/eventList/0/epcList\n");
    EXPECT_EQ(pointers_of(read_one(edited(bare, "/action", R"("DELETE")"))), "");
}

TEST(EpcisSubjectTest, JudgesTransformations) {
    const auto transformation = [](bool has_input, bool has_output, bool has_id) {
        Json event = parse_json(kTransformationEvent).value();
        if (!has_input) {
            event.erase("inputEPCList");
            event.set("inputQuantityList", Json::array());
        }
        if (!has_output) {
            event.set("outputEPCList", Json::array());
            event.erase("outputQuantityList");
        }
        if (!has_id) {
            event.erase("transformationID");
        }
        return pointers_of(read_one(event));
    };
    EXPECT_EQ(transformation(true, true, false), "");
    EXPECT_EQ(transformation(true, false, true), "");
    EXPECT_EQ(transformation(false, true, true), "");
    EXPECT_EQ(transformation(false, false, true), "/epcisBody/eventList/0/inputEPCList\n");
    EXPECT_EQ(transformation(true, false, false), "/epcisBody/eventList/0/outputEPCList\n");
    EXPECT_EQ(transformation(false, true, false), "/epcisBody/eventList/0/inputEPCList\n");
    constexpr std::array kEdits = {
        Edit{kTransformationEvent, "/transformationID", R"("batch 7")", "/transformationID"},
        Edit{kTransformationEvent, "/parentID", R"("urn:x:1")", "/parentID"},
    };
    check_edits(kEdits);
}

TEST(EpcisSubjectTest, AllowsMasterDataOnlyWhereThingsBegin) {
    constexpr std::array kEdits = {
        Edit{kObjectEvent, "/action", R"("OBSERVE")", "/ilmd"},
        Edit{kObjectEvent, "/action", R"("DELETE")", "/ilmd"},
        Edit{kObjectEvent, "/ilmd", R"("soil")", "/ilmd"},
        Edit{kObjectEvent, "/ilmd/materialType", R"("soil")", "/ilmd/materialType"},
        Edit{kObjectEvent, "/ilmd/soil:type", R"("loam")", "/ilmd/soil:type"},
        Edit{kObjectEvent, "/ilmd", "{}", kOk},
        Edit{kTransformationEvent, "/ilmd/example:grade", "1", kOk},
        Edit{kAggregationEvent, "/ilmd", "{}", "/ilmd"},
        Edit{kAssociationEvent, "/ilmd", "{}", "/ilmd"},
    };
    check_edits(kEdits);
}

}  // namespace
}  // namespace suyuan::codec
