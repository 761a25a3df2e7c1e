// SPDX-License-Identifier: Apache-2.0

#include "tests/policy/questions.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "model/instant.h"
#include "policy/bit_set.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "tests/property/dice.h"

namespace suyuan::policy_test {
namespace {

using namespace policy;  // NOLINT(google-build-using-namespace)
using property::Dice;

constexpr unsigned kMeets = 88;  // per cent: how often a condition of the rule aimed at is met
constexpr model::MicrosUtc kNow = 1'000'000;

// A small country: two provinces, and counties whose codes begin alike without lying together.
constexpr std::array<std::array<RegionCode, kRegionLevels>, 7> kPaths = {{
    {410000, 410100, 410105, 410105001},
    {410000, 410100, 410105, 410105002},
    {410000, 410100, 410106, 410106001},
    {410000, 410900, 410105999, 410105999001},
    {410000, 411000, 411002},
    {370000, 370100, 370116},
    {370000},
}};

template <typename Member>
std::vector<Member> members(BitSet<Member> set) {
    std::vector<Member> all;
    for (unsigned i = 0; i < 64; ++i) {
        if (set.contains(static_cast<Member>(i))) {
            all.push_back(static_cast<Member>(i));
        }
    }
    return all;
}

template <typename Member>
Member any_below(Dice& dice, std::size_t count) {
    return static_cast<Member>(dice.below(count));
}

// One of the rule's list, most times; else any, or none.
template <typename Member>
std::optional<Member> draw_listed(Dice& dice, BitSet<Member> list, std::size_t count) {
    if (!list.is_empty() && dice.chance(kMeets)) {
        return dice.one_of(members(list));
    }
    return dice.chance(25) ? std::nullopt : std::optional(any_below<Member>(dice, count));
}

template <typename Member>
BitSet<Member> draw_set(Dice& dice, std::size_t count, unsigned percent) {
    BitSet<Member> set;
    for (std::size_t i = 0; i < count; ++i) {
        if (dice.chance(percent)) {
            set.insert(static_cast<Member>(i));
        }
    }
    return set;
}

// A period that holds now (`percent` of the times), with its ends now and then at now itself.
Period draw_period(Dice& dice, unsigned percent) {
    Period period;
    if (dice.chance(percent)) {
        period.from = dice.one_of({model::kBeginningOfTime, kNow - 7, kNow});
        period.until = dice.one_of({model::kEndOfTime, kNow + 1, kNow + 9});
        return period;
    }
    if (dice.chance(50)) {
        period.until = dice.one_of({kNow, kNow - 1});
        period.from = dice.one_of({model::kBeginningOfTime, kNow - 5});
    } else {
        period.from = dice.one_of({kNow + 1, kNow + 5});
    }
    return period;
}

class Draw {
public:
    Draw(const Policy& policy, std::uint64_t seed)
        : content_(policy.content()), dice_(seed), rule_(dice_.one_of(content_.rules)) {}

    Question run() {
        question_.context.now = kNow;
        draw_act();
        draw_subject();
        draw_regions();
        draw_relations();
        question_.context.purpose = draw_listed(dice_, rule_.purposes, content_.purposes.size());
        const auto class_max =
            dice_.chance(kMeets) ? static_cast<std::size_t>(rule_.data_class) : std::size_t{4};
        question_.resource.data_class = static_cast<DataClass>(1 + dice_.below(class_max));
        return question_;
    }

private:
    void draw_act() {
        const std::size_t kinds = kResourceKindCount;
        question_.resource.kind = dice_.chance(96) ? dice_.one_of(members(rule_.kinds))
                                                   : any_below<ResourceKind>(dice_, kinds);
        const ActionSet had =
            content_.kinds[static_cast<std::size_t>(question_.resource.kind)].actions;
        const ActionSet wanted = rule_.actions & had;
        question_.action = !wanted.is_empty() && dice_.chance(97)
                               ? dice_.one_of(members(wanted))
                               : any_below<Action>(dice_, kActionCount);
    }

    void draw_subject() {
        Subject& subject = question_.subject;
        const std::size_t roles = content_.roles.size();
        // One in a hundred of the others is no role of this policy.
        subject.role = dice_.chance(94)
                           ? dice_.one_of(members(rule_.roles))
                           : any_below<RoleId>(dice_, roles + (dice_.chance(10) ? 1 : 0));
        const auto role = static_cast<std::size_t>(subject.role);
        subject.authentication =
            role < roles && dice_.chance(96)
                ? dice_.one_of(members(content_.roles[role].authentications))
                : any_below<Authentication>(dice_, authentication_names().size());
        subject.department = draw_listed(dice_, rule_.departments, content_.departments.size());
        subject.functions = draw_set<FunctionId>(dice_, content_.functions.size(), 12);
        if (const auto function = draw_listed(dice_, rule_.functions, content_.functions.size())) {
            subject.functions.insert(*function);
        }
        subject.validity = draw_period(dice_, 97);
        subject.is_revoked = dice_.chance(2);
        if (dice_.chance(4)) {
            subject.credential = draw_set<Action>(dice_, kActionCount, 50);
        }
    }

    void draw_regions() {
        Resource& resource = question_.resource;
        if (!dice_.chance(4)) {
            resource.regions.codes = kPaths[dice_.below(kPaths.size())];
        }
        const auto& wanted = rule_.region == RegionCondition::kOutside ||
                                     (rule_.region == RegionCondition::kAny && dice_.chance(50))
                                 ? kPaths[dice_.below(kPaths.size())]
                                 : resource.regions.codes;
        question_.subject.region = dice_.chance(95) ? wanted[dice_.below(4)] : 0;
        resource.supervisors = draw_set<DepartmentId>(dice_, content_.departments.size(), 10);
        if (question_.subject.department && dice_.chance(50)) {
            resource.supervisors.insert(*question_.subject.department);
        }
    }

    void draw_relations() {
        Resource& resource = question_.resource;
        resource.relations = draw_set<Relation>(dice_, relation_names().size(), 7);
        if (dice_.chance(25)) {
            resource.share = draw_period(dice_, 60);
        }
        if (dice_.chance(25)) {
            hold_by_case();
        }
        if (!rule_.relations.is_empty() && dice_.chance(kMeets)) {
            meet(dice_.one_of(members(rule_.relations)));
        }
        if (!rule_.unless_relations.is_empty() && dice_.chance(kMeets)) {
            resource.relations = resource.relations - rule_.unless_relations;
            if (rule_.unless_relations.contains(Relation::kShared)) {
                resource.share.reset();
            }
            if (rule_.unless_relations.contains(Relation::kIncident)) {
                question_.context.case_number = 0;
            }
        }
    }

    void hold_by_case() {
        question_.resource.incident = {.number = dice_.below(4), .open = draw_period(dice_, 75)};
        question_.context.case_number =
            dice_.chance(75) ? question_.resource.incident.number : dice_.below(4);
    }

    void meet(Relation relation) {
        Resource& resource = question_.resource;
        if (relation == Relation::kShared) {
            resource.share = draw_period(dice_, 75);
        } else if (relation == Relation::kIncident) {
            hold_by_case();
        } else if (relation == Relation::kSupervises) {
            question_.subject.region = resource.regions.codes[dice_.below(3)];
            if (question_.subject.department) {
                resource.supervisors.insert(*question_.subject.department);
            }
        } else {
            resource.relations.insert(relation);
        }
    }

    const PolicyContent& content_;
    Dice dice_;
    const Rule& rule_;
    Question question_;
};

}  // namespace

Question draw_question(const Policy& policy, std::uint64_t seed) {
    return Draw(policy, seed).run();
}

}  // namespace suyuan::policy_test
