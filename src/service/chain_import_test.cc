// SPDX-License-Identifier: Apache-2.0
//
// Goal: a FoodChain-Lab workbook says as much as it says, no more: a trace reaches what its links
// tell. Method: small workbooks, read as an import reads them, and traced.

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/format.h"
#include "codec/byte_source.h"
#include "codec/xlsx.h"
#include "codec/xlsx_writer.h"
#include "model/instant.h"
#include "service/chain_reader.h"
#include "service/chain_testing.h"
#include "service/chain_workbook.h"
#include "service/detail/chain_export.h"
#include "service/file_import.h"
#include "service/named_answer.h"
#include "service/own_codes.h"
#include "service/person_ids_testing.h"
#include "store/event_query.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

using enum ChainColumn;
using Books = std::array<std::vector<ChainCells>, 3>;

std::string station_code(std::string_view id) {
    return partner_code(kChainKey, id);
}

std::string goods_of(std::string_view station, std::string_view lot) {
    return lot_code({.producer = station_code(station), .goods = "Onions", .lot = std::string(lot)}
    );
}

// farm F --D1, D2, both of lot L1--> market M --D3--> shop S, made of D1
//                                             --D4--> shop X, made of D2; left some day in January
Books onions() {
    return {{
        {{{kCompanyId, "F"}, {kName, "Farm"}, {kStreet, "Field Lane"}, {kStreetNumber, "5"}},
         {{kCompanyId, "M"}, {kName, "Market"}},
         {{kCompanyId, "S"}, {kName, "Shop"}, {kCity, "Berlin"}},
         {{kCompanyId, "X"}}},
        {chain_delivery("D1", "F", "M", "L1", {"5", "1", "2026"}, {"6", "1", "2026"}),
         chain_delivery("D2", "F", "M", "L1", {"5", "1", "2026"}, {"6", "1", "2026"}),
         chain_delivery("D3", "M", "S", "L9", {"7", "1", "2026"}, {"8", "1", "2026"}),
         chain_delivery("D4", "M", "X", "L9", {"", "1", "2026"}, {"", "", "2026"})},
        {chain_link("D1", "D3"), chain_link("D2", "D4")},
    }};
}

class ChainImportTest : public TwoStoresTest {
protected:
    std::filesystem::path written(const Books& books) {
        const std::filesystem::path path = file("chain.xlsx");
        write_chain(path, books);
        return path;
    }

    std::vector<RowProblem> problems(const Books& books) {
        const auto checked = check_file(
            context_,
            written(books),
            {},
            {.faults_file = file("faults.xlsx"),
             .progress = [](const FileProgress&) {},
             .people = test_person_ids(),
             .is_known = {}}
        );
        EXPECT_TRUE(checked) << checked.error().message();
        return checked ? checked->problems : std::vector<RowProblem>();
    }

    // "Market L1·D1": operator and lot of each position, with a "!" where it is certain.
    std::set<std::string> reached(const std::string& code, trace::Direction direction) {
        const TracePage page = trace(ask_for(code, direction));
        std::set<std::string> found;
        const PartKind kind =
            direction == trace::Direction::kBack ? PartKind::kBack : PartKind::kForward;
        for (const trace::ReachedPosition& one : page.answer->part(kind)->positions) {
            const store::NamedId& owner = page.answer->names.owner(one.position.owner);
            const auto lot = read_lot_code(page.answer->names.item(one.position.item).code.uri);
            found.insert(format(
                "{} {}{}",
                owner.name.empty() ? "?" : owner.name,
                lot ? lot->lot : "?",
                one.certain ? "!" : ""
            ));
        }
        return found;
    }
};

TEST_F(ChainImportTest, ATraceReachesWhatTheLinksTellAndNothingElse) {
    const FileTally tally = import_here(written(onions()));
    EXPECT_EQ(tally.rows, 10U);
    EXPECT_EQ(tally.bad_rows, 0U);
    EXPECT_EQ(tally.stored, 10U);  // two of each delivery, one of each link
    using Set = std::set<std::string>;
    EXPECT_EQ(
        reached(goods_of("F", "L1·D1"), trace::Direction::kForward),
        (Set{"Farm L1·D1!", "Market L1·D1!", "Market L9·D3!", "Shop L9·D3!"})
    );
    // Of the other delivery only the month is known: that it left after what it is made of came is
    // possible.
    EXPECT_EQ(
        reached(goods_of("F", "L1·D2"), trace::Direction::kForward),
        (Set{"Farm L1·D2!", "Market L1·D2!", "Market L9·D4!", "? L9·D4"})
    );
    EXPECT_EQ(
        reached(goods_of("M", "L9·D3"), trace::Direction::kBack),
        (Set{"Farm L1·D1!", "Market L1·D1!", "Market L9·D3!", "Shop L9·D3!"})
    );
}

TEST_F(ChainImportTest, TheSameWorkbookTwiceChangesNothing) {
    const auto path = written(onions());
    EXPECT_EQ(import_here(path).stored, 10U);
    const FileTally again = import_here(path);
    EXPECT_EQ(again.stored, 0U);
    EXPECT_EQ(again.duplicates, 10U);
    EXPECT_EQ(again.conflicts, 0U);
    // Another sender's station of that number is another station.
    FileImportOptions theirs;
    theirs.operator_code = "91410100MA45X2TP0T";
    EXPECT_EQ(import_into(recorder(), context_, scope_, path, theirs).stored, 10U);
}

TEST_F(ChainImportTest, AStationWithoutAddressIsAStub) {
    import_here(written(onions()));
    const auto site_of = [&](std::string_view id) {
        return store_->find_site(context_, scope_, site_code(station_code(id), id)).value();
    };
    ASSERT_TRUE(site_of("F"));
    EXPECT_EQ(site_of("F")->address, "Field Lane 5");
    EXPECT_EQ(site_of("F")->name, "Farm");
    EXPECT_FALSE(site_of("M"));
    EXPECT_TRUE(store_->find_operator(context_, scope_, station_code("M")).value());
    EXPECT_FALSE(store_->find_operator(context_, scope_, station_code("X")).value());
}

TEST_F(ChainImportTest, APreviewSaysWhatItIs) {
    const auto preview = preview_file(written(onions()), {});
    ASSERT_TRUE(preview) << preview.error().message();
    EXPECT_EQ(preview->sheet, kChainKey);
    EXPECT_EQ(preview->worksheet, "Stations");
    EXPECT_EQ(preview->worksheets.size(), 3U);
    EXPECT_FALSE(preview->problem);
    FileImportOptions deliveries;
    deliveries.worksheet = "Deliveries";
    const auto second = preview_file(file("chain.xlsx"), deliveries);
    ASSERT_TRUE(second) << second.error().message();
    EXPECT_EQ(second->sheet, kChainKey);
    EXPECT_EQ(second->titles.at(6), "Delivery Date Departure · Day");
    EXPECT_EQ(second->rows.size(), 4U);
    EXPECT_EQ(second->rows.at(0).at(0), "D1");
}

TEST_F(ChainImportTest, WhatIsNoSuchWorkbookIsSaidToBeNone) {
    auto writer = codec::XlsxWriter::create(file("chain.xlsx")).value();
    const std::array columns = {codec::XlsxColumn{"Company_ID", 10}};
    ASSERT_TRUE(writer.add_sheet("Stations", columns));
    ASSERT_TRUE(writer.finish());
    FileImportOptions told;
    told.sheet = kChainKey;
    const auto preview = preview_file(file("chain.xlsx"), told);
    ASSERT_FALSE(preview);
    EXPECT_NE(preview.error().message().find("Deliveries"), std::string::npos);
    // Nor may its columns be chosen.
    write_chain(file("chain.xlsx"), onions());
    told.choices = {{.title = "Name", .column = "name"}};
    EXPECT_FALSE(check_file(
        context_,
        file("chain.xlsx"),
        told,
        {.faults_file = file("faults.xlsx"),
         .progress = [](const FileProgress&) {},
         .people = test_person_ids(),
         .is_known = {}}
    ));
}

TEST_F(ChainImportTest, EveryBadRowIsToldWithItsSheet) {
    struct Case {
        std::string_view what;
        Books books;
        std::string_view worksheet;
        std::uint64_t row;
        std::string_view column;
    };

    std::vector<Case> cases;
    const auto add = [&](std::string_view what,
                         std::size_t sheet,
                         std::size_t row,
                         ChainColumn column,
                         std::string value,
                         std::string_view title) {
        Books books = onions();
        books.at(sheet).at(row)[column] = std::move(value);
        cases.push_back({what, books, chain_sheets()[sheet].worksheet, row + 3, title});
    };
    add("an id twice", 0, 3, kCompanyId, "S", "Company_ID");
    add("a latitude that is none", 0, 2, kLatitude, "north", "Latitude");
    add("a station that nobody knows", 1, 3, kRecipient, "Y", "Recipient");
    add("no product", 1, 3, kProduct, "", "Product Name");
    add("a month that is none", 1, 3, kArrivalMonth, "13", "Delivery Date Arrival · Month");
    add("a year of two digits", 1, 3, kArrivalYear, "26", "Delivery Date Arrival · Year");
    add("an amount that is none", 1, 3, kAmount, "some", "Unit weigt/vol./pck. · Quantity");
    add("a unit that is none", 1, 3, kUnit, "heap", "Unit weigt/vol./pck. · Type / Unit");
    add("a delivery that nobody knows", 2, 1, kInto, "D9", "Into DeliveryID");
    add("deliveries that do not meet", 2, 1, kInto, "D1", "Into DeliveryID");
    add("of itself", 2, 1, kInto, "D2", "Into DeliveryID");
    for (const Case& one : cases) {
        const auto found = problems(one.books);
        ASSERT_FALSE(found.empty()) << one.what;
        EXPECT_EQ(found.front().worksheet, one.worksheet) << one.what;
        EXPECT_EQ(found.front().row, one.row) << one.what;
        EXPECT_EQ(found.front().column, one.column) << one.what;
        EXPECT_FALSE(found.front().reason.zh.empty() || found.front().reason.en.empty());
    }
}

TEST_F(ChainImportTest, DatesThatContradictEachOtherAreTold) {
    Books arrives = onions();
    arrives[1][0][kArrivalDay] = "4";
    // The delivery, and the link that needs it.
    ASSERT_EQ(problems(arrives).size(), 2U);
    EXPECT_NE(problems(arrives)[0].reason.en.find("before it leaves"), std::string::npos);
    EXPECT_EQ(problems(arrives)[1].worksheet, "Deliveries2Deliveries");
    Books leaves = onions();
    leaves[1][2][kDepartureDay] = "5";
    ASSERT_EQ(problems(leaves).size(), 1U);
    EXPECT_NE(problems(leaves)[0].reason.en.find("before the other arrived"), std::string::npos);
}

TEST_F(ChainImportTest, TheWorkbookOfFaultsHasASheetForEach) {
    Books books = onions();
    books[0][1][kCompanyId] = "";
    books[1][0][kProduct] = "";
    EXPECT_FALSE(problems(books).empty());
    auto reader =
        codec::XlsxReader::open(codec::source_of_file(file("faults.xlsx")).value()).value();
    ASSERT_EQ(reader.sheets().size(), 3U);
    EXPECT_EQ(reader.sheets()[0].name, "待改正 Stations");
    ASSERT_TRUE(reader.select_sheet("待改正 Deliveries"));
    EXPECT_EQ(reader.next().value()->cells.at(6), "Delivery Date Departure · Day");
    EXPECT_EQ(reader.next().value()->cells.at(0), "D1");
}

TEST_F(ChainImportTest, AdditionalFieldsOfStationsAreToldAsUnused) {
    const std::filesystem::path path = file("more.xlsx");
    auto writer = codec::XlsxWriter::create(path);
    ASSERT_TRUE(writer) << writer.error().message();
    for (const ChainSheet& sheet : chain_sheets()) {
        auto columns = detail::chain_columns(sheet, false);
        columns.push_back({.header = "Remarks"});
        ASSERT_TRUE(writer->add_sheet(sheet.worksheet, columns));
    }
    ASSERT_TRUE(writer->finish());
    const auto checked = check_file(
        context_,
        path,
        {},
        {.faults_file = file("faults.xlsx"),
         .progress = [](const FileProgress&) {},
         .people = test_person_ids(),
         .is_known = {}}
    );
    ASSERT_TRUE(checked) << checked.error().message();
    EXPECT_EQ(
        checked->unused_columns,
        (std::vector<std::string>{"Stations · Remarks", "Deliveries2Deliveries · Remarks"})
    );
}

TEST_F(ChainImportTest, AdditionalFieldsAndAmountsWithoutUnitStayWithTheEvent) {
    Books books = onions();
    books[1][0][kUnit] = "";
    books[1][0][kLotAmount] = "500";
    books[1][0][kLotUnit] = "Kisten";
    books[1][0][kItemCode] = "urn:x:1";
    import_here(written(books));
    store::EventQuery query;
    query.biz_steps = {"shipping"};
    const auto page = store_->find_events(context_, scope_, query).value();
    ASSERT_FALSE(page.events.empty());
    const std::string& payload = page.events.front().payload;
    EXPECT_NE(payload.find("Lot size: 500 Kisten"), std::string::npos) << payload;
    EXPECT_NE(payload.find("Unit weigt/vol./pck.: 10"), std::string::npos) << payload;
    EXPECT_EQ(payload.find("\"quantity\""), std::string::npos) << payload;
}

TEST(ChainDateTest, DaysMonthsAndYearsAreIntervals) {
    const auto span = [](std::string_view day, std::string_view month, std::string_view year) {
        const ChainDateRead read = read_chain_date(day, month, year);
        EXPECT_FALSE(read.fault);
        return format(
            "{} {}",
            model::format_instant(read.date.time.first, 480),
            model::format_instant(read.date.time.last, 480)
        );
    };
    EXPECT_EQ(span("5", "1", "2026"), "2026-01-05T00:00:00+08:00 2026-01-05T23:59:59.999999+08:00");
    EXPECT_EQ(span("", "2", "2024"), "2024-02-01T00:00:00+08:00 2024-02-29T23:59:59.999999+08:00");
    EXPECT_EQ(span("", "12", "2025"), "2025-12-01T00:00:00+08:00 2025-12-31T23:59:59.999999+08:00");
    EXPECT_EQ(span("", "", "2025"), "2025-01-01T00:00:00+08:00 2025-12-31T23:59:59.999999+08:00");
    EXPECT_FALSE(read_chain_date("", "", "").date.is_known());
    EXPECT_EQ(read_chain_date("30", "2", "2026").fault->part, 0U);
    EXPECT_EQ(read_chain_date("30", "", "2026").fault->part, 1U);
    EXPECT_EQ(read_chain_date("30", "2", "").fault->part, 2U);
    EXPECT_EQ(read_chain_date("1.5", "2", "2026").fault->part, 0U);
}

}  // namespace
}  // namespace suyuan::service
