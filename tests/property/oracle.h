// SPDX-License-Identifier: Apache-2.0
//
// The same questions as the engine's, answered by a naive reading of docs/tracing.md: every item's
// story told in nested loops over all facts, every search a fixpoint over all moves. Slow and, it
// is hoped, plainly right.

#pragma once

#include <optional>
#include <vector>

#include "model/instant.h"
#include "tests/property/world.h"
#include "trace/answer.h"
#include "trace/engine.h"
#include "trace/question.h"

namespace suyuan::property {

// None if more positions are reached than the question allows.
[[nodiscard]] std::optional<trace::Answer> oracle_ask(
    const World& world, const trace::Question& question
);

[[nodiscard]] std::vector<trace::ItemStock> oracle_stock_of(
    const World& world, graph::ItemId item, model::MicrosUtc as_of
);

}  // namespace suyuan::property
