// SPDX-License-Identifier: Apache-2.0

#include "tests/property/comparison.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "tests/property/oracle.h"
#include "tests/property/world.h"
#include "trace/answer.h"
#include "trace/engine.h"
#include "trace/question.h"

namespace suyuan::property {
namespace {

std::string difference_of_parts(
    const std::string& name,
    const std::optional<trace::Part>& engine,
    const std::optional<trace::Part>& oracle
) {
    if (engine.has_value() != oracle.has_value()) {
        return name + " is there or not";
    }
    if (engine == oracle) {
        return {};
    }
    const auto& positions = engine->positions;
    const auto& expected = oracle->positions;
    for (std::size_t i = 0; i < std::min(positions.size(), expected.size()); ++i) {
        const std::string where = name + " position " + std::to_string(i) + " ";
        if (positions[i].position != expected[i].position) {
            return where + to_text(positions[i].position) + ", expected " +
                   to_text(expected[i].position);
        }
        if (positions[i].possible != expected[i].possible) {
            return where + "possible time";
        }
        if (positions[i].certain != expected[i].certain) {
            return where + "certain time";
        }
        if (positions[i].stock != expected[i].stock) {
            return where + "stock: " + to_text(positions[i].stock) + ", expected " +
                   to_text(expected[i].stock);
        }
    }
    if (positions.size() != expected.size()) {
        return name + " number of positions";
    }
    for (std::size_t i = 0; i < std::min(engine->moves.size(), oracle->moves.size()); ++i) {
        if (engine->moves[i] != oracle->moves[i]) {
            return name + " move " + std::to_string(i) + ": " + to_text(engine->moves[i]) +
                   ", expected " + to_text(oracle->moves[i]);
        }
    }
    if (engine->moves.size() != oracle->moves.size()) {
        return name + " number of moves";
    }
    return name + " hops, seeds or explanations";
}

}  // namespace

Asked ask_engine(
    const graph::EventGraph& graph, const graph::Snapshot& snapshot, const trace::Question& question
) {
    const policy::RequestContext context(policy::local_principal());
    const Result<policy::Scope> scope =
        policy::decide(context.principal(), policy::Permission::kTrace);
    if (!scope.has_value()) {
        return {std::nullopt, scope.error().message()};
    }
    Result<trace::Answer> answer = trace::ask(context, *scope, graph, snapshot, question);
    if (answer.has_value()) {
        return {std::move(*answer), {}};
    }
    const bool is_too_large = answer.error().code() == ErrorCode::kLimitExceeded;
    return {std::nullopt, is_too_large ? std::string() : answer.error().message()};
}

std::string difference(const Asked& engine, const std::optional<trace::Answer>& oracle) {
    if (!engine.failure.empty()) {
        return "failure: " + engine.failure;
    }
    if (engine.answer.has_value() != oracle.has_value()) {
        return oracle.has_value() ? "too large for the engine only"
                                  : "too large for the oracle only";
    }
    if (!oracle.has_value() || *engine.answer == *oracle) {
        return {};
    }
    const trace::Answer& answer = *engine.answer;
    std::string text = difference_of_parts("back", answer.back, oracle->back);
    if (text.empty()) {
        text = difference_of_parts("forward", answer.forward, oracle->forward);
    }
    const std::vector<std::pair<bool, std::string>> others = {
        {answer.sources == oracle->sources, "sources"},
        {answer.operators == oracle->operators, "operators"},
        {answer.sites == oracle->sites, "sites"},
        {answer.vehicles == oracle->vehicles, "vehicles"},
        {answer.people == oracle->people, "people"},
        {answer.total == oracle->total, "total"},
        {answer.open_ends == oracle->open_ends, "open ends"},
        {answer.violations == oracle->violations, "violations"},
        {answer.cut_off == oracle->cut_off, "cut-off"},
    };
    for (const auto& [is_equal, name] : others) {
        text = text.empty() && !is_equal ? name : text;
    }
    return text;
}

std::string stock_difference(
    const World& world, const graph::EventGraph& graph, model::MicrosUtc as_of
) {
    for (std::uint32_t id = 1; id < world.kinds.size(); ++id) {
        const auto found = trace::stock_of(graph, graph.snapshot(), graph::ItemId(id), as_of);
        const auto expected = oracle_stock_of(world, graph::ItemId(id), as_of);
        for (std::size_t i = 0; i < std::max(found.size(), expected.size()); ++i) {
            const bool is_equal = i < found.size() && i < expected.size() &&
                                  found[i].position == expected[i].position &&
                                  found[i].stock == expected[i].stock;
            if (!is_equal) {
                const auto text = [i](const std::vector<trace::ItemStock>& list) {
                    return i < list.size()
                               ? to_text(list[i].position) + " " + to_text(list[i].stock)
                               : std::string("nothing");
                };
                return "stock of i" + std::to_string(id) + ": " + text(found) + ", expected " +
                       text(expected);
            }
        }
    }
    return {};
}

}  // namespace suyuan::property
