// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.2: how long a child is in a container, and where that takes it.

#include <algorithm>
#include <tuple>

#include "trace/item_flow.h"

namespace suyuan::trace {
namespace {

using graph::Fact;
using graph::FactKind;

// Ends the stays of one child in one container.
class StayFinder {
public:
    StayFinder(const View& view, graph::ItemId container, const ItemFlow* carrier, ItemFlow& flow)
        : view_(view),
          container_(container),
          carrier_(carrier),
          flow_(flow),
          is_individual_(view.graph().is_individual(flow.item)) {}

    void run();

private:
    void collect_ends();
    [[nodiscard]] bool ends_stay(const TimedFact& fact) const;
    [[nodiscard]] bool was_seen_elsewhere(const TimedFact& fact) const;
    void note_end(const TimedFact& fact) {
        ends_.push_back({StayEnd{fact.time, fact.key, fact.event}, fact.fact.kind, fact.position()});
    }

    struct Candidate {
        StayEnd end;
        FactKind kind = FactKind::kUnpack;
        Position position;
    };

    const View& view_;
    graph::ItemId container_;
    const ItemFlow* carrier_;  // nullptr in a circle
    ItemFlow& flow_;
    bool is_individual_;
    std::set<graph::SiteId> sites_;  // which the container left, reached, or was packed at
    std::vector<Candidate> ends_;    // in the order by time
};

bool StayFinder::was_seen_elsewhere(const TimedFact& fact) const {
    return fact.fact.site.value() != 0 && !sites_.contains(fact.fact.site);
}

bool StayFinder::ends_stay(const TimedFact& fact) const {
    switch (fact.fact.kind) {
        case FactKind::kUnpack: return fact.fact.other == container_;
        case FactKind::kPack: return is_individual_ && fact.fact.other != container_;
        case FactKind::kDepart:
        case FactKind::kArrive:
        case FactKind::kCreate:
        case FactKind::kInput:
        case FactKind::kOutput:
        case FactKind::kSink:
            return is_individual_ &&
                   !view_.graph().names_item(view_.graph().event(fact.event), container_);
        case FactKind::kSight:
        case FactKind::kCount:
            return is_individual_ && was_seen_elsewhere(fact) &&
                   !view_.graph().names_item(view_.graph().event(fact.event), container_);
        default: return false;
    }
}

void StayFinder::collect_ends() {
    if (carrier_ != nullptr) {
        for (const FlowMove& entry : carrier_->moves) {
            sites_.insert(entry.move.from.site);
            sites_.insert(entry.move.to.site);
        }
    }
    for (const TimedFact& fact : flow_.facts) {
        if (fact.fact.kind == FactKind::kPack && fact.fact.other == container_) {
            sites_.insert(fact.fact.site);
        }
    }
    for (const TimedFact& fact : flow_.facts) {
        if (ends_stay(fact)) {
            note_end(fact);
        }
    }
    for (const TimedFact& fact : view_.facts_of(graph::Chain::kItem, container_.value())) {
        if (fact.fact.kind == FactKind::kUnpackAll) {
            note_end(fact);
        }
    }
    std::ranges::sort(ends_, {}, [](const Candidate& candidate) { return candidate.end.key; });
}

void StayFinder::run() {
    collect_ends();
    std::optional<TimeKey> runs_until = TimeKey{};  // of the last stay; nullopt: for ever
    bool is_first = true;
    for (const TimedFact& fact : flow_.facts) {
        if (fact.fact.kind != FactKind::kPack || fact.fact.other != container_) {
            continue;
        }
        const bool is_running = !is_first && (!runs_until || fact.key < *runs_until);
        if (is_individual_ && is_running) {
            continue;
        }
        Stay stay{container_, fact, std::nullopt};
        const auto end = std::ranges::upper_bound(ends_, fact.key, {}, [](const Candidate& entry) {
            return entry.end.key;
        });
        runs_until.reset();
        if (end != ends_.end()) {
            stay.end = end->end;
            runs_until = end->end.key;
            if (end->kind == FactKind::kPack) {
                flow_.two_containers.push_back({end->position, end->end.event});
            }
        }
        flow_.stays.push_back(stay);
        is_first = false;
    }
}

// A ride beside a depart of the child's own, in the event by which the container leaves.
void merge_with_own_depart(
    const ItemFlow& flow, Leftovers& leftovers, FlowMove& ride, bool& is_dropped
) {
    for (std::size_t place = 0; place < flow.facts.size(); ++place) {
        const TimedFact& fact = flow.facts[place];
        if (fact.fact.kind != FactKind::kDepart || fact.event != ride.move.leaving_event ||
            fact.position() != ride.move.from) {
            continue;
        }
        if (leftovers.carried.contains(place) || leftovers.departs.contains(place)) {
            leftovers.departs.erase(place);
            leftovers.carried.insert(place);
            ride.counts_at_origin = false;
        } else {
            is_dropped = true;
        }
    }
}

}  // namespace

bool possibly_falls_in(
    const View& view, const Stay& stay, const model::TimeInterval& leave, graph::EventIndex event
) {
    if (stay.pack.time.first > leave.last) {
        return false;
    }
    if (!stay.end || stay.end->time.last > leave.first) {
        return true;
    }
    return stay.end->time.last == leave.first && view.key_of(stay.end->event) > view.key_of(event);
}

bool certainly_falls_in(const Stay& stay, const model::TimeInterval& leave) noexcept {
    return stay.pack.time.last <= leave.first && (!stay.end || leave.last <= stay.end->time.first);
}

void find_stays(const View& view, const ContainerFlow& containers, ItemFlow& flow) {
    for (const auto& [container, carrier] : containers) {
        StayFinder(view, container, carrier, flow).run();
    }
    std::ranges::stable_sort(flow.stays, {}, [](const Stay& stay) { return stay.pack.key; });
    std::ranges::sort(flow.two_containers, {}, [](const FlowMark& mark) {
        return std::tie(mark.position, mark.event);
    });
}

void add_rides(
    const View& view, const ContainerFlow& containers, ItemFlow& flow, Leftovers& leftovers
) {
    for (const Stay& stay : flow.stays) {
        const ItemFlow* carrier = containers.at(stay.container);
        if (carrier == nullptr) {
            continue;
        }
        for (const FlowMove& carried : carrier->moves) {
            const Move& leg = carried.move;
            if (!possibly_falls_in(view, stay, leg.leave, leg.leaving_event)) {
                continue;
            }
            FlowMove ride{leg};
            ride.move.from.item = flow.item;
            ride.move.to.item = flow.item;
            ride.move.kind = MoveKind::kRide;
            ride.move.carrier = stay.container;
            ride.move.is_certain = leg.is_certain && certainly_falls_in(stay, leg.leave);
            ride.move.has_quantity = stay.pack.fact.has_quantity;
            ride.move.unit = stay.pack.fact.unit;
            ride.move.millionths = stay.pack.fact.millionths;
            bool is_dropped = false;
            merge_with_own_depart(flow, leftovers, ride, is_dropped);
            if (!is_dropped) {
                flow.moves.push_back(ride);
            }
        }
    }
}

}  // namespace suyuan::trace
