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

// A movement that an earlier one would have told already, if it were not for papers or for what
// stands between.
bool leaves_once_more(const ItemStory& story, const Told& later) {
    return std::ranges::any_of(story.facts, [&](const Told* earlier) {
        const Fact& a = *earlier->fact;
        const Fact& b = *later.fact;
        return earlier->moment() < later.moment() && a.kind == b.kind && a.owner == b.owner &&
               a.site == b.site && a.step != b.step && a.step != graph::Step::kNone &&
               b.step != graph::Step::kNone && agree_where_known(a.peer_owner, b.peer_owner) &&
               agree_where_known(a.peer_site, b.peer_site);
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
        note_if(told->made_since.has_value(), "steps: a label before the goods");
        note_if(
            world.is_individual(story.item) && fact.kind == FactKind::kDepart &&
                leaves_once_more(story, *told),
            "steps: a thing leaves once more"
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
        note_if(stay.is_doubtful, "container: perhaps part unpacked");
    }
    for (const OwnMove& own : story.moves) {
        note_if(
            own.move.kind == trace::MoveKind::kShipment && is_of_others(own),
            "shipment: owner by default beside a named one"
        );
    }
}

}  // namespace suyuan::property
