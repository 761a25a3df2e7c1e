// SPDX-License-Identifier: Apache-2.0
//
// Goal: a regulator's trace shows the territory in full, the first step beyond by name and time,
// and nothing of the rest. Method: one lot through six hands in three counties of two cities, each
// recording for itself; answers as text, searched for what lies beyond.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "model/instant.h"
#include "model/registry.h"
#include "policy/admission.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "service/answer_json.h"
#include "service/answering_fixture.h"
#include "service/named_answer.h"
#include "service/tracing.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

constexpr std::string_view kLot = "https://ns.suyuan.example/lot/through-six-hands";
constexpr policy::RegionCode kSiming = 350203;
constexpr policy::RegionCode kHuli = 350206;
constexpr policy::RegionCode kXiamen = 350200;
constexpr policy::RegionCode kNanchang = 360100;

// Who has it, from 1 on; back in the first county, and at last in another province.
const std::map<int, policy::RegionCode> kHands = {
    {1, kSiming}, {2, kSiming}, {3, kHuli}, {4, kHuli}, {5, kSiming}, {6, 360111}
};

std::string company(int number) {
    return format("https://ns.suyuan.example/company/c{}", number);
}

std::string company_name(int number) {
    return format("company-name-{}", number);
}

std::string place(int number) {
    return format("https://ns.suyuan.example/place/p{}", number);
}

class TerritoryViewTest : public AnsweringTest {
protected:
    void SetUp() override {
        AnsweringTest::SetUp();
        model::RegistryRows rows;
        for (const auto& [number, region] : kHands) {
            const std::string code = std::to_string(region);
            rows.operators.push_back({company(number), company_name(number), code, "retailer"});
            rows.sites.push_back(
                {place(number),
                 format("place-name-{}", number),
                 company(number),
                 code,
                 "",
                 "",
                 "",
                 ""}
            );
        }
        rows.regions = {
            {"350200", "厦门市", "350000", "", ""},
            {"350203", "思明区", "350200", "", ""},
            {"350206", "湖里区", "350200", "", ""},
            {"360111", "青山湖区", "360100", "", ""},
        };
        ASSERT_TRUE(recorder().intake.put_registry(context_, scope_, rows));
    }

    static policy::Party inspector(policy::RegionCode region) {
        const policy::Policy& policy = policy::product_policy();
        policy::Subject subject;
        if (const auto role = policy.role("regulator_county")) {
            subject.role = *role;
        }
        subject.region = region;
        subject.department = policy.department("market_regulation");
        subject.authentication = policy::Authentication::kTwoFactor;
        return {
            .principal = {.id = format("inspector-{}", region), .operator_code = {}},
            .subjects = {subject}
        };
    }

    static policy::Scope scope_in(policy::RegionCode region) {
        const policy::Need need = {
            policy::Permission::kTrace, policy::Action::kTrace, policy::ResourceKind::kPosition
        };
        const policy::Policy& policy = policy::product_policy();
        auto let_in = policy::admit(
            policy, inspector(region), need, {.purpose = policy.purpose("supervision")}
        );
        EXPECT_TRUE(let_in);
        return let_in.value().scope;
    }

    void record(const std::string& event) {
        const std::string document = format(
            R"({{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",)"
            R"({{"suyuan":"https://ns.suyuan.example/epcis/"}}],)"
            R"("type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-09T00:00:00Z",)"
            R"("epcisBody":{{"eventList":[{}]}}}})",
            event
        );
        const auto report = recorder().intake.capture(context_, scope_, document, {});
        ASSERT_TRUE(report) << report.error().message();
        ASSERT_FALSE(report->is_rolled_back) << document;
    }

    // By whoever is at `at`, with a vehicle, a driver and a quantity that tell whose it is.
    static std::string event(int day, std::string_view step, int at, int from, int to) {
        return format(
            R"({{"type":"ObjectEvent","eventTime":"2026-01-{:02}T{:02}:00:00+08:00",)"
            R"("eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"{}",)"
            R"("readPoint":{{"id":"{}"}},)"
            R"("suyuan:vehicles":["闽D·9Z00{}"],)"
            R"("suyuan:people":[{{"id":"driver-{}","name":"driver-name-{}"}}],)"
            R"("quantityList":[{{"epcClass":"{}","quantity":{}.25,"uom":"KGM"}}],)"
            R"("sourceList":[{{"type":"owning_party","source":"{}"}},)"
            R"({{"type":"location","source":"{}"}}],)"
            R"("destinationList":[{{"type":"owning_party","destination":"{}"}},)"
            R"({{"type":"location","destination":"{}"}}]}})",
            day,
            at == from ? 8 : 17,
            step,
            place(at),
            at,
            at,
            at,
            kLot,
            7000 + at,
            company(from),
            place(from),
            company(to),
            place(to)
        );
    }

    // From 1 to 6, a day each.
    void tell() {
        for (int number = 1; number < 6; ++number) {
            record(event(number, "shipping", number, number, number + 1));
            record(event(number, "receiving", number + 1, number, number + 1));
        }
    }

    Result<TracePage> ask(
        policy::RegionCode region,
        std::string_view text = kLot,
        trace::Direction direction = trace::Direction::kFull
    ) {
        TraceRequest request;
        request.text = text;
        request.direction = direction;
        const policy::RequestContext context(inspector(region).principal);
        return tracing().trace(context, scope_in(region), request);
    }

    std::string text_for(policy::RegionCode region) {
        const auto page = ask(region);
        EXPECT_TRUE(page) << page.error().message();
        return page ? codec::write_json(to_json(*page)) : std::string();
    }

    static bool tells(std::string_view text, std::string_view what) {
        return text.find(what) != std::string_view::npos;
    }

    // Everything of that hand but who it is.
    static std::vector<std::string> secrets_of(int number) {
        return {
            place(number),
            format("place-name-{}", number),
            format("9Z00{}", number),
            format("driver-{}\"", number),
            format("driver-name-{}", number),
            format("{}.25", 7000 + number),
            std::to_string(kHands.at(number)),
        };
    }
};

TEST_F(TerritoryViewTest, ShowsTheCountyAndTheFirstStepBeyondByName) {
    tell();
    const std::string text = text_for(kHuli);
    for (const int number : {3, 4}) {
        EXPECT_TRUE(tells(text, company(number)));
        EXPECT_TRUE(tells(text, place(number)));
        EXPECT_TRUE(tells(text, format("9Z00{}", number)));
        EXPECT_TRUE(tells(text, format("{}.25", 7000 + number)));
    }
    for (const int number : {2, 5}) {
        EXPECT_TRUE(tells(text, company_name(number))) << text;
        for (const std::string& secret : secrets_of(number)) {
            EXPECT_FALSE(tells(text, secret)) << secret << "\n" << text;
        }
    }
    for (const int number : {1, 6}) {
        EXPECT_FALSE(tells(text, company(number)));
        EXPECT_FALSE(tells(text, company_name(number)));
        for (const std::string& secret : secrets_of(number)) {
            EXPECT_FALSE(tells(text, secret)) << secret << "\n" << text;
        }
    }
    EXPECT_TRUE(tells(text, "open a case to go on"));
    EXPECT_TRUE(tells(text, "凭案件编号"));
}

TEST_F(TerritoryViewTest, EdgesHaveTheTimeOfTheCrossingAndNothingElse) {
    tell();
    const auto page = ask(kHuli, kLot, trace::Direction::kForward);
    ASSERT_TRUE(page);
    const NamedAnswer& named = *page->answer;
    ASSERT_EQ(named.beyond.size(), 1U);
    const trace::Position& edge = *named.beyond.begin();
    EXPECT_EQ(edge.site.value(), 0U);
    EXPECT_EQ(named.names.owner(edge.owner).name, company_name(5));
    EXPECT_EQ(named.names.region_of(edge), "");
    for (const trace::ReachedPosition& reached : named.part(PartKind::kForward)->positions) {
        if (reached.position == edge) {
            EXPECT_EQ(model::format_instant(reached.possible), "2026-01-04T09:00:00Z");
            EXPECT_TRUE(reached.stock.balances.empty());
            EXPECT_TRUE(reached.explained_by);
        }
    }
}

TEST_F(TerritoryViewTest, TheCityAboveSeesBothCounties) {
    tell();
    const std::string text = text_for(kXiamen);
    for (int number = 1; number <= 5; ++number) {
        EXPECT_TRUE(tells(text, place(number))) << number;
        EXPECT_TRUE(tells(text, format("9Z00{}", number))) << number;
        EXPECT_TRUE(tells(text, company_name(number))) << number;
    }
    EXPECT_TRUE(tells(text, company_name(6)));
    for (const std::string& secret : secrets_of(6)) {
        EXPECT_FALSE(tells(text, secret)) << secret;
    }
    EXPECT_FALSE(tells(text, "driver-name-")) << "people are masked";
}

TEST_F(TerritoryViewTest, WhoSeesAllOfItSeesWhatIsThere) {
    for (int number = 1; number < 5; ++number) {
        record(event(number, "shipping", number, number, number + 1));
        record(event(number, "receiving", number + 1, number, number + 1));
    }
    TraceRequest request;
    request.text = kLot;
    request.direction = trace::Direction::kFull;
    const auto whole = tracing().trace(context_, scope_, request);
    const auto narrow = ask(kXiamen);
    ASSERT_TRUE(whole);
    ASSERT_TRUE(narrow);
    const trace::Answer& a = whole->answer->answer;
    const trace::Answer& b = narrow->answer->answer;
    EXPECT_EQ(a.back, b.back);
    EXPECT_EQ(a.forward, b.forward);
    EXPECT_EQ(a.sources, b.sources);
    EXPECT_EQ(a.operators, b.operators);
    EXPECT_EQ(a.sites, b.sites);
    EXPECT_EQ(a.vehicles, b.vehicles);
    EXPECT_EQ(a.people, b.people);
    EXPECT_EQ(a.total, b.total);
    EXPECT_EQ(a.open_ends, b.open_ends);
    EXPECT_EQ(whole->answer->digest, narrow->answer->digest);
}

TEST_F(TerritoryViewTest, WhatIsBeyondDoesNotChangeTheAnswer) {
    tell();
    const auto before = ask(kHuli);
    ASSERT_TRUE(before);
    record(event(6, "shipping", 6, 6, 1));
    record(event(6, "receiving", 1, 6, 1));
    tracing_ = fresh_tracing();
    const auto after = ask(kHuli);
    ASSERT_TRUE(after);
    EXPECT_EQ(before->answer->digest, after->answer->digest);
    EXPECT_EQ(before->answer->answer.total, after->answer->answer.total);
    EXPECT_EQ(before->total, after->total);
}

TEST_F(TerritoryViewTest, ASeedBeyondIsAsIfItWereNot) {
    tell();
    const std::string unknown = "https://ns.suyuan.example/lot/nowhere";
    const auto words = [&](policy::RegionCode region, std::string_view text) {
        const auto page = ask(region, text);
        EXPECT_FALSE(page) << text;
        if (page) {
            return std::string();
        }
        EXPECT_EQ(page.error().code(), ErrorCode::kNotFound);
        std::string message = page.error().message();
        message.replace(message.find(text), text.size(), "…");
        return message;
    };
    const std::string nothing = words(kNanchang + 1, unknown);
    EXPECT_EQ(words(kNanchang + 1, kLot), nothing);
    EXPECT_EQ(words(kNanchang + 1, company(1)), nothing);
    EXPECT_EQ(words(kNanchang + 1, place(1)), nothing);
    EXPECT_EQ(words(kHuli, company(1)), nothing);
    EXPECT_EQ(words(kHuli, place(1)), nothing);
    EXPECT_EQ(words(kHuli, "driver-1"), nothing);
}

TEST_F(TerritoryViewTest, OwnersAndSitesNarrowToWhatIsHere) {
    tell();
    const policy::RequestContext context(inspector(kHuli).principal);
    const auto narrowed = [&](std::string owner, std::string site) {
        TraceRequest request;
        request.text = kLot;
        request.owner = std::move(owner);
        request.site = std::move(site);
        return tracing().trace(context, scope_in(kHuli), request);
    };
    EXPECT_TRUE(narrowed(company(3), ""));
    EXPECT_TRUE(narrowed("", place(4)));
    const auto theirs = narrowed(company(1), "");
    const auto nobodys = narrowed("https://ns.suyuan.example/company/none", "");
    ASSERT_FALSE(theirs);
    ASSERT_FALSE(nobodys);
    EXPECT_EQ(theirs.error().message(), nobodys.error().message());
    EXPECT_FALSE(narrowed("", place(1)));
}

TEST_F(TerritoryViewTest, TracesFromAnOperatorAndASiteOfTheCounty) {
    tell();
    for (const std::string& code : {company(3), place(4)}) {
        const auto page = ask(kHuli, code, trace::Direction::kForward);
        ASSERT_TRUE(page) << page.error().message();
        EXPECT_TRUE(tells(codec::write_json(to_json(*page)), place(4)));
    }
}

TEST_F(TerritoryViewTest, NobodyPagesThroughAnAnswerThatShowsMore) {
    tell();
    TraceRequest request;
    request.text = kLot;
    const auto wide = ask(kXiamen);
    ASSERT_TRUE(wide);
    request.cursor = wide->cursor;
    const policy::RequestContext context(inspector(kXiamen).principal);
    EXPECT_FALSE(tracing().trace(context, scope_in(kHuli), request));
}

TEST_F(TerritoryViewTest, ExplainsWhatIsShownAndNothingElse) {
    tell();
    const auto wide = ask(kXiamen, kLot, trace::Direction::kForward);
    ASSERT_TRUE(wide);
    const policy::RequestContext context(inspector(kHuli).principal);
    int explained = 0;
    for (const trace::ReachedPosition& reached :
         wide->answer->part(PartKind::kForward)->positions) {
        TraceRequest request;
        request.text = kLot;
        request.direction = trace::Direction::kForward;
        const auto why = tracing().explain(
            context, scope_in(kHuli), request, position_key(reached.position), std::nullopt
        );
        const std::string region = wide->answer->names.region_of(reached.position);
        EXPECT_EQ(why.has_value(), region == std::to_string(kHuli)) << region;
        if (why) {
            ++explained;
            const std::string text = codec::write_json(to_json(*why));
            for (const int number : {1, 2, 5, 6}) {
                for (const std::string& secret : secrets_of(number)) {
                    EXPECT_FALSE(tells(text, secret)) << secret << text;
                }
            }
        }
    }
    EXPECT_EQ(explained, 2);
}

}  // namespace
}  // namespace suyuan::service
