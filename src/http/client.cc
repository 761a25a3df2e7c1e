// SPDX-License-Identifier: Apache-2.0

#include "http/client.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "http/guard.h"
#include "http/message.h"

namespace suyuan::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using beast::error_code;
using Tcp = asio::ip::tcp;

// nullopt: no loopback address with a port.
std::optional<Tcp::endpoint> parse_endpoint(std::string_view authority) {
    const auto colon = authority.rfind(':');
    if (!is_loopback_authority(authority) || colon == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view host = authority.substr(0, colon);
    const std::string_view digits = authority.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [stop, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (failure != std::errc{} || stop != digits.data() + digits.size() || port == 0) {
        return std::nullopt;
    }
    if (host.starts_with('[')) {
        host = host.substr(1, host.size() - 2);
    }
    error_code error;
    const auto address =
        asio::ip::make_address(equals_ignoring_case(host, "localhost") ? "127.0.0.1" : host, error);
    return error ? std::nullopt : std::optional(Tcp::endpoint(address, port));
}

beast::http::request<beast::http::string_body> to_message(
    std::string_view authority, const Request& request
) {
    beast::http::request<beast::http::string_body> message;
    message.version(11);
    message.method_string(request.method_text);
    message.target(request.query.empty() ? request.path : request.path + "?" + request.query);
    message.set(beast::http::field::host, authority);
    message.set(beast::http::field::connection, "close");
    for (const Header& header : request.headers.all()) {
        message.insert(header.name, header.value);
    }
    message.body() = request.body;
    message.prepare_payload();
    return message;
}

// Connect, write, read: each step starts the next; the first failure ends it.
class Exchange {
public:
    Exchange(std::string_view authority, const Request& request, const ClientOptions& options)
        : message_(to_message(authority, request)), options_(options) {
        parser_.body_limit(options.body_bytes_max);
        // An answer to HEAD tells the length of what it does not send.
        parser_.skip(request.method_text == "HEAD");
    }

    // Returns when the answer is there, or the reason why not.
    error_code run(const Tcp::endpoint& endpoint) {
        stream_.expires_after(options_.time_max);
        stream_.async_connect(endpoint, [this](error_code error) {
            outcome_ = error;
            if (!error) {
                write();
            }
        });
        context_.run();
        return outcome_ && write_error_ ? write_error_ : outcome_;
    }

    [[nodiscard]] Response take_response() {
        auto message = parser_.release();
        Response response;
        response.status = static_cast<int>(message.result_int());
        for (const auto& field : message) {
            response.headers.add(field.name_string(), field.value());
        }
        response.body = std::move(message.body());
        return response;
    }

private:
    void write() {
        beast::http::async_write(stream_, message_, [this](error_code error, std::size_t) {
            // A server that refuses closes before it has read everything: its answer says why.
            write_error_ = error;
            read();
        });
    }

    void read() {
        beast::http::async_read(stream_, buffer_, parser_, [this](error_code error, std::size_t) {
            outcome_ = error;
        });
    }

    beast::http::request<beast::http::string_body> message_;
    ClientOptions options_;
    asio::io_context context_{1};
    beast::tcp_stream stream_{context_};
    beast::flat_buffer buffer_;
    beast::http::response_parser<beast::http::string_body> parser_;
    error_code write_error_;
    error_code outcome_;
};

}  // namespace

Result<Response> send_request(
    std::string_view authority, const Request& request, const ClientOptions& options
) {
    const auto endpoint = parse_endpoint(authority);
    if (!endpoint) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format("“{}”不是本机地址加端口，例如 127.0.0.1:8080", authority),
                format("'{}' is no loopback address with a port, like 127.0.0.1:8080", authority)
            }
        );
    }
    Exchange exchange(authority, request, options);
    const error_code error = exchange.run(*endpoint);
    if (error == beast::http::error::body_limit) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("{} 的应答超过 {} 字节", authority, options.body_bytes_max),
                format(
                    "the answer of {} is longer than {} bytes", authority, options.body_bytes_max
                )
            }
        );
    }
    if (error) {
        return fail(
            ErrorCode::kUnavailable,
            Sentence{
                format("{} 没有应答：{}", authority, error.message()),
                format("no answer from {}: {}", authority, error.message())
            }
        );
    }
    return exchange.take_response();
}

}  // namespace suyuan::http
