// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "codec/epcis_json.h"
#include "model/event.h"
#include "service/line_reader.h"
#include "service/line_sheet.h"
#include "service/line_testing.h"

namespace suyuan::service {
namespace {

const Cells kTitles = {
    "Critical Tracking Event",
    "Traceability Lot Code",
    "Product Description",
    "Quantity",
    "Unit of Measure",
    "Date",
    "Location",
    "Immediate Previous Source Description",
    "Immediate Subsequent Recipient",
    "Input or Output",
    "Transformation ID",
    "Reference Document Type",
    "Reference Document Number",
    "Commodity and Variety",
    "Farm",
    "Harvest Date",
};

// A row by the titles that it fills; the rest is blank.
Cells row(const std::vector<std::pair<std::string_view, std::string>>& filled) {
    Cells cells(kTitles.size());
    for (const auto& [title, text] : filled) {
        const auto found = std::ranges::find(kTitles, title);
        EXPECT_NE(found, kTitles.end()) << title;
        cells.at(static_cast<std::size_t>(found - kTitles.begin())) = text;
    }
    return cells;
}

class WideLineTest : public ::testing::Test {
protected:
    model::Event event(const std::vector<std::pair<std::string_view, std::string>>& filled) {
        return event_of(read(reader_, row(filled))).event;
    }

    LineReader reader_ = reader_of(kTitles, SheetKind::kWide);
};

TEST_F(WideLineTest, IsKnownByItsTitlesInBothLanguages) {
    EXPECT_EQ(map_columns(kTitles, std::nullopt, {})->sheet().kind, SheetKind::kWide);
    Cells chinese;
    for (const ColumnTitle& title : sheet_of(SheetKind::kWide).columns) {
        chinese.emplace_back(title.zh);
    }
    const auto map = map_columns(chinese, std::nullopt, {});
    ASSERT_TRUE(map) << map.error().message();
    EXPECT_EQ(map->sheet().kind, SheetKind::kWide);
    // The second row of titles is no line.
    LineReader reader = reader_of(kTitles, SheetKind::kWide);
    EXPECT_TRUE(read(reader, row({{"Critical Tracking Event", "关键追溯事件"}})).is_skipped);
}

TEST_F(WideLineTest, ReceivingAndShippingAreWhatTheirSheetsMakeOfThem) {
    const model::Event received = event({
        {"Critical Tracking Event", "Receiving"},
        {"Traceability Lot Code", "TLC-7"},
        {"Quantity", "10"},
        {"Unit of Measure", "kg"},
        {"Date", "2026-03-02"},
        {"Location", "Store 1"},
        {"Immediate Previous Source Description", "North Farm"},
        {"Reference Document Type", "BOL"},
        {"Reference Document Number", "B-1"},
    });
    EXPECT_EQ(received.biz_step, "receiving");
    EXPECT_EQ(received.items.at(0).code, "https://ns.suyuan.example/code/TLC-7");
    EXPECT_EQ(received.items.at(0).quantity->unit, "KGM");
    EXPECT_EQ(received.precision, model::TimePrecision::kDay);
    EXPECT_EQ(received.papers.at(0).type, "bol");
    ASSERT_FALSE(received.sources.empty());
    EXPECT_NE(received.sources[0].id.find("North%20Farm"), std::string::npos);

    const model::Event shipped = event({
        {"Critical Tracking Event", "发货"},
        {"Traceability Lot Code", "TLC-7"},
        {"Date", "2026-03-03"},
        {"Location", "Store 1"},
        {"Immediate Subsequent Recipient", "https://id.gs1.org/414/6901234500029"},
    });
    EXPECT_EQ(shipped.biz_step, "shipping");
    EXPECT_FALSE(shipped.items.at(0).quantity);
    EXPECT_EQ(shipped.destinations.at(0).id, "https://id.gs1.org/414/6901234500029");
}

TEST_F(WideLineTest, ATransformationIsItsRows) {
    const auto part = [&](const std::string& role) {
        return event({
            {"Critical Tracking Event", "Transformation"},
            {"Traceability Lot Code", "TLC-" + role},
            {"Quantity", "10"},
            {"Unit of Measure", "kg"},
            {"Date", "2026-03-02"},
            {"Input or Output", role},
            {"Transformation ID", "T-1"},
        });
    };
    EXPECT_EQ(part("input").transformation_id, part("output").transformation_id);
    EXPECT_EQ(part("input").items.at(0).role, model::ItemRole::kInput);
    EXPECT_EQ(part("output").items.at(0).role, model::ItemRole::kOutput);
}

TEST_F(WideLineTest, WhatWasPackedIsMadeOfTheHarvestThatTheRowNames) {
    const model::Event harvested = event({
        {"Critical Tracking Event", "Harvesting"},
        {"Quantity", "100"},
        {"Unit of Measure", "kg"},
        {"Date", "2026-03-01"},
        {"Commodity and Variety", "Cucumber"},
        {"Farm", "Farm 3"},
    });
    EXPECT_EQ(harvested.action, model::EventAction::kAdd);
    const model::Event cooled = event({
        {"Critical Tracking Event", "Cooling"},
        {"Quantity", "100"},
        {"Unit of Measure", "kg"},
        {"Date", "2026-03-02"},
        {"Commodity and Variety", "Cucumber"},
        {"Farm", "Farm 3"},
        {"Harvest Date", "2026-03-01"},
    });
    EXPECT_EQ(cooled.items.at(0).code, harvested.items.at(0).code);
    EXPECT_EQ(cooled.biz_step, "storing");
    const model::Event packed = event({
        {"Critical Tracking Event", "Initial Packing"},
        {"Traceability Lot Code", "TLC-9"},
        {"Quantity", "95"},
        {"Unit of Measure", "kg"},
        {"Date", "2026-03-02"},
        {"Commodity and Variety", "Cucumber"},
        {"Farm", "Farm 3"},
        {"Harvest Date", "2026-03-01"},
    });
    EXPECT_EQ(packed.kind, model::EventKind::kTransformation);
    ASSERT_EQ(packed.items.size(), 2U);
    EXPECT_EQ(packed.items[0].code, harvested.items.at(0).code);
    EXPECT_EQ(packed.items[1].code, "https://ns.suyuan.example/code/TLC-9");
}

TEST_F(WideLineTest, LandedAndPackedGoodsComeToBe) {
    for (const std::string_view step : {"First land-based receiving", "Initial packing"}) {
        const model::Event made = event({
            {"Critical Tracking Event", std::string(step)},
            {"Traceability Lot Code", "TLC-4"},
            {"Quantity", "10"},
            {"Unit of Measure", "kg"},
            {"Date", "2026-03-02"},
        });
        EXPECT_EQ(made.action, model::EventAction::kAdd) << step;
    }
}

TEST_F(WideLineTest, WhatIsNoTrackingEventIsTold) {
    const Line line =
        read(reader_, row({{"Critical Tracking Event", "Cooking"}, {"Date", "2026-03-02"}}), 7);
    ASSERT_EQ(line.faults.size(), 1U);
    EXPECT_EQ(line.faults[0].column, "Critical Tracking Event");
    EXPECT_EQ(line.faults[0].value, "Cooking");
    EXPECT_TRUE(line.events.empty());
}

}  // namespace
}  // namespace suyuan::service
