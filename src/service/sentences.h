// SPDX-License-Identifier: Apache-2.0
//
// Moves and reached positions as sentences that a duty officer reads out on the telephone.

#pragma once

#include <vector>

#include "base/error.h"
#include "policy/scope.h"
#include "service/event_references.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "trace/answer.h"

namespace suyuan::service {

// One move: when, from where, to where, what, how much, on which papers (those of `events`).
[[nodiscard]] Sentence describe(
    const trace::Move& move, const std::vector<EventReference>& events, const NameBook& names
);

// Why a position is on the list, in one sentence.
[[nodiscard]] Sentence summarise(
    PartKind part, const trace::ReachedPosition& reached, const NameBook& names
);

// What follows the summary of a seed whose own moves are listed.
[[nodiscard]] Sentence introduce_own_way(PartKind part);

// What is said of an edge: that it goes on beyond what whoever asked sees, and how to go on.
[[nodiscard]] Sentence beyond_note(policy::View view);

}  // namespace suyuan::service
