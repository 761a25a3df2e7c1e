// SPDX-License-Identifier: Apache-2.0
//
// For tests: a store of its own, a clock that stands still, passwords that cost little, and the
// product's policy.

#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "access/accounts.h"
#include "access/parts.h"
#include "access/password_rules.h"
#include "access/vault.h"
#include "crypto/base_encoding.h"
#include "crypto/totp.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "io/scratch_folder_fixture.h"
#include "model/instant.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store.h"

namespace suyuan::access {

inline constexpr model::MicrosUtc kStart = 1'767'571'200'000'000;  // 2026-01-05T00:00:00Z
inline constexpr model::MicrosUtc kMinute = 60 * model::kMicrosPerSecond;

class AccessTest : public testing::Test {
protected:
    AccessTest() {
        store_ = *store::open_sqlite(
            folder_.path(),
            {.clock = &clock_,
             .randomness = &randomness_,
             .creation = store::Creation::kCreateIfMissing}
        );
        parts_.store = &store_->access();
        parts_.policy = &policy::product_policy();
        parts_.vault = &vault_;
        parts_.clock = &clock_;
        parts_.randomness = &randomness_;
        parts_.passwords.cost = {.memory_kib = 8'192, .passes = 1};
    }

    static NewAccount county_inspector(std::string name) {
        return {
            .name = std::move(name),
            .kind = store::AccountKind::kRegulator,
            .department = "market_regulation",
            .region = 110105,
            .grant =
                {.role = "regulator_county", .region = 110105, .department = "market_regulation"},
        };
    }

    static NewAccount shop_owner(std::string name) {
        return {
            .name = std::move(name),
            .kind = store::AccountKind::kOperator,
            .operator_code = "https://ns.suyuan.example/uscc/91110105MA00000000",
            .region = 110105,
            .grant = {.role = "operator_owner"},
        };
    }

    static NewAccount officer(std::string name, std::string role) {
        return {
            .name = std::move(name),
            .kind = store::AccountKind::kOfficer,
            .grant = {.role = std::move(role)},
        };
    }

    Handed make(const NewAccount& account) {
        auto made = Accounts(parts_).create(context_, scope_, account);
        EXPECT_TRUE(made) << made.error().message();
        return made ? *std::move(made) : Handed();
    }

    // What the authenticator shows now; empty if there is none.
    [[nodiscard]] std::string code_of(const Handed& handed) const {
        if (handed.enrolment.empty()) {
            return {};
        }
        const auto from = handed.enrolment.find("secret=") + 7;
        const auto secret = crypto::from_base32(
            handed.enrolment.substr(from, handed.enrolment.find('&', from) - from)
        );
        const auto step = clock_.now_us() / model::kMicrosPerSecond / crypto::kTotpStepSeconds;
        return crypto::hotp(*secret, static_cast<std::uint64_t>(step), crypto::kTotpDigits);
    }

    // The trail, oldest first: "act outcome".
    std::vector<std::string> trail() {
        std::vector<std::string> told;
        const auto rows = store_->access().search_audit(context_, scope_, {.rows_max = 1'000});
        for (const store::AuditRow& row : *rows) {
            const bool is_denied = row.entry.outcome == store::AuditOutcome::kDenied;
            told.push_back(row.entry.act + (is_denied ? " denied" : ""));
        }
        std::ranges::reverse(told);
        return told;
    }

    io::ScratchFolder folder_;
    io::ManualClock clock_{kStart};
    io::SystemRandomness randomness_;
    policy::RequestContext context_{policy::local_principal()};
    policy::Scope scope_ = *policy::decide(policy::local_principal(), policy::Permission::kOperate);
    Vault vault_ = *Vault::open(folder_.path(), randomness_);
    std::unique_ptr<store::Store> store_;
    Parts parts_;
};

}  // namespace suyuan::access
