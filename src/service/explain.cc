// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/event_references.h"
#include "service/inner_scope.h"
#include "service/named_answer.h"
#include "service/sentences.h"
#include "service/tracing.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

using trace::Position;

// The places of the moves from the seed to a position, in the order of the search.
std::vector<std::uint32_t> way_to(const NamedAnswer& named, PartKind kind, std::uint32_t place) {
    const trace::Part& part = *named.part(kind);
    std::vector<std::uint32_t> way;
    // Each step is nearer to the seed, so a way is shorter than the part.
    while (way.size() < part.positions.size()) {
        const std::optional<std::uint32_t> number = part.positions[place].explained_by;
        if (!number) {
            std::ranges::reverse(way);
            return way;
        }
        way.push_back(*number);
        const trace::Move& move = part.moves[*number];
        place = named.index(kind).require(part, kind == PartKind::kForward ? move.from : move.to);
    }
    SUYUAN_UNREACHABLE();
}

// A lot that is asked for is a seed wherever it lay, yet a reader wants to know how it came there
// (backward: whither it went): the earliest moves between its own places, in the order of the
// search.
std::vector<std::uint32_t> own_way_to(const trace::Part& part, PartKind kind, Position place) {
    const bool is_forward = kind == PartKind::kForward;
    std::vector<std::uint32_t> way;
    std::set<Position> seen = {place};
    for (;;) {
        std::optional<std::uint32_t> best;
        for (std::uint32_t number = 0; number < part.moves.size(); ++number) {
            const trace::Move& move = part.moves[number];
            const Position& end = is_forward ? move.to : move.from;
            const Position& other = is_forward ? move.from : move.to;
            const bool is_own = end == place && other.item == place.item && !seen.contains(other);
            const bool is_earlier =
                is_own && (!best || move.arrive.first < part.moves[*best].arrive.first);
            best = is_earlier ? std::optional(number) : best;
        }
        if (!best) {
            std::ranges::reverse(way);
            return way;
        }
        way.push_back(*best);
        place = is_forward ? part.moves[*best].from : part.moves[*best].to;
        seen.insert(place);
    }
}

}  // namespace

Result<Explanation> Tracing::explain(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const TraceRequest& request,
    std::string_view position,
    std::optional<PartKind> part
) const {
    SUYUAN_TRY(const Position wanted, parse_position_key(position));
    SUYUAN_TRY(auto answer, find_answer(context, scope, request));
    std::optional<std::uint32_t> place;
    Explanation explanation;
    for (const PartKind kind : {PartKind::kForward, PartKind::kBack}) {
        const trace::Part* half = answer->part(kind);
        if (!place && half != nullptr && part.value_or(kind) == kind) {
            place = answer->index(kind).find(*half, wanted);
            explanation.part = kind;
        }
    }
    if (!place) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{
                format("位置 {} 不在这次追溯的结果里", position),
                format("position {} is not in this answer", position)
            }
        );
    }
    const trace::Part& half = *answer->part(explanation.part);
    const bool is_forward = explanation.part == PartKind::kForward;
    explanation.position = half.positions[*place];
    std::vector<std::uint32_t> way = way_to(*answer, explanation.part, *place);
    const bool is_asked_for = way.empty();
    if (is_asked_for) {
        way = own_way_to(half, explanation.part, explanation.position.position);
    }
    std::vector<graph::EventIndex> events;
    for (const std::uint32_t number : way) {
        std::ranges::copy(events_behind(half.moves[number]), std::back_inserter(events));
    }
    // Of a narrow scope's answer every event is one that it may see: answer_cut.h.
    const policy::Scope reading = scope.sees_everything() ? scope : inner_scope();
    SUYUAN_TRY(const auto references, fetch_references(context, reading, store_, graph_, events));
    for (const std::uint32_t number : way) {
        ExplainedStep step;
        step.move_number = number;
        step.move = half.moves[number];
        step.events = references_behind(step.move, references);
        Sentence sentence = describe(step.move, step.events, answer->names);
        step.sentence_zh = std::move(sentence.zh);
        step.sentence_en = std::move(sentence.en);
        explanation.steps.push_back(std::move(step));
    }
    explanation.start = explanation.position.position;
    if (!way.empty()) {
        const trace::Move& first = half.moves[way.front()];
        explanation.start = is_forward ? first.from : first.to;
    }
    Sentence summary = summarise(explanation.part, explanation.position, answer->names);
    if (is_asked_for && !way.empty()) {
        const Sentence introduction = introduce_own_way(explanation.part);
        summary.zh += introduction.zh;
        summary.en += introduction.en;
    }
    explanation.summary_zh = std::move(summary.zh);
    explanation.summary_en = std::move(summary.en);
    explanation.answer = std::move(answer);
    return explanation;
}

}  // namespace suyuan::service
