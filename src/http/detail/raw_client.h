// SPDX-License-Identifier: Apache-2.0
//
// A client for tests that says exactly what it is told, also what no decent client would.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include "http/message.h"

namespace suyuan::http {

// Threads: not thread-safe. Nothing waits longer than `kPatience`.
class RawClient {
public:
    static constexpr std::chrono::seconds kPatience{20};

    explicit RawClient(std::uint16_t port) {
        std::ignore = socket_.connect({boost::asio::ip::address_v4::loopback(), port}, error_);
    }

    // False if the server does not take all of it.
    bool send(std::string_view bytes) {
        boost::asio::write(socket_, boost::asio::buffer(bytes), error_);
        return !error_;
    }

    // The next answer; nullopt if the server closes instead.
    std::optional<Response> receive(std::string_view method = "GET") {
        boost::beast::http::response_parser<boost::beast::http::string_body> parser;
        parser.body_limit(std::uint64_t{1} << 30);
        parser.skip(method == "HEAD");
        bool is_done = false;
        boost::beast::http::async_read(
            socket_,
            buffer_,
            parser,
            [&](boost::beast::error_code error, std::size_t) {
                error_ = error;
                is_done = true;
            }
        );
        run(is_done);
        if (error_) {
            return std::nullopt;
        }
        auto message = parser.release();
        Response response;
        response.status = static_cast<int>(message.result_int());
        for (const auto& field : message) {
            response.headers.add(field.name_string(), field.value());
        }
        response.body = std::move(message.body());
        return response;
    }

    // True once the server has closed; false if it sends something or keeps quiet.
    bool is_closed_by_server(std::chrono::milliseconds patience = kPatience) {
        char byte = 0;
        bool is_done = false;
        std::size_t count = 0;
        socket_.async_read_some(
            boost::asio::buffer(&byte, 1),
            [&](boost::beast::error_code error, std::size_t bytes) {
                error_ = error;
                count = bytes;
                is_done = true;
            }
        );
        context_.restart();
        context_.run_for(patience);
        if (!is_done) {
            boost::beast::error_code ignored;
            std::ignore = socket_.cancel(ignored);
            context_.restart();
            context_.run();
            return false;
        }
        return count == 0;
    }

    void close() {
        boost::beast::error_code ignored;
        std::ignore = socket_.close(ignored);
    }

private:
    void run(const bool& is_done) {
        context_.restart();
        context_.run_for(kPatience);
        if (!is_done) {
            close();
            context_.restart();
            context_.run();
        }
    }

    boost::asio::io_context context_{1};
    boost::asio::ip::tcp::socket socket_{context_};
    boost::beast::flat_buffer buffer_;
    boost::beast::error_code error_;
};

}  // namespace suyuan::http
