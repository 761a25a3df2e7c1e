// SPDX-License-Identifier: Apache-2.0
//
// Goal: no workbook, however made, costs more than its limits, and each is refused in words that
// help. Method: one right workbook, one lie at a time.

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "codec/table_testing.h"
#include "codec/xlsx.h"
#include "codec/xlsx_testing.h"

namespace suyuan::codec {
namespace {

constexpr std::string_view kSheet = "xl/worksheets/sheet1.xml";

constexpr std::string_view kOneRow = R"(<row r="1"><c r="A1"><v>1</v></c></row>)";

WorkbookDraft draft_of(std::string rows) {
    return {std::move(rows), {}, {}, {}};
}

ZipPart& part_of(std::vector<ZipPart>& parts, std::string_view name) {
    return *std::ranges::find(parts, name, &ZipPart::name);
}

// Exchanges the text of a part.
void replace(std::vector<ZipPart>& parts, std::string_view name, std::string_view text) {
    part_of(parts, name) = zip_part(std::string(name), text);
}

void expect_refused(const Table& table, ErrorCode code, std::string_view reason) {
    EXPECT_EQ(table.error_code, code) << table.error;
    EXPECT_NE(table.error.find(reason), std::string::npos) << table.error << " / " << reason;
}

// Two entries, one body: the trick of bombs that unpack to more than any ratio.
void claim_the_bytes_of_another(std::vector<ZipPart>& parts) {
    const ZipPart& other = part_of(parts, kSheet);
    ZipPart& part = part_of(parts, "xl/worksheets/sheet2.xml");
    part.offset_of = static_cast<std::size_t>(&other - parts.data());
    part.checksum = other.checksum;
    part.packed_bytes = other.packed_bytes;
    part.unpacked_bytes = other.unpacked_bytes;
}

struct Lie {
    std::string_view reason;
    std::function<void(std::vector<ZipPart>&)> tell;
};

TEST(XlsxHostileTest, ArchivesThatLieAreDamaged) {
    const std::vector<Lie> lies = {
        {"the checksum of a part is wrong", [](auto& p) { part_of(p, kSheet).checksum += 1; }},
        {"contradict each other", [](auto& p) { part_of(p, kSheet).local_lie = 1; }},
        {"contradict each other", [](auto& p) { part_of(p, kSheet).local_name = "another/name"; }},
        {"contradict each other", claim_the_bytes_of_another},
        {"have the same name", [](auto& p) { p.push_back(zip_part("XL/workbook.xml", "")); }},
        {"have the same name", [](auto& p) { p.push_back(zip_part("xl\\workbook.xml", "")); }},
        {"is encrypted", [](auto& p) { part_of(p, kSheet).flags = 1; }},
        {"compression method 12", [](auto& p) { part_of(p, kSheet).method = 12; }},
        {"compression method 99", [](auto& p) { part_of(p, kSheet).method = 99; }},
        {"reaches beyond the end", [](auto& p) { part_of(p, kSheet).packed_bytes = 1 << 30; }},
        {"share bytes", [](auto& p) { part_of(p, kSheet).packed_bytes += 200; }},
        {"cannot be unpacked", [](auto& p) { part_of(p, kSheet).packed_bytes -= 20; }},
        {"unpacks to less", [](auto& p) { part_of(p, kSheet).unpacked_bytes += 500; }},
        {"checksum", [](auto& p) { part_of(p, kSheet).unpacked_bytes -= 20; }},
        {"cannot be unpacked", [](auto& p) { part_of(p, kSheet).packed[3] ^= 0x55; }},
        {"the name of a part is too long",
         [](auto& p) { p.push_back(zip_part(std::string(300, 'a'), "")); }},
        {"has macros", [](auto& p) { p.push_back(zip_part("xl/vbaProject.bin", "")); }},
        {"no Excel workbook", [](auto& p) { part_of(p, "_rels/.rels").name = "a"; }},
        {"part xl/workbook.xml is missing",
         [](auto& p) { part_of(p, "xl/workbook.xml").name = "a"; }},
        {"sheet1.xml is missing", [](auto& p) { part_of(p, kSheet).name = "a"; }},
        {"where its workbook part is", [](auto& p) { replace(p, "_rels/.rels", "<a/>"); }},
        {"no sheet with cells", [](auto& p) { replace(p, "xl/workbook.xml", "<workbook/>"); }},
        {"is no XML", [](auto& p) { replace(p, "xl/workbook.xml", ""); }},
        {"is no XML", [](auto& p) { replace(p, "xl/workbook.xml", "not XML"); }},
    };
    for (const Lie& lie : lies) {
        std::vector<ZipPart> parts = draft_of(std::string(kOneRow)).parts();
        lie.tell(parts);
        expect_refused(read_xlsx(zip_of(parts)), ErrorCode::kInvalidArgument, lie.reason);
    }
}

TEST(XlsxHostileTest, NamesAreNeverPaths) {
    std::vector<ZipPart> parts = draft_of(std::string(kOneRow)).parts();
    for (const std::string_view name :
         {"../../etc/passwd", "/etc/passwd", "C:\\windows\\x", "a/../../b", ".", "..", "a/"}) {
        parts.push_back(zip_part(std::string(name), "x"));
    }
    EXPECT_EQ(read_xlsx(zip_of(parts)).shown(), "1[1]");

    constexpr std::string_view kTargets = "xl/_rels/workbook.xml.rels";
    for (const std::string_view target :
         {"../../../../../etc/passwd",
          "/etc/passwd",
          "file:///etc/passwd",
          "http://localhost/x",
          R"(\\host\share)"}) {
        replace(
            parts,
            kTargets,
            format(R"(<a><Relationship Id="r1" Type="a/worksheet" Target="{}"/></a>)", target)
        );
        const Table table = read_xlsx(zip_of(parts));
        EXPECT_TRUE(table.error_code == ErrorCode::kInvalidArgument) << target;
    }
    replace(
        parts,
        kTargets,
        R"(<a><Relationship Id="r1" Type="a/worksheet" TargetMode="External" Target="x"/></a>)"
    );
    expect_refused(read_xlsx(zip_of(parts)), ErrorCode::kInvalidArgument, "no sheet with cells");
}

TEST(XlsxHostileTest, ArchivesCutOffAnywhereAreRefused) {
    const std::string bytes = draft_of(std::string(kOneRow)).bytes();
    // The last three bytes are zeros, and as such they are read where there is nothing.
    for (std::size_t size = 0; size < bytes.size() - 3; ++size) {
        const Table table = read_xlsx(bytes.substr(0, size));
        ASSERT_EQ(table.error_code, ErrorCode::kInvalidArgument) << size << " of " << bytes.size();
    }
}

TEST(XlsxHostileTest, NoFlippedByteIsReadAsAnotherTable) {
    const std::string bytes = draft_of(std::string(kOneRow)).bytes();
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string flipped = bytes;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
        const Table table = read_xlsx(flipped);
        ASSERT_TRUE(table.error_code || table.shown() == "1[1]") << at;
    }
}

TEST(XlsxHostileTest, BombsStopAtTheirLimit) {
    // 64 MiB of blanks pack a thousandfold.
    const std::string blanks(std::size_t{64} << 20, ' ');
    WorkbookDraft bomb = draft_of(std::string(kOneRow));
    bomb.more = {zip_part("xl/media/image1.png", blanks)};
    expect_refused(read_xlsx(bomb.bytes()), ErrorCode::kLimitExceeded, "more than 100 times");

    // It says that it is small: no more than that is unpacked, and its checksum is wrong.
    bomb.more.front().unpacked_bytes = 1'000;
    EXPECT_EQ(read_xlsx(bomb.bytes()).shown(), "1[1]");
    std::vector<ZipPart> parts = draft_of(blanks).parts();
    part_of(parts, "xl/worksheets/sheet1.xml").unpacked_bytes = 1'000;
    expect_refused(read_xlsx(zip_of(parts)), ErrorCode::kInvalidArgument, "checksum");

    XlsxLimits limits;
    limits.unpacked_bytes_max = 10'000;
    std::vector<ZipPart> many = draft_of(std::string(kOneRow)).parts();
    for (int i = 0; i < 100; ++i) {
        many.push_back(zip_part(format("part{}", i), std::string(200, 'x')));
    }
    expect_refused(
        read_xlsx(zip_of(many), limits), ErrorCode::kLimitExceeded, "unpacks to more than 10000"
    );
    for (int i = 0; i < 2'000; ++i) {
        many.push_back(stored_part(format("more{}", i), ""));
    }
    expect_refused(read_xlsx(zip_of(many)), ErrorCode::kLimitExceeded, "has 2106 parts");
}

TEST(XlsxHostileTest, ArchivesWithinArchivesAreNotOpened) {
    WorkbookDraft nest = draft_of(std::string(kOneRow));
    for (int depth = 0; depth < 6; ++depth) {
        nest.more = {zip_part("xl/embeddings/book.xlsx", nest.bytes())};
    }
    EXPECT_EQ(read_xlsx(nest.bytes()).shown(), "1[1]");
}

TEST(XlsxHostileTest, SheetsHaveNamesAndPartsOfTheirOwn) {
    struct Case {
        std::string_view sheets;
        std::string_view other_part;  // of r2
        std::string_view reason;
    };

    const std::array<Case, 3> cases = {{
        {R"(<sheet name="a" r:id="r1"/><sheet name="b" r:id="r1"/>)", "sheet2", "are one part"},
        {R"(<sheet name="a" r:id="r1"/><sheet name="b" r:id="r2"/>)", "SHEET1", "are one part"},
        {R"(<sheet name="a" r:id="r1"/><sheet name="a" r:id="r2"/>)", "sheet2", "the same name"},
    }};
    for (const Case& row : cases) {
        std::vector<ZipPart> parts = draft_of(std::string(kOneRow)).parts();
        replace(
            parts,
            "xl/workbook.xml",
            format(R"(<workbook xmlns:r="x"><sheets>{}</sheets></workbook>)", row.sheets)
        );
        replace(
            parts,
            "xl/_rels/workbook.xml.rels",
            format(
                "<a>{}{}</a>",
                relationship("r1", "worksheet", "worksheets/sheet1.xml"),
                relationship("r2", "worksheet", format("worksheets/{}.xml", row.other_part))
            )
        );
        expect_refused(read_xlsx(zip_of(parts)), ErrorCode::kInvalidArgument, row.reason);
    }
}

TEST(XlsxHostileTest, SharedStringsHaveALimit) {
    XlsxLimits limits;
    limits.shared_string_bytes_max = 100'000;
    WorkbookDraft draft = draft_of(std::string(kOneRow));
    draft.strings = "<si><t>" + std::string(100'001, 'x') + "</t></si>";
    expect_refused(
        read_xlsx(draft.bytes(), limits), ErrorCode::kLimitExceeded, "texts take more than 100000"
    );
    draft.strings.clear();
    for (int i = 0; i < 30'000; ++i) {
        draft.strings += "<si/>";
    }
    expect_refused(
        read_xlsx(draft.bytes(), limits), ErrorCode::kLimitExceeded, "texts take more than 100000"
    );
}

TEST(XlsxHostileTest, DocumentTypesAreRefusedInEveryPart) {
    constexpr std::string_view kLaughs =
        R"(<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>)";
    constexpr std::string_view kOutside =
        R"(<!DOCTYPE a SYSTEM "http://localhost/x.dtd"><a>&x;</a>)";
    constexpr std::string_view kFile =
        R"(<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>)";
    for (const std::string_view text :
         {kLaughs, kOutside, kFile, std::string_view("<!DOCTYPE a><a/>")}) {
        for (const std::string_view name :
             {"_rels/.rels",
              "xl/workbook.xml",
              "xl/_rels/workbook.xml.rels",
              "xl/worksheets/sheet1.xml",
              "xl/sharedStrings.xml",
              "xl/styles.xml"}) {
            const WorkbookDraft draft{std::string(kOneRow), "<si/>", "<a/>", {}};
            std::vector<ZipPart> parts = draft.parts();
            replace(parts, name, text);
            expect_refused(
                read_xlsx(zip_of(parts)), ErrorCode::kInvalidArgument, "has a document type"
            );
        }
    }
}

std::string repeated(std::string_view text, std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) {
        all += text;
    }
    return all;
}

TEST(XlsxHostileTest, XmlIsBoundedInDepthNamesAndTags) {
    expect_refused(
        read_rows(repeated("<a>", 1'000'000)), ErrorCode::kLimitExceeded, "deeper than 64 levels"
    );
    expect_refused(
        read_rows(R"(<row r="1"><c r="A1"><is>)" + repeated("<r>", 100)),
        ErrorCode::kLimitExceeded,
        "deeper than 64 levels"
    );
    std::string names;
    for (int i = 0; i < 300'000; ++i) {
        names += format("<n{}/>", i);
    }
    expect_refused(read_rows(names), ErrorCode::kLimitExceeded, "names or tags");
    std::string attributes = "<row";
    for (int i = 0; i < 300'000; ++i) {
        attributes += format(" a{}=\"\"", i);
    }
    expect_refused(read_rows(attributes + "/>"), ErrorCode::kLimitExceeded, "names or tags");
    std::mt19937 random(1);
    std::string noise(8'300'000, ' ');
    std::ranges::generate(noise, [&] { return static_cast<char>('a' + random() % 26); });
    expect_refused(
        read_rows("<row a=\"" + noise + "\"/>"), ErrorCode::kLimitExceeded, "names or tags"
    );
    expect_refused(read_rows("<!--" + noise + "-->"), ErrorCode::kLimitExceeded, "names or tags");
}

TEST(XlsxHostileTest, OtherEncodingsAreUnderstoodOrRefused) {
    std::vector<ZipPart> parts = draft_of(std::string(kOneRow)).parts();
    replace(
        parts,
        kSheet,
        R"(<?xml version="1.0" encoding="UTF-7"?><worksheet><sheetData/></worksheet>)"
    );
    expect_refused(read_xlsx(zip_of(parts)), ErrorCode::kInvalidArgument, "unknown encoding");
    replace(parts, kSheet, "<worksheet>\xc0\xaf</worksheet>");
    expect_refused(read_xlsx(zip_of(parts)), ErrorCode::kInvalidArgument, "is no XML");
    std::string wide = "\xff\xfe";
    for (const char c : format("<worksheet><sheetData>{}</sheetData></worksheet>", kOneRow)) {
        wide += std::string{c, '\0'};
    }
    replace(parts, kSheet, wide);
    EXPECT_EQ(read_xlsx(zip_of(parts)).shown(), "1[1]");
}

TEST(XlsxHostileTest, BadReferencesAreDamage) {
    struct Case {
        std::string_view rows;
        std::string_view reason;
    };

    const std::array<Case, 18> cases = {{
        {R"(<row r="0"/>)", "row 0 comes after"},
        {R"(<row r="-1"/>)", "row -1 comes after"},
        {R"(<row r="x"/>)", "row x comes after"},
        {R"(<row r=""/>)", "row  comes after"},
        {R"(<row r="4294967297"/>)", "comes after"},
        {R"(<row r="1048577"/>)", "at most 1048576 rows"},
        {R"(<row r="1048576"/><row/>)", "at most 1048576 rows"},
        {R"(<row r="2"/><row r="2"/>)", "row 2 comes after row 2"},
        {R"(<row r="9"/><row r="3"/>)", "row 3 comes after row 9"},
        {R"(<row r="1"><c r="A2"/></row>)", "the reference A2"},
        {R"(<row r="1"><c r="1A"/></row>)", "the reference 1A"},
        {R"(<row r="1"><c r="a1"/></row>)", "the reference a1"},
        {R"(<row r="1"><c r=""/></row>)", "the reference"},
        {R"(<row r="1"><c r="XFE1"/></row>)", "the reference XFE1"},
        {R"(<row r="1"><c r="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1"/></row>)", "AAAA"},
        {R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)", "text is not in the workbook"},
        {R"(<row r="1"><c r="A1" t="s"><v>-1</v></c></row>)", "text is not in the workbook"},
        {R"(<row r="1"><c r="A1" t="zz"><v>1</v></c></row>)", "an unknown type"},
    }};
    for (const Case& row : cases) {
        expect_refused(read_rows(std::string(row.rows)), ErrorCode::kInvalidArgument, row.reason);
    }
}

TEST(XlsxHostileTest, RowsHaveLimits) {
    XlsxLimits limits;
    limits.table = {.cell_bytes_max = 10, .row_bytes_max = 15, .columns_max = 4};
    WorkbookDraft draft{{}, "<si><t>12345678901</t></si>", {}, {}};

    struct Case {
        std::string_view cells;
        std::string_view reason;
    };

    const std::array<Case, 5> cases = {{
        {R"(<c t="str"><v>12345678901</v></c>)", "row 1, column 1: the cell is longer than 10"},
        {R"(<c t="s"><v>0</v></c>)", "row 1, column 1: the cell is longer than 10"},
        {R"(<c t="str"><v>1234567890</v></c><c t="str"><v>123456</v></c>)",
         "row 1, column 2: the row is longer than 15"},
        {R"(<c r="E1"><v>1</v></c>)", "row 1, column 5: the row has more than 4 columns"},
        {R"(<c r="XFD1"><v>1</v></c>)", "row 1, column 16384: the row has more than 4 columns"},
    }};
    for (const Case& row : cases) {
        draft.rows = format(R"(<row r="1">{}</row>)", row.cells);
        expect_refused(read_xlsx(draft.bytes(), limits), ErrorCode::kLimitExceeded, row.reason);
    }
    // Faults of one place told a million times.
    const Table table = read_rows(
        "<row r=\"1\">" + repeated(R"(<c r="A1" t="e"><v>x</v></c>)", 100'000) + "</row>"
    );
    ASSERT_EQ(table.rows.size(), 1U);
    EXPECT_EQ(table.rows.front().faults.size(), 1'000U);
}

}  // namespace
}  // namespace suyuan::codec
