// SPDX-License-Identifier: Apache-2.0
//
// Any bytes: reading ends, pieces do not matter, and rows without faults are written and read again
// as the same rows.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/result.h"
#include "codec/csv.h"
#include "codec/table_row.h"
#include "codec/text_decoder.h"

namespace {

using suyuan::Result;
using suyuan::Status;
using suyuan::codec::CsvOptions;
using suyuan::codec::CsvReader;
using suyuan::codec::CsvWriter;
using suyuan::codec::TableRow;

struct Outcome {
    std::vector<TableRow> rows;
    std::string error;

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome read(std::string_view bytes, const CsvOptions& options, std::size_t piece_bytes) {
    CsvReader reader(
        [&](std::span<char> into) -> Result<std::size_t> {
            const std::size_t count = std::min({into.size(), piece_bytes, bytes.size()});
            std::ranges::copy(bytes.substr(0, count), into.begin());
            bytes.remove_prefix(count);
            return count;
        },
        options
    );
    Outcome outcome;
    while (true) {
        Result<std::optional<TableRow>> next = reader.next();
        if (!next) {
            outcome.error = next.error().message();
            return outcome;
        }
        std::optional<TableRow>& row = *next;
        if (!row) {
            return outcome;
        }
        outcome.rows.push_back(*std::move(row));
    }
}

std::string written(const std::vector<TableRow>& rows) {
    std::string text;
    CsvWriter writer([&](std::string_view piece) {
        text += piece;
        return Status();
    });
    for (const TableRow& row : rows) {
        SUYUAN_ASSERT(writer.write_row(row.cells).has_value());
    }
    SUYUAN_ASSERT(writer.finish().has_value());
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text.
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    CsvOptions options;
    options.limits = {.cell_bytes_max = 200, .row_bytes_max = 400, .columns_max = 20};
    const Outcome whole = read(bytes, options, size + 1);
    SUYUAN_ASSERT(read(bytes, options, 3) == whole);
    const auto is_faulty = [](const TableRow& row) { return !row.faults.empty(); };
    if (std::ranges::any_of(whole.rows, is_faulty)) {
        return 0;
    }
    const Outcome again = read(written(whole.rows), {.separator = ','}, 1'000);
    SUYUAN_ASSERT(again.error.empty() && again.rows.size() == whole.rows.size());
    for (std::size_t i = 0; i < whole.rows.size(); ++i) {
        SUYUAN_ASSERT(again.rows[i].cells == whole.rows[i].cells);
    }
    return 0;
}

extern "C" const char* const* suyuan_fuzz_seeds() {
    static const char* const kSeeds[] = {
        "名称,数量,备注\r\n黄瓜,5,\"a,b\"\"c\"\r\n白菜,-1,'=1\r\n",
        "\xef\xbb\xbf"
        "a;b\n\"x\ny\";2\n",
        "\xbb\xc6\xb9\xcf,\x95\x34\xb2\x35\n\xfd\x93,1\n",
        "\xff\xfe"
        "a\tb",
        "a\tb\r1\t2\r",
        nullptr,
    };
    return kSeeds;
}
