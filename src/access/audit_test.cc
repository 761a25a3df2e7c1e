// SPDX-License-Identifier: Apache-2.0

#include "access/audit.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "access/access_testing.h"
#include "access/parts.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "store/access.h"

namespace suyuan::access {
namespace {

constexpr std::string_view kShop = "https://ns.suyuan.example/uscc/91110105MA00000000";

class AuditTest : public AccessTest {
protected:
    auto looks() const { return audit_.looks_at(context_, scope_, {.owner = std::string(kShop)}); }

    Audit audit_{parts_};
};

TEST_F(AuditTest, AnOperatorSeesWhoLookedAtItsDataAndNothingElse) {
    auto entry = entry_of(parts_, context_, "trace", "position", "lot 1");
    entry.purpose = "case";
    entry.owners = {std::string(kShop)};
    ASSERT_TRUE(audit_.record(context_, scope_, entry));
    entry.owners = {"somebody else"};
    ASSERT_TRUE(audit_.record(context_, scope_, entry));
    const auto seen = looks();
    ASSERT_TRUE(seen && seen->size() == 1);
    EXPECT_EQ(seen->front().entry.act, "trace");
    EXPECT_EQ(seen->front().entry.purpose, "case");
    EXPECT_EQ(seen->front().at, kStart);
    // Of a time in which nobody did.
    EXPECT_TRUE(audit_
                    .looks_at(context_, scope_, {.owner = std::string(kShop), .from = kStart + 1})
                    ->empty());
    // Nobody in particular is not everybody.
    EXPECT_TRUE(audit_.looks_at(context_, scope_, {})->empty());
}

TEST_F(AuditTest, AnOpenCaseDelaysAnEntryUntilItEnds) {
    auto entry = entry_of(parts_, context_, "trace", "position", "lot 1");
    entry.owners = {std::string(kShop)};
    entry.secret_until = kStart + kMinute;
    ASSERT_TRUE(audit_.record(context_, scope_, entry));
    EXPECT_TRUE(looks()->empty());
    EXPECT_EQ(audit_.search(context_, scope_, {})->size(), 1U);
    clock_.advance(kMinute);
    EXPECT_EQ(looks()->size(), 1U);
}

TEST_F(AuditTest, TheSearchIsARowToo) {
    ASSERT_TRUE(audit_.search(context_, scope_, {.actor = "a1"}));
    const auto rows = audit_.search(context_, scope_, {.act = "audit"});
    ASSERT_TRUE(rows && rows->size() == 1);
    EXPECT_EQ(rows->front().entry.detail, "actor=a1 act= named= owner= rows=0");
    EXPECT_EQ(rows->front().entry.actor, "local");
    EXPECT_TRUE(rows->front().entry.policy.starts_with(parts_.policy->content().version + " "));
}

TEST_F(AuditTest, ARowTellsTheRuleAndTheFields) {
    const policy::Policy& policy = *parts_.policy;
    policy::Subject anybody;
    anybody.role = *policy.role("public_consumer");
    policy::Resource lot;
    lot.kind = policy::ResourceKind::kItem;
    lot.data_class = policy::DataClass::kPublic;
    const policy::Decision seen = policy.decide(anybody, policy::Action::kRead, lot, {});
    ASSERT_TRUE(seen.is_permitted);
    store::AuditEntry entry;
    tell_decision(policy, lot.kind, seen, entry);
    EXPECT_EQ(entry.thing, "item");
    EXPECT_EQ(entry.rule, "consumer-view");
    EXPECT_NE(entry.fields.find("product_name producer_name"), std::string::npos) << entry.fields;
    EXPECT_EQ(entry.outcome, store::AuditOutcome::kPermitted);
    const policy::Decision denied = policy.decide(anybody, policy::Action::kExport, lot, {});
    tell_decision(policy, lot.kind, denied, entry);
    EXPECT_EQ(entry.outcome, store::AuditOutcome::kDenied);
    EXPECT_EQ(entry.rule, policy.rule_name(denied));
    EXPECT_EQ(entry.fields, "");
}

}  // namespace
}  // namespace suyuan::access
