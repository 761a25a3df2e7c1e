// SPDX-License-Identifier: Apache-2.0
//
// Short spellings of answers, so that what was worked out on paper fits on a line.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "tests/property/draft.h"
#include "tests/property/oracle.h"
#include "tests/property/world.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {

using OpenEnds = std::vector<trace::OpenEnd>;

// Owner n runs site n.
inline constexpr Place kFarm{1, 1};
inline constexpr Place kPlant{2, 2};
inline constexpr Place kShop{3, 3};
inline constexpr Place kStall{4, 4};

// "i1@2/3 10/12, ..." in the order of the answer: item 1 of owner 2 at site 3, possible 10, certain
// 12 ("-": not certainly reached).
[[nodiscard]] inline std::string reached(const trace::Part& part) {
    std::string text;
    for (const trace::ReachedPosition& entry : part.positions) {
        text += (text.empty() ? "" : ", ") + to_text(entry.position) + " " +
                std::to_string(entry.possible) + "/" +
                (entry.certain.has_value() ? std::to_string(*entry.certain) : "-");
    }
    return text;
}

// "i1@1/1>i1@2/2 20..30, ...": leaving first, arriving first; * marks those that are only possible.
[[nodiscard]] inline std::string taken(const trace::Part& part) {
    std::string text;
    for (const trace::Move& move : part.moves) {
        text += (text.empty() ? "" : ", ") + to_text(move.from) + ">" + to_text(move.to) + " " +
                std::to_string(move.leave.first) + ".." + std::to_string(move.arrive.first) +
                (move.is_certain ? "" : "*");
    }
    return text;
}

[[nodiscard]] inline trace::Answer ask_oracle(
    const WorldDraft& draft, const trace::Question& question
) {
    return oracle_ask(draft.world(), question).value();
}

[[nodiscard]] inline std::string back(const WorldDraft& draft, const trace::Question& question) {
    return reached(ask_oracle(draft, question).back.value());
}

[[nodiscard]] inline std::string forward(const WorldDraft& draft, const trace::Question& question) {
    return reached(ask_oracle(draft, question).forward.value());
}

// Where the item is with one owner only.
[[nodiscard]] inline trace::Question held_by(std::uint32_t owner, trace::Question question) {
    std::get<trace::ItemSeed>(question.seed).owner = graph::OperatorId(owner);
    return question;
}

template <typename Seed>
[[nodiscard]] trace::Question question_of(trace::Direction direction, Seed seed) {
    trace::Question question;
    question.direction = direction;
    question.seed = std::move(seed);
    return question;
}

[[nodiscard]] inline trace::OpenEnd open_end(
    trace::OpenEndKind kind, graph::ItemId item, Place place, graph::EventIndex event
) {
    return {kind, {item, graph::OperatorId(place.owner), graph::SiteId(place.site)}, event};
}

[[nodiscard]] inline trace::Stock stock_in(
    const WorldDraft& draft, graph::ItemId item, Place place
) {
    for (const trace::ItemStock& entry : oracle_stock_of(draft.world(), item, model::kEndOfTime)) {
        if (entry.position.owner == graph::OperatorId(place.owner) &&
            entry.position.site == graph::SiteId(place.site)) {
            return entry.stock;
        }
    }
    return {};
}

}  // namespace suyuan::property
