// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md sections 1 and 2, read word by word: which records count, and the order by time.

#pragma once

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/world.h"
#include "trace/answer.h"

namespace suyuan::property {

// A place in the order by time. Facts stand at their place in their event from 1 on, rides at 0.
struct Moment {
    model::TimeInterval time;
    std::uint64_t log_index = 0;
    std::size_t place = 0;

    [[nodiscard]] auto key() const { return std::tuple(time.first, time.last, log_index, place); }

    friend bool operator<(const Moment& a, const Moment& b) { return a.key() < b.key(); }
};

// A fact of an effective record.
struct Told {
    graph::EventIndex index = 0;
    const graph::FlowEvent* event = nullptr;
    const graph::Fact* fact = nullptr;
    std::size_t place = 0;

    [[nodiscard]] const model::TimeInterval& time() const { return event->time; }

    [[nodiscard]] Moment moment() const { return {event->time, event->log_index, place + 1}; }

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

[[nodiscard]] bool names(const graph::FlowEvent& event, graph::ItemId item);

// What is known as of a record time. Lifetime: the world outlives it.
class Log {
public:
    Log(const World& world, model::MicrosUtc as_of);

    [[nodiscard]] const World& world() const { return *world_; }

    // Every fact of every effective record, by time.
    [[nodiscard]] const std::vector<Told>& facts() const { return facts_; }

    // Places of the effective records, in log order.
    [[nodiscard]] const std::vector<graph::EventIndex>& records() const { return records_; }

    [[nodiscard]] const graph::FlowEvent& event(graph::EventIndex index) const {
        return world_->events.at(index);
    }

    // Greatest record time known; 0 if nothing is.
    [[nodiscard]] model::MicrosUtc cut_off() const { return cut_off_; }

private:
    const World* world_;
    std::vector<Told> facts_;
    std::vector<graph::EventIndex> records_;
    model::MicrosUtc cut_off_ = 0;
};

}  // namespace suyuan::property
