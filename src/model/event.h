// SPDX-License-Identifier: Apache-2.0
//
// The one grammar of records: who, what, where, when, why, how much. An EPCIS 2.0 event as a value.
//
// Identifiers are kept as submitted here; canonical forms (GS1 Digital Link) are made by
// model/code.h where identity matters. CBV terms (bizStep, disposition, types) are short names
// ("shipping") when they are CBV's, full URIs otherwise. Extensions live in the payload only,
// except those of our own namespace, which are fields here.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/instant.h"
#include "model/quantity.h"

namespace suyuan::model {

enum class EventKind : std::uint8_t {
    kObject,
    kAggregation,
    kTransaction,
    kTransformation,
    kAssociation,
};

enum class EventAction : std::uint8_t { kNone, kAdd, kObserve, kDelete };

// The part an item plays in its event.
enum class ItemRole : std::uint8_t {
    kObject,  // epcList, quantityList of Object and Transaction events
    kParent,  // parentID
    kChild,   // childEPCs, childEPCList, childQuantityList
    kInput,   // inputEPCList, inputQuantityList
    kOutput,  // outputEPCList, outputQuantityList
};

struct EventItem {
    ItemRole role = ItemRole::kObject;
    std::string code;       // As submitted: EPC URN, class URN or Digital Link.
    bool is_class = false;  // From a quantity list: an amount of a class or lot, not one thing.
    std::optional<Quantity> quantity;
};

// One entry of sourceList or destinationList.
struct EventParty {
    std::string type;  // "owning_party", "possessing_party", "location" or a URI
    std::string id;
};

struct Paper {
    std::string type;  // "po", "desadv", "inv", ... or a URI; empty if none was given
    std::string id;
};

struct ErrorDeclaration {
    MicrosUtc declared_at = 0;
    std::string reason;
    std::vector<std::string> corrective_event_ids;
};

// `suyuan:outputMapping`: which inputs one output was made from.
struct OutputMapping {
    std::string output;
    std::vector<std::string> inputs;
};

struct Event {
    EventKind kind = EventKind::kObject;
    EventAction action = EventAction::kNone;
    std::string event_id;  // Empty if the submitter gave none.
    MicrosUtc event_time = 0;
    int offset_minutes = 0;  // eventTimeZoneOffset
    TimePrecision precision = TimePrecision::kExact;
    // suyuan:latestTime: it happened between event_time and this moment; never before event_time.
    std::optional<MicrosUtc> latest_time;

    std::string biz_step;
    std::string disposition;
    std::vector<std::string> set_dispositions;  // persistentDisposition
    std::vector<std::string> unset_dispositions;
    std::string read_point;
    std::string biz_location;
    std::string transformation_id;
    std::vector<EventItem> items;
    std::vector<EventParty> sources;
    std::vector<EventParty> destinations;
    std::vector<Paper> papers;
    std::optional<ErrorDeclaration> error;
    std::string lot_text;  // ilmd cbvmda:lotNumber, if any

    // Our own namespace https://ns.suyuan.example/epcis/ (prefix `suyuan`), docs/epcis-mapping.md.
    std::string owner;                     // suyuan:owner: who owns the goods at this event
    std::string custodian;                 // suyuan:custodian: who holds them, if not the owner
    std::vector<std::string> vehicles;     // suyuan:vehicles: plates
    std::vector<std::string> people;       // suyuan:people[].id: person-at-work ids
    std::vector<std::string> same_as;      // suyuan:sameAs: other codes of the event's one item
    std::vector<std::string> not_same_as;  // suyuan:notSameAs: takes such a claim back
    std::vector<OutputMapping> output_mapping;
    bool is_continuous = false;   // suyuan:continuous: silo or line, inputs and outputs overlap
    bool is_clean_break = false;  // suyuan:cleanBreak: proven empty and cleaned
    std::string sink;  // suyuan:sink: "sold", "used", "destroyed", "left"; empty: by bizStep

    // When it happened, as an interval.
    [[nodiscard]] TimeInterval interval() const noexcept;
};

}  // namespace suyuan::model
