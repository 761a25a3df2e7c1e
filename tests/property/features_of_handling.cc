// SPDX-License-Identifier: Apache-2.0

#include "tests/property/features_of_handling.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "graph/fact.h"
#include "tests/property/oracle_item.h"
#include "tests/property/oracle_log.h"
#include "tests/property/world.h"
#include "trace/answer.h"

namespace suyuan::property {
namespace {

using graph::Fact;
using graph::FactKind;

bool starts_a_stay(const ItemStory& story, const Told& pack) {
    return std::ranges::any_of(story.stays, [&](const Stay& stay) { return stay.pack == &pack; });
}

bool came_before_with_its_container(const ItemStory& story, const Told& arrival) {
    return std::ranges::any_of(story.moves, [&](const OwnMove& own) {
        return story.came_with(arrival, own) && !story.came_by_its_event(arrival, own);
    });
}

bool is_of_others(const OwnMove& shipment) {
    const Fact& sent = *shipment.departure->fact;
    const Fact& came = *shipment.arrival->fact;
    return !agree_where_known(sent.peer_owner, came.owner) ||
           !agree_where_known(came.peer_owner, sent.owner);
}

}  // namespace

void note_handling(
    const World& world, const ItemStory& story, std::set<std::string_view>& features
) {
    const auto note_if = [&](bool holds, const char* feature) {
        if (holds) {
            features.insert(feature);
        }
    };
    for (const Told* told : story.facts) {
        const Fact& fact = *told->fact;
        const FactKind said = told->event->facts[told->place].kind;
        const bool is_repeat = !told->is_inherited() && said != fact.kind;
        note_if(is_repeat && said == FactKind::kCreate, "steps: a creation beside an output");
        note_if(is_repeat && said != FactKind::kCreate, "steps: a movement told again");
        note_if(
            fact.kind == FactKind::kArrive && came_before_with_its_container(story, *told),
            "steps: goods received after their container"
        );
        note_if(
            fact.kind == FactKind::kPack && fact.is_observed && !starts_a_stay(story, *told),
            "container: observed packing"
        );
        note_if(told->is_inherited(), "container: used up with contents");
        note_if(
            !world.is_individual(story.item) && fact.owner == graph::OperatorId() &&
                fact.site == graph::SiteId(),
            "neither owner nor site"
        );
    }
    for (const Told* told : story.inherited) {
        note_if(told->fact->kind == FactKind::kBlock, "block: of a container with contents");
    }
    for (const Stay& stay : story.stays) {
        note_if(stay.pack->fact->kind == FactKind::kUnpack, "container: part unpacked");
    }
    for (const OwnMove& own : story.moves) {
        note_if(
            own.move.kind == trace::MoveKind::kShipment && is_of_others(own),
            "shipment: owner by default beside a named one"
        );
    }
}

}  // namespace suyuan::property
