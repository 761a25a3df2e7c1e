// SPDX-License-Identifier: Apache-2.0
//
// Goal: in a narrow scope a reader finds what is theirs and nothing else, and a call that cannot be
// narrowed refuses. Method: records of two submitters in two counties, every reading call in the
// scope of each.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "model/event.h"
#include "policy/admission.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "store/event_query.h"
#include "store/store.h"
#include "store/store_contract_fixture.h"

namespace suyuan::store {
namespace {

constexpr std::string_view kAnne = "https://ns.suyuan.example/company/anne";
constexpr std::string_view kBen = "https://ns.suyuan.example/company/ben";

policy::Scope scope_of(
    std::string_view role, std::string_view operator_code, policy::RegionCode region
) {
    const policy::Policy& policy = policy::product_policy();
    policy::Subject subject;
    subject.role = policy.role(role).value();
    subject.authentication = policy::Authentication::kTwoFactor;
    subject.region = region;
    subject.department = policy.department("market_regulation");
    const policy::Party party = {
        .principal = {.id = "a1", .operator_code = std::string(operator_code)},
        .subjects = {subject}
    };
    const policy::Need need = {
        policy::Permission::kReadEvents, policy::Action::kRead, policy::ResourceKind::kEvent
    };
    const policy::Context context = {.purpose = policy.purpose("supervision")};
    return policy::admit(policy, party, need, context)->scope;
}

Receipt commit_as(Store& store, std::string_view who, int number, std::string_view territory) {
    model::Event event = shipping(event_id(number), number, number);
    event.people = {"urn:example:driver:1"};
    NewRecord record = record_of(event);
    record.territory = territory;
    record.data_class = policy::DataClass::kPersonal;
    const policy::RequestContext context(
        policy::Principal{.id = "a1", .operator_code = std::string(who)}
    );
    const auto committed =
        store.commit(context, scope_of("operator_owner", who, 0), std::vector{record}, {});
    EXPECT_TRUE(committed) << committed.error().message();
    return committed ? committed->receipts.front() : Receipt();
}

// The log indexes that a question without criteria finds.
std::vector<std::uint64_t> found_in(const Store& store, const policy::Scope& scope) {
    const policy::RequestContext context{policy::Principal{}};
    const auto page = store.find_events(context, scope, {});
    EXPECT_TRUE(page) << page.error().message();
    std::vector<std::uint64_t> indexes;
    if (page) {
        for (const StoredEvent& event : page->events) {
            indexes.push_back(event.log_index);
        }
    }
    return indexes;
}

using Indexes = std::vector<std::uint64_t>;

TEST_P(StoreContract, AnOperatorFindsWhatItSubmitted) {
    const Receipt annes = commit_as(store(), kAnne, 1, "110105");
    const Receipt bens = commit_as(store(), kBen, 2, "110105");
    const auto anne = scope_of("operator_owner", kAnne, 0);
    const auto ben = scope_of("operator_owner", kBen, 0);
    EXPECT_EQ(found_in(store(), anne), Indexes{1});
    EXPECT_EQ(found_in(store(), ben), Indexes{2});
    EXPECT_EQ(
        found_in(store(), scope_of("operator_owner", "https://ns.suyuan.example/company/c", 0)),
        Indexes()
    );
    EXPECT_EQ(found_in(store(), scope_), (Indexes{1, 2}));
    const std::vector both = {annes.record, bens.record};
    EXPECT_EQ(store().events_by_record(context_, anne, both)->size(), 1U);
    EXPECT_TRUE(store().events_by_id(context_, anne, event_id(2))->empty());
    EXPECT_EQ(store().events_by_id(context_, ben, event_id(2))->size(), 1U);
}

TEST_P(StoreContract, ARegulatorFindsWhatLiesInTheTerritory) {
    commit_as(store(), kAnne, 1, "110105");
    commit_as(store(), kBen, 2, "110106001");
    commit_as(store(), kBen, 3, "120101");
    commit_as(store(), kBen, 4, "");
    EXPECT_EQ(found_in(store(), scope_of("regulator_county", "", 110105)), Indexes{1});
    EXPECT_EQ(found_in(store(), scope_of("regulator_county", "", 110106)), Indexes{2});
    EXPECT_EQ(found_in(store(), scope_of("regulator_city", "", 110100)), (Indexes{1, 2}));
    EXPECT_EQ(found_in(store(), scope_of("regulator_province", "", 110000)), (Indexes{1, 2}));
    EXPECT_EQ(found_in(store(), scope_of("regulator_province", "", 130000)), Indexes());
}

TEST_P(StoreContract, WhoAPersonIsStaysWithWhoeverSeesEverything) {
    const Receipt annes = commit_as(store(), kAnne, 1, "110105");
    const std::vector record = {annes.record};
    EXPECT_EQ(store().events_by_record(context_, scope_, record)->front().people.size(), 1U);
    for (const auto& scope :
         {scope_of("operator_owner", kAnne, 0), scope_of("regulator_county", "", 110105)}) {
        EXPECT_TRUE(store().events_by_record(context_, scope, record)->front().people.empty());
    }
    // The connection that answered narrowly is lent again.
    EXPECT_EQ(store().events_by_record(context_, scope_, record)->front().people.size(), 1U);
}

TEST_P(StoreContract, AnEqualEventOfAStrangerIsNotTold) {
    model::Event event = shipping(event_id(1), 1, 1);
    event.people = {"urn:example:driver:1"};
    commit_as(store(), kBen, 1, "110105");
    const policy::RequestContext annes(
        policy::Principal{.id = "a1", .operator_code = std::string(kAnne)}
    );
    const auto anne = scope_of("operator_owner", kAnne, 0);
    ASSERT_TRUE(store().commit(annes, anne, std::vector{record_of(event)}, {}));
    EXPECT_FALSE(store().events_by_id(context_, anne, event_id(1))->front().is_possible_duplicate);
}

TEST_P(StoreContract, WhatCannotBeNarrowedRefuses) {
    commit_as(store(), kAnne, 1, "110105");
    for (const auto& scope :
         {scope_of("operator_owner", kAnne, 0), scope_of("regulator_county", "", 110105)}) {
        const auto is_refused = [&](const auto& outcome) {
            return !outcome && outcome.error().code() == ErrorCode::kPermissionDenied;
        };
        EXPECT_TRUE(is_refused(store().counts(context_, scope)));
        EXPECT_TRUE(
            is_refused(store().list_registry(context_, scope, RegistryKind::kOperator, "", 10))
        );
        EXPECT_TRUE(is_refused(store().put_registry(context_, scope, {})));
        EXPECT_TRUE(is_refused(store().erase_person(context_, scope, "urn:example:driver:1")));
        EXPECT_TRUE(is_refused(store().access().list_accounts(context_, scope, "", 10)));
        EXPECT_TRUE(is_refused(store().access().search_audit(context_, scope, {})));
    }
    const NewRecord record = record_of(shipping(event_id(9), 9, 9));
    EXPECT_FALSE(
        store().commit(context_, scope_of("regulator_county", "", 110105), std::vector{record}, {})
    );
}

}  // namespace
}  // namespace suyuan::store
