// SPDX-License-Identifier: Apache-2.0
//
// What of a trace a regulator may see: what lies in the territory, and the first step beyond.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/answer_cut.h"
#include "service/name_book.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {

// A region and all that lies in it, as far as an answer speaks of it. A place lies where its site
// is registered, else where its owner is; what is registered nowhere lies in no territory. An event
// lies where its first fact does, as its record does in the store. Regions are compared by their
// digits. Lifetime: borrows the graph.
class Territory final : public Border {
public:
    // Requires a book of places_of().
    Territory(policy::RegionCode region, NameBook places, const graph::EventGraph& graph);

    [[nodiscard]] bool holds(const trace::Position& position) const override;
    [[nodiscard]] bool knows(graph::EventIndex event) const override;

    // Who had it; of an owner that is at home here, the site elsewhere.
    [[nodiscard]] trace::Position edge_of(const trace::Position& beyond) const override;

    // Goods that become others on their way are told of only if both events are known.
    [[nodiscard]] bool tells(const trace::Move& crossing) const override;

    [[nodiscard]] bool holds_region(std::string_view code) const;
    // Whether somebody is registered here.
    [[nodiscard]] bool is_home_of(graph::OperatorId owner) const;

private:
    std::string prefix_;  // that the codes of its regions begin with
    NameBook places_;
    const graph::EventGraph& graph_;
};

// Every owner and site that an answer and the events behind its moves speak of, whoever asks. Fails
// as the store does.
[[nodiscard]] Result<NameBook> places_of(
    const policy::RequestContext& context,
    const store::Store& store,
    const graph::EventGraph& graph,
    const trace::Answer& answer
);

// The answer as far as the territory goes: its positions that the seeds there lead to without
// leaving it, with their stock, and the first step beyond as edges (answer_cut.h). Everything that
// is counted is counted over what is shown. A forward part of direction full starts where the back
// part ends or enters the territory. Empty parts: no seed lies here. Requires a graph that holds
// the answer's events.
[[nodiscard]] CutAnswer territory_view(
    const trace::Answer& answer,
    const Territory& territory,
    const graph::EventGraph& graph,
    const trace::Question& question
);

}  // namespace suyuan::service
