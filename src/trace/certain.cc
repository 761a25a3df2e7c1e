// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 5, certain reach: over positions and their epochs, along moves that
// possible reach took.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <queue>
#include <span>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/sort_unique.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/item_flow.h"
#include "trace/ledger.h"
#include "trace/positions.h"
#include "trace/search.h"
#include "trace/sense.h"

namespace suyuan::trace {
namespace {

// How many of the moments lie before one: what arrives at an emptying is emptied by it.
std::uint32_t epoch_at(const std::vector<model::MicrosUtc>& moments, model::MicrosUtc moment) {
    const auto after = std::ranges::lower_bound(moments, moment);
    return static_cast<std::uint32_t>(after - moments.begin());
}

class CertainSearch {
public:
    CertainSearch(Positions& positions, Ledger& ledger, Reach& reach)
        : positions_(positions), ledger_(ledger), reach_(reach) {}

    Status run(const std::vector<SeedMoment>& seeds);

private:
    // A place in Reach::reached, in one of its epochs.
    struct Waiting {
        Ticks label = 0;
        std::uint32_t place = 0;
        std::uint32_t epoch = 0;

        friend bool operator>(const Waiting& a, const Waiting& b) noexcept {
            return a.label > b.label;
        }
    };

    using Moments = std::vector<model::MicrosUtc>;

    void sort_moves();
    void cut_epochs();
    void cut_same_things(std::uint32_t start);

    [[nodiscard]] std::span<const std::uint32_t> timed_moves(std::uint32_t place) const noexcept {
        return std::span(by_gate_).subspan(reach_.reached[place].first_taken, timed_count_[place]);
    }

    [[nodiscard]] std::span<const std::uint32_t> timeless_moves(std::uint32_t place
    ) const noexcept {
        return std::span(by_gate_).subspan(
            reach_.reached[place].first_taken + timed_count_[place], timeless_count_[place]
        );
    }

    [[nodiscard]] const Moments& emptyings(std::uint32_t place) {
        return ledger_.of(reach_.reached[place].node).emptyings;
    }

    // Where the epochs of a position are cut: by its emptyings and by those of other codes of the
    // thing.
    [[nodiscard]] const Moments& cuts(std::uint32_t place) {
        return shared_cuts_[place] == kNone ? emptyings(place) : cuts_[shared_cuts_[place]];
    }

    [[nodiscard]] std::uint32_t far_place(std::uint32_t taken) const noexcept {
        return reach_.place_of(reach_.far_end(reach_.taken[taken]));
    }

    void arrive(std::uint32_t place, Ticks label);
    void leave(const Waiting& from);

    [[nodiscard]] Ticks gate_of(std::uint32_t taken) const noexcept {
        return ticks(reach_.sense, certain_gate(reach_.sense, reach_.taken[taken].move.move));
    }

    Positions& positions_;
    Ledger& ledger_;
    Reach& reach_;
    std::vector<std::uint32_t> first_label_;  // by place, of its epochs
    std::vector<std::optional<Ticks>> labels_;
    // Of the taken moves of each place: the certain ones by gate, then the timeless, then the rest.
    std::vector<std::uint32_t> by_gate_;
    std::vector<std::uint32_t> timed_count_;  // by place, as are the following
    std::vector<std::uint32_t> timeless_count_;
    std::vector<std::uint32_t> done_;  // of timed moves: those up to here were taken or missed
    std::vector<std::uint32_t> shared_cuts_;  // in cuts_; kNone: its own emptyings
    std::vector<Moments> cuts_;
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> queue_;
};

void CertainSearch::sort_moves() {
    by_gate_.resize(reach_.taken.size());
    std::iota(by_gate_.begin(), by_gate_.end(), 0U);
    const auto move_of = [&](std::uint32_t taken) -> const Move& {
        return reach_.taken[taken].move.move;
    };
    for (const ReachedNode& node : reach_.reached) {
        const auto begin = by_gate_.begin() + node.first_taken;
        const auto end = begin + node.taken_count;
        const auto timed = std::partition(begin, end, [&](std::uint32_t taken) {
            return move_of(taken).is_certain && !move_of(taken).is_timeless;
        });
        const auto timeless = std::partition(timed, end, [&](std::uint32_t taken) {
            return move_of(taken).is_timeless;
        });
        std::sort(begin, timed, [&](std::uint32_t a, std::uint32_t b) {
            return gate_of(a) < gate_of(b);
        });
        timed_count_.push_back(static_cast<std::uint32_t>(timed - begin));
        timeless_count_.push_back(static_cast<std::uint32_t>(timeless - timed));
        positions_.flows().work().step();
    }
}

// The positions that are the same as `start`, all cut alike. (A same-as move is taken both ways.)
void CertainSearch::cut_same_things(std::uint32_t start) {
    const auto shared = static_cast<std::uint32_t>(cuts_.size());
    Moments moments;
    std::vector<std::uint32_t> waiting = {start};
    shared_cuts_[start] = shared;
    while (!waiting.empty()) {
        const std::uint32_t place = waiting.back();
        waiting.pop_back();
        moments.insert(moments.end(), emptyings(place).begin(), emptyings(place).end());
        for (const std::uint32_t taken : timeless_moves(place)) {
            if (const std::uint32_t other = far_place(taken); shared_cuts_[other] == kNone) {
                shared_cuts_[other] = shared;
                waiting.push_back(other);
            }
        }
    }
    sort_unique(moments);
    cuts_.push_back(std::move(moments));
}

void CertainSearch::cut_epochs() {
    shared_cuts_.assign(reach_.reached.size(), kNone);
    done_.assign(reach_.reached.size(), 0);
    std::uint32_t labels = 0;
    for (std::uint32_t place = 0; place < reach_.reached.size(); ++place) {
        if (timeless_count_[place] > 0 && shared_cuts_[place] == kNone) {
            cut_same_things(place);
        }
        first_label_.push_back(labels);
        labels += static_cast<std::uint32_t>(cuts(place).size()) + 1;
    }
    labels_.resize(labels);
}

void CertainSearch::arrive(std::uint32_t place, Ticks label) {
    const std::uint32_t epoch = epoch_at(cuts(place), moment_of(reach_.sense, label));
    std::optional<Ticks>& known = labels_[first_label_[place] + epoch];
    if (!known || label < *known) {
        known = label;
        queue_.push({label, place, epoch});
    }
}

// Takes each move once: the first to come in time for it comes first.
void CertainSearch::leave(const Waiting& from) {
    const Moments& own = emptyings(from.place);
    const std::uint32_t epoch = epoch_at(own, moment_of(reach_.sense, from.label));
    const auto timed = timed_moves(from.place);
    const auto in_time = std::ranges::lower_bound(timed, from.label, {}, [&](std::uint32_t taken) {
        return gate_of(taken);
    });
    std::uint32_t& done = done_[from.place];
    done = std::max(done, static_cast<std::uint32_t>(in_time - timed.begin()));
    for (; done < timed.size(); ++done) {
        const Move& move = reach_.taken[timed[done]].move.move;
        if (epoch_at(own, certain_gate(reach_.sense, move)) != epoch) {
            break;  // gates are ordered, and so are epochs
        }
        const Ticks end = ticks(reach_.sense, certain_end(reach_.sense, move));
        arrive(far_place(timed[done]), std::max(from.label, end));
    }
    for (const std::uint32_t taken : timeless_moves(from.place)) {
        arrive(far_place(taken), from.label);
    }
}

Status CertainSearch::run(const std::vector<SeedMoment>& seeds) {
    sort_moves();
    cut_epochs();
    for (const SeedMoment& seed : seeds) {
        arrive(reach_.place_of(seed.node), ticks(reach_.sense, seed.moment));
    }
    Work& work = positions_.flows().work();
    while (!queue_.empty() && work.step()) {
        const Waiting next = queue_.top();
        queue_.pop();
        if (labels_[first_label_[next.place] + next.epoch] != next.label) {
            continue;
        }
        ReachedNode& node = reach_.reached[next.place];
        if (!node.certain) {  // the first of its epochs to settle is the earliest (latest)
            node.certain = moment_of(reach_.sense, next.label);
        }
        leave(next);
    }
    return work.status();
}

}  // namespace

Status search_certain(
    const std::vector<SeedMoment>& seeds, Positions& positions, Ledger& ledger, Reach& reach
) {
    return CertainSearch(positions, ledger, reach).run(seeds);
}

}  // namespace suyuan::trace
