// SPDX-License-Identifier: Apache-2.0

#include "service/platform.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "io/directory_lock.h"
#include "io/files.h"
#include "io/threads.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/person_ids.h"
#include "service/stories.h"
#include "store/event_query.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

// A committed event is in ledger and search within a second; five rounds leave room for the work.
constexpr std::chrono::milliseconds kRound{200};
// After a failure (a full disk, say): soon enough to go on by itself, rarely enough for the log.
constexpr std::chrono::milliseconds kRoundAfterFailure{5'000};

// Who the platform is when it works for nobody in particular.
policy::RequestContext own_context() {
    return policy::RequestContext(policy::local_principal());
}

Result<policy::Scope> own_scope() {
    return policy::decide(policy::local_principal(), policy::Permission::kOperate);
}

// Returns early if a stop is requested.
void wait(const std::stop_token& stop, std::chrono::milliseconds time) {
    std::mutex mutex;
    std::condition_variable_any never_notified;
    std::unique_lock lock(mutex);
    never_notified.wait_for(lock, stop, time, [] { return false; });
}

Status prepare_directory(const PlatformOptions& options) {
    if (options.creation == Creation::kCreateIfMissing) {
        return io::make_directories(options.directory);
    }
    if (!io::exists(options.directory)) {
        return fail(
            ErrorCode::kNotFound,
            Sentence{
                format("没有 {} 这个目录，请核对路径", options.directory.string()),
                format("there is no directory {}", options.directory.string())
            }
        );
    }
    return {};
}

// The newest record alone: counting everything is for statistics.
Result<std::uint64_t> newest_log_index(
    const policy::RequestContext& context, const policy::Scope& scope, const store::Store& store
) {
    store::EventQuery newest;
    newest.is_descending = true;
    newest.page_size = 1;
    SUYUAN_TRY(const store::EventPage page, store.find_events(context, scope, newest));
    return page.events.empty() ? 0 : page.events.front().log_index;
}

Result<PersonIds> person_ids(const PlatformOptions& options, const store::Store& store) {
    SUYUAN_TRY(const policy::Scope scope, own_scope());
    SUYUAN_TRY(const std::uint64_t log_index, newest_log_index(own_context(), scope, store));
    SUYUAN_TRY(
        PersonKey key, open_person_key(options.directory, *options.randomness, log_index > 0)
    );
    PersonIds::Knows knows;
    if (key.has_old_ids) {
        knows = [&store, scope](std::string_view id) -> Result<bool> {
            SUYUAN_TRY(
                const auto known,
                store.find_name(own_context(), scope, store::NameKind::kPerson, id)
            );
            return known.has_value();
        };
    }
    return PersonIds(std::move(key.bytes), std::move(knows));
}

}  // namespace

Platform::Platform(
    PlatformOptions options,
    io::DirectoryLock lock,
    std::unique_ptr<store::Store> store,
    PersonIds people
)
    : options_(std::move(options)),
      lock_(std::move(lock)),
      store_(std::move(store)),
      writer_(
          *store_,
          graph_,
          options_.use == Use::kQuestions ? LogWriter::Follow::kGraph
                                          : LogWriter::Follow::kStoreAlone
      ),
      sites_(*store_),
      intake_(*store_, writer_, sites_),
      jobs_(*store_, intake_, *options_.clock, *options_.randomness),
      imports_(
          options_.directory / "imports",
          *store_,
          intake_,
          *options_.clock,
          *options_.randomness,
          std::move(people)
      ),
      events_(*store_, *options_.clock),
      tracing_(*store_, graph_, *options_.clock),
      lookup_(*store_, graph_),
      stock_(*store_, graph_, writer_) {}

Platform::~Platform() {
    stop();
}

Result<std::unique_ptr<Platform>> Platform::open(PlatformOptions options) {
    SUYUAN_ASSERT(options.clock != nullptr && options.randomness != nullptr);
    SUYUAN_TRY_VOID(prepare_directory(options));
    SUYUAN_TRY(io::DirectoryLock lock, io::DirectoryLock::acquire(options.directory));
    const store::SqliteOptions store_options = {
        .clock = options.clock,
        .randomness = options.randomness,
        .creation = options.creation == Creation::kCreateIfMissing
                        ? store::Creation::kCreateIfMissing
                        : store::Creation::kMustExist,
    };
    SUYUAN_TRY(
        std::unique_ptr<store::Store> store, store::open_sqlite(options.directory, store_options)
    );
    SUYUAN_TRY(PersonIds people, person_ids(options, *store));
    const auto progress = std::exchange(options.replay_progress, {});
    std::unique_ptr<Platform> platform(
        new Platform(std::move(options), std::move(lock), std::move(store), std::move(people))
    );
    if (platform->options_.use == Use::kQuestions) {
        const policy::RequestContext context = own_context();
        SUYUAN_TRY(const policy::Scope scope, own_scope());
        SUYUAN_TRY_VOID(platform->writer_.replay(context, scope, progress));
        SUYUAN_TRY_VOID(platform->stock_.open(context, scope));
    }
    return platform;
}

Result<Readiness> Platform::readiness(
    const policy::RequestContext& context, const policy::Scope& scope
) const {
    Readiness readiness;
    SUYUAN_TRY(readiness.store_log_index, newest_log_index(context, scope, *store_));
    readiness.graph_log_index = graph_.snapshot().log_index;
    readiness.stock_log_index = stock_.covered_log_index();
    return readiness;
}

Result<std::vector<Story>> Platform::stories(
    const policy::RequestContext& context, const policy::Scope& scope
) const {
    SUYUAN_ASSERT(scope.sees_everything());
    SUYUAN_TRY_VOID(context.check_alive());
    return read_stories(options_.directory);
}

Status Platform::add_stories(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const std::vector<Story>& stories
) {
    SUYUAN_TRY(std::vector<Story> all, this->stories(context, scope));
    for (const Story& story : stories) {
        const auto same = std::ranges::find(all, story.path, &Story::path);
        if (same == all.end()) {
            all.push_back(story);
        } else {
            *same = story;
        }
    }
    return write_stories(options_.directory, all);
}

Status Platform::publish_address(std::string_view address) {
    return lock_.publish_address(address);
}

Status Platform::finish_derived_work(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const StockLedger::Progress& progress
) {
    if (options_.use == Use::kQuestions) {
        SUYUAN_TRY_VOID(stock_.catch_up(context, scope, progress));
    }
    bool has_more = true;
    while (has_more && !context.is_cancelled()) {
        SUYUAN_TRY(has_more, store_->maintain(context, scope));
    }
    return context.check_alive();
}

Status Platform::start_background() {
    SUYUAN_ASSERT(options_.use == Use::kQuestions);
    const policy::RequestContext context = own_context();
    SUYUAN_TRY(const policy::Scope scope, own_scope());
    SUYUAN_TRY(const auto set_aside, imports_.resume(context, scope));
    for (const std::filesystem::path& file : set_aside) {
        if (options_.log) {
            options_.log(format("an import's record cannot be read, now {}", file.string()));
        }
    }
    background_ = io::Thread([this](const std::stop_token& stop) { run_background(stop); });
    return {};
}

void Platform::run_background(const std::stop_token& stop) {
    const policy::RequestContext context = own_context();
    const std::stop_callback cancel(stop, [&context] { context.cancel(); });
    const auto scope = own_scope();
    while (!stop.stop_requested()) {
        const Status round =
            scope ? finish_derived_work(context, *scope, {}) : Failure(scope.error());
        if (!round && !context.is_cancelled() && options_.log) {
            options_.log(format(
                "ledger and search index wait: {}: {}",
                to_string(round.error().code()),
                round.error().message()
            ));
        }
        wait(stop, round ? kRound : kRoundAfterFailure);
    }
}

void Platform::stop() {
    imports_.stop();
    jobs_.stop();
    background_.request_stop();
    background_.join();
}

}  // namespace suyuan::service
