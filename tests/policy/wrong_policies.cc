// SPDX-License-Identifier: Apache-2.0

#include "tests/policy/wrong_policies.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "model/instant.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "tests/policy/questions.h"

namespace suyuan::policy_test {
namespace {

using namespace policy;  // NOLINT(google-build-using-namespace)

std::function<void(PolicyContent&)> in_each_rule(void (*change)(Rule&)) {
    return [change](PolicyContent& content) { std::ranges::for_each(content.rules, change); };
}

// A forbid that no role is under.
void disarm(Rule& rule, bool is_partial) {
    if (rule.is_forbid && rule.is_partial == is_partial) {
        rule.roles = RoleSet();
    }
}

void end_one_moment_later(Period& period) {
    if (period.until != model::kEndOfTime) {
        ++period.until;
    }
}

void keep_deciding_rule_alone(const Policy& policy, const Question& question, Decision& decision) {
    if (decision.is_permitted) {
        const Rule& rule = policy.content().rules[decision.rule];
        const auto kind = static_cast<std::size_t>(question.resource.kind);
        decision.visible = decision.visible & rule.fields[kind];
        decision.masked = decision.masked & decision.visible;
    }
}

void name_the_last(const Policy& policy, const Question&, Decision& decision) {
    for (std::size_t i = 0; i < policy.content().rules.size(); ++i) {
        if (decision.rules.test(i)) {
            decision.rule = static_cast<std::uint16_t>(i);
        }
    }
}

void deny_nothing_by_default(const Policy& policy, const Question& question, Decision& decision) {
    if (decision.ruling == Ruling::kDefault) {
        decision.is_permitted = true;
        decision.visible =
            policy.content().kinds[static_cast<std::size_t>(question.resource.kind)].up_to.front();
    }
}

std::vector<Defect> file_defects() {
    return {
        {.name = "forbids are not read",
         .content = in_each_rule([](Rule& rule) { disarm(rule, false); })},
        {.name = "forbidden fields are not read",
         .content = in_each_rule([](Rule& rule) { disarm(rule, true); })},
        {.name = "exceptions of forbids are not read",
         .content = in_each_rule([](Rule& rule) { rule.unless_relations = RelationSet(); })},
        {.name = "a subtree is everywhere", .content = in_each_rule([](Rule& rule) {
                                                if (rule.region == RegionCondition::kSubtree) {
                                                    rule.region = RegionCondition::kAny;
                                                }
                                            })},
        {.name = "any relation will do",
         .content = in_each_rule([](Rule& rule) { rule.relations = RelationSet(); })},
        {.name = "any department will do",
         .content = in_each_rule([](Rule& rule) { rule.departments = DepartmentSet(); })},
        {.name = "any function will do",
         .content = in_each_rule([](Rule& rule) { rule.functions = FunctionSet(); })},
        {.name = "any purpose will do",
         .content = in_each_rule([](Rule& rule) { rule.purposes = PurposeSet(); })},
        {.name = "masks are lost",
         .content = in_each_rule([](Rule& rule) { rule.clear = rule.fields; })},
        {.name = "two people are one", .content = in_each_rule([](Rule& rule) {
                                           rule.duties =
                                               rule.duties - DutySet::of(Duty::kTwoPeople);
                                       })},
        {.name = "a trace never stops",
         .content = in_each_rule([](Rule& rule) { rule.steps_up = rule.steps_down = kAllSteps; })},
    };
}

std::vector<Defect> engine_defects() {
    return {
        {.name = "revocation is not read",
         .question = [](Question& question) { question.subject.is_revoked = false; }},
        {.name = "grants begin before their time",
         .question = [](Question& question
                     ) { question.subject.validity.from = model::kBeginningOfTime; }},
        {.name = "the last moment is included",
         .question =
             [](Question& question) {
                 end_one_moment_later(question.subject.validity);
                 end_one_moment_later(question.resource.incident.open);
                 if (question.resource.share) {
                     end_one_moment_later(*question.resource.share);
                 }
             }},
        {.name = "shares never end",
         .question =
             [](Question& question) {
                 if (question.resource.share) {
                     question.resource.share->until = model::kEndOfTime;
                 }
             }},
        {.name = "cases never close",
         .question = [](Question& question
                     ) { question.resource.incident.open.until = model::kEndOfTime; }},
        {.name = "any case number will do",
         .question = [](Question& question
                     ) { question.context.case_number = question.resource.incident.number; }},
        {.name = "authentication is not read",
         .content =
             [](PolicyContent& content) {
                 for (Role& role : content.roles) {
                     role.authentications = AuthenticationSet::first(4);
                 }
             }},
        {.name = "credentials are not limited",
         .question = [](Question& question
                     ) { question.subject.credential = ActionSet::first(kActionCount); }},
        {.name = "a region is its last level alone",
         .question =
             [](Question& question) {
                 const auto codes = question.resource.regions.codes;
                 question.resource.regions = RegionPath();
                 for (const RegionCode code : codes) {
                     if (code != 0) {
                         question.resource.regions.codes = {code};
                     }
                 }
             }},
        {.name = "up is down",
         .question =
             [](Question& question) {
                 if (question.resource.relations.contains(Relation::kOneUp)) {
                     question.resource.relations.insert(Relation::kOneDown);
                     question.resource.relations =
                         question.resource.relations - RelationSet::of(Relation::kOneUp);
                 }
             }},
        {.name = "every department supervises",
         .question = [](Question& question
                     ) { question.resource.supervisors = DepartmentSet::first(32); }},
        {.name = "the class of the row is not read",
         .question = [](Question& question) { question.resource.data_class = DataClass::kPublic; }},
        {.name = "the first permit stands alone", .decision = keep_deciding_rule_alone},
        {.name = "the last rule is named", .decision = name_the_last},
        {.name = "public is permitted by default", .decision = deny_nothing_by_default},
    };
}

Policy spoilt(const Policy& policy, const Defect& defect) {
    PolicyContent content = policy.content();
    if (defect.content) {
        defect.content(content);
    }
    return Policy(std::move(content));
}

}  // namespace

WrongEngine::WrongEngine(const Policy& policy, Defect defect)
    : defect_(std::move(defect)), spoilt_(spoilt(policy, defect_)) {}

Decision WrongEngine::answer(const Question& question) const {
    Question heard = question;
    if (defect_.question) {
        defect_.question(heard);
    }
    Decision decision = spoilt_.decide(heard.subject, heard.action, heard.resource, heard.context);
    if (defect_.decision) {
        defect_.decision(spoilt_, question, decision);
    }
    return decision;
}

std::span<const Defect> defects() {
    static const std::vector<Defect> all = [] {
        std::vector<Defect> joined = file_defects();
        std::ranges::move(engine_defects(), std::back_inserter(joined));
        return joined;
    }();
    return all;
}

}  // namespace suyuan::policy_test
