// SPDX-License-Identifier: Apache-2.0
//
// Goal: cells come out as what a person sees in the sheet, and nothing else does. Method: sheets
// drawn in XML, each with the rows that must come of it.

#include <array>
#include <string>
#include <string_view>
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

struct Case {
    std::string_view rows;
    std::string_view shown;
};

TEST(XlsxReaderTest, ReadsCellsAtTheirPlaces) {
    const std::array cases = {
        Case{"", ""},
        Case{"<row/><row r=\"7\"/>", ""},
        Case{R"(<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>)", "1[1|2]"},
        Case{
            R"(<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>)", "1[1|2]2[3|]"
        },
        Case{
            R"(<row r="3"><c r="B3"><v>1</v></c></row><row r="9"><c r="D9"><v>2</v></c></row>)",
            "3[|1]9[|||2]"
        },
        // Out of order, with places only where they jump.
        Case{
            R"(<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c><v>2</v></c></row>)",
            "1[1|2|3]"
        },
        Case{
            R"(<row r="1"><c r="A1" s="1"/><c r="XFD1" s="1"/><c r="B1"><v>1</v></c></row>)",
            "1[|1]"
        },
        Case{R"(<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>)", "1[2]{1}"},
        Case{R"(<row r="1048576"><c r="A1048576"><v>1</v></c></row>)", "1048576[1]"},
        // Merged over two columns: the value stands in the first.
        Case{
            R"(<row r="1"><c r="A1"><v>1</v></c><c r="B1"/><c r="C1"><v>2</v></c></row>)", "1[1||2]"
        },
        // Prefixes, and elements that mean nothing here.
        Case{
            R"(<x:row xmlns:x="y" r="1"><x:c r="A1"><x:f>B1*2</x:f><x:v>1</x:v></x:c></x:row>)",
            "1[1]"
        },
        Case{
            R"(<row r="1"><c r="A1"><v>1</v><extLst><ext><q>9</q></ext></extLst></c></row>)", "1[1]"
        },
        Case{R"(<row r="1"><c r="A1"><!-- 5 --><?p 6?><v><![CDATA[7]]></v></c></row>)", "1[7]"},
    };
    for (const Case& row : cases) {
        const Table table = read_rows(std::string(row.rows));
        EXPECT_EQ(table.error, "");
        EXPECT_EQ(table.shown(), row.shown) << row.rows;
    }
}

TEST(XlsxReaderTest, ReadsEveryTypeOfCell) {
    const std::array<Case, 14> cases = {{
        {R"(t="inlineStr"><is><t>黄瓜</t></is>)", "1[黄瓜]"},
        {R"(t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r><rPh><t>no</t></rPh></is>)", "1[a b]"},
        {R"(t="str"><f>A2</f><v>a&lt;b&amp;&#x9f98;</v>)", "1[a<b&龘]"},
        {R"(t="s"><v>0</v>)", "1[𠮷]"},
        {R"(t="s"><v>1</v>)", "1[two runs]"},
        {R"(t="s"><v>2</v>)", ""},
        {R"(t="s"><v>3</v>)", "1[a\rb_x000D_\x01]"},
        {R"(t="b"><v>1</v>)", "1[TRUE]"},
        {R"(t="b"><v>0</v>)", "1[FALSE]"},
        {R"(t="b"><v>7</v>)", "1[7]{1}"},
        {R"(t="e"><v>#REF!</v>)", "1[#REF!]{1}"},
        {R"(t="d"><v>2026-01-05</v>)", "1[2026-01-05]"},
        {R"(t="n"><v>abc</v>)", "1[abc]{1}"},
        {R"(><v>12.50</v>)", "1[12.5]"},
    }};
    for (const Case& row : cases) {
        WorkbookDraft draft;
        draft.strings =
            "<si><t>𠮷</t></si><si><r><rPr/><t>two </t></r><r><t>runs</t></r>"
            "<rPh sb=\"0\" eb=\"1\"><t>no</t></rPh><phoneticPr/></si><si><t/></si>"
            "<si><t>a_x000D_b_x005F_x000D__x0001_</t></si>";
        draft.rows = format(R"(<row r="1"><c r="A1" {}</c></row>)", row.rows);
        const Table table = read_xlsx(draft.bytes());
        EXPECT_EQ(table.error, "");
        EXPECT_EQ(table.shown(), row.shown) << row.rows;
    }
}

TEST(XlsxReaderTest, DatesFollowTheStyleAndTheSystem) {
    WorkbookDraft draft;
    draft.styles =
        R"(<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>)"
        R"(</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>)"
        R"(<xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="31"/></cellXfs>)";
    draft.rows = R"(<row r="1"><c r="A1" s="0"><v>46027</v></c><c r="B1" s="1"><v>46027</v></c>)"
                 R"(<c r="C1" s="2"><v>46027.354166666664</v></c><c r="D1" s="3"><v>46027</v></c>)"
                 R"(<c r="E1" s="99"><v>46027</v></c></row>)";
    EXPECT_EQ(
        read_xlsx(draft.bytes()).shown(), "1[46027|2026-01-05|2026-01-05T08:30:00|2026-01-05|46027]"
    );
    draft.properties = "date1904=\"1\"";
    EXPECT_EQ(
        read_xlsx(draft.bytes()).shown(), "1[46027|2030-01-06|2030-01-06T08:30:00|2030-01-06|46027]"
    );
}

TEST(XlsxReaderTest, SheetsAreFoundByName) {
    const std::string bytes =
        WorkbookDraft{R"(<row r="1"><c r="A1"><v>1</v></c></row>)", {}, {}, {}}.bytes();
    EXPECT_EQ(read_xlsx(bytes).shown(), "1[1]");
    EXPECT_EQ(read_xlsx(bytes, {}, "藏").shown(), "1[2]");
    EXPECT_EQ(read_xlsx(bytes, {}, "none").error_code, ErrorCode::kNotFound);

    Result<XlsxReader> reader = XlsxReader::open(source_of_bytes(bytes));
    ASSERT_TRUE(reader.has_value());
    ASSERT_EQ(reader->sheets().size(), 2U);
    EXPECT_EQ(reader->sheets()[0].name, "入库");
    EXPECT_FALSE(reader->sheets()[0].is_hidden);
    EXPECT_TRUE(reader->sheets()[1].is_hidden);
    for (const std::string_view sheet : {"入库", "藏", "入库"}) {
        ASSERT_TRUE(reader->select_sheet(sheet).has_value());
        EXPECT_EQ(read_all(*reader).rows.size(), 1U);
        EXPECT_EQ(reader->bytes_read(), reader->bytes_total());
    }
}

TEST(XlsxReaderTest, TextBrokenAtAnyPieceArrivesWhole) {
    std::string rows;
    std::string shown;
    for (int row = 1; row <= 3'000; ++row) {
        const std::string text = format("黄瓜𠮷&amp;{}", row * 7'919);
        rows += format(
            R"(<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c></row>)", row, text
        );
        shown += format("{}[黄瓜𠮷&{}]", row, row * 7'919);
    }
    const Table table = read_rows(rows);
    EXPECT_EQ(table.error, "");
    EXPECT_EQ(table.shown(), shown);
}

TEST(XlsxReaderTest, NamesDifferInCaseAndSlash) {
    std::vector<ZipPart> parts =
        WorkbookDraft{R"(<row r="1"><c r="A1"><v>1</v></c></row>)", {}, {}, {}}.parts();
    for (ZipPart& part : parts) {
        if (part.name == "xl/worksheets/sheet1.xml") {
            part.name = R"(XL\Worksheets\Sheet1.XML)";
        }
    }
    EXPECT_EQ(read_xlsx(zip_of(parts)).shown(), "1[1]");
}

}  // namespace
}  // namespace suyuan::codec
