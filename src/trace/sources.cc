// SPDX-License-Identifier: Apache-2.0

#include "trace/sources.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "trace/answer.h"
#include "trace/item_flow.h"
#include "trace/links.h"
#include "trace/positions.h"
#include "trace/search.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

// Tarjan's search over the taken moves of a back part, from each position to where its goods came
// from, without recursion. A group found so has no way out to a group that is not found yet, so it
// is a source if it has no way out at all.
class GroupSearch {
public:
    // `is_origin`: by place in Reach::reached.
    GroupSearch(const Reach& back, const std::vector<bool>& is_origin)
        : back_(back), is_origin_(is_origin), marks_(back.reached.size()) {}

    // Places in Reach::reached.
    std::vector<std::uint32_t> run() {
        for (std::uint32_t place = 0; place < marks_.size(); ++place) {
            if (marks_[place].order == 0) {
                descend(place);
            }
        }
        return sources_;
    }

private:
    struct Mark {
        std::uint32_t order = 0;   // of the visit, from 1; 0: not visited
        std::uint32_t lowest = 0;  // of the visits found to be in one group with it
        std::uint32_t next = 0;    // of its taken moves
        bool is_open = false;      // its group is not known yet
        bool leads_out = false;    // to a group found before
    };

    void descend(std::uint32_t start);
    void enter(std::uint32_t place);
    void close(std::uint32_t root);

    const Reach& back_;
    const std::vector<bool>& is_origin_;
    std::vector<Mark> marks_;  // by place in reached
    std::vector<std::uint32_t> path_;
    std::vector<std::uint32_t> open_;  // in the order of their visits
    std::vector<std::uint32_t> sources_;
    std::uint32_t visits_ = 0;
};

void GroupSearch::enter(std::uint32_t place) {
    Mark& mark = marks_[place];
    mark.order = ++visits_;
    mark.lowest = mark.order;
    mark.is_open = true;
    path_.push_back(place);
    open_.push_back(place);
}

void GroupSearch::close(std::uint32_t root) {
    const auto begin = std::ranges::find(open_.rbegin(), open_.rend(), root).base() - 1;
    const bool leads_out = std::any_of(begin, open_.end(), [&](std::uint32_t place) {
        return marks_[place].leads_out;
    });
    const bool is_whole = !leads_out && std::none_of(begin, open_.end(), [&](std::uint32_t place) {
        return is_origin_[place];
    });
    for (auto member = begin; member != open_.end(); ++member) {
        marks_[*member].is_open = false;
        if (is_whole || is_origin_[*member]) {
            sources_.push_back(*member);
        }
    }
    open_.erase(begin, open_.end());
}

void GroupSearch::descend(std::uint32_t start) {
    enter(start);
    while (!path_.empty()) {
        const std::uint32_t place = path_.back();
        Mark& mark = marks_[place];
        const ReachedNode& node = back_.reached[place];
        if (mark.next < node.taken_count) {
            const TakenMove& taken = back_.taken[node.first_taken + mark.next];
            ++mark.next;
            const std::uint32_t origin = back_.place_of(taken.from);
            if (marks_[origin].order == 0) {
                enter(origin);
            } else if (marks_[origin].is_open) {
                mark.lowest = std::min(mark.lowest, marks_[origin].order);
            } else {
                mark.leads_out = true;
            }
            continue;
        }
        path_.pop_back();
        if (mark.lowest == mark.order) {
            close(place);
        }
        if (!path_.empty()) {
            Mark& above = marks_[path_.back()];
            if (marks_[place].is_open) {
                above.lowest = std::min(above.lowest, mark.lowest);
            } else {
                above.leads_out = true;
            }
        }
    }
}

bool has_unknown_supplier(const ReachedNode& node, const Positions& positions) {
    const graph::EventGraph& graph = positions.flows().view().graph();
    const auto here = std::ranges::equal_range(
        positions.flow_of(node.node).unknown_suppliers,
        spot_of(positions.at(node.node)),
        {},
        &FlowMark::spot
    );
    return std::ranges::any_of(here, [&](const FlowMark& mark) {
        return graph.event(mark.event).time.first <= node.label;
    });
}

// Whether something came into being there, or from nobody knows where, before it left.
bool begins_at(
    const Reach& back, const ReachedNode& node, const Positions& positions, Links& links
) {
    const SpotEntry* const spot = positions.spot_of(node.node);
    if (spot == nullptr) {
        return false;
    }
    const auto taken = std::span(back.taken).subspan(node.first_taken, node.taken_count);
    const bool is_part = std::ranges::any_of(taken, [](const TakenMove& move) {
        return move.move.move.kind == MoveKind::kPartOf;
    });
    const ItemFlow& flow = positions.flow_of(node.node);
    return has_unknown_supplier(node, positions) ||
           std::ranges::any_of(flow.facts_at(*spot), [&](std::uint32_t place) {
               const TimedFact& fact = flow.facts[place];
               if (fact.key.first > node.label) {
                   return false;
               }
               return (fact.fact.kind == graph::FactKind::kCreate && !is_part) ||
                      (fact.fact.kind == graph::FactKind::kOutput && links.is_of_nothing(fact));
           });
}

}  // namespace

std::vector<NodeIndex> find_sources(const Reach& back, const Positions& positions, Links& links) {
    std::vector<bool> is_origin;
    is_origin.reserve(back.reached.size());
    for (const ReachedNode& node : back.reached) {
        is_origin.push_back(begins_at(back, node, positions, links));
    }
    std::vector<NodeIndex> sources;
    for (const std::uint32_t place : GroupSearch(back, is_origin).run()) {
        sources.push_back(back.reached[place].node);
    }
    std::ranges::sort(sources, {}, [&](NodeIndex node) { return positions.at(node); });
    return sources;
}

}  // namespace suyuan::trace
