// SPDX-License-Identifier: Apache-2.0
//
// SQLite's C interface with owners: a connection, and a statement on its way through its rows.
//
// Statements are prepared once and kept; values are always bound; result codes become Errors.

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "base/result.h"
#include "base/strong_id.h"
#include "policy/scope.h"
#include "store/sql/text.h"
#include "store/whose.h"

struct sqlite3;
struct sqlite3_stmt;

namespace suyuan::store::sqlite {

// Bytes, as opposed to text. Lifetime: borrows them.
struct Blob {
    std::string_view bytes;
};

struct StatementCloser {
    void operator()(sqlite3_stmt* statement) const noexcept;
};

using StatementOwner = std::unique_ptr<sqlite3_stmt, StatementCloser>;

// One prepared statement of a connection.
struct Statement {
    StatementOwner handle;
    bool is_running = false;  // a Query holds it
};

class Connection;

// A statement on its way through its rows.
//
// Threads: its connection's. Lifetime: the connection outlives it; on destruction the statement is
// ready for its next use (or gone, if it was prepared for once).
class Query {
public:
    Query(Connection& connection, Statement* kept) noexcept;
    Query(Connection& connection, StatementOwner once) noexcept;
    Query(Query&& other) noexcept;
    Query& operator=(Query&&) = delete;
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query();

    // Steps to the next row; false: there is none.
    Result<bool> next();
    // Steps through all rows.
    Status finish();

    // Of the current row. Texts and bytes are valid until the next step; a NULL is 0 or empty.
    [[nodiscard]] std::int64_t integer(int column) const;
    // An id or count that the store wrote: what does not fit is 0.
    [[nodiscard]] std::uint32_t id(int column) const;
    [[nodiscard]] std::uint64_t count(int column) const;

    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }

    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view bytes(int column) const;

    // Binds further values from the place `next_` on; borrowed texts must outlive the query unless
    // `copies` is set.
    Status bind(std::int64_t value);
    Status bind(std::string_view text, bool copies);
    Status bind(Blob blob, bool copies);

    template <typename Value>
    Status bind_any(const Value& value, bool copies);

private:
    [[nodiscard]] Status check_bound(int code);

    Connection* connection_;
    Statement* kept_;  // null: `once_` is the statement
    StatementOwner once_;
    sqlite3_stmt* handle_;
    int place_ = 0;  // of the value bound last
};

// What the functions of store/visibility.h answer on one connection.
struct ScopeValues {
    policy::View view = policy::View::kEverything;
    std::int64_t own = -1;
    std::string region_from;
    std::string region_before;
    std::int64_t data_class = 0;
    std::int64_t shows_people = 0;
};

// One connection. Threads: one at a time.
class Connection {
public:
    enum class Mode : std::uint8_t {
        kWriter,   // the only one that writes and checkpoints
        kCreator,  // the same, and makes the file
        kReader,
    };

    // Opens and sets up the connection as dialect.h says. Fails with kUnavailable,
    // kPermissionDenied or kCorruption (no database).
    static Result<std::unique_ptr<Connection>> open(const std::filesystem::path& file, Mode mode);

    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    // Turns a connection that may write into the one that does. Apart from open(), because it
    // changes the file, which must be known to be ours.
    Status become_writer();

    // Runs constant statements without parameters, one after the other.
    Status execute(const std::string& script);

    // Starts a kept statement with these values, which are copied.
    template <typename... Values>
    Result<Query> start(sql::Text text, const Values&... values);

    // Runs a kept statement to its end.
    template <typename... Values>
    Status run(sql::Text text, const Values&... values);

    // Prepares a statement that was put together from constant pieces, for one use. The caller
    // binds.
    Result<Query> prepare_once(const std::string& text);

    // What SCOPE(x) stands for in the statements that start from now on. `own` is the number of the
    // scope's operator among the names; one that nobody has for an operator that is not there.
    void set_scope(const policy::Scope& scope, std::int64_t own);
    // Everything, as it is at first.
    void clear_scope();

    [[nodiscard]] bool sees_everything() const noexcept {
        return scope_.view == policy::View::kEverything;
    }

    // The number of the scope's operator; -1: it has none, or nobody ever named it.
    [[nodiscard]] std::int64_t own_operator() const noexcept { return scope_.own; }

    // Tells one scope from another; empty for everything.
    [[nodiscard]] std::string scope_text() const;

    // Rows that the last insert, update or delete changed.
    [[nodiscard]] std::uint64_t changed_rows() const noexcept;

    // False after SQLite rolled the transaction back by itself, and outside of one.
    [[nodiscard]] bool is_in_transaction() const noexcept;

    // True once the disk failed under a write or bytes were found corrupt: what a commit says is
    // not to be trusted from then on.
    [[nodiscard]] bool is_broken() const noexcept { return is_broken_; }

    // Statements fail with kCancelled from when this returns true; asked every few thousand steps.
    // An empty function takes it back.
    void set_cancellation(std::function<bool()> is_cancelled);

    // Frames in the write-ahead log after the last commit.
    [[nodiscard]] std::uint64_t wal_frames() const noexcept { return wal_frames_; }

    enum class Checkpoint : std::uint8_t {
        kPassive,   // as far as readers allow
        kRestart,   // waits for readers, so that the log starts from its beginning
        kTruncate,  // likewise, and empties the file
    };

    // True if everything went from the log into the database.
    Result<bool> checkpoint(Checkpoint kind);

    // The Error for a result code of this connection, which it notes.
    [[nodiscard]] Failure failure(int code);

private:
    friend class Query;

    struct Closer {
        void operator()(sqlite3* handle) const noexcept;
    };

    explicit Connection(std::unique_ptr<sqlite3, Closer> handle) noexcept;
    Status set_up(Mode mode);
    Result<Statement*> keep(sql::Text text);
    Result<StatementOwner> prepare(std::string_view text, bool is_kept);

    std::unique_ptr<sqlite3, Closer> handle_;
    // By address of the text, for each view.
    std::array<std::unordered_map<const char*, Statement>, 3> statements_;
    ScopeValues scope_;
    std::function<bool()> is_cancelled_;
    std::uint64_t wal_frames_ = 0;
    bool is_broken_ = false;
};

template <typename Value>
Status Query::bind_any(const Value& value, bool copies) {
    if constexpr (std::integral<Value> || std::is_enum_v<Value>) {
        return bind(static_cast<std::int64_t>(value));
    } else if constexpr (std::same_as<Value, Blob>) {
        return bind(value, copies);
    } else if constexpr (std::same_as<Value, Whose>) {
        SUYUAN_TRY_VOID(bind(std::int64_t{value.submitter}));
        SUYUAN_TRY_VOID(bind(std::int64_t{value.owner}));
        SUYUAN_TRY_VOID(bind(value.territory, copies));
        return bind(static_cast<std::int64_t>(value.data_class));
    } else if constexpr (std::convertible_to<Value, std::string_view>) {
        return bind(std::string_view(value), copies);
    } else {
        return bind(static_cast<std::int64_t>(value.value()));  // a StrongId
    }
}

template <typename... Values>
Result<Query> Connection::start(sql::Text text, const Values&... values) {
    SUYUAN_TRY(Statement* const statement, keep(text));
    Query query(*this, statement);
    Status bound;
    static_cast<void>(((bound = query.bind_any(values, true)).has_value() && ...));
    if (!bound) {
        return Failure(std::move(bound).error());
    }
    return query;
}

template <typename... Values>
Status Connection::run(sql::Text text, const Values&... values) {
    SUYUAN_TRY(Statement* const statement, keep(text));
    Query query(*this, statement);
    Status bound;
    static_cast<void>(((bound = query.bind_any(values, false)).has_value() && ...));
    if (!bound) {
        return bound;
    }
    return query.finish();
}

}  // namespace suyuan::store::sqlite
