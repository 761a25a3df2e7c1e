// SPDX-License-Identifier: Apache-2.0
//
// For tests: a real store in a directory of its own, the services on it, a clock that stands still,
// and EPCIS documents in a few words.

#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/format.h"
#include "base/result.h"
#include "graph/event_graph.h"
#include "io/clock.h"
#include "io/process.h"
#include "io/randomness.h"
#include "model/code.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/epcis_text.h"
#include "service/events.h"
#include "service/intake.h"
#include "service/log_writer.h"
#include "service/site_directory.h"
#include "service/stock_ledger.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store.h"

namespace suyuan::service {

// A new directory, removed with everything in it.
class TemporaryDirectory {
public:
    TemporaryDirectory() {
        static std::atomic<int> made = 0;
        path_ = std::filesystem::temp_directory_path() /
                format("suyuan_service_test_{}_{}", io::process_id(), made++);
        std::filesystem::create_directories(path_);
    }

    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    ~TemporaryDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

// The recording services around a store, wired as Platform wires them, with an empty graph.
struct Recorder {
    Recorder(store::Store& opened, const io::Clock& clock)
        : store(opened),
          writer(store, graph),
          sites(store),
          intake(store, writer, sites),
          events(store, clock),
          stock(store, graph, writer) {}

    store::Store& store;
    graph::EventGraph graph;
    LogWriter writer;
    SiteDirectory sites;
    Intake intake;
    Events events;
    StockLedger stock;
};

// The store of a directory, made if it is not there.
inline Result<std::unique_ptr<store::Store>> open_store(
    const std::filesystem::path& directory, const io::Clock& clock, io::Randomness& randomness
) {
    return store::open_sqlite(
        directory,
        {.clock = &clock, .randomness = &randomness, .creation = store::Creation::kCreateIfMissing}
    );
}

class ServiceTest : public ::testing::Test {
protected:
    // 2026-01-05T00:00:00Z
    static constexpr model::MicrosUtc kStart = 1'767'571'200 * model::kMicrosPerSecond;

    ServiceTest() : context_(policy::local_principal()) { open(); }

    // Closes what is open and opens the same directory again, as a restart does.
    void open() {
        recorder_.reset();
        store_.reset();
        auto opened = open_store(directory_.path(), clock_, randomness_);
        ASSERT_TRUE(opened) << opened.error().message();
        store_ = *std::move(opened);
        recorder_ = std::make_unique<Recorder>(*store_, clock_);
        const Status replayed = recorder_->writer.replay(context_, scope_, {});
        ASSERT_TRUE(replayed) << replayed.error().message();
        const Status ledger = recorder_->stock.open(context_, scope_);
        ASSERT_TRUE(ledger) << ledger.error().message();
    }

    [[nodiscard]] Recorder& recorder() { return *recorder_; }

    // Requires the document to be taken, whole or in part.
    CaptureReport capture(std::string_view document, const CaptureOptions& options = {}) {
        auto report = recorder_->intake.capture(context_, scope_, document, options);
        EXPECT_TRUE(report) << report.error().message();
        return report ? *std::move(report) : CaptureReport();
    }

    // The event of an id that has one version.
    EventVersion event(std::string_view id) {
        auto versions = recorder_->events.by_id(context_, scope_, id);
        EXPECT_TRUE(versions && versions->size() == 1) << id;
        return versions && !versions->empty() ? versions->front() : EventVersion();
    }

    graph::ItemId item(std::string_view code) {
        const auto found = store_->find_item(context_, scope_, model::canonical_uri(code));
        EXPECT_TRUE(found && found->has_value()) << code;
        return found ? found->value_or(graph::ItemId()) : graph::ItemId();
    }

    TemporaryDirectory directory_;
    io::ManualClock clock_{kStart};
    io::SystemRandomness randomness_;
    policy::RequestContext context_;
    // The local principal may do everything.
    policy::Scope scope_ =
        policy::decide(policy::local_principal(), policy::Permission::kCaptureEvents).value();
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<Recorder> recorder_;
};

}  // namespace suyuan::service
