// SPDX-License-Identifier: Apache-2.0
//
// What must hold of the engine's answers whatever the page says in detail: no oracle needed.

#pragma once

#include <cstdint>
#include <string>

#include "tests/property/world.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {

// What is certain is possible, and no sooner (backward: later) than that; every position but seeds
// is explained by a move that was taken and leads to it; every balance balances.
[[nodiscard]] std::string broken_in_itself(const trace::Answer& answer);

// As of a record time, the whole log answers as the log that ends there: as another graph, and as a
// snapshot that the same graph had given out then.
[[nodiscard]] std::string broken_by_replay(const World& world, const trace::Question& question);

// Records of strangers, in whatever places of the log, change nothing but the places.
[[nodiscard]] std::string broken_by_strangers(
    const World& world, const trace::Question& question, std::uint64_t seed
);

}  // namespace suyuan::property
