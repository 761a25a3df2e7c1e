// SPDX-License-Identifier: Apache-2.0

#include "tests/property/worlds.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "tests/property/dice.h"
#include "tests/property/world.h"
#include "tests/property/world_writer.h"
#include "trace/question.h"

namespace suyuan::property {
namespace {

constexpr int kQuestions = 3;

// What the events name, and (each once) something that none of them needs to name.
struct Named {
    std::vector<graph::ItemId> items;
    std::vector<graph::OperatorId> owners = {graph::OperatorId(1)};
    std::vector<graph::SiteId> sites = {graph::SiteId(1)};
    std::vector<graph::VehicleId> vehicles = {graph::VehicleId(1)};
    std::vector<graph::PersonId> people = {graph::PersonId(1)};
    std::vector<graph::PaperId> papers = {graph::PaperId(1)};
    std::vector<model::MicrosUtc> moments = {10 * kTick};
};

template <typename T>
void append(std::vector<T>& list, const std::vector<T>& more) {
    list.insert(list.end(), more.begin(), more.end());
}

Named named_in(const World& world) {
    Named named;
    for (std::uint32_t id = 1; id < world.kinds.size(); ++id) {
        named.items.emplace_back(id);
    }
    for (const graph::FlowEvent& event : world.events) {
        append(named.vehicles, event.vehicles);
        append(named.people, event.people);
        append(named.papers, event.papers);
        if (event.time.is_exact()) {
            named.moments.push_back(event.time.first);
        }
        for (const graph::Fact& fact : event.facts) {
            named.items.push_back(fact.item);
            if (fact.owner != graph::OperatorId()) {
                named.owners.push_back(fact.owner);
            }
            if (fact.site != graph::SiteId()) {
                named.sites.push_back(fact.site);
            }
        }
    }
    return named;
}

trace::ItemSeed item_of_kind(
    Dice& dice, const World& world, const Named& named, const std::vector<model::CodeKind>& kinds
) {
    std::vector<graph::ItemId> found;
    for (const graph::ItemId item : named.items) {
        if (std::ranges::count(kinds, world.kinds.at(item.value())) > 0) {
            found.push_back(item);
        }
    }
    return {{dice.one_of(found)}, std::nullopt, std::nullopt};
}

// A product with all its lots and things, as whoever resolves codes hands them over.
trace::ItemSeed whole_class(const World& world) {
    trace::ItemSeed seed;
    for (std::uint32_t id = 1; id < world.kinds.size(); ++id) {
        if (world.kinds[id] != model::CodeKind::kContainer && id % 2 == 1) {
            seed.items.emplace_back(id);
        }
    }
    return seed;
}

trace::Seed some_seed(Dice& dice, const World& world, const Named& named) {
    switch (dice.below(13)) {
        case 0:
        case 1:
            return item_of_kind(
                dice, world, named, {model::CodeKind::kLot, model::CodeKind::kClass}
            );
        case 2:
        case 3:
            return item_of_kind(dice, world, named, {model::CodeKind::kInstance});
        case 4:
        case 12:
            return item_of_kind(dice, world, named, {model::CodeKind::kContainer});
        case 5: {
            trace::ItemSeed seed{{dice.one_of(named.items)}, {}, {}};
            if (dice.chance(60)) {
                seed.owner = dice.one_of(named.owners);
            }
            if (!seed.owner.has_value() || dice.chance(30)) {
                seed.site = dice.one_of(named.sites);
            }
            return seed;
        }
        case 6:
            return whole_class(world);
        case 7:
            return trace::PaperSeed{dice.one_of(named.papers)};
        case 8:
            return trace::VehicleSeed{dice.one_of(named.vehicles)};
        case 9:
            return trace::PersonSeed{dice.one_of(named.people)};
        case 10:
            return trace::OperatorSeed{dice.one_of(named.owners)};
        default:
            return trace::SiteSeed{dice.one_of(named.sites)};
    }
}

trace::Question some_question(Dice& dice, const World& world, int turn) {
    const Named named = named_in(world);
    trace::Question question;
    question.direction = static_cast<trace::Direction>(turn % 3);
    question.seed = some_seed(dice, world, named);
    if (dice.chance(40)) {
        const std::int64_t from =
            std::max<std::int64_t>(0, dice.one_of(named.moments) - dice.between(-1, 10) * kTick);
        question.window.from = dice.chance(20) ? model::kBeginningOfTime : from;
        question.window.to =
            dice.chance(20) ? model::kEndOfTime : from + dice.between(0, 40) * kTick;
    }
    question.escalate = dice.chance(50);
    if (dice.chance(30)) {
        question.as_of = world.events[dice.below(world.events.size())].record_time;
    }
    if (dice.chance(12)) {
        question.positions_max = dice.below(4);
    }
    return question;
}

}  // namespace

Case make_case(std::uint64_t seed) {
    Case made;
    made.world = WorldWriter(seed).write();
    Dice dice(~seed);
    for (int turn = 0; turn < kQuestions; ++turn) {
        made.questions.push_back(some_question(dice, made.world, turn));
    }
    return made;
}

}  // namespace suyuan::property
