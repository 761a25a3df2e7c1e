// SPDX-License-Identifier: Apache-2.0
//
// Goal: an operator's trace shows one step up and one step down and nothing of the rest. Method:
// one lot through five hands, each recording for itself; the answer as text, searched for the
// others.

#include "service/own_view.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "codec/json.h"
#include "policy/admission.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"
#include "service/answer_json.h"
#include "service/answering_fixture.h"
#include "service/tracing.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

constexpr std::string_view kLot = "https://ns.suyuan.example/lot/through-five-hands";

std::string company(int number) {
    return format("https://ns.suyuan.example/company/c{}", number);
}

std::string place(int number) {
    return format("https://ns.suyuan.example/place/p{}", number);
}

class OwnViewTest : public AnsweringTest {
protected:
    static policy::Party party(int number) {
        const policy::Policy& policy = policy::product_policy();
        policy::Subject subject;
        subject.role = policy.role("operator_owner").value();
        subject.authentication = policy::Authentication::kPassword;
        return {
            .principal = {.id = format("a{}", number), .operator_code = company(number)},
            .subjects = {subject}
        };
    }

    static policy::Scope scope_of(int number) {
        const policy::Need need = {
            policy::Permission::kTrace, policy::Action::kTrace, policy::ResourceKind::kPosition
        };
        auto let_in = policy::admit(policy::product_policy(), party(number), need, {});
        EXPECT_TRUE(let_in);
        return let_in->scope;
    }

    void record(int number, const std::string& event) {
        const policy::RequestContext context(party(number).principal);
        const std::string document = format(
            R"({{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],)"
            R"("type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-09T00:00:00Z",)"
            R"("epcisBody":{{"eventList":[{}]}}}})",
            event
        );
        const auto report = recorder().intake.capture(context, scope_of(number), document, {});
        ASSERT_TRUE(report) << report.error().message();
        ASSERT_FALSE(report->is_rolled_back) << document;
    }

    static std::string event(
        int day, std::string_view step, std::string_view action, int at, int from, int to
    ) {
        return format(
            R"({{"type":"ObjectEvent","eventTime":"2026-01-0{}T08:00:00+08:00",)"
            R"("eventTimeZoneOffset":"+08:00","action":"{}","bizStep":"{}",)"
            R"("readPoint":{{"id":"{}"}},)"
            R"("quantityList":[{{"epcClass":"{}","quantity":10,"uom":"KGM"}}],)"
            R"("sourceList":[{{"type":"owning_party","source":"{}"}},)"
            R"({{"type":"location","source":"{}"}}],)"
            R"("destinationList":[{{"type":"owning_party","destination":"{}"}},)"
            R"({{"type":"location","destination":"{}"}}]}})",
            day,
            action,
            step,
            place(at),
            kLot,
            company(from),
            place(from),
            company(to),
            place(to)
        );
    }

    // From c1 to c5.
    void tell() {
        for (int number = 1; number < 5; ++number) {
            record(number, event(number, "shipping", "OBSERVE", number, number, number + 1));
            record(
                number + 1,
                event(number + 1, "receiving", "OBSERVE", number + 1, number, number + 1)
            );
        }
    }

    Result<TracePage> ask(int number, trace::Direction direction, std::string_view text = kLot) {
        TraceRequest request;
        request.text = text;
        request.direction = direction;
        const policy::RequestContext context(party(number).principal);
        return tracing().trace(context, scope_of(number), request);
    }
};

TEST_F(OwnViewTest, OneStepUpAndOneStepDown) {
    tell();
    for (const trace::Direction direction :
         {trace::Direction::kBack, trace::Direction::kForward, trace::Direction::kFull}) {
        for (int number = 1; number <= 5; ++number) {
            const auto page = ask(number, direction);
            ASSERT_TRUE(page) << page.error().message();
            const std::string text = codec::write_json(to_json(*page));
            const bool goes_back = direction != trace::Direction::kForward;
            const bool goes_forward = direction != trace::Direction::kBack;
            for (int other = 1; other <= 5; ++other) {
                const bool is_shown = other == number || (goes_back && other == number - 1) ||
                                      (goes_forward && other == number + 1);
                const bool is_told = text.find(company(other)) != std::string::npos;
                EXPECT_EQ(is_told, is_shown)
                    << number << " about " << other << " " << to_string(direction) << text;
                if (other != number) {
                    EXPECT_EQ(text.find(place(other)), std::string::npos)
                        << number << " about " << other << text;
                }
            }
        }
    }
}

TEST_F(OwnViewTest, EveryRowIsExplainedByOneThatIsThere) {
    tell();
    const auto page = ask(3, trace::Direction::kFull);
    ASSERT_TRUE(page);
    for (const PartKind kind : {PartKind::kBack, PartKind::kForward}) {
        const trace::Part& part = *page->answer->part(kind);
        ASSERT_EQ(part.positions.size(), 2U);
        ASSERT_EQ(part.moves.size(), 1U);
        EXPECT_TRUE(part.positions[0].is_seed != part.positions[1].is_seed);
        for (const trace::ReachedPosition& reached : part.positions) {
            EXPECT_EQ(reached.explained_by.has_value(), !reached.is_seed);
        }
        EXPECT_EQ(part.moves[0].leaving_event, part.moves[0].arriving_event);
    }
}

TEST_F(OwnViewTest, AStrangersGoodsAreAsIfTheyWereNot) {
    tell();
    const auto stranger = ask(7, trace::Direction::kFull);
    ASSERT_FALSE(stranger);
    EXPECT_EQ(stranger.error().code(), ErrorCode::kNotFound);
    const std::string nothing(kLot.size(), 'x');
    const auto nobodys = ask(3, trace::Direction::kFull, nothing);
    ASSERT_FALSE(nobodys);
    std::string words = nobodys.error().message();
    words.replace(words.find(nothing), nothing.size(), kLot);
    EXPECT_EQ(stranger.error().message(), words);
}

TEST_F(OwnViewTest, WhenAPartnerHadItIsNotForStrangersToSay) {
    tell();
    const auto before = ask(3, trace::Direction::kFull);
    ASSERT_TRUE(before);
    record(6, event(1, "receiving", "OBSERVE", 6, 4, 6));
    record(6, event(2, "shipping", "OBSERVE", 6, 6, 4));
    record(6, event(3, "shipping", "OBSERVE", 4, 6, 2));
    record(7, event(2, "commissioning", "ADD", 7, 7, 4));
    const auto after = ask(3, trace::Direction::kFull);
    ASSERT_TRUE(after);
    for (const PartKind kind : {PartKind::kBack, PartKind::kForward}) {
        EXPECT_EQ(*after->answer->part(kind), *before->answer->part(kind));
    }
}

TEST_F(OwnViewTest, NobodyPagesThroughAnAnswerThatShowsMore) {
    tell();
    const policy::RequestContext context(party(3).principal);
    TraceRequest request;
    request.text = kLot;
    request.direction = trace::Direction::kForward;
    const auto whole = tracing().trace(context, scope_, request);
    ASSERT_TRUE(whole);
    request.cursor = whole->cursor;
    EXPECT_FALSE(tracing().trace(context, scope_of(3), request));
}

}  // namespace
}  // namespace suyuan::service
