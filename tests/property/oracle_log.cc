// SPDX-License-Identifier: Apache-2.0

#include "tests/property/oracle_log.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/world.h"

namespace suyuan::property {
namespace {

using graph::FlowEvent;

bool is_known(const FlowEvent& event, model::MicrosUtc as_of) {
    return event.record_time <= as_of;
}

bool is_void(const World& world, const FlowEvent& event, model::MicrosUtc as_of) {
    return std::ranges::any_of(world.events, [&](const FlowEvent& other) {
        return other.is_error_declaration && is_known(other, as_of) && event.identity != 0 &&
               other.identity == event.identity;
    });
}

// In log order, so that whether an earlier record is a double is settled when a later one asks.
std::vector<bool> find_effective(const World& world, model::MicrosUtc as_of) {
    std::vector<bool> is_effective(world.events.size(), false);
    for (std::size_t i = 0; i < world.events.size(); ++i) {
        const FlowEvent& event = world.events[i];
        if (event.is_error_declaration || !is_known(event, as_of) || is_void(world, event, as_of)) {
            continue;
        }
        bool is_double = false;
        for (std::size_t j = 0; j < i; ++j) {
            const FlowEvent& earlier = world.events[j];
            is_double = is_double ||
                        (is_effective[j] && event.content != 0 &&
                         earlier.content == event.content && earlier.submitter != event.submitter);
        }
        is_effective[i] = !is_double;
    }
    return is_effective;
}

}  // namespace

bool possibly_in_order(const model::TimeInterval& earlier, const model::TimeInterval& later) {
    return earlier.first <= later.last;
}

bool certainly_in_order(const model::TimeInterval& earlier, const model::TimeInterval& later) {
    return earlier.last <= later.first;
}

bool is_at_a_position(const graph::Fact& fact) {
    return fact.kind != graph::FactKind::kBlock && fact.kind != graph::FactKind::kRelease &&
           fact.kind != graph::FactKind::kSameAs && fact.kind != graph::FactKind::kNotSameAs;
}

bool names(const graph::FlowEvent& event, graph::ItemId item) {
    return std::ranges::any_of(event.facts, [&](const graph::Fact& fact) {
        return fact.item == item || fact.other == item;
    });
}

Log::Log(const World& world, model::MicrosUtc as_of) : world_(&world) {
    const std::vector<bool> is_effective = find_effective(world, as_of);
    for (std::size_t i = 0; i < world.events.size(); ++i) {
        const FlowEvent& event = world.events[i];
        if (is_known(event, as_of)) {
            cut_off_ = std::max(cut_off_, event.record_time);
        }
        if (!is_effective[i]) {
            continue;
        }
        const auto index = static_cast<graph::EventIndex>(i);
        records_.push_back(index);
        for (std::size_t place = 0; place < event.facts.size(); ++place) {
            facts_.push_back({index, &event, &event.facts[place], place});
        }
    }
    std::ranges::sort(facts_, [](const Told& a, const Told& b) { return a.moment() < b.moment(); });
}

}  // namespace suyuan::property
