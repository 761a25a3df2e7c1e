// SPDX-License-Identifier: Apache-2.0
//
// Goal: the register that an export writes is, read again, the register that there was.
// Method: rows of every kind in a real store, exported in both formats, into a second store, and
// out of that one again: the same text.

#include "service/register_export.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/format.h"
#include "base/result.h"
#include "model/code.h"
#include "model/registry.h"
#include "service/element_id.h"
#include "service/epcis_text.h"
#include "service/events.h"
#include "service/intake.h"
#include "service/master_data.h"
#include "service/service_fixture.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

using model::LinkKind;

std::string code(const std::string& urn) {
    return model::canonical_uri(urn);
}

// One of each kind at least, with every field.
model::RegistryRows register_rows() {
    model::RegistryRows rows;
    rows.regions = {{"410000", "河南省", "", "", ""}, {"410100", "郑州市", "410000", "", ""}};
    rows.operators = {
        {code(party(1)), "万邦", "410100", "market"},
        {code(party(2)), "二号摊主", "410100", "retailer"},
        {"豫-合作社-7", "无统一代码的合作社", "", "producer"},
    };
    rows.licences = {
        {"SC11834020305037", "food_production", code(party(1)), "2020-01-01", "2024-12-31"},
        {"SC11834020305037", "food_production", code(party(2)), "2025-01-01", ""},
        {"动防合字第 2026001 号", "animal_health", "豫-合作社-7", "", ""},
    };
    rows.sites = {
        {code(site(1)),
         "1号冷库",
         code(party(1)),
         "410100",
         "中州大道1号",
         "34.75",
         "113.62",
         "500 t"},
        {"urn:example:stall:2", "二号摊", "豫-合作社-7", "", "", "", "", ""},
    };
    rows.links = {
        {LinkKind::kHosts, code(party(1)), "urn:example:stall:2", "2025-01-01", ""},
        {LinkKind::kRuns, code(party(2)), "urn:example:stall:2", "", ""},
        {LinkKind::kSupplies, code(party(1)), "豫-合作社-7", "", ""},
        {LinkKind::kSupplies, "豫-合作社-7", code(party(2)), "", "2026-12-31"},
    };
    rows.products = {
        {model::parse_code(lot(1)).gtin, "黄瓜", code(party(1)), "蔬菜", "KGM", "7"},
    };
    rows.papers = {{"检疫 2026/5%", "quarantine", code(party(1)), code(party(2)), "2026-01-05", ""}
    };
    rows.vehicles = {{"豫A12345", code(party(1))}, {"ABC 1234", ""}};
    rows.people = {
        {"工号 7", code(party(1)), "张三", "13800000000", "收货员", "2025-01-01", "2025-12-31"},
        {"工号 7", code(party(1)), "", "", "仓库主管", "2026-01-01", ""},
        {"工号 8", code(party(2)), "李四", ""},
    };
    rows.aliases = {{"外-1", code(lot(1))}, {"外-2", code(lot(1))}};
    return rows;
}

class RegisterExportTest : public ServiceTest {
protected:
    void put(const model::RegistryRows& rows) {
        const Status done = recorder().intake.put_registry(context_, scope_, rows);
        ASSERT_TRUE(done) << done.error().message();
    }

    std::unique_ptr<store::Store> open_other(const TemporaryDirectory& folder) {
        auto opened = open_store(folder.path(), clock_, randomness_);
        EXPECT_TRUE(opened) << opened.error().message();
        return *std::move(opened);
    }

    std::string exported(Recorder& from, ExportFormat format) {
        std::string text;
        const auto written = from.events.export_all(
            context_,
            scope_,
            {.format = format, .registry_scope = scope_},
            [&](std::string_view piece) -> Status {
                text += piece;
                return {};
            },
            {}
        );
        EXPECT_TRUE(written) << written.error().message();
        rows_written_ = written.value_or(Exported()).registry_rows;
        return text;
    }

    void take(Recorder& into, std::string_view text) {
        const auto report = into.intake.capture(context_, scope_, text, {});
        ASSERT_TRUE(report) << report.error().message();
        EXPECT_TRUE(report->problems.empty()) << problems_json(report->problems);
    }

    // The lines of an export one by one, as `suyuan import` hands them over.
    void take_lines(Recorder& into, std::string_view text) {
        while (!text.empty()) {
            const auto end = text.find('\n');
            take(into, text.substr(0, end));
            text.remove_prefix(end + 1);
        }
    }

    std::uint64_t rows_written_ = 0;
};

TEST_F(RegisterExportTest, EveryRowComesBackInBothFormats) {
    put(register_rows());
    for (const ExportFormat format : {ExportFormat::kDocument, ExportFormat::kJsonLines}) {
        const std::string first = exported(recorder(), format);
        EXPECT_EQ(rows_written_, register_rows().count());
        const TemporaryDirectory folder;
        const auto other = open_other(folder);
        Recorder copy(*other, clock_);
        if (format == ExportFormat::kDocument) {
            take(copy, first);
        } else {
            take_lines(copy, first);
        }
        EXPECT_EQ(exported(copy, format), first);

        const auto site_row = other->find_site(context_, scope_, code(site(1)));
        ASSERT_TRUE(site_row && *site_row);
        EXPECT_EQ((*site_row)->address, "中州大道1号");
        EXPECT_EQ((*site_row)->capacity, "500 t");
        EXPECT_EQ((*site_row)->operator_code, code(party(1)));
        const auto product = other->find_product(context_, scope_, model::parse_code(lot(1)).gtin);
        ASSERT_TRUE(product && *product);
        EXPECT_EQ((*product)->name, "黄瓜");
        EXPECT_EQ((*product)->producer, code(party(1)));
        EXPECT_EQ((*product)->category, "蔬菜");
        EXPECT_EQ((*product)->unit, "KGM");
        EXPECT_EQ((*product)->shelf_life_days, "7");
        const auto paper = other->find_paper(context_, scope_, "检疫 2026/5%", "2026-01-05");
        ASSERT_TRUE(paper && *paper);
        EXPECT_EQ((*paper)->issuer, code(party(1)));
        EXPECT_EQ((*paper)->holder, code(party(2)));
        EXPECT_EQ(other->find_licences(context_, scope_, code(party(1)), "2024-12-31")->size(), 1U);
        EXPECT_EQ(other->find_licences(context_, scope_, "豫-合作社-7", "")->size(), 1U);
        EXPECT_EQ(other->find_links(context_, scope_, "urn:example:stall:2", "", 10)->size(), 2U);
        EXPECT_EQ((*other->find_vehicle(context_, scope_, "ABC 1234"))->operator_code, "");
        const auto title_on = [&](std::string_view day) {
            return (*other->find_person(context_, scope_, "工号 7", day))->title;
        };
        EXPECT_EQ(title_on("2024-12-31"), "");
        EXPECT_EQ(title_on("2025-12-31"), "收货员");
        EXPECT_EQ(title_on("2026-01-01"), "仓库主管");
    }
}

TEST_F(RegisterExportTest, PeopleComeWithoutWhatTellsWhoTheyAre) {
    put(register_rows());
    for (const ExportFormat format : {ExportFormat::kDocument, ExportFormat::kJsonLines}) {
        const std::string text = exported(recorder(), format);
        EXPECT_EQ(text.find("张三"), std::string::npos);
        EXPECT_EQ(text.find("13800000000"), std::string::npos);
        EXPECT_NE(text.find(element_id("工号 7")), std::string::npos);
        // Taken back where it comes from, it loses nothing.
        if (format == ExportFormat::kDocument) {
            take(recorder(), text);
        } else {
            take_lines(recorder(), text);
        }
    }
    const auto person = store_->find_person(context_, scope_, "工号 7", "");
    ASSERT_TRUE(person && *person);
    EXPECT_EQ((*person)->name, "张三");
    EXPECT_EQ((*person)->phone, "13800000000");
    EXPECT_EQ((*person)->operator_code, code(party(1)));
}

TEST_F(RegisterExportTest, EventsAndRegisterTravelTogether) {
    put(register_rows());
    EventText event;
    event.id = event_id(1);
    event.members = {kilograms(lot(1), 5), at(site(1))};
    capture(document({to_text(event)}));
    const std::string text = exported(recorder(), ExportFormat::kDocument);
    const TemporaryDirectory folder;
    const auto other = open_other(folder);
    Recorder copy(*other, clock_);
    const auto report = copy.intake.capture(context_, scope_, text, {});
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_EQ(report->stored_count, 1U);
    EXPECT_EQ(report->registry_row_count, register_rows().count());
}

TEST_F(RegisterExportTest, NothingRegisteredIsNoHeader) {
    EXPECT_EQ(exported(recorder(), ExportFormat::kDocument).find("epcisHeader"), std::string::npos);
    EXPECT_EQ(exported(recorder(), ExportFormat::kJsonLines), "");
    EXPECT_EQ(rows_written_, 0U);
}

// Rows that were put one after the other may overlap; what is exported says the same of each day.
TEST_F(RegisterExportTest, RowsThatOverlapAreCutToWhatCounts) {
    model::RegistryRows rows;
    rows.regions = {
        {"410100", "旧名", "410000", "", ""},
        {"410100", "新名", "410000", "2020-03-01", ""},
        {"410100", "暂名", "410000", "2021-01-01", "2021-01-31"},
        {"410200", "开封市", "410000", "", ""},
    };
    put(rows);
    const std::string text = exported(recorder(), ExportFormat::kDocument);
    const TemporaryDirectory folder;
    const auto other = open_other(folder);
    Recorder copy(*other, clock_);
    take(copy, text);
    for (const auto& [day, name] : std::vector<std::pair<std::string, std::string>>{
             {"1999-01-01", "旧名"},
             {"2020-02-29", "旧名"},
             {"2020-03-01", "新名"},
             {"2020-12-31", "新名"},
             {"2021-01-01", "暂名"},
             {"2021-01-31", "暂名"},
             {"2021-02-01", "新名"},
             {"2026-01-01", "新名"},
         }) {
        for (const store::Store* told : {store_.get(), other.get()}) {
            const auto found = told->find_regions(context_, scope_, "410100", day);
            ASSERT_TRUE(found && found->size() == 1) << day;
            EXPECT_EQ(found->front().name, name) << day;
        }
    }
    EXPECT_EQ(exported(copy, ExportFormat::kDocument), text);
}

// A title that comes later does not have to end the one before.
TEST_F(RegisterExportTest, ATitleEndsWhereTheNextBegins) {
    model::RegistryRows rows;
    rows.people = {{"工号 7", code(party(1)), "", "", "收货员", "2025-01-01", ""}};
    put(rows);
    rows.people = {{"工号 7", code(party(1)), "", "", "仓库主管", "2026-01-01", ""}};
    put(rows);
    const std::string text = exported(recorder(), ExportFormat::kDocument);
    EXPECT_EQ(rows_written_, 2U);
    EXPECT_NE(text.find("2025-12-31"), std::string::npos);
    take(recorder(), text);
    EXPECT_EQ(exported(recorder(), ExportFormat::kDocument), text);
    const auto history = store_->find_person_history(context_, scope_, "工号 7", 10);
    ASSERT_TRUE(history && history->size() == 2);
    EXPECT_EQ(history->at(0).validity(), (model::DayRange{"2026-01-01", ""}));
    EXPECT_EQ(history->at(1).validity(), (model::DayRange{"2025-01-01", "2025-12-31"}));
}

TEST_F(RegisterExportTest, AKeyMayCrossPages) {
    model::RegistryRows rows;
    for (int year = 1; year <= 1'500; ++year) {
        rows.papers.push_back(
            {"one paper",
             "",
             "",
             "",
             format("{:04}-01-01", year),
             year % 2 == 0 ? "" : format("{:04}-12-31", year)}
        );
    }
    put(rows);
    std::vector<model::RegisteredPaper> taken;
    const auto count = for_each_registry_page(
        context_,
        scope_,
        *store_,
        [&](const model::RegistryRows& page) -> Status {
            taken.insert(taken.end(), page.papers.begin(), page.papers.end());
            return {};
        }
    );
    ASSERT_TRUE(count) << count.error().message();
    EXPECT_EQ(*count, 1'500U);
    model::RegistryRows together;
    together.papers = taken;
    const Status checked = model::check_registry(together);
    EXPECT_TRUE(checked) << checked.error().message();
    EXPECT_EQ(taken.front().valid_from, "0001-01-01");
    EXPECT_EQ(taken[1].valid_to, "0002-12-31");  // was open, and the next year has its own
    EXPECT_EQ(taken.back().valid_to, "");
}

TEST(ElementIdTest, AnyCodeBecomesAUriAndComesBack) {
    for (const std::string_view text :
         {"urn:epc:id:sgln:6901234.00001.0", "https://id.gs1.org/414/4012345000054"}) {
        EXPECT_EQ(element_id(text), text);
        EXPECT_EQ(plain_id(text), text);
    }
    EXPECT_EQ(element_id("京A12345"), "https://ns.suyuan.example/epcis/id/%E4%BA%ACA12345");
    for (const std::string_view text :
         {"京A12345",
          "SC11834020305037",
          "a b/c%d?e",
          "urn:",
          "https://x y",
          "https://a.b/%zz",
          "https://ns.suyuan.example/epcis/id/x",
          "%41"}) {
        EXPECT_EQ(plain_id(element_id(text)), text);
    }
    EXPECT_EQ(plain_id("https://ns.suyuan.example/epcis/id/%4"), "%4");
    EXPECT_EQ(plain_id("https://ns.suyuan.example/epcis/id/%G1"), "%G1");
    EXPECT_EQ(
        plain_id("https://ns.suyuan.example/epcis/region/410100"),
        "https://ns.suyuan.example/epcis/region/410100"
    );
}

}  // namespace
}  // namespace suyuan::service
