// SPDX-License-Identifier: Apache-2.0
//
// Goal: rows that share merged cells are lines of their own, and no amount is counted twice.
// Method: rows as the workbook's reader gives them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/line_testing.h"

namespace suyuan::service {
namespace {

class LineMergedTest : public testing::Test {
protected:
    // `repeated`: the columns, from 1, that merged cells above say.
    Line read_merged(Cells cells, std::vector<std::size_t> repeated) {
        return reader_.read(
            {.number = ++number_,
             .cells = std::move(cells),
             .faults = {},
             .repeated = std::move(repeated)}
        );
    }

    LineReader reader_ = reader_of(
        {"单据号", "行号", "进货时间", "品名", "批号", "数量", "单位", "供货者"},
        SheetKind::kInbound
    );
    std::uint64_t number_ = 1;
};

TEST_F(LineMergedTest, TheLinesOfOnePaperShareItsNumberDayAndSupplier) {
    const Line first =
        read_merged({"DN-1", "1", "2026-03-02", "黄瓜", "L7", "5", "kg", "91350100M000100Y43"}, {});
    const Line second = read_merged(
        {"DN-1", "2", "2026-03-02", "白菜", "L8", "7", "kg", "91350100M000100Y43"}, {1, 3, 7, 8}
    );
    EXPECT_EQ(event_of(first).event.papers[0].id, event_of(second).event.papers[0].id);
    EXPECT_EQ(event_of(first).event.event_time, event_of(second).event.event_time);
    EXPECT_EQ(event_of(second).event.sources[0].id, kLineSupplier);
    EXPECT_NE(event_of(first).event.event_id, event_of(second).event.event_id);
}

TEST_F(LineMergedTest, AnAmountOfSeveralRowsIsNobodys) {
    const Line line = read_merged(
        {"DN-1", "2", "2026-03-02", "白菜", "L8", "12", "kg", "91350100M000100Y43"}, {6}
    );
    ASSERT_EQ(line.faults.size(), 1U);
    EXPECT_EQ(line.faults[0].column, "数量");
    EXPECT_EQ(line.faults[0].value, "12");
    EXPECT_NE(line.faults[0].reason.en.find("unmerge"), std::string::npos);
}

TEST_F(LineMergedTest, ARowThatSaysNothingItselfIsNoLine) {
    EXPECT_TRUE(
        read_merged({"DN-1", "3", "2026-03-02", "", "", "", "kg", "某某"}, {1, 3, 8}).is_skipped
    );
    // A sum beside the day that the rows above share.
    EXPECT_TRUE(
        read_merged({"DN-1", "小计", "2026-03-02", "", "", "12", "", "某某"}, {1, 3, 8}).is_skipped
    );
    EXPECT_FALSE(
        read_merged({"DN-1", "4", "2026-03-02", "白菜", "L8", "", "", ""}, {1, 3}).faults.empty()
    );
}

}  // namespace
}  // namespace suyuan::service
