// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 6: items by code, with their instances and contents.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/answer.h"
#include "trace/flows.h"
#include "trace/id_map.h"
#include "trace/item_flow.h"
#include "trace/links.h"
#include "trace/question.h"
#include "trace/seeds.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;
using graph::ItemId;

bool meet(const model::TimeInterval& a, const model::TimeInterval& b) noexcept {
    return a.first <= b.last && b.first <= a.last;
}

class ItemSower {
public:
    ItemSower(const ItemSeed& seed, const Window& window, Flows& flows, SeedBed& bed)
        : seed_(seed), window_(window), flows_(flows), bed_(bed) {}

    void sow(ItemId item) {
        sow_positions(item);
        sow_contents(item);
    }

    // What a fact says at its time.
    void sow_fact(const TimedFact& fact) {
        if (meet(fact.time(), {window_.from, window_.to})) {
            plant(fact.position(), fact.time());
        }
    }

private:
    // A stay whose child is to be looked into.
    struct Counted {
        ItemId child;
        model::TimeInterval span;
    };

    void sow_positions(ItemId item);
    void sow_contents(ItemId container);
    void sow_stays(ItemId container, const model::TimeInterval& during);
    void sow_ride_ends(const ItemFlow& flow, const std::vector<bool>& is_counted);

    // False if it was counted before.
    [[nodiscard]] bool count(const Stay& stay) {
        const auto place = static_cast<std::uint32_t>(counted_.size());
        return counted_.insert(stay.pack_key.place, place) == place;
    }

    [[nodiscard]] bool is_meant(const Spot& spot) const noexcept {
        return (!seed_.owner || *seed_.owner == spot.owner) &&
               (!seed_.site || *seed_.site == spot.site);
    }

    void plant(const Position& position, const model::TimeInterval& time) {
        if (is_meant(spot_of(position))) {
            bed_.plant(position, bed_.start_of(time, window_));
        }
    }

    const ItemSeed& seed_;
    const Window& window_;
    Flows& flows_;
    SeedBed& bed_;
    IdMap counted_;  // stays, by their pack facts
    std::vector<Counted> waiting_;
};

void ItemSower::sow_positions(ItemId item) {
    for (const SpotEntry& spot : flows_.of(item).spots) {
        if (spot.is_present && spot.first <= window_.to) {
            plant({item, spot.spot.owner, spot.spot.site}, {spot.first, spot.last});
        }
    }
}

// Where the counted stays took the child.
void ItemSower::sow_ride_ends(const ItemFlow& flow, const std::vector<bool>& is_counted) {
    for (const FlowMove& entry : flow.moves) {
        const Move& move = entry.move;
        if (move.kind == MoveKind::kRide && is_counted[entry.leaving_place] &&
            move.arrive.first <= window_.to) {
            plant(move.to, move.arrive);
        }
    }
}

// The stays in a container that possibly meet a time.
void ItemSower::sow_stays(ItemId container, const model::TimeInterval& during) {
    std::vector<ItemId> children;
    flows_.contents_of(container).visit_meeting(during, [&](const Contents::Entry& entry) {
        children.push_back(entry.child);
    });
    sort_unique(children);
    for (const ItemId child : children) {
        if (!flows_.work().step()) {
            return;
        }
        const ItemFlow& flow = flows_.of(child);
        std::vector<bool> is_counted;
        for (const Stay& stay : flow.stays_in(container)) {
            const bool is_meant =
                meet(stay.span(), during) && meet(stay.span(), {window_.from, window_.to});
            if (is_meant && count(stay)) {
                is_counted.resize(flow.stays.size());
                is_counted[static_cast<std::size_t>(&stay - flow.stays.data())] = true;
                plant(flow.facts[stay.pack].position(), stay.pack_key.time());
                waiting_.push_back({child, stay.span()});
            }
        }
        if (!bed_.is_forward() && !is_counted.empty()) {
            sow_ride_ends(flow, is_counted);
        }
    }
}

void ItemSower::sow_contents(ItemId container) {
    sow_stays(container, {});
    while (!waiting_.empty()) {
        const Counted outer = waiting_.back();
        waiting_.pop_back();
        sow_stays(outer.child, outer.span);
    }
}

// The lots that items are part of.
std::vector<ItemId> lots_of(const std::vector<ItemId>& items, const View& view) {
    std::vector<ItemId> lots;
    for (const ItemId item : items) {
        view.visit_facts(
            graph::Chain::kItem,
            item.value(),
            [&](const graph::FactRow& row, graph::FactIndex) {
                if (row.fact.kind == FactKind::kPartOf) {
                    lots.push_back(row.fact.other);
                }
            }
        );
    }
    return lots;
}

// The facts that say what is part of items.
std::vector<TimedFact> parts_of(const std::vector<ItemId>& items, const View& view) {
    std::vector<TimedFact> parts;
    for (const ItemId item : items) {
        view.visit_facts(
            graph::Chain::kOther,
            item.value(),
            [&](const graph::FactRow& row, graph::FactIndex index) {
                if (row.fact.kind == FactKind::kPartOf) {
                    parts.push_back(view.timed(row, index));
                }
            }
        );
    }
    return parts;
}

// With everything that is said to be the same thing, directly or through others.
std::vector<ItemId> with_the_same(std::vector<ItemId> items, Flows& flows) {
    IdMap known;
    const auto note = [&](ItemId item, std::size_t place) {
        const auto number = static_cast<std::uint32_t>(place);
        return known.insert(item.value(), number) == number;
    };
    for (std::size_t place = 0; place < items.size(); ++place) {
        note(items[place], place);
    }
    for (std::size_t place = 0; place < items.size() && flows.work().step(); ++place) {
        const ItemId item = items[place];
        for (const SameThing& same : find_links(flows.view(), flows.of(item)).same) {
            if (note(same.item, items.size())) {
                items.push_back(same.item);
            }
        }
    }
    return items;
}

}  // namespace

void plant_items(const ItemSeed& seed, const Question& question, Flows& flows, SeedBed& bed) {
    std::vector<ItemId> items = with_the_same(seed.items, flows);
    if (question.escalate) {
        const std::vector<ItemId> lots = lots_of(items, flows.view());
        items.insert(items.end(), lots.begin(), lots.end());
    }
    ItemSower sower(seed, question.window, flows, bed);
    const graph::EventGraph& graph = flows.view().graph();
    for (const TimedFact& part : parts_of(items, flows.view())) {
        if (graph.is_individual(part.fact.item)) {
            items.push_back(part.fact.item);
        } else {
            sower.sow_fact(part);  // some of a class
        }
    }
    sort_unique(items);
    for (const ItemId item : items) {
        sower.sow(item);
    }
}

}  // namespace suyuan::trace
