// SPDX-License-Identifier: Apache-2.0

#include "app/province_sinks.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
#include "province/papers.h"
#include "province/province.h"
#include "service/intake.h"
#include "service/platform.h"

namespace suyuan::app {
namespace {

constexpr std::size_t kEventsPerCapture = 1'000;

using Two = std::array<std::string, 2>;
using Five = std::array<std::string, 5>;
using Six = std::array<std::string, 6>;

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
    std::ranges::move(province::papers_of(life), std::back_inserter(papers_.rows.papers));
    for (const province::Report& report : life.reports) {
        (report.is_double ? doubles_ : events_).add(report.event);
    }
    if (events_.event_count() >= kEventsPerCapture) {
        return finish();
    }
    return {};
}

Status StoreSink::finish() {
    if (!papers_.rows.papers.empty()) {
        SUYUAN_TRY_VOID(
            capture(asker_.context(), province::master_data_document(std::exchange(papers_, {})))
        );
    }
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
    SUYUAN_TRY(sink->links_, open(directory / "links.csv"));
    SUYUAN_TRY(sink->papers_, open(directory / "papers.csv"));
    SUYUAN_TRY(sink->vehicles_, open(directory / "vehicles.csv"));
    SUYUAN_TRY(sink->people_, open(directory / "people.csv"));
    SUYUAN_TRY_VOID(sink->write_titles());
    return sink;
}

Status CsvSink::write_titles() const {
    SUYUAN_TRY_VOID(events_.writer->write_row(province::line_header()));
    SUYUAN_TRY_VOID(operators_.writer->write_row(Five{"code", "name", "kind", "region", "licence"})
    );
    SUYUAN_TRY_VOID(sites_.writer->write_row(Five{"code", "name", "operator", "region", "address"})
    );
    SUYUAN_TRY_VOID(products_.writer->write_row(
        Six{"gtin", "name", "producer", "category", "unit", "shelf life in days"}
    ));
    SUYUAN_TRY_VOID(links_.writer->write_row(
        Five{"kind of link", "from operator", "linked to", "valid from", "valid to"}
    ));
    SUYUAN_TRY_VOID(papers_.writer->write_row(
        Six{"paper number", "kind of paper", "issuer", "holder", "valid from", "valid to"}
    ));
    SUYUAN_TRY_VOID(vehicles_.writer->write_row(Two{"vehicle", "operator"}));
    return people_.writer->write_row(Five{"person", "operator", "name", "job title", "valid from"});
}

Status CsvSink::take_papers(const std::vector<model::RegisteredPaper>& rows) const {
    for (const model::RegisteredPaper& row : rows) {
        SUYUAN_TRY_VOID(papers_.writer->write_row(
            Six{row.number, row.kind, row.issuer, row.holder, row.valid_from, row.valid_to}
        ));
    }
    return {};
}

Status CsvSink::take_registry(const province::RegistryPage& page) {
    const model::RegistryRows& rows = page.rows;
    for (std::size_t i = 0; i < rows.operators.size(); ++i) {
        const model::Operator& row = rows.operators[i];
        SUYUAN_TRY_VOID(operators_.writer->write_row(
            Five{row.code, row.name, row.kind, row.region, page.licences.at(i)}
        ));
    }
    for (const model::Site& row : rows.sites) {
        SUYUAN_TRY_VOID(sites_.writer->write_row(
            Five{row.code, row.name, row.operator_code, row.region, row.address}
        ));
    }
    for (const model::Product& row : rows.products) {
        SUYUAN_TRY_VOID(products_.writer->write_row(
            Six{row.gtin, row.name, row.producer, row.category, row.unit, row.shelf_life_days}
        ));
    }
    for (const model::Link& row : rows.links) {
        SUYUAN_TRY_VOID(links_.writer->write_row(Five{
            std::string(model::to_string(row.kind)), row.from, row.to, row.valid_from, row.valid_to
        }));
    }
    for (const model::Vehicle& row : rows.vehicles) {
        SUYUAN_TRY_VOID(vehicles_.writer->write_row(Two{row.plate, row.operator_code}));
    }
    for (const model::PersonAtWork& row : rows.people) {
        SUYUAN_TRY_VOID(people_.writer->write_row(
            Five{row.id, row.operator_code, row.name, row.title, row.valid_from}
        ));
    }
    return take_papers(rows.papers);
}

Status CsvSink::take_life(const province::Life& life) {
    SUYUAN_TRY_VOID(take_papers(province::papers_of(life)));
    for (const province::Report& report : life.reports) {
        SUYUAN_TRY_VOID(province::for_each_line(report.event, [this](const province::Line& line) {
            return events_.writer->write_row(line);
        }));
    }
    return {};
}

Status CsvSink::finish() {
    const auto tables = {
        &events_,
        &operators_,
        &sites_,
        &products_,
        &links_,
        &papers_,
        &vehicles_,
        &people_,
    };
    for (const Table* table : tables) {
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
