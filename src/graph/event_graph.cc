// SPDX-License-Identifier: Apache-2.0

#include "graph/event_graph.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"

namespace suyuan::graph {
namespace {

constexpr std::size_t kFactChains = 6;

constexpr std::size_t place_of(Chain chain) noexcept {
    return static_cast<std::size_t>(chain);
}

}  // namespace

EventGraph::EventGraph() = default;
EventGraph::~EventGraph() = default;

void EventGraph::declare_item(ItemId item, model::CodeKind kind) {
    item_kinds_.reserve(std::size_t{item.value()} + 1);
    std::uint8_t& known = item_kinds_[item.value()];
    if (known == 0) {
        known = static_cast<std::uint8_t>(static_cast<std::uint8_t>(kind) + 1);
    }
}

bool EventGraph::is_individual(ItemId item) const noexcept {
    const std::uint8_t* known = item_kinds_.find(item.value());
    if (known == nullptr || *known == 0) {
        return false;
    }
    const auto kind = static_cast<model::CodeKind>(*known - 1);
    return kind == model::CodeKind::kInstance || kind == model::CodeKind::kContainer;
}

bool EventGraph::is_lot(ItemId item) const noexcept {
    const std::uint8_t* known = item_kinds_.find(item.value());
    return known != nullptr && *known == static_cast<std::uint8_t>(model::CodeKind::kLot) + 1;
}

std::uint32_t EventGraph::head(Chain chain, std::uint64_t id) const noexcept {
    const auto* found = heads_[place_of(chain)].find(id);
    return found == nullptr ? 0 : found->load(std::memory_order_acquire);
}

void EventGraph::push(Chain chain, std::uint64_t id, std::uint32_t place, std::uint32_t& previous) {
    Heads& heads = heads_[place_of(chain)];
    heads.reserve(id + 1);
    std::atomic<std::uint32_t>& first = heads[id];
    // A reader that finds the new head follows `previous` at once.
    previous = first.load(std::memory_order_relaxed);
    first.store(place, std::memory_order_release);
}

void EventGraph::append_fact(const Fact& fact, EventIndex event, const model::TimeInterval& time) {
    const FactIndex index = fact_count_;
    facts_.reserve(std::size_t{index} + 1);
    fact_links_.reserve(std::size_t{index} + 1);
    FactRow& row = facts_[index];
    row.fact = fact;
    row.first = time.first;
    row.event = event & 0x7FFF'FFFFU;  // an array holds no more
    row.is_exact = time.is_exact() ? 1 : 0;
    const std::array<std::uint32_t, kFactChains> ids = {
        fact.item.value(),
        fact.other.value(),
        fact.owner.value(),
        fact.site.value(),
        fact.peer_owner.value(),
        fact.peer_site.value(),
    };
    // The heads of known ids only: "unknown" is not a thing that anybody looks up.
    for (std::size_t chain = 0; chain < kFactChains; ++chain) {
        if (ids.at(chain) != 0) {
            push(
                static_cast<Chain>(chain),
                ids.at(chain),
                index + 1,
                chain == 0 ? row.previous_of_item : fact_links_[index].previous.at(chain - 1)
            );
        }
    }
    ++fact_count_;
}

void EventGraph::append_links(const FlowEvent& event, EventRow& row) {
    const EventIndex index = event_count_.load(std::memory_order_relaxed);
    row.first_link = link_count_;
    const auto add = [&](std::uint32_t id, std::optional<Chain> chain) {
        links_.reserve(std::size_t{link_count_} + 1);
        Link& link = links_[link_count_];
        link.id = id;
        link.event = index;
        if (chain) {
            push(*chain, id, link_count_ + 1, link.previous);
        }
        ++link_count_;
    };
    for (const VehicleId vehicle : event.vehicles) {
        add(vehicle.value(), Chain::kVehicle);
    }
    for (const PersonId person : event.people) {
        add(person.value(), Chain::kPerson);
    }
    for (const PaperId paper : event.papers) {
        add(paper.value(), Chain::kPaper);
    }
    for (const PaperId paper : event.linking_papers) {
        add(paper.value(), std::nullopt);
    }
    row.vehicle_count = static_cast<std::uint16_t>(event.vehicles.size());
    row.person_count = static_cast<std::uint16_t>(event.people.size());
    row.paper_count = static_cast<std::uint16_t>(event.papers.size());
    row.linking_paper_count = static_cast<std::uint16_t>(event.linking_papers.size());
}

void EventGraph::append_mappings(const FlowEvent& event, EventRow& row) {
    row.first_mapping = mapping_count_;
    const auto add = [&](std::uint32_t word) {
        mapping_words_.reserve(std::size_t{mapping_count_} + 1);
        mapping_words_[mapping_count_] = word;
        ++mapping_count_;
    };
    for (const FactMapping& mapping : event.mappings) {
        add(mapping.output.value());
        add(static_cast<std::uint32_t>(mapping.inputs.size()));
        for (const ItemId input : mapping.inputs) {
            add(input.value());
        }
    }
    row.mapping_words = mapping_count_ - row.first_mapping;
}

// Before the event is pushed to its chains. A first declaration marks the records of its identity;
// later ones inherit the mark, as twins inherit their first record.
void EventGraph::append_standing(const FlowEvent& event, EventIndex index) {
    standings_.reserve(std::size_t{index} + 1);
    odd_events_.reserve(std::size_t{index} / 64 + 1);
    Standing& standing = standings_[index];
    if (event.identity != 0) {
        const std::uint32_t newest = head(Chain::kIdentity, event.identity);
        const bool is_declared =
            newest != 0 && standings_[newest - 1].voided_by.load(std::memory_order_relaxed) != 0;
        if (is_declared) {
            standing.voided_by.store(
                standings_[newest - 1].voided_by.load(std::memory_order_relaxed),
                std::memory_order_relaxed
            );
        } else if (event.is_error_declaration) {
            for (std::uint32_t place = newest; place != 0;
                 place = event_links_[place - 1].previous_of_identity) {
                standings_[place - 1].voided_by.store(index + 1, std::memory_order_relaxed);
                mark_odd(place - 1);
            }
        }
    }
    if (event.is_error_declaration && standing.voided_by.load(std::memory_order_relaxed) == 0) {
        standing.voided_by.store(index + 1, std::memory_order_relaxed);
    }
    if (const std::uint32_t newest = event.content == 0 ? 0 : head(Chain::kContent, event.content);
        newest != 0) {
        const std::uint32_t first = standings_[newest - 1].first_twin;
        const bool is_record = !events_[newest - 1].is_error_declaration;
        standing.first_twin = first == 0 && is_record ? newest : first;
    }
    if (event.is_conflict || standing.first_twin != 0 ||
        standing.voided_by.load(std::memory_order_relaxed) != 0) {
        mark_odd(index);
    }
}

void EventGraph::append(const FlowEvent& event) {
    const EventIndex index = event_count_.load(std::memory_order_relaxed);
    SUYUAN_ASSERT(event.log_index > log_index_.load(std::memory_order_relaxed));
    events_.reserve(std::size_t{index} + 1);
    event_links_.reserve(std::size_t{index} + 1);
    EventRow& row = events_[index];
    row.record = event.record;
    row.log_index = event.log_index;
    row.record_time = event.record_time;
    row.identity = event.identity;
    row.content = event.content;
    row.time = event.time;
    row.submitter = event.submitter;
    row.custodian = event.custodian;
    row.process = event.process;
    row.kind = event.kind;
    row.is_error_declaration = event.is_error_declaration;
    row.is_conflict = event.is_conflict;
    row.is_continuous = event.is_continuous;
    row.first_fact = fact_count_;
    row.fact_count = static_cast<std::uint32_t>(event.facts.size());
    for (const Fact& fact : event.facts) {
        append_fact(fact, index, event.time);
    }
    append_links(event, row);
    append_mappings(event, row);
    append_standing(event, index);

    EventLinks& links = event_links_[index];
    if (event.process.value() != 0) {
        push(Chain::kProcess, event.process.value(), index + 1, links.previous_of_process);
    }
    if (event.identity != 0) {
        push(Chain::kIdentity, event.identity, index + 1, links.previous_of_identity);
    }
    if (event.content != 0) {
        push(Chain::kContent, event.content, index + 1, links.previous_of_content);
    }
    log_index_.store(event.log_index, std::memory_order_relaxed);
    event_count_.store(index + 1, std::memory_order_release);
}

Snapshot EventGraph::snapshot() const noexcept {
    Snapshot snapshot;
    snapshot.event_count = event_count_.load(std::memory_order_acquire);
    if (snapshot.event_count > 0) {
        const EventRow& last = events_[snapshot.event_count - 1];
        snapshot.log_index = last.log_index;
        snapshot.record_time = last.record_time;
    }
    return snapshot;
}

std::vector<FactIndex> EventGraph::facts_of(Chain chain, std::uint64_t id, const Snapshot& snapshot)
    const {
    SUYUAN_ASSERT(place_of(chain) < kFactChains);
    std::vector<FactIndex> found;
    visit_facts(chain, id, snapshot, [&](FactIndex index, const FactRow&) {
        found.push_back(index);
    });
    std::ranges::reverse(found);
    return found;
}

std::uint32_t EventGraph::event_link(Chain chain, EventIndex index) const noexcept {
    const EventLinks& links = event_links_[index];
    switch (chain) {
        case Chain::kProcess:
            return links.previous_of_process;
        case Chain::kIdentity:
            return links.previous_of_identity;
        case Chain::kContent:
            return links.previous_of_content;
        default:
            SUYUAN_UNREACHABLE();
    }
}

std::vector<EventIndex> EventGraph::events_of(
    Chain chain, std::uint64_t id, const Snapshot& snapshot
) const {
    std::vector<EventIndex> found;
    const bool by_link =
        chain == Chain::kVehicle || chain == Chain::kPerson || chain == Chain::kPaper;
    for (std::uint32_t place = head(chain, id); place != 0;) {
        const EventIndex event = by_link ? links_[place - 1].event : place - 1;
        if (event < snapshot.event_count && (found.empty() || found.back() != event)) {
            found.push_back(event);
        }
        place = by_link ? links_[place - 1].previous : event_link(chain, event);
    }
    std::ranges::reverse(found);
    return found;
}

template <typename Id>
std::vector<Id> EventGraph::links_of(std::uint32_t first, std::uint32_t count) const {
    std::vector<Id> ids;
    ids.reserve(count);
    for (std::uint32_t place = first; place < first + count; ++place) {
        ids.emplace_back(links_[place].id);
    }
    return ids;
}

std::vector<VehicleId> EventGraph::vehicles_of(const EventRow& event) const {
    return links_of<VehicleId>(event.first_link, event.vehicle_count);
}

std::vector<PersonId> EventGraph::people_of(const EventRow& event) const {
    return links_of<PersonId>(event.first_link + event.vehicle_count, event.person_count);
}

std::vector<PaperId> EventGraph::papers_of(const EventRow& event) const {
    const std::uint32_t first = event.first_link + event.vehicle_count + event.person_count;
    return links_of<PaperId>(first, event.paper_count);
}

std::vector<PaperId> EventGraph::linking_papers_of(const EventRow& event) const {
    const std::uint32_t first =
        event.first_link + event.vehicle_count + event.person_count + event.paper_count;
    return links_of<PaperId>(first, event.linking_paper_count);
}

bool EventGraph::names_item(const EventRow& event, ItemId item) const noexcept {
    for (FactIndex index = event.first_fact; index < event.first_fact + event.fact_count; ++index) {
        const Fact& fact = facts_[index].fact;
        if (fact.item == item || fact.other == item) {
            return true;
        }
    }
    return false;
}

std::vector<FactMapping> EventGraph::mappings_of(const EventRow& event) const {
    std::vector<FactMapping> mappings;
    const std::uint32_t end = event.first_mapping + event.mapping_words;
    for (std::uint32_t place = event.first_mapping; place < end;) {
        FactMapping mapping;
        mapping.output = ItemId(mapping_words_[place]);
        const std::uint32_t count = mapping_words_[place + 1];
        for (std::uint32_t input = 0; input < count; ++input) {
            mapping.inputs.emplace_back(mapping_words_[place + 2 + input]);
        }
        place += 2 + count;
        mappings.push_back(std::move(mapping));
    }
    return mappings;
}

bool EventGraph::is_void(EventIndex index, model::MicrosUtc as_of, const Snapshot& snapshot) const {
    // The first declaration is the first known one: record times never go back.
    const std::uint32_t place = standings_[index].voided_by.load(std::memory_order_relaxed);
    return place != 0 && place <= snapshot.event_count && events_[place - 1].record_time <= as_of;
}

bool EventGraph::is_effective_in_doubt(
    EventIndex index, model::MicrosUtc as_of, const Snapshot& snapshot
) const {
    const EventRow& row = events_[index];
    if (row.is_error_declaration || row.record_time > as_of || is_void(index, as_of, snapshot)) {
        return false;
    }
    // The first record that counts is nobody's double, so every one of another submitter is its
    // double; what is left are the first one's own, and they have nobody left to be a double of.
    const std::uint32_t oldest = standings_[index].first_twin;
    if (oldest == 0) {
        return true;
    }
    EventIndex first = index;
    if (is_void(oldest - 1, as_of, snapshot)) {
        for (EventIndex other = index; other != oldest - 1;) {
            other = event_links_[other].previous_of_content - 1;
            if (!events_[other].is_error_declaration && !is_void(other, as_of, snapshot)) {
                first = other;
            }
        }
    } else {
        first = oldest - 1;
    }
    return events_[first].submitter == row.submitter;
}

std::size_t EventGraph::memory_bytes() const noexcept {
    std::size_t heads = 0;
    for (const Heads& chain : heads_) {
        heads += chain.memory_bytes();
    }
    return events_.memory_bytes() + event_links_.memory_bytes() + standings_.memory_bytes() +
           odd_events_.memory_bytes() + facts_.memory_bytes() + fact_links_.memory_bytes() +
           links_.memory_bytes() + mapping_words_.memory_bytes() + item_kinds_.memory_bytes() +
           heads;
}

}  // namespace suyuan::graph
