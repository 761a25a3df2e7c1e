// SPDX-License-Identifier: Apache-2.0

#include "http/epcis_headers.h"

#include <optional>
#include <string_view>

#include <gtest/gtest.h>

#include "http/limits.h"
#include "http/message.h"
#include "http/problem.h"
#include "service/intake.h"

namespace suyuan::http {
namespace {

Request request_with(std::string_view name, std::string_view value) {
    Request request;
    request.path = "/epcis/events";
    request.headers.add(name, value);
    return request;
}

TEST(EpcisDemandsTest, OnlyWhatWeAreIsAcceptable) {
    struct Row {
        std::string_view name;
        std::string_view value;
        bool is_met;
    };

    for (const Row& row : {
             Row{"GS1-EPCIS-Version", "2.0.0", true},
             Row{"GS1-EPCIS-Version", "2.0", true},
             Row{"GS1-EPCIS-Version", " 2 ", true},
             Row{"GS1-EPCIS-Version", "1.2", false},
             Row{"GS1-EPCIS-Version", "2.0.1", false},
             Row{"GS1-EPCIS-Version", "two", false},
             Row{"GS1-EPCIS-Version", "2.", false},
             Row{"GS1-EPCIS-Version", "2.0.0.0", false},
             Row{"GS1-EPCIS-Version", "", false},
             Row{"GS1-EPCIS-Min", "1.0.0", true},
             Row{"GS1-EPCIS-Min", "2.0.0", true},
             Row{"GS1-EPCIS-Min", "2.1", false},
             Row{"GS1-EPCIS-Max", "2.0.0", true},
             Row{"GS1-EPCIS-Max", "3", true},
             Row{"GS1-EPCIS-Max", "1.2", false},
             Row{"GS1-CBV-Version", "2.0", true},
             Row{"GS1-CBV-Version", "1.2", false},
             Row{"GS1-CBV-Min", "3", false},
             Row{"GS1-CBV-Max", "1", false},
             Row{"GS1-EPC-Format", "No_Preference", true},
             Row{"GS1-EPC-Format", "Never_Translates", true},
             Row{"GS1-EPC-Format", "Always_GS1_Digital_Link", false},
             Row{"GS1-EPC-Format", "Always_EPC_URN", false},
             Row{"Accept", "application/json", true},
             Row{"Accept", "application/ld+json", true},
             Row{"Accept", "application/xml", false},
             Row{"Accept-Language", "en", true},
         }) {
        const auto problem = check_epcis_demands(request_with(row.name, row.value));
        EXPECT_EQ(!problem.has_value(), row.is_met) << row.name << ": " << row.value;
        if (problem) {
            EXPECT_EQ(status_of(problem->kind), 406) << row.name;
        }
    }
}

TEST(EpcisBodyTest, IsJson) {
    for (const std::string_view type :
         {"application/json", "application/ld+json", "Application/JSON; charset=UTF-8"}) {
        EXPECT_FALSE(check_epcis_body(request_with("Content-Type", type))) << type;
    }
    for (const std::string_view type :
         {"",
          "application/xml",
          "text/plain",
          "application/x-www-form-urlencoded",
          "application/jsonp"}) {
        const auto problem = check_epcis_body(request_with("Content-Type", type));
        ASSERT_TRUE(problem) << type;
        EXPECT_EQ(status_of(problem->kind), 415) << type;
    }
    EXPECT_TRUE(check_epcis_body(Request{}));
}

TEST(ErrorBehaviourTest, RollsBackUnlessToldOtherwise) {
    using service::ErrorBehaviour;
    EXPECT_EQ(error_behaviour_of(Request{}), ErrorBehaviour::kRollback);
    const auto behaviour = [](std::string_view value) {
        return error_behaviour_of(request_with("GS1-Capture-Error-Behaviour", value));
    };
    EXPECT_EQ(behaviour("rollback"), ErrorBehaviour::kRollback);
    EXPECT_EQ(behaviour("proceed"), ErrorBehaviour::kProceed);
    EXPECT_EQ(behaviour("all"), std::nullopt);
    EXPECT_EQ(behaviour("Proceed"), std::nullopt);
}

TEST(EpcisMediaTypeTest, IsLinkedDataOnlyOnDemand) {
    EXPECT_EQ(epcis_media_type(Request{}), "application/json");
    EXPECT_EQ(epcis_media_type(request_with("Accept", "*/*")), "application/json");
    EXPECT_EQ(
        epcis_media_type(request_with("Accept", "application/ld+json")), "application/ld+json"
    );
}

TEST(EpcisHeadersTest, AnnounceLimits) {
    Limits limits;
    limits.body_bytes = 1'234;
    Response response;
    add_epcis_headers(response);
    add_discovery_headers(response);
    add_capture_headers(response, limits);
    EXPECT_EQ(response.headers.find("GS1-EPCIS-Version"), "2.0.0");
    EXPECT_EQ(response.headers.find("GS1-CBV-Version"), "2.0.0");
    EXPECT_EQ(response.headers.find("GS1-EPCIS-Min"), "2.0.0");
    EXPECT_EQ(response.headers.find("GS1-EPC-Format"), "Never_Translates");
    EXPECT_EQ(response.headers.find("GS1-EPCIS-Capture-File-Size-Limit"), "1234");
    EXPECT_EQ(response.headers.find("GS1-Capture-Error-Behaviour"), "all");
}

}  // namespace
}  // namespace suyuan::http
