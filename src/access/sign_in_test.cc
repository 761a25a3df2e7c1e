// SPDX-License-Identifier: Apache-2.0

#include "access/sign_in.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "access/access_testing.h"
#include "access/accounts.h"
#include "base/error.h"
#include "base/result.h"
#include "crypto/password_hash.h"
#include "io/threads.h"
#include "model/instant.h"
#include "policy/vocabulary.h"
#include "store/access.h"

namespace suyuan::access {
namespace {

constexpr std::string_view kNewPassword = "nothing-of-that-kind";

class SignInTest : public AccessTest {
protected:
    Result<SignedIn> enter(std::string_view name, const Proof& proof) {
        return sign_in_.sign_in(context_, scope_, name, proof);
    }

    // The words of a refusal; "" if there was none.
    std::string refusal(std::string_view name, const Proof& proof) {
        const auto entered = enter(name, proof);
        return entered ? std::string() : refusal_of(entered.error());
    }

    static std::string refusal_of(const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::kPermissionDenied);
        return error.message();
    }

    bool is_known(std::string_view token) {
        return sign_in_.visitor(context_, scope_, token).has_value();
    }

    // Signed in with a password of their own.
    std::string enter_anew(const Handed& handed) {
        const auto first = enter(handed.account.name, {handed.password, code_of(handed)});
        EXPECT_TRUE(first) << first.error().message();
        clock_.advance(kMinute);  // for another code
        const auto changed = sign_in_.change_password(
            context_, scope_, first->token, {handed.password, code_of(handed)}, kNewPassword
        );
        EXPECT_TRUE(changed) << changed.error().message();
        clock_.advance(kMinute);
        return changed ? changed->token : std::string();
    }

    SignIn sign_in_{parts_};
    Accounts accounts_{parts_};
};

TEST_F(SignInTest, PasswordAndCodeOpenASession) {
    const Handed handed = make(county_inspector("li"));
    const auto entered = enter("li", {handed.password, code_of(handed)});
    ASSERT_TRUE(entered) << entered.error().message();
    const auto visitor = sign_in_.visitor(context_, scope_, entered->token);
    ASSERT_TRUE(visitor);
    EXPECT_EQ(visitor->account.id, handed.account.id);
    EXPECT_EQ(visitor->session.authentication, policy::Authentication::kTwoFactor);
    ASSERT_EQ(visitor->subjects.size(), 1U);
    EXPECT_EQ(visitor->subjects.front().role, *parts_.policy->role("regulator_county"));
    EXPECT_TRUE(visitor->must_change_password);
    EXPECT_EQ(visitor->session.token_digest.find(entered->token), std::string::npos);
    EXPECT_EQ(trail(), (std::vector<std::string>{"account_create", "sign_in"}));
}

TEST_F(SignInTest, ABusinessMayComeByPasswordAlone) {
    const Handed handed = make(shop_owner("zhang"));
    const auto entered = enter("zhang", {handed.password});
    ASSERT_TRUE(entered);
    EXPECT_EQ(entered->visitor.session.authentication, policy::Authentication::kPassword);
    EXPECT_EQ(entered->visitor.session.idle_us, 30 * kMinute);
}

TEST_F(SignInTest, WhateverIsWrongIsToldInTheSameWords) {
    const Handed handed = make(county_inspector("li"));
    const Handed disabled = make(county_inspector("wang"));
    ASSERT_TRUE(accounts_.set_disabled(context_, scope_, "wang", true));
    const std::string words = refusal("nobody", {"x", "123456"});
    EXPECT_NE(words, "");
    EXPECT_EQ(refusal("", {}), words);
    EXPECT_EQ(refusal("li", {"wrong", code_of(handed)}), words);
    EXPECT_EQ(refusal("li", {handed.password, ""}), words);
    EXPECT_EQ(refusal("li", {handed.password, "000000"}), words);
    EXPECT_EQ(refusal("li", {handed.password, "AAAAAA-AAAAAA-AAAAAA-AAAAAA"}), words);
    EXPECT_EQ(refusal("wang", {disabled.password, code_of(disabled)}), words);
    EXPECT_EQ(refusal("li", {std::string(2'000, 'x'), "1"}), words);
    const auto told = trail();
    EXPECT_EQ(std::ranges::count(told, "sign_in denied"), 8);
}

TEST_F(SignInTest, ACodeIsGoodOnce) {
    const Handed handed = make(county_inspector("li"));
    const Proof proof = {handed.password, code_of(handed)};
    EXPECT_TRUE(enter("li", proof));
    EXPECT_NE(refusal("li", proof), "");
    clock_.advance(30 * model::kMicrosPerSecond);
    EXPECT_NE(refusal("li", proof), "");
    EXPECT_TRUE(enter("li", {handed.password, code_of(handed)}));
    const Proof recovery = {handed.password, handed.recovery_codes.front()};
    EXPECT_TRUE(enter("li", recovery));
    EXPECT_NE(refusal("li", recovery), "");
    EXPECT_TRUE(enter("li", {handed.password, handed.recovery_codes.back()}));
    EXPECT_EQ(*parts_.store->count_recovery_codes(context_, scope_, handed.account.id), 8U);
}

TEST_F(SignInTest, GuessingGetsSlowAndNeverLocksForGood) {
    const Handed handed = make(shop_owner("zhang"));
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_NE(refusal("zhang", {"guess"}), "");
    }
    // Even the right one must wait now, and is told nothing else.
    EXPECT_EQ(refusal("zhang", {handed.password}), refusal("nobody", {"x"}));
    clock_.advance(model::kMicrosPerSecond);
    EXPECT_NE(refusal("zhang", {"guess"}), "");
    clock_.advance(model::kMicrosPerSecond);
    EXPECT_NE(refusal("zhang", {handed.password}), "");
    clock_.advance(model::kMicrosPerSecond);
    EXPECT_TRUE(enter("zhang", {handed.password}));
    // Forgotten with the success.
    EXPECT_NE(refusal("zhang", {"guess"}), "");
    EXPECT_TRUE(enter("zhang", {handed.password}));
}

TEST_F(SignInTest, ADayOfGuessingIsAHundredGuesses) {
    const Handed handed = make(shop_owner("zhang"));
    int tried = 0;
    for (int minute = 0; minute < 24 * 60; ++minute) {
        EXPECT_NE(refusal("zhang", {"guess"}), "");
        clock_.advance(kMinute);
    }
    for (const std::string& act : trail()) {
        tried += act == "sign_in denied" ? 1 : 0;
    }
    EXPECT_LT(tried, 110);
    EXPECT_GT(tried, 50);
}

TEST_F(SignInTest, AttemptsAtOnceAreAsManyAttempts) {
    const Handed handed = make(shop_owner("zhang"));
    std::atomic<int> refused = 0;
    {
        std::array<io::Thread, 8> guessers;
        for (io::Thread& guesser : guessers) {
            guesser = io::Thread([&](const std::stop_token&) {
                for (int attempt = 0; attempt < 4; ++attempt) {
                    refused += enter("zhang", {"guess"}) ? 0 : 1;
                }
            });
        }
    }
    EXPECT_EQ(refused, 32);
    const auto told = trail();
    EXPECT_LE(std::ranges::count(told, "sign_in denied"), 5);
    EXPECT_LE(parts_.store->failures_of(context_, scope_, handed.account.id)->count, 5);
}

TEST_F(SignInTest, AnInitialPasswordDoesNotLast) {
    const Handed handed = make(shop_owner("zhang"));
    clock_.advance(SignIn::kInitialUs - 1);
    EXPECT_TRUE(enter("zhang", {handed.password}));
    clock_.advance(1);
    EXPECT_NE(refusal("zhang", {handed.password}), "");
}

TEST_F(SignInTest, ASessionEndsIdleAndAtLast) {
    const std::string token = enter_anew(make(county_inspector("li")));
    const model::MicrosUtc begun = clock_.now_us() - kMinute;
    clock_.advance(13 * kMinute);
    EXPECT_TRUE(is_known(token));
    clock_.advance(15 * kMinute - 1);
    EXPECT_TRUE(is_known(token));
    clock_.advance(15 * kMinute);
    EXPECT_FALSE(is_known(token));

    const auto again = enter("li", {std::string(kNewPassword), ""});
    EXPECT_FALSE(again);
    const Handed other = make(shop_owner("zhang"));
    const auto entered = enter("zhang", {other.password});
    ASSERT_TRUE(entered);
    const model::MicrosUtc start = clock_.now_us();
    while (clock_.now_us() < start + 480 * kMinute) {
        ASSERT_TRUE(is_known(entered->token)) << clock_.now_us() - begun;
        clock_.advance(20 * kMinute);
    }
    EXPECT_FALSE(is_known(entered->token));
}

TEST_F(SignInTest, NothingButATokenIsASession) {
    const std::string token = enter_anew(make(county_inspector("li")));
    ASSERT_TRUE(is_known(token));
    EXPECT_FALSE(is_known(""));
    EXPECT_FALSE(is_known(token + "a"));
    EXPECT_FALSE(is_known(token.substr(1)));
    const auto visitor = sign_in_.visitor(context_, scope_, token);
    EXPECT_FALSE(is_known(visitor->session.token_digest));
}

TEST_F(SignInTest, WhatEndsASessionEndsItAtTheNextRequest) {
    const std::string token = enter_anew(make(county_inspector("li")));
    ASSERT_TRUE(sign_in_.sign_out(context_, scope_, token));
    EXPECT_FALSE(is_known(token));
    const Handed wang = make(county_inspector("wang"));
    const std::string disabled = enter_anew(wang);
    ASSERT_TRUE(accounts_.set_disabled(context_, scope_, "wang", true));
    EXPECT_FALSE(is_known(disabled));
    ASSERT_TRUE(accounts_.set_disabled(context_, scope_, "wang", false));
    EXPECT_FALSE(is_known(disabled));
    const std::string reset = enter_anew(make(county_inspector("zhao")));
    ASSERT_TRUE(accounts_.reset(context_, scope_, "zhao"));
    EXPECT_FALSE(is_known(reset));
}

TEST_F(SignInTest, ARevokedGrantIsGoneFromOpenSessions) {
    const Handed handed = make(county_inspector("li"));
    const std::string token = enter_anew(handed);
    const auto grants = parts_.store->grants_of(context_, scope_, handed.account.id);
    EXPECT_EQ(sign_in_.visitor(context_, scope_, token)->subjects.size(), 1U);
    ASSERT_TRUE(accounts_.revoke(context_, scope_, grants->front().id));
    EXPECT_TRUE(sign_in_.visitor(context_, scope_, token)->subjects.empty());
}

TEST_F(SignInTest, WhoProvesAnewGetsAnotherToken) {
    const Handed handed = make(county_inspector("li"));
    const std::string token = enter_anew(handed);
    clock_.advance(10 * kMinute);
    EXPECT_FALSE(sign_in_.has_just_proved(*sign_in_.visitor(context_, scope_, token)));
    EXPECT_FALSE(sign_in_.reauthenticate(context_, scope_, token, {"wrong", code_of(handed)}));
    EXPECT_TRUE(is_known(token));
    const auto proved = sign_in_.reauthenticate(
        context_, scope_, token, {std::string(kNewPassword), code_of(handed)}
    );
    ASSERT_TRUE(proved) << proved.error().message();
    EXPECT_FALSE(is_known(token));
    EXPECT_TRUE(sign_in_.has_just_proved(proved->visitor));
    clock_.advance(SignIn::kProvedUs);
    EXPECT_FALSE(sign_in_.has_just_proved(*sign_in_.visitor(context_, scope_, proved->token)));
}

TEST_F(SignInTest, AChangeOfThePasswordEndsAllOtherSessions) {
    const Handed handed = make(shop_owner("zhang"));
    const auto one = enter("zhang", {handed.password});
    const auto two = enter("zhang", {handed.password});
    const auto change = [&](std::string_view password) {
        return sign_in_.change_password(context_, scope_, one->token, {handed.password}, password);
    };
    EXPECT_EQ(change("short").error().code(), ErrorCode::kInvalidArgument);
    EXPECT_EQ(change(handed.password).error().code(), ErrorCode::kInvalidArgument);
    EXPECT_TRUE(is_known(one->token));
    const auto changed = change(kNewPassword);
    ASSERT_TRUE(changed) << changed.error().message();
    EXPECT_FALSE(changed->visitor.must_change_password);
    EXPECT_FALSE(is_known(one->token));
    EXPECT_FALSE(is_known(two->token));
    EXPECT_TRUE(is_known(changed->token));
    EXPECT_NE(refusal("zhang", {handed.password}), "");
    EXPECT_TRUE(enter("zhang", {std::string(kNewPassword)}));
}

TEST_F(SignInTest, TheOtherProfileWantsAnotherPasswordEveryNinetyDays) {
    parts_.passwords.days_max = 90;
    sign_in_ = SignIn(parts_);
    const Handed handed = make(shop_owner("zhang"));
    enter_anew(handed);
    clock_.advance(89 * model::kMicrosPerDay);
    EXPECT_FALSE(enter("zhang", {std::string(kNewPassword)})->visitor.must_change_password);
    clock_.advance(model::kMicrosPerDay);
    EXPECT_TRUE(enter("zhang", {std::string(kNewPassword)})->visitor.must_change_password);
}

TEST_F(SignInTest, AHashOfAnotherCostIsMadeAnew) {
    const Handed handed = make(shop_owner("zhang"));
    parts_.passwords.cost.passes = 2;
    ASSERT_TRUE(SignIn(parts_).sign_in(context_, scope_, "zhang", {handed.password}));
    const auto credential = parts_.store->find_credential(
        context_, scope_, handed.account.id, store::CredentialKind::kPassword
    );
    EXPECT_FALSE(crypto::needs_new_hash((*credential)->secret, parts_.passwords.cost));
    EXPECT_TRUE((*credential)->is_initial);
    EXPECT_TRUE(SignIn(parts_).sign_in(context_, scope_, "zhang", {handed.password}));
}

}  // namespace
}  // namespace suyuan::access
