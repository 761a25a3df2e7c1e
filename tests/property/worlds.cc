// SPDX-License-Identifier: Apache-2.0

#include "tests/property/worlds.h"

#include <cstddef>
#include <cstdint>
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

template <typename Id>
Id any_id(Dice& dice, std::int64_t greatest) {
    return Id(static_cast<std::uint32_t>(dice.between(1, greatest)));
}

trace::ItemSeed items_of_kind(Dice& dice, const World& world, std::vector<model::CodeKind> kinds) {
    std::vector<graph::ItemId> found;
    for (std::uint32_t id = 1; id < world.kinds.size(); ++id) {
        for (const model::CodeKind kind : kinds) {
            if (world.kinds[id] == kind) {
                found.emplace_back(id);
            }
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

trace::Seed some_seed(Dice& dice, const World& world) {
    const auto last_item = static_cast<std::int64_t>(world.kinds.size()) - 1;
    switch (dice.below(13)) {
        case 0:
        case 1:
            return items_of_kind(dice, world, {model::CodeKind::kLot, model::CodeKind::kClass});
        case 2:
        case 3:
            return items_of_kind(dice, world, {model::CodeKind::kInstance});
        case 4:
        case 12:
            return items_of_kind(dice, world, {model::CodeKind::kContainer});
        case 5: {
            trace::ItemSeed seed{{any_id<graph::ItemId>(dice, last_item)}, {}, {}};
            if (dice.chance(60)) {
                seed.owner = any_id<graph::OperatorId>(dice, 3);
            }
            if (!seed.owner.has_value() || dice.chance(30)) {
                seed.site = any_id<graph::SiteId>(dice, 4);
            }
            return seed;
        }
        case 6:
            return whole_class(world);
        case 7:
            return trace::PaperSeed{any_id<graph::PaperId>(dice, 4)};
        case 8:
            return trace::VehicleSeed{any_id<graph::VehicleId>(dice, 2)};
        case 9:
            return trace::PersonSeed{any_id<graph::PersonId>(dice, 2)};
        case 10:
            return trace::OperatorSeed{any_id<graph::OperatorId>(dice, 3)};
        default:
            return trace::SiteSeed{any_id<graph::SiteId>(dice, 4)};
    }
}

trace::Question some_question(Dice& dice, const World& world, int turn) {
    constexpr std::int64_t kLastMoment = 80;
    trace::Question question;
    question.direction = static_cast<trace::Direction>(turn % 3);
    question.seed = some_seed(dice, world);
    if (dice.chance(40)) {
        const std::int64_t from = dice.between(5, kLastMoment);
        question.window.from = dice.chance(20) ? model::kBeginningOfTime : from;
        question.window.to = dice.chance(20) ? model::kEndOfTime : from + dice.between(0, 40);
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
