// SPDX-License-Identifier: Apache-2.0
//
// The engine asked beside the oracle, and what they say differently.

#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "graph/event_graph.h"
#include "tests/property/world.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {

// None if more positions are reached than the question allows. Any other failure is described in
// `failure`.
struct Asked {
    std::optional<trace::Answer> answer;
    std::string failure;

    friend bool operator==(const Asked&, const Asked&) = default;
};

[[nodiscard]] Asked ask_engine(
    const graph::EventGraph& graph, const graph::Snapshot& snapshot, const trace::Question& question
);

// The first field that differs, in words; empty if the answers are the same.
[[nodiscard]] std::string difference(
    const Asked& engine, const std::optional<trace::Answer>& oracle
);

// The same for the stock of every item of the world. `as_of`: record time.
[[nodiscard]] std::string stock_difference(
    const World& world, const graph::EventGraph& graph, model::MicrosUtc as_of
);

}  // namespace suyuan::property
