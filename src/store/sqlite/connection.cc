// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/connection.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/admission.h"
#include "policy/scope.h"
#include "store/sql/text.h"
#include "store/sqlite/dialect.h"
#include "store/visibility.h"

namespace suyuan::store::sqlite {
namespace {

// Readers hold a checkpoint up for as long as one of their statements runs.
constexpr int kBusyMilliseconds = 5'000;

// Between two looks at whether the caller left: some tens of microseconds of SQLite's work.
constexpr int kStepsBetweenLooks = 4'000;

// One value of a row; the largest is the payload of an event, which the codec bounds at 64 MiB.
constexpr int kValueBytesMax = 128 << 20;

// The functions of store/visibility.h. They answer for the values as they are when a statement
// runs, so kept statements follow a change of scope.
const ScopeValues& values_of(sqlite3_context* context) {
    return *static_cast<const ScopeValues*>(sqlite3_user_data(context));
}

void answer_text(sqlite3_context* context, const std::string& text) {
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

using ScopeFunction = void (*)(sqlite3_context*, int, sqlite3_value**);

constexpr std::array<std::pair<const char*, ScopeFunction>, 5> kScopeFunctions = {{
    {"scope_operator",
     [](sqlite3_context* context, int, sqlite3_value**) {
         sqlite3_result_int64(context, values_of(context).own);
     }},
    {"scope_region_from",
     [](sqlite3_context* context, int, sqlite3_value**) {
         answer_text(context, values_of(context).region_from);
     }},
    {"scope_region_before",
     [](sqlite3_context* context, int, sqlite3_value**) {
         answer_text(context, values_of(context).region_before);
     }},
    {"scope_data_class",
     [](sqlite3_context* context, int, sqlite3_value**) {
         sqlite3_result_int64(context, values_of(context).data_class);
     }},
    {"scope_people",
     [](sqlite3_context* context, int, sqlite3_value**) {
         sqlite3_result_int64(context, values_of(context).shows_people);
     }},
}};

// Deterministic within a statement: SQLite may call them once a statement and search an index by
// them.
int define_scope_functions(sqlite3* handle, ScopeValues& values) {
    constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    for (const auto& [name, function] : kScopeFunctions) {
        const int code = sqlite3_create_function_v2(
            handle, name, 0, kFlags, &values, function, nullptr, nullptr, nullptr
        );
        if (code != SQLITE_OK) {
            return code;
        }
    }
    return SQLITE_OK;
}

ErrorCode code_of(int code) noexcept {
    switch (code & 0xff) {
        case SQLITE_INTERRUPT:
            return ErrorCode::kCancelled;
        case SQLITE_TOOBIG:
            return ErrorCode::kLimitExceeded;
        case SQLITE_PERM:
        case SQLITE_AUTH:
        case SQLITE_READONLY:
            return ErrorCode::kPermissionDenied;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_NOMEM:
        case SQLITE_IOERR:
        case SQLITE_FULL:
        case SQLITE_CANTOPEN:
        case SQLITE_PROTOCOL:
            return ErrorCode::kUnavailable;
        default:
            // SQLITE_CORRUPT and SQLITE_NOTADB; and what our own statements cannot cause in a sound
            // store: a broken constraint, a missing table.
            return ErrorCode::kCorruption;
    }
}

// What makes every later answer about durability doubtful.
bool breaks_trust(int code) noexcept {
    const int primary = code & 0xff;
    return primary == SQLITE_IOERR || primary == SQLITE_FULL || primary == SQLITE_CORRUPT ||
           primary == SQLITE_NOTADB;
}

int note_wal_frames(void* target, sqlite3* /*handle*/, const char* /*name*/, int frames) {
    *static_cast<std::uint64_t*>(target) = static_cast<std::uint64_t>(frames);
    return SQLITE_OK;
}

int ask_whether_cancelled(void* asked) {
    return (*static_cast<std::function<bool()>*>(asked))() ? 1 : 0;
}

sqlite3_destructor_type lifetime(bool copies) {
    // The library's two marks, as it spells them.
    return copies ? SQLITE_TRANSIENT : SQLITE_STATIC;  // NOLINT
}

}  // namespace

void StatementCloser::operator()(sqlite3_stmt* statement) const noexcept {
    sqlite3_finalize(statement);
}

void Connection::Closer::operator()(sqlite3* handle) const noexcept {
    sqlite3_close_v2(handle);
}

Query::Query(Connection& connection, Statement* kept) noexcept
    : connection_(&connection), kept_(kept), handle_(kept->handle.get()) {
    SUYUAN_ASSERT(!kept->is_running);
    kept->is_running = true;
}

Query::Query(Connection& connection, StatementOwner once) noexcept
    : connection_(&connection), kept_(nullptr), once_(std::move(once)), handle_(once_.get()) {}

Query::Query(Query&& other) noexcept
    : connection_(other.connection_),
      kept_(std::exchange(other.kept_, nullptr)),
      once_(std::move(other.once_)),
      handle_(std::exchange(other.handle_, nullptr)),
      place_(other.place_) {}

Query::~Query() {
    if (kept_ != nullptr) {
        sqlite3_reset(handle_);
        sqlite3_clear_bindings(handle_);
        kept_->is_running = false;
    }
}

Result<bool> Query::next() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    return connection_->failure(code);
}

Status Query::finish() {
    while (true) {
        SUYUAN_TRY(const bool has_row, next());
        if (!has_row) {
            return {};
        }
    }
}

std::int64_t Query::integer(int column) const {
    return sqlite3_column_int64(handle_, column);
}

std::uint32_t Query::id(int column) const {
    const std::int64_t value = integer(column);
    const bool fits = value >= 0 && value <= std::numeric_limits<std::uint32_t>::max();
    return fits ? static_cast<std::uint32_t>(value) : 0;
}

std::uint64_t Query::count(int column) const {
    const std::int64_t value = integer(column);
    return value < 0 ? 0 : static_cast<std::uint64_t>(value);
}

std::string_view Query::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    const int length = sqlite3_column_bytes(handle_, column);
    return text == nullptr ? std::string_view()
                           : std::string_view(text, static_cast<std::size_t>(length));
}

std::string_view Query::bytes(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    const int length = sqlite3_column_bytes(handle_, column);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(bytes, static_cast<std::size_t>(length));
}

Status Query::check_bound(int code) {
    if (code != SQLITE_OK) {
        return connection_->failure(code);
    }
    return {};
}

Status Query::bind(std::int64_t value) {
    ++place_;
    return check_bound(sqlite3_bind_int64(handle_, place_, value));
}

Status Query::bind(std::string_view text, bool copies) {
    ++place_;
    // An empty view may hold a null pointer, which would be bound as NULL.
    const char* begin = text.empty() ? "" : text.data();
    return check_bound(
        sqlite3_bind_text64(handle_, place_, begin, text.size(), lifetime(copies), SQLITE_UTF8)
    );
}

Status Query::bind(Blob blob, bool copies) {
    ++place_;
    const char* begin = blob.bytes.empty() ? "" : blob.bytes.data();
    return check_bound(
        sqlite3_bind_blob64(handle_, place_, begin, blob.bytes.size(), lifetime(copies))
    );
}

Connection::Connection(std::unique_ptr<sqlite3, Closer> handle) noexcept
    : handle_(std::move(handle)) {}

Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open(const std::filesystem::path& file, Mode mode) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= mode == Mode::kReader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    flags |= mode == Mode::kCreator ? SQLITE_OPEN_CREATE : 0;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    std::unique_ptr<Connection> connection(new Connection(std::unique_ptr<sqlite3, Closer>(handle))
    );
    if (code != SQLITE_OK) {
        return connection->failure(code);
    }
    SUYUAN_TRY_VOID(connection->set_up(mode));
    return connection;
}

Status Connection::set_up(Mode mode) {
    sqlite3* handle = handle_.get();
    sqlite3_busy_timeout(handle, kBusyMilliseconds);
    // No statement of ours attaches files, writes the schema's own tables or puts texts in double
    // quotes; a file that somebody prepared must not make one.
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kValueBytesMax);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    if (const int code = define_scope_functions(handle, scope_); code != SQLITE_OK) {
        return failure(code);
    }
    if (mode == Mode::kReader) {
        return execute(reader_settings());
    }
    return {};
}

Status Connection::become_writer() {
    SUYUAN_TRY_VOID(execute(writer_settings()));
    sqlite3_wal_hook(handle_.get(), &note_wal_frames, &wal_frames_);
    return {};
}

Status Connection::execute(const std::string& script) {
    const int code = sqlite3_exec(handle_.get(), script.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return failure(code);
    }
    return {};
}

Result<StatementOwner> Connection::prepare(std::string_view text, bool is_kept) {
    const std::string applied = apply_scope(text, scope_.view);
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(
        handle_.get(),
        applied.data(),
        static_cast<int>(applied.size()),
        is_kept ? SQLITE_PREPARE_PERSISTENT : 0U,
        &handle,
        nullptr
    );
    if (code != SQLITE_OK) {
        return failure(code);
    }
    StatementOwner statement(handle);
    // SQLite numbers "$n" as it meets them; the texts keep to that order, so that n is the number.
    for (int place = 1; place <= sqlite3_bind_parameter_count(handle); ++place) {
        SUYUAN_ASSERT_EXPENSIVE(format("${}", place) == sqlite3_bind_parameter_name(handle, place));
    }
    return statement;
}

Result<Statement*> Connection::keep(sql::Text text) {
    auto& statements = statements_.at(static_cast<std::size_t>(scope_.view));
    if (const auto known = statements.find(text.value.data()); known != statements.end()) {
        return &known->second;
    }
    SUYUAN_TRY(StatementOwner handle, prepare(text.value, true));
    Statement& statement = statements[text.value.data()];
    statement.handle = std::move(handle);
    return &statement;
}

Result<Query> Connection::prepare_once(const std::string& text) {
    SUYUAN_TRY(StatementOwner handle, prepare(text, false));
    return Query(*this, std::move(handle));
}

void Connection::set_scope(const policy::Scope& scope, std::int64_t own) {
    const std::string region = policy::region_prefix(scope.region());
    scope_ = {
        .view = scope.view(),
        .own = own,
        .region_from = region,
        .region_before = region + ":",  // behind every digit
        .data_class = static_cast<std::int64_t>(scope.data_class()),
        .shows_people = scope.shows_people() ? 1 : 0,
    };
}

void Connection::clear_scope() {
    scope_ = {};
}

std::string Connection::scope_text() const {
    return sees_everything()
               ? std::string()
               : format("{} {} {}", scope_.own, scope_.region_from, scope_.data_class);
}

std::uint64_t Connection::changed_rows() const noexcept {
    return static_cast<std::uint64_t>(sqlite3_changes64(handle_.get()));
}

bool Connection::is_in_transaction() const noexcept {
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

void Connection::set_cancellation(std::function<bool()> is_cancelled) {
    is_cancelled_ = std::move(is_cancelled);
    if (is_cancelled_) {
        sqlite3_progress_handler(
            handle_.get(), kStepsBetweenLooks, &ask_whether_cancelled, &is_cancelled_
        );
    } else {
        sqlite3_progress_handler(handle_.get(), 0, nullptr, nullptr);
    }
}

Result<bool> Connection::checkpoint(Checkpoint kind) {
    int mode = SQLITE_CHECKPOINT_PASSIVE;
    if (kind == Checkpoint::kRestart) {
        mode = SQLITE_CHECKPOINT_RESTART;
    } else if (kind == Checkpoint::kTruncate) {
        mode = SQLITE_CHECKPOINT_TRUNCATE;
    }
    int in_log = 0;
    int done = 0;
    const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, mode, &in_log, &done);
    if ((code & 0xff) == SQLITE_BUSY) {
        return false;
    }
    if (code != SQLITE_OK) {
        return failure(code);
    }
    return in_log == done;
}

Failure Connection::failure(int code) {
    sqlite3* handle = handle_.get();
    const int extended = handle == nullptr ? code : sqlite3_extended_errcode(handle);
    is_broken_ = is_broken_ || breaks_trust(code);
    const char* said = handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle);
    return fail(code_of(code), format("database: {} ({})", said, extended));
}

}  // namespace suyuan::store::sqlite
