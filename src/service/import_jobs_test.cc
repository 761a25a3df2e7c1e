// SPDX-License-Identifier: Apache-2.0

#include "service/import_jobs.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "codec/json.h"
#include "io/files.h"
#include "service/file_import.h"
#include "service/intake.h"
#include "service/line_sheet.h"
#include "service/person_ids_testing.h"
#include "service/service_fixture.h"

namespace suyuan::service {
namespace {

constexpr std::string_view kTitles = "进货时间,品名,批号,数量,单位\n";

std::string lines(int count) {
    std::string text(kTitles);
    for (int row = 0; row < count; ++row) {
        text += format("2026-01-02,黄瓜,L{},5,kg\n", row);
    }
    return text;
}

class ImportJobsTest : public ServiceTest {
protected:
    ImportJobsTest() { restart(); }

    // As a new process finds the directory.
    void restart() {
        jobs_.reset();
        jobs_ = std::make_unique<ImportJobs>(
            directory_.path() / "imports",
            recorder().store,
            recorder().intake,
            clock_,
            randomness_,
            test_person_ids()
        );
        ASSERT_TRUE(jobs_->resume(context_, scope_));
    }

    [[nodiscard]] ImportJobs& jobs() { return *jobs_; }

    static FileImportOptions options(ErrorBehaviour behaviour = ErrorBehaviour::kRollback) {
        FileImportOptions options;
        options.operator_code = "91410100MA45X2TP0T";
        options.behaviour = behaviour;
        return options;
    }

    std::string upload(std::string_view text) {
        const auto created = jobs().create(context_, "台账.csv", text.size());
        EXPECT_TRUE(created) << created.error().message();
        const auto all = jobs().append(context_, created->id, 0, text);
        EXPECT_TRUE(all) << all.error().message();
        EXPECT_EQ(all->state, ImportState::kReady);
        return created->id;
    }

    FileImport run(const std::string& id, const FileImportOptions& how) {
        const auto begun = jobs().run(context_, scope_, id, how);
        EXPECT_TRUE(begun) << begun.error().message();
        return finished(id);
    }

    FileImport finished(const std::string& id) {
        const auto import = jobs().wait(context_, id, [](const FileProgress&) {});
        EXPECT_TRUE(import) << import.error().message();
        return import.value_or(FileImport{});
    }

    [[nodiscard]] std::uint64_t stored() {
        return recorder().store.counts(context_, scope_)->events;
    }

private:
    std::unique_ptr<ImportJobs> jobs_;
};

TEST_F(ImportJobsTest, AFileComesInPieces) {
    const std::string text = lines(3);
    const auto created = jobs().create(context_, "a.csv", text.size());
    ASSERT_TRUE(created);
    EXPECT_EQ(created->state, ImportState::kUploading);
    EXPECT_FALSE(jobs().preview(context_, created->id, {}));
    EXPECT_FALSE(jobs().run(context_, scope_, created->id, options()));
    ASSERT_TRUE(jobs().append(context_, created->id, 0, text.substr(0, 10)));
    // The same piece again, or one too far: the answer says where to go on.
    const auto again = jobs().append(context_, created->id, 0, text.substr(0, 10));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code(), ErrorCode::kConflict);
    EXPECT_NE(again.error().message().find("10 bytes"), std::string::npos);
    EXPECT_FALSE(jobs().append(context_, created->id, 10, text));
    const auto all = jobs().append(context_, created->id, 10, text.substr(10));
    ASSERT_TRUE(all);
    EXPECT_EQ(all->state, ImportState::kReady);
    const FileImport done = run(created->id, options());
    EXPECT_EQ(done.state, ImportState::kDone);
    EXPECT_EQ(done.progress.tally.stored, 3U);
    EXPECT_EQ(stored(), 3U);
}

TEST_F(ImportJobsTest, ABadRowKeepsTheFileOutUnlessTheSenderSaysOtherwise) {
    const std::string text = lines(3) + "昨天,,,,\n";
    const std::string id = upload(text);
    const FileImport refused = run(id, options());
    EXPECT_EQ(refused.state, ImportState::kRefused);
    EXPECT_EQ(refused.progress.tally.bad_rows, 1U);
    EXPECT_TRUE(refused.has_faults_file);
    EXPECT_TRUE(io::exists(*jobs().faults_file(context_, id)));
    EXPECT_EQ(stored(), 0U);
    const FileImport done = run(id, options(ErrorBehaviour::kProceed));
    EXPECT_EQ(done.state, ImportState::kDone);
    EXPECT_EQ(done.progress.tally.stored, 3U);
    EXPECT_EQ(stored(), 3U);
    // Its file is let go; what is told of it stays.
    EXPECT_FALSE(jobs().run(context_, scope_, id, options()));
    EXPECT_TRUE(jobs().faults_file(context_, id));
}

TEST_F(ImportJobsTest, AFileThatIsNoTableSaysWhy) {
    const FileImport refused = run(upload("%PDF-1.4 is no table"), options());
    EXPECT_EQ(refused.state, ImportState::kRefused);
    ASSERT_TRUE(refused.error);
    EXPECT_FALSE(refused.error->zh.empty());
    EXPECT_FALSE(refused.has_faults_file);
    EXPECT_FALSE(jobs().faults_file(context_, refused.id));
}

TEST_F(ImportJobsTest, WhatWasBegunIsFinishedByTheNextProcess) {
    const std::string id = upload(lines(700));
    // As a process leaves it that ends right after its marker.
    const std::filesystem::path record = directory_.path() / "imports" / id / "import.json";
    FileImport begun = *jobs().find(context_, id);
    begun.options = options();
    begun.state = ImportState::kPublishing;
    ASSERT_TRUE(io::write_file(record, codec::write_json(to_json(begun))));
    restart();
    const FileImport done = finished(id);
    EXPECT_EQ(done.state, ImportState::kDone);
    EXPECT_EQ(stored(), 700U);
}

TEST_F(ImportJobsTest, WhatWasOnlyLookedAtWaitsToBeRunAgain) {
    const std::string id = upload(lines(3));
    FileImport begun = *jobs().find(context_, id);
    begun.state = ImportState::kChecking;
    ASSERT_TRUE(io::write_file(
        directory_.path() / "imports" / id / "import.json", codec::write_json(to_json(begun))
    ));
    restart();
    EXPECT_EQ(jobs().find(context_, id)->state, ImportState::kReady);
    EXPECT_EQ(run(id, options()).progress.tally.stored, 3U);
}

TEST_F(ImportJobsTest, AStoppedImportKeepsWhatItStored) {
    const std::string id = upload(lines(6'000));
    ASSERT_TRUE(jobs().run(context_, scope_, id, options()));
    ASSERT_TRUE(jobs().stop_import(context_, id));
    const FileImport stopped = finished(id);
    EXPECT_EQ(stopped.state, ImportState::kStopped);
    EXPECT_LT(stored(), 6'000U);
    EXPECT_EQ(run(id, options()).state, ImportState::kDone);
    EXPECT_EQ(stored(), 6'000U);
}

TEST_F(ImportJobsTest, ColumnsAreRememberedForTitlesOfTheirKind) {
    const std::string text = "什么时候,什么,哪一批,多少,单位\n2026-01-02,黄瓜,L1,5,kg\n";
    FileImportOptions chosen = options();
    chosen.sheet = "inbound";
    chosen.choices = {
        {"什么时候", "time"}, {"什么", "goods"}, {"哪一批", "lot"}, {"多少", "quantity"}
    };
    const std::string first = upload(text);
    EXPECT_TRUE(jobs().preview(context_, first, {})->preview.problem);
    EXPECT_EQ(run(first, chosen).state, ImportState::kDone);
    const auto next = jobs().preview(context_, upload(text), {});
    ASSERT_TRUE(next);
    EXPECT_TRUE(next->is_remembered);
    EXPECT_FALSE(next->preview.problem);
    EXPECT_EQ(next->preview.columns[3], Column::kQuantity);
    EXPECT_FALSE(jobs().preview(context_, upload(lines(1)), {})->is_remembered);
}

TEST_F(ImportJobsTest, AnotherRunForgetsWhichColumnsWereNotRead) {
    const std::string id = upload("进货时间,品名,批号,数量,单位,单价\n昨天,黄瓜,L1,5,kg,3.20\n");
    const FileImport refused = run(id, options());
    EXPECT_EQ(refused.state, ImportState::kRefused);
    EXPECT_EQ(refused.unused_columns, std::vector<std::string>{"单价"});
    FileImportOptions other = options();
    other.sheet = "vehicles";
    EXPECT_TRUE(run(id, other).unused_columns.empty());
}

TEST_F(ImportJobsTest, ListsNewestFirstPageByPage) {
    std::vector<std::string> ids;
    for (int number = 0; number < 5; ++number) {
        ids.push_back(upload(lines(1)));
        clock_.advance(1'000'000);
    }
    const FileImportPage first = jobs().list(context_, 2, "");
    ASSERT_EQ(first.imports.size(), 2U);
    EXPECT_EQ(first.imports[0].id, ids[4]);
    const FileImportPage rest = jobs().list(context_, 10, first.next);
    ASSERT_EQ(rest.imports.size(), 3U);
    EXPECT_EQ(rest.imports[2].id, ids[0]);
    EXPECT_EQ(rest.next, "");
}

TEST_F(ImportJobsTest, AnImportCanBeForgotten) {
    const std::string id = upload(lines(1));
    run(id, options());
    ASSERT_TRUE(jobs().forget(context_, id));
    EXPECT_FALSE(jobs().find(context_, id));
    EXPECT_FALSE(io::exists(directory_.path() / "imports" / id));
    EXPECT_EQ(stored(), 1U);
    EXPECT_FALSE(jobs().forget(context_, id));
    EXPECT_FALSE(jobs().forget(context_, "../.."));
}

TEST_F(ImportJobsTest, AnotherSendersImportIsNotThere) {
    const std::string id = upload(lines(1));
    policy::Principal other = policy::local_principal();
    other.operator_code = "somebody";
    const policy::RequestContext context(other);
    EXPECT_EQ(jobs().find(context, id).error().code(), ErrorCode::kNotFound);
    EXPECT_TRUE(jobs().list(context, 10, "").imports.empty());
}

TEST_F(ImportJobsTest, RefusesFilesThatCannotBe) {
    EXPECT_FALSE(jobs().create(context_, "", 5));
    EXPECT_FALSE(jobs().create(context_, "a.csv", 0));
    EXPECT_FALSE(jobs().create(context_, "a.csv", ImportJobs::kFileBytesMax + 1));
    EXPECT_FALSE(jobs().create(context_, std::string(300, 'a'), 5));
}

TEST_F(ImportJobsTest, TemplatesAreWhatTheImportReads) {
    for (const Sheet& sheet : sheets()) {
        for (const std::string_view kind : {"csv", "xlsx"}) {
            if (sheet.kind == SheetKind::kChain && kind == "csv") {
                EXPECT_FALSE(jobs().template_file(sheet.key, kind));  // three worksheets
                continue;
            }
            const auto bytes = jobs().template_file(sheet.key, kind);
            ASSERT_TRUE(bytes) << bytes.error().message();
            const std::filesystem::path path = directory_.path() / "template";
            ASSERT_TRUE(io::write_file(path, *bytes));
            const auto preview = preview_file(path, {});
            ASSERT_TRUE(preview) << preview.error().message();
            EXPECT_EQ(preview->sheet, sheet.key);
            EXPECT_FALSE(preview->problem);
            EXPECT_TRUE(preview->rows.empty());
        }
    }
    EXPECT_FALSE(jobs().template_file("tax", "csv"));
    EXPECT_FALSE(jobs().template_file("inbound", "pdf"));
}

TEST_F(ImportJobsTest, ADamagedRecordIsSetAside) {
    const std::string damaged = upload(lines(1));
    const std::string good = upload(lines(2));
    const auto folder = directory_.path() / "imports" / damaged;
    ASSERT_TRUE(io::write_file(folder / "import.json", "{}"));
    ImportJobs again(
        directory_.path() / "imports",
        recorder().store,
        recorder().intake,
        clock_,
        randomness_,
        test_person_ids()
    );
    const auto set_aside = again.resume(context_, scope_);
    ASSERT_TRUE(set_aside) << set_aside.error().message();
    EXPECT_EQ(*set_aside, std::vector{folder / "import.unreadable"});
    EXPECT_TRUE(io::exists(folder / "import.unreadable"));
    EXPECT_TRUE(again.find(context_, good));
    EXPECT_FALSE(again.find(context_, damaged));
    EXPECT_TRUE(again.resume(context_, scope_)->empty());
}

TEST_F(ImportJobsTest, TheLongestCellsAreCutInWhatIsTold) {
    std::string text = "进货时间,商品名称,批号,数量,单位\n";
    for (int row = 0; row < 120; ++row) {
        text += "2026-01-02,黄瓜,L1," + std::string(100'000, 'x') + ",公斤\n";
    }
    FileImportOptions inbound = options();
    inbound.sheet = "inbound";
    const std::string id = upload(text);
    const FileImport refused = run(id, inbound);
    ASSERT_EQ(refused.problems.size(), kProblemsMax);
    EXPECT_LE(refused.problems.front().value.size(), 240U);
    restart();
    EXPECT_EQ(finished(id).problems.size(), kProblemsMax);
    EXPECT_TRUE(jobs().list(context_, 10, {}).imports.front().problems.empty());
}

TEST_F(ImportJobsTest, AnUploadGoesOnAfterARestart) {
    const std::string text = lines(3);
    const auto created = jobs().create(context_, "a.csv", text.size());
    ASSERT_TRUE(created);
    ASSERT_TRUE(jobs().append(context_, created->id, 0, text.substr(0, 10)));
    restart();
    EXPECT_EQ(finished(created->id).received, 10U);
    // Of a piece that was not written whole, nothing stays.
    const auto source = directory_.path() / "imports" / created->id / "source";
    ASSERT_TRUE(io::append_file(source, 10, "half a piece"));
    ASSERT_TRUE(jobs().append(context_, created->id, 10, text.substr(10)));
    EXPECT_EQ(run(created->id, options()).progress.tally.stored, 3U);
}

TEST_F(ImportJobsTest, TheColumnsOfLastTimeAreMeantAgain) {
    const auto text = [](int row) {
        return format("哪天,什么,批号,多少,单位\n2026-01-02,黄瓜,L{},5,公斤\n", row);
    };
    FileImportOptions chosen = options();
    chosen.sheet = "inbound";
    chosen.choices = {
        {.title = "哪天", .column = "time"},
        {.title = "什么", .column = "goods"},
        {.title = "多少", .column = "quantity"},
    };
    EXPECT_EQ(run(upload(text(0)), options()).state, ImportState::kRefused);
    const FileImport first = run(upload(text(1)), chosen);
    EXPECT_EQ(first.state, ImportState::kDone) << (first.error ? first.error->en : "");
    EXPECT_EQ(run(upload(text(2)), options()).state, ImportState::kDone);
    EXPECT_EQ(stored(), 2U);
}

TEST_F(ImportJobsTest, AllOrNothingIsNotStoppedHalfway) {
    const std::string id = upload(lines(3'000));
    FileImport begun = *jobs().find(context_, id);
    begun.options = options();
    begun.state = ImportState::kPublishing;
    ASSERT_TRUE(io::write_file(
        directory_.path() / "imports" / id / "import.json", codec::write_json(to_json(begun))
    ));
    restart();  // which takes it up again
    const auto stopped = jobs().stop_import(context_, id);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code(), ErrorCode::kConflict);
    const FileImport done = finished(id);
    EXPECT_EQ(done.state, ImportState::kDone);
    EXPECT_EQ(done.progress.tally.stored, 3'000U);
}

}  // namespace
}  // namespace suyuan::service
