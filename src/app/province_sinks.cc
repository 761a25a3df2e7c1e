// SPDX-License-Identifier: Apache-2.0

#include "app/province_sinks.h"

#include <array>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "app/data.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/csv.h"
#include "codec/epcis_json.h"
#include "io/files.h"
#include "model/registry.h"
#include "policy/scope.h"
#include "province/epcis_document.h"
#include "province/event_lines.h"
#include "province/life.h"
#include "province/province.h"
#include "service/intake.h"
#include "service/platform.h"

namespace suyuan::app {
namespace {

constexpr std::size_t kEventsPerCapture = 1'000;

policy::Principal second_party() {
    policy::Principal principal = policy::local_principal();
    principal.operator_code = "local:second-party";
    return principal;
}

}  // namespace

StoreSink::StoreSink(service::Platform& platform, const Asker& asker)
    : platform_(platform), asker_(asker), second_party_(second_party()) {}

Status StoreSink::capture(const policy::RequestContext& context, std::string_view document) {
    SUYUAN_TRY_VOID(asker_.context().check_alive());
    SUYUAN_TRY(
        const service::CaptureReport report,
        platform_.intake().capture(context, asker_.scope(), document, {})
    );
    if (!report.problems.empty()) {
        const codec::EpcisProblem& problem = report.problems.front();
        return fail(
            ErrorCode::kInvalidArgument,
            format("the generated document: {} {}", problem.pointer, problem.reason)
        );
    }
    stored_count_ += report.stored_count;
    return {};
}

Status StoreSink::take_registry(const province::RegistryPage& page) {
    return capture(asker_.context(), province::master_data_document(page));
}

Status StoreSink::take_life(const province::Life& life) {
    for (const province::Report& report : life.reports) {
        (report.is_double ? doubles_ : events_).add(report.event);
    }
    if (events_.event_count() >= kEventsPerCapture) {
        return finish();
    }
    return {};
}

Status StoreSink::finish() {
    if (events_.event_count() > 0) {
        SUYUAN_TRY_VOID(capture(asker_.context(), events_.take()));
    }
    // After what they repeat.
    if (doubles_.event_count() > 0) {
        SUYUAN_TRY_VOID(capture(second_party_, doubles_.take()));
    }
    return {};
}

Result<CsvSink::Table> CsvSink::open(const std::filesystem::path& path) {
    // "x": a file that is there already is never overwritten.
    Table table{std::unique_ptr<std::FILE, FileCloser>(std::fopen(path.c_str(), "wx")), nullptr};
    std::FILE* const file = table.file.get();
    if (file == nullptr) {
        return fail(
            ErrorCode::kUnavailable,
            Sentence{
                format("无法创建“{}”：是否已经存在？", path.string()),
                format("cannot create '{}'; is it there already?", path.string())
            }
        );
    }
    table.writer = std::make_unique<codec::CsvWriter>([file](std::string_view bytes) -> Status {
        if (std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size()) {
            return fail(
                ErrorCode::kUnavailable, Sentence{"无法写出结果", "cannot write the output"}
            );
        }
        return {};
    });
    return table;
}

Result<std::unique_ptr<CsvSink>> CsvSink::create(const std::filesystem::path& directory) {
    SUYUAN_TRY_VOID(io::make_directories(directory));
    // make_unique cannot reach the constructor. NOLINTNEXTLINE(cppcoreguidelines-owning-memory)
    std::unique_ptr<CsvSink> sink(new CsvSink());
    SUYUAN_TRY(sink->events_, open(directory / "events.csv"));
    SUYUAN_TRY(sink->operators_, open(directory / "operators.csv"));
    SUYUAN_TRY(sink->sites_, open(directory / "sites.csv"));
    SUYUAN_TRY(sink->products_, open(directory / "products.csv"));
    using Two = std::array<std::string, 2>;
    using Five = std::array<std::string, 5>;
    SUYUAN_TRY_VOID(sink->events_.writer->write_row(province::line_header()));
    SUYUAN_TRY_VOID(
        sink->operators_.writer->write_row(Five{"code", "name", "kind", "region", "licence"})
    );
    SUYUAN_TRY_VOID(
        sink->sites_.writer->write_row(Five{"code", "name", "operator", "region", "address"})
    );
    SUYUAN_TRY_VOID(sink->products_.writer->write_row(Two{"gtin", "name"}));
    return sink;
}

Status CsvSink::take_registry(const province::RegistryPage& page) {
    using Cells = std::array<std::string, 5>;
    for (std::size_t i = 0; i < page.rows.operators.size(); ++i) {
        const model::Operator& row = page.rows.operators[i];
        SUYUAN_TRY_VOID(operators_.writer->write_row(
            Cells{row.code, row.name, row.kind, row.region, page.licences.at(i)}
        ));
    }
    for (const model::Site& row : page.rows.sites) {
        SUYUAN_TRY_VOID(sites_.writer->write_row(
            Cells{row.code, row.name, row.operator_code, row.region, row.address}
        ));
    }
    for (const model::Product& row : page.rows.products) {
        SUYUAN_TRY_VOID(products_.writer->write_row(std::array<std::string, 2>{row.gtin, row.name})
        );
    }
    return {};
}

Status CsvSink::take_life(const province::Life& life) {
    for (const province::Report& report : life.reports) {
        SUYUAN_TRY_VOID(province::for_each_line(report.event, [this](const province::Line& line) {
            return events_.writer->write_row(line);
        }));
    }
    return {};
}

Status CsvSink::finish() {
    for (const Table* table : {&events_, &operators_, &sites_, &products_}) {
        SUYUAN_TRY_VOID(table->writer->finish());
        if (std::fflush(table->file.get()) != 0) {
            return fail(
                ErrorCode::kUnavailable, Sentence{"无法写出结果", "cannot write the output"}
            );
        }
    }
    return {};
}

}  // namespace suyuan::app
