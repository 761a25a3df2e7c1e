// SPDX-License-Identifier: Apache-2.0
//
// Goal: equal events have equal hashes however they are written, and different events have not.
// Method: strings worked out by hand from CBV 2.0 section 8.9, then pairs of spellings.

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "codec/epcis_json.h"
#include "codec/epcis_testing.h"
#include "codec/json.h"

namespace suyuan::codec {
namespace {

Json value_of(std::string_view text) {
    return parse_json(text).value();
}

std::string prehash(const Json& event) {
    return event_prehash(event, value_of(kTestContext));
}

std::string prehash_with(std::string_view at, std::string_view value) {
    return prehash(edited(value_of(kObjectEvent), at, value));
}

TEST(EpcisHashTest, TakesTheFieldsInTheirOrder) {
    constexpr std::string_view kExpected =
        "eventType=ObjectEvent"
        "eventTime=2026-01-05T00:00:00.000Z"
        "eventTimeZoneOffset=+08:00"
        "certificationInfo=https://certificates.example.com/17"
        "epcList"
        "epc=https://id.gs1.org/01/10614141073464/21/2017"
        "epc=https://id.gs1.org/01/10614141073464/21/2018"
        "quantityList"
        "quantityElementepcClass=https://id.gs1.org/01/04012345123456/10/998877quantity=12.5uom=KGM"
        "quantityElementepcClass=https://id.gs1.org/01/04012345123456/10/998878"
        "quantityElementepcClass=https://id.gs1.org/01/04012345666663quantity=3"
        "action=ADD"
        "bizStep=https://ref.gs1.org/cbv/BizStep-commissioning"
        "disposition=https://ref.gs1.org/cbv/Disp-active"
        "persistentDisposition"
        "set=https://ref.gs1.org/cbv/Disp-completeness_verified"
        "unset=https://ref.gs1.org/cbv/Disp-completeness_inferred"
        "readPointid=https://id.gs1.org/414/0614141073467/254/1234"
        "{https://ns.example.com/epcis/}door=3"
        "bizLocationid=https://id.gs1.org/414/0614141073467"
        "sensorElementListsensorElement"
        "sensorMetadatatime=2026-01-04T23:55:00.000Z"
        "deviceID=https://id.gs1.org/8004/40123451"
        "bizRules=https://rules.example.com/cold"
        "{https://ns.example.com/epcis/}probe=left"
        "sensorReporttype=https://gs1.org/voc/Temperature"
        "exception=https://gs1.org/voc/ALARM_CONDITION"
        "value=3.9"
        "component=https://ref.gs1.org/cbv/Comp-x"
        "stringValue=cold"
        "booleanValue=true"
        "hexBinaryValue=f0F0"
        "uriValue=https://readings.example.com/1"
        "uom=CEL"
        "{https://ns.example.com/epcis/}note=ok"
        "{https://ns.example.com/epcis/}batch=7"
        "bizTransactionList"
        "bizTransaction=http://papers.example.com/x/2"
        "type=https://ref.gs1.org/cbv/BTT-pobizTransaction=http://papers.example.com/po/1"
        "destinationList"
        "type=https://ns.example.com/sdt/brokerdestination=https://id.gs1.org/417/4012345000030"
        "type=https://ref.gs1.org/cbv/SDT-locationdestination=https://id.gs1.org/414/4012345000023"
        "ilmd"
        "{https://ns.example.com/epcis/}gradecolour=green"
        "{urn:epcglobal:cbv:mda:}lotNumber=L-77"
        "sourceList"
        "type=https://ref.gs1.org/cbv/SDT-owning_partysource=https://id.gs1.org/417/4012345000016"
        "{https://ns.example.com/epcis/}remarktext=1text=a";
    EXPECT_EQ(prehash(value_of(kObjectEvent)), kExpected);
}

TEST(EpcisHashTest, TakesContainersBeforeContentsAndInputsBeforeOutputs) {
    EXPECT_EQ(
        prehash(value_of(kTransactionEvent)),
        "eventType=TransactionEvent"
        "eventTime=2026-01-05T00:00:00.000ZeventTimeZoneOffset=+08:00"
        "parentID=https://id.gs1.org/00/040123451111111257"
        "epcListepc=https://id.gs1.org/01/10614141073464/21/2017"
        "action=OBSERVE"
        "bizTransactionListtype=https://ref.gs1.org/cbv/BTT-inv"
        "bizTransaction=urn:epcglobal:cbv:bt:4012345000009:1"
    );
    EXPECT_EQ(
        prehash(value_of(kTransformationEvent)),
        "eventType=TransformationEvent"
        "eventTime=2026-01-05T00:00:00.000ZeventTimeZoneOffset=+08:00"
        "inputEPCListepc=https://id.gs1.org/01/10614141073464/21/1"
        "inputQuantityListquantityElementepcClass=https://id.gs1.org/01/04012345111118/10/4444"
        "quantity=10uom=KGM"
        "outputEPCListepc=https://id.gs1.org/01/10614141073464/21/2"
        "outputQuantityListquantityElementepcClass=https://id.gs1.org/01/04012345222227/10/5555"
        "quantity=9"
        "transformationID=https://id.gs1.org/253/40123455555541234"
        "ilmd{https://ns.example.com/epcis/}batch=4711"
    );
    EXPECT_EQ(
        prehash(value_of(kAggregationEvent)),
        "eventType=AggregationEvent"
        "eventTime=2026-01-05T00:00:00.000ZeventTimeZoneOffset=+08:00"
        "parentID=https://id.gs1.org/00/040123451111111257"
        "childEPCsepc=https://id.gs1.org/01/10614141073464/21/2017"
        "childQuantityListquantityElementepcClass=https://id.gs1.org/01/04012345123456/10/998877"
        "quantity=2"
        "action=ADDbizStep=https://ref.gs1.org/cbv/BizStep-packing"
    );
}

struct Spelling {
    std::string_view at;
    std::string_view one;
    std::string_view other;
};

TEST(EpcisHashTest, DoesNotMindTheSpelling) {
    constexpr std::array kSpellings = {
        Spelling{"/eventTime", R"("2026-01-05T08:00:00+08:00")", R"("2026-01-05T00:00:00.0004Z")"},
        Spelling{"/eventTime", R"("2026-01-05T00:00:00.001Z")", R"("2026-01-05T00:00:00.0005Z")"},
        Spelling{"/quantityList/0/quantity", "12.5", "12.50"},
        Spelling{"/quantityList/0/quantity", "12.5", "1.25e1"},
        Spelling{"/quantityList/0/quantity", "0.5", "5E-1"},
        Spelling{"/quantityList/0/quantity", "1200", "1.2e+3"},
        Spelling{"/quantityList/0/quantity", "0", "0.000"},
        Spelling{"/bizStep", R"("shipping")", R"("urn:epcglobal:cbv:bizstep:shipping")"},
        Spelling{"/bizStep", R"("shipping")", R"("cbv:BizStep-shipping")"},
        Spelling{"/bizStep", R"("example:smoking")", R"("https://ns.example.com/epcis/smoking")"},
        Spelling{
            "/readPoint/id",
            R"("urn:epc:id:sgln:0614141.07346.1234")",
            R"("https://example.org/414/0614141073467/254/1234?linkType=gs1:pip")"
        },
        Spelling{
            "/epcList",
            R"(["urn:epc:id:sgtin:0614141.107346.1", "urn:epc:id:sgtin:0614141.107346.2"])",
            R"(["urn:epc:id:sgtin:0614141.107346.2", "urn:epc:id:sgtin:0614141.107346.1"])"
        },
        Spelling{"/bizTransactionList", "[]", ""},
        Spelling{
            "/certificationInfo",
            R"("https://certificates.example.com/17")",
            R"(["https://certificates.example.com/17"])"
        },
        Spelling{"/example:remark", R"({"b": 1, "a": 2})", R"({"a": 2, "b": 1})"},
        Spelling{"/example:remark", R"(["b", "a"])", R"(["a", "b"])"},
        Spelling{"/example:remark", R"("7.50")", "7.5"},
        Spelling{"/example:remark", R"(" text ")", R"("text")"},
        Spelling{"/example:remark", R"("true")", "true"},
        Spelling{"/example:remark", "null", ""},
        Spelling{"/eventID", R"("urn:uuid:1")", R"("urn:uuid:2")"},
        Spelling{"/recordTime", R"("2026-01-05T00:00:00Z")", ""},
        Spelling{"/errorDeclaration", R"({"declarationTime": "2026-01-06T00:00:00Z"})", ""},
        Spelling{"/rdfs:comment", R"("one")", R"("other")"},
        Spelling{"/suyuan:hashId", R"("ni:///sha-256;00?ver=CBV2.0")", ""},
        Spelling{"/suyuan:flags", R"(["void"])", ""},
    };
    for (const auto& [at, one, other] : kSpellings) {
        EXPECT_EQ(prehash_with(at, one), prehash_with(at, other)) << at;
    }
}

TEST(EpcisHashTest, MindsEveryDifference) {
    constexpr std::array kDifferences = {
        Spelling{"/eventTime", R"("2026-01-05T00:00:00.001Z")", R"("2026-01-05T00:00:00.0004Z")"},
        Spelling{"/eventTimeZoneOffset", R"("+08:00")", R"("+09:00")"},
        Spelling{"/action", R"("ADD")", R"("OBSERVE")"},
        Spelling{"/quantityList/0/quantity", "12.5", "12.51"},
        Spelling{"/quantityList/0/quantity", "12.5", "125"},
        Spelling{"/quantityList/0/uom", R"("KGM")", R"("TNE")"},
        Spelling{"/disposition", R"("active")", ""},
        Spelling{"/sourceList/0/type", R"("owning_party")", R"("possessing_party")"},
        Spelling{"/bizTransactionList/0/type", R"("po")", R"("inv")"},
        Spelling{"/ilmd/cbvmda:lotNumber", R"("L-77")", R"("L-78")"},
        Spelling{"/example:remark", R"({"a": 1})", R"({"a": 2})"},
        Spelling{"/example:remark", R"("a")", R"("b")"},
        Spelling{"/readPoint/example:door", R"("3")", R"("4")"},
        Spelling{"/sensorElementList/0/sensorReport/0/value", "3.9", "4"},
        Spelling{"/sensorElementList/0/sensorReport/0/stringValue", R"("1.0")", R"("1")"},
        Spelling{
            "/sensorElementList/0/sensorReport/0/bizRules",
            R"("https://rules.example.com/1")",
            R"("https://rules.example.com/2")"
        },
    };
    for (const auto& [at, one, other] : kDifferences) {
        EXPECT_NE(prehash_with(at, one), prehash_with(at, other)) << at;
    }
}

TEST(EpcisHashTest, TakesOfAPersonTheIdAlone) {
    const auto told = [](std::string_view people) {
        Json event = value_of(kObjectEvent);
        event.set("https://ns.suyuan.example/epcis/people", value_of(people));
        return prehash(event);
    };
    const std::string bare = told(R"([{"id": "staff-7"}])");
    EXPECT_EQ(told(R"([{"id": "staff-7", "name": "N", "phone": "13800000000"}])"), bare);
    EXPECT_NE(told(R"([{"id": "staff-8"}])"), bare);
    EXPECT_NE(bare.find("staff-7"), std::string::npos);
}

TEST(EpcisHashTest, ReadsPrefixesNotTheirNames) {
    const Json event = value_of(kObjectEvent);
    Json renamed = event;
    renamed.set("other:remark", *event.find("example:remark"));
    renamed.erase("example:remark");
    renamed.set("@context", value_of(R"({"other": "https://ns.example.com/epcis/"})"));
    EXPECT_EQ(prehash(renamed), prehash(event));
    Json full = event;
    full.set("https://ns.example.com/epcis/remark", *event.find("example:remark"));
    full.erase("example:remark");
    EXPECT_EQ(prehash(full), prehash(event));
}

TEST(EpcisHashTest, WritesNumbersPlainlyAndBoundsThem) {
    const auto number = [](std::string_view value) {
        const std::string text = prehash_with("/example:remark", value);
        return text.substr(text.rfind("remark=") + 7);
    };
    EXPECT_EQ(number("-0.0"), "0");
    EXPECT_EQ(number("-0.50"), "-0.5");
    EXPECT_EQ(number("1e-7"), "0.0000001");
    EXPECT_EQ(number("123456789012345678901234567890"), "123456789012345678901234567890");
    EXPECT_EQ(number("1e21"), "1000000000000000000000");
    EXPECT_EQ(number(R"("+007")"), "7");
    EXPECT_EQ(number(R"("1.2.3")"), "1.2.3");
    EXPECT_EQ(number(R"("12 kg")"), "12 kg");
    EXPECT_EQ(number(R"("e5")"), "e5");
    EXPECT_EQ(number("1e399"), std::string("1").append(399, '0'));
    EXPECT_EQ(number("1e400"), "1e400");
    EXPECT_EQ(number("1e99999999"), "1e99999999");
}

TEST(EpcisHashTest, NamesTheDigest) {
    // SHA-256 of the string above, by another program.
    const std::string id = event_hash_id(value_of(kAggregationEvent), value_of(kTestContext));
    EXPECT_EQ(
        id,
        "ni:///sha-256;03e108e3cb21c136cd26802873d74a60a2e3f692df7b10aa056a9774a8f330b8?ver=CBV2.0"
    );
}

TEST(EpcisHashTest, IsTheHashThatReadersGet) {
    const EpcisDocument document = read_one(value_of(kObjectEvent));
    EXPECT_EQ(
        document.events.at(0).hash_id, event_hash_id(value_of(kObjectEvent), value_of(kTestContext))
    );
}

}  // namespace
}  // namespace suyuan::codec
