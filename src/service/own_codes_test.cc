// SPDX-License-Identifier: Apache-2.0

#include "service/own_codes.h"

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "model/code.h"

namespace suyuan::service {
namespace {

TEST(OwnCodesTest, ALotIsReadBackWhateverStandsInIt) {
    for (const NamedLot& lot : {
             NamedLot{"91410100MA45X2TP0T", "黄瓜", "L-7"},
             NamedLot{"南山 农场/二队", "100% 苹果汁#1", "2026-03-02"},
             NamedLot{"", "", ""},
             NamedLot{"a%2Fb", "?q=1&x", "\"<>\\^`{|}\x7f"},
             NamedLot{"𠮷野", "龘", "%"},
         }) {
        const std::string code = lot_code(lot);
        EXPECT_EQ(read_lot_code(code), lot) << code;
        EXPECT_EQ(model::canonical_uri(code), code);
    }
}

TEST(OwnCodesTest, OtherCodesAreNoLots) {
    for (const char* code : {
             "",
             "https://ns.suyuan.example/lot/",
             "https://ns.suyuan.example/lot/a/b",
             "https://id.gs1.org/01/06901234567892/10/L7",
         }) {
        EXPECT_EQ(read_lot_code(code), std::nullopt) << code;
    }
}

TEST(OwnCodesTest, LettersOfAnyScriptStayReadable) {
    EXPECT_EQ(
        lot_code({"91410100MA45X2TP0T", "黄瓜", "L-7"}),
        "https://ns.suyuan.example/lot/91410100MA45X2TP0T/黄瓜/L-7"
    );
    EXPECT_EQ(uri_part("a b/c"), "a%20b%2Fc");
}

TEST(OwnCodesTest, WhatOneOperatorNamesIsItsOwn) {
    const std::string first = model::social_credit_uri("91410100MA45X2TP0T");
    const std::string second = model::social_credit_uri("91350100M000100Y43");
    EXPECT_EQ(
        site_code(first, "库房 1"), "https://ns.suyuan.example/site/91410100MA45X2TP0T/库房%201"
    );
    EXPECT_NE(site_code(first, "库房 1"), site_code(second, "库房 1"));
    EXPECT_NE(partner_code(first, "老王"), partner_code(second, "老王"));
    EXPECT_NE(process_code(first, "P1"), process_code(second, "P1"));
    EXPECT_NE(paper_code(first, "P1"), process_code(first, "P1"));
}

TEST(OwnCodesTest, PeopleReadWhatACodeNames) {
    const std::string mine = "91410100MA45X2TP0T";
    EXPECT_EQ(own_code_words(lot_code({mine, "黄瓜 1/2", "L-7"})), "黄瓜 1/2 L-7");
    EXPECT_EQ(own_code_words(paper_code(mine, "DN/1")), "DN/1");
    EXPECT_EQ(own_code_words(model::social_credit_uri(mine)), mine);
    EXPECT_EQ(own_code_words("https://id.gs1.org/417/6901234500005"), "");
    EXPECT_EQ(own_code_words(""), "");
}

TEST(OwnCodesTest, APaperOfANamelessPartnerStaysReadable) {
    const std::string partner =
        partner_code(model::social_credit_uri("91410100MA45X2TP0T"), "老王");
    EXPECT_EQ(
        paper_code(partner, "DN-1"), "https://ns.suyuan.example/paper/91410100MA45X2TP0T:老王/DN-1"
    );
}

}  // namespace
}  // namespace suyuan::service
