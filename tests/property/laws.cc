// SPDX-License-Identifier: Apache-2.0

#include "tests/property/laws.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/comparison.h"
#include "tests/property/dice.h"
#include "tests/property/world.h"
#include "tests/property/worlds.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::property {
namespace {

constexpr std::uint32_t kFar = 100;  // beyond every id that a random world uses

bool is_balanced(const trace::Balance& balance) {
    const std::int64_t in = balance.created + balance.produced + balance.received;
    return in == balance.on_hand + balance.in_transit + balance.shipped + balance.sold +
                     balance.used + balance.destroyed + balance.left + balance.unexplained;
}

std::string broken_in_part(const trace::Part& part, bool is_forward) {
    for (const trace::ReachedPosition& reached : part.positions) {
        const std::string where = to_text(reached.position) + ": ";
        if (reached.certain.has_value() && (is_forward ? *reached.certain < reached.possible
                                                       : *reached.certain > reached.possible)) {
            return where + "certain sooner than possible";
        }
        if (!reached.explained_by.has_value()) {
            if (!reached.is_seed || reached.hops != 0) {
                return where + "not explained";
            }
        } else if (*reached.explained_by >= part.moves.size()) {
            return where + "explained by no move";
        } else {
            const trace::Move& move = part.moves[*reached.explained_by];
            if ((is_forward ? move.to : move.from) != reached.position) {
                return where + "explained by a move elsewhere";
            }
        }
        if (!std::ranges::all_of(reached.stock.balances, is_balanced)) {
            return where + "unbalanced";
        }
    }
    return {};
}

template <typename Id>
void shift(Id& id) {
    id = id == Id() ? id : Id(id.value() + kFar);
}

template <typename Id>
void shift(std::vector<Id>& ids) {
    for (Id& id : ids) {
        shift(id);
    }
}

// The same event among others: no id of it is known to those that it comes to.
graph::FlowEvent estranged(graph::FlowEvent event) {
    constexpr std::uint64_t kFarNumber = 100'000;
    event.identity += event.identity == 0 ? 0 : kFarNumber;
    event.content += event.content == 0 ? 0 : kFarNumber;
    shift(event.process);
    shift(event.custodian);
    shift(event.vehicles);
    shift(event.people);
    shift(event.papers);
    shift(event.linking_papers);
    for (graph::Fact& fact : event.facts) {
        shift(fact.item);
        shift(fact.other);
        shift(fact.owner);
        shift(fact.site);
        shift(fact.peer_owner);
        shift(fact.peer_site);
    }
    for (graph::FactMapping& mapping : event.mappings) {
        shift(mapping.output);
        shift(mapping.inputs);
    }
    return event;
}

// Both worlds' events, each in its own order; `places` are those of the first one's.
World merged(const World& ours, const World& theirs, Dice dice, std::vector<std::size_t>& places) {
    World both;
    both.kinds = ours.kinds;
    both.kinds.resize(kFar + 1);
    both.kinds.insert(both.kinds.end(), theirs.kinds.begin() + 1, theirs.kinds.end());
    auto our = ours.events.begin();
    auto their = theirs.events.begin();
    while (our != ours.events.end() || their != theirs.events.end()) {
        const bool is_ours =
            their == theirs.events.end() || (our != ours.events.end() && dice.chance(50));
        if (is_ours) {
            places.push_back(both.events.size());
        }
        both.events.push_back(is_ours ? *our++ : estranged(*their++));
        both.events.back().log_index = both.events.size();
        both.events.back().record_time = static_cast<model::MicrosUtc>(both.events.size());
    }
    return both;
}

void move_places(graph::EventIndex& event, const std::vector<std::size_t>& places) {
    event = static_cast<graph::EventIndex>(places.at(event));
}

void move_places(trace::Answer& answer, const std::vector<std::size_t>& places) {
    for (std::optional<trace::Part>* part : {&answer.back, &answer.forward}) {
        if (!part->has_value()) {
            continue;
        }
        for (trace::Move& move : (*part)->moves) {
            move_places(move.leaving_event, places);
            move_places(move.arriving_event, places);
        }
    }
    for (trace::OpenEnd& end : answer.open_ends) {
        if (end.kind != trace::OpenEndKind::kNegativeStock) {  // that one has no event
            move_places(end.event, places);
        }
    }
    for (trace::Violation& violation : answer.violations) {
        move_places(violation.event, places);
        move_places(violation.block_event, places);
    }
}

}  // namespace

std::string broken_in_itself(const trace::Answer& answer) {
    std::string text;
    if (answer.back.has_value()) {
        text = broken_in_part(*answer.back, false);
    }
    if (text.empty() && answer.forward.has_value()) {
        text = broken_in_part(*answer.forward, true);
    }
    if (text.empty() && !std::ranges::all_of(answer.total, is_balanced)) {
        text = "total: unbalanced";
    }
    return text;
}

std::string broken_by_replay(const World& world, const trace::Question& question) {
    const auto is_known = [&](const graph::FlowEvent& event) {
        return event.record_time <= question.as_of;
    };
    World known = world;
    std::erase_if(known.events, [&](const graph::FlowEvent& event) { return !is_known(event); });

    graph::EventGraph whole;
    graph::Snapshot then = whole.snapshot();
    for (std::uint32_t id = 1; id < world.kinds.size(); ++id) {
        whole.declare_item(graph::ItemId(id), world.kinds[id]);
    }
    for (const graph::FlowEvent& event : world.events) {
        whole.append(event);
        if (is_known(event)) {
            then = whole.snapshot();
        }
    }
    trace::Question now = question;
    now.as_of = model::kEndOfTime;
    const Asked replayed = ask_engine(whole, whole.snapshot(), question);
    const auto cut = graph_of(known);
    if (replayed != ask_engine(*cut, cut->snapshot(), now)) {
        return "as of a record time is not as the log was then";
    }
    return replayed == ask_engine(whole, then, now) ? std::string()
                                                    : "a snapshot sees what came after it";
}

std::string broken_by_strangers(
    const World& world, const trace::Question& question, std::uint64_t seed
) {
    std::vector<std::size_t> places;
    const World both = merged(world, make_case(seed + 1).world, Dice(seed), places);
    trace::Question now = question;
    now.as_of = model::kEndOfTime;
    const auto alone = graph_of(world);
    const auto among = graph_of(both);
    Asked expected = ask_engine(*alone, alone->snapshot(), now);
    const Asked found = ask_engine(*among, among->snapshot(), now);
    if (expected.answer.has_value() && found.answer.has_value()) {
        move_places(*expected.answer, places);
        expected.answer->cut_off = found.answer->cut_off;
    }
    return expected == found ? std::string() : "strangers' records change the answer";
}

}  // namespace suyuan::property
