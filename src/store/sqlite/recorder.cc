// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/recorder.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/fact.h"
#include "model/code.h"
#include "store/commitment.h"
#include "store/digest_bytes.h"
#include "store/flow_codec.h"
#include "store/flow_numbers.h"
#include "store/prepared_batch.h"
#include "store/sql/log.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counters.h"
#include "store/sqlite/interner.h"
#include "store/store.h"
#include "store/whose.h"

namespace suyuan::store::sqlite {
namespace {

// Records between two looks at whether the caller left.
constexpr std::size_t kRecordsBetweenLooks = 256;

bool is_declaration(const NewRecord& record) {
    return record.event.error.has_value();
}

// Whose goods an event is about: the first owner that its facts know.
graph::OperatorId owner_place(const graph::FlowEvent& event) {
    const auto known = std::ranges::find_if(event.facts, [](const graph::Fact& fact) {
        return fact.owner.value() != 0;
    });
    return known == event.facts.end() ? graph::OperatorId() : known->owner;
}

}  // namespace

Result<Committed> Recorder::run(const PreparedBatch& batch) {
    const std::string& submitter = context_.principal().operator_code;
    if (submitter.empty()) {
        return fail(ErrorCode::kInvalidArgument, "a record needs a submitter");
    }
    SUYUAN_TRY(
        const std::uint32_t number, session_.interner.name(NameKind::kOperator, submitter, Whose())
    );
    submitter_ = graph::OperatorId(number);
    if (!batch.key.empty()) {
        SUYUAN_TRY(std::optional<Committed> before, find_batch(batch));
        if (before) {
            return *std::move(before);
        }
        batch_ = session_.counters.next(Counter::kBatches);
    }
    // The machine's clock may have been set back; the log's never goes.
    record_time_ = std::max(session_.clock.now_us(), session_.counters[Counter::kRecordTime]);
    committed_.receipts.reserve(batch.records.size());
    for (const PreparedRecord& prepared : batch.records) {
        if (committed_.receipts.size() % kRecordsBetweenLooks == 0) {
            SUYUAN_TRY_VOID(context_.check_alive());
        }
        SUYUAN_TRY_VOID(add(prepared));
    }
    SUYUAN_TRY_VOID(postings_.write());
    if (!batch.key.empty()) {
        const Whose whose{.submitter = submitter_.value(), .territory = {}};
        SUYUAN_TRY_VOID(session_.connection.run(
            sql::kInsertBatch,
            batch_,
            batch.key,
            Blob{batch.fingerprint},
            Blob{encode_receipts(committed_.receipts)},
            record_time_,
            whose
        ));
    }
    return std::move(committed_);
}

// What the first batch with this key was told.
Result<std::optional<Committed>> Recorder::find_batch(const PreparedBatch& batch) {
    SUYUAN_TRY(Query query, session_.connection.start(sql::kFindBatch, submitter_, batch.key));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return std::nullopt;
    }
    if (query.bytes(0) != batch.fingerprint) {
        return fail(
            ErrorCode::kConflict,
            Sentence{"这个幂等键已用于别的内容", "the idempotency key was used for other content"}
        );
    }
    Committed committed;
    SUYUAN_TRY(committed.receipts, decode_receipts(query.bytes(1)));
    return committed;
}

Status Recorder::add(const PreparedRecord& prepared) {
    SUYUAN_TRY(const Known known, find_known(prepared));
    if (known.first) {
        committed_.receipts.push_back(*known.first);
        return {};
    }
    return store(prepared, known);
}

Result<Recorder::Known> Recorder::find_known(const PreparedRecord& prepared) {
    Known known;
    const bool has_id = !prepared.record->event.event_id.empty();
    SUYUAN_TRY_VOID(has_id ? find_versions(prepared, known) : find_occurrence(prepared, known));
    if (known.first) {
        return known;
    }
    const NewRecord& record = *prepared.record;
    if (!record.hash_id.empty() && (!has_id || record.event.event_id == record.hash_id)) {
        SUYUAN_TRY_VOID(find_nameless(prepared, known));
    }
    if (known.identity == 0) {
        known.identity = session_.counters.next(Counter::kIdentities);
    }
    SUYUAN_TRY_VOID(find_content(prepared, known));
    return known;
}

Status Recorder::find_versions(const PreparedRecord& prepared, Known& known) {
    const NewRecord& record = *prepared.record;
    SUYUAN_TRY(
        Query query,
        session_.connection.start(
            sql::kFindVersions, record.event.event_id, submitter_, Store::kVersionsMax
        )
    );
    std::size_t versions = 0;
    std::int64_t others = 0;  // declarations for an event, events for a declaration
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            break;
        }
        ++versions;
        known.identity = query.integer(3);
        if (query.flag(4) != is_declaration(record)) {
            ++others;
        } else if (query.bytes(5) == prepared.hash_key) {
            known.first = Receipt{
                .outcome = CommitOutcome::kDuplicate,
                .record = graph::RecordId(query.count(0)),
                .log_index = query.count(1),
                .record_time = query.integer(2),
            };
            return {};
        } else {
            known.is_conflict = true;
        }
    }
    if (versions == Store::kVersionsMax) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("同一 eventID 最多 {} 个版本", Store::kVersionsMax),
                format("an eventID has at most {} versions", Store::kVersionsMax)
            }
        );
    }
    if (is_declaration(record)) {
        known.newly_void = known.is_conflict ? 0 : others;  // a second one voids nothing more
    } else {
        known.newly_void = others > 0 ? 1 : 0;
    }
    return {};
}

Status Recorder::find_occurrence(const PreparedRecord& prepared, Known& known) {
    SUYUAN_TRY(
        Query query,
        session_.connection.start(
            sql::kFindOccurrence,
            Blob{prepared.hash_key},
            is_declaration(*prepared.record),
            submitter_,
            prepared.occurrence,
            batch_
        )
    );
    SUYUAN_TRY(const bool has_row, query.next());
    if (has_row) {
        known.first = Receipt{
            .outcome = CommitOutcome::kDuplicate,
            .record = graph::RecordId(query.count(0)),
            .log_index = query.count(1),
            .record_time = query.integer(2),
        };
    }
    return {};
}

// An event without eventID is taken back by its hash id, which capture named.
Status Recorder::find_nameless(const PreparedRecord& prepared, Known& known) {
    const NewRecord& record = *prepared.record;
    SUYUAN_TRY(
        Query query,
        session_.connection.start(
            sql::kFindNameless, Blob{prepared.hash_key}, submitter_, record.hash_id
        )
    );
    SUYUAN_TRY_VOID(query.next());
    known.identity = known.identity == 0 ? query.integer(0) : known.identity;
    const std::int64_t declarations = query.integer(2);
    if (is_declaration(record)) {
        known.newly_void = declarations > 0 ? 0 : query.integer(1);
    } else {
        known.newly_void = declarations > 0 ? 1 : 0;
    }
    return {};
}

Status Recorder::find_content(const PreparedRecord& prepared, Known& known) {
    SUYUAN_TRY(Query query, session_.connection.start(sql::kFindContent, Blob{prepared.hash_key}));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        known.content = session_.counters.next(Counter::kContents);
        return {};
    }
    known.content = query.integer(0);
    // The hash leaves the declaration out, so a declaration has its event's: that is no double.
    known.is_possible_duplicate = !query.flag(1) && !is_declaration(*prepared.record);
    return {};
}

Status Recorder::store(const PreparedRecord& prepared, const Known& known) {
    const NewRecord& record = *prepared.record;
    Whose& whose = whose_.emplace_back();
    whose.submitter = submitter_.value();
    whose.territory = record.territory;
    whose.data_class = record.data_class;
    const std::size_t declared_before = committed_.items.size();
    SUYUAN_TRY(graph::FlowEvent event, intern(record, whose));
    Counters& counters = session_.counters;
    event.record = graph::RecordId(static_cast<std::uint64_t>(counters.next(Counter::kRecords)));
    event.log_index = static_cast<std::uint64_t>(counters.next(Counter::kLogIndex));
    event.record_time = record_time_;
    event.submitter = submitter_;
    event.identity = static_cast<std::uint64_t>(known.identity);
    event.content = static_cast<std::uint64_t>(known.content);
    event.is_conflict = known.is_conflict;
    counters[Counter::kRecordTime] = record_time_;
    counters[Counter::kConflicts] += known.is_conflict ? 1 : 0;
    counters[Counter::kPossibleDuplicates] += known.is_possible_duplicate ? 1 : 0;
    counters[Counter::kVoids] += known.newly_void;
    SUYUAN_TRY_VOID(write_log(prepared, known, event));
    SUYUAN_TRY_VOID(postings_.add(prepared, event, whose));
    SUYUAN_TRY_VOID(write_event(record, event, declared_before));
    Receipt receipt{
        .outcome = CommitOutcome::kStored,
        .record = event.record,
        .log_index = event.log_index,
        .record_time = record_time_,
    };
    if (known.is_conflict) {
        receipt.outcome = CommitOutcome::kConflict;
    } else if (known.is_possible_duplicate) {
        receipt.outcome = CommitOutcome::kPossibleDuplicate;
    }
    committed_.receipts.push_back(receipt);
    committed_.events.push_back(std::move(event));
    return {};
}

Result<graph::FlowEvent> Recorder::intern(const NewRecord& record, Whose& whose) {
    const graph::FlowNames& names = record.interpretation.names;
    graph::FlowEvent event = record.interpretation.event;
    FlowNumbers numbers;
    const auto number_all = [&](NameKind kind,
                                const std::vector<std::string>& codes,
                                std::vector<std::uint32_t>& ids) -> Status {
        ids.reserve(codes.size());
        const Whose row = kind == NameKind::kPerson ? whose_of_person(whose) : whose_of_name(whose);
        for (const std::string& code : codes) {
            SUYUAN_TRY(const std::uint32_t id, session_.interner.name(kind, code, row));
            ids.push_back(id);
        }
        return {};
    };
    SUYUAN_TRY_VOID(number_all(NameKind::kOperator, names.operators, numbers.operators));
    if (const std::uint32_t owner = owner_place(event).value(); owner != 0) {
        whose.owner = numbers.operators.at(owner - 1);
    }
    numbers.items.reserve(names.items.size());
    for (const model::Code& code : names.items) {
        SUYUAN_TRY(const std::uint32_t id, postings_.intern_item(code, whose));
        numbers.items.push_back(id);
    }
    SUYUAN_TRY_VOID(number_all(NameKind::kSite, names.sites, numbers.sites));
    SUYUAN_TRY_VOID(number_all(NameKind::kVehicle, names.vehicles, numbers.vehicles));
    SUYUAN_TRY_VOID(number_all(NameKind::kPerson, names.people, numbers.people));
    SUYUAN_TRY_VOID(number_all(NameKind::kPaper, names.papers, numbers.papers));
    SUYUAN_TRY_VOID(number_all(NameKind::kUnit, names.units, numbers.units));
    SUYUAN_TRY_VOID(number_all(NameKind::kProcess, names.processes, numbers.processes));
    renumber(event, numbers);
    return event;
}

Status Recorder::write_log(
    const PreparedRecord& prepared, const Known& known, const graph::FlowEvent& event
) {
    const NewRecord& record = *prepared.record;
    const Whose& whose = whose_.back();
    Connection& connection = session_.connection;
    const std::string salt = make_salt();
    SUYUAN_TRY(const std::string commitment, write_people(prepared, salt, event.record.value()));
    SUYUAN_TRY_VOID(connection.run(
        sql::kInsertLog,
        event.record,
        event.log_index,
        event.record_time,
        record.event.event_id,
        event.identity,
        is_declaration(record),
        Blob{prepared.hash_key},
        event.content,
        batch_,
        prepared.occurrence,
        Blob{bytes_of(prepared.payload_hash)},
        Blob{commitment},
        event.is_conflict,
        known.is_possible_duplicate,
        whose
    ));
    SUYUAN_TRY(
        const std::uint32_t context, session_.interner.context(record.context, whose_of_name(whose))
    );
    return connection.run(
        sql::kInsertPayload, event.record, context, Blob{salt}, record.payload, whose
    );
}

Result<std::string> Recorder::write_people(
    const PreparedRecord& prepared, std::string_view salt, std::uint64_t record
) {
    const Whose whose = whose_of_person(whose_.back());
    std::vector<std::string> leaves;
    for (const PersonValues& person : prepared.record->people) {
        SUYUAN_TRY(
            const std::uint32_t number,
            session_.interner.name(NameKind::kPerson, person.person, whose)
        );
        const std::string own_salt = make_salt();
        const std::string& leaf =
            leaves.emplace_back(person_leaf(own_salt, person.person, person.values));
        const std::size_t place = leaves.size();
        SUYUAN_TRY_VOID(session_.connection.run(
            sql::kInsertPersonEntry, record, place, number, Blob{leaf}, whose
        ));
        SUYUAN_TRY_VOID(session_.connection.run(
            sql::kInsertPersonValue, record, place, Blob{own_salt}, person.values, whose
        ));
    }
    return record_commitment(salt, bytes_of(prepared.payload_hash), leaves);
}

Status Recorder::write_event(
    const NewRecord& record, const graph::FlowEvent& event, std::size_t declared_before
) {
    const auto declared = std::span(committed_.items).subspan(declared_before);
    const std::string facts = encode_flow(event, declared);
    return session_.connection.run(
        sql::kInsertEvent,
        event.log_index,
        event.record,
        event.record_time,
        event.identity,
        event.content,
        record.event.kind,
        record.event.action,
        is_declaration(record),
        event.is_conflict,
        record.event.event_time,
        whose_.back(),
        Blob{facts_digest(facts)},
        Blob{facts}
    );
}

std::string Recorder::make_salt() {
    std::array<std::byte, kSaltBytes> salt{};
    session_.randomness.fill(salt);
    return {reinterpret_cast<const char*>(salt.data()), salt.size()};
}

}  // namespace suyuan::store::sqlite
