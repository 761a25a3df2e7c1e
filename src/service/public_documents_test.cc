// SPDX-License-Identifier: Apache-2.0
//
// Goal: what others publish as valid EPCIS 2.0 goes in and comes out equal; what they publish as
// invalid stays out. Method: every document of the folder in SUYUAN_TEST_DATA, each into a store of
// its own, then all into one.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "codec/json.h"
#include "io/clock.h"
#include "io/files.h"
#include "io/process.h"
#include "io/randomness.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/events.h"
#include "service/intake.h"
#include "service/service_fixture.h"
#include "store/event_query.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

using codec::Json;

struct PublicDocument {
    std::string path;
    std::string text;
    Json json;
};

// Two of its sensor reports lack the "type" that the schema demands.
constexpr std::string_view kInvalidAmongTheValid = "SensorData_with_combined_events.json";

std::optional<std::string> data_folder() {
    return io::environment("SUYUAN_TEST_DATA");
}

std::vector<PublicDocument> read_all(const std::string& folder) {
    std::vector<PublicDocument> documents;
    const auto files = io::list_files(folder, {".json", ".jsonld"});
    EXPECT_TRUE(files) << folder;
    if (!files) {
        return documents;
    }
    for (const std::filesystem::path& file : *files) {
        auto text = io::read_file(file, std::uint64_t{64} << 20);
        EXPECT_TRUE(text) << file;
        auto json = codec::parse_json(text.value_or(""), {}, codec::Duplicates::kEventIdMayRepeat);
        EXPECT_TRUE(json) << file;
        if (json && file.filename() != kInvalidAmongTheValid) {
            documents.push_back({file.string(), *std::move(text), *std::move(json)});
        }
    }
    return documents;
}

std::vector<PublicDocument> capture_documents() {
    std::vector<PublicDocument> documents = read_all(*data_folder() + "/epcis/gs1/JSON");
    std::ranges::move(
        read_all(*data_folder() + "/epcis/openepcis/Capture/Documents"),
        std::back_inserter(documents)
    );
    std::erase_if(documents, [](const PublicDocument& document) {
        return document.json.string_or("type") != "EPCISDocument";
    });
    return documents;
}

// The value at an RFC 6901 pointer made of names without "~" and of numbers.
const Json* at_pointer(const Json& root, std::string_view pointer) {
    const Json* value = &root;
    while (!pointer.empty() && value != nullptr) {
        pointer.remove_prefix(1);
        const std::string name(pointer.substr(0, pointer.find('/')));
        pointer.remove_prefix(name.size());
        if (value->is_array()) {
            const std::size_t place = std::stoul(name);
            value = place < value->items().size() ? &value->items()[place] : nullptr;
        } else {
            value = value->find(name);
        }
    }
    return value;
}

// The event as submitted is what is left when what we add is taken away. The record time is always
// ours (EPCIS 2.0 section 7.4.1: a capture client's is ignored).
Json without_additions(Json event) {
    for (const std::string_view name : {"recordTime", "suyuan:hashId", "suyuan:flags"}) {
        event.erase(name);
    }
    return event;
}

// One empty store after another.
class PublicDocumentsTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (!data_folder()) {
            GTEST_SKIP() << "skipped: no data";
        }
    }

    void open_new_store() {
        recorder_.reset();
        store_.reset();
        directory_ = std::make_unique<TemporaryDirectory>();
        auto opened = open_store(directory_->path(), clock_, randomness_);
        ASSERT_TRUE(opened) << opened.error().message();
        store_ = *std::move(opened);
        recorder_ = std::make_unique<Recorder>(*store_, clock_);
    }

    void expect_returned_equal(const Json& submitted, const CapturedEvent& captured) {
        const auto version = recorder_->events.by_record(context_, scope_, captured.receipt.record);
        ASSERT_TRUE(version) << version.error().message();
        const Json returned = restore(version->stored, ContextPlace::kInDocument);
        EXPECT_EQ(returned.string_or("recordTime"), "2026-01-05T00:00:00.000Z");
        EXPECT_EQ(returned.string_or("suyuan:hashId"), captured.hash_id);
        EXPECT_EQ(without_additions(returned), without_additions(submitted))
            << codec::write_json(returned) << "\n  was\n"
            << codec::write_json(submitted);
    }

    // Every event in log order with hash id and flags, but for where its context stands.
    std::vector<Json> content() {
        store::EventQuery query;
        query.page_size = 1'000;
        auto page = store_->find_events(context_, scope_, query);
        EXPECT_TRUE(page) << page.error().message();
        std::vector<Json> events;
        for (const store::StoredEvent& stored : page->events) {
            Json event = restore(stored, ContextPlace::kInDocument);
            event.erase("@context");
            events.push_back(std::move(event));
        }
        return events;
    }

    std::string exported() {
        std::string text;
        const auto written = recorder_->events.export_all(
            context_,
            scope_,
            {.format = ExportFormat::kDocument, .registry_scope = std::nullopt},
            [&](std::string_view piece) -> Status {
                text += piece;
                return {};
            },
            {}
        );
        EXPECT_TRUE(written) << written.error().message();
        return text;
    }

    io::ManualClock clock_{1'767'571'200 * model::kMicrosPerSecond};
    io::SystemRandomness randomness_;
    policy::RequestContext context_{policy::local_principal()};
    policy::Scope scope_ =
        policy::decide(policy::local_principal(), policy::Permission::kCaptureEvents).value();
    std::unique_ptr<TemporaryDirectory> directory_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<Recorder> recorder_;
};

TEST_F(PublicDocumentsTest, EveryValidDocumentIsStoredAndReturnedEqual) {
    std::size_t document_count = 0;
    std::size_t event_count = 0;
    for (const PublicDocument& document : capture_documents()) {
        SCOPED_TRACE(document.path);
        open_new_store();
        const auto report = recorder_->intake.capture(context_, scope_, document.text, {});
        ASSERT_TRUE(report) << report.error().message();
        EXPECT_TRUE(report->problems.empty()) << problems_json(report->problems);
        EXPECT_EQ(report->events.size(), report->event_count);
        for (const CapturedEvent& captured : report->events) {
            const Json* submitted = at_pointer(document.json, captured.pointer);
            ASSERT_NE(submitted, nullptr) << captured.pointer;
            expect_returned_equal(*submitted, captured);
        }
        ++document_count;
        event_count += report->events.size();
    }
    std::cout << document_count << " documents, " << event_count
              << " events accepted and returned equal\n";
    EXPECT_EQ(document_count, 83U);
}

TEST_F(PublicDocumentsTest, EveryBareEventIsStoredAndReturnedEqual) {
    std::size_t count = 0;
    for (const PublicDocument& event :
         read_all(*data_folder() + "/epcis/openepcis/Capture/Events")) {
        SCOPED_TRACE(event.path);
        open_new_store();
        const auto captured = recorder_->intake.capture_event(context_, scope_, event.text, "");
        ASSERT_TRUE(captured) << captured.error().message();
        const auto version =
            recorder_->events.by_record(context_, scope_, captured->receipt.record);
        ASSERT_TRUE(version);
        EXPECT_EQ(without_additions(version->event), without_additions(event.json))
            << codec::write_json(version->event);
        ++count;
    }
    std::cout << count << " bare events accepted and returned equal\n";
    EXPECT_EQ(count, 5U);
}

TEST_F(PublicDocumentsTest, EveryInvalidDocumentIsRefused) {
    std::size_t count = 0;
    for (const PublicDocument& document :
         read_all(*data_folder() + "/epcis/openepcis/Capture/Invalid")) {
        open_new_store();
        const auto report = recorder_->intake.capture(context_, scope_, document.text, {});
        if (report) {
            EXPECT_TRUE(report->is_rolled_back) << document.path;
        } else {
            EXPECT_EQ(report.error().code(), ErrorCode::kInvalidArgument) << document.path;
        }
        EXPECT_EQ(store_->counts(context_, scope_).value().events, 0U) << document.path;
        ++count;
    }
    std::cout << count << " invalid documents refused\n";
    EXPECT_EQ(count, 15U);
}

TEST_F(PublicDocumentsTest, QueryDocumentsAreForImportAlone) {
    std::size_t count = 0;
    for (const std::string folder : {"/epcis/gs1/JSON", "/epcis/hash"}) {
        for (const PublicDocument& document : read_all(*data_folder() + folder)) {
            if (document.json.string_or("type") != "EPCISQueryDocument") {
                continue;
            }
            SCOPED_TRACE(document.path);
            open_new_store();
            const auto refused = recorder_->intake.capture(context_, scope_, document.text, {});
            ASSERT_FALSE(refused);
            EXPECT_EQ(refused.error().code(), ErrorCode::kInvalidArgument);
            CaptureOptions options;
            options.accepts_query_documents = true;
            const auto read = recorder_->intake.capture(context_, scope_, document.text, options);
            ASSERT_TRUE(read) << read.error().message();
            EXPECT_GT(read->stored_count, 0U) << problems_json(read->problems);
            ++count;
        }
    }
    std::cout << count << " query documents refused by capture, read by import\n";
    EXPECT_GE(count, 2U);
}

// Goal: an export holds everything that another store needs to say the same. Method: every document
// into one store, exported, imported into the next, twice; contexts at every level are among them.
TEST_F(PublicDocumentsTest, AnExportIsImportedAsTheSameEventsAgainAndAgain) {
    open_new_store();
    std::uint64_t stored_count = 0;
    for (const PublicDocument& document : capture_documents()) {
        const auto report = recorder_->intake.capture(context_, scope_, document.text, {});
        ASSERT_TRUE(report) << document.path << report.error().message();
        stored_count += report->stored_count;
    }
    const std::vector<Json> submitted = content();
    const std::string first = exported();
    std::vector<std::string> again;
    for (std::string text = first; again.size() < 2; text = again.back()) {
        open_new_store();
        CaptureOptions options;
        options.accepts_query_documents = true;
        const auto report = recorder_->intake.capture(context_, scope_, text, options);
        ASSERT_TRUE(report) << report.error().message();
        EXPECT_EQ(report->stored_count, stored_count) << problems_json(report->problems);
        const std::vector<Json> imported = content();
        ASSERT_EQ(imported.size(), submitted.size());
        for (std::size_t i = 0; i < submitted.size(); ++i) {
            EXPECT_EQ(imported[i], submitted[i]) << codec::write_json(imported[i]);
        }
        again.push_back(exported());
    }
    EXPECT_EQ(again[1], again[0]);  // contexts do not grow
    std::cout << stored_count << " events exported and imported twice\n";
}

// Several of them reuse an eventID with other content, or the content with another id.
TEST_F(PublicDocumentsTest, AllInOneStoreKeepsEveryVersionAndTellsThemApart) {
    open_new_store();
    CaptureReport sum;
    for (const PublicDocument& document : capture_documents()) {
        const auto report = recorder_->intake.capture(context_, scope_, document.text, {});
        ASSERT_TRUE(report) << document.path << report.error().message();
        sum.event_count += report->event_count;
        sum.stored_count += report->stored_count;
        sum.duplicate_count += report->duplicate_count;
        sum.conflict_count += report->conflict_count;
        sum.possible_duplicate_count += report->possible_duplicate_count;
        for (const CapturedEvent& captured : report->events) {
            const Json* submitted = at_pointer(document.json, captured.pointer);
            ASSERT_NE(submitted, nullptr);
            if (captured.receipt.outcome != store::CommitOutcome::kDuplicate) {
                expect_returned_equal(*submitted, captured);
            }
        }
    }
    std::cout << sum.event_count << " events: " << sum.stored_count << " stored, "
              << sum.duplicate_count << " duplicates, " << sum.conflict_count << " conflicts, "
              << sum.possible_duplicate_count << " possible duplicates\n";
    EXPECT_EQ(sum.stored_count + sum.duplicate_count, sum.event_count);
    EXPECT_GT(sum.duplicate_count, 0U);
    EXPECT_GT(sum.conflict_count, 0U);
    const store::StoreCounts counts = store_->counts(context_, scope_).value();
    EXPECT_EQ(counts.events, sum.stored_count);
    EXPECT_EQ(counts.conflicts, sum.conflict_count);
    EXPECT_EQ(recorder_->graph.snapshot().event_count, sum.stored_count);

    // Sent once more, nothing is new.
    for (const PublicDocument& document : capture_documents()) {
        const auto report = recorder_->intake.capture(context_, scope_, document.text, {});
        ASSERT_TRUE(report);
        EXPECT_EQ(report->duplicate_count, report->event_count) << document.path;
    }
    EXPECT_TRUE(store_->verify(context_, scope_, {}).value().empty());
    ASSERT_TRUE(recorder_->stock.catch_up(context_, scope_));
    EXPECT_TRUE(recorder_->stock.compare(context_, scope_, 10).value().empty());
}

}  // namespace
}  // namespace suyuan::service
