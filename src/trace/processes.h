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
#include "trace/id_map.h"
#include "trace/item_flow.h"
#include "trace/view.h"

namespace suyuan::trace {

// The inputs and outputs of one process, arranged so that a move costs no more than itself: who
// asks about one input does not walk over outputs that were made without it.
class Process {
public:
    Process(const View& view, const std::vector<graph::EventIndex>& events);

    // Calls visit(const FlowMove&) for the moves from an input (to an output) fact of this process.
    template <typename Visit>
    void visit_from(const TimedFact& input, const Visit& visit) const {
        for (const std::uint32_t output : unmapped_outputs_) {  // latest end first
            if (!is_continuous_ && outputs_[output].fact.key.last < input.key.first) {
                break;
            }
            visit(make_move(input, outputs_[output]));
        }
        for (const MappedInput& mapped : mapped_from(input.fact.item)) {
            if (is_in_time(input, outputs_[mapped.output].fact)) {
                visit(make_move(input, outputs_[mapped.output]));
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
                visit(make_move(input, output));
            }
            return;
        }
        for (const graph::ItemId item : mapped_to(output)) {
            for (const std::uint32_t place : inputs_of(item)) {
                if (is_in_time(inputs_[place], fact)) {
                    visit(make_move(inputs_[place], output));
                }
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

    void collect(const View& view, graph::EventIndex event);
    void arrange();

    [[nodiscard]] bool is_in_time(const TimedFact& input, const TimedFact& output) const noexcept {
        return is_continuous_ || input.key.first <= output.key.last;
    }

    [[nodiscard]] FlowMove make_move(const TimedFact& input, const Output& output) const noexcept;
    [[nodiscard]] std::span<const MappedInput> mapped_from(graph::ItemId input) const noexcept;
    [[nodiscard]] std::vector<graph::ItemId> mapped_to(const Output& output) const;
    [[nodiscard]] std::span<const std::uint32_t> inputs_of(graph::ItemId item) const noexcept;
    [[nodiscard]] const Output* output_of(const TimedFact& fact) const noexcept;

    bool is_continuous_ = false;
    bool is_many_to_many_ = false;
    std::vector<TimedFact> inputs_;  // by first moment
    std::vector<std::uint32_t> inputs_by_item_;
    std::vector<Output> outputs_;                  // by event and place
    std::vector<std::uint32_t> unmapped_outputs_;  // by last moment, latest first
    std::vector<MappedInput> mapped_inputs_;       // ascending
    std::vector<std::pair<std::uint32_t, graph::ItemId>> inputs_of_outputs_;  // the same by output
};

// Lifetime: borrows the view.
class Processes {
public:
    explicit Processes(const View& view) : view_(view) {}

    // Of an event with inputs or outputs.
    [[nodiscard]] const Process& of(graph::EventIndex event);

private:
    const View& view_;
    std::deque<Process> processes_;
    IdMap process_of_id_;
};

}  // namespace suyuan::trace
