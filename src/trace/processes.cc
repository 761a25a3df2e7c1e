// SPDX-License-Identifier: Apache-2.0

#include "trace/processes.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/sort_unique.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "trace/answer.h"
#include "trace/flows.h"
#include "trace/inherited.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;
using graph::ItemId;

// One (output, input) pair of an event's mappings; an input of 0 says that the output is mapped at
// all.
using MappedPair = std::pair<ItemId, ItemId>;

std::vector<MappedPair> mapped_pairs(const graph::EventGraph& graph, graph::EventIndex event) {
    std::vector<MappedPair> pairs;
    for (const graph::FactMapping& mapping : graph.mappings_of(graph.event(event))) {
        pairs.emplace_back(mapping.output, ItemId());
        for (const ItemId input : mapping.inputs) {
            pairs.emplace_back(mapping.output, input);
        }
    }
    sort_unique(pairs);
    return pairs;
}

}  // namespace

Process::Process(Flows& flows, const std::vector<graph::EventIndex>& events) : flows_(&flows) {
    for (const graph::EventIndex event : events) {
        collect(flows, event);
    }
    arrange();
}

void Process::collect(Flows& flows, graph::EventIndex event) {
    const View& view = flows.view();
    is_continuous_ = is_continuous_ || view.graph().event(event).is_continuous;
    const std::vector<MappedPair> pairs = mapped_pairs(view.graph(), event);
    const std::vector<TimedFact> facts = view.facts_of_event(event);
    for (const TimedFact& fact : facts) {
        if (fact.fact.kind == FactKind::kInput) {
            inputs_.push_back(fact);
        } else if (fact.fact.kind == FactKind::kOutput) {
            const auto place = static_cast<std::uint32_t>(outputs_.size());
            const auto named =
                std::ranges::equal_range(pairs, fact.fact.item, {}, &MappedPair::first);
            outputs_.push_back({fact, !named.empty()});
            for (const MappedPair& pair : named) {
                if (pair.second.value() != 0) {
                    mapped_inputs_.push_back({pair.second, place});
                    inputs_of_outputs_.emplace_back(place, pair.second);
                }
            }
        }
    }
    // What is in the containers that go in goes in too.
    for (const TimedFact& fact : inherited_by(flows, event, facts)) {
        if (fact.fact.kind == FactKind::kInput) {
            inputs_.push_back(fact);
        }
    }
}

void Process::arrange() {
    std::ranges::sort(inputs_, {}, [](const TimedFact& input) {
        return std::pair(input.key, input.fact.item);
    });
    for (std::uint32_t place = 0; place < inputs_.size(); ++place) {
        const TimedFact& input = inputs_[place];
        inputs_by_item_.emplace_back(input.fact.item, place);
        if (input.is_inherited) {
            inputs_by_item_.emplace_back(input.fact.other, place);
        }
    }
    std::ranges::sort(inputs_by_item_);
    for (std::uint32_t place = 0; place < outputs_.size(); ++place) {
        if (!outputs_[place].is_mapped) {
            unmapped_outputs_.push_back(place);
        }
    }
    std::ranges::sort(unmapped_outputs_, std::ranges::greater(), [&](std::uint32_t place) {
        return std::pair(outputs_[place].fact.key.last, place);
    });
    std::ranges::sort(mapped_inputs_);
    const auto has_several_items = [](const auto& facts, const auto& item_of) {
        return std::ranges::any_of(facts, [&](const auto& fact) {
            return item_of(fact) != item_of(facts.front());
        });
    };
    is_many_to_many_ =
        has_several_items(inputs_, [](const TimedFact& fact) { return fact.fact.item; }) &&
        has_several_items(outputs_, [](const Output& output) { return output.fact.fact.item; });
}

TimedFact Process::settled(const TimedFact& output) const {
    return flows_->of(output.fact.item).as_settled(output);
}

FlowMove Process::make_move(const TimedFact& input, const Output& output, const TimedFact& made)
    const noexcept {
    FlowMove entry;
    Move& move = entry.move;
    move.kind = MoveKind::kProcess;
    move.from = input.position();
    move.to = made.position();
    move.leave = input.time();
    move.arrive = made.key.last < input.key.first ? input.time() : made.time();
    const bool is_in_order = input.event() == made.event() || input.key.last <= made.key.first;
    move.is_certain = is_in_order && !input.is_doubtful;
    move.is_all_to_all = is_many_to_many_ && !output.is_mapped;
    move.leaving_event = input.event();
    move.arriving_event = made.event();
    entry.leaving_place = input.key.place;
    entry.arriving_place = made.key.place;
    return entry;
}

std::vector<std::uint32_t> Process::mapped_from(const TimedFact& input) const {
    std::vector<std::uint32_t> places;
    const auto add_of = [&](ItemId item) {
        for (const MappedInput& mapped :
             std::ranges::equal_range(mapped_inputs_, item, {}, &MappedInput::input)) {
            places.push_back(mapped.output);
        }
    };
    add_of(input.fact.item);
    if (input.is_inherited) {
        add_of(input.fact.other);
    }
    sort_unique(places);
    return places;
}

std::vector<std::uint32_t> Process::mapped_to(const Output& output) const {
    const auto place = static_cast<std::uint32_t>(&output - outputs_.data());
    std::vector<std::uint32_t> places;
    for (const auto& [of, item] : std::ranges::equal_range(
             inputs_of_outputs_, place, {}, &std::pair<std::uint32_t, ItemId>::first
         )) {
        for (const auto& [named, input] : std::ranges::equal_range(
                 inputs_by_item_, item, {}, &std::pair<ItemId, std::uint32_t>::first
             )) {
            places.push_back(input);
        }
    }
    sort_unique(places);
    return places;
}

const Process::Output* Process::output_of(const TimedFact& fact) const noexcept {
    const auto found = std::ranges::lower_bound(
        outputs_,
        std::pair(fact.event(), fact.key.place),
        {},
        [](const Output& output) { return std::pair(output.fact.event(), output.fact.key.place); }
    );
    return &*found;
}

const Process& Processes::of(graph::EventIndex event) {
    const View& view = flows_.view();
    const graph::ProcessId process = view.graph().event(event).process;
    constexpr std::uint64_t kEventAlone = std::uint64_t{1} << 32;
    const std::uint64_t id =
        process.value() == 0 ? kEventAlone | event : std::uint64_t{process.value()};
    const auto place = static_cast<std::uint32_t>(processes_.size());
    const std::uint32_t known = process_of_id_.insert(id, place);
    if (known != place) {
        return processes_[known];
    }
    const std::vector<graph::EventIndex> events =
        process.value() == 0 ? std::vector{event}
                             : view.events_of(graph::Chain::kProcess, process.value());
    return processes_.emplace_back(flows_, events);
}

}  // namespace suyuan::trace
