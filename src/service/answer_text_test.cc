// SPDX-License-Identifier: Apache-2.0
//
// Goal: an answer leaves as a table, CSV, drawing or JSON without losing or adding anything.
// Method: a small answer made by hand; CSV is read back by a reader of RFC 4180, JSON by our
// parser.

#include "service/answer_text.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "codec/json.h"
#include "service/answer_json.h"
#include "service/handmade_answer.h"
#include "service/named_answer.h"
#include "service/tracing.h"

namespace suyuan::service {
namespace {

// RFC 4180, strictly: quotes only around whole fields, lines end with CR LF.
std::vector<std::vector<std::string>> read_csv(std::string_view text) {
    std::vector<std::vector<std::string>> lines(1, std::vector<std::string>(1));
    bool is_quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        std::string& field = lines.back().back();
        if (is_quoted && c == '"' && text.substr(at + 1).starts_with('"')) {
            field += '"';
            ++at;
        } else if (c == '"') {
            EXPECT_TRUE(is_quoted || field.empty());
            is_quoted = !is_quoted;
        } else if (!is_quoted && c == ',') {
            lines.back().emplace_back();
        } else if (!is_quoted && text.substr(at).starts_with("\r\n")) {
            lines.emplace_back(1);
            ++at;
        } else {
            field += c;
        }
    }
    EXPECT_FALSE(is_quoted);
    EXPECT_EQ(lines.back(), std::vector<std::string>(1));
    lines.pop_back();
    return lines;
}

TEST(AnswerTextTest, FieldsThatLookLikeFormulasAreGuarded) {
    struct Case {
        std::string_view text;
        std::string_view field;
    };

    for (const Case& c : {
             Case{"", ""},
             Case{"黄瓜", "黄瓜"},
             Case{"=1+1", "'=1+1"},
             Case{"+86 1", "'+86 1"},
             Case{"-2", "'-2"},
             Case{"@SUM(A1)", "'@SUM(A1)"},
             Case{"\tx", "'\tx"},
             Case{"＝1", "'＝1"},
             Case{"a,b", "\"a,b\""},
             Case{R"(say "x")", R"("say ""x""")"},
             Case{R"x(=HYPERLINK("u","t"))x", R"x("'=HYPERLINK(""u"",""t"")")x"},
             Case{"two\nlines", "\"two\nlines\""},
             Case{"a=b", "a=b"},
         }) {
        EXPECT_EQ(csv_field(c.text), c.field) << c.text;
    }
}

TEST(AnswerTextTest, CsvReadsBack) {
    const std::string text = to_csv(handmade_page());
    ASSERT_TRUE(text.starts_with("\xEF\xBB\xBF"));
    const auto lines = read_csv(std::string_view(text).substr(3));
    ASSERT_EQ(lines.size(), 4U);
    for (const auto& line : lines) {
        EXPECT_EQ(line.size(), lines.front().size());
    }
    EXPECT_EQ(lines[0][0], "部分 part");
    EXPECT_EQ(
        lines[2],
        (std::vector<std::string>{
            "forward",
            "https://id.gs1.org/01/06901234500012/10/L1",
            "黄瓜",
            "L1",
            "914403001922038216",
            "'=黄瓜, \"批发\"公司",
            "https://id.gs1.org/414/6901234500022",
            "黄瓜批发行",
            "410105",
            "河南省 金水区",
            "2026-01-05T10:00:00+08:00",
            "2026-01-05T10:00:00+08:00",
            "1",
            "on_hand",
            "true",
            "30",
            "KGM",
            "shipment",
            "91110000802100433B",
            "绿园农业公司",
            "https://id.gs1.org/414/6901234500021",
            "绿园基地",
            "2026-01-05T08:00:00+08:00",
            "2026-01-05T10:00:00+08:00",
            "urn:epcglobal:cbv:bt:6901234500005:FH-0",
        })
    );
    EXPECT_EQ(lines[1][15], "");  // a seed is explained by nothing
}

TEST(AnswerTextTest, TheTableShowsWhatADutyOfficerNeeds) {
    const std::string text = to_table(handmade_page());
    for (const std::string_view part : {
             "追去向：批次 (01)06901234500012(10)L1 黄瓜",
             "数据截至 2026-01-07 08:00（北京时间），用时 0.0015 秒",
             "位置 3，流向 2，经营主体 2，场所 2，车辆 0，从业人员 0，断链 1，违规流出 1",
             "2026-01-05 10:00  确定  黄瓜 批次 L1  黄瓜批发行",
             "在库·已封控  30 公斤",
             "所查物品",
             "发出无人签收  黄瓜 批次 L1",
             "违规流出",
             "2026-01-05 08:00（北京时间） FH-1",
         }) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
    EXPECT_EQ(text.find("上游（"), std::string::npos);  // that half was not asked for
    EXPECT_EQ(text.find("下一页"), std::string::npos);
}

TEST(AnswerTextTest, TheDrawingHasEveryPositionAndMoveOnce) {
    NamedAnswer named = handmade_answer();
    named.answer.back = named.answer.forward;  // the same places in both halves
    named.back_index = PartIndex(PartKind::kBack, *named.answer.back);
    const std::string text = to_dot(handmade_page(std::move(named)));
    EXPECT_TRUE(text.starts_with("digraph trace {\n"));
    EXPECT_TRUE(text.ends_with("}\n"));
    const auto times = [&](std::string_view part) {
        std::size_t count = 0;
        for (std::size_t at = text.find(part); at != std::string::npos;
             at = text.find(part, at + 1)) {
            ++count;
        }
        return count;
    };
    EXPECT_EQ(times("fillcolor="), 3U);
    EXPECT_EQ(times(" -> "), 2U);
    EXPECT_EQ(times("\"1.1.1\" -> \"1.2.2\" [label=\"发货\\n2026-01-05 08:00"), 1U);
    EXPECT_EQ(times("style=dashed"), 1U);
    EXPECT_EQ(times("fillcolor=gold"), 1U);
    EXPECT_NE(text.find("（=黄瓜, \\\"批发\\\"公司）"), std::string::npos);
}

TEST(AnswerTextTest, JsonReadsBackComplete) {
    const auto json = codec::parse_json(codec::write_json(to_json(handmade_page())));
    ASSERT_TRUE(json.has_value());
    EXPECT_EQ(json->string_or("text"), "L1");
    EXPECT_EQ(json->find("seed")->string_or("kind"), "lot");
    EXPECT_EQ(json->string_or("cut_off"), "2026-01-07T00:00:00Z");
    EXPECT_EQ(json->find("seconds")->text(), "0.0015");
    EXPECT_TRUE(json->find("question")->find("as_of")->is_null());
    EXPECT_EQ(json->find("totals")->find("positions")->text(), "3");
    EXPECT_TRUE(json->find("page")->find("next")->is_null());
    EXPECT_TRUE(json->find("parts")->find("back")->is_null());
    const codec::Json& part = *json->find("parts")->find("forward");
    ASSERT_EQ(part.find("positions")->items().size(), 3U);
    ASSERT_EQ(part.find("moves")->items().size(), 2U);
    const codec::Json& market = part.find("positions")->items()[1];
    EXPECT_EQ(market.string_or("key"), "1.2.2");
    EXPECT_EQ(market.find("item")->string_or("lot"), "L1");
    EXPECT_EQ(market.find("site")->string_or("name"), "黄瓜批发行");
    EXPECT_FALSE(market.find("site")->find("is_stub")->as_bool());
    EXPECT_EQ(market.string_or("region"), "410105");
    EXPECT_TRUE(part.find("positions")->items()[0].find("region")->is_null());
    const auto& regions = json->find("regions")->items();
    ASSERT_EQ(regions.size(), 2U);
    EXPECT_EQ(regions[0].string_or("name"), "河南省");
    EXPECT_EQ(regions[1].string_or("parent"), "410000");
    EXPECT_EQ(market.find("balances")->items()[0].string_or("on_hand"), "30");
    EXPECT_EQ(market.find("explained_by")->text(), "0");
    const codec::Json& stall = part.find("positions")->items()[2];
    EXPECT_TRUE(stall.find("owner")->find("is_stub")->as_bool());
    EXPECT_TRUE(stall.find("certain")->is_null());
    const codec::Json& move = part.find("moves")->items()[0];
    EXPECT_EQ(move.find("quantity")->string_or("amount"), "40");
    ASSERT_EQ(move.find("events")->items().size(), 2U);
    EXPECT_EQ(move.find("events")->items()[1].string_or("biz_step"), "receiving");
    EXPECT_EQ(json->find("open_ends")->items()[0].find("event")->find("record")->text(), "103");
    EXPECT_EQ(
        json->find("violations")->items()[0].find("block_event")->find("record")->text(), "102"
    );
}

TEST(AnswerTextTest, APageHasItsRowsOfEveryList) {
    TracePage page = handmade_page();
    page.first = 1;
    page.count = 1;
    page.rows = 1;
    page.next = page.answer->digest + ".2";
    const codec::Json json = to_json(page);
    EXPECT_EQ(json.find("parts")->find("forward")->find("positions")->items().size(), 1U);
    ASSERT_EQ(json.find("operators")->items().size(), 1U);
    EXPECT_EQ(json.find("operators")->items()[0].string_or("code"), "914403001922038216");
    EXPECT_TRUE(json.find("open_ends")->items().empty());
    EXPECT_EQ(json.find("page")->string_or("next"), page.next);
    EXPECT_NE(to_table(page).find("下一页 --cursor " + page.next), std::string::npos);
}

}  // namespace
}  // namespace suyuan::service
