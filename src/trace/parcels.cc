// SPDX-License-Identifier: Apache-2.0

#include "trace/parcels.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "graph/fact.h"
#include "trace/account.h"
#include "trace/answer.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

enum class State : std::uint8_t { kAlone, kJoined, kJoinedAndReached };

struct Parcel {
    bool is_weighed = true;
    bool is_empty = true;
    graph::UnitId unit;
    std::int64_t difference = 0;  // departures less arrivals
};

std::uint32_t head_of(std::vector<std::uint32_t>& heads, std::uint32_t fact) {
    while (heads[fact] != fact) {
        heads[fact] = heads[heads[fact]];
        fact = heads[fact];
    }
    return fact;
}

void add(Parcel& parcel, const graph::Fact& fact, State state) {
    const bool is_known = state == State::kJoinedAndReached && fact.has_quantity &&
                          (parcel.is_empty || parcel.unit == fact.unit);
    parcel.is_weighed = parcel.is_weighed && is_known;
    parcel.is_empty = false;
    parcel.unit = fact.unit;
    const bool leaves = fact.kind == graph::FactKind::kDepart;
    parcel.difference = leaves ? sum_of(parcel.difference, fact.millionths)
                               : difference_of(parcel.difference, fact.millionths);
}

}  // namespace

std::vector<Loss> losses_of(const ItemFlow& flow, const std::vector<bool>& is_reached) {
    std::vector<Loss> losses;
    const auto is_shipment = [](const FlowMove& move) {
        return move.move.kind == MoveKind::kShipment;
    };
    if (std::ranges::none_of(flow.moves, is_shipment)) {
        return losses;
    }
    std::vector<std::uint32_t> heads(flow.facts.size());
    std::iota(heads.begin(), heads.end(), 0U);
    std::vector<State> states(flow.facts.size(), State::kAlone);
    const auto note = [&](std::uint32_t fact, std::uint32_t spot) {
        states[fact] = is_reached[spot] ? State::kJoinedAndReached : State::kJoined;
    };
    for (const FlowMove& move : flow.moves) {
        if (is_shipment(move)) {
            note(move.leaving_fact, move.from_spot);
            note(move.arriving_fact, move.to_spot);
            heads[head_of(heads, move.leaving_fact)] = head_of(heads, move.arriving_fact);
        }
    }
    std::vector<Parcel> parcels(flow.facts.size());
    for (std::uint32_t fact = 0; fact < flow.facts.size(); ++fact) {
        if (states[fact] != State::kAlone) {
            add(parcels[head_of(heads, fact)], flow.facts[fact].fact, states[fact]);
        }
    }
    for (const Parcel& parcel : parcels) {
        if (parcel.is_weighed && parcel.difference != 0) {
            losses.push_back({parcel.unit, parcel.difference});
        }
    }
    return losses;
}

}  // namespace suyuan::trace
