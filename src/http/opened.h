// SPDX-License-Identifier: Apache-2.0
//
// What of an answer the policy opens to whoever asks, beside the thing that the route is about.

#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "codec/json.h"
#include "http/reply.h"
#include "policy/admission.h"
#include "store/search.h"

namespace suyuan::http {

// Whether something of another kind may stand in the answer: the policy opens it as widely as what
// was asked for.
[[nodiscard]] bool is_opened(const Call& call, const policy::Need& need);

// The kinds of things that a search may find: those that the policy lets them search, with code and
// name. nullopt: whatever there is.
[[nodiscard]] std::optional<std::vector<store::SearchKind>> kinds_opened(const Call& call);

// A part of an answer ("name", "registered.region") and the field of the policy that it shows.
struct Shown {
    std::string_view part;
    std::string_view field;
};

// Makes null what shows a field that is closed or masked.
void close_fields(const Call& call, std::span<const Shown> parts, codec::Json& body);

}  // namespace suyuan::http
