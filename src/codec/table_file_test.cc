// SPDX-License-Identifier: Apache-2.0

#include "codec/table_file.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/table_testing.h"
#include "codec/text_decoder.h"
#include "codec/xlsx_testing.h"
#include "io/files.h"
#include "io/scratch_folder_fixture.h"

namespace suyuan::codec {
namespace {

using std::string_view_literals::operator""sv;

std::string workbook() {
    return WorkbookDraft{R"(<row r="1"><c r="A1"><v>1</v></c></row>)", {}, {}, {}}.bytes();
}

std::string refusal(std::string_view bytes) {
    const Result<TableReader> reader = TableReader::open(source_of_bytes(std::string(bytes)));
    if (reader) {
        return "accepted";
    }
    EXPECT_EQ(reader.error().code(), ErrorCode::kInvalidArgument);
    return reader.error().message();
}

TEST(TableReaderTest, TheBytesSayWhatAFileIsNotItsName) {
    const io::ScratchFolder folder;
    const auto path = folder.path() / "table.csv";
    ASSERT_TRUE(io::write_file(path, workbook()).has_value());
    TableReader sheet = TableReader::open(source_of_file(path).value()).value();
    EXPECT_EQ(sheet.format(), TableFormat::kXlsx);
    EXPECT_EQ(sheet.sheets().size(), 2U);
    EXPECT_EQ(sheet.encoding(), std::nullopt);
    EXPECT_EQ(read_all(sheet).shown(), "1[1]");
    ASSERT_TRUE(sheet.select_sheet("藏").has_value());
    EXPECT_EQ(read_all(sheet).shown(), "1[2]");
    EXPECT_EQ(sheet.bytes_read(), sheet.bytes_total());

    ASSERT_TRUE(io::write_file(path, "a,\xbb\xc6\n1,2\n").has_value());
    TableReader text = TableReader::open(source_of_file(path).value()).value();
    EXPECT_EQ(text.format(), TableFormat::kCsv);
    EXPECT_TRUE(text.sheets().empty());
    EXPECT_EQ(text.select_sheet("x").error().code(), ErrorCode::kNotFound);
    EXPECT_EQ(read_all(text).shown(), "1[a|黄]2[1|2]");
    EXPECT_EQ(text.encoding(), TextEncoding::kGb18030);
    EXPECT_EQ(text.bytes_read(), text.bytes_total());
}

TEST(TableReaderTest, ATableMayBeginAtALaterRow) {
    TableReader text = TableReader::open(source_of_bytes("ledger\n\na,b\n1,2\n3\n")).value();
    EXPECT_EQ(text.next().value()->cells.size(), 1U);
    ASSERT_TRUE(text.begin_at(3));
    EXPECT_EQ(text.next().value()->number, 3U);
    EXPECT_TRUE(text.next().value()->faults.empty());
    EXPECT_EQ(text.next().value()->faults.size(), 1U);
    EXPECT_EQ(text.next().value(), std::nullopt);

    const WorkbookDraft draft{
        R"(<row r="1"><c r="A1"><v>1</v></c></row><row r="4"><c r="A4"><v>2</v></c><c r="B4"><v>3</v></c></row><row r="5"><c r="A5"><v>4</v></c></row>)",
        {},
        {},
        {}
    };
    TableReader sheet = TableReader::open(source_of_bytes(draft.bytes())).value();
    EXPECT_EQ(sheet.next().value()->cells.size(), 1U);
    ASSERT_TRUE(sheet.begin_at(4));
    EXPECT_EQ(read_all(sheet).shown(), "4[2|3]5[4|]");
}

TEST(TableReaderTest, WhatIsNoTableIsRefusedWithAHint) {
    struct Case {
        std::string_view bytes;
        std::string_view hint;
    };

    const std::array<Case, 16> cases = {{
        {"", "is empty"},
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0"sv, "save it as .xlsx"},
        {"\x09\x08\x10\x00\x00\x06"sv, "save it as .xlsx"},
        {"%PDF-1.7", "a PDF"},
        {"{\\rtf1", "a text document"},
        {"\x89PNG\r\n", "a picture"},
        {"\xff\xd8\xff\xe0", "a picture"},
        {"Rar!\x1a", "a packed folder"},
        {"7z\xbc\xaf\x27", "a packed folder"},
        {"\x1f\x8b\x08", "a packed file"},
        {"<html><table>", "a web page or XML"},
        {"\xef\xbb\xbf \r\n<?xml version", "a web page or XML"},
        {"a\0,\0b\0"sv, "UTF-16 without a byte order mark"},
        {"\x7f"
         "ELF\x02\x01\x01\0\0\0\0\0"sv,
         "no text"},
        {"PK\x03\x04", "the directory at its end is missing"},
        {"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv, "the workbook is damaged"},
    }};
    for (const Case& row : cases) {
        const std::string message = refusal(row.bytes);
        EXPECT_NE(message.find(row.hint), std::string::npos) << message;
    }
}

TEST(TableReaderTest, TextIsTextWhateverItSays) {
    for (const std::string_view text :
         {"a"sv,
          "PK"sv,
          "PK,1"sv,
          "%"sv,
          "{}"sv,
          "1,<2"sv,
          "\xff\xfe"
          "a\0"sv,
          "a,b,c,d,e,f,g,h,i,\0\n"sv}) {
        EXPECT_EQ(refusal(text), "accepted") << text;
    }
}

TEST(TableReaderTest, AFileThatIsNotThereIsTold) {
    const io::ScratchFolder folder;
    EXPECT_EQ(source_of_file(folder.path() / "none").error().code(), ErrorCode::kNotFound);
}

}  // namespace
}  // namespace suyuan::codec
