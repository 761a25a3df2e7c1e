// SPDX-License-Identifier: Apache-2.0
//
// docs/tracing.md section 3.2: what was in a container, and what is done with it by what is done
// with the container.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "graph/fact.h"
#include "tests/property/oracle_item.h"
#include "tests/property/oracle_log.h"
#include "trace/answer.h"

namespace suyuan::property {
namespace {

using graph::Fact;
using graph::FactKind;

bool neither_leave_nor_reach(const ItemStory* container, graph::SiteId site) {
    return container == nullptr || std::ranges::none_of(container->moves, [&](const OwnMove& own) {
               return own.move.from.site == site || own.move.to.site == site;
           });
}

bool is_packed_there(const Log& log, const Told& pack, graph::SiteId site) {
    return std::ranges::any_of(log.facts(), [&](const Told& told) {
        return told.fact->kind == FactKind::kPack && told.fact->item == pack.fact->item &&
               told.fact->other == pack.fact->other && told.fact->site == site;
    });
}

bool empties(const Fact& fact) {
    return fact.kind == FactKind::kUnpackAll || fact.kind == FactKind::kInput ||
           (fact.kind == FactKind::kSink &&
            (fact.sink == graph::SinkKind::kUsed || fact.sink == graph::SinkKind::kDestroyed));
}

// Whether `told` is one of the things that end a stay begun by `pack`; `story` is the container's,
// none if the child gets nothing from it.
bool ends(const Log& log, const Told& told, const Told& pack, const ItemStory* story) {
    const graph::ItemId child = pack.fact->item;
    const graph::ItemId container = pack.fact->other;
    const Fact& fact = *told.fact;
    if (fact.item == container && empties(fact)) {
        return true;
    }
    if (fact.item != child) {
        return false;
    }
    if (fact.kind == FactKind::kUnpack) {
        return fact.other == container;
    }
    if (!log.world().is_individual(child)) {
        return false;
    }
    if (fact.kind == FactKind::kPack) {
        return fact.other != container;
    }
    if (names(*told.event, container)) {
        return false;
    }
    switch (fact.kind) {
        case FactKind::kDepart:
        case FactKind::kArrive:
        case FactKind::kCreate:
        case FactKind::kInput:
        case FactKind::kOutput:
        case FactKind::kSink:
            return true;
        case FactKind::kSight:
        case FactKind::kCount:
            return fact.site != graph::SiteId() && !is_packed_there(log, pack, fact.site) &&
                   neither_leave_nor_reach(story, fact.site);
        default:
            return false;
    }
}

// Known if all are, in one unit.
Quantity sum_of(const std::vector<const Stay*>& stays) {
    Quantity sum;
    for (const Stay* stay : stays) {
        const bool is_first = stay == stays.front();
        if (!stay->quantity.is_known || (!is_first && stay->quantity.unit != sum.unit)) {
            return {};
        }
        sum = {true, stay->quantity.unit, sum.millionths + stay->quantity.millionths};
    }
    return sum;
}

// What an unpack of a lot or class leaves in the container, none if nothing: of a quantity that is
// not known if nobody knows.
std::optional<Quantity> rest_after(const Told& unpack, const std::vector<Stay>& stays) {
    std::vector<const Stay*> ended;
    for (const Stay& stay : stays) {
        if (stay.end == &unpack) {
            ended.push_back(&stay);
        }
    }
    const Quantity out = quantity_of(*unpack.fact);
    const Quantity in = sum_of(ended);
    if (ended.empty() || !out.is_known || out.millionths < 0) {
        return std::nullopt;
    }
    if (!in.is_known || in.unit != out.unit) {
        return Quantity();
    }
    const std::int64_t rest = in.millionths - out.millionths;
    if (rest <= 0 || (rest % 1'000'000 != 0 && rest < in.millionths / 50)) {
        return std::nullopt;
    }
    return Quantity{true, in.unit, in.millionths - out.millionths};
}

// What may have been left was seen, or was not, when something was put in elsewhere.
void end_by_refill(const Log& log, Stay& stay) {
    for (const Told& told : log.facts()) {
        if (stay.pack->moment() < told.moment() && told.fact->kind == FactKind::kPack &&
            told.fact->other == stay.container() && !told.fact->is_observed &&
            (told.fact->owner != stay.pack->fact->owner || told.fact->site != stay.pack->fact->site
            )) {
            if (stay.end == nullptr || told.moment() < stay.end->moment()) {
                stay.end = &told;
            }
            return;
        }
    }
}

bool is_inside(const std::vector<Stay>& stays, const Told& pack) {
    return std::ranges::any_of(stays, [&](const Stay& stay) {
        return stay.container() == pack.fact->other &&
               (stay.end == nullptr || pack.moment() < stay.end->moment());
    });
}

bool comes_before(const Told* a, const Told* b) {
    return a->moment() < b->moment();
}

// The item's own facts, and what it inherits.
std::vector<const Told*> facts_of(const Log& log, graph::ItemId item, const ItemStory* story) {
    std::vector<const Told*> facts;
    for (const Told& told : log.facts()) {
        if (told.fact->item == item) {
            facts.push_back(&told);
        }
    }
    if (story != nullptr) {
        facts.insert(facts.end(), story->inherited.begin(), story->inherited.end());
    }
    std::ranges::stable_sort(facts, comes_before);
    return facts;
}

bool has_such_a_fact_itself(const Log& log, graph::ItemId item, const Told& done) {
    return std::ranges::any_of(log.facts(), [&](const Told& told) {
        return told.fact->item == item && told.fact->kind == done.fact->kind &&
               told.fact->owner == done.fact->owner && told.fact->site == done.fact->site &&
               told.index == done.index;
    });
}

std::vector<const Stay*> stays_taken(const ItemStory& story, const Told& done) {
    std::vector<const Stay*> taken;
    for (const Stay& stay : story.stays) {
        if (stay.container() == done.fact->item &&
            (stay.end == &done || possibly_falls_in(stay, done.time(), *done.event))) {
            taken.push_back(&stay);
        }
    }
    return taken;
}

bool certainly_takes(const Told& done, const Stay& stay) {
    return !stay.is_doubtful && certainly_in_order(stay.pack->time(), done.time()) &&
           (stay.end == nullptr || stay.end == &done ||
            certainly_in_order(done.time(), stay.end->time())) &&
           (stay.refilled == nullptr || certainly_in_order(done.time(), stay.refilled->time()));
}

}  // namespace

Stay Stories::stay_from(const Told& pack, const Quantity& quantity, Circle circle) {
    const graph::ItemId container = pack.fact->other;
    Stay stay{&pack, quantity};
    const bool is_a_rest = pack.fact->kind == FactKind::kUnpack;
    for (const Told& told : log_->facts()) {
        const bool is_elsewhere =
            told.fact->owner != pack.fact->owner || told.fact->site != pack.fact->site;
        const bool is_filled = is_a_rest && !told.fact->is_observed;
        if (pack.moment() < told.moment() && told.fact->kind == FactKind::kPack &&
            told.fact->other == container && (is_elsewhere || is_filled)) {
            stay.refilled = &told;
            break;
        }
    }
    const ItemStory* story = story_of_container(container, pack.fact->item, circle);
    std::vector<const Told*> facts = facts_of(*log_, container, story);
    if (container != pack.fact->item) {
        const auto own = facts_of(*log_, pack.fact->item, nullptr);
        facts.insert(facts.end(), own.begin(), own.end());
    }
    std::ranges::stable_sort(facts, comes_before);
    const auto end = std::ranges::find_if(facts, [&](const Told* told) {
        return pack.moment() < told->moment() && ends(*log_, *told, pack, story);
    });
    stay.end = end == facts.end() ? nullptr : *end;
    return stay;
}

// Section 3.2, the stays.
void Stories::find_stays(ItemStory& story, Circle circle) {
    const bool is_individual = log_->world().is_individual(story.item);
    for (const Told* told : story.facts) {
        const bool starts_nothing =
            (is_individual || told->fact->is_observed) && is_inside(story.stays, *told);
        if (told->fact->kind == FactKind::kPack && !starts_nothing) {
            story.stays.push_back(stay_from(*told, quantity_of(*told->fact), circle));
        }
        if (told->fact->kind == FactKind::kUnpack && !is_individual) {
            const auto rest = rest_after(*told, story.stays);
            if (rest.has_value()) {
                Stay stay = stay_from(*told, *rest, circle);
                stay.is_doubtful = !rest->is_known;
                if (stay.is_doubtful) {
                    end_by_refill(*log_, stay);
                }
                story.stays.push_back(stay);
            }
        }
    }
}

// Section 3.2, "what is done with a container is done with what is in it".
void Stories::inherit(ItemStory& story, Circle circle) {
    std::set<graph::ItemId> containers;
    for (const Stay& stay : story.stays) {
        containers.insert(stay.container());
    }
    for (const graph::ItemId container : containers) {
        inherit_from(container, story, circle);
    }
    std::ranges::stable_sort(story.inherited, comes_before);
    if (log_->world().is_individual(story.item)) {
        const auto again = std::ranges::unique(story.inherited, [](const Told* a, const Told* b) {
            return a->index == b->index && a->place == b->place;
        });
        story.inherited.erase(again.begin(), again.end());
    }
    for (const Told* told : story.inherited) {
        if (is_at_a_position(*told->fact)) {
            story.facts.push_back(told);
        }
    }
    std::ranges::stable_sort(story.facts, comes_before);
}

void Stories::inherit_from(graph::ItemId container, ItemStory& story, Circle circle) {
    const ItemStory* of_container = story_of_container(container, story.item, circle);
    if (of_container == nullptr) {
        return;
    }
    bool has_block = false;
    for (const Told* done : facts_of(*log_, container, of_container)) {
        const FactKind kind = done->fact->kind;
        if (kind == FactKind::kRelease && has_block) {
            story.inherited.push_back(add_inherited(*done, story, {}));
        }
        if (kind != FactKind::kInput && kind != FactKind::kSink && kind != FactKind::kBlock) {
            continue;
        }
        const auto taken = stays_taken(story, *done);
        if (!taken.empty() && !has_such_a_fact_itself(*log_, story.item, *done)) {
            story.inherited.push_back(add_inherited(*done, story, taken));
            has_block = has_block || kind == FactKind::kBlock;
        }
    }
}

const Told* Stories::add_inherited(
    const Told& handed_on, const ItemStory& story, const std::vector<const Stay*>& taken
) {
    Told told = handed_on;
    told.inherited_from = handed_on.fact->item;
    told.own_of = handed_on.is_inherited() ? handed_on.own_of : handed_on.fact->item;
    told.is_doubtful = is_at_a_position(*handed_on.fact) &&
                       (handed_on.is_doubtful || !std::ranges::all_of(taken, [&](const Stay* stay) {
                            return certainly_takes(handed_on, *stay);
                        }));
    const Quantity quantity = told.is_doubtful ? Quantity() : sum_of(taken);
    Fact fact = *handed_on.fact;
    fact.item = story.item;
    fact.has_quantity = quantity.is_known;
    fact.unit = quantity.unit;
    fact.millionths = quantity.millionths;
    inherited_facts_.push_back(fact);
    told.fact = &inherited_facts_.back();
    inherited_.push_back(told);
    return &inherited_.back();
}

}  // namespace suyuan::property
