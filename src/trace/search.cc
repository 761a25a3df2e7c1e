// SPDX-License-Identifier: Apache-2.0

#include "trace/search.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <tuple>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "trace/answer.h"
#include "trace/item_flow.h"
#include "trace/links.h"
#include "trace/positions.h"
#include "trace/sense.h"

namespace suyuan::trace {
namespace {

// A position in the queue; an entry whose label is no longer the position's is passed over.
struct Waiting {
    Ticks label = 0;
    std::uint32_t hops = 0;
    NodeIndex node = 0;
    Position position;

    friend bool operator>(const Waiting& a, const Waiting& b) noexcept {
        return std::tie(a.label, a.hops, a.position) > std::tie(b.label, b.hops, b.position);
    }
};

class PossibleSearch {
public:
    PossibleSearch(Sense sense, Positions& positions, Links& links, std::size_t positions_max)
        : sense_(sense), positions_(positions), links_(links), positions_max_(positions_max) {
        reach_.sense = sense;
    }

    Result<Reach> run(const std::vector<SeedMoment>& seeds);

private:
    // What is known of a position that was seen.
    struct Mark {
        Ticks label = 0;
        std::uint32_t hops = 0;
        std::uint32_t explained_by = kNone;  // in taken
        NodeIndex explained_from = 0;
        bool is_seen = false;
        bool is_settled = false;
        bool is_seed = false;
    };

    Mark& mark_of(NodeIndex node) {
        if (node >= marks_.size()) {
            marks_.resize(positions_.size());
        }
        return marks_[node];
    }

    void plant(const SeedMoment& seed);
    void settle(const Waiting& next);
    void take(NodeIndex at, const FlowMove& move, NodeIndex other);
    [[nodiscard]] bool explains_better(const Mark& mark, NodeIndex from, const FlowMove& move)
        const noexcept;
    void see(Mark& mark);

    Sense sense_;
    Positions& positions_;
    Links& links_;
    std::size_t positions_max_;
    std::size_t seen_ = 0;
    std::vector<Mark> marks_;  // by node
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> queue_;
    Reach reach_;
};

void PossibleSearch::see(Mark& mark) {
    if (mark.is_seen) {
        return;
    }
    mark.is_seen = true;
    if (++seen_ > positions_max_) {
        positions_.flows().work().fail_with(Error(
            ErrorCode::kLimitExceeded,
            Sentence{
                format(
                    "结果超过 {} 个位置：请用时间范围、单一方向、所有者或场所缩小范围。",
                    positions_max_
                ),
                format(
                    "the answer has more than {} positions: narrow the question by a time window, "
                    "one direction, an owner or a site",
                    positions_max_
                )
            }
        ));
    }
}

void PossibleSearch::plant(const SeedMoment& seed) {
    Mark& mark = mark_of(seed.node);
    const Ticks label = ticks(sense_, seed.moment);
    if (!mark.is_seen || label < mark.label) {
        see(mark);
        mark.label = label;
        mark.is_seed = true;
        queue_.push({label, 0, seed.node, positions_.at(seed.node)});
    }
}

// Among moves from one position that give the same label, the first in the order of the answer.
bool PossibleSearch::explains_better(const Mark& mark, NodeIndex from, const FlowMove& move)
    const noexcept {
    return mark.explained_by != kNone && mark.explained_from == from &&
           compare_moves(move, reach_.taken[mark.explained_by].move) < 0;
}

void PossibleSearch::take(NodeIndex at, const FlowMove& move, NodeIndex other) {
    const Ticks label = marks_[at].label;
    if (other == at || !lets_pass(sense_, move.move, label)) {
        return;
    }
    const auto place = static_cast<std::uint32_t>(reach_.taken.size());
    reach_.taken.push_back(
        sense_ == Sense::kForward ? TakenMove{move, at, other} : TakenMove{move, other, at}
    );
    Mark& mark = mark_of(other);
    const Ticks reached = label_beyond(sense_, move.move, label);
    const bool is_earlier = !mark.is_seen || reached < mark.label;
    if (is_earlier || (reached == mark.label && explains_better(mark, at, move))) {
        mark.explained_by = place;
        mark.explained_from = at;
    }
    if (is_earlier) {
        see(mark);
        mark.label = reached;
        mark.hops = marks_[at].hops + 1;
        queue_.push({reached, mark.hops, other, positions_.at(other)});
    }
}

void PossibleSearch::settle(const Waiting& next) {
    Mark& mark = marks_[next.node];
    mark.is_settled = true;
    ReachedNode reached;
    reached.node = next.node;
    reached.label = moment_of(sense_, mark.label);
    reached.is_seed = mark.is_seed;
    reached.hops = mark.hops;
    reached.explained_by = mark.explained_by;
    reached.first_taken = static_cast<std::uint32_t>(reach_.taken.size());
    const auto take_each = [&](const FlowMove& move, NodeIndex other) {
        if (positions_.flows().work().make_moves(1)) {
            take(next.node, move, other);
        }
    };
    if (sense_ == Sense::kForward) {
        links_.visit_leaving(next.node, reached.label, take_each);
    } else {
        links_.visit_reaching(next.node, reached.label, take_each);
    }
    reached.taken_count = static_cast<std::uint32_t>(reach_.taken.size()) - reached.first_taken;
    reach_.reached.push_back(reached);
}

Result<Reach> PossibleSearch::run(const std::vector<SeedMoment>& seeds) {
    const Work& work = positions_.flows().work();
    for (const SeedMoment& seed : seeds) {
        plant(seed);
    }
    while (!queue_.empty() && !work.is_over()) {
        const Waiting next = queue_.top();
        queue_.pop();
        const Mark& mark = marks_[next.node];
        if (!mark.is_settled && mark.label == next.label) {
            settle(next);
        }
    }
    SUYUAN_TRY_VOID(work.status());
    reach_.place_of_node.assign(positions_.size(), kNone);
    for (std::uint32_t place = 0; place < reach_.reached.size(); ++place) {
        reach_.place_of_node[reach_.reached[place].node] = place;
    }
    return std::move(reach_);
}

}  // namespace

Result<Reach> search_possible(
    Sense sense,
    const std::vector<SeedMoment>& seeds,
    Positions& positions,
    Links& links,
    std::size_t positions_max
) {
    return PossibleSearch(sense, positions, links, positions_max).run(seeds);
}

}  // namespace suyuan::trace
