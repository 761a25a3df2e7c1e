// SPDX-License-Identifier: Apache-2.0
//
// Goal: pages about a thing hold what the scope's events say, and nothing is found that they do not
// name. Method: one lot through five hands in three counties, each recording for itself; every page
// by every hand, as text, searched for the others.

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "model/registry.h"
#include "policy/admission.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "service/answer_json.h"
#include "service/answering_fixture.h"
#include "service/lookup.h"
#include "service/lookup_json.h"
#include "service/seed.h"
#include "store/search.h"
#include "trace/engine.h"

namespace suyuan::service {
namespace {

constexpr std::string_view kLot = "https://ns.suyuan.example/lot/through-five-hands";

std::string company(int number) {
    return format("https://ns.suyuan.example/company/c{}", number);
}

std::string place(int number) {
    return format("https://ns.suyuan.example/place/p{}", number);
}

// Hand 1 and 2, 3 and 4, 5 are in a county each.
int county(int number) {
    return 110105 + (number - 1) / 2;
}

class LookupScopeTest : public AnsweringTest {
protected:
    static policy::Scope scope_of(
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
            policy::Permission::kTrace, policy::Action::kRead, policy::ResourceKind::kItem
        };
        return policy::admit(policy, party, need, {})->scope;
    }

    static policy::Scope shop(int number) { return scope_of("operator_owner", company(number), 0); }

    static policy::Scope inspector(int region) {
        return scope_of("regulator_county", "", static_cast<policy::RegionCode>(region));
    }

    void record(int number, const std::string& event) {
        const policy::RequestContext context(
            policy::Principal{.id = "a1", .operator_code = company(number)}
        );
        const std::string document = format(
            R"({{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],)"
            R"("type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-09T00:00:00Z",)"
            R"("epcisBody":{{"eventList":[{}]}}}})",
            event
        );
        const auto report = recorder().intake.capture(context, shop(number), document, {});
        ASSERT_TRUE(report) << report.error().message();
        ASSERT_FALSE(report->is_rolled_back) << document;
    }

    static std::string event(int day, std::string_view step, int at, int from, int to) {
        return format(
            R"({{"type":"ObjectEvent","eventTime":"2026-01-0{}T08:00:00+08:00",)"
            R"("eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"{}",)"
            R"("readPoint":{{"id":"{}"}},)"
            R"("quantityList":[{{"epcClass":"{}","quantity":10,"uom":"KGM"}}],)"
            R"("sourceList":[{{"type":"owning_party","source":"{}"}}],)"
            R"("destinationList":[{{"type":"owning_party","destination":"{}"}}]}})",
            day,
            step,
            place(at),
            kLot,
            company(from),
            company(to)
        );
    }

    void tell() {
        model::RegistryRows rows;
        for (int number = 1; number <= 5; ++number) {
            const std::string region = std::to_string(county(number));
            rows.operators.push_back({company(number), format("第{}手", number), region, ""});
            model::Site site;
            site.code = place(number);
            site.operator_code = company(number);
            site.region = region;
            rows.sites.push_back(site);
        }
        ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows));
        for (int number = 1; number < 5; ++number) {
            record(number, event(number, "shipping", number, number, number + 1));
            record(number + 1, event(number + 1, "receiving", number + 1, number, number + 1));
        }
        for (bool has_more = true; has_more;) {
            const auto more = store_->maintain(context_, scope_);
            ASSERT_TRUE(more) << more.error().message();
            has_more = *more;
        }
    }

    // As text; "" for what is not found.
    template <typename Page>
    static std::string text_of(const Result<Page>& page) {
        if (!page) {
            EXPECT_EQ(page.error().code(), ErrorCode::kNotFound) << page.error().message();
            return {};
        }
        return codec::write_json(to_json(*page));
    }
};

TEST_F(LookupScopeTest, ALotTellsAHandOfItsNeighboursAlone) {
    tell();
    for (int number = 1; number <= 5; ++number) {
        const auto page = lookup().item(context_, shop(number), kLot, {});
        const std::string text = text_of(page);
        ASSERT_NE(text, "");
        for (int other = 1; other <= 5; ++other) {
            const bool is_near = other >= number - 1 && other <= number + 1;
            EXPECT_EQ(text.find(company(other)) != std::string::npos, is_near) << text;
            EXPECT_EQ(text.find(place(other)) != std::string::npos, other == number) << text;
        }
        EXPECT_EQ(page->position_count, 1U);
        EXPECT_EQ(page->facts->total, number == 1 || number == 5 ? 1U : 2U);
    }
    EXPECT_EQ(text_of(lookup().item(context_, shop(7), kLot, {})), "");
}

TEST_F(LookupScopeTest, APlaceIsShownToItsOperatorAndNamedToItsNeighbours) {
    tell();
    for (int number = 1; number <= 5; ++number) {
        for (int other = 1; other <= 5; ++other) {
            const auto page = lookup().operator_page(context_, shop(number), company(other), {});
            const bool is_near = other >= number - 1 && other <= number + 1;
            EXPECT_EQ(page.has_value(), is_near) << number << " about " << other;
            const auto site = lookup().site_page(context_, shop(number), place(other), {});
            EXPECT_EQ(site.has_value(), other == number) << number << " about " << other;
            if (!page) {
                continue;
            }
            EXPECT_EQ(page->place.name, format("第{}手", other));
            EXPECT_EQ(page->registered_operator.has_value(), other == number);
            EXPECT_EQ(page->facts->total > 0, other == number);
        }
    }
}

TEST_F(LookupScopeTest, WhatIsOutOfSightIsToldInTheWordsForNothing) {
    tell();
    const auto words_of = [&](const auto& page, const std::string& code) {
        EXPECT_FALSE(page);
        std::string words = page ? std::string() : page.error().message();
        if (const auto at = words.find(code); at != std::string::npos) {
            words.replace(at, code.size(), "…");
        }
        return words;
    };
    const std::string nobody = "https://ns.suyuan.example/company/nobody";
    EXPECT_EQ(
        words_of(lookup().operator_page(context_, shop(1), company(4), {}), company(4)),
        words_of(lookup().operator_page(context_, shop(1), nobody, {}), nobody)
    );
    EXPECT_EQ(
        words_of(lookup().item(context_, shop(7), kLot, {}), std::string(kLot)),
        words_of(lookup().item(context_, shop(7), nobody, {}), nobody)
    );
}

TEST_F(LookupScopeTest, ACountySeesItsEventsAndItsPlaces) {
    tell();
    for (const int region : {110105, 110106, 110107}) {
        const auto page = lookup().item(context_, inspector(region), kLot, {});
        ASSERT_TRUE(page) << page.error().message();
        const std::string text = text_of(page);
        for (int number = 1; number <= 5; ++number) {
            EXPECT_EQ(text.find(place(number)) != std::string::npos, county(number) == region)
                << region << text;
            const auto place_found =
                lookup().operator_page(context_, inspector(region), company(number), {});
            const bool is_held = place_found && place_found->registered_operator.has_value();
            EXPECT_EQ(is_held, county(number) == region);
        }
        for (const trace::ItemStock& stock : page->positions) {
            EXPECT_TRUE(page->names.region_of(stock.position).starts_with(std::to_string(region)));
        }
    }
    EXPECT_FALSE(lookup().item(context_, inspector(110108), kLot, {}));
}

TEST_F(LookupScopeTest, ATextMeansWhatIsInSight) {
    tell();
    const auto readings_of = [&](const policy::Scope& scope, std::string_view text) {
        const auto resolution = lookup().resolve(context_, scope, SeedText{text, {}, {}});
        EXPECT_TRUE(resolution) << resolution.error().message();
        std::string codes;
        for (const Reading& reading : resolution->readings) {
            codes += reading.code + (reading.has_events ? "! " : " ");
        }
        for (const store::SearchHit& hit : resolution->suggestions) {
            codes += hit.code + "? ";
        }
        return codes;
    };
    EXPECT_EQ(readings_of(shop(1), kLot), std::string(kLot) + "! ");
    EXPECT_EQ(readings_of(shop(7), kLot), "");
    EXPECT_EQ(readings_of(shop(2), "第3手"), company(3) + "! ");
    EXPECT_EQ(readings_of(shop(1), "第3手").find(company(3)), std::string::npos);
    EXPECT_EQ(readings_of(shop(1), place(2)).find(place(2)), std::string::npos);
    EXPECT_EQ(readings_of(inspector(110107), place(5)), place(5) + "! ");
    const SeedText only{kLot, {}, std::vector{store::SearchKind::kOperator}};
    EXPECT_TRUE(lookup().resolve(context_, shop(1), only)->readings.empty());
}

TEST_F(LookupScopeTest, PartsThatWereNotOpenedAreNull) {
    tell();
    PageRequest request;
    request.with_facts = false;
    request.with_stock = false;
    const auto page = lookup().operator_page(context_, inspector(110105), company(1), request);
    ASSERT_TRUE(page) << page.error().message();
    const codec::Json json = to_json(*page);
    EXPECT_TRUE(json.find("facts")->is_null());
    EXPECT_TRUE(json.find("stock")->is_null());
    EXPECT_EQ(json.find("registered")->string_or("region"), "110105");
}

}  // namespace
}  // namespace suyuan::service
