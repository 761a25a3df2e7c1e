// SPDX-License-Identifier: Apache-2.0

#include "http/query.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "http/limits.h"

namespace suyuan::http {
namespace {

TEST(PercentDecodeTest, DecodesWhatIsEncoded) {
    struct Row {
        std::string_view encoded;
        std::string_view decoded;
    };

    for (const Row& row : {
             Row{"", ""},
             Row{"abc", "abc"},
             Row{"a%20b+c", "a b+c"},
             Row{"%e9%BB%84%E7%93%9C", "黄瓜"},
             Row{"https%3A%2F%2Fid.gs1.org%2F01%2F09506000134352",
                 "https://id.gs1.org/01/09506000134352"},
             Row{"%F0%9F%A5%92", "\xF0\x9F\xA5\x92"},
         }) {
        EXPECT_EQ(percent_decode(row.encoded), std::string(row.decoded)) << row.encoded;
    }
    EXPECT_EQ(query_decode("a+b%2Bc"), "a b+c");
}

TEST(PercentDecodeTest, RefusesWhatIsNoText) {
    for (const std::string_view text : {
             "%",             // cut off
             "%4",            // cut off
             "%4g",           // no digit
             "%-1",           // no digit
             "%00",           // NUL
             "%C0%AE",        // overlong "."
             "%E0%80%AE",     // overlong "."
             "%C3",           // half a letter
             "%ED%A0%80",     // a surrogate
             "%F4%90%80%80",  // above U+10FFFF
             "%FF",
             "%80",
         }) {
        EXPECT_FALSE(percent_decode(text)) << text;
        EXPECT_FALSE(query_decode(text)) << text;
    }
}

TEST(PercentEncodeTest, ComesBackEqual) {
    std::string all;
    for (int byte = 1; byte < 128; ++byte) {
        all.push_back(static_cast<char>(byte));
    }
    all += "黄瓜";
    EXPECT_EQ(percent_decode(percent_encode(all)), all);
    EXPECT_EQ(percent_encode("a-b_c.d~e/f?g=h&i j+"), "a-b_c.d~e%2Ff%3Fg%3Dh%26i%20j%2B");
}

Query read(std::string_view text) {
    auto query = Query::parse(text);
    EXPECT_TRUE(query) << text;
    return query.value_or(Query{});
}

TEST(QueryTest, KeepsOrderAndRepetition) {
    const Query query = read("b=2&a=1&&b=3&c&d=&e=x%3Dy%26z");
    std::string seen;
    for (const Parameter& row : query.all()) {
        seen += row.name + "=" + row.value + ";";
    }
    EXPECT_EQ(seen, "b=2;a=1;b=3;c=;d=;e=x=y&z;");
    EXPECT_EQ(query.find("b"), "2");
    EXPECT_EQ(query.find("f"), std::nullopt);
    EXPECT_EQ(query.value_or("f", "none"), "none");
}

TEST(QueryTest, SendsWhatItRead) {
    const Query query = read("MATCH_anyEPC=a%7Cb&GE_eventTime=2026-01-05T08%3A00%3A00%2B08%3A00");
    const Query again = read(query.text());
    EXPECT_EQ(again.text(), query.text());
    EXPECT_EQ(again.find("GE_eventTime"), "2026-01-05T08:00:00+08:00");
}

TEST(QueryTest, RefusesBadTextAndTooMany) {
    EXPECT_FALSE(Query::parse("a=%zz"));
    EXPECT_FALSE(Query::parse("%ff=1"));
    std::string many;
    for (std::size_t i = 0; i < kQueryParametersMax; ++i) {
        many += "a=1&";
    }
    EXPECT_TRUE(Query::parse(many));
    EXPECT_FALSE(Query::parse(many + "a=1"));
}

}  // namespace
}  // namespace suyuan::http
