// SPDX-License-Identifier: Apache-2.0
//
// Goal: what must hold of decide() whatever the question, and of the product's policy whatever its
// rules come to say.
// Method: laws on random questions; SUYUAN_POLICY_QUESTIONS of them each (100,000 if unset).

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "model/instant.h"
#include "policy/bit_set.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "tests/policy/questions.h"
#include "tests/policy/wrong_policies.h"

namespace suyuan::policy_test {
namespace {

using namespace policy;  // NOLINT(google-build-using-namespace)

std::uint64_t question_count() {
    const char* const text = std::getenv("SUYUAN_POLICY_QUESTIONS");
    return text == nullptr ? 100'000 : std::strtoull(text, nullptr, 10);
}

Decision answer(const Policy& policy, const Question& question) {
    return policy.decide(question.subject, question.action, question.resource, question.context);
}

// Calls `check` with each question and the product's answer until one is found wrong.
void for_each_question(const std::function<void(const Question&, const Decision&)>& check) {
    const Policy& policy = product_policy();
    for (std::uint64_t seed = 0; seed < question_count(); ++seed) {
        const Question question = draw_question(policy, seed);
        const Decision decision = answer(policy, question);
        check(question, decision);
        if (testing::Test::HasFailure()) {
            FAIL() << "seed " << seed << ": " << to_json(policy, question, decision);
        }
    }
}

// Whether `less` opens nothing that `more` does not, and no field in full that `more` masks.
bool opens_no_more(const Decision& less, const Decision& more) {
    return (!less.is_permitted || more.is_permitted) && more.visible.contains_all(less.visible) &&
           (more.visible - more.masked).contains_all(less.visible - less.masked) &&
           less.steps_up <= more.steps_up && less.steps_down <= more.steps_down;
}

Policy changed(const std::function<void(PolicyContent&)>& change) {
    PolicyContent content = product_policy().content();
    change(content);
    return Policy(std::move(content));
}

// The product's policy without each of its permits (`is_forbid`: forbids).
std::vector<Policy> policies_without_one(bool is_forbid) {
    std::vector<Policy> policies;
    for (std::size_t i = 0; i < product_policy().content().rules.size(); ++i) {
        if (product_policy().content().rules[i].is_forbid == is_forbid) {
            policies.push_back(changed([i](PolicyContent& content) {
                content.rules.erase(content.rules.begin() + static_cast<std::ptrdiff_t>(i));
            }));
        }
    }
    return policies;
}

TEST(DecisionLaws, AnswersAreWellFormed) {
    for_each_question([](const Question& question, const Decision& decision) {
        const auto kind = static_cast<std::size_t>(question.resource.kind);
        const auto& known = product_policy().content().kinds[kind];
        EXPECT_TRUE(known.up_to.back().contains_all(decision.visible));
        EXPECT_TRUE(decision.visible.contains_all(decision.masked));
        EXPECT_EQ(decision.is_permitted, !decision.visible.is_empty());
        EXPECT_EQ(decision.duties.contains(Duty::kMask), !decision.masked.is_empty());
        EXPECT_TRUE(decision.is_permitted || decision.duties.is_empty());
        EXPECT_TRUE(
            question.action == Action::kTrace ||
            (decision.steps_up == 0 && decision.steps_down == 0)
        );
        if (decision.ruling == Ruling::kRule) {
            EXPECT_TRUE(decision.rules.test(decision.rule));
            const Rule& rule = product_policy().content().rules[decision.rule];
            EXPECT_EQ(rule.is_forbid, !decision.is_permitted);
        } else {
            EXPECT_TRUE(decision.rules.none());
            EXPECT_FALSE(decision.is_permitted);
        }
    });
}

TEST(DecisionLaws, NothingIsPermittedByDefault) {
    const Policy empty = changed([](PolicyContent& content) { content.rules.clear(); });
    const Policy forbids_only = changed([](PolicyContent& content) {
        std::erase_if(content.rules, [](const Rule& rule) { return !rule.is_forbid; });
    });
    for_each_question([&](const Question& question, const Decision&) {
        EXPECT_FALSE(answer(empty, question).is_permitted);
        EXPECT_NE(answer(empty, question).ruling, Ruling::kRule);
        EXPECT_FALSE(answer(forbids_only, question).is_permitted);
    });
}

TEST(DecisionLaws, AForbidWinsOverEveryPermit) {
    // One that meets every question, at the end of the file; and one that closes every field.
    Rule forbid;
    forbid.name = "everything";
    forbid.is_forbid = true;
    forbid.roles = RoleSet::first(64);
    forbid.actions = ActionSet::first(kActionCount);
    forbid.kinds = ResourceKindSet::first(kResourceKindCount);
    const Policy closed = changed([&](PolicyContent& content) { content.rules.push_back(forbid); });
    const Policy emptied = changed([&](PolicyContent& content) {
        forbid.is_partial = true;
        for (std::size_t kind = 0; kind < kResourceKindCount; ++kind) {
            forbid.fields[kind] = content.kinds[kind].up_to.back();
        }
        content.rules.push_back(forbid);
    });
    for_each_question([&](const Question& question, const Decision& before) {
        for (const Policy* const policy : {&closed, &emptied}) {
            const Decision after = answer(*policy, question);
            EXPECT_FALSE(after.is_permitted);
            EXPECT_TRUE(after.visible.is_empty());
            if (before.is_permitted) {
                EXPECT_EQ(policy->rule_name(after).empty(), false);
                EXPECT_TRUE(policy->content().rules[after.rule].is_forbid);
            }
        }
    });
}

TEST(DecisionLaws, LessPermitsOpenNoMoreAndLessForbidsCloseNoMore) {
    const std::vector<Policy> less_open = policies_without_one(false);
    const std::vector<Policy> less_closed = policies_without_one(true);
    std::uint64_t turn = 0;
    for_each_question([&](const Question& question, const Decision& decision) {
        ++turn;
        EXPECT_TRUE(opens_no_more(answer(less_open[turn % less_open.size()], question), decision));
        EXPECT_TRUE(
            opens_no_more(decision, answer(less_closed[turn % less_closed.size()], question))
        );
    });
}

TEST(DecisionLaws, TheOrderOfTheFileOpensNothing) {
    const Policy reversed =
        changed([](PolicyContent& content) { std::ranges::reverse(content.rules); });
    const std::size_t count = product_policy().content().rules.size();
    for_each_question([&](const Question& question, const Decision& decision) {
        const Decision other = answer(reversed, question);
        EXPECT_EQ(other.is_permitted, decision.is_permitted);
        EXPECT_EQ(other.visible, decision.visible);
        EXPECT_EQ(other.masked, decision.masked);
        EXPECT_EQ(other.duties, decision.duties);
        EXPECT_EQ(other.steps_up, decision.steps_up);
        EXPECT_EQ(other.steps_down, decision.steps_down);
        for (std::size_t i = 0; decision.is_permitted && i < count; ++i) {
            EXPECT_EQ(decision.rules.test(i), other.rules.test(count - 1 - i));
        }
    });
}

TEST(DecisionLaws, RevocationHoldsFromTheNextQuestionOn) {
    for_each_question([](const Question& question, const Decision& decision) {
        if (!decision.is_permitted) {
            return;
        }
        Question revoked = question;
        revoked.subject.is_revoked = true;
        EXPECT_EQ(answer(product_policy(), revoked).ruling, Ruling::kRevoked);
        Question ended = question;
        ended.subject.validity.until = question.context.now;
        EXPECT_EQ(answer(product_policy(), ended).ruling, Ruling::kNotValid);
        ended.subject.validity.until = question.context.now + 1;
        EXPECT_EQ(answer(product_policy(), ended), decision);
        Question early = question;
        early.subject.validity.from = question.context.now + 1;
        EXPECT_EQ(answer(product_policy(), early).ruling, Ruling::kNotValid);
    });
}

// What a share or a case opened is as if there were none from its end on, and before its beginning.
TEST(DecisionLaws, SharesAndCasesEndByThemselves) {
    for_each_question([](const Question& question, const Decision&) {
        Question none = question;
        none.resource.share.reset();
        none.resource.incident = CaseHold();
        const Decision without = answer(product_policy(), none);
        const model::MicrosUtc now = question.context.now;
        const std::array<Period, 3> closed = {
            Period{.from = model::kBeginningOfTime, .until = now},
            Period{.from = now + 1, .until = model::kEndOfTime},
            Period{.from = now, .until = now}
        };
        for (const Period& period : closed) {
            Question ended = none;
            ended.resource.share = period;
            ended.resource.incident = {.number = 3, .open = period};
            ended.context.case_number = 3;
            EXPECT_EQ(answer(product_policy(), ended), without);
        }
        Question other = question;
        other.resource.share.reset();
        other.context.case_number = question.resource.incident.number + 1;
        EXPECT_EQ(answer(product_policy(), other), without);
    });
}

TEST(DecisionLaws, ComputedRelationsCannotBeStated) {
    for_each_question([](const Question& question, const Decision& decision) {
        Question lied = question;
        lied.resource.relations |=
            RelationSet::of(Relation::kSupervises, Relation::kShared, Relation::kIncident);
        EXPECT_EQ(answer(product_policy(), lied), decision);
    });
}

// Of the product's policy: relations, functions, purposes and a wider credential only ever open;
// a higher data class only ever closes.
TEST(DecisionLaws, WhoHasLessSeesNoMore) {
    for_each_question([](const Question& question, const Decision& decision) {
        const auto expect_no_more = [&](auto change) {
            Question less = question;
            change(less);
            EXPECT_TRUE(opens_no_more(answer(product_policy(), less), decision));
        };
        expect_no_more([](Question& less) { less.resource.relations = RelationSet(); });
        expect_no_more([](Question& less) { less.subject.functions = FunctionSet(); });
        expect_no_more([](Question& less) { less.subject.department.reset(); });
        expect_no_more([](Question& less) { less.context.purpose.reset(); });
        expect_no_more([](Question& less) { less.context.case_number = 0; });
        expect_no_more([](Question& less) { less.resource.share.reset(); });
        expect_no_more([](Question& less) { less.subject.region = 0; });
        expect_no_more([](Question& less) { less.subject.credential = ActionSet(); });
        expect_no_more([](Question& less) { less.resource.data_class = DataClass::kPersonal; });
    });
}

template <typename Id>
Id known(const std::optional<Id>& id) {
    EXPECT_TRUE(id.has_value());
    return id.value_or(Id());
}

FieldSet fields_of(ResourceKind kind, std::initializer_list<std::string_view> names) {
    FieldSet fields;
    for (const std::string_view name : names) {
        fields.insert(known(product_policy().field(kind, name)));
    }
    return fields;
}

constexpr ResourceKindSet kBusiness = ResourceKindSet::of(
    ResourceKind::kEvent,
    ResourceKind::kPosition,
    ResourceKind::kStock,
    ResourceKind::kOperator,
    ResourceKind::kSite,
    ResourceKind::kPaper,
    ResourceKind::kVehicle,
    ResourceKind::kPerson
);

RoleSet roles_of(std::initializer_list<std::string_view> names) {
    RoleSet roles;
    for (const std::string_view name : names) {
        roles.insert(known(product_policy().role(name)));
    }
    return roles;
}

TEST(DecisionLaws, ThePublicSeesTheConsumerViewAlone) {
    const RoleId consumer = known(product_policy().role("public_consumer"));
    const FieldSet view = fields_of(
        ResourceKind::kItem,
        {"product_name",
         "producer_name",
         "producer_uscc",
         "production_date",
         "shelf_life",
         "specification",
         "lot",
         "barcode",
         "factory_report",
         "recall_notice",
         "paper_status"}
    );
    const FieldSet report = fields_of(ResourceKind::kItem, {"factory_report"});
    for_each_question([&](const Question& drawn, const Decision&) {
        Question question = drawn;
        question.subject.role = consumer;
        question.subject.authentication = Authentication::kNone;
        const Decision decision = answer(product_policy(), question);
        const ResourceKind kind = question.resource.kind;
        if (decision.is_permitted) {
            EXPECT_FALSE(kBusiness.contains(kind));
            EXPECT_LE(question.resource.data_class, DataClass::kPublic);
        }
        if (decision.is_permitted && kind == ResourceKind::kItem) {
            EXPECT_EQ(question.action, Action::kRead);
            EXPECT_TRUE(view.contains_all(decision.visible));
            EXPECT_EQ(
                decision.visible.contains_all(report),
                question.resource.relations.contains(Relation::kPublished)
            );
        }
    });
}

TEST(DecisionLaws, ARegulatorLeavesTheTerritoryOnlyWithACase) {
    const RoleSet regulators =
        roles_of({"regulator_station", "regulator_county", "regulator_city", "regulator_province"});
    for_each_question([&](const Question& question, const Decision& decision) {
        const Resource& resource = question.resource;
        const bool names_open_case = resource.incident.number != 0 &&
                                     resource.incident.number == question.context.case_number &&
                                     resource.incident.open.contains(question.context.now);
        if (regulators.contains(question.subject.role) && kBusiness.contains(resource.kind) &&
            !resource.regions.contains(question.subject.region) && !names_open_case &&
            question.action != Action::kRegister && question.action != Action::kApprove) {
            EXPECT_FALSE(decision.is_permitted);
        }
    });
}

TEST(DecisionLaws, ABusinessSeesNoStrangersTradeAndNobodysPrices) {
    const RoleSet enterprises = roles_of(
        {"operator_owner",
         "operator_clerk",
         "data_officer",
         "integrator",
         "market_owner",
         "cold_store",
         "carrier"}
    );
    constexpr RelationSet kNear = RelationSet::of(
        Relation::kOwn,
        Relation::kOneUp,
        Relation::kOneDown,
        Relation::kInCustody,
        Relation::kMarketOwnerOf
    );
    const FieldSet partners = fields_of(ResourceKind::kEvent, {"source", "destination", "price"});
    const FieldSet price = fields_of(ResourceKind::kItem, {"price"});
    for_each_question([&](const Question& question, const Decision& decision) {
        const Resource& resource = question.resource;
        if (!enterprises.contains(question.subject.role) || !decision.is_permitted ||
            question.action == Action::kCapture || question.action == Action::kCorrect) {
            return;
        }
        const bool is_shared = resource.share && resource.share->contains(question.context.now);
        const ResourceKind kind = resource.kind;
        if (kind == ResourceKind::kEvent || kind == ResourceKind::kPosition ||
            kind == ResourceKind::kStock) {
            EXPECT_TRUE(is_shared || resource.relations.meets(kNear));
        }
        if (!resource.relations.contains(Relation::kOwn)) {
            EXPECT_FALSE(kind == ResourceKind::kEvent && decision.visible.meets(partners));
            EXPECT_FALSE(kind == ResourceKind::kItem && decision.visible.meets(price));
        }
    });
}

TEST(DecisionLaws, OfficersSeeNoBusinessAndLooksBeyondOnesOwnAreLogged) {
    const RoleSet officers = roles_of({"system_officer", "security_officer", "audit_officer"});
    for_each_question([&](const Question& question, const Decision& decision) {
        const bool is_business = kBusiness.contains(question.resource.kind);
        if (officers.contains(question.subject.role) && is_business) {
            EXPECT_FALSE(decision.is_permitted);
        }
        constexpr RelationSet kOwnOrPartner = RelationSet::of(
            Relation::kOwn, Relation::kOneUp, Relation::kOneDown, Relation::kInCustody
        );
        if (is_business && decision.is_permitted &&
            !question.resource.relations.meets(kOwnOrPartner)) {
            EXPECT_TRUE(decision.duties.contains(Duty::kLog));
        }
    });
}

// Else a comparison on these questions would prove little.
TEST(Questions, MakeEveryRuleTakePartButTheSecondWalls) {
    std::set<std::string_view> seen;
    std::uint64_t permitted = 0;
    const auto& rules = product_policy().content().rules;
    for_each_question([&](const Question&, const Decision& decision) {
        permitted += decision.is_permitted ? 1U : 0U;
        for (std::size_t i = 0; i < rules.size(); ++i) {
            if (decision.rules.test(i)) {
                seen.insert(rules[i].name);
            }
        }
    });
    for (const Rule& rule : rules) {
        EXPECT_TRUE(seen.contains(rule.name) || rule.is_partial) << rule.name;
    }
    EXPECT_GT(permitted, question_count() / 5);
    EXPECT_LT(permitted, question_count() * 4 / 5);
}

TEST(Questions, NoticeEveryDefect) {
    const Policy& policy = product_policy();
    EXPECT_GE(defects().size(), 12U);
    for (const Defect& defect : defects()) {
        const WrongEngine wrong(policy, defect);
        std::uint64_t differing = 0;
        for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
            const Question question = draw_question(policy, seed);
            differing += wrong.answer(question) == answer(policy, question) ? 0U : 1U;
        }
        EXPECT_GT(differing, 0U) << defect.name;
    }
}

}  // namespace
}  // namespace suyuan::policy_test
