// SPDX-License-Identifier: Apache-2.0

#include "http/server.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/error.hpp>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "http/detail/connection.h"
#include "io/internet_address.h"
#include "io/threads.h"

namespace suyuan::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using beast::error_code;
using Tcp = asio::ip::tcp;

}  // namespace

class Server::Impl {
public:
    Impl(Handler handler, const ServerOptions& options, std::size_t worker_count)
        : core_(std::move(handler), options, worker_count),
          acceptor_(core_.context),
          pause_(core_.context),
          stop_timer_(core_.context) {
        core_.on_connection_end = [this] {
            if (core_.is_stopping && core_.connections.empty()) {
                stop_timer_.cancel();
            }
        };
    }

    [[nodiscard]] Status listen(const asio::ip::address& address, std::uint16_t port);

    void run() {
        accept();
        thread_ = io::Thread([this](const std::stop_token&) { core_.context.run(); });
    }

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

    [[nodiscard]] const std::string& host() const noexcept { return host_; }

    void stop();

private:
    void accept();
    // One address, not of this machine, has all the connections that one may have.
    [[nodiscard]] bool has_too_many(const std::string& peer) const;
    void begin_stop();

    Core core_;
    Tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    asio::steady_timer stop_timer_;
    std::uint16_t port_ = 0;
    std::string host_;
    std::mutex mutex_;
    bool is_stopped_ = false;  // guarded by mutex_
    io::Thread thread_;
};

Status Server::Impl::listen(const asio::ip::address& address, std::uint16_t port) {
    const Tcp::endpoint endpoint(address, port);
    error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) {
        acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    }
    if (!error) {
        acceptor_.bind(endpoint, error);
    }
    if (!error) {
        acceptor_.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        return fail(
            ErrorCode::kUnavailable,
            Sentence{
                format(
                    "无法监听 {} 端口 {}：{}；请用 --listen 换一个端口",
                    address.to_string(),
                    port,
                    error.message()
                ),
                format(
                    "cannot listen on {} port {}: {}; choose another port with --listen",
                    address.to_string(),
                    port,
                    error.message()
                )
            }
        );
    }
    port_ = acceptor_.local_endpoint(error).port();
    host_ = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
    return {};
}

void Server::Impl::accept() {
    acceptor_.async_accept([this](error_code error, Tcp::socket socket) {
        if (core_.is_stopping || error == asio::error::operation_aborted) {
            return;
        }
        if (error) {
            // Out of descriptors, most likely: trying again at once would only spin.
            pause_.expires_after(std::chrono::milliseconds{100});
            pause_.async_wait([this](error_code cancelled) {
                if (!cancelled) {
                    accept();
                }
            });
            return;
        }
        error_code ignored;
        socket.set_option(Tcp::no_delay(true), ignored);
        const auto connection = make_connection(std::move(socket), core_);
        const bool is_full = core_.connections.size() >= core_.options.limits.connections ||
                             has_too_many(connection->peer());
        core_.connections.insert(connection);
        is_full ? connection->turn_away() : connection->start();
        accept();
    });
}

bool Server::Impl::has_too_many(const std::string& peer) const {
    const auto address = io::parse_internet_address(peer);
    if (!address || io::is_loopback(*address)) {
        return false;
    }
    const auto count = std::ranges::count_if(core_.connections, [&](const auto& connection) {
        return connection->peer() == peer;
    });
    return static_cast<std::size_t>(count) >= core_.options.limits.connections_per_address;
}

void Server::Impl::begin_stop() {
    core_.is_stopping = true;
    error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    const auto open = core_.connections;  // a copy: closing takes them out of the original
    for (const auto& connection : open) {
        connection->begin_stop();
    }
    if (core_.connections.empty()) {
        return;
    }
    stop_timer_.expires_after(core_.options.limits.stop_time);
    stop_timer_.async_wait([this](error_code cancelled) {
        if (!cancelled) {
            const auto late = core_.connections;
            for (const auto& connection : late) {
                connection->cancel();
            }
        }
    });
}

void Server::Impl::stop() {
    const std::lock_guard lock(mutex_);
    if (is_stopped_) {
        return;
    }
    is_stopped_ = true;
    asio::post(core_.context, [this] { begin_stop(); });
    thread_.join();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
    impl_->stop();
}

std::size_t worker_count_of(const ServerOptions& options) noexcept {
    return options.worker_count == 0 ? 2 * io::hardware_threads() : options.worker_count;
}

Result<std::unique_ptr<Server>> Server::start(Handler handler, const ServerOptions& options) {
    error_code error;
    const std::string name = options.address == "localhost" ? "127.0.0.1" : options.address;
    const auto address = asio::ip::make_address(name, error);
    if (error || (!address.is_loopback() && !options.is_guarded)) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format(
                    "不能监听“{}”：有安全管理员账号之前只对本机服务，请用 127.0.0.1、::1 或 "
                    "localhost",
                    options.address
                ),
                format(
                    "cannot listen on '{}': until there is a security officer's account the server "
                    "answers on loopback only; use 127.0.0.1, ::1 or localhost",
                    options.address
                )
            }
        );
    }
    auto impl = std::make_unique<Impl>(std::move(handler), options, worker_count_of(options));
    SUYUAN_TRY_VOID(impl->listen(address, options.port));
    impl->run();
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port() const noexcept {
    return impl_->port();
}

std::string Server::url() const {
    return format("http://{}:{}", impl_->host(), impl_->port());
}

void Server::stop() {
    impl_->stop();
}

}  // namespace suyuan::http
