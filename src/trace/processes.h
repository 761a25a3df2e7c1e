// SPDX-License-Identifier: Apache-2.0
//
// What was made from what: docs/tracing.md section 4.

#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "trace/flows.h"
#include "trace/id_map.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {

// The inputs and outputs of one process, arranged so that a move costs no more than itself: who
// asks about one input does not walk over outputs that were made without it.
class Process {
public:
    Process(Flows& flows, const std::vector<graph::EventIndex>& events);

    [[nodiscard]] bool has_inputs() const noexcept { return !inputs_.empty(); }

    // Calls visit(const FlowMove&) for the moves from an input (to an output) fact of this process.
    template <typename Visit>
    void visit_from(const TimedFact& input, const Visit& visit) const {
        for (const std::uint32_t output : unmapped_outputs_) {  // latest end first
            if (!is_continuous_ && outputs_[output].fact.key.last < input.key.first) {
                break;
            }
            visit(make_move(input, outputs_[output], settled(outputs_[output].fact)));
        }
        for (const std::uint32_t output : mapped_from(input)) {
            if (is_in_time(input, outputs_[output].fact)) {
                visit(make_move(input, outputs_[output], settled(outputs_[output].fact)));
            }
        }
    }

    template <typename Visit>
    void visit_to(const TimedFact& fact, const Visit& visit) const {
        const Output& output = *output_of(fact);
        if (!output.is_mapped) {
            for (const TimedFact& input : inputs_) {  // earliest begin first
                if (!is_continuous_ && fact.key.last < input.key.first) {
                    break;
                }
                visit(make_move(input, output, fact));
            }
            return;
        }
        for (const std::uint32_t place : mapped_to(output)) {
            if (is_in_time(inputs_[place], fact)) {
                visit(make_move(inputs_[place], output, fact));
            }
        }
    }

private:
    struct Output {
        TimedFact fact;
        bool is_mapped = false;
    };

    struct MappedInput {
        graph::ItemId input;
        std::uint32_t output = 0;

        friend auto operator<=>(const MappedInput&, const MappedInput&) noexcept = default;
    };

    void collect(Flows& flows, graph::EventIndex event);
    void arrange();

    [[nodiscard]] bool is_in_time(const TimedFact& input, const TimedFact& output) const noexcept {
        return is_continuous_ || input.key.first <= output.key.last;
    }

    // An output as it stands in its item's flow.
    [[nodiscard]] TimedFact settled(const TimedFact& output) const;
    // `made`: the output's fact, settled.
    [[nodiscard]] FlowMove make_move(
        const TimedFact& input, const Output& output, const TimedFact& made
    ) const noexcept;
    // Places of the outputs (inputs) that mappings bind to an input (output), each once.
    [[nodiscard]] std::vector<std::uint32_t> mapped_from(const TimedFact& input) const;
    [[nodiscard]] std::vector<std::uint32_t> mapped_to(const Output& output) const;
    [[nodiscard]] const Output* output_of(const TimedFact& fact) const noexcept;

    Flows* flows_;
    bool is_continuous_ = false;
    bool is_many_to_many_ = false;
    std::vector<TimedFact> inputs_;  // by first moment
    // An inherited one also by the item whose own fact it is.
    std::vector<std::pair<graph::ItemId, std::uint32_t>> inputs_by_item_;
    std::vector<Output> outputs_;                  // by event and place
    std::vector<std::uint32_t> unmapped_outputs_;  // by last moment, latest first
    std::vector<MappedInput> mapped_inputs_;       // ascending
    std::vector<std::pair<std::uint32_t, graph::ItemId>> inputs_of_outputs_;  // the same by output
};

// Lifetime: borrows the flows.
class Processes {
public:
    explicit Processes(Flows& flows) : flows_(flows) {}

    // Of an event with inputs or outputs.
    [[nodiscard]] const Process& of(graph::EventIndex event);

private:
    Flows& flows_;
    std::deque<Process> processes_;
    IdMap process_of_id_;
};

}  // namespace suyuan::trace
