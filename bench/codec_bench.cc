// SPDX-License-Identifier: Apache-2.0
//
// How fast documents are read: codec_bench [EVENTS]
//
// A capture document of EVENTS events (100,000 unless said otherwise; as many as the size limit
// lets in) is parsed as JSON, written, and read as EPCIS (judged, hashed, payloads written), each
// five times; the best time of each is told.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/format.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "io/clock.h"

namespace suyuan::bench {
namespace {

constexpr int kRounds = 5;

std::string event_text(std::size_t number) {
    return format(
        R"({{"type":"ObjectEvent","eventID":"urn:uuid:00000000-0000-4000-8000-{0:012}",)"
        R"("eventTime":"2026-01-05T08:00:00.000+08:00","eventTimeZoneOffset":"+08:00",)"
        R"("action":"OBSERVE","bizStep":"shipping","disposition":"in_transit",)"
        R"("epcList":[],"quantityList":[)"
        R"({{"epcClass":"urn:epc:class:lgtin:4012345.012345.L{0}","quantity":12.50,"uom":"KGM"}}],)"
        R"("readPoint":{{"id":"urn:epc:id:sgln:4012345.00001.0"}},)"
        R"("bizTransactionList":[{{"type":"desadv",)"
        R"("bizTransaction":"urn:epcglobal:cbv:bt:4012345000009:D{0}"}}],)"
        R"("sourceList":[{{"type":"owning_party","source":"urn:epc:id:pgln:4012345.00001"}}],)"
        R"("destinationList":[{{"type":"owning_party",)"
        R"("destination":"urn:epc:id:pgln:4012345.00002"}}],)"
        R"("suyuan:vehicles":["鄂A12345"]}})",
        number
    );
}

std::string document_text(std::size_t events) {
    std::string text =
        R"({"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",)"
        R"({"suyuan":"https://ns.suyuan.example/epcis/"}],"type":"EPCISDocument",)"
        R"("schemaVersion":"2.0","creationDate":"2026-01-05T08:00:00Z",)"
        R"("epcisBody":{"eventList":[)";
    for (std::size_t i = 0; i < events; ++i) {
        text += i == 0 ? "" : ",";
        text += event_text(i);
    }
    return text + "]}}";
}

void measure(std::string_view what, std::size_t bytes, const std::function<void()>& work) {
    const io::SystemClock clock;
    std::int64_t best_us = std::numeric_limits<std::int64_t>::max();
    for (int round = 0; round < kRounds; ++round) {
        const std::int64_t start_us = clock.monotonic_us();
        work();
        best_us = std::min(best_us, clock.monotonic_us() - start_us);
    }
    const double megabytes = static_cast<double>(bytes) / 1e6;
    const double seconds = static_cast<double>(std::max<std::int64_t>(best_us, 1)) / 1e6;
    const std::string line = format(
        "{:<12} {:8.1f} MB in {:6.3f} s: {:6.1f} MB/s\n",
        what,
        megabytes,
        seconds,
        megabytes / seconds
    );
    std::fputs(line.c_str(), stdout);
}

void run(std::size_t events) {
    const std::string text = document_text(events);
    codec::JsonLimits limits;
    limits.bytes_max = std::numeric_limits<std::size_t>::max();
    const codec::Json document = codec::parse_json(text, limits).value();
    measure("parse JSON", text.size(), [&] {
        SUYUAN_ASSERT(codec::parse_json(text, limits).has_value());
    });
    measure("write JSON", text.size(), [&] {
        SUYUAN_ASSERT(codec::write_json(document).size() == text.size());
    });
    measure("read EPCIS", text.size(), [&] {
        const auto read =
            codec::read_epcis(text, {.accepts_query_documents = false, .limits = limits});
        SUYUAN_ASSERT(read.has_value() && read->events.size() == events);
    });
}

}  // namespace
}  // namespace suyuan::bench

int main(int argument_count, char** arguments) {
    constexpr std::size_t kEvents = 100'000;
    suyuan::bench::run(argument_count > 1 ? std::strtoull(arguments[1], nullptr, 10) : kEvents);
    return 0;
}
