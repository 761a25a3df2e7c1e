// SPDX-License-Identifier: Apache-2.0
//
// All facts in memory, in log order, with a chain through the facts of each item, place, person,
// ...
//
// Everything is appended and nothing is changed: a snapshot is two counts, and a question asked on
// it sees the same world however long it takes. What is derived (moves, stays, processes) is
// derived by trace/ when a question is asked, so that "as of" an earlier record time is the rule,
// not an exception.

#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "graph/chunked_array.h"
#include "graph/fact.h"
#include "model/code.h"

namespace suyuan::graph {

using EventIndex = std::uint32_t;  // place of an event in the graph, from 0
using FactIndex = std::uint32_t;   // place of a fact in the graph, from 0

// How far the graph had grown when a question was asked.
struct Snapshot {
    EventIndex event_count = 0;
    std::uint64_t log_index = 0;       // of the last event in it
    model::MicrosUtc record_time = 0;  // greatest in it
};

// An event without its facts; FlowEvent's fields.
struct EventRow {
    // What a trace reads of every event comes first: it fills one cache line.
    model::TimeInterval time;
    std::uint64_t log_index = 0;
    ProcessId process;
    OperatorId custodian;
    FactIndex first_fact = 0;
    std::uint32_t fact_count = 0;
    std::uint32_t first_link = 0;  // vehicles, people, papers, linking papers, in this order
    std::uint16_t vehicle_count = 0;
    std::uint16_t person_count = 0;
    std::uint16_t paper_count = 0;
    std::uint16_t linking_paper_count = 0;
    model::EventKind kind = model::EventKind::kObject;
    bool is_error_declaration = false;
    bool is_conflict = false;
    bool is_continuous = false;

    std::uint32_t first_mapping = 0;
    std::uint32_t mapping_words = 0;  // per mapping: output, input count, inputs
    OperatorId submitter;
    RecordId record;
    model::MicrosUtc record_time = 0;
    std::uint64_t identity = 0;
    std::uint64_t content = 0;
};

// One cache line with all that a walk along an item's facts needs, so that it costs one miss a
// fact.
struct alignas(64) FactRow {
    Fact fact;
    model::MicrosUtc first = 0;  // of the event's time
    EventIndex event : 31 = 0;
    EventIndex is_exact : 1 = 0;         // the event's time is that moment
    std::uint32_t previous_of_item = 0;  // the item's fact before this one, place + 1; 0: none
};

// What facts and events can be looked up by.
enum class Chain : std::uint8_t {
    kItem,       // facts whose item it is
    kOther,      // facts whose other it is: contents of a container, instances of a lot, ...
    kOwner,      // facts at an owner
    kSite,       // facts at a site
    kPeerOwner,  // departures to, arrivals from
    kPeerSite,
    kVehicle,  // events, as are the following
    kPerson,
    kPaper,
    kProcess,
    kIdentity,
    kContent,
};
inline constexpr std::size_t kChainCount = 12;

// Threads: one writer calls declare_item() and append(); any thread reads. Lifetime: references
// and spans stay valid as long as the graph.
class EventGraph {
public:
    EventGraph();
    EventGraph(const EventGraph&) = delete;
    EventGraph& operator=(const EventGraph&) = delete;
    ~EventGraph();

    // Says what kind of thing an item is, before the first event that names it. The first word
    // counts.
    void declare_item(ItemId item, model::CodeKind kind);

    // Requires events in log order: event.log_index greater than any before, record_time not less.
    void append(const FlowEvent& event);

    [[nodiscard]] Snapshot snapshot() const noexcept;

    [[nodiscard]] const EventRow& event(EventIndex index) const noexcept { return events_[index]; }

    [[nodiscard]] const FactRow& fact(FactIndex index) const noexcept { return facts_[index]; }

    // An individual thing (instance or container), as opposed to an amount of a lot or class.
    [[nodiscard]] bool is_individual(ItemId item) const noexcept;
    // What was made in one go, as opposed to a class of products or a thing.
    [[nodiscard]] bool is_lot(ItemId item) const noexcept;

    // Calls visit(FactIndex, const FactRow&) for the facts in a fact chain, newest first, of events
    // in the snapshot.
    template <typename Visit>
    void visit_facts(Chain chain, std::uint64_t id, const Snapshot& snapshot, const Visit& visit)
        const;

    // The events named in a link chain or the facts in a fact chain, oldest first, of events in the
    // snapshot.
    [[nodiscard]] std::vector<FactIndex> facts_of(
        Chain chain, std::uint64_t id, const Snapshot& snapshot
    ) const;
    [[nodiscard]] std::vector<EventIndex> events_of(
        Chain chain, std::uint64_t id, const Snapshot& snapshot
    ) const;

    [[nodiscard]] std::vector<VehicleId> vehicles_of(const EventRow& event) const;
    [[nodiscard]] std::vector<PersonId> people_of(const EventRow& event) const;
    [[nodiscard]] std::vector<PaperId> papers_of(const EventRow& event) const;
    [[nodiscard]] std::vector<PaperId> linking_papers_of(const EventRow& event) const;
    // Calls visit(id) for each, without making a list.
    template <typename Visit>
    void visit_vehicles(const EventRow& event, const Visit& visit) const;
    template <typename Visit>
    void visit_people(const EventRow& event, const Visit& visit) const;
    template <typename Visit>
    void visit_linking_papers(const EventRow& event, const Visit& visit) const;
    [[nodiscard]] bool names_item(const EventRow& event, ItemId item) const noexcept;
    [[nodiscard]] std::vector<FactMapping> mappings_of(const EventRow& event) const;

    // docs/tracing.md section 1: known as of `as_of`, not void, not a double, no declaration.
    // `index` is in the snapshot. O(1), save for equal content whose first record is void.
    [[nodiscard]] bool is_effective(
        EventIndex index, model::MicrosUtc as_of, const Snapshot& snapshot
    ) const {
        return (as_of >= snapshot.record_time && !is_odd(index)) ||
               is_effective_in_doubt(index, as_of, snapshot);
    }

    // Whether there may be more to an event than its facts: it is a declaration, a version in
    // conflict, declared wrong, or has an equal. False for nearly all, and told without a look at
    // the event.
    [[nodiscard]] bool is_odd(EventIndex index) const noexcept {
        const std::uint64_t bits = odd_events_[index / 64].load(std::memory_order_relaxed);
        return ((bits >> (index % 64)) & 1U) != 0;
    }

    [[nodiscard]] model::TimeInterval time_of(const FactRow& row) const noexcept {
        return row.is_exact != 0 ? model::exactly(row.first) : events_[row.event].time;
    }

    // Bytes held, room made ahead included.
    [[nodiscard]] std::size_t memory_bytes() const noexcept;

private:
    struct Link {
        std::uint32_t id = 0;
        EventIndex event = 0;
        std::uint32_t previous = 0;  // place + 1 in the same chain; 0 ends it
    };

    // The fact before this one in each chain but the item's, from kOther on, place + 1.
    struct FactLinks {
        std::array<std::uint32_t, 5> previous = {};
    };

    // What may take an event out of the count: zeros for nearly all.
    struct Standing {
        std::atomic<std::uint32_t> voided_by = 0;  // first declaration of the identity, place + 1
        std::uint32_t first_twin = 0;              // oldest record of equal content, place + 1
    };

    struct EventLinks {
        std::uint32_t previous_of_process = 0;
        std::uint32_t previous_of_identity = 0;
        std::uint32_t previous_of_content = 0;
    };

    using Heads = ChunkedArray<std::atomic<std::uint32_t>>;

    [[nodiscard]] std::uint32_t head(Chain chain, std::uint64_t id) const noexcept;
    // Makes `place` (place + 1) the head of a chain, after noting the former one in `previous`.
    void push(Chain chain, std::uint64_t id, std::uint32_t place, std::uint32_t& previous);
    void append_fact(const Fact& fact, EventIndex event, const model::TimeInterval& time);
    void append_links(const FlowEvent& event, EventRow& row);
    void append_mappings(const FlowEvent& event, EventRow& row);
    void append_standing(const FlowEvent& event, EventIndex index);

    void mark_odd(EventIndex index) noexcept {
        odd_events_[index / 64].fetch_or(
            std::uint64_t{1} << (index % 64), std::memory_order_relaxed
        );
    }

    [[nodiscard]] std::uint32_t event_link(Chain chain, EventIndex index) const noexcept;
    [[nodiscard]] bool is_void(EventIndex index, model::MicrosUtc as_of, const Snapshot& at) const;
    [[nodiscard]] bool is_effective_in_doubt(
        EventIndex index, model::MicrosUtc as_of, const Snapshot& snapshot
    ) const;
    template <typename Id>
    [[nodiscard]] std::vector<Id> links_of(std::uint32_t first, std::uint32_t count) const;

    // Place + 1 of the fact before `index` in a chain.
    [[nodiscard]] std::uint32_t previous_fact(Chain chain, FactIndex index) const noexcept {
        return chain == Chain::kItem
                   ? facts_[index].previous_of_item
                   : fact_links_[index].previous[static_cast<std::size_t>(chain) - 1];
    }

    ChunkedArray<EventRow> events_;
    ChunkedArray<EventLinks> event_links_;
    ChunkedArray<Standing> standings_;
    ChunkedArray<std::atomic<std::uint64_t>>
        odd_events_;  // a bit an event: small enough to stay in cache
    ChunkedArray<FactRow> facts_;
    ChunkedArray<FactLinks> fact_links_;
    ChunkedArray<Link> links_;
    ChunkedArray<std::uint32_t> mapping_words_;
    ChunkedArray<std::uint8_t> item_kinds_;  // CodeKind + 1; 0: never declared
    std::array<Heads, kChainCount> heads_;

    std::uint32_t fact_count_ = 0;                // the writer's
    std::uint32_t link_count_ = 0;                // the writer's
    std::uint32_t mapping_count_ = 0;             // the writer's
    std::atomic<std::uint32_t> event_count_ = 0;  // published last
    std::atomic<std::uint64_t> log_index_ = 0;
};

template <typename Visit>
void EventGraph::visit_facts(
    Chain chain, std::uint64_t id, const Snapshot& snapshot, const Visit& visit
) const {
    for (std::uint32_t place = head(chain, id); place != 0;) {
        const FactRow& row = facts_[place - 1];
        if (row.event < snapshot.event_count) {
            visit(FactIndex{place - 1}, row);
        }
        place = previous_fact(chain, place - 1);
    }
}

template <typename Visit>
void EventGraph::visit_vehicles(const EventRow& event, const Visit& visit) const {
    for (std::uint32_t link = 0; link < event.vehicle_count; ++link) {
        visit(VehicleId(links_[event.first_link + link].id));
    }
}

template <typename Visit>
void EventGraph::visit_people(const EventRow& event, const Visit& visit) const {
    for (std::uint32_t link = 0; link < event.person_count; ++link) {
        visit(PersonId(links_[event.first_link + event.vehicle_count + link].id));
    }
}

template <typename Visit>
void EventGraph::visit_linking_papers(const EventRow& event, const Visit& visit) const {
    const std::uint32_t first =
        event.first_link + event.vehicle_count + event.person_count + event.paper_count;
    for (std::uint32_t link = 0; link < event.linking_paper_count; ++link) {
        visit(PaperId(links_[first + link].id));
    }
}

}  // namespace suyuan::graph
