// SPDX-License-Identifier: Apache-2.0
//
// Goal: what docs/epcis-mapping.md says of containers, processes, claims, quantities and the rest
// of an event holds, sentence by sentence. Method: tables of clauses and the text of their facts
// (interpret_testing.h), in the order of the page. How our own fields are read from JSON is held by
// codec/epcis_own_fields_test.cc; what declarations void, by event_graph_test.cc.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/format.h"
#include "graph/fact.h"
#include "graph/interpret.h"
#include "graph/interpret_testing.h"
#include "model/event.h"
#include "model/instant.h"

namespace suyuan::graph {
namespace {

using enum model::EventAction;
using enum model::EventKind;
using model::Event;
using model::ItemRole;
using Names = std::vector<std::string>;

Clause crate() {
    return thing("crate", ItemRole::kParent);
}

Clause child(std::string_view code) {
    return lot(code, ItemRole::kChild);
}

Clause input(std::string_view code) {
    return lot(code, ItemRole::kInput);
}

Clause output(std::string_view code) {
    return lot(code, ItemRole::kOutput);
}

Clause process(std::string_view id) {
    return set(&Event::transformation_id, id);
}

Clause lot_number(std::string_view text) {
    return set(&Event::lot_text, text);
}

Clause list(Names Event::* field, const Names& entries) {
    return [=](Event& event) { event.*field = entries; };
}

TEST(InterpretTest, AnAggregationPacksAndUnpacksEachChild) {
    expect_all(
        kAggregation,
        kAdd,
        {
            {{crate(), child("figs"), child("nuts"), at("farm")},
             "pack figs into crate at (farmer)@farm; pack nuts into crate at (farmer)@farm; "
             "sight crate 1 at (farmer)@farm"},
            {{crate()}, "sight crate 1 at ?@?"},
            {{child("figs")}, "sight figs at ?@?"},
        }
    );
    expect_all(
        kAggregation,
        kDelete,
        {
            {{crate(), child("figs"), child("nuts")},
             "unpack figs from crate at ?@?; unpack nuts from crate at ?@?; sight crate 1 at ?@?"},
            {{crate()}, "unpack all crate at ?@?; sight crate 1 at ?@?"},
            {{child("figs")}, "sight figs at ?@?"},
        }
    );
    expect_all(
        kAggregation,
        kObserve,
        {
            {{crate(), child("figs")},
             "sight figs at ?@?; pack figs into crate at ?@?; sight crate 1 at ?@?"},
            {{crate()}, "sight crate 1 at ?@?"},
            {{child("figs")}, "sight figs at ?@?"},
        }
    );
}

TEST(InterpretTest, AnAggregationThatMovesMovesItsParent) {
    expect_all(
        kAggregation,
        kAdd,
        {
            {{crate(),
              child("figs"),
              step("shipping"),
              at("yard"),
              from(kLocation, "farm"),
              to(kOwning, "zhao")},
             "pack figs into crate at (farmer)@farm; depart crate 1 at (farmer)@farm to zhao@?"},
            {{crate(),
              child("figs"),
              step("receiving"),
              at("farm"),
              read_at("gate"),
              from(kOwning, "wang")},
             "pack figs into crate at (farmer)@farm; arrive crate 1 at (farmer)@farm from wang@?"},
            {{child("figs"), step("shipping"), from(kLocation, "farm")},
             "sight figs at (farmer)@farm"},
        }
    );
}

TEST(InterpretTest, NoOtherStepOfAnAggregationMattersButHolding) {
    for (const std::string_view name : {"retail_selling", "destroying", "stock_taking"}) {
        expect_all(
            kAggregation,
            kAdd,
            {{{crate(), child("figs"), step(name)},
              "pack figs into crate at ?@?; sight crate 1 at ?@?"}}
        );
    }
    const std::string blocked =
        "pack figs into crate at ?@?; block figs at ?@?; sight crate 1 at ?@?; block crate at ?@?";
    expect_all(
        kAggregation,
        kAdd,
        {
            {{crate(), child("figs"), step("holding")}, blocked},
            {{crate(), child("figs"), state("recalled")}, blocked},
            {{crate(), state("recalled"), step("shipping")}, "depart back crate 1 at ?@? to ?@?"},
        }
    );
}

TEST(InterpretTest, AnAssociationIsASightOfEveryItem) {
    for (const auto action : {kAdd, kObserve, kDelete}) {
        expect_all(
            kAssociation,
            action,
            {{{crate(), thing("logger", ItemRole::kChild), step("shipping"), at("farm")},
              "sight crate 1 at (farmer)@farm; sight logger 1 at (farmer)@farm"}}
        );
    }
}

TEST(InterpretTest, ATransformationTakesInputsAndMakesOutputs) {
    expect_all(
        kTransformation,
        kNone,
        {
            {{input("figs"), input("nuts"), output("cake"), at("farm")},
             "input figs at (farmer)@farm; input nuts at (farmer)@farm; "
             "output cake at (farmer)@farm"},
            {{input("figs"), output("cake"), step("shipping"), owner("li")},
             "input figs at li@?; output cake at li@?"},
            {{input("figs"), process("P-1")}, "input figs at ?@?"},
            {{output("cake"), process("P-1")}, "output cake at ?@?"},
            {{input("figs"), output("cake"), state("recalled")},
             "input figs at ?@?; output cake at ?@?; block cake at ?@?"},
            {{input("figs"), output("cake"), state("available")},
             "input figs at ?@?; output cake at ?@?; release cake at ?@?"},
            {{input("figs"), output("cake"), step("holding")},
             "input figs at ?@?; output cake at ?@?; block cake at ?@?"},
        }
    );
}

TEST(InterpretTest, AProcessIsNamedByItsTransformationIdElseTheEventIsOne) {
    const Interpretation named =
        interpreted(event_of(kTransformation, kNone, {input("figs"), process("P-1")}));
    EXPECT_EQ(name_of(named.event.process, named.names.processes), "P-1");
    const Interpretation alone =
        interpreted(event_of(kTransformation, kNone, {input("figs"), output("cake")}));
    EXPECT_EQ(alone.event.process, ProcessId());
}

TEST(InterpretTest, AProcessIsContinuousIfItSaysSo) {
    const Clause overlaps = [](Event& event) { event.is_continuous = true; };
    EXPECT_TRUE(interpreted(event_of(kTransformation, kNone, {overlaps})).event.is_continuous);
    EXPECT_FALSE(interpreted(event_of(kTransformation, kNone, {})).event.is_continuous);
}

TEST(InterpretTest, AnOutputMappingNamesTheInputsOfAnOutput) {
    Clauses said = {input("figs"), input("nuts"), output("cake")};
    EXPECT_TRUE(interpreted(event_of(kTransformation, kNone, said)).event.mappings.empty());
    said.emplace_back([](Event& event) { event.output_mapping = {{"cake", {"nuts", "milk"}}}; });
    const Interpretation result = interpreted(event_of(kTransformation, kNone, said));
    ASSERT_EQ(result.event.mappings.size(), 1U);
    const auto& [made, inputs] = result.event.mappings.front();
    const auto uri = [&](ItemId item) { return result.names.items.at(item.value() - 1).uri; };
    EXPECT_EQ(uri(made), "cake");
    ASSERT_EQ(inputs.size(), 2U);
    EXPECT_EQ(uri(inputs[0]), "nuts");
    EXPECT_EQ(uri(inputs[1]), "milk") << "which another event of the process put in";
}

TEST(InterpretTest, AnInstanceIsPartOfTheLotThatItsIlmdNames) {
    const std::string seven(kInstanceUri);
    const std::string part = format("part {} of {} at (farmer)@farm", kInstanceUri, kLotUri);
    const Clause here = at("farm");
    expect_all(
        kObject,
        kAdd,
        {
            {{thing(kInstanceUri), lot_number("L1"), here},
             format("create {} 1 at (farmer)@farm; {}", seven, part)},
            {{thing(kInstanceUri)}, format("create {} 1 at ?@?", seven)},
            {{thing("urn:x:apple"), lot_number("L1")}, "create urn:x:apple 1 at ?@?"},
            {{lot(kLotUri), lot_number("L1")}, format("create {} at ?@?", kLotUri)},
        }
    );
    expect_all(
        kTransformation,
        kNone,
        {
            {{input("figs"), thing(kInstanceUri, ItemRole::kOutput), lot_number("L1"), here},
             format("input figs at (farmer)@farm; output {} 1 at (farmer)@farm; {}", seven, part)},
            {{thing(kInstanceUri, ItemRole::kInput), output("cake"), lot_number("L1")},
             format("input {} 1 at ?@?; output cake at ?@?", seven)},
        }
    );
}

TEST(InterpretTest, TheOneItemOfAnEventIsTheSameAsTheCodesListed) {
    const Clause same = list(&Event::same_as, {"pears", "plums"});
    const Clause not_same = list(&Event::not_same_as, {"pears"});
    expect_of_apples({
        {{same}, "same apples as pears at ?@?; same apples as plums at ?@?"},
        {{not_same}, "not same apples as pears at ?@?"},
        {{not_same, at("farm")},
         "sight apples at (farmer)@farm; not same apples as pears at (farmer)@farm"},
        {{same, not_same, lot("figs"), at("farm")},
         "sight figs at (farmer)@farm; sight apples at (farmer)@farm"},
    });
}

TEST(InterpretTest, QuantitiesAreInTheBaseUnitOfTheirDimension) {
    struct Row {
        std::string_view number;
        std::string_view unit;
        std::string_view text;
    };

    constexpr std::array<Row, 10> kRows = {{
        {"5", "KGM", "5 KGM"},
        {"1500", "GRM", "1.5 KGM"},
        {"2", "TNE", "2000 KGM"},
        {"3", "斤", "1.5 KGM"},
        {"250", "MLT", "0.25 LTR"},
        {"1", "MTQ", "1000 LTR"},
        {"4", "", "4"},
        {"4", "EA", "4"},
        {"2", "DZN", "24"},
        {"7", "XBX", "7 XBX"},  // a unit without a known factor is its own
    }};
    for (const Row& row : kRows) {
        expect_all(
            kObject,
            kObserve,
            {{{amount("figs", row.number, row.unit)}, format("sight figs {} at ?@?", row.text)}}
        );
    }
}

TEST(InterpretTest, WithoutAQuantityOneThingIsOnePieceAndALotHasNone) {
    const std::string product = "https://id.gs1.org/01/04012345123456";
    const std::string pallet = "https://id.gs1.org/00/140123452345678909";
    expect_all(
        kObject,
        kObserve,
        {
            {{thing(kInstanceUri)}, format("sight {} 1 at ?@?", kInstanceUri)},
            {{thing(pallet)}, format("sight {} 1 at ?@?", pallet)},
            {{lot(kLotUri)}, format("sight {} at ?@?", kLotUri)},
            {{lot(product)}, format("sight {} at ?@?", product)},
        }
    );
}

TEST(InterpretTest, PapersAreAllKeptAndFourTypesLink) {
    const Interpretation result = interpreted(event_of(
        kObject,
        kObserve,
        {paper("po", "1"),
         paper("desadv", "2"),
         paper("recadv", "3"),
         paper("bol", "4"),
         paper("rma", "5"),
         paper("inv", "6"),
         paper("", "7")}
    ));
    const auto texts = [&](const std::vector<PaperId>& papers) {
        std::string text;
        for (const PaperId id : papers) {
            text += name_of(id, result.names.papers);
        }
        return text;
    };
    EXPECT_EQ(texts(result.event.papers), "1234567");
    EXPECT_EQ(texts(result.event.linking_papers), "2345");
}

TEST(InterpretTest, VehiclesAndPeopleAreNoted) {
    const Interpretation result = interpreted(event_of(
        kObject,
        kObserve,
        {list(&Event::vehicles, {"京A12345", "京B67890"}), list(&Event::people, {"staff-17"})}
    ));
    EXPECT_EQ(result.names.vehicles, (Names{"京A12345", "京B67890"}));
    EXPECT_EQ(result.names.people, Names{"staff-17"});
    EXPECT_EQ(result.event.vehicles, (std::vector{VehicleId(1), VehicleId(2)}));
    EXPECT_EQ(result.event.people, std::vector{PersonId(1)});
}

TEST(InterpretTest, TimeIsAMomentALocalDayOrUnknown) {
    Event event;
    event.event_time = model::parse_instant("2026-01-05T09:30:00+08:00").value().moment;
    event.offset_minutes = 480;
    EXPECT_EQ(interpreted(event).event.time, model::exactly(event.event_time));
    event.precision = model::TimePrecision::kDay;
    const model::TimeInterval day = interpreted(event).event.time;
    EXPECT_EQ(model::format_instant(day.first, 480), "2026-01-05T00:00:00+08:00");
    EXPECT_EQ(model::format_instant(day.last + 1, 480), "2026-01-06T00:00:00+08:00");
    event.precision = model::TimePrecision::kUnknown;
    EXPECT_EQ(interpreted(event).event.time, model::TimeInterval());
}

TEST(InterpretTest, AnErrorDeclarationHasNoFactsAndItsCorrectionIsAnOrdinaryEvent) {
    Event event = event_of(kObject, kAdd, {lot("figs"), step("shipping"), paper("bol", "1")});
    event.event_id = "urn:uuid:corrected";
    const Interpretation correction = interpreted(event);
    EXPECT_FALSE(correction.event.is_error_declaration);
    EXPECT_EQ(correction.event.facts.size(), 2U);
    event.event_id = "urn:uuid:wrong";
    event.error = {.declared_at = 1, .reason = "", .corrective_event_ids = {"urn:uuid:corrected"}};
    const Interpretation declaration = interpreted(event);
    EXPECT_TRUE(declaration.event.is_error_declaration);
    EXPECT_TRUE(declaration.event.facts.empty());
}

}  // namespace
}  // namespace suyuan::graph
