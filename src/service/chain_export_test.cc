// SPDX-License-Identifier: Apache-2.0
//
// Goal: an answer that goes out as a FoodChain-Lab workbook or as a wide sheet says the same when
// it is read again. Method: written from one store, read into another, and asked there.

#include "service/chain_export.h"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "codec/byte_source.h"
#include "codec/table_row.h"
#include "codec/xlsx.h"
#include "io/files.h"
#include "model/code.h"
#include "service/chain_testing.h"
#include "service/chain_workbook.h"
#include "service/named_answer.h"
#include "service/own_codes.h"
#include "service/trace_export.h"
#include "service/wide_sheet.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

constexpr std::size_t kFileMax = 1U << 24U;

// Who is reached, by code.
std::set<std::string> owners(const TracePage& page, PartKind kind) {
    std::set<std::string> found;
    const trace::Part* const part = page.answer->part(kind);
    if (part == nullptr) {
        return found;
    }
    for (const trace::ReachedPosition& reached : part->positions) {
        found.insert(page.answer->names.site(reached.position.site).code);
    }
    return found;
}

class ChainExportTest : public TwoStoresTest {
protected:
    TracePage whole(std::string_view text, trace::Direction direction) {
        const auto answer =
            tracing().answer(context_, scope_, ask_for(std::string(text), direction));
        EXPECT_TRUE(answer) << answer.error().message();
        return tracing().whole(context_, scope_, *answer).value();
    }

    // Rows of a worksheet without its two rows of titles, by the column's title.
    static std::vector<std::map<std::string, std::string>> rows(
        const std::filesystem::path& path, const ChainSheet& sheet
    ) {
        auto reader = codec::XlsxReader::open(codec::source_of_file(path).value()).value();
        EXPECT_TRUE(reader.select_sheet(sheet.worksheet));
        const auto first = reader.next().value();
        std::vector<std::string> second;
        if (sheet.key == ChainColumn::kDeliveryId) {
            second = reader.next().value()->cells;
        }
        const ChainTitles titles = read_chain_titles(sheet, first->cells, second);
        std::vector<std::map<std::string, std::string>> found;
        while (const auto row = reader.next().value()) {
            auto& cells = found.emplace_back();
            for (std::size_t i = 0; i < titles.titles.size(); ++i) {
                cells[titles.titles[i]] = i < row->cells.size() ? row->cells[i] : "";
            }
        }
        return found;
    }

    std::filesystem::path exported(const TracePage& page, TraceExport format) {
        const auto bytes = trace_export(context_, scope_, tracing(), page, format);
        EXPECT_TRUE(bytes) << bytes.error().message();
        const auto path = file(std::string("answer.") + std::string(extension_of(format)));
        EXPECT_TRUE(io::write_file(path, bytes.value_or("")));
        return path;
    }
};

TEST_F(ChainExportTest, AWorkbookReadAgainGivesTheSameReach) {
    capture_cucumbers();
    const TracePage page = whole(lot(1), trace::Direction::kForward);
    const auto path = exported(page, TraceExport::kChain);
    const auto deliveries = rows(path, chain_sheets()[1]);
    ASSERT_EQ(deliveries.size(), 3U);
    EXPECT_EQ(rows(path, chain_sheets()[2]).size(), 2U);
    EXPECT_EQ(deliveries[0].at("Product Name"), "黄瓜");
    EXPECT_EQ(deliveries[0].at("Lot Number"), "L1");
    EXPECT_EQ(deliveries[0].at("Delivery Date Departure · Year"), "2026");
    EXPECT_EQ(deliveries[0].at("Unit weigt/vol./pck. · Quantity"), "60");

    const FileTally tally = import_there(path);
    EXPECT_EQ(tally.bad_rows, 0U);
    const std::string first = lot_code(
        {.producer = model::canonical_uri(party(1)),
         .goods = "黄瓜",
         .lot = "L1·" + deliveries[0].at("DeliveryID")}
    );
    const TracePage there = trace_there(first, trace::Direction::kForward);
    EXPECT_EQ(owners(there, PartKind::kForward), owners(page, PartKind::kForward));
    // And from the end back to the source.
    const TracePage back = whole(lot(2), trace::Direction::kBack);
    const std::string last = lot_code(
        {.producer = model::canonical_uri(party(2)),
         .goods = "黄瓜",
         .lot = "L2·" + deliveries[2].at("DeliveryID")}
    );
    EXPECT_EQ(deliveries[2].at("Lot Number"), "L2");
    // Such a workbook does not tell a delivery in transit from one that was received: there is a
    // recipient, where the goods are sought too.
    std::set<std::string> expected = owners(back, PartKind::kBack);
    expected.insert(model::canonical_uri(site(4)));
    EXPECT_EQ(owners(trace_there(last, trace::Direction::kBack), PartKind::kBack), expected);
    EXPECT_EQ(import_there(path).stored, 0U);
}

TEST_F(ChainExportTest, AnAnswerWithoutMovesHasStationsAlone) {
    capture_all({harvest_of(1, 0, kilograms(lot(1), 100), 1)});
    const auto path = exported(whole(lot(1), trace::Direction::kFull), TraceExport::kChain);
    EXPECT_EQ(rows(path, chain_sheets()[0]).size(), 1U);
    EXPECT_TRUE(rows(path, chain_sheets()[1]).empty());
    EXPECT_EQ(import_there(path).bad_rows, 0U);
}

TEST_F(ChainExportTest, AWideSheetReadAgainGivesTheSameAnswer) {
    capture_cucumbers();
    const TracePage page = whole(lot(1), trace::Direction::kFull);
    for (const TraceExport format : {TraceExport::kWideCsv, TraceExport::kWideXlsx}) {
        const auto path = exported(page, format);
        const FileTally tally = import_there(path);
        EXPECT_EQ(tally.bad_rows, 0U);
        EXPECT_EQ(tally.rows, 8U);  // all but the sale; a row for either end of the process
        // Whichever format it is in, it says the same.
        EXPECT_EQ(tally.stored, format == TraceExport::kWideCsv ? 8U : 0U);
        const TracePage there = trace_there(lot(1), trace::Direction::kFull);
        EXPECT_EQ(
            places(*there.answer, PartKind::kForward), places(*page.answer, PartKind::kForward)
        );
        EXPECT_EQ(places(*there.answer, PartKind::kBack), places(*page.answer, PartKind::kBack));
    }
}

TEST_F(ChainExportTest, AWideSheetOfTheLogHasBothRowsOfTitles) {
    capture_cucumbers();
    capture_all({error_declaration(4)});
    const auto path = file("log.csv");
    const auto tally = write_wide_sheet(
        context_,
        scope_,
        *store_,
        feed_of_log(context_, scope_, *store_),
        {.format = WideFormat::kCsv, .file = path, .progress = {}}
    );
    ASSERT_TRUE(tally) << tally.error().message();
    EXPECT_EQ(tally->events, 9U);
    EXPECT_EQ(tally->rows, 7U);  // the shipment that was taken back is none
    const std::string text = io::read_file(path, kFileMax).value();
    EXPECT_TRUE(
        text.starts_with("\xEF\xBB\xBF"
                         "Critical Tracking Event,Traceability Lot Code,")
    );
    EXPECT_NE(text.find("\r\n关键追溯事件,追溯批号,"), std::string::npos);
    EXPECT_NE(text.find("\r\nInitial Packing,"), std::string::npos) << text;
    EXPECT_NE(text.find("绿园农业公司, 绿园基地"), std::string::npos) << text;
}

}  // namespace
}  // namespace suyuan::service
