// SPDX-License-Identifier: Apache-2.0

#include "app/data.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

#include "app/commands.h"
#include "app/console.h"
#include "base/assert.h"
#include "base/error.h"
#include "base/result.h"
#include "io/directory_lock.h"
#include "io/process.h"
#include "policy/scope.h"
#include "service/platform.h"

namespace suyuan::app {
namespace {

constexpr std::chrono::milliseconds kSignalPoll{50};

policy::Scope local_scope(policy::Permission permission) {
    auto scope = policy::decide(policy::local_principal(), permission);
    SUYUAN_ASSERT(scope.has_value());  // The local principal may do everything.
    return *std::move(scope);
}

}  // namespace

Result<std::unique_ptr<service::Platform>> open_here(
    World& world, const std::string& directory, service::Creation creation, service::Use use
) {
    std::optional<Progress> progress;
    service::PlatformOptions options;
    options.directory = directory;
    options.creation = creation;
    options.use = use;
    options.clock = &world.clock;
    options.randomness = &world.randomness;
    options.replay_progress = [&](std::uint64_t done) {
        if (!progress) {
            progress.emplace(world.clock, "读取日志", "reading the log");
        }
        progress->update(done);
    };
    return service::Platform::open(std::move(options));
}

Result<Data> open_data(
    World& world, const std::string& directory, service::Creation creation, service::Use use
) {
    auto platform = open_here(world, directory, creation, use);
    if (platform) {
        return Data{*std::move(platform), {}};
    }
    if (platform.error().code() == ErrorCode::kConflict) {
        std::string server = io::DirectoryLock::holder_address(directory);
        if (!server.empty()) {
            return Data{nullptr, std::move(server)};
        }
    }
    return Failure(std::move(platform).error());
}

Asker::Asker(policy::Permission permission)
    : context_(policy::local_principal()), scope_(local_scope(permission)) {
    io::catch_stop_signals();
    signals_ = io::Thread([context = context_](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (io::stop_signal_received()) {
                context.cancel();
                return;
            }
            std::this_thread::sleep_for(kSignalPoll);
        }
    });
}

ExitCode exit_code_of(const Error& error) noexcept {
    if (io::stop_signal_received()) {
        return ExitCode::kStopped;
    }
    switch (error.code()) {
        case ErrorCode::kInvalidArgument:
            return ExitCode::kUsage;
        case ErrorCode::kNotFound:
        case ErrorCode::kLimitExceeded:
            return ExitCode::kDoneWithProblems;
        case ErrorCode::kCancelled:
            return ExitCode::kStopped;
        case ErrorCode::kConflict:
        case ErrorCode::kPermissionDenied:
        case ErrorCode::kUnavailable:
        case ErrorCode::kCorruption:
            return ExitCode::kFailed;
    }
    SUYUAN_UNREACHABLE();
}

ExitCode give_up(const Error& error) {
    complain(error);
    return exit_code_of(error);
}

}  // namespace suyuan::app
