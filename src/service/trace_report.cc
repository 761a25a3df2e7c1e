// SPDX-License-Identifier: Apache-2.0

#include "service/trace_report.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/pdf_writer.h"
#include "codec/xlsx_writer.h"
#include "io/files.h"
#include "io/temporary_folder.h"
#include "model/instant.h"
#include "model/quantity.h"
#include "policy/request_context.h"
#include "service/named_answer.h"
#include "service/report_findings.h"
#include "service/report_flow.h"
#include "service/report_tables.h"
#include "service/seed.h"
#include "service/sentences.h"
#include "service/text_table.h"
#include "service/tracing.h"
#include "service/wording.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

using codec::PdfTone;
using codec::PdfWriter;

constexpr Words kReport = {"追溯报告", "Trace report"};
constexpr Words kFlow = {"流向图", "Flow"};
// What to act on comes first, then the picture, then the lists.
constexpr std::size_t kTablesBeforeThePicture = 3;
// How often a long table looks whether anybody still waits.
constexpr std::size_t kRowsBetweenLooks = 256;

struct HeadRow {
    Words name;
    std::string value;
    bool is_wide = false;
};

struct Count {
    Words name;
    std::size_t count = 0;
    bool is_warning = false;
};

std::string window_text(const trace::Window& window, Language language) {
    if (window.is_open()) {
        return std::string(pick({"不限", "all"}, language));
    }
    const auto end = [](model::MicrosUtc moment) {
        const bool is_open = moment == model::kBeginningOfTime || moment == model::kEndOfTime;
        return is_open ? std::string("…") : local_time(moment);
    };
    return format("{} — {}", end(window.from), end(window.to));
}

std::string seed_text(const NamedAnswer& named, Language language) {
    const Reading& reading = named.reading;
    return format(
        "{} {}{}{}",
        label(reading.kind, language),
        short_code(reading.code),
        reading.name.empty() ? "" : " ",
        reading.name
    );
}

std::vector<HeadRow> head_rows(const NamedAnswer& named, const Sentence& mark, Language language) {
    const trace::Question& question = named.question;
    std::vector<HeadRow> rows = {
        {{"报告编号", "Number"}, report_number(named)},
        {{"查询内容", "Question"}, named.text},
        {{"所查对象", "Taken for"}, seed_text(named, language), true},
        {{"方向", "Direction"}, std::string(label(question.direction, language))},
        {{"事件时间", "Event time"}, window_text(question.window, language)},
        {{"数据截止", "Cut-off"}, moment_label(named.answer.cut_off, language)},
        {{"按记录时间", "As of"},
         question.as_of == model::kEndOfTime
             ? std::string(pick({"查询时的全部记录", "all records there were"}, language))
             : moment_label(question.as_of, language)},
    };
    if (const auto* items = std::get_if<trace::ItemSeed>(&question.seed)) {
        if (items->owner) {
            rows.push_back(
                {{"限定主体", "Only operator"},
                 owner_label(named.names.owner(*items->owner), language)}
            );
        }
        if (items->site) {
            rows.push_back({{"限定场所", "Only site"}, site_label(named.names.site(*items->site))});
        }
    }
    if (question.escalate) {
        rows.push_back({{"单件按整批", "Escalated"}, std::string(pick({"是", "yes"}, language))});
    }
    rows.push_back(
        {{"查询用时", "Took"},
         format("{} {}", model::format_decimal({named.took_us}), pick({"秒", "seconds"}, language))}
    );
    rows.push_back({{"结果摘要", "Digest"}, named.digest, true});
    if (!named.beyond.empty()) {
        const Sentence note = beyond_note(named.view);
        rows.push_back(
            {{"未列出", "Left out"}, std::string(pick({note.zh, note.en}, language)), true}
        );
    }
    if (!mark.en.empty()) {
        rows.push_back(
            {{"取出", "Taken out"}, std::string(pick({mark.zh, mark.en}, language)), true}
        );
    }
    for (HeadRow& row : rows) {
        row.value = printable(row.value);
    }
    return rows;
}

std::array<Count, 8> counts_of(const NamedAnswer& named) {
    const trace::Answer& answer = named.answer;
    return {{
        {{"位置", "Positions"}, named.distinct_position_count()},
        {{"流向", "Moves"}, named.move_count()},
        {{"经营主体", "Operators"}, answer.operators.size()},
        {{"场所", "Sites"}, answer.sites.size()},
        {{"车辆", "Vehicles"}, answer.vehicles.size()},
        {{"从业人员", "People"}, answer.people.size()},
        {{"断链", "Open ends"}, answer.open_ends.size(), !answer.open_ends.empty()},
        {{"违规流出", "Violations"}, answer.violations.size(), !answer.violations.empty()},
    }};
}

std::string title_below(const NamedAnswer& named, Language language) {
    return printable(
        format("{} · {}", label(named.question.direction, language), seed_text(named, language))
    );
}

void tell_head(
    PdfWriter& writer, const NamedAnswer& named, const Sentence& mark, Language language
) {
    writer.title(pick(kReport, language), title_below(named, language));
    std::vector<codec::PdfFact> facts;
    for (const HeadRow& row : head_rows(named, mark, language)) {
        facts.push_back({std::string(pick(row.name, language)), row.value, row.is_wide});
    }
    writer.facts(facts);
    std::vector<codec::PdfFigure> figures;
    for (const Count& count : counts_of(named)) {
        figures.push_back({
            std::string(pick(count.name, language)),
            std::to_string(count.count),
            count.is_warning ? PdfTone::kWarning : PdfTone::kPlain,
        });
    }
    writer.figures(figures);
    const std::vector<Finding> findings = findings_of(named, language);
    if (!findings.empty()) {
        writer.heading(pick({"要点", "Findings"}, language));
    }
    for (const Finding& finding : findings) {
        writer.paragraph(
            printable(finding.text), finding.is_warning ? PdfTone::kWarning : PdfTone::kPlain
        );
    }
}

Status tell_rows(
    PdfWriter& writer, const policy::RequestContext& context, const ReportTable& table
) {
    std::vector<codec::PdfColumn> columns;
    for (const ReportColumn& column : table.columns) {
        if (column.share > 0) {
            columns.push_back({column.heading, column.share, column.is_number});
        }
    }
    writer.begin_table(std::move(columns));
    for (std::size_t row = 0; row < table.row_count; ++row) {
        if (row % kRowsBetweenLooks == 0) {
            SUYUAN_TRY_VOID(context.check_alive());
        }
        std::vector<codec::PdfCell> cells;
        const std::vector<ReportCell> all = table.row(row);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (table.columns[i].share > 0) {
                cells.push_back(
                    {all[i].text, all[i].is_warning ? PdfTone::kWarning : PdfTone::kPlain}
                );
            }
        }
        writer.row(cells);
    }
    writer.end_table();
    return {};
}

Status tell_table(
    PdfWriter& writer,
    const policy::RequestContext& context,
    const ReportTable& table,
    Language language
) {
    writer.heading(format("{} ({})", table.title, table.row_count));
    if (table.row_count == 0) {
        writer.paragraph(pick({"无。", "None."}, language), PdfTone::kQuiet);
        return {};
    }
    if (!table.note.empty()) {
        writer.paragraph(table.note, PdfTone::kQuiet);
    }
    return tell_rows(writer, context, table);
}

void tell_flow(PdfWriter& writer, const NamedAnswer& named, Language language) {
    const ReportFlow flow = draw_flow(named, language);
    if (flow.picture.boxes.empty()) {
        return;
    }
    writer.heading(pick(kFlow, language), flow.picture.height);
    writer.picture(flow.picture);
    writer.paragraph(flow.note, PdfTone::kQuiet);
}

void tell_end(PdfWriter& writer, Language language) {
    writer.heading(pick({"核对与签收", "Checking and receipt"}, language));
    writer.paragraph(
        pick(
            {"本报告由溯源系统按上列问题和数据截止时间生成。以同样的问题、同样的记录再次查询，"
             "结果摘要应完全一致；摘要不同，即记录有增改。",
             "Made by Suyuan from the question and the records up to the cut-off above. The same "
             "question on the same records gives the same digest; another digest means that "
             "records were added or corrected."},
            language
        ),
        PdfTone::kQuiet
    );
    writer.paragraph(" ");
    const std::array facts = {
        codec::PdfFact{std::string(pick({"制作人", "Made by"}, language)), " "},
        codec::PdfFact{std::string(pick({"日期", "Date"}, language)), " "},
        codec::PdfFact{std::string(pick({"签收人", "Received by"}, language)), " "},
        codec::PdfFact{std::string(pick({"日期", "Date"}, language)), " "},
    };
    writer.facts(facts);
}

Result<std::string> to_pdf(
    const policy::RequestContext& context,
    const TracePage& page,
    Language language,
    const Sentence& mark
) {
    const NamedAnswer& named = *page.answer;
    if (named.position_count() > kPdfPositionsMax) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format(
                    "结果有 {} 个位置，PDF 报告最多列 {} 个；请改用 xlsx。",
                    named.position_count(),
                    kPdfPositionsMax
                ),
                format(
                    "{} positions were reached, a PDF report lists at most {}: ask for xlsx.",
                    named.position_count(),
                    kPdfPositionsMax
                )
            }
        );
    }
    const bool is_chinese = language == Language::kChinese;
    const std::string number = report_number(named);
    codec::PdfSetup setup;
    setup.title = format("{} {}", pick(kReport, language), number);
    setup.left =
        format("{} · {}", pick({"溯源 Suyuan", "Suyuan"}, language), pick(kReport, language));
    setup.right = number;
    setup.foot = format(
        "{} {}",
        pick({"数据截至", "Cut-off"}, language),
        moment_label(named.answer.cut_off, language)
    );
    if (!mark.en.empty()) {
        setup.foot = printable(pick({mark.zh, mark.en}, language));
    }
    setup.language = is_chinese ? "zh-CN" : "en";
    setup.made = named.answer.cut_off;
    setup.page_label = [is_chinese](std::size_t at, std::size_t pages) {
        return is_chinese ? format("第 {} 页，共 {} 页", at, pages)
                          : format("Page {} of {}", at, pages);
    };
    const std::vector<ReportTable> tables = report_tables(page, language);
    return codec::write_pdf(setup, [&](PdfWriter& writer) -> Status {
        tell_head(writer, named, mark, language);
        for (std::size_t i = 0; i < tables.size(); ++i) {
            if (i == kTablesBeforeThePicture) {
                tell_flow(writer, named, language);
            }
            SUYUAN_TRY_VOID(tell_table(writer, context, tables[i], language));
        }
        tell_end(writer, language);
        return {};
    });
}

codec::XlsxCell text_of(std::string text) {
    return {std::move(text)};
}

// As the PDF has it; without a font for it none.
struct DrawnFlow {
    std::optional<codec::PngPicture> picture;
    std::string note;
};

DrawnFlow drawn_flow(const NamedAnswer& named, Language language) {
    const ReportFlow flow = draw_flow(named, language);
    if (flow.picture.boxes.empty()) {
        return {};
    }
    auto png = codec::draw_png(flow.picture, language == Language::kChinese ? "zh-CN" : "en");
    if (!png) {
        return {
            .picture = std::nullopt,
            .note = std::string(pick(
                {"没有画：本机没有中文字体（请安装 fonts-noto-cjk）。",
                 "not drawn: this machine has no font with Chinese characters (fonts-noto-cjk)."},
                language
            ))
        };
    }
    return {.picture = *std::move(png), .note = flow.note};
}

Status write_flow_sheet(
    codec::XlsxWriter& writer,
    const codec::PngPicture& picture,
    const std::string& note,
    Language language
) {
    // A spreadsheet shows 96 pixels an inch.
    constexpr double kPixelsOfPoint = 96.0 / 72;
    return writer.add_picture(
        pick(kFlow, language),
        note,
        {.png = picture.bytes, .scale = kPixelsOfPoint / picture.scale, .description = note}
    );
}

Status write_head_sheet(
    codec::XlsxWriter& writer,
    const NamedAnswer& named,
    const DrawnFlow& flow,
    const Sentence& mark,
    Language language
) {
    const std::array columns = {
        codec::XlsxColumn{std::string(pick({"项目", "What"}, language)), 20},
        codec::XlsxColumn{std::string(pick({"内容", "Value"}, language)), 72},
    };
    SUYUAN_TRY_VOID(writer.add_sheet(pick(kReport, language), columns));
    const auto write = [&](std::string_view name, codec::XlsxCell value) {
        const std::array cells = {text_of(std::string(name)), std::move(value)};
        return writer.write_row(cells);
    };
    for (const HeadRow& row : head_rows(named, mark, language)) {
        SUYUAN_TRY_VOID(write(pick(row.name, language), text_of(row.value)));
    }
    for (const Count& count : counts_of(named)) {
        SUYUAN_TRY_VOID(write(
            pick(count.name, language),
            {std::to_string(count.count), codec::XlsxCell::Kind::kNumber}
        ));
    }
    for (const Finding& finding : findings_of(named, language)) {
        SUYUAN_TRY_VOID(write(pick({"要点", "Finding"}, language), text_of(finding.text)));
    }
    if (!flow.picture && !flow.note.empty()) {
        return write(pick(kFlow, language), text_of(flow.note));
    }
    return {};
}

Status write_sheet(
    codec::XlsxWriter& writer, const policy::RequestContext& context, const ReportTable& table
) {
    std::vector<codec::XlsxColumn> columns;
    columns.reserve(table.columns.size());
    for (const ReportColumn& column : table.columns) {
        columns.push_back({column.heading, column.width});
    }
    SUYUAN_TRY_VOID(writer.add_sheet(table.title, columns));
    for (std::size_t row = 0; row < table.row_count; ++row) {
        if (row % kRowsBetweenLooks == 0) {
            SUYUAN_TRY_VOID(context.check_alive());
        }
        std::vector<codec::XlsxCell> cells;
        for (const ReportCell& cell : table.row(row)) {
            cells.push_back({cell.value, cell.kind});
        }
        SUYUAN_TRY_VOID(writer.write_row(cells));
    }
    return {};
}

Result<std::string> to_xlsx(
    const policy::RequestContext& context,
    const TracePage& page,
    Language language,
    const Sentence& mark
) {
    SUYUAN_TRY(const auto folder, io::TemporaryFolder::create());
    const std::filesystem::path path = folder.path() / "report.xlsx";
    SUYUAN_TRY(auto writer, codec::XlsxWriter::create(path));
    const DrawnFlow flow = drawn_flow(*page.answer, language);
    SUYUAN_TRY_VOID(write_head_sheet(writer, *page.answer, flow, mark, language));
    const std::vector<ReportTable> tables = report_tables(page, language);
    for (std::size_t i = 0; i < tables.size(); ++i) {
        if (i == kTablesBeforeThePicture && flow.picture) {
            SUYUAN_TRY_VOID(write_flow_sheet(writer, *flow.picture, flow.note, language));
        }
        SUYUAN_TRY_VOID(write_sheet(writer, context, tables[i]));
    }
    SUYUAN_TRY_VOID(writer.finish());
    return io::read_file(path, std::numeric_limits<std::uint64_t>::max());
}

}  // namespace

std::optional<ReportFormat> parse_report_format(std::string_view text) noexcept {
    if (text == "pdf") {
        return ReportFormat::kPdf;
    }
    return text == "xlsx" ? std::optional(ReportFormat::kXlsx) : std::nullopt;
}

std::string report_number(const NamedAnswer& named) {
    constexpr std::size_t kDigestChars = 8;
    std::string day = local_time(named.answer.cut_off).substr(0, 10);
    std::erase(day, '-');
    return format("TR-{}-{}", day, named.digest.substr(0, kDigestChars));
}

Result<std::string> trace_report(
    const policy::RequestContext& context,
    const TracePage& page,
    ReportFormat format,
    Language language,
    const Sentence& mark
) {
    return format == ReportFormat::kPdf ? to_pdf(context, page, language, mark)
                                        : to_xlsx(context, page, language, mark);
}

}  // namespace suyuan::service
