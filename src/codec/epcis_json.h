// SPDX-License-Identifier: Apache-2.0
//
// EPCIS 2.0 in its JSON/JSON-LD binding: documents to events and back.
//
// What the standard forbids is refused with a JSON pointer and a reason; what it allows comes back
// equal as a value (numbers by their decimal text), extensions included. Sources: EPCIS 2.0 (GS1,
// June 2022) sections 7 and 10, CBV 2.0 sections 7 and 8.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codec/json.h"
#include "model/event.h"

namespace suyuan::codec {

// What our own extension fields are named by (docs/epcis-mapping.md), whatever prefix a document
// binds to it; the prefix `suyuan` stands for nothing else.
inline constexpr std::string_view kSuyuanNamespace = "https://ns.suyuan.example/epcis/";

// One reason why a document or an event is refused.
struct EpcisProblem {
    std::string pointer;  // RFC 6901, from the document's root: "/epcisBody/eventList/3/action"
    std::string reason;   // English, one sentence, says how to mend it.
    // The same in Chinese.
    std::string reason_zh = {};
};

// What a person-at-work entry held beside its id: kept apart from the payload, can be erased.
struct PersonValues {
    std::string person;  // the id
    std::string values;  // compact JSON object of the other members
};

struct EpcisEvent {
    model::Event event;
    std::string payload;  // compact JSON as submitted, without the values of persons
    std::string hash_id;  // "ni:///sha-256;<hex>?ver=CBV2.0"
    std::string pointer;  // where it stood in its document
    std::vector<PersonValues> people;
};

enum class EpcisDocumentKind : std::uint8_t { kCapture, kQuery, kBareEvent };

struct EpcisDocument {
    EpcisDocumentKind kind = EpcisDocumentKind::kCapture;
    std::string context;                 // compact JSON of "@context"; empty if there was none
    std::vector<EpcisEvent> events;      // the valid ones, in document order
    std::vector<EpcisProblem> problems;  // the reasons why others are not there
    // What stands outside the events and is not understood here (header, master data): compact JSON
    // of the document without its events.
    std::string envelope;
};

struct EpcisOptions {
    bool accepts_query_documents = false;  // `import` does, capture does not
    JsonLimits limits;
};

// Fails with kInvalidArgument if the text is no JSON, no EPCIS document of an accepted kind, or has
// no event list to read; the message starts with the JSON pointer (for JSON, with line and column).
// Fails with kLimitExceeded if the text breaks `options.limits`. Whatever else breaks the standard
// is in `problems`: those of single events leave these out of `events`, and the caller decides
// between all-or-nothing and the rest; those of the document itself (no schemaVersion, ...) spoil
// every event, and `events` is empty. At most 10,000 problems are listed; the last one then says
// so.
[[nodiscard]] Result<EpcisDocument> read_epcis(std::string_view text, const EpcisOptions& options);

// The event as returned to a reader: the payload with `people` put back, plus what we add.
struct EpcisAddition {
    std::string record_time;         // "2026-01-05T08:00:00.000Z"; empty: none
    std::string hash_id;             // `suyuan:hashId`; empty: none
    std::string context;             // its document's "@context", before its own; empty: none
    std::vector<std::string> flags;  // `suyuan:flags`: "conflict", "void", "possible_duplicate"
};

// Requires `payload` and `people` to be what read_epcis() gave (people: some or all of them).
[[nodiscard]] Json restore_event(
    std::string_view payload, const std::vector<PersonValues>& people, const EpcisAddition& addition
);

// The standard's query result document around events. `contexts[i]` is the "@context" that
// `events[i]` was submitted under, empty if it needs none: they are united in the document's, and
// an event whose context gives a prefix another meaning keeps its own. Requires contexts.size() ==
// events.size().
[[nodiscard]] Json query_document(
    std::vector<Json> events, const std::vector<std::string>& contexts, std::string_view created
);

// The CBV 2.0 event hash id (section 8.9) and the string that is hashed, for an event in the
// context of its document (`context` is the document's "@context", or null). What read_epcis()
// would refuse has a hash too, of what can be understood of it.
[[nodiscard]] std::string event_prehash(const Json& event, const Json& context);
[[nodiscard]] std::string event_hash_id(const Json& event, const Json& context);

}  // namespace suyuan::codec
