// SPDX-License-Identifier: Apache-2.0
//
// Goal: whatever people type for a code, the code that is meant is among the candidates.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "model/code.h"

namespace suyuan::model {
namespace {

bool holds(const std::vector<std::string>& candidates, std::string_view uri) {
    return std::ranges::find(candidates, uri) != candidates.end();
}

TEST(CandidatesTest, FindTheCodeThatIsMeant) {
    struct Case {
        std::string_view typed;
        std::string_view meant;
    };

    const std::vector<Case> table = {
        {"6901234567892", "https://id.gs1.org/01/06901234567892"},
        {"6901234567892", "https://id.gs1.org/414/6901234567892"},
        {"6901234567892", "https://id.gs1.org/417/6901234567892"},
        {"6 901234 567892", "https://id.gs1.org/01/06901234567892"},
        {"69-0123-456-7892", "https://id.gs1.org/01/06901234567892"},
        {"６９０１２３４５６７８９２", "https://id.gs1.org/01/06901234567892"},
        {"06901234567892", "https://id.gs1.org/01/06901234567892"},
        {"001122334455", "https://id.gs1.org/01/00001122334455"},
        {"97803118", "https://id.gs1.org/01/00000097803118"},
        {"340123453111111115", "https://id.gs1.org/00/340123453111111115"},
        {"3 4012345 311111111 5", "https://id.gs1.org/00/340123453111111115"},
        {"00340123451111111111", "https://id.gs1.org/00/340123451111111111"},
        {"340123453111111115", "https://id.gs1.org/8018/340123453111111115"},
        {"40123452223334442", "https://id.gs1.org/402/40123452223334442"},
        {"06901234567892 L2601", "https://id.gs1.org/01/06901234567892/10/L2601"},
        {"6901234567892　批次 5", "https://id.gs1.org/01/06901234567892/10/%E6%89%B9%E6%AC%A1%205"},
        {"（01）06901234567892（10）L2601", "https://id.gs1.org/01/06901234567892/10/L2601"},
        {"010690123456789210L2601", "https://id.gs1.org/01/06901234567892/10/L2601"},
        {"(01)06901234567892(10)L1(21)S1", "https://id.gs1.org/01/06901234567892/21/S1"},
        {"(01)06901234567892(10)L1(21)S1", "https://id.gs1.org/01/06901234567892/10/L1"},
        {"URN:EPC:ID:SGTIN:4012345.011111.Ab", "https://id.gs1.org/01/04012345111118/21/Ab"},
        {"urn:epc:id:sgtin:4012345。011111。Ab", "https://id.gs1.org/01/04012345111118/21/Ab"},
        {"https://example.org/01/06901234567892/10/L1", "https://id.gs1.org/01/06901234567892/10/L1"
        },
        {"91350100m000100y43", "91350100M000100Y43"},
        {"９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"},
        {"91350100m000100y43", "https://ns.suyuan.example/uscc/91350100M000100Y43"},
        {"https://ns.suyuan.example/uscc/91350100M000100Y43", "91350100M000100Y43"},
        {"豫a12345", "豫A12345"},
        {"豫Ａ 12345", "豫A12345"},
        {"PO—4711", "PO-4711"},
        {"\xef\xbb\xbfPO-4711\xe2\x80\x8b", "PO-4711"},
    };
    for (const Case& row : table) {
        const std::vector<std::string> candidates = candidate_uris(row.typed);
        EXPECT_TRUE(holds(candidates, row.meant))
            << row.typed << " should mean " << row.meant << "; means "
            << ::testing::PrintToString(candidates);
    }
}

TEST(CandidatesTest, TheTypedTextIsAlwaysOneOfThem) {
    for (const std::string_view typed :
         {"abc", "追溯码 5", "6901234567892", "ＡＢＣ", "100%", "a/b", "\xff\xfe", "\xef\x80"}) {
        EXPECT_TRUE(holds(candidate_uris(typed), typed)) << typed;
    }
}

TEST(CandidatesTest, TheLikeliestComesFirstAndNoneTwice) {
    EXPECT_EQ(candidate_uris("(01)06901234567892").front(), "https://id.gs1.org/01/06901234567892");
    EXPECT_EQ(candidate_uris("Lot5").front(), "Lot5") << "as typed before other cases";
    for (const std::string_view typed : {"6901234567892", "lot5", "340123453111111115"}) {
        std::vector<std::string> candidates = candidate_uris(typed);
        std::ranges::sort(candidates);
        EXPECT_EQ(std::ranges::adjacent_find(candidates), candidates.end()) << typed;
    }
}

TEST(CandidatesTest, NothingMeansNothing) {
    EXPECT_TRUE(candidate_uris("").empty());
    EXPECT_TRUE(candidate_uris(" \t　").empty());
}

TEST(CandidatesTest, DoNotGuessWhereTheCheckDigitIsWrong) {
    EXPECT_FALSE(holds(
        candidate_uris("010690123456789310L2601"), "https://id.gs1.org/01/06901234567893/10/L2601"
    ));
    EXPECT_FALSE(
        holds(candidate_uris("6901234567893 5"), "https://id.gs1.org/01/06901234567893/10/5")
    );
}

TEST(CandidatesTest, LongTextIsTakenAsItIs) {
    const std::string text(5'000, '1');
    EXPECT_EQ(candidate_uris(text), std::vector<std::string>{text});
}

}  // namespace
}  // namespace suyuan::model
