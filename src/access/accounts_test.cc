// SPDX-License-Identifier: Apache-2.0

#include "access/accounts.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "access/access_testing.h"
#include "base/error.h"
#include "crypto/password_hash.h"
#include "store/access.h"

namespace suyuan::access {
namespace {

class AccountsTest : public AccessTest {
protected:
    ErrorCode refusal(const NewAccount& account) {
        const auto refused = accounts_.create(context_, scope_, account);
        EXPECT_FALSE(refused) << account.name;
        return refused ? ErrorCode::kCorruption : refused.error().code();
    }

    Accounts accounts_{parts_};
};

TEST_F(AccountsTest, WhatAnAccountNeedsIsHandedOutOnceAndStoredUnreadably) {
    const Handed handed = make(county_inspector("王五"));
    EXPECT_TRUE(handed.enrolment.starts_with("otpauth://totp/Suyuan:%E7%8E%8B%E4%BA%94?secret="));
    EXPECT_EQ(handed.recovery_codes.size(), 10U);
    const auto password = parts_.store->find_credential(
        context_, scope_, handed.account.id, store::CredentialKind::kPassword
    );
    ASSERT_TRUE(password && *password);
    EXPECT_TRUE((*password)->is_initial);
    EXPECT_TRUE(crypto::matches_password((*password)->secret, handed.password));
    EXPECT_EQ((*password)->secret.find(handed.password), std::string::npos);
    EXPECT_EQ(*parts_.store->count_recovery_codes(context_, scope_, handed.account.id), 10U);
    const auto grants = parts_.store->grants_of(context_, scope_, handed.account.id);
    ASSERT_TRUE(grants && grants->size() == 1);
    EXPECT_EQ(grants->front().role, "regulator_county");
    EXPECT_EQ(grants->front().region, 110105U);
    // A business may do with a password.
    EXPECT_TRUE(make(shop_owner("zhang")).enrolment.empty());
    EXPECT_EQ(trail(), (std::vector<std::string>{"account_create", "account_create"}));
}

TEST_F(AccountsTest, WhatDoesNotFitIsRefusedAndLeavesNothing) {
    for (const std::string_view name :
         {std::string_view(),
          std::string_view("two words"),
          std::string_view("a\"b"),
          std::string_view("tab\t"),
          std::string_view("nul\0l", 5)}) {
        EXPECT_EQ(refusal(county_inspector(std::string(name))), ErrorCode::kInvalidArgument);
    }
    EXPECT_EQ(refusal(county_inspector(std::string(65, 'x'))), ErrorCode::kInvalidArgument);
    NewAccount account = county_inspector("li");
    account.grant.role = "king";
    EXPECT_EQ(refusal(account), ErrorCode::kInvalidArgument);
    account = county_inspector("li");
    account.grant.functions = {"dancing"};
    EXPECT_EQ(refusal(account), ErrorCode::kInvalidArgument);
    account = county_inspector("li");
    account.region = 0;
    EXPECT_EQ(refusal(account), ErrorCode::kInvalidArgument);
    account = shop_owner("li");
    account.operator_code.clear();
    EXPECT_EQ(refusal(account), ErrorCode::kInvalidArgument);
    account = shop_owner("li");
    account.grant.role = "integrator";  // comes by key alone
    EXPECT_EQ(refusal(account), ErrorCode::kInvalidArgument);
    account = shop_owner("li");
    account.grant.validity = {.from = 20, .until = 20};
    EXPECT_EQ(refusal(account), ErrorCode::kInvalidArgument);
    EXPECT_TRUE(trail().empty());
    make(county_inspector("li"));
    EXPECT_EQ(refusal(shop_owner("li")), ErrorCode::kConflict);
    EXPECT_EQ(trail().size(), 1U);
}

TEST_F(AccountsTest, TheThreeOfficersAreThreePeople) {
    make(officer("sys", "system_officer"));
    make(officer("sec", "security_officer"));
    make(officer("aud", "audit_officer"));
    for (const std::string_view name : {"sys", "sec", "aud"}) {
        for (const std::string role : {"system_officer", "security_officer", "audit_officer"}) {
            const bool is_own = role.starts_with(name);
            const auto granted = accounts_.grant(context_, scope_, name, {.role = role});
            EXPECT_EQ(granted.has_value(), is_own) << name << ' ' << role;
            if (!granted) {
                EXPECT_EQ(granted.error().code(), ErrorCode::kConflict);
            }
        }
        const auto business = accounts_.grant(context_, scope_, name, {.role = "regulator_city"});
        ASSERT_FALSE(business);
        EXPECT_EQ(business.error().code(), ErrorCode::kInvalidArgument);
    }
    make(county_inspector("li"));
    EXPECT_FALSE(accounts_.grant(context_, scope_, "li", {.role = "audit_officer"}));
}

TEST_F(AccountsTest, AnOfficerWhoseGrantWasRevokedMayBecomeAnother) {
    const Handed handed = make(officer("sys", "system_officer"));
    const auto grants = parts_.store->grants_of(context_, scope_, handed.account.id);
    ASSERT_TRUE(accounts_.revoke(context_, scope_, grants->front().id));
    EXPECT_TRUE(accounts_.grant(context_, scope_, "sys", {.role = "audit_officer"}));
    EXPECT_EQ(
        accounts_.revoke(context_, scope_, grants->front().id).error().code(), ErrorCode::kNotFound
    );
}

TEST_F(AccountsTest, AGrantIsAddedAndTakenBack) {
    const Handed handed = make(county_inspector("li"));
    const auto grant = accounts_.grant(
        context_,
        scope_,
        "li",
        {.role = "regulator_city", .region = 110100, .functions = {"emergency"}}
    );
    ASSERT_TRUE(grant) << grant.error().message();
    ASSERT_TRUE(accounts_.revoke(context_, scope_, *grant));
    EXPECT_EQ(trail(), (std::vector<std::string>{"account_create", "grant_add", "grant_revoke"}));
    EXPECT_EQ(
        accounts_.grant(context_, scope_, "nobody", {.role = "regulator_city"}).error().code(),
        ErrorCode::kNotFound
    );
}

TEST_F(AccountsTest, DisabledIsUntilEnabled) {
    const Handed handed = make(county_inspector("li"));
    ASSERT_TRUE(accounts_.set_disabled(context_, scope_, "li", true));
    EXPECT_EQ(
        (*parts_.store->find_account(context_, scope_, handed.account.id))->disabled_at, kStart
    );
    ASSERT_TRUE(accounts_.set_disabled(context_, scope_, "li", false));
    EXPECT_EQ((*parts_.store->find_account(context_, scope_, handed.account.id))->disabled_at, 0);
    EXPECT_EQ(
        accounts_.set_disabled(context_, scope_, "nobody", true).error().code(),
        ErrorCode::kNotFound
    );
}

TEST_F(AccountsTest, AResetTakesTheOldCredentialsAway) {
    const Handed before = make(county_inspector("li"));
    const auto after = accounts_.reset(context_, scope_, "li");
    ASSERT_TRUE(after);
    EXPECT_NE(after->password, before.password);
    EXPECT_NE(after->enrolment, before.enrolment);
    const auto password = parts_.store->find_credential(
        context_, scope_, before.account.id, store::CredentialKind::kPassword
    );
    EXPECT_FALSE(crypto::matches_password((*password)->secret, before.password));
    EXPECT_EQ(*parts_.store->count_recovery_codes(context_, scope_, before.account.id), 10U);
    make(shop_owner("zhang"));
    EXPECT_TRUE(accounts_.reset(context_, scope_, "zhang")->enrolment.empty());
}

}  // namespace
}  // namespace suyuan::access
