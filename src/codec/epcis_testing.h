// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the EPCIS codec share: one small valid event of each kind, and single edits of
// them.

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "codec/epcis_json.h"
#include "codec/json.h"

namespace suyuan::codec {

inline constexpr std::string_view kTestContext =
    R"(["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        {"example": "https://ns.example.com/epcis/",
         "suyuan": "https://ns.suyuan.example/epcis/"}])";

inline constexpr std::string_view kObjectEvent = R"({
    "type": "ObjectEvent", "action": "ADD",
    "eventTime": "2026-01-05T08:00:00.000+08:00", "eventTimeZoneOffset": "+08:00",
    "eventID": "urn:uuid:7f0e1d5e-6f3c-4b6a-9c52-2f1f6f5f3a11",
    "recordTime": "2026-01-05T08:00:01.000Z",
    "certificationInfo": ["https://certificates.example.com/17"],
    "epcList": ["urn:epc:id:sgtin:0614141.107346.2017", "urn:epc:id:sgtin:0614141.107346.2018"],
    "quantityList": [
        {"epcClass": "urn:epc:class:lgtin:4012345.012345.998877", "quantity": 12.50, "uom": "KGM"},
        {"epcClass": "urn:epc:idpat:sgtin:4012345.066666.*", "quantity": 3},
        {"epcClass": "urn:epc:class:lgtin:4012345.012345.998878"}],
    "bizStep": "commissioning", "disposition": "active",
    "persistentDisposition": {"set": ["completeness_verified"], "unset": ["completeness_inferred"]},
    "readPoint": {"id": "urn:epc:id:sgln:0614141.07346.1234", "example:door": "3"},
    "bizLocation": {"id": "urn:epc:id:sgln:0614141.07346.0"},
    "bizTransactionList": [{"type": "po", "bizTransaction": "http://papers.example.com/po/1"},
                           {"bizTransaction": "http://papers.example.com/x/2"}],
    "sourceList": [{"type": "owning_party", "source": "urn:epc:id:pgln:4012345.00001"}],
    "destinationList": [
        {"type": "location", "destination": "urn:epc:id:sgln:4012345.00002.0"},
        {"type": "https://ns.example.com/sdt/broker", "destination": "urn:epc:id:pgln:4012345.00003"}],
    "sensorElementList": [{
        "sensorMetadata": {"time": "2026-01-05T07:55:00+08:00", "deviceID": "urn:epc:id:giai:4012345.1",
                           "bizRules": "https://rules.example.com/cold", "example:probe": "left"},
        "sensorReport": [{"type": "Temperature", "value": 3.90, "uom": "CEL", "component": "x",
                          "exception": "ALARM_CONDITION", "booleanValue": true,
                          "hexBinaryValue": "f0F0", "stringValue": "cold",
                          "uriValue": "https://readings.example.com/1", "example:note": "ok"}],
        "example:batch": 7}],
    "ilmd": {"cbvmda:lotNumber": "L-77", "example:grade": {"colour": "green"}},
    "errorDeclaration": {"declarationTime": "2026-01-06T00:00:00Z", "reason": "incorrect_data",
                         "correctiveEventIDs": ["urn:uuid:0c9a9be6-32f7-4a3e-8d05-7b7d3c7fb3cc"],
                         "example:clerk": "c-4"},
    "example:remark": {"text": ["a", 1, null]}})";

inline constexpr std::string_view kAggregationEvent = R"({
    "type": "AggregationEvent", "action": "ADD",
    "eventTime": "2026-01-05T08:00:00+08:00", "eventTimeZoneOffset": "+08:00",
    "parentID": "urn:epc:id:sscc:4012345.0111111125",
    "childEPCs": ["urn:epc:id:sgtin:0614141.107346.2017"],
    "childQuantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.012345.998877", "quantity": 2}],
    "bizStep": "packing"})";

inline constexpr std::string_view kAssociationEvent = R"({
    "type": "AssociationEvent", "action": "ADD",
    "eventTime": "2026-01-05T08:00:00+08:00", "eventTimeZoneOffset": "+08:00",
    "parentID": "urn:epc:id:grai:4012345.55555.987",
    "childEPCs": ["urn:epc:id:giai:4000001.12345"]})";

inline constexpr std::string_view kTransactionEvent = R"({
    "type": "TransactionEvent", "action": "OBSERVE",
    "eventTime": "2026-01-05T08:00:00+08:00", "eventTimeZoneOffset": "+08:00",
    "bizTransactionList": [{"type": "inv", "bizTransaction": "urn:epcglobal:cbv:bt:4012345000009:1"}],
    "parentID": "urn:epc:id:sscc:4012345.0111111125",
    "epcList": ["urn:epc:id:sgtin:0614141.107346.2017"]})";

inline constexpr std::string_view kTransformationEvent = R"({
    "type": "TransformationEvent",
    "eventTime": "2026-01-05T08:00:00+08:00", "eventTimeZoneOffset": "+08:00",
    "inputEPCList": ["urn:epc:id:sgtin:0614141.107346.1"],
    "inputQuantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.011111.4444", "quantity": 10,
                           "uom": "KGM"}],
    "outputEPCList": ["urn:epc:id:sgtin:0614141.107346.2"],
    "outputQuantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.022222.5555", "quantity": 9}],
    "transformationID": "urn:epc:id:gdti:4012345.55555.1234",
    "ilmd": {"example:batch": "4711"}})";

inline constexpr std::string_view kTestDocument = R"({
    "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-01-05T08:00:00Z",
    "epcisBody": {"eventList": []}})";

// The value at the pointer (RFC 6901, without escapes) replaced or added, or taken away if `text`
// is empty. Steps into objects make missing members; an index equal to the size of an array
// appends. NOLINTNEXTLINE(misc-no-recursion): as deep as the pointer.
inline Json edited(const Json& root, std::string_view pointer, std::string_view text) {
    if (pointer.empty()) {
        return parse_json(text).value();
    }
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view step = pointer.substr(1, end - 1);
    const std::string_view rest = pointer.substr(end);
    const bool is_removal = rest.empty() && text.empty();
    Json result = root;
    if (root.is_array()) {
        std::vector<Json> items = result.take_items();
        const auto index = static_cast<std::size_t>(std::stoul(std::string(step)));
        if (is_removal) {
            items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
        } else {
            items.resize(std::max(items.size(), index + 1));
            items[index] = edited(items[index], rest, text);
        }
        return Json::array(std::move(items));
    }
    if (!result.is_object()) {
        result = Json::object();
    }
    if (is_removal) {
        result.erase(step);
        return result;
    }
    const Json* const member = root.find(step);
    result.set(step, edited(member == nullptr ? Json() : *member, rest, text));
    return result;
}

// A capture document in kTestContext that holds these events.
inline Json document_of(std::vector<Json> events) {
    Json document = parse_json(kTestDocument).value();
    document.set("@context", parse_json(kTestContext).value());
    Json body = Json::object();
    body.set("eventList", Json::array(std::move(events)));
    document.set("epcisBody", std::move(body));
    return document;
}

// One event in such a document, read.
inline EpcisDocument read_one(const Json& event) {
    return read_epcis(write_json(document_of({event})), {}).value();
}

// Where the problems of a document are, one a line; its reasons after them.
inline std::string pointers_of(const EpcisDocument& document) {
    std::string pointers;
    for (const EpcisProblem& problem : document.problems) {
        pointers += problem.pointer + "\n";
    }
    return pointers;
}

inline std::string reasons_of(const EpcisDocument& document) {
    std::string reasons;
    for (const EpcisProblem& problem : document.problems) {
        reasons += "  " + problem.pointer + ": " + problem.reason + "\n";
    }
    return reasons;
}

// One edit of a valid event.
struct Edit {
    std::string_view event;    // which valid event
    std::string_view at;       // what is edited
    std::string_view value;    // JSON; empty: taken away
    std::string_view problem;  // where the only problem must be, from the event on; kOk: nowhere
};

inline constexpr std::string_view kOk = "ok";

// Makes each edit alone and compares the places of the problems.
inline void check_edits(std::span<const Edit> edits) {
    for (const Edit& edit : edits) {
        const Json event = edited(parse_json(edit.event).value(), edit.at, edit.value);
        const EpcisDocument document = read_one(event);
        const std::string expected =
            edit.problem == kOk ? std::string()
                                : "/epcisBody/eventList/0" + std::string(edit.problem) + "\n";
        EXPECT_EQ(pointers_of(document), expected) << edit.at << " = " << edit.value << "\n"
                                                   << reasons_of(document);
        EXPECT_EQ(document.events.size(), expected.empty() ? 1U : 0U) << edit.at;
        for (const EpcisProblem& problem : document.problems) {
            EXPECT_TRUE(problem.reason.ends_with('.')) << problem.reason;
        }
    }
}

}  // namespace suyuan::codec
