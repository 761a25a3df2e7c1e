// SPDX-License-Identifier: Apache-2.0

#include "tests/property/wrong_engines.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "model/instant.h"
#include "tests/property/world.h"
#include "trace/question.h"

namespace suyuan::property {
namespace {

graph::Fact as_process(graph::Fact fact, graph::FactKind kind, graph::ItemId item) {
    fact.kind = kind;
    fact.item = item;
    fact.other = graph::ItemId();
    return fact;
}

void flow(
    const graph::Fact& fact, graph::ItemId from, graph::ItemId to, std::vector<graph::Fact>& facts
) {
    facts.push_back(as_process(fact, graph::FactKind::kInput, from));
    facts.push_back(as_process(fact, graph::FactKind::kOutput, to));
}

}  // namespace

World without_times(World world) {
    for (graph::FlowEvent& event : world.events) {
        event.time = model::TimeInterval();
    }
    return world;
}

World with_containers_as_places(World world) {
    std::map<graph::ItemId, std::set<graph::ItemId>> contents;
    for (graph::FlowEvent& event : world.events) {
        std::vector<graph::Fact> facts;
        for (const graph::Fact& fact : event.facts) {
            switch (fact.kind) {
                case graph::FactKind::kPack:
                    contents[fact.other].insert(fact.item);
                    flow(fact, fact.item, fact.other, facts);
                    break;
                case graph::FactKind::kUnpack:
                    flow(fact, fact.other, fact.item, facts);
                    break;
                case graph::FactKind::kUnpackAll:
                    for (const graph::ItemId child : contents[fact.item]) {
                        flow(fact, fact.item, child, facts);
                    }
                    break;
                default:
                    facts.push_back(fact);
                    break;
            }
        }
        event.facts = std::move(facts);
    }
    return world;
}

trace::Question without_as_of(trace::Question question) {
    question.as_of = model::kEndOfTime;
    return question;
}

}  // namespace suyuan::property
