// SPDX-License-Identifier: Apache-2.0
//
// Goal: what docs/epcis-mapping.md says of codes, of who and where, and of Object and Transaction
// events holds, row by row.
// Method: tables of clauses and the text of their facts (interpret_testing.h), in the order of the
// page.

#include "graph/interpret.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "graph/interpret_testing.h"
#include "model/code.h"
#include "model/event.h"

namespace suyuan::graph {
namespace {

using enum model::EventAction;
using enum model::EventKind;
using model::Event;
using model::ItemRole;

Clause clean_break() {
    return [](Event& event) { event.is_clean_break = true; };
}

TEST(InterpretTest, CodesAreInTheirCanonicalSpellingAndOfTheirKind) {
    using enum model::CodeKind;

    struct Row {
        std::string_view code;
        std::string_view uri;
        model::CodeKind kind;
    };

    const std::vector<Row> rows = {
        {"urn:epc:class:lgtin:4012345.012345.L1", kLotUri, kLot},
        {"urn:epc:idpat:sgtin:4012345.012345.*", "https://id.gs1.org/01/04012345123456", kClass},
        {"https://example.com/01/04012345123456", "https://id.gs1.org/01/04012345123456", kClass},
        {"urn:epc:id:sgtin:4012345.012345.7", kInstanceUri, kInstance},
        {"urn:epc:id:giai:4012345.A1", "https://id.gs1.org/8004/4012345A1", kInstance},
        {"urn:epc:id:sscc:4012345.1234567890",
         "https://id.gs1.org/00/140123452345678902",
         kContainer},
        {"urn:epc:id:grai:4012345.12345.9", "https://id.gs1.org/8003/040123451234569", kContainer},
    };
    for (const Row& row : rows) {
        const auto items = interpreted(event_of(kObject, kObserve, {thing(row.code)})).names.items;
        ASSERT_EQ(items.size(), 1U) << row.code;
        EXPECT_EQ(items[0].uri, row.uri);
        EXPECT_EQ(items[0].kind, row.kind) << row.code;
    }
    expect_all(kObject, kObserve, {{{thing("urn:x:Any-1")}, "sight urn:x:Any-1 1 at ?@?"}});
}

TEST(InterpretTest, AParentIsAlwaysAContainer) {
    for (const Clauses& said :
         {Clauses{thing("urn:epc:id:sgtin:4012345.012345.7", ItemRole::kParent)},
          Clauses{lot("box", ItemRole::kChild), thing("box", ItemRole::kParent)}}) {
        const auto items = interpreted(event_of(kAggregation, kAdd, said)).names.items;
        ASSERT_EQ(items.size(), 1U);
        EXPECT_EQ(items[0].kind, model::CodeKind::kContainer) << items[0].uri;
    }
}

TEST(InterpretTest, SitesAreTheFirstThatIsNamed) {
    const Clause ship = step("shipping");
    const Clause receive = step("receiving");
    const Clause from_farm = from(kLocation, "farm");
    const Clause to_market = to(kLocation, "market");
    expect_of_apples({
        {{ship, from_farm, read_at("gate"), at("yard")}, "depart apples at (farmer)@farm to ?@?"},
        {{ship, read_at("gate"), at("yard")}, "depart apples at (site:gate)@gate to ?@?"},
        {{ship, at("yard")}, "depart apples at (site:yard)@yard to ?@?"},
        {{ship, at("farm"), to_market}, "depart apples at (farmer)@farm to ?@market"},
        {{receive, at("farm"), to_market, read_at("gate")},
         "arrive apples at (farmer)@farm from ?@?"},
        {{receive, to_market, read_at("gate")}, "arrive apples at (site:market)@market from ?@?"},
        {{receive, read_at("gate")}, "arrive apples at (site:gate)@gate from ?@?"},
        {{receive, at("market"), from_farm}, "arrive apples at (site:market)@market from ?@farm"},
        {{at("farm"), read_at("gate")}, "sight apples at (farmer)@farm"},
        {{read_at("gate")}, "sight apples at (site:gate)@gate"},
        {{from_farm, to_market}, "sight apples at ?@?"},
    });
}

TEST(InterpretTest, OwnersOfShipmentsAreTheFirstThatIsNamed) {
    const Clause ship = step("shipping");
    const Clause receive = step("receiving");
    expect_of_apples({
        {{ship, at("farm"), from(kPossessing, "carrier"), from(kOwning, "wang"), owner("li")},
         "depart apples at wang@farm to ?@?"},
        {{ship, at("farm"), from(kPossessing, "carrier"), owner("li")},
         "depart apples at carrier@farm to ?@?"},
        {{ship, at("farm"), owner("li")}, "depart apples at li@farm to ?@?"},
        {{ship, at("farm"), to(kPossessing, "depot"), to(kOwning, "zhao")},
         "depart apples at (farmer)@farm to zhao@?"},
        {{ship, at("farm"), to(kPossessing, "depot")}, "depart apples at (farmer)@farm to depot@?"},
        {{receive, at("farm"), to(kPossessing, "depot"), to(kOwning, "zhao"), owner("li")},
         "arrive apples at zhao@farm from ?@?"},
        {{receive, at("farm"), to(kPossessing, "depot"), owner("li")},
         "arrive apples at depot@farm from ?@?"},
        {{receive, at("farm"), owner("li")}, "arrive apples at li@farm from ?@?"},
        {{receive, at("farm"), from(kPossessing, "carrier"), from(kOwning, "wang")},
         "arrive apples at (farmer)@farm from wang@?"},
        {{receive, at("farm"), from(kPossessing, "carrier")},
         "arrive apples at (farmer)@farm from carrier@?"},
    });
}

TEST(InterpretTest, OwnersOfAnythingElseAreTheFirstThatIsNamed) {
    expect_of_apples({
        {{at("farm"), to(kOwning, "zhao"), from(kOwning, "wang"), owner("li")},
         "sight apples at li@farm"},
        {{at("farm"), to(kOwning, "zhao"), from(kOwning, "wang")}, "sight apples at wang@farm"},
        {{at("farm"), to(kOwning, "zhao")}, "sight apples at zhao@farm"},
        {{at("farm"), from(kPossessing, "wang")}, "sight apples at (farmer)@farm"},
    });
}

TEST(InterpretTest, TheOwnerByDefaultIsTheOperatorOfTheSiteAStubOrUnknown) {
    expect_of_apples({
        {{at("farm")}, "sight apples at (farmer)@farm"},
        {{at("yard")}, "sight apples at (site:yard)@yard"},
        {{}, "sight apples at ?@?"},
        {{owner("li")}, "sight apples at li@?"},
        {{step("shipping")}, "depart apples at ?@? to ?@?"},
    });
}

TEST(InterpretTest, AShipmentLeavesThePlaceNotItsDock) {
    const Clause dock = set(&Event::read_point, "urn:epc:id:sgln:6909999.00001.dock7");
    const std::string place = "https://id.gs1.org/414/6909999000012";
    expect_of_apples({
        {{step("shipping"), dock, at("urn:epc:id:sgln:6909999.00001.0"), owner("li")},
         "depart apples at li@" + place + " to ?@?"},
        {{step("shipping"), dock, at("urn:epc:id:sgln:6909999.00001.room5"), owner("li")},
         "depart apples at li@" + place + "/254/room5 to ?@?"},
        {{step("shipping"), dock, at("urn:epc:id:sgln:6909999.00002.0"), owner("li")},
         "depart apples at li@" + place + " to ?@?"},
    });
}

TEST(InterpretTest, AReadPointOfAGlnStandsForTheSiteOfThatGln) {
    const std::string place = "https://id.gs1.org/414/6909999000012";
    const std::string sight = "sight apples at li@" + place;
    for (const std::string& spelling :
         {std::string("urn:epc:id:sgln:6909999.00001.dock7"),
          place + "/254/dock7",
          std::string("urn:epc:id:sgln:6909999.00001.0"),
          place}) {
        const Clause gate = read_at(spelling);
        const Clause owned = owner("li");
        expect_of_apples({
            {{step("shipping"), gate, owned}, "depart apples at li@" + place + " to ?@?"},
            {{step("receiving"), gate, owned}, "arrive apples at li@" + place + " from ?@?"},
            {{step("receiving"), gate, at("farm"), owned}, "arrive apples at li@farm from ?@?"},
            {{step("receiving"), gate, to(kLocation, place + "/254/room5"), owned},
             "arrive apples at li@" + place + "/254/room5 from ?@?"},
            {{step("void_shipping"), gate, owned}, sight},
            {{step("inspecting"), gate, owned}, sight},
            {{at(place + "/254/room5"), gate, owned}, sight + "/254/room5"},
            {{step("retail_selling"), gate, owned}, "sink sold apples at li@" + place},
        });
    }
}

TEST(InterpretTest, WhoRunsTheDockRunsTheSiteThatItStandsFor) {
    const std::string place = "https://id.gs1.org/414/6909999000012";
    const auto owner_of = [&](const std::string& registered) {
        const Interpretation result = interpret(
            event_of(kObject, kObserve, {lot("apples"), read_at(place + "/254/dock7")}),
            [&](std::string_view site) {
                return site == registered ? std::optional<std::string>("farmer") : std::nullopt;
            }
        );
        return result.names.operators.at(0);
    };
    EXPECT_EQ(owner_of(place), "farmer");
    EXPECT_EQ(owner_of(place + "/254/dock7"), "farmer");
    EXPECT_EQ(owner_of("elsewhere"), "site:" + place);
}

TEST(InterpretTest, TheCustodianIsWhoeverHoldsTheGoodsOfAnother) {
    struct Row {
        Clauses said;
        std::string_view custodian;
    };

    const Clause owned = owner("li");
    const Clause held = set(&Event::custodian, "depot");
    const std::vector<Row> rows = {
        {{owned, held, from(kPossessing, "carrier")}, "depot"},
        {{owned, set(&Event::custodian, "li")}, "li"},
        {{owned, from(kPossessing, "carrier")}, "carrier"},
        {{owned, to(kPossessing, "carrier")}, "carrier"},
        {{owned, from(kPossessing, "li")}, "?"},
        {{owned}, "?"},
    };
    for (const Row& row : rows) {
        const Interpretation result = interpreted(event_of(kObject, kObserve, row.said));
        EXPECT_EQ(name_of(result.event.custodian, result.names.operators), row.custodian);
    }
}

TEST(InterpretTest, AStepOfAnObservedObjectHasItsFact) {
    const std::string depart = "depart apples at (farmer)@farm to ?@?";
    const std::string arrive = "arrive apples at (farmer)@farm from ?@?";
    const std::string sold = "sink sold apples at (farmer)@farm";
    const std::string destroyed = "sink destroyed apples at (farmer)@farm";
    const std::string sight = "sight apples at (farmer)@farm";
    const Clause here = at("farm");
    expect_of_apples({
        {{here, step("shipping")}, depart},
        {{here, step("departing")}, depart},
        {{here, step("consigning")}, depart},
        {{here, step("receiving")}, arrive},
        {{here, step("arriving")}, arrive},
        {{here, step("accepting")}, arrive},
        {{here, step("retail_selling")}, sold},
        {{here, step("dispensing")}, sold},
        {{here, step("destroying")}, destroyed},
        {{here, step("decommissioning")}, destroyed},
        {{here, step("stock_taking")}, sight},
        {{here, step("cycle_counting")}, sight},
        {{here, step("holding")}, "sight apples at (farmer)@farm; block apples at ?@farm"},
        {{here, step("inspecting")}, sight},
        {{here, step("https://example.com/steps/shipping")}, sight},
        {{here}, sight},
    });
    expect_all(
        kObject,
        kObserve,
        {
            {{amount("apples", "5", "KGM"), step("stock_taking")}, "count apples 5 KGM at ?@?"},
            {{amount("apples", "0", "KGM"), step("cycle_counting")}, "count apples 0 KGM at ?@?"},
            {{thing("apple"), step("stock_taking")}, "sight apple 1 at ?@?"},
        }
    );
}

TEST(InterpretTest, OurOwnSinkAndCleanBreakGoBeforeTheStep) {
    const auto sink = [](std::string_view kind) { return set(&Event::sink, kind); };
    expect_of_apples({
        {{sink("sold")}, "sink sold apples at ?@?"},
        {{sink("used"), step("shipping")}, "sink used apples at ?@?"},
        {{sink("destroyed"), step("receiving")}, "sink destroyed apples at ?@?"},
        {{sink("left"), step("retail_selling")}, "sink left apples at ?@?"},
        {{clean_break(), at("farm")}, "clean break apples at (farmer)@farm"},
        {{clean_break(), step("shipping")}, "clean break apples at ?@?"},
    });
}

TEST(InterpretTest, AnAddedObjectIsCreatedBeforeItsStepUnlessItArrives) {
    expect_all(
        kObject,
        kAdd,
        {
            {{lot("apples"), step("commissioning")}, "create apples at ?@?"},
            {{lot("apples"), step("shipping")}, "create apples at ?@?; depart apples at ?@? to ?@?"
            },
            {{lot("apples"), step("retail_selling")},
             "create apples at ?@?; sink sold apples at ?@?"},
            {{lot("apples"), thing("apple")}, "create apples at ?@?; create apple 1 at ?@?"},
            {{lot("apples"), step("receiving")}, "arrive apples at ?@? from ?@?"},
            {{lot("apples"), step("accepting"), from(kOwning, "wang")},
             "arrive apples at ?@? from wang@?"},
        }
    );
}

TEST(InterpretTest, ADeletedObjectIsUsedUnlessItsStepSaysMore) {
    expect_all(
        kObject,
        kDelete,
        {
            {{lot("apples")}, "sink used apples at ?@?"},
            {{lot("apples"), step("shipping")}, "depart apples at ?@? to ?@?"},
            {{lot("apples"), step("decommissioning")}, "sink destroyed apples at ?@?"},
        }
    );
}

TEST(InterpretTest, ATransactionMeansTheSameWhateverItsAction) {
    for (const auto action : {kAdd, kObserve, kDelete}) {
        expect_all(
            kTransaction,
            action,
            {
                {{lot("apples")}, "sight apples at ?@?"},
                {{lot("apples"), step("shipping")}, "depart apples at ?@? to ?@?"},
                {{lot("apples"), step("dispensing")}, "sink sold apples at ?@?"},
            }
        );
    }
}

TEST(InterpretTest, AVoidedShipmentIsSeenWhereItWouldHaveLeft) {
    const Clause voids = step("void_shipping");
    expect_of_apples({
        {{voids, from(kLocation, "farm"), read_at("gate"), at("market")},
         "sight apples at (farmer)@farm"},
        {{voids, from(kLocation, "farm"), to(kLocation, "market"), to(kOwning, "zhao")},
         "sight apples at (farmer)@farm"},
        {{voids, at("farm"), from(kPossessing, "wang")}, "sight apples at wang@farm"},
    });
}

TEST(InterpretTest, DispositionsBlockAndRelease) {
    const std::string block = "sight apples at li@farm; block apples at li@farm";
    const std::string release = "sight apples at li@farm; release apples at li@farm";
    const Clause here = at("farm");
    const Clause owned = owner("li");
    expect_of_apples({
        {{here, owned, state("recalled")}, block},
        {{here, owned, state("non_sellable_other")}, block},
        {{here, owned, state("non_sellable_expired")}, block},
        {{here, owned, state("non_sellable_damaged")}, block},
        {{here, owned, state("non_sellable_disposition")}, block},
        {{here, owned, state("non_sellable_no_pedigree_match")}, block},
        {{here, owned, state("sellable_accessible")}, release},
        {{here, owned, state("sellable_not_accessible")}, release},
        {{here, owned, state("available")}, release},
        {{here, owned, state("in_progress")}, "sight apples at li@farm"},
        {{step("receiving"), state("recalled")},
         "arrive apples at ?@? from ?@?; block apples at ?@?"},
    });
}

TEST(InterpretTest, AReturnIsADepartureThatAddsNoBlockOrItsReceipt) {
    const Clause ship = step("shipping");
    const std::string back = "depart back apples at ?@? to ?@?";
    expect_of_apples({
        {{ship, state("recalled")}, back},
        {{ship, state("non_sellable_damaged")}, back},
        {{ship, state("returned")}, back},
        {{ship, paper("rma", "RMA-1")}, back},
        {{ship, paper("po", "PO-1"), state("in_transit")}, "depart apples at ?@? to ?@?"},
        {{step("receiving"), state("returned")}, "arrive back apples at ?@? from ?@?"},
        {{step("receiving"), paper("rma", "RMA-1")}, "arrive back apples at ?@? from ?@?"},
    });
}

}  // namespace
}  // namespace suyuan::graph
