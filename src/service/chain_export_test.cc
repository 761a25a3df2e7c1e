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

#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/table_row.h"
#include "codec/xlsx.h"
#include "io/files.h"
#include "model/code.h"
#include "service/chain_testing.h"
#include "service/chain_workbook.h"
#include "service/events.h"
#include "service/named_answer.h"
#include "service/trace_export.h"
#include "service/wide_sheet.h"
#include "store/store.h"
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

    // The register and the log, as an export of them has it.
    std::string everything_of(const store::Store& store) {
        std::string text;
        const Events events(store, clock_);
        const auto written = events.export_all(
            context_,
            scope_,
            {.format = ExportFormat::kJsonLines, .registry_scope = scope_},
            [&](std::string_view piece) -> Status {
                text += piece;
                return {};
            },
            {}
        );
        EXPECT_TRUE(written) << written.error().message();
        return text;
    }

    std::filesystem::path exported(const TracePage& page, TraceExport format) {
        const auto bytes =
            trace_export(context_, tracing(), page, {.scope = scope_, .format = format});
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
    // The goods are the same lots there.
    const TracePage there = trace_there(lot(1), trace::Direction::kForward);
    EXPECT_EQ(owners(there, PartKind::kForward), owners(page, PartKind::kForward));
    // And from the end back to the source.
    const TracePage back = whole(lot(2), trace::Direction::kBack);
    EXPECT_EQ(deliveries[2].at("Lot Number"), "L2");
    // Such a workbook does not tell a delivery in transit from one that was received: there is a
    // recipient, where the goods are sought too.
    std::set<std::string> expected = owners(back, PartKind::kBack);
    expected.insert(model::canonical_uri(site(4)));
    EXPECT_EQ(owners(trace_there(lot(2), trace::Direction::kBack), PartKind::kBack), expected);
    EXPECT_EQ(import_there(path).stored, 0U);
}

TEST_F(ChainExportTest, WhatGoesOutChangesNothingWhereItCameFrom) {
    capture_cucumbers();
    const TracePage page = whole(lot(1), trace::Direction::kFull);
    const std::string before = everything_of(*store_);
    for (const TraceExport format :
         {TraceExport::kChain, TraceExport::kWideCsv, TraceExport::kWideXlsx}) {
        const FileTally tally = import_here(exported(page, format));
        EXPECT_EQ(tally.bad_rows, 0U);
        EXPECT_EQ(tally.stored, 0U);
        EXPECT_GT(tally.duplicates, 0U);
        EXPECT_EQ(everything_of(*store_), before) << extension_of(format);
    }
}

// Each answer numbers its deliveries from D1: they are no versions of one another.
TEST_F(ChainExportTest, WorkbooksOfTwoAnswersAreKeptApart) {
    capture_cucumbers();
    const auto first = exported(whole(lot(1), trace::Direction::kForward), TraceExport::kChain);
    EXPECT_GT(import_there(first).stored, 0U);
    const auto second = exported(whole(lot(2), trace::Direction::kForward), TraceExport::kChain);
    const FileTally tally = import_there(second);
    EXPECT_EQ(tally.bad_rows, 0U);
    EXPECT_EQ(tally.conflicts, 0U);
}

TEST_F(ChainExportTest, NamesOfPlacesTravel) {
    capture_cucumbers();
    const TracePage page = whole(lot(1), trace::Direction::kFull);
    for (const TraceExport format : {TraceExport::kChain, TraceExport::kWideCsv}) {
        const TemporaryDirectory folder;
        const auto opened = open_store(folder.path(), clock_, randomness_);
        ASSERT_TRUE(opened) << opened.error().message();
        Recorder empty(**opened, clock_);
        import_into(empty, context_, scope_, exported(page, format));
        for (const int number : {1, 2}) {
            const std::string code = model::canonical_uri(site(number));
            const auto here = store_->find_site(context_, scope_, code);
            const auto there = (*opened)->find_site(context_, scope_, code);
            ASSERT_TRUE(here && *here) << code;
            ASSERT_TRUE(there && *there) << code;
            EXPECT_EQ((*there)->name, (*here)->name);
            const std::string owner = model::canonical_uri(party(number));
            const auto owner_here = store_->find_operator(context_, scope_, owner);
            const auto owner_there = (*opened)->find_operator(context_, scope_, owner);
            ASSERT_TRUE(owner_here && *owner_here) << owner;
            ASSERT_TRUE(owner_there && *owner_there) << owner;
            EXPECT_EQ((*owner_there)->name, (*owner_here)->name);
        }
    }
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
