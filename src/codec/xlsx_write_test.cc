// SPDX-License-Identifier: Apache-2.0
//
// Goal: what is written is read again, faults are to be seen, and nothing runs. Method: round trips
// through our own reader, and a look at the XML.

#include <array>
#include <cstddef>
#include <filesystem>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/detail/sheet_date.h"
#include "codec/detail/zip_archive.h"
#include "codec/pdf_writer.h"
#include "codec/table_testing.h"
#include "codec/xlsx_testing.h"
#include "codec/xlsx_writer.h"
#include "io/files.h"
#include "io/scratch_folder_fixture.h"

namespace suyuan::codec {
namespace {

using Kind = XlsxCell::Kind;

// A workbook that is written to a folder of its own.
class XlsxWriterTest : public testing::Test {
protected:
    [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "table.xlsx"; }

    [[nodiscard]] std::string bytes() const { return io::read_file(path(), 1 << 30).value(); }

    void write(const std::vector<std::vector<XlsxCell>>& rows) const {
        XlsxWriter writer = XlsxWriter::create(path()).value();
        const std::vector<XlsxColumn> columns = {{"名称", 20}, {"数量", 10}};
        ASSERT_TRUE(writer.add_sheet("入库", columns).has_value());
        for (const std::vector<XlsxCell>& row : rows) {
            ASSERT_TRUE(writer.write_row(row).has_value());
        }
        ASSERT_TRUE(writer.finish().has_value());
    }

    [[nodiscard]] std::string part(std::string_view name) const {
        detail::ZipArchive archive =
            detail::ZipArchive::open(source_of_bytes(bytes()), {1'000, 1U << 30U, 1'000}).value();
        EXPECT_TRUE(archive.open_entry(name).has_value());
        std::string text(1 << 20, '\0');
        std::size_t size = 0;
        while (const std::size_t count = archive.read(std::span(text).subspan(size)).value()) {
            size += count;
        }
        text.resize(size);
        return text;
    }

private:
    io::ScratchFolder folder_;
};

TEST_F(XlsxWriterTest, WhatIsWrittenIsRead) {
    write(
        {{{"黄瓜"}, {"12.50", Kind::kNumber}},
         {{"龘𠮷é"}, {"-1e-7", Kind::kNumber}},
         {{"2026-01-05", Kind::kDate}, {"2026-01-05T08:30:00", Kind::kDate}},
         {{""}, {"0", Kind::kNumber}},
         {{"=1+1"}, {"110101199001011234", Kind::kNumber}},
         {{"not a date", Kind::kDate}, {"not a number", Kind::kNumber}},
         {{" a\tb\nc\rd "}, {"_x000D_ & <b> \"c\" \x01"}},
         {{"_x0041__x"}, {"https://example.com"}}}
    );
    EXPECT_EQ(
        read_xlsx(bytes()).shown(),
        "1[名称|数量]2[黄瓜|12.5]3[龘𠮷é|-0.0000001]4[2026-01-05|2026-01-05T08:30:00]5[|0]"
        "6[=1+1|110101199001011234]7[not a date|not a number]"
        "8[ a\tb\nc\rd |_x000D_ & <b> \"c\" \x01]9[_x0041__x|https://example.com]"
    );
    EXPECT_EQ(part("xl/worksheets/sheet1.xml").find("<f>"), std::string::npos);
}

TEST_F(XlsxWriterTest, TheHeaderIsBoldAndStaysInView) {
    write({});
    const std::string sheet = part("xl/worksheets/sheet1.xml");
    EXPECT_NE(sheet.find("state=\"frozen\""), std::string::npos);
    EXPECT_NE(sheet.find("ySplit=\"1\""), std::string::npos);
    EXPECT_NE(sheet.find("<col min=\"1\" max=\"1\" width=\"20"), std::string::npos);
    EXPECT_NE(part("xl/styles.xml").find("<b/>"), std::string::npos);
}

TEST_F(XlsxWriterTest, TwoHeaderRowsSpanTheColumnsBelow) {
    XlsxWriter writer = XlsxWriter::create(path()).value();
    const std::vector<XlsxColumn> columns = {
        {.header = "编号"},
        {.header = "日期", .below = "日"},
        {.header = "", .below = "月"},
        {.header = "数量", .below = "件"},
    };
    ASSERT_TRUE(writer.add_sheet("入库", columns).has_value());
    ASSERT_TRUE(writer.write_row(std::vector<XlsxCell>{{"D1"}, {"5"}, {"1"}, {"7"}}).has_value());
    ASSERT_TRUE(writer.finish().has_value());
    XlsxReader reader = XlsxReader::open(source_of_bytes(bytes())).value();
    using Cells = std::vector<std::string>;
    EXPECT_EQ(reader.next().value()->cells, (Cells{"编号", "日期", "", "数量"}));
    EXPECT_EQ(reader.next().value()->cells, (Cells{"", "日", "月", "件"}));
    EXPECT_EQ(reader.next().value()->cells, (Cells{"D1", "5", "1", "7"}));
    const std::string sheet = part("xl/worksheets/sheet1.xml");
    EXPECT_NE(sheet.find("<mergeCell ref=\"B1:C1\"/>"), std::string::npos) << sheet;
    EXPECT_NE(sheet.find("ySplit=\"2\""), std::string::npos);
}

TEST_F(XlsxWriterTest, AColumnOffersItsChoices) {
    XlsxWriter writer = XlsxWriter::create(path()).value();
    const std::vector<std::string> many(100, "千克");
    const std::vector<XlsxColumn> columns = {
        {.header = "投入产出", .choices = {"投入", "产出"}},
        {.header = "品名"},
        {.header = "单位", .choices = many},
    };
    ASSERT_TRUE(writer.add_sheet("加工", columns).has_value());
    ASSERT_TRUE(writer.write_row(std::vector<XlsxCell>{{"投入"}, {"黄瓜"}, {"斤"}}).has_value());
    ASSERT_TRUE(writer.finish().has_value());
    EXPECT_EQ(read_xlsx(bytes()).shown(), "1[投入产出|品名|单位]2[投入|黄瓜|斤]");
    const std::string sheet = part("xl/worksheets/sheet1.xml");
    EXPECT_NE(sheet.find("<dataValidations count=\"1\">"), std::string::npos) << sheet;
    EXPECT_NE(sheet.find("sqref=\"A2:A1048576\""), std::string::npos) << sheet;
    EXPECT_NE(sheet.find("<formula1>\"投入,产出\"</formula1>"), std::string::npos) << sheet;
    EXPECT_NE(sheet.find("errorStyle=\"warning\""), std::string::npos) << sheet;
}

TEST_F(XlsxWriterTest, AFaultyCellIsRedAndSaysWhy) {
    write(
        {{{"黄瓜"}, {"abc", Kind::kNumber, "这不是数"}},
         {{"", Kind::kText, "missing"}, {"2026-01-05", Kind::kDate, "too late"}}}
    );
    EXPECT_EQ(read_xlsx(bytes()).shown(), "1[名称|数量]2[黄瓜|abc]3[|2026-01-05]");
    const std::string comments = part("xl/comments1.xml");
    EXPECT_NE(comments.find("这不是数"), std::string::npos);
    EXPECT_NE(comments.find("ref=\"B2\""), std::string::npos);
    EXPECT_NE(comments.find("missing"), std::string::npos);
    EXPECT_NE(part("xl/styles.xml").find("FFB3B3"), std::string::npos);
}

TEST_F(XlsxWriterTest, ManyFaultsKeepTheirRedAndLoseTheirComment) {
    const std::vector<std::vector<XlsxCell>> rows(12'000, {{"x", Kind::kText, "wrong"}});
    write(rows);
    EXPECT_EQ(read_xlsx(bytes()).rows.size(), 12'001U);
}

TEST_F(XlsxWriterTest, APictureHasASheetOfItsOwn) {
    PdfPicture picture;
    picture.width = 200;
    picture.height = 80;
    picture.boxes = {{{0, 0}, 80, 40, {"仓库"}}};
    const PngPicture png = draw_png(picture, "zh-CN").value();
    XlsxWriter writer = XlsxWriter::create(path()).value();
    const std::vector<XlsxColumn> columns = {{"名称", 20}};
    ASSERT_TRUE(writer.add_sheet("入库", columns).has_value());
    ASSERT_TRUE(writer.write_row(std::vector<XlsxCell>{{"黄瓜"}}).has_value());
    ASSERT_TRUE(
        writer.add_picture("图", "流向", {.png = png.bytes, .scale = 0.5, .description = "<一图>"})
            .has_value()
    );
    ASSERT_TRUE(writer.add_sheet("出库", columns).has_value());
    ASSERT_TRUE(writer.write_row(std::vector<XlsxCell>{{"白菜"}}).has_value());
    const Status again = writer.add_picture("图", "", {.png = png.bytes, .description = "图"});
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().code(), ErrorCode::kInvalidArgument);
    ASSERT_TRUE(writer.finish().has_value());
    EXPECT_EQ(read_xlsx(bytes(), {}, "入库").shown(), "1[名称]2[黄瓜]");
    EXPECT_EQ(read_xlsx(bytes(), {}, "图").shown(), "1[流向]");
    EXPECT_EQ(read_xlsx(bytes(), {}, "出库").shown(), "1[名称]2[白菜]");
    EXPECT_EQ(part("xl/media/image1.png"), png.bytes);
    EXPECT_NE(part("xl/drawings/drawing1.xml").find("&lt;一图&gt;"), std::string::npos);
}

TEST_F(XlsxWriterTest, BytesThatAreNoPictureAreRefused) {
    XlsxWriter writer = XlsxWriter::create(path()).value();
    const Status refused = writer.add_picture("图", "流向", {.png = "no picture at all"});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code(), ErrorCode::kInvalidArgument);
}

TEST_F(XlsxWriterTest, SeveralSheetsOneAfterTheOther) {
    XlsxWriter writer = XlsxWriter::create(path()).value();
    const std::array<XlsxCell, 1> row = {{{"x"}}};
    for (const std::string_view name : {"Stations", "Deliveries", "Deliveries2Deliveries"}) {
        const std::array<XlsxColumn, 1> columns = {{{format("ID of {}", name)}}};
        ASSERT_TRUE(writer.add_sheet(name, columns).has_value());
        ASSERT_TRUE(writer.write_row(row).has_value());
    }
    ASSERT_TRUE(writer.finish().has_value());
    for (const std::string_view name : {"Stations", "Deliveries", "Deliveries2Deliveries"}) {
        EXPECT_EQ(read_xlsx(bytes(), {}, name).shown(), format("1[ID of {}]2[x]", name));
    }
}

TEST_F(XlsxWriterTest, NamesAndLimitsOfSheets) {
    XlsxWriter writer = XlsxWriter::create(path()).value();
    ASSERT_TRUE(writer.add_sheet("入库", {}).has_value());
    for (const std::string_view name :
         {"",
          "入库",
          "a/b",
          "a:b",
          "[a]",
          "a*",
          "a?",
          "a\\b",
          "'a'",
          "12345678901234567890123456789012"}) {
        const Status added = writer.add_sheet(name, {});
        ASSERT_FALSE(added.has_value()) << name;
        EXPECT_EQ(added.error().code(), ErrorCode::kInvalidArgument);
    }
    const std::array<XlsxCell, 1> longest = {{{std::string(32'767, 'x')}}};
    EXPECT_TRUE(writer.write_row(longest).has_value());
    const std::array<XlsxCell, 1> too_long = {{{std::string(32'768, 'x')}}};
    EXPECT_EQ(writer.write_row(too_long).error().code(), ErrorCode::kLimitExceeded);
    const std::vector<XlsxCell> too_many(16'385);
    EXPECT_EQ(writer.write_row(too_many).error().code(), ErrorCode::kLimitExceeded);
    EXPECT_TRUE(writer.finish().has_value());
}

TEST_F(XlsxWriterTest, AbandonedItLeavesNothing) {
    {
        XlsxWriter writer = XlsxWriter::create(path()).value();
        ASSERT_TRUE(writer.add_sheet("a", {}).has_value());
    }
    EXPECT_TRUE(std::filesystem::is_empty(path().parent_path()));
}

TEST_F(XlsxWriterTest, WhereNothingCanBeWrittenItSaysSo) {
    const std::filesystem::path nowhere = path().parent_path() / "none" / "table.xlsx";
    Result<XlsxWriter> writer = XlsxWriter::create(nowhere);
    ASSERT_TRUE(writer.has_value());
    const Status added = writer->add_sheet("a", {});
    const Status finished = added ? writer->finish() : added;
    ASSERT_FALSE(finished.has_value());
    EXPECT_EQ(finished.error().code(), ErrorCode::kUnavailable);
}

TEST_F(XlsxWriterTest, RandomTablesComeBack) {
    constexpr std::array<std::string_view, 16> kParts = {
        "a", "0", "-", "=", "'", "\"", "<", "&", "\t", "\n", " ", "龘", "𠮷", "_x0041_", "\r", "]]>"
    };
    std::mt19937_64 random(11);
    std::vector<std::vector<XlsxCell>> rows(500);
    std::vector<std::vector<std::string>> expected;
    for (std::vector<XlsxCell>& row : rows) {
        row.resize(2);
        std::string& text = row[0].text;
        for (std::size_t part = random() % 6; part > 0; --part) {
            text += kParts[random() % kParts.size()];
        }
        text += 'x';
        row[1].kind = Kind::kNumber;
        row[1].text = format("{}.{:03}1", random() % 1'000'000, random() % 1'000);
        expected.push_back({row[0].text, row[1].text});
    }
    write(rows);
    const Table table = read_xlsx(bytes());
    ASSERT_EQ(table.error, "");
    ASSERT_EQ(table.rows.size(), rows.size() + 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ASSERT_EQ(table.rows[i + 1].cells, expected[i]);
        ASSERT_TRUE(table.rows[i + 1].faults.empty());
    }
}

TEST(SheetDateTest, OnlyDaysThatASpreadsheetHolds) {
    for (const std::string_view text :
         {"1900-03-01", "2024-02-29", "9999-12-31T23:59:59", "2026-01-05T08:30:00.250"}) {
        EXPECT_TRUE(detail::parse_sheet_date(text).has_value()) << text;
    }
    for (const std::string_view text :
         {"",
          "2026-1-5",
          "2026/01/05",
          "2026-02-29",
          "2026-13-01",
          "2026-00-10",
          "2026-01-00",
          "1900-02-28",
          "0000-01-01",
          "2026-01-05T24:00:00",
          "2026-01-05T08:60:00",
          "2026-01-05T08:30:60",
          "2026-01-05T08:30",
          "2026-01-05 08:30:00",
          "2026-01-05Z",
          "12026-01-05"}) {
        EXPECT_FALSE(detail::parse_sheet_date(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace suyuan::codec
