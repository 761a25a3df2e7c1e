// SPDX-License-Identifier: Apache-2.0

#include "service/site_directory.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "base/result.h"
#include "model/registry.h"
#include "service/forwarding_store.h"
#include "service/service_fixture.h"

namespace suyuan::service {
namespace {

// Counts look-ups, and does something in the middle of them.
class WatchedStore final : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;

    Result<std::optional<model::Site>> find_site(
        const Context& context, const Scope& scope, std::string_view code
    ) const override {
        ++look_ups;
        auto found = ForwardingStore::find_site(context, scope, code);
        if (const auto once = std::exchange(between, {})) {
            once();
        }
        return found;
    }

    mutable int look_ups = 0;
    mutable std::function<void()> between;
};

class SiteDirectoryTest : public ServiceTest {
protected:
    void register_site(std::string_view operator_code, std::string_view region) {
        model::RegistryRows rows;
        rows.operators.push_back(
            {.code = "party-a", .name = "A", .region = "410100", .kind = "wholesaler"}
        );
        model::Site site;
        site.code = "site-a";
        site.operator_code = operator_code;
        site.region = region;
        rows.sites.push_back(site);
        const Status stored = store_->put_registry(context_, scope_, rows);
        ASSERT_TRUE(stored) << stored.error().message();
    }

    SiteFacts find(SiteDirectory& directory) {
        auto facts = directory.find(context_, scope_, "site-a");
        EXPECT_TRUE(facts);
        return facts ? *facts : SiteFacts();
    }
};

TEST_F(SiteDirectoryTest, AnUnknownSiteIsEmptyFactsAndNoError) {
    SiteDirectory directory(*store_);
    const SiteFacts facts = find(directory);
    EXPECT_EQ(facts.operator_code, "");
    EXPECT_EQ(facts.region, "");
    EXPECT_EQ(directory.region_of(context_, scope_, "party-z").value(), "");
}

TEST_F(SiteDirectoryTest, ASiteWithoutRegionLiesWhereItsOperatorDoes) {
    register_site("party-a", "");
    SiteDirectory directory(*store_);
    EXPECT_EQ(find(directory).operator_code, "party-a");
    EXPECT_EQ(find(directory).region, "410100");

    register_site("party-a", "410102");
    directory.forget();
    EXPECT_EQ(find(directory).region, "410102");
}

TEST_F(SiteDirectoryTest, OnADayTheDatedRowTellsWhoRunsASite) {
    register_site("party-c", "");
    model::RegistryRows rows;
    rows.links = {
        {model::LinkKind::kRuns, "party-a", "site-a", "2026-01-01", "2026-03-31"},
        {model::LinkKind::kRuns, "party-b", "site-a", "2026-04-01", ""},
        {model::LinkKind::kHosts, "party-d", "site-a", "2026-01-01", ""},
    };
    ASSERT_TRUE(store_->put_registry(context_, scope_, rows));
    SiteDirectory directory(*store_);
    const SiteFacts facts = find(directory);
    EXPECT_EQ(facts.operator_on("2025-12-31"), "party-c");
    EXPECT_EQ(facts.operator_on("2026-01-01"), "party-a");
    EXPECT_EQ(facts.operator_on("2026-03-31"), "party-a");
    EXPECT_EQ(facts.operator_on("2026-05-02"), "party-b");
    EXPECT_EQ(facts.operator_on(""), "party-c");
}

TEST_F(SiteDirectoryTest, AsksTheStoreOnceUntilToldToForget) {
    register_site("party-a", "");
    WatchedStore watched(*store_);
    SiteDirectory directory(watched);
    find(directory);
    find(directory);
    EXPECT_EQ(watched.look_ups, 1);
    directory.forget();
    find(directory);
    EXPECT_EQ(watched.look_ups, 2);
}

TEST_F(SiteDirectoryTest, WhatWasAskedBeforeTheRegistryChangedIsNotRemembered) {
    register_site("party-a", "");
    WatchedStore watched(*store_);
    SiteDirectory directory(watched);
    watched.between = [&] {
        register_site("party-b", "");
        directory.forget();
    };
    find(directory);
    EXPECT_EQ(find(directory).operator_code, "party-b");
}

}  // namespace
}  // namespace suyuan::service
