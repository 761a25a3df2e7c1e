// SPDX-License-Identifier: Apache-2.0
//
// One data directory, opened: the lock, the store, the graph and the services on top.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "io/clock.h"
#include "io/directory_lock.h"
#include "io/randomness.h"
#include "io/threads.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/capture_jobs.h"
#include "service/events.h"
#include "service/import_jobs.h"
#include "service/intake.h"
#include "service/log_writer.h"
#include "service/lookup.h"
#include "service/person_ids.h"
#include "service/site_directory.h"
#include "service/stock_ledger.h"
#include "service/stories.h"
#include "service/tracing.h"
#include "store/store.h"

namespace suyuan::service {

enum class Creation : std::uint8_t { kCreateIfMissing, kMustExist };

// What it is opened for. A process that only writes reads no log at its start and keeps no graph:
// it needs the memory of its batches alone, however much there is. Of what is derived it keeps the
// search index; the stock ledger follows when the directory is next opened for questions.
enum class Use : std::uint8_t { kQuestions, kWriting };

struct PlatformOptions {
    std::filesystem::path directory;
    Creation creation = Creation::kMustExist;
    Use use = Use::kQuestions;
    const io::Clock* clock = nullptr;      // outlives the platform; never null
    io::Randomness* randomness = nullptr;  // likewise
    // Events read so far; may be empty. Called by open() alone.
    std::function<void(std::uint64_t)> replay_progress;
    // Failures of background work, one line each; may be empty. Called from the background thread.
    std::function<void(std::string_view)> log;
};

// How far what is derived has come.
struct Readiness {
    std::uint64_t store_log_index = 0;
    std::uint64_t graph_log_index = 0;
    std::uint64_t stock_log_index = 0;

    // The graph answers for everything acknowledged. The ledger may lag by a moment.
    [[nodiscard]] bool is_ready() const noexcept { return graph_log_index >= store_log_index; }
};

// Threads: the accessors' objects say it themselves; start_background() and stop() from the owner's
// thread. Opened for writing, it has no tracing(), lookup(), stock() and graph(). Lifetime: the
// directory stays locked until destruction.
class Platform {
public:
    // Takes the directory's lock, opens the store and reads the log into memory. Fails with
    // kConflict (another process holds it; the message names pid and address), kNotFound (no store
    // there and none to be made), kCorruption, kUnavailable, kPermissionDenied.
    static Result<std::unique_ptr<Platform>> open(PlatformOptions options);

    Platform(const Platform&) = delete;
    Platform& operator=(const Platform&) = delete;
    Platform(Platform&&) = delete;
    Platform& operator=(Platform&&) = delete;
    ~Platform();

    [[nodiscard]] Intake& intake() noexcept { return intake_; }

    [[nodiscard]] CaptureJobs& capture_jobs() noexcept { return jobs_; }

    [[nodiscard]] ImportJobs& imports() noexcept { return imports_; }

    [[nodiscard]] const Events& events() const noexcept { return events_; }

    [[nodiscard]] const Tracing& tracing() const noexcept {
        SUYUAN_ASSERT(options_.use == Use::kQuestions);
        return tracing_;
    }

    [[nodiscard]] const Lookup& lookup() const noexcept {
        SUYUAN_ASSERT(options_.use == Use::kQuestions);
        return lookup_;
    }

    [[nodiscard]] StockLedger& stock() noexcept {
        SUYUAN_ASSERT(options_.use == Use::kQuestions);
        return stock_;
    }

    [[nodiscard]] store::Store& store() noexcept { return *store_; }

    [[nodiscard]] const graph::EventGraph& graph() const noexcept {
        SUYUAN_ASSERT(options_.use == Use::kQuestions);
        return graph_;
    }

    // What a demo planted; see read_stories().
    [[nodiscard]] Result<std::vector<Story>> stories(
        const policy::RequestContext& context, const policy::Scope& scope
    ) const;
    // After those that are there; one of the same page takes its place.
    Status add_stories(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const std::vector<Story>& stories
    );

    [[nodiscard]] const io::Clock& clock() const noexcept { return *options_.clock; }

    [[nodiscard]] Result<Readiness> readiness(
        const policy::RequestContext& context, const policy::Scope& scope
    ) const;

    // Lets other commands find the server: "127.0.0.1:8080".
    Status publish_address(std::string_view address);

    // The server's: goes on with the imports that an earlier process had begun to publish, and
    // starts a thread that keeps ledger and search index up with the log. Fails as
    // ImportJobs::resume().
    Status start_background();
    // A command's: the same work, now. Returns when nothing is left that `use` allows.
    Status finish_derived_work(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const StockLedger::Progress& progress
    );
    // Finishes accepted captures and ends the background thread; the destructor does it too.
    void stop();

private:
    Platform(
        PlatformOptions options,
        io::DirectoryLock lock,
        std::unique_ptr<store::Store> store,
        PersonIds people
    );
    void run_background(const std::stop_token& stop);

    PlatformOptions options_;
    io::DirectoryLock lock_;
    std::unique_ptr<store::Store> store_;
    graph::EventGraph graph_;
    LogWriter writer_;
    SiteDirectory sites_;
    Intake intake_;
    CaptureJobs jobs_;
    ImportJobs imports_;
    Events events_;
    Tracing tracing_;
    Lookup lookup_;
    StockLedger stock_;
    io::Thread background_;
};

}  // namespace suyuan::service
