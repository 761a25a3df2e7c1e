// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/sqlite_store.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/result.h"
#include "graph/fact.h"
#include "io/files.h"
#include "io/randomness.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/event_query.h"
#include "store/migrations.h"
#include "store/prepared_batch.h"
#include "store/search.h"
#include "store/sql/log.h"
#include "store/sql/names.h"
#include "store/sql/registry.h"
#include "store/sql/text.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counters.h"
#include "store/sqlite/dialect.h"
#include "store/sqlite/event_finder.h"
#include "store/sqlite/ledger.h"
#include "store/sqlite/log_reader.h"
#include "store/sqlite/name_reader.h"
#include "store/sqlite/readers.h"
#include "store/sqlite/recorder.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/search_index.h"
#include "store/sqlite/searcher.h"
#include "store/sqlite/sight.h"
#include "store/sqlite/sqlite_backend.h"
#include "store/sqlite/verifier.h"
#include "store/sqlite/writer.h"
#include "store/store.h"
#include "store/visibility.h"

namespace suyuan::store::sqlite {
namespace {

using policy::RequestContext;
using policy::Scope;

constexpr std::string_view kFileName = "suyuan.db";
constexpr std::string_view kTokenKey = "page_token_key";

}  // namespace

Status SqliteStore::write(
    const RequestContext& context, const Scope& scope, std::size_t rows, const Writer::Job& job
) {
    SUYUAN_TRY_VOID(check_scope(scope));
    return write_own(context, scope, rows, job);
}

Status SqliteStore::write_own(
    const RequestContext& context, const Scope& scope, std::size_t rows, const Writer::Job& job
) {
    SUYUAN_TRY_VOID(check_own_scope(scope));
    SUYUAN_TRY_VOID(context.check_alive());
    return writer_->run(rows, job);
}

Result<Committed> SqliteStore::commit(
    const RequestContext& context,
    const Scope& scope,
    std::span<const NewRecord> records,
    std::string_view idempotency_key
) {
    SUYUAN_TRY(const PreparedBatch batch, prepare_batch(records, idempotency_key));
    Committed committed;
    const auto record = [&](WriteSession& session) -> Status {
        SUYUAN_TRY(committed, Recorder(session, context).run(batch));
        return {};
    };
    SUYUAN_TRY_VOID(write_own(context, scope, records.size(), record));
    return committed;
}

Status SqliteStore::replay(
    const RequestContext& context,
    const Scope& scope,
    std::uint64_t after_log_index,
    const ReplaySink& sink
) const {
    return sqlite::replay(readers_, context, scope, after_log_index, sink);
}

Result<EventPage> SqliteStore::find_events(
    const RequestContext& context, const Scope& scope, const EventQuery& query
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_events(*reader, context, sealer_, query);
}

Result<std::vector<StoredEvent>> SqliteStore::events_by_id(
    const RequestContext& context, const Scope& scope, std::string_view id
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return read_events_by_id(*reader, id);
}

Result<std::vector<StoredEvent>> SqliteStore::events_by_record(
    const RequestContext& context, const Scope& scope, std::span<const graph::RecordId> records
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return read_events(*reader, context, records);
}

Result<std::vector<ItemName>> SqliteStore::item_names(
    const RequestContext& context, const Scope& scope, std::span<const graph::ItemId> items
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return read_item_names(*reader, context, items);
}

Result<std::vector<NamedId>> SqliteStore::names(
    const RequestContext& context,
    const Scope& scope,
    NameKind kind,
    std::span<const std::uint32_t> ids
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return read_names(*reader, context, kind, ids);
}

Result<std::optional<graph::ItemId>> SqliteStore::find_item(
    const RequestContext& context, const Scope& scope, std::string_view code
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_item(*reader, code);
}

Result<std::vector<graph::ItemId>> SqliteStore::find_items_of_gtin(
    const RequestContext& context, const Scope& scope, std::string_view gtin
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_items_of_gtin(*reader, context, gtin);
}

Result<std::optional<std::uint32_t>> SqliteStore::find_name(
    const RequestContext& context, const Scope& scope, NameKind kind, std::string_view code
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_name(*reader, kind, code);
}

Result<SearchPage> SqliteStore::search(
    const RequestContext& context, const Scope& scope, const SearchQuery& query
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::search(*reader, context, sealer_, query);
}

Result<std::uint64_t> SqliteStore::count_mentions(
    const RequestContext& context, const Scope& scope, SearchKind kind, std::uint32_t thing
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::count_mentions(*reader, kind, thing);
}

Result<std::vector<std::uint64_t>> SqliteStore::events_in_sight(
    const RequestContext& context, const Scope& scope, std::span<const std::uint64_t> log_indexes
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::events_in_sight(*reader, context, log_indexes);
}

Status SqliteStore::replace_stock(
    const RequestContext& context,
    const Scope& scope,
    std::span<const graph::ItemId> items,
    std::span<const StockRow> rows,
    std::uint64_t covered_log_index
) {
    return write(context, scope, items.size() + rows.size(), [&](WriteSession& session) -> Status {
        SUYUAN_TRY_VOID(sqlite::replace_stock(session, context, items, rows));
        session.counters[Counter::kStockCovered] = static_cast<std::int64_t>(covered_log_index);
        return {};
    });
}

Result<StockPage> SqliteStore::find_stock(
    const RequestContext& context, const Scope& scope, const StockFilter& filter
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_stock(*reader, sealer_, filter);
}

Status SqliteStore::put_job(
    const RequestContext& context, const Scope& scope, const CaptureJob& job
) {
    return write_own(context, scope, 1, [&](WriteSession& session) {
        return sqlite::put_job(session, context, job);
    });
}

Result<std::optional<CaptureJob>> SqliteStore::find_job(
    const RequestContext& context, const Scope& scope, std::string_view id
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend_scoped(context, scope));
    return sqlite::find_job(*reader, id);
}

Result<std::uint64_t> SqliteStore::erase_person(
    const RequestContext& context, const Scope& scope, std::string_view person
) {
    SUYUAN_TRY_VOID(check_scope(scope));
    SUYUAN_TRY(const auto number, find_name(context, scope, NameKind::kPerson, person));
    if (!number) {
        return 0;
    }
    std::uint64_t erased = 0;
    const auto erase = [&](WriteSession& session) -> Status {
        for (const sql::Text text :
             {sql::kErasePerson,
              sql::kErasePersonValues,
              sql::kErasePersonRows,
              sql::kErasePersonTitle}) {
            SUYUAN_TRY_VOID(session.connection.run(text, *number));
            erased += session.connection.changed_rows();
        }
        return {};
    };
    SUYUAN_TRY_VOID(write(context, scope, 1, erase));
    // The log still holds the pages as they were.
    SUYUAN_TRY_VOID(writer_->empty_log());
    return erased;
}

Result<StoreCounts> SqliteStore::counts(const RequestContext& context, const Scope& scope) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    SUYUAN_TRY(const Counters counters, Counters::read(*reader));
    const auto count = [&](Counter counter) {
        return static_cast<std::uint64_t>(counters[counter]);
    };
    StoreCounts counts;
    counts.events = count(Counter::kRecords);
    counts.log_index = count(Counter::kLogIndex);
    counts.record_time = counters[Counter::kRecordTime];
    counts.conflicts = count(Counter::kConflicts);
    counts.voids = count(Counter::kVoids);
    counts.possible_duplicates = count(Counter::kPossibleDuplicates);
    counts.items = count(Counter::kItems);
    counts.operators = count(Counter::kOperators);
    counts.sites = count(Counter::kSites);
    counts.papers = count(Counter::kPapers);
    SUYUAN_TRY(Query query, reader->start(kReadFileBytes));
    SUYUAN_TRY(const bool has_row, query.next());
    counts.bytes = has_row ? query.count(0) : 0;
    return counts;
}

Result<bool> SqliteStore::maintain(const RequestContext& context, const Scope& scope) {
    {
        SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
        SUYUAN_TRY(const bool is_needed, needs_indexing(*reader));
        if (!is_needed) {
            return false;
        }
    }
    bool has_more = false;
    const auto index = [&](WriteSession& session) -> Status {
        SUYUAN_TRY(has_more, index_piece(session, context));
        return {};
    };
    SUYUAN_TRY_VOID(write(context, scope, 1, index));
    return has_more;
}

Result<std::vector<Finding>> SqliteStore::verify(
    const RequestContext& context,
    const Scope& scope,
    const std::function<void(std::uint64_t)>& progress
) const {
    SUYUAN_TRY(const Readers::Lease reader, readers_.lend(context, scope));
    return sqlite::verify(*reader, context, progress);
}

namespace {

// Made once for a store and kept, so that tokens outlive a restart.
Result<std::string> token_key(Writer& writer, Connection& connection) {
    {
        SUYUAN_TRY(Query query, connection.start(sql::kReadSecret, kTokenKey));
        SUYUAN_TRY(const bool has_row, query.next());
        if (has_row) {
            return std::string(query.bytes(0));
        }
    }
    constexpr std::size_t kKeyBytes = 32;
    std::array<std::byte, kKeyBytes> bytes{};
    SUYUAN_TRY_VOID(writer.run(1, [&](WriteSession& session) {
        session.randomness.fill(bytes);
        const std::string_view key(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return session.connection.run(sql::kWriteSecret, kTokenKey, Blob{key});
    }));
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

}  // namespace
}  // namespace suyuan::store::sqlite

namespace suyuan::store {

Result<std::unique_ptr<Store>> open_sqlite(
    const std::filesystem::path& directory, const SqliteOptions& options
) {
    using sqlite::Connection;
    SUYUAN_ASSERT(options.clock != nullptr && options.randomness != nullptr);
    const std::filesystem::path file = directory / sqlite::kFileName;
    const bool may_create = options.creation == Creation::kCreateIfMissing;
    if (!may_create && !io::exists(file)) {
        return fail(ErrorCode::kNotFound, "there is no store in " + directory.string());
    }
    if (may_create) {
        SUYUAN_TRY_VOID(io::make_directories(directory));
    }
    SUYUAN_TRY(
        auto connection,
        Connection::open(file, may_create ? Connection::Mode::kCreator : Connection::Mode::kWriter)
    );
    SUYUAN_TRY_VOID(sqlite::prepare_schema(*connection, migrations()));
    Connection& opened = *connection;
    SUYUAN_TRY(
        auto writer,
        sqlite::Writer::open(std::move(connection), *options.clock, *options.randomness)
    );
    SUYUAN_TRY(auto key, sqlite::token_key(*writer, opened));
    // SQLite takes no notice if it cannot sync the directory after making its files; a name that is
    // lost in a power cut takes every acknowledged record with it.
    SUYUAN_TRY_VOID(io::sync_directory(directory));
    return std::make_unique<sqlite::SqliteStore>(
        file, std::move(writer), std::move(key), *options.clock
    );
}

}  // namespace suyuan::store
