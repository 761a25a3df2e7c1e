// SPDX-License-Identifier: Apache-2.0
//
// Query strings: what is read can be written and read again; no query makes the reader of EPCIS
// parameters fail other than by a problem.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "http/epcis_query.h"
#include "http/limits.h"
#include "http/parameters.h"
#include "http/query.h"

extern "C" const char* const* suyuan_fuzz_seeds() {
    static constexpr std::array<const char*, 6> kSeeds = {
        "eventType=ObjectEvent%7CAssociationEvent&EQ_action=ADD&perPage=10&nextPageToken=abc",
        "GE_eventTime=2026-01-05T08%3A00%3A00%2B08%3A00&LT_recordTime=2026-01-06T00:00:00Z",
        "MATCH_anyEPC=urn:epc:idpat:sgtin:0614141.107346.*&MATCH_epcClass=https%3A%2F%2Fid.gs1.org%"
        "2F01%2F09506000134352%2F10%2FA",
        "EQ_source_owning_party=urn:epc:id:pgln:0614141.00001&EQ_bizTransaction_po=http://"
        "example.com/1",
        "EQ_bizStep=cbv:BizStep-shipping&orderBy=eventTime&orderDirection=ASC&EXISTS_"
        "errorDeclaration=true",
        nullptr
    };
    return kSeeds.data();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using suyuan::http::Query;
    const std::string text(data, data + size);
    const auto query = Query::parse(text);
    if (!query) {
        return 0;
    }
    SUYUAN_ASSERT(query->all().size() <= suyuan::http::kQueryParametersMax);
    const auto again = Query::parse(query->text());
    SUYUAN_ASSERT(again && again->text() == query->text());
    suyuan::http::ParameterReader parameters(*query);
    const auto events = suyuan::http::read_event_query(parameters);
    SUYUAN_ASSERT(parameters.finish() || events.page_size > 0);
    return 0;
}
