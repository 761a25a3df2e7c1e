// SPDX-License-Identifier: Apache-2.0
//
// Goal: what people read is right in both languages, and every time says its zone.
// Method: values at their edges, and whole sentences.

#include "service/wording.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "service/event_references.h"
#include "service/handmade_answer.h"
#include "service/name_book.h"
#include "service/named_answer.h"
#include "service/sentences.h"
#include "service/tracing.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {
namespace {

constexpr Language kZh = Language::kChinese;
constexpr Language kEn = Language::kEnglish;

TEST(WordingTest, TimesAreLocalAndSayTheirZone) {
    EXPECT_EQ(local_time(kMorning), "2026-01-05 08:00");
    EXPECT_EQ(local_time(kMorning + (5 * model::kMicrosPerSecond)), "2026-01-05 08:00:05");
    EXPECT_EQ(local_time(kMorning + 250'000), "2026-01-05 08:00:00.250");
    EXPECT_EQ(local_time(kMorning - 1), "2026-01-05 07:59:59");
    EXPECT_EQ(moment_label(kMorning, kZh), "2026-01-05 08:00（北京时间）");
    EXPECT_EQ(moment_label(kMorning, kEn), "2026-01-05 08:00 (Beijing time)");
    EXPECT_EQ(moment_label(model::kEndOfTime, kZh), "时间未知");
}

TEST(WordingTest, IntervalsSayWhatIsKnown) {
    EXPECT_EQ(time_label(model::exactly(kMorning), kZh), "2026-01-05 08:00（北京时间）");
    EXPECT_EQ(time_label(model::day_of(kMorning, 480), kZh), "2026-01-05 当天（北京时间）");
    EXPECT_EQ(time_label(model::day_of(kMorning, 480), kEn), "on 2026-01-05 (Beijing time)");
    EXPECT_EQ(time_label({}, kZh), "时间未知");
    EXPECT_EQ(time_label({}, kEn), "time unknown");
    EXPECT_EQ(
        time_label({kMorning, kMorning + kHour}, kZh),
        "2026-01-05 08:00 至 2026-01-05 09:00（北京时间）"
    );
    EXPECT_EQ(
        time_label({model::kBeginningOfTime, kMorning}, kEn),
        "not after 2026-01-05 08:00 (Beijing time)"
    );
    EXPECT_EQ(
        time_label({kMorning, model::kEndOfTime}, kZh), "不早于 2026-01-05 08:00（北京时间）"
    );
}

TEST(WordingTest, CodesAreShort) {
    EXPECT_EQ(short_code("https://id.gs1.org/01/06901234500012/10/L1"), "(01)06901234500012(10)L1");
    EXPECT_EQ(short_code("91110000802100433B"), "91110000802100433B");
    EXPECT_EQ(short_code("https://id.gs1.org/"), "");
    EXPECT_EQ(paper_label("urn:epcglobal:cbv:bt:6901234500005:FH-1"), "FH-1");
    EXPECT_EQ(paper_label("检疫-7"), "检疫-7");
    EXPECT_EQ(paper_label("https://ns.suyuan.example/paper/91110000802100433B/DN%2F1"), "DN/1");
}

TEST(WordingTest, GoodsAreCalledByNameAndLot) {
    store::ItemName item;
    item.code.kind = model::CodeKind::kLot;
    item.code.uri = "https://id.gs1.org/01/06901234500012/10/L1";
    item.code.lot = "L1";
    EXPECT_EQ(item_label(item, kZh), "(01)06901234500012(10)L1");
    item.code.uri = "https://ns.suyuan.example/lot/91110000802100433B/黄瓜/L1";
    EXPECT_EQ(item_label(item, kZh), "黄瓜 L1");
    item.product_name = "黄瓜";
    EXPECT_EQ(item_label(item, kZh), "黄瓜 批次 L1");
    EXPECT_EQ(item_label(item, kEn), "黄瓜, lot L1");
    item.code.kind = model::CodeKind::kContainer;
    item.code.uri = "https://id.gs1.org/00/106141412345678908";
    EXPECT_EQ(item_label(item, kZh), "容器 (00)106141412345678908");
}

TEST(WordingTest, PlacesSayWhatIsUnknown) {
    const NameBook names = handmade_names({});
    const auto place = [&](std::uint32_t owner, std::uint32_t site, Language language) {
        return place_label(
            names, {graph::ItemId(1), graph::OperatorId(owner), graph::SiteId(site)}, language
        );
    };
    EXPECT_EQ(place(1, 1, kZh), "绿园基地（绿园农业公司）");
    EXPECT_EQ(place(1, 1, kEn), "绿园基地 (绿园农业公司)");
    EXPECT_EQ(place(1, 0, kZh), "绿园农业公司（场所未知）");
    EXPECT_EQ(place(0, 1, kZh), "绿园基地（经营主体未知）");
    EXPECT_EQ(place(3, 3, kZh), "(414)6901234500023（经营主体未登记）");
    EXPECT_EQ(place(0, 0, kZh), "未知地点");
    EXPECT_EQ(place(0, 0, kEn), "an unknown place");
}

TEST(WordingTest, QuantitiesCarryTheirUnit) {
    EXPECT_EQ(quantity_label(12'500'000, "KGM", kZh), "12.5 公斤");
    EXPECT_EQ(quantity_label(-3'000'000, "", kZh), "-3 件");
    EXPECT_EQ(quantity_label(1'000'000, "MTK", kEn), "1 MTK");
}

TEST(WordingTest, AShipmentReadsAsASentence) {
    const TracePage page = handmade_page();
    const trace::Move& shipment = page.answer->part(PartKind::kForward)->moves[0];
    const Sentence sentence =
        describe(shipment, references_behind(shipment, page.events), page.answer->names);
    EXPECT_EQ(
        sentence.zh,
        "2026-01-05 08:00（北京时间） 由 绿园基地（绿园农业公司） 发往 黄瓜批发行（=黄瓜, "
        "\"批发\"公司），2026-01-05 10:00（北京时间） 收货，黄瓜 批次 L1，40 公斤，单证 FH-0。"
    );
    EXPECT_EQ(
        sentence.en,
        "2026-01-05 08:00 (Beijing time): shipped from 绿园基地 (绿园农业公司) to 黄瓜批发行 "
        "(=黄瓜, \"批发\"公司), received 2026-01-05 10:00 (Beijing time), 黄瓜, lot L1, 40 kg, "
        "papers FH-0."
    );
}

TEST(WordingTest, EveryKindOfMoveIsASentenceOfItsOwn) {
    const NamedAnswer named = handmade_answer();
    std::vector<std::string> seen;
    for (std::uint8_t kind = 0; kind <= 7; ++kind) {
        trace::Move move = named.part(PartKind::kForward)->moves[0];
        move.kind = static_cast<trace::MoveKind>(kind);
        move.carrier = graph::ItemId(1);
        const Sentence sentence = describe(move, {}, named.names);
        EXPECT_TRUE(sentence.zh.ends_with("。")) << sentence.zh;
        EXPECT_TRUE(sentence.en.ends_with(".")) << sentence.en;
        for (const std::string& other : seen) {
            EXPECT_NE(sentence.zh, other);
        }
        seen.push_back(sentence.zh);
    }
}

TEST(WordingTest, WhatOnlyTheReceiverSaysIsToldAsItsWord) {
    const NamedAnswer named = handmade_answer();
    trace::Move move = named.part(PartKind::kForward)->moves[0];
    move.kind = trace::MoveKind::kStated;
    const Sentence sentence = describe(move, {}, named.names);
    EXPECT_EQ(
        sentence.zh,
        "2026-01-05 10:00（北京时间） 黄瓜批发行（=黄瓜, \"批发\"公司） 收货，黄瓜 批次 L1，40 "
        "公斤，"
        "记明由 绿园基地（绿园农业公司） 供货；供货方未记录发货。"
    );
    EXPECT_EQ(
        sentence.en,
        "2026-01-05 10:00 (Beijing time): received at 黄瓜批发行 (=黄瓜, \"批发\"公司), 黄瓜, lot "
        "L1, 40 kg, stated to come from 绿园基地 (绿园农业公司); the supplier recorded no shipment."
    );
}

TEST(WordingTest, DoubtsAreSpokenOut) {
    const NamedAnswer named = handmade_answer();
    trace::Move move = named.part(PartKind::kForward)->moves[0];
    move.is_skewed = true;
    move.is_all_to_all = true;
    const Sentence sentence = describe(move, {}, named.names);
    EXPECT_NE(sentence.zh.find("双方记录的时间矛盾"), std::string::npos);
    EXPECT_NE(sentence.zh.find("未注明哪些投入用于哪些产出"), std::string::npos);
    EXPECT_NE(sentence.en.find("clocks contradict"), std::string::npos);
}

TEST(WordingTest, TheSummaryTellsCertainFromPossible) {
    const NamedAnswer named = handmade_answer();
    const auto& positions = named.part(PartKind::kForward)->positions;
    EXPECT_EQ(
        summarise(PartKind::kForward, positions[0], named.names).zh,
        "黄瓜 批次 L1 在 绿园基地（绿园农业公司）：就是所查的物品，追溯从这里开始。"
    );
    EXPECT_EQ(
        summarise(PartKind::kForward, positions[1], named.names).en,
        "Destination: 黄瓜, lot L1 at 黄瓜批发行 (=黄瓜, \"批发\"公司), 1 step from what was asked "
        "for, earliest possible arrival 2026-01-05 10:00 (Beijing time). The records prove it."
    );
    const Sentence third = summarise(PartKind::kForward, positions[2], named.names);
    EXPECT_NE(third.zh.find("不能确定"), std::string::npos);
    EXPECT_NE(third.zh.find("相隔 2 步"), std::string::npos);
}

TEST(WordingTest, BusinessStepsAreShortInEverySpelling) {
    EXPECT_EQ(short_biz_step("urn:epcglobal:cbv:bizstep:shipping"), "shipping");
    EXPECT_EQ(short_biz_step("https://ref.gs1.org/cbv/BizStep-shipping"), "shipping");
    EXPECT_EQ(short_biz_step("shipping"), "shipping");
    EXPECT_EQ(short_biz_step("https://example.org/step"), "https://example.org/step");
}

}  // namespace
}  // namespace suyuan::service
