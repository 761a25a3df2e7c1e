// SPDX-License-Identifier: Apache-2.0
//
// Goal: a template offers words, all of them, and only such as the import reads. Method: each word
// as a cell of a row; the workbook as a clerk opens it.

#include "service/sheet_template.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "codec/byte_source.h"
#include "codec/table_row.h"
#include "codec/xlsx.h"
#include "io/files.h"
#include "io/scratch_folder_fixture.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/line_testing.h"
#include "service/line_words.h"

namespace suyuan::service {
namespace {

using enum Column;

// Of every column what a row may say there, so that nothing else is wrong with it.
std::string sample_of(const Sheet& sheet, Column column) {
    const std::vector<std::pair<Column, std::string>> samples = {
        {kDocument, "DN-1"},
        {kLine, "1"},
        {kTime, "2026-03-02"},
        {kCode, "X-1"},
        {kGoods, "黄瓜"},
        {kLot, "L7"},
        {kQuantity, "5"},
        {kUnit, "kg"},
        {kRole, "投入"},
        {kProcess, "P-1"},
        {kStep, "收货"},
        {kSiteText, "Farm"},
        {kFromText, "Farm"},
        {kNumber, "SC10141010000013"},
        {kOperator, "91410100MA45X2TP0T"},
        {kLinked, "91350100M000100Y43"},
        {kName, "名"},
        {kGtin, "6901234567892"},
    };
    if (sheet.kind == SheetKind::kLicences && column == kNumber) {
        return "";
    }
    if (sheet.kind == SheetKind::kInbound && column == kCode) {
        return "";
    }
    const auto found = std::ranges::find(samples, column, &std::pair<Column, std::string>::first);
    return found == samples.end() ? std::string() : found->second;
}

Cells cells_of(const Sheet& sheet, Column column, std::string_view word) {
    Cells cells;
    for (const ColumnTitle& title : sheet.columns) {
        const bool is_process_role = column == kRole && title.column == kStep;
        const std::string sample = is_process_role ? "加工" : sample_of(sheet, title.column);
        cells.push_back(title.column == column ? std::string(word) : sample);
    }
    return cells;
}

// The columns in which a row is refused that has `word` there.
std::vector<std::string> refused_in(const Sheet& sheet, Column column, std::string_view word) {
    Cells titles;
    for (const ColumnTitle& title : sheet.columns) {
        titles.emplace_back(title.zh);
    }
    LineReader reader = reader_of(titles, sheet.kind);
    // What is corrected was declared void before.
    if (word.starts_with("更正") || word.starts_with("correct")) {
        read(reader, cells_of(sheet, column, word.ends_with('2') ? "作废2" : "作废"), 2);
    }
    std::vector<std::string> refused;
    for (const LineFault& fault : read(reader, cells_of(sheet, column, word), 3).faults) {
        refused.push_back(fault.column);
    }
    return refused;
}

TEST(SheetTemplateTest, EveryWordThatIsOfferedIsRead) {
    std::size_t columns = 0;
    for (const Sheet& sheet : sheets()) {
        for (const ColumnTitle& title : sheet.columns) {
            const ColumnWords words = words_of(sheet.kind, title.column);
            columns += words.words.empty() ? 0U : 1U;
            for (const ColumnWord& word : words.words) {
                for (const std::string_view text : {word.zh, word.en}) {
                    const auto refused = refused_in(sheet, title.column, text);
                    EXPECT_EQ(std::ranges::count(refused, title.zh), 0)
                        << sheet.key << " " << title.en << ": " << text;
                }
            }
            if (!words.words.empty() && !words.takes_others) {
                const auto refused = refused_in(sheet, title.column, "其他");
                EXPECT_EQ(std::ranges::count(refused, title.zh), 1)
                    << sheet.key << " " << title.en << " takes other words";
            }
        }
    }
    EXPECT_EQ(columns, 16U);
}

TEST(SheetTemplateTest, TheSecondSheetListsTheWordsAndTheFirstOffersThem) {
    const io::ScratchFolder folder;
    const std::filesystem::path path = folder.path() / "template.xlsx";
    ASSERT_TRUE(write_workbook_template(sheet_of(SheetKind::kProcessing), path));
    const auto bytes = io::read_file(path, std::size_t{1} << 20);
    ASSERT_TRUE(bytes);
    auto reader = codec::XlsxReader::open(codec::source_of_bytes(*bytes));
    ASSERT_TRUE(reader);
    ASSERT_TRUE(reader->select_sheet("说明"));
    std::vector<std::vector<std::string>> rows;
    for (auto next = reader->next(); next; next = reader->next()) {
        const std::optional<codec::TableRow>& row = *next;
        if (!row) {
            break;
        }
        rows.push_back(row->cells);
    }
    ASSERT_EQ(rows.size(), 1 + sheet_of(SheetKind::kProcessing).columns.size());
    EXPECT_EQ(rows[0][4], "可填的词 · words");
    const auto words_for = [&](std::string_view title) {
        const auto row =
            std::ranges::find_if(rows, [&](const auto& cells) { return cells[0] == title; });
        return row == rows.end() ? std::string("no row") : (*row)[4];
    };
    EXPECT_EQ(words_for("投入产出"), "投入 (input)，产出 (output)");
    EXPECT_EQ(words_for("品名"), "");
    EXPECT_TRUE(words_for("单位").starts_with("千克 (kg)，克 (g)，")) << words_for("单位");
    EXPECT_TRUE(words_for("单位").ends_with("，也可以是别的 · or others")) << words_for("单位");
}

}  // namespace
}  // namespace suyuan::service
