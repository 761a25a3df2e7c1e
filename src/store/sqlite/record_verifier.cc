// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/record_verifier.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/sha256.h"
#include "graph/fact.h"
#include "model/code.h"
#include "store/commitment.h"
#include "store/digest_bytes.h"
#include "store/flow_codec.h"
#include "store/postings.h"
#include "store/sql/verify.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counters.h"
#include "store/sqlite/findings.h"
#include "store/store.h"

namespace suyuan::store::sqlite {
namespace {

constexpr std::size_t kPiece = 1'000;

// Columns of kWalkLog.
enum Column : std::uint8_t {
    kRecord,
    kLogIndex,
    kRecordTime,
    kSubmitter,
    kIdentity,
    kContent,
    kIsDeclaration,
    kIsConflict,
    kPayloadHash,
    kCommitment,
    kPayloadRecord,
    kPayload,
    kSalt,
    kContext,
    kEventLogIndex,
    kEventRecord,
    kEventRecordTime,
    kEventSubmitter,
    kEventIdentity,
    kEventContent,
    kEventIsDeclaration,
    kEventIsConflict,
    kDigest,
    kFacts,
};

}  // namespace

Result<bool> RecordVerifier::check_piece() {
    SUYUAN_TRY(Query row, connection_.start(sql::kWalkLog, last_log_index_, kPiece));
    bool has_rows = false;
    while (true) {
        SUYUAN_TRY(const bool has_row, row.next());
        if (!has_row || findings_.is_full()) {
            return has_rows && !findings_.is_full();
        }
        has_rows = true;
        SUYUAN_TRY_VOID(check(row));
        ++checked_;
    }
}

Status RecordVerifier::check(const Query& row) {
    const std::uint64_t record = row.count(kRecord);
    check_order(row, record);
    SUYUAN_TRY_VOID(check_payload(row, record));
    return check_event(row, record);
}

void RecordVerifier::check_order(const Query& row, std::uint64_t record) {
    findings_.expect(row.count(kLogIndex) == last_log_index_ + 1, "log_index_gap", record);
    findings_.expect(row.integer(kRecordTime) >= last_record_time_, "record_time_order", record);
    last_log_index_ = row.count(kLogIndex);
    last_record_time_ = row.integer(kRecordTime);
    check_id(row.count(kSubmitter), Counter::kOperators, "dangling_operator", record);
}

Status RecordVerifier::check_payload(const Query& row, std::uint64_t record) {
    if (row.count(kPayloadRecord) != record) {
        findings_.add_record("payload_missing", record);
        return {};
    }
    const crypto::Digest digest = crypto::sha256(row.text(kPayload));
    findings_.expect(bytes_of(digest) == row.bytes(kPayloadHash), "payload_hash", record);
    findings_.expect(row.count(kContext) != 0, "dangling_context", record);
    std::vector<std::string> leaves;
    SUYUAN_TRY(Query person, connection_.start(sql::kWalkPeople, NameKind::kPerson, record));
    while (true) {
        SUYUAN_TRY(const bool has_row, person.next());
        if (!has_row) {
            break;
        }
        leaves.emplace_back(person.bytes(1));
        findings_.expect(person.count(0) == leaves.size(), "person_missing", record);
        findings_.expect(!person.text(2).empty(), "dangling_person", record);
        const bool has_values = person.count(3) != 0;
        const bool is_kept =
            !has_values ||
            person_leaf(person.bytes(4), person.text(2), person.text(5)) == leaves.back();
        findings_.expect(is_kept, "person_values", record);
    }
    const std::string commitment =
        record_commitment(row.bytes(kSalt), row.bytes(kPayloadHash), leaves);
    findings_.expect(commitment == row.bytes(kCommitment), "commitment", record);
    return {};
}

Status RecordVerifier::check_event(const Query& row, std::uint64_t record) {
    if (row.count(kEventLogIndex) != row.count(kLogIndex)) {
        findings_.add_record("event_missing", record);
        return {};
    }
    const bool is_same = row.count(kEventRecord) == record &&
                         row.integer(kEventRecordTime) == row.integer(kRecordTime) &&
                         row.count(kEventSubmitter) == row.count(kSubmitter) &&
                         row.count(kEventIdentity) == row.count(kIdentity) &&
                         row.count(kEventContent) == row.count(kContent) &&
                         row.flag(kEventIsDeclaration) == row.flag(kIsDeclaration) &&
                         row.flag(kEventIsConflict) == row.flag(kIsConflict);
    findings_.expect(is_same, "event_differs", record);
    if (facts_digest(row.bytes(kFacts)) != row.bytes(kDigest)) {
        findings_.add_record("facts_digest", record);
        return {};
    }
    if (!decode_flow(row.bytes(kFacts), event_, declared_)) {
        findings_.add_record("facts_malformed", record);
        return {};
    }
    findings_.expect(
        event_.is_error_declaration == row.flag(kIsDeclaration), "event_differs", record
    );
    check_ids(record);
    SUYUAN_TRY_VOID(check_declared(record));
    return check_postings(record, row.count(kLogIndex));
}

void RecordVerifier::check_id(
    std::uint64_t id, Counter dictionary, std::string_view what, std::uint64_t record
) {
    findings_.expect(id <= static_cast<std::uint64_t>(counters_[dictionary]), what, record);
}

void RecordVerifier::check_ids(std::uint64_t record) {
    const auto check_item = [&](graph::ItemId item) {
        check_id(item.value(), Counter::kItems, "dangling_item", record);
    };
    const auto check_operator = [&](graph::OperatorId id) {
        check_id(id.value(), Counter::kOperators, "dangling_operator", record);
    };
    const auto check_site = [&](graph::SiteId site) {
        check_id(site.value(), Counter::kSites, "dangling_site", record);
    };
    for (const graph::Fact& fact : event_.facts) {
        check_item(fact.item);
        check_item(fact.other);
        check_operator(fact.owner);
        check_operator(fact.peer_owner);
        check_site(fact.site);
        check_site(fact.peer_site);
        check_id(fact.unit.value(), Counter::kUnits, "dangling_unit", record);
    }
    for (const graph::FactMapping& mapping : event_.mappings) {
        check_item(mapping.output);
        for (const graph::ItemId input : mapping.inputs) {
            check_item(input);
        }
    }
    check_operator(event_.custodian);
    check_id(event_.process.value(), Counter::kProcesses, "dangling_process", record);
    for (const graph::VehicleId vehicle : event_.vehicles) {
        check_id(vehicle.value(), Counter::kVehicles, "dangling_vehicle", record);
    }
    for (const graph::PersonId person : event_.people) {
        check_id(person.value(), Counter::kPeople, "dangling_person", record);
    }
    for (const graph::PaperId paper : event_.papers) {
        check_id(paper.value(), Counter::kPapers, "dangling_paper", record);
    }
    for (const graph::PaperId paper : event_.linking_papers) {
        check_id(paper.value(), Counter::kPapers, "dangling_paper", record);
    }
}

// What a replay declares is what the dictionary says.
Status RecordVerifier::check_declared(std::uint64_t record) {
    for (const ItemDeclaration& declaration : declared_) {
        SUYUAN_TRY(Query query, connection_.start(sql::kKindOfItem, declaration.item));
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            findings_.add_record("dangling_item", record);
        } else {
            const auto kind = static_cast<model::CodeKind>(query.integer(0));
            findings_.expect(kind == declaration.kind, "item_kind", record);
        }
    }
    return {};
}

Status RecordVerifier::check_mention(
    const IdPosting& posting, std::uint64_t record, std::uint64_t log_index
) {
    SUYUAN_TRY(
        Query query,
        connection_.start(sql::kHasMention, mention_kind(posting.role), posting.value, log_index)
    );
    SUYUAN_TRY(const bool has_row, query.next());
    findings_.expect(has_row, "mention_missing", record);
    return {};
}

Status RecordVerifier::check_postings(std::uint64_t record, std::uint64_t log_index) {
    for (const IdPosting& posting : fact_postings(event_)) {
        SUYUAN_TRY_VOID(check_mention(posting, record, log_index));
        if (posting.role == PostingRole::kMentioned) {
            continue;  // only of items that the event itself does not list
        }
        SUYUAN_TRY(
            Query query, connection_.start(sql::kHasPosting, posting.role, posting.value, log_index)
        );
        SUYUAN_TRY(const bool has_row, query.next());
        findings_.expect(has_row, "posting_missing", record);
    }
    return {};
}

}  // namespace suyuan::store::sqlite
