// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md sections 1 to 3.0, read word by word: which records count, the order by time, and
// what tells again of a happening that is told already.

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/world.h"
#include "trace/answer.h"

namespace suyuan::property {

// A place in the order by time. Facts stand at their place in their event from 1 on, rides at 0;
// inherited facts where the fact stands that they come from, by container.
struct Moment {
    model::TimeInterval time;
    std::uint64_t log_index = 0;
    std::size_t place = 0;
    graph::ItemId container = {};

    [[nodiscard]] auto key() const {
        return std::tuple(time.first, time.last, log_index, place, container);
    }

    friend bool operator<(const Moment& a, const Moment& b) { return a.key() < b.key(); }
};

// Which fact: of which record, at which place in it.
struct Source {
    graph::EventIndex index = 0;
    std::size_t place = 0;

    friend bool operator==(const Source&, const Source&) = default;
};

// A fact of an effective record, or one that an item inherits (3.2).
struct Told {
    graph::EventIndex index = 0;
    const graph::FlowEvent* event = nullptr;
    const graph::Fact* fact = nullptr;
    std::size_t place = 0;
    graph::ItemId inherited_from = {};   // the container that hands it on; none: the item's own
    graph::ItemId own_of = {};           // of an inherited one: whose own fact it is
    bool is_doubtful = false;            // of an inherited one
    bool is_late_departure = false;      // a sight: a later step of a departure
    std::optional<Source> repeats = {};  // what it repeats
    std::optional<model::MicrosUtc> made_since = {};  // of an output: its label tells of it earlier

    [[nodiscard]] model::TimeInterval time() const {
        return {made_since.value_or(event->time.first), event->time.last};
    }

    [[nodiscard]] Moment moment() const {
        return {time(), event->log_index, place + 1, inherited_from};
    }

    [[nodiscard]] bool is_inherited() const { return inherited_from != graph::ItemId(); }

    [[nodiscard]] trace::Position position() const { return {fact->item, fact->owner, fact->site}; }
};

template <typename Id>
[[nodiscard]] bool agree_where_known(Id a, Id b) {
    return a == Id() || b == Id() || a == b;
}

[[nodiscard]] bool possibly_in_order(
    const model::TimeInterval& earlier, const model::TimeInterval& later
);
[[nodiscard]] bool certainly_in_order(
    const model::TimeInterval& earlier, const model::TimeInterval& later
);

// Blocks, releases and same-as claims are at no position.
[[nodiscard]] bool is_at_a_position(const graph::Fact& fact);

// Something is done with the item, or with what is in it.
[[nodiscard]] bool is_handling(graph::FactKind kind);

[[nodiscard]] bool names(const graph::FlowEvent& event, graph::ItemId item);

[[nodiscard]] bool share_a_linking_paper(const graph::FlowEvent& a, const graph::FlowEvent& b);

// What is known as of a record time. Lifetime: the world outlives it.
class Log {
public:
    Log(const World& world, model::MicrosUtc as_of);
    Log(const Log&) = delete;  // facts point into it
    Log& operator=(const Log&) = delete;
    ~Log() = default;

    [[nodiscard]] const World& world() const { return *world_; }

    // Every fact of every effective record, by time; what tells again of a happening is a sight.
    [[nodiscard]] const std::vector<Told>& facts() const { return facts_; }

    // Places of the effective records, in log order.
    [[nodiscard]] const std::vector<graph::EventIndex>& records() const { return records_; }

    [[nodiscard]] const graph::FlowEvent& event(graph::EventIndex index) const {
        return world_->events.at(index);
    }

    // Greatest record time known; 0 if nothing is.
    [[nodiscard]] model::MicrosUtc cut_off() const { return cut_off_; }

private:
    void find_repeats();
    void find_commissionings();

    // What a movement said, and what the repeats of the step that came last say.
    struct Parts {
        graph::Fact original;
        std::vector<graph::Fact> tellings;
    };

    void complete(std::size_t first, std::size_t later, std::map<std::size_t, Parts>& parts);
    graph::Fact& mutable_copy(Told& told);
    void make_sight(Told& told);

    const World* world_;
    std::deque<graph::Fact> sights_;  // repeats, as everything later reads them
    std::vector<Told> facts_;
    std::vector<graph::EventIndex> records_;
    model::MicrosUtc cut_off_ = 0;
};

}  // namespace suyuan::property
