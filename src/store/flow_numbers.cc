// SPDX-License-Identifier: Apache-2.0

#include "store/flow_numbers.h"

#include <cstdint>
#include <vector>

#include "base/assert.h"
#include "graph/fact.h"

namespace suyuan::store {
namespace {

template <typename Id>
Id number_of(Id place, const std::vector<std::uint32_t>& numbers) {
    if (place.value() == 0) {
        return place;
    }
    SUYUAN_ASSERT(place.value() <= numbers.size());
    return Id(numbers[place.value() - 1]);
}

template <typename Id>
void renumber_all(std::vector<Id>& places, const std::vector<std::uint32_t>& numbers) {
    for (Id& place : places) {
        place = number_of(place, numbers);
    }
}

}  // namespace

void renumber(graph::FlowEvent& event, const FlowNumbers& numbers) {
    event.process = number_of(event.process, numbers.processes);
    event.custodian = number_of(event.custodian, numbers.operators);
    for (graph::Fact& fact : event.facts) {
        fact.item = number_of(fact.item, numbers.items);
        fact.other = number_of(fact.other, numbers.items);
        fact.owner = number_of(fact.owner, numbers.operators);
        fact.site = number_of(fact.site, numbers.sites);
        fact.peer_owner = number_of(fact.peer_owner, numbers.operators);
        fact.peer_site = number_of(fact.peer_site, numbers.sites);
        fact.unit = number_of(fact.unit, numbers.units);
    }
    for (graph::FactMapping& mapping : event.mappings) {
        mapping.output = number_of(mapping.output, numbers.items);
        renumber_all(mapping.inputs, numbers.items);
    }
    renumber_all(event.vehicles, numbers.vehicles);
    renumber_all(event.people, numbers.people);
    renumber_all(event.papers, numbers.papers);
    renumber_all(event.linking_papers, numbers.papers);
}

}  // namespace suyuan::store
