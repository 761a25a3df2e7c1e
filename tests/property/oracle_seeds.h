// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 6, read word by word: what a question starts from.

#pragma once

#include <map>
#include <optional>
#include <vector>

#include "graph/event_graph.h"
#include "model/instant.h"
#include "tests/property/oracle_log.h"
#include "tests/property/oracle_moves.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {

enum class Sense { kForward, kBackward };

// Positions, each with the earliest (backward: latest) of its moments.
using Seeds = std::map<trace::Position, model::MicrosUtc>;

// The effective records in its window that a seed of a paper, vehicle or person names.
[[nodiscard]] std::vector<graph::EventIndex> events_named(
    const Log& log, const trace::Question& question
);

[[nodiscard]] Seeds seeds_of(const History& history, const trace::Question& question, Sense sense);

// When something is first there (backward: last there) by the facts and rides at the position; none
// if there are none.
[[nodiscard]] std::optional<model::MicrosUtc> first_there(
    const History& history, const trace::Position& position
);
[[nodiscard]] std::optional<model::MicrosUtc> last_there(
    const History& history, const trace::Position& position
);

}  // namespace suyuan::property
