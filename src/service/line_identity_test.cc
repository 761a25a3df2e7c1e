// SPDX-License-Identifier: Apache-2.0
//
// Which line a row is, and how it is corrected.

#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/line_testing.h"

namespace suyuan::service {
namespace {

TEST(LineIdentityTest, ALineIsRecognisedByItsPaperWhateverItSays) {
    const Cells titles = {
        "单据号", "行号", "进货时间", "品名", "批号", "数量", "单位", "供货者名称"
    };
    const auto id = [&](Cells cells) {
        LineReader reader = reader_of(titles, SheetKind::kInbound);
        return id_of(reader, std::move(cells));
    };
    const std::string first = id({"S-1", "1", "2026-03-02", "黄瓜", "L7", "5", "kg", "甲"});
    EXPECT_EQ(id({"S-1", "1", "2026-03-02", "黄瓜", "L7", "6", "kg", "甲"}), first);
    EXPECT_EQ(id({"S-1", "1", "2026-03-02", "黄瓜", "L7", "5", "kg", "甲公司"}), first);
    EXPECT_NE(id({"S-1", "2", "2026-03-02", "黄瓜", "L7", "5", "kg", "甲"}), first);
    EXPECT_NE(id({"S-2", "1", "2026-03-02", "黄瓜", "L7", "5", "kg", "甲"}), first);
}

TEST(LineIdentityTest, WithoutANumberALineIsWhatItSaysHoweverItIsWritten) {
    const Cells titles = {"进货时间", "品名", "批号", "数量", "单位", "供货者名称", "经手人"};
    LineReader reader = reader_of(titles, SheetKind::kInbound);
    const std::string one =
        id_of(reader, {"2026-03-02", "黄瓜", "L7", "10", "公斤", "甲", "王某某"});
    const std::string two = id_of(reader, {"2026-03-02", "黄瓜", "L7", "10", "公斤", "甲", ""});
    EXPECT_NE(one, two);  // equal rows are as many lines as there are
    // Saved again by a spreadsheet, in other columns, other spellings and units.
    LineReader again = reader_of(
        {"批号", "品名", "数量", "单位", "进货时间", "供货者名称", "备注"}, SheetKind::kInbound
    );
    EXPECT_EQ(id_of(again, {"Ｌ7", " 黄瓜", "10.0", "kg", "2026/3/2", "甲", "x"}), one);
    EXPECT_EQ(id_of(again, {"L7", "黄瓜", "20", "斤", "2026年3月2日", "甲", ""}), two);
    // Each of these is another line.
    for (const Cells& other : {
             Cells{"L7", "黄瓜", "10", "kg", "2026-03-02 00:00", "甲", ""},
             Cells{"L7", "黄瓜", "11", "kg", "2026-03-02", "甲", ""},
             Cells{"L7", "黄瓜", "10", "箱", "2026-03-02", "甲", ""},
             Cells{"L8", "黄瓜", "10", "kg", "2026-03-02", "甲", ""},
             Cells{"L7", "黄瓜", "10", "kg", "2026-03-02", "乙", ""},
         }) {
        LineReader from_start = reader_of(
            {"批号", "品名", "数量", "单位", "进货时间", "供货者名称", "备注"}, SheetKind::kInbound
        );
        EXPECT_NE(id_of(from_start, other), one) << other[0] << other[2] << other[5];
    }
}

TEST(LineIdentityTest, ALineIsOfItsPlace) {
    const auto id = [](const char* site, Cells cells) {
        LineDefaults defaults = {
            .operator_code = std::string(kLineOperator), .site = site, .declared_at = {}
        };
        LineReader reader = reader_of(
            {"盘点时间", "品名", "批号", "实盘数量", "单位", "单据号", "行号"},
            SheetKind::kStockCount,
            std::move(defaults)
        );
        return id_of(reader, std::move(cells));
    };
    const char* const first = "https://ns.suyuan.example/site/x/1";
    const char* const second = "https://ns.suyuan.example/site/x/2";
    const Cells plain = {"2026-03-02", "苹果", "L1", "20", "箱", "", ""};
    const Cells numbered = {"2026-03-02", "苹果", "L1", "20", "箱", "P-1", "1"};
    EXPECT_EQ(id(first, plain), id(first, plain));
    EXPECT_NE(id(first, plain), id(second, plain));
    EXPECT_EQ(id(first, numbered), id(first, numbered));
    EXPECT_NE(id(first, numbered), id(second, numbered));
}

TEST(LineIdentityTest, InputAndOutputOfAProcessAreNumberedApart) {
    LineReader reader = reader_of(
        {"加工单号", "行号", "加工时间", "投入产出", "品名", "批号", "数量", "单位"},
        SheetKind::kProcessing
    );
    std::set<std::string> ids;
    for (const Cells& cells : {
             Cells{"P1", "1", "2026-03-02", "投入", "猪肉", "A1", "100", "公斤"},
             Cells{"P1", "2", "2026-03-02", "投料", "牛肉", "B1", "50", "公斤"},
             Cells{"P1", "1", "2026-03-02", "产出", "肉馅", "M1", "80", "公斤"},
             Cells{"P1", "2", "2026-03-02", "output", "肉丸", "M2", "60", "公斤"},
         }) {
        ids.insert(id_of(reader, cells));
    }
    EXPECT_EQ(ids.size(), 4U);
}

TEST(LineIdentityTest, TwoRowsThatClaimToBeOneLineAreTold) {
    LineReader reader = reader_of(
        {"单据号", "行号", "进货时间", "品名", "批号", "数量", "单位"}, SheetKind::kInbound
    );
    EXPECT_TRUE(read(reader, {"D1", "1", "2026-03-02", "苹果", "L1", "100", "公斤"}).faults.empty()
    );
    // The same once more is the same.
    EXPECT_TRUE(read(reader, {"D1", "1", "2026/3/2", "苹果", "L1", "100", "kg"}).faults.empty());
    const Line other = read(reader, {"D1", "1", "2026-03-02", "梨", "L2", "50", "公斤"}, 4);
    ASSERT_EQ(other.faults.size(), 1U);
    EXPECT_EQ(other.faults[0].column, "行号");
    EXPECT_NE(other.faults[0].reason.zh.find("第 2 行"), std::string::npos);
    EXPECT_TRUE(other.events.empty());
}

TEST(LineIdentityTest, AMendedRowIsNotTakenForAnEqualRowOfItsFile) {
    LineReader original =
        reader_of({"进货时间", "品名", "批号", "数量", "单位"}, SheetKind::kInbound);
    const std::string good = id_of(original, {"2026-03-02", "苹果", "L1", "100", "公斤"});
    const Cells titles = {
        "进货时间", "品名", "批号", "数量", "单位", "原文件行号 · row in the file"
    };
    LineReader mended = reader_of(titles, SheetKind::kInbound);
    const std::string third = id_of(mended, {"2026-03-02", "苹果", "L1", "100", "公斤", "3"});
    const std::string fifth = id_of(mended, {"2026-03-02", "苹果", "L1", "100", "公斤", "5"});
    EXPECT_NE(third, good);
    EXPECT_NE(third, fifth);
    LineReader again = reader_of(titles, SheetKind::kInbound);
    EXPECT_EQ(id_of(again, {"2026-03-02", "苹果", "L1", "100", "公斤", "3"}), third);
}

TEST(LineIdentityTest, ALineIsVoidedAndReplaced) {
    const Cells titles = {"单据号", "行号", "进货时间", "品名", "批号", "数量", "单位", "更正作废"};
    const auto row = [](const char* amount, const char* mark) {
        return Cells{"D1", "1", "2026-03-02", "苹果", "L1", amount, "公斤", mark};
    };
    LineReader first = reader_of(titles, SheetKind::kInbound);
    const std::string original = id_of(first, row("100", ""));
    LineReader second = reader_of(titles, SheetKind::kInbound);
    const auto voided = event_of(read(second, row("100", "作废")));
    EXPECT_EQ(voided.event.event_id, original);
    ASSERT_TRUE(voided.event.error);
    EXPECT_GT(voided.event.error->declared_at, 0);
    const auto corrected = event_of(read(second, row("10", "更正")));
    EXPECT_FALSE(corrected.event.error);
    EXPECT_NE(corrected.event.event_id, original);
    EXPECT_EQ(corrected.event.items[0].quantity->amount.millionths, 10'000'000);
    // Once more: what is voided now is the correction.
    LineReader third = reader_of(titles, SheetKind::kInbound);
    EXPECT_EQ(event_of(read(third, row("10", "void 2"))).event.event_id, corrected.event.event_id);
    const std::string again = id_of(third, row("12", "correct 2"));
    EXPECT_NE(again, corrected.event.event_id);
    EXPECT_NE(again, original);
}

TEST(LineIdentityTest, ACorrectionThatLeavesTheOldLineStandingIsRefused) {
    LineReader reader = reader_of(
        {"单据号", "行号", "进货时间", "品名", "批号", "数量", "单位", "更正作废"},
        SheetKind::kInbound
    );
    for (const Cells& cells : {
             Cells{"D1", "1", "2026-03-02", "苹果", "L1", "10", "公斤", "更正"},
             Cells{"D1", "", "2026-03-02", "苹果", "L1", "10", "公斤", "作废"},
             Cells{"D1", "1", "2026-03-02", "苹果", "L1", "10", "公斤", "改一下"},
             Cells{"D1", "1", "2026-03-02", "苹果", "L1", "10", "公斤", "作废0"},
         }) {
        const Line line = read(reader, cells);
        ASSERT_EQ(line.faults.size(), 1U) << cells.back();
        EXPECT_EQ(line.faults[0].column, "更正作废");
    }
}

}  // namespace
}  // namespace suyuan::service
