// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 5, certain reach: over positions and their epochs, along moves that
// possible reach took.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "trace/search.h"
#include "trace/sense.h"

namespace suyuan::trace {
namespace {

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

    void lay_out();
    // How many emptyings lie before a moment: what arrives at one is emptied by it.
    [[nodiscard]] std::uint32_t epoch_at(std::uint32_t place, model::MicrosUtc moment);

    [[nodiscard]] const std::vector<model::MicrosUtc>& emptyings(std::uint32_t place) {
        return ledger_.of(reach_.reached[place].node).emptyings;
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
    std::vector<std::uint32_t> by_gate_;  // the taken moves of each place that are certain, by gate
    std::vector<std::uint32_t> timed_count_;  // by place
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> queue_;
};

void CertainSearch::lay_out() {
    by_gate_.resize(reach_.taken.size());
    std::iota(by_gate_.begin(), by_gate_.end(), 0U);
    std::uint32_t labels = 0;
    for (std::uint32_t place = 0; place < reach_.reached.size(); ++place) {
        const ReachedNode& node = reach_.reached[place];
        first_label_.push_back(labels);
        labels += static_cast<std::uint32_t>(emptyings(place).size()) + 1;
        const auto begin = by_gate_.begin() + node.first_taken;
        const auto end = begin + node.taken_count;
        const auto timed = std::partition(begin, end, [&](std::uint32_t taken) {
            const Move& move = reach_.taken[taken].move.move;
            return move.is_certain && !move.is_timeless;
        });
        std::sort(begin, timed, [&](std::uint32_t a, std::uint32_t b) {
            return gate_of(a) < gate_of(b);
        });
        timed_count_.push_back(static_cast<std::uint32_t>(timed - begin));
        positions_.flows().work().step();
    }
    labels_.resize(labels);
}

std::uint32_t CertainSearch::epoch_at(std::uint32_t place, model::MicrosUtc moment) {
    const std::vector<model::MicrosUtc>& moments = emptyings(place);
    const auto after = std::ranges::lower_bound(moments, moment);
    return static_cast<std::uint32_t>(after - moments.begin());
}

void CertainSearch::arrive(std::uint32_t place, Ticks label) {
    const std::uint32_t epoch = epoch_at(place, moment_of(reach_.sense, label));
    std::optional<Ticks>& known = labels_[first_label_[place] + epoch];
    if (!known || label < *known) {
        known = label;
        queue_.push({label, place, epoch});
    }
}

void CertainSearch::leave(const Waiting& from) {
    const ReachedNode& node = reach_.reached[from.place];
    const auto begin = by_gate_.begin() + node.first_taken;
    const auto timed = begin + timed_count_[from.place];
    auto next = std::lower_bound(begin, timed, from.label, [&](std::uint32_t taken, Ticks label) {
        return gate_of(taken) < label;
    });
    for (; next != timed; ++next) {
        const TakenMove& taken = reach_.taken[*next];
        const Move& move = taken.move.move;
        if (epoch_at(from.place, certain_gate(reach_.sense, move)) != from.epoch) {
            break;  // gates are ordered, and so are epochs
        }
        const Ticks end = ticks(reach_.sense, certain_end(reach_.sense, move));
        arrive(reach_.place_of(reach_.far_end(taken)), std::max(from.label, end));
    }
    for (next = timed; next != begin + node.taken_count; ++next) {
        const TakenMove& taken = reach_.taken[*next];
        if (taken.move.move.is_timeless) {
            arrive(reach_.place_of(reach_.far_end(taken)), from.label);
        }
    }
}

Status CertainSearch::run(const std::vector<SeedMoment>& seeds) {
    lay_out();
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
