// SPDX-License-Identifier: Apache-2.0
//
// Goal: what stands in merged cells holds for each of their rows, and however they are listed, they
// cost no more than their limits. Method: sheets drawn in XML with ranges, right and absurd ones.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/table_testing.h"
#include "codec/xlsx.h"
#include "codec/xlsx_testing.h"

namespace suyuan::codec {
namespace {

Table read_merged(
    std::string rows, std::vector<std::string> merged, const XlsxLimits& limits = {}
) {
    WorkbookDraft draft{std::move(rows), {}, {}, {}};
    draft.merged = std::move(merged);
    return read_xlsx(draft.bytes(), limits);
}

// "1: a b" as the cells A1 and B1; "-" is a cell without text, "." none at all.
std::string drawn(std::string_view rows) {
    std::string xml;
    std::size_t row = 0;
    char column = 'A';
    const auto end_row = [&] { xml += row == 0 ? "" : "</row>"; };
    while (!rows.empty()) {
        const std::size_t end = std::min(rows.find(' '), rows.size());
        const std::string_view word = rows.substr(0, end);
        if (word.ends_with(':')) {
            end_row();
            row = static_cast<std::size_t>(std::stoi(std::string(word)));
            column = 'A';
            xml += format(R"(<row r="{}">)", row);
        } else {
            if (word == "-") {
                xml += format(R"(<c r="{}{}" s="1"/>)", column, row);
            } else if (word != ".") {
                xml += format(
                    R"(<c r="{}{}" t="{}"><v>{}</v></c>)",
                    column,
                    row,
                    word.starts_with('#') ? "e" : "str",
                    word
                );
            }
            ++column;
        }
        rows.remove_prefix(std::min(end + 1, rows.size()));
    }
    end_row();
    return xml;
}

TEST(XlsxMergedTest, EachRowOfARangeHasItsValue) {
    struct Case {
        std::string_view rows;
        std::vector<std::string> merged;
        std::string_view shown;
    };

    const std::vector<Case> cases = {
        {"1: n g 2: D1 a 3: - b 4: . c 5: D2 d", {"A2:A4"}, "1[n|g]2[D1|a]3[D1|b]4[D1|c]5[D2|d]"},
        // The last column, of rows that end before it.
        {"1: g n 2: a D1 3: b 4: c", {"B2:B3"}, "1[g|n]2[a|D1]3[b|D1]4[c|]"},
        // Of several columns the first has it, in every row; of several rows of one record nothing.
        {"1: n - g 2: D1 - a 3: - - b", {"A2:B3", "A1:B1"}, "1[n||g]2[D1||a]3[D1||b]"},
        {"1: n g 2: - - 3: D1 a 4: - -", {"A1:A2", "B1:B2", "A3:A4", "B3:B4"}, "1[n|g]3[D1|a]"},
        // Rows that the file leaves out, and ranges one under the other.
        {"1: n g 2: D1 a 5: - b 6: D2 c 7: - d",
         {"A6:A7", "A2:A5"},
         "1[n|g]2[D1|a]5[D1|b]6[D2|c]7[D2|d]"},
        // What a row says itself stays; what says nothing fills in nothing.
        {"1: n g 2: D1 a 3: D9 b 4: - c", {"A2:A4"}, "1[n|g]2[D1|a]3[D9|b]4[D1|c]"},
        {"1: n g 2: - a 3: - b", {"A2:A3"}, "1[n|g]2[|a]3[|b]"},
        {"1: n g 3: - b", {"A2:A3"}, "1[n|g]3[|b]"},
        // An error of the first is one of all.
        {"1: n g 2: #REF! a 3: - b", {"A2:A3"}, "1[n|g]2[#REF!|a]{1}3[#REF!|b]{1}"},
        // No ranges of cells, one cell, one row, backwards, beyond the sheet.
        {"1: n g 2: D1 a 3: - b",
         {"",
          "A2",
          "A2:",
          ":A3",
          "a2:a3",
          "$A$2:$A$3",
          "A2:B2",
          "A3:A2",
          "B2:A3",
          "A0:A3",
          "A2:XFE3",
          "A2:A1048577",
          "ALM2:ALM3"},
         "1[n|g]2[D1|a]3[|b]"},
        // Overlapping: the one that began first.
        {"1: n g 2: D1 a 3: - b 4: - c 5: - d",
         {"A2:A3", "A2:A4", "A3:A5"},
         "1[n|g]2[D1|a]3[D1|b]4[|c]5[|d]"},
        {"1: n 2: D1 3: - b", {"A2:A1048576"}, "1[n]2[D1]3[D1|b]"},
    };
    for (const Case& row : cases) {
        const Table table = read_merged(drawn(row.rows), row.merged);
        EXPECT_EQ(table.error, "");
        EXPECT_EQ(table.shown(), row.shown) << row.rows;
    }
}

TEST(XlsxMergedTest, WhichCellsAreRepeatedIsTold) {
    const Table table =
        read_merged(drawn("1: n g d 2: D1 a . 3: - b x 4: - c -"), {"C3:C4", "A2:A4"});
    ASSERT_EQ(table.rows.size(), 4U);
    EXPECT_EQ(table.rows[1].repeated, std::vector<std::size_t>());
    EXPECT_EQ(table.rows[2].repeated, (std::vector<std::size_t>{1}));
    EXPECT_EQ(table.rows[3].repeated, (std::vector<std::size_t>{1, 3}));
}

TEST(XlsxMergedTest, EverySheetHasItsOwnAndReadingAgainGivesTheSame) {
    WorkbookDraft draft{drawn("1: n g 2: D1 a 3: - b"), {}, {}, {}};
    draft.merged = {"A2:A3"};
    std::vector<ZipPart> parts = draft.parts();
    for (ZipPart& part : parts) {
        if (part.name == "xl/worksheets/sheet2.xml") {
            part = sheet_part(part.name, drawn("1: n g 2: D2 a 3: - b"), merged_cells({"B1:B3"}));
        }
    }
    Result<XlsxReader> reader = XlsxReader::open(source_of_bytes(zip_of(parts)));
    ASSERT_TRUE(reader.has_value());
    for (const std::string_view sheet : {"入库", "藏", "入库"}) {
        ASSERT_TRUE(reader->select_sheet(sheet).has_value());
        const std::string_view shown =
            sheet == "藏" ? "1[n|g]2[D2|a]3[|b]" : "1[n|g]2[D1|a]3[D1|b]";
        EXPECT_EQ(read_all(*reader).shown(), shown);
        ASSERT_TRUE(reader->begin_at(3).has_value());
        EXPECT_EQ(read_all(*reader).shown(), sheet == "藏" ? "3[|b]" : "3[D1|b]");
    }
}

// The word may lie across two of the pieces that a part is unpacked in, and in any encoding.
TEST(XlsxMergedTest, TheListIsFoundWhereverItStands) {
    for (std::size_t blanks = (std::size_t{512} << 10) - 200; blanks < (std::size_t{512} << 10);
         blanks += 1 + blanks % 7) {
        const std::string rows = drawn("1: n g 2: D1 a 3: - b");
        const ZipPart part = sheet_part(
            "xl/worksheets/sheet1.xml", rows + std::string(blanks, ' '), merged_cells({"A2:A3"})
        );
        std::vector<ZipPart> parts = WorkbookDraft{rows, {}, {}, {}}.parts();
        parts[4] = part;
        ASSERT_EQ(read_xlsx(zip_of(parts)).shown(), "1[n|g]2[D1|a]3[D1|b]") << blanks;
    }
    std::string wide = "\xff\xfe";
    const std::string narrow = format(
        "<worksheet><sheetData>{}</sheetData>{}</worksheet>",
        drawn("1: n g 2: D1 a 3: - b"),
        merged_cells({"A2:A3"})
    );
    for (const char c : narrow) {
        wide += std::string{c, '\0'};
    }
    std::vector<ZipPart> parts = WorkbookDraft{"", {}, {}, {}}.parts();
    parts[4] = zip_part(parts[4].name, wide);
    EXPECT_EQ(read_xlsx(zip_of(parts)).shown(), "1[n|g]2[D1|a]3[D1|b]");
    // Text that only says the word.
    EXPECT_EQ(read_merged(drawn("1: mergeCell g"), {}).shown(), "1[mergeCell|g]");
}

TEST(XlsxMergedTest, TooManyRangesAreRefused) {
    XlsxLimits limits;
    limits.merged_cells_max = 3;
    const std::string rows = drawn("1: n g 2: D1 a 3: - b");
    const std::vector<std::string> four = {"A2:A3", "B2:B3", "C2:C3", "D2:D3"};
    const Table table = read_merged(rows, four, limits);
    EXPECT_EQ(table.error_code, ErrorCode::kLimitExceeded);
    EXPECT_EQ(table.error, "the sheet has more than 3 merged cells: unmerge them");
    limits.merged_cells_max = 4;
    EXPECT_EQ(read_merged(rows, four, limits).shown(), "1[n|g]2[D1|a]3[D1|b]");
    // Those of one row are none of them.
    EXPECT_EQ(read_merged(rows, std::vector<std::string>(1'000, "A1:B1"), limits).rows.size(), 3U);
}

TEST(XlsxMergedTest, WhatIsFilledInHasALimit) {
    XlsxLimits limits;
    limits.unpacked_bytes_max = 40'000;
    std::string rows = "1: n g 2: " + std::string(1'000, 'x') + " a";
    const std::vector<std::string> merged = {"A2:A1048576"};
    for (int row = 3; row <= 60; ++row) {
        rows += format(" {}: - b", row);
    }
    const Table table = read_merged(drawn(rows), merged, limits);
    EXPECT_EQ(table.error_code, ErrorCode::kLimitExceeded);
    EXPECT_NE(table.error.find("fills more than 40000 bytes: unmerge"), std::string::npos);
    EXPECT_EQ(table.rows.size(), 41U) << "39 rows of 1,021 bytes";

    limits = {};
    limits.table.row_bytes_max = 1'500;
    const std::string two_rows =
        "1: n g 2: " + std::string(1'000, 'x') + " a 3: - " + std::string(1'000, 'x') + " 4: - - c";
    const Table held = read_merged(drawn(two_rows), {"A2:A9", "B3:B9"}, limits);
    EXPECT_EQ(held.error_code, ErrorCode::kLimitExceeded);
}

// Every row of a sheet within ranges of every column, two hundred thousand times over: cell by cell
// it would take minutes.
TEST(XlsxMergedTest, AbsurdRangesCostNoMoreThanTheSheet) {
    std::string rows = drawn("1: n g 2: D1 a");
    for (int row = 3; row <= 20'000; ++row) {
        rows += format(R"(<row r="{}"><c r="B{}"><v>1</v></c></row>)", row, row);
    }
    std::vector<std::string> merged;
    merged.reserve(200'000);
    for (std::size_t i = 0; i < 200'000; ++i) {
        merged.push_back(format("A{}:XFD1048576", 1 + i % 20'000));
    }
    const Table table = read_merged(std::move(rows), std::move(merged));
    EXPECT_EQ(table.error, "");
    ASSERT_EQ(table.rows.size(), 20'000U);
    EXPECT_EQ(table.rows.back().cells[0], "n");
}

}  // namespace
}  // namespace suyuan::codec
