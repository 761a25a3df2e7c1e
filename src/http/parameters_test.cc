// SPDX-License-Identifier: Apache-2.0

#include "http/parameters.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "http/limits.h"
#include "http/problem.h"
#include "http/query.h"

namespace suyuan::http {
namespace {

Query query_of(std::string_view text) {
    auto query = Query::parse(text);
    EXPECT_TRUE(query) << text;
    return query.value_or(Query{});
}

// "parameter parameter": what finish() complains of, in its order.
std::string complaints(ParameterReader& parameters) {
    std::string names;
    if (const auto problem = parameters.finish()) {
        for (const ProblemReason& reason : problem->errors) {
            names += (names.empty() ? "" : " ") + reason.parameter;
            EXPECT_FALSE(reason.detail.zh.empty());
            EXPECT_FALSE(reason.detail.en.empty());
        }
        EXPECT_EQ(problem->detail.en, problem->errors.front().detail.en);
    }
    return names;
}

TEST(ParameterReaderTest, GivesTypedValues) {
    const Query query =
        query_of("text=a&count=7&flag=true&list=x%7Cy&moment=2026-01-05T08:00:00+08:00&word=b");
    ParameterReader parameters(query);
    EXPECT_EQ(parameters.text("text"), "a");
    EXPECT_EQ(parameters.required_text("text"), "a");
    EXPECT_EQ(parameters.count("count", {.otherwise = 1, .min = 1, .max = 10}), std::size_t{7});
    EXPECT_TRUE(parameters.flag("flag"));
    EXPECT_EQ(parameters.list("list"), (std::vector<std::string>{"x", "y"}));
    EXPECT_EQ(parameters.moment_text("moment"), "2026-01-05T08:00:00+08:00");
    const auto word = parameters.word<int>(
        "word",
        [](std::string_view text) { return text == "b" ? std::optional(2) : std::nullopt; },
        "a, b"
    );
    EXPECT_EQ(word, 2);
    EXPECT_EQ(complaints(parameters), "");
}

TEST(ParameterReaderTest, MissingOnesHaveTheirDefaults) {
    const Query query = query_of("");
    ParameterReader parameters(query);
    EXPECT_EQ(parameters.find("a"), std::nullopt);
    EXPECT_EQ(parameters.text("a"), "");
    EXPECT_EQ(parameters.count("b", {.otherwise = 5, .min = 1, .max = 10}), std::size_t{5});
    EXPECT_FALSE(parameters.flag("c"));
    EXPECT_TRUE(parameters.list("d").empty());
    EXPECT_EQ(complaints(parameters), "");
    EXPECT_EQ(parameters.required_text("e"), "");
    EXPECT_EQ(complaints(parameters), "e");
}

TEST(ParameterReaderTest, CountsAreCutAboveAndRefusedBelow) {
    struct Row {
        std::string_view text;
        std::size_t value;
        std::string_view complaint;
    };

    for (const Row& row : {
             Row{"1", 1, ""},
             Row{"10", 10, ""},
             Row{"11", 10, ""},
             Row{"99999999999999999999999999", 10, ""},
             Row{"0", 5, "n"},
             Row{"-1", 5, "n"},
             Row{"", 5, "n"},
             Row{"1.5", 5, "n"},
             Row{"0x1", 5, "n"},
             Row{" 1", 5, "n"},
             Row{"99999999999999999999999999x", 5, "n"},
         }) {
        Query query;
        query.add("n", std::string(row.text));
        ParameterReader parameters(query);
        const auto value = parameters.count("n", {.otherwise = 5, .min = 1, .max = 10});
        EXPECT_EQ(value, row.value) << row.text;
        EXPECT_EQ(complaints(parameters), row.complaint) << row.text;
    }
}

TEST(ParameterReaderTest, TellsEverythingThatIsWrongAtOnce) {
    const Query query = query_of("flag=yes&list=a%7C&known=1&known=2&unknown=1&unknown=2");
    ParameterReader parameters(query);
    EXPECT_FALSE(parameters.flag("flag"));
    EXPECT_EQ(parameters.list("list").size(), std::size_t{2});
    EXPECT_EQ(parameters.text("known"), "1");
    const Problem problem = parameters.finish().value_or(Problem{});
    EXPECT_EQ(problem.kind, ProblemKind::kUnknownParameter);
    std::string names;
    for (const ProblemReason& reason : problem.errors) {
        names += reason.parameter + " ";
    }
    EXPECT_EQ(names, "flag list known unknown ");
}

TEST(ParameterReaderTest, BoundsLists) {
    std::string values = "v";
    for (std::size_t i = 1; i < kParameterValuesMax; ++i) {
        values += "|v";
    }
    Query fits;
    fits.add("list", values);
    ParameterReader fitting(fits);
    EXPECT_EQ(fitting.list("list").size(), kParameterValuesMax);
    EXPECT_EQ(complaints(fitting), "");

    Query exceeds;
    exceeds.add("list", values + "|v");
    ParameterReader exceeding(exceeds);
    EXPECT_GT(exceeding.list("list").size(), kParameterValuesMax);
    EXPECT_EQ(complaints(exceeding), "list");
}

TEST(ParameterReaderTest, FamiliesAreReadOnlyByName) {
    const Query query = query_of("EQ_source_owning_party=a&EQ_source_=b&EQ_source_location=c");
    ParameterReader parameters(query);
    EXPECT_EQ(
        parameters.family("EQ_source_"),
        (std::vector<std::string>{"EQ_source_owning_party", "EQ_source_location"})
    );
    EXPECT_EQ(parameters.list("EQ_source_location"), std::vector<std::string>{"c"});
    EXPECT_EQ(complaints(parameters), "EQ_source_owning_party EQ_source_");
}

}  // namespace
}  // namespace suyuan::http
