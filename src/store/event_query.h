// SPDX-License-Identifier: Apache-2.0
//
// The EPCIS 2.0 SimpleEventQuery, the part that we answer (EPCIS 2.0 section 8.2.7).

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/event.h"
#include "model/instant.h"

namespace suyuan::store {

enum class EpcMatch : std::uint8_t {
    kAny,       // MATCH_anyEPC: object, parent, child, input or output; things, not classes
    kEpc,       // MATCH_epc: object or child
    kParent,    // MATCH_parentID
    kInput,     // MATCH_inputEPC
    kOutput,    // MATCH_outputEPC
    kEpcClass,  // MATCH_epcClass: object or child classes
    kAnyClass,  // MATCH_anyEPCClass
    kInputClass,
    kOutputClass,
};

// One MATCH_ parameter: any of the values, canonical; a trailing "*" is a prefix.
struct EpcCriterion {
    EpcMatch match = EpcMatch::kAny;
    std::vector<std::string> values;
};

struct PartyCriterion {
    bool is_source = true;  // else destination
    std::string type;       // "owning_party", ...
    std::vector<std::string> values;
};

struct PaperCriterion {
    std::string type;  // EQ_bizTransaction_<type>
    std::vector<std::string> values;
};

// Criteria are joined by "and"; the values of one by "or"; an empty list is no criterion. Terms are
// CBV short names, identifiers canonical.
struct EventQuery {
    std::vector<model::EventKind> kinds;                // eventType
    std::optional<model::MicrosUtc> event_time_from;    // GE_eventTime
    std::optional<model::MicrosUtc> event_time_before;  // LT_eventTime
    std::optional<model::MicrosUtc> record_time_from;   // GE_recordTime
    std::optional<model::MicrosUtc> record_time_before;
    std::vector<model::EventAction> actions;      // EQ_action
    std::vector<std::string> biz_steps;           // EQ_bizStep
    std::vector<std::string> dispositions;        // EQ_disposition
    std::vector<std::string> read_points;         // EQ_readPoint
    std::vector<std::string> biz_locations;       // EQ_bizLocation
    std::vector<std::string> event_ids;           // EQ_eventID
    std::vector<std::string> transformation_ids;  // EQ_transformationID
    std::optional<bool> has_error_declaration;    // EXISTS_errorDeclaration
    std::vector<EpcCriterion> epcs;
    std::vector<PartyCriterion> parties;
    std::vector<PaperCriterion> papers;
    bool by_event_time = false;  // orderBy: eventTime, else recordTime (log order)
    bool is_descending = false;  // orderDirection
    std::size_t page_size = 30;  // perPage
    std::string page_token;      // nextPageToken; kInvalidArgument if it is not one of ours
};

}  // namespace suyuan::store
