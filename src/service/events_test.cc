// SPDX-License-Identifier: Apache-2.0

#include "service/events.h"

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "codec/json.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "service/epcis_text.h"
#include "service/intake.h"
#include "service/service_fixture.h"
#include "store/event_query.h"

namespace suyuan::service {
namespace {

using codec::Json;

EventText harvest(int number, int amount = 10) {
    return {
        .id = event_id(number),
        .minute = number,
        .action = "ADD",
        .step = "commissioning",
        .members = {kilograms(lot(number), amount), at(site(1))}
    };
}

// Of an answer to a query, or of an export.
const std::vector<Json>& events_of(const Json& document) {
    const Json* const body = document.find("epcisBody");
    if (const Json* const list = body->find("eventList"); list != nullptr) {
        return list->items();
    }
    return body->find("queryResults")->find("resultsBody")->find("eventList")->items();
}

Json parse(std::string_view text) {
    auto json = codec::parse_json(text);
    EXPECT_TRUE(json) << json.error().message() << "\n" << text;
    return json ? *std::move(json) : Json();
}

// An event without what the store adds and where its context stands.
Json bare_of(Json event) {
    for (const std::string_view name :
         {"recordTime", "suyuan:hashId", "suyuan:flags", "@context"}) {
        event.erase(name);
    }
    return event;
}

class EventsTest : public ServiceTest {
protected:
    EventsPage page(const store::EventQuery& query) {
        auto found = recorder().events.find(context_, scope_, query);
        EXPECT_TRUE(found) << found.error().message();
        return found ? *std::move(found) : EventsPage();
    }

    std::string exported(ExportFormat format) {
        std::string text;
        std::uint64_t told = 0;
        const auto written = recorder().events.export_all(
            context_,
            scope_,
            {.format = format, .registry_scope = std::nullopt},
            [&](std::string_view piece) -> Status {
                text += piece;
                return {};
            },
            [&](std::uint64_t count) { told = count; }
        );
        EXPECT_TRUE(written) << written.error().message();
        EXPECT_EQ(written.value_or(Exported()).events, told);
        return text;
    }

    // A story with everything that an export must carry over.
    void capture_story() {
        EventText people = harvest(1);
        people.members.emplace_back(
            R"("suyuan:people":[{"id":"staff-7","name":"张三"}],"suyuan:vehicles":["豫A12345"])"
        );
        EventText nameless = harvest(2);
        nameless.id.clear();
        capture(document({to_text(people), to_text(nameless), to_text(harvest(3))}));
        clock_.advance(model::kMicrosPerSecond);
        EventText declaration = harvest(3);
        declaration.members.emplace_back(
            R"("errorDeclaration":{"declarationTime":"2026-01-06T00:00:00Z"})"
        );
        EventText conflict = harvest(4, 11);
        // Another document with another meaning of a prefix.
        std::string other = document({to_text(harvest(4)), to_text(declaration)});
        const std::string_view prefix = R"("suyuan":)";
        other.insert(other.find(prefix), R"("ex":"https://one.example/",)");
        capture(other);
        EventText extended = conflict;
        extended.members.emplace_back(R"("ex:colour":"green")");
        std::string another = document({to_text(extended)});
        another.insert(another.find(prefix), R"("ex":"https://two.example/",)");
        const auto report = capture(another);
        EXPECT_EQ(report.conflict_count, 1U);
    }

    // Everything that a store holds, in log order: its events without what the store added, and
    // their hash ids, which tell whether their contexts still mean the same.
    struct Content {
        std::vector<Json> events;
        std::vector<std::string> hash_ids;
    };

    Content content_of(Recorder& of) {
        Content content;
        store::EventQuery query;
        query.page_size = 1'000;
        const auto found = of.events.find(context_, scope_, query);
        EXPECT_TRUE(found) << found.error().message();
        for (const Json& event : events_of(found->document)) {
            content.hash_ids.emplace_back(event.string_or("suyuan:hashId"));
            content.events.push_back(bare_of(event));
        }
        return content;
    }

    void expect_same(Recorder& other, const Content& before) {
        const Content after = content_of(other);
        EXPECT_EQ(after.hash_ids, before.hash_ids);
        ASSERT_EQ(after.events.size(), before.events.size());
        for (std::size_t i = 0; i < before.events.size(); ++i) {
            EXPECT_EQ(after.events[i], before.events[i])
                << codec::write_json(after.events[i]) << "\n"
                << codec::write_json(before.events[i]);
        }
    }
};

TEST_F(EventsTest, AnEventComesBackWithRecordTimeAndHashId) {
    const auto report = capture(document({to_text(harvest(1))}));
    const EventVersion version = event(event_id(1));
    EXPECT_EQ(bare_of(version.event), parse(to_text(harvest(1))));
    EXPECT_EQ(version.event.string_or("recordTime"), "2026-01-05T00:00:00.000Z");
    EXPECT_EQ(version.event.string_or("suyuan:hashId"), report.events[0].hash_id);
    EXPECT_EQ(version.event.find("suyuan:flags"), nullptr);
    EXPECT_NE(version.event.find("@context"), nullptr);
    EXPECT_EQ(version.stored.log_index, 1U);

    const auto by_hash = recorder().events.by_id(context_, scope_, report.events[0].hash_id);
    ASSERT_TRUE(by_hash);
    EXPECT_EQ(by_hash->front().stored.record, version.stored.record);
    const auto by_record = recorder().events.by_record(context_, scope_, version.stored.record);
    ASSERT_TRUE(by_record);
    EXPECT_EQ(by_record->event, version.event);
}

TEST_F(EventsTest, WhatIsNotThereIsNotFound) {
    const auto by_id = recorder().events.by_id(context_, scope_, event_id(1));
    ASSERT_FALSE(by_id);
    EXPECT_EQ(by_id.error().code(), ErrorCode::kNotFound);
    const auto by_record = recorder().events.by_record(context_, scope_, graph::RecordId(4711));
    ASSERT_FALSE(by_record);
    EXPECT_EQ(by_record.error().code(), ErrorCode::kNotFound);
}

TEST_F(EventsTest, EveryVersionOfAnIdComesBackFlagged) {
    capture_story();
    const auto conflict = recorder().events.by_id(context_, scope_, event_id(4));
    ASSERT_TRUE(conflict);
    ASSERT_EQ(conflict->size(), 2U);
    const Json* flags = conflict->back().event.find("suyuan:flags");
    ASSERT_NE(flags, nullptr);
    EXPECT_EQ(*flags, Json::array({Json::string("conflict")}));

    const auto taken_back = recorder().events.by_id(context_, scope_, event_id(3));
    ASSERT_TRUE(taken_back);
    ASSERT_EQ(taken_back->size(), 2U);
    const Json* void_flags = taken_back->front().event.find("suyuan:flags");
    ASSERT_NE(void_flags, nullptr);
    EXPECT_EQ(*void_flags, Json::array({Json::string("void")}));
}

TEST_F(EventsTest, PagesFollowEachOtherToTheEnd) {
    std::vector<std::string> events;
    for (int number = 1; number <= 7; ++number) {
        events.push_back(to_text(harvest(number)));
    }
    capture(document(events));
    store::EventQuery query;
    query.page_size = 3;
    std::vector<std::size_t> sizes;
    std::string ids;
    do {
        const EventsPage found = page(query);
        EXPECT_EQ(found.document.string_or("type"), "EPCISQueryDocument");
        EXPECT_EQ(events_of(found.document).size(), found.event_count);
        for (const Json& event : events_of(found.document)) {
            ids += event.string_or("eventID").back();
            EXPECT_EQ(event.find("@context"), nullptr);
        }
        sizes.push_back(found.event_count);
        query.page_token = found.next;
    } while (!query.page_token.empty());
    EXPECT_EQ(sizes, (std::vector<std::size_t>{3, 3, 1}));
    EXPECT_EQ(ids, "1234567");

    query.page_token = "not a token";
    const auto refused = recorder().events.find(context_, scope_, query);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kInvalidArgument);
}

TEST_F(EventsTest, APageOfNothingIsADocument) {
    const EventsPage found = page({});
    EXPECT_EQ(found.event_count, 0U);
    EXPECT_EQ(found.next, "");
    EXPECT_TRUE(events_of(found.document).empty());
}

TEST_F(EventsTest, AQueryDocumentExportIsImportedAsTheSameEvents) {
    capture_story();
    const Content before = content_of(recorder());
    ASSERT_EQ(before.events.size(), 6U);
    const std::string text = exported(ExportFormat::kDocument);
    EXPECT_EQ(events_of(parse(text)).size(), 6U);

    // Into the same store: nothing new.
    CaptureOptions options;
    options.accepts_query_documents = true;
    const auto again = capture(text, options);
    EXPECT_EQ(again.duplicate_count, 6U) << problems_json(again.problems);

    TemporaryDirectory elsewhere;
    auto opened = open_store(elsewhere.path(), clock_, randomness_);
    ASSERT_TRUE(opened);
    Recorder other(**opened, clock_);
    const auto imported = other.intake.capture(context_, scope_, text, options);
    ASSERT_TRUE(imported) << imported.error().message();
    EXPECT_EQ(imported->stored_count, 6U) << problems_json(imported->problems);
    EXPECT_EQ(imported->conflict_count, 1U);
    expect_same(other, before);
}

TEST_F(EventsTest, EveryLineOfAnExportStandsAlone) {
    capture_story();
    const Content before = content_of(recorder());
    std::istringstream lines(exported(ExportFormat::kJsonLines));
    TemporaryDirectory elsewhere;
    auto opened = open_store(elsewhere.path(), clock_, randomness_);
    ASSERT_TRUE(opened);
    Recorder other(**opened, clock_);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        const auto taken = other.intake.capture_event(context_, scope_, line, "");
        ASSERT_TRUE(taken) << taken.error().message() << "\n" << line;
    }
    EXPECT_EQ(count, before.events.size());
    expect_same(other, before);
}

TEST_F(EventsTest, AnExportOfNothingIsADocumentWithoutEvents) {
    EXPECT_TRUE(events_of(parse(exported(ExportFormat::kDocument))).empty());
    EXPECT_EQ(exported(ExportFormat::kJsonLines), "");
}

TEST_F(EventsTest, AnExportEndsWhereItsReaderDoes) {
    capture_story();
    int pieces_left = 3;
    const auto written = recorder().events.export_all(
        context_,
        scope_,
        {.format = ExportFormat::kJsonLines, .registry_scope = std::nullopt},
        [&](std::string_view) -> Status {
            if (--pieces_left == 0) {
                return fail(ErrorCode::kUnavailable, "the pipe is closed");
            }
            return {};
        },
        {}
    );
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code(), ErrorCode::kUnavailable);
    EXPECT_EQ(pieces_left, 0);
}

TEST_F(EventsTest, AnExportCrossesPages) {
    std::vector<std::string> events;
    for (int number = 1; number <= 1'001; ++number) {
        events.push_back(to_text(harvest(number)));
    }
    capture(document(events));
    EXPECT_EQ(events_of(parse(exported(ExportFormat::kDocument))).size(), 1'001U);
}

}  // namespace
}  // namespace suyuan::service
