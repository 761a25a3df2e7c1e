// SPDX-License-Identifier: Apache-2.0
//
// Goal: rows come out as a spreadsheet would show them, whatever pieces the bytes come in; what is
// wrong is told with its row. Method: tables of texts, each read in pieces of several sizes.

#include "codec/csv.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/table_row.h"
#include "codec/table_testing.h"

namespace suyuan::codec {
namespace {

Table read(std::string_view text, const CsvOptions& options = {}) {
    Table whole = read_csv(text, options, text.size() + 1);
    for (const std::size_t piece : {1U, 2U, 3U, 7U}) {
        EXPECT_EQ(read_csv(text, options, piece), whole) << "in pieces of " << piece;
    }
    return whole;
}

struct Case {
    std::string_view text;
    std::string_view shown;  // as Table::shown()
};

TEST(CsvReaderTest, ReadsRowsAsASpreadsheetShowsThem) {
    const std::array cases = {
        Case{"", ""},
        Case{"\n\r\n\r", ""},
        Case{"a", "1[a]"},
        Case{"a,b\nc,d\n", "1[a|b]2[c|d]"},
        Case{"a,b\r\nc,d\r\n", "1[a|b]2[c|d]"},
        Case{"a,b\rc,d\r", "1[a|b]2[c|d]"},
        Case{"a,b\rc,d\ne,f\r\ng,h", "1[a|b]2[c|d]3[e|f]4[g|h]"},
        Case{"a,b\n\nc,d", "1[a|b]3[c|d]"},
        Case{"a,b\n,\nc,d", "1[a|b]3[c|d]"},
        Case{"a,b\r\n\r\nc,d", "1[a|b]3[c|d]"},
        Case{"a,b\r\rc,d", "1[a|b]3[c|d]"},
        Case{"a,\n,b\n", "1[a|]2[|b]"},
        Case{"a,b,c\nd,e,f,,,\n", "1[a|b|c]2[d|e|f]"},
        Case{"\"a\",\"b\"\n", "1[a|b]"},
        Case{R"("a,b",c)", "1[a,b|c]"},
        Case{"\"a\nb\",c\nd,e", "1[a\nb|c]2[d|e]"},
        Case{"\"a\r\nb\",c", "1[a\r\nb|c]"},
        Case{R"("a""b","""")", R"(1[a"b|"])"},
        Case{R"("",a)", "1[|a]"},
        Case{R"(5" pipe,a"b")", R"(1[5" pipe|a"b"])"},
        Case{" a , b ", "1[ a | b ]"},
        Case{"a\tb\n", "1[a|b]"},
        Case{"a;b\n", "1[a|b]"},
        Case{"a,b;c\n", "1[a|b;c]"},
        Case{"a;b;c,d\n", "1[a|b|c,d]"},
        Case{R"("a;b;c",d)", "1[a;b;c|d]"},
        Case{"title\na\tb\n", "1[title]2[a|b]{0}"},
        Case{"\xef\xbb\xbf名称,数量\n黄瓜,5\n", "1[名称|数量]2[黄瓜|5]"},
        Case{"\xef\xbb\xbf\"a\",b", "1[a|b]"},
        Case{"\xef\xbb\xbf", ""},
    };
    for (const Case& row : cases) {
        EXPECT_EQ(read(row.text).shown(), row.shown) << row.text;
    }
}

TEST(CsvReaderTest, TheCallerMayNameTheSeparator) {
    EXPECT_EQ(read("a,b;c", {.separator = ';'}).shown(), "1[a,b|c]");
    EXPECT_EQ(read("a,b;c", {.separator = '\t'}).shown(), "1[a,b;c]");
}

TEST(CsvReaderTest, TellsRaggedRowsAndGoesOn) {
    const Table table = read("a,b,c\n1,2\n1,2,3,4\n1,2,3\n");
    EXPECT_EQ(table.shown(), "1[a|b|c]2[1|2|]{0}3[1|2|3|4]{0}4[1|2|3]");
    EXPECT_EQ(
        table.rows[1].faults.front().reason.en,
        "the row has 2 cells, the first row has 3: is a separator missing or not quoted?"
    );
}

TEST(CsvReaderTest, TellsNulBytesAndGoesOn) {
    using std::string_view_literals::operator""sv;
    EXPECT_EQ(
        read("a,b\nx,1\0\0002\ny,3"sv).shown(), "1[a|b]2[x|1\xef\xbf\xbd\xef\xbf\xbd\x32]{2}3[y|3]"
    );
    EXPECT_EQ(read("a,b\n\"\0\",1"sv).shown(), "1[a|b]2[\xef\xbf\xbd|1]{1}");
}

TEST(CsvReaderTest, TellsTextAfterAClosingQuoteAndGoesOn) {
    EXPECT_EQ(read("a,b\n\"x\"y,1\nz,2").shown(), "1[a|b]2[xy|1]{1}3[z|2]");
    EXPECT_EQ(read("a,b\n1,\"x\" ").shown(), "1[a|b]2[1|x ]{2}");
}

TEST(CsvReaderTest, AQuoteThatIsNeverClosedSpoilsItsRowAlone) {
    const auto expect = [](std::string_view text, std::string_view rows) {
        const Table table = read(text);
        EXPECT_EQ(table.shown(), rows);
        EXPECT_EQ(table.error, "");
    };
    expect("a,b\nc,\"d\n\ne,f\n", "1[a|b]2[c|d]{2}4[e|f]");
    expect("a,b\nc,\"d\r\ne,f\r\n", "1[a|b]2[c|d]{2}3[e|f]");
    expect("a,b\nc,\"", "1[a|b]2[c|]{2}");
    expect("a,b\nc,\"d\"\"\n", "1[a|b]2[c|d\"\"]{2}");
    expect("a,b\n\"c,1\nd,\"2\"\n", "1[a|b]2[c,1\nd,2\"|]{1}{0}");
    // Too much for one cell: the same before the end of the file.
    const CsvOptions options{.limits = {.cell_bytes_max = 10}};
    const Table table = read("a,b\n\"c,1\nd,2\ne,3\nf,4\n", options);
    EXPECT_EQ(table.shown(), "1[a|b]2[c,1|]{1}{0}3[d|2]4[e|3]5[f|4]");
}

TEST(CsvReaderTest, BytesThatDoNotFitSpoilTheirCellAlone) {
    const Table table = read("品名,备注\n黄瓜,\xff\n番茄,好\n");
    EXPECT_EQ(table.shown(), "1[品名|备注]2[黄瓜|\xef\xbf\xbd]{2}3[番茄|好]");
    EXPECT_NE(table.rows[1].faults.front().reason.zh.find("UTF-8"), std::string::npos);
    // Two files put together, each in its encoding.
    EXPECT_EQ(read("a,b\n\xbb\xc6\xb9\xcf,1\n黄瓜,2\nc,3\n").rows.back().faults.size(), 0U);
}

TEST(CsvReaderTest, LimitsNameRowColumnAndBound) {
    const CsvOptions options{
        .limits = {.cell_bytes_max = 10, .row_bytes_max = 15, .columns_max = 4}
    };

    struct Refused {
        std::string text;
        std::string_view error;
    };

    const std::array cases = {
        Refused{"a\nb,12345678901", "row 2, column 2: the cell is longer than 10 bytes"},
        Refused{"a\n\"12345678901", "row 2, column 1: the cell is longer than 10 bytes"},
        Refused{"1234567890,123456", "row 1, column 2: the row is longer than 15 bytes"},
        Refused{"1,2,3,4\n1,2,3,4,5", "row 2, column 5: the row has more than 4 columns"},
        Refused{std::string(8'000'000, ','), "row 1, column 5: the row has more than 4 columns"},
        Refused{std::string(8'000'000, 'x'), "row 1, column 1: the cell is longer than 10 bytes"},
        Refused{std::string(8'000'000, '"'), "row 1, column 1: the cell is longer than 10 bytes"},
    };
    for (const Refused& row : cases) {
        const Table table = read_csv(row.text, options, 65'536);
        EXPECT_EQ(table.error_code, ErrorCode::kLimitExceeded);
        EXPECT_TRUE(table.error.starts_with(row.error)) << table.error;
    }
    EXPECT_EQ(read("1234567890,12345", options).shown(), "1[1234567890|12345]");
}

TEST(CsvReaderTest, AFailureOfTheSourceIsToldWithItsRow) {
    int calls = 0;
    CsvReader reader([&](std::span<char> into) -> Result<std::size_t> {
        if (++calls > 1) {
            return fail(ErrorCode::kUnavailable, "the disk is gone");
        }
        const std::string_view text = "a,b\nc,";
        std::ranges::copy(text, into.begin());
        return text.size();
    });
    const Result<std::optional<TableRow>> row = reader.next();
    ASSERT_FALSE(row.has_value());
    EXPECT_EQ(row.error().code(), ErrorCode::kUnavailable);
    EXPECT_EQ(row.error().message(), "row 1, column 1: the disk is gone");
}

std::string written(const std::vector<std::vector<std::string>>& rows, char separator = ',') {
    std::string text;
    const auto push = [&](std::string_view piece) {
        text += piece;
        return Status();
    };
    CsvWriter writer(push, separator);
    for (const std::vector<std::string>& row : rows) {
        EXPECT_TRUE(writer.write_row(row).has_value());
    }
    EXPECT_TRUE(writer.finish().has_value());
    return text;
}

TEST(CsvWriterTest, QuotesWhatNeedsIt) {
    EXPECT_EQ(
        written({{"a", "b c", "d,e", "f\"g", "h\ni", " j", "k ", ""}}),
        "\xef\xbb\xbf"
        "a,b c,\"d,e\",\"f\"\"g\",\"h\ni\",\" j\",\"k \",\r\n"
    );
    EXPECT_EQ(
        written({{"a,b", "c;d"}}, ';'),
        "\xef\xbb\xbf"
        "a,b;\"c;d\"\r\n"
    );
}

TEST(CsvWriterTest, NoCellIsAFormula) {
    const std::array<std::pair<std::string, std::string_view>, 19> cases = {{
        {"=1+1", "'=1+1"},     {"+cmd", "'+cmd"},     {"-2+3", "'-2+3"}, {"@SUM(A1)", "'@SUM(A1)"},
        {"\t=1", "\"'\t=1\""}, {"\r=1", "\"'\r=1\""}, {"＝1", "'＝1"},   {"＋1", "'＋1"},
        {"－1", "'－1"},       {"＠a", "'＠a"},       {"'=1", "''=1"},   {"-1", "-1"},
        {"+1.50", "+1.50"},    {"-.5e-7", "-.5e-7"},  {"-", "'-"},       {"-1e", "'-1e"},
        {"-1.2.3", "'-1.2.3"}, {"'a", "'a"},          {"a=1", "a=1"},
    }};
    for (const auto& [cell, expected] : cases) {
        EXPECT_EQ(written({{cell}}), format("\xef\xbb\xbf{}\r\n", expected)) << cell;
        EXPECT_EQ(read(written({{cell}})).rows.front().cells.front(), cell);
    }
    EXPECT_EQ(read("'=1,'a", {.is_guard_removed = false}).shown(), "1['=1|'a]");
    EXPECT_EQ(read("'=1,'a").shown(), "1[=1|'a]");
}

TEST(CsvWriterTest, AFailureOfTheTargetIsPassedOn) {
    CsvWriter writer([](std::string_view) -> Status {
        return fail(ErrorCode::kUnavailable, "the disk is full");
    });
    const std::vector<std::string> big = {std::string(100'000, 'x')};
    EXPECT_EQ(writer.write_row(big).error().code(), ErrorCode::kUnavailable);
}

using Rows = std::vector<std::vector<std::string>>;

std::string random_cell(std::mt19937_64& random) {
    constexpr std::array<std::string_view, 22> kParts = {
        "a", "0",  "-",  "=",  "'", "\"",  ",",    ";",    "\t",   "\r", "\n",
        " ", "龘", "𠮷", "＝", "é", "1.5", "\"\"", "\r\n", "黄瓜", "@",  "\xef\xbf\xbd"
    };
    std::string cell;
    for (std::size_t part = random() % 5; part > 0; --part) {
        cell += kParts[random() % kParts.size()];
    }
    return cell;
}

Rows random_rows(std::mt19937_64& random) {
    const std::size_t columns = 1 + random() % 6;
    Rows rows(1 + random() % 6);
    for (std::vector<std::string>& row : rows) {
        row.resize(columns);
        std::ranges::generate(row, [&] { return random_cell(random); });
        row[random() % columns] += 'x';  // Rows without text are not given.
    }
    return rows;
}

TEST(CsvPropertyTest, WhatIsWrittenIsRead) {
    std::mt19937_64 random(7);
    for (int round = 0; round < 2'000; ++round) {
        const char separator = std::array{',', ';', '\t'}[random() % 3];
        const Rows rows = random_rows(random);
        const std::size_t piece = 1 + random() % 50;
        Table expected;
        for (const std::vector<std::string>& row : rows) {
            expected.rows.push_back({expected.rows.size() + 1, row, {}});
        }
        ASSERT_EQ(read_csv(written(rows, separator), {.separator = separator}, piece), expected);
    }
}

}  // namespace
}  // namespace suyuan::codec
