// SPDX-License-Identifier: Apache-2.0
//
// Helpers of the tests of workbooks: archives and workbooks, right and wrong ones, made byte by
// byte.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zlib.h>

#include "base/assert.h"
#include "base/format.h"
#include "codec/byte_source.h"
#include "codec/table_testing.h"
#include "codec/xlsx.h"

namespace suyuan::codec {

inline std::string deflated(std::string_view text) {
    z_stream stream{};
    SUYUAN_ASSERT(
        ::deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK
    );
    std::string packed(::deflateBound(&stream, text.size()), '\0');
    std::string source(text);
    // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): zlib's bytes are unsigned.
    stream.next_in = reinterpret_cast<Bytef*>(source.data());
    stream.avail_in = static_cast<uInt>(source.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
    stream.avail_out = static_cast<uInt>(packed.size());
    SUYUAN_ASSERT(::deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed.resize(stream.total_out);
    ::deflateEnd(&stream);
    return packed;
}

inline std::uint32_t checksum_of(std::string_view text) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): zlib's bytes are unsigned.
    const auto* const bytes = reinterpret_cast<const Bytef*>(text.data());
    return static_cast<std::uint32_t>(::crc32(0, bytes, static_cast<uInt>(text.size())));
}

// The lower `count` bytes, the lowest first.
inline std::string little(std::uint64_t value, std::size_t count) {
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) {
        bytes += static_cast<char>((value >> (8 * i)) & 0xffU);
    }
    return bytes;
}

// One entry of an archive; what is written about it can be made to lie.
struct ZipPart {
    std::string name;
    std::string packed;
    std::uint32_t checksum = 0;
    std::uint64_t packed_bytes = 0;
    std::uint64_t unpacked_bytes = 0;
    std::uint16_t method = 8;
    std::uint16_t flags = 0;
    std::string local_name = {};       // "": the name
    std::uint32_t local_lie = 0;       // added to the checksum in its own header
    std::size_t offset_of = SIZE_MAX;  // another part whose bytes it claims
    std::string extra = {};            // the directory's extra field
};

inline ZipPart zip_part(std::string name, std::string_view text) {
    std::string packed = deflated(text);
    const std::size_t packed_bytes = packed.size();
    return {std::move(name), std::move(packed), checksum_of(text), packed_bytes, text.size()};
}

inline ZipPart stored_part(std::string name, std::string_view text) {
    ZipPart part{std::move(name), std::string(text), checksum_of(text), text.size(), text.size()};
    part.method = 0;
    return part;
}

inline std::string zip_header(const ZipPart& part, std::uint32_t lie, std::size_t name_bytes) {
    return little(20, 2) + little(part.flags, 2) + little(part.method, 2) + little(0, 4) +
           little(part.checksum + lie, 4) + little(part.packed_bytes, 4) +
           little(part.unpacked_bytes, 4) + little(name_bytes, 2);
}

inline std::string zip_of(const std::vector<ZipPart>& parts) {
    std::string bytes;
    std::vector<std::size_t> offsets;
    for (const ZipPart& part : parts) {
        const std::string& name = part.local_name.empty() ? part.name : part.local_name;
        offsets.push_back(bytes.size());
        bytes += "PK\x03\x04" + zip_header(part, part.local_lie, name.size()) + little(0, 2) +
                 name + part.packed;
    }
    const std::size_t directory = bytes.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const ZipPart& part = parts[i];
        const std::size_t offset =
            part.offset_of == SIZE_MAX ? offsets[i] : offsets[part.offset_of];
        bytes += "PK\x01\x02" + little(20, 2) + zip_header(part, 0, part.name.size()) +
                 little(part.extra.size(), 2) + little(0, 2) + little(0, 2) + little(0, 2) +
                 little(0, 4) + little(offset, 4) + part.name + part.extra;
    }
    const std::size_t directory_bytes = bytes.size() - directory;
    bytes += "PK\x05\x06" + little(0, 4) + little(parts.size(), 2) + little(parts.size(), 2) +
             little(directory_bytes, 4) + little(directory, 4) + little(0, 2);
    return bytes;
}

constexpr std::string_view kXmlHead = R"(<?xml version="1.0" encoding="UTF-8"?>)";

// A workbook whose parts can be exchanged. `rows` are the XML within <sheetData>.
struct WorkbookDraft {
    std::string rows;
    std::string strings;     // the XML within <sst>; "": no such part
    std::string styles;      // the XML within <styleSheet>; "": no such part
    std::string properties;  // attributes of <workbookPr>
    std::vector<ZipPart> more = {};
    std::vector<std::string> merged = {"A1:B1"};

    [[nodiscard]] std::vector<ZipPart> parts() const;

    [[nodiscard]] std::string bytes() const { return zip_of(parts()); }
};

inline std::string relationship(
    std::string_view id, std::string_view type, std::string_view target
) {
    return format(
        R"(<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/)"
        R"(relationships/{}" Target="{}"/>)",
        id,
        type,
        target
    );
}

inline ZipPart relationships_part(std::string name, std::string_view items) {
    return zip_part(
        std::move(name),
        format(
            R"({}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/)"
            R"(relationships">{}</Relationships>)",
            kXmlHead,
            items
        )
    );
}

inline ZipPart sheet_part(
    std::string name,
    std::string_view rows,
    std::string_view behind = R"(<mergeCells><mergeCell ref="A1:B1"/></mergeCells>)"
) {
    return zip_part(
        std::move(name),
        format(
            R"({}<worksheet><dimension ref="A1:XFD1048576"/><sheetData>{}</sheetData>{}</worksheet>)",
            kXmlHead,
            rows,
            behind
        )
    );
}

inline std::string merged_cells(const std::vector<std::string>& ranges) {
    std::string list;
    for (const std::string& range : ranges) {
        list += format(R"(<mergeCell ref="{}"/>)", range);
    }
    return ranges.empty() ? list : "<mergeCells>" + list + "</mergeCells>";
}

inline std::vector<ZipPart> WorkbookDraft::parts() const {
    std::vector<ZipPart> parts = {
        zip_part("[Content_Types].xml", format("{}<Types/>", kXmlHead)),
        relationships_part("_rels/.rels", relationship("r1", "officeDocument", "xl/workbook.xml")),
        zip_part(
            "xl/workbook.xml",
            format(
                R"({}<workbook xmlns:r="x"><workbookPr {}/><sheets><sheet name="入库" sheetId="1" )"
                R"(r:id="r1"/><sheet name="藏" sheetId="2" state="hidden" r:id="r4"/></sheets>)"
                R"(</workbook>)",
                kXmlHead,
                properties
            )
        ),
        relationships_part(
            "xl/_rels/workbook.xml.rels",
            relationship("r1", "worksheet", "worksheets/sheet1.xml") +
                relationship("r4", "worksheet", "/xl/worksheets/sheet2.xml") +
                (strings.empty() ? "" : relationship("r2", "sharedStrings", "sharedStrings.xml")) +
                (styles.empty() ? "" : relationship("r3", "styles", "styles.xml"))
        ),
        sheet_part("xl/worksheets/sheet1.xml", rows, merged_cells(merged)),
        sheet_part("xl/worksheets/sheet2.xml", R"(<row r="1"><c r="A1"><v>2</v></c></row>)"),
    };
    if (!strings.empty()) {
        parts.push_back(
            zip_part("xl/sharedStrings.xml", format("{}<sst>{}</sst>", kXmlHead, strings))
        );
    }
    if (!styles.empty()) {
        parts.push_back(
            zip_part("xl/styles.xml", format("{}<styleSheet>{}</styleSheet>", kXmlHead, styles))
        );
    }
    parts.insert(parts.end(), more.begin(), more.end());
    return parts;
}

// The first sheet that is not hidden, or the named one.
inline Table read_xlsx(
    std::string bytes, const XlsxLimits& limits = {}, std::string_view sheet = {}
) {
    Result<XlsxReader> reader = XlsxReader::open(source_of_bytes(std::move(bytes)), limits);
    if (!reader) {
        return {{}, reader.error().message(), reader.error().code()};
    }
    if (!sheet.empty()) {
        if (const Status selected = reader->select_sheet(sheet); !selected) {
            return {{}, selected.error().message(), selected.error().code()};
        }
    }
    return read_all(*reader);
}

inline Table read_rows(std::string rows) {
    return read_xlsx(WorkbookDraft{std::move(rows), {}, {}, {}}.bytes());
}

}  // namespace suyuan::codec
