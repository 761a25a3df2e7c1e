// SPDX-License-Identifier: Apache-2.0

#include "trace/flows.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/id_map.h"
#include "trace/item_flow.h"
#include "trace/lot_stays.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;
using graph::ItemId;

// Ascending.
std::vector<ItemId> containers_of(const ItemFlow& flow) {
    std::vector<ItemId> containers;
    for (const TimedFact& fact : flow.facts) {
        if (fact.fact.kind == FactKind::kPack) {
            containers.push_back(fact.fact.other);
        }
    }
    sort_unique(containers);
    return containers;
}

std::vector<model::TimeInterval> spans_of(const std::vector<Contents::Entry>& entries) {
    std::vector<model::TimeInterval> spans;
    spans.reserve(entries.size());
    for (const Contents::Entry& entry : entries) {
        spans.push_back({entry.pack.first, entry.end ? entry.end->last : model::kEndOfTime});
    }
    return spans;
}

// What a container's records say of one lot.
struct NamedRecord {
    ItemId lot;
    Spot spot;
    LotRecord record;
};

void add_lot_stays(
    std::vector<NamedRecord> named, const Carrier& carrier, std::vector<Contents::Entry>& entries
) {
    std::ranges::sort(named, {}, [](const NamedRecord& entry) {
        return std::pair(entry.lot, entry.record.key);
    });
    const auto next_refill = [&](std::uint32_t place, const TimeKey& after) {
        return carrier.refilled_elsewhere(after, named[place].spot);
    };
    std::vector<LotRecord> records;
    for (std::size_t place = 0; place < named.size();) {
        const ItemId lot = named[place].lot;
        records.clear();
        for (; place < named.size() && named[place].lot == lot; ++place) {
            named[place].record.place = static_cast<std::uint32_t>(place);
            records.push_back(named[place].record);
        }
        for (const LotStay& stay : lot_stays(records, carrier.endings, next_refill)) {
            entries.push_back({lot, stay.begin, stay.end});
        }
    }
}

}  // namespace

Contents::Contents(std::vector<Entry> entries)
    : entries_(std::move(entries)), index_(spans_of(entries_)) {}

// An item on the way down to its containers.
struct Flows::Visit {
    ItemFlow facts;
    std::vector<ItemId> containers;  // ascending
    std::size_t next = 0;            // of containers
    std::size_t place = 0;           // in Descent::visits
    std::size_t lowest = 0;          // of the visits found to be in one circle with it
};

// Tarjan's search for circles, without recursion: nesting is as deep as somebody says.
struct Flows::Descent {
    std::vector<std::unique_ptr<Visit>> visits;  // those whose circle is not known yet
    IdMap places;                   // by item; of an item without flow, its place in visits
    std::vector<std::size_t> path;  // places, from the item asked for down
};

const ItemFlow& Flows::of(ItemId item) {
    if (const auto known = flow_of_item_.find(item.value())) {
        return flows_[*known];
    }
    ItemFlow facts = facts_only(view_, item);
    if (containers_of(facts).empty()) {
        return keep(derive(std::move(facts), {}));
    }
    Descent descent;
    enter(descent, std::move(facts));
    while (!descent.path.empty()) {
        Visit& top = *descent.visits[descent.path.back()];
        if (top.next < top.containers.size()) {
            const ItemId container = top.containers[top.next++];
            if (flow_of_item_.find(container.value())) {
                continue;
            }
            if (const auto known = descent.places.find(container.value())) {
                top.lowest = std::min<std::size_t>(top.lowest, *known);
            } else {
                enter(descent, facts_only(view_, container));
            }
            continue;
        }
        descent.path.pop_back();
        if (!descent.path.empty()) {
            Visit& above = *descent.visits[descent.path.back()];
            above.lowest = std::min(above.lowest, top.lowest);
        }
        if (top.lowest == top.place) {
            close(descent, top.place);
        }
    }
    return flows_[*flow_of_item_.find(item.value())];
}

void Flows::enter(Descent& descent, ItemFlow facts) {
    auto visit = std::make_unique<Visit>();
    visit->containers = containers_of(facts);
    visit->facts = std::move(facts);
    visit->place = descent.visits.size();
    visit->lowest = visit->place;
    descent.places.insert(visit->facts.item.value(), static_cast<std::uint32_t>(visit->place));
    descent.path.push_back(visit->place);
    descent.visits.push_back(std::move(visit));
}

// The visits from `place` on are one circle, or one item that is in none.
void Flows::close(Descent& descent, std::size_t place) {
    const auto begin = descent.visits.begin() + static_cast<std::ptrdiff_t>(place);
    const std::vector<std::unique_ptr<Visit>> circle(
        std::make_move_iterator(begin), std::make_move_iterator(descent.visits.end())
    );
    descent.visits.resize(place);
    Visit& first = *circle.front();
    const bool is_alone =
        circle.size() == 1 && !std::ranges::binary_search(first.containers, first.facts.item);
    if (!is_alone) {
        derive_circle(circle);
        return;
    }
    std::vector<NamedCarrier> carriers;
    carriers.reserve(first.containers.size());
    for (const ItemId container : first.containers) {
        carriers.push_back({container, &carrier_of(container)});
    }
    keep(derive(std::move(first.facts), carriers));
}

// Each first as if the circle's containers carried nothing of it, then with what they carry by
// that.
void Flows::derive_circle(std::span<const std::unique_ptr<Visit>> circle) {
    IdMap place_in_circle;
    std::deque<Carrier> resting;  // by place in the circle
    for (std::uint32_t i = 0; i < circle.size(); ++i) {
        place_in_circle.insert(circle[i]->facts.item.value(), i);
        resting.emplace_back(view_, circle[i]->facts, Carrier::Hands::kNothing);
    }
    const auto derive_with = [&](std::uint32_t member, const std::deque<Carrier>& mates) {
        std::vector<NamedCarrier> carriers;
        for (const ItemId container : circle[member]->containers) {
            const auto mate = place_in_circle.find(container.value());
            const Carrier* carrier = nullptr;
            if (mate) {
                carrier = *mate == member ? &resting[member] : &mates[*mate];
            } else {
                carrier = &carrier_of(container);
            }
            carriers.push_back({container, carrier});
        }
        return derive(circle[member]->facts, carriers);
    };
    std::deque<ItemFlow> first_flows;
    std::deque<Carrier> moving;
    for (std::uint32_t i = 0; i < circle.size(); ++i) {
        moving.emplace_back(view_, first_flows.emplace_back(derive_with(i, resting)));
    }
    for (std::uint32_t i = 0; i < circle.size(); ++i) {
        ItemFlow flow = derive_with(i, moving);
        flow.is_circular = true;
        keep(std::move(flow));
    }
}

ItemFlow Flows::derive(ItemFlow facts, std::span<const NamedCarrier> carriers) {
    work_.step(facts.facts.size());
    find_stays(facts, carriers, view_, work_, names_);
    inherit(facts, carriers, view_, work_);
    Draft draft(view_, work_, std::move(facts));
    join_shipments(draft);
    add_rides(draft, carriers);
    add_stated_arrivals(draft);
    add_implied_arrivals(draft);
    add_transits(draft);
    return finish(std::move(draft));
}

const ItemFlow& Flows::keep(ItemFlow flow) {
    flow_of_item_.insert(flow.item.value(), static_cast<std::uint32_t>(flows_.size()));
    return flows_.emplace_back(std::move(flow));
}

const Carrier& Flows::carrier_of(ItemId container) {
    if (const auto known = carrier_of_item_.find(container.value())) {
        return carriers_[*known];
    }
    const ItemFlow& flow = of(container);  // makes other carriers
    carrier_of_item_.insert(container.value(), static_cast<std::uint32_t>(carriers_.size()));
    return carriers_.emplace_back(view_, flow);
}

const Contents& Flows::contents_of(ItemId container) {
    if (const auto known = contents_of_item_.find(container.value())) {
        return contents_[*known];
    }
    contents_of_item_.insert(container.value(), static_cast<std::uint32_t>(contents_.size()));
    return contents_.emplace_back(find_contents(container));
}

// A lot's stays are told by what was packed and unpacked; a thing's by its whole flow.
std::vector<Contents::Entry> Flows::find_contents(ItemId container) {
    std::vector<NamedRecord> lots;
    std::vector<ItemId> things;
    view_.visit_facts(
        graph::Chain::kOther,
        container.value(),
        [&](const graph::FactRow& row, graph::FactIndex index) {
            const bool is_pack = row.fact.kind == FactKind::kPack;
            if (!is_pack && row.fact.kind != FactKind::kUnpack) {
                return;
            }
            if (!view_.graph().is_individual(row.fact.item)) {
                lots.push_back(
                    {row.fact.item,
                     {row.fact.owner, row.fact.site},
                     {.key = view_.timed(row, index).key,
                      .is_pack = is_pack,
                      .is_observed = row.fact.is_observed,
                      .amount = amount_of(row.fact)}}
                );
            } else if (is_pack) {
                things.push_back(row.fact.item);
            }
        }
    );
    std::vector<Contents::Entry> entries;
    if (!lots.empty()) {
        add_lot_stays(std::move(lots), carrier_of(container), entries);
    }
    sort_unique(things);
    for (const ItemId thing : things) {
        for (const Stay& stay : of(thing).stays_in(container)) {
            entries.push_back({thing, stay.pack_key, stay.end});
        }
    }
    return entries;
}

}  // namespace suyuan::trace
