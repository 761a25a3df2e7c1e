// SPDX-License-Identifier: Apache-2.0

#include "tests/property/oracle_log.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/world.h"

namespace suyuan::property {
namespace {

using graph::Fact;
using graph::FactKind;
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

bool tells_of_moving(const Told& told) {
    return told.fact->kind == FactKind::kDepart || told.fact->kind == FactKind::kArrive;
}

// Section 3.0, first rule, but for papers and for what stands between the two.
bool tells_the_same_in_another_step(const Fact& earlier, const Fact& later) {
    return earlier.kind == later.kind && earlier.item == later.item &&
           earlier.owner == later.owner && earlier.site == later.site &&
           earlier.step != graph::Step::kNone && later.step != graph::Step::kNone &&
           earlier.step != later.step && agree_where_known(earlier.peer_owner, later.peer_owner) &&
           agree_where_known(earlier.peer_site, later.peer_site);
}

bool has_a_linking_paper(const Told& told) {
    return !told.event->linking_papers.empty();
}

using Places = std::set<std::size_t>;  // in the facts by time

bool handles(const Fact& fact) {
    return fact.kind == FactKind::kPack || fact.kind == FactKind::kUnpack ||
           fact.kind == FactKind::kUnpackAll || fact.kind == FactKind::kCreate ||
           fact.kind == FactKind::kInput || fact.kind == FactKind::kOutput ||
           fact.kind == FactKind::kSink;
}

// Whether something is done with what `later` is of, or with what is in it, between the two.
bool is_handled_between(
    const World& world, const std::vector<Told>& facts, std::size_t earlier, std::size_t later
) {
    const graph::ItemId thing = facts[later].fact->item;
    for (std::size_t i = earlier + 1; i < later; ++i) {
        const Told& told = facts[i];
        // As it was told: an output takes a create that stands before it whenever it comes.
        const Fact& as_told = world.events.at(told.index).facts.at(told.place);
        const bool is_another_event =
            told.index != facts[earlier].index && told.index != facts[later].index;
        if (is_another_event && handles(as_told) &&
            (as_told.item == thing || as_told.other == thing)) {
            return true;
        }
    }
    return false;
}

bool is_repeat(
    const World& world, const std::vector<Told>& facts, const Places& repeats, std::size_t later
) {
    // From the latest on: `is_next` until a fact of the item stands between the two.
    bool is_next = world.is_individual(facts[later].fact->item);
    for (std::size_t i = later; i-- > 0;) {
        const Told& earlier = facts[i];
        const bool is_of_item = earlier.fact->item == facts[later].fact->item;
        if (!is_of_item || !tells_of_moving(earlier) || repeats.contains(i)) {
            continue;
        }
        if (tells_the_same_in_another_step(*earlier.fact, *facts[later].fact) &&
            (share_a_linking_paper(*earlier.event, *facts[later].event) ||
             (is_next && !(has_a_linking_paper(earlier) && has_a_linking_paper(facts[later])) &&
              !is_handled_between(world, facts, i, later)))) {
            return true;
        }
        is_next = false;
    }
    return false;
}

// Section 3.0, second rule: what the output takes for the commissioning of what was made.
std::optional<std::size_t> commissioning_of(
    const Fact& output, const std::vector<Told>& facts, const Places& taken
) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const Fact& create = *facts[i].fact;
        const bool differs = create.has_quantity && output.has_quantity &&
                             create.unit == output.unit && create.millionths != output.millionths;
        if (create.kind == FactKind::kCreate && create.item == output.item &&
            create.owner == output.owner && create.site == output.site && !differs &&
            !taken.contains(i)) {
            return i;
        }
    }
    return std::nullopt;
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

bool share_a_linking_paper(const FlowEvent& a, const FlowEvent& b) {
    return std::ranges::any_of(a.linking_papers, [&](graph::PaperId paper) {
        return std::ranges::count(b.linking_papers, paper) > 0;
    });
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
    find_repeats();
}

void Log::find_repeats() {
    Places repeats;
    for (std::size_t i = 0; i < facts_.size(); ++i) {
        if (tells_of_moving(facts_[i]) && is_repeat(*world_, facts_, repeats, i)) {
            repeats.insert(i);
        }
        if (facts_[i].fact->kind == FactKind::kOutput) {
            const auto create = commissioning_of(*facts_[i].fact, facts_, repeats);
            if (create.has_value()) {
                repeats.insert(*create);
            }
        }
    }
    for (const std::size_t i : repeats) {
        graph::Fact sight = *facts_[i].fact;
        facts_[i].is_commissioning = sight.kind == FactKind::kCreate;
        sight.kind = FactKind::kSight;
        sights_.push_back(sight);
        facts_[i].fact = &sights_.back();
    }
}

}  // namespace suyuan::property
