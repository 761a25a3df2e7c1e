// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a workbook, and as each part of a workbook whose archive is right: mutations of
// packed bytes hardly ever reach the XML behind them. Reading ends, within its limits.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/table_row.h"
#include "codec/xlsx.h"
#include "codec/xlsx_testing.h"

namespace {

using suyuan::Result;
using suyuan::codec::stored_part;
using suyuan::codec::TableRow;
using suyuan::codec::XlsxLimits;
using suyuan::codec::XlsxReader;
using suyuan::codec::ZipPart;

XlsxLimits small_limits() {
    XlsxLimits limits;
    limits.shared_string_bytes_max = 10'000;
    limits.merged_cells_max = 10;
    limits.table = {.cell_bytes_max = 100, .row_bytes_max = 200, .columns_max = 20};
    return limits;
}

// The number of the next row; 0 at the end or a failure.
std::uint64_t read_row(XlsxReader& reader) {
    const Result<std::optional<TableRow>> next = reader.next();
    if (!next) {
        return 0;
    }
    const std::optional<TableRow>& row = *next;
    if (!row) {
        return 0;
    }
    SUYUAN_ASSERT(row->cells.size() <= small_limits().table.columns_max);
    return row->number;
}

void read(std::string bytes) {
    Result<XlsxReader> reader =
        XlsxReader::open(suyuan::codec::source_of_bytes(std::move(bytes)), small_limits());
    if (!reader) {
        return;
    }
    std::uint64_t last = 0;
    for (std::uint64_t row = read_row(*reader); row != 0; row = read_row(*reader)) {
        SUYUAN_ASSERT(row > last);
        last = row;
    }
}

std::vector<ZipPart> right_parts() {
    suyuan::codec::WorkbookDraft draft;
    draft.rows = R"(<row r="1"><c r="A1" t="s" s="1"><v>0</v></c></row>)";
    draft.strings = "<si><t>a</t></si>";
    draft.styles = R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>)";
    return draft.parts();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text.
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    static const std::vector<ZipPart> kParts = right_parts();
    if (bytes.starts_with("PK") || size == 0) {
        read(std::string(bytes));
        return 0;
    }
    // The first byte says which part it is.
    std::vector<ZipPart> parts = kParts;
    ZipPart& part = parts[data[0] % parts.size()];
    part = stored_part(part.name, bytes.substr(1));
    read(suyuan::codec::zip_of(parts));
    return 0;
}

extern "C" const char* const* suyuan_fuzz_seeds() {
    static const char* const kSeeds[] = {
        // 49 modulo 8 parts: relationships; 52: the sheet; 54: the strings; 55: the styles.
        R"(1<Relationships><Relationship Id="r1" Type="a/officeDocument" Target="xl/workbook.xml"/></Relationships>)",
        R"(2<workbook><workbookPr date1904="1"/><sheets><sheet name="a" r:id="r1" xmlns:r="x"/></sheets></workbook>)",
        R"(3<a><Relationship Id="r1" Type="a/worksheet" Target="../xl/./worksheets/sheet1.xml"/></a>)",
        R"(4<worksheet><sheetData><row r="1"><c r="B1" s="1"><v>46027.5</v></c><c r="A1" t="s"><v>0</v></c></row><row><c t="b"><v>1</v></c><c t="inlineStr"><is><r><t>x</t></r><rPh><t>y</t></rPh></is></c><c t="e"><v>#N/A</v></c></row></sheetData></worksheet>)",
        R"(4<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row><c r="B2"><v>3</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A9"/><mergeCell ref="A1:C2"/></mergeCells></worksheet>)",
        R"(6<sst><si><t>a_x000D_</t></si><si><r><t>b</t></r><r><t xml:space="preserve"> c</t></r></si></sst>)",
        R"(7<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-804]yyyy\-mm;@"/></numFmts><cellXfs><xf numFmtId="164"/><xf numFmtId="22"/></cellXfs></styleSheet>)",
        nullptr,
    };
    return kSeeds;
}
