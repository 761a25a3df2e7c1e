// SPDX-License-Identifier: Apache-2.0
//
// What in events looks mistyped, and is stored all the same. No list grows beyond kWarningsMax.

#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codec/epcis_json.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/intake.h"
#include "store/store.h"

namespace suyuan::service {

// Numbers in our own fields. Those of persons are not repeated.
void warn_of_numbers(const codec::EpcisEvent& event, std::vector<codec::EpcisProblem>& out);

// Check digits of the codes that an event names; `pointer`: where it stands.
void warn_of_codes(
    const graph::FlowNames& names, std::string_view pointer, std::vector<codec::EpcisProblem>& out
);

// Declarations that take back nothing that is known. Fails as Store::events_by_id().
Status warn_of_declarations(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    std::span<const codec::EpcisEvent> events,
    std::vector<codec::EpcisProblem>& out
);

// Events that were stored under the id of one that was taken back, and so are taken back with it.
// Fails as Store::events_by_id().
Status warn_of_void_events(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    std::span<const CapturedEvent> events,
    std::vector<codec::EpcisProblem>& out
);

}  // namespace suyuan::service
