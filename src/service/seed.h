// SPDX-License-Identifier: Apache-2.0
//
// From what somebody typed to what a trace starts from.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/event_graph.h"
#include "model/code.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/search.h"
#include "store/store.h"
#include "trace/question.h"

namespace suyuan::service {

enum class SeedKind : std::uint8_t {
    kItem,  // a product class or one thing
    kLot,
    kContainer,
    kPaper,
    kVehicle,
    kPerson,
    kOperator,
    kSite,
};

// "item", "lot", "container", "paper", "vehicle", "person", "operator", "site".
[[nodiscard]] std::string_view to_string(SeedKind kind) noexcept;
[[nodiscard]] std::optional<SeedKind> parse_seed_kind(std::string_view text) noexcept;

// What goods with a code of this kind are.
[[nodiscard]] SeedKind seed_kind_of(model::CodeKind kind) noexcept;

// What readings of a kind are found as.
[[nodiscard]] store::SearchKind search_kind_of(SeedKind kind) noexcept;

// One thing that a typed text can mean.
struct Reading {
    SeedKind kind = SeedKind::kItem;
    std::uint32_t id = 0;  // surrogate; 0 for a GTIN that only its lots and instances name
    std::string code;      // canonical
    std::string name;      // "" if none is known
    bool has_events = false;
    trace::Seed seed;
};

struct Resolution {
    std::vector<Reading> readings;  // those with events first, then by kind as listed above
    std::vector<store::SearchHit> suggestions;  // when there is no reading: what looks similar
};

struct SeedText {
    std::string_view text;              // as typed
    std::optional<SeedKind> only = {};  // keeps readings of one kind
    // What may be found at all; nullopt: everything.
    std::optional<std::vector<store::SearchKind>> kinds = {};
};

// What is in the scope's sight: anything else is as if it were not there. Any code, lot text, paper
// number, plate, person id, operator or site code, an operator's licence number; a name if exactly
// one thing bears it. Fails with kInvalidArgument for an empty text and for one that is longer than
// any code.
[[nodiscard]] Result<Resolution> resolve_seed(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    const graph::EventGraph& graph,
    const SeedText& seed
);

}  // namespace suyuan::service
