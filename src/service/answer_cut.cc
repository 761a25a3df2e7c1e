// SPDX-License-Identifier: Apache-2.0

#include "service/answer_cut.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "service/touched_list.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

// One part on its way through; lives for one call.
class PartCut {
public:
    PartCut(Way way, const Border& border, const graph::EventGraph& graph)
        : way_(way), border_(border), graph_(graph) {}

    CutPart of(const trace::Part& part, const std::set<trace::Position>& starts);

private:
    struct Seen {
        std::uint32_t hops = 0;
        std::optional<std::size_t> move;  // that led there, in kept_
        bool is_told = false;
        // Of an edge: when the border was crossed.
        std::optional<model::MicrosUtc> possible;
        std::optional<model::MicrosUtc> certain;
    };

    [[nodiscard]] const trace::Position& near(const trace::Move& move) const {
        return way_ == Way::kForward ? move.from : move.to;
    }

    [[nodiscard]] const trace::Position& far(const trace::Move& move) const {
        return way_ == Way::kForward ? move.to : move.from;
    }

    [[nodiscard]] bool is_told(const trace::Move& move) const {
        const bool is_known =
            border_.knows(move.leaving_event) || border_.knows(move.arriving_event);
        return border_.holds(near(move)) && is_known &&
               (border_.holds(far(move)) || border_.tells(move));
    }

    [[nodiscard]] trace::Position shown(const trace::Position& position) const {
        return border_.holds(position) ? position : border_.edge_of(position);
    }

    void tell_quantity(trace::Move& move) const;
    [[nodiscard]] trace::Move shown(const trace::Move& move) const;
    void cross(const trace::Move& move, Seen& edge) const;
    void walk(const trace::Part& part, const std::set<trace::Position>& starts);
    [[nodiscard]] std::vector<std::uint32_t> order_moves(trace::Part& part) const;

    Way way_;
    const Border& border_;
    const graph::EventGraph& graph_;
    std::map<trace::Position, Seen> seen_;              // as shown
    std::map<trace::Position, trace::Position> shown_;  // by what they are
    std::vector<trace::Move> kept_;
};

// What the side within recorded of the goods that cross.
void PartCut::tell_quantity(trace::Move& move) const {
    const bool leaves = border_.holds(move.from);
    const graph::EventIndex event = leaves ? move.leaving_event : move.arriving_event;
    const graph::FactKind kind = leaves ? graph::FactKind::kDepart : graph::FactKind::kArrive;
    const graph::ItemId item = leaves ? move.from.item : move.to.item;
    move.has_quantity = false;
    move.unit = graph::UnitId();
    move.millionths = 0;
    if (!border_.knows(event)) {
        return;
    }
    const graph::EventRow& row = graph_.event(event);
    const graph::Fact* told = nullptr;
    for (std::uint32_t place = 0; place < row.fact_count; ++place) {
        const graph::Fact& fact = graph_.fact(row.first_fact + place).fact;
        if (fact.kind == kind && fact.item == item) {
            if (told != nullptr) {
                return;
            }
            told = &fact;
        }
    }
    if (told != nullptr && told->has_quantity) {
        move.has_quantity = true;
        move.unit = told->unit;
        move.millionths = told->millionths;
    }
}

trace::Move PartCut::shown(const trace::Move& move) const {
    trace::Move one = move;
    if (!border_.holds(far(move))) {
        tell_quantity(one);
        one.carrier = graph::ItemId();
    }
    one.from = shown(move.from);
    one.to = shown(move.to);
    if (!border_.knows(move.leaving_event)) {
        one.leaving_event = move.arriving_event;
    }
    if (!border_.knows(move.arriving_event)) {
        one.arriving_event = move.leaving_event;
    }
    return one;
}

void PartCut::cross(const trace::Move& move, Seen& edge) const {
    const bool is_forward = way_ == Way::kForward;
    const auto better = [&](const std::optional<model::MicrosUtc>& known, model::MicrosUtc at) {
        const model::MicrosUtc than = known.value_or(at);
        return is_forward ? std::min(than, at) : std::max(than, at);
    };
    edge.possible = better(edge.possible, is_forward ? move.arrive.first : move.leave.last);
    if (move.is_certain) {
        edge.certain = better(edge.certain, is_forward ? move.arrive.last : move.leave.first);
    }
}

// From the starts through what is held, breadth first; an edge is where it ends.
void PartCut::walk(const trace::Part& part, const std::set<trace::Position>& starts) {
    std::multimap<trace::Position, const trace::Move*> leaving;
    for (const trace::Move& move : part.moves) {
        if (is_told(move)) {
            leaving.emplace(near(move), &move);
        }
    }
    std::deque<trace::Position> next;
    for (const trace::ReachedPosition& reached : part.positions) {
        if (starts.contains(reached.position)) {
            seen_.try_emplace(reached.position);
            shown_.emplace(reached.position, reached.position);
            next.push_back(reached.position);
        }
    }
    while (!next.empty()) {
        const trace::Position from = next.front();
        next.pop_front();
        const std::uint32_t hops = seen_.at(from).hops;
        const auto [first, last] = leaving.equal_range(from);
        for (auto at = first; at != last; ++at) {
            kept_.push_back(shown(*at->second));
            const trace::Position& real = far(*at->second);
            const trace::Position to = shown(real);
            shown_.emplace(real, to);
            Seen fresh;
            fresh.hops = hops + 1;
            fresh.move = kept_.size() - 1;
            const auto [place, is_new] = seen_.try_emplace(to, fresh);
            if (!border_.holds(real)) {
                cross(*at->second, place->second);
            } else if (is_new) {
                next.push_back(to);
            }
        }
    }
}

// In the order of all moves. Returns where each of kept_ came to stand: which move explains a
// position is told by its place.
std::vector<std::uint32_t> PartCut::order_moves(trace::Part& part) const {
    std::vector<std::size_t> order(kept_.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
        order[place] = place;
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t place) {
        const trace::Move& move = kept_[place];
        return std::tuple(move.leave.first, move.leave.last, move.from, move.to, move.kind);
    });
    std::vector<std::uint32_t> place_of(order.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
        place_of[order[place]] = static_cast<std::uint32_t>(place);
        part.moves.push_back(kept_[order[place]]);
    }
    return place_of;
}

CutPart PartCut::of(const trace::Part& part, const std::set<trace::Position>& starts) {
    walk(part, starts);
    CutPart cut;
    const std::vector<std::uint32_t> place_of = order_moves(cut.part);
    for (const trace::ReachedPosition& reached : part.positions) {
        const auto found = shown_.find(reached.position);
        if (found == shown_.end()) {
            continue;
        }
        Seen& seen = seen_.at(found->second);
        if (std::exchange(seen.is_told, true)) {
            continue;  // several places beyond are one
        }
        trace::ReachedPosition one = reached;
        one.position = found->second;
        one.is_seed = !seen.move;
        one.hops = seen.hops;
        one.explained_by =
            seen.move ? std::optional(place_of[*seen.move]) : std::optional<std::uint32_t>();
        if (seen.possible) {
            one.possible = *seen.possible;
            one.certain = seen.certain;
            one.stock = {};
            cut.beyond.insert(one.position);
        }
        cut.part.positions.push_back(std::move(one));
    }
    const auto possible = &trace::ReachedPosition::possible;
    if (way_ == Way::kForward) {
        std::ranges::stable_sort(cut.part.positions, std::less(), possible);
    } else {
        std::ranges::stable_sort(cut.part.positions, std::greater(), possible);
    }
    return cut;
}

}  // namespace

CutPart cut_part(
    const trace::Part& part,
    Way way,
    const std::set<trace::Position>& starts,
    const Border& border,
    const graph::EventGraph& graph
) {
    return PartCut(way, border, graph).of(part, starts);
}

std::set<trace::Position> held_seeds(const trace::Part& part, const Border& border) {
    std::set<trace::Position> seeds;
    for (const trace::ReachedPosition& reached : part.positions) {
        if (reached.is_seed && border.holds(reached.position)) {
            seeds.insert(reached.position);
        }
    }
    return seeds;
}

void cut_lists(const trace::Answer& whole, const Border& border, CutAnswer& cut) {
    TouchedList operators;
    TouchedList sites;
    std::set<trace::Position> held;
    for (const auto* const part : {&cut.answer.back, &cut.answer.forward}) {
        if (!*part) {
            continue;
        }
        for (const trace::ReachedPosition& reached : (*part)->positions) {
            const model::TimeInterval at = model::exactly(reached.possible);
            operators.add(reached.position.owner.value(), at);
            sites.add(reached.position.site.value(), at);
            if (!cut.beyond.contains(reached.position)) {
                held.insert(reached.position);
            }
        }
    }
    cut.answer.operators = operators.rows();
    cut.answer.sites = sites.rows();
    for (const trace::OpenEnd& end : whole.open_ends) {
        const bool has_event = end.kind != trace::OpenEndKind::kNegativeStock;
        if (held.contains(end.position) && (!has_event || border.knows(end.event))) {
            cut.answer.open_ends.push_back(end);
        }
    }
    for (const trace::Violation& violation : whole.violations) {
        if (held.contains(violation.position) && border.knows(violation.event) &&
            border.knows(violation.block_event)) {
            cut.answer.violations.push_back(violation);
        }
    }
}

}  // namespace suyuan::service
