// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.2, first half: how long a child is in a container.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "trace/item_flow.h"
#include "trace/lot_stays.h"
#include "trace/view.h"
#include "trace/work.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;

// The stays of one child in one container. A thing's facts are walked from each pack to the end of
// the stay: since a pack into another container ends it, no fact is walked often. A lot's stays end
// only by an unpack, which is looked up.
class StayFinder {
public:
    StayFinder(ItemFlow& flow, Work& work, EventNames& names, const NamedCarrier& carrier)
        : flow_(flow), work_(work), names_(names), carrier_(carrier) {}

    // `packs`: places of the packs of this thing into this container, by time.
    void find_of_thing(std::span<const std::uint32_t> packs);
    // `handled`: places of the packs and unpacks of this lot and this container, by time.
    void find_of_lot(std::span<const std::uint32_t> handled);

private:
    struct End {
        TimeKey key;
        std::optional<Spot> second_pack;  // it ends by a pack into another container here
    };

    [[nodiscard]] std::optional<End> first_end_after(std::uint32_t pack);
    void add(std::uint32_t pack, const std::optional<TimeKey>& end, const Amount& amount);
    [[nodiscard]] bool ends_thing(const TimedFact& fact);
    [[nodiscard]] bool was_elsewhere(const TimedFact& fact) const;

    ItemFlow& flow_;
    Work& work_;
    EventNames& names_;
    NamedCarrier carrier_;
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

std::optional<StayFinder::End> StayFinder::first_end_after(std::uint32_t pack) {
    const std::vector<TimedFact>& facts = flow_.facts;
    const TimeKey begin = facts[pack].key;
    std::optional<End> end;
    const std::vector<TimeKey>& endings = carrier_.carrier->endings;
    if (const auto all = std::ranges::upper_bound(endings, begin); all != endings.end()) {
        end = End{*all, std::nullopt};
    }
    for (std::uint32_t place = pack + 1; place < facts.size(); ++place) {
        const TimedFact& fact = facts[place];
        if ((end && end->key < fact.key) || !work_.step()) {
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

void StayFinder::add(std::uint32_t pack, const std::optional<TimeKey>& end, const Amount& amount) {
    const TimedFact& fact = flow_.facts[pack];
    auto refilled = carrier_.carrier->packed_elsewhere(fact.key, spot_of(fact.position()));
    if (fact.fact.kind == FactKind::kUnpack) {  // a rest
        const auto next = carrier_.carrier->refilled(fact.key);
        refilled = !refilled || (next && *next < *refilled) ? next : refilled;
    }
    flow_.stays.push_back({carrier_.container, pack, fact.key, end, refilled, amount});
}

void StayFinder::find_of_thing(std::span<const std::uint32_t> packs) {
    for (const std::uint32_t pack : packs) {
        pack_sites_.push_back(flow_.facts[pack].fact.site);
    }
    std::ranges::sort(pack_sites_);
    bool is_inside = false;        // a stay began
    std::optional<TimeKey> until;  // and runs until then, or for ever
    for (const std::uint32_t pack : packs) {
        const TimedFact& fact = flow_.facts[pack];
        if (is_inside && (!until || fact.key < *until)) {
            continue;
        }
        const std::optional<End> end = first_end_after(pack);
        is_inside = true;
        until = end ? std::optional(end->key) : std::nullopt;
        if (end && end->second_pack) {
            flow_.two_containers.push_back({*end->second_pack, end->key.event});
        }
        add(pack, until, amount_of(fact.fact));
    }
}

void StayFinder::find_of_lot(std::span<const std::uint32_t> handled) {
    std::vector<LotRecord> records;
    records.reserve(handled.size());
    for (const std::uint32_t place : handled) {
        const TimedFact& fact = flow_.facts[place];
        records.push_back(
            {.key = fact.key,
             .place = place,
             .is_pack = fact.fact.kind == FactKind::kPack,
             .is_observed = fact.fact.is_observed,
             .amount = amount_of(fact.fact)}
        );
    }
    work_.step(records.size());
    const auto next_refill = [&](std::uint32_t place, const TimeKey& after) {
        const Spot spot = spot_of(flow_.facts[place].position());
        return carrier_.carrier->refilled_elsewhere(after, spot);
    };
    for (const LotStay& stay : lot_stays(records, carrier_.carrier->endings, next_refill)) {
        add(stay.place, stay.end, stay.amount);
        flow_.stays.back().is_doubtful = stay.is_doubtful;
    }
}

// Places of the packs (and unpacks), by the container that they name, then by time.
std::vector<std::uint32_t> places_by_container(const ItemFlow& flow, bool with_unpacks) {
    std::vector<std::uint32_t> places;
    for (std::uint32_t place = 0; place < flow.facts.size(); ++place) {
        const FactKind found = flow.facts[place].fact.kind;
        if (found == FactKind::kPack || (with_unpacks && found == FactKind::kUnpack)) {
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
    return !stay.is_doubtful && stay.pack_key.last <= leave.first &&
           (!stay.end || leave.last <= stay.end->first) &&
           (!stay.refilled || leave.last <= stay.refilled->first);
}

void find_stays(
    ItemFlow& flow,
    std::span<const NamedCarrier> carriers,
    const View& view,
    Work& work,
    EventNames& names
) {
    if (carriers.empty()) {
        return;
    }
    const bool is_thing = view.graph().is_individual(flow.item);
    const std::vector<std::uint32_t> handled = places_by_container(flow, !is_thing);
    for (const NamedCarrier& carrier : carriers) {
        const auto here =
            std::ranges::equal_range(handled, carrier.container, {}, [&](std::uint32_t place) {
                return flow.facts[place].fact.other;
            });
        StayFinder finder(flow, work, names, carrier);
        if (is_thing) {
            finder.find_of_thing({here.begin(), here.end()});
        } else {
            finder.find_of_lot({here.begin(), here.end()});
        }
    }
    sort_unique(flow.two_containers);
}

}  // namespace suyuan::trace
