// SPDX-License-Identifier: Apache-2.0
//
// Goal: "why is this place on the list?" is answered step by step, with the records behind each.
// Method: chains in a real store; whole sentences.

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "codec/json.h"
#include "model/code.h"
#include "service/answer_json.h"
#include "service/answer_text.h"
#include "service/answering_fixture.h"
#include "service/epcis_text.h"
#include "service/named_answer.h"
#include "service/tracing.h"
#include "service/wording.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

using trace::Direction;

class ExplainTest : public AnsweringTest {};

TEST_F(ExplainTest, AnExplanationLeadsFromTheSeedToThePlace) {
    capture_cucumbers();
    TraceRequest request = ask_for("L1");
    request.site = site(1);
    const auto answer = trace(request).answer;
    const std::string stall = key_of(*answer, PartKind::kForward, "L1", "城东市场三号位");
    const auto why = tracing().explain(context_, scope_, request, stall, std::nullopt);
    ASSERT_TRUE(why) << why.error().message();
    EXPECT_EQ(why->part, PartKind::kForward);
    EXPECT_EQ(answer->names.site(why->start.site).name, "绿园基地");
    ASSERT_EQ(why->steps.size(), 2U);
    EXPECT_EQ(
        why->steps[0].sentence_zh,
        "2026-01-05 09:00（北京时间） 由 绿园基地（绿园农业公司） 发往 城东市场（黄瓜批发行），"
        "2026-01-05 10:00（北京时间） 收货，黄瓜 批次 L1，60 公斤，单证 FH-1。"
    );
    EXPECT_EQ(
        why->steps[1].sentence_en,
        "2026-01-05 11:00 (Beijing time): shipped from 城东市场 (黄瓜批发行) to 城东市场三号位 "
        "(三号摊), received 2026-01-05 11:20 (Beijing time), 黄瓜, lot L1, 20 kg, papers FH-2."
    );
    ASSERT_EQ(why->steps[0].events.size(), 2U);
    EXPECT_EQ(why->steps[0].events[0].event_id, event_id(2));
    EXPECT_EQ(why->steps[0].events[1].biz_step, "receiving");
    EXPECT_NE(why->summary_zh.find("相隔 2 步"), std::string::npos) << why->summary_zh;
    const std::string text = to_text(*why);
    EXPECT_NE(text.find("\n1. 2026-01-05 09:00（北京时间）"), std::string::npos) << text;
    const codec::Json json = to_json(*why);
    EXPECT_EQ(json.find("steps")->items().size(), 2U);
    EXPECT_EQ(json.find("position")->string_or("key"), stall);
}

TEST_F(ExplainTest, APlaceOfTheLotThatIsAskedForIsExplainedByTheMovesOfTheLot) {
    capture_cucumbers();
    const TraceRequest request = ask_for("L1");
    const auto answer = trace(request).answer;
    const std::string stall = key_of(*answer, PartKind::kForward, "L1", "城东市场三号位");
    const auto why = tracing().explain(context_, scope_, request, stall, std::nullopt);
    ASSERT_TRUE(why) << why.error().message();
    EXPECT_TRUE(why->position.is_seed);
    EXPECT_EQ(answer->names.site(why->start.site).name, "绿园基地");
    ASSERT_EQ(why->steps.size(), 2U);
    EXPECT_NE(why->steps[0].sentence_zh.find("单证 FH-1"), std::string::npos);
    EXPECT_NE(why->steps[1].sentence_zh.find("单证 FH-2"), std::string::npos);
    EXPECT_NE(why->summary_zh.find("它自己是这样到这里的："), std::string::npos);
}

TEST_F(ExplainTest, ARideIsExplainedByItsContainer) {
    capture_all({
        harvest_of(1, 0, things({thing(1)}), 1),
        to_text({
            .id = event_id(2),
            .minute = 10,
            .type = "AggregationEvent",
            .action = "ADD",
            .step = "packing",
            .members =
                {format(R"("parentID":"{}","childEPCs":["{}"])", pallet(1), thing(1)), at(site(1))},
        }),
        to_text(Leg{3, 60, "shipping", things({pallet(1)}), 1, 2, "FH-1", {}}),
        to_text(Leg{4, 120, "receiving", things({pallet(1)}), 1, 2, "FH-1", {}}),
    });
    TraceRequest request = ask_for(thing(1));
    request.site = site(1);
    const auto answer = trace(request).answer;
    ASSERT_EQ(answer->position_count(), 2U);
    const std::string market =
        position_key(answer->part(PartKind::kForward)->positions[1].position);
    const auto why = tracing().explain(context_, scope_, request, market, std::nullopt);
    ASSERT_TRUE(why) << why.error().message();
    ASSERT_EQ(why->steps.size(), 1U);
    EXPECT_EQ(why->steps[0].move.kind, trace::MoveKind::kRide);
    EXPECT_EQ(
        why->steps[0].sentence_zh,
        format(
            "2026-01-05 09:00（北京时间） 由 绿园基地（绿园农业公司） 发往 "
            "城东市场（黄瓜批发行），装在"
            "容器 {}中，2026-01-05 10:00（北京时间） 到达，黄瓜 序列号 1，1 件，单证 FH-1。",
            short_code(model::canonical_uri(pallet(1)))
        )
    );
}

TEST_F(ExplainTest, TwoCodesOfOneThingAreExplainedByTheClaim) {
    capture_all({
        harvest_of(1, 0, kilograms(lot(1), 5), 1),
        to_text({
            .id = event_id(2),
            .minute = 10,
            .step = "inspecting",
            .members =
                {kilograms(lot(1), 5),
                 at(site(1)),
                 format(R"("suyuan:sameAs":["{}"])", model::canonical_uri(lot(6)))},
        }),
    });
    const auto answer = trace(ask_for("L1")).answer;
    const std::string other = key_of(*answer, PartKind::kForward, "L6", "绿园基地");
    const auto why = tracing().explain(context_, scope_, ask_for("L1"), other, std::nullopt);
    ASSERT_TRUE(why) << why.error().message();
    ASSERT_EQ(why->steps.size(), 1U);
    ASSERT_EQ(why->steps[0].events.size(), 1U);
    EXPECT_EQ(why->steps[0].events[0].event_id, event_id(2));
    EXPECT_NE(why->steps[0].sentence_zh.find("登记为同一物品"), std::string::npos);
}

TEST_F(ExplainTest, ABackwardExplanationLeadsFromTheSeedUpstream) {
    capture_cucumbers();
    const TraceRequest request = ask_for("L2", Direction::kFull);
    const auto answer = trace(request).answer;
    const std::string farm = key_of(*answer, PartKind::kBack, "L1", "绿园基地");
    const auto why = tracing().explain(context_, scope_, request, farm, PartKind::kBack);
    ASSERT_TRUE(why) << why.error().message();
    EXPECT_EQ(why->part, PartKind::kBack);
    ASSERT_EQ(why->steps.size(), 2U);
    EXPECT_EQ(why->steps[0].move.kind, trace::MoveKind::kProcess);
    EXPECT_EQ(why->steps[1].move.kind, trace::MoveKind::kShipment);
    EXPECT_EQ(answer->names.item(why->start.item).code.lot, "L2");
    // Without a part, forward is looked in first: there it is the source itself.
    const auto forward = tracing().explain(context_, scope_, request, farm, std::nullopt);
    ASSERT_TRUE(forward);
    EXPECT_EQ(forward->part, PartKind::kForward);
    EXPECT_TRUE(forward->steps.empty());
}

TEST_F(ExplainTest, AnExplanationIsOfTheAnswerThatTheCursorNames) {
    capture_cucumbers();
    TraceRequest request = ask_for("L1");
    const TracePage page = trace(request);
    const std::string stall = key_of(*page.answer, PartKind::kForward, "L1", "城东市场三号位");
    capture_all({error_declaration(4), error_declaration(5), error_declaration(8)});
    request.cursor = page.cursor;
    EXPECT_TRUE(tracing().explain(context_, scope_, request, stall, std::nullopt).has_value());
    request.cursor = "";
    const auto gone = tracing().explain(context_, scope_, request, stall, std::nullopt);
    ASSERT_FALSE(gone.has_value());
    EXPECT_EQ(gone.error().code(), ErrorCode::kNotFound);
    const auto wrong = tracing().explain(context_, scope_, request, "stall", std::nullopt);
    ASSERT_FALSE(wrong.has_value());
    EXPECT_EQ(wrong.error().code(), ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace suyuan::service
