// SPDX-License-Identifier: Apache-2.0
//
// Any text as an EPCIS document: reading ends, every problem has a reason and a pointer, and every
// event that is accepted comes back readable, with the same hash.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/json.h"

namespace {

using suyuan::Result;
using suyuan::codec::EpcisDocument;
using suyuan::codec::EpcisEvent;
using suyuan::codec::EpcisOptions;
using suyuan::codec::EpcisProblem;
using suyuan::codec::Json;

constexpr EpcisOptions kOptions{.accepts_query_documents = true, .limits = {}};

void check_answer(const EpcisDocument& document) {
    std::vector<Json> events;
    for (const EpcisEvent& event : document.events) {
        suyuan::codec::EpcisAddition addition;
        addition.record_time = "2026-01-05T08:00:00.000Z";
        addition.hash_id = event.hash_id;
        events.push_back(suyuan::codec::restore_event(event.payload, event.people, addition));
    }
    const std::vector<std::string> contexts(events.size(), document.context);
    const Json answer =
        suyuan::codec::query_document(std::move(events), contexts, "2026-01-05T08:00:00Z");
    const Result<EpcisDocument> again =
        suyuan::codec::read_epcis(suyuan::codec::write_json(answer), kOptions);
    SUYUAN_ASSERT(again.has_value() && again->events.size() == document.events.size());
    for (std::size_t i = 0; i < again->events.size(); ++i) {
        SUYUAN_ASSERT(again->events[i].hash_id == document.events[i].hash_id);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text.
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Result<EpcisDocument> document = suyuan::codec::read_epcis(text, kOptions);
    if (!document) {
        return 0;
    }
    for (const EpcisProblem& problem : document->problems) {
        SUYUAN_ASSERT(!problem.reason.empty());
        SUYUAN_ASSERT(problem.pointer.empty() || problem.pointer.front() == '/');
    }
    if (!document->events.empty()) {
        check_answer(*document);
    }
    return 0;
}

extern "C" const char* const* suyuan_fuzz_seeds() {
    static const char* const kSeeds[] = {
        R"({"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
{"ex":"https://ns.example.com/","suyuan":"https://ns.suyuan.example/epcis/"}],
"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-05T08:00:00Z",
"epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:epcglobal:epcis:vtype:Location",
"vocabularyElementList":[{"id":"urn:epc:id:sgln:0614141.07346.0",
"attributes":[{"id":"urn:epcglobal:cbv:mda#name","attribute":"x"}]}]}]}},
"epcisBody":{"eventList":[{"type":"ObjectEvent","action":"ADD",
"eventTime":"2026-01-05T08:00:00+08:00","eventTimeZoneOffset":"+08:00",
"epcList":["urn:epc:id:sgtin:0614141.107346.2017"],
"quantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.012345.9","quantity":1.50,"uom":"KGM"}],
"bizStep":"commissioning","disposition":"active","persistentDisposition":{"set":["recalled"]},
"readPoint":{"id":"urn:epc:id:sgln:0614141.07346.0","ex:door":1},
"bizTransactionList":[{"type":"po","bizTransaction":"urn:epcglobal:cbv:bt:4012345000009:1"}],
"sourceList":[{"type":"owning_party","source":"urn:epc:id:pgln:4012345.00001"}],
"sensorElementList":[{"sensorMetadata":{"time":"2026-01-05T08:00:00Z"},
"sensorReport":[{"type":"Temperature","value":3.9,"uom":"CEL","bizRules":"urn:x:1"}]}],
"ilmd":{"cbvmda:lotNumber":"L-7"},"ex:note":{"a":[1,"02",null]},
"suyuan:people":[{"id":"p1","name":"n"}],"suyuan:vehicles":["v"]}]}})",
        R"({"@context":{"suyuan":"https://ns.suyuan.example/epcis/"},"type":"TransformationEvent",
"eventTime":"2026-01-05T08:00:00Z","eventTimeZoneOffset":"+08:00",
"inputEPCList":["https://id.gs1.org/01/10614141073464/21/1"],
"outputQuantityList":[{"epcClass":"urn:epc:idpat:sgtin:4012345.066666.*","quantity":2}],
"suyuan:outputMapping":[{"output":"urn:epc:idpat:sgtin:4012345.066666.*",
"inputs":["urn:epc:id:sgtin:0614141.107346.1"]}],"suyuan:continuous":true})",
        R"({"@context":"https://ref.gs1.org/standards/epcis/epcis-context.jsonld",
"type":"EPCISQueryDocument","epcisBody":{"queryResults":{"queryName":"q","resultsBody":{"eventList":[
{"type":"AggregationEvent","action":"DELETE","eventTime":"2026-01-05T08:00:00Z",
"eventTimeZoneOffset":"-06:00","parentID":"urn:epc:id:sscc:4012345.0111111125",
"errorDeclaration":{"declarationTime":"2026-01-06T00:00:00Z","reason":"did_not_occur"}}]}}}})",
        nullptr,
    };
    return kSeeds;
}
