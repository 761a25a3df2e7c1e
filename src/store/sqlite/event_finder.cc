// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/event_finder.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "store/event_query.h"
#include "store/page_token.h"
#include "store/question_text.h"
#include "store/sql/log.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/event_criteria.h"
#include "store/sqlite/log_reader.h"
#include "store/sqlite/statement_builder.h"
#include "store/store.h"
#include "store/text_range.h"

namespace suyuan::store::sqlite {
namespace {

// Values of all criteria together; a URL holds fewer.
constexpr std::size_t kValuesMax = 1'000;

// A page is built in memory, payloads and all.
constexpr std::size_t kPageMax = 1'000;

// Up to here a set of events is fetched and sorted faster than the log is scanned for it.
constexpr std::int64_t kFewEvents = 10'000;

enum class DriverKind : std::uint8_t { kNone, kPostings, kEventIds, kEventTimes, kLogRange };

// What the statement starts from.
struct Driver {
    DriverKind kind = DriverKind::kNone;
    std::size_t set = 0;  // which PostingSet
    std::int64_t events = kFewEvents + 1;

    void consider(DriverKind other, std::int64_t count, std::size_t other_set = 0) {
        if (count < events) {
            *this = {other, other_set, count};
        }
    }
};

// Where the page begins and what it may hold.
struct Window {
    std::int64_t first_log_index = 1;
    std::int64_t last_log_index = 0;
    std::int64_t bound = 0;             // the log's length when the list began
    std::int64_t after_event_time = 0;  // of the last event of the page before
    std::int64_t after_log_index = 0;   // likewise; 0: this is the first page
};

struct FoundEvent {
    std::int64_t log_index = 0;
    std::int64_t event_time = 0;
    graph::RecordId record;
};

// Lives for one page.
class EventFinder {
public:
    EventFinder(Connection& connection, const EventQuery& query, std::vector<PostingSet> sets)
        : connection_(connection), query_(query), sets_(std::move(sets)) {}

    Status choose_driver(const Window& window);
    Result<std::vector<FoundEvent>> find(const Window& window, std::size_t events_max);

private:
    Result<std::int64_t> count(const StatementBuilder& statement);
    void add_posting_query(StatementBuilder& out, const PostingSet& set) const;
    void add_event_id_query(StatementBuilder& out) const;
    void add_event_time_query(StatementBuilder& out) const;
    void add_driver(StatementBuilder& out, const Window& window) const;
    void add_filters(StatementBuilder& out) const;
    void add_window(StatementBuilder& out, const Window& window) const;
    void add_times(StatementBuilder& out) const;
    void add_scalar_filters(StatementBuilder& out) const;

    Connection& connection_;
    const EventQuery& query_;
    std::vector<PostingSet> sets_;
    Driver driver_;
};

void EventFinder::add_posting_query(StatementBuilder& out, const PostingSet& set) const {
    out.sql("SELECT p.log_index FROM posting p WHERE p.role IN (").values(set.roles);
    out.sql(") AND p.type = ").value(set.type).sql(" AND p.value IN (").values(set.values).sql(")");
    for (const std::string& prefix : set.prefixes) {
        // CROSS JOIN: from the codes to their postings, never the other way.
        out.sql(" UNION ALL SELECT p.log_index FROM item i CROSS JOIN posting p WHERE i.code >= ");
        out.value(prefix).sql(" AND i.code < ").value(end_of_prefix(prefix));
        out.sql(" AND p.value = i.item_id AND p.type = 0 AND p.role IN (").values(set.roles);
        out.sql(")");
    }
}

void EventFinder::add_event_id_query(StatementBuilder& out) const {
    out.sql("SELECT l.log_index FROM log l WHERE l.event_id <> '' AND l.event_id IN (");
    for (const std::string& id : query_.event_ids) {
        if (&id != &query_.event_ids.front()) {
            out.sql(", ");
        }
        out.value(id);
    }
    out.sql(")");
}

void EventFinder::add_event_time_query(StatementBuilder& out) const {
    out.sql("SELECT t.log_index FROM event t WHERE 1 = 1");
    if (query_.event_time_from) {
        out.sql(" AND t.event_time >= ").value(*query_.event_time_from);
    }
    if (query_.event_time_before) {
        out.sql(" AND t.event_time < ").value(*query_.event_time_before);
    }
}

Result<std::int64_t> EventFinder::count(const StatementBuilder& statement) {
    SUYUAN_TRY(Query query, statement.start(connection_));
    SUYUAN_TRY(const bool has_row, query.next());
    return has_row ? query.integer(0) : 0;
}

Status EventFinder::choose_driver(const Window& window) {
    const auto count_of = [&](auto add_query) -> Result<std::int64_t> {
        StatementBuilder statement;
        statement.sql("SELECT count(*) FROM (");
        add_query(statement);
        statement.sql(" LIMIT ").value(kFewEvents + 1).sql(") few");
        return count(statement);
    };
    for (std::size_t place = 0; place < sets_.size(); ++place) {
        SUYUAN_TRY(const std::int64_t events, count_of([&](StatementBuilder& out) {
                       add_posting_query(out, sets_[place]);
                   }));
        driver_.consider(DriverKind::kPostings, events, place);
    }
    if (!query_.event_ids.empty()) {
        SUYUAN_TRY(const std::int64_t events, count_of([&](StatementBuilder& out) {
                       add_event_id_query(out);
                   }));
        driver_.consider(DriverKind::kEventIds, events);
    }
    const bool has_times = query_.event_time_from || query_.event_time_before;
    if (has_times && !query_.by_event_time) {
        SUYUAN_TRY(const std::int64_t events, count_of([&](StatementBuilder& out) {
                       add_event_time_query(out);
                   }));
        driver_.consider(DriverKind::kEventTimes, events);
    }
    if (query_.by_event_time) {
        driver_.consider(
            DriverKind::kLogRange,
            std::max<std::int64_t>(window.last_log_index - window.first_log_index + 1, 0)
        );
    }
    return {};
}

// The set that is looked through; a unary plus below keeps every other condition from being taken
// for one.
void EventFinder::add_driver(StatementBuilder& out, const Window& window) const {
    switch (driver_.kind) {
        case DriverKind::kPostings:
            out.sql(" AND e.log_index IN (");
            add_posting_query(out, sets_[driver_.set]);
            out.sql(")");
            return;
        case DriverKind::kEventIds:
            out.sql(" AND e.log_index IN (");
            add_event_id_query(out);
            out.sql(")");
            return;
        case DriverKind::kEventTimes:
            out.sql(" AND e.log_index IN (");
            add_event_time_query(out);
            out.sql(")");
            return;
        case DriverKind::kLogRange:
            out.sql(" AND e.log_index IN (SELECT g.log_index FROM event g WHERE g.log_index >= ");
            out.value(window.first_log_index).sql(" AND g.log_index <= ");
            out.value(window.last_log_index).sql(")");
            return;
        case DriverKind::kNone:
            return;
    }
}

void EventFinder::add_filters(StatementBuilder& out) const {
    for (std::size_t place = 0; place < sets_.size(); ++place) {
        const PostingSet& set = sets_[place];
        if (driver_.kind == DriverKind::kPostings && driver_.set == place) {
            continue;
        }
        if (set.prefixes.empty()) {
            out.sql(" AND EXISTS (SELECT 1 FROM posting p WHERE p.role IN (").values(set.roles);
            out.sql(") AND p.type = ").value(set.type).sql(" AND p.value IN (").values(set.values);
            out.sql(") AND p.log_index = e.log_index)");
        } else {
            out.sql(" AND +e.log_index IN (");
            add_posting_query(out, set);
            out.sql(")");
        }
    }
    if (!query_.event_ids.empty() && driver_.kind != DriverKind::kEventIds) {
        out.sql(" AND +e.log_index IN (");
        add_event_id_query(out);
        out.sql(")");
    }
    add_scalar_filters(out);
}

void EventFinder::add_scalar_filters(StatementBuilder& out) const {
    const auto numbers = [](const auto& values) {
        std::vector<std::int64_t> list;
        for (const auto value : values) {
            list.push_back(static_cast<std::int64_t>(value));
        }
        return list;
    };
    if (!query_.kinds.empty()) {
        out.sql(" AND e.kind IN (").values(numbers(query_.kinds)).sql(")");
    }
    if (!query_.actions.empty()) {
        out.sql(" AND e.action IN (").values(numbers(query_.actions)).sql(")");
    }
    if (query_.has_error_declaration) {
        out.sql(" AND e.is_declaration = ").value(*query_.has_error_declaration ? 1 : 0);
    }
}

void EventFinder::add_window(StatementBuilder& out, const Window& window) const {
    if (driver_.kind == DriverKind::kNone && !query_.by_event_time) {
        out.sql(" AND e.log_index >= ").value(window.first_log_index);
        out.sql(" AND e.log_index <= ").value(window.last_log_index);
    } else {
        out.sql(" AND +e.log_index >= ").value(window.first_log_index);
        out.sql(" AND +e.log_index <= ").value(window.last_log_index);
    }
    if (window.after_log_index != 0 && query_.by_event_time) {
        if (query_.is_descending) {
            out.sql(" AND (e.event_time, e.log_index) < (");
        } else {
            out.sql(" AND (e.event_time, e.log_index) > (");
        }
        out.value(window.after_event_time).sql(", ").value(window.after_log_index).sql(")");
    }
}

void EventFinder::add_times(StatementBuilder& out) const {
    const bool scans_times = driver_.kind == DriverKind::kNone && query_.by_event_time;
    if (query_.event_time_from && scans_times) {
        out.sql(" AND e.event_time >= ").value(*query_.event_time_from);
    } else if (query_.event_time_from) {
        out.sql(" AND +e.event_time >= ").value(*query_.event_time_from);
    }
    if (query_.event_time_before && scans_times) {
        out.sql(" AND e.event_time < ").value(*query_.event_time_before);
    } else if (query_.event_time_before) {
        out.sql(" AND +e.event_time < ").value(*query_.event_time_before);
    }
}

Result<std::vector<FoundEvent>> EventFinder::find(const Window& window, std::size_t events_max) {
    StatementBuilder statement;
    statement.sql("SELECT e.log_index, e.event_time, e.record_id FROM event e WHERE SCOPE(e)");
    add_driver(statement, window);
    add_window(statement, window);
    add_times(statement);
    add_filters(statement);
    if (query_.by_event_time && query_.is_descending) {
        statement.sql(" ORDER BY e.event_time DESC, e.log_index DESC LIMIT ");
    } else if (query_.by_event_time) {
        statement.sql(" ORDER BY e.event_time, e.log_index LIMIT ");
    } else if (query_.is_descending) {
        statement.sql(" ORDER BY e.log_index DESC LIMIT ");
    } else {
        statement.sql(" ORDER BY e.log_index LIMIT ");
    }
    statement.value(static_cast<std::int64_t>(events_max));
    SUYUAN_TRY(Query query, statement.start(connection_));
    std::vector<FoundEvent> found;
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return found;
        }
        found.push_back({query.integer(0), query.integer(1), graph::RecordId(query.count(2))});
    }
}

// Record times never fall, and log indexes have no gaps: a binary search needs no index of its own.
// The first log index with at least this record time, at most bound + 1.
Result<std::int64_t> log_index_at(
    Connection& connection, model::MicrosUtc record_time, std::int64_t bound
) {
    std::int64_t low = 1;
    std::int64_t high = bound + 1;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        SUYUAN_TRY(Query query, connection.start(sql::kRecordTimeAt, middle));
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return fail(ErrorCode::kCorruption, format("log index {} is missing", middle));
        }
        if (query.integer(0) < record_time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

Result<std::int64_t> log_length(Connection& connection) {
    SUYUAN_TRY(Query query, connection.start(sql::kLogLength));
    SUYUAN_TRY(const bool has_row, query.next());
    return has_row ? query.integer(0) : 0;
}

Result<Window> window_of(
    Connection& connection,
    const TokenSealer& sealer,
    const std::string& question,
    const EventQuery& query
) {
    Window window;
    if (query.page_token.empty()) {
        SUYUAN_TRY(window.bound, log_length(connection));
    } else {
        SUYUAN_TRY(
            const auto numbers, sealer.open(ListKind::kEvents, question, query.page_token, 3)
        );
        window.bound = numbers[0];
        window.after_event_time = numbers[1];
        window.after_log_index = numbers[2];
    }
    window.last_log_index = window.bound;
    if (query.record_time_from) {
        SUYUAN_TRY(
            window.first_log_index, log_index_at(connection, *query.record_time_from, window.bound)
        );
    }
    if (query.record_time_before) {
        SUYUAN_TRY(
            const std::int64_t end,
            log_index_at(connection, *query.record_time_before, window.bound)
        );
        window.last_log_index = end - 1;
    }
    if (window.after_log_index != 0 && !query.by_event_time) {
        if (query.is_descending) {
            window.last_log_index = std::min(window.last_log_index, window.after_log_index - 1);
        } else {
            window.first_log_index = std::max(window.first_log_index, window.after_log_index + 1);
        }
    }
    return window;
}

Status check_limits(const EventQuery& query) {
    if (query.page_size == 0) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{"每页至少一个事件", "a page holds at least one event"}
        );
    }
    std::size_t values = query.biz_steps.size() + query.dispositions.size() +
                         query.read_points.size() + query.biz_locations.size() +
                         query.event_ids.size() + query.transformation_ids.size() +
                         query.kinds.size() + query.actions.size();
    for (const EpcCriterion& criterion : query.epcs) {
        values += criterion.values.size();
    }
    for (const PartyCriterion& criterion : query.parties) {
        values += criterion.values.size();
    }
    for (const PaperCriterion& criterion : query.papers) {
        values += criterion.values.size();
    }
    if (values > kValuesMax) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("一次查询最多 {} 个值", kValuesMax),
                format("a query has at most {} values", kValuesMax)
            }
        );
    }
    return {};
}

}  // namespace

Result<EventPage> find_events(
    Connection& connection,
    const policy::RequestContext& context,
    const TokenSealer& sealer,
    const EventQuery& query
) {
    SUYUAN_TRY_VOID(check_limits(query));
    const std::string question = question_text(query);
    SUYUAN_TRY(const Window window, window_of(connection, sealer, question, query));
    EventPage page;
    SUYUAN_TRY(auto sets, resolve_criteria(connection, query));
    if (!sets) {
        return page;
    }
    EventFinder finder(connection, query, *std::move(sets));
    SUYUAN_TRY_VOID(finder.choose_driver(window));
    const std::size_t page_size = std::min(query.page_size, kPageMax);
    SUYUAN_TRY(auto found, finder.find(window, page_size + 1));
    if (found.size() > page_size) {
        found.resize(page_size);
        const FoundEvent& last = found.back();
        page.next = sealer.seal(
            ListKind::kEvents, question, std::array{window.bound, last.event_time, last.log_index}
        );
    }
    std::vector<graph::RecordId> records;
    records.reserve(found.size());
    for (const FoundEvent& event : found) {
        records.push_back(event.record);
    }
    SUYUAN_TRY(page.events, read_events(connection, context, records));
    return page;
}

}  // namespace suyuan::store::sqlite
