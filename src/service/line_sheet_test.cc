// SPDX-License-Identifier: Apache-2.0

#include "service/line_sheet.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"

namespace suyuan::service {
namespace {

using enum Column;
using Titles = std::vector<std::string>;

std::vector<std::string> template_of(const Sheet& sheet) {
    std::vector<std::string> titles;
    for (const ColumnTitle& column : sheet.columns) {
        titles.emplace_back(column.zh);
    }
    return titles;
}

TEST(LineSheetTest, EveryTemplateIsItsOwnSheetInBothLanguages) {
    for (const Sheet& sheet : sheets()) {
        if (sheet.columns.empty()) {
            continue;  // a workbook of several tables
        }
        std::vector<std::string> english;
        for (const ColumnTitle& column : sheet.columns) {
            english.emplace_back(column.en);
        }
        for (const Titles& titles : {template_of(sheet), english}) {
            const auto map = map_columns(titles, std::nullopt, {});
            ASSERT_TRUE(map) << sheet.key << ": " << map.error().message();
            EXPECT_EQ(map->sheet().key, sheet.key);
            for (std::size_t place = 0; place < titles.size(); ++place) {
                EXPECT_EQ(map->place(sheet.columns[place].column), place) << titles[place];
            }
        }
        EXPECT_EQ(find_sheet(sheet.key), &sheet_of(sheet.kind));
    }
}

TEST(LineSheetTest, NoTitleMeansTwoColumnsOfASheet) {
    for (const Sheet& sheet : sheets()) {
        std::set<std::string_view> seen;
        for (const ColumnTitle& column : sheet.columns) {
            EXPECT_TRUE(seen.insert(column.zh).second) << column.zh;
            EXPECT_TRUE(seen.insert(column.en).second) << column.en;
            std::string_view others = column.others;
            while (!others.empty()) {
                const auto end = std::min(others.find('|'), others.size());
                EXPECT_TRUE(seen.insert(others.substr(0, end)).second)
                    << sheet.key << " " << others.substr(0, end);
                others.remove_prefix(std::min(end + 1, others.size()));
            }
        }
    }
}

TEST(LineSheetTest, DecorationOfTitlesDoesNotMatter) {
    const auto map = map_columns(
        Titles{" *进货时间（必填）", "数 量", "ＧＴＩＮ", "Trace_Code", "别的"}, std::nullopt, {}
    );
    ASSERT_TRUE(map) << map.error().message();
    EXPECT_EQ(map->sheet().key, "inbound");
    EXPECT_EQ(map->place(kTime), 0U);
    EXPECT_EQ(map->place(kQuantity), 1U);
    EXPECT_EQ(map->place(kGtin), 2U);
    EXPECT_EQ(map->place(kCode), 3U);
    EXPECT_EQ(map->place(kUnit), std::nullopt);
}

TEST(LineSheetTest, ChoicesWinOverTitles) {
    const Titles titles = {"日期", "数量", "净含量", "批号"};
    const auto map = map_columns(
        titles,
        SheetKind::kOutbound,
        {{.title = "净含量", .column = "quantity"},
         {.title = "数量", .column = ""},
         {.title = "批号", .column = "追溯码"}}
    );
    ASSERT_TRUE(map) << map.error().message();
    EXPECT_EQ(map->place(kTime), 0U);
    EXPECT_EQ(map->place(kQuantity), 2U);
    EXPECT_EQ(map->place(kCode), 3U);
    EXPECT_EQ(map->place(kLot), std::nullopt);
}

TEST(LineSheetTest, AChosenTitleIsTheOneThatIsSpeltSo) {
    const auto map = map_columns(
        Titles{"数量(公斤)", "数量", "日期"},
        SheetKind::kOutbound,
        {{.title = "数量", .column = "quantity"}, {.title = "数量(公斤)", .column = ""}}
    );
    ASSERT_TRUE(map) << map.error().message();
    EXPECT_EQ(map->place(kQuantity), 1U);
}

TEST(LineSheetTest, AColumnsOwnTitleGoesBeforeItsOtherNames) {
    const auto map = map_columns(Titles{"日期", "进货时间", "数量"}, SheetKind::kInbound, {});
    ASSERT_TRUE(map) << map.error().message();
    EXPECT_EQ(map->place(kTime), 1U);
}

TEST(LineSheetTest, WhatDoesNotFitIsNamed) {
    struct Row {
        Titles titles;
        std::optional<SheetKind> kind;
        std::vector<TitleChoice> choices;
        std::string_view zh;
        std::string_view en;
    };

    for (const Row& row : {
             Row{{"a", "b"}, std::nullopt, {}, "模板", "template"},
             Row{{"进货时间", "品名"}, SheetKind::kInbound, {}, "“数量”", "\"quantity\""},
             Row{{"进货时间", "品名", "批号"}, std::nullopt, {}, "“数量”", "\"quantity\""},
             Row{{"数量", "数量", "进货时间"},
                 SheetKind::kInbound,
                 {},
                 "第 1 列和第 2 列",
                 "columns 1 and 2"},
             Row{{"数量", "进货时间"}, SheetKind::kInbound, {{"x", "lot"}}, "“x”", "\"x\""},
             Row{{"数量", "进货时间"}, SheetKind::kInbound, {{"数量", "y"}}, "“y”", "\"y\""},
             Row{{}, std::nullopt, {}, "模板", "template"},
         }) {
        const auto map = map_columns(row.titles, row.kind, row.choices);
        ASSERT_FALSE(map);
        EXPECT_EQ(map.error().code(), ErrorCode::kInvalidArgument);
        EXPECT_NE(map.error().message_zh().find(row.zh), std::string::npos)
            << map.error().message_zh();
        EXPECT_NE(map.error().message().find(row.en), std::string::npos) << map.error().message();
    }
}

TEST(LineSheetTest, WhatFitsSeveralSheetsIsNotGuessed) {
    const Titles titles = {"日期", "品名", "批号", "数量", "单位"};
    const auto map = map_columns(titles, std::nullopt, {});
    ASSERT_FALSE(map);
    for (const std::string_view sheet : {"“进货”", "“出货”", "“盘点”"}) {
        EXPECT_NE(map.error().message_zh().find(sheet), std::string::npos) << sheet;
    }
    EXPECT_NE(map.error().message().find("\"outbound\""), std::string::npos);
    EXPECT_FALSE(guess_columns(titles, std::nullopt));
    EXPECT_TRUE(map_columns(titles, SheetKind::kOutbound, {}));
    // One column more decides.
    const auto bought =
        map_columns(Titles{"时间", "品名", "批号", "数量", "单位", "供货商"}, {}, {});
    ASSERT_TRUE(bought) << bought.error().message();
    EXPECT_EQ(bought->sheet().key, "inbound");
}

TEST(LineSheetTest, TwoTitlesOfOneColumnAreToldWithoutAChosenSheet) {
    const auto map = map_columns(
        Titles{"进货时间", "品名", "批号", "件数", "重量", "单位", "供货者名称"}, std::nullopt, {}
    );
    ASSERT_FALSE(map);
    EXPECT_NE(map.error().message_zh().find("第 4 列和第 5 列都是“数量”"), std::string::npos)
        << map.error().message_zh();
}

TEST(LineSheetTest, EveryEventSheetKnowsPlainTimes) {
    for (const SheetKind kind :
         {SheetKind::kInbound, SheetKind::kOutbound, SheetKind::kProcessing, SheetKind::kStockCount
         }) {
        for (const char* title : {"时间", "日期"}) {
            const auto map = guess_columns(Titles{title}, kind);
            ASSERT_TRUE(map);
            EXPECT_EQ(map->place(kTime), 0U) << title;
        }
    }
}

TEST(LineSheetTest, TheNumberOfARowInItsFirstFileIsKnown) {
    const Titles titles = {
        "进货时间",
        "数量",
        "原文件行号 · row in the file",
        "问题 · what is wrong",
        "原文件行号 · row in the file"
    };
    const auto map = map_columns(titles, SheetKind::kInbound, {});
    ASSERT_TRUE(map) << map.error().message();
    EXPECT_EQ(map->place(kRowInFile), 2U);
}

TEST(LineSheetTest, ColumnsThatAreNotReadAreNamed) {
    const Titles titles = {
        "进货时间",
        "品名",
        "数量",
        "单位",
        " 单价（元） ",
        "",
        "备注",
        "仓位",
        "原文件行号 · row in the file",
        "问题 · what is wrong",
        "原文件行号 · row in the file"
    };
    const std::vector<TitleChoice> choices = {{.title = "仓位", .column = ""}};
    const auto map = map_columns(titles, SheetKind::kInbound, choices);
    ASSERT_TRUE(map) << map.error().message();
    EXPECT_EQ(unused_titles(*map, titles, choices), (Titles{"单价（元）", "备注"}));
    EXPECT_EQ(unused_titles(*map, titles, {}), (Titles{"单价（元）", "备注", "仓位"}));
}

TEST(LineSheetTest, DaysOfRowsThatHaveNoneAreNotOverlooked) {
    const auto map =
        map_columns(Titles{"统一社会信用代码", "主体名称", "起始日期"}, std::nullopt, {});
    ASSERT_TRUE(map) << map.error().message();
    EXPECT_EQ(map->place(kValidFrom), 2U);
}

TEST(LineSheetTest, ColumnsHaveKeys) {
    for (std::size_t place = 0; place < kColumnCount; ++place) {
        const auto column = static_cast<Column>(place);
        EXPECT_EQ(parse_column(to_string(column)), column);
    }
    EXPECT_EQ(parse_column("数量"), std::nullopt);
}

TEST(LineSheetTest, CellsComeWithoutBlanks) {
    const auto map = map_columns(Titles{"数量", "进货时间"}, SheetKind::kInbound, {});
    ASSERT_TRUE(map);
    const std::vector<std::string> cells = {" 5\t\u3000", "\u3000\u00A0 "};
    EXPECT_EQ(map->cell(cells, kQuantity), "5");
    EXPECT_EQ(map->cell(cells, kTime), "");
    EXPECT_EQ(map->cell(cells, kLot), "");
}

TEST(LineSheetTest, FullWidthBecomesHalfWidth) {
    EXPECT_EQ(half_width("ＡＢ－１２　～！黄瓜"), "AB-12 ~!黄瓜");
    EXPECT_EQ(half_width("\xEF\xBC"), "\xEF\xBC");
}

}  // namespace
}  // namespace suyuan::service
