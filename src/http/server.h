// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/limits.h"
#include "http/message.h"
#include "io/threads.h"
#include "policy/request_context.h"

namespace suyuan::service {
class Platform;
}  // namespace suyuan::service

namespace suyuan::http {

class Gate;

struct ServerOptions {
    std::string address = "127.0.0.1";
    // Addresses beyond loopback are taken: requests must say who makes them.
    bool is_guarded = false;
    std::vector<std::string> host_names;  // Hosts::names
    std::uint16_t port = 8080;            // 0: any free one
    std::size_t worker_count = 0;         // handlers at once; 0: twice the machine's threads
    Limits limits;
    std::int64_t account_pace =
        kAccountPace;  // of Throttle's accounts, units a second; others in proportion
    // What of the handlers may run at once: a lane for every number that lane_of() tells, which is
    // called from the socket thread. Empty: one lane for all.
    std::vector<io::Lane> lanes;
    std::function<std::size_t(const Request&)> lane_of;
    // One line an answer: "id method path status bytes microseconds". The query is left out: it can
    // hold what people typed. Called from the socket thread; must not block for long.
    std::function<void(std::string_view)> access_log;
};

// Handlers at once.
[[nodiscard]] std::size_t worker_count_of(const ServerOptions& options) noexcept;

// Answers one request. Called from any worker thread, many at a time; polls the context in long
// work.
using Handler = std::function<Response(const Request&, const policy::RequestContext&)>;

// An HTTP/1.1 server: one thread does sockets, a bounded pool runs handlers.
//
// A request's context is cancelled when its deadline passes or its client closes the connection (a
// client that closes only its sending half counts as gone).
//
// Threads: all members may be called from any thread. Lifetime: the destructor stops.
class Server {
public:
    // Binds and starts to answer. Fails with kInvalidArgument (no address, or one beyond loopback
    // without ServerOptions::is_guarded) or kUnavailable (the port is taken).
    static Result<std::unique_ptr<Server>> start(Handler handler, const ServerOptions& options);

    // The platform's routes (http/routes.h). Platform and gate must outlive the server.
    static Result<std::unique_ptr<Server>> start(
        service::Platform& platform, const Gate& gate, const ServerOptions& options
    );

    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;

    // "http://127.0.0.1:8080"
    [[nodiscard]] std::string url() const;

    // Accepts nothing more, waits for running requests up to Limits::stop_time, then cancels them.
    // Returns when the last handler has; a second call returns at once.
    void stop();

private:
    class Impl;

    explicit Server(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> impl_;
};

}  // namespace suyuan::http
