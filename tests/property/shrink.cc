// SPDX-License-Identifier: Apache-2.0

#include "tests/property/shrink.h"

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "tests/property/world.h"

namespace suyuan::property {
namespace {

using Differs = std::function<bool(const World&)>;

// Tries the world with one thing changed; keeps it if it still differs.
bool try_change(
    World& world, const Differs& still_differs, const std::function<void(World&)>& change
) {
    World changed = world;
    change(changed);
    if (changed.events == world.events || !still_differs(changed)) {
        return false;
    }
    world = std::move(changed);
    return true;
}

bool drop_events(World& world, const Differs& still_differs) {
    bool has_dropped = false;
    for (std::size_t i = world.events.size(); i-- > 0;) {
        has_dropped |= try_change(world, still_differs, [i](World& changed) {
            changed.events.erase(changed.events.begin() + static_cast<std::ptrdiff_t>(i));
        });
    }
    return has_dropped;
}

bool drop_facts(World& world, const Differs& still_differs) {
    bool has_dropped = false;
    for (std::size_t i = 0; i < world.events.size(); ++i) {
        for (std::size_t j = world.events[i].facts.size(); j-- > 0;) {
            has_dropped |= try_change(world, still_differs, [i, j](World& changed) {
                auto& facts = changed.events[i].facts;
                facts.erase(facts.begin() + static_cast<std::ptrdiff_t>(j));
            });
        }
    }
    return has_dropped;
}

bool drop_details(World& world, const Differs& still_differs) {
    const std::vector<std::function<void(graph::FlowEvent&)>> changes = {
        [](graph::FlowEvent& event) { event.vehicles.clear(); },
        [](graph::FlowEvent& event) { event.people.clear(); },
        [](graph::FlowEvent& event) { event.linking_papers.clear(); },
        [](graph::FlowEvent& event) { event.papers.clear(); },
        [](graph::FlowEvent& event) { event.mappings.clear(); },
        [](graph::FlowEvent& event) { event.custodian = graph::OperatorId(); },
        [](graph::FlowEvent& event) { event.process = graph::ProcessId(); },
        [](graph::FlowEvent& event) { event.is_continuous = false; },
        [](graph::FlowEvent& event) { event.is_conflict = false; },
        [](graph::FlowEvent& event) { event.content = 0; },
        [](graph::FlowEvent& event) { event.identity = 0; },
        [](graph::FlowEvent& event) {
            for (graph::Fact& fact : event.facts) {
                fact.has_quantity = false;
                fact.millionths = 0;
                fact.unit = graph::UnitId();
            }
        },
        [](graph::FlowEvent& event) {
            for (graph::Fact& fact : event.facts) {
                fact.owner_is_stated = false;
            }
        },
        [](graph::FlowEvent& event) {
            for (graph::Fact& fact : event.facts) {
                fact.is_observed = false;
            }
        },
        [](graph::FlowEvent& event) {
            for (graph::Fact& fact : event.facts) {
                fact.step = graph::Step::kNone;
            }
        },
    };
    bool has_dropped = false;
    for (std::size_t i = 0; i < world.events.size(); ++i) {
        for (const auto& change : changes) {
            has_dropped |= try_change(world, still_differs, [&](World& changed) {
                change(changed.events[i]);
            });
        }
    }
    return has_dropped;
}

}  // namespace

World shrink(const World& world, const Differs& still_differs) {
    World small = world;
    bool has_dropped = true;
    while (has_dropped) {
        has_dropped = drop_events(small, still_differs);
        has_dropped |= drop_facts(small, still_differs);
        has_dropped |= drop_details(small, still_differs);
    }
    return small;
}

}  // namespace suyuan::property
