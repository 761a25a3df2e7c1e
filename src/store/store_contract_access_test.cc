// SPDX-License-Identifier: Apache-2.0
//
// The contract's part on accounts, credentials, sessions and keys.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "model/instant.h"
#include "policy/vocabulary.h"
#include "store/access.h"
#include "store/store_contract_access_fixture.h"
#include "store/store_contract_fixture.h"

namespace suyuan::store {
namespace {

Account account(std::string id, std::string name) {
    return {
        .id = std::move(id),
        .name = std::move(name),
        .kind = AccountKind::kRegulator,
        .operator_code = company(1),
        .department = "market_regulation",
        .region = 110105,
        .created_at = kStart,
    };
}

Grant grant(std::string id, std::string role) {
    return {
        .id = std::move(id),
        .account = "a1",
        .role = std::move(role),
        .region = 110105,
        .department = "market_regulation",
        .functions = {"circulation", "emergency"},
        .validity = {.from = kStart, .until = kStart + 10 * kMinute},
    };
}

AccessKey key(std::string id) {
    return {
        .id = std::move(id),
        .family = "f1",
        .name = "ERP",
        .use = KeyUse::kHmacSm3,
        .secret = std::string("s\0e", 3),
        .role = "integrator",
        .operator_code = company(1),
        .region = 110105,
        .actions = {"capture", "read"},
        .addresses = {"10.0.0.0/8", "::1/128"},
        .created_at = kStart,
        .expires_at = kStart + 100 * kMinute,
    };
}

Session session(std::string digest, model::MicrosUtc at = kStart) {
    return {
        .token_digest = std::move(digest),
        .account = "a1",
        .authentication = policy::Authentication::kTwoFactor,
        .created_at = at,
        .seen_at = at,
        .proved_at = at,
        .expires_at = at + 60 * kMinute,
        .idle_us = 15 * kMinute,
    };
}

TEST_P(AccessContract, AnAccountComesBackAsItWasMade) {
    const Account made = account("a1", "王五");
    ASSERT_TRUE(act({AddAccount{made}}));
    reopen();
    for (const auto& found :
         {access().find_account(context_, scope_, "a1"),
          access().find_account_named(context_, scope_, "王五")}) {
        ASSERT_TRUE(found && *found);
        EXPECT_EQ((*found)->id + (*found)->name, "a1王五");
        EXPECT_EQ((*found)->kind, AccountKind::kRegulator);
        EXPECT_EQ((*found)->operator_code, company(1));
        EXPECT_EQ((*found)->department, "market_regulation");
        EXPECT_EQ((*found)->region, 110105U);
        EXPECT_EQ((*found)->created_at, kStart);
        EXPECT_EQ((*found)->disabled_at, 0);
    }
    EXPECT_FALSE(*access().find_account(context_, scope_, "王五"));
    EXPECT_FALSE(*access().find_account_named(context_, scope_, "a1"));
    refuse(AddAccount{account("a1", "another")}, ErrorCode::kConflict);
    refuse(AddAccount{account("a2", "王五")}, ErrorCode::kConflict);
    ASSERT_TRUE(act({SetDisabled{.account = "a1", .at = kStart + 1}}));
    EXPECT_EQ((*access().find_account(context_, scope_, "a1"))->disabled_at, kStart + 1);
    refuse(SetDisabled{.account = "a9", .at = 1}, ErrorCode::kNotFound);
}

TEST_P(AccessContract, AccountsAreListedByNameInPages) {
    ASSERT_TRUE(act(
        {AddAccount{account("1", "c")}, AddAccount{account("2", "a")}, AddAccount{account("3", "b")}
        }
    ));
    const auto first = access().list_accounts(context_, scope_, "", 2);
    ASSERT_TRUE(first);
    ASSERT_EQ(first->size(), 2U);
    EXPECT_EQ(first->front().name + first->back().name, "ab");
    const auto second = access().list_accounts(context_, scope_, "b", 2);
    ASSERT_TRUE(second);
    ASSERT_EQ(second->size(), 1U);
    EXPECT_EQ(second->front().name, "c");
    for (const std::size_t wrong : {std::size_t{0}, AccessStore::kRowsMax + 1}) {
        EXPECT_EQ(
            access().list_accounts(context_, scope_, "", wrong).error().code(),
            ErrorCode::kInvalidArgument
        );
        EXPECT_FALSE(access().list_keys(context_, scope_, "", wrong));
        EXPECT_FALSE(access().search_audit(context_, scope_, {.rows_max = wrong}));
    }
}

TEST_P(AccessContract, GrantsStayAndSayWhenTheyEnded) {
    ASSERT_TRUE(act({AddAccount{account("a1", "a")}, AddGrant{.grant = grant("g1", "x")}}));
    refuse(AddGrant{.grant = grant("g1", "y")}, ErrorCode::kConflict);
    Grant of_nobody = grant("g2", "x");
    of_nobody.account = "a9";
    refuse(AddGrant{.grant = of_nobody}, ErrorCode::kNotFound);
    ASSERT_TRUE(act({RevokeGrant{.grant = "g1", .at = kStart + 5}}));
    refuse(RevokeGrant{.grant = "g1", .at = kStart + 6}, ErrorCode::kNotFound);
    const auto grants = access().grants_of(context_, scope_, "a1");
    ASSERT_TRUE(grants);
    ASSERT_EQ(grants->size(), 1U);
    const Grant& found = grants->front();
    EXPECT_EQ(found.id + found.account + found.role, "g1a1x");
    EXPECT_EQ(found.region, 110105U);
    EXPECT_EQ(found.department, "market_regulation");
    EXPECT_EQ(found.functions, (std::vector<std::string>{"circulation", "emergency"}));
    EXPECT_EQ(found.validity.from, kStart);
    EXPECT_EQ(found.validity.until, kStart + 10 * kMinute);
    EXPECT_EQ(found.revoked_at, kStart + 5);
    EXPECT_TRUE(access().grants_of(context_, scope_, "a9")->empty());
}

TEST_P(AccessContract, RolesThatExcludeEachOtherAreNotHeldTogether) {
    ASSERT_TRUE(act({AddAccount{account("a1", "a")}, AddGrant{.grant = grant("g1", "x")}}));
    const AddGrant beside = {
        .grant = grant("g2", "y"), .excluded_roles = {"w", "x"}, .now = kStart + kMinute
    };
    refuse(beside, ErrorCode::kConflict);
    AddGrant after = beside;
    after.now = kStart + 10 * kMinute;  // the first has ended
    EXPECT_TRUE(act({after}));
    AddGrant third = {.grant = grant("g3", "z"), .excluded_roles = {"y"}, .now = kStart};
    refuse(third, ErrorCode::kConflict);
    ASSERT_TRUE(act({RevokeGrant{.grant = "g2", .at = kStart}}));
    EXPECT_TRUE(act({third}));
}

TEST_P(AccessContract, ACredentialTakesThePlaceOfTheOneOfItsKind) {
    const Credential password = {
        .account = "a1", .secret = "hash", .changed_at = kStart, .is_initial = true
    };
    refuse(PutCredential{password}, ErrorCode::kNotFound);
    ASSERT_TRUE(act({AddAccount{account("a1", "a")}, PutCredential{password}}));
    auto found = access().find_credential(context_, scope_, "a1", CredentialKind::kPassword);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->secret, "hash");
    EXPECT_EQ((*found)->changed_at, kStart);
    EXPECT_TRUE((*found)->is_initial);
    EXPECT_FALSE(*access().find_credential(context_, scope_, "a1", CredentialKind::kOneTimePassword)
    );
    ASSERT_TRUE(act({PutCredential{{.account = "a1", .secret = std::string("\0b", 2)}}}));
    found = access().find_credential(context_, scope_, "a1", CredentialKind::kPassword);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->secret, std::string("\0b", 2));
    EXPECT_FALSE((*found)->is_initial);
}

TEST_P(AccessContract, OneTimePasswordsAndRecoveryCodesAreUsedOnce) {
    ASSERT_TRUE(act(
        {AddAccount{account("a1", "a")},
         PutCredential{{.account = "a1", .kind = CredentialKind::kOneTimePassword, .secret = "s"}},
         PutRecoveryCodes{.account = "a1", .digests = {"d1", "d2"}}}
    ));
    ASSERT_TRUE(act({UseOneTimePassword{.account = "a1", .step = 7}}));
    refuse(UseOneTimePassword{.account = "a1", .step = 7}, ErrorCode::kConflict);
    refuse(UseOneTimePassword{.account = "a1", .step = 6}, ErrorCode::kConflict);
    refuse(UseOneTimePassword{.account = "a9", .step = 9}, ErrorCode::kConflict);
    EXPECT_TRUE(act({UseOneTimePassword{.account = "a1", .step = 8}}));

    EXPECT_EQ(*access().count_recovery_codes(context_, scope_, "a1"), 2U);
    ASSERT_TRUE(act({UseRecoveryCode{.account = "a1", .digest = "d1"}}));
    refuse(UseRecoveryCode{.account = "a1", .digest = "d1"}, ErrorCode::kNotFound);
    refuse(UseRecoveryCode{.account = "a2", .digest = "d2"}, ErrorCode::kNotFound);
    EXPECT_EQ(*access().count_recovery_codes(context_, scope_, "a1"), 1U);
    ASSERT_TRUE(act({PutRecoveryCodes{.account = "a1", .digests = {"e1", "e2", "e3"}}}));
    EXPECT_EQ(*access().count_recovery_codes(context_, scope_, "a1"), 3U);
    refuse(UseRecoveryCode{.account = "a1", .digest = "d2"}, ErrorCode::kNotFound);
    refuse(PutRecoveryCodes{.account = "a9", .digests = {"e1"}}, ErrorCode::kNotFound);
}

TEST_P(AccessContract, FailuresAreCountedOneAttemptAtATime) {
    ASSERT_TRUE(act({AddAccount{account("a1", "a")}}));
    const CountFailure first = {.account = "a1", .expected = 0, .at = kStart};
    EXPECT_TRUE(access().note(context_, scope_, first));
    EXPECT_EQ(note(first), ErrorCode::kConflict);  // of two that came together, one is counted
    EXPECT_TRUE(access().note(
        context_, scope_, CountFailure{.account = "a1", .expected = 1, .at = kStart + 9}
    ));
    EXPECT_EQ(access().failures_of(context_, scope_, "a1")->count, 2);
    EXPECT_EQ(access().failures_of(context_, scope_, "a1")->last_at, kStart + 9);
    ASSERT_TRUE(act({ForgetFailures{.account = "a1"}}));
    EXPECT_EQ(access().failures_of(context_, scope_, "a1")->count, 0);
    EXPECT_EQ(note(CountFailure{.account = "a9"}), ErrorCode::kNotFound);
}

TEST_P(AccessContract, SessionsLastUntilTheyAreEnded) {
    refuse(AddSession{session("s1")}, ErrorCode::kNotFound);
    ASSERT_TRUE(act(
        {AddAccount{account("a1", "a")},
         AddSession{session("s1")},
         AddSession{session("s2", kStart + 1)}}
    ));
    EXPECT_TRUE(access().note(
        context_, scope_, TouchSession{.token_digest = "s1", .seen_at = kStart + kMinute}
    ));
    // Never back.
    EXPECT_TRUE(
        access().note(context_, scope_, TouchSession{.token_digest = "s1", .seen_at = kStart + 2})
    );
    const auto found = access().find_session(context_, scope_, "s1");
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->account, "a1");
    EXPECT_EQ((*found)->authentication, policy::Authentication::kTwoFactor);
    EXPECT_EQ((*found)->created_at, kStart);
    EXPECT_EQ((*found)->seen_at, kStart + kMinute);
    EXPECT_EQ((*found)->proved_at, kStart);
    EXPECT_EQ((*found)->expires_at, kStart + 60 * kMinute);
    EXPECT_EQ((*found)->idle_us, 15 * kMinute);
    const auto all = access().sessions_of(context_, scope_, "a1");
    ASSERT_TRUE(all && all->size() == 2);
    EXPECT_EQ(all->front().token_digest, "s2");
    ASSERT_TRUE(act({EndSession{.token_digest = "s1"}}));
    EXPECT_FALSE(*access().find_session(context_, scope_, "s1"));
    refuse(EndSession{.token_digest = "s1"}, ErrorCode::kNotFound);
    ASSERT_TRUE(act({EndSessionsOf{.account = "a1"}}));
    EXPECT_TRUE(access().sessions_of(context_, scope_, "a1")->empty());
}

TEST_P(AccessContract, SessionsThatExpiredAreCleanedUpByTheNext) {
    ASSERT_TRUE(act({AddAccount{account("a1", "a")}, AddSession{session("s1")}}));
    ASSERT_TRUE(act({AddSession{session("s2", kStart + 60 * kMinute)}}));
    EXPECT_FALSE(*access().find_session(context_, scope_, "s1"));
    EXPECT_TRUE(*access().find_session(context_, scope_, "s2"));
}

TEST_P(AccessContract, AKeyComesBackAsItWasMade) {
    ASSERT_TRUE(act({AddKey{.key = key("k1"), .live_max = 2}}));
    reopen();
    const auto found = access().find_key(context_, scope_, "k1");
    ASSERT_TRUE(found && *found);
    const AccessKey& made = **found;
    EXPECT_EQ(made.id + made.family + made.name + made.role, "k1f1ERPintegrator");
    EXPECT_EQ(made.use, KeyUse::kHmacSm3);
    EXPECT_EQ(made.secret, std::string("s\0e", 3));
    EXPECT_EQ(made.operator_code, company(1));
    EXPECT_EQ(made.region, 110105U);
    EXPECT_TRUE(made.functions.empty());
    EXPECT_EQ(made.actions, (std::vector<std::string>{"capture", "read"}));
    EXPECT_EQ(made.addresses, (std::vector<std::string>{"10.0.0.0/8", "::1/128"}));
    EXPECT_EQ(made.created_at, kStart);
    EXPECT_EQ(made.expires_at, kStart + 100 * kMinute);
    EXPECT_EQ(made.revoked_at, 0);
    refuse(AddKey{.key = key("k1"), .live_max = 9}, ErrorCode::kConflict);
}

TEST_P(AccessContract, OfAFamilySoManyKeysCanBeUsed) {
    ASSERT_TRUE(
        act({AddKey{.key = key("k1"), .live_max = 2}, AddKey{.key = key("k2"), .live_max = 2}})
    );
    refuse(AddKey{.key = key("k3"), .live_max = 2}, ErrorCode::kLimitExceeded);
    ASSERT_TRUE(act({RevokeKey{.key = "k1", .at = kStart + 1}}));
    refuse(RevokeKey{.key = "k1", .at = kStart + 2}, ErrorCode::kNotFound);
    EXPECT_TRUE(act({AddKey{.key = key("k3"), .live_max = 2}}));
    // A key's life is shortened and never prolonged.
    ASSERT_TRUE(act({LimitKey{.key = "k2", .expires_at = kStart - 1}}));
    ASSERT_TRUE(act({LimitKey{.key = "k2", .expires_at = kStart + 500}}));
    EXPECT_EQ((*access().find_key(context_, scope_, "k2"))->expires_at, kStart - 1);
    refuse(LimitKey{.key = "k9", .expires_at = 1}, ErrorCode::kNotFound);
    EXPECT_TRUE(act({AddKey{.key = key("k4"), .live_max = 2}}));
    const auto listed = access().list_keys(context_, scope_, "k1", 2);
    ASSERT_TRUE(listed && listed->size() == 2);
    EXPECT_EQ(listed->front().id + listed->back().id, "k2k3");
}

TEST_P(AccessContract, ANonceIsUsedOnceWhileItIsKept) {
    ASSERT_TRUE(act({AddKey{.key = key("k1"), .live_max = 2}}));
    ASSERT_TRUE(act({AddKey{.key = key("k2"), .live_max = 2}}));
    const UseNonce nonce = {.key = "k1", .digest = "n", .at = kStart, .kept_us = 10 * kMinute};
    EXPECT_TRUE(access().note(context_, scope_, nonce));
    EXPECT_EQ(note(nonce), ErrorCode::kConflict);
    reopen();
    UseNonce again = nonce;
    again.at = kStart + 10 * kMinute;
    EXPECT_EQ(note(again), ErrorCode::kConflict);
    again.at += 1;
    EXPECT_TRUE(access().note(context_, scope_, again));
    again.key = "k2";
    EXPECT_TRUE(access().note(context_, scope_, again));
    again.key = "k9";
    EXPECT_EQ(note(again), ErrorCode::kNotFound);
}

}  // namespace
}  // namespace suyuan::store
