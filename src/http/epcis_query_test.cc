// SPDX-License-Identifier: Apache-2.0

#include "http/epcis_query.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "http/parameters.h"
#include "http/problem.h"
#include "http/query.h"
#include "model/event.h"
#include "service/events.h"
#include "store/event_query.h"

namespace suyuan::http {
namespace {

using Values = std::vector<std::string>;

struct Outcome {
    store::EventQuery query;
    std::optional<Problem> problem;
};

Outcome read(const std::vector<std::pair<std::string, std::string>>& given) {
    Query query;
    for (const auto& [name, value] : given) {
        query.add(name, value);
    }
    ParameterReader parameters(query);
    Outcome outcome;
    outcome.query = read_event_query(parameters);
    outcome.problem = parameters.finish();
    return outcome;
}

store::EventQuery read_valid(const std::string& name, const std::string& value) {
    Outcome outcome = read({{name, value}});
    EXPECT_FALSE(outcome.problem) << name << "=" << value;
    return std::move(outcome.query);
}

TEST(EpcisQueryTest, WithoutParametersAsksForEverything) {
    const Outcome outcome = read({});
    EXPECT_FALSE(outcome.problem);
    EXPECT_EQ(outcome.query.page_size, std::size_t{30});
    EXPECT_FALSE(outcome.query.by_event_time);
    EXPECT_FALSE(outcome.query.is_descending);
    EXPECT_TRUE(outcome.query.kinds.empty());
    EXPECT_TRUE(outcome.query.epcs.empty());
    EXPECT_EQ(outcome.query.has_error_declaration, std::nullopt);
}

TEST(EpcisQueryTest, ReadsWords) {
    EXPECT_EQ(
        read_valid("eventType", "ObjectEvent|AssociationEvent").kinds,
        (std::vector{model::EventKind::kObject, model::EventKind::kAssociation})
    );
    EXPECT_EQ(
        read_valid("EQ_action", "ADD|DELETE|OBSERVE").actions,
        (std::vector{
            model::EventAction::kAdd, model::EventAction::kDelete, model::EventAction::kObserve
        })
    );
    EXPECT_EQ(read_valid("EXISTS_errorDeclaration", "true").has_error_declaration, true);
    EXPECT_EQ(read_valid("EXISTS_errorDeclaration", "false").has_error_declaration, std::nullopt);
}

TEST(EpcisQueryTest, ReadsMoments) {
    const auto moment = read_valid("GE_eventTime", "2026-01-05T08:00:00+08:00").event_time_from;
    EXPECT_EQ(moment, 1'767'571'200'000'000);
    EXPECT_EQ(read_valid("GE_eventTime", "2026-01-05T08:00:00 08:00").event_time_from, moment);
    EXPECT_EQ(read_valid("LT_eventTime", "2026-01-05T00:00:00Z").event_time_before, moment);
    EXPECT_EQ(read_valid("GE_recordTime", "2026-01-05T00:00:00.000Z").record_time_from, moment);
    EXPECT_EQ(read_valid("LT_recordTime", "2026-01-05T00:00:00Z").record_time_before, moment);
}

TEST(EpcisQueryTest, TermsAreShortWhicheverWayTheyAreSpelt) {
    for (const std::string term :
         {"shipping",
          "cbv:BizStep-shipping",
          "urn:epcglobal:cbv:bizstep:shipping",
          "https://ref.gs1.org/cbv/BizStep-shipping"}) {
        EXPECT_EQ(read_valid("EQ_bizStep", term).biz_steps, Values{"shipping"}) << term;
    }
    EXPECT_EQ(
        read_valid("EQ_disposition", "urn:epcglobal:cbv:disp:in_transit|recalled").dispositions,
        (Values{"in_transit", "recalled"})
    );
    EXPECT_EQ(
        read_valid("EQ_bizStep", "https://ns.example.com/step").biz_steps,
        Values{"https://ns.example.com/step"}
    );
}

TEST(EpcisQueryTest, IdentifiersAreCanonical) {
    const std::string urn = "urn:epc:id:sgln:0614141.07346.1234";
    const Values links{"https://id.gs1.org/414/0614141073467/254/1234"};
    EXPECT_EQ(read_valid("EQ_readPoint", urn).read_points, links);
    EXPECT_EQ(read_valid("EQ_bizLocation", urn).biz_locations, links);
    EXPECT_EQ(read_valid("EQ_eventID", "a|b").event_ids, (Values{"a", "b"}));
    EXPECT_EQ(read_valid("EQ_transformationID", "urn:x:1").transformation_ids, Values{"urn:x:1"});

    const auto parties = read_valid("EQ_source_owning_party", urn).parties;
    ASSERT_EQ(parties.size(), std::size_t{1});
    EXPECT_TRUE(parties[0].is_source);
    EXPECT_EQ(parties[0].type, "owning_party");
    EXPECT_EQ(parties[0].values, links);
    const auto targets =
        read_valid("EQ_destination_urn:epcglobal:cbv:sdt:possessing_party", urn).parties;
    ASSERT_EQ(targets.size(), std::size_t{1});
    EXPECT_FALSE(targets[0].is_source);
    EXPECT_EQ(targets[0].type, "possessing_party");

    const auto papers = read_valid("EQ_bizTransaction_po", "http://example.com/po/1").papers;
    ASSERT_EQ(papers.size(), std::size_t{1});
    EXPECT_EQ(papers[0].type, "po");
    EXPECT_EQ(papers[0].values, Values{"http://example.com/po/1"});
}

TEST(EpcisQueryTest, MatchesKnowIdentitiesClassesAndPatterns) {
    struct Row {
        std::string_view name;
        store::EpcMatch match;
    };

    for (const Row& row : {
             Row{"MATCH_anyEPC", store::EpcMatch::kAny},
             Row{"MATCH_epc", store::EpcMatch::kEpc},
             Row{"MATCH_parentID", store::EpcMatch::kParent},
             Row{"MATCH_inputEPC", store::EpcMatch::kInput},
             Row{"MATCH_outputEPC", store::EpcMatch::kOutput},
             Row{"MATCH_epcClass", store::EpcMatch::kEpcClass},
             Row{"MATCH_anyEPCClass", store::EpcMatch::kAnyClass},
             Row{"MATCH_inputEPCClass", store::EpcMatch::kInputClass},
             Row{"MATCH_outputEPCClass", store::EpcMatch::kOutputClass},
         }) {
        const auto epcs =
            read_valid(std::string(row.name), "urn:epc:id:sgtin:0614141.107346.2017").epcs;
        ASSERT_EQ(epcs.size(), std::size_t{1}) << row.name;
        EXPECT_EQ(epcs[0].match, row.match) << row.name;
        EXPECT_EQ(epcs[0].values, Values{"https://id.gs1.org/01/10614141073464/21/2017"});
    }
    const std::string pattern = "urn:epc:idpat:sgtin:0614141.107346.*";
    EXPECT_EQ(
        read_valid("MATCH_epc", pattern).epcs[0].values,
        Values{"https://id.gs1.org/01/10614141073464/21/*"}
    );
    EXPECT_EQ(
        read_valid("MATCH_epcClass", pattern).epcs[0].values,
        Values{"https://id.gs1.org/01/10614141073464"}
    );
    const std::string beginning = "https://id.gs1.org/01/10614141073464/10/*";
    EXPECT_EQ(read_valid("MATCH_anyEPCClass", beginning).epcs[0].values, Values{beginning});
    EXPECT_TRUE(read({{"MATCH_epc", "urn:epc:idpat:sscc:0614141.*"}}).problem);
    EXPECT_EQ(
        read_valid("MATCH_anyEPCClass", "urn:epc:class:lgtin:6901234.000001.*").epcs[0].values,
        Values{"https://id.gs1.org/01/06901234000016/10/*"}
    );
    EXPECT_EQ(
        read_valid("MATCH_epc", "urn:epc:id:sgtin:6901234.000001.*").epcs[0].values,
        Values{"https://id.gs1.org/01/06901234000016/21/*"}
    );
    for (const std::string_view cut :
         {"urn:epc:id:sscc:6901234.*", "urn:epc:id:sgtin:6901234.0*", "urn:epc:id:sgtin:69*"}) {
        EXPECT_TRUE(read({{"MATCH_epc", std::string(cut)}}).problem) << cut;
    }
}

TEST(EpcisQueryTest, OrdersDescendingOnlyWhereAnOrderIsNamed) {
    struct Row {
        std::string_view by;
        std::string_view direction;
        bool by_event_time;
        bool is_descending;
    };

    for (const Row& row : {
             Row{"eventTime", "", true, true},
             Row{"eventTime", "ASC", true, false},
             Row{"recordTime", "", false, true},
             Row{"recordTime", "ASC", false, false},
             Row{"", "DESC", false, true},
             Row{"", "ASC", false, false},
         }) {
        std::vector<std::pair<std::string, std::string>> given;
        if (!row.by.empty()) {
            given.emplace_back("orderBy", row.by);
        }
        if (!row.direction.empty()) {
            given.emplace_back("orderDirection", row.direction);
        }
        const Outcome outcome = read(given);
        EXPECT_FALSE(outcome.problem);
        EXPECT_EQ(outcome.query.by_event_time, row.by_event_time) << row.by << row.direction;
        EXPECT_EQ(outcome.query.is_descending, row.is_descending) << row.by << row.direction;
    }
}

TEST(EpcisQueryTest, Pages) {
    EXPECT_EQ(read_valid("perPage", "7").page_size, std::size_t{7});
    EXPECT_EQ(read_valid("perPage", "1000000").page_size, service::Events::kPageMax);
    EXPECT_EQ(read_valid("nextPageToken", "abc").page_token, "abc");
}

TEST(EpcisQueryTest, NamesTheParameterThatIsWrong) {
    struct Row {
        std::string_view name;
        std::string_view value;
        ProblemKind kind;
    };

    for (const Row& row : {
             Row{"eventType", "QuantityEvent", ProblemKind::kBadParameter},
             Row{"eventType", "", ProblemKind::kBadParameter},
             Row{"EQ_action", "add", ProblemKind::kBadParameter},
             Row{"EQ_action", "ADD|", ProblemKind::kBadParameter},
             Row{"GE_eventTime", "2026-01-05T08:00:00", ProblemKind::kBadParameter},
             Row{"GE_eventTime", "2026-01-05", ProblemKind::kBadParameter},
             Row{"LT_recordTime", "", ProblemKind::kBadParameter},
             Row{"EXISTS_errorDeclaration", "1", ProblemKind::kBadParameter},
             Row{"orderBy", "quantity", ProblemKind::kBadParameter},
             Row{"orderDirection", "asc", ProblemKind::kBadParameter},
             Row{"perPage", "0", ProblemKind::kBadParameter},
             Row{"perPage", "ten", ProblemKind::kBadParameter},
             // Of the standard, but not answered here: never silently ignored.
             Row{"WD_readPoint", "urn:x", ProblemKind::kUnknownParameter},
             Row{"EQ_quantity", "1", ProblemKind::kUnknownParameter},
             Row{"HASATTR_x", "1", ProblemKind::kUnknownParameter},
             Row{"eventCountLimit", "1", ProblemKind::kUnknownParameter},
             Row{"EQ_source_", "urn:x", ProblemKind::kUnknownParameter},
             Row{"EQ_bizTransaction_", "urn:x", ProblemKind::kUnknownParameter},
             // Misspelt.
             Row{"EQ_bizstep", "shipping", ProblemKind::kUnknownParameter},
             Row{"", "", ProblemKind::kUnknownParameter},
         }) {
        const Outcome outcome = read({{std::string(row.name), std::string(row.value)}});
        ASSERT_TRUE(outcome.problem) << row.name << "=" << row.value;
        EXPECT_EQ(outcome.problem->kind, row.kind) << row.name << "=" << row.value;
        ASSERT_FALSE(outcome.problem->errors.empty());
        EXPECT_EQ(outcome.problem->errors[0].parameter, row.name);
    }
}

}  // namespace
}  // namespace suyuan::http
