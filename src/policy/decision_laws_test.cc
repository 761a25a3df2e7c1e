// SPDX-License-Identifier: Apache-2.0
//
// What holds for every file and every question, whatever they say: tried with the product's file,
// with rules taken out of it, and random questions aimed at its rules.

#include <cstddef>
#include <cstdint>
#include <utility>

#include <gtest/gtest.h>

#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"
#include "tests/policy/questions.h"

namespace suyuan::policy {
namespace {

constexpr std::uint64_t kQuestions = 20'000;

Decision ask(const Policy& policy, const policy_test::Question& question) {
    return policy.decide(question.subject, question.action, question.resource, question.context);
}

Policy without(std::size_t rule) {
    PolicyContent content = product_policy().content();
    content.rules[rule].roles = RoleSet();
    return Policy(std::move(content));
}

bool opens_no_more(const Decision& less, const Decision& decision) {
    return (decision.is_permitted || !less.is_permitted) &&
           decision.visible.contains_all(less.visible) &&
           (decision.visible - decision.masked).contains_all(less.visible - less.masked) &&
           less.steps_up <= decision.steps_up && less.steps_down <= decision.steps_down;
}

TEST(DecisionLawsTest, AnAnswerIsWhole) {
    for (std::uint64_t seed = 0; seed < kQuestions; ++seed) {
        const auto question = policy_test::draw_question(product_policy(), seed);
        const Decision decision = ask(product_policy(), question);
        EXPECT_EQ(decision, ask(product_policy(), question)) << seed;
        EXPECT_EQ(decision.is_permitted, !decision.visible.is_empty()) << seed;
        EXPECT_TRUE(decision.visible.contains_all(decision.masked)) << seed;
        EXPECT_EQ(decision.duties.contains(Duty::kMask), !decision.masked.is_empty()) << seed;
        if (!decision.is_permitted) {
            EXPECT_TRUE(decision.duties.is_empty()) << seed;
            EXPECT_LE(decision.rules.count(), 1U) << seed;
            EXPECT_EQ(decision.steps_up + decision.steps_down, 0) << seed;
        } else {
            EXPECT_EQ(decision.ruling, Ruling::kRule) << seed;
            EXPECT_TRUE(decision.rules.test(decision.rule)) << seed;
            EXPECT_FALSE(product_policy().content().rules[decision.rule].is_forbid) << seed;
        }
    }
}

// So that nothing depends on the order of permits, and taking one away is always safe.
TEST(DecisionLawsTest, TakingAPermitAwayOpensNothingTakingAForbidAwayClosesNothing) {
    const std::size_t rules = product_policy().content().rules.size();
    for (std::size_t rule = 0; rule < rules; ++rule) {
        const Policy less = without(rule);
        const bool is_forbid = product_policy().content().rules[rule].is_forbid;
        for (std::uint64_t seed = 0; seed < kQuestions / rules; ++seed) {
            const auto question = policy_test::draw_question(product_policy(), seed * rules + rule);
            const Decision before = ask(product_policy(), question);
            const Decision after = ask(less, question);
            EXPECT_TRUE(is_forbid ? opens_no_more(before, after) : opens_no_more(after, before))
                << product_policy().content().rules[rule].name << ' ' << seed;
        }
    }
}

TEST(DecisionLawsTest, AnEmptyPolicyPermitsNothing) {
    PolicyContent content = product_policy().content();
    content.rules.clear();
    const Policy empty(std::move(content));
    for (std::uint64_t seed = 0; seed < kQuestions; ++seed) {
        EXPECT_FALSE(ask(empty, policy_test::draw_question(product_policy(), seed)).is_permitted);
    }
}

TEST(DecisionLawsTest, WhatEndsIsOverAtItsEnd) {
    for (std::uint64_t seed = 0; seed < kQuestions; ++seed) {
        auto question = policy_test::draw_question(product_policy(), seed);
        question.subject.validity.until = question.context.now;
        EXPECT_FALSE(ask(product_policy(), question).is_permitted) << seed;
        question.subject.validity = {};
        question.subject.is_revoked = true;
        EXPECT_FALSE(ask(product_policy(), question).is_permitted) << seed;
        question.subject.is_revoked = false;
        const Decision open = ask(product_policy(), question);
        question.resource.share.reset();
        question.resource.incident = {};
        EXPECT_TRUE(opens_no_more(ask(product_policy(), question), open)) << seed;
    }
}

// Nothing that a caller states makes one of the computed relations hold.
TEST(DecisionLawsTest, ComputedRelationsAreNotListenedTo) {
    const auto computed =
        RelationSet::of(Relation::kSupervises, Relation::kShared, Relation::kIncident);
    for (std::uint64_t seed = 0; seed < kQuestions; ++seed) {
        auto question = policy_test::draw_question(product_policy(), seed);
        const Decision decision = ask(product_policy(), question);
        question.resource.relations = question.resource.relations - computed;
        EXPECT_EQ(ask(product_policy(), question), decision) << seed;
        question.resource.relations |= computed;
        EXPECT_EQ(ask(product_policy(), question), decision) << seed;
    }
}

}  // namespace
}  // namespace suyuan::policy
