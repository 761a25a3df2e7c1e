// SPDX-License-Identifier: Apache-2.0

#include "service/intake.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/json.h"
#include "graph/event_graph.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/instant.h"
#include "model/registry.h"
#include "policy/scope.h"
#include "service/epcis_text.h"
#include "service/forwarding_store.h"
#include "service/service_fixture.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

using store::CommitOutcome;

EventText harvest(int number, int amount = 10) {
    return {
        .id = event_id(number),
        .minute = number,
        .action = "ADD",
        .step = "commissioning",
        .members = {kilograms(lot(number), amount), at(site(1))}
    };
}

// An event that the standard refuses.
EventText refused(int number) {
    EventText event = harvest(number);
    event.action = "PERHAPS";
    return event;
}

EventText declaration_of(EventText event) {
    event.members.emplace_back(R"("errorDeclaration":{"declarationTime":"2026-01-06T00:00:00Z"})");
    return event;
}

std::string site_header(std::string_view region = "410100") {
    return master_data({
        vocabulary(
            "urn:epcglobal:epcis:vtype:BusinessLocation",
            {{.id = site(1),
              .attributes =
                  {{"urn:epcglobal:cbv:mda:name", "1号冷库"},
                   {"https://ns.suyuan.example/epcis/operator", party(1)}}}}
        ),
        vocabulary(
            "urn:epcglobal:epcis:vtype:Party",
            {{.id = party(1),
              .attributes =
                  {{"urn:epcglobal:cbv:mda:name", "万邦"},
                   {"https://ns.suyuan.example/epcis/region", std::string(region)}}}}
        ),
    });
}

// A query document around one event.
std::string query_document(const std::string& event) {
    return format(
        R"({{"@context":{},"type":"EPCISQueryDocument","schemaVersion":"2.0",)"
        R"("creationDate":"2026-01-05T00:00:00Z","epcisBody":{{"queryResults":{{)"
        R"("queryName":"SimpleEventQuery","resultsBody":{{"eventList":[{}]}}}}}}}})",
        kContext,
        event
    );
}

// Notes the territories that a commit carries.
class TerritoryStore final : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;

    Result<store::Committed> commit(
        const Context& context,
        const Scope& scope,
        std::span<const store::NewRecord> records,
        std::string_view idempotency_key
    ) override {
        for (const store::NewRecord& record : records) {
            territories.push_back(record.territory);
            classes.push_back(record.data_class);
        }
        batches.push_back(records.size());
        return ForwardingStore::commit(context, scope, records, idempotency_key);
    }

    std::vector<std::string> territories;
    std::vector<policy::DataClass> classes;
    std::vector<std::size_t> batches;
};

class IntakeTest : public ServiceTest {
protected:
    std::uint64_t event_count() { return store_->counts(context_, scope_).value().events; }

    Result<CaptureReport> try_capture(std::string_view text, const CaptureOptions& options = {}) {
        return recorder().intake.capture(context_, scope_, text, options);
    }

    std::string name_of(store::NameKind kind, std::uint32_t id) {
        const auto names = store_->names(context_, scope_, kind, std::span(&id, 1));
        EXPECT_TRUE(names);
        return names ? names->front().code : "";
    }

    // The fact of the only event that names the item.
    graph::Fact fact_of(std::string_view code) {
        const graph::EventGraph& graph = recorder().graph;
        const auto facts =
            graph.facts_of(graph::Chain::kItem, item(code).value(), graph.snapshot());
        EXPECT_EQ(facts.size(), 1U) << code;
        return facts.empty() ? graph::Fact() : graph.fact(facts.front()).fact;
    }
};

TEST_F(IntakeTest, StoresADocumentAndReportsEachEvent) {
    const CaptureReport report = capture(document({to_text(harvest(1)), to_text(harvest(2))}));
    EXPECT_EQ(report.event_count, 2U);
    EXPECT_EQ(report.stored_count, 2U);
    EXPECT_TRUE(report.problems.empty());
    EXPECT_FALSE(report.is_rolled_back);
    ASSERT_EQ(report.events.size(), 2U);
    EXPECT_EQ(report.events[0].pointer, "/epcisBody/eventList/0");
    EXPECT_EQ(report.events[1].event_id, event_id(2));
    EXPECT_TRUE(report.events[0].hash_id.starts_with("ni:///sha-256;"));
    EXPECT_EQ(report.events[0].receipt.outcome, CommitOutcome::kStored);
    EXPECT_EQ(report.events[1].receipt.log_index, 2U);
    EXPECT_EQ(report.events[1].receipt.record_time, kStart);
    EXPECT_EQ(recorder().graph.snapshot().event_count, 2U);
}

TEST_F(IntakeTest, RollbackStoresNothingIfAnythingIsWrong) {
    const auto report = capture(
        document({to_text(harvest(1)), to_text(refused(2)), to_text(refused(3))}, site_header())
    );
    EXPECT_TRUE(report.is_rolled_back);
    EXPECT_EQ(report.event_count, 3U);
    EXPECT_EQ(report.stored_count, 0U);
    EXPECT_EQ(report.registry_row_count, 0U);
    EXPECT_TRUE(report.events.empty());
    ASSERT_GE(report.problems.size(), 2U);
    EXPECT_TRUE(report.problems.front().pointer.starts_with("/epcisBody/eventList/1"));
    EXPECT_EQ(event_count(), 0U);
    EXPECT_FALSE(store_->find_site(context_, scope_, model::canonical_uri(site(1))).value());
}

TEST_F(IntakeTest, ProceedStoresWhatIsValid) {
    CaptureOptions options;
    options.behaviour = ErrorBehaviour::kProceed;
    const auto report =
        capture(document({to_text(harvest(1)), to_text(refused(2)), to_text(harvest(3))}), options);
    EXPECT_FALSE(report.is_rolled_back);
    EXPECT_EQ(report.event_count, 3U);
    EXPECT_EQ(report.stored_count, 2U);
    ASSERT_EQ(report.events.size(), 2U);
    EXPECT_EQ(report.events[1].pointer, "/epcisBody/eventList/2");
    EXPECT_EQ(event_count(), 2U);
}

TEST_F(IntakeTest, ProceedCommitsInBatchesAndTellsItsProgress) {
    TerritoryStore watched(*store_);
    Recorder other(watched, clock_);
    std::vector<std::string> events = {to_text(refused(9'999))};
    for (int number = 1; number <= 2'100; ++number) {
        events.push_back(to_text(harvest(number)));
    }
    CaptureOptions options;
    options.behaviour = ErrorBehaviour::kProceed;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> told;
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
        told.emplace_back(done, total);
    };
    const auto report = other.intake.capture(context_, scope_, document(events), options);
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_EQ(report->stored_count, 2'100U);
    EXPECT_EQ(watched.batches, (std::vector<std::size_t>{1'000, 1'000, 100}));
    using Pairs = std::vector<std::pair<std::uint64_t, std::uint64_t>>;
    EXPECT_EQ(told, (Pairs{{1'001, 2'101}, {2'001, 2'101}, {2'101, 2'101}}));
}

TEST_F(IntakeTest, EqualEventsWithoutIdStayAsManyAsTheyWereAcrossBatches) {
    EventText nameless = harvest(1);
    nameless.id.clear();
    const std::vector<std::string> events(2'500, to_text(nameless));
    CaptureOptions options;
    options.behaviour = ErrorBehaviour::kProceed;
    const auto first = capture(document(events), options);
    EXPECT_EQ(first.stored_count, 2'500U);
    const auto again = capture(document(events), options);
    EXPECT_EQ(again.duplicate_count, 2'500U);
    EXPECT_EQ(event_count(), 2'500U);
}

TEST_F(IntakeTest, ProceedKeepsWhatWasCommittedBeforeTheCallerLeft) {
    std::vector<std::string> events;
    for (int number = 1; number <= 1'500; ++number) {
        events.push_back(to_text(harvest(number)));
    }
    CaptureOptions options;
    options.behaviour = ErrorBehaviour::kProceed;
    options.progress = [&](std::uint64_t, std::uint64_t) { context_.cancel(); };
    const auto report = try_capture(document(events), options);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code(), ErrorCode::kCancelled);
    context_ = policy::RequestContext(policy::local_principal());
    EXPECT_EQ(event_count(), 1'000U);
}

TEST_F(IntakeTest, ADocumentSentAgainIsDuplicates) {
    const std::string text = document({to_text(harvest(1)), to_text(harvest(2))});
    const auto first = capture(text);
    clock_.advance(model::kMicrosPerSecond);
    const auto again = capture(text);
    EXPECT_EQ(again.stored_count, 0U);
    EXPECT_EQ(again.duplicate_count, 2U);
    ASSERT_EQ(again.events.size(), 2U);
    EXPECT_EQ(again.events[0].receipt.outcome, CommitOutcome::kDuplicate);
    EXPECT_EQ(again.events[0].receipt.record, first.events[0].receipt.record);
    EXPECT_EQ(again.events[0].receipt.record_time, kStart);
    EXPECT_EQ(event_count(), 2U);
    EXPECT_EQ(recorder().graph.snapshot().event_count, 2U);
}

TEST_F(IntakeTest, OneIdWithOtherContentIsKeptAsAConflict) {
    capture(document({to_text(harvest(1, 10))}));
    const auto report = capture(document({to_text(harvest(1, 11))}));
    EXPECT_EQ(report.stored_count, 1U);
    EXPECT_EQ(report.conflict_count, 1U);
    const auto versions = recorder().events.by_id(context_, scope_, event_id(1));
    ASSERT_TRUE(versions);
    ASSERT_EQ(versions->size(), 2U);
    EXPECT_TRUE(versions->back().stored.is_conflict);
    EXPECT_NE(versions->front().stored.payload, versions->back().stored.payload);
    EXPECT_TRUE(recorder().graph.event(1).is_conflict);
}

TEST_F(IntakeTest, EqualContentUnderAnotherIdIsAPossibleDuplicate) {
    EventText twin = harvest(1);
    twin.id = event_id(77);
    capture(document({to_text(harvest(1))}));
    const auto report = capture(document({to_text(twin)}));
    EXPECT_EQ(report.stored_count, 1U);
    EXPECT_EQ(report.possible_duplicate_count, 1U);
    EXPECT_TRUE(event(event_id(77)).stored.is_possible_duplicate);
}

TEST_F(IntakeTest, ADeclarationVoidsTheEventOfItsId) {
    capture(document({to_text(harvest(1)), to_text(harvest(2))}));
    clock_.advance(model::kMicrosPerSecond);
    const auto report = capture(document({to_text(declaration_of(harvest(1)))}));
    EXPECT_EQ(report.stored_count, 1U);
    EXPECT_EQ(report.conflict_count, 0U);
    const auto versions = recorder().events.by_id(context_, scope_, event_id(1));
    ASSERT_TRUE(versions);
    ASSERT_EQ(versions->size(), 2U);
    EXPECT_TRUE(versions->front().stored.is_void);
    EXPECT_FALSE(event(event_id(2)).stored.is_void);

    // As of before, it was not void.
    const graph::EventGraph& graph = recorder().graph;
    const graph::Snapshot now = graph.snapshot();
    EXPECT_TRUE(graph.is_effective(0, kStart, now));
    EXPECT_FALSE(graph.is_effective(0, model::kEndOfTime, now));
}

TEST_F(IntakeTest, AnIdempotencyKeyStandsForOneDocument) {
    CaptureOptions options;
    options.idempotency_key = "key-1";
    EventText nameless = harvest(1);
    nameless.id.clear();
    const auto first = try_capture(document({to_text(nameless)}), options);
    ASSERT_TRUE(first) << first.error().message();
    const auto again = try_capture(document({to_text(nameless)}), options);
    ASSERT_TRUE(again) << again.error().message();
    EXPECT_EQ(again->events[0].receipt.record, first->events[0].receipt.record);
    EXPECT_EQ(event_count(), 1U);

    const auto other = try_capture(document({to_text(harvest(2))}), options);
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code(), ErrorCode::kConflict);
    EXPECT_EQ(event_count(), 1U);
}

TEST_F(IntakeTest, ADocumentWithAKeyIsOneBatchEvenIfItProceeds) {
    TerritoryStore watched(*store_);
    Recorder other(watched, clock_);
    std::vector<std::string> events;
    for (int number = 1; number <= 1'001; ++number) {
        events.push_back(to_text(harvest(number)));
    }
    CaptureOptions options;
    options.behaviour = ErrorBehaviour::kProceed;
    options.idempotency_key = "key-1";
    ASSERT_TRUE(other.intake.capture(context_, scope_, document(events), options));
    EXPECT_EQ(watched.batches, std::vector<std::size_t>{1'001});
}

TEST_F(IntakeTest, CaptureRefusesAQueryDocumentThatImportReads) {
    const std::string text = query_document(to_text(harvest(1)));
    const auto captured = try_capture(text);
    ASSERT_FALSE(captured);
    EXPECT_EQ(captured.error().code(), ErrorCode::kInvalidArgument);
    CaptureOptions options;
    options.accepts_query_documents = true;
    const auto imported = try_capture(text, options);
    ASSERT_TRUE(imported) << imported.error().message();
    EXPECT_EQ(imported->stored_count, 1U);
}

TEST_F(IntakeTest, ABareEventGoesTheWayOfBareEvents) {
    const auto captured = try_capture(bare(harvest(1)));
    ASSERT_FALSE(captured);
    EXPECT_EQ(captured.error().code(), ErrorCode::kInvalidArgument);
    EXPECT_TRUE(captured.error().message().starts_with("/type: "));

    const auto alone = recorder().intake.capture_event(context_, scope_, bare(harvest(1)), "");
    ASSERT_TRUE(alone) << alone.error().message();
    EXPECT_EQ(alone->receipt.outcome, CommitOutcome::kStored);
    EXPECT_EQ(alone->event_id, event_id(1));

    CaptureOptions options;
    options.accepts_query_documents = true;
    const auto imported = try_capture(bare(harvest(2)), options);
    ASSERT_TRUE(imported) << imported.error().message();
    EXPECT_EQ(imported->event_count, 1U);
    EXPECT_EQ(imported->stored_count, 1U);
}

TEST_F(IntakeTest, ABareEventThatIsRefusedSaysWhere) {
    const auto outcome = recorder().intake.capture_event(context_, scope_, bare(refused(1)), "");
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code(), ErrorCode::kInvalidArgument);
    EXPECT_TRUE(outcome.error().message().starts_with("/action: ")) << outcome.error().message();
    const auto whole =
        recorder().intake.capture_event(context_, scope_, document({to_text(harvest(1))}), "");
    ASSERT_FALSE(whole);
    EXPECT_EQ(whole.error().code(), ErrorCode::kInvalidArgument);
    EXPECT_EQ(event_count(), 0U);
}

TEST_F(IntakeTest, WhatIsNoDocumentIsRefusedWithAPointer) {
    for (const std::string_view text : {"", "{", "[]", "{}", R"({"type":"Letter"})"}) {
        const auto outcome = try_capture(text);
        ASSERT_FALSE(outcome) << text;
        EXPECT_EQ(outcome.error().code(), ErrorCode::kInvalidArgument) << text;
    }
}

TEST_F(IntakeTest, MasterDataOfTheHeaderIsThereBeforeTheEvents) {
    const auto report = capture(document({to_text(harvest(1))}, site_header()));
    EXPECT_EQ(report.registry_row_count, 2U);
    const auto registered = store_->find_site(context_, scope_, model::canonical_uri(site(1)));
    ASSERT_TRUE(registered && *registered);
    EXPECT_EQ((*registered)->name, "1号冷库");
    // The owner of the goods is who runs the site.
    const graph::Fact fact = fact_of(lot(1));
    EXPECT_EQ(
        name_of(store::NameKind::kOperator, fact.owner.value()), model::canonical_uri(party(1))
    );
    EXPECT_FALSE(fact.owner_is_stated);
}

TEST_F(IntakeTest, MalformedMasterDataIsAProblemOfTheDocument) {
    const std::string header = R"({"epcisMasterData":{"vocabularyList":[{"type":"urn:x",)"
                               R"("vocabularyElementList":[{"attributes":[]}]}]}})";
    const std::string text = document({to_text(harvest(1))}, header);
    const auto outcome = try_capture(text);
    if (outcome) {
        EXPECT_TRUE(outcome->is_rolled_back);
        EXPECT_EQ(
            outcome->problems.front().pointer,
            "/epcisHeader/epcisMasterData/vocabularyList/0/vocabularyElementList/0/id"
        );
    } else {
        EXPECT_EQ(outcome.error().code(), ErrorCode::kInvalidArgument);
    }
    EXPECT_EQ(event_count(), 0U);
}

TEST_F(IntakeTest, UnknownOperatorsAndSitesBecomeStubsThatAreShown) {
    EventText shipped{
        .id = event_id(1),
        .action = "OBSERVE",
        .step = "shipping",
        .members =
            {kilograms(lot(1), 10),
             at(site(9)),
             format(R"("destinationList":[{{"type":"owning_party","destination":"{}"}}])", party(8))
            }
    };
    capture(document({to_text(shipped)}));
    const graph::Fact fact = fact_of(lot(1));
    EXPECT_EQ(name_of(store::NameKind::kSite, fact.site.value()), model::canonical_uri(site(9)));
    EXPECT_EQ(
        name_of(store::NameKind::kOperator, fact.owner.value()),
        "site:" + model::canonical_uri(site(9))
    );
    EXPECT_EQ(
        name_of(store::NameKind::kOperator, fact.peer_owner.value()), model::canonical_uri(party(8))
    );
    EXPECT_FALSE(store_->find_site(context_, scope_, model::canonical_uri(site(9))).value());
    EXPECT_FALSE(store_->find_operator(context_, scope_, model::canonical_uri(party(8))).value());
}

TEST_F(IntakeTest, ARowBelongsToTheRegionOfItsSiteElseOfItsOwner) {
    TerritoryStore watched(*store_);
    Recorder other(watched, clock_);
    EventText owned = harvest(2);
    owned.members = {kilograms(lot(2), 10), format(R"("suyuan:owner":"{}")", party(1))};
    EventText nowhere = harvest(3);
    nowhere.members = {kilograms(lot(3), 10)};
    const auto taken = other.intake.capture(
        context_,
        scope_,
        document(
            {to_text(harvest(1)),
             to_text(owned),
             to_text(nowhere),
             to_text(declaration_of(harvest(1)))},
            site_header()
        ),
        {}
    );
    ASSERT_TRUE(taken) << taken.error().message();
    ASSERT_TRUE(taken->problems.empty()) << problems_json(taken->problems);
    EXPECT_EQ(watched.territories, (std::vector<std::string>{"410100", "410100", "", "410100"}));
}

TEST_F(IntakeTest, ValuesOfPeopleAreKeptApartAndComeBack) {
    TerritoryStore watched(*store_);
    Recorder other(watched, clock_);
    EventText event = harvest(1);
    event.members.emplace_back(
        R"("suyuan:people":[{"id":"staff-7","name":"张三","phone":"13800000000"}])"
    );
    const auto taken =
        other.intake.capture(context_, scope_, document({to_text(event), to_text(harvest(2))}), {});
    ASSERT_TRUE(taken) << taken.error().message();
    ASSERT_TRUE(taken->problems.empty()) << problems_json(taken->problems);
    EXPECT_EQ(
        watched.classes, (std::vector{policy::DataClass::kPersonal, policy::DataClass::kInternal})
    );
    const EventVersion stored = this->event(event_id(1));
    EXPECT_EQ(stored.stored.payload.find("张三"), std::string::npos);
    EXPECT_NE(codec::write_json(stored.event).find("张三"), std::string::npos);

    ASSERT_EQ(store_->erase_person(context_, scope_, "staff-7").value(), 1U);
    const std::string erased = codec::write_json(this->event(event_id(1)).event);
    EXPECT_EQ(erased.find("张三"), std::string::npos);
    EXPECT_NE(erased.find("staff-7"), std::string::npos);
}

TEST_F(IntakeTest, TheRegistryCanBeFilledFromElsewhere) {
    capture(document({to_text(harvest(1))}));  // the directory remembers an unknown site
    model::RegistryRows rows;
    model::Site row;
    row.code = model::canonical_uri(site(1));
    row.operator_code = model::canonical_uri(party(1));
    rows.sites.push_back(row);
    const Status stored = recorder().intake.put_registry(context_, scope_, rows);
    ASSERT_TRUE(stored) << stored.error().message();
    capture(document({to_text(harvest(2))}));
    EXPECT_EQ(
        name_of(store::NameKind::kOperator, fact_of(lot(2)).owner.value()),
        model::canonical_uri(party(1))
    );
}

TEST_F(IntakeTest, ProblemsAreJson) {
    EXPECT_EQ(problems_json({}), "[]");
    EXPECT_EQ(
        problems_json({{.pointer = "/a", .reason = "must be \"b\""}}),
        R"([{"pointer":"/a","reason":"must be \"b\""}])"
    );
}

}  // namespace
}  // namespace suyuan::service
