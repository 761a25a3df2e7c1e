// SPDX-License-Identifier: Apache-2.0
//
// Goal: right numbers pass, wrong ones are told apart from improbable ones, and every "no" tells in
// two languages what to do. Method: tables of numbers seen in public and of single mistakes in
// them. Identity numbers are made up: their birth days lie in the nineteenth century.

#include "model/identifiers.h"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace suyuan::model {
namespace {

using Check = IdentifierCheck (*)(std::string_view);

struct Row {
    std::string_view text;
    Verdict verdict = Verdict::kValid;
    std::string_view normal;     // of what is not malformed
    std::string_view hint = {};  // in the English reason
};

void expect_all(Check check, const std::vector<Row>& table) {
    for (const Row& row : table) {
        SCOPED_TRACE(row.text);
        const IdentifierCheck result = check(row.text);
        EXPECT_EQ(result.verdict, row.verdict) << result.reason.en;
        EXPECT_EQ(result.normal, row.normal);
        EXPECT_EQ(result.reason.zh.empty(), row.verdict == Verdict::kValid);
        EXPECT_EQ(result.reason.en.empty(), row.verdict == Verdict::kValid);
        EXPECT_NE(result.reason.en.find(row.hint), std::string::npos) << result.reason.en;
    }
}

// The number with one character changed, from a place on, in every way.
std::vector<std::string> single_mistakes(
    const std::string& number, std::size_t from, std::string_view characters
) {
    std::vector<std::string> mistakes;
    for (std::size_t i = from; i < number.size(); ++i) {
        for (const char other : characters) {
            mistakes.push_back(number);
            mistakes.back()[i] = other;
        }
    }
    std::erase(mistakes, number);
    return mistakes;
}

// A valid number is not one typing mistake away from another.
void expect_single_mistakes_noticed(
    Check check, const std::string& number, std::size_t from, std::string_view characters
) {
    ASSERT_EQ(check(number).verdict, Verdict::kValid) << number;
    for (const std::string& mistake : single_mistakes(number, from, characters)) {
        EXPECT_NE(check(mistake).verdict, Verdict::kValid) << mistake;
    }
}

constexpr Verdict kValid = Verdict::kValid;
constexpr Verdict kWarning = Verdict::kWarning;
constexpr Verdict kMalformed = Verdict::kMalformed;

TEST(IdentifiersTest, SocialCreditCodes) {
    expect_all(
        check_social_credit_code,
        {
            {"91350100M000100Y43", kValid, "91350100M000100Y43"},
            {"914403001922038216", kValid, "914403001922038216"},
            {"91110000802100433B", kValid, "91110000802100433B"},
            {"91440300708461136T", kValid, "91440300708461136T"},
            {"91110108551385082Q", kValid, "91110108551385082Q"},
            {" 91350100m000100y43\n", kValid, "91350100M000100Y43"},
            {"９１３５０１００Ｍ０００１００Ｙ４３", kValid, "91350100M000100Y43"},
            {"9135 0100 M000 100Y 43", kValid, "91350100M000100Y43"},
            {"91350100M000100Y4Z", kMalformed, "", "should be 3"},
            {"91350100M000100Y44", kMalformed, "", "should be 3"},
            {"91350100M000100Y4", kMalformed, "", "should be 18"},
            {"91350100M000100Y433", kMalformed, "", "should be 18"},
            {"91350100I000100Y43", kMalformed, "", "without I"},
            {"91350100M000100—43", kMalformed, "", "without I"},
            {"", kMalformed, "", "should be 18"},
        }
    );
    expect_single_mistakes_noticed(
        check_social_credit_code, "914403001922038216", 0, "0123456789ABCDEFGHJKLMNPQRTUWXY"
    );
}

TEST(IdentifiersTest, ASocialCreditCodeWithoutAnOrganisationCodeWarns) {
    // The check character of the whole made right again after breaking that of the part.
    IdentifierCheck found;
    for (const char last : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
        const IdentifierCheck check =
            check_social_credit_code(std::string("91440300192203820") + last);
        if (check.verdict != Verdict::kMalformed) {
            found = check;
        }
    }
    EXPECT_EQ(found.verdict, Verdict::kWarning);
    EXPECT_NE(found.reason.zh.find("组织机构代码"), std::string::npos);
}

TEST(IdentifiersTest, OrganisationCodes) {
    expect_all(
        check_organisation_code,
        {
            {"19220382-1", kValid, "192203821"},
            {"802100433", kValid, "802100433"},
            {"M000100Y4", kValid, "M000100Y4"},
            {"19220382-2", kMalformed, "", "should be 1"},
            {"19220382", kMalformed, "", "8 + 1"},
            {"1922038*1", kMalformed, "", "capital letters"},
        }
    );
    expect_single_mistakes_noticed(check_organisation_code, "802100433", 0, "0123456789");
}

TEST(IdentifiersTest, ProductionLicences) {
    expect_all(
        check_production_licence,
        {
            {"SC11834020305037", kValid, "SC11834020305037"},
            {"SC10744030704994", kValid, "SC10744030704994"},
            {"SC12437010500152", kValid, "SC12437010500152"},
            {"sc 11834020305037", kValid, "SC11834020305037"},
            {"ＳＣ１１８３４０２０３０５０３７", kValid, "SC11834020305037"},
            {"SC11834020305038", kWarning, "SC11834020305038", "should be 7"},
            {"QS410101010001", kWarning, "QS410101010001", "2018"},
            {"SC1183402030503", kMalformed, "", "SC + 14"},
            {"JY11834020305037", kMalformed, "", "SC + 14"},
            {"11834020305037", kMalformed, "", "SC + 14"},
            {"QS4101010100", kMalformed, "", "SC + 14"},
            {"SC1183402030503X", kMalformed, "", "SC + 14"},
        }
    );
    expect_single_mistakes_noticed(check_production_licence, "SC11834020305037", 2, "0123456789");
}

TEST(IdentifiersTest, ALicenceOfAnUnknownClassWarns) {
    IdentifierCheck found;
    for (const char last : std::string_view("0123456789")) {
        const IdentifierCheck check =
            check_production_licence(std::string("SC1994101010001") + last);
        if (check.reason.en.find("class") != std::string::npos) {
            found = check;
        }
    }
    EXPECT_EQ(found.verdict, Verdict::kWarning);
}

TEST(IdentifiersTest, TradingLicences) {
    // 1 (selling), 410102 (county), 000123 (serial), check digit by GB/T 17710.
    expect_all(
        check_trading_licence,
        {
            {"JY14101020001237", kValid, "JY14101020001237"},
            {"jy14101020001237", kValid, "JY14101020001237"},
            {"JY14101020001238", kWarning, "JY14101020001238", "should be 7"},
            {"SC14101020001236", kMalformed, "", "JY + 14"},
            {"JY1410102000123", kMalformed, "", "JY + 14"},
        }
    );
    bool has_form_warning = false;
    for (const char last : std::string_view("0123456789")) {
        const IdentifierCheck check = check_trading_licence(std::string("JY7410102000123") + last);
        EXPECT_EQ(check.verdict, Verdict::kWarning);
        has_form_warning |= check.reason.en.find("1 (selling)") != std::string::npos;
    }
    EXPECT_TRUE(has_form_warning);
}

TEST(IdentifiersTest, Gs1Keys) {
    expect_all(
        check_gtin,
        {
            {"6901234567892", kValid, "06901234567892"},
            {"6 901234 567892", kValid, "06901234567892"},
            {"06901234567892", kValid, "06901234567892"},
            {"001122334455", kValid, "00001122334455"},
            {"97803119", kValid, "00000097803119"},
            {"6901234567893", kMalformed, "", "should be 2"},
            {"690123456789", kMalformed, "", "should be"},
            {"69012345678923", kMalformed, "", "should be"},
            {"690123456789a", kMalformed, "", "8/12/13/14"},
            {"69012345", kMalformed, "", "should be"},
            {"", kMalformed, "", "8/12/13/14"},
        }
    );
    expect_all(
        check_gln,
        {
            {"4012345000054", kValid, "4012345000054"},
            {"4012345000055", kMalformed, "", "should be 4"},
            {"04012345000054", kMalformed, "", "13"},
        }
    );
    expect_all(
        check_sscc,
        {
            {"140123451122233341", kValid, "140123451122233341"},
            {"40123451122233341", kMalformed, "", "18"},
            {"140123451122233342", kMalformed, "", "should be 1"},
        }
    );
    expect_single_mistakes_noticed(check_gtin, "6901234567892", 0, "0123456789");
}

TEST(IdentifiersTest, IdentityNumbers) {
    expect_all(
        check_identity_number,
        {
            {"11010518991231002X", kMalformed, "", "check character"},
            {"410101188802290019", kMalformed, "", "check character"},
            {"410101189002290019", kMalformed, "", "no real day"},
            {"410101189013010019", kMalformed, "", "no real day"},
            {"410101170001010019", kMalformed, "", "no real day"},
            {"410101900101001", kMalformed, "", "2013"},
            {"41010118880101", kMalformed, "", "18 characters"},
            {"41010118880101001A", kMalformed, "", "check character"},
            {"A10101188801010019", kMalformed, "", "18 characters"},
        }
    );
}

TEST(IdentifiersTest, ExactlyOneCheckCharacterFitsAnIdentityNumber) {
    for (const std::string first_17 : {"41010118880101001", "11010518991231002"}) {
        std::set<std::string> valid;
        for (const char last : std::string_view("0123456789Xx")) {
            const IdentifierCheck check = check_identity_number(first_17 + last);
            valid.insert(check.normal);
            EXPECT_EQ((check.reason.zh + check.reason.en).find(first_17), std::string::npos);
        }
        valid.erase("");
        ASSERT_EQ(valid.size(), 1U) << first_17;
        expect_single_mistakes_noticed(check_identity_number, *valid.begin(), 0, "0123456789X");
    }
}

TEST(IdentifiersTest, AnIdentityNumberOfNoRegionWarns) {
    bool has_warned = false;
    for (const char last : std::string_view("0123456789X")) {
        has_warned |= check_identity_number(std::string("99010118880101001") + last).verdict ==
                      Verdict::kWarning;
    }
    EXPECT_TRUE(has_warned);
}

TEST(IdentifiersTest, MobileNumbers) {
    expect_all(
        check_mobile_number,
        {
            {"13000000000", kValid, "13000000000"},
            {"199-0000-0000", kValid, "19900000000"},
            {"+86 130 0000 0000", kValid, "13000000000"},
            {"008613000000000", kValid, "13000000000"},
            {"１３０００００００００", kValid, "13000000000"},
            {"12000000000", kMalformed, "", "13 to 19"},
            {"23000000000", kMalformed, "", "13 to 19"},
            {"1300000000", kMalformed, "", "11 digits"},
            {"130000000000", kMalformed, "", "11 digits"},
            {"1300000000a", kMalformed, "", "11 digits"},
            {"", kMalformed, "", "11 digits"},
        }
    );
}

TEST(IdentifiersTest, Plates) {
    expect_all(
        check_plate,
        {
            {"豫A12345", kValid, "豫A12345"},
            {"豫a·12345", kValid, "豫A12345"},
            {"豫Ａ １２３４５", kValid, "豫A12345"},
            {"京A1234学", kValid, "京A1234学"},
            {"鲁B1234挂", kValid, "鲁B1234挂"},
            {"粤Z1234港", kValid, "粤Z1234港"},
            {"粤BD12345", kValid, "粤BD12345"},
            {"粤BDA2345", kValid, "粤BDA2345"},
            {"沪AF12345", kValid, "沪AF12345"},
            {"豫A12345D", kValid, "豫A12345D"},
            {"豫AABCDE", kValid, "豫AABCDE"},
            {"使123456", kWarning, "使123456", "embassy"},
            {"WJ京12345", kWarning, "WJ京12345", "police"},
            {"VA12345", kWarning, "VA12345", "army"},
            {"豫A1234", kMalformed, "", "5 letters or digits"},
            {"豫A1234567", kMalformed, "", "5 letters or digits"},
            {"豫A12I45", kMalformed, "", "without I and O"},
            {"豫O12345", kMalformed, "", "without I and O"},
            {"豫12345A", kMalformed, "", "5 letters or digits"},
            {"粤BX12345", kMalformed, "", "6 for new-energy"},
            {"粤BDAB345", kMalformed, "", "6 for new-energy"},
            {"豫A12345X", kMalformed, "", "6 for new-energy"},
            {"国A12345", kMalformed, "", "character of the province"},
            {"A12345", kMalformed, "", "character of the province"},
            {"豫", kMalformed, "", "character of the province"},
            {"", kMalformed, "", "character of the province"},
        }
    );
}

TEST(IdentifiersTest, RegionCodes) {
    expect_all(
        check_region_code,
        {
            {"410000", kValid, "410000"},
            {"410100", kValid, "410100"},
            {"410102", kValid, "410102"},
            {"110101", kValid, "110101"},
            {"429004", kValid, "429004"},
            {"410102001", kValid, "410102001"},
            {"410102001003", kValid, "410102001003"},
            {"441900003000", kValid, "441900003000"},
            {"４１０１００", kValid, "410100"},
            {"410002", kMalformed, "", "lacks a level"},
            {"410000001", kMalformed, "", "lacks a level"},
            {"410102000003", kMalformed, "", "lacks a level"},
            {"990000", kMalformed, "", "no province"},
            {"41010", kMalformed, "", "6 digits"},
            {"4101022", kMalformed, "", "6 digits"},
            {"41010A", kMalformed, "", "6 digits"},
        }
    );
}

TEST(IdentifiersTest, CustomsDeclarations) {
    expect_all(
        check_customs_declaration,
        {
            {"460620261000000123", kValid, "460620261000000123"},
            {"4606 2026 0 000000123", kValid, "460620260000000123"},
            {"460618261000000123", kWarning, "460618261000000123", "year"},
            {"460620265000000123", kWarning, "460620265000000123", "import"},
            {"46062026100000012", kMalformed, "", "18 digits"},
            {"46062026100000012X", kMalformed, "", "18 digits"},
        }
    );
}

}  // namespace
}  // namespace suyuan::model
