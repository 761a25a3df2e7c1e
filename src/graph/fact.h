// SPDX-License-Identifier: Apache-2.0
//
// What an event says about the flow of goods, in numbers: the only thing that a trace reads.
//
// docs/epcis-mapping.md says which facts each event yields; docs/tracing.md says what they mean.
// Ids are the store's surrogates (dense, from 1); 0 means "unknown" for owner and site and "none"
// elsewhere.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/strong_id.h"
#include "model/code.h"
#include "model/event.h"
#include "model/instant.h"

namespace suyuan::graph {

using ItemId = StrongId<struct ItemIdTag, std::uint32_t>;
using OperatorId = StrongId<struct OperatorIdTag, std::uint32_t>;
using SiteId = StrongId<struct SiteIdTag, std::uint32_t>;
using VehicleId = StrongId<struct VehicleIdTag, std::uint32_t>;
using PersonId = StrongId<struct PersonIdTag, std::uint32_t>;
using PaperId = StrongId<struct PaperIdTag, std::uint32_t>;
using ProcessId = StrongId<struct ProcessIdTag, std::uint32_t>;  // one transformationID
using UnitId = StrongId<struct UnitIdTag, std::uint32_t>;
using RecordId = StrongId<struct RecordIdTag, std::uint64_t>;

enum class FactKind : std::uint8_t {
    kCreate,      // the item comes into being at (owner, site): harvest, commissioning, import
    kDepart,      // it leaves (owner, site) for (peer_owner, peer_site)
    kArrive,      // it reaches (owner, site) from (peer_owner, peer_site)
    kInput,       // it goes into the event's process at (owner, site)
    kOutput,      // it comes out of the event's process at (owner, site)
    kSink,        // it ends at (owner, site): see SinkKind
    kSight,       // it was seen at (owner, site); nothing moved
    kCount,       // stock-taking at (owner, site): exactly `quantity` is there
    kPack,        // it was put into container `other` at (owner, site)
    kUnpack,      // it was taken out of container `other`
    kUnpackAll,   // everything was taken out of container `item`
    kBlock,       // it may not be moved or sold from (owner, site); owner and site 0: anywhere
    kRelease,     // the block ends
    kCleanBreak,  // (owner, site) was proven empty and clean of it
    kPartOf,      // instance `item` belongs to lot `other`, from its time at (owner, site)
    kSameAs,      // `item` and `other` are two codes of one thing
    kNotSameAs,   // that claim is taken back
};

enum class SinkKind : std::uint8_t { kNone, kSold, kUsed, kDestroyed, kLeft };

// In which step a departure or an arrival was told: one movement may be told in several.
enum class Step : std::uint8_t {
    kNone,
    kConsigning,
    kShipping,
    kDeparting,
    kArriving,
    kReceiving,
    kAccepting
};

struct Fact {
    FactKind kind = FactKind::kSight;
    SinkKind sink = SinkKind::kNone;
    bool has_quantity = false;
    bool owner_is_stated = false;  // false: the owner is the site's operator by default
    bool is_return = false;  // a departure that a block allows (recalled goods ...), or its receipt
    bool is_observed = false;  // a pack: seen inside, and so perhaps packed before
    Step step = Step::kNone;   // of a departure or an arrival
    ItemId item;
    ItemId other;
    OperatorId owner;
    SiteId site;
    OperatorId peer_owner;
    SiteId peer_site;
    UnitId unit;                  // base unit; 0: pieces
    std::int64_t millionths = 0;  // of the base unit; meaningful if has_quantity

    friend bool operator==(const Fact&, const Fact&) = default;
};

// One output of a process and the inputs that it was made from, which other events of the process
// may have put in.
struct FactMapping {
    ItemId output;
    std::vector<ItemId> inputs;

    friend bool operator==(const FactMapping&, const FactMapping&) = default;
};

// The flow content of one record. Inside interpret() ids are 1-based places in FlowNames; after
// interning they are the store's.
struct FlowEvent {
    RecordId record;
    std::uint64_t log_index = 0;  // dense, from 1, the sequencer's
    model::MicrosUtc record_time = 0;
    OperatorId submitter;
    std::uint64_t identity = 0;  // equal for records of one (submitter, eventID); 0: no eventID
    std::uint64_t content = 0;   // equal for records with the same event hash id; 0: unknown
    model::TimeInterval time;
    model::EventKind kind = model::EventKind::kObject;
    bool is_error_declaration = false;  // voids earlier records of the same identity; has no facts
    bool is_conflict = false;           // same identity as an earlier record, other content
    bool is_continuous = false;         // inputs and outputs of the process overlap in time
    ProcessId process;                  // 0: the record is its own process
    OperatorId custodian;
    std::vector<Fact> facts;
    std::vector<FactMapping> mappings;
    std::vector<VehicleId> vehicles;
    std::vector<PersonId> people;
    std::vector<PaperId> papers;          // every business document
    std::vector<PaperId> linking_papers;  // those that tie a receipt to its shipment

    friend bool operator==(const FlowEvent&, const FlowEvent&) = default;
};

// The names behind the places: items[0] is item 1 of the FlowEvent, and so on.
struct FlowNames {
    std::vector<model::Code> items;
    std::vector<std::string>
        operators;                   // canonical party codes; "site:<uri>" for the stub of a site
    std::vector<std::string> sites;  // canonical
    std::vector<std::string> vehicles;
    std::vector<std::string> people;
    std::vector<std::string> papers;
    std::vector<std::string> units;
    std::vector<std::string> processes;
};

}  // namespace suyuan::graph
