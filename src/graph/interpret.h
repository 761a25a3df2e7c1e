// SPDX-License-Identifier: Apache-2.0
//
// From an event to its facts: which business step means what, and who owned what where.
// The rules are docs/epcis-mapping.md. Pure.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "graph/fact.h"
#include "model/event.h"

namespace suyuan::graph {

struct Interpretation {
    FlowEvent event;  // ids are places in `names`; record, log_index, record_time, submitter,
                      // identity, content and is_conflict are left for the store to fill
    FlowNames names;
};

// The operator that runs a site according to the registry, if it knows one.
using SiteOperator = std::function<std::optional<std::string>(std::string_view site)>;

// Never fails: what the rules do not know becomes a sighting, a stub or nothing, never an error.
[[nodiscard]] Interpretation interpret(
    const model::Event& event, const SiteOperator& site_operator
);

}  // namespace suyuan::graph
