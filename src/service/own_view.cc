// SPDX-License-Identifier: Apache-2.0

#include "service/own_view.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

enum class Way : std::uint8_t { kBack, kForward };

// One part on its way through; lives for one call.
class OwnPart {
public:
    OwnPart(Way way, graph::OperatorId owner, const graph::EventGraph& graph)
        : way_(way), owner_(owner), graph_(graph) {}

    trace::Part of(const trace::Part& part);

private:
    struct Seen {
        std::uint32_t hops = 0;
        bool is_seed = false;
        std::optional<std::size_t> move;  // that led there, in kept_
        // Of somebody else: by the moves that the operator itself recorded.
        std::optional<model::MicrosUtc> possible;
        std::optional<model::MicrosUtc> certain;
    };

    [[nodiscard]] bool is_own(graph::EventIndex event) const {
        return graph_.event(event).submitter == owner_;
    }

    [[nodiscard]] const trace::Position& near(const trace::Move& move) const {
        return way_ == Way::kForward ? move.from : move.to;
    }

    [[nodiscard]] const trace::Position& far(const trace::Move& move) const {
        return way_ == Way::kForward ? move.to : move.from;
    }

    // Of somebody else: that they had it.
    [[nodiscard]] trace::Position shown(const trace::Position& position) const {
        return position.owner == owner_
                   ? position
                   : trace::Position{position.item, position.owner, graph::SiteId()};
    }

    [[nodiscard]] trace::Move shown(const trace::Move& move) const;
    void hand_over(const trace::Move& move, Seen& partner) const;
    void walk(const trace::Part& part);

    Way way_;
    graph::OperatorId owner_;
    const graph::EventGraph& graph_;
    std::map<trace::Position, Seen> seen_;  // as shown
    std::vector<trace::Move> kept_;
};

trace::Move OwnPart::shown(const trace::Move& move) const {
    trace::Move one = move;
    one.from = shown(move.from);
    one.to = shown(move.to);
    if (!is_own(move.leaving_event)) {
        one.leaving_event = move.arriving_event;
    }
    if (!is_own(move.arriving_event)) {
        one.arriving_event = move.leaving_event;
    }
    if (one.from.owner != one.to.owner) {
        one.carrier = graph::ItemId();
    }
    return one;
}

void OwnPart::hand_over(const trace::Move& move, Seen& partner) const {
    const bool is_forward = way_ == Way::kForward;
    const auto better = [&](const std::optional<model::MicrosUtc>& known, model::MicrosUtc at) {
        if (!known) {
            return at;
        }
        return is_forward ? std::min(*known, at) : std::max(*known, at);
    };
    partner.possible = better(partner.possible, is_forward ? move.arrive.first : move.leave.last);
    if (move.is_certain) {
        partner.certain = better(partner.certain, is_forward ? move.arrive.last : move.leave.first);
    }
}

// From the own seeds through own positions, breadth first; others are where it ends.
void OwnPart::walk(const trace::Part& part) {
    std::multimap<trace::Position, const trace::Move*> leaving;
    for (const trace::Move& move : part.moves) {
        // From whom goods must have come, since nobody else had them, is a guess that knows all:
        // whoever says that they used a lot would be told who has it.
        const bool is_guess =
            move.kind == trace::MoveKind::kInferred && move.from.owner != move.to.owner;
        if (near(move).owner == owner_ && !is_guess &&
            (is_own(move.leaving_event) || is_own(move.arriving_event))) {
            leaving.emplace(near(move), &move);
        }
    }
    std::deque<trace::Position> next;
    for (const trace::ReachedPosition& reached : part.positions) {
        if (reached.is_seed && reached.position.owner == owner_) {
            seen_[reached.position].is_seed = true;
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
            const trace::Position to = shown(far(*at->second));
            const auto [place, is_new] = seen_.try_emplace(
                to,
                Seen{
                    .hops = hops + 1,
                    .is_seed = false,
                    .move = kept_.size() - 1,
                    .possible = {},
                    .certain = {}
                }
            );
            if (to.owner != owner_) {
                hand_over(*at->second, place->second);
            } else if (is_new) {
                next.push_back(to);
            }
        }
    }
}

trace::Part OwnPart::of(const trace::Part& part) {
    walk(part);
    // Which move explains a position is told by its place, in the order of all moves.
    std::vector<std::size_t> order(kept_.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
        order[place] = place;
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t place) {
        const trace::Move& move = kept_[place];
        return std::tuple(move.leave.first, move.leave.last, move.from, move.to, move.kind);
    });
    std::vector<std::uint32_t> place_of(order.size());
    trace::Part own;
    for (std::size_t place = 0; place < order.size(); ++place) {
        place_of[order[place]] = static_cast<std::uint32_t>(place);
        own.moves.push_back(kept_[order[place]]);
    }
    for (const trace::ReachedPosition& reached : part.positions) {
        const auto found = seen_.find(shown(reached.position));
        if (found == seen_.end()) {
            continue;
        }
        const Seen& seen = found->second;
        trace::ReachedPosition one = reached;
        one.position = found->first;
        one.is_seed = seen.is_seed;
        one.hops = seen.hops;
        one.explained_by =
            seen.move ? std::optional(place_of[*seen.move]) : std::optional<std::uint32_t>();
        if (seen.possible) {
            one.possible = *seen.possible;
            one.certain = seen.certain;
            one.stock = {};
        }
        own.positions.push_back(std::move(one));
        seen_.erase(found);  // several places of somebody else are one
    }
    std::ranges::stable_sort(own.positions, [&](const auto& one, const auto& other) {
        const bool is_before =
            way_ == Way::kForward ? one.possible < other.possible : one.possible > other.possible;
        return one.possible == other.possible
                   ? std::tie(one.hops, one.position) < std::tie(other.hops, other.position)
                   : is_before;
    });
    return own;
}

using TouchedById = std::map<std::uint32_t, trace::Touched>;

void touch(TouchedById& touched, std::uint32_t id, model::MicrosUtc at) {
    if (id == 0) {
        return;
    }
    trace::Touched& one =
        touched.try_emplace(id, trace::Touched{.id = id, .first = at, .last = at}).first->second;
    one.first = std::min(one.first, at);
    one.last = std::max(one.last, at);
}

std::vector<trace::Touched> list_of(const TouchedById& touched) {
    const auto all = touched | std::views::values;
    return {all.begin(), all.end()};
}

}  // namespace

trace::Answer own_view(
    const trace::Answer& answer, graph::OperatorId owner, const graph::EventGraph& graph
) {
    trace::Answer own;
    own.snapshot = answer.snapshot;
    if (answer.back) {
        own.back = OwnPart(Way::kBack, owner, graph).of(*answer.back);
    }
    if (answer.forward) {
        own.forward = OwnPart(Way::kForward, owner, graph).of(*answer.forward);
    }
    TouchedById operators;
    TouchedById sites;
    std::set<trace::Position> held;  // by the operator
    for (const auto* const part : {&own.back, &own.forward}) {
        if (*part) {
            for (const trace::ReachedPosition& reached : (*part)->positions) {
                touch(operators, reached.position.owner.value(), reached.possible);
                touch(sites, reached.position.site.value(), reached.possible);
                if (reached.position.owner == owner) {
                    held.insert(reached.position);
                }
            }
        }
    }
    own.operators = list_of(operators);
    own.sites = list_of(sites);
    const auto is_own = [&](graph::EventIndex event) {
        return graph.event(event).submitter == owner;
    };
    for (const trace::OpenEnd& end : answer.open_ends) {
        if (held.contains(end.position) && is_own(end.event)) {
            own.open_ends.push_back(end);
        }
    }
    for (const trace::Violation& violation : answer.violations) {
        if (held.contains(violation.position) && is_own(violation.event) &&
            is_own(violation.block_event)) {
            own.violations.push_back(violation);
        }
    }
    return own;
}

}  // namespace suyuan::service
