// SPDX-License-Identifier: Apache-2.0

#include "access/roles.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "model/instant.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"
#include "store/access.h"

namespace suyuan::access {
namespace {

const policy::Policy& product() {
    return policy::product_policy();
}

std::vector<std::string> excluded_by(const std::string& role) {
    return roles_excluded_by(product(), *role_named(product(), role));
}

bool contains(const std::vector<std::string>& list, const std::string& word) {
    return std::ranges::find(list, word) != list.end();
}

TEST(RolesTest, TheThreeOfficersExcludeEachOtherAndEverybodyElse) {
    const std::vector<std::string> officers = {
        "system_officer", "security_officer", "audit_officer"
    };
    for (const std::string& officer : officers) {
        const auto excluded = excluded_by(officer);
        EXPECT_EQ(excluded.size(), product().content().roles.size() - 1);
        EXPECT_FALSE(contains(excluded, officer));
    }
    auto of_others = excluded_by("regulator_county");
    std::ranges::sort(of_others);
    EXPECT_EQ(
        of_others, (std::vector<std::string>{"audit_officer", "security_officer", "system_officer"})
    );
}

TEST(RolesTest, KnowsHowAHolderMustCome) {
    EXPECT_TRUE(needs_two_factors(product(), *product().role("regulator_county")));
    EXPECT_FALSE(needs_two_factors(product(), *product().role("operator_owner")));
    EXPECT_FALSE(needs_two_factors(product(), *product().role("integrator")));
    EXPECT_TRUE(may_come_by(product(), *product().role("integrator"), policy::Authentication::kKey)
    );
}

TEST(RolesTest, WordsThatThePolicyDoesNotHaveAreNamed) {
    EXPECT_NE(role_named(product(), "king").error().message().find("'king'"), std::string::npos);
    EXPECT_TRUE(check_words(product(), "customs", {"emergency"}, {"trace"}));
    EXPECT_TRUE(check_words(product(), "", {}, {}));
    EXPECT_FALSE(check_words(product(), "navy", {}, {}));
    EXPECT_FALSE(check_words(product(), "", {"emergency", "dancing"}, {}));
    EXPECT_FALSE(check_words(product(), "", {}, {"fly"}));
}

TEST(RolesTest, AGrantIsTheSubjectThatThePolicyDecidesAbout) {
    const store::Grant grant = {
        .role = "regulator_county",
        .region = 110105,
        .department = "market_regulation",
        .functions = {"emergency"},
        .validity = {.from = 10, .until = 20},
    };
    policy::Resource lot;
    lot.kind = policy::ResourceKind::kItem;
    lot.regions.codes = {110000, 110105};
    const auto decide = [&](const policy::Subject& subject, model::MicrosUtc now) {
        policy::Context context;
        context.now = now;
        return product().decide(subject, policy::Action::kRead, lot, context);
    };
    using policy::Authentication;
    EXPECT_TRUE(decide(subject_of(product(), grant, Authentication::kTwoFactor), 10).is_permitted);
    EXPECT_EQ(
        decide(subject_of(product(), grant, Authentication::kPassword), 10).ruling,
        policy::Ruling::kAuthentication
    );
    EXPECT_EQ(
        decide(subject_of(product(), grant, Authentication::kTwoFactor), 20).ruling,
        policy::Ruling::kNotValid
    );
    store::Grant revoked = grant;
    revoked.revoked_at = 5;
    EXPECT_EQ(
        decide(subject_of(product(), revoked, Authentication::kTwoFactor), 10).ruling,
        policy::Ruling::kRevoked
    );
    store::Grant unknown = grant;
    unknown.role = "of_an_older_policy";
    EXPECT_EQ(
        decide(subject_of(product(), unknown, Authentication::kTwoFactor), 10).ruling,
        policy::Ruling::kUnknown
    );
}

TEST(RolesTest, AKeyIsLimitedToItsActions) {
    const store::AccessKey key = {
        .role = "integrator", .actions = {"capture"}, .created_at = 10, .expires_at = 20
    };
    const policy::Subject subject = subject_of(product(), key);
    EXPECT_EQ(subject.authentication, policy::Authentication::kKey);
    policy::Resource event;
    event.kind = policy::ResourceKind::kEvent;
    event.relations.insert(policy::Relation::kOwn);
    policy::Context context;
    context.now = 10;
    EXPECT_TRUE(product().decide(subject, policy::Action::kCapture, event, context).is_permitted);
    EXPECT_EQ(
        product().decide(subject, policy::Action::kRead, event, context).ruling,
        policy::Ruling::kCredential
    );
}

}  // namespace
}  // namespace suyuan::access
