// SPDX-License-Identifier: Apache-2.0
//
// Goal: equal things are equal strings, however they were spelled.
// Method: tables of spellings with the check digits computed by hand or taken from GS1's own
// examples.

#include "model/code.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"

namespace suyuan::model {
namespace {

constexpr std::string_view kStem = "https://id.gs1.org/";

struct Spelling {
    std::string_view text;
    std::string_view path;  // after the stem
    CodeKind kind = CodeKind::kForeign;
    std::string_view gtin = {};
    std::string_view lot = {};
    std::string_view serial = {};
};

void expect_all(const std::vector<Spelling>& table) {
    for (const Spelling& row : table) {
        SCOPED_TRACE(row.text);
        const Code code = parse_code(row.text);
        EXPECT_EQ(code.uri, std::string(kStem) + std::string(row.path));
        EXPECT_EQ(code.kind, row.kind);
        EXPECT_EQ(code.gtin, row.gtin);
        EXPECT_EQ(code.lot, row.lot);
        EXPECT_EQ(code.serial, row.serial);
        EXPECT_EQ(canonical_uri(row.text), code.uri);
    }
}

TEST(CodeTest, ReadsTheEpcUrnOfEveryScheme) {
    using enum CodeKind;
    expect_all({
        {"urn:epc:id:sgtin:4012345.011111.9876",
         "01/04012345111118/21/9876",
         kInstance,
         "04012345111118",
         "",
         "9876"},
        {"urn:epc:id:sgtin:415056789012.0.987654",
         "01/04150567890128/21/987654",
         kInstance,
         "04150567890128",
         "",
         "987654"},
        {"urn:epc:id:sgtin:0614141.812345.a.b",
         "01/80614141123458/21/a.b",
         kInstance,
         "80614141123458",
         "",
         "a.b"},
        {"urn:epc:class:lgtin:4012345.012345.Lot987",
         "01/04012345123456/10/Lot987",
         kLot,
         "04012345123456",
         "Lot987"},
        {"urn:epc:id:upui:1234567.098765.51qIgY",
         "01/01234567987651/235/51qIgY",
         kInstance,
         "01234567987651",
         "",
         "51qIgY"},
        {"urn:epc:id:itip:4012345.011111.01.02.987",
         "8006/040123451111180102/21/987",
         kInstance,
         "04012345111118",
         "",
         "987"},
        {"urn:epc:id:sscc:4012345.3111111111", "00/340123451111111111", kContainer},
        {"urn:epc:id:sgln:4012345.00005.122", "414/4012345000054/254/122", kSite, "", "", "122"},
        {"urn:epc:id:sgln:4012345.00005.0", "414/4012345000054", kSite},
        {"urn:epc:id:pgln:4000001.00000", "417/4000001000005", kParty},
        {"urn:epc:id:pgln:999999999999.", "417/9999999999994", kParty},
        {"urn:epc:id:grai:4012345.00022.334455",
         "8003/04012345000221334455",
         kContainer,
         "",
         "",
         "334455"},
        {"urn:epc:id:giai:4012345.ABC345", "8004/4012345ABC345", kInstance},
        {"urn:epc:id:gsrn:4012345.0000006765", "8018/401234500000067657", kInstance},
        {"urn:epc:id:gsrnp:4012345.0000000007", "8017/401234500000000074", kInstance},
        {"urn:epc:id:gdti:4012345.00009.PO-4711",
         "253/4012345000092PO-4711",
         kDocument,
         "",
         "",
         "PO-4711"},
        {"urn:epc:id:gdti:987659999999..9", "253/98765999999929", kDocument, "", "", "9"},
        {"urn:epc:id:sgcn:4012345.22222.55", "255/401234522222755", kInstance, "", "", "55"},
        {"urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234",
         "8010/061414111111111111111-A%23%2F/8011/1234",
         kInstance,
         "",
         "",
         "1234"},
        {"urn:epc:id:ginc:0614141.xyz47%2F11", "401/0614141xyz47%2F11", kInstance},
        {"urn:epc:id:gsin:4012345.222333444", "402/40123452223334442", kInstance},
    });
}

TEST(CodeTest, ReadsPatternsAsClasses) {
    using enum CodeKind;
    expect_all({
        {"urn:epc:idpat:sgtin:4012345.012345.*", "01/04012345123456", kClass, "04012345123456"},
        {"urn:epc:idpat:upui:4012345.012345.*", "01/04012345123456", kClass, "04012345123456"},
        {"urn:epc:idpat:itip:4012345.012345.01.02.*",
         "8006/040123451234560102",
         kClass,
         "04012345123456"},
        {"urn:epc:idpat:grai:4012345.99999.*", "8003/04012345999990", kClass},
        {"urn:epc:idpat:gdti:4012345.11111.*", "253/4012345111118", kClass},
        {"urn:epc:idpat:sgcn:4012345.22222.*", "255/4012345222227", kClass},
        {"urn:epc:idpat:cpi:4012345.AB12.*", "8010/4012345AB12", kClass},
    });
}

TEST(CodeTest, EscapesWhatDigitalLinksEscape) {
    expect_all({
        {"urn:epc:id:sgtin:4012345.011111.98%22",
         "01/04012345111118/21/98%22",
         CodeKind::kInstance,
         "04012345111118",
         "",
         "98\""},
        {"urn:epc:id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()",
         "01/80614141123458/21/6789%2F%26%25%22%21%3F%28%29",
         CodeKind::kInstance,
         "80614141123458",
         "",
         "6789/&%\"!?()"},
        {"urn:epc:id:sgtin:0614141.812345.%2f+,:*",
         "01/80614141123458/21/%2F%2B%2C%3A%2A",
         CodeKind::kInstance,
         "80614141123458",
         "",
         "/+,:*"},
        {"urn:epc:id:sgtin:0614141.812345.a-b_c.d'e;f=g",
         "01/80614141123458/21/a-b_c.d'e;f=g",
         CodeKind::kInstance,
         "80614141123458",
         "",
         "a-b_c.d'e;f=g"},
        {"https://example.org/01/04012345111118/10/a%2fb%20c",
         "01/04012345111118/10/a%2Fb%20c",
         CodeKind::kLot,
         "04012345111118",
         "a/b c"},
    });
}

TEST(CodeTest, ReadsDigitalLinksOfAnyDomain) {
    using enum CodeKind;
    constexpr std::string_view kGtin = "09780345418913";
    expect_all({
        {"https://id.gs1.org/01/09780345418913", "01/09780345418913", kClass, kGtin},
        {"HTTP://Example.ORG:8080/01/9780345418913/", "01/09780345418913", kClass, kGtin},
        {"https://example.com/gtin/09780345418913/21/765tz?abc=211121",
         "01/09780345418913/21/765tz",
         kInstance,
         kGtin,
         "",
         "765tz"},
        {"https://example.com/a/path/01/09780345418913/lot/1223#x",
         "01/09780345418913/10/1223",
         kLot,
         kGtin,
         "1223"},
        {"https://id.gs1.org/gtin/9780345418913/cpv/344/lot/1223/ser/765tz",
         "01/09780345418913/21/765tz",
         kInstance,
         kGtin,
         "1223",
         "765tz"},
        {"https://id.gs1.org/gtin/9780345418913/cpv/344", "01/09780345418913", kClass, kGtin},
        {"http://example.de/gtin-8/01/97803118", "01/00000097803118", kClass, "00000097803118"},
        {"http://example.com/01/001122334455/ser/GHB",
         "01/00001122334455/21/GHB",
         kInstance,
         "00001122334455",
         "",
         "GHB"},
        {"https://example.com/8006/040123451234560102/10/Lot-123/21/ser987",
         "8006/040123451234560102/21/ser987",
         kInstance,
         "04012345123456",
         "Lot-123",
         "ser987"},
        {"https://id.gs1.org/8006/040123451234560102/22/ABCD/10/XYZ",
         "8006/040123451234560102/10/XYZ",
         kLot,
         "04012345123456",
         "XYZ"},
        {"https://example.co.uk/party/4226350800008", "417/4226350800008", kParty},
        {"https://id.gs1.org/414/4280000000002/254/12",
         "414/4280000000002/254/12",
         kSite,
         "",
         "",
         "12"},
        {"https://id.gs1.org/gln/4280000000002/glnx/12",
         "414/4280000000002/254/12",
         kSite,
         "",
         "",
         "12"},
        {"https://example.com/8003/03870585000552987",
         "8003/03870585000552987",
         kContainer,
         "",
         "",
         "987"},
        {"https://example.com/giai/0180451111ABC987", "8004/0180451111ABC987", kInstance},
        {"https://example.com/gsrn/385888700111111111/8019/1", "8018/385888700111111111", kInstance
        },
        {"https://id.gs1.org/8010/0628165987/8011/9876",
         "8010/0628165987/8011/9876",
         kInstance,
         "",
         "",
         "9876"},
        {"https://id.gs1.org/255/0811625999996554433",
         "255/0811625999996554433",
         kInstance,
         "",
         "",
         "554433"},
        {"https://id.gs1.org/sscc/340123453111111115", "00/340123453111111115", kContainer},
    });
}

TEST(CodeTest, ReadsElementStrings) {
    using enum CodeKind;
    constexpr std::string_view kGtin = "09506000134352";
    expect_all({
        {"(01)09506000134352(10)ABC123", "01/09506000134352/10/ABC123", kLot, kGtin, "ABC123"},
        {"(01) 09506000134352 (17)260101(10)AB(1)C",
         "01/09506000134352/10/AB%281%29C",
         kLot,
         kGtin,
         "AB(1)C"},
        {"(10)L1(21)S1(01)09506000134352", "01/09506000134352/21/S1", kInstance, kGtin, "L1", "S1"},
        {"(00)340123453111111115(37)12", "00/340123453111111115", kContainer},
        {"]C1010950600013435210ABC", "01/09506000134352/10/ABC", kLot, kGtin, "ABC"},
        {"]d201095060001343521726010110ABC\x1d"
         "21S1",
         "01/09506000134352/21/S1",
         kInstance,
         kGtin,
         "ABC",
         "S1"},
        {"\x1d"
         "010950600013435210ABC\x1d"
         "310300125037"
         "12",
         "01/09506000134352/10/ABC",
         kLot,
         kGtin,
         "ABC"},
        {"]Q3414428000000000225412", "414/4280000000002/254/12", kSite, "", "", "12"},
    });
}

TEST(CodeTest, KeepsWhatItDoesNotUnderstandAsGiven) {
    const std::vector<std::string_view> table = {
        "",
        "Hello World!",
        "追溯码-豫-2026",
        "urn:epc:id:sgtin:4012345.01111.1",       // twelve digits
        "urn:epc:id:sgtin:4012345.0111111.1",     // fourteen
        "urn:epc:id:sgtin:12345.01234567.1",      // prefix of five
        "urn:epc:id:sgtin:4012345.011111.",       // no serial
        "urn:epc:id:sgtin:4012345.011111.a b",    // blank
        "urn:epc:id:sgtin:4012345.011111.a%2",    // half an escape
        "urn:epc:id:sgtin:4012345.011111.a%0Ab",  // a line end
        "urn:epc:id:sgtin:4012345.011111.\xff",   // not UTF-8
        "urn:epc:idpat:sgtin:4012345.*.*",
        "urn:epc:idpat:sgln:4012345.00005.*",
        "urn:epc:class:sgtin:4012345.012345.1",
        "urn:epc:id:lgtin:4012345.012345.1",
        "urn:epc:id:sscc:4012345.1112223334.",
        "urn:epc:id:pgln:999999999999",
        "urn:epc:id:sgcn:4012345.22222.A",
        "urn:epc:id:itip:4012345.011111.1.02.987",
        "urn:epc:id:unknown:4012345.011111.1",
        "urn:epc:tag:sgtin-96:3.0614141.812345.6789",
        "urn:epc:id:sgtin",
        "http://example.de/abc/9780345418913",
        "http://example.de/01/97803",
        "http://id.gs1.org/99/9780345418913",
        "http://id.gs1.org/01/9780345418913/99/utfgf",
        "https://id.gs1.org/01/9780345418913/21/1/21/2",
        "https://id.gs1.org/01/9780345418913/21",
        "https://id.gs1.org/01/9780345418913/21/%zz",
        "https://id.gs1.org/8006/04012345123456/22/ABCD/10/XYZ",
        "https://id.gs1.org/8003/13870585000552987",
        "https://id.gs1.org/8004/ABC",
        "https://id.gs1.org",
        "https:///01/09780345418913",
        "ftp://id.gs1.org/01/09780345418913",
        "(01)09506000134",
        "(99)only our own(10)L",
        "(01)09506000134352(10)",
        "(01",
        "]C1",
        "]C10109506000",
        "01095060001343521",
    };
    for (const std::string_view text : table) {
        SCOPED_TRACE(text);
        const Code code = parse_code(text);
        EXPECT_EQ(code.uri, text);
        EXPECT_EQ(code.kind, CodeKind::kForeign);
        EXPECT_TRUE(code.gtin.empty() && code.lot.empty() && code.serial.empty());
    }
}

TEST(CodeTest, TellsTheKindOfForeignCodesThatShowIt) {
    EXPECT_EQ(parse_code("91350100M000100Y43").kind, CodeKind::kParty);
    EXPECT_EQ(parse_code("91350100M000100Y44").kind, CodeKind::kForeign) << "wrong check character";
    EXPECT_EQ(parse_code("urn:epcglobal:cbv:bt:4012345000009:ASN1099").kind, CodeKind::kDocument);
    EXPECT_EQ(parse_code("urn:epc:id:bic:CSQU3054383").kind, CodeKind::kContainer);
}

TEST(CodeTest, RemovesBlanksAround) {
    EXPECT_EQ(parse_code(" \t追溯码\r\n").uri, "追溯码");
    EXPECT_EQ(parse_code(" https://id.gs1.org/01/09780345418913\n").kind, CodeKind::kClass);
}

TEST(CodeTest, ALotsUriIsReadBackWhateverItsText) {
    for (const std::string_view lot :
         {"ABC", "2026-01-05", "批次 5/7", "100%", "a?b#c", "(10)", "x+y"}) {
        const std::string uri = lot_uri("09506000134352", lot);
        const Code code = parse_code(uri);
        EXPECT_EQ(code.uri, uri);
        EXPECT_EQ(code.kind, CodeKind::kLot);
        EXPECT_EQ(code.lot, lot);
        EXPECT_EQ(code.gtin, "09506000134352");
    }
}

TEST(CodeTest, TextFarLongerThanAnyCodeIsForeign) {
    const std::string text =
        "https://example.org/" + std::string(3'000, 'a') + "/01/09780345418913";
    EXPECT_EQ(parse_code(text).kind, CodeKind::kForeign);
    EXPECT_EQ(parse_code(text).uri, text);
    std::string deep = "https://example.org";
    for (int i = 0; i < 50; ++i) {
        deep += "/x";
    }
    EXPECT_EQ(parse_code(deep + "/01/09780345418913").kind, CodeKind::kForeign);
}

TEST(EpcUrnTest, ComesBackFromTheDigitalLink) {
    const std::vector<std::string_view> table = {
        "urn:epc:id:sgtin:4012345.011111.9876",
        "urn:epc:id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()",
        "urn:epc:class:lgtin:4012345.012345.Lot987",
        "urn:epc:id:upui:1234567.098765.51qIgY",
        "urn:epc:id:itip:4012345.011111.01.02.987",
        "urn:epc:id:sscc:4012345.3111111111",
        "urn:epc:id:sgln:4012345.00005.122",
        "urn:epc:id:sgln:4012345.00005.0",
        "urn:epc:id:pgln:4000001.00000",
        "urn:epc:id:grai:4012345.00022.334455",
        "urn:epc:id:giai:4012345.ABC345",
        "urn:epc:id:gsrn:4012345.0000006765",
        "urn:epc:id:gsrnp:4012345.0000000007",
        "urn:epc:id:gdti:4012345.00009.PO-4711",
        "urn:epc:id:sgcn:4012345.22222.55",
        "urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234",
        "urn:epc:id:ginc:0614141.xyz47%2F11",
        "urn:epc:id:gsin:4012345.222333444",
        "urn:epc:idpat:sgtin:4012345.012345.*",
        "urn:epc:idpat:itip:4012345.012345.01.02.*",
        "urn:epc:idpat:grai:4012345.99999.*",
        "urn:epc:idpat:gdti:4012345.11111.*",
        "urn:epc:idpat:sgcn:4012345.22222.*",
        "urn:epc:idpat:cpi:4012345.AB12.*",
    };
    for (const std::string_view urn : table) {
        const auto back = to_epc_urn(parse_code(urn), 7);
        ASSERT_TRUE(back.has_value()) << urn << ": " << back.error().message();
        EXPECT_EQ(*back, urn);
    }
    EXPECT_EQ(
        to_epc_urn(parse_code("urn:epc:id:gdti:987659999999..9"), 12).value(),
        "urn:epc:id:gdti:987659999999..9"
    );
}

TEST(EpcUrnTest, EveryPrefixLengthNamesTheSameThing) {
    for (const std::string_view uri :
         {"https://id.gs1.org/01/04012345111118/21/9876",
          "https://id.gs1.org/00/340123451111111111",
          "https://id.gs1.org/414/4012345000054",
          "https://id.gs1.org/8003/04012345000221334455",
          "https://id.gs1.org/402/40123452223334442"}) {
        for (std::size_t length = 6; length <= 12; ++length) {
            const auto urn = to_epc_urn(parse_code(uri), length);
            ASSERT_TRUE(urn.has_value()) << uri << ", " << length;
            EXPECT_EQ(canonical_uri(*urn), uri) << *urn;
        }
    }
}

TEST(EpcUrnTest, SaysWhyThereIsNone) {
    struct Case {
        std::string_view text;
        std::size_t prefix_length = 7;
        std::string_view reason;
    };

    const std::vector<Case> table = {
        {"https://id.gs1.org/01/04012345111118", 5, "6 to 12"},
        {"https://id.gs1.org/01/04012345111118", 13, "6 to 12"},
        {"https://id.gs1.org/01/04012345111119", 7, "check digit"},
        {"https://id.gs1.org/01/04012345111118/10/批次", 7, "character set"},
        {"https://id.gs1.org/01/04012345111118/10/123456789012345678901", 7, "too long"},
        {"https://id.gs1.org/8006/040123451234560102/10/XYZ", 7, "has none"},
        {"https://id.gs1.org/8004/4012A", 7, "shorter"},
        {"91350100M000100Y43", 7, "no GS1 key"},
    };
    for (const Case& row : table) {
        const auto urn = to_epc_urn(parse_code(row.text), row.prefix_length);
        ASSERT_FALSE(urn.has_value()) << row.text << " became " << *urn;
        EXPECT_EQ(urn.error().code(), ErrorCode::kInvalidArgument);
        EXPECT_NE(urn.error().message().find(row.reason), std::string::npos)
            << urn.error().message();
    }
}

TEST(CodeTest, ALotWithoutGtinHasItsNumber) {
    const Code code = parse_code("https://ns.suyuan.example/lot/91410100MA45X2TP0T/黄瓜/L%2F7");
    EXPECT_EQ(code.kind, CodeKind::kForeign);
    EXPECT_EQ(code.uri, "https://ns.suyuan.example/lot/91410100MA45X2TP0T/黄瓜/L%2F7");
    EXPECT_EQ(code.lot, "L/7");
    EXPECT_EQ(parse_code("https://ns.suyuan.example/lot/a/b").lot, "");
    EXPECT_EQ(parse_code("https://ns.suyuan.example/lot/a/b/c/d").lot, "");
    EXPECT_EQ(parse_code("https://ns.suyuan.example/lot/a/b/%zz").lot, "");
}

}  // namespace
}  // namespace suyuan::model
