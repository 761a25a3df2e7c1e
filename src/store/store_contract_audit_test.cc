// SPDX-License-Identifier: Apache-2.0
//
// The contract's part on the audit trail.

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"
#include "store/audit_chain.h"
#include "store/store.h"
#include "store/store_contract_access_fixture.h"
#include "store/store_contract_fixture.h"

namespace suyuan::store {
namespace {

TEST_P(AuditContract, ARowSaysWhatWasToldAndWhen) {
    const AuditEntry entry = {
        .actor = "a1",
        .role = "regulator_county",
        .organisation = "market_regulation",
        .act = "read",
        .thing = "operator",
        .named = company(2),
        .outcome = AuditOutcome::kDenied,
        .rule = "territory",
        .policy = "2026 abc",
        .purpose = "case",
        .case_number = 77,
        .fields = "name uscc",
        .detail = "详情",
        .secret_until = kStart + 9,
        .owners = {company(2), company(1), company(2)},
    };
    const policy::RequestContext with_id(policy::local_principal(), "request-7");
    ASSERT_EQ(*store().access().act(with_id, scope_, {}, entry), 1U);
    reopen();
    const std::vector<AuditRow> rows = search({});
    ASSERT_EQ(rows.size(), 1U);
    const AuditRow& row = rows.front();
    EXPECT_EQ(row.number, 1U);
    EXPECT_EQ(row.at, clock_.now_us());
    EXPECT_EQ(row.request, "request-7");
    EXPECT_EQ(row.owner_count, 2U);
    EXPECT_EQ(row.entry.actor + row.entry.role, "a1regulator_county");
    EXPECT_EQ(row.entry.organisation, "market_regulation");
    EXPECT_EQ(row.entry.act + row.entry.thing + row.entry.named, "readoperator" + company(2));
    EXPECT_EQ(row.entry.outcome, AuditOutcome::kDenied);
    EXPECT_EQ(row.entry.rule + row.entry.policy + row.entry.purpose, "territory2026 abccase");
    EXPECT_EQ(row.entry.case_number, 77U);
    EXPECT_EQ(row.entry.fields + row.entry.detail, "name uscc详情");
    EXPECT_EQ(row.entry.secret_until, kStart + 9);
    // Anybody can compute the chain.
    const std::vector<std::string> owners = {company(1), company(2)};
    EXPECT_EQ(row.digest, audit_digest("", row, audit_owners_digest(owners)));
}

TEST_P(AuditContract, RowsFollowEachOther) {
    record({.act = "first"});
    clock_.advance(-5 * kMinute);  // somebody set the machine's clock back
    record({.act = "second"});
    const std::vector<AuditRow> rows = search({});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows.front().number, 2U);
    EXPECT_EQ(rows.front().at, rows.back().at);
    EXPECT_EQ(
        rows.front().digest, audit_digest(rows.back().digest, rows.front(), audit_owners_digest({}))
    );
    EXPECT_TRUE(findings().empty());
}

TEST_P(AuditContract, RowsAreFoundByWhatTheySay) {
    record({.actor = "a1", .act = "read", .named = "x", .owners = {company(1)}});
    clock_.advance(kMinute);
    record({.actor = "a2", .act = "read", .named = "y", .owners = {company(1), company(2)}});
    clock_.advance(kMinute);
    record({.actor = "a1", .act = "trace", .named = "y"});
    EXPECT_EQ(numbers({}), "321");
    EXPECT_EQ(numbers({.actor = "a1"}), "31");
    EXPECT_EQ(numbers({.act = "read"}), "21");
    EXPECT_EQ(numbers({.named = "y"}), "32");
    EXPECT_EQ(numbers({.owner = company(1)}), "21");
    EXPECT_EQ(numbers({.owner = company(2)}), "2");
    EXPECT_EQ(numbers({.owner = company(3)}), "");
    EXPECT_EQ(numbers({.actor = "a1", .owner = company(1)}), "1");
    EXPECT_EQ(numbers({.from = clock_.now_us() - kMinute}), "32");
    EXPECT_EQ(numbers({.until = clock_.now_us() - kMinute}), "1");
    EXPECT_EQ(numbers({.rows_max = 2}), "32");
    EXPECT_EQ(numbers({.before = 2, .rows_max = 2}), "1");
    EXPECT_EQ(numbers({.actor = "' OR 1 = 1 --"}), "");
}

TEST_P(AuditContract, LegalSecrecyDelaysAnEntryAndNeverDropsIt) {
    record({.act = "open", .owners = {company(1)}});
    record({.act = "secret", .secret_until = kStart + 10, .owners = {company(1)}});
    EXPECT_EQ(numbers({.owner = company(1), .shown_at = kStart + 9}), "1");
    EXPECT_EQ(numbers({.owner = company(1), .shown_at = kStart + 10}), "21");
    EXPECT_EQ(numbers({.owner = company(1)}), "21");
}

TEST_P(AuditContract, AnActThatCannotBeRecordedIsNotDone) {
    AuditEntry entry = {.act = "account_create"};
    entry.owners.resize(AccessStore::kAuditOwnersMax + 1, "x");
    const std::vector<AccessChange> changes = {AddAccount{{.id = "a1", .name = "a"}}};
    const auto refused = store().access().act(context_, scope_, changes, entry);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kLimitExceeded);
    EXPECT_FALSE(*store().access().find_account(context_, scope_, "a1"));
    EXPECT_EQ(numbers({}), "");
}

}  // namespace
}  // namespace suyuan::store
