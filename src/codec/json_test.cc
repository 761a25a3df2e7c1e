// SPDX-License-Identifier: Apache-2.0
//
// Goal: JSON comes in and goes out without losing anything, and nothing that is not strict JSON
// comes in. Method: round trips, then tables of single faults, each with the message that must name
// it.

#include "codec/json.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"

namespace suyuan::codec {
namespace {

std::string round_trip(std::string_view text) {
    const Result<Json> value = parse_json(text);
    return value ? write_json(*value) : "refused: " + value.error().message();
}

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

TEST(JsonTest, KeepsEveryNumberAsItIsWritten) {
    for (const std::string_view number :
         {"0",
          "-0",
          "0.1",
          "0.10",
          "1e3",
          "1E+3",
          "-1.50e-07",
          "123456789012345678901234567890",
          "0.1000000000000000055511151231257827",
          "9223372036854775808",
          "18446744073709551616",
          "1e308",
          "1e400"}) {
        EXPECT_EQ(round_trip(number), number);
        EXPECT_EQ(round_trip(format("[{}]", number)), format("[{}]", number));
    }
}

TEST(JsonTest, KeepsTheOrderOfMembersAndItems) {
    constexpr std::string_view kText =
        R"({"z":1,"a":[3,1,2,{"b":null,"a":true}],"m":{"y":false,"x":""},"":[]})";
    EXPECT_EQ(round_trip(kText), kText);
}

TEST(JsonTest, ReadsEscapesAndWritesThemShortest) {
    EXPECT_EQ(round_trip(R"("\u0041\u00e9\u9ec4\ud83e\udd52\/")"), "\"Aé黄🥒/\"");
    EXPECT_EQ(round_trip(R"("\"\\\b\f\n\r\t\u0001\u001f")"), R"("\"\\\b\f\n\r\t\u0001\u001f")");
    EXPECT_EQ(round_trip(R"({"a\u0020b":1})"), R"({"a b":1})");
}

TEST(JsonTest, JoinsStringsThatTheLibraryDeliversInPieces) {
    const std::string long_text = std::string(5'000, 'x') + "\\n" + std::string(5'000, 'y');
    const std::string text = format(R"({{"{}":"{}"}})", long_text, long_text);
    EXPECT_EQ(round_trip(text), text);
}

struct Fault {
    std::string_view text;
    std::string_view message;  // what the error must contain
};

constexpr std::array kFaults = {
    Fault{"", "line 1, column 1: the text ends"},
    Fault{"  ", "the text ends"},
    Fault{"{\"a\":1", "the text ends"},
    Fault{"[1,]", "line 1, column 4"},
    Fault{"{\"a\":1,}", "line 1, column 8"},
    Fault{"{a:1}", "line 1, column 2"},
    Fault{"[1] x", "line 1, column 5: text follows"},
    Fault{"[1][2]", "line 1, column 4: text follows"},
    Fault{"01", "line 1, column 2"},
    Fault{"+1", "line 1, column 1"},
    Fault{".5", "line 1, column 1"},
    Fault{"1.", "line 1"},
    Fault{"[NaN]", "line 1, column 2"},
    Fault{"[1e99999999999]", "exponent"},
    Fault{"// note\n1", "line 1, column 1"},
    Fault{R"("\x")", "line 1"},
    Fault{"\"a\nb\"", "line 1, column 3"},
    Fault{R"("\ud800")", "line 1"},
    Fault{"\"\xff\"", "line 1"},
    Fault{"\"\xc0\xaf\"", "line 1"},
    Fault{"\"\xed\xa0\x80\"", "line 1"},
    Fault{"\xef\xbb\xbf[]", "byte order mark"},
    Fault{"{\"a\":1,\n \"a\":2}", "line 2, column 4: an object has the member \"a\" twice"},
    Fault{R"({"a":1,"\u0061":2})", "\"a\" twice"},
    Fault{"[\"\xe9\xbb\x84\xe7\x93\x9c\", x]", "line 1, column 8"},
};

TEST(JsonTest, RefusesWhatIsNotStrictAndSaysWhere) {
    for (const auto& [text, message] : kFaults) {
        const Result<Json> value = parse_json(text);
        ASSERT_FALSE(value) << text;
        EXPECT_EQ(value.error().code(), ErrorCode::kInvalidArgument) << text;
        EXPECT_NE(value.error().message().find(message), std::string::npos)
            << text << "\n  " << value.error().message();
    }
}

TEST(JsonTest, FindsADuplicateAmongManyMembers) {
    std::string text = "{";
    for (int i = 0; i < 40; ++i) {
        text += format("\"m{}\":{},", i, i);
    }
    EXPECT_TRUE(parse_json(text + "\"last\":0}"));
    const Result<Json> value = parse_json(text + "\"m7\":0}");
    ASSERT_FALSE(value);
    EXPECT_NE(value.error().message().find("\"m7\" twice"), std::string::npos);
}

TEST(JsonTest, KeepsTheLastOfTwoEventIdsWhereToldToAndNothingElse) {
    const auto read = [](std::string_view text) {
        return write_json(parse_json(text, {}, Duplicates::kEventIdMayRepeat).value());
    };
    EXPECT_EQ(read(R"({"eventID":1,"b":2,"eventID":[3]})"), R"({"eventID":[3],"b":2})");
    EXPECT_EQ(
        read(R"({"a":{"eventID":1,"eventID":2},"eventID":3})"), R"({"a":{"eventID":2},"eventID":3})"
    );
    std::string text = "{\"eventID\":1,";
    std::string expected = "{\"eventID\":100";
    for (int i = 0; i < 40; ++i) {
        text += format("\"m{}\":{},", i, i);
        expected += format(",\"m{}\":{}", i, i);
    }
    EXPECT_EQ(read(text + "\"eventID\":100}"), expected + "}");
    EXPECT_FALSE(parse_json(text + "\"m7\":100}", {}, Duplicates::kEventIdMayRepeat));
    EXPECT_FALSE(parse_json(R"({"q":1,"q":9000})", {}, Duplicates::kEventIdMayRepeat));
    EXPECT_FALSE(parse_json(R"({"eventID":1,"eventID":2})"));
}

TEST(JsonTest, ReadsSoManyValuesAndNoMore) {
    JsonLimits limits;
    limits.values_max = 4;
    EXPECT_TRUE(parse_json(R"([1,{"a":"x"}])", limits));
    const Result<Json> value = parse_json("[1,2,3,4]", limits);
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().code(), ErrorCode::kLimitExceeded);
    EXPECT_NE(value.error().message().find("more than 4 values"), std::string::npos);
}

TEST(JsonTest, HoldsTheLimitsExactly) {
    JsonLimits limits;
    limits.depth_max = 5;
    EXPECT_TRUE(parse_json(nested(5), limits));
    Result<Json> deep = parse_json(nested(6), limits);
    ASSERT_FALSE(deep);
    EXPECT_EQ(deep.error().code(), ErrorCode::kLimitExceeded);
    EXPECT_NE(deep.error().message().find("5 levels"), std::string::npos);

    limits.depth_max = 1'000'000;
    EXPECT_TRUE(parse_json(nested(1'000), limits));
    EXPECT_FALSE(parse_json(nested(1'001), limits));

    limits.bytes_max = 4;
    EXPECT_TRUE(parse_json("[12]", limits));
    const Result<Json> large = parse_json("[123]", limits);
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().code(), ErrorCode::kLimitExceeded);
}

TEST(JsonTest, ComparesNumbersByTextAndObjectsInAnyOrder) {
    const auto equal = [](std::string_view a, std::string_view b) {
        return parse_json(a).value() == parse_json(b).value();
    };
    EXPECT_TRUE(equal(R"({"a":1,"b":[true,null]})", R"({"b":[true,null],"a":1})"));
    EXPECT_FALSE(equal("1", "1.0"));
    EXPECT_FALSE(equal("1", "\"1\""));
    EXPECT_FALSE(equal("[1,2]", "[2,1]"));
    EXPECT_FALSE(equal(R"({"a":1})", R"({"a":1,"b":1})"));
    EXPECT_FALSE(equal(R"({"a":1,"b":1})", R"({"a":1,"c":1})"));
    EXPECT_FALSE(equal("{}", "[]"));
    std::string forward = "{";
    std::string backward = "{";
    for (int i = 0; i < 40; ++i) {
        forward += format("\"m{}\":{},", i, i);
        backward += format("\"m{}\":{},", 39 - i, 39 - i);
    }
    EXPECT_TRUE(equal(forward + "\"x\":1}", backward + "\"x\":1}"));
    EXPECT_FALSE(equal(forward + "\"x\":1}", backward + "\"x\":2}"));
}

TEST(JsonTest, BuildsAndChangesValues) {
    Json value = Json::object();
    value.set("number", Json::integer(-5)).set("text", Json::string("黄瓜"));
    Json list = Json::array();
    list.push_back(Json::boolean(true));
    list.push_back(Json());
    value.set("list", std::move(list)).set("number", Json::number("0.50"));
    EXPECT_EQ(write_json(value), R"({"number":0.50,"text":"黄瓜","list":[true,null]})");
    EXPECT_EQ(value.string_or("text"), "黄瓜");
    EXPECT_EQ(value.string_or("number", "none"), "none");
    EXPECT_EQ(value.find("absent"), nullptr);
    EXPECT_EQ(Json::integer(1).find("x"), nullptr);
    value.erase("text");
    value.erase("absent");
    const std::vector<Json> items = value.find("list")->take_items();
    EXPECT_EQ(items.size(), 2U);
    EXPECT_EQ(write_json(value), R"({"number":0.50,"list":[]})");
}

TEST(JsonTest, IndentsForPeople) {
    EXPECT_EQ(
        write_json_indented(parse_json(R"({"a":[1,{}],"b":[]})").value()),
        "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}"
    );
}

}  // namespace
}  // namespace suyuan::codec
