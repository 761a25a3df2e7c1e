// SPDX-License-Identifier: Apache-2.0
//
// Goal: tables and documents that come one after the other build the dated rows of people.
// Method: a list of staff, the same again, and a later one; as CSV, and as the header of a
// document.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/format.h"
#include "base/result.h"
#include "io/files.h"
#include "model/registry.h"
#include "service/file_import.h"
#include "service/intake.h"
#include "service/person_ids_testing.h"
#include "service/service_fixture.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

constexpr std::string_view kFirm = "https://ns.suyuan.example/uscc/91410100MA45X2TP0T";

class RegisterImportTest : public ServiceTest {
protected:
    FileTally import(std::string_view text) {
        const std::filesystem::path path = scratch_.path() / "people.csv";
        EXPECT_TRUE(io::write_file(path, text));
        FileImportOptions options;
        options.operator_code = "91410100MA45X2TP0T";
        options.behaviour = ErrorBehaviour::kProceed;
        const auto tally = publish_file(
            context_,
            scope_,
            {.intake = recorder().intake, .store = recorder().store, .people = test_person_ids()},
            path,
            options,
            [](const FileProgress&) {}
        );
        EXPECT_TRUE(tally) << tally.error().message();
        return tally.value_or(FileTally{});
    }

    CaptureReport capture_people(std::string_view elements) {
        const auto report = recorder().intake.capture(
            context_,
            scope_,
            format(
                R"({{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",)"
                R"("type":"EPCISDocument","schemaVersion":"2.0",)"
                R"("creationDate":"2026-01-05T00:00:00Z","epcisHeader":{{"epcisMasterData":)"
                R"({{"vocabularyList":[{{"type":"https://ns.suyuan.example/epcis/Person",)"
                R"("vocabularyElementList":[{}]}}]}}}},"epcisBody":{{"eventList":[]}}}})",
                elements
            ),
            {}
        );
        EXPECT_TRUE(report) << report.error().message();
        return report.value_or(CaptureReport());
    }

    static std::string element(std::string_view title, std::string_view first_day) {
        const auto attribute = [](std::string_view name, std::string_view value) {
            return format(
                R"({{"id":"https://ns.suyuan.example/epcis/{}","attribute":"{}"}})", name, value
            );
        };
        return format(
            R"({{"id":"https://ns.suyuan.example/epcis/id/E-7","attributes":[{},{},{}]}})",
            attribute("operator", kFirm),
            attribute("title", title),
            attribute("validFrom", first_day)
        );
    }

    // "title from/to" of each dated row, the one that began last first.
    std::vector<std::string> history() {
        const auto rows = store_->find_person_history(context_, scope_, "E-7", 10);
        EXPECT_TRUE(rows) << rows.error().message();
        std::vector<std::string> told;
        for (const model::PersonAtWork& row : *rows) {
            EXPECT_EQ(row.operator_code, kFirm);
            told.push_back(row.title + ' ' + row.valid_from + '/' + row.valid_to);
        }
        return told;
    }

    std::string title_on(std::string_view day) {
        const auto found = store_->find_person(context_, scope_, "E-7", day);
        EXPECT_TRUE(found && *found);
        return (*found)->title;
    }

private:
    TemporaryDirectory scratch_;
};

TEST_F(RegisterImportTest, ALaterListOfStaffAddsTheNewTitle) {
    constexpr std::string_view kFirst = "工号,姓名,岗位,起始日期\nE-7,王某,收货员,2025-03-01\n";
    EXPECT_EQ(import(kFirst).registry_rows, 1U);
    EXPECT_EQ(import(kFirst).registry_rows, 1U);
    EXPECT_EQ(history(), std::vector<std::string>{"收货员 2025-03-01/"});
    import("工号,职务,上岗日期\nE-7,仓库主管,2026年1月1日\n");
    const std::vector<std::string> both = {"仓库主管 2026-01-01/", "收货员 2025-03-01/"};
    EXPECT_EQ(history(), both);
    import(kFirst);
    EXPECT_EQ(history(), both);
    EXPECT_EQ(title_on("2025-12-31"), "收货员");
    EXPECT_EQ(title_on("2026-01-01"), "仓库主管");
    // A list that knows neither titles nor days takes nothing away.
    import("工号,姓名\nE-7,王某某\n");
    EXPECT_EQ(title_on("2026-01-01"), "仓库主管");
    EXPECT_EQ((*store_->find_person(context_, scope_, "E-7", ""))->name, "王某某");
}

TEST_F(RegisterImportTest, ATitleWithoutItsFirstDayIsRefused) {
    const FileTally tally = import("工号,岗位\nE-7,收货员\nE-8,\n");
    EXPECT_EQ(tally.bad_rows, 1U);
    EXPECT_EQ(tally.registry_rows, 1U);
    EXPECT_FALSE(*store_->find_person(context_, scope_, "E-7", ""));
    EXPECT_TRUE(*store_->find_person(context_, scope_, "E-8", ""));
}

TEST_F(RegisterImportTest, OneFileTellsOneTitleFromADayOn) {
    const FileTally tally = import(
        "工号,岗位,起始日期\nE-7,收货员,2025-03-01\nE-7,司机,2025-3-1\nE-7,收货员,2025-03-01\n"
        "E-7,司机,2025-03-02\n"
    );
    EXPECT_EQ(tally.bad_rows, 1U);
    EXPECT_EQ(history(), (std::vector<std::string>{"司机 2025-03-02/", "收货员 2025-03-01/"}));
}

TEST_F(RegisterImportTest, ALaterDocumentAddsTheNewTitle) {
    const std::string first = element("收货员", "2025-03-01");
    EXPECT_EQ(capture_people(first).registry_row_count, 1U);
    EXPECT_EQ(capture_people(first).registry_row_count, 1U);
    EXPECT_EQ(history(), std::vector<std::string>{"收货员 2025-03-01/"});
    capture_people(element("仓库主管", "2026-01-01"));
    const std::vector<std::string> both = {"仓库主管 2026-01-01/", "收货员 2025-03-01/"};
    EXPECT_EQ(history(), both);
    capture_people(first);
    EXPECT_EQ(history(), both);
}

TEST_F(RegisterImportTest, OneDocumentTellsOneTitleFromADayOn) {
    const CaptureReport refused =
        capture_people(element("收货员", "2025-03-01") + ',' + element("司机", "2025-03-01"));
    ASSERT_EQ(refused.problems.size(), 1U);
    EXPECT_EQ(
        refused.problems[0].pointer,
        "/epcisHeader/epcisMasterData/vocabularyList/0/vocabularyElementList/1"
    );
    EXPECT_NE(refused.problems[0].reason_zh.find("另一岗位"), std::string::npos);
    EXPECT_TRUE(history().empty());
}

}  // namespace
}  // namespace suyuan::service
