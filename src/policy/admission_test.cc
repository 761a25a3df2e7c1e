// SPDX-License-Identifier: Apache-2.0
//
// Goal: whoever comes is let in to what the product's policy opens for them and no further. Method:
// one subject of each kind against the needs of routes.

#include "policy/admission.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/error.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::policy {
namespace {

constexpr std::string_view kShop = "https://ns.suyuan.example/uscc/91110105MA00000000";
constexpr Need kReadEvents = {Permission::kReadEvents, Action::kRead, ResourceKind::kEvent};
constexpr Need kTrace = {Permission::kTrace, Action::kTrace, ResourceKind::kPosition};
constexpr Need kAudit = {Permission::kAudit, Action::kAudit, ResourceKind::kAuditTrail};
constexpr Need kRegions = {Permission::kReadRegistry, Action::kRead, ResourceKind::kRegion};

Party party_of(std::string_view role, RegionCode region, std::string_view operator_code) {
    const Policy& policy = product_policy();
    Subject subject;
    subject.role = policy.role(role).value();
    subject.region = region;
    subject.authentication = Authentication::kTwoFactor;
    if (region != 0) {
        subject.department = policy.department("market_regulation");
    }
    return {
        .principal = {.id = "a1", .operator_code = std::string(operator_code)},
        .subjects = {subject}
    };
}

Context for_purpose(std::string_view purpose) {
    return {.purpose = product_policy().purpose(purpose)};
}

TEST(AdmissionTest, AShopSeesItsOwn) {
    const auto let_in =
        admit(product_policy(), party_of("operator_owner", 0, kShop), kReadEvents, {});
    ASSERT_TRUE(let_in);
    EXPECT_EQ(let_in->scope.view(), View::kOwn);
    EXPECT_EQ(let_in->scope.operator_code(), kShop);
    EXPECT_FALSE(let_in->scope.sees_everything());
    EXPECT_FALSE(let_in->scope.shows_people());
    EXPECT_TRUE(let_in->shows_all_fields);
    EXPECT_EQ(let_in->scope.permission(), Permission::kReadEvents);
}

TEST(AdmissionTest, WhoPeopleAreIsOpenedAboutPeopleAlone) {
    const auto need = [](ResourceKind kind) {
        return Need{Permission::kReadRegistry, Action::kRead, kind};
    };
    const auto shows = [&](const Party& party, ResourceKind kind) {
        return admit(product_policy(), party, need(kind), for_purpose("supervision"))
            ->scope.shows_people();
    };
    const Party owner = party_of("operator_owner", 0, kShop);
    EXPECT_TRUE(shows(owner, ResourceKind::kPerson));  // though no identity number is
    EXPECT_FALSE(shows(owner, ResourceKind::kEvent));
    EXPECT_FALSE(shows(owner, ResourceKind::kItem));
    EXPECT_FALSE(shows(party_of("regulator_county", 110105, ""), ResourceKind::kEvent));
}

TEST(AdmissionTest, WithoutAnOperatorThereIsNothingOfOnesOwn) {
    EXPECT_FALSE(admit(product_policy(), party_of("operator_owner", 0, ""), kReadEvents, {}));
}

TEST(AdmissionTest, AnInspectorSeesTheTerritoryForAPurpose) {
    const Party inspector = party_of("regulator_county", 110105, "");
    const auto without = admit(product_policy(), inspector, kTrace, {});
    ASSERT_FALSE(without);
    EXPECT_EQ(without.error().code(), ErrorCode::kPermissionDenied);
    const auto let_in = admit(product_policy(), inspector, kTrace, for_purpose("supervision"));
    ASSERT_TRUE(let_in);
    EXPECT_EQ(let_in->scope.view(), View::kTerritory);
    EXPECT_EQ(let_in->scope.region(), 110105U);
    EXPECT_TRUE(let_in->decision.duties.contains(Duty::kLog));
    const PurposeSet purposes = purposes_for(product_policy(), inspector, kTrace, {});
    EXPECT_TRUE(purposes.contains(*product_policy().purpose("supervision")));
    EXPECT_FALSE(purposes.contains(*product_policy().purpose("own_business")));
}

TEST(AdmissionTest, AnOfficerSeesTheTrailAndNoBusiness) {
    const Party officer = party_of("audit_officer", 0, "");
    const auto let_in = admit(product_policy(), officer, kAudit, for_purpose("security"));
    ASSERT_TRUE(let_in);
    EXPECT_TRUE(let_in->scope.sees_everything());
    EXPECT_FALSE(admit(product_policy(), officer, kReadEvents, for_purpose("security")));
    EXPECT_FALSE(admit(product_policy(), officer, kTrace, for_purpose("security")));
}

TEST(AdmissionTest, ThePublicSeesNoneOfIt) {
    const Party nobody;
    for (const Need& need : {kReadEvents, kTrace, kAudit, kRegions}) {
        EXPECT_FALSE(admit(product_policy(), nobody, need, {}));
    }
    const Need page = {Permission::kSearch, Action::kRead, ResourceKind::kPage};
    EXPECT_TRUE(admit(product_policy(), nobody, page, {}));
}

TEST(AdmissionTest, WhatIsCommonIsOpenToWhoeverSignedIn) {
    const auto let_in = admit(product_policy(), party_of("cold_store", 0, kShop), kRegions, {});
    ASSERT_TRUE(let_in);
    EXPECT_TRUE(let_in->scope.sees_everything());
}

TEST(AdmissionTest, AGrantThatWasTakenBackOpensNothing) {
    Party shop = party_of("operator_owner", 0, kShop);
    shop.subjects.front().is_revoked = true;
    EXPECT_FALSE(admit(product_policy(), shop, kReadEvents, {}));
}

TEST(AdmissionTest, RegionsAreTheDigitsThatTheirPartsBeginWith) {
    EXPECT_EQ(region_prefix(110000), "11");
    EXPECT_EQ(region_prefix(110100), "1101");
    EXPECT_EQ(region_prefix(110105), "110105");
    EXPECT_EQ(region_prefix(110110), "110110");
    EXPECT_EQ(region_prefix(110105001), "110105001");
    EXPECT_EQ(region_prefix(110105000), "110105");
    EXPECT_EQ(region_prefix(110105001200), "110105001200");
    EXPECT_EQ(region_prefix(110105001000), "110105001");
}

}  // namespace
}  // namespace suyuan::policy
