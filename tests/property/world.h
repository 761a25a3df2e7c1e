// SPDX-License-Identifier: Apache-2.0
//
// A world: records in log order and the kinds of the items that they name. What the oracle reads
// and what the engine's graph is filled from.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {

// Half an hour: what the random worlds count time in.
inline constexpr model::MicrosUtc kTick = model::MicrosUtc{30} * 60 * 1'000'000;

struct World {
    std::vector<graph::FlowEvent> events;  // place = graph::EventIndex
    std::vector<model::CodeKind> kinds;    // by item id; [0] is nobody's

    [[nodiscard]] bool is_lot(graph::ItemId item) const {
        return kinds.at(item.value()) == model::CodeKind::kLot;
    }

    [[nodiscard]] bool is_individual(graph::ItemId item) const {
        const model::CodeKind kind = kinds.at(item.value());
        return kind == model::CodeKind::kInstance || kind == model::CodeKind::kContainer;
    }
};

// The same world as the engine sees it.
[[nodiscard]] std::unique_ptr<graph::EventGraph> graph_of(const World& world);

// For messages: one line a fact, move, position, ...
[[nodiscard]] std::string to_text(const World& world);
[[nodiscard]] std::string to_text(const trace::Question& question);
[[nodiscard]] std::string to_text(const trace::Position& position);
[[nodiscard]] std::string to_text(const trace::Move& move);
[[nodiscard]] std::string to_text(const trace::Stock& stock);
[[nodiscard]] std::string to_text(const trace::Answer& answer);

}  // namespace suyuan::property
