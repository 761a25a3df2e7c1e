// SPDX-License-Identifier: Apache-2.0

#include "service/file_import.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/table_file.h"
#include "codec/table_row.h"
#include "codec/text_decoder.h"
#include "codec/xlsx.h"
#include "codec/xlsx_writer.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/detail/chain_lines.h"
#include "service/detail/line_source.h"
#include "service/detail/retold.h"
#include "service/intake.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

// What a spreadsheet's cell holds, in bytes that are certainly no more characters.
constexpr std::size_t kCellBytesMax = 32'000;
// What is told of a bad cell beside the workbook of faults, which has more of it.
constexpr std::size_t kToldBytesMax = 240;
constexpr std::size_t kWorkbookRowsMax = 1'000'000;
// Names whose owners were looked up already: forgotten from time to time, to stay small.
constexpr std::size_t kNamesKeptMax = 100'000;

using detail::LineSource;
using detail::LineTable;
using detail::OpenedTable;
using Entry = LineSource::Entry;

// The events of a batch as one document, and whose each is.
struct BatchDocument {
    std::string text;
    std::vector<std::size_t> entries;  // of each event
};

BatchDocument document_of(const std::vector<Entry>& batch) {
    BatchDocument document;
    std::vector<std::string> events;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        for (const std::string& event : batch[i].line.events) {
            events.push_back(event);
            document.entries.push_back(i);
        }
    }
    document.text = events.empty() ? std::string() : line_document(events);
    return document;
}

// Of "/epcisBody/eventList/17/...": 17.
std::optional<std::size_t> event_number(std::string_view pointer) {
    constexpr std::string_view kList = "/epcisBody/eventList/";
    if (!pointer.starts_with(kList)) {
        return std::nullopt;
    }
    pointer.remove_prefix(kList.size());
    std::size_t number = 0;
    const auto read = std::from_chars(pointer.data(), pointer.data() + pointer.size(), number);
    return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

// What made it past the cells and is no EPCIS event all the same.
Status check_events(std::vector<Entry>& batch) {
    const BatchDocument document = document_of(batch);
    if (document.entries.empty()) {
        return {};
    }
    SUYUAN_TRY(const codec::EpcisDocument read, codec::read_epcis(document.text, {}));
    for (const codec::EpcisProblem& problem : read.problems) {
        const auto number = event_number(problem.pointer);
        if (!number || *number >= document.entries.size()) {
            return fail(
                ErrorCode::kInvalidArgument,
                Sentence{
                    format("{}: {}", problem.pointer, problem.reason_zh),
                    format("{}: {}", problem.pointer, problem.reason)
                }
            );
        }
        Entry& entry = batch[document.entries[*number]];
        entry.line.faults.push_back(
            {.column = {},
             .place = entry.row.cells.size(),
             .value = {},
             .reason = {format("这一行写不成事件：{}", problem.reason_zh), problem.reason}}
        );
    }
    return {};
}

std::string shortened(std::string_view text, std::size_t bytes_max = kCellBytesMax) {
    if (text.size() <= bytes_max) {
        return std::string(text);
    }
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return std::string(text.substr(0, end));
}

// The bad rows of a file, to be mended and sent again.
class FaultWorkbook {
public:
    explicit FaultWorkbook(std::filesystem::path path) : path_(std::move(path)) {}

    Status add(const Entry& entry) {
        if (row_count_ == kWorkbookRowsMax) {
            return {};
        }
        if (entry.table != table_) {
            SUYUAN_TRY_VOID(begin(*entry.table));
        }
        ++row_count_;
        const std::size_t width = table_->titles.size();
        std::vector<codec::XlsxCell> cells;
        cells.reserve(width + 2);
        for (std::size_t i = 0; i < width; ++i) {
            cells.push_back(
                {.text = i < entry.row.cells.size() ? shortened(entry.row.cells[i]) : std::string()}
            );
        }
        std::string all;
        for (const LineFault& fault : entry.line.faults) {
            const std::string text = fault.reason.zh + "\n" + fault.reason.en;
            if (fault.place < cells.size()) {
                cells[fault.place].fault = text;
            }
            all += format(
                "{}{}{}{} · {}",
                all.empty() ? "" : "\n",
                fault.column,
                fault.column.empty() ? "" : "：",
                fault.reason.zh,
                fault.reason.en
            );
        }
        cells.push_back({.text = std::to_string(entry.row.number)});
        cells.push_back({.text = shortened(all), .fault = {}});
        return writer_->write_row(cells);
    }

    Status finish() { return writer_ ? writer_->finish() : Status(); }

private:
    // One worksheet for each table of the file that has bad rows.
    Status begin(const LineTable& table) {
        if (!writer_) {
            SUYUAN_TRY(writer_, codec::XlsxWriter::create(path_));
        }
        table_ = &table;
        std::vector<codec::XlsxColumn> columns;
        columns.reserve(table.titles.size() + 2);
        for (const std::string& title : table.titles) {
            columns.push_back({.header = shortened(title), .width = 16});
        }
        columns.push_back({.header = "原文件行号 · row in the file", .width = 14});
        columns.push_back({.header = "问题 · what is wrong", .width = 70});
        const std::string space = table.worksheet.empty() ? "" : " ";
        return writer_->add_sheet(format("待改正{}{}", space, table.worksheet), columns);
    }

    std::filesystem::path path_;
    const LineTable* table_ = nullptr;  // of the worksheet at work
    std::optional<codec::XlsxWriter> writer_;
    std::size_t row_count_ = 0;
};

// Rows of the register that a batch says, and names for whom it has none yet.
class RegisterWriter {
public:
    RegisterWriter(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        Intake& intake,
        const store::Store& store
    )
        : context_(context), scope_(scope), intake_(intake), store_(store) {}

    // Returns how many rows of their own the lines had.
    Result<std::uint64_t> put(const std::vector<Entry>& batch) {
        model::RegistryRows rows;
        std::uint64_t count = 0;
        for (const Entry& entry : batch) {
            const model::RegistryRows& own = entry.line.rows;
            count += own.count();
            add_all(rows.operators, own.operators);
            add_all(rows.sites, own.sites);
            add_all(rows.products, own.products);
            add_all(rows.licences, own.licences);
            add_all(rows.links, own.links);
            add_all(rows.papers, own.papers);
            add_all(rows.vehicles, own.vehicles);
            add_all(rows.people, own.people);
        }
        const auto find_operator = [&](const std::string& code) {
            return store_.find_operator(context_, scope_, code);
        };
        const auto find_site = [&](const std::string& code) {
            return store_.find_site(context_, scope_, code);
        };
        const auto find_product = [&](const std::string& gtin) {
            return store_.find_product(context_, scope_, gtin);
        };
        for (const Entry& entry : batch) {
            const model::RegistryRows& mentions = entry.line.mentions;
            SUYUAN_TRY_VOID(
                add_new(mentions.operators, &model::Operator::code, find_operator, rows.operators)
            );
            SUYUAN_TRY_VOID(add_new(mentions.sites, &model::Site::code, find_site, rows.sites));
            SUYUAN_TRY_VOID(
                add_new(mentions.products, &model::Product::gtin, find_product, rows.products)
            );
        }
        if (rows.count() > 0) {
            SUYUAN_TRY_VOID(intake_.put_registry(context_, scope_, rows));
        }
        return count;
    }

private:
    template <typename Row>
    static void add_all(std::vector<Row>& rows, const std::vector<Row>& more) {
        rows.insert(rows.end(), more.begin(), more.end());
    }

    // Those mentioned of whom the register has nothing yet.
    template <typename Row, typename Find>
    Status add_new(
        const std::vector<Row>& mentioned,
        std::string Row::* code,
        const Find& find,
        std::vector<Row>& rows
    ) {
        for (const Row& row : mentioned) {
            if (!is_new(row.*code)) {
                continue;
            }
            SUYUAN_TRY(const auto known, find(row.*code));
            if (!known) {
                rows.push_back(row);
            }
        }
        return {};
    }

    bool is_new(const std::string& code) {
        if (seen_.size() >= kNamesKeptMax) {
            seen_.clear();
        }
        return seen_.insert(code).second;
    }

    const policy::RequestContext& context_;
    const policy::Scope& scope_;
    Intake& intake_;
    const store::Store& store_;
    std::unordered_set<std::string> seen_;
};

void note(
    std::vector<RowProblem>& problems, const Entry& entry, const std::vector<LineFault>& faults
) {
    for (const LineFault& fault : faults) {
        if (problems.size() < kProblemsMax) {
            problems.push_back(
                {.worksheet = entry.table->worksheet,
                 .row = entry.row.number,
                 .column = shortened(fault.column, kToldBytesMax),
                 .value = shortened(fault.value, kToldBytesMax),
                 .reason = fault.reason}
            );
        }
    }
}

// Goods by name that leave are the operator's own unless the row says whom they came from; if
// nobody has heard of them, they came from somebody.
Status warn_of_strangers(
    const FileCheckHelp& help, std::vector<Entry>& batch, std::size_t warned_count
) {
    for (Entry& entry : batch) {
        const bool is_asked = help.is_known && !entry.line.own_lot.empty() &&
                              entry.line.faults.empty() && warned_count < kProblemsMax;
        if (!is_asked) {
            continue;
        }
        SUYUAN_TRY(const bool is_known, help.is_known(entry.line.own_lot));
        if (is_known) {
            continue;
        }
        ++warned_count;
        entry.line.warnings.push_back(
            {.column = {},
             .place = entry.row.cells.size(),
             .value = {},
             .reason =
                 {"没有这批货的进货或生产记录，它与进货接不上：进来的货，请在“原供货者”写进货时的"
                  "供货者（或“生产者”写生产者），批号与进货一致。",
                  "nobody received or made this lot, and it joins no receipt: of goods that came "
                  "in, "
                  "give in the source the supplier that the receipt names (or the producer), and "
                  "the "
                  "receipt's lot number"}}
        );
    }
    return {};
}

std::uint64_t count_bad(const std::vector<Entry>& batch) {
    return static_cast<std::uint64_t>(std::ranges::count_if(batch, [](const Entry& entry) {
        return !entry.line.faults.empty();
    }));
}

}  // namespace

Result<FilePreview> preview_file(
    const std::filesystem::path& file, const FileImportOptions& options
) {
    SUYUAN_TRY(codec::TableReader reader, detail::open_reader(file));
    SUYUAN_TRY(const bool is_chain, detail::is_chain_workbook(reader, options));
    if (is_chain) {
        return detail::preview_chain(std::move(reader), options);
    }
    SUYUAN_TRY(OpenedTable table, detail::open_table(std::move(reader), options));
    FilePreview preview;
    preview.format = table.reader.format() == codec::TableFormat::kCsv ? "csv" : "xlsx";
    for (const codec::XlsxSheet& worksheet : table.reader.sheets()) {
        preview.worksheets.push_back(worksheet.name);
    }
    preview.worksheet = table.worksheet;
    while (preview.rows.size() < kPreviewRows) {
        SUYUAN_TRY(std::optional<codec::TableRow> row, table.reader.next());
        if (!row) {
            break;
        }
        preview.rows.push_back(std::move(row->cells));
    }
    if (const auto encoding = table.reader.encoding()) {
        preview.encoding = codec::to_string(*encoding);
    }
    SUYUAN_TRY(const auto kind, detail::chosen_sheet(options));
    const auto mapped = map_columns(table.titles, kind, options.choices);
    std::optional<ColumnMap> columns;
    if (mapped) {
        columns = *mapped;
    } else {
        preview.problem = sentence_of(mapped.error());
        columns = guess_columns(table.titles, kind);
    }
    preview.columns.resize(table.titles.size());
    if (columns) {
        preview.sheet = columns->sheet().key;
        for (const ColumnTitle& column : columns->sheet().columns) {
            if (const auto place = columns->place(column.column)) {
                preview.columns[*place] = column.column;
            }
        }
    }
    preview.titles = std::move(table.titles);
    preview.titles_row = table.titles_row;
    if (table.problem) {
        preview.problem = std::move(table.problem);
    }
    return preview;
}

Result<FileCheck> check_file(
    const policy::RequestContext& context,
    const std::filesystem::path& file,
    const FileImportOptions& options,
    const FileCheckHelp& help
) {
    SUYUAN_TRY(const auto source, LineSource::open(file, options, help.people));
    FaultWorkbook faults(help.faults_file);
    FileCheck check;
    check.sheet = source->sheet();
    FileProgress now;
    while (true) {
        SUYUAN_TRY_VOID(context.check_alive());
        SUYUAN_TRY(std::vector<Entry> batch, source->next_batch());
        if (batch.empty()) {
            break;
        }
        SUYUAN_TRY_VOID(check_events(batch));
        SUYUAN_TRY_VOID(warn_of_strangers(help, batch, check.warnings.size()));
        for (const Entry& entry : batch) {
            ++check.tally.rows;
            if (entry.line.faults.empty()) {
                note(check.warnings, entry, entry.line.warnings);
                continue;
            }
            ++check.tally.bad_rows;
            note(check.problems, entry, entry.line.faults);
            SUYUAN_TRY_VOID(faults.add(entry));
        }
        now.tally = check.tally;
        source->place(now);
        help.progress(now);
    }
    SUYUAN_TRY_VOID(faults.finish());
    for (const std::string& title : source->unused_titles()) {
        if (check.unused_columns.size() < kProblemsMax) {
            check.unused_columns.push_back(shortened(title, kToldBytesMax));
        }
    }
    return check;
}

Result<FileTally> publish_file(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const FileDestination& destination,
    const std::filesystem::path& file,
    const FileImportOptions& options,
    const FileProgressSink& progress
) {
    SUYUAN_TRY(const auto source, LineSource::open(file, options, destination.people));
    RegisterWriter registry(context, scope, destination.intake, destination.store);
    detail::Retold retold(context, scope, destination.store);
    FileProgress now;
    FileTally& tally = now.tally;
    CaptureOptions capture;
    capture.behaviour = ErrorBehaviour::kProceed;
    while (true) {
        SUYUAN_TRY_VOID(context.check_alive());
        SUYUAN_TRY(std::vector<Entry> batch, source->next_batch());
        if (batch.empty()) {
            return tally;
        }
        SUYUAN_TRY(const std::uint64_t retold_events, retold.leave_out(batch));
        SUYUAN_TRY(const std::uint64_t registry_rows, registry.put(batch));
        const BatchDocument document = document_of(batch);
        CaptureReport report;
        if (!document.entries.empty()) {
            SUYUAN_TRY(report, destination.intake.capture(context, scope, document.text, capture));
        }
        const std::uint64_t taken = report.stored_count + report.duplicate_count;
        tally.rows += batch.size();
        tally.bad_rows += count_bad(batch) + document.entries.size() - taken;
        tally.stored += report.stored_count;
        tally.duplicates += report.duplicate_count + retold_events;
        tally.conflicts += report.conflict_count;
        tally.registry_rows += registry_rows;
        source->place(now);
        progress(now);
    }
}

}  // namespace suyuan::service
