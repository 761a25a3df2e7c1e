// SPDX-License-Identifier: Apache-2.0
//
// Goal: identity, duplicates, conflicts and keys are what Store::commit() and the architecture say;
// what comes back on replay is what was committed. Method: tables of two records each, and batches
// that fail half-way.

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "graph/fact.h"
#include "model/event.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/store.h"
#include "store/store_contract_fixture.h"

namespace suyuan::store {
namespace {

struct IdentityCase {
    std::string_view name;
    NewRecord first;
    NewRecord second;
    bool is_other_submitter = false;
    CommitOutcome outcome = CommitOutcome::kStored;  // of the second
    bool both_conflict = false;
    bool both_possible_duplicates = false;
    bool first_is_void = false;
};

std::vector<IdentityCase> identity_cases() {
    const NewRecord event = record_of(shipping(event_id(1), 1));
    const NewRecord other_content = record_of(shipping(event_id(1), 2));
    const NewRecord other_id = record_of(shipping(event_id(2), 1));
    const NewRecord without_id = record_of(shipping("", 1));
    const NewRecord declaration = record_of(declaration_of(shipping(event_id(1), 1)));
    const NewRecord nameless_declaration = record_of(declaration_of(shipping("", 1)));
    NewRecord declaration_of_hash = nameless_declaration;
    declaration_of_hash.event.event_id = declaration_of_hash.hash_id;
    using enum CommitOutcome;
    return {
        {"same id, same content", event, event, false, kDuplicate},
        {"same id, other content", event, other_content, false, kConflict, true},
        {"other id, same content", event, other_id, false, kPossibleDuplicate, false, true},
        {"nothing in common", event, record_of(shipping(event_id(2), 2)), false, kStored},
        {"other submitter, same id and content", event, event, true, kPossibleDuplicate, false, true
        },
        {"other submitter, same id, other content", event, other_content, true, kStored},
        {"no id, same content", without_id, without_id, false, kDuplicate},
        {"no id, other submitter", without_id, without_id, true, kPossibleDuplicate, false, true},
        {"id after none, same content", without_id, event, false, kPossibleDuplicate, false, true},
        {"a declaration voids its event", event, declaration, false, kStored, false, false, true},
        {"the same declaration again", declaration, declaration, false, kDuplicate},
        {"a declaration of another submitter voids nothing", event, declaration, true, kStored},
        {"an event after its declaration is void", declaration, event, false, kStored},
        {"no id, taken back by its hash id",
         without_id,
         declaration_of_hash,
         false,
         kStored,
         false,
         false,
         true},
        {"no id, taken back without",
         without_id,
         nameless_declaration,
         false,
         kStored,
         false,
         false,
         true},
        {"a hash id of another submitter voids nothing",
         without_id,
         declaration_of_hash,
         true,
         kStored},
        {"no id, after its declaration", declaration_of_hash, without_id, false, kStored},
    };
}

TEST_P(StoreContract, IdentityDecidesWhatBecomesOfASecondRecord) {
    int number = 0;
    for (const IdentityCase& row : identity_cases()) {
        SCOPED_TRACE(row.name);
        // Each row in lots and ids of its own: one store sees them all.
        const std::string suffix = "#" + std::to_string(number++);
        const auto apart = [&](NewRecord record) {
            record.event.event_id += record.event.event_id.empty() ? "" : suffix;
            record.hash_id += suffix;
            return record;
        };
        const StoreCounts before = counts();
        const Receipt first = commit_one(apart(row.first));
        const auto& context = row.is_other_submitter ? other_context_ : context_;
        const auto committed = store().commit(context, scope_, std::array{apart(row.second)}, {});
        ASSERT_TRUE(committed) << committed.error().message();
        const Receipt second = committed->receipts.at(0);

        EXPECT_EQ(first.outcome, CommitOutcome::kStored);
        EXPECT_EQ(second.outcome, row.outcome);
        const bool is_new = row.outcome != CommitOutcome::kDuplicate;
        EXPECT_EQ(committed->events.size(), is_new ? 1U : 0U);
        EXPECT_EQ(second.record == first.record, !is_new);
        EXPECT_EQ(second.log_index, first.log_index + (is_new ? 1 : 0));
        EXPECT_EQ(counts().events - before.events, is_new ? 2U : 1U);

        const StoredEvent stored = event_of(first.record);
        EXPECT_EQ(stored.is_conflict, row.both_conflict);
        EXPECT_EQ(stored.is_possible_duplicate, row.both_possible_duplicates);
        EXPECT_EQ(stored.is_void, row.first_is_void);
        const StoredEvent other = event_of(second.record);
        EXPECT_EQ(other.is_conflict, row.both_conflict);
        EXPECT_EQ(other.is_possible_duplicate, row.both_possible_duplicates);
        EXPECT_EQ(counts().conflicts - before.conflicts, row.both_conflict ? 1U : 0U);
        EXPECT_EQ(
            counts().possible_duplicates - before.possible_duplicates,
            row.both_possible_duplicates ? 1U : 0U
        );
    }
    EXPECT_TRUE(findings().empty());
}

TEST_P(StoreContract, VersionsInConflictAreAllReturnedOldestFirst) {
    commit_one(record_of(shipping(event_id(1), 1)));
    commit_one(record_of(shipping(event_id(1), 2)));
    commit_one(record_of(shipping(event_id(1), 3)));
    // The second version again is a duplicate of the second version.
    const Receipt again = commit_one(record_of(shipping(event_id(1), 2)));
    EXPECT_EQ(again.outcome, CommitOutcome::kDuplicate);
    EXPECT_EQ(again.log_index, 2U);

    const auto versions = store().events_by_id(context_, scope_, event_id(1));
    ASSERT_TRUE(versions);
    ASSERT_EQ(versions->size(), 3U);
    for (std::size_t place = 0; place < 3; ++place) {
        EXPECT_EQ((*versions)[place].log_index, place + 1);
        EXPECT_TRUE((*versions)[place].is_conflict);
    }
    EXPECT_EQ(counts().conflicts, 2U);
}

TEST_P(StoreContract, EventsAreFoundByTheirHashWhateverTheirIds) {
    const NewRecord event = record_of(shipping(event_id(1), 1));
    commit_one(event);
    commit_one(record_of(shipping(event_id(2), 1)));
    commit_one(record_of(shipping("", 1)));
    NewRecord odd = record_of(shipping(event_id(3), 9));
    odd.hash_id = "a hash id of another make";
    commit_one(odd);

    const auto same = store().events_by_id(context_, scope_, event.hash_id);
    ASSERT_TRUE(same);
    EXPECT_EQ(same->size(), 3U);
    EXPECT_EQ(same->front().hash_id, event.hash_id);
    const auto found = store().events_by_id(context_, scope_, odd.hash_id);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 1U);
    EXPECT_EQ(found->front().hash_id, odd.hash_id);
    EXPECT_TRUE(store().events_by_id(context_, scope_, "urn:nobody")->empty());
    EXPECT_TRUE(store().events_by_id(context_, scope_, "")->empty());
}

TEST_P(StoreContract, EqualEventsWithoutIdInOneDocumentAreSeparate) {
    const NewRecord sale = record_of(shipping("", 1));
    const Committed first = commit({sale, sale, sale});
    EXPECT_EQ(first.events.size(), 3U);
    EXPECT_EQ(first.receipts[0].outcome, CommitOutcome::kStored);
    EXPECT_EQ(first.receipts[1].outcome, CommitOutcome::kPossibleDuplicate);

    // The same document again, and a shorter one: nothing new.
    EXPECT_TRUE(commit({sale, sale, sale}).events.empty());
    EXPECT_TRUE(commit({sale}).events.empty());
    // One more of them in a document is one more sale.
    EXPECT_EQ(commit({sale, sale, sale, sale}).events.size(), 1U);
}

TEST_P(StoreContract, ADocumentInSeveralBatchesCountsItsEqualEventsThrough) {
    NewRecord sale = record_of(shipping("", 1));
    EXPECT_EQ(commit({sale, sale}).events.size(), 2U);
    sale.equal_before = 2;
    EXPECT_EQ(commit({sale, sale}).events.size(), 2U);
    EXPECT_TRUE(commit({sale, sale}).events.empty());
    EXPECT_EQ(counts().events, 4U);
}

TEST_P(StoreContract, AKeyMakesEventsWithoutIdTheirOwn) {
    const NewRecord sale = record_of(shipping("", 1));
    EXPECT_EQ(commit({sale}, "monday").receipts[0].outcome, CommitOutcome::kStored);
    EXPECT_EQ(commit({sale}, "tuesday").receipts[0].outcome, CommitOutcome::kPossibleDuplicate);
    EXPECT_EQ(commit({sale}).receipts[0].outcome, CommitOutcome::kPossibleDuplicate);
    EXPECT_EQ(commit({sale}).receipts[0].outcome, CommitOutcome::kDuplicate);
    EXPECT_EQ(counts().events, 3U);
}

TEST_P(StoreContract, AKeyAnswersTheSameBatchWithTheFirstReceipts) {
    const std::vector<NewRecord> batch = {
        record_of(shipping(event_id(1), 1)), record_of(shipping("", 2))
    };
    const Committed first = commit(batch, "key");
    clock_.advance(kMinute);
    reopen();
    const Committed second = commit(batch, "key");
    EXPECT_TRUE(second.events.empty());
    EXPECT_TRUE(second.items.empty());
    ASSERT_EQ(second.receipts.size(), first.receipts.size());
    for (std::size_t place = 0; place < first.receipts.size(); ++place) {
        EXPECT_EQ(second.receipts[place].outcome, first.receipts[place].outcome);
        EXPECT_EQ(second.receipts[place].record, first.receipts[place].record);
        EXPECT_EQ(second.receipts[place].log_index, first.receipts[place].log_index);
        EXPECT_EQ(second.receipts[place].record_time, first.receipts[place].record_time);
    }
    EXPECT_EQ(counts().events, 2U);
}

TEST_P(StoreContract, AKeyIsRefusedForOtherContent) {
    commit({record_of(shipping(event_id(1), 1))}, "key");
    const std::vector<std::vector<NewRecord>> others = {
        {record_of(shipping(event_id(1), 2))},
        {record_of(shipping(event_id(2), 1))},
        {},
        {record_of(shipping(event_id(1), 1)), record_of(shipping(event_id(2), 2))},
    };
    for (const std::vector<NewRecord>& other : others) {
        const auto refused = store().commit(context_, scope_, other, "key");
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code(), ErrorCode::kConflict);
    }
    // Another submitter's key of this name is another key.
    const std::vector<NewRecord> batch = {record_of(shipping(event_id(7), 7))};
    EXPECT_TRUE(store().commit(other_context_, scope_, batch, "key"));
    EXPECT_EQ(counts().events, 2U);
}

TEST_P(StoreContract, ReplayGivesWhatCommitGave) {
    model::Event rich = shipping(event_id(1), 1);
    rich.sources = {{"owning_party", company(1)}, {"location", place(1)}};
    rich.destinations = {{"owning_party", company(2)}, {"location", place(2)}};
    rich.papers = {{"desadv", paper(1)}, {"po", paper(2)}};
    rich.vehicles = {"京A12345"};
    rich.people = {"person-1"};
    rich.disposition = "in_transit";
    model::Event make = shipping(event_id(2), 3);
    make.kind = model::EventKind::kTransformation;
    make.action = model::EventAction::kNone;
    make.biz_step = "commissioning";
    make.transformation_id = "urn:example:process:1";
    make.items[0].role = model::ItemRole::kInput;
    make.items.push_back(one(model::ItemRole::kOutput, thing(4)));
    make.items.push_back(amount(model::ItemRole::kOutput, "外部码-5"));
    make.output_mapping = {{.output = thing(4), .inputs = {lot(3)}}};
    model::Event day = shipping(event_id(3), 4);
    day.precision = model::TimePrecision::kDay;
    model::Event whenever = shipping(event_id(4), 4);
    whenever.precision = model::TimePrecision::kUnknown;
    const std::vector<NewRecord> records = {
        record_of(rich),
        record_of(make),
        record_of(day),
        record_of(whenever),
        record_of(declaration_of(rich)),
        record_of(shipping("", 9)),
    };
    Committed committed = commit(records);
    const Committed more = commit({record_of(shipping(event_id(2), 8))});
    committed.items.insert(committed.items.end(), more.items.begin(), more.items.end());
    committed.events.insert(committed.events.end(), more.events.begin(), more.events.end());
    ASSERT_EQ(committed.events.size(), 7U);
    EXPECT_TRUE(committed.events.back().is_conflict);

    reopen();
    const Replayed all = replay();
    EXPECT_EQ(all.events, committed.events);
    ASSERT_EQ(all.items.size(), committed.items.size());
    for (std::size_t at = 0; at < all.items.size(); ++at) {
        EXPECT_EQ(all.items[at].item, committed.items[at].item);
        EXPECT_EQ(all.items[at].kind, committed.items[at].kind);
    }
    const Replayed tail = replay(5);
    ASSERT_EQ(tail.events.size(), 2U);
    EXPECT_EQ(tail.events[0], committed.events[5]);
    EXPECT_TRUE(replay(7).events.empty());
    EXPECT_TRUE(findings().empty());
}

TEST_P(StoreContract, NumbersAreDenseFromOne) {
    for (int number = 1; number <= 20; ++number) {
        model::Event event = shipping(number % 3 == 0 ? "" : event_id(number), number, number);
        event.papers = {{"po", paper(number)}};
        commit({record_of(event), record_of(event)});
    }
    std::set<std::uint64_t> log_indexes;
    std::set<std::uint64_t> identities;
    std::set<std::uint64_t> contents;
    std::set<std::uint32_t> papers;
    const Replayed all = replay();
    for (const graph::FlowEvent& event : all.events) {
        log_indexes.insert(event.log_index);
        contents.insert(event.content);
        papers.insert(event.papers.at(0).value());
        if (event.identity != 0) {
            identities.insert(event.identity);
        }
    }
    const auto is_dense = [](const auto& numbers) {
        return !numbers.empty() && *numbers.begin() == 1 && *numbers.rbegin() == numbers.size();
    };
    EXPECT_TRUE(is_dense(log_indexes));
    EXPECT_TRUE(is_dense(identities));
    EXPECT_TRUE(is_dense(contents));
    EXPECT_TRUE(is_dense(papers));
    EXPECT_EQ(log_indexes.size(), 26U);  // equal events without id count twice
    EXPECT_EQ(identities.size(), 20U);  // and share an identity
    EXPECT_EQ(contents.size(), 20U);
    EXPECT_EQ(counts().papers, 20U);
    EXPECT_EQ(all.items.size(), 20U);
}

TEST_P(StoreContract, ADeclarationSharesTheIdentityOfItsEvent) {
    const Committed committed = commit({
        record_of(shipping(event_id(1), 1)),
        record_of(declaration_of(shipping(event_id(1), 1))),
        record_of(shipping(event_id(2), 2)),
    });
    ASSERT_EQ(committed.events.size(), 3U);
    EXPECT_EQ(committed.events[0].identity, committed.events[1].identity);
    EXPECT_NE(committed.events[0].identity, committed.events[2].identity);
    EXPECT_TRUE(committed.events[1].is_error_declaration);
    EXPECT_EQ(counts().voids, 1U);
}

TEST_P(StoreContract, ABatchThatFailsLeavesNothing) {
    commit({record_of(shipping(event_id(1), 1))});
    const Replayed before = replay();
    const StoreCounts counted = counts();

    NewRecord bad = record_of(shipping(event_id(3), 3));
    bad.hash_id.clear();
    const std::vector<NewRecord> half_bad = {record_of(shipping(event_id(2), 2)), bad};
    const auto refused = store().commit(context_, scope_, half_bad, "key");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kInvalidArgument);

    // Versions of one eventID beyond the limit: found out only inside the transaction.
    std::vector<NewRecord> versions;
    for (std::size_t number = 0; number <= Store::kVersionsMax; ++number) {
        versions.push_back(record_of(shipping(event_id(4), static_cast<int>(number) + 10)));
    }
    const auto too_many = store().commit(context_, scope_, versions, "key");
    ASSERT_FALSE(too_many);
    EXPECT_EQ(too_many.error().code(), ErrorCode::kLimitExceeded);

    EXPECT_EQ(replay().events, before.events);
    EXPECT_EQ(counts().items, counted.items);
    EXPECT_EQ(counts().conflicts, counted.conflicts);
    EXPECT_FALSE(*store().find_item(context_, scope_, lot(10)));
    EXPECT_TRUE(store().events_by_id(context_, scope_, event_id(4))->empty());

    // Numbers go on without a gap, and the key is still free.
    const Committed after = commit({record_of(shipping(event_id(2), 2))}, "key");
    EXPECT_EQ(after.receipts[0].log_index, 2U);
    ASSERT_EQ(after.items.size(), 1U);
    EXPECT_EQ(after.items[0].item, graph::ItemId(2));
    EXPECT_TRUE(findings().empty());
}

TEST_P(StoreContract, ACancelledCommitLeavesNothing) {
    const policy::RequestContext cancelled(policy::local_principal());
    cancelled.cancel();
    const std::vector<NewRecord> records = {record_of(shipping(event_id(1), 1))};
    const auto refused = store().commit(cancelled, scope_, records, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kCancelled);
    EXPECT_EQ(counts().events, 0U);
    EXPECT_FALSE(store().find_events(cancelled, scope_, {}));
}

TEST_P(StoreContract, RecordTimesNeverFall) {
    commit_one(record_of(shipping(event_id(1), 1)));
    const model::MicrosUtc first = clock_.now_us();
    clock_.advance(-90 * kMinute);
    EXPECT_EQ(commit_one(record_of(shipping(event_id(2), 2))).record_time, first);
    reopen();
    EXPECT_EQ(commit_one(record_of(shipping(event_id(3), 3))).record_time, first);
    clock_.advance(91 * kMinute);
    EXPECT_EQ(commit_one(record_of(shipping(event_id(4), 4))).record_time, first + kMinute);
    EXPECT_EQ(counts().record_time, first + kMinute);
}

TEST_P(StoreContract, LimitsOfACommitAreToldByName) {
    const std::vector<NewRecord> records = {record_of(shipping(event_id(1), 1))};
    const auto long_key = store().commit(context_, scope_, records, std::string(300, 'k'));
    ASSERT_FALSE(long_key);
    EXPECT_EQ(long_key.error().code(), ErrorCode::kLimitExceeded);
    const policy::RequestContext nobody(policy::Principal{.id = "x", .operator_code = ""});
    const auto refused = store().commit(nobody, scope_, records, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kInvalidArgument);
    EXPECT_TRUE(commit({}).receipts.empty());
}

TEST_P(StoreContract, AFailingSinkStopsTheReplay) {
    commit({record_of(shipping(event_id(1), 1)), record_of(shipping(event_id(2), 2))});
    int events = 0;
    ReplaySink sink;
    sink.item = [](const ItemDeclaration&) {};
    sink.event = [&](const graph::FlowEvent&) -> Status {
        ++events;
        return fail(ErrorCode::kLimitExceeded, "enough");
    };
    const auto stopped = store().replay(context_, scope_, 0, sink);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code(), ErrorCode::kLimitExceeded);
    EXPECT_EQ(events, 1);
}

TEST_P(StoreContract, WhatWasStoredComesBackAsItWas) {
    NewRecord record = record_of(shipping(event_id(1), 1));
    record.payload = R"({"eventID":"x","n":1.10,"名":"黄瓜"})";
    record.context = R"({"a":"b"})";
    const Receipt receipt = commit_one(record);
    const StoredEvent stored = event_of(receipt.record);
    EXPECT_EQ(stored.record, receipt.record);
    EXPECT_EQ(stored.log_index, receipt.log_index);
    EXPECT_EQ(stored.record_time, clock_.now_us());
    EXPECT_EQ(stored.submitter, "local");
    EXPECT_EQ(stored.event_id, event_id(1));
    EXPECT_EQ(stored.hash_id, record.hash_id);
    EXPECT_EQ(stored.payload, record.payload);
    EXPECT_EQ(stored.context, record.context);
    EXPECT_TRUE(stored.people.empty());
    const std::array unknown = {graph::RecordId(99), receipt.record};
    EXPECT_EQ(store().events_by_record(context_, scope_, unknown)->size(), 1U);
}

}  // namespace
}  // namespace suyuan::store
