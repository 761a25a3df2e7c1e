// SPDX-License-Identifier: Apache-2.0
//
// How fast tables are read and written, and in how much memory: table_bench [FOLDER [CSV_ROWS
// [XLSX_ROWS]]]
//                                                            table_bench --read FILE
//
// Writes an inbound table of 12 columns as CSV in UTF-8 (1,000,000 rows unless said otherwise) and
// as XLSX (100,000 rows), then reads each and leaves both; after each step, seconds and the
// process's peak of resident memory.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ios>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/csv.h"
#include "codec/table_file.h"
#include "codec/table_row.h"
#include "codec/xlsx_writer.h"
#include "io/clock.h"

namespace suyuan::bench {
namespace {

using codec::XlsxCell;

constexpr std::array<std::string_view, 12> kHeaders = {
    "单据编号",
    "行号",
    "日期",
    "供货单位",
    "供货合同",
    "产品名称",
    "批号",
    "数量",
    "单位",
    "生产日期",
    "车牌号",
    "备注"
};

std::vector<std::string> row_of(std::size_t number) {
    return {
        format("RK{:010}", number / 5),
        format("{}", number % 5 + 1),
        format("2026-01-{:02}", number % 28 + 1),
        format("第{}蔬菜批发有限公司", number % 2'000),
        format("HT{:06}", number % 2'000),
        "黄瓜",
        format("L{:08}", number / 3),
        format("{}.{:02}", number % 1'000 + 1, number % 100),
        "千克",
        format("2025-12-{:02}", number % 31 + 1),
        format("鄂A{:05}", number % 100'000),
        number % 10 == 0 ? "冷链, 0-4℃" : ""
    };
}

// Of the whole process so far.
double peak_megabytes() {
    std::ifstream status("/proc/self/status");
    constexpr std::string_view kPeak = "VmHWM:";
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(kPeak)) {
            return std::strtod(line.c_str() + kPeak.size(), nullptr) * 1'024 / 1e6;
        }
    }
    return 0;
}

class Step {
public:
    explicit Step(std::string_view what) : what_(what), start_us_(clock_.monotonic_us()) {}

    void tell(std::uint64_t rows, const std::filesystem::path& path) const {
        const double seconds = static_cast<double>(clock_.monotonic_us() - start_us_) / 1e6;
        const std::string line = format(
            "{:<12} {:>9} rows {:8.1f} MB in {:6.2f} s: {:>9.0f} rows/s, peak {:5.1f} MB\n",
            what_,
            rows,
            static_cast<double>(std::filesystem::file_size(path)) / 1e6,
            seconds,
            static_cast<double>(rows) / seconds,
            peak_megabytes()
        );
        std::fputs(line.c_str(), stdout);
    }

private:
    io::SystemClock clock_;
    std::string_view what_;
    std::int64_t start_us_;
};

void write_csv(const std::filesystem::path& path, std::size_t rows) {
    const Step step("write CSV");
    std::ofstream file(path, std::ios::binary);
    codec::CsvWriter writer([&](std::string_view piece) {
        file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
        return Status();
    });
    const std::vector<std::string> headers(kHeaders.begin(), kHeaders.end());
    SUYUAN_ASSERT(writer.write_row(headers).has_value());
    for (std::size_t i = 0; i < rows; ++i) {
        SUYUAN_ASSERT(writer.write_row(row_of(i)).has_value());
    }
    SUYUAN_ASSERT(writer.finish().has_value());
    file.close();
    SUYUAN_ASSERT(file.good());
    step.tell(rows + 1, path);
}

void write_xlsx(const std::filesystem::path& path, std::size_t rows) {
    const Step step("write XLSX");
    Result<codec::XlsxWriter> writer = codec::XlsxWriter::create(path);
    SUYUAN_ASSERT(writer.has_value());
    std::vector<codec::XlsxColumn> columns;
    columns.reserve(kHeaders.size());
    for (const std::string_view header : kHeaders) {
        columns.push_back({std::string(header), 16});
    }
    SUYUAN_ASSERT(writer->add_sheet("入库", columns).has_value());
    std::vector<XlsxCell> cells(kHeaders.size());
    cells[2].kind = XlsxCell::Kind::kDate;
    cells[7].kind = XlsxCell::Kind::kNumber;
    cells[9].kind = XlsxCell::Kind::kDate;
    for (std::size_t i = 0; i < rows; ++i) {
        const std::vector<std::string> texts = row_of(i);
        for (std::size_t column = 0; column < texts.size(); ++column) {
            cells[column].text = texts[column];
        }
        SUYUAN_ASSERT(writer->write_row(cells).has_value());
    }
    SUYUAN_ASSERT(writer->finish().has_value());
    step.tell(rows + 1, path);
}

std::uint64_t read(std::string_view what, const std::filesystem::path& path) {
    const Step step(what);
    Result<std::unique_ptr<codec::ByteSource>> source = codec::source_of_file(path);
    SUYUAN_ASSERT(source.has_value());
    Result<codec::TableReader> reader = codec::TableReader::open(*std::move(source));
    SUYUAN_ASSERT(reader.has_value());
    std::uint64_t rows = 0;
    while (true) {
        const Result<std::optional<codec::TableRow>> next = reader->next();
        SUYUAN_ASSERT(next.has_value());
        const std::optional<codec::TableRow>& row = *next;
        if (!row) {
            break;
        }
        SUYUAN_ASSERT(row->faults.empty());
        ++rows;
    }
    step.tell(rows, path);
    return rows;
}

std::size_t number_or(int argument_count, char** arguments, int at, std::size_t otherwise) {
    return argument_count > at ? std::strtoull(arguments[at], nullptr, 10) : otherwise;
}

}  // namespace
}  // namespace suyuan::bench

int main(int argument_count, char** arguments) {
    if (argument_count > 2 && std::string_view(arguments[1]) == "--read") {
        suyuan::bench::read("read", arguments[2]);
        return 0;
    }
    const std::filesystem::path folder = argument_count > 1 ? arguments[1] : ".";
    const std::size_t csv_rows = suyuan::bench::number_or(argument_count, arguments, 2, 1'000'000);
    const std::size_t xlsx_rows = suyuan::bench::number_or(argument_count, arguments, 3, 100'000);
    const std::filesystem::path csv = folder / "table_bench.csv";
    const std::filesystem::path xlsx = folder / "table_bench.xlsx";
    suyuan::bench::write_csv(csv, csv_rows);
    SUYUAN_ASSERT(suyuan::bench::read("read CSV", csv) == csv_rows + 1);
    suyuan::bench::write_xlsx(xlsx, xlsx_rows);
    SUYUAN_ASSERT(suyuan::bench::read("read XLSX", xlsx) == xlsx_rows + 1);
    return 0;
}
