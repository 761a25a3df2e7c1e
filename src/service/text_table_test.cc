// SPDX-License-Identifier: Apache-2.0
//
// Goal: columns line up on a terminal whatever script a name is in, and no name commands it.
// Method: tables of texts with the width that a terminal gives them.

#include "service/text_table.h"

#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace suyuan::service {
namespace {

TEST(TextTableTest, WidthIsWhatATerminalNeeds) {
    struct Case {
        std::string_view text;
        std::size_t width;
    };

    for (const Case& c : {
             Case{"", 0},
             Case{"L1", 2},
             Case{"黄瓜", 4},
             Case{"闽D·12345", 9},
             Case{"ＡＢ", 4},        // full-width letters
             Case{"e\u0301", 1},     // a combining accent
             Case{"\U0001F96C", 2},  // a leafy green
             Case{"\U00020000", 2},  // an ideograph beyond the first plane
             Case{"한국", 4},
             Case{"\xE9\xBB", 2},  // half a character: two bytes, each shown as one sign
             Case{"\xFF", 1},
         }) {
        EXPECT_EQ(display_width(c.text), c.width) << c.text;
    }
}

TEST(TextTableTest, NothingPrintedCommandsATerminal) {
    EXPECT_EQ(printable("黄瓜"), "黄瓜");
    EXPECT_EQ(printable("a\nb\tc"), "a b c");
    EXPECT_EQ(printable("\x1B[2J"), "\uFFFD[2J");
    EXPECT_EQ(printable("\u009B31m"), "\uFFFD31m");  // the one-character form of ESC [
    EXPECT_EQ(printable("a\u202Eb"), "a\uFFFDb");    // right-to-left override
    EXPECT_EQ(printable("\xFFz"), "\uFFFDz");
    EXPECT_EQ(printable("\xC0\xAF"), "\uFFFD\uFFFD");            // an overlong slash
    EXPECT_EQ(printable("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
}

TEST(TextTableTest, ColumnsLineUpUnderChineseHeadings) {
    TextTable table({"货物", "在手"});
    EXPECT_TRUE(table.is_empty());
    table.add({"黄瓜 批次 L1", "30 千克"});
    table.add({"beef", "5"});
    EXPECT_FALSE(table.is_empty());
    EXPECT_EQ(
        table.text(),
        "货物          在手\n"
        "------------  -------\n"
        "黄瓜 批次 L1  30 千克\n"
        "beef          5\n"
    );
}

TEST(TextTableTest, LongCellsAreCutBetweenCharacters) {
    std::string name;
    for (int repeat = 0; repeat < 30; ++repeat) {
        name += "黄";
    }
    TextTable table({"名称"});
    table.add({name});
    const std::string text = table.text();
    const std::string row = text.substr(text.rfind('\n', text.size() - 2) + 1);
    EXPECT_EQ(display_width(row), 39U + 1U);  // 19 characters, the ellipsis, and the line break
    EXPECT_TRUE(row.ends_with("黄…\n"));
}

}  // namespace
}  // namespace suyuan::service
