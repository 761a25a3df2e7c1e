// SPDX-License-Identifier: Apache-2.0
//
// Goal: type a code, see where it came from, where it went and why; the same answer on every page,
// every run and every machine. Method: the cucumber chain in a real store.

#include "service/tracing.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "codec/json.h"
#include "io/clock.h"
#include "model/code.h"
#include "model/instant.h"
#include "service/answer_json.h"
#include "service/answer_text.h"
#include "service/answering_fixture.h"
#include "service/epcis_text.h"
#include "service/named_answer.h"
#include "service/seed.h"
#include "service/service_fixture.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

using trace::Direction;
using Places = std::multiset<std::string>;

class TracingTest : public AnsweringTest {
protected:
    // Everything but the last event, an hour later the last.
    void capture_in_two_steps() {
        std::vector<std::string> events = cucumber_events();
        const std::string shipment_of_l2 = events[6];
        events.erase(events.begin() + 6);
        capture_all(events);
        clock_.advance(3'600 * model::kMicrosPerSecond);
        capture_all({shipment_of_l2});
    }

    // A text for each row of a page.
    static void add_rows(const codec::Json& page, Places& rows) {
        for (const std::string_view part : {"back", "forward"}) {
            const codec::Json& half = *page.find("parts")->find(part);
            for (const codec::Json& one : half.find("positions")->items()) {
                rows.insert(format("{} position {}", part, one.string_or("key")));
            }
            for (const codec::Json& one : half.find("moves")->items()) {
                rows.insert(format("{} move {}", part, one.find("number")->text()));
            }
        }
        for (const std::string_view list : {"operators", "sites", "open_ends"}) {
            for (const codec::Json& one : page.find(list)->items()) {
                rows.insert(format("{} {}", list, codec::write_json(one)));
            }
        }
    }
};

TEST_F(TracingTest, ForwardFindsEverythingThatTheLotWentInto) {
    capture_cucumbers();
    const TracePage page = trace(ask_for("L1"));
    EXPECT_EQ(
        places(*page.answer, PartKind::kForward),
        (Places{
            "L1 at 绿园基地", "L1 at 城东市场", "L1 at 城东市场三号位", "L2 at 城东市场", "L2 at ?"
        })
    );
    EXPECT_EQ(page.answer->part(PartKind::kBack), nullptr);
    EXPECT_EQ(page.total, 5U);
    EXPECT_EQ(page.count, 5U);
    EXPECT_EQ(page.next, "");
    EXPECT_EQ(page.answer->reading.kind, SeedKind::kLot);
}

TEST_F(TracingTest, BackFindsWhatItWasMadeFrom) {
    capture_cucumbers();
    const TracePage page = trace(ask_for("L2", Direction::kBack));
    EXPECT_EQ(
        places(*page.answer, PartKind::kBack),
        (Places{"L2 at 城东市场", "L1 at 城东市场", "L1 at 绿园基地"})
    );
    EXPECT_EQ(page.answer->part(PartKind::kForward), nullptr);
}

TEST_F(TracingTest, FullGoesBackToTheSourcesAndForwardFromThem) {
    capture_cucumbers();
    const TracePage page = trace(ask_for("L2", Direction::kFull));
    EXPECT_EQ(places(*page.answer, PartKind::kBack).size(), 3U);
    EXPECT_EQ(places(*page.answer, PartKind::kForward).size(), 5U);
    ASSERT_EQ(page.answer->answer.sources.size(), 1U);
    EXPECT_EQ(page.answer->names.site(page.answer->answer.sources[0].site).name, "绿园基地");
}

TEST_F(TracingTest, TheAnswerSaysWhatIsStillWhere) {
    capture_cucumbers();
    const codec::Json json = to_json(trace(ask_for("L1")));
    std::map<std::string, std::string> on_hand;
    for (const codec::Json& one : json.find("parts")->find("forward")->find("positions")->items()) {
        const codec::Json* site = one.find("site");
        const auto& balances = one.find("balances")->items();
        const std::string place = std::string(one.find("item")->string_or("lot")) + " " +
                                  std::string(site->string_or("name", "?"));
        on_hand[place] = balances.empty() ? "" : std::string(balances[0].string_or("on_hand"));
    }
    EXPECT_EQ(on_hand["L1 绿园基地"], "40");
    EXPECT_EQ(on_hand["L1 城东市场"], "30");
    EXPECT_EQ(on_hand["L1 城东市场三号位"], "15");
    EXPECT_EQ(on_hand["L2 城东市场"], "0");
    const codec::Json& forward = *json.find("parts")->find("forward");
    EXPECT_EQ(forward.find("positions")->items().at(0).string_or("region"), "350200");
    const auto& regions = json.find("regions")->items();
    ASSERT_EQ(regions.size(), 2U);
    EXPECT_EQ(regions[0].string_or("code"), "350000");
    EXPECT_TRUE(regions[0].find("parent")->is_null());
    EXPECT_EQ(regions[1].string_or("name"), "厦门市");
    EXPECT_EQ(regions[1].string_or("parent"), "350000");
    EXPECT_EQ(json.find("sites")->items().at(0).string_or("region"), "350200");
    EXPECT_EQ(json.find("operators")->items().at(0).string_or("region"), "350200");
    EXPECT_EQ(json.find("vehicles")->items().at(0).string_or("code"), "闽D12345");
    EXPECT_EQ(json.find("people")->items().at(0).string_or("code"), "driver-7");
    EXPECT_EQ(json.find("open_ends")->items().at(0).string_or("kind"), "in_transit");
}

TEST_F(TracingTest, AnUnknownTextIsAnExplicitAnswer) {
    capture_cucumbers();
    const std::string mistyped = "(01)" + model::parse_code(lot(1)).gtin + "(10)L9";
    const std::string message = refusal(ask_for(mistyped), ErrorCode::kNotFound);
    EXPECT_NE(message.find(mistyped), std::string::npos);
    EXPECT_NE(message.find("; similar: "), std::string::npos) << message;
    EXPECT_NE(message.find("(10)L1"), std::string::npos) << message;
}

TEST_F(TracingTest, ACodeWithoutEventsIsAnExplicitAnswer) {
    capture_cucumbers();
    const std::string message = refusal(ask_for(party(9)), ErrorCode::kNotFound);
    EXPECT_NE(message.find("is known, but no event"), std::string::npos) << message;
}

TEST_F(TracingTest, ACodeWhoseEventsWereAllTakenBackIsAnExplicitAnswer) {
    capture_all({to_text(Leg{1, 0, "shipping", kilograms(lot(1), 1), 1, 2, "FH-9", {}})});
    EXPECT_EQ(trace(ask_for("L1")).total, 2U);
    capture_all({error_declaration(1)});
    const std::string message = refusal(ask_for("L1"), ErrorCode::kNotFound);
    EXPECT_NE(message.find("no event in force"), std::string::npos) << message;
}

TEST_F(TracingTest, AsOfShowsWhatWasKnownThen) {
    capture_in_two_steps();
    EXPECT_EQ(trace(ask_for("L1")).total, 5U);
    TraceRequest request = ask_for("L1");
    request.as_of = "2026-01-05T08:30:00+08:00";  // the second capture was at nine
    const TracePage page = trace(request);
    EXPECT_EQ(page.total, 4U);
    EXPECT_EQ(page.answer->answer.cut_off, kStart);
    request.as_of = "2026-01-05";  // that day's end
    EXPECT_EQ(trace(request).total, 5U);
    request.as_of = "2026-01-04";
    const std::string message = refusal(request, ErrorCode::kNotFound);
    EXPECT_NE(message.find("as of 2026-01-04"), std::string::npos) << message;
}

TEST_F(TracingTest, AWindowLeavesOutWhatHappenedLater) {
    capture_cucumbers();
    TraceRequest request = ask_for("闽D12345");
    request.from = "2026-01-05";
    request.to = "2026-01-05";
    EXPECT_EQ(trace(request).answer->reading.kind, SeedKind::kVehicle);
    request.from = "2026-01-06";
    request.to = "";
    const std::string message = refusal(request, ErrorCode::kNotFound);
    EXPECT_NE(message.find("between 2026-01-06 and …"), std::string::npos) << message;
}

TEST_F(TracingTest, AnItemAtOneSiteStartsThereAlone) {
    capture_cucumbers();
    TraceRequest request = ask_for("L1");
    request.site = site(3);
    EXPECT_EQ(places(*trace(request).answer, PartKind::kForward), Places{"L1 at 城东市场三号位"});
    request.site = "";
    request.owner = party(2);
    EXPECT_EQ(places(*trace(request).answer, PartKind::kForward).size(), 4U);
    request.owner = party(8);
    refusal(request, ErrorCode::kNotFound);
    request = ask_for(party(2));
    request.site = site(2);
    refusal(request, ErrorCode::kInvalidArgument);
}

TEST_F(TracingTest, EscalationGoesFromOnePieceToItsLot) {
    const auto piece = [](int number) {
        return to_text({
            .id = event_id(number),
            .minute = number,
            .action = "ADD",
            .step = "commissioning",
            .members =
                {things({thing(number)}), at(site(1)), R"("ilmd":{"cbvmda:lotNumber":"L1"})"},
        });
    };
    capture_all({piece(1), piece(2)});
    TraceRequest request = ask_for(thing(1));
    EXPECT_EQ(trace(request).total, 1U);
    request.escalate = true;
    const TracePage page = trace(request);
    std::set<std::string> serials;
    for (const trace::ReachedPosition& reached : page.answer->answer.forward->positions) {
        serials.insert(page.answer->names.item(reached.position.item).code.serial);
    }
    EXPECT_TRUE(serials.contains("1"));
    EXPECT_TRUE(serials.contains("2"));
}

TEST_F(TracingTest, WrongTimesCursorsAndSizesAreRefused) {
    capture_cucumbers();
    const auto with = [](auto member, const std::string& value) {
        TraceRequest request = ask_for("L1");
        request.*member = value;
        return request;
    };
    for (const std::string_view time :
         {"yesterday", "2026-13-01", "2026-01-05T08:00:00", "20260105"}) {
        const std::string text(time);
        EXPECT_TRUE(refusal(with(&TraceRequest::from, text), ErrorCode::kInvalidArgument)
                        .starts_with("from: "));
        EXPECT_TRUE(
            refusal(with(&TraceRequest::to, text), ErrorCode::kInvalidArgument).starts_with("to: ")
        );
        EXPECT_TRUE(refusal(with(&TraceRequest::as_of, text), ErrorCode::kInvalidArgument)
                        .starts_with("as_of: "));
    }
    TraceRequest request = ask_for("L1");
    request.from = "2026-01-06";
    request.to = "2026-01-05";
    refusal(request, ErrorCode::kInvalidArgument);
    request = ask_for("L1");
    request.page_size = 0;
    refusal(request, ErrorCode::kInvalidArgument);
    const std::string digest = trace(ask_for("L1")).answer->digest;
    for (const std::string& cursor :
         {std::string("x"), digest, digest + ".", digest + ".x", digest + ".-1", digest + ".99"}) {
        refusal(with(&TraceRequest::cursor, cursor), ErrorCode::kInvalidArgument);
    }
    refusal(ask_for(""), ErrorCode::kInvalidArgument);
}

TEST_F(TracingTest, CornerCase28PagesHoldEveryRowOnce) {
    capture_cucumbers();
    TraceRequest request = ask_for("L2", Direction::kFull);
    const auto whole = trace(request).answer;
    for (const std::size_t size : {1U, 2U, 3U, 100U}) {
        request.page_size = size;
        request.cursor = "";
        Places rows;
        for (int pages = 0; pages == 0 || (pages < 100 && !request.cursor.empty()); ++pages) {
            const TracePage page = trace(request);
            add_rows(to_json(page), rows);
            request.cursor = page.next;
        }
        EXPECT_EQ(request.cursor, "");
        EXPECT_EQ(std::set(rows.begin(), rows.end()).size(), rows.size()) << size;
        EXPECT_EQ(
            rows.size(),
            whole->position_count() + whole->move_count() + whole->answer.operators.size() +
                whole->answer.sites.size() + whole->answer.open_ends.size()
        ) << size;
    }
}

TEST_F(TracingTest, CornerCase28PagesSpeakOfOneSnapshotWhateverIsRecordedMeanwhile) {
    capture_in_two_steps();
    TraceRequest request = ask_for("L1");
    request.page_size = 2;
    const TracePage first = trace(request);
    capture_all({to_text(Leg{30, 500, "shipping", kilograms(lot(1), 1), 3, 5, "FH-5", {}})});
    EXPECT_EQ(trace(ask_for("L1")).total, 6U);
    request.cursor = first.next;
    const TracePage second = trace(request);
    EXPECT_EQ(second.answer, first.answer);
    EXPECT_EQ(second.total, 5U);
    EXPECT_EQ(second.first, 2U);
}

TEST_F(TracingTest, AForgottenAnswerIsFoundAgainOrRefused) {
    capture_cucumbers();
    TraceRequest request = ask_for("L1");
    request.page_size = 2;
    request.cursor = trace(request).next;
    tracing_ = fresh_tracing();  // as after a restart
    EXPECT_EQ(trace(request).first, 2U);
    capture_all({to_text(Leg{30, 500, "shipping", kilograms(lot(1), 1), 3, 5, "FH-5", {}})});
    tracing_ = fresh_tracing();
    refusal(request, ErrorCode::kConflict);
    request.text = "";
    refusal(request, ErrorCode::kConflict);
}

TEST_F(TracingTest, TheSameQuestionIsAnsweredFromMemoryForAWhile) {
    capture_cucumbers();
    const auto first = trace(ask_for("L1")).answer;
    EXPECT_EQ(trace(ask_for("L1")).answer, first);
    EXPECT_NE(trace(ask_for("L1", Direction::kBack)).answer, first);
    clock_.advance(11 * model::kMicrosPerSecond);
    const auto later = trace(ask_for("L1")).answer;
    EXPECT_NE(later, first);
    EXPECT_EQ(later->digest, first->digest);
    capture_all({harvest_of(40, 0, kilograms(lot(7), 1), 1)});
    EXPECT_NE(trace(ask_for("L1")).answer, later);
}

TEST_F(TracingTest, TheDigestIsTheSameOnAnotherMachine) {
    capture_cucumbers();
    const auto here = trace(ask_for("L1", Direction::kFull)).answer;

    // The same events, the other way round and a day later, after others: every id differs.
    const TemporaryDirectory directory;
    const io::ManualClock clock(kStart + model::kMicrosPerDay);
    const auto store = open_store(directory.path(), clock, randomness_);
    ASSERT_TRUE(store) << store.error().message();
    Recorder other(**store, clock);
    std::vector<std::string> events = cucumber_events();
    events.push_back(harvest_of(50, 0, kilograms(lot(5), 1), 5));
    std::ranges::reverse(events);
    ASSERT_TRUE(other.intake.put_registry(context_, scope_, cucumber_registry()).has_value());
    for (const std::string& event : events) {
        const auto report = other.intake.capture(context_, scope_, document({event}), {});
        ASSERT_TRUE(report) << report.error().message();
    }
    const Tracing there(**store, other.graph, clock);
    const auto page = there.trace(context_, scope_, ask_for(lot(1), Direction::kFull));
    ASSERT_TRUE(page) << page.error().message();
    EXPECT_EQ(page->answer->digest, here->digest);
    EXPECT_NE(page->answer->reading.id, here->reading.id);
    EXPECT_NE(page->answer->answer.cut_off, here->answer.cut_off);
}

TEST_F(TracingTest, AnAmbiguousTextIsAnsweredForOneReadingAndNamesTheOthers) {
    capture_cucumbers();
    const std::string other = "urn:epc:class:lgtin:6909999.012345.L1";
    capture_all({harvest_of(20, 0, kilograms(other, 7), 1)});
    const codec::Json json = to_json(trace(ask_for("L1")));
    ASSERT_EQ(json.find("other_readings")->items().size(), 1U);
    EXPECT_EQ(json.find("other_readings")->items()[0].string_or("kind"), "lot");
    EXPECT_NE(
        json.find("other_readings")->items()[0].string_or("code"),
        json.find("seed")->string_or("code")
    );
    EXPECT_EQ(trace(ask_for(other)).total, 1U);
    TraceRequest request = ask_for("L1");
    request.kind = SeedKind::kPaper;
    refusal(request, ErrorCode::kNotFound);
}

TEST_F(TracingTest, TheWholeAnswerFitsOnOnePageForFiles) {
    capture_cucumbers();
    TraceRequest request = ask_for("L2", Direction::kFull);
    request.page_size = 1;
    const auto answer = tracing().answer(context_, scope_, request);
    ASSERT_TRUE(answer) << answer.error().message();
    const auto page = tracing().whole(context_, scope_, *answer);
    ASSERT_TRUE(page) << page.error().message();
    EXPECT_EQ(page->count, (*answer)->position_count());
    EXPECT_EQ(page->next, "");
    const std::string csv = to_csv(*page);
    EXPECT_EQ(
        static_cast<std::size_t>(std::ranges::count(csv, '\n')), (*answer)->position_count() + 1
    );
    for (const auto& [event, reference] : page->events) {
        EXPECT_TRUE(reference.hash_id.starts_with("ni:///sha-256;")) << event;
    }
}

TEST_F(TracingTest, WhoeverLeftGetsNoAnswer) {
    capture_cucumbers();
    context_.cancel();
    refusal(ask_for("L1"), ErrorCode::kCancelled);
}

TEST_F(TracingTest, DaysAreLocalAndWhole) {
    const auto day = parse_instant_or_day("from", "2026-01-05");
    ASSERT_TRUE(day.has_value());
    EXPECT_EQ(model::format_instant(day->first), "2026-01-04T16:00:00Z");
    EXPECT_EQ(day->last - day->first, model::kMicrosPerDay - 1);
    const auto instant = parse_instant_or_day("from", "2026-01-05T08:00:00+08:00");
    ASSERT_TRUE(instant.has_value());
    EXPECT_EQ(*instant, model::exactly(kStart));
}

}  // namespace
}  // namespace suyuan::service
