// SPDX-License-Identifier: Apache-2.0

#include "store/bigrams.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "store/search_document.h"

namespace suyuan::store {
namespace {

using Words = std::vector<std::string>;

TEST(BigramsTest, NamesAreCutIntoPairsAndWords) {
    struct Row {
        std::string_view name;
        Words words;
    };

    const std::vector<Row> rows = {
        {"", {}},
        {" -（）,。", {}},
        {"黄瓜批发行", {"黄瓜", "瓜批", "批发", "发行", "行"}},
        {"瓜", {"瓜"}},
        {"Green Farm", {"green", "farm"}},
        {"ABC冷链2号", {"abc", "冷链", "链", "2", "号"}},
        {"ＡＢｃ１", {"abc1"}},
        {"北京（新发地）", {"北京", "京", "新发", "发地", "地"}},
        {"𠮷野家", {"𠮷野", "野家", "家"}},
        {"Müller", {"müller"}},
        {"きゅうり", {"きゅ", "ゅう", "うり", "り"}},
        {"a\xff"
         "b\xe9\xbb",
         {"a", "b"}},  // malformed bytes part words
    };
    for (const Row& row : rows) {
        EXPECT_EQ(index_words(row.name), row.words) << row.name;
    }
}

TEST(BigramsTest, QuestionsAskForPhrases) {
    struct Row {
        std::string_view text;
        std::vector<Phrase> phrases;
    };

    const std::vector<Row> rows = {
        {"", {}},
        {"?!", {}},
        {"黄瓜", {{{"黄瓜"}, false}}},
        {"黄瓜批发", {{{"黄瓜", "瓜批", "批发"}, false}}},
        {"瓜", {{{"瓜"}, true}}},
        {"Green fa", {{{"green"}, false}, {{"fa"}, true}}},
        {"abc冷链", {{{"abc"}, false}, {{"冷链"}, false}}},
        {"冷链abc", {{{"冷链"}, false}, {{"abc"}, true}}},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(query_phrases(row.text), row.phrases) << row.text;
    }
}

TEST(BigramsTest, APastedPageBecomesAFewPhrases) {
    std::string page;
    for (int word = 0; word < 1'000; ++word) {
        page += "word ";
    }
    EXPECT_EQ(query_phrases(page).size(), kPhrasesMax);
}

TEST(SearchDocumentTest, Gs1KeysAreFoundByTheirDigitsAlone) {
    EXPECT_EQ(item_words("https://id.gs1.org/01/06901234567892/10/L1", "L1"), Words());
    EXPECT_EQ(
        item_words("https://id.gs1.org/01/06901234567892/10/%E7%94%B2", "甲乙"),
        (Words{"甲乙", "乙"})
    );
    EXPECT_EQ(item_words("lot-A1", ""), (Words{"lot", "a1"}));
    EXPECT_EQ(name_words("https://id.gs1.org/417/1", "瓜行"), (Words{"瓜行", "行"}));
    EXPECT_EQ(name_words("京A1", ""), (Words{"京", "a1"}));
}

}  // namespace
}  // namespace suyuan::store
