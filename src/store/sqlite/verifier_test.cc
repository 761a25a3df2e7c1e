// SPDX-License-Identifier: Apache-2.0
//
// Goal: verify() names what somebody with the file at hand changed. Method: one change each to a
// sound store, through a connection of our own with the triggers off.

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "io/scratch_folder_fixture.h"
#include "model/event.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store.h"
#include "store/store_contract_fixture.h"

namespace suyuan::store::sqlite {
namespace {

struct Damage {
    std::string_view statement;
    std::string_view finding;  // "what: where"
};

constexpr std::array kDamages = {
    Damage{"UPDATE log SET log_index = 9 WHERE record_id = 3", "log_index_gap: record 3"},
    Damage{"DELETE FROM log WHERE record_id = 2", "log_index_gap: record 3"},
    Damage{"DELETE FROM log WHERE record_id = 2", "event_without_log: record 2"},
    Damage{"DELETE FROM log WHERE record_id = 2", "payload_without_log: record 2"},
    Damage{"UPDATE log SET record_time = 1 WHERE record_id = 3", "record_time_order: record 3"},
    Damage{
        "UPDATE log SET record_time = record_time + 1 WHERE record_id = 6",
        "event_differs: record 6"
    },
    Damage{"UPDATE log SET submitter = 99 WHERE record_id = 1", "dangling_operator: record 1"},
    Damage{"UPDATE log SET submitter = 2 WHERE record_id = 1", "event_differs: record 1"},
    Damage{"UPDATE log SET identity = 77 WHERE record_id = 1", "identity: record 1"},
    Damage{"UPDATE log SET identity = 1 WHERE record_id = 3", "identity: record 1"},
    Damage{"UPDATE log SET event_id = '' WHERE record_id = 3", "identity: record 3"},
    Damage{"UPDATE log SET content = 1 WHERE record_id = 3", "content: record 1"},
    Damage{"UPDATE log SET is_conflict = 0 WHERE record_id = 2", "conflict_mark: record 2"},
    Damage{"UPDATE log SET is_conflict = 1 WHERE record_id = 1", "conflict_mark: record 1"},
    Damage{
        "UPDATE log SET is_possible_duplicate = 1 WHERE record_id = 1",
        "possible_duplicate_mark: record 1"
    },
    Damage{
        "UPDATE log SET event_id = 'urn:example:event:1', hash_id = (SELECT hash_id FROM log WHERE "
        "record_id = 1) WHERE record_id = 3",
        "stored_twice: record 3"
    },
    Damage{"UPDATE log SET payload_hash = x'00' WHERE record_id = 1", "payload_hash: record 1"},
    Damage{"UPDATE log SET commitment = x'00' WHERE record_id = 1", "commitment: record 1"},
    Damage{
        "UPDATE payload SET body = replace(body, '0', '1') WHERE record_id = 1",
        "payload_hash: record 1"
    },
    Damage{"UPDATE payload SET salt = x'00' WHERE record_id = 1", "commitment: record 1"},
    Damage{"UPDATE payload SET context_id = 99 WHERE record_id = 1", "dangling_context: record 1"},
    Damage{"DELETE FROM payload WHERE record_id = 1", "payload_missing: record 1"},
    Damage{"UPDATE person_value SET body = '{}' WHERE record_id = 4", "person_values: record 4"},
    Damage{"UPDATE person_value SET place = 9 WHERE record_id = 4", "person_values: record 4"},
    Damage{"UPDATE person_entry SET leaf = x'00' WHERE record_id = 4", "commitment: record 4"},
    Damage{"UPDATE person_entry SET person = 99 WHERE record_id = 4", "dangling_person: record 4"},
    Damage{"UPDATE person_entry SET place = 2 WHERE record_id = 4", "person_missing: record 4"},
    Damage{
        "UPDATE person_entry SET record_id = 99 WHERE record_id = 4",
        "person_without_log: record 99"
    },
    Damage{"DELETE FROM event WHERE log_index = 1", "event_missing: record 1"},
    Damage{"DELETE FROM event WHERE log_index = 1", "dangling_posting: log index 1"},
    Damage{"UPDATE event SET record_id = 9 WHERE log_index = 1", "event_differs: record 1"},
    Damage{"UPDATE event SET is_declaration = 1 WHERE log_index = 1", "event_differs: record 1"},
    Damage{"UPDATE event SET facts = x'01' WHERE log_index = 1", "facts_digest: record 1"},
    Damage{
        "UPDATE event SET facts = (SELECT facts FROM event WHERE log_index = 2) WHERE log_index = "
        "1",
        "facts_digest: record 1"
    },
    Damage{
        "UPDATE event SET facts = x'01', digest = x'4bf5122f344554c5' WHERE log_index = 1",
        "facts_malformed: record 1"
    },
    Damage{"DELETE FROM mention WHERE kind = 2", "mention_missing: record 1"},
    Damage{"DELETE FROM posting WHERE role = 33 AND log_index = 1", "posting_missing: record 1"},
    Damage{
        "UPDATE posting SET log_index = 99 WHERE role = 33 AND log_index = 1",
        "dangling_posting: log index 99"
    },
    Damage{
        "UPDATE posting SET value = 99 WHERE role = 20 AND log_index = 1",
        "dangling_posting: role 20"
    },
    Damage{
        "UPDATE posting SET type = 99 WHERE role = 20 AND log_index = 1",
        "dangling_posting: type 99"
    },
    Damage{"UPDATE item SET kind = 0 WHERE item_id = 1", "item_kind: record 1"},
    Damage{"DELETE FROM item WHERE item_id = 1", "dangling_item: record 1"},
    Damage{"DELETE FROM item WHERE item_id = 1", "dictionary_gap: items"},
    Damage{"DELETE FROM name WHERE kind = 1 AND name_id = 1", "counter: sites is 1, should be 0"},
    Damage{"UPDATE counter SET value = 1 WHERE name = 'items'", "dangling_item: record 2"},
    Damage{"UPDATE counter SET value = 7 WHERE name = 'voids'", "counter: voids is 7, should be 1"},
    Damage{
        "UPDATE counter SET value = 0 WHERE name = 'conflicts'",
        "counter: conflicts is 0, should be 1"
    },
    Damage{"DELETE FROM counter WHERE name = 'log_index'", "counter: log_index is 0, should be 6"},
    Damage{
        "INSERT INTO stock VALUES (99, 0, 0, 'available', 0, 1, 0, 0, '', 3)",
        "dangling_stock: item 99"
    },
    Damage{
        "INSERT INTO stock VALUES (1, 0, 9, 'available', 0, 1, 0, 0, '', 3)",
        "dangling_stock: item 1"
    },
    Damage{"DELETE FROM batch", "counter: batches is 1, should be 0"},
    Damage{"UPDATE audit SET actor = 'x' WHERE number = 2", "audit_digest: audit row 2"},
    Damage{"UPDATE audit SET digest = x'00' WHERE number = 1", "audit_digest: audit row 2"},
    Damage{"UPDATE audit SET at = at + 1 WHERE number = 1", "audit_time: audit row 2"},
    Damage{"DELETE FROM audit WHERE number = 2", "audit_gap: audit row 3"},
    Damage{"DELETE FROM audit WHERE number = 2", "audit_owners: audit row 2"},
    Damage{"DELETE FROM audit_owner", "audit_owners: audit row 2"},
    Damage{"UPDATE audit_owner SET owner = 99", "audit_owners: audit row 2"},
};

class VerifierTest : public testing::Test {
protected:
    std::unique_ptr<Store> open(const io::ScratchFolder& folder) {
        auto store = open_sqlite(
            folder.path(),
            {.clock = &clock_, .randomness = &randomness_, .creation = Creation::kCreateIfMissing}
        );
        EXPECT_TRUE(store) << store.error().message();
        return *std::move(store);
    }

    // Six records: an event, a version in conflict, another event, one with a person, a declaration
    // and a possible duplicate.
    void fill(const io::ScratchFolder& folder) {
        const std::unique_ptr<Store> store = open(folder);
        model::Event with_person = shipping(event_id(4), 4);
        with_person.people = {"person-1"};
        const std::vector<NewRecord> records = {
            record_of(shipping(event_id(1), 1)),
            record_of(shipping(event_id(1), 2)),
            record_of(shipping(event_id(3), 3)),
            record_of(with_person),
            record_of(declaration_of(shipping(event_id(3), 3))),
            record_of(shipping(event_id(6), 1)),
        };
        ASSERT_TRUE(store->commit(context_, scope_, records, "key"));
        for (int row = 0; row < 3; ++row) {
            const AuditEntry entry = {.act = "read", .owners = {company(1)}};
            ASSERT_TRUE(store->access().act(context_, scope_, {}, entry));
        }
    }

    std::vector<std::string> findings_after(std::string_view statement) {
        const io::ScratchFolder folder;
        fill(folder);
        {
            auto connection =
                Connection::open(folder.path() / "suyuan.db", Connection::Mode::kWriter);
            EXPECT_TRUE(connection);
            EXPECT_TRUE((*connection)
                            ->execute("DROP TRIGGER log_is_never_updated;"
                                      "DROP TRIGGER log_is_never_deleted;"
                                      "DROP TRIGGER audit_is_never_updated;"
                                      "DROP TRIGGER audit_is_never_deleted;"
                                      "DROP TRIGGER audit_owner_is_never_updated;"
                                      "DROP TRIGGER audit_owner_is_never_deleted;"));
            const auto done = (*connection)->execute(std::string(statement));
            EXPECT_TRUE(done) << done.error().message();
        }
        const std::unique_ptr<Store> store = open(folder);
        const auto findings = store->verify(context_, scope_, {});
        EXPECT_TRUE(findings) << findings.error().message();
        std::vector<std::string> lines;
        for (const Finding& finding : *findings) {
            lines.push_back(finding.what + ": " + finding.where);
        }
        return lines;
    }

    io::ManualClock clock_{kStart};
    io::SystemRandomness randomness_;
    policy::RequestContext context_{policy::local_principal()};
    policy::Scope scope_ = *policy::decide(policy::local_principal(), policy::Permission::kOperate);
};

TEST_F(VerifierTest, ASoundStoreHasNoFindings) {
    EXPECT_TRUE(findings_after("").empty());
}

TEST_F(VerifierTest, NamesWhatWasChanged) {
    for (const Damage& damage : kDamages) {
        SCOPED_TRACE(damage.statement);
        const std::vector<std::string> findings = findings_after(damage.statement);
        EXPECT_TRUE(std::ranges::find(findings, damage.finding) != findings.end())
            << damage.finding << " is not among " << testing::PrintToString(findings);
    }
}

TEST_F(VerifierTest, TellsHowFarItIsAndStopsWhenAsked) {
    const io::ScratchFolder folder;
    fill(folder);
    const std::unique_ptr<Store> store = open(folder);
    std::uint64_t last = 0;
    ASSERT_TRUE(store->verify(context_, scope_, [&](std::uint64_t checked) { last = checked; }));
    EXPECT_EQ(last, 6U);
    const policy::RequestContext left(policy::local_principal());
    const auto stopped = store->verify(left, scope_, [&](std::uint64_t) { left.cancel(); });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code(), ErrorCode::kCancelled);
}

}  // namespace
}  // namespace suyuan::store::sqlite
