// SPDX-License-Identifier: Apache-2.0
//
// Three shops in three counties that trade with each other and with others, and whoever asks for
// them.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "model/event.h"
#include "model/registry.h"
#include "policy/admission.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "store/search.h"
#include "store/store.h"
#include "store/store_contract_fixture.h"

namespace suyuan::store {
// Anne is company(1) in county 110105, Ben company(2) in 110106; company(3) sells to Anne alone.
inline policy::Scope scope_seeing(
    std::string_view role, std::string_view code, policy::RegionCode region
) {
    const policy::Policy& policy = policy::product_policy();
    policy::Subject subject;
    subject.role = policy.role(role).value();
    subject.authentication = policy::Authentication::kTwoFactor;
    subject.region = region;
    subject.department = policy.department("market_regulation");
    const policy::Party party = {
        .principal = {.id = "a1", .operator_code = std::string(code)}, .subjects = {subject}
    };
    const policy::Need need = {
        policy::Permission::kSearch, policy::Action::kSearch, policy::ResourceKind::kItem
    };
    return policy::admit(policy, party, need, {})->scope;
}

inline policy::Scope shop(int number) {
    return scope_seeing("operator_owner", company(number), 0);
}

inline policy::Scope county(policy::RegionCode region) {
    return scope_seeing("regulator_county", "", region);
}

class SightContract : public StoreContract {
protected:
    // Of lots that shop `number` ships to another.
    static model::Event sale(int number, int lot_number, int to) {
        model::Event event = shipping(event_id(lot_number), lot_number, lot_number);
        event.biz_location = place(number);
        event.sources = {{"owning_party", company(number)}};
        event.destinations = {{"owning_party", company(to)}};
        event.papers = {{"po", paper(lot_number)}};
        event.vehicles = {format("京A0000{}", number)};
        event.people = {format("person-{}", number)};
        return event;
    }

    void tell(int number, std::string_view territory, const std::vector<model::Event>& events) {
        std::vector<NewRecord> records;
        for (const model::Event& event : events) {
            records.push_back(record_of(event));
            records.back().territory = territory;
            records.back().data_class = policy::DataClass::kPersonal;
        }
        const policy::RequestContext context(
            policy::Principal{.id = "a1", .operator_code = company(number)}
        );
        ASSERT_TRUE(store().commit(context, shop(number), records, {}));
    }

    void fill() {
        model::RegistryRows rows;
        rows.operators = {
            {company(1), "安记黄瓜行", "110105", "retailer"},
            {company(2), "本记黄瓜行", "110106", "retailer"},
            {company(3), "丙记黄瓜行", "120101", "producer"},
        };
        for (int number = 1; number <= 3; ++number) {
            model::Site site;
            site.code = place(number);
            site.name = format("黄瓜库{}", number);
            site.operator_code = company(number);
            site.region = rows.operators[static_cast<std::size_t>(number) - 1].region;
            rows.sites.push_back(site);
            rows.licences.push_back(
                {format("JY1110105000000{}", number), "", company(number), "", ""}
            );
            rows.vehicles.push_back({format("京A0000{}", number), company(number)});
            rows.people.push_back({format("person-{}", number), company(number), "张三", "139"});
            rows.papers.push_back(
                {format("cert-{}", number), "licence", company(number), company(number), "", ""}
            );
        }
        rows.links = {{model::LinkKind::kSupplies, company(3), company(1), "", ""}};
        rows.products = {{std::string(kGtin), "黄瓜", "", "", "", ""}};
        ASSERT_TRUE(store().put_registry(context_, scope_, rows));
        tell(2, "110106", {sale(2, 20, 4), sale(2, 21, 5)});
        tell(1, "110105", {sale(1, 10, 2)});
        tell(3, "120101", {sale(3, 30, 1)});
        maintain();
    }

    std::vector<std::string> found(
        const policy::Scope& scope, const std::string& text, std::size_t hits_max = 100
    ) {
        std::vector<std::string> codes;
        SearchQuery query;
        query.texts = {text};
        query.hits_max = hits_max;
        for (int pages = 0; pages < 100; ++pages) {
            const auto page = store().search(context_, scope, query);
            EXPECT_TRUE(page) << page.error().message();
            if (!page) {
                break;
            }
            for (const SearchHit& hit : page->hits) {
                codes.push_back(hit.code);
            }
            if (page->next.empty()) {
                break;
            }
            EXPECT_EQ(page->hits.size(), hits_max);  // full as long as there is more
            query.page_token = page->next;
        }
        return codes;
    }
};

}  // namespace suyuan::store
