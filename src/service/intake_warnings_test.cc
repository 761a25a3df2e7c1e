// SPDX-License-Identifier: Apache-2.0

#include "service/intake_warnings.h"

#include <string>

#include <gtest/gtest.h>

#include "service/epcis_text.h"
#include "service/intake.h"
#include "service/service_fixture.h"

namespace suyuan::service {
namespace {

class IntakeWarningsTest : public ServiceTest {
protected:
    static EventText harvest(int number, int amount) {
        return {
            .id = event_id(number),
            .minute = number,
            .step = "commissioning",
            .members = {kilograms(lot(number), amount), at(site(1))}
        };
    }

    static EventText declaration_of(EventText event) {
        event.members.emplace_back(
            R"("errorDeclaration":{"declarationTime":"2026-01-06T00:00:00Z"})"
        );
        return event;
    }
};

TEST_F(IntakeWarningsTest, ACorrectionUnderTheIdThatWasTakenBackIsTakenBackToo) {
    capture(document({to_text(harvest(1, 10)), to_text(harvest(2, 10))}));
    EXPECT_TRUE(capture(document({to_text(declaration_of(harvest(1, 10)))})).warnings.empty());
    // Another version of what stands is a conflict and no more.
    EXPECT_TRUE(capture(document({to_text(harvest(2, 12))})).warnings.empty());
    const CaptureReport report =
        capture(document({to_text(harvest(3, 1)), to_text(harvest(1, 12))}));
    EXPECT_EQ(report.stored_count, 2U);
    ASSERT_EQ(report.warnings.size(), 1U);
    EXPECT_EQ(report.warnings[0].pointer, "/epcisBody/eventList/1");
    EXPECT_NE(report.warnings[0].reason.find(event_id(1)), std::string::npos);
    EXPECT_NE(report.warnings[0].reason_zh.find("不作数"), std::string::npos);
}

TEST_F(IntakeWarningsTest, ADeclarationThatFindsNothingIsTold) {
    const CaptureReport report = capture(document({to_text(declaration_of(harvest(9, 10)))}));
    ASSERT_EQ(report.warnings.size(), 1U);
    EXPECT_NE(report.warnings[0].reason.find("nothing is taken back"), std::string::npos);
}

}  // namespace
}  // namespace suyuan::service
