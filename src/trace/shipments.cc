// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.1: which receipt belongs to which shipment.
//
// O(D log D + A log D) for the usual item; the walk back over departures of an unlinked arrival is
// longer only where many departures do not fit it.

#include <algorithm>
#include <unordered_map>

#include "trace/item_flow.h"

namespace suyuan::trace {
namespace {

using graph::Fact;
using graph::FactKind;

template <typename Id>
bool agrees(Id stated, Id actual) noexcept {
    return stated.value() == 0 || actual.value() == 0 || stated == actual;
}

class Joiner {
public:
    Joiner(const View& view, ItemFlow& flow) : view_(view), flow_(flow) {}

    Leftovers run();

private:
    [[nodiscard]] bool fits(const TimedFact& depart, const TimedFact& arrive) const noexcept {
        return depart.event != arrive.event && fits_place(depart.fact, arrive.fact);
    }

    [[nodiscard]] static bool fits_place(const Fact& depart, const Fact& arrive) noexcept;
    void collect();
    void join_linked();
    void join_unlinked();
    void join(std::size_t depart, std::size_t arrive, bool is_linked);

    const View& view_;
    ItemFlow& flow_;
    std::vector<std::size_t> departs_;  // places in flow_.facts, by time, as are the others
    std::vector<std::size_t> arrives_;
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> departs_of_paper_;
    std::set<std::size_t> linked_departs_;  // linked to some arrival that fits
    std::set<std::size_t> joined_departs_;
    std::set<std::size_t> joined_arrives_;
    std::map<std::size_t, model::MicrosUtc> arrival_first_;
};

bool Joiner::fits_place(const Fact& depart, const Fact& arrive) noexcept {
    const bool no_ends_named = depart.peer_owner.value() == 0 && depart.peer_site.value() == 0 &&
                               arrive.peer_owner.value() == 0 && arrive.peer_site.value() == 0;
    if (no_ends_named && depart.owner == arrive.owner && depart.site == arrive.site) {
        return false;
    }
    return agrees(depart.peer_owner, arrive.owner) && agrees(depart.peer_site, arrive.site) &&
           agrees(arrive.peer_owner, depart.owner) && agrees(arrive.peer_site, depart.site);
}

void Joiner::collect() {
    for (std::size_t place = 0; place < flow_.facts.size(); ++place) {
        const TimedFact& fact = flow_.facts[place];
        if (fact.fact.kind == FactKind::kDepart) {
            departs_.push_back(place);
            for (const graph::PaperId paper :
                 view_.graph().linking_papers_of(view_.graph().event(fact.event))) {
                departs_of_paper_[paper.value()].push_back(place);
            }
        } else if (fact.fact.kind == FactKind::kArrive) {
            arrives_.push_back(place);
        }
    }
}

void Joiner::join(std::size_t depart, std::size_t arrive, bool is_linked) {
    const TimedFact& from = flow_.facts[depart];
    const TimedFact& to = flow_.facts[arrive];
    Move move;
    move.from = from.position();
    move.to = to.position();
    move.leave = from.time;
    move.is_skewed = is_linked && to.time.last < from.time.first;
    move.arrive = move.is_skewed ? from.time : to.time;
    const Fact& amount = to.fact.has_quantity ? to.fact : from.fact;
    move.has_quantity = amount.has_quantity;
    move.unit = amount.unit;
    move.millionths = amount.millionths;
    move.leaving_event = from.event;
    move.arriving_event = to.event;
    const auto [first, is_new] = arrival_first_.emplace(arrive, move.arrive.first);
    first->second = std::min(first->second, move.arrive.first);
    flow_.moves.push_back({move});
    joined_departs_.insert(depart);
    joined_arrives_.insert(arrive);
}

void Joiner::join_linked() {
    for (const std::size_t arrive : arrives_) {
        const TimedFact& to = flow_.facts[arrive];
        std::set<std::size_t> linked;
        for (const graph::PaperId paper :
             view_.graph().linking_papers_of(view_.graph().event(to.event))) {
            if (const auto found = departs_of_paper_.find(paper.value());
                found != departs_of_paper_.end()) {
                linked.insert(found->second.begin(), found->second.end());
            }
        }
        for (const std::size_t depart : linked) {
            if (fits(flow_.facts[depart], to)) {
                linked_departs_.insert(depart);
                join(depart, arrive, true);
            }
        }
    }
}

void Joiner::join_unlinked() {
    for (const std::size_t arrive : arrives_) {
        if (joined_arrives_.contains(arrive)) {
            continue;
        }
        const TimedFact& to = flow_.facts[arrive];
        auto after = std::ranges::upper_bound(departs_, to.time.last, {}, [&](std::size_t depart) {
            return flow_.facts[depart].time.first;
        });
        while (after != departs_.begin()) {
            --after;
            if (!linked_departs_.contains(*after) && fits(flow_.facts[*after], to)) {
                join(*after, arrive, false);
                break;
            }
        }
    }
}

Leftovers Joiner::run() {
    collect();
    join_linked();
    join_unlinked();
    Leftovers leftovers;
    for (const std::size_t depart : departs_) {
        if (!joined_departs_.contains(depart)) {
            leftovers.departs.insert(depart);
        }
    }
    for (const std::size_t arrive : arrives_) {
        if (!joined_arrives_.contains(arrive)) {
            leftovers.arrives.insert(arrive);
        }
    }
    leftovers.arrival_first = std::move(arrival_first_);
    return leftovers;
}

}  // namespace

Leftovers join_shipments(const View& view, ItemFlow& flow) { return Joiner(view, flow).run(); }

}  // namespace suyuan::trace
