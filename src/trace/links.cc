// SPDX-License-Identifier: Apache-2.0

#include "trace/links.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "graph/event_graph.h"
#include "graph/fact.h"
#include "trace/answer.h"
#include "trace/item_flow.h"
#include "trace/positions.h"
#include "trace/view.h"

namespace suyuan::trace {
namespace {

using graph::FactKind;
using graph::ItemId;

// A claim about this item and another, or one that takes it back.
struct Claim {
    ItemId other;
    graph::EventIndex event = 0;
    bool is_taken_back = false;
};

Spot spot_of_fact(const TimedFact& fact) noexcept {
    return {fact.fact.owner, fact.fact.site};
}

std::vector<SameThing> claims_that_hold(std::vector<Claim> claims) {
    std::ranges::sort(claims, {}, [](const Claim& claim) {
        return std::pair(claim.other, claim.event);
    });
    std::vector<SameThing> same;
    for (auto claim = claims.begin(); claim != claims.end();) {
        const ItemId other = claim->other;
        graph::EventIndex last_denial = 0;
        bool is_denied = false;
        const auto begin = claim;
        for (; claim != claims.end() && claim->other == other; ++claim) {
            if (claim->is_taken_back) {
                last_denial = claim->event;
                is_denied = true;
            }
        }
        const auto holds = std::find_if(begin, claim, [&](const Claim& entry) {
            return !entry.is_taken_back && (!is_denied || entry.event >= last_denial);
        });
        if (holds != claim) {
            same.push_back({other, holds->event});
        }
    }
    return same;
}

}  // namespace

ItemLinks find_links(const View& view, const ItemFlow& flow) {
    ItemLinks links;
    std::vector<Claim> claims;
    const auto note = [&](const graph::Fact& fact, ItemId other, graph::EventIndex event) {
        const bool is_claim = fact.kind == FactKind::kSameAs;
        if ((is_claim || fact.kind == FactKind::kNotSameAs) && other != flow.item) {
            claims.push_back({other, event, !is_claim});
        }
    };
    if (flow.has_claims) {
        for (const TimedFact& fact : flow.facts) {
            note(fact.fact, fact.fact.other, fact.event());
        }
    }
    view.visit_facts(
        graph::Chain::kOther,
        flow.item.value(),
        [&](const graph::FactRow& row, graph::FactIndex index) {
            note(row.fact, row.fact.item, row.event);
            if (row.fact.kind == FactKind::kPartOf) {
                links.instances.push_back(view.timed(row, index));
            }
        }
    );
    if (!claims.empty()) {
        links.same = claims_that_hold(std::move(claims));
    }
    std::ranges::sort(links.instances, {}, [](const TimedFact& fact) {
        return std::pair(spot_of_fact(fact), fact.key);
    });
    return links;
}

FlowMove same_as_move(const Position& from, const SameThing& to) noexcept {
    FlowMove made;
    made.move.from = from;
    made.move.to = {to.item, from.owner, from.site};
    made.move.kind = MoveKind::kSameAs;
    made.move.is_timeless = true;
    made.move.leaving_event = to.event;
    made.move.arriving_event = to.event;
    return made;
}

FlowMove part_of_move(const TimedFact& part) noexcept {
    FlowMove made;
    made.move.to = part.position();
    made.move.from = {part.fact.other, part.fact.owner, part.fact.site};
    made.move.kind = MoveKind::kPartOf;
    made.move.leave = part.time();
    made.move.arrive = part.time();
    made.move.leaving_event = part.event();
    made.move.arriving_event = part.event();
    made.leaving_place = part.key.place;
    made.arriving_place = part.key.place;
    return made;
}

const ItemLinks& Links::of(NodeIndex node) {
    const std::uint32_t item = positions_.item_of(node);
    if (item >= links_.size()) {
        links_.resize(positions_.item_count());
    }
    if (links_[item] == nullptr) {
        links_[item] = std::make_unique<ItemLinks>(
            find_links(positions_.flows().view(), positions_.flow_of(node))
        );
    }
    return *links_[item];
}

std::span<const TimedFact> Links::instances_at(NodeIndex node) {
    const std::vector<TimedFact>& instances = of(node).instances;
    const auto here =
        std::ranges::equal_range(instances, spot_of(positions_.at(node)), {}, &spot_of_fact);
    return {here.begin(), here.end()};
}

}  // namespace suyuan::trace
