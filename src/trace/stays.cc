// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.2, first half: how long a child is in a container.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;

// The stays of one child in one container. A thing's facts are walked from each pack to the end of
// the stay: since a pack into another container ends it, no fact is walked often. A lot's stays end
// only by an unpack, which is looked up.
class StayFinder {
public:
    StayFinder(Draft& draft, EventNames& names, const NamedCarrier& carrier)
        : draft_(draft),
          names_(names),
          carrier_(carrier),
          is_individual_(draft.view.graph().is_individual(draft.flow.item)) {}

    // `packs`, `unpacks`: places of the facts of this child in this container, by time.
    void run(std::span<const std::uint32_t> packs, std::span<const std::uint32_t> unpacks);

private:
    struct End {
        TimeKey key;
        std::optional<Spot> second_pack;  // it ends by a pack into another container here
    };

    [[nodiscard]] std::optional<End> first_end_after(
        std::uint32_t pack, std::span<const std::uint32_t> unpacks
    );
    [[nodiscard]] bool ends_thing(const TimedFact& fact);
    [[nodiscard]] bool was_elsewhere(const TimedFact& fact) const;

    Draft& draft_;
    EventNames& names_;
    NamedCarrier carrier_;
    bool is_individual_;
    std::vector<graph::SiteId> pack_sites_;  // ascending
};

bool StayFinder::was_elsewhere(const TimedFact& fact) const {
    const graph::SiteId site = fact.fact.site;
    return site.value() != 0 && !std::ranges::binary_search(carrier_.carrier->sites, site) &&
           !std::ranges::binary_search(pack_sites_, site);
}

bool StayFinder::ends_thing(const TimedFact& fact) {
    switch (fact.fact.kind) {
        case FactKind::kUnpack:
            return fact.fact.other == carrier_.container;
        case FactKind::kPack:
            return fact.fact.other != carrier_.container;
        case FactKind::kDepart:
        case FactKind::kArrive:
        case FactKind::kCreate:
        case FactKind::kInput:
        case FactKind::kOutput:
        case FactKind::kSink:
            return !names_.has(fact.event(), carrier_.container);
        case FactKind::kSight:
        case FactKind::kCount:
            return was_elsewhere(fact) && !names_.has(fact.event(), carrier_.container);
        default:
            return false;
    }
}

std::optional<StayFinder::End> StayFinder::first_end_after(
    std::uint32_t pack, std::span<const std::uint32_t> unpacks
) {
    const std::vector<TimedFact>& facts = draft_.flow.facts;
    const TimeKey begin = facts[pack].key;
    std::optional<End> end;
    const std::vector<TimeKey>& alls = carrier_.carrier->unpack_alls;
    if (const auto all = std::ranges::upper_bound(alls, begin); all != alls.end()) {
        end = End{*all, std::nullopt};
    }
    if (!is_individual_) {
        const auto unpack = std::ranges::upper_bound(unpacks, pack);
        if (unpack != unpacks.end() && (!end || facts[*unpack].key < end->key)) {
            end = End{facts[*unpack].key, std::nullopt};
        }
        return end;
    }
    for (std::uint32_t place = pack + 1; place < facts.size(); ++place) {
        const TimedFact& fact = facts[place];
        if ((end && end->key < fact.key) || !draft_.work.step()) {
            break;
        }
        if (ends_thing(fact)) {
            end = End{fact.key, std::nullopt};
            if (fact.fact.kind == FactKind::kPack) {
                end->second_pack = spot_of(fact.position());
            }
            break;
        }
    }
    return end;
}

void StayFinder::run(std::span<const std::uint32_t> packs, std::span<const std::uint32_t> unpacks) {
    ItemFlow& flow = draft_.flow;
    for (const std::uint32_t pack : packs) {
        pack_sites_.push_back(flow.facts[pack].fact.site);
    }
    std::ranges::sort(pack_sites_);
    bool is_inside = false;        // a stay began
    std::optional<TimeKey> until;  // and runs until then, or for ever
    for (const std::uint32_t pack : packs) {
        const TimeKey& key = flow.facts[pack].key;
        if (is_individual_ && is_inside && (!until || key < *until)) {
            continue;
        }
        const std::optional<End> end = first_end_after(pack, unpacks);
        is_inside = true;
        until = end ? std::optional(end->key) : std::nullopt;
        if (end && end->second_pack) {
            flow.two_containers.push_back({*end->second_pack, end->key.event});
        }
        const Spot spot = spot_of(flow.facts[pack].position());
        const auto refilled = carrier_.carrier->packed_elsewhere(key, spot);
        flow.stays.push_back({carrier_.container, pack, key, until, refilled});
    }
}

// Places of the facts of one kind, by the container that they name, then by time.
std::vector<std::uint32_t> places_by_container(const ItemFlow& flow, FactKind kind) {
    std::vector<std::uint32_t> places;
    for (std::uint32_t place = 0; place < flow.facts.size(); ++place) {
        if (flow.facts[place].fact.kind == kind) {
            places.push_back(place);
        }
    }
    std::ranges::sort(places, {}, [&](std::uint32_t place) {
        return std::pair(flow.facts[place].fact.other, place);
    });
    return places;
}

}  // namespace

bool possibly_falls_in(
    const Stay& stay, const model::TimeInterval& leave, graph::EventIndex event
) noexcept {
    if (stay.pack_key.first > leave.last) {
        return false;
    }
    if (!stay.end || stay.end->last > leave.first) {
        return true;
    }
    const TimeKey end_event = {stay.end->first, stay.end->last, stay.end->event, 0};
    return stay.end->last == leave.first && end_event > key_of_ride(leave, event);
}

bool certainly_falls_in(const Stay& stay, const model::TimeInterval& leave) noexcept {
    return stay.pack_key.last <= leave.first && (!stay.end || leave.last <= stay.end->first) &&
           (!stay.refilled || leave.last <= stay.refilled->first);
}

void find_stays(Draft& draft, std::span<const NamedCarrier> carriers, EventNames& names) {
    if (carriers.empty()) {
        return;
    }
    const std::vector<TimedFact>& facts = draft.flow.facts;
    const std::vector<std::uint32_t> packs = places_by_container(draft.flow, FactKind::kPack);
    const std::vector<std::uint32_t> unpacks = places_by_container(draft.flow, FactKind::kUnpack);
    const auto of = [&](const std::vector<std::uint32_t>& places, graph::ItemId container) {
        return std::ranges::equal_range(places, container, {}, [&](std::uint32_t place) {
            return facts[place].fact.other;
        });
    };
    for (const NamedCarrier& carrier : carriers) {
        const auto packed = of(packs, carrier.container);
        const auto unpacked = of(unpacks, carrier.container);
        StayFinder(draft, names, carrier)
            .run({packed.begin(), packed.end()}, {unpacked.begin(), unpacked.end()});
    }
    std::ranges::sort(draft.flow.two_containers);
    const auto repeated = std::ranges::unique(draft.flow.two_containers);
    draft.flow.two_containers.erase(repeated.begin(), repeated.end());
}

}  // namespace suyuan::trace
