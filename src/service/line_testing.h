// SPDX-License-Identifier: Apache-2.0
//
// Rows of sheets for tests, read as an import reads them.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "codec/epcis_json.h"
#include "codec/table_row.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/person_ids_testing.h"

namespace suyuan::service {

using Cells = std::vector<std::string>;

inline constexpr std::string_view kLineOperator =
    "https://ns.suyuan.example/uscc/91410100MA45X2TP0T";
inline constexpr std::string_view kLineSupplier =
    "https://ns.suyuan.example/uscc/91350100M000100Y43";

inline LineReader reader_of(
    Cells titles,
    SheetKind kind,
    LineDefaults defaults =
        {.operator_code = std::string(kLineOperator),
         .site = {},
         .declared_at = "2026-05-01T00:00:00Z"}
) {
    defaults.people = &test_person_ids();
    auto map = map_columns(titles, kind, {});
    EXPECT_TRUE(map) << map.error().message();
    return LineReader(*map, std::move(titles), std::move(defaults));
}

inline Line read(LineReader& reader, Cells cells, std::uint64_t number = 2) {
    return reader.read({.number = number, .cells = std::move(cells), .faults = {}});
}

// The event as the codec reads it. Requires that it does.
inline codec::EpcisEvent event_of(const Line& line) {
    EXPECT_TRUE(line.faults.empty()) << line.faults.front().reason.en;
    const std::string document = line_document({line.events.at(0)});
    auto read = codec::read_epcis(document, {});
    EXPECT_TRUE(read) << read.error().message();
    EXPECT_TRUE(read->problems.empty())
        << read->problems.front().pointer << read->problems.front().reason;
    return read->events.at(0);
}

inline std::string id_of(LineReader& reader, Cells cells) {
    return event_of(read(reader, std::move(cells))).event.event_id;
}

}  // namespace suyuan::service
