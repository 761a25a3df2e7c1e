// SPDX-License-Identifier: Apache-2.0

#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "app/commands.h"
#include "app/console.h"
#include "app/data.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "http/gate.h"
#include "http/server.h"
#include "io/process.h"
#include "service/platform.h"

namespace suyuan::app {
namespace {

constexpr std::chrono::milliseconds kSignalPoll{50};

// "127.0.0.1:8080", "[::1]:8080", "localhost:0".
std::optional<std::pair<std::string, std::uint16_t>> parse_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view host = text.substr(0, colon);
    const std::string_view digits = text.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size() || digits.empty()) {
        return std::nullopt;
    }
    if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    return std::pair{std::string(host), port};
}

ExitCode serve(World& world, service::Platform& platform, const ServeOptions& options) {
    const auto address = parse_address(options.listen);
    if (!address) {
        return give_up(Error(
            ErrorCode::kInvalidArgument,
            format("--listen {}: expected ADDRESS:PORT, as in 127.0.0.1:8080", options.listen)
        ));
    }
    const auto gate = http::Gate::open(
        {.store = &platform.store().access(), .clock = &world.clock, .randomness = &world.randomness
        },
        options.directory
    );
    if (!gate) {
        return give_up(gate.error());
    }
    const auto is_guarded = (*gate)->has_administrator();
    if (!is_guarded) {
        return give_up(is_guarded.error());
    }
    http::ServerOptions server_options;
    server_options.is_guarded = *is_guarded;
    server_options.host_names = options.host_names;
    server_options.address = address->first;
    server_options.port = address->second;
    server_options.account_pace = options.account_pace;
    if (options.logs_access) {
        server_options.access_log = [](std::string_view line) { note(line, line); };
    }
    const auto server = http::Server::start(platform, **gate, server_options);
    if (!server) {
        return give_up(server.error());
    }
    const std::string url = (*server)->url();
    if (const Status published = platform.publish_address(url.substr(url.find("//") + 2));
        !published) {
        return give_up(published.error());
    }
    if (const Status started = platform.start_background(); !started) {
        return give_up(started.error());
    }
    print(url + options.start_path);
    std::fflush(stdout);
    note("服务已启动，按 Ctrl+C 结束", "serving; press Ctrl+C to stop");
    while (!io::stop_signal_received()) {
        std::this_thread::sleep_for(kSignalPoll);
    }
    note("正在结束……", "stopping");
    (*server)->stop();
    platform.stop();
    return ExitCode::kDone;
}

}  // namespace

ExitCode run_serve(World& world, const ServeOptions& options) {
    io::catch_stop_signals();
    auto platform = open_here(world, options.directory, service::Creation::kCreateIfMissing);
    if (!platform) {
        return give_up(platform.error());
    }
    return serve(world, **platform, options);
}

}  // namespace suyuan::app
