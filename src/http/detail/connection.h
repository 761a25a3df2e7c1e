// SPDX-License-Identifier: Apache-2.0
//
// What the server and its connections share. Only the sources of this module that speak to sockets
// include it.

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "http/guard.h"
#include "http/server.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "io/threads.h"

namespace suyuan::http {

// One client's connection and the requests that come over it, one after the other.
//
// Threads: every member is called from the socket thread. Lifetime: kept in Core::connections until
// it closes; the core outlives it.
class Connection {
public:
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection(Connection&&) = delete;
    Connection& operator=(Connection&&) = delete;
    virtual ~Connection() = default;

    // Address of the other end; empty once it is gone.
    [[nodiscard]] virtual const std::string& peer() const noexcept = 0;

    // Reads requests and answers them until one side closes.
    virtual void start() = 0;

    // Answers that all connections are taken, and closes.
    virtual void turn_away() = 0;

    // A waiting connection closes now, a working one after its answer.
    virtual void begin_stop() = 0;

    // Closes now; a running handler is told through its context.
    virtual void cancel() = 0;
};

// Threads: `handler`, `clock` and the pool are used from workers; the rest belongs to the socket
// thread.
struct Core {
    Core(Handler answer, const ServerOptions& settings, std::size_t worker_count)
        : handler(std::move(answer)),
          options(settings),
          hosts{.takes_addresses = settings.is_guarded, .names = settings.host_names},
          pool(
              worker_count,
              settings.lanes.empty() ? std::vector<io::Lane>{{worker_count, settings.limits.queue}}
                                     : settings.lanes
          ) {}

    Handler handler;
    ServerOptions options;
    Hosts hosts;
    io::SystemClock clock;
    io::SystemRandomness randomness;
    boost::asio::io_context context{1};
    std::set<std::shared_ptr<Connection>> connections;
    bool is_stopping = false;
    std::function<void()> on_connection_end;
    io::WorkerPool pool;  // Last: its destructor waits for jobs, which use all of the above.
};

// Takes the socket over; the caller keeps the connection in Core::connections.
[[nodiscard]] std::shared_ptr<Connection> make_connection(
    boost::asio::ip::tcp::socket socket, Core& core
);

}  // namespace suyuan::http
