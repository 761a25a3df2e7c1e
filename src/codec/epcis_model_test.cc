// SPDX-License-Identifier: Apache-2.0
//
// Goal: the model holds what an event says. Method: small events, field by field.

#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "codec/epcis_json.h"
#include "codec/epcis_testing.h"
#include "codec/json.h"
#include "model/event.h"
#include "model/instant.h"

namespace suyuan::codec {
namespace {

TEST(EpcisModelTest, FillsTheModel) {
    const EpcisDocument document = read_one(parse_json(kObjectEvent).value());
    ASSERT_EQ(document.events.size(), 1U);
    const model::Event& event = document.events.front().event;
    EXPECT_EQ(event.kind, model::EventKind::kObject);
    EXPECT_EQ(event.action, model::EventAction::kAdd);
    EXPECT_EQ(event.event_id, "urn:uuid:7f0e1d5e-6f3c-4b6a-9c52-2f1f6f5f3a11");
    EXPECT_EQ(event.event_time, model::parse_instant("2026-01-05T00:00:00Z").value().moment);
    EXPECT_EQ(event.offset_minutes, 480);
    EXPECT_EQ(event.biz_step, "commissioning");
    EXPECT_EQ(event.disposition, "active");
    EXPECT_EQ(event.read_point, "urn:epc:id:sgln:0614141.07346.1234");
    EXPECT_EQ(event.biz_location, "urn:epc:id:sgln:0614141.07346.0");
    EXPECT_EQ(event.lot_text, "L-77");
    ASSERT_EQ(event.items.size(), 5U);
    EXPECT_EQ(event.items[1].code, "urn:epc:id:sgtin:0614141.107346.2018");
    EXPECT_FALSE(event.items[1].is_class);
    EXPECT_EQ(event.items[1].role, model::ItemRole::kObject);
    EXPECT_TRUE(event.items[2].is_class);
    EXPECT_EQ(event.items[2].quantity.value().amount.millionths, 12'500'000);
    EXPECT_EQ(event.items[2].quantity.value().unit, "KGM");
    EXPECT_EQ(event.items[3].quantity.value().unit, "");
    EXPECT_FALSE(event.items[4].quantity.has_value());
    ASSERT_EQ(event.papers.size(), 2U);
    EXPECT_EQ(event.papers[0].type, "po");
    EXPECT_EQ(event.papers[1].type, "");
    EXPECT_EQ(event.sources.at(0).type, "owning_party");
    EXPECT_EQ(event.destinations.at(0).id, "urn:epc:id:sgln:4012345.00002.0");
    EXPECT_EQ(event.destinations.at(1).type, "https://ns.example.com/sdt/broker");
    ASSERT_TRUE(event.error.has_value());
    EXPECT_EQ(event.error.value().reason, "incorrect_data");
    EXPECT_EQ(event.error.value().corrective_event_ids.size(), 1U);
}

TEST(EpcisModelTest, FillsTheRolesOfItems) {
    using model::ItemRole;
    const auto roles = [](std::string_view text) {
        std::string result;
        const EpcisDocument document = read_one(parse_json(text).value());
        for (const model::EventItem& item : document.events.at(0).event.items) {
            constexpr std::string_view kLetters = "oPcio";
            result += kLetters.substr(static_cast<std::size_t>(item.role), 1);
        }
        return result;
    };
    EXPECT_EQ(roles(kAggregationEvent), "Pcc");
    EXPECT_EQ(roles(kAssociationEvent), "Pc");
    EXPECT_EQ(roles(kTransactionEvent), "Po");
    const Json transformation = parse_json(kTransformationEvent).value();
    const model::Event event = read_one(transformation).events.at(0).event;
    ASSERT_EQ(event.items.size(), 4U);
    EXPECT_EQ(event.items[0].role, ItemRole::kInput);
    EXPECT_EQ(event.items[1].role, ItemRole::kInput);
    EXPECT_EQ(event.items[2].role, ItemRole::kOutput);
    EXPECT_EQ(event.items[3].role, ItemRole::kOutput);
    EXPECT_EQ(event.transformation_id, "urn:epc:id:gdti:4012345.55555.1234");
    EXPECT_EQ(event.action, model::EventAction::kNone);
}

TEST(EpcisModelTest, ShortensTheTermsOfTheStandard) {
    Json event = edited(parse_json(kObjectEvent).value(), "/bizStep", R"("cbv:BizStep-shipping")");
    event = edited(event, "/disposition", R"("https://ref.gs1.org/cbv/Disp-in_transit")");
    event = edited(event, "/sourceList/0/type", R"("example:broker")");
    const model::Event read = read_one(event).events.at(0).event;
    EXPECT_EQ(read.biz_step, "shipping");
    EXPECT_EQ(read.disposition, "in_transit");
    EXPECT_EQ(read.sources.at(0).type, "https://ns.example.com/epcis/broker");
}

}  // namespace
}  // namespace suyuan::codec
