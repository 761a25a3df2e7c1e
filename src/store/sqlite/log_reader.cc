// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/log_reader.h"

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
#include "base/sort_unique.h"
#include "graph/fact.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/flow_codec.h"
#include "store/hash_id.h"
#include "store/sql/log.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/readers.h"
#include "store/store.h"

namespace suyuan::store::sqlite {
namespace {

// Events read by one statement of a replay: some milliseconds.
constexpr std::size_t kReplayPiece = 8'192;

// Events of one id that a reader gets: each is a version in conflict or a report of one happening.
constexpr std::size_t kSameIdMax = 1'000;

// Hands over what follows `after`, at most a piece; returns the last log index handed over.
Result<std::uint64_t> replay_piece(
    Connection& connection, std::uint64_t after, const ReplaySink& sink
) {
    SUYUAN_TRY(Query query, connection.start(sql::kReplay, after, kReplayPiece));
    graph::FlowEvent event;
    std::vector<ItemDeclaration> declared;
    std::uint64_t last = after;
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return last;
        }
        event.log_index = query.count(0);
        event.record = graph::RecordId(query.count(1));
        event.record_time = query.integer(2);
        event.submitter = graph::OperatorId(query.id(3));
        event.identity = query.count(4);
        event.content = query.count(5);
        event.is_conflict = query.flag(6);
        if (!decode_flow(query.bytes(7), event, declared)) {
            return fail(
                ErrorCode::kCorruption,
                format("the facts of record {} are malformed", event.record.value())
            );
        }
        for (const ItemDeclaration& declaration : declared) {
            sink.item(declaration);
        }
        SUYUAN_TRY_VOID(sink.event(event));
        last = event.log_index;
    }
}

Status read_people(Connection& connection, StoredEvent& event) {
    SUYUAN_TRY(Query query, connection.start(sql::kReadPeople, NameKind::kPerson, event.record));
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return {};
        }
        event.people.push_back(
            {.person = std::string(query.text(0)), .values = std::string(query.text(1))}
        );
    }
}

Result<std::vector<graph::RecordId>> read_records(Connection& connection, sql::Text text, auto id) {
    SUYUAN_TRY(Query query, connection.start(text, id, kSameIdMax));
    std::vector<graph::RecordId> records;
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return records;
        }
        records.emplace_back(query.count(0));
    }
}

}  // namespace

Status replay(
    Readers& readers,
    const policy::RequestContext& context,
    const policy::Scope& scope,
    std::uint64_t after_log_index,
    const ReplaySink& sink
) {
    std::uint64_t last = after_log_index;
    while (true) {
        SUYUAN_TRY(const Readers::Lease connection, readers.lend(context, scope));
        SUYUAN_TRY(const std::uint64_t reached, replay_piece(*connection, last, sink));
        if (reached == last) {
            return {};
        }
        last = reached;
    }
}

Result<std::optional<StoredEvent>> read_event(Connection& connection, graph::RecordId record) {
    SUYUAN_TRY(Query query, connection.start(sql::kReadEvent, NameKind::kOperator, record));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return std::nullopt;
    }
    StoredEvent event;
    event.record = graph::RecordId(query.count(0));
    event.log_index = query.count(1);
    event.record_time = query.integer(2);
    event.submitter = query.text(3);
    event.event_id = query.text(4);
    SUYUAN_TRY(event.hash_id, unpack_hash_id(query.bytes(5)));
    event.payload = query.text(6);
    event.context = query.text(7);
    event.is_conflict = query.flag(8);
    event.is_void = query.flag(9);
    event.is_possible_duplicate = query.flag(10);
    SUYUAN_TRY_VOID(read_people(connection, event));
    return event;
}

Result<std::vector<StoredEvent>> read_events_by_id(Connection& connection, std::string_view id) {
    SUYUAN_TRY(auto records, read_records(connection, sql::kRecordsByEventId, id));
    const std::string key = pack_hash_id(id);
    SUYUAN_TRY(const auto of_hash, read_records(connection, sql::kRecordsByHash, Blob{key}));
    // A submitter may take the hash for the eventID: then both name the same records.
    records.insert(records.end(), of_hash.begin(), of_hash.end());
    sort_unique(records);
    std::vector<StoredEvent> events;
    for (const graph::RecordId record : records) {
        SUYUAN_TRY(auto event, read_event(connection, record));
        if (event) {
            events.push_back(*std::move(event));
        }
    }
    return events;
}

Result<std::vector<StoredEvent>> read_events(
    Connection& connection,
    const policy::RequestContext& context,
    std::span<const graph::RecordId> records
) {
    std::vector<StoredEvent> events;
    events.reserve(records.size());
    for (const graph::RecordId record : records) {
        SUYUAN_TRY_VOID(context.check_alive());
        SUYUAN_TRY(auto event, read_event(connection, record));
        if (event) {
            events.push_back(*std::move(event));
        }
    }
    return events;
}

}  // namespace suyuan::store::sqlite
